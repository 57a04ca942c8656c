"""What is legally the same: Positions that differ in history alone, and Positions whole years apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from review_clock.futures.equivalence import what_matters
from review_clock.futures.situations import FAR, seen_from
from review_clock.law.acts_and_lapses import (
    Act,
    Assumed,
    Confirmation,
    EntryIntoForce,
    Event,
    NextReviewAmended,
    NonConfirmation,
    Note,
    Party,
    ReviewConcluded,
    ReviewHeld,
    ReviewScheduled,
    Stance,
    StatedPosition,
    TermEndAmended,
    WithdrawalNotice,
    WithdrawalRescinded,
)
from review_clock.law.chapter_34 import NotProvidedFor, falls_next, step
from review_clock.law.counting import Counted, starting
from review_clock.law.position import PartyDay, Position, Review, Stated
from review_clock.law.readings import Readings
from tests.frozen import LAW, defaults

SAID = Assumed(said="")
ENTRY = date(2020, 7, 1)

Make = Callable[[date, Party], Act]
KINDS: tuple[Make, ...] = (
    lambda on, party: Confirmation(on=on, party=party, source=SAID),
    lambda on, party: Confirmation(on=on, party=party, source=SAID),
    lambda on, party: NonConfirmation(on=on, party=party, source=SAID),
    lambda on, party: WithdrawalNotice(on=on, party=party, source=SAID),
    lambda on, party: WithdrawalRescinded(on=on, party=party, source=SAID),
    lambda on, party: StatedPosition(on=on, party=party, stance=Stance.EXTEND, source=SAID),
    lambda on, _party: ReviewHeld(on=on, source=SAID),
    lambda on, _party: ReviewHeld(on=on, source=SAID, early=True),
    lambda on, _party: ReviewConcluded(on=on, source=SAID),
    lambda on, _party: ReviewScheduled(on=on, day=on + relativedelta(months=3), source=SAID),
    lambda on, _party: TermEndAmended(on=on, day=on + relativedelta(months=50), source=SAID),
    lambda on, _party: NextReviewAmended(on=on, day=on + relativedelta(months=20), source=SAID),
    lambda on, _party: Note(on=on, source=SAID),
)
MOVES = st.lists(
    st.tuples(st.integers(0, 14), st.integers(1, 27), st.sampled_from(KINDS), st.sampled_from(list(Party))), max_size=14
)


@st.composite
def readings(draw: st.DrawFn) -> Readings:
    chosen = defaults()
    for reading in LAW.readings:
        chosen = chosen.but(reading.key, draw(st.sampled_from(reading.values)))
    return chosen


def _entered(year: int, under: Readings) -> Position:
    return step(Position(), EntryIntoForce(on=ENTRY.replace(year=year), source=SAID), under)


def _day(year: int, months: int, day: int) -> date:
    return date(year + (6 + months) // 12, (6 + months) % 12 + 1, day)


def _until(position: Position, day: date, under: Readings) -> Position:
    while (lapse := falls_next(position, under)) is not None and lapse.on <= day:
        position = step(position, lapse, under)
    return position


def _tried(position: Position, event: Event, under: Readings) -> Position | None:
    try:
        return step(position, event, under)
    except NotProvidedFor:
        return None


def _walked(position: Position, year: int, moves: list[Any], under: Readings, months: int = 70) -> tuple[Position, int]:
    """The Position after `moves`, those that the law refuses left out; six years on at first, where reviews begin."""
    for gap, day, make, party in moves:
        months += gap
        on = _day(year, months, day)
        position = _until(position, on, under)
        position = _tried(position, make(on, party), under) or position
    return position, months


def _elsewhere(counted: Counted) -> Counted:
    return replace(counted, steps=starting(counted.day, "last_review", "x").steps)


def _other_history(p: Position, under: Readings) -> Position:
    """A Position that differs from `p` in everything that its history left, and in nothing else."""
    chained = under["annual_review_day"] == "year_after_last"
    assert p.cycle_from is not None
    assert p.entry is not None
    assert p.term_end is not None

    def other(review: Review | None, held: bool) -> Review | None:
        if review is None:
            return None
        number = review.number if review.kind == "six_year" else review.number + 7
        due = review.due if review.amended else _elsewhere(review.due)  # that a day was set matters, not by which steps
        changed = replace(review, term=9, number=number, years=review.years + 1, due=due)
        if held and not chained:
            closed = changed.concluded_on and changed.concluded_on + timedelta(days=3)
            met = changed.held_on and date(2001, 1, 1)
            changed = replace(changed, held_on=met, concluded_on=closed)
        return replace(changed, outcome_recorded=not review.outcome_recorded)

    a_year_before = p.cycle_from.day.replace(year=p.cycle_from.day.year - 1)
    return replace(
        p,
        provision="Art. 1",
        entry=starting(p.entry.day.replace(year=p.entry.day.year - 6), "entry_into_force"),
        term=p.term + 3 if p.term > 1 else p.term,
        term_start=None,
        term_end=_elsewhere(p.term_end),
        cycle_from=starting(a_year_before, "entry_into_force"),
        next_review=other(p.next_review, False),
        review=other(p.review, True),
        stated=(Stated(party=Party.CA, stance=Stance.UNDECIDED, on=date(2001, 1, 1)),),
        confirmed=tuple(PartyDay(party=each.party, on=date(2001, 1, 1), entry="other") for each in p.confirmed),
        declined=(PartyDay(party=Party.MX, on=date(2001, 1, 1)),),
        leaving=tuple(replace(each, number=7, notice=date(2001, 1, 1), entry="other") for each in p.leaving),
        left=(),
        notices=(7, 8, 9),
        led_by=None,
    )


@settings(max_examples=400, deadline=None)
@given(readings(), MOVES, MOVES)
def test_positions_that_differ_in_history_alone_stay_the_same_whatever_happens(
    under: Readings, before: list[Any], after: list[Any]
) -> None:
    one, months = _walked(_entered(2020, under), 2020, before, under)
    if not one.in_force:
        return
    other = _other_history(one, under)
    assert other != one
    assert what_matters(other, under) == what_matters(one, under)
    for gap, day, make, party in after:
        months += gap
        on = _day(2020, months, day)
        one, other = _until(one, on, under), _until(other, on, under)
        assert what_matters(one, under) == what_matters(other, under)
        assert falls_next(one, under) == falls_next(other, under)
        act = make(on, party)
        one_then, other_then = _tried(one, act, under), _tried(other, act, under)
        assert (one_then is None) == (other_then is None), act
        one, other = one_then or one, other_then or other
        assert what_matters(one, under) == what_matters(other, under), act


@settings(max_examples=300, deadline=None)
@given(readings(), MOVES, st.integers(1, 40))
def test_what_happens_whole_years_later_comes_to_the_same_so_many_years_later(
    under: Readings, moves: list[Any], years: int
) -> None:
    """Days after the 27th are left out, as the fold leaves them out: February ends on another day in a leap year."""
    now, later = _entered(2020, under), _entered(2020 + years, under)
    for place in range(len(moves) + 1):
        one, _ = _walked(now, 2020, moves[:place], under)
        other, _ = _walked(later, 2020 + years, moves[:place], under)
        assert seen_from(what_matters(one, under), 2020) == seen_from(what_matters(other, under), 2020 + years)


@settings(max_examples=300, deadline=None)
@given(readings(), MOVES, MOVES, st.integers(1, 30))
def test_the_end_of_the_term_matters_from_the_year_before_it_on(
    under: Readings, before: list[Any], after: list[Any], years: int
) -> None:
    """Until then all goes as it would with an end so many years later, in `Situations.of` told as an open one."""
    under = under.but("extension_runs_from", "confirmation")
    kinds = (Confirmation, NonConfirmation, WithdrawalNotice, WithdrawalRescinded, ReviewConcluded)
    one, months = _walked(_entered(2020, under), 2020, before, under)
    if one.next_review is None or one.next_review.is_fixed or one.term_end is None or one.end_amended:
        return
    own = one.term_end.day
    later = starting(own.replace(year=own.year + years), "")
    other, year = replace(one, term_end=later), _day(2020, months, 1).year
    for gap, day, make, party in after:
        months += gap
        on = _day(2020, months, day)
        act = make(on, party)
        if not isinstance(act, kinds) or not one.in_force:
            continue
        if own.year - on.year < FAR or own.year - year < FAR:
            return
        one, other = _until(one, on, under), _until(other, on, under)
        one_then, other_then = _tried(one, act, under), _tried(other, act, under)
        assert (one_then is None) == (other_then is None), act
        one, other = one_then or one, other_then or other
        if one.term_end is not None and one.term_end.day != own:
            assert what_matters(one, under) == what_matters(other, under), act
            return
        assert what_matters(one, under) == what_matters(other, under, own), act
        assert what_matters(one, under, later.day) == what_matters(other, under), act


def test_a_notice_taken_back_leaves_nothing_that_matters() -> None:
    under = defaults()
    position = _until(_entered(2020, under), date(2026, 12, 1), under)
    for party in Party:
        on = date(2027, 1, 15)
        given_notice = step(position, WithdrawalNotice(on=on, party=party, source=SAID), under)
        assert what_matters(given_notice, under) != what_matters(position, under)
        rescinded = step(given_notice, WithdrawalRescinded(on=on, party=party, source=SAID), under)
        assert rescinded != position
        assert what_matters(rescinded, under) == what_matters(position, under)


def test_what_can_still_matter_is_told_apart() -> None:
    """Each of these pairs has another future, and must not be folded."""
    under = defaults()
    start = _until(_entered(2020, under), date(2026, 7, 1), under)
    on = date(2026, 7, 1)
    confirmed = step(start, Confirmation(on=on, party=Party.CA, source=SAID), under)
    declined = step(start, NonConfirmation(on=on, party=Party.US, source=SAID), under)
    scheduled = step(declined, ReviewScheduled(on=on, day=date(2027, 6, 1), source=SAID), under)
    leaving = step(declined, WithdrawalNotice(on=on, party=Party.MX, source=SAID), under)
    found = [what_matters(each, under) for each in (start, confirmed, declined, scheduled, leaving)]
    assert len(set(found)) == len(found)
