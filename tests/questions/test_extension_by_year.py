"""What comes of an extension in each year left of the term, counted by hand from Art. 34.7."""

from __future__ import annotations

from datetime import date

import pytest

from review_clock.questions.extension_by_year import ExtensionIn, extensions_by_year
from review_clock.timeline.keeping import with_lines
from tests.frozen import LAW, RECORD, chosen, question

DAY = "2026-11-23"


def _by_year(day: str = DAY, *lines: str, reading: str = "") -> dict[int, ExtensionIn]:
    record = with_lines(RECORD, lines, LAW, LAW.defaults)
    found = extensions_by_year(question(date.fromisoformat(day), chosen(reading.split()), record))
    assert len({each.year for each in found}) == len(found)
    return {each.year: each for each in found}


# Art. 34.7(3) and (4): sixteen years from the confirmation (reading R1), reviews every six years after it (R5). The day
# of the answer, the year; the day of it, the new end, the next review, the annual reviews after the day of the answer.
YEARS = [
    (DAY, 2027, "2027-07-01", "2043-07-01", "2033-07-01", 1),
    (DAY, 2028, "2028-07-01", "2044-07-01", "2034-07-01", 2),
    (DAY, 2031, "2031-07-01", "2047-07-01", "2037-07-01", 5),
    (DAY, 2035, "2035-07-01", "2051-07-01", "2041-07-01", 9),
    (DAY, 2036, "2036-06-30", "2052-06-30", "2042-06-30", 9),
    # the review of the day itself is not after it
    ("2027-06-30", 2028, "2028-07-01", "2044-07-01", "2034-07-01", 2),
    ("2027-07-01", 2028, "2028-07-01", "2044-07-01", "2034-07-01", 1),
]


@pytest.mark.parametrize(("day", "year", "on", "term_end", "next_review", "annual"), YEARS)
def test_what_comes_of_an_extension_in_a_year(
    day: str, year: int, on: str, term_end: str, next_review: str, annual: int
) -> None:
    each = _by_year(day)[year]
    days = [str(day) for day in (each.on, each.term_end, each.next_review)]
    assert (*days, each.annual_reviews) == (on, term_end, next_review, annual)
    assert each.line == f"{on} all confirm"


# Lines added to the record, the day, the reading; the years in which they can.
LEFT = [
    ((), DAY, "", range(2027, 2037)),
    ((), "2027-06-30", "", range(2027, 2037)),
    ((), "2027-07-01", "", range(2028, 2037)),  # its day has come: what is assumed comes after it
    ((), "2036-06-29", "", [2036]),
    ((), "2036-06-30", "", []),
    # Art. 34.6, R15: where a Party under notice cannot confirm, they cannot before its notice has taken effect
    (("2027-02-01 us gives notice",), "2027-03-01", "", range(2027, 2037)),
    (("2027-02-01 us gives notice",), "2027-03-01", "confirmation_while_leaving=refused", range(2028, 2037)),
    # two leave, then all do at once: none once it has ended
    (("2027-02-01 us gives notice", "2027-02-01 ca gives notice"), "2027-03-01", "", [2027]),
    (("2027-02-01 us gives notice", "2027-02-01 ca gives notice", "2027-02-01 mx gives notice"), "2027-03-01", "",
     [2027]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day", "reading", "years"), LEFT)
def test_a_year_in_which_they_cannot_is_left_out(
    lines: tuple[str, ...], day: str, reading: str, years: list[int]
) -> None:
    assert list(_by_year(day, *lines, reading=reading)) == list(years)


@pytest.mark.parametrize(
    ("reading", "term_end", "next_review"),
    [
        ("extension_runs_from=term_end", "2052-07-01", "2034-07-01"),
        ("next_review_after_extension=original_grid", "2044-07-01", "2032-07-01"),
    ],
)
def test_a_reading_moves_the_rows_it_should(reading: str, term_end: str, next_review: str) -> None:
    found = _by_year(reading=reading)
    assert (str(found[2028].term_end), str(found[2028].next_review)) == (term_end, next_review)


def test_under_the_other_reading_of_the_last_day_the_last_year_ends_a_day_later() -> None:
    assert _by_year(reading="term_ends=end_of_day")[2036].on == date(2036, 7, 1)
