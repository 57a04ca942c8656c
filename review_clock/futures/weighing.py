"""What each choice of a Party takes of the weight of a future, by the chances given."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from review_clock.futures.chances import KINDS, NEVER, Chances
from review_clock.futures.choices import Choice, Occasions
from review_clock.futures.weights import Weight, taken
from review_clock.futures.worlds import World
from review_clock.law.acts_and_lapses import Party

_ACTS: Final = {
    Choice.GIVES_NOTICE: "withdraw",
    Choice.TAKES_NOTICE_BACK: "rescind",
    Choice.CONFIRMS_BETWEEN: "between",
    Choice.CONFIRMS: "confirm",
    Choice.CONFIRMS_AGAIN: "confirm",
}
_ELSE: Final = {
    Choice.GIVES_NOTICE: Choice.GIVES_NO_NOTICE,
    Choice.TAKES_NOTICE_BACK: Choice.KEEPS_NOTICE,
    Choice.CONFIRMS_BETWEEN: Choice.WAITS,
    Choice.CONFIRMS: Choice.DECLINES,
    Choice.CONFIRMS_AGAIN: Choice.STANDS,
    Choice.STANDS: Choice.TAKES_BACK,
}


def chance_of(act: Choice, party: Party, day: date, chances: Chances, occasions: Occasions) -> Fraction:
    """The chance that a Party does so on a day. That of a notice in a year is spread evenly over the days for notices:
    on each, what falls to it of what is left."""
    chance = chances.of(_ACTS[act]).get(party, NEVER).in_year(day.year)
    if act is not Choice.GIVES_NOTICE:
        return chance
    part = chance / len(occasions.notices)
    before = occasions.notices.index((day.month, day.day)) * part
    return part / (1 - before) if part else part


class Weighing:
    """What each choice takes of a weight: a chance its share, and what may happen instead all that is left of it.

    So nothing is lost and nothing added. A whole number is shared out in whole numbers.
    """

    def __init__(self, worlds: Sequence[Chances], occasions: Occasions) -> None:
        self._worlds, self._occasions = worlds, occasions
        self._chances: dict[tuple[Choice, Party, date, World], Fraction] = {}
        given = [chance for chances in worlds for kind in KINDS for chance in chances.of(kind).values()]
        self._steps = sorted({year for chance in given for year, _ in chance.steps})

    def weigh(self, weight: Weight, party: Party, menu: Sequence[Choice], day: date, world: World) -> Sequence[Weight]:
        """The part of each choice."""
        act = next((act for act in _ACTS if act in menu), Choice.STANDS)
        part = weight
        if act in _ACTS:
            key = (act, party, day, world)
            if key not in self._chances:
                self._chances[key] = chance_of(act, party, day, self._worlds[world], self._occasions)
            part = taken(weight, self._chances[key])
        shares = {act: part, _ELSE[act]: weight - part}
        return [shares.get(choice, 0) for choice in menu]

    def may(self, act: Choice, party: Party, day: date) -> bool:
        """Whether a Party may choose so in the year of a day, in any of the worlds."""
        return any(each.of(_ACTS[act]).get(party, NEVER).in_year(day.year) > 0 for each in self._worlds)

    def era(self, day: date) -> int:
        """How many steps of the schedules lie behind."""
        return bisect_right(self._steps, day.year)
