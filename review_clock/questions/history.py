"""The record to a day, as a person or a program reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.law.amendment import Amendment
from review_clock.questions.premises import Premises
from review_clock.record.entries import Announced, Entry, Retraction


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The record to a day: what happened, oldest first, the dates announced, what was taken back of either, and the
    amendments of the law known by then."""

    as_of: date
    known_on: date | None
    verified_on: date | None
    events: tuple[Entry, ...]
    announced: tuple[Announced, ...]
    retracted: tuple[Retraction, ...]
    amendments: tuple[Amendment, ...]


def history(premises: Premises) -> History:
    """What of the record beneath was known at the end of the day."""
    return History(
        as_of=premises.as_of,
        known_on=premises.known_on,
        verified_on=premises.verified_on,
        events=premises.known.entries,
        announced=premises.known.announced,
        retracted=premises.known.retractions,
        amendments=premises.law.amendments,
    )
