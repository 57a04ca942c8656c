"""The dates under other readings: one reading changed at a time, and the earliest and latest over all combinations.

Under another reading the whole question is asked anew, from the assumptions as they were given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from review_clock.deadlines.deadline import Other
from review_clock.deadlines.resolve import Dated, OncePerReading, resolve
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule
from review_clock.law.under_readings import ByReadings, Combinations
from review_clock.questions.premises import Premises
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
        self._courses: list[tuple[Timeline, ByReadings[Days]]] = []
        self._asked, self._dated = ByReadings(self._under), OncePerReading()

    def _under(self, readings: Readings) -> ByReadings[Days] | None:
        premises = replace(self._premises, readings=readings)
        try:
            line, known = premises.line, premises.known
        except (NotProvidedFor, NotAssumable):
            return None
        for course, days in self._courses:
            if course.moments == line.moments:
                return days
        self._courses.append((line, self._on(line, known)))
        return self._courses[-1][1]

    def _on(self, line: Timeline, known: Record) -> ByReadings[Days]:
        """The days on one course, by the readings that the rules ask for."""
        kept: dict[str, ByReadings[tuple[Dated, ...]]] = {}

        def days_of(rule: Rule, on: Timeline, record: Record) -> tuple[Dated, ...]:
            if rule.id not in kept:
                kept[rule.id] = ByReadings(lambda asked: self._dated(rule, replace(line, readings=asked), record))
            return kept[rule.id](on.readings)

        def days(chosen: Readings) -> Days:
            on = replace(line, readings=chosen)
            found = resolve(on, self._premises.law, known, self._only, days_of)
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
        there = combinations.under(readings.but(key, value))
        if there is None:
            continue
        for identity, day in base.items():
            if there.get(identity) != day:
                others.setdefault(identity, []).append(Other(reading=f"{key}={value}", date=there.get(identity)))
    return OtherReadings(
        others={identity: tuple(each) for identity, each in others.items()},
        span=_span(days for _, days in combinations.all(matter)),
    )
