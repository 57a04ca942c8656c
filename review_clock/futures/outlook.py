"""Exact odds: the chance that the Agreement is in force, is extended, ends, year by year; no sampling.

Given is, for each Party, the chance that it confirms at a joint review at which it is asked, and the yearly chance
that it gives notice. The futures are walked with these, in fractions or in whole numbers of `PARTS`: both are shared
out and added up without loss, as floats are not, so that what must be 1 is 1.
What is assumed beyond them (`Setting.assumptions`) is shown with every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Final, Unpack

from review_clock.futures.setting import Further, Given, Setting, setting
from review_clock.futures.start import Start, checked_days
from review_clock.futures.walk import Futures
from review_clock.futures.weights import Weight
from review_clock.futures.when import A_DAY, When, when
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import ENDED, Phase, fewest_bound
from review_clock.questions.premises import Premises

ALL: Final = tuple(sorted(Party))
APART: Final = Fraction(1, 100)
"""By more than so much "in force" and "all three" must differ to be told apart in words."""
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

    def of(self, sets: Iterable[tuple[Party, ...]]) -> Weight:
        """The chance that the Parties bound are one of these sets."""
        return sum((self.who_is_in or {})[parties] for parties in sets)

    @property
    def all_three(self) -> Weight:
        """The chance that all three are bound."""
        return (self.who_is_in or {}).get(ALL, 0)

    @property
    def apart(self) -> Weight:
        """The chance that the Agreement is in force, and not with all three."""
        return (self.in_force or 0) - self.all_three


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook(Setting):
    """The answer of `outlook`: the setting, and what follows from it. `on` are the days asked for. `certainty` is the
    certainty left at the start; the totals are to the horizon's end, and so are `years_in_force`, those that are to be
    expected from the start on."""

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


def outlook(premises: Premises, *, confirm: Given = (), on: Sequence[date] = (), **others: Unpack[Further]) -> Outlook:
    """The exact odds to the year `horizon`, given the chances of each Party: to confirm at a review, to give notice.

    For the chances, and what else may be said (`withdraw`, `between`, `rescind`, `horizon`, `notice_on`, `between_on`,
    `exact`, `tell`), see `setting`. Who is in is told for every 1 July, and for the days `on`. Raises `NotAChance`,
    `NothingAhead`, `NotADayOfEveryYear`, `Error`. Authority: Art. 34.6, Art. 34.7.
    """
    under = setting(premises, confirm=confirm, **others)
    return outlook_under(under, checked_days(tuple(on), under.start, under.horizon))


def outlook_under(under: Setting, on: Sequence[date] = ()) -> Outlook:
    """The exact odds under a setting, and who is in on the days `on`."""
    futures, start, share = under.futures(), under.start, under.share
    ahead = [day for year in range(start.as_of.year, under.horizon + 1) if (day := date(year, 7, 1)) > start.as_of]
    days = {day: _day(futures, start, day, share) for day in sorted({start.as_of, *ahead, *on, under.last})}
    years = tuple(_years(futures, start, under.horizon, days, share))
    ended: dict[date, Weight] = {}
    for (day, _), weight in futures.ended_on.items():
        ended[day] = ended.get(day, 0) + weight
    then = days[under.last]
    return Outlook(
        **under.parts,
        certainty=days[start.as_of].certainty,
        years=years,
        on=tuple(days[day] for day in on),
        first_extension=when(futures.extended_on, under.whole, start.as_of),
        end=when(ended, under.whole, start.as_of),
        years_in_force=share(_years_in_force(ended, under.whole, start.as_of, under.last)),
        who_is_in=then.who_is_in,
        in_force=then.in_force,
        extended=years[-1].extended_by,
        ended={cause: share(_ended(futures, cause)) for cause in ENDED},
    )


def _day(futures: Futures, start: Start, day: date, share: Share) -> DayOfOdds:
    """Walk to the end of `day`; who is in then."""
    futures.advance(day)
    then = who_is_in(futures, start)
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
            ended={cause: share(_ended(futures, cause, year)) for cause in ENDED},
        )


def who_is_in(futures: Futures, start: Start) -> dict[tuple[Party, ...], Weight]:
    """The weight of each set of Parties that can be bound together, and of none."""
    found: dict[tuple[Party, ...], Weight] = dict.fromkeys(sets_of_parties(start), 0)
    for _, folded in futures.live():
        for situation, weight in folded.items():
            found[_in_order(situation.position.parties)] += weight
    return found | {(): sum(futures.ended.values())}


@cache
def _in_order(parties: frozenset[Party]) -> tuple[Party, ...]:
    return tuple(sorted(parties))


def sets_of_parties(start: Start) -> list[tuple[Party, ...]]:
    """The sets of Parties that can be bound together (reading R17), the largest first."""
    least, bound = fewest_bound(start.readings), sorted(start.position.parties)
    return [parties for size in range(len(bound), least - 1, -1) for parties in combinations(bound, size)]


def of_size(who_is_in: WhoIsIn, size: int) -> float:
    """The chance that so many Parties are bound."""
    return float(sum(share for parties, share in who_is_in.items() if len(parties) == size))


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
    days = sum(weight * (end - day).days for end, weight in futures.ends_if_nobody_acts().items())
    return days * A_DAY
