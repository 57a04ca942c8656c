"""The record as it was held on a day: what had come into it by then, whatever became public when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from review_clock.record.ledger import Record

NEVER = date.min
"""The day to which a record was verified that nobody had verified yet."""


def held_on(record: Record, day: date) -> Record:
    """The record as it stood at the end of `day`: the entries that had come into it, and its verifications to then."""
    return replace(
        record,
        entries=tuple(each for each in record.entries if each.recorded_on <= day),
        announced=tuple(each for each in record.announced if each.recorded_on <= day),
        verified_on=record.verified_on if record.verified_on <= day else NEVER,
    )


def news(record: Record) -> tuple[date, ...]:
    """The days on which something came into the record, in order."""
    return tuple(sorted({row.recorded_on for row in record.rows().values()}))
