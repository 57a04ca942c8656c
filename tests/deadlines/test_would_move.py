"""What would move a date, or take it away, from the texts: which acts, which announcements."""

from __future__ import annotations

from datetime import date

import pytest

from tests.words.states import asked

D = date.fromisoformat
OVER = ("amendment", "departure")
NOTICE = "2026-11-20 us gives notice"
EXTENDED = "2027-07-01 all confirm"
# The day, lines of the record, the deadline, the causes.
CAUSES = [
    # an annual review: another day may be set; a confirmation of each, or a departure, takes it away (Art. 34.6, 34.7)
    ("2026-11-24", (), "treaty.review.annual.1-2", ("set_day", "extension", "departure")),
    ("2026-11-24", (), "us.611.annual-report.1-2", ("set_day", "extension", "departure")),
    ("2025-11-24", (), "treaty.review.six-year.1-1", OVER),
    ("2027-11-24", (EXTENDED,), "treaty.review.after-extension.2-1", ("set_day", "departure")),
    ("2026-11-24", (), "treaty.term.end.1", ("extension", "departure")),
    ("2026-11-24", (), "treaty.term.last-day.1", ("extension", "departure")),
    ("2026-11-24", (NOTICE,), "treaty.withdrawal.effect.us-1", ("rescission",)),
    ("2026-11-24", (), "us.comments.1-2", ("announcement",)),
    # what was counted from an event that has gone by, and is past itself, nothing moves
    ("2027-01-13", (), "us.comments.1-2", ()),
    ("2027-01-12", (), "us.comments.1-2", ("announcement",)),
    ("2036-07-02", (), "treaty.term.end.1", ()),
]


@pytest.mark.parametrize(("as_of", "lines", "identity", "causes"), CAUSES)
def test_the_causes(as_of: str, lines: tuple[str, ...], identity: str, causes: tuple[str, ...]) -> None:
    assert asked(D(as_of), lines).explain(identity).would_move == causes


def test_a_date_that_hangs_on_a_condition_names_it_last() -> None:
    found = [each for each in asked(D("2026-11-24"), ()).all_deadlines if each.condition and each.condition.text]
    ahead = [each for each in found if each.date >= D("2026-11-24")]
    assert ahead
    assert {each.would_move[-1] for each in ahead} == {"condition"}
    assert all(each.would_move.count("condition") == 1 for each in ahead)
