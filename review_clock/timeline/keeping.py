"""Keeping a user's record: add an event, a case, an announced date or a proceeding, take back what stands in it or in
ours, and put another in its place.

Nothing is deleted: what is taken back is named, with the reason. Each is read again as a whole, and held against the
law, before anything is written.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from review_clock.files import Error, Phrase, nearest, parsed
from review_clock.law.acts_and_lapses import Act, Note, Recorded, StatedPosition, name_of
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.law.vocabulary import digest
from review_clock.record import ledger
from review_clock.record.entries import Announced, Source
from review_clock.record.grammar import day_of, understood
from review_clock.record.ledger import Record
from review_clock.record.own_case import OwnCase
from review_clock.record.proceeding import Proceeding, StepSet
from review_clock.record.record_file import appended, would_append
from review_clock.record.written import block, days_of, set_text, written
from review_clock.timeline.lawful_record import lawful
from review_clock.timeline.unfold import LAST_DAY, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to append: the act in one line of the grammar (or `DATE note`), and who says so."""

    act: str
    id: str | None
    text: str | None
    source: Source
    fulfils: tuple[str, ...]
    proceeding: str = ""
    step: str = ""
    sets: tuple[StepSet, ...] = ()
    recorded_on: date | None = None
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A retraction to append: of which entry, on which day, why, and by whom."""

    id: str
    on: date
    reason: str
    by: str = ""


def _acts(event: NewEvent, record: Record, readings: Readings) -> tuple[Act, ...]:
    first, _, rest = event.act.strip().partition(" ")
    if rest.strip().lower() == "note":
        return (Note(on=day_of(first, event.act), source=Recorded(entry="")),)
    said = understood(event.act, "note")
    then = timeline((a for a in record.acts if a.on <= said.on), readings).position_on(min(said.on, LAST_DAY))
    return said.acts(then.yet_to_confirm, Recorded(entry=""))


def _block(act: Act, identity: str, event: NewEvent) -> str:
    values = {
        "id": identity,
        "on": act.on,
        "act": name_of(type(act)),
        "party": act.party.lower() if hasattr(act, "party") else None,
        "stance": str(act.stance) if isinstance(act, StatedPosition) else None,
        "early": getattr(act, "early", False),
        "day": getattr(act, "day", None),
        "fulfils": event.fulfils,
        "proceeding": event.proceeding or None,
        "step": event.step or None,
        "sets": tuple(map(days_of, event.sets)),
        "text": event.text or event.act,
        "recorded_on": event.recorded_on,
        "recorded_by": event.recorded_by or None,
    }
    return written("event", values, [event.source])


def _digest(act: Act, event: NewEvent) -> str:
    """What tells an entry from every other: eight hex digits of what it says and who says so."""
    said = (name_of(type(act)), act.on, getattr(act, "party", ""), getattr(act, "day", ""), event.text or event.act)
    step = (event.proceeding, event.step, *map(set_text, event.sets)) if event.proceeding else ()
    return digest(*map(str, said), event.source.title, event.source.url, event.source.dated, *step)


def _ids(acts: Sequence[Act], event: NewEvent) -> list[str]:
    if event.id is None:
        return [f"own-{_digest(act, event)}" for act in acts]
    return [event.id] if len(acts) == 1 else [f"{event.id}-{n}" for n in range(1, len(acts) + 1)]


New = NewEvent | OwnCase | Announced | Proceeding
"""What may be added to a record."""


def _added(event: New, before: Record, readings: Readings) -> tuple[list[str], str]:
    """The ids and the blocks of what is added to a record."""
    if not isinstance(event, NewEvent):
        return [event.id], block(event)
    acts = _acts(event, before, readings)
    ids = _ids(acts, event)
    return ids, "\n".join(_block(act, identity, event) for act, identity in zip(acts, ids, strict=True))


def _retracted(back: TakenBack, replaced_by: str) -> str:
    told = {"id": back.id, "on": back.on, "reason": back.reason, "by": back.by or None}
    return written("retracted", {**told, "replaced_by": replaced_by or None})


def _there(identity: str, record: Record) -> None:
    standing = {each.id for each in (*record.standing, *record.proceedings)}
    if identity in {each.id for each in record.retractions} - standing:
        raise Error(Phrase("{value!r} is taken back already", value=identity), "an entry that stands")
    if identity not in {*record.ids, *standing}:
        raise Error(Phrase("{value!r} is not an entry of the record", value=identity), nearest(identity, record.ids))


def _not_gone(ids: Iterable[str], gone: Container[str]) -> None:
    """What is taken back keeps its id; the same said again has it too, since it is made from what is said."""
    for identity in ids:
        if identity in gone:
            raise Error(Phrase("{value!r} is taken back already", value=identity), "another id, by --id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was appended: the ids of the new entries, and the text."""

    ids: tuple[str, ...]
    text: str


def keep(
    path: str,
    base: Record,
    law: Law,
    readings: Readings,
    event: New | None = None,
    back: TakenBack | None = None,
    dry_run: bool = False,
) -> Kept:
    """Append to the user's record file at `path` an `event` or another row, a retraction, or one with what replaces it.

    `base` and the file with what is appended are read again as a whole and held against the law before anything is
    written; in a `dry_run` nothing is. Raises `BadData`, `NotUnderstood`, `Error` for an entry that is not there.
    """
    name, made = ledger.named(path, base.own_files), Kept(ids=(), text="")

    def blocks(old: str) -> str:
        nonlocal made
        before = ledger.merged([base, ledger.from_table(parsed(old, name))])
        ids: list[str] = []
        text = ""
        if back is not None:
            _there(back.id, before)
        if event is not None:
            ids, text = _added(event, before, readings)
            gone = {each.id for each in before.retractions} | ({back.id} if back else set())
            _not_gone(() if isinstance(event, Proceeding) else ids, gone)
        if back is not None:
            text = _retracted(back, ", ".join(ids)) + (f"\n{text}" if text else "")
        new = old + ("\n" if old and not old.endswith("\n") else "") + text
        lawful(ledger.merged([base, ledger.from_table(parsed(new, name))]), law, readings)
        made = Kept(ids=tuple(ids), text=text)
        return text

    if dry_run:
        would_append(path, blocks)
    else:
        appended(path, blocks)
    return made


def with_lines(record: Record, lines: Iterable[str], law: Law, readings: Readings) -> Record:
    """The record with what lines of the grammar say as entries of its own. Raises `BadData`, `NotUnderstood`."""
    for line in lines:
        event = NewEvent(act=line, id=None, text=None, source=Source(title=line), fulfils=())
        acts = _acts(event, record, readings)
        blocks = (_block(act, f"line-{len(record.entries) + n}", event) for n, act in enumerate(acts))
        record = ledger.merged([record, ledger.from_table(parsed("\n".join(blocks), "lines"))])
    return lawful(record, law, readings)
