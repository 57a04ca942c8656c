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
from review_clock.futures.when import A_DAY, When, checked_days, when
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
class DayOfOdds:
    """A day, at its end: the chance of each set of Parties that may be bound, that the Agreement is in force, that each
    Party is bound, and the certainty left.

    The certainty left is the expected number of years from that day to the day on which the Agreement would end if
    nobody did anything more; 0 where it has ended. A year is taken as 365.25 days.
    """

    day: date
    who_is_in: WhoIsIn
    in_force: Weight
    bound: Mapping[Party, Weight]
    certainty: Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfOdds:
    """A year. On 1 July, at the end of the day, what a `DayOfOdds` has; None where that day lies before the start. In
    the year: the chance of the first extension, and of the end, by cause; and of the first extension until its end."""

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
    """The answer of `outlook`. `on` are the days asked for. `certainty` is the certainty left at the start; the totals
    are to the horizon's end, and so are `years_in_force`, those that are to be expected from the start on."""

    start: Start
    occasions: Occasions
    chances: Chances
    horizon: int
    exact: bool
    certainty: Weight
    years: tuple[YearOfOdds, ...]
    on: tuple[DayOfOdds, ...]
    first_extension: When
    end: When
    years_in_force: Weight
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
    on: Sequence[date] = (),
    tell: Callable[[int], None] = lambda _seconds: None,
) -> Outlook:
    """The exact odds to the year `horizon`, given the chances of each Party: to confirm at a review, to give notice.

    A chance is a number from 0 to 1, a fraction, or a schedule `2027:0.1,2030:0.5`, by us, ca, mx (or `us=0.3` each):
    one to confirm for each Party that is bound. A notice may come on one day a year, `MM-DD`. Who is in is told for
    every 1 July, and for the days `on`. In fractions it can take long: `tell` is then given the seconds, and over
    `LONGEST` it is refused. Raises `NotAChance`, `NothingAhead`, `NotADayOfEveryYear`, `Error`. Authority: Art. 34.6,
    Art. 34.7.
    """
    begin = beginning(premises)
    chances = chances_for(begin, _said(confirm), _said(withdraw))
    seconds = seconds_in_fractions(chances, checked(horizon, begin) - begin.as_of.year) if exact else 0
    if seconds > LONGEST:
        less = "fractions with smaller denominators, an earlier --horizon, or no --exact"
        raise Error(Phrase("--exact would take about {n} seconds here", n=seconds), Phrase(less))
    if seconds > 1:
        tell(seconds)
    days = checked_days(tuple(on), begin, horizon)
    return worked_out(begin, Occasions.on(notice_on), chances, checked(horizon, begin), exact, days)


def seconds_in_fractions(chances: Chances, years: int) -> int:
    """About how long the odds of so many years take in fractions, whose digits grow by those of each chance a year."""
    given = (*chances.confirm.values(), *chances.withdraw.values())
    digits = sum(max(share.denominator.bit_length() for _, share in each.steps) for each in given) * years
    return round(digits * years / _DIGITS_A_SECOND)


def _said(chances: Mapping[str, str | float | Fraction] | Sequence[str]) -> list[str]:
    if isinstance(chances, Mapping):
        return [f"{party}={chance}" for party, chance in chances.items()]
    return list(chances)


def worked_out(
    start: Start, occasions: Occasions, chances: Chances, horizon: int, exact: bool, on: Sequence[date] = ()
) -> Outlook:
    """The exact odds to the end of the year `horizon`."""
    whole: Weight = Fraction(1) if exact else _PARTS
    futures = Futures(start.position, start.as_of, start.readings, chances.weigh(), occasions, whole)

    def share(weight: Weight) -> Weight:
        return Fraction(weight) if exact else float(weight / _PARTS)

    last = date(horizon, 12, 31)
    ahead = [day for year in range(start.as_of.year, horizon + 1) if (day := date(year, 7, 1)) > start.as_of]
    days = {day: _day(futures, start, day, share) for day in sorted({start.as_of, *ahead, *on, last})}
    years = tuple(_years(futures, start, horizon, days, share))
    ended: dict[date, Weight] = {}
    for (day, _), weight in futures.ended_on.items():
        ended[day] = ended.get(day, 0) + weight
    then = days[last]
    return Outlook(
        start=start,
        occasions=occasions,
        chances=chances,
        horizon=horizon,
        exact=exact,
        certainty=days[start.as_of].certainty,
        years=years,
        on=tuple(days[day] for day in on),
        first_extension=when(futures.extended_on, whole, start.as_of),
        end=when(ended, whole, start.as_of),
        years_in_force=share(_years_in_force(ended, whole, start.as_of, last)),
        who_is_in=then.who_is_in,
        in_force=then.in_force,
        extended=years[-1].extended_by,
        ended={cause: share(_ended(futures, cause)) for cause in CAUSES},
    )


def _day(futures: Futures, start: Start, day: date, share: Share) -> DayOfOdds:
    """Walk to the end of `day`; who is in then."""
    futures.advance(day)
    then = _who_is_in(futures, start)
    bound = {
        party: sum(weight for parties, weight in then.items() if party in parties)
        for party in sorted(start.position.parties)
    }
    return DayOfOdds(
        day=day,
        who_is_in={parties: share(weight) for parties, weight in then.items()},
        in_force=share(_in_force(then)),
        bound={party: share(weight) for party, weight in bound.items()},
        certainty=share(_certainty(futures, day)),
    )


def _years(
    futures: Futures, start: Start, horizon: int, days: Mapping[date, DayOfOdds], share: Share
) -> Iterator[YearOfOdds]:
    extended_by: Weight = 0
    for year in range(start.as_of.year, horizon + 1):
        midsummer = date(year, 7, 1)
        then = days[midsummer] if midsummer > start.as_of else None
        extended = sum(weight for day, weight in futures.extended_on.items() if day.year == year)
        extended_by = extended_by + extended
        yield YearOfOdds(
            year=year,
            who_is_in=then.who_is_in if then else None,
            in_force=then.in_force if then else None,
            bound=then.bound if then else None,
            certainty=then.certainty if then else None,
            extended=share(extended),
            extended_by=share(extended_by),
            ended={cause: share(_ended(futures, cause, year)) for cause in CAUSES},
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


def _ended(futures: Futures, cause: Phase, year: int | None = None) -> Weight:
    ended = futures.ended_on.items()
    return sum(weight for (day, phase), weight in ended if phase is cause and year in (None, day.year))


def _years_in_force(ended: Mapping[date, Weight], whole: Weight, since: date, last: date) -> Weight:
    """The expected years in force from `since` to the end of the day `last`."""
    days = (whole - sum(ended.values())) * (last - since).days
    return (days + sum(weight * (day - since).days for day, weight in ended.items())) * A_DAY


def _certainty(futures: Futures, day: date) -> Weight:
    """The expected years from `day` to the end, if nobody did anything more from then on."""
    days: Weight = 0
    for held, weight in futures.live():
        days += weight * (futures.ends_if_nobody_acts(held) - day).days
    return days * A_DAY
