"""The facts that a headline may use, whole in every state: who is bound, until when, why, and what could change it.

Every day that a first sentence says stands here under the name that the sentence gives it. A rendering picks among
these and computes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import ClassVar, Final

from review_clock import __version__
from review_clock.files import HIDDEN
from review_clock.law.acts_and_lapses import (
    Confirmation,
    Party,
    WithdrawalNotice,
    WithdrawalRescinded,
)
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.counting import ONE_DAY, months_after, starting
from review_clock.law.effects import NOTICE_MONTHS
from review_clock.law.position import ENDED, Phase, Review, Withdrawal
from review_clock.law.readings import Readings
from review_clock.law.under_readings import Combinations
from review_clock.questions.amended import Amended, amendments
from review_clock.questions.last_review import LastReview, PartyOn, last_review, unrecorded
from review_clock.questions.premises import Premises
from review_clock.questions.public_deadline import PublicDeadline, public_deadlines
from review_clock.scenarios.assume import NotAssumable
from review_clock.timeline.unfold import Timeline, as_far_as_lawful


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The first day without the Agreement if nobody acts from now on, the last day with it, and why it ends.

    `because` is `term` (Art. 34.7(1)) or `withdrawals` (Art. 34.6), also when it is past; `amended` says that the term
    ends when an amendment has it end (Art. 34.3, not read). `earliest` and `latest` are the same day over the readings.
    """

    date: datetime.date
    last_day: datetime.date
    because: str
    amended: bool = False
    earliest: datetime.date
    latest: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningNotice:
    """A notice of withdrawal that runs: the day it takes effect, and the last day to take it back, None where it cannot
    be (reading R9). Art. 34.6."""

    party: Party
    notice: date
    effective: date
    last_day_to_rescind: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A Party that has left: the day of its notice, and the first day on which it is not bound. Art. 34.6."""

    party: Party
    notice: date
    effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RescindedNotice:
    """A notice of withdrawal that was taken back: its day, and the day on which it was. Art. 34.6; reading R9."""

    party: Party
    notice: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarliestExit:
    """The first day on which a Party bound, with no notice running, would be out if it gave notice on the day `notice`.

    The count of Art. 34.6 alone: domestic steps are not in it.
    """

    date: datetime.date
    notice: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEnd:
    """The day with which the extended term ends under another reading, None where under it nothing was extended."""

    key: str
    value: str
    date: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """The last extension: its day, the day with which the new term ends, that day under other readings (R1), and the
    confirmations that made it. Once an amendment has set the end, no reading gives it another."""

    on: date
    to: date
    confirmed: tuple[PartyOn, ...]
    other_readings: tuple[OtherEnd, ...]

    @property
    def other_days(self) -> list[datetime.date]:
        """The days with which the term ends under other readings, each once, the earliest first."""
        return sorted({other.date for other in self.other_readings if other.date is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class NextReview:
    """The next joint review that would meet before the end if nobody acts, and how its day is known.

    `day_is` is `by_law`, `set` or `inferred`; `edtf` (ISO 8601-2) speaks of the day under the readings chosen; `date`
    is None where they give none. `earliest` and `latest` are over the readings that give one. Art. 34.7(2), (4), (5).
    `amended` says that an amendment set the day (Art. 34.3, not read).
    """

    date: datetime.date | None
    kind: str
    day_is: str
    edtf: str
    amended: bool = False
    earliest: datetime.date
    latest: datetime.date


@dataclass(frozen=True, kw_only=True)  # no slots: what costs more than a position is worked out when asked for
class Answer:
    """Everything that a headline may say of a day. `between` are the Parties bound; it is in force where there are any.

    `since` is the day of entry into force; `unrecorded` are the days of reviews whose outcome the record does not give;
    `years_without_review` are the years, from that of the day on, for which Art. 34.7(4) has a review but none falls;
    `amended` are the amendments assumed to the day; `confirmed` are the confirmations that count toward the next
    extension; `public` is the next date on which somebody outside a government can act. `verified_on` is None where
    nobody had verified the record by `known_on`; `beyond_record` says that the day lies after the last verification.
    """

    as_of: date
    known_on: date | None
    readings: Readings
    assumed: tuple[str, ...]
    verified_on: date | None
    beyond_record: bool
    since: date | None
    in_force: bool
    phase: str
    provision: str
    between: tuple[Party, ...]
    left: tuple[Left, ...]
    notices: tuple[RunningNotice, ...]
    rescinded: tuple[RescindedNotice, ...]
    ends: End | None
    earliest_exit: EarliestExit | None
    extended: Extended | None
    amended: tuple[Amended, ...]
    next_review: NextReview | None
    last_review: LastReview | None
    unrecorded: tuple[date, ...]
    years_without_review: tuple[int, ...]
    confirmed: tuple[PartyOn, ...]
    version: str
    premises: Premises = field(metadata=HIDDEN, repr=False, compare=False)

    WORKED_OUT: ClassVar = ("review_at_latest", "public", "act_by", "digests")
    """What a document shows besides the fields."""

    def is_moot(self, notice: RunningNotice) -> bool:
        """Whether a notice would take effect only when the Agreement is over for all."""
        if self.ends is None or notice.effective < self.ends.date:
            return False
        return notice.effective > self.ends.date or self.ends.because == "term"

    @property
    def leaving(self) -> tuple[RunningNotice, ...]:
        """The notices that take effect while the Agreement is in force for others, or end it."""
        return tuple(each for each in self.notices if not self.is_moot(each))

    @property
    def departures(self) -> dict[Party, Left | RunningNotice]:
        """Each country that has left, or leaves by a notice that runs, with the first day on which it is not bound."""
        gone: tuple[Left | RunningNotice, ...] = (*self.left, *self.leaving)
        return {each.party: each for each in gone}

    @property
    def staying(self) -> tuple[Party, ...]:
        """The Parties bound that do not leave by a notice that runs."""
        return tuple(party for party in self.between if party not in self.departures)

    @cached_property
    def review_at_latest(self) -> bool:
        """Whether the law gives the next review a last day and not a day, as after an extension: Art. 34.7(3)."""
        return self.next_review is not None and self.next_review.day_is == "by_law" and self.extended is not None

    @cached_property
    def _public(self) -> tuple[PublicDeadline | None, PublicDeadline | None]:
        return public_deadlines(self.premises)

    @cached_property
    def public(self) -> PublicDeadline | None:
        """The next date that concerns somebody outside a government; None where there is none."""
        return self._public[0]

    @cached_property
    def act_by(self) -> PublicDeadline | None:
        """The next date by which somebody outside a government can do something; None where there is none."""
        return self._public[1]

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Digests of law and record: two answers from the same carry the same."""
        return {"law": self.premises.law.digest, "record": self.premises.record.digest}


_BECAUSE: Final = {Phase.EXPIRED: "term", Phase.ENDED_BY_WITHDRAWAL: "withdrawals"}


@dataclass(frozen=True, slots=True)
class _Course:
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


def _made_by(line: Timeline, on: date) -> tuple[PartyOn, ...]:
    """The confirmations that made the extension of a day, of the Parties bound after it."""
    made: dict[Party, date] = {}
    for before, moment in pairwise(line.moments):
        position, event = moment.position, moment.event
        if position.term > before.position.term and event.on == on:
            made = {each.party: each.on for each in before.position.confirmed if each.party in position.parties}
            made |= {event.party: event.on} if isinstance(event, Confirmation) else {}
    return tuple(PartyOn(party=party, on=made[party]) for party in sorted(made))


def _course(line: Timeline, as_of: date) -> _Course:
    review = line.review_ahead(as_of)
    return _Course(
        end=_end(line),
        out=tuple((each.party, each.effective.day) for each in line.final.left),
        extended=_last_extension(line, as_of),
        review=(review.key, review.falls_due) if review else None,
    )


class _OverReadings:
    """The course under every combination of readings that moves it."""

    def __init__(self, premises: Premises) -> None:
        def under(readings: Readings) -> _Course | None:
            try:
                there = replace(premises, readings=readings)
                line = as_far_as_lawful(there.known.acts, readings) if there.scenario is None else there.present
                return _course(line, premises.as_of)
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


def _next_review(review: Review, over: _OverReadings, readings: Readings) -> NextReview:
    earliest, latest = over.review(review)
    day, inferred = review.falls_due, review.day_is == "inferred"
    without_day = inferred and readings["annual_review_day"] == "any_day"
    known = f"{day}?" if inferred else day.isoformat()
    return NextReview(
        date=None if without_day else day,
        kind=review.kind,
        day_is=review.day_is,
        edtf=f"{day.year}-01-01/{day.year}-12-31" if without_day else known,
        earliest=earliest,
        latest=latest,
        amended=review.amended,
    )


def _notice(running: Withdrawal, readings: Readings) -> RunningNotice:
    effective, final = running.effective.day, readings["notice_can_be_rescinded"] == "no"
    return RunningNotice(
        party=running.party,
        notice=running.notice,
        effective=effective,
        last_day_to_rescind=None if final else effective - ONE_DAY,
    )


def _rescinded(premises: Premises) -> tuple[RescindedNotice, ...]:
    given: dict[Party, date] = {}
    found = []
    for act in premises.present.acts:
        if isinstance(act, WithdrawalNotice):
            given[act.party] = act.on
        elif isinstance(act, WithdrawalRescinded):
            found.append(RescindedNotice(party=act.party, notice=given[act.party], on=act.on))
    return tuple(found)


def _ends(here: _Course, line: Timeline, over: _OverReadings) -> End | None:
    if here.end is None:
        return None
    return replace(over.end(here.end), amended=here.end[1] == "term" and line.final.end_amended)


def _extended(here: _Course, line: Timeline, over: _OverReadings, amended: tuple[Amended, ...]) -> Extended | None:
    if here.extended is None:
        return None
    found = over.extended(here.extended, _made_by(line, here.extended[0]))
    if not any(each.sets == "term_end" and each.on >= found.on for each in amended):
        return found
    return replace(found, other_readings=tuple(other for other in found.other_readings if other.date is None))


def _earliest_exit(premises: Premises, end: date | None) -> EarliestExit | None:
    position, as_of = premises.position, premises.as_of
    if not position.in_force or not position.parties - position.leaving_parties:
        return None
    out = months_after(starting(as_of, ""), NOTICE_MONTHS, missing_day=premises.readings["missing_day"]).day
    return None if end is not None and out >= end else EarliestExit(date=out, notice=as_of)


def answer(premises: Premises) -> Answer:
    """The facts of the day, under what the record then held and what is assumed to that day.

    Raises `OutsideTheCalendar`, `NotProvidedFor`, `NotAssumable`.
    """
    as_of, position, line = premises.as_of, premises.position, premises.present
    here, over = _course(line, as_of), _OverReadings(premises)
    review, scenario, amended = line.review_ahead(as_of), premises.scenario, amendments(premises.present.acts)
    running = sorted(position.leaving, key=lambda each: (each.effective.day, each.party))
    return Answer(
        as_of=as_of,
        known_on=premises.known_on,
        readings=premises.readings,
        assumed=scenario.lines if scenario else (),
        verified_on=premises.verified_on,
        beyond_record=premises.beyond_record,
        since=position.entry.day if position.entry else None,
        in_force=position.in_force,
        phase=str(position.phase),
        provision=position.provision,
        between=tuple(sorted(position.parties)) if position.in_force else (),
        left=tuple(Left(party=w.party, notice=w.notice, effective=w.effective.day) for w in position.left),
        notices=tuple(_notice(each, premises.readings) for each in running),
        rescinded=_rescinded(premises),
        ends=_ends(here, line, over),
        earliest_exit=_earliest_exit(premises, here.end[0] if here.end else None),
        extended=_extended(here, line, over, amended),
        amended=amended,
        next_review=_next_review(review, over, premises.readings) if review else None,
        last_review=last_review(premises),
        unrecorded=unrecorded(line, as_of),
        years_without_review=tuple(year for year in line.years_without_review if year >= as_of.year),
        confirmed=tuple(PartyOn(party=each.party, on=each.on) for each in position.confirmed),
        version=__version__,
        premises=premises,
    )
