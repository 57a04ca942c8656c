"""Pinpoint citations and the instruments they point into (authorities.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from review_clock.files import HIDDEN, BadData, MaybeText, Phrase, Table, Texts
from review_clock.law.revised import Revised, revised
from review_clock.law.versions import InForce, Versioned, in_force, versions

HOW_READ: Final = ("text_read", "as_quoted", "secondary", "unverified")
"""How a text was read, best first: itself; word for word in another's quotation; as a paraphrase; not at all."""
UNREAD: Final = HOW_READ[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text was read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Versioned):
    """A pinpoint into an instrument: `Art. 34.7(4)`, `19 U.S.C. 4611(b)(1)`."""

    cite: str
    instrument: str = field(metadata=HIDDEN)
    url: MaybeText
    read: MaybeText
    read_at: tuple[Place, ...] = field(metadata=HIDDEN)
    checked_on: date
    revised: tuple[Revised, ...] = field(metadata=HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorities:
    """All pinpoints by citation, and the instruments' titles by id."""

    by_cite: Mapping[str, Authority]
    instruments: Mapping[str, Texts]

    def as_known_on(self, day: date | None) -> Authorities:
        """Each pinpoint as it was known at the end of `day`; None for all that is known."""
        return replace(self, by_cite={cite: each.last_known_by(day) for cite, each in self.by_cite.items()})


def _place(table: Table) -> Place:
    place = Place(title=table.string("title"), url=table.string("url", ""))
    table.finish()
    return place


CHANGEABLE: Final = ("url", "read", "read_at", "checked_on")
"""What a version of a citation may change."""


def _authority(table: Table, instruments: Mapping[str, Texts]) -> Authority:
    later = [_version(whole, when, instruments) for whole, when in versions(table, CHANGEABLE)]
    return replace(_version(table, in_force(table), instruments), later=tuple(later))


def _version(table: Table, when: InForce, instruments: Mapping[str, Texts]) -> Authority:
    authority = Authority(
        cite=table.string("cite"),
        instrument=table.choice("instrument", instruments),
        url=table.string("url"),
        read=table.choice("read", HOW_READ),
        read_at=tuple(_place(row) for row in table.tables("read_at")),
        checked_on=table.day("checked_on"),
        revised=revised(table),
        in_force=when,
    )
    table.finish()
    return authority


def load(root: Table) -> Authorities:
    """The authorities of a parsed authorities.toml. Raises `BadData`."""
    instruments: dict[str, Texts] = {}
    for table in root.tables("instrument"):
        instruments[table.string("id")] = table.texts("title")
        table.finish()
    by_cite: dict[str, Authority] = {}
    for table in root.tables("authority"):
        authority = _authority(table, instruments)
        if authority.cite in by_cite:
            wrong = Phrase("{value} stands twice", value=authority.cite)
            raise BadData(root.file, table.path, wrong, "each pinpoint once")
        by_cite[authority.cite] = authority
    root.finish()
    return Authorities(by_cite=by_cite, instruments=instruments)
