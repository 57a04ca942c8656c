"""The facts that a headline may use, whole in every state: who is bound, until when, why, and what could change it.

Every day that a first sentence says stands here under the name that the sentence gives it. A rendering picks among
these and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import ClassVar

from review_clock import __version__
from review_clock.files import HIDDEN
from review_clock.law.acts_and_lapses import Party, WithdrawalNotice, WithdrawalRescinded
from review_clock.law.counting import ONE_DAY, months_after, starting
from review_clock.law.effects import NOTICE_MONTHS
from review_clock.law.position import Review, Withdrawal, fewest_bound
from review_clock.law.readings import Readings
from review_clock.questions.amended import Amended, amendments
from review_clock.questions.facts import EarliestExit, End, Extended, Left, NextReview, RescindedNotice, RunningNotice
from review_clock.questions.last_review import LastReview, PartyOn, last_review, unrecorded
from review_clock.questions.over_readings import Course, OverReadings, course, made_by
from review_clock.questions.premises import Premises
from review_clock.questions.public_deadline import PublicDeadline, public_deadlines
from review_clock.timeline.unfold import Timeline


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

    @property
    def fewest(self) -> int:
        """With how many Parties at least the Agreement goes on, as the text is read (R17)."""
        return fewest_bound(self.readings)

    @property
    def exit_ends_it(self) -> bool:
        """Whether the Agreement would end, as the text is read, if one more of the Parties bound left."""
        return len(self.between) <= self.fewest

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


def _next_review(review: Review, over: OverReadings, readings: Readings) -> NextReview:
    earliest, latest = over.review(review)
    day, without_day = review.falls_due, review.without_day(readings)
    known = f"{day}?" if review.day_is == "inferred" else day.isoformat()
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


def _ends(here: Course, line: Timeline, over: OverReadings) -> End | None:
    if here.end is None:
        return None
    return replace(over.end(here.end), amended=here.end[1] == "term" and line.final.end_amended)


def _extended(here: Course, line: Timeline, over: OverReadings, amended: tuple[Amended, ...]) -> Extended | None:
    if here.extended is None:
        return None
    found = over.extended(here.extended, made_by(line, here.extended[0]))
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
    here, over = course(line, as_of), OverReadings(premises)
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
