"""The record: load it, overlay a user's own files, append to one of them.

The base record (usmca.toml) ships with the package. A user's file has the same form and may add to it, but not
contradict it in silence: a conflict is an error that names both entries.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from os import PathLike
from typing import Any, Final

from review_clock.files import HIDDEN, BadData, MaybeText, Phrase, Table, Texts, read
from review_clock.law.acts_and_lapses import (
    ACTS,
    Act,
    EntryIntoForce,
    Note,
    Party,
    PartyAct,
    Recorded,
    ReviewHeld,
    ReviewScheduled,
    Stance,
    StatedPosition,
    WithdrawalNotice,
    in_order,
    name_of,
)
from review_clock.law.chapter_34 import contradicted
from review_clock.law.counting import ONE_DAY
from review_clock.law.vocabulary import KINDS, is_id

AGREEMENT: Final = "USMCA"
BASE_FILE: Final = "usmca.toml"
CONFIDENCE: Final = (
    "primary",
    "primary_excerpt",
    "primary_record",
    "quoting_primary",
    "multiple_secondary",
    "single_secondary",
    "headline",
    "inferred",
    "own_record",
)
"""How well a fact is established, best first; `own_record` is what a user's own file says without saying how."""
VIA: Final = ("", "compilation", "headline", "excerpt", "quoted")
PARTIES: Final = tuple(party.lower() for party in Party)
ACT_NAMES: Final = {name_of(kind): kind for kind in ACTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact is from. `dated` is as exact as is known (2026-07-01, 2026-07, 2026); `via` how it was seen."""

    title: str
    url: MaybeText
    dated: MaybeText
    via: MaybeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated fact of the record with its sources.

    `fulfils` names the deadlines that it shows to have been met (the act itself was seen), `reports` those that
    somebody says were, `misses` those that were not. `on_is` is `year` where only the year is known (its day is
    the last of it), `by` where the day is the latest possible, else empty. `marks` names
    the anchor that it is for rules counted from it. `known_on` is the day it became public, `recorded_on` that on which
    it came into this record; `stated_words` are those in which a position was stated.
    """

    id: str
    on: date = field(init=False)
    until: date | None
    act: Act
    party: Party | None = field(init=False)
    parties: tuple[Party, ...]
    stance: Stance | None = field(init=False)
    known_on: date
    recorded_on: date
    marks: str = field(metadata=HIDDEN)
    text: Texts
    conflict: Texts | None
    confidence: str
    on_is: MaybeText
    fulfils: tuple[str, ...]
    reports: tuple[str, ...]
    misses: tuple[str, ...]
    sources: tuple[Source, ...]
    where: str = field(metadata=HIDDEN)
    stated_words: Texts | None = None

    def __post_init__(self) -> None:
        for name in ("on", "party", "stance"):
            object.__setattr__(self, name, getattr(self.act, name, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A date ahead that somebody announced or that sources expect.

    It is `about` a deadline that the rules give, or about one of its own, whose id is then `deadline` too.
    """

    id: str
    on: date
    time: str = field(metadata=HIDDEN)
    zone: str = field(metadata=HIDDEN)
    about: str
    known_on: date
    recorded_on: date
    deadline: str = field(metadata=HIDDEN)
    jurisdiction: str = field(metadata=HIDDEN)
    kind: str = field(metadata=HIDDEN)
    actor: str = field(metadata=HIDDEN)
    recipient: str = field(metadata=HIDDEN)
    title: Texts | None = field(metadata=HIDDEN)
    text: Texts
    conflict: Texts | None
    confidence: str
    sources: tuple[Source, ...]
    where: str = field(metadata=HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The facts in the order in which they take effect, the dates announced, and how far it was verified."""

    entries: tuple[Entry, ...]
    announced: tuple[Announced, ...]
    verified_on: date

    def __repr__(self) -> str:
        """Short: how much it holds."""
        counts = f"{len(self.entries)} entries, {len(self.announced)} announced"
        return f"Record({counts}, verified_on={self.verified_on})"

    @classmethod
    def shipped(cls) -> Record:
        """The record that ships with the package."""
        return _shipped()

    def with_file(self, *paths: str | PathLike[str]) -> Record:
        """This record with a user's files laid over it.

        Raises `BadData` with file and key for what a file may not say, naming both entries of a conflict.
        """
        return merged([self, *(from_table(read(path)) for path in paths)]) if paths else self

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
        """The days on which something became known, or was verified, in order."""
        return tuple(sorted({self.verified_on, *(row.known_on for row in self.rows().values())}))

    def recorded_days(self) -> tuple[date, ...]:
        """The day of each thing that came into it: an entry, an announcement, a verification."""
        return (self.verified_on, *(row.recorded_on for row in self.rows().values()))

    @property
    def digest(self) -> str:
        """A digest of what it holds: two answers from the same record carry the same."""
        import hashlib

        held = repr((self.entries, self.announced, self.verified_on))
        return hashlib.sha256(held.encode()).hexdigest()[:16]

    @property
    def ends(self) -> date:
        """The last day of which it speaks: that of its last act, mere notes left out, or that of its verification."""
        return max((self.verified_on, *(act.on for act in self.acts if not isinstance(act, Note))))

    def as_known_on(self, day: date) -> Record:
        """The record with what had become known by the end of `day`."""
        return Record(
            entries=tuple(e for e in self.entries if e.act.on <= day and e.known_on <= day),
            announced=tuple(a for a in self.announced if a.known_on <= day),
            verified_on=self.verified_on,
        )

    def happened_by(self, day: date) -> Record:
        """The record without what happened after `day`."""
        return replace(self, entries=tuple(e for e in self.entries if e.act.on <= day))

    def before(self, day: date) -> Record:
        """The record cut off at the beginning of `day`, with nothing of what happened or was announced from then on."""
        return Record(
            entries=tuple(e for e in self.entries if e.act.on < day),
            announced=tuple(a for a in self.announced if a.known_on < day),
            verified_on=min(self.verified_on, day - ONE_DAY),
        )


def _source(table: Table) -> Source:
    source = Source(
        title=table.string("title"),
        url=_web_address(table),
        dated=_partial_date(table),
        via=table.choice("via", VIA, ""),
    )
    table.finish()
    return source


def _web_address(table: Table) -> str:
    url = table.string("url", "")
    if url and not url.startswith(("https://", "http://")):
        raise table.wrong("url", Phrase("{value!r} is not a web address", value=url), "https://… or http://…")
    return url


def _partial_date(table: Table) -> str:
    if not table.has("dated"):
        return ""
    try:
        return table.day("dated").isoformat()
    except BadData:
        dated = table.string("dated")
    parts = dated.split("-")
    months = 1 <= int(parts[1]) <= 12 if len(parts) == 2 and parts[1].isdigit() else len(parts) == 1
    if not (len(parts[0]) == 4 and parts[0].isdigit() and months):
        raise table.wrong("dated", Phrase("{value!r} is not a date", value=dated), "2026-07-01, 2026-07 or 2026")
    return dated


def _act(table: Table, entry: str) -> Act:
    kind = ACT_NAMES[table.choice("act", ACT_NAMES)]
    common: dict[str, Any] = {"on": table.day("on"), "source": Recorded(entry=entry)}
    if kind in PartyAct.__args__:
        common["party"] = Party(table.choice("party", PARTIES).upper())
    if kind is StatedPosition:
        common["stance"] = Stance(table.choice("stance", tuple(Stance)))
    if kind is WithdrawalNotice:
        common["last_receipt"] = table.maybe_day("last_receipt")
    if kind is ReviewHeld:
        common["early"] = table.flag("early")
    if kind is ReviewScheduled:
        common["day"] = table.day("day")
    act: Act = kind(**common)
    return act


def _identity(table: Table, key: str, default: str | None = None) -> str:
    identity = table.string(key, default)
    if identity and not is_id(identity):
        raise table.wrong(
            key, Phrase("{value!r} is not an id", value=identity), "letters, digits, dots, hyphens and underscores"
        )
    return identity


def _entry(table: Table, own: bool) -> Entry:
    identity = _identity(table, "id")
    act = _act(table, identity)
    recorded_on = table.maybe_day("recorded_on")
    known_on = table.day("known_on", min(act.on, recorded_on or act.on))
    entry = Entry(
        id=identity,
        act=act,
        until=table.maybe_day("until"),
        known_on=known_on,
        recorded_on=recorded_on or known_on,
        parties=tuple(Party(p.upper()) for p in table.strings("parties", PARTIES)),
        marks=table.string("marks", ""),
        on_is=table.choice("on_is", ("", "year", "by"), ""),
        fulfils=table.strings("fulfils"),
        reports=table.strings("reports"),
        misses=table.strings("misses"),
        confidence=table.choice("confidence", CONFIDENCE, "own_record" if own else None),
        text=table.texts("text"),
        conflict=table.maybe_texts("conflict"),
        sources=tuple(_source(row) for row in table.tables("source")),
        where=f"{table.file}: {table.path} ({identity})",
        stated_words=table.maybe_texts("stated_words"),
    )
    table.finish()
    if entry.stated_words is not None and not isinstance(act, StatedPosition):
        raise table.wrong("stated_words", "goes only with a stated position", "act = 'stated_position'")
    if not entry.sources:
        raise table.wrong("source", "is missing", "at least one [[event.source]] with a title")
    if entry.until is not None and entry.until < act.on:
        early = Phrase("{day} is before {first}", day=entry.until, first=act.on)
        raise table.wrong("until", early, "the last day of the fact")
    return entry


def _announced(table: Table, own: bool) -> Announced:
    deadline = _identity(table, "deadline", "")
    announced = Announced(
        id=_identity(table, "id"),
        on=table.day("on"),
        time=table.string("time", ""),
        zone=table.string("zone", ""),
        known_on=table.day("known_on"),
        recorded_on=table.day("recorded_on", table.day("known_on")),
        about=table.string("about", deadline),
        deadline=deadline,
        jurisdiction=table.string("jurisdiction", ""),
        kind=table.choice("kind", KINDS, ""),
        actor=table.string("actor", ""),
        recipient=table.string("recipient", ""),
        title=table.maybe_texts("title"),
        text=table.texts("text"),
        conflict=table.maybe_texts("conflict"),
        confidence=table.choice("confidence", CONFIDENCE, "own_record" if own else None),
        sources=tuple(_source(row) for row in table.tables("source")),
        where=f"{table.file}: {table.path} ({table.string('id')})",
    )
    table.finish()
    _check_announced(table, announced)
    return announced


def _check_announced(table: Table, announced: Announced) -> None:
    if table.has("about") == table.has("deadline"):
        raise table.wrong("deadline", "stands beside `about`, or neither does", "one of `about` and `deadline`")
    if announced.deadline:
        for key in ("jurisdiction", "kind", "actor", "title"):
            if not getattr(announced, key):
                raise table.wrong(key, "is missing", "jurisdiction, kind, actor and title of the deadline")
    if announced.time:
        _check_time(table, announced)
    if not announced.sources:
        raise table.wrong("source", "is missing", "at least one [[announced.source]] with a title")


def _check_time(table: Table, announced: Announced) -> None:
    from datetime import time  # a time of day is rare, and `status` must start fast
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        time.fromisoformat(announced.time)
    except ValueError:
        raise table.wrong("time", Phrase("{value!r} is not a time", value=announced.time), "23:59") from None
    try:
        ZoneInfo(announced.zone)
    except (ValueError, ZoneInfoNotFoundError):
        raise table.wrong(
            "zone", Phrase("{value!r} is not a time zone", value=announced.zone), "America/New_York"
        ) from None


def _contradiction(one: Entry, other: Entry) -> str:
    """Why two entries cannot both stand, or nothing."""
    a, b = one.act, other.act
    if one.id == other.id:
        return "the id is taken"
    if isinstance(a, EntryIntoForce) and isinstance(b, EntryIntoForce):
        return "the Agreement entered into force once"
    if a.on != b.on or isinstance(a, Note) or isinstance(b, Note):
        return ""
    refusal = contradicted(a, [b])
    if refusal is not None and replace(a, source=b.source) != b:
        return refusal.why
    same_party = getattr(a, "party", None) == getattr(b, "party", None)
    return "the same act stands there already" if type(a) is type(b) and same_party else ""


def merged(records: Iterable[Record]) -> Record:
    """The records as one; the last `verified_on` counts. Raises `BadData` naming both entries of a conflict."""
    entries: list[Entry] = []
    announced: list[Announced] = []
    verified_on = date.min
    for record in records:
        for entry in record.entries:
            for earlier in entries:
                why = _contradiction(entry, earlier)
                if why:
                    raise _contradicts(entry.where, earlier.where, why)
            entries.append(entry)
        for row in record.announced:
            for before in announced:
                if row.id == before.id or (row.deadline and row.deadline == before.deadline):
                    raise _contradicts(row.where, before.where, "the id is taken")
            announced.append(row)
        verified_on = max(verified_on, record.verified_on)
    return Record(
        entries=tuple(sorted(entries, key=lambda e: (*in_order(e.act), e.id))),
        announced=tuple(sorted(announced, key=lambda a: (a.on, a.id))),
        verified_on=verified_on,
    )


def _contradicts(where: str, other: str, why: str) -> BadData:
    file, _, key = where.partition(": ")
    return BadData(file, key, Phrase("contradicts {other}: {why}", other=other, why=Phrase(why)))


def from_table(root: Table, own: bool = True) -> Record:
    """The record of a parsed file, a user's `own` or ours, checked entry by entry. Raises `BadData`."""
    record = Record(
        entries=tuple(_entry(table, own) for table in root.tables("event")),
        announced=tuple(_announced(table, own) for table in root.tables("announced")),
        verified_on=root.day("verified_on", date.min),
    )
    root.finish()
    return merged([record])


def base(root: Table) -> Record:
    """The record of a parsed file that others are laid over: it says how far it was verified. Raises `BadData`."""
    if not root.has("verified_on"):
        raise root.wrong("verified_on", "is missing", "the day to which the record was verified")
    return from_table(root, own=False)


@cache
def _shipped() -> Record:
    return base(read(os.path.join(os.path.dirname(__file__), BASE_FILE)))
