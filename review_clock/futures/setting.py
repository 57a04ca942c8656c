"""What the odds are worked out from: where it begins, the days on which a Party may act, the chances, how far."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any, Final, TypedDict

from review_clock.files import Error, Phrase
from review_clock.futures.chances import KINDS, ByParty, Chances, NotAChance, completed, said_of
from review_clock.futures.chances_file import FromFile, chances_file
from review_clock.futures.choices import Occasions
from review_clock.futures.happenings import NOTHING, Watch
from review_clock.futures.situations import Situations
from review_clock.futures.start import Start, beginning, checked_horizon
from review_clock.futures.walk import Futures
from review_clock.futures.weighing import Weighing
from review_clock.futures.weights import PARTS, Weight
from review_clock.futures.worlds import ONE, Worlds
from review_clock.questions.premises import Premises

LONGEST: Final = 15
"""Above so many seconds the odds are not reckoned in fractions."""
_DIGITS_A_SECOND: Final = 90_000
"""Binary digits times years: 54 years of 9,170 digits took 5.8 seconds on a machine of 2026."""

Given = Mapping[str, str | float | Fraction] | Sequence[str]
"""Chances by Party, or lines `us=0.3`."""


class Further(TypedDict, total=False):
    """What may be said besides the chances to confirm: see `setting`."""

    withdraw: Given
    between: Given
    rescind: Given
    world: str | os.PathLike[str] | None
    horizon: int
    notice_on: str | Sequence[str]
    between_on: str | Sequence[str]
    exact: bool
    tell: Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where the futures begin, the `occasions` on which a Party may act, the chances, the last year, and whether it is
    reckoned in fractions. The chances are those of each of the `worlds`, in their order."""

    start: Start
    occasions: Occasions
    worlds: Worlds = ONE
    by_world: tuple[Chances, ...]
    horizon: int
    exact: bool

    @property
    def chances(self) -> Chances:
        """The chances of the first of the worlds, or of the one."""
        return self.by_world[0]

    @property
    def parts(self) -> dict[str, Any]:
        """The fields of a setting, by name: for an answer, which is a setting with what follows from it."""
        return {each.name: getattr(self, each.name) for each in fields(Setting)}

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What is assumed beyond the chances, by its name in the words files."""
        fresh = self.start.readings["confirmations"] == "fresh"
        return (
            "independent_in_a_world" if len(self.by_world) > 1 else "independent",
            "between_reviews" if self.occasions.between else "at_reviews",
            *(["any_day"] if self.start.reviews_have_no_day else []),
            "standing_fresh" if fresh else "standing",
            "notice_days" if len(self.occasions.notices) > 1 else "notice_day",
            "rescission" if self.occasions.take_back else "no_rescission",
            "leaving",
            "nothing_else",
        )

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.horizon, 12, 31)

    @property
    def whole(self) -> Weight:
        """What is shared out among the futures."""
        return Fraction(1) if self.exact else PARTS

    def share(self, weight: Weight) -> Weight:
        """A weight as a share of the whole."""
        return Fraction(weight) if self.exact else float(weight / PARTS)

    def futures(self, watch: Watch = NOTHING, situations: Situations | None = None) -> Futures:
        """The futures from the start on."""
        return Futures(
            self.start.position,
            self.start.as_of,
            self.start.readings,
            Weighing(self.by_world, self.occasions),
            self.occasions,
            self.whole,
            worlds=self.worlds,
            watch=watch,
            situations=situations,
        )


def setting(
    premises: Premises,
    *,
    confirm: Given = (),
    withdraw: Given = (),
    between: Given = (),
    rescind: Given = (),
    world: str | os.PathLike[str] | None = None,
    horizon: int = 2060,
    notice_on: str | Sequence[str] = "10-01",
    between_on: str | Sequence[str] = "01-01",
    exact: bool = False,
    tell: Callable[[int], None] = lambda _seconds: None,
) -> Setting:
    """What the odds are worked out from, checked.

    A chance is a number from 0 to 1, a fraction, or a schedule `2027:0.1,2030:0.5`, by us, ca, mx (or `us=0.3` each):
    one to confirm for each Party that is bound; to give notice in a year; to confirm on a day `between` reviews; to
    take back a notice. Notices come on the days `notice_on` (`MM-DD`), confirmations between reviews on `between_on`.
    A file `world` has chances too, with their sources, and states of the world; what is said here goes before what it
    says of every world. In fractions it can take long: `tell` is then given the seconds, and over `LONGEST` it is
    refused. Raises `NotAChance`, `NothingAhead`, `NotADayOfEveryYear`, `BadData`, `Error`.
    """
    begin = beginning(premises)
    said = said_of(
        begin, {kind: lines_of(each) for kind, each in zip(KINDS, (confirm, withdraw, between, rescind), strict=True)}
    )
    file = None if world is None else chances_file(world)
    by_world = tuple(completed(begin, each) for each in _by_world(said, file, begin))
    ever_between, ever_back = (_ever(by_world, kind) for kind in ("between", "rescind"))
    if ever_back:
        check_that_notices_can_be_taken_back(begin)
    found = Setting(
        start=begin,
        occasions=Occasions.on(
            *_days(notice_on), between_on=_days(between_on) if ever_between else (), take_back=ever_back
        ),
        worlds=ONE if file is None else file.worlds,
        by_world=by_world,
        horizon=checked_horizon(horizon, begin),
        exact=exact,
    )
    seconds = seconds_in_fractions(found.by_world, horizon - begin.as_of.year) if exact else 0
    if seconds > LONGEST:
        less = "fractions with smaller denominators, an earlier --horizon, or no --exact"
        raise Error(Phrase("--exact would take about {n} seconds here", n=seconds), Phrase(less))
    if seconds > 1:
        tell(seconds)
    return found


def check_that_notices_can_be_taken_back(start: Start) -> None:
    """Raise `NotAChance` where, as the text is read (R9), a notice cannot be taken back."""
    if start.readings["notice_can_be_rescinded"] == "no":
        raise NotAChance("--rescind: as the text is read here (R9), a notice cannot be taken back", "no --rescind")


def _by_world(said: Mapping[str, ByParty], file: FromFile | None, start: Start) -> Iterator[Mapping[str, ByParty]]:
    """The chances of each world: what it says itself, else what was said, else what the file says of every world."""
    if file is None:
        yield said
        return
    early = [switch.on for switch in file.worlds.switches if switch.on <= start.as_of]
    if early:
        raise NotAChance(
            Phrase("--world: a switch on {day} is not ahead", day=early[0]),
            Phrase("a day after {day}", day=start.as_of),
        )
    for own in file.by_world:
        yield {kind: {**file.given[kind], **said[kind], **own.get(kind, {})} for kind in KINDS}


def _ever(by_world: Sequence[Chances], kind: str) -> bool:
    return any(not chance.is_never for chances in by_world for chance in chances.of(kind).values())


def seconds_in_fractions(by_world: Sequence[Chances], years: int) -> int:
    """About how long the odds of so many years take in fractions, whose digits grow by those of each chance a year."""
    given = [chance for chances in by_world for kind in KINDS for chance in chances.of(kind).values()]
    digits = sum(max(share.denominator.bit_length() for _, share in each.steps) for each in given) * years
    return round(digits * years / _DIGITS_A_SECOND)


def lines_of(chances: Given) -> list[str]:
    """Chances as lines `us=0.3`."""
    if isinstance(chances, Mapping):
        return [f"{party}={chance}" for party, chance in chances.items()]
    return list(chances)


def _days(days: str | Sequence[str]) -> Sequence[str]:
    return [days] if isinstance(days, str) else days
