"""If they extend in a given year: the term's end, the next review, and how many annual reviews are held until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from review_clock.law.position import last_day_in_force
from review_clock.law.readings import Readings
from review_clock.record.ledger import Record, record_ends
from review_clock.scenarios.assume import NotAssumable, assume, line_under
from review_clock.timeline.course import course
from review_clock.timeline.unfold import timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionIn:
    """All confirm `on` a day of `year`, its joint review or the last day in force; `line` assumes it.

    `term_end` is the day with which the new term ends, `next_review` the six-year review that follows the extension,
    `annual_reviews` the number of annual reviews after the day of the answer up to and with the extension.
    """

    year: int
    on: date
    line: str
    term_end: date
    next_review: date | None
    annual_reviews: int


def _days(record: Record, as_of: date, readings: Readings) -> Iterator[date]:
    """A day in each year left of the term: the joint review due in it, else the last day in force."""
    line = timeline(record.acts, readings)
    after, years = max(as_of, record_ends(record)), set()
    for review in line.reviews():
        if review.falls_due > after and review.falls_due.year not in years:
            years.add(review.falls_due.year)
            yield review.falls_due
    end = line.final.term_end
    if line.final.term_end is not None and end is not None:
        last = last_day_in_force(end, readings).day
        if last > after and last.year not in years:
            yield last


def extensions_by_year(record: Record, as_of: date, readings: Readings) -> tuple[ExtensionIn, ...]:
    """For each year left of the term, what comes of it if all confirm in it; a year in which they cannot is left out.

    Art. 34.7(3), Art. 34.7(4), Art. 34.7(5).
    """
    found = []
    for day in _days(record, as_of, readings):
        line = f"{day.isoformat()} all confirm"
        try:
            under = assume([line], record, readings)
        except NotAssumable:
            continue
        after = line_under(under, readings)
        extended = course(after, day)
        extension = next((each for each in extended.extensions if each.on == day), None)
        if extension is None:
            continue
        held = [r for r in after.reviews() if r.kind == "annual" and as_of < r.meeting.day <= day]
        found.append(
            ExtensionIn(
                year=day.year,
                on=day,
                line=line,
                term_end=extension.term_end,
                next_review=extended.next_review,
                annual_reviews=len(held),
            )
        )
    return tuple(found)
