"""The chances that a Party confirms or gives notice, as `outlook` is given them: `us=0.3`, `us=2027:0.1,2030:0.5`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final

from review_clock.files import Error
from review_clock.futures.choices import Choice, first_review
from review_clock.futures.start import Start
from review_clock.futures.walk import Weigh, Weight
from review_clock.law.acts_and_lapses import Party

_NUMBER: Final = re.compile(r"\d{1,9}(\.\d{1,18})?|\d{1,9}/\d{1,9}")
_YEAR: Final = re.compile(r"\d{4}")
_FORMS: Final = "us=0.3, us=1/3, or from a year on: us=2027:0.1,2030:0.5"


class NotAChance(Error, ValueError):
    """A `PARTY=CHANCE` that is none, or one too many or too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A chance, from 0 to 1, that may change with the year: each step holds from its year on."""

    steps: tuple[tuple[int, Fraction], ...]

    def in_year(self, year: int) -> Fraction:
        """The chance in a year; 0 before the first step."""
        return next((chance for since, chance in reversed(self.steps) if since <= year), Fraction(0))


NEVER: Final = Chance(steps=((0, Fraction(0)),))


def _share(text: str, said: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise NotAChance(f"{said!r}: {text!r} is not a number (accepted: {_FORMS})")
    try:
        share = Fraction(text)
    except ZeroDivisionError:
        raise NotAChance(f"{said!r}: {text!r} divides by nothing (accepted: {_FORMS})") from None
    if share > 1:
        raise NotAChance(f"{said!r}: {text} is more than 1 (accepted: a chance from 0 to 1)")
    return share


def _chance(text: str, said: str) -> Chance:
    if ":" not in text:
        return Chance(steps=((0, _share(text, said)),))
    steps: list[tuple[int, Fraction]] = []
    for step in text.split(","):
        year, _, share = (part.strip() for part in step.partition(":"))
        if not _YEAR.fullmatch(year):
            raise NotAChance(f"{said!r}: {year!r} is not a year (accepted: {_FORMS})")
        if steps and int(year) <= steps[-1][0]:
            raise NotAChance(f"{said!r}: {year} does not come after {steps[-1][0]} (accepted: years in their order)")
        steps.append((int(year), _share(share, said)))
    return Chance(steps=tuple(steps))


def understood(said: Sequence[str]) -> Mapping[Party, Chance]:
    """The chances that the lines `PARTY=CHANCE` give. Raises `NotAChance`, saying what is accepted."""
    chances: dict[Party, Chance] = {}
    for each in said:
        name, found, text = (part.strip() for part in each.partition("="))
        if name.upper() not in tuple(Party) or not found:
            raise NotAChance(f"{each!r}: {name!r} is not a Party (accepted: us, ca or mx, as in {_FORMS})")
        party = Party(name.upper())
        if party in chances:
            raise NotAChance(f"{each!r}: {name} stands twice (accepted: each Party once)")
        chances[party] = _chance(text, each)
    return chances


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """For each Party bound, the chance that it confirms at a review, and that it gives notice in a year."""

    confirm: Mapping[Party, Chance]
    withdraw: Mapping[Party, Chance]

    def weigh(self, exact: bool) -> Weigh:
        """The probability of each choice, as a `Fraction` or a float."""

        @cache
        def in_year(party: Party, menu: tuple[Choice, ...], year: int) -> tuple[Weight, ...]:
            for acts, chances in (((Choice.GIVES_NOTICE,), self.withdraw), (_CONFIRMS, self.confirm)):
                for act in acts:
                    if act in menu:
                        chance = chances[party].in_year(year)
                        shares = {act: chance, _ELSE[act]: 1 - chance}
                        return tuple(as_weight(shares.get(choice, Fraction(0)), exact) for choice in menu)
            return tuple(as_weight(Fraction(choice is Choice.STANDS), exact) for choice in menu)

        def weigh(party: Party, menu: Sequence[Choice], day: date) -> Sequence[Weight]:
            return in_year(party, tuple(menu), day.year)

        return weigh


_CONFIRMS: Final = (Choice.CONFIRMS, Choice.CONFIRMS_AGAIN)
_ELSE: Final = {
    Choice.GIVES_NOTICE: Choice.GIVES_NO_NOTICE,
    Choice.CONFIRMS: Choice.DECLINES,
    Choice.CONFIRMS_AGAIN: Choice.STANDS,
}


def as_weight(share: Fraction, exact: bool) -> Weight:
    """A share as it is, or in floating point."""
    return share if exact else float(share)


def chances_for(start: Start, confirm: Sequence[str], withdraw: Sequence[str]) -> Chances:
    """The chances of the Parties bound at `start`: a chance to confirm for each, and 0 for a notice not spoken of.

    Raises `NotAChance` for a Party that is not bound or has no chance to confirm, and for a schedule that begins
    after the first review.
    """
    bound = sorted(start.position.parties)
    to_confirm = _of_bound("--confirm", confirm, start)
    to_withdraw = _of_bound("--withdraw", withdraw, start)
    missing = [party.lower() for party in bound if party not in to_confirm]
    if missing:
        wanted = " ".join(f"--confirm {party}=CHANCE" for party in missing)
        raise NotAChance(f"--confirm is missing for {', '.join(missing)} (accepted: {wanted})")
    first = first_review(start.position, start.readings)
    for party, chance in to_confirm.items():
        since = chance.steps[0][0]
        if first is not None and since > first.year:
            raise NotAChance(
                f"--confirm {party.lower()}: begins with {since}, after the review of {first} "
                f"(accepted: a first year of {first.year} or before)"
            )
    return Chances(
        confirm={party: to_confirm[party] for party in bound},
        withdraw={party: to_withdraw.get(party, NEVER) for party in bound},
    )


def _of_bound(option: str, said: Sequence[str], start: Start) -> Mapping[Party, Chance]:
    try:
        chances = understood(said)
    except NotAChance as error:
        raise NotAChance(f"{option} {error}") from None
    bound = start.position.parties
    for party in chances:
        if party not in bound:
            accepted = ", ".join(sorted(each.lower() for each in bound))
            raise NotAChance(f"{option} {party.lower()}: not bound on {start.as_of} (accepted: {accepted})")
    return chances
