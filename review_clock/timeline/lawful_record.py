"""A record that is lawful as a whole: each of its acts was possible where the Agreement then stood."""

from __future__ import annotations

from review_clock.files import BadData, Phrase, nearest
from review_clock.law.acts_and_lapses import Recorded
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.record.entries import Announced, Entry
from review_clock.record.ledger import BASE_FILE, Record
from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar, timeline


def lawful(record: Record, law: Law, readings: Readings) -> Record:
    """The record itself, if each of its acts was possible where the Agreement then stood. Raises `BadData`."""
    _check_announced(record, law)
    _check_proceedings(record, law)
    _check_marks(record)
    for each in record.retractions:
        if each.row is None:
            wrong = Phrase("{value!r} is not an entry of the record", value=each.id)
            raise _bad(each.where, wrong, nearest(each.id, record.ids))
    for entry in record.entries:
        if entry.act.on > LAST_DAY:
            raise _bad(entry.where, OutsideTheCalendar(entry.act.on).wrong)
    _check_cases(record, law)
    try:
        timeline(record.acts, readings)
    except NotProvidedFor as refused:
        source = getattr(refused.event, "source", None)
        where = record.by_id()[source.entry].where if isinstance(source, Recorded) else "the record"
        raise _bad(where, Phrase("is not provided for: {why}", why=refused)) from None
    return record


def _check_announced(record: Record, law: Law) -> None:
    """A date of its own stands beside those that the rules give and takes the place of none. Raises `BadData`."""
    for row in record.announced:
        if row.jurisdiction and row.jurisdiction not in law.jurisdictions:
            accepted = nearest(row.jurisdiction, law.jurisdictions)
            raise _bad(f"{row.where}.jurisdiction", Phrase("{value!r} is not known", value=row.jurisdiction), accepted)
        if any(f"{row.deadline}.".startswith(f"{rule.id}.") for rule in law.rules):
            taken = Phrase("{value!r} is taken", value=row.deadline)
            raise _bad(f"{row.where}.deadline", taken, "an id of your own")


def _check_marks(record: Record) -> None:
    """An anchor is one entry: what stands there already, ours first, is moved by taking it back. Raises `BadData`."""
    found: dict[str, Entry] = {}
    for entry in sorted(record.entries, key=lambda each: not each.where.startswith(f"{BASE_FILE}:")):
        earlier = found.setdefault(entry.marks, entry)
        if entry.marks and earlier is not entry:
            taken = Phrase("{value!r} is taken", value=entry.marks)
            wrong = Phrase("contradicts {other}: {why}", other=earlier.where, why=taken)
            raise _bad(f"{entry.where}.marks", wrong, "[[retracted]] with the id of the other, and the reason")


def _check_cases(record: Record, law: Law) -> None:
    rules = [rule.id for rule in law.rules_of_cases] if record.cases else []
    for case in record.cases:
        if case.rule not in rules:
            raise _bad(f"{case.where}.rule", not_of_a_case(case.rule), nearest(case.rule, rules))
        if case.trigger > LAST_DAY:
            raise _bad(f"{case.where}.trigger", OutsideTheCalendar(case.trigger).wrong)


def not_of_a_case(rule: str) -> Phrase:
    """What is wrong with a rule that no case can be counted by."""
    return Phrase("{value!r} is not a rule that is counted from a case", value=rule)


def _check_proceedings(record: Record, law: Law) -> None:
    """Each row's proceeding is declared, and so are those whose rhythm another may repeat. Raises `BadData`."""
    declared = {each.id for each in record.proceedings}
    rows: tuple[Entry | Announced, ...] = (*record.entries, *record.announced)
    named = [(row.where, "proceeding", row.proceeding, declared) for row in rows if row.proceeding]
    for each in record.proceedings:
        named += [(each.where, "precedents", name, declared) for name in each.precedents]
        named.append((each.where, "jurisdiction", each.jurisdiction, set(law.jurisdictions)))
    for where, key, name, known in named:
        if name not in known:
            raise _bad(f"{where}.{key}", Phrase("{value!r} is not known", value=name), nearest(name, known))
    _check_days_set(record)


def _check_days_set(record: Record) -> None:
    """What stands in lists and feeds as a deadline is moved there: an entry of a user's that sets another day for its
    step alone would have the two differ. Raises `BadData`."""
    stands = sorted((row for row in record.announced if row.step and row.deadline), key=lambda row: row.known_on)
    last = {(row.proceeding, row.step): row for row in stands}
    for entry in record.entries if last else ():
        if entry.where.startswith(f"{BASE_FILE}:"):
            continue
        for each in entry.sets:
            row = last.get((entry.proceeding, each.step))
            if row is not None and each.on != row.on and entry.known_on > row.known_on:
                wrong = Phrase("another day than that of the deadline {id}", id=row.deadline)
                raise _bad(f"{entry.where}.sets", wrong, "an [[announced]] with the same `deadline`, which moves it")


def _bad(where: str, wrong: str, accepted: str = "") -> BadData:
    file, _, key = where.partition(": ")
    return BadData(file, key, wrong, accepted)
