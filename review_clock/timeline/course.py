"""The course of the Agreement under a list of acts, if nobody acts again: extensions, departures, reviews, the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.files import MaybeText
from review_clock.law.acts_and_lapses import Party
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import ENDED, Review, ReviewAhead
from review_clock.timeline.unfold import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The day on which the term was extended, and the day with which the new term ends. Art. 34.7(3), Art. 34.7(4)."""

    on: date
    term_end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A Party and the first day on which it is no longer bound. Art. 34.6."""

    party: Party
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReviews:
    """How many annual reviews there are `ahead` of a day, and `in_all` the life of the Agreement. Art. 34.7(4)."""

    ahead: int
    in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where the Agreement stands at the end of a day, and what becomes of it from its beginning to its end.

    `next_review` is the first that meets after that day, `next_six_year_review` the first of that kind. `term_end` is
    the anniversary on which the last term ends, or the day that an amendment set (`end_amended`; Art. 34.3, not read),
    `last_day` the last day in force and `end_cause` why (`expired`, `ended_by_withdrawal`); none where the end lies
    after the last day answered for.
    """

    in_force: bool
    phase: str
    provision: str
    parties: tuple[Party, ...]
    next_review: ReviewAhead | None
    next_six_year_review: date | None
    annual_reviews: AnnualReviews
    extensions: tuple[Extension, ...]
    departures: tuple[Departure, ...]
    term_end: date | None
    end_amended: bool
    last_day: date | None
    end_cause: MaybeText


def _extensions(line: Timeline) -> tuple[Extension, ...]:
    found, term = [], 0
    for moment in line.moments:
        position = moment.position
        if position.term > max(term, 1) and position.term_end is not None:
            found.append(Extension(on=moment.event.on, term_end=position.term_end.day))
        term = position.term
    return tuple(found)


def _end(line: Timeline) -> tuple[date | None, str]:
    """The last day in force and why it is the last."""
    for moment in line.moments:
        if moment.position.phase in ENDED:
            return moment.event.on - ONE_DAY, str(moment.position.phase)
    return None, ""


def _annual(reviews: Iterable[Review]) -> list[Review]:
    return [review for review in reviews if review.kind == "annual"]


def course(line: Timeline, as_of: date) -> Course:
    """The course of a timeline, seen from the end of `as_of`. Raises `OutsideTheCalendar`."""
    now, reviews = line.position_on(as_of), line.reviews()
    ahead = [review for review in reviews if review.meeting.day > as_of]
    last_day, cause = _end(line)
    final, review = line.final, line.review_ahead(as_of)
    return Course(
        in_force=now.in_force,
        phase=str(now.phase),
        provision=now.provision,
        parties=tuple(sorted(now.parties)) if now.in_force else (),
        next_review=review.ahead(line.readings) if review else None,
        next_six_year_review=next((r.meeting.day for r in ahead if r.kind == "six_year"), None),
        annual_reviews=AnnualReviews(ahead=len(_annual(ahead)), in_all=len(_annual(reviews))),
        extensions=_extensions(line),
        departures=tuple(Departure(party=w.party, on=w.effective.day) for w in final.left),
        term_end=final.term_end.day if final.term_end else None,
        end_amended=final.end_amended,
        last_day=last_day,
        end_cause=cause,
    )


def bound_on(line: Timeline, day: date) -> tuple[Party, ...]:
    """The Parties bound at the end of `day`; none while the Agreement is not in force."""
    position = line.position_on(day)
    return tuple(sorted(position.parties)) if position.in_force else ()
