"""What moved the position, and how it would have gone on each time if nobody had acted after it. Art. 34.6, 34.7."""

from __future__ import annotations

from datetime import date

import pytest

from review_clock.timeline.keeping import with_lines
from tests.frozen import LAW, RECORD, defaults, question

AS_OF = date(2028, 1, 1)
US, CA = "2026-12-10 us gives notice", "2026-12-20 ca gives notice"
# What is recorded beyond the frozen record; then of each change after it the day, the day on which withdrawals would
# end the Agreement (six months after the second notice of three), the review that would meet next.
ROWS: list[tuple[tuple[str, ...], list[tuple[str, str, str]]]] = [
    # silence: the annual review falls due and leaves the next one a year off
    ((), [("2027-07-01 review_falls_due", "", "2028-07-01")]),
    (
        ("2027-07-01 all confirm",),  # the third confirmation extends: a six-year review, Art. 34.7(3)
        [
            ("2027-07-01 review_falls_due", "", "2028-07-01"),
            ("2027-07-01 confirmation", "", "2028-07-01"),
            ("2027-07-01 confirmation", "", "2028-07-01"),
            ("2027-07-01 confirmation", "", "2033-07-01"),
        ],
    ),
    (
        (US, CA),  # one Party cannot go on alone, R17: nothing is reviewed between the second notice and the end
        [
            ("2026-12-10 withdrawal_notice", "", "2027-07-01"),
            ("2026-12-20 withdrawal_notice", "2027-06-20", ""),
            ("2027-06-10 withdrawal_takes_effect", "2027-06-20", ""),
            ("2027-06-20 withdrawal_takes_effect", "", ""),
        ],
    ),
    (
        (US, CA, "2027-01-20 ca rescinds notice"),
        [
            ("2026-12-10 withdrawal_notice", "", "2027-07-01"),
            ("2026-12-20 withdrawal_notice", "2027-06-20", ""),
            ("2027-01-20 withdrawal_rescinded", "", "2027-07-01"),
            ("2027-06-10 withdrawal_takes_effect", "", "2027-07-01"),
            ("2027-07-01 review_falls_due", "", "2028-07-01"),
        ],
    ),
]


@pytest.mark.parametrize(("lines", "told"), ROWS)
def test_each_change_says_how_it_would_have_gone_on(lines: tuple[str, ...], told: list[tuple[str, str, str]]) -> None:
    changes = question(AS_OF, record=with_lines(RECORD, lines, LAW, defaults())).legal_changes
    later = [each for each in changes if each.moment.date > date(2026, 11, 28)]
    assert [
        (
            f"{each.moment.date} {each.moment.event}",
            str(each.ends_by_withdrawals or ""),
            str(each.review.falls_due) if each.review else "",
        )
        for each in later
    ] == told


def test_what_comes_after_the_day_is_no_change_yet() -> None:
    day, record = date(2027, 1, 20), with_lines(RECORD, (US, "2027-01-20 us rescinds notice"), LAW, defaults())
    assert question(day, record=record).legal_changes[-1].moment.event == "withdrawal_rescinded"
    assert question(date(2027, 1, 19), record=record).legal_changes[-1].moment.event == "withdrawal_notice"
