"""The rows of `status`: they say of the end and of the next review what the headline above them says."""

from __future__ import annotations

import pytest

from review_clock.files import LANGUAGES
from review_clock.formats.text_status import status_rows
from review_clock.words.wording import wording
from tests.words.states import questions


@pytest.mark.parametrize("reading", ["", "end_of_day"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rows_give_the_day_on_which_it_ends_and_no_other(lang: str, reading: str) -> None:
    words = wording(lang)
    for name, asked in questions().items():
        asking = asked.under(term_ends=reading) if reading else asked
        answer, rows = asking.answer, dict(status_rows(asking, words))
        said = [rows[words(key)] for key in ("status.term_end", "status.ends")]
        ends = answer.ends if answer.in_force else None
        assert [text[:10] for text in said if text] == ([ends.date.isoformat()] if ends else []), name
        if ends and ends.because == "withdrawals":
            assert words("verdict.row_withdrawals") in said[1], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_next_review_hangs_on_an_open_one_there_too(lang: str) -> None:
    words = wording(lang)
    hangs = words("verdict.note_review_if", note="")
    for name, asked in questions().items():
        row = dict(status_rows(asked, words))[words("status.next_review")]
        open_before = asked.answer.phase == "review_open" and asked.answer.next_review is not None
        assert (hangs in row) == open_before, name
