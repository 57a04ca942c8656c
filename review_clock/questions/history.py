"""The record to a day, as a person or a program reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.questions.premises import Premises
from review_clock.record.ledger import Announced, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The record to a day: what happened, oldest first, and the dates announced."""

    as_of: date
    verified_on: date
    events: tuple[Entry, ...]
    announced: tuple[Announced, ...]


def history(premises: Premises) -> History:
    """What of the record beneath was known at the end of the day."""
    known, verified_on = premises.known, premises.record.verified_on
    return History(as_of=premises.as_of, verified_on=verified_on, events=known.entries, announced=known.announced)
