"""Dates that governments, research services and law firms have published, reproduced; where ours is another, why.

The addresses stand with the same titles in the record that ships.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.frozen import question

ASKED = question(date(2026, 11, 24))
FOUND = {each.id: each.date for each in ASKED.all_deadlines}
END = ASKED.answer.ends
PUBLISHED = [
    # who published it, for which date, the day printed, how many days ours is later, and why
    ("Mexico's foreign ministry, April 2020", "treaty.entry-into-force", "2020-07-01", 0, ""),
    ("Canada Gazette, Part I, August 2020", "treaty.entry-into-force", "2020-07-01", 0, ""),
    ("Kelley Drye, 2023", "us.202a.itc.1", "2023-06-30", 0, ""),
    ("White & Case, September 2025", "mx.consultation", "2025-11-16", 0, ""),
    ("Holland & Knight, October 2025", "mx.consultation", "2025-11-16", 0, ""),
    ("Covington, September 2025", "mx.consultation", "2025-11-16", 0, ""),
    ("Sandler, Travis & Rosenberg, September 2025", "us.comments.1-1", "2025-11-03", 0, ""),
    ("Cassidy Levy Kent, September 2025", "us.comments.1-1", "2025-11-01", 2, "45 days fall on a Saturday"),
    ("Business in Focus, October 2025", "ca.comments.1-1", "2025-11-03", 0, ""),
    ("OneVoice, December 2025", "us.611.report.1-1", "2026-01-02", 0, ""),
    ("Cassidy Levy Kent, September 2025", "treaty.recommendations.1-1", "2026-06-01", 0, ""),
    ("Congressional Research Service, R48787", "treaty.recommendations.1-1", "2026-06-01", 0, ""),
    ("USTR, FR Doc. 2025-22105", "us.202a.ustr.3", "2026-07-01", 0, ""),
    ("USTR, October 2026, through one compilation", "us.comments.1-2", "2027-01-12", 0, ""),
    ("USITC, February 2026", "us.202a.itc.3", "2027-07-01", -1, "counted from the first report, of 30 June 2022"),
    ("Congressional Research Service, R48787", "treaty.term.end.1", "2036-07-01", 0, ""),
    ("Sandler, Travis & Rosenberg, September 2025", "treaty.term.end.1", "2036-07-01", 0, ""),
    ("Bennett Jones", "treaty.term.end.1", "2036-06-30", 1, "they print the last day in force"),
    ("C.D. Howe Institute", "treaty.term.end.1", "2036-06-30", 1, "they print the last day in force"),
]


@pytest.mark.parametrize(("who", "identity", "printed", "later", "why"), PUBLISHED)
def test_what_others_print_is_what_is_counted(who: str, identity: str, printed: str, later: int, why: str) -> None:
    day = date.fromisoformat(printed)
    assert FOUND[identity] - day == timedelta(days=later), who
    assert bool(later) == bool(why)


def test_the_last_day_that_some_print_is_ours_too() -> None:
    assert END is not None
    assert END.last_day == date(2036, 6, 30)


def test_the_commission_names_the_years_that_are_counted() -> None:
    """USITC: the next three reports are due in 2027, 2029 and 2031."""
    assert [FOUND[f"us.202a.itc.{n}"].year for n in (3, 4, 5)] == [2027, 2029, 2031]


def test_rebuttals_are_due_seven_days_after_the_last_day_of_the_hearing() -> None:
    """Wiley, of the notice of 17 September 2025; the hearing was held from 3 to 5 December."""
    assert FOUND["us.comments.rebuttal.1-1"] == date(2025, 12, 5) + timedelta(days=7)
