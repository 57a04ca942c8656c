"""What a timeline comes to, seen from a day, and how far that differs under the other readings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from review_clock.law.acts_and_lapses import Confirmation, Party
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import ENDED, Phase, Review
from review_clock.law.readings import Readings
from review_clock.law.under_readings import Combinations
from review_clock.questions.facts import End, Extended, OtherEnd
from review_clock.questions.last_review import PartyOn
from review_clock.questions.premises import Premises
from review_clock.scenarios.assume import NotAssumable
from review_clock.timeline.unfold import Timeline, as_far_as_lawful

_BECAUSE: Final = {Phase.EXPIRED: "term", Phase.ENDED_BY_WITHDRAWAL: "withdrawals"}


@dataclass(frozen=True, slots=True)
class Course:
    """What a timeline comes to, seen from a day: the facts that readings may move."""

    end: tuple[date, str] | None
    out: tuple[tuple[Party, date], ...]
    extended: tuple[date, date] | None
    review: tuple[str, date] | None


def _end(line: Timeline) -> tuple[date, str] | None:
    over = (m for m in line.moments if m.position.phase in ENDED)
    return next(((m.event.on, _BECAUSE[m.position.phase]) for m in over), None)


def _last_extension(line: Timeline, as_of: date) -> tuple[date, date] | None:
    """The day of the last extension and the day with which its term ends."""
    found, term = None, 1
    for moment in line.moments:
        position = moment.position
        if position.term > term and position.term_end is not None and moment.event.on <= as_of:
            found, term = (moment.event.on, position.term_end.day), position.term
    return found


def made_by(line: Timeline, on: date) -> tuple[PartyOn, ...]:
    """The confirmations that made the extension of a day, of the Parties bound after it."""
    made: dict[Party, date] = {}
    for before, moment in pairwise(line.moments):
        position, event = moment.position, moment.event
        if position.term > before.position.term and event.on == on:
            made = {each.party: each.on for each in before.position.confirmed if each.party in position.parties}
            made |= {event.party: event.on} if isinstance(event, Confirmation) else {}
    return tuple(PartyOn(party=party, on=made[party]) for party in sorted(made))


def course(line: Timeline, as_of: date) -> Course:
    review = line.review_ahead(as_of)
    return Course(
        end=_end(line),
        out=tuple((each.party, each.effective.day) for each in line.final.left),
        extended=_last_extension(line, as_of),
        review=(review.key, review.falls_due) if review else None,
    )


class OverReadings:
    """The course under every combination of readings that moves it."""

    def __init__(self, premises: Premises) -> None:
        def under(readings: Readings) -> Course | None:
            try:
                there = replace(premises, readings=readings)
                line = as_far_as_lawful(there.known.acts, readings) if there.scenario is None else there.present
                return course(line, premises.as_of)
            except (NotAssumable, NotProvidedFor):
                return None

        law, self._here = premises.law, premises.readings
        self._combinations = Combinations(self._here, law.alternatives(self._here), under)
        self._matter = self._combinations.that_matter()
        self._all = [found for _, found in self._combinations.all(self._matter)]

    def span(self, days: list[date | None], here: date) -> tuple[date, date]:
        """The earliest and the latest of days, the one under the readings chosen among them."""
        found = [day for day in days if day is not None] or [here]
        return min(found), max(found)

    def end(self, here: tuple[date, str]) -> End:
        """The end with its span."""
        earliest, latest = self.span([each.end[0] if each.end else None for each in self._all], here[0])
        return End(date=here[0], last_day=here[0] - ONE_DAY, because=here[1], earliest=earliest, latest=latest)

    def review(self, here: Review) -> tuple[date, date]:
        """The earliest and the latest day of one review."""
        days = [each.review[1] for each in self._all if each.review is not None and each.review[0] == here.key]
        return self.span([*days], here.falls_due)

    def extended(self, here: tuple[date, date], made_by: tuple[PartyOn, ...]) -> Extended:
        """The last extension with the days that other readings give its end."""
        others = []
        for key, value in self._matter:
            there = self._combinations.under(self._here.but(key, value))
            if there is not None and there.extended != here:
                others.append(OtherEnd(key=key, value=value, date=there.extended[1] if there.extended else None))
        return Extended(on=here[0], to=here[1], confirmed=made_by, other_readings=tuple(others))
