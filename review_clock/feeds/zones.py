"""The time zone of a timed event as every client reads it: one observance, or two that recur (RFC 5545 3.6.5).

The lists of single days that a zone's whole history makes end in 2038, before an extended term does, and some clients
cannot read them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

FIRST_YEAR: Final = 2023  # Mexico's clocks have stood still since then
_LAST_YEAR: Final = 2060
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """The hours of a year, on the clock as it stood before, at which the clocks of a zone are changed."""
    found = []
    for day in range(365):
        moment = datetime(year, 1, 1) + timedelta(days=day)
        before = _offset(zone, moment)
        if before == _offset(zone, moment + timedelta(days=1)):
            continue
        while _offset(zone, moment) == before:
            moment += timedelta(hours=1)
        found.append(moment + before)
    return found


def _rule(days: list[datetime]) -> vRecur | None:
    """The rule by which the changes of successive years follow each other: the n-th, or the last, such weekday."""
    month, weekday = days[0].month, days[0].weekday()
    if any((day.month, day.weekday(), day.hour) != (month, weekday, days[0].hour) for day in days):
        return None
    nths = {(day.day - 1) // 7 + 1 for day in days}
    last = all((day + timedelta(days=7)).month != month for day in days)
    if len(nths) > 1 and not last:
        return None
    nth = "-1" if len(nths) > 1 else str(nths.pop())
    return vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{nth}{_DAYS[weekday]}"})


def _observance(zone: ZoneInfo, onset: datetime, rule: vRecur | None) -> TimezoneStandard | TimezoneDaylight:
    before, after = (onset.replace(tzinfo=zone) + timedelta(hours=n) for n in (-12, 12))
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    part.add("DTSTART", onset)
    part.add("TZOFFSETFROM", before.utcoffset())
    part.add("TZOFFSETTO", after.utcoffset())
    part.add("TZNAME", after.tzname())
    if rule is not None:
        part["RRULE"] = rule
    return part


@cache
def time_zone(name: str) -> Timezone:
    """The VTIMEZONE of an IANA zone; where its clocks follow no yearly rule, its whole history."""
    zone = ZoneInfo(name)
    years = [_changes(zone, year) for year in range(FIRST_YEAR, _LAST_YEAR + 1)]
    numbers = {len(each) for each in years}
    rules = [_rule(list(days)) for days in zip(*years, strict=True)] if len(numbers) == 1 else [None]
    if None in rules:
        return Timezone.from_tzid(name)
    found = Timezone()
    found.add("TZID", name)
    onsets = years[0] or [datetime(FIRST_YEAR, 1, 1)]
    for onset, rule in zip(onsets, rules or [None], strict=True):
        found.add_component(_observance(zone, onset, rule))
    return found
