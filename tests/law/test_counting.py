"""How the texts count, as tables. Each date was checked with a paper calendar; the source is in the row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from review_clock.law.counting import (
    OFFSET_KEYS,
    ONE_DAY,
    BeyondTheCalendar,
    Counted,
    a_clear_day_earlier,
    counted_on,
    days_after,
    days_before,
    first_of_nth_month_after,
    hung_on,
    last_notice,
    months_after,
    new_year_after,
    next_month_day,
    rolled,
    starting,
    the_day_before,
    through_the_day,
    under_amended_text,
    years_after,
)
from review_clock.law.position import first_day_without, last_day_in_force, term_ends_on
from tests.frozen import chosen

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


def _told(counted: Counted) -> list[tuple[str, str, int, str, str]]:
    return [(step.kind, step.day.isoformat(), step.n, step.what, step.ref) for step in counted.steps]


FROM = starting(date(2027, 7, 1), "review_held", "1-2")
ON_THE_31ST = starting(date(2028, 8, 31), "withdrawal_notice", "US")
BEGINS = ("start", "2027-07-01", 0, "review_held", "1-2")
# Each way to count with the step that it adds: what was done, the day, how many, and what is pointed at.
STEPS = [
    (lambda: years_after(FROM, 16, missing_day=CLAMP), ("years_after", "2043-07-01", 16, "", "")),
    (lambda: years_after(FROM, 0, missing_day=CLAMP), ("years_after", "2027-07-01", 0, "", "")),
    (lambda: years_after(FROM, -6, missing_day=CLAMP), ("years_before", "2021-07-01", 6, "", "")),
    (lambda: months_after(FROM, 0, missing_day=CLAMP), ("months_after", "2027-07-01", 0, "", "")),
    (lambda: months_after(FROM, -1, missing_day=CLAMP), ("months_before", "2027-06-01", 1, "", "")),
    (lambda: days_after(FROM, 20), ("days_after", "2027-07-21", 20, "", "")),
    (lambda: days_before(FROM, 270), ("days_before", "2026-10-04", 270, "", "")),
    (lambda: a_clear_day_earlier(FROM), ("clear_day", "2027-06-30", 0, "", "")),
    (lambda: the_day_before(FROM), ("day_before", "2027-06-30", 0, "", "")),
    (lambda: through_the_day(FROM), ("through_the_day", "2027-07-01", 0, "", "")),
    (lambda: under_amended_text(FROM, date(2027, 7, 1)), ("amended_text", "2027-07-01", 0, "", "2027-07-01")),
    (lambda: under_amended_text(FROM, date(2027, 7, 2)), ("before_amended_text", "2027-07-01", 0, "", "2027-07-02")),
    (lambda: hung_on(FROM, "acme.x"), ("of_deadline", "2027-07-01", 0, "", "acme.x")),
    (lambda: rolled(FROM, date(2027, 7, 2), "next", "US"), ("roll_next", "2027-07-02", 0, "", "US")),
    (lambda: first_of_nth_month_after(FROM, 3), ("month_start", "2027-10-01", 3, "", "")),
    (lambda: new_year_after(FROM, 10), ("new_year", "2037-01-01", 10, "", "")),
    (lambda: next_month_day(FROM, "07-02"), ("next_month_day", "2027-07-02", 0, "", "")),
    (lambda: next_month_day(FROM, "07-01"), ("next_month_day", "2028-07-01", 0, "", "")),
    (lambda: last_notice(FROM, 6, missing_day=CLAMP), ("last_notice", "2027-01-01", 6, "", "")),
    (lambda: counted_on(FROM, {"years": 2}, missing_day=CLAMP), ("years_after", "2029-07-01", 2, "", "")),
    (lambda: counted_on(FROM, {"months": 2}, missing_day=CLAMP), ("months_after", "2027-09-01", 2, "", "")),
    (lambda: counted_on(FROM, {"days": 2}, missing_day=CLAMP), ("days_after", "2027-07-03", 2, "", "")),
    (lambda: counted_on(FROM, {"days": 0}, missing_day=CLAMP), ("days_after", "2027-07-01", 0, "", "")),
    (lambda: counted_on(FROM, {"days": -2}, missing_day=CLAMP), ("days_before", "2027-06-29", 2, "", "")),
    (lambda: counted_on(FROM, {"month_start": 1}, missing_day=CLAMP), ("month_start", "2027-08-01", 1, "", "")),
    (lambda: counted_on(FROM, {"new_year": 1}, missing_day=CLAMP), ("new_year", "2028-01-01", 1, "", "")),
    (
        lambda: counted_on(FROM, {"next_month_day": "12-31"}, missing_day=CLAMP),
        ("next_month_day", "2027-12-31", 0, "", ""),
    ),
]


@pytest.mark.parametrize(("counted", "step"), STEPS)
def test_each_way_to_count_tells_its_step(counted: Callable[[], Counted], step: tuple[str, str, int, str, str]) -> None:
    assert _told(counted()) == [BEGINS, step]
    assert _told(starting(date(2027, 7, 1), "review_held", "1-2")) == [BEGINS]
    assert _told(starting(date(2027, 7, 1), "review_held"))[0][-1] == ""


@pytest.mark.parametrize(("rounding", "kind", "day"), [
    (CLAMP, "missing_day_last", "2029-02-28"), (NEXT, "missing_day_next", "2029-03-01"),
])  # fmt: skip
def test_a_missing_day_is_a_step_of_its_own(rounding: str, kind: str, day: str) -> None:
    for counted in (
        months_after(ON_THE_31ST, 6, missing_day=rounding),
        counted_on(ON_THE_31ST, {"months": 6}, missing_day=rounding),
    ):
        assert _told(counted)[1:] == [("months_after", "2029-02-28", 6, "", ""), (kind, day, 31, "", "")]
    leap = starting(date(2028, 2, 29), "extension")
    for counted in (years_after(leap, 6, missing_day=rounding), counted_on(leap, {"years": 6}, missing_day=rounding)):
        assert [step.kind for step in counted.steps] == ["start", "years_after", kind]


# The end, then the last day on which a notice of six months is over by it: searched by counting forward.
LAST_NOTICES = [
    ("2036-06-30", CLAMP, "2035-12-31"), ("2036-06-29", CLAMP, "2035-12-29"), ("2036-07-01", CLAMP, "2036-01-01"),
    ("2036-03-01", CLAMP, "2035-09-01"), ("2036-02-29", CLAMP, "2035-08-31"), ("2035-02-28", CLAMP, "2034-08-31"),
    ("2035-03-01", NEXT, "2034-09-01"), ("2035-02-28", NEXT, "2034-08-28"), ("2036-07-01", NEXT, "2036-01-01"),
    ("2036-06-30", NEXT, "2035-12-30"),
]  # fmt: skip


@pytest.mark.parametrize(("end", "rounding", "day"), LAST_NOTICES)
def test_the_last_notice_is_over_by_the_end_and_one_a_day_later_is_not(end: str, rounding: str, day: str) -> None:
    over = date.fromisoformat(end)
    found = last_notice(starting(over, "term_end"), 6, missing_day=rounding).day
    assert found == date.fromisoformat(day)
    assert months_after(starting(found, ""), 6, missing_day=rounding).day <= over
    assert months_after(starting(found + ONE_DAY, ""), 6, missing_day=rounding).day > over


@pytest.mark.parametrize(
    ("reading", "over", "last", "kind"),
    [
        ("start_of_day", "2036-07-01", "2036-06-30", "day_before"),
        ("end_of_day", "2036-07-02", "2036-07-01", "through_the_day"),
    ],
)
def test_a_term_ends_with_its_anniversary_or_runs_through_it(reading: str, over: str, last: str, kind: str) -> None:
    """Reading R2 of Art. 34.7(1)."""
    end, readings = starting(date(2036, 7, 1), "term_end"), chosen([f"term_ends={reading}"])
    first = first_day_without(end, readings)
    assert term_ends_on(end, readings).isoformat() == first.day.isoformat() == over
    assert first.steps[-1].kind == ("start" if reading == "start_of_day" else "day_after")
    counted = last_day_in_force(end, readings)
    assert (counted.day.isoformat(), counted.steps[-1].kind) == (last, kind)


def test_the_last_step_is_the_date() -> None:
    base = starting(date(2027, 7, 1), "review_held")
    for key in OFFSET_KEYS:
        counted = counted_on(base, {key: "08-01" if key == "next_month_day" else 2}, missing_day=CLAMP)
        assert counted.day == counted.steps[-1].day


def test_an_unknown_way_to_count_is_refused() -> None:
    line = r"^'weeks' is not a way to count \(years, months, days, month_start, new_year, next_month_day\)$"
    with pytest.raises(ValueError, match=line):
        counted_on(starting(date(2027, 7, 1), "review_held"), {"weeks": 2}, missing_day=CLAMP)


def test_a_count_that_leaves_the_calendar_is_refused() -> None:
    far = starting(date(9990, 1, 1), "extension")
    for count in (
        lambda: years_after(far, 16, missing_day=CLAMP),
        lambda: days_after(far, 10_000),
        lambda: days_before(starting(date(1, 1, 5), "extension"), 10),
    ):
        with pytest.raises(
            BeyondTheCalendar, match=r": a count from this day leaves the calendar \(years 1 to 9999\)$"
        ):
            count()
    with pytest.raises(BeyondTheCalendar, match=r"^9990-01-01: "):
        years_after(far, 16, missing_day=CLAMP)
