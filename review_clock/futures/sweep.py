"""The odds of events over a range of a chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from review_clock.futures.sensitivity import AskedOf, Asking, Name, Point, swept, with_occasions, with_varied
from review_clock.futures.setting import Further, Given, Setting, setting
from review_clock.questions.premises import Premises


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep(Asking):
    """The answer of `sweep`: the chance swept, in every world and in every year, and the odds at each of its values."""

    name: Name
    points: tuple[Point, ...]


def sweep(
    premises: Premises,
    *,
    over: str,
    ask: Sequence[str],
    given: Sequence[str] = (),
    confirm: Given = (),
    **others: Unpack[Further],
) -> Sweep:
    """The odds of each event of `ask` over a range of a chance: `us=0:1:0.05`, `withdraw.us=0:0.2:0.01`.

    For events and conditions see `odds`, for the chances `setting`. Raises `NotAChanceToVary`, and what `odds` raises.
    """
    name, _ = swept(over)
    return sweep_under(setting(premises, confirm=with_varied(confirm, name), **others), over, ask, given)


def sweep_under(under: Setting, over: str, ask: Sequence[str], given: Sequence[str] = ()) -> Sweep:
    """The odds over a range of a chance, under a setting."""
    name, values = swept(over)
    under = with_occasions(under, name)
    asked = AskedOf(under, ask, given)
    return Sweep(
        **under.parts,
        ask=tuple(ask),
        conditions=tuple(given),
        name=name,
        points=tuple(asked.at(name, value) for value in values),
    )
