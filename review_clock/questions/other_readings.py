"""The dates under other readings: one reading changed at a time, and the earliest and latest over all combinations.

Under another reading the whole question is asked anew, from the assumptions as they were given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from review_clock.deadlines.deadline import Other
from review_clock.deadlines.resolve import Dated, OncePerReading
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule
from review_clock.law.under_readings import ByReadings, Combinations
from review_clock.questions.premises import Premises
from review_clock.questions.resolved import resolved
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import NotAssumable
from review_clock.timeline.unfold import Timeline

Days = Mapping[str, date]


@dataclass(frozen=True, slots=True)
class OtherReadings:
    """By deadline: the other dates, and the earliest and latest of all."""

    others: Mapping[str, tuple[Other, ...]]
    span: Mapping[str, tuple[date, date]]


class _Days:
    """Each deadline's day under readings; None where under them what is assumed, or recorded, could not have been.

    The question is asked, and each rule counted, once for all readings that agree in those asked for; readings under
    which the course is the same share what is counted on it.
    """

    def __init__(self, premises: Premises, only: frozenset[str] | None) -> None:
        self._premises, self._only = premises, only
        self._courses: list[tuple[Timeline, Timeline | None, ByReadings[Days]]] = []
        self._asked, self._dated = ByReadings(self._under), OncePerReading()

    def _under(self, readings: Readings) -> ByReadings[Days] | None:
        premises = replace(self._premises, readings=readings)
        try:
            line, spare, known = premises.line, premises.spare, premises.known
        except (NotProvidedFor, NotAssumable):
            return None
        for course, other, days in self._courses:
            if course.moments == line.moments and (other and other.moments) == (spare and spare.moments):
                return days
        self._courses.append((line, spare, self._on(line, spare, known)))
        return self._courses[-1][2]

    def _on(self, line: Timeline, spare: Timeline | None, known: Record) -> ByReadings[Days]:
        """The days on one course, by the readings that the rules ask for."""
        kept: dict[tuple[str, bool], ByReadings[tuple[Dated, ...]]] = {}

        def days_of(rule: Rule, on: Timeline, record: Record) -> tuple[Dated, ...]:
            course = line if on.acts is line.acts or spare is None else spare
            key = rule.id, course is line
            if key not in kept:
                kept[key] = ByReadings(lambda asked: self._dated(rule, replace(course, readings=asked), record))
            return kept[key](on.readings)

        def days(chosen: Readings) -> Days:
            other = None if spare is None else replace(spare, readings=chosen)
            on = replace(line, readings=chosen)
            found = resolved(on, other, self._premises.law, known, self._only, days_of)
            return {identity: each.day for identity, each in found.items()}

        return ByReadings(days)

    def __call__(self, readings: Readings) -> Days | None:
        days = self._asked(readings)
        return None if days is None else days(readings)


def _span(combinations: Iterable[Days]) -> dict[str, tuple[date, date]]:
    span: dict[str, tuple[date, date]] = {}
    for days in {id(each): each for each in combinations}.values():
        for identity, day in days.items():
            earliest, latest = span.get(identity, (day, day))
            span[identity] = (min(earliest, day), max(latest, day))
    return span


def other_readings(premises: Premises, only: frozenset[str] | None = None) -> OtherReadings:
    """The dates of every deadline, or of those of some rules `only`, under the readings not chosen."""
    readings, law = premises.readings, premises.law
    combinations = Combinations(readings, law.alternatives(readings), _Days(premises, only))
    base = combinations.under(readings)
    if base is None:
        return OtherReadings({}, {})
    matter = combinations.that_matter()
    others: dict[str, list[Other]] = {}
    for key, value in matter:
        there, pair = combinations.under(readings.but(key, value)), f"{key}={value}"
        for identity, day in base.items():
            if there is not None and there.get(identity) != day:
                other = Other(reading=pair, date=there.get(identity), means=law.meaning(pair))
                others.setdefault(identity, []).append(other)
    return OtherReadings(
        others={identity: tuple(each) for identity, each in others.items()},
        span=_span(days for _, days in combinations.all(matter)),
    )
