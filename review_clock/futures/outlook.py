"""Exact odds: the chance that the Agreement is in force, is extended, ends, year by year; no sampling.

Given is, for each Party, the chance that it confirms at a joint review at which it is asked, and the yearly chance
that it gives notice. The futures are walked with these as weights (`futures`), in floating point or in fractions.
What is assumed beyond them stands in `ASSUMPTIONS` and is shown with every answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from review_clock.futures.chances import Chances, as_weight, chances_for
from review_clock.futures.choices import Occasions
from review_clock.futures.start import Start, beginning, checked
from review_clock.futures.walk import Futures, Passed, Weight
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


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfOdds:
    """A year. On 1 July, at the end of the day: the chance that the Agreement is in force, with each Party bound, and
    the certainty left; None where that day lies before the start. In the year: the chance of the first extension, and
    of the end, by cause; and of the first extension until the end of the year.

    The certainty left is the expected number of years from that day to the day on which the Agreement would end if
    nobody did anything more; 0 where it has ended. A year is taken as 365.25 days.
    """

    year: int
    in_force: Weight | None
    bound: Mapping[Party, Weight] | None
    certainty: Weight | None
    extended: Weight
    extended_by: Weight
    ended: Mapping[Phase, Weight]


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
    in_force: Weight
    extended: Weight
    ended: Mapping[Phase, Weight]


def outlook(
    premises: Premises,
    *,
    confirm: Mapping[str, str | float | Fraction],
    withdraw: Mapping[str, str | float | Fraction] | None = None,
    horizon: int = 2060,
    notice_on: str = "10-01",
    exact: bool = False,
) -> Outlook:
    """The exact odds to the year `horizon`, given the chances of each Party: to confirm at a review, to give notice.

    A chance is a number from 0 to 1, a fraction, or a schedule `2027:0.1,2030:0.5`, by us, ca, mx: one to confirm for
    each Party that is bound. A notice may come on one day a year, `MM-DD`. In floating point, or in fractions where
    `exact`. Raises `NotAChance`, `NothingAhead`, `NotADayOfEveryYear`. Authority: Art. 34.6, Art. 34.7.
    """
    begin = beginning(premises)
    said = [[f"{party}={chance}" for party, chance in each.items()] for each in (confirm, withdraw or {})]
    chances = chances_for(begin, *said)
    return worked_out(begin, Occasions.on(notice_on), chances, checked(horizon, begin), exact)


def worked_out(start: Start, occasions: Occasions, chances: Chances, horizon: int, exact: bool) -> Outlook:
    """The exact odds to the end of the year `horizon`."""
    whole: Weight = Fraction(1) if exact else 1.0
    weigh = chances.weigh(exact)
    futures = Futures(start.position, start.as_of, start.readings, weigh, occasions, whole)
    certainty = _certainty(futures, start.as_of, exact)
    years = tuple(_years(futures, start, horizon, exact, whole))
    return Outlook(
        start=start,
        occasions=occasions,
        chances=chances,
        horizon=horizon,
        exact=exact,
        certainty=certainty,
        years=years,
        in_force=sum((weight for _, weight in futures.live()), 0 * whole),
        extended=years[-1].extended_by,
        ended={cause: sum((year.ended[cause] for year in years), 0 * whole) for cause in CAUSES},
    )


def _years(futures: Futures, start: Start, horizon: int, exact: bool, whole: Weight) -> Iterator[YearOfOdds]:
    nothing = 0 * whole
    bound = dict.fromkeys(sorted(start.position.parties), whole)
    extended_by: Weight = nothing
    for year in range(start.as_of.year, horizon + 1):
        midsummer = date(year, 7, 1)
        to_midsummer = futures.advance(midsummer)
        bound = _less(bound, to_midsummer)
        ahead = midsummer > start.as_of
        in_force = sum((weight for _, weight in futures.live()), nothing)
        certainty, bound_then = _certainty(futures, midsummer, exact), bound
        to_the_end = futures.advance(date(year, 12, 31))
        bound = _less(bound, to_the_end)
        extended: Weight = nothing + to_midsummer.extended + to_the_end.extended
        extended_by = extended_by + extended
        yield YearOfOdds(
            year=year,
            in_force=in_force if ahead else None,
            bound=bound_then if ahead else None,
            certainty=certainty if ahead else None,
            extended=extended,
            extended_by=extended_by,
            ended={
                cause: nothing + to_midsummer.ended.get(cause, 0) + to_the_end.ended.get(cause, 0) for cause in CAUSES
            },
        )


def _less(bound: Mapping[Party, Weight], passed: Passed) -> dict[Party, Weight]:
    return {party: weight - passed.left.get(party, 0) for party, weight in bound.items()}


def _certainty(futures: Futures, day: date, exact: bool) -> Weight:
    """The expected years from `day` to the end, if nobody did anything more from then on."""
    days: Weight = 0
    for held, weight in futures.live():
        days += weight * (futures.ends_if_nobody_acts(held) - day).days
    return days * as_weight(A_DAY, exact)
