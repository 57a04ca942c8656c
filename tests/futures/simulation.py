"""Many histories at once, drawn by chance: Chapter 34 under the default readings, written out by hand with numpy.

It shares no code with the program: days are numbers such as 20270701, a column is a history. It knows everything that
`outlook` may be given: schedules, several days for notices, confirmations between reviews, notices taken back, worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np

PARTIES: Final = ("CA", "MX", "US")
NEVER: Final = 99990101
A_YEAR: Final = 10000
Chance = Callable[[int], float]
"""By the year."""


def fixed(chance: float) -> Chance:
    """The same in each year."""
    return lambda _year: chance


@dataclass
class World:
    """The chances of one state of the world, by Party."""

    confirm: dict[str, Chance]
    withdraw: dict[str, Chance]
    between: dict[str, Chance]
    rescind: dict[str, Chance]


def world(confirm: Any, withdraw: Any = None, between: Any = None, rescind: Any = None) -> World:
    """A world of numbers or schedules; what is not said is 0."""

    def each(given: Any) -> dict[str, Chance]:
        found = {party: (given or {}).get(party, 0) for party in PARTIES}
        return {party: chance if callable(chance) else fixed(chance) for party, chance in found.items()}

    return World(each(confirm), each(withdraw), each(between), each(rescind))


@dataclass
class Drawn:
    """Of each history the day of the first extension, of the end, of each departure and notice; `NEVER` where none."""

    extended: Any
    ended: Any
    left: Any
    noticed: Any
    rescinded: Any
    expired: Any

    def in_force(self, day: int) -> Any:
        """Whether it is in force at the end of a day."""
        return self.ended > day

    def bound(self, party: str, day: int) -> Any:
        """Whether a Party is bound at the end of a day."""
        return (self.ended > day) & (self.left[PARTIES.index(party)] > day)

    def all_bound(self, day: int) -> Any:
        """Whether all three are."""
        return (self.ended > day) & (self.left > day).all(axis=0)


def _six_months_on(day: int) -> int:
    """For days before the 28th of a month."""
    month = day // 100 % 100 + 6
    return day + 600 if month <= 12 else day + A_YEAR - 600


def _before(day: int) -> int:
    """The day before one that is the 1st of April or the 16th of a month, as the days for notices here give."""
    assert day % 10000 == 401 or day % 100 > 1
    return day - 1 if day % 100 > 1 else day // 10000 * 10000 + 331


def simulate(
    size: int,
    seed: int,
    worlds: Sequence[World],
    weights: Sequence[float] = (1.0,),
    switches: Sequence[tuple[int, int, int, float]] = (),
    notice_on: Sequence[int] = (1001,),
    between_on: Sequence[int] = (),
    horizon: int = 2045,
) -> Drawn:
    """`size` histories from 24 November 2026 on. A switch is a day, a world, another, and the chance."""
    rng = np.random.default_rng(seed)
    state = rng.choice(len(worlds), size, p=weights)
    bound, confirmed = np.ones((3, size), bool), np.zeros((3, size), bool)
    leave = np.full((3, size), NEVER)
    term, review, annual = np.full(size, 20360701), np.full(size, 20270701), np.ones(size, bool)
    drawn = Drawn(*(np.full(shape, NEVER) for shape in (size, size, (3, size), (3, size), (3, size), size)))

    def chance(kind: str, party: int, year: int) -> Any:
        return np.array([getattr(each, kind)[PARTIES[party]](year) for each in worlds])[state]

    def throw(odds: Any) -> Any:
        return rng.random(size) < odds

    def extend(those: Any, day: int) -> None:
        term[those], review[those] = day + 16 * A_YEAR, day + 6 * A_YEAR
        annual[those], confirmed[:, those] = False, False
        drawn.extended[those] = np.minimum(drawn.extended[those], day)

    gone = [_six_months_on(20270000 + day) % A_YEAR for day in notice_on]
    of_a_year = {701, *notice_on, *between_on, *gone, *(_before(20270000 + day) % A_YEAR for day in gone)}
    days = {year * A_YEAR + day for year in range(2026, horizon + 1) for day in of_a_year} | {s[0] for s in switches}
    for day in sorted(each for each in days if each > 20261124):
        year, alive = day // A_YEAR, drawn.ended > day
        for party in range(3):  # departures
            now = alive & (leave[party] == day)
            drawn.left[party][now] = day
            bound[party] &= ~now
            confirmed[party] &= ~now
            leave[party][now] = NEVER
        few = alive & (bound.sum(axis=0) < 2)
        drawn.ended[few] = day
        over = alive & ~few & (term == day)
        drawn.ended[over], drawn.expired[over] = day, day
        alive = drawn.ended > day
        due = alive & (review == day)
        for on, before, after, odds in switches:
            if on == day:
                state[(state == before) & throw(odds)] = after
        if day % A_YEAR in notice_on:
            nth = sorted(notice_on).index(day % A_YEAR)
            for party in range(3):
                whole = chance("withdraw", party, year)
                part = whole / len(notice_on)
                gives = alive & bound[party] & (leave[party] == NEVER) & throw(part / (1 - nth * part))
                leave[party][gives] = _six_months_on(day)
                drawn.noticed[party][gives] = np.minimum(drawn.noticed[party][gives], day)
        for party in range(3):  # the last day on which a notice may be taken back
            for effect in gone:
                effective = (year + 1 if effect < day % A_YEAR else year) * A_YEAR + effect
                if _before(effective) == day:
                    back = alive & (leave[party] == effective) & throw(chance("rescind", party, year))
                    leave[party][back] = NEVER
                    drawn.rescinded[party][back] = np.minimum(drawn.rescinded[party][back], day)
        if day % A_YEAR in between_on:
            for party in range(3):
                everyone = (confirmed | ~bound).all(axis=0)
                asked = alive & ~due & annual & bound[party] & (~confirmed[party] | everyone)
                yes = asked & throw(chance("between", party, year))
                confirmed[party] |= yes
                extend(yes & (confirmed | ~bound).all(axis=0), day)
        everyone = (confirmed | ~bound).all(axis=0)
        some = np.zeros(size, bool)
        for party in range(3):
            asked = due & bound[party] & (~confirmed[party] | everyone)
            yes = asked & throw(chance("confirm", party, year))
            confirmed[party] |= yes
            some |= yes
        done = due & some & (confirmed | ~bound).all(axis=0)
        failed = due & ~done
        extend(done, day)
        annual[failed], review[failed] = True, day + A_YEAR
    return drawn


def z(share: float, seen: Any) -> float:
    """By how many standard errors the part of the histories in which something was seen is off the share expected."""
    size = len(seen)
    return abs(float(seen.mean()) - share) / sqrt(max(share * (1 - share), 1 / size) / size)
