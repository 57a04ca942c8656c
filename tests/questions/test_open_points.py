"""What an open point moves, value by value; and what adding to an assumption keeps of it."""

from __future__ import annotations

from datetime import date

from tests.frozen import question

AS_OF = date(2026, 11, 23)


def test_each_value_of_a_point_moves_and_opens_its_own_deadlines() -> None:
    points = {each.reading.key: each for each in question(AS_OF).open_points}
    end = points["term_ends"]
    moved = {deadline.id: other.date for deadline, other in end.moved_by("end_of_day")}
    assert moved["treaty.term.last-day.1"] == date(2036, 7, 1)  # else 30 June: the whole of 1 July is in it
    assert end.moved_by(end.chosen) == ()
    assert "us.611.notice.1-1" not in moved  # what another point moves
    # preparatory talks may have begun on a day that nobody knows: what is due before the review may be due earlier
    opened = {each.id for each in points["review_commences"].opened_by("preparatory_talks")}
    assert "us.611.notice.1-3" in opened
    assert points["review_commences"].opened_by("meeting") == ()


def test_more_that_is_assumed_is_laid_over_what_was_and_stays_counterfactual() -> None:
    first = question(AS_OF).assume("2025-06-01 us gives notice", counterfactual=True)
    both = first.assume("2026-11-24 ca gives notice")
    assert both.plan is not None
    assert both.plan.lines == ("2025-06-01 us gives notice", "2026-11-24 ca gives notice")
    assert both.plan.counterfactual
    alone = question(AS_OF).assume("2026-11-24 ca gives notice")
    assert alone.plan is not None
    assert not alone.plan.counterfactual
