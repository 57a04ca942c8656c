"""Chapter 34: stories in the user's own grammar, and the exhaustive walk of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any

import pytest

from review_clock.law.acts_and_lapses import (
    EVENTS,
    PARTY_ACTS,
    Act,
    Assumed,
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
    contradicts,
)
from review_clock.law.chapter_34 import (
    CELLS,
    PARAGRAPHS,
    REFUSALS,
    TRANSITIONS,
    NotProvidedFor,
    Refusal,
    Transition,
    contradicted,
    falls_next,
    moves,
    row_for,
    step,
)
from review_clock.law.position import IN_FORCE, Phase, Position
from review_clock.law.readings import Readings
from review_clock.timeline.unfold import Timeline, timeline
from tests.frozen import alternatives, chosen, defaults

Tell = Callable[..., Timeline]

# story, day, phase, governing paragraph, term end, next review
POSITIONS = [
    # Art. 34.5: entry into force
    ("", "2020-06-30", "not_in_force", "Art. 34.5", None, None),
    ("", "2020-07-01", "six_year_cycle", "Art. 34.7(2)", "2036-07-01", "2026-07-01"),
    # Art. 34.7(2): the sixth anniversary; nothing recorded leaves it open, and does not silence the next
    ("", "2026-06-30", "six_year_cycle", "Art. 34.7(2)", "2036-07-01", "2026-07-01"),
    ("", "2026-07-01", "review_open", "Art. 34.7(2)", "2036-07-01", "2027-07-01"),
    ("", "2029-07-02", "review_open", "Art. 34.7(2)", "2036-07-01", "2030-07-01"),
    # Art. 34.7(1): the term runs out
    ("", "2036-06-30", "review_open", "Art. 34.7(2)", "2036-07-01", None),
    ("", "2036-07-01", "expired", "Art. 34.7(1)", "2036-07-01", None),
    # Art. 34.7(3): each Party confirms at the review
    ("2026-07-01 all confirm", "2026-07-01", "six_year_cycle", "Art. 34.7(3)", "2042-07-01", "2032-07-01"),
    ("2026-07-01 all confirm; 2026-07-01 review concludes", "2026-07-02", "six_year_cycle", "Art. 34.7(3)",
     "2042-07-01", "2032-07-01"),
    ("2026-07-01 ca confirms; 2026-07-01 mx confirms", "2026-07-02", "review_open", "Art. 34.7(2)",
     "2036-07-01", "2027-07-01"),
    # Art. 34.7(4): one does not confirm; every year for the rest of the term
    ("2026-07-01 us declines", "2026-07-01", "annual_reviews", "Art. 34.7(4)", "2036-07-01", "2027-07-01"),
    ("2026-07-01 us declines; 2026-07-01 review concludes", "2026-11-23", "annual_reviews", "Art. 34.7(4)",
     "2036-07-01", "2027-07-01"),
    ("2026-07-03 review concludes", "2026-07-03", "annual_reviews", "Art. 34.7(4)", "2036-07-01", "2027-07-01"),
    ("2026-07-01 us declines", "2035-06-30", "annual_reviews", "Art. 34.7(4)", "2036-07-01", "2035-07-01"),
    ("2026-07-01 us declines", "2035-07-01", "annual_reviews", "Art. 34.7(4)", "2036-07-01", None),
    ("2026-07-01 us declines", "2036-06-30", "annual_reviews", "Art. 34.7(4)", "2036-07-01", None),
    ("2026-07-01 us declines", "2036-07-01", "expired", "Art. 34.7(1)", "2036-07-01", None),
    # Art. 34.7(4), second sentence, and (5): at any time in between
    ("2026-07-01 us declines; 2029-03-15 all confirm", "2029-03-15", "six_year_cycle", "Art. 34.7(5)",
     "2045-03-15", "2035-03-15"),
    ("2026-07-01 us declines; 2036-06-30 all confirm", "2036-07-01", "six_year_cycle", "Art. 34.7(5)",
     "2052-06-30", "2042-06-30"),
    ("2026-07-01 us declines; 2027-07-01 ca confirms; 2028-02-03 mx confirms; 2029-03-15 us confirms",
     "2029-03-15", "six_year_cycle", "Art. 34.7(5)", "2045-03-15", "2035-03-15"),
    # Art. 34.7(5) and (6): extended in 2029, not confirmed in 2035
    ("2026-07-01 us declines; 2029-03-15 all confirm", "2035-03-15", "review_open", "Art. 34.7(5)",
     "2045-03-15", "2036-03-15"),
    ("2026-07-01 us declines; 2029-03-15 all confirm; 2035-03-15 mx declines", "2035-03-15", "annual_reviews",
     "Art. 34.7(4)", "2045-03-15", "2036-03-15"),
    ("2026-07-01 us declines; 2029-03-15 all confirm; 2035-03-15 mx declines", "2045-03-15", "expired",
     "Art. 34.7(1)", "2045-03-15", None),
    # Art. 34.6: one leaves, the others go on; two leave; notice rescinded
    ("2026-07-01 us declines; 2027-01-15 us gives notice", "2027-07-14", "annual_reviews", "Art. 34.7(4)",
     "2036-07-01", "2028-07-01"),
    ("2026-07-01 us declines; 2027-01-15 us gives notice; 2027-02-01 ca gives notice", "2027-07-31",
     "annual_reviews", "Art. 34.7(4)", "2036-07-01", "2028-07-01"),
    ("2026-07-01 us declines; 2027-01-15 us gives notice; 2027-02-01 ca gives notice", "2027-08-01",
     "ended_by_withdrawal", "Art. 34.6", "2036-07-01", None),
    ("2024-01-31 us gives notice; 2024-01-31 ca gives notice; 2024-01-31 mx gives notice", "2024-07-31",
     "ended_by_withdrawal", "Art. 34.6", "2036-07-01", None),
    ("2027-01-15 us gives notice; 2027-07-14 us rescinds notice", "2027-07-15", "review_open", "Art. 34.7(2)",
     "2036-07-01", "2028-07-01"),
    # A review held before its day, and one set for another (Art. 34.7(4), reading R3)
    ("2026-07-01 us declines; 2027-05-20 next review held", "2027-07-02", "annual_reviews", "Art. 34.7(4)",
     "2036-07-01", "2028-07-01"),
    ("2026-07-01 us declines; 2026-12-01 next review set for 2027-06-10", "2027-01-01", "annual_reviews",
     "Art. 34.7(4)", "2036-07-01", "2027-06-10"),
    ("2026-07-01 us declines; 2026-12-01 next review set for 2027-06-10", "2027-06-10", "annual_reviews",
     "Art. 34.7(4)", "2036-07-01", "2028-07-01"),
    ("2026-07-01 us declines; 2026-12-01 next review set for 2029-01-10", "2029-01-10", "annual_reviews",
     "Art. 34.7(4)", "2036-07-01", "2030-07-01"),
    # A six-year review held early and failed: every year from then (Art. 34.7(4), (6))
    ("2026-07-01 us declines; 2027-07-01 all confirm; 2029-08-31 next review held; 2029-08-31 us declines",
     "2029-09-01", "annual_reviews", "Art. 34.7(4)", "2043-07-01", "2030-07-01"),
    # A six-year review set early after an extension: "no later than" (Art. 34.7(3), (5)); its last day can be set too
    ("2026-07-01 all confirm; 2029-08-31 next review set for 2031-03-01", "2031-02-28", "six_year_cycle",
     "Art. 34.7(3)", "2042-07-01", "2031-03-01"),
    ("2026-07-01 us declines; 2027-07-01 all confirm; 2029-08-31 next review set for 2033-07-01", "2033-06-30",
     "six_year_cycle", "Art. 34.7(5)", "2043-07-01", "2033-07-01"),
    ("2026-07-01 us declines; 2027-07-01 all confirm; 2029-08-31 next review set for 2031-03-01", "2031-03-01",
     "review_open", "Art. 34.7(5)", "2043-07-01", "2032-07-01"),
    ("2026-07-01 us declines; 2026-12-15 next review held", "2027-01-05", "annual_reviews", "Art. 34.7(4)",
     "2036-07-01", "2028-07-01"),
    ("2026-07-01 us declines; 2027-07-01 next review set for 2028-09-01", "2028-09-01", "annual_reviews",
     "Art. 34.7(4)", "2036-07-01", "2029-07-01"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "on", "phase", "provision", "until", "following"), POSITIONS)
def test_the_position(
    tell: Tell, story: str, on: str, phase: str, provision: str, until: str | None, following: str | None
) -> None:
    position = tell(story).position_on(date.fromisoformat(on))
    end = position.term_end.day.isoformat() if position.term_end else None
    review = position.next_review.falls_due.isoformat() if position.next_review else None
    assert (position.phase, position.provision, end, review) == (phase, provision, until, following)


@pytest.mark.parametrize(("stays", "one", "other"), tuple(permutations(("ca", "mx", "us"))))
def test_departures_of_one_day_take_effect_together(tell: Tell, stays: str, one: str, other: str) -> None:
    """Art. 34.6, R14: two of three leave on one day, and nothing is extended between them, whoever they are."""
    story = f"2027-07-01 {stays} confirms; 2027-07-01 {other} confirms; " + "; ".join(
        f"2028-01-02 {party} gives notice" for party in (one, other)
    )
    position = tell(story, "departure_completes_confirmation=yes").position_on(date(2028, 7, 2))
    assert (position.phase, position.term) == ("ended_by_withdrawal", 1)
    assert {withdrawal.party.lower() for withdrawal in position.left} == {one, other}


@pytest.mark.parametrize(
    ("story", "on", "bound"),
    [
        ("2027-01-15 us gives notice", "2027-07-14", "CA MX US"),
        ("2027-01-15 us gives notice", "2027-07-15", "CA MX"),
        ("2027-01-15 ca gives notice; 2027-07-14 ca rescinds notice", "2027-07-15", "CA MX US"),
        ("2027-01-15 us gives notice; 2027-01-20 mx gives notice", "2027-07-16", "CA MX"),
        ("2027-01-15 us gives notice; 2027-01-20 mx gives notice", "2027-07-20", "CA"),
    ],
)
def test_who_is_bound(tell: Tell, story: str, on: str, bound: str) -> None:
    assert sorted(tell(story).position_on(date.fromisoformat(on)).parties) == bound.split()


# story, the act refused, the key of the refusal
REFUSED = [
    ("2025-01-01 us confirms", "no_review_open"),
    ("2025-01-01 us declines", "no_review_open"),
    ("2026-07-01 all confirm; 2027-01-01 us confirms", "no_review_open"),
    ("2025-01-01 review concludes", "no_review_to_conclude"),
    ("2025-01-01 review held", "no_review_to_hold"),
    ("2025-01-01 next review held", "no_review_to_hold"),
    ("2025-01-01 next review set for 2025-02-01", "no_review_to_schedule"),
    ("2026-07-01 all confirm; 2029-08-31 next review set for 2032-07-02", "day_after_six_years"),
    ("2026-07-01 us declines; 2027-01-01 next review set for 2026-12-01", "day_outside_term"),
    ("2026-07-01 us declines; 2027-01-01 next review set for 2036-07-01", "day_outside_term"),
    ("2026-07-01 us declines; 2035-07-02 next review held", "no_review_left"),
    ("2026-07-01 review concludes; 2027-06-21 review concludes", "review_concluded_already"),
    ("2026-07-03 review concludes; 2026-07-09 review held", "review_concluded_already"),
    ("2026-07-01 review held; 2027-06-21 review held", "review_held_already"),
    ("2026-07-01 all confirm; 2026-07-02 review held; 2026-07-03 review held", "review_held_already"),
    ("2027-01-15 us gives notice; 2027-02-15 us gives notice", "second_notice"),
    ("2027-01-15 us rescinds notice", "nothing_to_rescind"),
    ("2027-01-15 us gives notice; 2027-07-15 us rescinds notice", "party_has_left"),
    ("2027-01-15 us gives notice; 2027-08-15 us confirms", "party_has_left"),
    ("2027-01-15 us gives notice; 2027-08-15 us states extend", "party_has_left"),
    ("2036-07-01 us confirms", "expired"),
    ("2036-07-02 us gives notice", "expired"),
    ("2024-01-01 us gives notice; 2024-01-01 ca gives notice; 2025-01-01 mx states extend", "ended_by_withdrawal"),
    ("2021-07-01 agreement enters into force", "entered_already"),
]


@pytest.mark.parametrize(("story", "key"), REFUSED)
def test_what_the_agreement_does_not_provide_for(tell: Tell, story: str, key: str) -> None:
    with pytest.raises(NotProvidedFor) as refused:
        tell(story)
    assert refused.value.refusal.key == key


def test_the_review_ahead_is_the_one_that_meets_if_nobody_acts(tell: Tell) -> None:
    """Definition 6; R14: the United States' departure on 10 January 2028 extends the term of those who have confirmed,
    and the annual review of July does not meet."""
    story = "2027-07-02 ca confirms; 2027-07-02 mx confirms; 2027-07-10 us gives notice"
    for reading, day in (("", "2028-07-01"), ("departure_completes_confirmation=yes", "2034-01-10")):
        review = tell(story, reading).review_ahead(date(2027, 7, 10))
        assert review is not None
        assert review.falls_due.isoformat() == day
    assert tell().review_ahead(date(2035, 7, 1)) is None
    assert tell().review_ahead(date(2020, 6, 30)) is None


def test_a_review_that_is_concluded_has_an_outcome_also_after_an_extension(tell: Tell) -> None:
    """Art. 34.7(4): the term is extended between two reviews, and the one before is closed after that."""
    story = "2026-07-01 us declines; 2028-03-01 all confirm"
    assert not tell(story).reviews()[1].outcome_recorded
    assert tell(f"{story}; 2028-04-01 review concludes").reviews()[1].outcome_recorded


@pytest.mark.parametrize(
    ("story", "reading", "key"),
    [
        ("2027-01-15 us gives notice; 2027-02-15 us rescinds notice", "notice_can_be_rescinded=no", "notice_is_final"),
        ("2027-01-15 us gives notice; 2027-02-15 us confirms", "confirmation_while_leaving=refused",
         "confirms_while_leaving"),
        ("2026-07-01 us confirms; 2027-02-15 us declines", "confirmation_can_be_withdrawn=never",
         "confirmation_is_final"),
    ],
)  # fmt: skip
def test_what_a_reading_refuses_and_the_default_allows(tell: Tell, story: str, reading: str, key: str) -> None:
    tell(story)
    with pytest.raises(NotProvidedFor) as refused:
        tell(story, reading)
    assert refused.value.refusal.key == key


EXTENDED_AT_A_REVIEW = "2026-07-01 all confirm"
EXTENDED_BETWEEN = "2026-07-01 us declines; 2027-03-01 all confirm"
# After an extension the day of the review may be set within the six years that follow, not on the day of the
# announcement itself; the paragraph is 3 where the extension was made at a six-year review, else 5.
DAYS_SET = [
    (f"{EXTENDED_AT_A_REVIEW}; 2029-08-31 next review set for 2029-08-31", "Art. 34.7(3)"),
    (f"{EXTENDED_AT_A_REVIEW}; 2029-08-31 next review set for 2029-09-01", ""),
    (f"{EXTENDED_AT_A_REVIEW}; 2029-08-31 next review set for 2032-07-01", ""),
    (f"{EXTENDED_AT_A_REVIEW}; 2029-08-31 next review set for 2032-07-02", "Art. 34.7(3)"),
    (f"{EXTENDED_BETWEEN}; 2029-08-31 next review set for 2029-08-31", "Art. 34.7(5)"),
    (f"{EXTENDED_BETWEEN}; 2029-08-31 next review set for 2033-03-01", ""),
    (f"{EXTENDED_BETWEEN}; 2029-08-31 next review set for 2033-03-02", "Art. 34.7(5)"),
    ("2026-07-01 us declines; 2027-01-01 next review set for 2027-01-01", "Art. 34.7(4)"),
    ("2026-07-01 us declines; 2027-01-01 next review set for 2027-01-02", ""),
    ("2026-07-01 us declines; 2027-01-01 next review set for 2036-06-30", ""),
    ("2026-07-01 us declines; 2027-01-01 next review set for 2036-07-01", "Art. 34.7(4)"),
]


@pytest.mark.parametrize(("story", "paragraph"), DAYS_SET)
def test_the_days_that_a_review_may_be_set_for_and_the_paragraph_that_refuses_others(
    tell: Tell, story: str, paragraph: str
) -> None:
    if not paragraph:
        tell(story)
        return
    with pytest.raises(NotProvidedFor) as refused:
        tell(story)
    assert refused.value.refusal.provision == paragraph


# The story, a day; the last review that fell due: its name, its day, when it was held and concluded, whether anything
# says how it ended.
LAST_REVIEWS = [
    ("", "2026-06-30", None),
    ("", "2026-07-01", ("1-1", "2026-07-01", "", "", False)),
    ("2026-07-01 review held", "2026-07-01", ("1-1", "2026-07-01", "2026-07-01", "", False)),
    ("2026-07-01 review held; 2026-07-05 review concludes", "2026-07-05",
     ("1-1", "2026-07-01", "2026-07-01", "2026-07-05", True)),
    ("2026-07-05 review concludes", "2026-07-05", ("1-1", "2026-07-01", "", "2026-07-05", True)),
    ("2026-07-01 us declines", "2026-07-01", ("1-1", "2026-07-01", "", "", True)),
    ("2026-08-01 us declines", "2026-08-01", ("1-1", "2026-07-01", "", "", True)),  # the review is open still
    # a refusal between two reviews, after the last one ended, says nothing of that one
    ("2026-07-01 us declines; 2028-01-01 us declines", "2028-01-01", ("1-2", "2027-07-01", "", "", False)),
    ("2026-07-01 us declines; 2027-07-01 mx declines", "2027-07-01", ("1-2", "2027-07-01", "", "", True)),
    ("2026-07-01 us declines; 2027-07-02 review held; 2027-07-02 mx declines", "2027-07-02",
     ("1-2", "2027-07-01", "2027-07-02", "", True)),
    # it takes back what it confirmed in that review: then how that one ended is known
    ("2026-07-01 us declines; 2027-07-01 mx confirms; 2028-01-01 mx declines", "2028-01-01",
     ("1-2", "2027-07-01", "", "", True)),
    ("2026-07-01 us declines; 2027-07-02 mx confirms; 2028-01-01 mx declines", "2028-01-01",
     ("1-2", "2027-07-01", "", "", False)),
    ("2026-07-01 us declines; 2027-05-20 next review held", "2027-05-20",
     ("1-2", "2027-07-01", "2027-05-20", "", False)),
    ("2026-07-01 us declines; 2026-12-01 next review set for 2027-06-10", "2027-06-10",
     ("1-2", "2027-06-10", "", "", False)),
    # an extension at the review is how it ended; one between two says nothing of the last
    ("2026-07-01 all confirm", "2026-07-01", ("1-1", "2026-07-01", "", "", True)),
    ("2026-08-01 all confirm", "2026-08-01", ("1-1", "2026-07-01", "", "", True)),
    ("2026-07-01 all confirm; 2026-07-02 review held", "2026-07-02", ("1-1", "2026-07-01", "2026-07-02", "", True)),
    ("2026-07-01 all confirm; 2026-07-03 review concludes", "2026-07-03",
     ("1-1", "2026-07-01", "", "2026-07-03", True)),
    ("2026-07-01 us declines; 2027-07-01 all confirm", "2027-07-01", ("1-2", "2027-07-01", "", "", True)),
    ("2026-07-01 us declines; 2027-07-03 review held; 2027-07-03 all confirm", "2027-07-03",
     ("1-2", "2027-07-01", "2027-07-03", "", True)),
    ("2026-07-01 us declines; 2028-03-15 all confirm", "2028-03-15", ("1-2", "2027-07-01", "", "", False)),
]  # fmt: skip


@pytest.mark.parametrize(("story", "on", "last"), LAST_REVIEWS)
def test_what_is_known_of_the_last_review(tell: Tell, story: str, on: str, last: tuple[Any, ...] | None) -> None:
    review = tell(story).position_on(date.fromisoformat(on)).review
    if review is None:
        assert last is None
        return
    days = (day.isoformat() if day else "" for day in (review.falls_due, review.held_on, review.concluded_on))
    assert (review.key, *days, review.outcome_recorded) == last


def test_a_review_that_extended_the_term_is_closed_once(tell: Tell) -> None:
    story = "2026-07-01 all confirm; 2026-07-03 review concludes; 2026-07-04 review concludes"
    with pytest.raises(NotProvidedFor) as refused:
        tell(story)
    assert refused.value.refusal.key == "no_review_to_conclude"


# The story, a reading, a day; the day of the next review and how it is counted: from what, how many years.
NEXT_REVIEWS = [
    ("2026-07-01 us declines", "", "2026-07-02", "2027-07-01", "entry_into_force", 7),
    ("2026-07-15 review concludes", "annual_review_day=year_after_last", "2026-08-01", "2027-07-15", "last_review", 1),
    ("2026-07-08 review held", "annual_review_day=year_after_last", "2026-08-01", "2027-07-08", "last_review", 1),
    ("2026-07-08 review held; 2026-07-15 review concludes", "annual_review_day=year_after_last", "2026-08-01",
     "2027-07-15", "last_review", 1),
    # closed or held in a later calendar year: that day moves nothing
    ("2026-07-08 review held; 2027-01-05 review concludes", "annual_review_day=year_after_last", "2027-01-06",
     "2027-07-08", "last_review", 1),
    ("2027-01-04 review held; 2027-01-05 review concludes", "annual_review_day=year_after_last", "2027-01-06",
     "2027-07-01", "last_review", 1),
    # a day that was set stands, whatever is then noted of the review before it
    ("2026-07-08 review held; 2026-08-01 next review set for 2027-09-09; 2026-08-02 review concludes",
     "annual_review_day=year_after_last", "2026-08-03", "2027-09-09", "review_scheduled", 0),
    (EXTENDED_BETWEEN, "", "2027-03-02", "2033-03-01", "extension", 6),
    (EXTENDED_BETWEEN, "next_review_after_extension=original_grid", "2027-03-02", "2032-07-01", "entry_into_force", 12),
    # on the grid itself: not the day of the extension, but six years on
    ("2026-07-01 us declines; 2032-07-01 all confirm", "next_review_after_extension=original_grid", "2032-07-02",
     "2038-07-01", "entry_into_force", 18),
]  # fmt: skip


@pytest.mark.parametrize(("story", "reading", "on", "due", "counted_from", "years"), NEXT_REVIEWS)
def test_how_the_next_review_is_counted(
    tell: Tell, story: str, reading: str, on: str, due: str, counted_from: str, years: int
) -> None:
    review = tell(story, reading).position_on(date.fromisoformat(on)).next_review
    assert review is not None
    first, last = review.meeting.steps[0], review.meeting.steps[-1]
    assert (review.falls_due.isoformat(), first.what, last.n) == (due, counted_from, years)
    if counted_from == "last_review":
        assert first.ref == "1-1"


@pytest.mark.parametrize(
    ("story", "on", "years"),
    [
        ("", "2020-07-01", 6),
        ("2026-07-01 us declines", "2026-07-02", 7),
        ("2026-07-01 us declines", "2030-07-02", 11),
        (f"{EXTENDED_BETWEEN}; 2033-03-01 us declines", "2033-03-02", 7),
    ],
)
def test_a_review_says_how_many_years_it_is_from_where_its_cycle_begins(
    tell: Tell, story: str, on: str, years: int
) -> None:
    review = tell(story).position_on(date.fromisoformat(on)).next_review
    assert review is not None
    assert review.years == years


def test_a_notice_and_an_extension_point_at_their_entry_and_party(tell: Tell) -> None:
    line = tell("2026-07-01 us declines; 2026-09-01 us states not extend; 2027-01-15 us gives notice")
    position = line.position_on(date(2027, 1, 16))
    (notice,) = position.leaving
    assert (type(position.led_by), position.led_by and position.led_by.on) == (WithdrawalNotice, date(2027, 1, 15))
    assert (notice.number, notice.entry, notice.key) == (1, "S3", "us-1")
    assert notice.effective.steps[0].what == "withdrawal_notice"
    assert notice.effective.steps[0].ref == Party.US
    assert [(each.party, each.entry, str(each.stance)) for each in position.stated] == [(Party.US, "S2", "not_extend")]
    assert [(each.party, each.entry, each.on) for each in position.declined] == [(Party.US, "S1", date(2026, 7, 1))]
    assert position.entry is not None
    assert [(each.what, each.ref) for each in position.entry.steps] == [("entry_into_force", "S0")]
    again = tell("2027-01-15 us gives notice; 2027-02-01 us rescinds notice; 2027-03-01 us gives notice; "
                 "2027-03-02 ca gives notice").position_on(date(2027, 3, 3))  # fmt: skip
    assert [(each.key, each.effective.day.isoformat()) for each in again.leaving] == [
        ("ca-1", "2027-09-02"),
        ("us-2", "2027-09-01"),
    ]
    assert again.notices == (1, 0, 2)
    extended = tell(EXTENDED_BETWEEN).position_on(date(2027, 3, 2))
    assert extended.term_end is not None
    begins = extended.term_end.steps[0]
    assert (begins.what, begins.ref) == ("extension", Party.US)  # the last of them confirms
    assert (extended.term_start, extended.stated, extended.confirmed, extended.declined) == (
        date(2027, 3, 1), (), (), (),
    )  # fmt: skip
    from_the_end = tell(EXTENDED_BETWEEN, "extension_runs_from=term_end").position_on(date(2027, 3, 2))
    assert from_the_end.term_start == date(2020, 7, 1)


def test_a_notice_may_count_from_its_last_receipt() -> None:
    """Reading R8: the day on which it reached the last of the others, where that is known."""
    entry = EntryIntoForce(on=date(2020, 7, 1), source=Assumed(said=""))
    notice = WithdrawalNotice(
        on=date(2027, 1, 15), source=Assumed(said=""), party=Party.US, last_receipt=date(2027, 1, 20)
    )
    for reading, effective in (("first_receipt", "2027-07-15"), ("last_receipt", "2027-07-20")):
        line = timeline((entry, notice), chosen([f"notice_counts_from={reading}"]))
        (leaving,) = line.position_on(date(2027, 2, 1)).leaving
        assert leaving.effective.day == date.fromisoformat(effective)
        assert leaving.entry == ""  # what is assumed is no entry of the record
    unknown = timeline((entry, replace(notice, last_receipt=None)), chosen(["notice_counts_from=last_receipt"]))
    assert unknown.position_on(date(2027, 2, 1)).leaving[0].effective.day == date(2027, 7, 15)


def test_each_extension_begins_a_term_with_reviews_of_its_own(tell: Tell) -> None:
    line = tell(f"{EXTENDED_BETWEEN}; 2033-03-01 all confirm")
    for day, term, review in (("2027-02-28", 1, "1-2"), ("2027-03-01", 2, "2-1"), ("2033-03-01", 3, "3-1")):
        position = line.position_on(date.fromisoformat(day))
        assert position.next_review is not None
        assert (position.term, position.next_review.key) == (term, review)


def test_who_confirms_after_all_has_not_declined(tell: Tell) -> None:
    position = tell("2026-07-01 us declines; 2026-10-01 us confirms").position_on(date(2026, 10, 1))
    assert [(each.party, each.on, each.entry) for each in position.confirmed] == [
        (Party.US, date(2026, 10, 1), "S2"),
    ]
    assert position.declined == ()


SAME_DAY = date(2027, 7, 1)


def _act(kind: type[Act], party: Party | None = Party.US, on: date = SAME_DAY, **more: Any) -> Act:
    of_party = {"party": party} if kind in PARTY_ACTS else {}
    return kind(on=on, source=Assumed(said=""), **of_party, **more)


# Two acts, and whether they cannot both have been done on one day.
TOGETHER = [
    (_act(Confirmation), _act(NonConfirmation), True),
    (_act(WithdrawalNotice), _act(WithdrawalRescinded), True),
    (_act(Confirmation), _act(Confirmation), False),
    (_act(Confirmation), _act(WithdrawalNotice), False),
    (_act(NonConfirmation), _act(WithdrawalRescinded), False),
    (_act(Confirmation), _act(NonConfirmation, Party.CA), False),
    (_act(Confirmation), _act(NonConfirmation, on=date(2027, 7, 2)), False),
    (_act(StatedPosition, stance=Stance.EXTEND), _act(StatedPosition, stance=Stance.UNDECIDED), True),
    (_act(StatedPosition, stance=Stance.EXTEND), _act(StatedPosition, stance=Stance.EXTEND), False),
    (_act(StatedPosition, stance=Stance.EXTEND), _act(StatedPosition, Party.MX, stance=Stance.UNDECIDED), False),
    (_act(StatedPosition, stance=Stance.EXTEND), _act(NonConfirmation), False),
    (_act(ReviewScheduled, day=date(2028, 1, 1)), _act(ReviewScheduled, day=date(2028, 1, 2)), True),
    (_act(ReviewScheduled, day=date(2028, 1, 1)), _act(ReviewScheduled, day=date(2028, 1, 1)), False),
    (_act(ReviewHeld, early=True), _act(ReviewScheduled, day=date(2028, 1, 1)), True),
    (_act(ReviewHeld), _act(ReviewScheduled, day=date(2028, 1, 1)), False),
    (_act(ReviewHeld), _act(ReviewHeld), True),
    (_act(ReviewHeld, early=True), _act(ReviewHeld), True),
    (_act(ReviewConcluded), _act(ReviewConcluded), True),
    (_act(ReviewConcluded), _act(ReviewHeld), False),
    (_act(Note), _act(Note), False),
    (_act(Note), _act(ReviewHeld, early=True), False),
]


@pytest.mark.parametrize(("one", "other", "contradict"), TOGETHER)
def test_what_cannot_both_be_done_on_one_day(one: Act, other: Act, contradict: bool) -> None:
    assert contradicts(one, other) is contradict
    assert contradicts(other, one) is contradict
    refusal = contradicted(one, [_act(Note), other])
    assert (refusal is not None) is contradict
    if refusal is not None:
        assert (refusal.key, type(one) in refusal.on) == ("contradiction", True)


def test_who_leaves_has_no_say_left(tell: Tell) -> None:
    story = (
        "2026-07-01 us declines; 2026-09-01 us states not extend; 2026-10-01 mx confirms; 2027-01-15 us gives notice"
    )
    position = tell(story).position_on(date(2027, 7, 15))
    assert (position.stated, position.declined) == ((), ())
    assert [each.party for each in position.confirmed] == [Party.MX]
    assert [each.key for each in position.left] == ["us-1"]
    confirmed = tell("2026-07-01 us declines; 2026-10-01 mx confirms; 2027-01-15 mx gives notice")
    assert [each.party for each in confirmed.position_on(date(2027, 7, 14)).confirmed] == [Party.MX]
    assert confirmed.position_on(date(2027, 7, 15)).confirmed == ()
    over = tell("2027-01-15 us gives notice; 2027-02-01 ca gives notice; 2027-02-02 mx gives notice")
    gone = over.position_on(date(2027, 8, 1))
    assert (gone.phase, gone.leaving, gone.next_review) == ("ended_by_withdrawal", (), None)


def test_the_rows_lead_from_phase_to_phase() -> None:
    """Each row that does anything stands under the phases between which it leads, if only from one to itself."""
    found = moves()
    with_effect = [row for row in TRANSITIONS if row.on is not Note]
    assert sum(map(len, found.values())) == sum(len(row.phases) for row in with_effect)
    for (start, end), rows in found.items():
        assert all(start in row.phases and end == (row.to or start) and row.on is not Note for row in rows)
    assert {row.effect.__name__ for row in found[Phase.ANNUAL_REVIEWS, Phase.SIX_YEAR_CYCLE]} == {
        "extend",
        "leave_and_extend",
    }


def test_a_refused_act_leaves_the_position_as_it_was(tell: Tell) -> None:
    position = tell("2026-07-01 us declines").position_on(date(2026, 11, 23))
    before = replace(position)
    event = ReviewScheduled(on=date(2026, 11, 24), source=Assumed(said=""), day=date(2040, 1, 1))
    with pytest.raises(NotProvidedFor):
        step(position, event, defaults())
    assert position == before


# ------------------------------------------------------------------------------------------------- the readings


WORKED = [
    # R1 and R5: all confirm on 15 March 2029
    ("2026-07-01 us declines; 2029-03-15 all confirm", "", "2029-03-15", "2045-03-15", "2035-03-15"),
    ("2026-07-01 us declines; 2029-03-15 all confirm", "extension_runs_from=term_end", "2029-03-15", "2052-07-01",
     "2035-03-15"),
    ("2026-07-01 us declines; 2029-03-15 all confirm", "next_review_after_extension=original_grid", "2029-03-15",
     "2045-03-15", "2032-07-01"),
    ("2026-07-01 all confirm", "extension_runs_from=term_end", "2026-07-01", "2052-07-01", "2032-07-01"),
    ("2027-07-01 all confirm", "", "2027-07-01", "2043-07-01", "2033-07-01"),
    ("2027-07-01 all confirm", "extension_runs_from=term_end", "2027-07-01", "2052-07-01", "2033-07-01"),
    # R3: one year after the last was concluded
    ("2026-07-15 review concludes", "annual_review_day=year_after_last", "2026-08-01", "2036-07-01", "2027-07-15"),
    ("2026-07-15 review concludes", "", "2026-08-01", "2036-07-01", "2027-07-01"),
    ("2026-07-01 us declines; 2027-07-01 all confirm; 2029-08-31 next review held; 2029-08-31 us declines",
     "annual_review_day=year_after_last", "2029-09-01", "2043-07-01", "2030-08-31"),
    # a review closed in a later calendar year leaves none without one
    ("2026-07-01 us declines; 2027-06-21 review concludes", "annual_review_day=year_after_last", "2027-06-22",
     "2036-07-01", "2027-07-01"),
    # R4: fresh letters at each review
    ("2026-07-01 us declines; 2027-07-02 ca confirms; 2027-07-02 mx confirms; 2029-03-15 us confirms",
     "confirmations=fresh", "2029-03-15", "2036-07-01", "2029-07-01"),
    ("2026-07-01 us declines; 2027-07-02 ca confirms; 2027-07-02 mx confirms; 2029-03-15 us confirms",
     "", "2029-03-15", "2045-03-15", "2035-03-15"),
    # R14: the one that held back leaves
    ("2027-07-02 ca confirms; 2027-07-02 mx confirms; 2027-07-10 us gives notice", "", "2028-01-10", "2036-07-01",
     "2028-07-01"),
    ("2027-07-02 ca confirms; 2027-07-02 mx confirms; 2027-07-10 us gives notice",
     "departure_completes_confirmation=yes", "2028-01-10", "2044-01-10", "2034-01-10"),
    # R14, default: a confirmation by one of the two completes the set
    ("2027-07-02 ca confirms; 2027-07-02 mx confirms; 2027-07-10 us gives notice; 2028-02-01 ca confirms", "",
     "2028-02-01", "2044-02-01", "2034-02-01"),
    # R16: a later refusal replaces a confirmation
    ("2026-07-01 us confirms; 2026-07-01 mx confirms; 2027-01-01 us declines; 2027-01-02 ca confirms", "",
     "2027-01-02", "2036-07-01", "2027-07-01"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "reading", "on", "until", "following"), WORKED)
def test_the_worked_results_of_the_readings(
    tell: Tell, story: str, reading: str, on: str, until: str, following: str
) -> None:
    position = tell(story, reading).position_on(date.fromisoformat(on))
    assert position.term_end is not None
    assert position.next_review is not None
    assert (position.term_end.day.isoformat(), position.next_review.falls_due.isoformat()) == (until, following)


def test_the_last_day_in_force_under_either_reading(tell: Tell) -> None:
    assert not tell().position_on(date(2036, 7, 1)).in_force
    to_the_end = tell("", "term_ends=end_of_day")
    assert to_the_end.position_on(date(2036, 7, 1)).in_force
    assert not to_the_end.position_on(date(2036, 7, 2)).in_force


def test_one_party_left_under_either_reading(tell: Tell) -> None:
    story = "2027-01-15 us gives notice; 2027-02-01 ca gives notice"
    assert tell(story).position_on(date(2027, 8, 1)).phase == Phase.ENDED_BY_WITHDRAWAL
    assert tell(story, "one_party_left=continues").position_on(date(2027, 8, 1)).in_force


def test_a_notice_that_arrives_on_two_days_counts_from_the_reading(tell: Tell) -> None:
    from review_clock.law.acts_and_lapses import WithdrawalNotice

    position = tell().position_on(date(2026, 7, 2))
    notice = WithdrawalNotice(
        on=date(2027, 1, 15), last_receipt=date(2027, 1, 18), party=Party.US, source=Assumed(said="")
    )
    last = step(position, notice, defaults())
    first = step(position, notice, chosen(["notice_counts_from=first_receipt"]))
    assert (last.leaving[0].effective.day, first.leaving[0].effective.day) == (date(2027, 7, 18), date(2027, 7, 15))


def test_nothing_said_for_one_extension_serves_the_next(tell: Tell) -> None:
    line = tell("2026-07-01 us states extend; 2026-07-01 all confirm; 2032-07-01 us confirms; 2032-07-01 ca confirms")
    after = line.position_on(date(2026, 7, 1))
    assert (after.confirmed, after.declined, after.stated) == ((), (), ())
    assert line.position_on(date(2032, 7, 1)).confirmed_by == {Party.CA, Party.US}
    assert line.position_on(date(2032, 7, 1)).phase == Phase.REVIEW_OPEN


# --------------------------------------------------------------------------------------------------- the table


def test_every_cell_is_closed_by_just_one_row_of_one_table() -> None:
    assert set(CELLS) == set(product(Phase, EVENTS))
    for cell, rows in CELLS.items():
        closing = [row for row in rows if (row.when if isinstance(row, Refusal) else row.provided).__name__ == "always"]
        assert len(closing) == 1, cell
        assert closing[0] is rows[-1], f"{cell}: nothing after the row without a condition is ever asked"


def test_every_paragraph_is_cited_by_a_row_and_every_row_by_a_paragraph() -> None:
    cited = {row.provision for row in (*TRANSITIONS, *REFUSALS)} - {"Art. 34.7"}
    assert cited == set(PARAGRAPHS)


def _events_on(day: date, position: Position) -> list[Event]:
    """One event of every kind, party and choice that could come on `day`."""
    said = Assumed(said="")
    events: list[Event] = []
    for kind in EVENTS:
        common: dict[str, Any] = {"on": day}
        fields = set(kind.__dataclass_fields__)
        if "source" in fields:
            common["source"] = said
        if kind is StatedPosition:
            events += [kind(**common, party=p, stance=s) for p in Party for s in Stance]
        elif "party" in fields:
            events += [kind(**common, party=p) for p in Party]
        elif "day" in fields:
            events += [kind(**common, day=day + timedelta(days=n)) for n in (-10, 40, 9000)]
        elif "early" in fields:
            events += [kind(**common, early=early) for early in (False, True)]
        else:
            events.append(kind(**common))
    lapse = falls_next(position, defaults())
    return events + ([lapse] if lapse is not None else [])


def _legally(position: Position) -> tuple[Any, ...]:
    """What of a Position the law looks at: two that agree in this need only one visit."""
    review = position.review
    return (
        position.phase,
        position.provision,
        position.parties,
        min(position.term, 3),
        position.confirmed_by,
        tuple(sorted(p.party for p in position.declined)),
        position.leaving_parties,
        position.next_review is None,
        review is None or (review.concluded_on is None, review.held_on is None, review.term == position.term),
    )


def _walk(tell: Tell, readings: Readings, most: int = 6000) -> set[Transition | Refusal]:
    """Every row that decides some event in some position that can be reached, from the start and from the last year."""
    seen: set[Any] = set()
    used: set[Transition | Refusal] = set()
    last_year = date(2035, 7, 1)
    frontier: list[tuple[date, Position]] = [(date(2020, 7, 1), Position())]
    frontier += [(last_year, tell(story).position_on(last_year)) for story in ("", "2026-07-01 us declines")]
    while frontier and len(seen) < most:
        day, position = frontier.pop(0)
        key = _legally(position)
        if key in seen:
            continue
        seen.add(key)
        for event in _events_on(day + timedelta(days=20), position):
            row = row_for(position, event, readings)
            used.add(row)
            if isinstance(row, Refusal):
                with pytest.raises(NotProvidedFor) as refused:
                    step(position, event, readings)
                assert refused.value.refusal is row
            else:
                after = step(position, event, readings)
                assert not isinstance(event, Note) or after == position
                assert after.in_force == (after.phase in IN_FORCE)
                frontier.append((event.on, after))
    assert not frontier or len(seen) >= most
    return used


def test_the_exhaustive_walk_decides_every_event_and_leaves_no_row_dead(tell: Tell) -> None:
    used = _walk(tell, defaults())
    for key, value in alternatives():
        if key in ("notice_can_be_rescinded", "confirmation_while_leaving", "confirmation_can_be_withdrawn",
                   "departure_completes_confirmation", "one_party_left"):  # fmt: skip
            used |= _walk(tell, chosen([f"{key}={value}"]), most=1200)
    dead = [row for row in (*TRANSITIONS, *REFUSALS) if row not in used]
    assert dead == []
