"""Where the Agreement stands: the Phase, the term, the reviews, who has said and done what."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from review_clock.law.acts_and_lapses import Event, Party, Stance
from review_clock.law.counting import Counted, starting, the_day_after, the_day_before, through_the_day
from review_clock.law.readings import Readings


class Phase(StrEnum):
    """The phases of the Agreement's life under Chapter 34."""

    NOT_IN_FORCE = "not_in_force"
    SIX_YEAR_CYCLE = "six_year_cycle"
    REVIEW_OPEN = "review_open"
    ANNUAL_REVIEWS = "annual_reviews"
    EXPIRED = "expired"
    ENDED_BY_WITHDRAWAL = "ended_by_withdrawal"


AMENDED_END: Final = "amended_end"
AMENDED_REVIEW: Final = "amended_review"
AMENDED: Final = (AMENDED_END, AMENDED_REVIEW)
"""What is counted from, by its name in the words files, where an amendment set the day. Art. 34.3, not read here."""

IN_FORCE: Final = (Phase.SIX_YEAR_CYCLE, Phase.REVIEW_OPEN, Phase.ANNUAL_REVIEWS)
ENDED: Final = (Phase.EXPIRED, Phase.ENDED_BY_WITHDRAWAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAhead:
    """A joint review ahead: its day, and whether it is a `six_year` or an `annual` one. Art. 34.7(2), Art. 34.7(4).

    `day_is` says how the day is known (`by_law`, `set`, `inferred`), `without_day` that the reading chosen gives none:
    it may be on any day of that year (reading R3). `amended` says that an amendment set it (Art. 34.3, not read here).
    """

    date: datetime.date
    kind: str
    day_is: str
    without_day: bool = False
    amended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One joint review: the `number`-th of the `term`-th term (the first of a term is the six-year one).

    `due` is the day the text or the reading gives, `years` its distance in years from the day the cycle is counted
    from; `scheduled` is the day fixed instead, where one was. `outcome_recorded` is false while nothing says how it
    ended: the engine never guesses an outcome.
    """

    term: int
    number: int
    years: int
    due: Counted
    scheduled: date | None = None
    held_on: date | None = None
    concluded_on: date | None = None
    outcome_recorded: bool = False

    @property
    def kind(self) -> str:
        """`six_year` for the first review of a term, else `annual`."""
        return "six_year" if self.number == 1 else "annual"

    @property
    def key(self) -> str:
        """`term-number`: the review's name in ids, the same whatever its day."""
        return f"{self.term}-{self.number}"

    @property
    def amended(self) -> bool:
        """Whether its day is one that an amendment set. Art. 34.3, not read here."""
        return self.scheduled is None and self.due.steps[0].what == AMENDED_REVIEW

    @property
    def is_fixed(self) -> bool:
        """Whether its day was set: by the Parties or the Commission, or by an amendment."""
        return self.scheduled is not None or self.amended

    @property
    def day_is(self) -> str:
        """How its day is known: `by_law` (the text fixes it), `set`, or `inferred` from an anniversary (reading R3)."""
        if self.held_on is not None or self.is_fixed:
            return "set"
        return "by_law" if self.number == 1 else "inferred"

    def without_day(self, readings: Readings) -> bool:
        """Whether the reading chosen gives it no day, but a year alone (reading R3)."""
        return self.day_is == "inferred" and readings["annual_review_day"] == "any_day"

    def ahead(self, readings: Readings) -> ReviewAhead:
        """What is told of it while it is ahead."""
        return ReviewAhead(
            date=self.falls_due,
            kind=self.kind,
            day_is=self.day_is,
            without_day=self.without_day(readings),
            amended=self.amended,
        )

    @property
    def falls_due(self) -> date:
        """The day on which it is to be held: the fixed day, else the one the text gives."""
        return self.scheduled or self.due.day

    @property
    def year(self) -> int:
        """The calendar year whose review it is: that of its day, or of the earlier day on which it was held."""
        early = self.held_on is not None and self.held_on < self.falls_due
        return self.held_on.year if early and self.held_on is not None else self.falls_due.year

    @property
    def meeting(self) -> Counted:
        """The day of the Commission's meeting: when it was held, else when it is to be."""
        if self.held_on not in (None, self.falls_due):
            assert self.held_on is not None
            return starting(self.held_on, "review_held", self.key)
        if self.scheduled is not None and self.scheduled != self.due.day:
            return starting(self.scheduled, "review_scheduled", self.key)
        return self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDay:
    """A Party and the day on which it confirmed or did not confirm, with the entry that says so."""

    party: Party
    on: date
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a Party last said that it wishes."""

    party: Party
    stance: Stance
    on: date
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A notice of withdrawal: the `number`-th by this Party, and the day on which it takes effect. Art. 34.6."""

    party: Party
    number: int
    notice: date
    effective: Counted
    entry: str = ""

    @property
    def key(self) -> str:
        """`party-number`: the notice's name in ids."""
        return f"{self.party.lower()}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the Agreement stands after an event.

    `term_end` is the anniversary on which the term ends, or the day that an amendment set, `provision` the paragraph
    that governs the phase, `led_by` the event that led here. `notices` counts the notices each Party ever gave, in the
    order of `Party`.
    """

    phase: Phase = Phase.NOT_IN_FORCE
    provision: str = "Art. 34.5"
    parties: frozenset[Party] = frozenset(Party)
    entry: Counted | None = None
    term: int = 0
    term_start: date | None = None
    term_end: Counted | None = None
    cycle_from: Counted | None = None
    next_review: Review | None = None
    review: Review | None = None
    stated: tuple[Stated, ...] = ()
    confirmed: tuple[PartyDay, ...] = ()
    declined: tuple[PartyDay, ...] = ()
    leaving: tuple[Withdrawal, ...] = ()
    left: tuple[Withdrawal, ...] = ()
    notices: tuple[int, ...] = (0, 0, 0)
    led_by: Event | None = None

    @property
    def in_force(self) -> bool:
        """Whether the Agreement is in force."""
        return self.phase in IN_FORCE

    @property
    def confirmed_by(self) -> frozenset[Party]:
        """The Parties whose confirmation stands."""
        return frozenset(done.party for done in self.confirmed)

    @property
    def yet_to_confirm(self) -> frozenset[Party]:
        """The Parties bound of which a confirmation is still needed for each to have confirmed. Art. 34.7(3).

        Where each one's stands already, since a departure left only these, one further act is needed (reading R14).
        """
        waiting = self.parties - self.confirmed_by
        if len(waiting) > 0 or len(self.parties) == 0:
            return waiting
        return frozenset((min(self.parties),))

    @property
    def leaving_parties(self) -> frozenset[Party]:
        """The Parties whose notice of withdrawal runs."""
        return frozenset(notice.party for notice in self.leaving)

    @property
    def end_amended(self) -> bool:
        """Whether the day with which the term ends rests on an amendment. Art. 34.3, not read here."""
        return self.term_end is not None and self.term_end.steps[0].what == AMENDED_END

    @property
    def outcome_recorded(self) -> bool:
        """False while the last review of this term that fell due has no recorded outcome."""
        return self.review is None or self.review.outcome_recorded or self.review.term < self.term


def fewest_bound(readings: Readings) -> int:
    """With how many Parties at least the Agreement goes on (reading R17). Art. 34.6."""
    return 2 if readings["one_party_left"] == "agreement_ends" else 1


def first_day_without(term_end: Counted, readings: Readings) -> Counted:
    """The first day without the Agreement after a term that ends with `term_end` (reading R2)."""
    return term_end if readings["term_ends"] == "start_of_day" else the_day_after(term_end)


def term_ends_on(term_end: Counted, readings: Readings) -> date:
    """The first day on which a term that ends with `term_end` is over (reading R2)."""
    return first_day_without(term_end, readings).day


def last_day_in_force(term_end: Counted, readings: Readings) -> Counted:
    """The last day on which the Agreement is in force in a term that ends with `term_end` (reading R2)."""
    return the_day_before(term_end) if readings["term_ends"] == "start_of_day" else through_the_day(term_end)
