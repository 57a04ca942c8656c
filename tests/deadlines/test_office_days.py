"""Office days: a note on a date, which never moves for them."""

from __future__ import annotations

from datetime import date

import pytest
from holidays import country_holidays

from review_clock.deadlines.office_days import (
    HolidaysUnknown,
    OfficeDay,
    business_day,
    federal_holidays,
    holiday_calendars,
    is_office_day,
    office_day,
    on_an_office_day,
)
from review_clock.law.counting import Step, starting
from review_clock.law.rules import Roll
from tests.frozen import LAW

NOTES = [
    # day, countries, office, weekend, holiday in, last office day before
    ("2026-10-04", "us", "us", True, (), "2026-10-02"),  # a Sunday: the last Federal Register day was a Friday
    ("2027-07-01", "us ca mx", "", False, ("ca",), None),  # Canada Day; the 2026 review was held on one
    ("2027-05-31", "us", "us", False, ("us",), "2027-05-28"),  # Memorial Day, a Monday
    ("2025-10-04", "us", "us", True, (), "2025-10-03"),  # a Saturday
    ("2028-04-22", "us", "us", True, (), "2028-04-21"),
    ("2027-12-25", "us", "us", True, ("us",), "2027-12-23"),  # Christmas on a Saturday is observed on the Friday
    ("2025-11-16", "mx", "mx", True, (), "2025-11-14"),
    ("2027-11-11", "us ca mx", "ca", False, ("us", "ca"), "2027-11-10"),  # Veterans Day; Remembrance Day
    ("2027-05-24", "ca", "ca", False, ("ca",), "2027-05-21"),  # Victoria Day, on which Ottawa is closed
]


@pytest.mark.parametrize(("day", "countries", "office", "weekend", "holiday_in", "last"), NOTES)
def test_the_note(
    day: str, countries: str, office: str, weekend: bool, holiday_in: tuple[str, ...], last: str | None
) -> None:
    note = office_day(date.fromisoformat(day), tuple(countries.split()), office)
    if note is None:
        assert (weekend, holiday_in, last) == (False, (), None)
        return
    found = (note.weekend, note.holiday_in, note.last_before and note.last_before.isoformat())
    assert found == (weekend, holiday_in, last)
    assert note.unknown_in == ()


def test_a_year_beyond_the_holiday_data_is_said_to_be_unknown() -> None:
    note = office_day(date(2150, 3, 3), ("us",), "")
    assert note is not None
    assert note.unknown_in == ("us",)
    assert is_office_day(date(2150, 3, 3), "us")


@pytest.mark.parametrize("country", ["us", "ca", "mx"])
def test_the_holidays_that_ship_are_those_of_the_package_that_they_were_made_from(country: str) -> None:
    kinds = ("public", "government") if country == "ca" else ("public",)
    for year in range(2017, 2101):
        assert federal_holidays(country, year) == set(country_holidays(country.upper(), years=year, categories=kinds))
    assert federal_holidays(country, 2016) is None
    assert federal_holidays(country, 2101) is None


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2027, 7, 1), ("ca",)),  # Canada Day
        (date(2027, 9, 16), ("mx",)),  # Independence Day
        (date(2027, 9, 6), ("us", "ca")),  # Labor Day, Labour Day
    ],
)
def test_a_date_of_the_treaty_has_the_office_days_of_three_countries(day: date, closed: tuple[str, ...]) -> None:
    note = office_day(day, LAW.jurisdictions["treaty"].offices, "")
    assert note is not None
    assert note.holiday_in == closed


# The day, to which side, the calendar, the business day. 2027-05-16 is a Sunday, 2027-03-26 Good Friday, on which the
# exchange is closed and offices are not; 2027-12-31 is a Friday, on which New Year's Day, a Saturday, is observed.
BUSINESS_DAYS = [
    ("2027-05-16", "previous", "US", "2027-05-14"),
    ("2027-05-16", "next", "US", "2027-05-17"),
    ("2027-05-15", "next", "us", "2027-05-17"),
    ("2027-05-29", "next", "US", "2027-06-01"),  # over Memorial Day
    ("2027-05-31", "previous", "US", "2027-05-28"),
    ("2027-03-26", "next", "NYSE", "2027-03-29"),
    ("2028-01-01", "previous", "US", "2027-12-30"),
    ("2027-06-24", "next", "CA-QC", "2027-06-25"),
]


@pytest.mark.parametrize(("day", "to", "calendar", "expected"), BUSINESS_DAYS)
def test_a_day_that_is_no_business_day_rolls_to_the_next_or_the_one_before(
    day: str, to: str, calendar: str, expected: str
) -> None:
    counted = business_day(starting(date.fromisoformat(day), "review_held"), Roll(to=to, holidays=calendar))
    landed = date.fromisoformat(expected)
    assert counted.day == landed
    assert counted.steps[1:] == (Step(kind=f"roll_{to}", day=landed, ref=calendar),)


@pytest.mark.parametrize(("day", "calendar"), [("2027-05-14", "US"), ("2027-03-26", "US"), ("2027-06-24", "CA-ON")])
def test_a_business_day_stays(day: str, calendar: str) -> None:
    counted = starting(date.fromisoformat(day), "review_held")
    for to in ("previous", "next"):
        assert business_day(counted, Roll(to=to, holidays=calendar)) == counted


def test_where_holidays_are_not_known_no_business_day_is_guessed() -> None:
    far = starting(date(2150, 3, 3), "review_held")
    with pytest.raises(HolidaysUnknown, match=r"^the public holidays of US in 2150 are not known$"):
        business_day(far, Roll(to="next", holidays="US"))


def test_countries_their_parts_and_markets_have_holiday_calendars() -> None:
    assert {"US", "US-NY", "CA", "CA-QC", "MX", "NYSE"} <= holiday_calendars()
    assert not {"us", "US-", "ZZ", "NY"} & holiday_calendars()


# 2027-07-01 is Canada Day, a Thursday; on Monday 5 July the United States observe Independence Day.
LAST_OFFICE_DAYS = [
    ("2027-07-05", ("us",), "2027-07-02", "US"),
    ("2027-07-01", ("us", "ca"), "2027-06-30", "US, CA"),
    ("2027-07-04", ("us", "ca", "mx"), "2027-07-02", "US, CA, MX"),
]


@pytest.mark.parametrize(("day", "countries", "expected", "named"), LAST_OFFICE_DAYS)
def test_a_reminder_comes_on_the_last_day_on_which_all_offices_are_open(
    day: str, countries: tuple[str, ...], expected: str, named: str
) -> None:
    counted = on_an_office_day(starting(date.fromisoformat(day), "review_held"), countries)
    assert counted.steps[1:] == (Step(kind="roll_previous", day=date.fromisoformat(expected), ref=named),)


def test_on_an_office_day_a_reminder_stays() -> None:
    counted = starting(date(2027, 7, 1), "review_held")
    assert on_an_office_day(counted, ("us", "mx")) == counted


def test_the_last_office_day_before_is_told_where_that_office_is_closed() -> None:
    canada_day = date(2027, 7, 1)
    note = OfficeDay(weekend=False, holiday_in=("ca",), unknown_in=(), last_before=date(2027, 6, 30))
    assert office_day(canada_day, ("us", "ca", "mx"), "ca") == note
    assert office_day(canada_day, ("us", "ca", "mx"), "us") == OfficeDay(
        weekend=False, holiday_in=("ca",), unknown_in=(), last_before=None
    )
    assert office_day(canada_day, ("us", "mx"), "us") is None
