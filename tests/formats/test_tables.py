"""A table for the terminal is the one that the `tabulate` package makes, which takes long to load."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tabulate import tabulate

from review_clock.formats.tables import table

WORD = st.text(st.sampled_from("abçÉ—-.1"), min_size=1, max_size=24)
CELL = st.lists(st.tuples(WORD, st.sampled_from([" ", " ", "  ", "\n"])), max_size=8).map(
    lambda words: "".join(word + gap for word, gap in words).strip()
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(WORD, CELL, CELL), max_size=4), st.sampled_from(["Who", "Who must act, and by whom it is set"])
)
def test_a_table_is_what_tabulate_makes(rows: list[tuple[str, str, str]], who: str) -> None:
    headings, widths = ("Date", "What is due and when", who), [10, 34, 16]
    expected = tabulate(
        rows,
        headers=list(headings),
        tablefmt="simple",
        maxcolwidths=widths,
        maxheadercolwidths=widths,
        disable_numparse=True,
    )
    assert table(headings, rows, widths) == expected
