"""At which value of a chance an event has a share: the range is cut into pieces, and each is halved where they pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution(Asking):
    """The answer of `solve`: the chance, the share that the event is to have, every value found at which it has it
    (within `NEAR`), and the odds over the whole range, from 0 to 1."""

    name: Name
    equals: Fraction
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
    return Solution(
        **under.parts,
        ask=(ask,),
        conditions=tuple(given),
        name=name,
        equals=share,
        values=tuple(_crossings(points, share, lambda value: asked.at(name, value))),
        points=points,
    )


def _equals(text: str) -> Fraction:
    try:
        return share_of_text(text.strip(), text)
    except NotAChance as error:
        raise NotAChance(Phrase("--equals {wrong}", wrong=error.wrong), error.accepted) from None


def _crossings(points: Sequence[Point], share: Fraction, at: Callable[[Fraction], Point]) -> Iterator[Fraction]:
    """The values at which the odds are the share, halving each piece over which they pass it."""
    off = [(point.value, _off(point, share)) for point in points]
    for (low, below), (high, above) in pairwise(off):
        if below == 0:
            yield low
        elif below is not None and above is not None and above != 0 and (below < 0) != (above < 0):
            yield _halved(low, high, below, share, at)
    if off[-1][1] == 0:
        yield off[-1][0]


def _off(point: Point, share: Fraction) -> Fraction | None:
    found = point.odds[0]
    return None if found is None else Fraction(found) - share


def _halved(
    low: Fraction, high: Fraction, below: Fraction, share: Fraction, at: Callable[[Fraction], Point]
) -> Fraction:
    """The value between two at which the odds pass the share."""
    while high - low > NEAR:
        middle = (low + high) / 2
        found = _off(at(middle), share)
        if found is None or found == 0:
            return middle
        low, high = (middle, high) if (found < 0) == (below < 0) else (low, middle)
    return (low + high) / 2
