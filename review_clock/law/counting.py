"""How the texts count: months after, days before, anniversaries, the day that does not exist.

The Agreement has no general rule on computing time. Ordinary meaning and practice give the corresponding-date
rule: the same day number so many months or years on, the day of the event not counted. Where the month has no
such day, the reading `missing_day` says which neighbour is meant. Nothing moves for weekends or holidays.

Only this module makes a `Counted`, so that a date and its derivation cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from dateutil.relativedelta import relativedelta

from review_clock.files import Error, Phrase

ONE_DAY: Final = timedelta(days=1)


class BeyondTheCalendar(Error, ValueError):
    """A count that leaves the calendar (before year 1, after year 9999)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a derivation: what was done (`kind`), the day it gave, and the figures for the sentence.

    `n` is a number of days, months or years as `kind` says; `what` names the event or duty the count starts from;
    `ref` points at the thing named (a record entry, a review as `term-review`).
    """

    kind: str
    day: date
    n: int = 0
    what: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A date with the steps that made it. The last step's day is the date."""

    day: date
    steps: tuple[Step, ...]


def starting(day: date, what: str, ref: str = "") -> Counted:
    """The day a count starts from: an event named `what` in the words files."""
    return Counted(day=day, steps=(Step(kind="start", day=day, what=what, ref=ref),))


def _then(base: Counted, step: Step) -> Counted:
    return Counted(day=step.day, steps=(*base.steps, step))


def _shifted(base: date, delta: relativedelta | timedelta) -> date:
    try:
        return base + delta
    except (OverflowError, ValueError) as error:
        wrong = Phrase("{day}: a count from this day leaves the calendar (years 1 to 9999)", day=base)
        raise BeyondTheCalendar(wrong) from error


@lru_cache(maxsize=4096)
def _months_on(base: date, months: int) -> date:
    """The corresponding day, or the last of its month. The same few are asked for under every act and reading."""
    return _shifted(base, relativedelta(months=months))


def _calendar_shift(base: Counted, *, months: int, missing_day: str, kind: str, n: int) -> Counted:
    landed = _months_on(base.day, months)
    counted = _then(base, Step(kind=kind, day=landed, n=abs(n)))
    if landed.day == base.day.day:
        return counted
    if missing_day == "first_of_next":
        return _then(counted, Step(kind="missing_day_next", day=landed + ONE_DAY, n=base.day.day))
    return _then(counted, Step(kind="missing_day_last", day=landed, n=base.day.day))


def months_after(base: Counted, months: int, *, missing_day: str) -> Counted:
    """The corresponding day `months` calendar months after `base` (before it, if negative).

    `base` itself is not counted. 31 August and 6 months give 28 February under `last_day_of_month`, 1 March under
    `first_of_next`; the derivation says that the day was missing. Authority: Art. 34.6; the reading `missing_day`.
    Raises `BeyondTheCalendar`.
    """
    kind = "months_after" if months >= 0 else "months_before"
    return _calendar_shift(base, months=months, missing_day=missing_day, kind=kind, n=months)


def years_after(base: Counted, years: int, *, missing_day: str) -> Counted:
    """The anniversary `years` calendar years after `base`.

    The anniversary of a 29 February in a year without one is 28 February under `last_day_of_month`, 1 March under
    `first_of_next`. Authority: Art. 34.7(1), Art. 34.7(2). Raises `BeyondTheCalendar`.
    """
    kind = "years_after" if years >= 0 else "years_before"
    return _calendar_shift(base, months=12 * years, missing_day=missing_day, kind=kind, n=years)


def days_after(base: Counted, days: int) -> Counted:
    """The day `days` calendar days after `base`, which is itself left out; the last day is counted in.

    Authority: 19 U.S.C. 4611(d)(1). Raises `BeyondTheCalendar`.
    """
    return _then(base, Step(kind="days_after", day=_shifted(base.day, timedelta(days=days)), n=days))


def days_before(base: Counted, days: int) -> Counted:
    """The day `days` calendar days before `base`, which is itself left out.

    Authority: 19 U.S.C. 4611(b)(1), (b)(2), (c)(1).
    """
    return _then(base, Step(kind="days_before", day=_shifted(base.day, timedelta(days=-days)), n=days))


def a_clear_day_earlier(base: Counted) -> Counted:
    """One day earlier: under the reading `clear_days`, "at least" leaves out both ends (reading R13)."""
    return _then(base, Step(kind="clear_day", day=base.day - ONE_DAY))


def the_day_before(base: Counted) -> Counted:
    """The last day that is still before `base`."""
    return _then(base, Step(kind="day_before", day=base.day - ONE_DAY))


def through_the_day(base: Counted) -> Counted:
    """`base` itself, said to be counted in: the reading under which a term runs through its last day (R2)."""
    return _then(base, Step(kind="through_the_day", day=base.day))


def the_day_after(base: Counted) -> Counted:
    """The first day that is after `base`, where a term runs through its last day (R2)."""
    return _then(base, Step(kind="day_after", day=base.day + ONE_DAY))


def last_notice(end: Counted, months: int, *, missing_day: str) -> Counted:
    """The last day from which `months` counted forward are over by `end`: searched, since no count back is its inverse.

    For an end on 29 June, 29 December and six months; 30 December would give the 30th. Authority: Art. 34.6.
    """
    # No month is more than three days shorter than another; a search from a later day would find the same.
    day = _months_on(end.day, -months) + 4 * ONE_DAY  # pragma: no mutate
    while months_after(Counted(day=day, steps=()), months, missing_day=missing_day).day > end.day:
        day -= ONE_DAY
    return _then(end, Step(kind="last_notice", day=day, n=months))


def under_amended_text(base: Counted, start: date) -> Counted:
    """`base`, said to be counted under a text in force from `start` on, and where it lies before that day, so."""
    kind = "amended_text" if start <= base.day else "before_amended_text"
    return _then(base, Step(kind=kind, day=base.day, ref=start.isoformat()))


def hung_on(base: Counted, identity: str) -> Counted:
    """`base`, said to be the deadline `identity`, from which a user's own count goes on."""
    return _then(base, Step(kind="of_deadline", day=base.day, ref=identity))


def rolled(base: Counted, day: date, to: str, holidays: str) -> Counted:
    """`day`, the business day of the calendar `holidays` that is `previous` or `next` to `base`, which is none."""
    return _then(base, Step(kind=f"roll_{to}", day=day, ref=holidays))


def first_of_nth_month_after(base: Counted, months: int) -> Counted:
    """The first day of the `months`-th month following the month of `base`.

    Authority: Protocol para. 2 (24 April, third month following: May, June, July; 1 July).
    """
    landed = base.day.replace(day=1) + relativedelta(months=months)
    return _then(base, Step(kind="month_start", day=landed, n=months))


def new_year_after(base: Counted, years: int) -> Counted:
    """1 January of the `years`-th year after the year of `base`. Authority: S.C. 2020, c. 1 (tariff stages)."""
    return _then(base, Step(kind="new_year", day=date(base.day.year + years, 1, 1), n=years))


def next_month_day(base: Counted, month_day: str) -> Counted:
    """The first `MM-DD` that falls after `base`."""
    month, day = (int(part) for part in month_day.split("-"))
    landed = date(base.day.year, month, day)
    if landed <= base.day:
        landed = date(base.day.year + 1, month, day)
    return _then(base, Step(kind="next_month_day", day=landed))


def counted_on(base: Counted, offset: Mapping[str, int | str], *, missing_day: str) -> Counted:
    """`base` with one step of a rule's `offset` taken: `{"days": -270}`, `{"months": 6}`, `{"month_start": 3}` …

    Raises `ValueError` for a key that is not one of `OFFSET_KEYS`, `BeyondTheCalendar` outside the calendar.
    """
    ((key, amount),) = offset.items()
    if key == "next_month_day":
        return next_month_day(base, str(amount))
    n = int(amount)
    if key in ("years", "months"):
        along = years_after if key == "years" else months_after
        return along(base, n, missing_day=missing_day)
    if key == "days":
        return days_after(base, n) if n >= 0 else days_before(base, -n)
    if key in ("month_start", "new_year"):
        return first_of_nth_month_after(base, n) if key == "month_start" else new_year_after(base, n)
    raise ValueError(f"{key!r} is not a way to count ({', '.join(OFFSET_KEYS)})")


OFFSET_KEYS: Final = ("years", "months", "days", "month_start", "new_year", "next_month_day")
