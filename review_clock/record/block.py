"""One table of a record file → what it says, or why it may not say so."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from review_clock.files import BadData, Phrase, Table
from review_clock.law.acts_and_lapses import (
    ACTS,
    AMENDMENTS,
    Act,
    Party,
    PartyAct,
    Recorded,
    ReviewHeld,
    ReviewScheduled,
    Stance,
    StatedPosition,
    WithdrawalNotice,
    name_of,
)
from review_clock.law.revised import revised
from review_clock.law.vocabulary import KINDS, checked_id
from review_clock.record import proceeding as proceedings
from review_clock.record.entries import CONFIDENCE, MOST_WORDS, VIA, Announced, Entry, Retraction, Source, Verified

PARTIES: Final = tuple(party.lower() for party in Party)
ACT_NAMES: Final = {name_of(kind): kind for kind in ACTS if kind not in AMENDMENTS}
"""The acts of a record by their names. An amendment is none: it is only assumed, since Art. 34.3 has not been read."""
_YEAR_OR_MONTH: Final = re.compile(r"[0-9]{4}(-(0?[1-9]|1[0-2]))?")
_HOUR_AND_MINUTE: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _source(table: Table) -> Source:
    source = Source(
        title=table.string("title"),
        url=table.web_address("url"),
        dated=_partial_date(table),
        via=table.choice("via", VIA, ""),
        archived=table.web_address("archived"),
        read_on=table.maybe_day("read_on"),
        words=_few_words(table),
    )
    table.finish()
    return source


def _few_words(table: Table) -> str:
    words = table.string("words", "")
    n = len(words.split())
    if n > MOST_WORDS:
        raise table.wrong("words", Phrase("has {n} words", n=n), "25 at most")
    return words


def _partial_date(table: Table) -> str:
    if not table.has("dated"):
        return ""
    try:
        return table.day("dated").isoformat()
    except BadData:
        dated = table.string("dated")
    if not _YEAR_OR_MONTH.fullmatch(dated):
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
        _check_order(
            table, "last_receipt", common["last_receipt"], common["on"], "the day of the notice, or a later one"
        )
    if kind is ReviewHeld:
        common["early"] = table.flag("early")
    if kind is ReviewScheduled:
        common["day"] = table.day("day")
    act: Act = kind(**common)
    return act


def _identity(table: Table, key: str, default: str | None = None) -> str:
    identity = table.string(key, default)
    return identity and checked_id(table, key, identity)


def entry(table: Table, own: bool) -> Entry:
    """What an `[[event]]` says, of a user's `own` file or of ours. Raises `BadData`."""
    identity = _identity(table, "id")
    act = _act(table, identity)
    recorded_on = table.maybe_day("recorded_on")
    known_on = table.day("known_on", min(act.on, recorded_on or act.on))
    found = Entry(
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
        recorded_by=table.string("recorded_by", ""),
        proceeding=table.string("proceeding", ""),
        step=table.choice("step", proceedings.STEPS, ""),
        sets=tuple(proceedings.step_set(row) for row in table.tables("sets")),
        revised=revised(table),
    )
    table.finish()
    _check_step(table, found)
    if found.stated_words is not None and not isinstance(act, StatedPosition):
        raise table.wrong("stated_words", "goes only with a stated position", "act = 'stated_position'")
    if not found.sources:
        raise table.wrong("source", "is missing", "at least one [[event.source]] with a title")
    _check_order(table, "until", found.until, act.on, "the last day of the fact")
    return found


def _check_order(table: Table, key: str, day: date | None, first: date, accepted: str) -> None:
    if day is not None and day < first:
        raise table.wrong(key, Phrase("{day} is before {first}", day=day, first=first), accepted)


def announced(table: Table, own: bool) -> Announced:
    """What an `[[announced]]` says, of a user's `own` file or of ours. Raises `BadData`."""
    deadline = _identity(table, "deadline", "")
    found = Announced(
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
        recorded_by=table.string("recorded_by", ""),
        proceeding=table.string("proceeding", ""),
        step=table.choice("step", proceedings.STEPS, ""),
        revised=revised(table),
    )
    table.finish()
    _check_step(table, found)
    _check_announced(table, found)
    return found


def _check_step(table: Table, row: Entry | Announced) -> None:
    steps = bool(row.step or getattr(row, "sets", ()))
    if steps and not row.proceeding:
        raise table.wrong("proceeding", "is missing", "the proceeding whose step it is")
    if row.proceeding and not steps:
        raise table.wrong("step", "is missing", "the step of the proceeding, or `sets`")


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
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # a time is rare, and `status` must start fast

    if not _HOUR_AND_MINUTE.fullmatch(announced.time):  # its place is `zone`, so it has no offset of its own
        raise table.wrong("time", Phrase("{value!r} is not a time", value=announced.time), "23:59")
    try:
        ZoneInfo(announced.zone)
    except (ValueError, OSError, RecursionError, ZoneInfoNotFoundError):
        raise table.wrong(
            "zone", Phrase("{value!r} is not a time zone", value=announced.zone), "America/New_York"
        ) from None


def retraction(table: Table) -> Retraction:
    """What a `[[retracted]]` says. Raises `BadData`."""
    found = Retraction(
        id=table.string("id"),
        on=table.day("on"),
        reason=table.string("reason"),
        by=table.string("by", ""),
        replaced_by=table.string("replaced_by", ""),
        where=f"{table.file}: {table.path} ({table.string('id')})",
    )
    table.finish()
    return found


def verifications(root: Table) -> tuple[Verified, ...]:
    """The verifications of a file: each `[[verified]]`, and the single key `verified_on` as a list of one."""
    found = [Verified(on=root.day("verified_on"), by="")] if root.has("verified_on") else []
    for table in root.tables("verified"):
        found.append(Verified(on=table.day("on"), by=table.string("by", "")))
        table.finish()
    return tuple(sorted(found, key=lambda each: each.on))
