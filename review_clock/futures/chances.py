"""The chances that a Party confirms or gives notice, as `outlook` is given them: `us=0.3`, `us=2027:0.1,2030:0.5`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final

from review_clock.files import Error, Phrase
from review_clock.futures.choices import Choice, first_review
from review_clock.futures.start import Start
from review_clock.futures.walk import Weigh, Weight
from review_clock.law.acts_and_lapses import Party

_NUMBER: Final = re.compile(r"(\d{1,9}(\.\d{1,18})?|\.\d{1,18})%?|\d{1,9}/\d{1,9}", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_FORMS: Final = Phrase("us=0.3, us=1/3, or from a year on: us=2027:0.1,2030:0.5")


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
        raise NotAChance(Phrase("{said!r}: {text!r} is not a number", said=said, text=text), _FORMS)
    try:
        share = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ZeroDivisionError:
        raise NotAChance(Phrase("{said!r}: {text!r} divides by nothing", said=said, text=text), _FORMS) from None
    if share > 1:
        raise NotAChance(Phrase("{said!r}: {text} is more than 1", said=said, text=text), "a chance from 0 to 1")
    return share


def _chance(text: str, said: str) -> Chance:
    if ":" not in text:
        return Chance(steps=((0, _share(text, said)),))
    steps: list[tuple[int, Fraction]] = []
    for step in text.split(","):
        year, _, share = (part.strip() for part in step.partition(":"))
        if not _YEAR.fullmatch(year):
            raise NotAChance(Phrase("{said!r}: {year!r} is not a year", said=said, year=year), _FORMS)
        if steps and int(year) <= steps[-1][0]:
            late = Phrase("{said!r}: {year} does not come after {before}", said=said, year=year, before=steps[-1][0])
            raise NotAChance(late, "years in their order")
        steps.append((int(year), _share(share, said)))
    return Chance(steps=tuple(steps))


def understood(said: Sequence[str]) -> Mapping[Party, Chance]:
    """The chances that the lines `PARTY=CHANCE` give. Raises `NotAChance`, saying what is accepted."""
    chances: dict[Party, Chance] = {}
    for each in said:
        name, found, text = (part.strip() for part in each.partition("="))
        if name.upper() not in tuple(Party) or not found:
            wrong = Phrase("{said!r}: {name!r} is not a Party", said=each, name=name)
            raise NotAChance(wrong, Phrase("us, ca or mx, as in {forms}", forms=_FORMS))
        party = Party(name.upper())
        if party in chances:
            raise NotAChance(Phrase("{said!r}: {name} stands twice", said=each, name=name), "each Party once")
        chances[party] = _chance(text, each)
    return chances


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """For each Party bound, the chance that it confirms at a review, and that it gives notice in a year."""

    confirm: Mapping[Party, Chance]
    withdraw: Mapping[Party, Chance]

    def weigh(self) -> Weigh:
        """What each choice takes of a weight: a chance its share, and what may happen instead all that is left of it.

        So nothing is lost and nothing added. A whole number is shared out in whole numbers.
        """

        @cache
        def in_year(party: Party, menu: tuple[Choice, ...], year: int) -> tuple[Choice, Fraction]:
            for act, chances in _ACTS.items():
                if act in menu:
                    return act, chances(self)[party].in_year(year)
            return Choice.STANDS, Fraction(1)

        def weigh(weight: Weight, party: Party, menu: Sequence[Choice], day: date) -> Sequence[Weight]:
            act, chance = in_year(party, tuple(menu), day.year)
            whole = isinstance(weight, int)
            taken = weight * chance.numerator // chance.denominator if whole else weight * chance
            shares = {act: taken, _ELSE[act]: weight - taken}
            return [shares.get(choice, 0) for choice in menu]

        return weigh


_ACTS: Final[Mapping[Choice, Callable[[Chances], Mapping[Party, Chance]]]] = {
    Choice.GIVES_NOTICE: lambda chances: chances.withdraw,
    Choice.CONFIRMS: lambda chances: chances.confirm,
    Choice.CONFIRMS_AGAIN: lambda chances: chances.confirm,
}
_ELSE: Final = {
    Choice.GIVES_NOTICE: Choice.GIVES_NO_NOTICE,
    Choice.CONFIRMS: Choice.DECLINES,
    Choice.CONFIRMS_AGAIN: Choice.STANDS,
    Choice.STANDS: Choice.TAKES_BACK,
}


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
        raise NotAChance(Phrase("--confirm is missing for {parties}", parties=", ".join(missing)), wanted)
    first = first_review(start.position, start.readings)
    for party, chance in to_confirm.items():
        since = chance.steps[0][0]
        if first is not None and since > first.year:
            begins = "--confirm {party}: begins with {since}, after the review of {first}"
            wrong = Phrase(begins, party=party.lower(), since=since, first=first)
            raise NotAChance(wrong, Phrase("a first year of {year} or before", year=first.year))
    return Chances(
        confirm={party: to_confirm[party] for party in bound},
        withdraw={party: to_withdraw.get(party, NEVER) for party in bound},
    )


def _of_bound(option: str, said: Sequence[str], start: Start) -> Mapping[Party, Chance]:
    try:
        chances = understood(said)
    except NotAChance as error:
        raise NotAChance(Phrase("{option} {wrong}", option=option, wrong=error.wrong), error.accepted) from None
    bound = start.position.parties
    for party in chances:
        if party not in bound:
            accepted = ", ".join(sorted(each.lower() for each in bound))
            values = {"option": option, "party": party.lower(), "day": start.as_of}
            raise NotAChance(Phrase("{option} {party}: not bound on {day}", **values), accepted)
    return chances
