"""If they extend in a given year: the term's end, the next review, and how many annual reviews are held until then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.law.position import last_day_in_force
from review_clock.questions.premises import Premises
from review_clock.scenarios.assume import NotAssumable
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


def _days(premises: Premises) -> Iterable[date]:
    """A day in each year left of the term: the joint review due in it, else the last day in force."""
    line = timeline(premises.record.acts, premises.readings)
    days = [review.falls_due for review in line.reviews()]
    if line.final.term_end is not None:
        days.append(last_day_in_force(line.final.term_end, premises.readings).day)
    after = max(premises.as_of, premises.record.ends)
    return {day.year: day for day in reversed(days) if day > after}.values()


def extensions_by_year(premises: Premises) -> tuple[ExtensionIn, ...]:
    """For each year left of the term, what comes of it if all confirm in it; a year in which they cannot is left out.

    Art. 34.7(3), Art. 34.7(4), Art. 34.7(5).
    """
    found = []
    for day in sorted(_days(premises)):
        line = f"{day.isoformat()} all confirm"
        try:
            after = premises.under_plan(None).assume(line).line
        except NotAssumable:
            continue
        extended = course(after, day)
        held = [r for r in after.reviews() if r.kind == "annual" and premises.as_of < r.meeting.day <= day]
        found += [
            ExtensionIn(
                year=day.year,
                on=day,
                line=line,
                term_end=each.term_end,
                next_review=extended.next_review.date if extended.next_review else None,
                annual_reviews=len(held),
            )
            for each in extended.extensions
            if each.on == day
        ]
    return tuple(found)
