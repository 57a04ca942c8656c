"""How the texts count, as tables. Each date was checked with a paper calendar; the source is in the row."""

from __future__ import annotations

from datetime import date

import pytest

from review_clock.law.counting import (
    OFFSET_KEYS,
    BeyondTheCalendar,
    a_clear_day_earlier,
    counted_on,
    days_after,
    days_before,
    first_of_nth_month_after,
    months_after,
    new_year_after,
    next_month_day,
    starting,
    years_after,
)

CLAMP, NEXT = "last_day_of_month", "first_of_next"

MONTHS_AFTER = [
    # Art. 34.6: six months after notice is provided; reading R7 where the month has no such day
    ("2026-08-31", 6, CLAMP, "2027-02-28"),
    ("2026-08-31", 6, NEXT, "2027-03-01"),
    ("2026-11-23", 6, CLAMP, "2027-05-23"),
    ("2026-12-31", 6, CLAMP, "2027-06-30"),
    ("2026-12-31", 6, NEXT, "2027-07-01"),
    ("2027-01-01", 6, CLAMP, "2027-07-01"),
    ("2027-02-28", 6, CLAMP, "2027-08-28"),  # the last of a month does not become the last of the other
    ("2028-02-29", 6, CLAMP, "2028-08-29"),
    ("2027-03-31", 6, CLAMP, "2027-09-30"),
    ("2036-01-01", 6, CLAMP, "2036-07-01"),
    # Art. 34.7(2): at least one month before the meeting
    ("2026-07-01", -1, CLAMP, "2026-06-01"),
    ("2027-07-01", -1, CLAMP, "2027-06-01"),
    ("2027-03-31", -1, CLAMP, "2027-02-28"),
]


@pytest.mark.parametrize(("start", "months", "rounding", "expected"), MONTHS_AFTER)
def test_months_by_the_corresponding_day(start: str, months: int, rounding: str, expected: str) -> None:
    counted = months_after(starting(date.fromisoformat(start), "withdrawal_notice"), months, missing_day=rounding)
    assert counted.day == date.fromisoformat(expected)


ANNIVERSARIES = [
    ("2020-07-01", 6, CLAMP, "2026-07-01"),  # Art. 34.7(2)
    ("2020-07-01", 16, CLAMP, "2036-07-01"),  # Art. 34.7(1)
    ("2028-02-29", 6, CLAMP, "2034-02-28"),  # no 29 February
    ("2028-02-29", 6, NEXT, "2034-03-01"),
    ("2028-02-29", 16, CLAMP, "2044-02-29"),  # a leap year has its own
    ("2029-03-15", 16, CLAMP, "2045-03-15"),
]


@pytest.mark.parametrize(("start", "years", "rounding", "expected"), ANNIVERSARIES)
def test_anniversaries(start: str, years: int, rounding: str, expected: str) -> None:
    counted = years_after(starting(date.fromisoformat(start), "extension"), years, missing_day=rounding)
    assert counted.day == date.fromisoformat(expected)


DAYS = [
    # 19 U.S.C. 4611, for the reviews of 2026 and 2027
    ("2026-07-01", -270, "2025-10-04"),
    ("2026-07-01", -180, "2026-01-02"),
    ("2026-07-01", 20, "2026-07-21"),
    ("2027-07-01", -270, "2026-10-04"),
    ("2027-07-01", -70, "2027-04-22"),
    ("2027-07-01", 20, "2027-07-21"),
    ("2025-09-17", 60, "2025-11-16"),  # Mexico's notice: the day of publication left out
    ("2036-07-01", 60, "2036-08-30"),  # 19 U.S.C. 2135(e)
]


@pytest.mark.parametrize(("start", "days", "expected"), DAYS)
def test_calendar_days_leave_out_the_day_they_start_from(start: str, days: int, expected: str) -> None:
    base = starting(date.fromisoformat(start), "review_held")
    counted = days_after(base, days) if days > 0 else days_before(base, -days)
    assert counted.day == date.fromisoformat(expected)


def test_a_clear_day_earlier_leaves_out_both_ends() -> None:
    counted = a_clear_day_earlier(days_before(starting(date(2027, 7, 1), "review_held"), 270))
    assert counted.day == date(2026, 10, 3)


def test_the_first_day_of_the_third_month_following_the_last_notification() -> None:
    counted = first_of_nth_month_after(starting(date(2020, 4, 24), "last_notification"), 3)
    assert counted.day == date(2020, 7, 1)  # May, June, July: Protocol para. 2


def test_new_years_and_days_of_the_calendar() -> None:
    entry = starting(date(2020, 7, 1), "entry_into_force")
    assert new_year_after(entry, 10).day == date(2030, 1, 1)
    assert next_month_day(entry, "08-01").day == date(2020, 8, 1)
    assert next_month_day(entry, "07-01").day == date(2021, 7, 1)  # the day itself is not after itself


def test_each_step_keeps_its_date_and_says_that_a_day_was_missing() -> None:
    counted = months_after(starting(date(2026, 8, 31), "withdrawal_notice", "US"), 6, missing_day=CLAMP)
    assert [(step.kind, step.day.isoformat(), step.n) for step in counted.steps] == [
        ("start", "2026-08-31", 0),
        ("months_after", "2027-02-28", 6),
        ("missing_day_last", "2027-02-28", 31),
    ]


def test_the_last_step_is_the_date() -> None:
    base = starting(date(2027, 7, 1), "review_held")
    for key in OFFSET_KEYS:
        counted = counted_on(base, {key: "08-01" if key == "next_month_day" else 2}, missing_day=CLAMP)
        assert counted.day == counted.steps[-1].day


def test_an_unknown_way_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="'weeks' is not a way to count"):
        counted_on(starting(date(2027, 7, 1), "review_held"), {"weeks": 2}, missing_day=CLAMP)


def test_a_count_that_leaves_the_calendar_is_refused() -> None:
    with pytest.raises(BeyondTheCalendar):
        years_after(starting(date(9990, 1, 1), "extension"), 16, missing_day=CLAMP)
