"""Assumptions: a longer record, reviews taken in silence, refusals with their paragraph."""

from __future__ import annotations

from datetime import date

import pytest

from review_clock.law.readings import chosen, defaults
from review_clock.record import ledger
from review_clock.report import status
from review_clock.scenario import NotAssumable, Scenario, assume
from review_clock.timeline import timeline


def _scenario(*lines: str, reading: str = "") -> Scenario:
    return assume(lines, ledger.base(), chosen(reading.split()))


def test_reviews_nobody_mentions_are_taken_as_held_and_that_is_said() -> None:
    scenario = _scenario("2029-03-15 all confirm")
    days = sorted({act.on for act in scenario.taken_in_silence})
    assert days[:3] == [date(2027, 7, 1), date(2028, 7, 1), date(2035, 3, 15)]
    answer = status(ledger.base(), date(2028, 1, 1), defaults(), assumed=scenario.acts, lines=scenario.lines)
    assert answer.outcome_recorded
    assert date(2027, 7, 1) in answer.assumed_in_silence


def test_a_review_with_a_refusal_is_not_silent() -> None:
    scenario = _scenario("2027-07-01 us declines")
    assert date(2027, 7, 1) not in {act.on for act in scenario.taken_in_silence}


def test_extended_and_then_not_confirmed_in_the_next_review() -> None:
    scenario = _scenario("2027-07-01 all confirm", "2033-07-01 ca declines")
    line = timeline((*ledger.base().acts, *scenario.acts), defaults())
    assert line.position_on(date(2027, 7, 1)).phase == "six_year_cycle"
    assert line.position_on(date(2033, 7, 1)).phase == "annual_reviews"
    assert line.position_on(date(2043, 7, 1)).phase == "expired"


def test_all_means_those_who_are_still_bound() -> None:
    scenario = _scenario("2027-01-15 us gives notice", "2028-07-01 all confirm")
    answer = status(ledger.base(), date(2028, 7, 1), defaults(), assumed=scenario.acts)
    assert answer.parties == ("CA", "MX")
    assert answer.term_end == date(2044, 7, 1)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("2027-01-15 us gives notice", "2027-08-01 us confirms"), "no longer bound and cannot act .*Art. 34.6"),
        (("2037-01-01 us confirms",), "the term has ended.*Art. 34.7\\(1\\)"),
        (("2027-01-15 mx rescinds notice",), "no notice of withdrawal by this Party runs.*Art. 34.6"),
        (("2026-10-08 us confirms",), "the record reaches to 2026-10-08"),
        (("2101-01-01 us confirms",), "the last day this calendar answers for"),
    ],
)
def test_what_cannot_be_assumed_says_why_with_the_paragraph(lines: tuple[str, ...], why: str) -> None:
    with pytest.raises(NotAssumable, match=why):
        _scenario(*lines)


def test_order_of_the_lines_does_not_matter() -> None:
    one = _scenario("2027-07-01 ca confirms", "2029-03-15 us confirms", "2028-01-01 mx confirms")
    two = _scenario("2029-03-15 us confirms", "2028-01-01 mx confirms", "2027-07-01 ca confirms")
    assert one == two
