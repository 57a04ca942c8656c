"""What moves the odds of an event most: each chance a little either way, and each open point read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final, Unpack

from review_clock.files import Error
from review_clock.futures.chances import KINDS, NEVER, Chance
from review_clock.futures.odds import NeverSo
from review_clock.futures.sensitivity import AskedOf, Asking, Name
from review_clock.futures.setting import Further, Given, Setting, setting
from review_clock.futures.weights import Weight
from review_clock.law.readings import Meaning
from review_clock.questions.premises import Premises

SWING: Final = Fraction(1, 10)
"""By so much a chance is moved either way to see what it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What moving one thing does to the odds: a chance from one value to another, or an open point from one `reading`
    to another, with its `meaning`; the odds `before`, for a reading those as given, and `after`. There are no `values`
    of a chance that has several: each of them is moved by `SWING`."""

    name: Name | None
    reading: str
    meaning: Meaning | None
    values: tuple[Fraction, ...]
    before: Weight
    after: Weight

    @property
    def swing(self) -> float:
        """How far apart the two are."""
        return abs(float(self.after) - float(self.before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado(Asking):
    """The answer of `tornado`: the odds of the event, and what moves them, the most first. `refused` are the readings
    under which the question cannot be asked, `unmoved` the chances moved by `SWING` with which no future meets the
    condition."""

    odds: Weight
    bars: tuple[Bar, ...]
    refused: tuple[str, ...]
    unmoved: tuple[Name, ...]


def tornado(
    premises: Premises,
    *,
    ask: str,
    given: Sequence[str] = (),
    every_reading: bool = False,
    confirm: Given = (),
    **others: Unpack[Further],
) -> Tornado:
    """What moves the odds of an event most: each chance by `SWING` either way, and, with `every_reading`, each open
    point read otherwise. Raises what `odds` raises.
    """
    under = setting(premises, confirm=confirm, **others)
    asked = AskedOf(under, [ask], given)
    (odds,) = asked.of(under)
    if odds is None:
        raise NeverSo
    moved, refused = list(_of_chances(under, asked)), list[str]()
    bars = [bar for _, bar in moved if bar is not None]
    for key, value, meaning in _other_readings(premises) if every_reading else ():
        try:
            read = setting(premises.under(**{key: value}), confirm=confirm, **others)
            (found,) = AskedOf(read, [ask], given).of(read)
        except Error:
            found = None
        if found is None:
            refused.append(f"{key}={value}")
        elif found != odds:
            bars.append(Bar(name=None, reading=f"{key}={value}", meaning=meaning, values=(), before=odds, after=found))
    return Tornado(
        **under.parts,
        ask=(ask,),
        conditions=tuple(given),
        odds=odds,
        bars=tuple(sorted(bars, key=lambda bar: -bar.swing)),
        refused=tuple(refused),
        unmoved=tuple(name for name, bar in moved if bar is None),
    )


def _of_chances(under: Setting, asked: AskedOf) -> Iterator[tuple[Name, Bar | None]]:
    """Each chance that is given, moved by `SWING` either way, where it can: each step of it, in each world. None where
    no future then meets the condition."""
    for kind, party in product(KINDS, sorted(under.start.position.parties)):
        given = [each.of(kind).get(party, NEVER) for each in under.by_world]
        if kind != "confirm" and all(each.is_never for each in given):
            continue
        name = Name(kind=kind, party=party)
        low, high = (asked.moved(name, by)[0] for by in (-SWING, SWING))
        bar = None
        if low is not None and high is not None:
            bar = Bar(name=name, reading="", meaning=None, values=_values(given), before=low, after=high)
        yield name, bar


def _values(given: Sequence[Chance]) -> tuple[Fraction, ...]:
    """From where to where a chance is moved; nothing where it has several steps, or differs from world to world."""
    if any(each.steps != given[0].steps for each in given) or len(given[0].steps) > 1:
        return ()
    return tuple(given[0].moved(by).steps[0][1] for by in (-SWING, SWING))


DECIDE_THE_TERM: Final = (
    "extension_runs_from",
    "term_ends",
    "annual_review_day",
    "confirmations",
    "next_review_after_extension",
    "missing_day",
    "notice_counts_from",
    "notice_can_be_rescinded",
    "departure_completes_confirmation",
    "confirmation_while_leaving",
    "confirmation_can_be_withdrawn",
    "one_party_left",
)
"""The readings on which the term, its reviews and its Parties hang: the others move deadlines alone."""


def _other_readings(premises: Premises) -> Iterator[tuple[str, str, Meaning]]:
    chosen = premises.readings
    for reading in premises.law.readings:
        if reading.key in DECIDE_THE_TERM:
            for value in reading.values:
                if value != chosen[reading.key]:
                    yield reading.key, value, premises.law.meaning(f"{reading.key}={value}")
