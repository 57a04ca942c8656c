"""Keeping the record: load it so that it is lawful as a whole, and append an event to a user's own file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.files import BadData, Phrase, nearest, parsed
from review_clock.law.acts_and_lapses import Act, Note, Recorded, StatedPosition, name_of
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.record import ledger
from review_clock.record.grammar import A_DAY, NotUnderstood, understood
from review_clock.record.ledger import Record
from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar, timeline


def lawful(record: Record, law: Law, readings: Readings) -> Record:
    """The record itself, if each of its acts was possible where the Agreement then stood. Raises `BadData`."""
    for row in record.announced:
        if row.jurisdiction and row.jurisdiction not in law.jurisdictions:
            accepted = nearest(row.jurisdiction, law.jurisdictions)
            raise _bad(f"{row.where}.jurisdiction", Phrase("{value!r} is not known", value=row.jurisdiction), accepted)
    for entry in record.entries:
        if entry.act.on > LAST_DAY:
            raise _bad(entry.where, OutsideTheCalendar(entry.act.on).wrong)
    try:
        timeline(record.acts, readings)
    except NotProvidedFor as refused:
        source = getattr(refused.event, "source", None)
        where = record.by_id()[source.entry].where if isinstance(source, Recorded) else "the record"
        raise _bad(where, Phrase("is not provided for: {why}", why=refused)) from None
    return record


def _bad(where: str, wrong: str, accepted: str = "") -> BadData:
    file, _, key = where.partition(": ")
    return BadData(file, key, wrong, accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to append: the act in one line of the grammar (or `DATE note`), and who says so."""

    act: str
    id: str | None
    text: str | None
    source: str
    url: str
    dated: str
    fulfils: tuple[str, ...]


def _acts(event: NewEvent, record: Record, readings: Readings) -> tuple[Act, ...]:
    first, _, rest = event.act.strip().partition(" ")
    if rest.strip().lower() == "note":
        try:
            return (Note(on=date.fromisoformat(first), source=Recorded(entry="")),)
        except ValueError:
            raise NotUnderstood(event.act, Phrase("{value!r} is not a date", value=first), A_DAY) from None
    said = understood(event.act)
    then = timeline((a for a in record.acts if a.on <= said.on), readings).position_on(min(said.on, LAST_DAY))
    return said.acts(then.yet_to_confirm, Recorded(entry=""))


def _quoted(text: str) -> str:
    """A TOML basic string."""
    import json  # the position alone must start fast

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _block(act: Act, identity: str, event: NewEvent) -> str:
    lines = ["[[event]]", f"id = {_quoted(identity)}", f"on = {act.on.isoformat()}", f'act = "{name_of(type(act))}"']
    if hasattr(act, "party"):
        lines.append(f'party = "{act.party.lower()}"')
    if isinstance(act, StatedPosition):
        lines.append(f'stance = "{act.stance}"')
    if getattr(act, "early", False):
        lines.append("early = true")
    if hasattr(act, "day"):
        lines.append(f"day = {act.day.isoformat()}")
    if event.fulfils:
        lines.append(f"fulfils = [{', '.join(_quoted(each) for each in event.fulfils)}]")
    lines.append(f"text = {_quoted(event.text or event.act)}")
    lines += ["", "[[event.source]]", f"title = {_quoted(event.source)}"]
    if event.url:
        lines.append(f"url = {_quoted(event.url)}")
    if event.dated:
        lines.append(f"dated = {_quoted(event.dated)}")
    return "\n".join(lines) + "\n"


def _ids(wanted: str | None, count: int, taken: Iterable[str]) -> list[str]:
    if wanted is not None:
        return [wanted] if count == 1 else [f"{wanted}-{n}" for n in range(1, count + 1)]
    used, n = set(taken), 1
    ids: list[str] = []
    while len(ids) < count:
        if f"own-{n}" not in used:
            ids.append(f"own-{n}")
        n += 1
    return ids


def with_lines(record: Record, lines: Iterable[str], law: Law, readings: Readings) -> Record:
    """The record with what lines of the grammar say as entries of its own. Raises `BadData`, `NotUnderstood`."""
    for line in lines:
        event = NewEvent(act=line, id=None, text=None, source=line, url="", dated="", fulfils=())
        acts = _acts(event, record, readings)
        blocks = (_block(act, f"line-{len(record.entries) + n}", event) for n, act in enumerate(acts))
        record = ledger.merged([record, ledger.from_table(parsed("\n".join(blocks), "lines"))])
    return lawful(record, law, readings)


def append(path: str, event: NewEvent, base: Record, law: Law, readings: Readings) -> str:
    """Append `event` to the user's record file at `path` and return the id of its entry.

    The file keeps its comments, its order and its line ends. `base` and the file with the event are read again as a
    whole and held against the law before anything is written. Raises `BadData`, `NotUnderstood`.
    """
    old = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8", newline="") as file:
            old = file.read()
    name = os.path.basename(path)
    before = ledger.merged([base, ledger.from_table(parsed(old, name))])
    acts = _acts(event, before, readings)
    ids = _ids(event.id, len(acts), (entry.id for entry in before.entries))
    blocks = "\n".join(_block(act, identity, event) for act, identity in zip(acts, ids, strict=True))
    newline = "\r\n" if "\r\n" in old else "\n"
    gap = "" if not old else newline if old.endswith("\n") else newline * 2
    new = old + gap + blocks.replace("\n", newline)
    lawful(ledger.merged([base, ledger.from_table(parsed(new, name))]), law, readings)
    from review_clock.files import write_atomically

    write_atomically(path, new.encode("utf-8"))
    return ", ".join(ids)
