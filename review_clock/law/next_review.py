"""When the next joint review falls due: the six-year one of a term, and the annual one after another review."""

from __future__ import annotations

from datetime import date

from review_clock.law.counting import Counted, starting, years_after
from review_clock.law.position import Position, Review
from review_clock.law.readings import Readings


def six_year_review(term: int, cycle_from: Counted, years: int, r: Readings) -> Review:
    """The six-year review of a term, so many years after the day from which they run. Art. 34.7(2), (3), (5)."""
    return Review(term=term, number=1, years=years, due=years_after(cycle_from, years, missing_day=r["missing_day"]))


def annual_review_after(p: Position, last: Review, r: Readings) -> Review | None:
    """The next annual review, if one falls in the rest of the term. Art. 34.7(4), "every year"; readings R3 and R7."""
    assert p.cycle_from is not None
    assert p.term_end is not None
    if r["annual_review_day"] == "year_after_last":
        due = years_after(starting(_closed_on(last), "last_review", last.key), 1, missing_day=r["missing_day"])
    else:  # under `any_day` too: what is counted from a review without a day goes by the anniversary
        years = _year_served(last) + 1 - p.cycle_from.day.year
        due = years_after(p.cycle_from, years, missing_day=r["missing_day"])
    if due.day >= p.term_end.day:
        return None
    return Review(term=last.term, number=last.number + 1, years=due.day.year - p.cycle_from.day.year, due=due)


def _year_served(last: Review) -> int:
    """The calendar year that needs no further review: its own, and an annual one held or set early serves its due year.

    A six-year review does not: the annual phase begins with the calendar year after it, however early it was held.
    """
    return max(last.due.day.year, last.year) if last.kind == "annual" else last.year


def _closed_on(last: Review) -> date:
    """The day of its own calendar year on which the review was concluded, else held, else fell due.

    A meeting closed in a later year moves nothing: else a year would be left without a review.
    """
    if last.concluded_on is not None and last.concluded_on.year == last.year:
        return last.concluded_on
    if last.held_on is not None and last.held_on.year == last.year:
        return last.held_on
    return last.falls_due
