"""At which value of a chance an event has a share: the range is cut into pieces, each halved where the odds pass it.

Where the odds turn back before they pass it at any end of a piece, the turning point is sought; of two turns within a
piece and its neighbours one may be missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import isclose
from typing import Final, Unpack

from review_clock.files import Phrase
from review_clock.futures.chances import NotAChance, share_of_text
from review_clock.futures.sensitivity import AskedOf, Asking, Name, Point, named, with_occasions, with_varied
from review_clock.futures.setting import Further, Given, Setting, setting
from review_clock.questions.premises import Premises

PIECES: Final = 20
"""Into so many pieces the range of a chance is cut to find where the odds pass a share."""
NEAR: Final = Fraction(1, 10**6)
"""So near a solution is told."""
TOUCHING: Final = Fraction(1, 10**9)
"""So near the share the odds have it where they turn back."""
_SAME: Final = 1e-14
"""By such a part of themselves two floats may differ for what is the same."""

At = Callable[[Fraction], Fraction | None]
"""By how much the odds are more than the share at a value; None where no future meets the conditions."""
Off = tuple[Fraction, Fraction | None]
"""A value, and by how much they are more there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution(Asking):
    """The answer of `solve`: the chance, the share that the event is to have, every value found at which it has it
    (within `NEAR`), and the odds over the whole range, from 0 to 1. There are no `values` where the event has it
    `everywhere`."""

    name: Name
    equals: Fraction
    everywhere: bool
    values: tuple[Fraction, ...]
    points: tuple[Point, ...]


def solve(
    premises: Premises,
    *,
    over: str,
    ask: str,
    equals: str | float | Fraction,
    given: Sequence[str] = (),
    confirm: Given = (),
    **others: Unpack[Further],
) -> Solution:
    """At which value of a chance (`us`, `withdraw.us`) an event has the share `equals`: every one that is found.

    Raises `NotAChanceToVary`, `NotAChance`, and what `odds` raises.
    """
    under = setting(premises, confirm=with_varied(confirm, named(over, "--solve")), **others)
    return solve_under(under, over, ask, str(equals), given)


def solve_under(under: Setting, over: str, ask: str, equals: str, given: Sequence[str] = ()) -> Solution:
    """Where the odds of an event pass a share, under a setting."""
    name, share = named(over, "--solve"), _equals(equals)
    under = with_occasions(under, name)
    asked = AskedOf(under, [ask], given)
    points = tuple(asked.at(name, Fraction(place, PIECES)) for place in range(PIECES + 1))
    off = [(point.value, _off(point, share)) for point in points]
    there = {each for _, each in off if each is not None}
    return Solution(
        **under.parts,
        ask=(ask,),
        conditions=tuple(given),
        name=name,
        equals=share,
        everywhere=there == {0},
        values=() if there == {0} else tuple(crossings(off, cache(lambda value: _off(asked.at(name, value), share)))),
        points=points,
    )


def _equals(text: str) -> Fraction:
    try:
        return share_of_text(text.strip(), text)
    except NotAChance as error:
        raise NotAChance(Phrase("--equals {wrong}", wrong=error.wrong), error.accepted) from None


def crossings(off: Sequence[Off], at: At) -> Iterator[Fraction]:
    """The values at which the odds are the share, halving each piece over which they pass it."""
    off = sorted({*off, *_turns(off, at)})
    for (low, below), (high, above) in pairwise(off):
        if below == 0:
            yield low
        elif below is not None and above is not None and above != 0 and (below < 0) != (above < 0):
            yield _halved(low, high, below, at)
    if off[-1][1] == 0:
        yield off[-1][0]


def _off(point: Point, share: Fraction) -> Fraction | None:
    found = point.odds[0]
    if found is None:
        return None
    same = isinstance(found, float) and isclose(found, share, rel_tol=_SAME)
    return Fraction(0) if same else Fraction(found) - share


def _turns(off: Sequence[Off], at: At) -> Iterator[Off]:
    """Values at which the odds pass the share, or touch it, between points that are all on one side of it: they are
    sought about each point that is nearer to it than its neighbours."""
    for before, (middle, near), after in zip((None, *off), off, (*off[1:], None), strict=False):
        low, below = before if before and before[1] is not None else (middle, None)
        high, above = after if after and after[1] is not None else (middle, None)
        if not near or not (below is None or below * near > near**2) or not (above is None or above * near >= near**2):
            continue
        value, there = _nearest(low, (middle, near), high, at)
        if value != middle and (abs(there) < TOUCHING or there * near < 0):
            yield value, Fraction(0) if abs(there) < TOUCHING else there


def _nearest(low: Fraction, nearest: tuple[Fraction, Fraction], high: Fraction, at: At) -> tuple[Fraction, Fraction]:
    """Where between two values the odds come nearest to the share, or a value at which they are beyond it: halfway to
    either side of the nearest value so far lie the next two."""
    while high - low > NEAR:
        value, near = nearest
        places = (low, (low + value) / 2, value, (value + high) / 2, high)
        found = {place: there for place in (2, 1, 3) if (there := at(places[place])) is not None}
        best = min(found, key=lambda place: found[place] * near)
        low, nearest, high = places[best - 1], (places[best], found[best]), places[best + 1]
        if found[best] * near <= 0:
            break
    return nearest


def _halved(low: Fraction, high: Fraction, below: Fraction, at: At) -> Fraction:
    """The value between two at which the odds pass the share."""
    while high - low > NEAR:
        middle = (low + high) / 2
        found = at(middle)
        if found is None or found == 0:
            return middle
        low, high = (middle, high) if (found < 0) == (below < 0) else (low, middle)
    return (low + high) / 2
