"""An amendment that is assumed (Art. 34.3, not read): the day that it sets stands, and all else goes on as it was.

Each row is by hand, from Art. 34.6 and 34.7 as they stand: a new end changes how long reviews are held and nothing of
when; a new day of a review changes that review and none after it; an extension counts as it always does (R1).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.position import ENDED
from review_clock.timeline.unfold import Timeline

Tell = Callable[..., Timeline]
FAILED = "2026-07-01 us declines"
A_YEAR = "2027-02-01 amendment sets term end 2037-07-01"

# story, reading, day; phase, the day with which the term ends, the next review
POSITIONS = [
    # "by one year": the end moves, the reviews go on every year
    (f"{FAILED}; {A_YEAR}", "", "2027-01-31", "annual_reviews", "2036-07-01", "2027-07-01"),
    (f"{FAILED}; {A_YEAR}", "", "2027-02-01", "annual_reviews", "2037-07-01", "2027-07-01"),
    (f"{FAILED}; {A_YEAR}", "", "2035-07-01", "annual_reviews", "2037-07-01", "2036-07-01"),
    (f"{FAILED}; {A_YEAR}", "", "2036-07-01", "annual_reviews", "2037-07-01", None),
    (f"{FAILED}; {A_YEAR}", "", "2037-06-30", "annual_reviews", "2037-07-01", None),
    (f"{FAILED}; {A_YEAR}", "", "2037-07-01", "expired", "2037-07-01", None),
    (f"{FAILED}; {A_YEAR}", "term_ends=end_of_day", "2037-07-01", "annual_reviews", "2037-07-01", None),
    # in the last year, when no review was left; and a shorter term
    (f"{FAILED}; 2035-09-01 amendment sets term end 2038-07-01", "", "2035-09-01", "annual_reviews", "2038-07-01",
     "2036-07-01"),
    (f"{FAILED}; 2027-02-01 amendment sets term end 2030-01-01", "", "2029-07-01", "annual_reviews", "2030-01-01",
     None),
    (f"{FAILED}; 2027-02-01 amendment sets term end 2030-01-01", "", "2030-01-01", "expired", "2030-01-01", None),
    # shortened and lengthened again: the review that was set lies in the term again
    (f"{FAILED}; 2027-01-10 next review set for 2027-09-01; 2027-02-01 amendment sets term end 2027-08-01; "
     "2027-07-15 amendment sets term end 2036-07-01", "", "2027-07-15", "annual_reviews", "2036-07-01", "2027-09-01"),
    # before the first review, and after an extension: six-year reviews stay where they were
    ("2025-01-10 amendment sets term end 2037-07-01", "", "2025-01-10", "six_year_cycle", "2037-07-01", "2026-07-01"),
    (f"{FAILED}; 2027-07-01 all confirm; 2028-01-10 amendment sets term end 2044-07-01", "", "2028-01-10",
     "six_year_cycle", "2044-07-01", "2033-07-01"),
    # an extension afterwards counts as ever: from the confirmation, or from the end that stands (R1); it never shortens
    (f"{FAILED}; {A_YEAR}; 2029-03-15 all confirm", "", "2029-03-15", "six_year_cycle", "2045-03-15", "2035-03-15"),
    (f"{FAILED}; {A_YEAR}; 2029-03-15 all confirm", "extension_runs_from=term_end", "2029-03-15", "six_year_cycle",
     "2053-07-01", "2035-03-15"),
    (f"{FAILED}; 2027-02-01 amendment sets term end 2060-01-01; 2029-03-15 all confirm", "", "2029-03-15",
     "six_year_cycle", "2060-01-01", "2035-03-15"),
    (f"{FAILED}; 2027-02-01 amendment sets term end 2060-01-01; 2029-03-15 all confirm",
     "extension_runs_from=term_end", "2029-03-15", "six_year_cycle", "2076-01-01", "2035-03-15"),
    # on one day with the confirmations the amendment has the last word
    (f"{FAILED}; 2029-03-15 amendment sets term end 2037-07-01; 2029-03-15 all confirm", "", "2029-03-15",
     "six_year_cycle", "2037-07-01", "2035-03-15"),
    # the day of the next review: of an annual one, of the first, of one after an extension beyond its six years
    (f"{FAILED}; 2027-02-01 amendment sets next review 2027-10-01", "", "2027-02-01", "annual_reviews", "2036-07-01",
     "2027-10-01"),
    (f"{FAILED}; 2027-02-01 amendment sets next review 2027-10-01", "", "2027-10-01", "annual_reviews", "2036-07-01",
     "2028-07-01"),
    (f"{FAILED}; 2027-02-01 amendment sets next review 2029-10-01", "", "2029-10-01", "annual_reviews", "2036-07-01",
     "2030-07-01"),
    ("2025-01-10 amendment sets next review 2026-12-01", "", "2026-07-01", "six_year_cycle", "2036-07-01",
     "2026-12-01"),
    ("2025-01-10 amendment sets next review 2026-12-01", "", "2026-12-01", "review_open", "2036-07-01", "2027-07-01"),
    (f"{FAILED}; 2027-07-01 all confirm; 2028-01-10 amendment sets next review 2035-07-01", "", "2034-01-01",
     "six_year_cycle", "2043-07-01", "2035-07-01"),
    (f"{FAILED}; 2027-07-01 all confirm; 2028-01-10 amendment sets next review 2035-07-01; "
     "2029-01-10 next review set for 2034-07-01", "", "2029-01-10", "six_year_cycle", "2043-07-01", "2034-07-01"),
    (f"{FAILED}; 2035-09-01 amendment sets next review 2036-03-01", "", "2035-09-01", "annual_reviews", "2036-07-01",
     "2036-03-01"),
    # what the last review does afterwards does not move a day that was set (R3)
    ("2026-07-01 us declines; 2026-07-10 amendment sets next review 2027-12-01; 2026-08-01 review concludes",
     "annual_review_day=year_after_last", "2026-08-01", "annual_reviews", "2036-07-01", "2027-12-01"),
    # both on one day: the review lies in the new term
    (f"{FAILED}; {A_YEAR}; 2027-02-01 amendment sets next review 2036-12-01", "", "2027-02-01", "annual_reviews",
     "2037-07-01", "2036-12-01"),
    # a notice that runs goes on running
    (f"{FAILED}; 2027-01-15 us gives notice; {A_YEAR}", "", "2027-07-15", "annual_reviews", "2037-07-01",
     "2028-07-01"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "reading", "on", "phase", "until", "following"), POSITIONS)
def test_the_position(
    tell: Tell, story: str, reading: str, on: str, phase: str, until: str, following: str | None
) -> None:
    position = tell(story, reading).position_on(date.fromisoformat(on))
    assert position.term_end is not None
    review = position.next_review.falls_due.isoformat() if position.next_review else None
    assert (position.phase, position.term_end.day.isoformat(), review) == (phase, until, following)


@pytest.mark.parametrize(
    ("story", "years"),
    [
        (f"{FAILED}; {A_YEAR}", range(2026, 2037)),
        (f"{FAILED}; 2027-02-01 amendment sets term end 2037-07-02", range(2026, 2038)),
        (f"{FAILED}; 2027-02-01 amendment sets term end 2030-01-01", range(2026, 2030)),
        (f"{FAILED}; 2035-09-01 amendment sets next review 2036-03-01", range(2026, 2037)),
    ],
)
def test_a_review_every_year_up_to_the_new_end_and_no_further(tell: Tell, story: str, years: range) -> None:
    assert [review.falls_due.year for review in tell(story).reviews()] == list(years)


def test_years_that_an_amended_day_leaves_without_a_review_are_named(tell: Tell) -> None:
    line = tell(f"{FAILED}; 2027-02-01 amendment sets next review 2029-10-01")
    assert line.years_without_review == (2027, 2028)
    assert tell(f"{FAILED}; {A_YEAR}").years_without_review == ()


def test_an_amended_end_is_no_extension(tell: Tell) -> None:
    """Art. 34.7(3): an extension is what each Party's confirmation makes; the term stays the first."""
    line = tell(f"{FAILED}; {A_YEAR}")
    assert {moment.position.term for moment in line.moments} == {1}
    assert next(m.event.on for m in line.moments if m.position.phase in ENDED) == date(2037, 7, 1)


LAST_YEAR = f"{FAILED}; 2035-09-01 amendment sets next review 2036-03-01"
# story, reading, day; the next review: its name, how many years it is from where its cycle begins, what its count
# begins with. In the last year the review that is set follows that of 2035, the tenth of the term.
REVIEWS = [
    (f"{FAILED}; 2027-02-01 amendment sets next review 2027-10-01", "", "2027-02-01", "1-2", 7, "1-2"),
    (LAST_YEAR, "", "2035-09-01", "1-11", 16, "1-11"),
    (f"{FAILED}; 2027-07-01 all confirm; 2028-01-10 amendment sets next review 2035-07-01", "", "2028-01-10", "2-1", 8,
     "2-1"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "reading", "on", "key", "years", "ref"), REVIEWS)
def test_a_review_set_by_an_amendment_is_the_next_of_its_term(
    tell: Tell, story: str, reading: str, on: str, key: str, years: int, ref: str
) -> None:
    review = tell(story, reading).position_on(date.fromisoformat(on)).next_review
    assert review is not None
    assert (review.key, review.years) == (key, years)
    (counted_from,) = review.due.steps
    assert (counted_from.what, counted_from.ref) == ("amended_review", ref)


def test_what_an_end_is_counted_from_is_said(tell: Tell) -> None:
    """The entry that set it; after an extension the extension, also where it ends on the very day that was set (R1)."""
    amended = tell(f"{FAILED}; {A_YEAR}").position_on(date(2027, 2, 1)).term_end
    assert amended is not None
    assert [(step.what, step.ref) for step in amended.steps] == [("amended_end", "S2")]
    as_far = f"{FAILED}; 2027-02-01 amendment sets term end 2045-03-15; 2029-03-15 all confirm"
    extended = tell(as_far).position_on(date(2029, 3, 15)).term_end
    assert extended is not None
    assert (extended.day, extended.steps[0].what) == (date(2045, 3, 15), "extension")


# story, the last act of which is refused; the key of the refusal, its paragraph
REFUSED = [
    (f"{FAILED}; 2027-02-01 amendment sets term end 2027-02-01", "amended_end_not_ahead", "Art. 34.3"),
    (f"{FAILED}; 2027-02-01 amendment sets term end 2026-12-31", "amended_end_not_ahead", "Art. 34.3"),
    (f"{FAILED}; 2027-02-01 amendment sets next review 2027-02-01", "amended_review_outside_term", "Art. 34.3"),
    (f"{FAILED}; 2027-02-01 amendment sets next review 2036-07-01", "amended_review_outside_term", "Art. 34.3"),
    (f"{FAILED}; {A_YEAR}; 2027-03-01 amendment sets next review 2037-07-01", "amended_review_outside_term",
     "Art. 34.3"),
    (f"{FAILED}; {A_YEAR}; 2027-02-01 amendment sets term end 2038-07-01", "contradiction", "Art. 34.3"),
    (f"{FAILED}; 2027-02-01 amendment sets next review 2027-09-01; 2027-02-01 amendment sets next review 2027-10-01",
     "contradiction", "Art. 34.3"),
    (f"{FAILED}; 2027-02-01 next review set for 2027-09-01; 2027-02-01 amendment sets next review 2027-10-01",
     "contradiction", "Art. 34.3"),
    (f"{FAILED}; 2027-02-01 next review held; 2027-02-01 amendment sets next review 2028-10-01",
     "contradiction", "Art. 34.3"),
    ("2020-06-30 amendment sets term end 2037-07-01", "not_yet_in_force", "Art. 34.5"),
    ("2036-07-01 amendment sets term end 2037-07-01", "expired", "Art. 34.7(1)"),
    (f"{FAILED}; 2027-02-01 amendment sets term end 2030-01-01; 2030-01-01 all confirm", "expired", "Art. 34.7(1)"),
    ("2024-01-01 us gives notice; 2024-01-01 ca gives notice; 2025-01-01 amendment sets term end 2037-07-01",
     "ended_by_withdrawal", "Art. 34.6"),
    ("2026-07-01 all confirm; 2027-01-10 amendment sets term end 2031-01-01; 2027-02-01 next review set for 2031-02-01",
     "day_after_six_years", "Art. 34.7(3)"),
    ("2026-07-01 all confirm; 2027-01-10 amendment sets term end 2031-01-01; 2027-02-01 next review set for 2031-01-01",
     "day_after_six_years", "Art. 34.7(3)"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "key", "provision"), REFUSED)
def test_what_cannot_be_assumed(tell: Tell, story: str, key: str, provision: str) -> None:
    with pytest.raises(NotProvidedFor) as refused:
        tell(story)
    assert (refused.value.refusal.key, refused.value.refusal.provision) == (key, provision)


def test_the_same_twice_is_no_contradiction(tell: Tell) -> None:
    twice, once = (tell(f"{FAILED}; {'; '.join([A_YEAR] * n)}").final.term_end for n in (2, 1))
    assert twice is not None
    assert once is not None
    assert twice.day == once.day
