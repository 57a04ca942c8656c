"""The weights of futures, and how one is shared out: without loss, so that what must be 1 is 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import mul
from typing import Any, Final, TypeVar

Weight = int | float | Fraction
Key = TypeVar("Key")
_BITS: Final = 128
PARTS: Final = 1 << _BITS
"""The whole, where it is not reckoned in fractions: what rounding takes from a chance is less than any float shows."""


def taken(weight: Weight, chance: Weight) -> Weight:
    """The part of a weight that a chance takes; of a whole number a whole number."""
    if isinstance(weight, int) and isinstance(chance, Fraction):
        return weight * chance.numerator // chance.denominator
    return weight * chance


def taking(whole: Weight) -> Callable[[Weight, Weight], Weight]:
    """How a part of the `whole` is taken of a weight: of `PARTS` rounded down."""
    return _taken_of_parts if whole == PARTS else mul


def _taken_of_parts(weight: Any, part: Any) -> Weight:
    found: int = weight * part >> _BITS
    return found


def shared_out(weight: Weight, chances: Mapping[Key, Fraction]) -> Mapping[Key, Weight]:
    """A weight shared out by chances that make 1, the last taking all that is left; shares of nothing left out."""
    shares, left, last = {}, weight, len(chances) - 1
    for place, (key, chance) in enumerate(chances.items()):
        share = left if place == last else taken(weight, chance)
        left = left - share
        if share:
            shares[key] = share
    return shares
