"""Office days: a note on a date, which never moves for them."""

from __future__ import annotations

from datetime import date

import pytest
from holidays import country_holidays

from review_clock.deadlines.office_days import federal_holidays, is_office_day, office_day
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
