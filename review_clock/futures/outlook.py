"""Exact odds: the chance that the Agreement is in force, is extended, ends, year by year; no sampling.

Given is, for each Party, the chance that it confirms at a joint review at which it is asked, and the yearly chance
that it gives notice. The futures are walked with these, in fractions or in whole numbers of `_PARTS`: both are shared
out and added up without loss, as floats are not, so that what must be 1 is 1.
What is assumed beyond them stands in `ASSUMPTIONS` and is shown with every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Final

from review_clock.files import Error, Phrase
from review_clock.futures.chances import Chances, chances_for
from review_clock.futures.choices import Occasions
from review_clock.futures.start import Start, beginning, checked
from review_clock.futures.walk import Futures, Weight
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import Phase
from review_clock.questions.premises import Premises

ASSUMPTIONS: Final = (
    "independent",
    "at_reviews",
    "standing",
    "notice_day",
    "no_rescission",
    "leaving",
    "nothing_else",
)
"""What is assumed beyond the chances, by its name in the words files."""

A_DAY: Final = 1 / Fraction(1461, 4)
"""A day in years, a year taken as 365.25 days."""
CAUSES: Final = (Phase.EXPIRED, Phase.ENDED_BY_WITHDRAWAL)
ALL: Final = tuple(sorted(Party))
APART: Final = Fraction(1, 100)
"""By more than so much "in force" and "all three" must differ to be told apart in words."""
LONGEST: Final = 15
"""Above so many seconds the odds are not reckoned in fractions."""
_DIGITS_A_SECOND: Final = 90_000
"""Binary digits times years: 54 years of 9,170 digits took 5.8 seconds on a machine of 2026."""
_PARTS: Final = 2**128
"""The whole, where it is not reckoned in fractions: what rounding takes from a chance is less than any float shows."""

Share = Callable[[Weight], Weight]
"""A weight as a share of the whole."""
WhoIsIn = Mapping[tuple[Party, ...], Weight]
"""The chance that these Parties are bound, in order, and no other; for none, that the Agreement is not in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfOdds:
    """A year. On 1 July, at the end of the day: the chance of each set of Parties that may be bound, that the Agreement
    is in force, that each Party is bound, and the certainty left; None where that day lies before the start. In the
    year: the chance of the first extension, and of the end, by cause; and of the first extension until its end.

    The certainty left is the expected number of years from that day to the day on which the Agreement would end if
    nobody did anything more; 0 where it has ended. A year is taken as 365.25 days.
    """

    year: int
    who_is_in: WhoIsIn | None
    in_force: Weight | None
    bound: Mapping[Party, Weight] | None
    certainty: Weight | None
    extended: Weight
    extended_by: Weight
    ended: Mapping[Phase, Weight]

    @property
    def all_three(self) -> Weight:
        """The chance that all three are bound."""
        return (self.who_is_in or {}).get(ALL, 0)

    @property
    def apart(self) -> Weight:
        """The chance that the Agreement is in force, and not with all three."""
        return (self.in_force or 0) - self.all_three


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The answer of `outlook`. `certainty` is the certainty left at the start; the totals are to the horizon's end."""

    start: Start
    occasions: Occasions
    chances: Chances
    horizon: int
    exact: bool
    certainty: Weight
    years: tuple[YearOfOdds, ...]
    who_is_in: WhoIsIn
    in_force: Weight
    extended: Weight
    ended: Mapping[Phase, Weight]

    @property
    def parted(self) -> tuple[YearOfOdds, ...]:
        """Where "in force" and "all three" differ by more than a point: the year of the most, and the last."""
        most, last = max(self.years, key=lambda year: year.apart), self.years[-1]
        return tuple(year for year in ((most,) if most is last else (most, last)) if year.apart > APART)


def outlook(
    premises: Premises,
    *,
    confirm: Mapping[str, str | float | Fraction] | Sequence[str],
    withdraw: Mapping[str, str | float | Fraction] | Sequence[str] = (),
    horizon: int = 2060,
    notice_on: str = "10-01",
    exact: bool = False,
    tell: Callable[[int], None] = lambda _seconds: None,
) -> Outlook:
    """The exact odds to the year `horizon`, given the chances of each Party: to confirm at a review, to give notice.

    A chance is a number from 0 to 1, a fraction, or a schedule `2027:0.1,2030:0.5`, by us, ca, mx (or `us=0.3` each):
    one to confirm for each Party that is bound. A notice may come on one day a year, `MM-DD`. In fractions
    it can take long: `tell` is then given the seconds, and over `LONGEST` it is refused. Raises `NotAChance`,
    `NothingAhead`, `NotADayOfEveryYear`, `Error`. Authority: Art. 34.6, Art. 34.7.
    """
    begin = beginning(premises)
    chances = chances_for(begin, _said(confirm), _said(withdraw))
    seconds = seconds_in_fractions(chances, checked(horizon, begin) - begin.as_of.year) if exact else 0
    if seconds > LONGEST:
        less = "fractions with smaller denominators, an earlier --horizon, or no --exact"
        raise Error(Phrase("--exact would take about {n} seconds here", n=seconds), Phrase(less))
    if seconds > 1:
        tell(seconds)
    return worked_out(begin, Occasions.on(notice_on), chances, checked(horizon, begin), exact)


def seconds_in_fractions(chances: Chances, years: int) -> int:
    """About how long the odds of so many years take in fractions, whose digits grow by those of each chance a year."""
    given = (*chances.confirm.values(), *chances.withdraw.values())
    digits = sum(max(share.denominator.bit_length() for _, share in each.steps) for each in given) * years
    return round(digits * years / _DIGITS_A_SECOND)


def _said(chances: Mapping[str, str | float | Fraction] | Sequence[str]) -> list[str]:
    if isinstance(chances, Mapping):
        return [f"{party}={chance}" for party, chance in chances.items()]
    return list(chances)


def worked_out(start: Start, occasions: Occasions, chances: Chances, horizon: int, exact: bool) -> Outlook:
    """The exact odds to the end of the year `horizon`."""
    whole: Weight = Fraction(1) if exact else _PARTS
    futures = Futures(start.position, start.as_of, start.readings, chances.weigh(), occasions, whole)

    def share(weight: Weight) -> Weight:
        return Fraction(weight) if exact else float(weight / _PARTS)

    certainty = share(_certainty(futures, start.as_of))
    years = tuple(_years(futures, start, horizon, share))
    who_is_in = _who_is_in(futures, start)
    return Outlook(
        start=start,
        occasions=occasions,
        chances=chances,
        horizon=horizon,
        exact=exact,
        certainty=certainty,
        years=years,
        who_is_in={parties: share(weight) for parties, weight in who_is_in.items()},
        in_force=share(_in_force(who_is_in)),
        extended=years[-1].extended_by,
        ended={cause: share(_ended(futures, cause)) for cause in CAUSES},
    )


def _years(futures: Futures, start: Start, horizon: int, share: Share) -> Iterator[YearOfOdds]:
    extended_by: Weight = 0
    for year in range(start.as_of.year, horizon + 1):
        midsummer = date(year, 7, 1)
        before = {cause: _ended(futures, cause) for cause in CAUSES}
        extended = futures.advance(midsummer)
        ahead = midsummer > start.as_of
        then, certainty = _who_is_in(futures, start), _certainty(futures, midsummer)
        extended = extended + futures.advance(date(year, 12, 31))
        extended_by = extended_by + extended
        bound = {
            party: sum(weight for parties, weight in then.items() if party in parties)
            for party in sorted(start.position.parties)
        }
        yield YearOfOdds(
            year=year,
            who_is_in={parties: share(weight) for parties, weight in then.items()} if ahead else None,
            in_force=share(_in_force(then)) if ahead else None,
            bound={party: share(weight) for party, weight in bound.items()} if ahead else None,
            certainty=share(certainty) if ahead else None,
            extended=share(extended),
            extended_by=share(extended_by),
            ended={cause: share(_ended(futures, cause) - before[cause]) for cause in CAUSES},
        )


def _who_is_in(futures: Futures, start: Start) -> dict[tuple[Party, ...], Weight]:
    """The weight of each set of Parties that can be bound together (reading R17), the largest first, and of none."""
    least = 1 if start.readings["one_party_left"] == "continues" else 2
    bound = sorted(start.position.parties)
    found: dict[tuple[Party, ...], Weight] = {
        parties: 0 for size in range(len(bound), least - 1, -1) for parties in combinations(bound, size)
    }
    for held, weight in futures.live():
        found[tuple(sorted(held.situation.position.parties))] += weight
    return found | {(): sum(futures.ended.values())}


def _in_force(who_is_in: WhoIsIn) -> Weight:
    return sum(weight for parties, weight in who_is_in.items() if parties)


def _ended(futures: Futures, cause: Phase) -> Weight:
    return sum(weight for (phase, _), weight in futures.ended.items() if phase is cause)


def _certainty(futures: Futures, day: date) -> Weight:
    """The expected years from `day` to the end, if nobody did anything more from then on."""
    days: Weight = 0
    for held, weight in futures.live():
        days += weight * (futures.ends_if_nobody_acts(held) - day).days
    return days * A_DAY
