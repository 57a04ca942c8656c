"""The record: load it, and lay a user's own files over it.

The base record (usmca.toml) ships with the package. A user's file has the same form and may add to it, take back what
stands there, or say the same again, but not contradict it in silence: a conflict is an error that names both entries.
Nothing is ever lost: what was taken back is kept with the reason.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from os import PathLike
from typing import Final

from review_clock.files import Table, parsed, read, text_of
from review_clock.law.acts_and_lapses import Act, Note
from review_clock.law.counting import ONE_DAY
from review_clock.record import block
from review_clock.record.entries import Announced, Entry, Retraction, Row, Verified
from review_clock.record.joining import SHIPPED, joined
from review_clock.record.own_case import OwnCase, own_case
from review_clock.record.proceeding import UNDATED, Proceeding, proceeding

AGREEMENT: Final = "USMCA"
BASE_FILE: Final = SHIPPED
NEVER: Final = date.min
"""The day to which a record was verified that nobody had verified yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The facts that stand, in the order in which they take effect, the dates announced, and how far it was verified.

    `retractions` keep what was taken back, `also` the entries of which one was made, as they were; `cases` are the
    user's own.
    """

    entries: tuple[Entry, ...]
    announced: tuple[Announced, ...]
    verified_on: date
    verified: tuple[Verified, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    also: tuple[Entry, ...] = field(default=(), repr=False)
    cases: tuple[OwnCase, ...] = ()

    def __repr__(self) -> str:
        """Short: how much it holds."""
        counts = f"{len(self.entries)} entries, {len(self.announced)} announced"
        return f"Record({counts}, verified_on={self.verified_on})"

    @property
    def verified_to(self) -> date | None:
        """The day to which it was verified; None where nobody had yet."""
        return None if self.verified_on == NEVER else self.verified_on

    @classmethod
    def shipped(cls) -> Record:
        """The record that ships with the package."""
        return _shipped()

    def with_file(self, *paths: str | PathLike[str]) -> Record:
        """This record with a user's files laid over it.

        Raises `BadData` with file and key for what a file may not say, naming both entries of a conflict.
        """
        found = [self]
        taken = set(self.own_files)
        for path in {os.path.realpath(path): path for path in paths}.values():  # one that is given twice is one
            name = named(path, taken)
            taken.add(name)
            found.append(from_table(parsed(text_of(path), name)))
        return merged(found) if paths else self

    @property
    def own_files(self) -> tuple[str, ...]:
        """The files that it holds besides the one that ships, by name."""
        rows: tuple[Row, ...] = (*self.all_entries, *self.all_announced, *self.all_cases, *self.all_proceedings)
        every: tuple[Row | Retraction, ...] = (*rows, *self.retractions)
        return tuple(sorted({each.where.partition(": ")[0] for each in every} - {BASE_FILE}))

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """Every entry that ever came into it, as it came: those that stand, and those taken back."""
        taken_back = (each.row for each in self.retractions if isinstance(each.row, Entry))
        return (*(each for each in self.entries if not each.said_by), *self.also, *taken_back)

    @property
    def all_announced(self) -> tuple[Announced, ...]:
        """Every announced date that ever came into it."""
        return (*self.announced, *(each.row for each in self.retractions if isinstance(each.row, Announced)))

    @property
    def all_cases(self) -> tuple[OwnCase, ...]:
        """Every case that ever came into it."""
        return (*self.cases, *(each.row for each in self.retractions if isinstance(each.row, OwnCase)))

    @property
    def all_proceedings(self) -> tuple[Proceeding, ...]:
        """Every proceeding as it was ever declared, what was corrected before what stands."""
        return (*(each.row for each in self.retractions if isinstance(each.row, Proceeding)), *self.proceedings)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all that ever came into it, in order."""
        return tuple(sorted({row.id for row in self._all_rows}))

    @property
    def _all_rows(self) -> tuple[Row, ...]:
        dated = (each for each in self.all_proceedings if each.recorded_on != UNDATED)
        return (*self.all_entries, *self.all_announced, *self.all_cases, *dated)

    @property
    def standing(self) -> tuple[Row, ...]:
        """All that stands: entries, announced dates, cases, and the proceedings that say when they were declared."""
        dated = (each for each in self.proceedings if each.recorded_on != UNDATED)
        return (*self.entries, *self.announced, *self.cases, *dated)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts of the entries, in order."""
        return tuple(entry.act for entry in self.entries)

    def by_id(self) -> Mapping[str, Entry]:
        """The entries by their id."""
        return {entry.id: entry for entry in self.entries}

    def rows(self) -> Mapping[str, Entry | Announced]:
        """The entries and the announced dates by their id."""
        return {**self.by_id(), **{row.id: row for row in self.announced}}

    def marks(self) -> Mapping[str, Entry]:
        """The entries that are anchors of rules, by the anchor's name."""
        return {entry.marks: entry for entry in self.entries if entry.marks}

    def news_days(self) -> tuple[date, ...]:
        """The days on which something became known, was taken back, or was verified, in order."""
        known = (row.known_on for row in (*self.rows().values(), *self.cases))
        return tuple(sorted({self.verified_on, *known, *(each.on for each in self.retractions)}))

    def recorded_days(self) -> tuple[date, ...]:
        """The day of each thing that came into it: an entry, an announcement, a correction of one, a retraction, a
        verification."""
        verified = tuple(each.on for each in self.verified) or (self.verified_on,)
        rows = self._all_rows
        corrected = (each.on for row in rows for each in row.revised)
        return (*verified, *(row.recorded_on for row in rows), *corrected, *(each.on for each in self.retractions))

    @property
    def digest(self) -> str:
        """A digest of what it holds: two answers from the same record carry the same."""
        import hashlib

        declared = tuple(each for each in self.proceedings if not each.where.startswith(f"{BASE_FILE}:"))
        own = tuple(rows for rows in (self.cases, declared) if rows)
        held = repr((self.entries, self.announced, self.verified_on, self.retractions, *own))
        return hashlib.sha256(held.encode()).hexdigest()[:16]

    @property
    def ends(self) -> date:
        """The last day of which it speaks: that of its last act, mere notes left out, or that of its verification."""
        return max((self.verified_on, *(act.on for act in self.acts if not isinstance(act, Note))))

    def as_known_on(self, day: date) -> Record:
        """The record with what had become known by the end of `day`."""
        return replace(
            self,
            entries=tuple(e for e in self.entries if e.act.on <= day and e.known_on <= day),
            announced=tuple(a for a in self.announced if a.known_on <= day),
            cases=tuple(c for c in self.cases if c.known_on <= day),
            retractions=tuple(r for r in self.retractions if r.row is None or r.row.known_on <= day),
        )

    def happened_by(self, day: date) -> Record:
        """The record without what happened after `day`."""
        return replace(self, entries=tuple(e for e in self.entries if e.act.on <= day))

    def before(self, day: date) -> Record:
        """The record cut off at the beginning of `day`, with nothing of what happened or was announced from then on."""
        return replace(
            self,
            entries=tuple(e for e in self.entries if e.act.on < day),
            announced=tuple(a for a in self.announced if a.known_on < day),
            cases=tuple(c for c in self.cases if c.known_on < day),
            verified_on=min(self.verified_on, day - ONE_DAY) if day > NEVER else NEVER,
        )


def named(path: str | PathLike[str], taken: Container[str]) -> str:
    """The name under which the rows of a user's file stand: its own, with the folders that tell it from files whose
    names are `taken`, and from ours."""
    *folders, name = os.path.abspath(path).split(os.sep)
    while folders and (name == BASE_FILE or name in taken):
        name = f"{folders.pop()}/{name}"
    return name


def merged(records: Iterable[Record]) -> Record:
    """The records as one; the last verification counts.

    An act that two files tell is one entry with the sources of both; a retraction takes an entry of any of them back.
    Raises `BadData` naming both entries of a conflict.
    """
    given = list(records)
    found = joined(
        [each.all_entries for each in given],
        [each.all_announced for each in given],
        [each.retractions for each in given],
        [each.all_cases for each in given],
        [each.all_proceedings for each in given],
    )
    verified = tuple(sorted((each for record in given for each in record.verified), key=lambda each: each.on))
    return Record(
        entries=found.entries,
        announced=found.announced,
        verified_on=max((record.verified_on for record in given), default=NEVER),
        verified=verified,
        retractions=found.retractions,
        proceedings=found.proceedings,
        also=found.also,
        cases=found.cases,
    )


def from_table(root: Table, own: bool = True) -> Record:
    """The record of a parsed file, a user's `own` or ours, checked entry by entry. Raises `BadData`."""
    verified = block.verifications(root)
    record = Record(
        entries=tuple(block.entry(table, own) for table in root.tables("event")),
        announced=tuple(block.announced(table, own) for table in root.tables("announced")),
        verified_on=max((each.on for each in verified), default=NEVER),
        verified=verified,
        retractions=tuple(block.retraction(table) for table in root.tables("retracted")),
        cases=tuple(own_case(table) for table in root.tables("case")) if own else (),
        proceedings=tuple(proceeding(table) for table in root.tables("proceeding")),
    )
    root.finish()
    return merged([record])


def base(root: Table) -> Record:
    """The record of a parsed file that others are laid over: it says how far it was verified. Raises `BadData`."""
    record = from_table(root, own=False)
    if not record.verified:
        raise root.wrong("verified_on", "is missing", "the day to which the record was verified")
    return record


@cache
def _shipped() -> Record:
    return base(read(os.path.join(os.path.dirname(__file__), BASE_FILE)))
