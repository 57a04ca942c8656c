"""The chances of what a Party does, as `outlook` is given them: `us=0.3`, `us=2027:0.1,2030:0.5`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Final

from review_clock.files import Error, Phrase
from review_clock.futures.choices import first_review
from review_clock.futures.start import Start, not_bound
from review_clock.law.acts_and_lapses import Party

_NUMBER: Final = re.compile(r"(\d{1,9}(\.\d{1,18})?|\.\d{1,18})%?|\d{1,9}/\d{1,9}", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_FORMS: Final = Phrase("us=0.3, us=1/3, or from a year on: us=2027:0.1,2030:0.5")


class NotAChance(Error, ValueError):
    """A `PARTY=CHANCE` that is none, or one too many or too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A chance, from 0 to 1, that may change with the year: each step holds from its year on. `source` says who gave it
    and `on` when, where a file does."""

    steps: tuple[tuple[int, Fraction], ...]
    source: str = ""
    on: date | None = None

    @property
    def is_never(self) -> bool:
        """Whether it is 0 throughout."""
        return all(share == 0 for _, share in self.steps)

    def in_year(self, year: int) -> Fraction:
        """The chance in a year; 0 before the first step."""
        return next((chance for since, chance in reversed(self.steps) if since <= year), Fraction(0))

    def moved(self, by: Fraction) -> Chance:
        """Each step higher by so much, or lower, as far as a chance goes."""
        least, most = Fraction(0), Fraction(1)
        return replace(self, steps=tuple((since, min(max(share + by, least), most)) for since, share in self.steps))


OPTIONS: Final = {
    "confirm": "--confirm",
    "withdraw": "--withdraw",
    "between": "--confirm-between",
    "rescind": "--rescind",
}
"""The option of the command line for each kind of chances."""
NEVER: Final = Chance(steps=((0, Fraction(0)),))
ByParty = Mapping[Party, Chance]
"""The chances of one kind."""


def share_of_text(text: str, said: str) -> Fraction:
    """A number from 0 to 1, a fraction or per cent. Raises `NotAChance`, naming what was `said`."""
    if not _NUMBER.fullmatch(text):
        raise NotAChance(Phrase("{said!r}: {text!r} is not a number", said=said, text=text), _FORMS)
    try:
        share = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ZeroDivisionError:
        raise NotAChance(Phrase("{said!r}: {text!r} divides by nothing", said=said, text=text), _FORMS) from None
    if share > 1:
        raise NotAChance(Phrase("{said!r}: {text} is more than 1", said=said, text=text), "a chance from 0 to 1")
    return share


def chance_of_text(text: str, said: str) -> Chance:
    """A chance, or a schedule of them. Raises `NotAChance`, naming what was `said`."""
    if ":" not in text:
        return Chance(steps=((0, share_of_text(text, said)),))
    steps: list[tuple[int, Fraction]] = []
    for step in text.split(","):
        year, _, share = (part.strip() for part in step.partition(":"))
        if not _YEAR.fullmatch(year):
            raise NotAChance(Phrase("{said!r}: {year!r} is not a year", said=said, year=year), _FORMS)
        if steps and int(year) <= steps[-1][0]:
            late = Phrase("{said!r}: {year} does not come after {before}", said=said, year=year, before=steps[-1][0])
            raise NotAChance(late, "years in their order")
        steps.append((int(year), share_of_text(share, said)))
    return Chance(steps=tuple(steps))


def understood(said: Sequence[str]) -> ByParty:
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
        chances[party] = chance_of_text(text, each)
    return chances


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """For each Party bound, the chance that it confirms at a review, that it gives notice in a year, that it confirms
    on a day `between` reviews where it has not, and that it takes back a notice (`rescind`) before it takes effect."""

    confirm: ByParty
    withdraw: ByParty
    between: ByParty = field(default_factory=dict)
    rescind: ByParty = field(default_factory=dict)

    def of(self, kind: str) -> ByParty:
        """Those of a kind of `KINDS`."""
        given: ByParty = getattr(self, kind)
        return given


KINDS: Final = ("confirm", "withdraw", "between", "rescind")
"""The kinds of chances, by the name of the field."""


def said_of(start: Start, lines: Mapping[str, Sequence[str]]) -> dict[str, ByParty]:
    """The chances that lines say, by kind. Raises `NotAChance` for a Party that is not bound at `start`."""
    return {kind: _of_bound(OPTIONS[kind], lines.get(kind, ()), start) for kind in KINDS}


def completed(start: Start, given: Mapping[str, ByParty]) -> Chances:
    """The chances `given` by kind of the Parties bound at `start`, with 0 for what is not spoken of.

    Raises `NotAChance` for one that has no chance to confirm, and for a schedule that begins after the first review.
    """
    bound = sorted(start.position.parties)
    to_confirm = given["confirm"]
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
        **{kind: {party: given[kind].get(party, NEVER) for party in bound} for kind in KINDS[1:]},
    )


def _of_bound(option: str, said: Sequence[str], start: Start) -> ByParty:
    try:
        chances = understood(said)
    except NotAChance as error:
        raise NotAChance(Phrase("{option} {wrong}", option=option, wrong=error.wrong), error.accepted) from None
    for party in chances:
        if party not in start.position.parties:
            raise NotAChance(*not_bound(option, party, start))
    return chances
