"""The dates under other readings: one reading changed at a time, and the earliest and latest over all combinations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from review_clock.deadlines.resolve import Dated, dated, resolve
from review_clock.law.acts_and_lapses import Act
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule
from review_clock.law.under_readings import ByReadings, Combinations
from review_clock.record.ledger import Record
from review_clock.timeline.unfold import Timeline, timeline

Days = Mapping[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The date under another reading; None where under it there is no such date."""

    key: str
    value: str
    day: date | None


@dataclass(frozen=True, slots=True)
class OtherReadings:
    """By deadline: the other dates, and the earliest and latest of all."""

    others: Mapping[str, tuple[Other, ...]]
    span: Mapping[str, tuple[date, date]]


class _Days:
    """Each deadline's day under readings; None where under them an act of the list could not have been done.

    A timeline is unfolded, and on it each rule counted, once for all readings that agree in those asked for.
    """

    def __init__(self, acts: tuple[Act, ...], record: Record) -> None:
        self._acts, self._record = acts, record
        self._counted = ByReadings(self._on_a_timeline)

    def _on_a_timeline(self, readings: Readings) -> Callable[[Readings], Days] | None:
        try:
            line = timeline(self._acts, readings)
        except NotProvidedFor:
            return None
        kept: dict[str, ByReadings[tuple[Dated, ...]]] = {}

        def days_of(rule: Rule, on: Timeline, record: Record) -> tuple[Dated, ...]:
            if rule.id not in kept:
                kept[rule.id] = ByReadings(lambda asked: dated(rule, replace(line, readings=asked), record))
            return kept[rule.id](on.readings)

        def days(chosen: Readings) -> Days:
            resolved = resolve(replace(line, readings=chosen), self._record, days_of)
            return {identity: each.day for identity, each in resolved.items()}

        return days

    def __call__(self, readings: Readings) -> Days | None:
        counted = self._counted(readings)
        return None if counted is None else counted(readings)


def _span(combinations: Iterable[Days]) -> dict[str, tuple[date, date]]:
    span: dict[str, tuple[date, date]] = {}
    for days in combinations:
        for identity, day in days.items():
            earliest, latest = span.get(identity, (day, day))
            span[identity] = (min(earliest, day), max(latest, day))
    return span


@lru_cache(maxsize=64)
def other_readings(acts: tuple[Act, ...], record: Record, readings: Readings) -> OtherReadings:
    """The dates of every deadline under the readings not chosen."""
    combinations = Combinations(readings, _Days(acts, record))
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
                others.setdefault(identity, []).append(Other(key=key, value=value, day=there.get(identity)))
    return OtherReadings(
        others={identity: tuple(each) for identity, each in others.items()},
        span=_span(days for _, days in combinations.all(matter)),
    )
