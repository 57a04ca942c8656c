"""What of a Position can still matter under Chapter 34: two Positions in which it is equal are legally the same.

Equal here means: whatever happens next, in both it is allowed or refused alike, and leads to Positions that are equal
again. So what may come of them need be worked out only once. What was said, who held back before, how many notices
there were, by which steps a day was counted: that is history, and is left out. A test takes Positions that differ in
history alone through the same events, under every reading, and finds them the same after each.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from review_clock.law.acts_and_lapses import Party
from review_clock.law.effects import REVIEW_YEARS
from review_clock.law.position import IN_FORCE, Phase, Position, Review
from review_clock.law.readings import Readings

LAST_SAFE_DAY: Final = 27
"""The last day of a month that every year has and that no count moves: after it comes the end of February."""

DayOfYear = date | tuple[int, int]


class Matters(NamedTuple):
    """What can still matter; for the names see `Position`. Of an ended Agreement nothing matters but the cause.

    `extended` is whether the term was ever extended. `anniversary` is the day of the year on which reviews fall, and
    `entry` the day from which all of them are counted where they are (reading R5), moved by whole cycles towards the
    end of the term. The reviews stand with the day they fall due and the anniversary that they are.
    """

    phase: Phase
    parties: frozenset[Party] = frozenset()
    confirmed: frozenset[Party] = frozenset()
    leaving: tuple[tuple[Party, date], ...] = ()
    extended: bool = False
    term_end: date | None = None
    anniversary: DayOfYear | None = None
    entry: date | None = None
    next_review: tuple[object, ...] | None = None
    last_review: tuple[object, ...] | None = None


def what_matters(position: Position, readings: Readings, ends: date | None = None) -> Matters:
    """What of `position` can still matter under `readings`; hashable, so that equal Positions are found by it. With
    `ends`, what could if its term ended on that day."""
    if position.phase not in IN_FORCE:
        return Matters(position.phase)
    assert position.term_end is not None
    assert position.cycle_from is not None
    end, since = ends or position.term_end.day, position.cycle_from.day
    chained = readings["annual_review_day"] == "year_after_last"
    return Matters(
        position.phase,
        position.parties,
        position.confirmed_by,
        tuple((notice.party, notice.effective.day) for notice in position.leaving),
        position.term > 1,
        end,
        (since.month, since.day) if since.day <= LAST_SAFE_DAY else since,
        _entry(position, end) if readings["next_review_after_extension"] == "original_grid" else None,
        _of_the_next(position.next_review, since, chained),
        _of_the_last(position.review, since, chained and position.phase is not Phase.SIX_YEAR_CYCLE),
    )


def _entry(position: Position, end: date) -> date:
    assert position.entry is not None
    entry = position.entry.day
    if entry.day > LAST_SAFE_DAY:
        return entry
    return entry.replace(year=end.year - (end.year - entry.year) % REVIEW_YEARS)


def _stands_for(review: Review, since: date) -> date:
    """The year whose anniversary a review is, on whichever day it is held."""
    return date(since.year + review.years, 1, 1)


def _of_the_next(review: Review | None, since: date, chained: bool) -> tuple[object, ...] | None:
    """Its day and anniversary; and if it was fixed, where else it would be counted from the last (reading R3)."""
    if review is None:
        return None
    return (review.falls_due, _stands_for(review, since), chained and review.is_fixed)


def _of_the_last(review: Review | None, since: date, chained: bool) -> tuple[object, ...] | None:
    """Whether it is still to be closed, and held; its days too, where the next may be counted from it (R3)."""
    if review is None:
        return None
    if chained:
        return (review.falls_due, _stands_for(review, since), review.held_on, review.concluded_on)
    return None if review.concluded_on is not None else (review.held_on is None,)
