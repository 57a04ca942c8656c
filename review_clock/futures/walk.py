"""Every future that the law allows, walked day by day with a weight on each, and folded on the way.

After each Party's choice the Positions that are legally the same are made one and their weights added. So the work
grows with the Positions, which are few, and not with the histories, which are beyond number. Where every choice takes
the whole weight, the weights count the histories; where they share it out, they are the chances.

What the law makes of a situation on a day is worked out once, for all the weights that are held in it: those that
differ in what only the questions ask of a future (`Kept`) go the same ways side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from heapq import heappop, heappush
from operator import sub
from typing import Final, NamedTuple, Protocol, TypeVar

from review_clock.futures.choices import Asked, Choice, Occasions, between_reviews, for_notices, taking_back
from review_clock.futures.happenings import END, EXTENDED, NOTHING, Happening, Seen, Watch, What
from review_clock.futures.situations import FAR, Menu, Outcome, Situation, Situations
from review_clock.futures.weights import PARTS, Weight, parts_of
from review_clock.futures.worlds import ONE, World, Worlds
from review_clock.law.acts_and_lapses import Party
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Phase, Position
from review_clock.law.readings import Readings


class Weigher(Protocol):
    """How the weights of choices are given: see `chances` and, for counting, `explore`."""

    def weigh(self, weight: Weight, party: Party, menu: Sequence[Choice], day: date, world: World) -> Sequence[Weight]:
        """What each choice that a Party has on a day takes of a weight; 0 leaves one out. Asked only where there is
        more than one."""

    def may(self, choice: Choice, party: Party, day: date) -> bool:
        """Whether a Party may choose so on a day in any world: where not, it is not asked."""

    def era(self, day: date) -> int:
        """A number that is the same for days of the same month and day that are weighed alike."""


_DONE: Final = {
    Choice.GIVES_NOTICE: What.GIVES_NOTICE,
    Choice.TAKES_NOTICE_BACK: What.RESCINDS_NOTICE,
    Choice.CONFIRMS: What.CONFIRMS,
    Choice.CONFIRMS_AGAIN: What.CONFIRMS,
    Choice.CONFIRMS_BETWEEN: What.CONFIRMS,
}
"""What happens where a Party chooses so."""


class Held(NamedTuple):
    """A situation met in `year`, in a `world`."""

    situation: Situation
    year: int
    world: World = 0


class Kept(NamedTuple):
    """What is kept in mind of a future besides: the day that `ends` its term, whether that was `extended` since the
    walk began, what was `seen` of what is watched for."""

    ends: date
    extended: bool = False
    seen: Seen = 0


class _Meeting(NamedTuple):
    """A situation in the course of a day, with what happened on it; at a review that is open `asks` holds the Parties
    still to be asked, `confirming` those that will confirm."""

    situation: Situation
    happened: tuple[Happening, ...] = ()
    asks: tuple[Asked, ...] = ()
    confirming: tuple[Party, ...] = ()
    ended: Phase | None = None


class Way(NamedTuple):
    """What may come of a situation by the end of a day, what happened on the way, and its part of the weight."""

    situation: Situation
    happened: tuple[Happening, ...]
    ended: Phase | None
    part: Weight


Weights = dict[Kept, Weight]
Folded = dict[Held, Weights]
Meetings = dict[_Meeting, Weight]
Key = TypeVar("Key")


class Futures:
    """The futures from the end of the day `as_of` on, walked forward as far as asked.

    `whole` is the weight to begin with: 1 as a fraction, or `PARTS`, of which parts are taken; or 1 as a whole number,
    by which ways are counted. `watch` is asked what of each future need be kept in mind. What comes of a situation on a
    day of the year is worked out once, for the whole.
    """

    def __init__(
        self,
        start: Position,
        as_of: date,
        readings: Readings,
        weigher: Weigher,
        occasions: Occasions,
        whole: Weight = 1,
        *,
        worlds: Worlds = ONE,
        watch: Watch = NOTHING,
        situations: Situations | None = None,
    ) -> None:
        self._situations = situations or Situations(start, readings, occasions)
        self._weigher, self._occasions, self._worlds, self._watch, self._whole = (
            weigher,
            occasions,
            worlds,
            watch,
            whole,
        )
        self._days: list[date] = []
        self._waiting: dict[date, Folded] = {}
        self._ways: dict[tuple[Situation, int, int, int, World, int], tuple[Way, ...]] = {}
        self.ended: dict[tuple[Phase, bool], Weight] = {}
        """The weight that has ended, by cause, and by whether the term had been extended."""
        self.ended_on: dict[tuple[date, Phase], Weight] = {}
        """The weight that ended, by its first day without the Agreement, and by cause."""
        self.extended_on: dict[date, Weight] = {}
        """The weight extended for the first time, by the day."""
        self._seen_at_end: dict[Seen, Weight] = {}
        self._stage = watch.stage(as_of)
        assert start.term_end is not None
        there, kept = self._situations.of(start, as_of.year), Kept(start.term_end.day)
        ahead = self._ahead(as_of)
        for world, weight in worlds.begin(whole).items():
            self._wait(Held(there, as_of.year, world), {kept: weight}, as_of, ahead)

    def seen(self) -> dict[Seen, Weight]:
        """The whole weight, by what of what is watched for has happened."""
        found = dict(self._seen_at_end)
        for _, weights in self.live():
            for kept, weight in weights.items():
                _add(found, kept.seen, weight)
        return found

    def live(self) -> Iterator[tuple[Held, Weights]]:
        """The situations in which the Agreement is in force, each once, with their weights."""
        for folded in self._waiting.values():
            yield from folded.items()

    def ends_if_nobody_acts(self) -> dict[date, Weight]:
        """The weight by its first day without the Agreement, if nobody does anything more."""
        found: dict[date, Weight] = {}
        for held, weights in self.live():
            day = self._situations.ends_if_nobody_acts(held.situation)
            if day is not None:
                _add(found, held.situation.day_in(held.year, day), sum(weights.values()))
                continue
            for kept, weight in weights.items():
                _add(found, self._situations.over(kept.ends), weight)
        return found

    def advance(self, to: date) -> None:
        """Walk to the end of the day `to`."""
        while self._days and self._days[0] <= to:
            self._live_through(heappop(self._days))

    def _live_through(self, day: date) -> None:
        """Lapses first, then notices, then the review, as `ORDER_ON_ONE_DAY` has them; worlds switch before all."""
        waiting, folded = self._waiting.pop(day), dict[Held, Weights]()
        if day == self._worlds.next(day - ONE_DAY):
            waiting = self._switch(waiting, day)
        if self._stage != self._watch.stage(day):
            self._stage = self._watch.stage(day)
            waiting = self._seen_anew(waiting, day)
            self._waiting = {then: self._seen_anew(those, day) for then, those in self._waiting.items()}
        era = self._weigher.era(day)
        for held, weights in waiting.items():
            for there, those in self._with_near_ends(held, weights, day):
                self._spread(there, those, day, era, folded)
        ahead = self._ahead(day)
        for held, weights in folded.items():
            self._wait(held, weights, day, ahead)

    def _with_near_ends(self, held: Held, weights: Weights, day: date) -> Iterator[tuple[Held, Weights]]:
        """Those whose term ends in the year after, with that end, once a new year has come; and the others."""
        near = date(day.year + FAR, 1, 1)
        if held.situation.end_is_open and held.year < day.year and any(kept.ends < near for kept in weights):
            soon = {kept: weight for kept, weight in weights.items() if kept.ends < near}
            yield held._replace(situation=self._situations.near_its_end(held.situation)), soon
            weights = {kept: weight for kept, weight in weights.items() if kept.ends >= near}
        yield held, weights

    def _spread(self, held: Held, weights: Weights, day: date, era: int, into: Folded) -> None:
        """Share the weights out among the ways, the last taking all that is left; where ways are counted, as many."""
        *ways, last = self._ways_on(held, day, era)
        left = list(weights.values())
        for way in ways:
            shares = parts_of(weights.values(), way.part, self._whole)
            if self._whole == PARTS:
                left = list(map(sub, left, shares))
            self._go(held, way, weights, shares, day, into)
        if self._whole != PARTS and last.part != 1:
            left = parts_of(left, last.part, self._whole)
        self._go(held, last, weights, left, day, into)

    def _go(
        self, held: Held, way: Way, those: Collection[Kept], weights: Iterable[Weight], day: date, into: Folded
    ) -> None:
        """Go a way from what was held to the end of the day."""
        there = into.setdefault(Held(way.situation, day.year, held.world), {}) if way.ended is None else {}
        if not way.happened and way.ended is None:
            if not there:
                there.update(zip(those, weights, strict=True))
                return
            for kept, weight in zip(those, weights, strict=True):
                _add(there, kept, weight)
            return
        extends, ends = EXTENDED in way.happened, way.situation.matters.term_end
        ends = way.situation.day_in(day.year, ends) if ends and extends else None
        for kept, weight in zip(those, weights, strict=True):
            if extends and not kept.extended:
                _add(self.extended_on, day, weight)
            seen = self._watch.after(kept.seen, way.happened, day)
            after = Kept(ends or kept.ends, kept.extended or extends, seen)
            if way.ended is None:
                self._keep(there, after, weight, day)
            else:
                _add(self.ended, (way.ended, after.extended), weight)
                _add(self.ended_on, (day, way.ended), weight)
                _add(self._seen_at_end, seen, weight)

    def _keep(self, weights: Weights, kept: Kept, weight: Weight, day: date) -> None:
        """Add it to the others; not where nothing that is asked turns on it any more: it is not walked further."""
        if self._watch.is_settled(kept.seen, day):
            _add(self._seen_at_end, kept.seen, weight)
        else:
            _add(weights, kept, weight)

    def _seen_anew(self, folded: Folded, day: date) -> Folded:
        """A day by which something was watched for is over: what need be kept in mind is less."""
        after: Folded = {}
        for held, weights in folded.items():
            after[held] = {}
            for kept, weight in weights.items():
                self._keep(after[held], kept._replace(seen=self._watch.after(kept.seen, (), day)), weight, day)
        return after

    def _switch(self, folded: Folded, day: date) -> Folded:
        after: Folded = {}
        for held, weights in folded.items():
            for kept, weight in weights.items():
                for world, share in self._worlds.switched(weight, held.world, day).items():
                    _add(after.setdefault(held._replace(world=world), {}), kept, share)
        return after

    # ------------------------------------------------------------------------------------------ the ways of a day

    def _ways_on(self, held: Held, day: date, era: int) -> tuple[Way, ...]:
        key = (held.situation, day.year - held.year, day.month, day.day, held.world, era)
        if key not in self._ways:
            ended, met = list[Way](), dict[tuple[Situation, tuple[Happening, ...]], Weight]()
            for meeting, part in self._through(held, day).items():
                if meeting.ended is None:
                    _add(met, (meeting.situation, meeting.happened), part)
                else:
                    ended.append(Way(meeting.situation, meeting.happened, meeting.ended, part))
            self._ways[key] = (*ended, *(Way(there, happened, None, part) for (there, happened), part in met.items()))
        return self._ways[key]

    def _told(self, happened: Iterable[Happening]) -> tuple[Happening, ...]:
        """What need be known of what happened: an extension, and what is watched for."""
        return tuple(each for each in happened if each == EXTENDED or each in self._watch.happenings)

    def _through(self, held: Held, day: date) -> Meetings:
        """One situation, through the day."""
        passage = self._situations.passage(held.situation, day.year - held.year, day)
        happened = [Happening(What.LEAVES, party) for party in passage.departed]
        happened += [EXTENDED] if passage.extends else []
        if passage.ended is not None:
            told = self._told((*happened, *END[passage.ended]))
            return {_Meeting(passage.situation, told, ended=passage.ended): self._whole}
        met: Meetings = {_Meeting(passage.situation, self._told(happened), passage.asks): self._whole}
        for choice, menu in self._menus(day):
            for party in Party:
                if self._weigher.may(choice, party, day):
                    met = self._choose(met, party, day, menu, held.world)
        return self._review(met, day, held.world)

    def _menus(self, day: date) -> Iterator[tuple[Choice, Menu]]:
        """What may be chosen on a day, whether or not a review falls due: the act, and what the law then allows."""
        if self._occasions.is_for_notices(day):
            yield Choice.GIVES_NOTICE, for_notices
        if self._occasions.take_back:
            yield Choice.TAKES_NOTICE_BACK, taking_back
        if self._occasions.is_between(day):
            yield Choice.CONFIRMS_BETWEEN, between_reviews

    def _choose(self, met: Meetings, party: Party, day: date, menu: Menu, world: World) -> Meetings:
        """Let a Party choose among what the law allows it; while a review is open nothing lies between reviews."""
        after: Meetings = {}
        for meeting, weight in met.items():
            outcomes = self._situations.choices(menu, meeting.situation, party, day)
            if len(outcomes) < 2 or (meeting.asks and menu is between_reviews):
                _add(after, meeting, weight)
                continue
            for outcome, share in self._weighed(outcomes, weight, party, day, world):
                happened = (*meeting.happened, *self._told(_happened(outcome, party)))
                _add(after, _Meeting(outcome.situation, happened, meeting.asks), share)
        return after

    def _review(self, met: Meetings, day: date, world: World) -> Meetings:
        """Ask the Parties one after the other, where a review has fallen due; then conclude it."""
        after: Meetings = {}
        while met:
            before, met = met, {}
            for meeting, weight in before.items():
                if not meeting.asks:
                    _add(after, meeting, weight)
                    continue
                asks, rest = meeting.asks[0], meeting.asks[1:]
                outcomes = self._situations.at_review(meeting.situation, asks, day)
                for outcome, share in self._weighed(outcomes, weight, asks.party, day, world):
                    confirming = (*meeting.confirming, asks.party) if outcome.confirming else meeting.confirming
                    happened = (*meeting.happened, *self._told(_happened(outcome, asks.party)))
                    there = _Meeting(outcome.situation, happened, rest, confirming)
                    _add(met if rest else after, there if rest else self._concluded(there, day), share)
        return after

    def _concluded(self, meeting: _Meeting, day: date) -> _Meeting:
        situation, extends = self._situations.concluded(meeting.situation, meeting.confirming, day)
        return _Meeting(situation, (*meeting.happened, EXTENDED) if extends else meeting.happened)

    def _weighed(
        self, outcomes: Sequence[Outcome], weight: Weight, party: Party, day: date, world: World
    ) -> Iterator[tuple[Outcome, Weight]]:
        """Each outcome with its weight. One that is alone is no choice, and takes all."""
        if len(outcomes) == 1:
            yield outcomes[0], weight
            return
        shares = self._weigher.weigh(weight, party, [outcome.choice for outcome in outcomes], day, world)
        for outcome, share in zip(outcomes, shares, strict=True):
            if share:
                yield outcome, share

    # ------------------------------------------------------------------------------------------------- what is next

    def _ahead(self, since: date) -> date:
        """The next day for all: for notices, for confirmations between reviews, or on which worlds switch."""
        day, switch = self._occasions.next(since), self._worlds.next(since)
        return day if switch is None else min(day, switch)

    def _wait(self, held: Held, weights: Weights, since: date, ahead: date) -> None:
        """Let it wait for what comes next: a day for all, a lapse, the last day to take a notice back."""
        lapse = self._situations.next_lapse(held.situation)
        if lapse is None or not weights:
            return
        day = min(held.situation.day_in(held.year, lapse), ahead)
        if self._occasions.take_back:
            for _, effective in held.situation.matters.leaving:
                last = held.situation.day_in(held.year, effective) - ONE_DAY
                day = min(day, last) if last > since else day
        if day not in self._waiting:
            self._waiting[day] = {}
            heappush(self._days, day)
        there = self._waiting[day].setdefault(held, weights)
        if there is not weights:
            for kept, weight in weights.items():
                _add(there, kept, weight)


def _happened(outcome: Outcome, party: Party) -> list[Happening]:
    done = [Happening(_DONE[outcome.choice], party)] if outcome.choice in _DONE else []
    return [*done, EXTENDED] if outcome.extends else done


def _add(into: dict[Key, Weight], key: Key, weight: Weight) -> None:
    into[key] = into[key] + weight if key in into else weight
