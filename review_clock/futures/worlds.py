"""States of the world: each with its own chances, a weight at the outset, and days on which one gives way to another.

So Parties can move together, and an election can count. A world is known by its place in the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from review_clock.futures.weights import Weight, shared_out

World = int
"""The place of a world in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """On `on` the world `before` gives way to others, each with its chance; what is left stays as it is."""

    on: date
    before: World
    to: Mapping[World, Fraction]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worlds:
    """The worlds by name, the weight of each at the outset, and the switching days, in order."""

    names: tuple[str, ...] = ("",)
    weights: tuple[Fraction, ...] = (Fraction(1),)
    sources: tuple[str, ...] = ("",)
    switches: tuple[Switch, ...] = ()

    def begin(self, whole: Weight) -> Mapping[World, Weight]:
        """The `whole` shared out among the worlds."""
        return shared_out(whole, dict(enumerate(self.weights)))

    def next(self, after: date) -> date | None:
        """The first switching day after `after`."""
        return next((each.on for each in self.switches if each.on > after), None)

    def switched(self, weight: Weight, world: World, day: date) -> Mapping[World, Weight]:
        """What becomes of a weight in `world` on `day`."""
        to = next((each.to for each in self.switches if each.on == day and each.before == world), {})
        return shared_out(weight, {**to, world: 1 - sum(to.values(), Fraction(0))}) if to else {world: weight}


ONE: Final = Worlds()
"""One world, and no other."""
