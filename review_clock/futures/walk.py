"""Every future that the law allows, walked day by day with a weight on each, and folded on the way.

After each Party's choice the Positions that are legally the same are made one and their weights added. So the work
grows with the Positions, which are few, and not with the histories, which are beyond number. Where every choice takes
the whole weight, the weights count the histories; where they share it out, they are the chances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple, TypeVar

from review_clock.futures.choices import Asked, Choice, Occasions
from review_clock.futures.equivalence import LAST_SAFE_DAY
from review_clock.futures.situations import Outcome, Situation, Situations
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import Phase, Position
from review_clock.law.readings import Readings

Weight = int | float | Fraction
Weigh = Callable[[Weight, Party, Sequence[Choice], date], Sequence[Weight]]
"""What each choice that a Party has on a day takes of a weight; 0 leaves one out. Asked only where there is more than
one."""


class Held(NamedTuple):
    """A situation met in `year`. `extended` says whether the term was extended since the walk began; at a review that
    is open `asks` holds the Parties still to be asked, `confirming` those that will confirm."""

    situation: Situation
    year: int
    extended: bool = False
    asks: tuple[Asked, ...] = ()
    confirming: tuple[Party, ...] = ()


Folded = dict[Held, Weight]
Key = TypeVar("Key")


class Futures:
    """The futures from the end of the day `as_of` on, walked forward as far as asked.

    `whole` is the weight to begin with.
    """

    def __init__(
        self,
        start: Position,
        as_of: date,
        readings: Readings,
        weigh: Weigh,
        occasions: Occasions,
        whole: Weight = 1,
    ) -> None:
        self._situations = Situations(readings, alike_each_year=occasions.day <= LAST_SAFE_DAY)
        self._weigh, self._occasions = weigh, occasions
        self._days: list[date] = []
        self._waiting: dict[date, Folded] = {}
        self.ended: dict[tuple[Phase, bool], Weight] = {}
        """The weight that has ended, by cause, and by whether the term had been extended."""
        self.ended_on: dict[tuple[date, Phase], Weight] = {}
        """The weight that ended, by its first day without the Agreement, and by cause."""
        self.extended_on: dict[date, Weight] = {}
        """The weight extended for the first time, by the day."""
        self._wait(Held(self._situations.of(start, as_of.year), as_of.year), whole, as_of)

    def live(self) -> Iterator[tuple[Held, Weight]]:
        """The situations in which the Agreement is in force, each once, with their weight."""
        for folded in self._waiting.values():
            yield from folded.items()

    def ends_if_nobody_acts(self, held: Held) -> date:
        """The first day without the Agreement, if nobody does anything more from there."""
        return held.situation.day_in(held.year, self._situations.ends_if_nobody_acts(held.situation))

    def advance(self, to: date) -> None:
        """Walk to the end of the day `to`."""
        while self._days and self._days[0] <= to:
            self._live_through(heappop(self._days))

    def _live_through(self, day: date) -> None:
        """Lapses first, then notices, then the review, as `ORDER_ON_ONE_DAY` has them."""
        folded: Folded = {}
        for held, weight in self._waiting.pop(day).items():
            self._let_time_pass(held, weight, day, folded)
        if self._occasions.is_for_notices(day):
            for party in Party:
                folded = self._give_notice(folded, party, day)
        folded = self._review(folded, day)
        for held, weight in folded.items():
            self._wait(held, weight, day)

    def _let_time_pass(self, held: Held, weight: Weight, day: date, into: Folded) -> None:
        seen = self._situations.seen_later(held.situation, day.year - held.year)
        passage = self._situations.passage(seen, day)
        extended = self._extended(held, passage.extends, weight, day)
        if passage.ended is not None:
            _add(self.ended, (passage.ended, extended), weight)
            _add(self.ended_on, (day, passage.ended), weight)
            return
        _add(into, Held(passage.situation, day.year, extended, passage.asks), weight)

    def _give_notice(self, folded: Folded, party: Party, day: date) -> Folded:
        after: Folded = {}
        for held, weight in folded.items():
            outcomes = self._situations.for_notices(held.situation, party, day)
            if not outcomes:
                _add(after, held, weight)
                continue
            for outcome, share in self._shares(outcomes, weight, party, day):
                _add(after, Held(outcome.situation, held.year, held.extended, held.asks), share)
        return after

    def _review(self, folded: Folded, day: date) -> Folded:
        """Ask the Parties one after the other, where a review has fallen due; then conclude it."""
        after: Folded = {}
        while folded:
            before, folded = folded, {}
            for held, weight in before.items():
                if not held.asks:
                    _add(after, held, weight)
                    continue
                asks, rest = held.asks[0], held.asks[1:]
                outcomes = self._situations.at_review(held.situation, asks, day)
                for outcome, share in self._shares(outcomes, weight, asks.party, day):
                    confirming = (*held.confirming, asks.party) if outcome.confirming else held.confirming
                    there = Held(outcome.situation, held.year, held.extended, rest, confirming)
                    _add(folded if rest else after, there if rest else self._concluded(there, share, day), share)
        return after

    def _concluded(self, held: Held, weight: Weight, day: date) -> Held:
        situation, extends = self._situations.concluded(held.situation, held.confirming, day)
        return Held(situation, held.year, self._extended(held, extends, weight, day))

    def _shares(
        self, outcomes: Sequence[Outcome], weight: Weight, party: Party, day: date
    ) -> Iterator[tuple[Outcome, Weight]]:
        """Each outcome with its weight. One that is alone is no choice, and takes all."""
        if len(outcomes) == 1:
            yield outcomes[0], weight
            return
        shares = self._weigh(weight, party, [outcome.choice for outcome in outcomes], day)
        for outcome, share in zip(outcomes, shares, strict=True):
            if share:
                yield outcome, share

    def _extended(self, held: Held, extends: bool, weight: Weight, day: date) -> bool:
        if extends and not held.extended:
            _add(self.extended_on, day, weight)
        return held.extended or extends

    def _wait(self, held: Held, weight: Weight, since: date) -> None:
        """Let it wait for what comes next: an occasion or a lapse."""
        lapse = self._situations.next_lapse(held.situation)
        if lapse is None:
            return
        day = min(held.situation.day_in(held.year, lapse), self._occasions.next_notice(since))
        if day not in self._waiting:
            self._waiting[day] = {}
            heappush(self._days, day)
        _add(self._waiting[day], held, weight)


def _add(into: dict[Key, Weight], key: Key, weight: Weight) -> None:
    into[key] = into[key] + weight if key in into else weight
