"""What an answer hangs on: which chance varies, over which values, and the odds of events at each.

Everything is exact, point by point: the law's part of the walk is done once and used for every value of a chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from review_clock.files import Error, Phrase, nearest
from review_clock.futures.chances import KINDS, NEVER, Chance, NotAChance, share_of_text
from review_clock.futures.events import Event, Every
from review_clock.futures.odds import events_of, share_given, weighed
from review_clock.futures.setting import Given, Setting, check_that_notices_can_be_taken_back, lines_of
from review_clock.futures.situations import Situations
from review_clock.futures.start import not_bound
from review_clock.futures.weights import Weight
from review_clock.law.acts_and_lapses import Party

MOST: Final = 101
"""So many values a sweep may have."""
_SWEEP: Final = re.compile(r"\s*(?:(\w+)[. ])?(\w+)\s*=\s*([^:]+):([^:]+):([^:]+)\s*", re.ASCII)
_FORMS: Final = Phrase("us=0:1:0.05, or withdraw.us=0:0.2:0.01")


class NotAChanceToVary(Error, ValueError):
    """A chance that there is not, or values of it, `FIRST:LAST:STEP`, that are none or too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Which chance: of which kind (see `KINDS`), and whose."""

    kind: str
    party: Party

    def __str__(self) -> str:
        """As it is written: `us`, `withdraw.us`."""
        return self.party.lower() if self.kind == KINDS[0] else f"{self.kind}.{self.party.lower()}"


def named(text: str, option: str) -> Name:
    """The chance that `us` or `withdraw.us` names. Raises `NotAChanceToVary`."""
    kind, _, party = text.strip().replace(" ", ".").rpartition(".")
    parties = [each.lower() for each in Party]
    if (kind or KINDS[0]) not in KINDS or party.lower() not in parties:
        known = [*parties, *(f"{each}.{party}" for each in KINDS[1:] for party in parties)]
        raise NotAChanceToVary(
            Phrase("{option}: {text!r} names no chance", option=option, text=text), nearest(text, known)
        )
    return Name(kind=kind or KINDS[0], party=Party(party.upper()))


def swept(text: str) -> tuple[Name, list[Fraction]]:
    """The chance that a sweep names, and its values. Raises `NotAChanceToVary`."""
    found = _SWEEP.fullmatch(text)
    if found is None:
        raise NotAChanceToVary(Phrase("--sweep {text!r} is not CHANCE=FIRST:LAST:STEP", text=text), _FORMS)
    kind, party, *numbers = found.groups()
    try:
        first, last, step = (share_of_text(number.strip(), text) for number in numbers)
    except NotAChance as error:
        raise NotAChanceToVary(Phrase("--sweep {wrong}", wrong=error.wrong), error.accepted) from None
    if step == 0 or first > last:
        raise NotAChanceToVary(Phrase("--sweep {text!r} goes nowhere", text=text), _FORMS)
    count = (last - first) // step + 1
    if count > MOST:
        raise NotAChanceToVary(
            Phrase("--sweep {text!r} has {n} values", text=text, n=count), Phrase("{n} at most", n=MOST)
        )
    return named(f"{kind}.{party}" if kind else party, "--sweep"), [first + step * place for place in range(count)]


def with_varied(confirm: Given, name: Name) -> Given:
    """The chances to confirm, with one for the Party whose chance is varied, which need not be given."""
    if name.kind != KINDS[0]:
        return confirm
    lines = lines_of(confirm)
    given = {line.partition("=")[0].strip().upper() for line in lines}
    return lines if name.party in given else [*lines, f"{name.party}=0"]


def with_occasions(under: Setting, name: Name) -> Setting:
    """A setting in which what a chance is of can happen at all, though its chance was 0. Raises `NotAChanceToVary`."""
    if name.party not in under.start.position.parties:
        raise NotAChanceToVary(*not_bound(str(name), name.party, under.start))
    if name.kind == "rescind":
        check_that_notices_can_be_taken_back(under.start)
        return replace(under, occasions=replace(under.occasions, take_back=True))
    if name.kind == "between" and not under.occasions.between:
        return replace(under, occasions=replace(under.occasions, between=((1, 1),)))
    return under


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

    def moved(self, name: Name, by: Fraction) -> tuple[Weight | None, ...]:
        """The odds with a chance higher by so much, or lower: each step of it, in each world."""
        return self.of(_with(self._under, name, lambda chance: chance.moved(by)))

    def of(self, under: Setting) -> tuple[Weight | None, ...]:
        """The odds in a setting that differs in chances alone."""
        both = [Every((event, self._condition)) for event in self._events]
        whole, *parts = weighed(under, [self._condition, *both], self._situations)
        if not whole:
            return (None,) * len(parts)
        return tuple(share_given(part, whole, under.exact) for part in parts)


def changed(under: Setting, name: Name, value: Fraction) -> Setting:
    """A setting with one chance at a value, in every world and every year."""
    return _with(under, name, lambda _: Chance(steps=((0, value),)))


def _with(under: Setting, name: Name, change: Callable[[Chance], Chance]) -> Setting:
    """A setting with one chance changed in every world."""
    by_world = []
    for each in under.by_world:
        of_kind = each.of(name.kind)
        changed_one = change(of_kind.get(name.party, NEVER))
        by_world.append(replace(each, **{name.kind: {**of_kind, name.party: changed_one}}))
    return replace(under, by_world=tuple(by_world))
