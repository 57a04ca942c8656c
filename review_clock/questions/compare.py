"""Scenarios side by side, and the record itself as one of the columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from review_clock.files import Texts
from review_clock.law.acts_and_lapses import Party
from review_clock.law.readings import Readings
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import line_under
from review_clock.scenarios.library import Plan
from review_clock.timeline.course import Course, bound_on, course
from review_clock.timeline.unfold import LAST_DAY, Timeline, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One scenario: its assumptions, its course, and the Parties bound on 1 July of each year compared.

    `name` and `title` are empty for the record alone, which is no hypothesis; its course is what the law does if
    nobody acts again.
    """

    name: str
    title: Texts | None
    lines: tuple[str, ...]
    taken_in_silence: tuple[date, ...]
    departs_on: date | None
    course: Course
    bound: tuple[tuple[Party, ...], ...]

    @property
    def hypothesis(self) -> bool:
        """Whether anything is assumed: true but for the record alone."""
        return bool(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Years from `first` to `last` in which no column changes: the Parties bound on 1 July, a column each."""

    first: int
    last: int
    bound: tuple[tuple[Party, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Scenarios side by side as of a day, under one set of readings; `years` are those whose 1 July is shown."""

    as_of: date
    readings: Readings
    years: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def spells(self) -> tuple[Spell, ...]:
        """The years, those in which no column changes taken together."""
        rows = [(year, tuple(column.bound[place] for column in self.columns)) for place, year in enumerate(self.years)]
        found = []
        for bound, group in groupby(rows, key=lambda row: row[1]):
            years = [year for year, _ in group]
            found.append(Spell(first=years[0], last=years[-1], bound=bound))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A plan (None for the record alone) with its timeline and what was taken in silence."""

    plan: Plan | None
    line: Timeline
    silent: tuple[date, ...] = ()
    lines: tuple[str, ...] = ()
    departs_on: date | None = None


def _side(plan: Plan | None, record: Record, readings: Readings) -> _Side:
    if plan is None:
        return _Side(plan=None, line=timeline(record.acts, readings))
    scenario = plan.over(record, readings)
    return _Side(
        plan=plan,
        line=line_under(scenario, readings),
        silent=tuple(sorted({act.on for act in scenario.taken_in_silence})),
        lines=scenario.lines,
        departs_on=scenario.departs_on,
    )


def _years(sides: Iterable[_Side], as_of: date, to: int | None) -> tuple[int, ...]:
    """From the first 1 July not before `as_of` to `to`, else to the year after which all of them have ended."""
    first = as_of.year if (as_of.month, as_of.day) <= (7, 1) else as_of.year + 1
    ends = [course(side.line, as_of).last_day for side in sides]
    last = to if to is not None else max((end or LAST_DAY).year for end in ends)
    return tuple(range(first, min(max(last, first), LAST_DAY.year) + 1))


def _column(side: _Side, as_of: date, years: Iterable[int]) -> Column:
    return Column(
        name=side.plan.name if side.plan else "",
        title=side.plan.title if side.plan else None,
        lines=side.lines,
        taken_in_silence=side.silent,
        departs_on=side.departs_on,
        course=course(side.line, as_of),
        bound=tuple(bound_on(side.line, date(year, 7, 1)) for year in years),
    )


def compare(
    plans: Sequence[Plan | None], record: Record, as_of: date, readings: Readings, to: int | None = None
) -> Comparison:
    """The scenarios of `plans` over `record`, a column each; None stands for the record alone.

    `to` is the last year shown. Raises `NotAssumable`, `NotUnderstood`, `NotProvidedFor`.
    """
    sides = [_side(plan, record, readings) for plan in plans]
    years = _years(sides, as_of, to)
    return Comparison(
        as_of=as_of,
        readings=readings,
        years=years,
        columns=tuple(_column(side, as_of, years) for side in sides),
    )
