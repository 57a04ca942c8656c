"""Office days: weekends and public holidays of the three countries, and of any other calendar a user's rule names.

They never move a treaty date. They are shown as a note, and for a submission with the nearest office day before it:
for a count that runs backwards a later day would come too late, and for one that runs forwards too. Only a user's own
rule moves for them, and only if it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from review_clock.law.counting import ONE_DAY, Counted, rolled
from review_clock.law.rules import Roll

COUNTRIES: Final = ("us", "ca", "mx")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDay:
    """What a day is for the offices: `weekend`, the countries in which it is a public holiday, the countries whose
    holidays are not known for that year, and the last office day on or before it (None where that is not asked)."""

    weekend: bool
    holiday_in: tuple[str, ...]
    unknown_in: tuple[str, ...]
    last_before: date | None

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.weekend or self.holiday_in or self.unknown_in)


class HolidaysUnknown(ValueError):
    """A year of which the public holidays are not known: a business day in it is not guessed."""


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


def is_office_day(day: date, country: str) -> bool:
    """Whether the federal offices of `country` are open; days beyond the holiday data count weekends only."""
    return day.weekday() < 5 and day not in (_calendar(country, day.year) or frozenset())


def business_day(counted: Counted, roll: Roll) -> Counted:
    """`counted` itself where it is a business day of the calendar named, else the previous or next one that is.

    Raises `HolidaysUnknown`.
    """
    day, step = counted.day, ONE_DAY if roll.to == "next" else -ONE_DAY
    while True:
        if _calendar(roll.holidays, day.year) is None:
            raise HolidaysUnknown(f"the public holidays of {roll.holidays} in {day.year} are not known")
        if is_office_day(day, roll.holidays):
            return counted if day == counted.day else rolled(counted, day, roll.to, roll.holidays)
        day += step


def _last_on_or_before(day: date, country: str) -> date:
    while not is_office_day(day, country):
        day -= ONE_DAY
    return day


def office_day(day: date, countries: tuple[str, ...], office: str) -> OfficeDay:
    """The note on `day` for those `countries`; with `office`, the last office day there on or before it."""
    weekend = day.weekday() >= 5
    holiday_in = tuple(c for c in countries if day in (_calendar(c, day.year) or frozenset()))
    unknown_in = tuple(c for c in countries if _calendar(c, day.year) is None)
    last = _last_on_or_before(day, office) if office else None
    return OfficeDay(
        weekend=weekend, holiday_in=holiday_in, unknown_in=unknown_in, last_before=None if last == day else last
    )
