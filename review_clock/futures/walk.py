"""Every future that the law allows, walked day by day with a weight on each, and folded on the way.

After each Party's choice the Positions that are legally the same are made one and their weights added. So the work
grows with the Positions, which are few, and not with the histories, which are beyond number. Where every choice takes
the whole weight, the weights count the histories; where they share it out, they are the chances.

What the law makes of a situation on a day is worked out once, for all the weights that are held in it: those that
differ in what only the questions ask of a future (`Kept`) go the same ways side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from typing import Final, NamedTuple, Protocol, TypeVar, cast

from review_clock.futures.choices import Asked, Choice, Occasions, between_reviews, for_notices, taking_back
from review_clock.futures.happenings import END, EXTENDED, NOTHING, Happening, Seen, Watch, What
from review_clock.futures.situations import FAR, Menu, Outcome, Situation, Situations
from review_clock.futures.weights import Weight, taking
from review_clock.futures.worlds import ONE, World, Worlds
from review_clock.law.acts_and_lapses import Party
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Phase, Position
from review_clock.law.readings import Readings


class Weigher(Protocol):
    """How the weights of choices are given: see `weighing` and, for counting, `explore`."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """What came of a situation by the end of a day, where that is to be told. Each is made once."""

    situation: Situation
    happened: tuple[Happening, ...]
    ended: Phase | None


class Where(NamedTuple):
    """What situations are held under: the year in which they were met, the world, what is kept in mind besides."""

    year: int
    world: World
    kept: Kept


Folded = dict[Situation, Weight]
There = Situation | Way
Ways = tuple[tuple[tuple[There, Weight], ...], tuple[There, Weight]]
"""Where the ways of a day lead, each with its part: all but the last, and the last."""
OfAYear = tuple[int, int, int]
"""So many years on, the month, the day."""
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
        self._waiting: dict[date, dict[Where, Folded]] = {}
        self._ways: dict[tuple[int, int, int, World, int], dict[Situation, Ways]] = {}
        self._told: dict[tuple[Situation, tuple[Happening, ...], Phase | None], Way] = {}
        self._asked_on: dict[date, list[tuple[Menu, Party]]] = {}
        self._next: dict[tuple[int, ...], dict[Situation, OfAYear | None]] = {}
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
        for world, weight in worlds.begin(whole).items():
            self._wait(Where(as_of.year, world, kept), {there: weight}, as_of)

    def seen(self) -> dict[Seen, Weight]:
        """The whole weight, by what of what is watched for has happened."""
        found = dict(self._seen_at_end)
        for where, folded in self.live():
            _add(found, where.kept.seen, sum(folded.values()))
        return found

    def live(self) -> Iterator[tuple[Where, Folded]]:
        """The situations in which the Agreement is in force, with their weights."""
        for waiting in self._waiting.values():
            yield from waiting.items()

    def ends_if_nobody_acts(self) -> dict[date, Weight]:
        """The weight by its first day without the Agreement, if nobody does anything more."""
        found: dict[date, Weight] = {}
        for where, folded in self.live():
            over = self._situations.over(where.kept.ends)
            for situation, weight in folded.items():
                day = self._situations.ends_if_nobody_acts(situation)
                _add(found, over if day is None else situation.day_in(where.year, day), weight)
        return found

    def advance(self, to: date) -> None:
        """Walk to the end of the day `to`."""
        while self._days and self._days[0] <= to:
            self._live_through(heappop(self._days))

    def _live_through(self, day: date) -> None:
        """Lapses first, then notices, then the review, as `ORDER_ON_ONE_DAY` has them; worlds switch before all."""
        if self._stage != self._watch.stage(day):
            self._stage = self._watch.stage(day)
            self._waiting = {then: self._seen_anew(those, day) for then, those in self._waiting.items()}
        waiting = self._waiting.pop(day)
        if day == self._worlds.next(day - ONE_DAY):
            waiting = self._switch(waiting, day)
        era, after = self._weigher.era(day), dict[Where, Folded]()
        for where, folded in waiting.items():
            if where.kept.ends.year < day.year + FAR and where.year < day.year:
                folded = {self._situations.near_its_end(each): weight for each, weight in folded.items()}
            self._spread(where, folded, day, era, after)
        for where, folded in after.items():
            self._wait(where, folded, day)

    def _spread(self, where: Where, folded: Folded, day: date, era: int, after: dict[Where, Folded]) -> None:
        """Share the weights out among the ways, the last taking all that is left; where ways are counted, as many."""
        years, take, counted = day.year - where.year, taking(self._whole), self._whole == 1
        known = self._ways.setdefault((years, day.month, day.day, where.world, era), {})
        into = cast("dict[There, Weight]", after.setdefault(where._replace(year=day.year), {}))
        for situation, weight in folded.items():
            if situation not in known:
                known[situation] = self._ways_of(situation, years, day, where.world)
            ways, (last, rest) = known[situation]
            left = weight
            for there, part in ways:
                share = take(weight, part)
                left = left - share
                into[there] = into[there] + share if there in into else share
            share = take(weight, rest) if counted else left
            into[last] = into[last] + share if last in into else share
        for way in [each for each in into if isinstance(each, Way)]:
            self._tell(way, where, into.pop(way), day, after)

    def _tell(self, way: Way, where: Where, weight: Weight, day: date, after: dict[Where, Folded]) -> None:
        """Keep in mind what happened, or that it ended."""
        _, world, (ends, extended, seen) = where
        if EXTENDED in way.happened:
            if not extended:
                _add(self.extended_on, day, weight)
            own = way.situation.matters.term_end
            ends, extended = way.situation.day_in(day.year, own) if own else ends, True
        seen = self._watch.after(seen, way.happened, day)
        if way.ended is not None:
            _add(self.ended, (way.ended, extended), weight)
            _add(self.ended_on, (day, way.ended), weight)
        if way.ended is not None or self._watch.is_settled(seen, day):
            _add(self._seen_at_end, seen, weight)  # nothing asked turns on it any more: it is not walked further
        else:
            there = after.setdefault(Where(day.year, world, Kept(ends, extended, seen)), {})
            _add(there, way.situation, weight)

    def _seen_anew(self, waiting: dict[Where, Folded], day: date) -> dict[Where, Folded]:
        """A day by which something was watched for is over: what need be kept in mind is less."""
        after: dict[Where, Folded] = {}
        for where, folded in waiting.items():
            seen = self._watch.after(where.kept.seen, (), day)
            if self._watch.is_settled(seen, day):
                _add(self._seen_at_end, seen, sum(folded.values()))
                continue
            there = after.setdefault(where._replace(kept=where.kept._replace(seen=seen)), {})
            for situation, weight in folded.items():
                _add(there, situation, weight)
        return after

    def _switch(self, waiting: dict[Where, Folded], day: date) -> dict[Where, Folded]:
        after: dict[Where, Folded] = {}
        for where, folded in waiting.items():
            for situation, weight in folded.items():
                for world, share in self._worlds.switched(weight, where.world, day).items():
                    _add(after.setdefault(where._replace(world=world), {}), situation, share)
        return after

    # ------------------------------------------------------------------------------------------ the ways of a day

    def _ways_of(self, situation: Situation, years: int, day: date, world: World) -> Ways:
        parts: dict[There, Weight] = {}
        for meeting, part in self._through(situation, years, day, world).items():
            there: There = meeting.situation
            if meeting.happened or meeting.ended is not None:
                way = (meeting.situation, meeting.happened, meeting.ended)
                there = self._told.setdefault(way, Way(*way))
            _add(parts, there, part)
        *ways, last = parts.items()
        return tuple(ways), last

    def _telling(self, happened: Iterable[Happening]) -> tuple[Happening, ...]:
        """What need be known of what happened: an extension, and what is watched for."""
        return tuple(each for each in happened if each == EXTENDED or each in self._watch.happenings)

    def _through(self, situation: Situation, years: int, day: date, world: World) -> Meetings:
        """One situation, met so many `years` ago, through the day."""
        passage = self._situations.passage(situation, years, day)
        happened = [Happening(What.LEAVES, party) for party in passage.departed]
        happened += [EXTENDED] if passage.extends else []
        if passage.ended is not None:
            told = self._telling((*happened, *END[passage.ended]))
            return {_Meeting(passage.situation, told, ended=passage.ended): self._whole}
        met: Meetings = {_Meeting(passage.situation, self._telling(happened), passage.asks): self._whole}
        if day not in self._asked_on:
            menus = [(menu, party, choice) for choice, menu in self._menus(day) for party in Party]
            self._asked_on[day] = [each[:2] for each in menus if self._weigher.may(each[2], each[1], day)]
        last = self._situations.last_to_take_back(passage.situation, day)
        for menu, party in self._asked_on[day]:
            if menu is not taking_back or party in last:
                met = self._choose(met, party, day, menu, world)
        return self._review(met, day, world)

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
                happened = (*meeting.happened, *self._telling(_happened(outcome, party)))
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
                    happened = (*meeting.happened, *self._telling(_happened(outcome, asks.party)))
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

    def _wait(self, where: Where, folded: Folded, since: date) -> None:
        """Let them wait for what comes next: a day for all, or one of their own."""
        year, ahead = since.year, self._ahead(since)
        span = (since.month, since.day, ahead.year - year, ahead.month, ahead.day)
        known, places = self._next.setdefault(span, {}), dict[OfAYear | None, Folded]()
        for situation, weight in folded.items():
            if situation not in known:
                days = [situation.day_in(year, own) for own in self._situations.next_days(situation)]
                own = min((day for day in days if since < day < ahead), default=None)
                known[situation] = (own.year - year, own.month, own.day) if own else None
            then = known[situation]
            if then not in places:
                places[then] = self._held_on(date(year + then[0], *then[1:]) if then else ahead, where)
            there = places[then]
            there[situation] = there[situation] + weight if situation in there else weight

    def _held_on(self, day: date, where: Where) -> Folded:
        if day not in self._waiting:
            self._waiting[day] = {}
            heappush(self._days, day)
        return self._waiting[day].setdefault(where, {})


def _happened(outcome: Outcome, party: Party) -> list[Happening]:
    done = [Happening(_DONE[outcome.choice], party)] if outcome.choice in _DONE else []
    return [*done, EXTENDED] if outcome.extends else done


def _add(into: dict[Key, Weight], key: Key, weight: Weight) -> None:
    into[key] = into[key] + weight if key in into else weight
