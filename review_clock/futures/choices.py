"""What a Party may do, and when: the turns of which every future is made, asked of the table itself.

On an *occasion* each Party chooses in turn among what the law then allows: at each joint review whether it confirms, on
a day for notices whether it gives one, on a day between reviews whether it confirms, on the last day for it whether it
takes a notice back (see `Occasions`). No law stands here: what is allowed and what follows, the table of Chapter 34
says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from review_clock.files import Error, Phrase
from review_clock.futures.equivalence import LAST_SAFE_DAY
from review_clock.law.acts_and_lapses import (
    Act,
    Assumed,
    Confirmation,
    NonConfirmation,
    Party,
    ReviewConcluded,
    ReviewFallsDue,
    WithdrawalNotice,
    WithdrawalRescinded,
)
from review_clock.law.chapter_34 import NotProvidedFor, falls_next, step
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Phase, Position
from review_clock.law.readings import Readings


class Choice(StrEnum):
    """What a Party may do: one of the first five at a joint review, one of the next three on a day for notices.

    `STANDS`: it confirmed before and lets that stand; `TAKES_BACK`: it confirmed before and now does not;
    `CONFIRMS_AGAIN`: it confirmed before, and does so again, which extends where all that are left have confirmed (of
    several that choose so at one review the first extends, and the others' choice comes to the same);
    `RESCINDS`: it gives notice and takes it back before it takes effect. On the day before a notice takes effect its
    Party may take it back or keep it; on a day between reviews, a Party that has not confirmed may confirm or wait.
    """

    CONFIRMS = "confirms"
    DECLINES = "declines"
    STANDS = "stands"
    TAKES_BACK = "takes_back"
    CONFIRMS_AGAIN = "confirms_again"
    GIVES_NO_NOTICE = "gives_no_notice"
    GIVES_NOTICE = "gives_notice"
    RESCINDS = "rescinds"
    TAKES_NOTICE_BACK = "takes_notice_back"
    KEEPS_NOTICE = "keeps_notice"
    CONFIRMS_BETWEEN = "confirms_between"
    WAITS = "waits"


class NotADayOfEveryYear(Error, ValueError):
    """A day that not every year has."""


DayOfAYear = tuple[int, int]
"""Month and day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """When a Party may choose: at each joint review, on the day it falls due; on the days for `notices`, one a year or
    more, in order; on the days for confirmations `between` reviews; and, where notices may be taken back (`take_back`),
    on the day before one takes effect, the last for it.

    Real acts may come on any day. A notice given on 1 October takes effect on 1 April, before the next review.
    """

    notices: tuple[DayOfAYear, ...] = ((10, 1),)
    between: tuple[DayOfAYear, ...] = ()
    take_back: bool = False

    @classmethod
    def on(cls, *notice_on: str, between_on: Sequence[str] = (), take_back: bool = False) -> Occasions:
        """With notices on the days `MM-DD` of each year. Raises `NotADayOfEveryYear`."""
        notices = tuple(sorted({_of_every_year("--notice-on", day) for day in notice_on}))
        between = tuple(sorted({_of_every_year("--between-on", day) for day in between_on}))
        return cls(notices=notices, between=between, take_back=take_back)

    @property
    def on_safe_days(self) -> bool:
        """Whether every year has these days, and counts from them alike."""
        return all(day <= LAST_SAFE_DAY for _, day in (*self.notices, *self.between))

    def next_notice(self, after: date) -> date:
        """The first day for notices after `after`."""
        return _next(self.notices, after)

    def next(self, after: date) -> date:
        """The first day after `after` for notices, or for confirmations between reviews."""
        return _next((*self.notices, *self.between), after)

    def is_for_notices(self, day: date) -> bool:
        """Whether `day` is a day for notices."""
        return (day.month, day.day) in self.notices

    def is_between(self, day: date) -> bool:
        """Whether `day` is one for confirmations between reviews."""
        return (day.month, day.day) in self.between


def _next(days: Sequence[DayOfAYear], after: date) -> date:
    of_this_year = (date(after.year, month, day) for month, day in days)
    return min(found if found > after else found.replace(year=after.year + 1) for found in of_this_year)


def _of_every_year(option: str, text: str) -> DayOfAYear:
    month, _, day = text.partition("-")
    try:
        if not (len(month) == len(day) == 2):
            raise ValueError
        found = date(2027, int(month), int(day))  # a year without 29 February: the day must be in every year
    except ValueError:
        wrong = Phrase("{option} {day!r} is not a day of every year", option=option, day=text)
        raise NotADayOfEveryYear(wrong, "MM-DD, as 10-01") from None
    return found.month, found.day


class Asked(NamedTuple):
    """A Party that is asked at a review. `again`: it may complete the set by confirming once more, because all who are
    bound have confirmed and only a departure made them all (reading R14)."""

    party: Party
    again: bool


_SOURCE: Final = Assumed(said="")
Turn = tuple[Choice, Position, bool]
"""A choice, the Position it leads to at once, and whether the Party is to confirm when all have chosen."""


def _after(position: Position, acts: tuple[Act, ...], readings: Readings) -> Position | None:
    """The Position after `acts`; None where the law refuses one of them."""
    try:
        for act in acts:
            position = step(position, act, readings)
    except NotProvidedFor:
        return None
    return position


def for_notices(position: Position, party: Party, day: date, readings: Readings) -> tuple[Turn, ...]:
    """What the law allows `party` on a day for notices. Nothing where it is not bound; one where it has no choice."""
    if party not in position.parties:
        return ()
    notice = WithdrawalNotice(on=day, party=party, source=_SOURCE)
    taken_back = WithdrawalRescinded(on=day, party=party, source=_SOURCE)
    given = _after(position, (notice,), readings)
    rescinded = None if given is None else _after(given, (taken_back,), readings)
    done = ((Choice.GIVES_NO_NOTICE, position), (Choice.GIVES_NOTICE, given), (Choice.RESCINDS, rescinded))
    return tuple((choice, after, False) for choice, after in done if after is not None)


def taking_back(position: Position, party: Party, day: date, readings: Readings) -> tuple[Turn, ...]:
    """What the law allows `party` on the last day on which it may take back its notice (reading R9); else nothing."""
    if not any(notice.party == party and notice.effective.day - ONE_DAY == day for notice in position.leaving):
        return ()
    taken_back = _after(position, (WithdrawalRescinded(on=day, party=party, source=_SOURCE),), readings)
    kept = (Choice.KEEPS_NOTICE, position, False)
    return (kept,) if taken_back is None else (kept, (Choice.TAKES_NOTICE_BACK, taken_back, False))


def between_reviews(position: Position, party: Party, day: date, readings: Readings) -> tuple[Turn, ...]:
    """What the law allows `party` on a day between reviews: to confirm, where that is wanting. Art. 34.7(4)."""
    waits = (Choice.WAITS, position, False)
    wanted = party in position.parties and (
        party not in position.confirmed_by or position.parties <= position.confirmed_by
    )
    confirms = _after(position, (Confirmation(on=day, party=party, source=_SOURCE),), readings) if wanted else None
    return (waits,) if confirms is None else (waits, (Choice.CONFIRMS_BETWEEN, confirms, False))


def asked(position: Position) -> tuple[Asked, ...]:
    """The Parties that are asked at a review that has fallen due."""
    again = position.parties <= position.confirmed_by
    return tuple(Asked(party, again) for party in sorted(position.parties))


def at_review(position: Position, asks: Asked, day: date, readings: Readings) -> tuple[Turn, ...]:
    """What the law allows a Party at a review on `day`. One where it has no choice.

    On one day non-confirmations are taken before confirmations (`ORDER_ON_ONE_DAY`); so those are done at once, and
    a confirmation by `concluded`, when all have chosen.
    """
    party = asks.party
    stands = party in position.confirmed_by
    confirms = _after(position, (Confirmation(on=day, party=party, source=_SOURCE),), readings)
    declines = _after(position, (NonConfirmation(on=day, party=party, source=_SOURCE),), readings)
    menu: list[Turn] = [(Choice.STANDS, position, False)] if stands else []
    if confirms is not None and (asks.again or not stands):
        menu.append((Choice.CONFIRMS_AGAIN if stands else Choice.CONFIRMS, position, True))
    if declines is not None:
        menu.append((Choice.TAKES_BACK if stands else Choice.DECLINES, declines, False))
    return tuple(menu)


def concluded(position: Position, confirming: tuple[Party, ...], day: date, readings: Readings) -> Position:
    """The Position once those who chose so have confirmed, and the review of `day` is concluded."""
    for party in confirming:
        if position.phase is not Phase.SIX_YEAR_CYCLE:  # extended by the confirmation before
            position = step(position, Confirmation(on=day, party=party, source=_SOURCE), readings)
    return step(position, ReviewConcluded(on=day, source=_SOURCE), readings)


def time_passes(position: Position, to: date, readings: Readings) -> tuple[Position, bool]:
    """The Position after what the mere passing of time brings to and including `to`; and whether a review fell due."""
    due = False
    while (lapse := falls_next(position, readings)) is not None and lapse.on <= to:
        position = step(position, lapse, readings)
        due = due or isinstance(lapse, ReviewFallsDue)
    return position, due and position.in_force


def next_occasion(position: Position, after: date, occasions: Occasions, readings: Readings) -> date | None:
    """The first day after `after` on which a Party may choose, if nobody acts before; None where there is none."""
    notices = occasions.next_notice(after)
    while (lapse := falls_next(position, readings)) is not None and lapse.on <= notices:
        if isinstance(lapse, ReviewFallsDue):
            return lapse.on
        position = step(position, lapse, readings)
    return notices if position.in_force else None


def first_review(position: Position, readings: Readings) -> date | None:
    """The day on which the next joint review falls due, if nobody acts before; None where there is none."""
    while (lapse := falls_next(position, readings)) is not None:
        if isinstance(lapse, ReviewFallsDue):
            return lapse.on
        position = step(position, lapse, readings)
    return None
