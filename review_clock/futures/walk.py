"""Every future that the law allows, walked day by day with a weight on each, and folded on the way.

After each Party's choice the Positions that are legally the same are made one and their weights added. So the work
grows with the Positions, which are few, and not with the histories, which are beyond number. Where every choice takes
the whole weight, the weights count the histories; where they share it out, they are the chances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from heapq import heappop, heappush
from typing import Final, NamedTuple, TypeVar

from review_clock.futures.choices import Asked, Choice, Occasions, between_reviews, for_notices, taking_back
from review_clock.futures.happenings import END, EXTENSION, NOTHING, Happening, Seen, Watch, What
from review_clock.futures.situations import Menu, Outcome, Situation, Situations
from review_clock.futures.weights import Weight
from review_clock.futures.worlds import ONE, World, Worlds
from review_clock.law.acts_and_lapses import Party
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Phase, Position
from review_clock.law.readings import Readings

Weigh = Callable[[Weight, Party, Sequence[Choice], date, World], Sequence[Weight]]
"""What each choice that a Party has on a day in a world takes of a weight; 0 leaves one out. Asked only where there is
more than one."""
May = Callable[[Choice, Party, date], bool]
"""Whether a Party may choose so on a day in any world: where not, it is not asked."""

_DONE: Final = {
    Choice.GIVES_NOTICE: What.GIVES_NOTICE,
    Choice.TAKES_NOTICE_BACK: What.RESCINDS_NOTICE,
    Choice.CONFIRMS: What.CONFIRMS,
    Choice.CONFIRMS_AGAIN: What.CONFIRMS,
    Choice.CONFIRMS_BETWEEN: What.CONFIRMS,
}
"""What happens where a Party chooses so."""


class Held(NamedTuple):
    """A situation met in `year`, in a `world`. `extended` says whether the term was extended since the walk began,
    `seen` what has happened of what is watched for; at a review that is open `asks` holds the Parties still to be
    asked, `confirming` those that will confirm."""

    situation: Situation
    year: int
    extended: bool = False
    asks: tuple[Asked, ...] = ()
    confirming: tuple[Party, ...] = ()
    seen: Seen = 0
    world: World = 0


Folded = dict[Held, Weight]
Key = TypeVar("Key")


def _always(_choice: Choice, _party: Party, _day: date) -> bool:
    return True


class Futures:
    """The futures from the end of the day `as_of` on, walked forward as far as asked.

    `whole` is the weight to begin with; `watch` is asked what of each future need be kept in mind.
    """

    def __init__(
        self,
        start: Position,
        as_of: date,
        readings: Readings,
        weigh: Weigh,
        occasions: Occasions,
        whole: Weight = 1,
        *,
        may: May = _always,
        worlds: Worlds = ONE,
        watch: Watch = NOTHING,
    ) -> None:
        self._situations = Situations(readings, alike_each_year=_alike_each_year(start, occasions))
        self._weigh, self._may, self._occasions, self._worlds, self._watch = weigh, may, occasions, worlds, watch
        self._days: list[date] = []
        self._waiting: dict[date, Folded] = {}
        self.ended: dict[tuple[Phase, bool], Weight] = {}
        """The weight that has ended, by cause, and by whether the term had been extended."""
        self.ended_on: dict[tuple[date, Phase], Weight] = {}
        """The weight that ended, by its first day without the Agreement, and by cause."""
        self.extended_on: dict[date, Weight] = {}
        """The weight extended for the first time, by the day."""
        self._seen_at_end: dict[Seen, Weight] = {}
        there = self._situations.of(start, as_of.year)
        ahead = self._ahead(as_of)
        for world, weight in worlds.begin(whole).items():
            self._wait(Held(there, as_of.year, world=world), weight, as_of, ahead)

    def seen(self) -> dict[Seen, Weight]:
        """The whole weight, by what of what is watched for has happened."""
        found = dict(self._seen_at_end)
        for held, weight in self.live():
            _add(found, held.seen, weight)
        return found

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
        if day == self._worlds.next(day - ONE_DAY):
            folded = self._switch(folded, day)
        for choice, menu in self._menus(day):
            for party in Party:
                if self._may(choice, party, day):
                    folded = self._choose(folded, party, day, menu)
        folded = self._review(folded, day)
        ahead = self._ahead(day)
        for held, weight in folded.items():
            self._wait(held, weight, day, ahead)

    def _menus(self, day: date) -> Iterator[tuple[Choice, Menu]]:
        """What may be chosen on a day, whether or not a review falls due: the act, and what the law then allows."""
        if self._occasions.is_for_notices(day):
            yield Choice.GIVES_NOTICE, for_notices
        if self._occasions.take_back:
            yield Choice.TAKES_NOTICE_BACK, taking_back
        if self._occasions.is_between(day):
            yield Choice.CONFIRMS_BETWEEN, between_reviews

    def _let_time_pass(self, held: Held, weight: Weight, day: date, into: Folded) -> None:
        seen = self._situations.seen_later(held.situation, day.year - held.year)
        passage = self._situations.passage(seen, day)
        extended = self._extended(held, passage.extends, weight, day)
        happened = [Happening(What.LEAVES, party) for party in passage.departed]
        happened += EXTENSION if passage.extends else ()
        if passage.ended is not None:
            _add(self.ended, (passage.ended, extended), weight)
            _add(self.ended_on, (day, passage.ended), weight)
            _add(self._seen_at_end, self._watch.after(held.seen, [*happened, *END[passage.ended]], day), weight)
            return
        there = Held(passage.situation, day.year, extended, passage.asks, (), held.seen, held.world)
        _add(into, self._saw(there, happened, day), weight)

    def _saw(self, held: Held, happened: Sequence[Happening], day: date) -> Held:
        seen = self._watch.after(held.seen, happened, day)
        return held if seen == held.seen else held._replace(seen=seen)

    def _switch(self, folded: Folded, day: date) -> Folded:
        after: Folded = {}
        for held, weight in folded.items():
            for world, share in self._worlds.switched(weight, held.world, day).items():
                _add(after, held._replace(world=world), share)
        return after

    def _choose(self, folded: Folded, party: Party, day: date, menu: Menu) -> Folded:
        """Let a Party choose among what the law allows it; while a review is open nothing lies between reviews."""
        after: Folded = {}
        for held, weight in folded.items():
            outcomes = self._situations.choices(menu, held.situation, party, day)
            if len(outcomes) < 2 or (held.asks and menu is between_reviews):
                _add(after, held, weight)
                continue
            for outcome, share in self._shares(outcomes, weight, party, day, held.world):
                extended = self._extended(held, outcome.extends, share, day)
                there = held._replace(situation=outcome.situation, extended=extended)
                _add(after, self._saw(there, _happened(outcome, party), day), share)
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
                for outcome, share in self._shares(outcomes, weight, asks.party, day, held.world):
                    confirming = (*held.confirming, asks.party) if outcome.confirming else held.confirming
                    there = held._replace(situation=outcome.situation, asks=rest, confirming=confirming)
                    there = self._saw(there, _happened(outcome, asks.party), day)
                    _add(folded if rest else after, there if rest else self._concluded(there, share, day), share)
        return after

    def _concluded(self, held: Held, weight: Weight, day: date) -> Held:
        situation, extends = self._situations.concluded(held.situation, held.confirming, day)
        extended = self._extended(held, extends, weight, day)
        there = held._replace(situation=situation, extended=extended, asks=(), confirming=())
        return self._saw(there, EXTENSION, day) if extends else there

    def _shares(
        self, outcomes: Sequence[Outcome], weight: Weight, party: Party, day: date, world: World
    ) -> Iterator[tuple[Outcome, Weight]]:
        """Each outcome with its weight. One that is alone is no choice, and takes all."""
        if len(outcomes) == 1:
            yield outcomes[0], weight
            return
        shares = self._weigh(weight, party, [outcome.choice for outcome in outcomes], day, world)
        for outcome, share in zip(outcomes, shares, strict=True):
            if share:
                yield outcome, share

    def _extended(self, held: Held, extends: bool, weight: Weight, day: date) -> bool:
        if extends and not held.extended:
            _add(self.extended_on, day, weight)
        return held.extended or extends

    def _ahead(self, since: date) -> date:
        """The next day for all: for notices, for confirmations between reviews, or on which worlds switch."""
        day, switch = self._occasions.next(since), self._worlds.next(since)
        return day if switch is None else min(day, switch)

    def _wait(self, held: Held, weight: Weight, since: date, ahead: date) -> None:
        """Let it wait for what comes next: a day for all, a lapse, the last day to take a notice back."""
        lapse = self._situations.next_lapse(held.situation)
        if lapse is None:
            return
        day = min(held.situation.day_in(held.year, lapse), ahead)
        if self._occasions.take_back:
            for _, effective in held.situation.matters.leaving:
                last = held.situation.day_in(held.year, effective) - ONE_DAY
                day = min(day, last) if last > since else day
        if day not in self._waiting:
            self._waiting[day] = {}
            heappush(self._days, day)
        _add(self._waiting[day], held, weight)


def _happened(outcome: Outcome, party: Party) -> list[Happening]:
    done = [Happening(_DONE[outcome.choice], party)] if outcome.choice in _DONE else []
    return [*done, *EXTENSION] if outcome.extends else done


def _alike_each_year(start: Position, occasions: Occasions) -> bool:
    """Whether nothing is done on a day that not every year has, such as the day before 1 March."""
    effects = [(notice.effective.day.month, notice.effective.day.day) for notice in start.leaving]
    before_march = (3, 1) in effects or (9, 1) in occasions.notices
    return occasions.on_safe_days and not (occasions.take_back and before_march)


def _add(into: dict[Key, Weight], key: Key, weight: Weight) -> None:
    into[key] = into[key] + weight if key in into else weight
