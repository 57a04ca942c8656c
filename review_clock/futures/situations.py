"""Positions met again: in another history, or so many years on, what may come of them is worked out once.

Two Positions in which the same matters (`equivalence`) have the same futures. More than that: Chapter 34 counts in
months and years and knows no year by name. Two Positions that differ in nothing but that one lies whole years later
have the same futures, so many years apart. A *situation* is what is common to them: a Position and the year it is seen
from.

The one exception is the end of February: there a day may be missing in one year and not in another. A Position with a
day after the 27th of a month is therefore never taken for one of another year.

Nor does the end of the term matter while it is far off: until the year before it, it decides neither what is allowed
nor when a review is held (readings that extend the term from its own end aside). Positions that differ in it alone are
one situation, whose end is *open*; the end is then told beside it, and put in where it comes near.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

from review_clock.futures.choices import Asked, Choice, Occasions, Turn, asked, at_review, concluded, time_passes
from review_clock.futures.equivalence import LAST_SAFE_DAY, Matters, what_matters
from review_clock.law.acts_and_lapses import Party
from review_clock.law.chapter_34 import falls_next, step
from review_clock.law.counting import ONE_DAY, starting
from review_clock.law.effects import TERM_YEARS
from review_clock.law.position import Phase, Position, term_ends_on
from review_clock.law.readings import Readings

FAR: Final = 2
"""An end in a year so many after this one is far off."""
Menu = Callable[[Position, Party, date, Readings], tuple[Turn, ...]]
"""What the law allows a Party on a day that is no review's."""


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """A Position seen from `year`; it stands for all that are the same seen from their own. Compared by identity.

    Where the end is open, that of `position` stands for any that is far off.
    """

    position: Position
    matters: Matters
    year: int
    end_is_open: bool = False

    def day_in(self, year: int, day: date) -> date:
        """A day of this situation's own time, where it is met in `year`."""
        return date(day.year + year - self.year, day.month, day.day)


class Passage(NamedTuple):
    """What the passing of time made of a situation: who left, whether it ended and how, who is asked at a review."""

    situation: Situation
    departed: tuple[Party, ...]
    extends: bool
    ended: Phase | None
    asks: tuple[Asked, ...]


class Outcome(NamedTuple):
    """What a choice made of a situation, whether the Party is to confirm when all have chosen, whether it extends."""

    choice: Choice
    situation: Situation
    confirming: bool
    extends: bool = False


class _NotAlike(Exception):
    """A day after the 27th of a month stands in what matters."""


def seen_from(value: Matters, year: int) -> tuple[Any, ...]:
    """What matters, with each day told by its distance in years from `year`. Raises `_NotAlike`."""
    phase, parties, confirmed, leaving, extended, ends, anniversary, entry, following, last = value
    return (
        phase,
        parties,
        confirmed,
        tuple([(party, _day_from(day, year)) for party, day in leaving]) if leaving else (),
        extended,
        _day_from(ends, year),
        _day_from(anniversary, year),
        _day_from(entry, year),
        tuple([_day_from(each, year) for each in following]) if following else following,
        tuple([_day_from(each, year) for each in last]) if last else last,
    )


def _day_from(value: Any, year: int) -> Any:
    if type(value) is not date:
        return value
    if value.day > LAST_SAFE_DAY:
        raise _NotAlike
    return (value.year - year, value.month, value.day)


class Situations:
    """The situations met under `readings` from `start` on, and what came of each. A `day` is one of the year the
    situation is seen from where it is met; only its month and day count. Nothing is taken for the same in another year
    where acts are done on a day that not every year has, or after the 27th of a month."""

    def __init__(self, start: Position, readings: Readings, occasions: Occasions) -> None:
        self._readings, self._alike_each_year = readings, _alike_each_year(start, occasions)
        self._take_back = occasions.take_back
        self._ends_are_left_open = self._alike_each_year and readings["extension_runs_from"] == "confirmation"
        self._known: dict[Any, Situation] = {}
        self._closed: dict[Situation, Situation] = {}
        self._passages: dict[tuple[Situation, int, int, int], Passage] = {}
        self._choices: dict[tuple[Menu, Situation, Party, int, int], tuple[Outcome, ...]] = {}
        self._reviews: dict[tuple[Situation, Asked, int, int], tuple[Outcome, ...]] = {}
        self._conclusions: dict[tuple[Situation, tuple[Party, ...], int, int], tuple[Situation, bool]] = {}
        self._ends: dict[Situation, date | None] = {}
        self._lapses: dict[Situation, date | None] = {}

    def of(self, position: Position, year: int) -> Situation:
        """The situation of `position`, seen from `year`; its end open, where that is far off."""
        return self._known_as(position, year, self._stands_for_the_end(position, year))

    def _stands_for_the_end(self, position: Position, year: int) -> date | None:
        """The day that stands for the end of the term, where that is far off and so is left open."""
        following = position.next_review
        if position.term_end is None or following is None or not self._ends_are_left_open:
            return None
        if following.is_fixed or position.end_amended:  # that end may lie beyond the sixteen years of an extension
            return None
        end = position.term_end.day
        far = end.day <= LAST_SAFE_DAY and end.year - year >= FAR
        return end.replace(year=year + TERM_YEARS) if far and position.in_force else None

    def _known_as(self, position: Position, year: int, stands_for: date | None = None) -> Situation:
        matters = what_matters(position, self._readings, stands_for)
        key: Any = (matters, year)
        if self._alike_each_year:
            with suppress(_NotAlike):
                key = seen_from(matters, year)
        found = self._known.get((key, stands_for is None))
        if found is None:
            if stands_for is not None:
                position = replace(position, term_end=starting(stands_for, "term_end"))
            found = self._known[key, stands_for is None] = Situation(position, matters, year, stands_for is not None)
        return found

    def near_its_end(self, situation: Situation) -> Situation:
        """One whose end is open, with an end that comes `FAR` years on: the first that matters in the year after."""
        if not situation.end_is_open:
            return situation
        if situation not in self._closed:
            assert situation.matters.term_end is not None
            end = starting(situation.matters.term_end.replace(year=situation.year + FAR), "term_end")
            position = replace(situation.position, term_end=end)
            self._closed[situation] = self._known_as(position, situation.year)
        return self._closed[situation]

    def passage(self, situation: Situation, years: int, day: date) -> Passage:
        """What the passing of time to the end of `day`, so many `years` on, makes of it."""
        key = (situation, years, day.month, day.day)
        if key not in self._passages:
            before, year = situation.position, situation.year + years
            to, lapse = date(year, day.month, day.day), self._lapse(situation)
            after, due = (before, False) if lapse is None or to < lapse else time_passes(before, to, self._readings)
            self._passages[key] = Passage(
                situation=situation if after is before and not years else self.of(after, year),
                departed=tuple(sorted(before.parties - after.parties)),
                extends=after.term > before.term,
                ended=None if after.in_force else after.phase,
                asks=asked(after) if due else (),
            )
        return self._passages[key]

    def choices(self, menu: Menu, situation: Situation, party: Party, day: date) -> tuple[Outcome, ...]:
        """What `party` may do on a day, by a menu of what the law allows it then."""
        key = (menu, situation, party, day.month, day.day)
        if key not in self._choices:
            on = date(situation.year, day.month, day.day)
            self._choices[key] = self._outcomes(menu(situation.position, party, on, self._readings), situation)
        return self._choices[key]

    def at_review(self, situation: Situation, asks: Asked, day: date) -> tuple[Outcome, ...]:
        """What a Party may do at a review on `day`."""
        key = (situation, asks, day.month, day.day)
        if key not in self._reviews:
            on = date(situation.year, day.month, day.day)
            turns = at_review(situation.position, asks, on, self._readings)
            self._reviews[key] = self._outcomes(turns, situation)
        return self._reviews[key]

    def _outcomes(self, turns: tuple[Turn, ...], before: Situation) -> tuple[Outcome, ...]:
        return tuple(
            Outcome(
                choice,
                before if after is before.position else self.of(after, before.year),
                confirming,
                after.term > before.position.term,
            )
            for choice, after, confirming in turns
        )

    def concluded(self, situation: Situation, confirming: tuple[Party, ...], day: date) -> tuple[Situation, bool]:
        """What a review on `day` comes to once those who chose so have confirmed; and whether it extends the term."""
        key = (situation, confirming, day.month, day.day)
        if key not in self._conclusions:
            on, before = date(situation.year, day.month, day.day), situation.position
            after = concluded(before, confirming, on, self._readings)
            self._conclusions[key] = (self.of(after, situation.year), after.term > before.term)
        return self._conclusions[key]

    def _lapse(self, situation: Situation) -> date | None:
        if situation not in self._lapses:
            lapse = falls_next(situation.position, self._readings)
            self._lapses[situation] = lapse.on if lapse else None
        return self._lapses[situation]

    def next_days(self, situation: Situation) -> tuple[date, ...]:
        """The days, in the situation's own time, on which time brings something of itself, or on which a notice may be
        taken back for the last time."""
        lapse = self._lapse(situation)
        lapses = () if lapse is None else (lapse,)
        if not self._take_back:
            return lapses
        return (*lapses, *(notice.effective.day - ONE_DAY for notice in situation.position.leaving))

    def last_to_take_back(self, situation: Situation, day: date) -> list[Party]:
        """The Parties for which `day` is the last on which they may take back a notice."""
        leaving = situation.position.leaving if self._take_back else ()
        last = [(notice.party, notice.effective.day - ONE_DAY) for notice in leaving]
        return [party for party, each in last if (each.month, each.day) == (day.month, day.day)]

    def over(self, term_end: date) -> date:
        """The first day on which a term that ends with `term_end` is over."""
        return term_ends_on(starting(term_end, "term_end"), self._readings)

    def ends_if_nobody_acts(self, situation: Situation) -> date | None:
        """The first day, in the situation's own time, without the Agreement if nobody does anything more; None where
        that is when its present term is over.

        A notice that runs may end it, or (reading R14) extend it; once none runs only the end of the term is left.
        """
        if situation not in self._ends:
            position, ends = situation.position, None
            while position.leaving and (lapse := falls_next(position, self._readings)) is not None:
                ends = lapse.on
                position = step(position, lapse, self._readings)
            if position.in_force:
                assert position.term_end is not None
                extended = position.term > situation.position.term
                ends = term_ends_on(position.term_end, self._readings) if extended else None
            self._ends[situation] = ends
        return self._ends[situation]


def _alike_each_year(start: Position, occasions: Occasions) -> bool:
    """Whether nothing is done on a day that not every year has, such as the day before 1 March."""
    effects = [(notice.effective.day.month, notice.effective.day.day) for notice in start.leaving]
    before_march = (3, 1) in effects or (9, 1) in occasions.notices
    return occasions.on_safe_days and not (occasions.take_back and before_march)
