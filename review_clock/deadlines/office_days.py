"""Office days: weekends and public holidays of the three countries, and of any other calendar a user's rule names.

They never move a treaty date. They are shown as a note, and for a submission with the nearest office day before it:
for a count that runs backwards a later day would come too late, and for one that runs forwards too. Only a user's own
rule moves for them, and only if it says so; only such a rule loads the package `holidays`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from review_clock.files import Error, Phrase, read
from review_clock.law.counting import ONE_DAY, Counted, rolled
from review_clock.law.rules import Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDay:
    """What a day is for the offices: `weekend`, the countries in which it is a public holiday, the countries whose
    holidays are not known for that year, and the last office day on or before it (None where that is not asked)."""

    weekend: bool
    holiday_in: tuple[str, ...]
    unknown_in: tuple[str, ...]
    last_before: date | None


class HolidaysUnknown(Error, ValueError):
    """A year of which the public holidays are not known: a business day in it is not guessed."""


@cache
def _federal() -> dict[str, dict[str, Any]]:
    return read(os.path.join(os.path.dirname(__file__), "office_days.toml")).everything()


@cache
def federal_holidays(country: str, year: int) -> frozenset[date] | None:
    """The public holidays of the federal offices of us, ca or mx in a year; None where they are not known."""
    days = _federal()[country].get(str(year))
    return None if days is None else frozenset(date.fromisoformat(f"{year}-{day}") for day in days.split())


@cache
def _calendar(name: str, year: int) -> frozenset[date] | None:
    """The public holidays of a year by a calendar (us, US-NY, NYSE); None where the data does not reach."""
    from holidays import country_holidays, financial_holidays, list_supported_countries

    country, _, part = name.upper().partition("-")
    known = country in list_supported_countries()
    found: Any = country_holidays(country, part or None, years=year) if known else financial_holidays(name, years=year)
    if not found.start_year <= year <= found.end_year:
        return None
    return frozenset(found)


def holiday_calendars() -> frozenset[str]:
    """The names of the holiday calendars there are: countries, their parts as `US-NY`, markets."""
    from holidays import list_supported_countries, list_supported_financial

    countries = list_supported_countries()
    parts = {f"{country}-{part}" for country, parts in countries.items() for part in parts}
    return frozenset({*countries, *parts, *list_supported_financial()})


def business_day(counted: Counted, roll: Roll) -> Counted:
    """`counted` itself where it is a business day of the calendar named, else the previous or next one that is.

    Raises `HolidaysUnknown`.
    """
    day, step = counted.day, ONE_DAY if roll.to == "next" else -ONE_DAY
    while True:
        holidays = _calendar(roll.holidays, day.year)
        if holidays is None:
            wrong = "the public holidays of {calendar} in {year} are not known"
            raise HolidaysUnknown(Phrase(wrong, calendar=roll.holidays, year=day.year))
        if day.weekday() < 5 and day not in holidays:
            return counted if day == counted.day else rolled(counted, day, roll.to, roll.holidays)
        day += step


def is_office_day(day: date, country: str) -> bool:
    """Whether the federal offices of `country` are open; days beyond the holiday data count weekends only."""
    return day.weekday() < 5 and day not in (federal_holidays(country, day.year) or frozenset())


def _last_on_or_before(day: date, country: str) -> date:
    while not is_office_day(day, country):
        day -= ONE_DAY
    return day


def on_an_office_day(counted: Counted, countries: tuple[str, ...]) -> Counted:
    """`counted` itself where the federal offices of all `countries` are open then, else the last such day before."""
    day = counted.day
    while not all(is_office_day(day, country) for country in countries):
        day -= ONE_DAY
    return counted if day == counted.day else rolled(counted, day, "previous", ", ".join(countries).upper())


def office_day(day: date, countries: tuple[str, ...], office: str) -> OfficeDay | None:
    """The note on `day` for those `countries`, None on a plain working day; with `office`, the last office day there on
    or before it."""
    weekend, known = day.weekday() >= 5, {country: federal_holidays(country, day.year) for country in countries}
    holiday_in = tuple(country for country, holidays in known.items() if day in (holidays or ()))
    unknown_in = tuple(country for country, holidays in known.items() if holidays is None)
    if not (weekend or holiday_in or unknown_in):
        return None
    last = _last_on_or_before(day, office) if office else None
    return OfficeDay(
        weekend=weekend, holiday_in=holiday_in, unknown_in=unknown_in, last_before=None if last == day else last
    )
