"""The record as it was held on a day: what had come into it by then, whatever became public when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from review_clock.law.acts_and_lapses import Note
from review_clock.record.entries import Announced, Entry, Retraction
from review_clock.record.ledger import NEVER, Record, merged
from review_clock.record.proceeding import Proceeding


def held_on(record: Record, day: date, without: Retraction | None = None) -> Record:
    """The record as it stood at the end of `day`: what had come into it and been taken back, and its verifications.

    `without` a retraction, it is as it stood before that was made: what came in its place was not there yet.
    """
    verified = tuple(each for each in record.verified if each.on <= day)
    known = verified[-1].on if verified else record.verified_on if not record.verified else NEVER
    taken_back = (each for each in record.retractions if each.on <= day and each != without)
    return merged(
        [
            Record(
                entries=tuple(each for each in record.all_entries if each.recorded_on <= day),
                announced=tuple(
                    each for each in record.all_announced if each.recorded_on <= day and not _came_for(each, without)
                ),
                cases=tuple(each for each in record.all_cases if each.recorded_on <= day),
                verified_on=known if known <= day else NEVER,
                verified=verified,
                retractions=tuple(replace(each, row=None) for each in taken_back),
                proceedings=_declared_by(record, day),
            )
        ]
    )


def _declared_by(record: Record, day: date) -> tuple[Proceeding, ...]:
    """The proceedings as they were declared by then; how one was declared first stands for the days before, whose
    entries may name it."""
    first = {each.id: each for each in reversed(record.all_proceedings)}
    return tuple(each for each in record.all_proceedings if each.recorded_on <= day or each is first[each.id])


def _came_for(row: Announced, retraction: Retraction | None) -> bool:
    """Whether an announced date came in the place of one taken back: the same deadline, not known before."""
    gone = retraction.row if retraction is not None else None
    if retraction is None or not isinstance(gone, Announced) or row.id == gone.id:
        return False
    return row.id == retraction.replaced_by or (
        bool(row.deadline) and row.deadline == gone.deadline and row.recorded_on >= retraction.on
    )


def days_that_count(record: Record) -> tuple[date, ...]:
    """The days on which something came into the record, or was taken back, that a date may hang on, in order: a note
    that speaks of no deadline and begins no count is none."""
    days = {each.recorded_on for each in record.all_entries if not _is_mere_note(each)}
    days |= {each.recorded_on for each in record.all_announced}
    days |= {each.recorded_on for each in record.all_cases}
    return tuple(sorted(days | {each.on for each in record.retractions}))


def _is_mere_note(entry: Entry) -> bool:
    speaks = entry.fulfils or entry.reports or entry.misses or entry.marks
    return isinstance(entry.act, Note) and not speaks
