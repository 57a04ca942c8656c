"""The walk: from entry into force, every position that is legally distinct, by every act on every day of a short year.

A *year* here has a few days (`Year`), chosen so that what is counted from one of them falls on one of them again: the
days of reviews, of the end of terms and of departures are then days of it, with their neighbours. On each of its days
every act of the grammar is tried, alone and with others of the day; and time passes. So each act is tried before, on
and after each boundary.

Three things make the walk finite, and each is verified by a test that compares histories taken for the same: what can
still matter (`equivalence.what_matters`); that Chapter 34 knows no year by name (a position is told by its distance
from the end of its term; where the end of February can matter, by its distance in fours, and from 2084 on, whose terms
reach the year 2100 that has no 29 February, not at all); and that it knows no Party by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final, NamedTuple

from review_clock.futures.equivalence import Matters, what_matters
from review_clock.law.acts_and_lapses import (
    ACTS,
    Act,
    Confirmation,
    EntryIntoForce,
    Event,
    NonConfirmation,
    Note,
    Party,
    ReviewConcluded,
    ReviewHeld,
    ReviewScheduled,
    Stance,
    StatedPosition,
    WithdrawalNotice,
    WithdrawalRescinded,
    in_order,
)
from review_clock.law.chapter_34 import Refusal, Transition, contradicted, falls_next, row_for, step
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Phase, Position, Review
from review_clock.law.readings import Readings
from tests.proof.walk import second_reading
from tests.proof.walk.acts import AWKWARD_DAYS, SAID, Year, acts_on, amendments_on, told
from tests.proof.walk.second_reading import Meeting, Said, Seen, State


class Way(NamedTuple):
    """What may happen on a day: it leads to a place, met there so many `years` after it was first reached."""

    day: date
    acts: bool
    to: Place
    years: int


@dataclass(slots=True, eq=False)
class Place:
    """A position on the walk, as it was reached: from `since` on something may be done.

    `state` is the same in the second reading. `parent` and `events` tell the history that led to it, `others` some of
    the histories that are taken for the same; `ways` are those that lead on. Where it was reached again, and earlier in
    its own time, `first` is the place as it was reached first, so many `years` before.
    """

    key: Any
    position: Position
    state: State
    since: date
    parent: Place | None
    events: tuple[Event, ...]
    number: int = 0
    others: list[tuple[Place, tuple[Event, ...], Position]] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    first: Place | None = None
    years: int = 0

    def history(self) -> list[Event]:
        """Everything that happened, lapses included."""
        found: list[Event] = []
        at: Place | None = self
        while at is not None:
            found[:0] = at.events
            at = at.parent
        return found


class Disagreement(AssertionError):
    """The two readings of the law differ, or a sentence that holds of every position does not hold of one."""


STAGES: Final = {
    Phase.NOT_IN_FORCE: "before",
    Phase.SIX_YEAR_CYCLE: "cycle",
    Phase.REVIEW_OPEN: "review",
    Phase.ANNUAL_REVIEWS: "annual",
    Phase.EXPIRED: "expired",
    Phase.ENDED_BY_WITHDRAWAL: "left",
}


def _meeting(review: Review | None) -> Meeting | None:
    if review is None:
        return None
    return Meeting(review.kind == "six_year", review.due.day, review.scheduled, review.held_on, review.concluded_on)


def seen(p: Position) -> Seen:
    """What of a Position is compared."""
    return Seen(
        STAGES[p.phase],
        p.provision,
        frozenset(str(party) for party in p.parties),
        frozenset(str(each.party) for each in p.confirmed),
        tuple((str(each.party), each.effective.day) for each in p.leaving),
        p.term_end.day if p.term_end else None,
        p.term > 1,
        _meeting(p.review),
        _meeting(p.next_review),
    )


@dataclass
class Walk:
    """A walk under one set of readings to the end of the year `horizon`; `places` are found in the order of time.

    At each `tried_at`-th place every act is tried besides on every boundary and every awkward day before time brings
    something: what it leads to is a position of the walk too (`leaves`), from which the walk does not go on.
    """

    year: Year
    readings: Readings
    horizon: int
    tried_at: int = 1
    transitions: int = 0
    refusals: int = 0
    dates: set[date] = field(default_factory=set)
    rows: set[Transition | Refusal] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    leaves: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._said: Said = self.readings.as_dict()
        self._known: dict[Any, Place] = {}
        self._keys: dict[Matters, Any] = {}
        self._ahead: list[tuple[date, int, Place, date]] = []
        self._turn = count()
        self._last = date(self.horizon, 12, 31)

    # ------------------------------------------------------------------------------------------ what is the same

    def key(self, position: Position) -> Any:
        """Equal for positions with the same future, but for the years and for the names of the Parties."""
        matters = what_matters(position, self.readings)
        if matters not in self._keys:
            self._keys[matters] = self._key(matters)
        return self._keys[matters]

    def _key(self, matters: Matters) -> Any:
        if matters.term_end is None:
            return matters.phase
        end = matters.term_end.year
        base = 0 if self.year.alike_after > 1 and end >= 2084 else end - end % self.year.alike_after
        return (base == 0, *_from(self._without_names(matters), base))

    @staticmethod
    def _without_names(matters: Matters) -> tuple[Any, ...]:
        leaves = {party: (effect,) for party, effect in matters.leaving}
        parties = sorted((party in matters.confirmed, *leaves.get(party, ())) for party in matters.parties)
        return (matters.phase, tuple(parties), *matters[4:])

    # ------------------------------------------------------------------------------------------ going

    def go(self) -> Walk:
        """Walk it all."""
        entry = EntryIntoForce(on=self.year.entry, source=SAID)
        start = Place(self.key(Position()), Position(), State(), self.year.entry, None, ())
        self._nothing_is_allowed(start, but=EntryIntoForce)
        self.rows.add(row_for(start.position, entry, self.readings))
        position, state = self._done(start.position, start.state, entry)
        self._reach(start, (entry,), position, state, entry.on + ONE_DAY)
        while self._ahead:
            since, _, place, until = heappop(self._ahead)
            self._from(place, since, until)
        return self

    @property
    def reached(self) -> list[Place]:
        """Every position that was reached: those from which the walk went on, and those from which it did not."""
        return [*self.places, *(leaf for leaf in self.leaves if self._known[leaf.key] is leaf)]

    def _reach(self, parent: Place, events: tuple[Event, ...], position: Position, state: State, since: date) -> None:
        self.transitions += 1
        key = self.key(position)
        known = self._known.get(key)
        if known is None or known.number < 0:
            known = Place(key, position, state, since, parent, events, len(self.places))
            self._known[key] = known
            self.places.append(known)
            self._go_on_from(known, since, NEVER)
        elif len(known.others) < 2:
            known.others.append((parent, events, position))
        years = _years_between(known.position, position)
        way = Way(years_on(events[0].on, -parent.years), isinstance(events[0], ACTS), known, years - parent.years)
        (parent.first or parent).ways.append(way)
        if years_on(since, -years) < known.since:  # earlier in its own time: what may be done in between
            again = Place(key, position, state, since, parent, events, known.number, first=known, years=years)
            self._go_on_from(again, since, years_on(known.since, years))
            known.since = years_on(since, -years)

    def _go_on_from(self, place: Place, since: date, until: date) -> None:
        if since <= self._last:
            heappush(self._ahead, (since, next(self._turn), place, until))

    def _from(self, place: Place, since: date, until: date) -> None:
        """What may be done from `since` on and before `until`; and what time brings, where that is not known yet."""
        position = place.position
        lapse = falls_next(position, self.readings)
        if lapse is None:
            self._nothing_is_allowed(place)
            return
        if lapse.on < since:
            raise Disagreement(f"{lapse} is of the past: {place.history()}")
        for day in self.year.between(since, min(lapse.on - ONE_DAY, until - ONE_DAY, self._last)):
            self.dates.add(day)
            self._on(place, day, position, place.state, ())
        if until != NEVER:
            return
        self._whatever_the_day(place, since, lapse.on)
        if place.number % self.tried_at == 0:
            for day in self._boundaries(place.position, since, lapse.on):
                self.dates.add(day)
                self._try(place, day)
        if lapse.on <= self._last:
            self.dates.add(lapse.on)
            self._time_passes(place, lapse.on)

    def _time_passes(self, place: Place, day: date) -> None:
        """All that falls on a day, in both readings."""
        position, events = place.position, list[Event]()
        while (lapse := falls_next(position, self.readings)) is not None and lapse.on == day:
            self.rows.add(row_for(position, lapse, self.readings))
            position = step(position, lapse, self.readings)
            if lapse in events:
                raise Disagreement(f"{lapse} comes for ever: {place.history()}")
            events.append(lapse)
        state = second_reading.on_its_day(place.state, day, self._said)
        self._agree(position, state, place, events)
        self._reach(place, tuple(events), position, state, day)

    def _on(self, place: Place, day: date, position: Position, state: State, today: tuple[Act, ...]) -> None:
        """Every act that the day allows after those of `today`, and all that may follow it on the same day."""
        order = in_order(today[-1]) if today else None
        for act in acts_on(position, day, self.readings, self.year, self.year.kinds, today):
            if order is not None and (in_order(act) <= order or contradicted(act, today) is not None):
                continue
            found = self._told_twice(place, day, position, state, act, today)
            if found is None:
                continue
            done = (*today, act)
            self._reach(place, done, *found, day + ONE_DAY)
            if len(done) < self.year.at_once:
                self._on(place, day, *found, done)

    def _boundaries(self, p: Position, since: date, lapse: date) -> list[date]:
        """Before and on what time brings next, and after what it brought last; the days around the last notice, and
        around the day that the text gives a review; awkward days. Days on which the walk goes on are left out."""
        missing = self._said["missing_day"]
        assert p.term_end is not None
        around = [second_reading.months_on(p.term_end.day, -6, missing), p.term_end.day]
        around += [p.next_review.due.day] if p.next_review is not None else []
        days = {since, since + ONE_DAY, lapse - ONE_DAY, lapse - 2 * ONE_DAY}
        days |= {day + n * ONE_DAY for day in around for n in (-1, 0, 1)}
        first, last = since, min(lapse - ONE_DAY, self._last)
        days |= set(AWKWARD_DAYS.between(first, last))
        return sorted(day for day in days if first <= day <= last and (day.month, day.day) not in self.year.days)

    def _try(self, place: Place, day: date) -> None:
        """Every act of every kind on `day`, alone."""
        for act in acts_on(place.position, day, self.readings, self.year):
            found = self._told_twice(place, day, place.position, place.state, act, ())
            if found is None:
                continue
            self.transitions += 1
            key = self.key(found[0])
            if key not in self._known:
                self._known[key] = leaf = Place(key, *found, day + ONE_DAY, place, (act,), -1 - len(self.leaves))
                self.leaves.append(leaf)

        for act in amendments_on(place.position, day, self.year):
            self.transitions += self._told_twice(place, day, place.position, place.state, act, ()) is not None

    def _told_twice(
        self, place: Place, day: date, position: Position, state: State, act: Act, today: tuple[Act, ...]
    ) -> tuple[Position, State] | None:
        """What an act leads to, in both readings of the law; None where both refuse it."""
        row = row_for(position, act, self.readings)
        self.rows.add(row)
        then = second_reading.done(state, day, **told(act), said=self._said)
        if isinstance(row, Refusal) != (then is None):
            raise Disagreement(f"{act} after {place.history()} {today}: {row}; {then}")
        if then is None:
            self.refusals += 1
            return None
        after = step(position, act, self.readings)
        self._agree(after, then, place, [*today, act])
        return after, then

    def _done(self, position: Position, state: State, act: Act) -> tuple[Position, State]:
        then = second_reading.done(state, act.on, **told(act), said=self._said)
        assert then is not None
        return step(position, act, self.readings), then

    def _agree(self, position: Position, state: State, place: Place, events: list[Event]) -> None:
        one, other = seen(position), second_reading.seen(state)
        if one != other:
            different = [name for name in Seen._fields if getattr(one, name) != getattr(other, name)]
            values = [(getattr(one, name), getattr(other, name)) for name in different]
            raise Disagreement(f"{different} {values} after {[*place.history(), *events]}")

    # ------------------------------------------------------------------------------------------ what may be done

    def _whatever_the_day(self, place: Place, since: date, lapse: date) -> None:
        """What changes nothing, or is refused, on whichever day it is done."""
        day = min(self.year.after(since), lapse)
        for act in (
            EntryIntoForce(on=day, source=SAID),
            Note(on=day, source=SAID),
            *(StatedPosition(on=day, party=party, stance=Stance.UNDECIDED, source=SAID) for party in Party),
            *(
                kind(on=day, party=party, source=SAID)
                for party in set(Party) - place.position.parties
                for kind in (Confirmation, NonConfirmation, WithdrawalNotice, WithdrawalRescinded)
            ),
        ):
            self._tried(place, act)

    def _nothing_is_allowed(self, place: Place, but: type[Act] = Note) -> None:
        """Before entry and after the end nothing but a note is provided for, and `but`, which is not tried here."""
        day = self.year.after(place.since)
        for party in Party:
            for kind in (Confirmation, NonConfirmation, WithdrawalNotice, WithdrawalRescinded):
                self._tried(place, kind(on=day, party=party, source=SAID))
            self._tried(place, StatedPosition(on=day, party=party, stance=Stance.EXTEND, source=SAID))
        for act in (
            *(ReviewHeld(on=day, source=SAID, early=early) for early in (False, True)),
            ReviewConcluded(on=day, source=SAID),
            ReviewScheduled(on=day, source=SAID, day=self.year.after(day)),
            EntryIntoForce(on=day, source=SAID),
            Note(on=day, source=SAID),
        ):
            if not isinstance(act, but):
                self._tried(place, act)

    def _tried(self, place: Place, act: Act) -> None:
        """An act that is refused, or after which everything that matters is as it was."""
        row = row_for(place.position, act, self.readings)
        self.rows.add(row)
        then = second_reading.done(place.state, act.on, **told(act), said=self._said)
        if isinstance(row, Refusal):
            self.refusals += 1
            right = then is None
        else:
            self.transitions += 1
            right = then == place.state and self.key(step(place.position, act, self.readings)) == place.key
        if not right:
            raise Disagreement(f"{act} after {place.history()}: {row}; {then}")


NEVER: Final = date.max


def years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years) if years else day


def _years_between(one: Position, other: Position) -> int:
    """How many years later the second of two positions lies that are otherwise the same."""
    if not one.in_force or one.term_end is None or other.term_end is None:
        return 0
    return other.term_end.day.year - one.term_end.day.year


def _from(value: Any, base: int) -> Any:
    """Days told by their distance in years from `base`."""
    kind = type(value)
    if kind is date:
        return (value.year - base, value.month, value.day)
    if kind is tuple:
        return tuple([_from(each, base) for each in value])
    return value
