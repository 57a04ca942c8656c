"""The record unfolded through the law: the Position on any day, each with what led there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from review_clock.law.acts_and_lapses import Act, Event, NonConfirmation, ReviewConcluded, in_order
from review_clock.law.chapter_34 import NotProvidedFor, falls_next, step
from review_clock.law.counting import BeyondTheCalendar
from review_clock.law.position import Position, Review
from review_clock.law.readings import Readings

LAST_DAY: Final = date(2100, 12, 31)
"""The last day that is answered for; a later one is refused, not guessed."""


class OutsideTheCalendar(BeyondTheCalendar):
    """A day after `LAST_DAY`."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day} is after {LAST_DAY}, the last day this calendar answers for")


@dataclass(frozen=True, slots=True)
class Moment:
    """An event and the Position after it."""

    event: Event
    position: Position


def unfold(acts: Iterable[Act], until: date, readings: Readings) -> Iterator[Moment]:
    """Each event to and including `until`, with the Position it leads to.

    Acts come from the record or from assumptions; between them the law's own days are put in. Raises
    `NotProvidedFor` at an act that the law refuses.
    """
    position = Position()
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

    def reviews(self) -> tuple[Review, ...]:
        """Every joint review that fell or falls due or was held, in order, each as it stands in the end."""
        return self._reviews

    @cached_property
    def failed_terms(self) -> frozenset[int]:
        """The terms whose six-year review is known, or assumed, to have ended without an extension."""
        closing = (NonConfirmation, ReviewConcluded)
        return frozenset(m.position.term for m in self.moments if isinstance(m.event, closing))

    @cached_property
    def _reviews(self) -> tuple[Review, ...]:
        latest: dict[str, Review] = {}
        for moment in self.moments:
            review = moment.position.review
            if review is not None:
                latest[review.key] = review
        return tuple(latest.values())


def timeline(acts: Iterable[Act], readings: Readings) -> Timeline:
    """The timeline of `acts`, whole. Raises `NotProvidedFor`."""
    acts = tuple(acts)
    return Timeline(acts=acts, readings=readings, moments=tuple(unfold(acts, LAST_DAY, readings)))


__all__ = ["LAST_DAY", "Moment", "NotProvidedFor", "OutsideTheCalendar", "Timeline", "timeline", "unfold"]
