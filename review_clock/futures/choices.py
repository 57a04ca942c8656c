"""What a Party may do, and when: the turns of which every future is made, asked of the table itself.

On an *occasion* each Party chooses in turn among what the law then allows: at each joint review whether it confirms,
once a year whether it gives notice of withdrawal. No law stands here: what is allowed and what follows, the table of
Chapter 34 says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from review_clock.files import Error, Phrase
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
    """What a Party may do: one of the first five at a joint review, one of the last three on the day for notices.

    `STANDS`: it confirmed before and lets that stand; `TAKES_BACK`: it confirmed before and now does not;
    `CONFIRMS_AGAIN`: it confirmed before, and does so again, which extends where all that are left have confirmed (of
    several that choose so at one review the first extends, and the others' choice comes to the same);
    `RESCINDS`: it gives notice and takes it back before it takes effect.
    """

    CONFIRMS = "confirms"
    DECLINES = "declines"
    STANDS = "stands"
    TAKES_BACK = "takes_back"
    CONFIRMS_AGAIN = "confirms_again"
    GIVES_NO_NOTICE = "gives_no_notice"
    GIVES_NOTICE = "gives_notice"
    RESCINDS = "rescinds"


class NotADayOfEveryYear(Error, ValueError):
    """A day that not every year has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """When a Party may choose: at each joint review, on the day it falls due; and once a year, on the day for notices.

    Real acts may come on any day. A notice given on 1 October takes effect on 1 April, before the next review.
    """

    month: int = 10
    day: int = 1

    @classmethod
    def on(cls, notice_on: str) -> Occasions:
        """With notices on the day `MM-DD` of each year. Raises `NotADayOfEveryYear`."""
        month, _, day = notice_on.partition("-")
        try:
            if not (len(month) == len(day) == 2):
                raise ValueError
            found = date(2027, int(month), int(day))  # a year without 29 February: the day must be in every year
        except ValueError:
            wrong = Phrase("--notice-on {day!r} is not a day of every year", day=notice_on)
            raise NotADayOfEveryYear(wrong, "MM-DD, as 10-01") from None
        return cls(month=found.month, day=found.day)

    def next_notice(self, after: date) -> date:
        """The first day for notices after `after`."""
        this_year = date(after.year, self.month, self.day)
        return this_year if this_year > after else date(after.year + 1, self.month, self.day)

    def is_for_notices(self, day: date) -> bool:
        """Whether `day` is a day for notices."""
        return self.next_notice(day - ONE_DAY) == day


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
    menu = ((Choice.GIVES_NO_NOTICE, ()), (Choice.GIVES_NOTICE, (notice,)), (Choice.RESCINDS, (notice, taken_back)))
    done = ((choice, _after(position, acts, readings)) for choice, acts in menu)
    return tuple((choice, after, False) for choice, after in done if after is not None)


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
