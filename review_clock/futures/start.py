"""Where a walk into the futures begins: the Position on a day, under the record or a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.files import Error, Phrase
from review_clock.law.acts_and_lapses import Party
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Position
from review_clock.law.readings import Meaning, Readings
from review_clock.questions.premises import Premises
from review_clock.record.grammar import understood


class NothingAhead(Error, ValueError):
    """A day on which the Agreement is not in force, or of which nothing of what was assumed is true yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAsGiven:
    """What a day past the record's end takes as given: no act from `after`, where the record ends, to the day, but what
    is assumed. At reviews `unrecorded` nobody is taken to have confirmed; reviews `taken_as_concluded` are so in
    silence, under a scenario."""

    after: date
    through: date
    unrecorded_reviews: tuple[date, ...]
    taken_as_concluded: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The Position at the end of `as_of`, and what was assumed to come to it.

    Of a scenario what lies after `as_of` is not taken as done: those are the choices that are left open. `assumed`
    holds the lines taken, `left_open` the others.
    """

    as_of: date
    known_on: date | None
    position: Position
    readings: Readings
    readings_chosen: tuple[Meaning, ...]
    verified_on: date | None
    beyond_record: bool
    given: TakenAsGiven | None = None
    assumed: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    departs_on: date | None = None

    @property
    def reviews_have_no_day(self) -> bool:
        """Whether an annual review may be on any day of its year; it is walked on the anniversary."""
        return self.readings["annual_review_day"] == "any_day"

    @property
    def notice_could_be_taken_back(self) -> bool:
        """Whether a notice runs that, as the text is read (R9), may be taken back on a day after `as_of`."""
        running = any(each.effective.day - ONE_DAY > self.as_of for each in self.position.leaving)
        return running and self.readings["notice_can_be_rescinded"] == "yes"


LAST_HORIZON: Final = 2100
"""The last year that a walk may go to."""


def not_bound(option: str, party: Party, start: Start) -> tuple[Phrase, str]:
    """What is wrong with an option for a Party that is not bound at the start, and what is accepted."""
    values = {"option": option, "party": party.lower(), "day": start.as_of}
    accepted = ", ".join(sorted(each.lower() for each in start.position.parties))
    return Phrase("{option} {party}: not bound on {day}", **values), accepted


def _given(premises: Premises) -> TakenAsGiven:
    as_of, after, scenario = premises.as_of, premises.base.ends, premises.scenario
    silent = {act.on for act in scenario.taken_in_silence if act.on <= as_of} if scenario else set()
    seen = [moment.position.review for moment in premises.present.moments if moment.event.on <= as_of]
    reviews = {review.key: review for review in seen if review is not None}.values()
    return TakenAsGiven(
        after=after,
        through=as_of,
        unrecorded_reviews=tuple(each.held_on or each.falls_due for each in reviews if not each.outcome_recorded),
        taken_as_concluded=tuple(sorted(silent)),
    )


def checked_horizon(horizon: int, start: Start) -> int:
    """The last year of a walk. Raises `NothingAhead` where it lies before the start or after `LAST_HORIZON`."""
    if not start.as_of.year <= horizon <= LAST_HORIZON:
        accepted = Phrase("a year from {first} to {last}", first=start.as_of.year, last=LAST_HORIZON)
        raise NothingAhead(f"--horizon {horizon}", accepted)
    return horizon


def checked_days(days: tuple[date, ...], start: Start, horizon: int) -> tuple[date, ...]:
    """Days between the start and the end of the horizon's year, each once, in order. Raises `Error`."""
    for day in days:
        if not start.as_of <= day <= date(horizon, 12, 31):
            span = Phrase("a day from {first} to {last}", first=start.as_of, last=date(horizon, 12, 31))
            raise Error(Phrase("--on {day} is outside the outlook", day=day), span)
    return tuple(sorted(set(days)))


def beginning(premises: Premises) -> Start:
    """The Position at the end of `as_of`, under what the record then held and what is assumed to that day.

    Raises `NothingAhead` where there is nothing to walk into, `OutsideTheCalendar`, `NotProvidedFor`.
    """
    as_of, base, scenario = premises.as_of, premises.base, premises.scenario
    lines = () if scenario is None else scenario.lines
    done = tuple(line for line in lines if understood(line).on <= as_of)
    if lines and not done:
        first = min(understood(line).on for line in lines)
        wrong = Phrase("nothing that is assumed has happened by {day}", day=as_of)
        raise NothingAhead(wrong, Phrase("--as-of {day} or later", day=first))
    position = premises.position
    if not position.in_force:
        raise NothingAhead(Phrase("the Agreement is not in force on {day}", day=as_of), "a day on which it is")
    return Start(
        as_of=as_of,
        known_on=premises.known_on,
        position=position,
        readings=premises.readings,
        readings_chosen=premises.law.otherwise(premises.readings),
        verified_on=premises.verified_on,
        beyond_record=as_of > base.ends,
        given=_given(premises) if as_of > base.ends else None,
        assumed=done,
        left_open=tuple(line for line in lines if line not in done),
        departs_on=None if scenario is None else scenario.departs_on,
    )
