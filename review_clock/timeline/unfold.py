"""The record unfolded through the law: the Position on any day, each with what led there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from review_clock.files import Phrase
from review_clock.law.acts_and_lapses import (
    Act,
    Event,
    NonConfirmation,
    Note,
    ReviewConcluded,
    ReviewFallsDue,
    WithdrawalNotice,
    in_order,
)
from review_clock.law.chapter_34 import NotProvidedFor, contradicted, falls_next, step
from review_clock.law.counting import BeyondTheCalendar, years_after
from review_clock.law.position import ENDED, Position, Review
from review_clock.law.readings import Readings
from review_clock.law.under_readings import ByReadings

LAST_DAY: Final = date(2100, 12, 31)
"""The last day that is answered for; a later one is refused, not guessed."""


class OutsideTheCalendar(BeyondTheCalendar):
    """A day after `LAST_DAY`."""

    def __init__(self, day: date) -> None:
        form = "{day} is after {last}, the last day this calendar answers for"
        super().__init__(Phrase(form, day=day, last=LAST_DAY))


@dataclass(frozen=True, slots=True)
class Moment:
    """An event and the Position after it."""

    event: Event
    position: Position


def unfold(acts: Iterable[Act], until: date, readings: Readings) -> Iterator[Moment]:
    """Each event to and including `until`, with the Position it leads to.

    Acts come from the record or from assumptions; between them the law's own days are put in. Raises
    `NotProvidedFor` at an act that the law refuses, or that contradicts another of its day.
    """
    position, today = Position(), list[Act]()
    waiting = sorted(acts, key=in_order)[::-1]
    while True:
        lapse = falls_next(position, readings)
        act = waiting[-1] if waiting else None
        event: Event | None = act
        if lapse is not None and (act is None or in_order(lapse) < in_order(act)):
            event = lapse
        if event is None or event.on > until:
            return
        if event is act:
            waiting.pop()
            if not isinstance(act, Note):  # a note contradicts nothing, and a day may hold thousands
                today = [other for other in today if other.on == act.on]
                refusal = contradicted(act, today) if today else None
                if refusal is not None:
                    raise NotProvidedFor(refusal, position, act)
                today.append(act)
        position = step(position, event, readings)
        yield Moment(event, position)


@dataclass(frozen=True, kw_only=True)  # no slots: what is asked of it for each rule is worked out once and kept
class Timeline:
    """The moments of a list of acts, to `LAST_DAY`, projected with no further act."""

    acts: tuple[Act, ...]
    readings: Readings
    moments: tuple[Moment, ...]

    def position_on(self, day: date) -> Position:
        """The Position at the end of `day`. Raises `OutsideTheCalendar`."""
        if day > LAST_DAY:
            raise OutsideTheCalendar(day)
        place = bisect_right(self.moments, day, key=lambda moment: moment.event.on)
        return self.moments[place - 1].position if place else Position()

    @property
    def final(self) -> Position:
        """The Position in the end, if nobody acts again."""
        return self.moments[-1].position if self.moments else Position()

    def reviews(self, by: date | None = None) -> tuple[Review, ...]:
        """Every joint review that fell or falls due or was held, in order, each as it stands at the end of the day `by`
        (None: in the end)."""
        return self._reviews if by is None else _as_last_told(m for m in self.moments if m.event.on <= by)

    def review_ahead(self, day: date) -> Review | None:
        """The first joint review that meets after `day`, if nobody acts; None where it is not in force, or ends before.

        Not always the next one as the law stands on the day: a departure may extend the term before it (reading R14).
        """
        if not self.position_on(day).in_force:
            return None
        due = (m.position.review for m in self.moments if m.event.on > day and isinstance(m.event, ReviewFallsDue))
        return next(due, self.final.next_review)

    @cached_property
    def failed_terms(self) -> frozenset[int]:
        """The terms whose six-year review is known, or assumed, to have ended without an extension."""
        closing = (NonConfirmation, ReviewConcluded)
        return frozenset(m.position.term for m in self.moments if isinstance(m.event, closing))

    @cached_property
    def extended_between(self) -> frozenset[int]:
        """The terms that began with an extension between two reviews, and not at a six-year one. Art. 34.7(5)."""
        return frozenset(term.term for term, _ in self._terms() if term.provision == "Art. 34.7(5)")

    @cached_property
    def years_without_review(self) -> tuple[int, ...]:
        """The calendar years of the annual phase in which no review falls, of those that the anniversary gives.

        A year is left without one where the review of that year was set for another or held in the year before, and
        under the reading `year_after_last` in the year of the end. Art. 34.7(4).
        """
        return tuple(year for term in self._terms() for year in self._left_without(*term))

    def _terms(self) -> list[tuple[Position, date]]:
        """Each term's first Position, and the day on which the next or the end comes; none before entry into force."""
        first = {m.position.term: m for m in reversed(self.moments) if m.position.term}
        over = [m.event.on for m in self.moments if m.position.phase in ENDED]
        ends = [*(first[term].event.on for term in sorted(first)[1:]), over[0] if over else LAST_DAY]
        return [(first[term].position, end) for term, end in zip(sorted(first), ends, strict=False)]

    def _left_without(self, began: Position, end: date) -> list[int]:
        served = [review.year for review in self.reviews() if review.term == began.term]
        if not served:
            return []
        last = next(m.position for m in reversed(self.moments) if m.position.term == began.term)
        assert began.cycle_from is not None
        assert last.term_end is not None
        start, missing_day, end = began.cycle_from, self.readings["missing_day"], min(end, last.term_end.day)
        years = (year for year in range(served[0] + 1, end.year + 1) if year not in served)
        return [y for y in years if years_after(start, y - start.day.year, missing_day=missing_day).day < end]

    @cached_property
    def _reviews(self) -> tuple[Review, ...]:
        return _as_last_told(self.moments)


def _as_last_told(moments: Iterable[Moment]) -> tuple[Review, ...]:
    found = (moment.position.review for moment in moments)
    return tuple({review.key: review for review in found if review is not None}.values())


def timeline(acts: Iterable[Act], readings: Readings) -> Timeline:
    """The timeline of `acts`, whole. Raises `NotProvidedFor`."""
    acts = tuple(acts)
    return Timeline(acts=acts, readings=readings, moments=_moments_of(acts)(readings))


@lru_cache(maxsize=512)  # an answer asks again and again what the same acts lead to
def _moments_of(acts: tuple[Act, ...]) -> ByReadings[tuple[Moment, ...]]:
    return ByReadings(lambda readings: tuple(unfold(acts, LAST_DAY, readings)))


def as_far_as_lawful(acts: tuple[Act, ...], readings: Readings) -> Timeline:
    """The course of acts; what the law refuses under these readings has no effect and is passed over."""
    try:
        return timeline(acts, readings)
    except NotProvidedFor as refused:
        if refused.event not in acts:
            raise
        place = len(acts) - acts[::-1].index(refused.event)  # of two that are the same the later one
        return as_far_as_lawful(acts[: place - 1] + acts[place:], readings)


def without_running_notices(line: Timeline, acts: Iterable[Act], as_of: date) -> Timeline | None:
    """The course as if the notices that run on `as_of` were taken back; None where none runs, or none can be (R9).

    An act of a later day that rests on the departure, an assumed one, is passed over.
    """
    running = {(w.party, w.notice) for w in line.final.left if w.notice <= as_of < w.effective.day}
    if not running or line.readings["notice_can_be_rescinded"] == "no":
        return None
    kept = (act for act in acts if not (isinstance(act, WithdrawalNotice) and (act.party, act.on) in running))
    return as_far_as_lawful(tuple(kept), line.readings)
