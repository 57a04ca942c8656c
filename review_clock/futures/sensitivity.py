"""What an answer hangs on: the odds of events over a range of a chance, and at which chance they have a share.

Everything is exact, point by point: the law's part of the walk is done once and used for every value of a chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final, Unpack

from review_clock.files import Error, Phrase, nearest
from review_clock.futures.chances import KINDS, Chance, NotAChance, share_of_text
from review_clock.futures.events import Event, Every
from review_clock.futures.odds import events_of, share_given, weighed
from review_clock.futures.setting import (
    Further,
    Given,
    Setting,
    check_that_notices_can_be_taken_back,
    lines_of,
    setting,
)
from review_clock.futures.situations import Situations
from review_clock.futures.start import not_bound
from review_clock.futures.weights import Weight
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.premises import Premises

MOST: Final = 101
"""So many values a sweep may have."""
PIECES: Final = 20
"""Into so many pieces the range of a chance is cut to find where the odds pass a share."""
NEAR: Final = Fraction(1, 10**6)
"""So near a solution is told."""
_SWEEP: Final = re.compile(r"\s*(?:(\w+)[. ])?(\w+)\s*=\s*([^:]+):([^:]+):([^:]+)\s*", re.ASCII)
_FORMS: Final = Phrase("us=0:1:0.05, or withdraw.us=0:0.2:0.01")


class NotASweep(Error, ValueError):
    """A `CHANCE=FIRST:LAST:STEP` that is none, or one too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Which chance: of which kind (see `KINDS`), and whose."""

    kind: str
    party: Party

    def __str__(self) -> str:
        """As it is written: `us`, `withdraw.us`."""
        return self.party.lower() if self.kind == KINDS[0] else f"{self.kind}.{self.party.lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Setting):
    """A setting in which events are asked for, under conditions, both as they were said."""

    ask: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The odds of each event at a value of a chance, given the conditions; None where no future meets those."""

    value: Fraction
    odds: tuple[Weight | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep(Asking):
    """The answer of `sweep`: the chance swept, in every world and in every year, and the odds at each of its values."""

    name: Name
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution(Asking):
    """The answer of `solve`: the chance, the share that the event is to have, every value found at which it has it
    (within `NEAR`), and the odds over the whole range, from 0 to 1."""

    name: Name
    equals: Fraction
    values: tuple[Fraction, ...]
    points: tuple[Point, ...]


# ------------------------------------------------------------------------------------------------------- to ask


class AskedOf:
    """Events under a condition, asked of one setting after another; what the law makes of situations is kept."""

    def __init__(self, under: Setting, ask: Sequence[str], given: Sequence[str]) -> None:
        self._under = under
        self._events: list[Event] = events_of(under, ask)
        self._condition = Every(tuple(events_of(under, given)))
        self._situations = Situations(under.start.position, under.start.readings, under.occasions)

    def at(self, name: Name, value: Fraction) -> Point:
        """The odds with a chance at a value."""
        return Point(value=value, odds=self.of(changed(self._under, name, value)))

    def of(self, under: Setting) -> tuple[Weight | None, ...]:
        """The odds in a setting that differs in chances alone."""
        both = [Every((event, self._condition)) for event in self._events]
        whole, *parts = weighed(under, [self._condition, *both], self._situations)
        if not whole:
            return (None,) * len(parts)
        return tuple(share_given(part, whole, under.exact) for part in parts)


def changed(under: Setting, name: Name, value: Fraction) -> Setting:
    """A setting with one chance at a value, in every world and every year."""
    chance = Chance(steps=((0, value),))
    by_world = tuple(
        replace(each, **{name.kind: {**each.of(name.kind), name.party: chance}}) for each in under.by_world
    )
    return replace(under, by_world=by_world)


def _with_occasions(under: Setting, name: Name) -> Setting:
    """A setting in which what a chance is of can happen at all, though its chance was 0. Raises `NotASweep`."""
    if name.party not in under.start.position.parties:
        raise NotASweep(*not_bound(str(name), name.party, under.start))
    if name.kind == "rescind":
        check_that_notices_can_be_taken_back(under.start)
        return replace(under, occasions=replace(under.occasions, take_back=True))
    if name.kind == "between" and not under.occasions.between:
        return replace(under, occasions=replace(under.occasions, between=((1, 1),)))
    return under


def named(text: str, option: str) -> Name:
    """The chance that `us` or `withdraw.us` names. Raises `NotASweep`."""
    kind, _, party = text.strip().replace(" ", ".").rpartition(".")
    parties = [each.lower() for each in Party]
    if (kind or KINDS[0]) not in KINDS or party.lower() not in parties:
        known = [*parties, *(f"{each}.{party}" for each in KINDS[1:] for party in parties)]
        raise NotASweep(Phrase("{option}: {text!r} names no chance", option=option, text=text), nearest(text, known))
    return Name(kind=kind or KINDS[0], party=Party(party.upper()))


# ------------------------------------------------------------------------------------------------------- sweep


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

    For events and conditions see `odds`, for the chances `setting`. Raises `NotASweep`, and what `odds` raises.
    """
    name, _ = swept(over)
    return sweep_under(setting(premises, confirm=with_swept(confirm, name), **others), over, ask, given)


def sweep_under(under: Setting, over: str, ask: Sequence[str], given: Sequence[str] = ()) -> Sweep:
    """The odds over a range of a chance, under a setting."""
    name, values = swept(over)
    under = _with_occasions(under, name)
    asked = AskedOf(under, ask, given)
    return Sweep(
        **under.parts,
        ask=tuple(ask),
        conditions=tuple(given),
        name=name,
        points=tuple(asked.at(name, value) for value in values),
    )


def swept(text: str) -> tuple[Name, list[Fraction]]:
    """The chance that a sweep names, and its values. Raises `NotASweep`."""
    found = _SWEEP.fullmatch(text)
    if found is None:
        raise NotASweep(Phrase("--sweep {text!r} is not CHANCE=FIRST:LAST:STEP", text=text), _FORMS)
    kind, party, *numbers = found.groups()
    try:
        first, last, step = (share_of_text(number.strip(), text) for number in numbers)
    except NotAChance as error:
        raise NotASweep(Phrase("--sweep {wrong}", wrong=error.wrong), error.accepted) from None
    if step == 0 or first > last:
        raise NotASweep(Phrase("--sweep {text!r} goes nowhere", text=text), _FORMS)
    count = (last - first) // step + 1
    if count > MOST:
        raise NotASweep(Phrase("--sweep {text!r} has {n} values", text=text, n=count), Phrase("{n} at most", n=MOST))
    return named(f"{kind}.{party}" if kind else party, "--sweep"), [first + step * place for place in range(count)]


def with_swept(confirm: Given, name: Name) -> Given:
    """The chances to confirm, with one for the Party whose chance is varied, which need not be given."""
    if name.kind != KINDS[0]:
        return confirm
    lines = lines_of(confirm)
    given = {line.partition("=")[0].strip().upper() for line in lines}
    return lines if name.party in given else [*lines, f"{name.party}=0"]


# ------------------------------------------------------------------------------------------------------- solve


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

    Raises `NotASweep`, `NotAChance`, and what `odds` raises.
    """
    under = setting(premises, confirm=with_swept(confirm, named(over, "--solve")), **others)
    return solve_under(under, over, ask, str(equals), given)


def solve_under(under: Setting, over: str, ask: str, equals: str, given: Sequence[str] = ()) -> Solution:
    """Where the odds of an event pass a share, under a setting."""
    name, share = named(over, "--solve"), _equals(equals)
    under = _with_occasions(under, name)
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
