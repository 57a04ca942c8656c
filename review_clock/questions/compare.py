"""Scenarios side by side, and the record itself as one of the columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from review_clock.files import Texts
from review_clock.law.acts_and_lapses import Party
from review_clock.law.readings import Meaning, Readings
from review_clock.questions.answer import Answer, answer
from review_clock.questions.premises import Premises
from review_clock.timeline.course import Course, bound_on, course
from review_clock.timeline.unfold import LAST_DAY, Timeline, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One scenario: its assumptions, its course, and the Parties bound on 1 July of each year compared.

    `name` and `title` are empty for the record alone, which is no hypothesis; its course is what the law does if
    nobody acts again. `answer` is that of the day on which all that is assumed has been done. `readings_chosen` is what
    those mean that its own file chose.
    """

    name: str
    title: Texts | None
    lines: tuple[str, ...]
    taken_in_silence: tuple[date, ...]
    departs_on: date | None
    answer: Answer
    course: Course
    bound: tuple[tuple[Party, ...], ...]
    readings_chosen: tuple[Meaning, ...] = ()

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
    """Scenarios side by side as of a day, under one set of readings; `readings_chosen` is what those mean that are not
    the default, `years` are those whose 1 July is shown. The record beneath was `verified_on` a day, `beyond_record` if
    `as_of` lies after it."""

    as_of: date
    known_on: date | None
    readings: Readings
    readings_chosen: tuple[Meaning, ...]
    years: tuple[int, ...]
    verified_on: date | None
    beyond_record: bool
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


def _years(sides: Iterable[Premises], as_of: date, to: int | None) -> tuple[int, ...]:
    """From the first 1 July not before `as_of` to `to`, else to the year after which all of them have ended."""
    first = as_of.year if (as_of.month, as_of.day) <= (7, 1) else as_of.year + 1
    ends = [course(_whole(side), as_of).last_day for side in sides]
    last = to if to is not None else max((end or LAST_DAY).year for end in ends)
    return tuple(range(first, min(max(last, first), LAST_DAY.year) + 1))


def _whole(side: Premises) -> Timeline:
    """The whole course: for the record alone its acts of later days too."""
    return side.line if side.plan else timeline(side.record.acts, side.readings)


def _column(side: Premises, years: Iterable[int]) -> Column:
    scenario, line = side.scenario, _whole(side)
    return Column(
        name=side.plan.name if side.plan else "",
        title=side.plan.title if side.plan else None,
        lines=scenario.lines if scenario else (),
        taken_in_silence=tuple(sorted({act.on for act in scenario.taken_in_silence})) if scenario else (),
        departs_on=scenario.departs_on if scenario else None,
        answer=answer(replace(side, as_of=side.assumed_to)),
        course=course(line, side.as_of),
        bound=tuple(bound_on(line, date(year, 7, 1)) for year in years),
        readings_chosen=side.law.otherwise(side.readings) if side.plan and side.plan.readings else (),
    )


def compare(first: Premises, *others: Premises, to: int | None = None) -> Comparison:
    """Questions of one day and one set of readings side by side, a column each; nothing assumed is the record alone.

    `to` is the last year shown. Raises `NotAssumable`, `NotUnderstood`, `NotProvidedFor`. Authority: Art. 34.6,
    Art. 34.7.
    """
    years = _years((first, *others), first.as_of, to)
    return Comparison(
        as_of=first.as_of,
        known_on=first.known_on,
        readings=first.readings,
        readings_chosen=first.law.otherwise(first.readings),
        years=years,
        verified_on=first.verified_on,
        beyond_record=first.beyond_record,
        columns=tuple(_column(side, years) for side in (first, *others)),
    )
