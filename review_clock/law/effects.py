"""What the rows of Chapter 34 do to the position, one function each, and the terms that they count with.

An effect's docstring is its label in diagrams. Each takes the Position, the event and the readings, and gives the
Position after it; phase and provision are left to the row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from review_clock.law.acts_and_lapses import (
    Confirmation,
    EntryIntoForce,
    Event,
    NextReviewAmended,
    NonConfirmation,
    Party,
    Recorded,
    ReviewConcluded,
    ReviewHeld,
    ReviewScheduled,
    StatedPosition,
    TermEndAmended,
    TermEnds,
    WithdrawalNotice,
    WithdrawalRescinded,
    WithdrawalTakesEffect,
)
from review_clock.law.counting import months_after, starting, years_after
from review_clock.law.next_review import annual_review_after, six_year_review
from review_clock.law.position import AMENDED_END, AMENDED_REVIEW, PartyDay, Phase, Position, Review, Stated, Withdrawal
from review_clock.law.readings import Readings

TERM_YEARS: Final = 16  # Art. 34.7(1), Art. 34.7(3)
REVIEW_YEARS: Final = 6  # Art. 34.7(2), Art. 34.7(3), Art. 34.7(5)
NOTICE_MONTHS: Final = 6  # Art. 34.6


def _entry(event: Any) -> str:
    return event.source.entry if isinstance(event.source, Recorded) else ""


def _without(rows: tuple[Any, ...], party: Party) -> tuple[Any, ...]:
    return tuple(row for row in rows if row.party != party)


def _with(rows: tuple[Any, ...], row: Any) -> tuple[Any, ...]:
    return tuple(sorted((*_without(rows, row.party), row), key=lambda each: each.party))


def unchanged(p: Position, _e: Event, _r: Readings) -> Position:
    """nothing changes"""
    return p


def enter_into_force(p: Position, e: EntryIntoForce, r: Readings) -> Position:
    """the first term of 16 years begins"""
    entry = starting(e.on, "entry_into_force", _entry(e))
    return replace(
        p,
        entry=entry,
        cycle_from=entry,
        term=1,
        term_start=e.on,
        term_end=years_after(entry, TERM_YEARS, missing_day=r["missing_day"]),
        next_review=six_year_review(1, entry, REVIEW_YEARS, r),
    )


def open_review(p: Position, _e: Event, r: Readings) -> Position:
    """the review opens, and the next is set a year on"""
    assert p.next_review is not None
    standing = () if r["confirmations"] == "fresh" else p.confirmed
    return replace(p, review=p.next_review, confirmed=standing, next_review=annual_review_after(p, p.next_review, r))


def _on_the_last_review(p: Position, r: Readings, **changes: Any) -> Position:
    """`changes` made to the last review; the next one follows it where the reading counts from it."""
    assert p.review is not None
    review = replace(p.review, **changes)
    following = p.next_review
    if r["annual_review_day"] == "year_after_last" and following is not None and not following.is_fixed:
        following = annual_review_after(p, review, r)
    return replace(p, review=review, next_review=following)


def hold_review(p: Position, e: ReviewHeld, r: Readings) -> Position:
    """the meeting of the review that fell due is noted"""
    return _on_the_last_review(p, r, held_on=e.on)


def note_the_meeting(p: Position, e: ReviewHeld, _r: Readings) -> Position:
    """the meeting of the review that extended the term is noted"""
    assert p.review is not None
    return replace(p, review=replace(p.review, held_on=e.on))


def hold_next_review(p: Position, e: ReviewHeld, r: Readings) -> Position:
    """the next review is held before its day"""
    assert p.next_review is not None
    return open_review(replace(p, next_review=replace(p.next_review, held_on=e.on)), e, r)


def fix_the_day(p: Position, e: ReviewScheduled, _r: Readings) -> Position:
    """the next review moves to the day fixed"""
    assert p.next_review is not None
    return replace(p, next_review=replace(p.next_review, scheduled=e.day))


def amend_the_term_end(p: Position, e: TermEndAmended, r: Readings) -> Position:
    """the present term ends with the day set; reviews go on by the same anniversaries"""
    amended = replace(p, term_end=starting(e.day, AMENDED_END, _entry(e)))
    if p.next_review is not None:
        return amended
    assert p.review is not None
    return replace(amended, next_review=annual_review_after(amended, p.review, r))


def amend_the_next_review(p: Position, e: NextReviewAmended, _r: Readings) -> Position:
    """the next review falls on the day set; those after it by the same anniversaries"""
    assert p.cycle_from is not None
    if p.next_review is not None:
        number = p.next_review.number
    else:
        assert p.review is not None
        number = p.review.number + 1
    due = starting(e.day, AMENDED_REVIEW, f"{p.term}-{number}")
    years = e.day.year - p.cycle_from.day.year
    return replace(p, next_review=Review(term=p.term, number=number, years=years, due=due))


def state_position(p: Position, e: StatedPosition, _r: Readings) -> Position:
    """what the Party wishes is noted; the term does not move"""
    return replace(p, stated=_with(p.stated, Stated(party=e.party, stance=e.stance, on=e.on, entry=_entry(e))))


def confirm(p: Position, e: Confirmation, _r: Readings) -> Position:
    """the confirmation stands until each Party has confirmed"""
    done = PartyDay(party=e.party, on=e.on, entry=_entry(e))
    return replace(p, confirmed=_with(p.confirmed, done), declined=_without(p.declined, e.party))


def decline(p: Position, e: NonConfirmation, r: Readings) -> Position:
    """the Party has not confirmed; a confirmation it gave before is replaced"""
    done = PartyDay(party=e.party, on=e.on, entry=_entry(e))
    after = replace(p, declined=_with(p.declined, done), confirmed=_without(p.confirmed, e.party))
    return _on_the_last_review(after, r, outcome_recorded=True) if _it_speaks_of_the_last_review(p, e) else after


def _it_speaks_of_the_last_review(p: Position, e: NonConfirmation) -> bool:
    """Whether the review is open, or the refusal is of its own day, or takes back what the Party confirmed on it.

    Any other speaks of the time between two reviews, and not of how the last one ended.
    """
    assert p.review is not None
    own = (p.review.falls_due, p.review.held_on)
    confirmed_in_it = frozenset(done.party for done in p.confirmed if done.on in own)
    return p.phase is Phase.REVIEW_OPEN or e.on in own or e.party in confirmed_in_it


def conclude(p: Position, e: ReviewConcluded, r: Readings) -> Position:
    """the review is concluded without an extension"""
    return _on_the_last_review(p, r, outcome_recorded=True, concluded_on=e.on)


def close_the_review(p: Position, e: ReviewConcluded, _r: Readings) -> Position:
    """the review that extended the term is closed"""
    assert p.review is not None
    return replace(p, review=replace(p.review, outcome_recorded=True, concluded_on=e.on))


def _ended_by_extension(review: Review, on: date, open_still: bool) -> Review:
    """The last review, its outcome recorded if the extension was made in it and not between two reviews."""
    in_it = open_still or on in (review.falls_due, review.held_on)
    return replace(review, outcome_recorded=review.outcome_recorded or in_it)


def extend(p: Position, e: Any, r: Readings) -> Position:
    """the term is extended by 16 years, and reviews follow every six years"""
    assert p.term_end is not None
    assert p.entry is not None
    assert p.review is not None
    extension = starting(e.on, "extension", e.party)
    base = extension if r["extension_runs_from"] == "confirmation" else p.term_end
    sixteen_on = years_after(base, TERM_YEARS, missing_day=r["missing_day"])
    # Only an end that was amended lies further on; the odds let a day far off stand for an end that they leave open.
    stays = p.end_amended and p.term_end.day > sixteen_on.day
    start = e.on if r["extension_runs_from"] == "confirmation" else p.term_start
    cycle_from, years = extension, REVIEW_YEARS
    if r["next_review_after_extension"] == "original_grid":
        cycle_from = p.entry
        while years_after(p.entry, years, missing_day=r["missing_day"]).day <= e.on:
            years += REVIEW_YEARS
    return replace(
        p,
        term=p.term + 1,
        term_start=start,
        term_end=p.term_end if stays else sixteen_on,
        cycle_from=cycle_from,
        next_review=six_year_review(p.term + 1, cycle_from, years, r),
        review=_ended_by_extension(p.review, e.on, p.phase is Phase.REVIEW_OPEN),
        # Evidence belongs to one cycle: nothing said or done for this extension serves the next.
        stated=(),
        confirmed=(),
        declined=(),
    )


def give_notice(p: Position, e: WithdrawalNotice, r: Readings) -> Position:
    """six months begin to run for that Party"""
    counts_from = e.on
    if r["notice_counts_from"] == "last_receipt" and e.last_receipt is not None:
        counts_from = e.last_receipt
    notice = starting(counts_from, "withdrawal_notice", e.party)
    place = list(Party).index(e.party)
    notices = tuple(n + (i == place) for i, n in enumerate(p.notices))
    withdrawal = Withdrawal(
        party=e.party,
        number=notices[place],
        notice=e.on,
        effective=months_after(notice, NOTICE_MONTHS, missing_day=r["missing_day"]),
        entry=_entry(e),
    )
    return replace(p, leaving=_with(p.leaving, withdrawal), notices=notices)


def rescind_notice(p: Position, e: WithdrawalRescinded, _r: Readings) -> Position:
    """the notice no longer runs"""
    return replace(p, leaving=_without(p.leaving, e.party))


def leave(p: Position, e: WithdrawalTakesEffect, _r: Readings) -> Position:
    """the Party is no longer bound; the others go on"""
    gone = tuple(notice for notice in p.leaving if notice.party == e.party)
    return replace(
        p,
        parties=p.parties - {e.party},
        leaving=_without(p.leaving, e.party),
        left=(*p.left, *gone),
        stated=_without(p.stated, e.party),
        confirmed=_without(p.confirmed, e.party),
        declined=_without(p.declined, e.party),
    )


def leave_and_extend(p: Position, e: WithdrawalTakesEffect, r: Readings) -> Position:
    """the Party leaves, and with that each remaining Party has confirmed"""
    return extend(leave(p, e, r), e, r)


def leave_and_end(p: Position, e: WithdrawalTakesEffect, r: Readings) -> Position:
    """the Party leaves, and the Agreement ends"""
    return _ended(leave(p, e, r), e, r)


def _ended(p: Position, _e: Event, _r: Readings) -> Position:
    """no review follows"""
    return replace(p, next_review=None, leaving=())


def end_term(p: Position, e: TermEnds, r: Readings) -> Position:
    """the term is over"""
    return _ended(p, e, r)
