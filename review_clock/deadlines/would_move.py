"""What would move a date, or remove it, from what it is counted from: the causes, by their names in the words files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from review_clock.deadlines.resolve import Dated

CAUSES: Final = (
    *("set_day", "extension", "departure", "rescission"),
    *("announcement", "evidence", "amendment", "condition", "case_day"),
)
"""A day set for the review (or it held early); each Party's confirmation; a withdrawal; a notice taken back; a new
announcement; a better day of the event counted from; an amendment of the text; what its condition hangs on;
another day of the user's case."""

_TERM: Final = ("extension", "departure")
_FIXED: Final = ("amendment", "departure")
_BY_ANCHOR: Final[Mapping[str, tuple[str, ...]]] = {
    "annual": ("set_day", *_TERM),
    "after_extension": ("set_day", "departure"),
    "term_end": _TERM,
    "last_day_in_force": _TERM,
    "last_notice": _TERM,
    "exit_us": _TERM,
    "withdrawal": ("rescission",),
    "announced": ("announcement",),
    "case": ("case_day", *_FIXED),
    "mexico_consultation": ("evidence", "departure"),
    "first_automotive_report": ("evidence", "departure"),
    "labor_committee": ("evidence", "departure"),
}


def _anchor(dated: Dated) -> str:
    """What it is counted from: a review that acts can move, a withdrawal, or the anchor of its rule."""
    if dated.review is not None:
        review = dated.review
        return "annual" if review.kind == "annual" else dated.anchor if review.term == 1 else "after_extension"
    return "withdrawal" if dated.counted.steps[0].what == "withdrawal_notice" else dated.anchor


def would_move(dated: Dated, as_of: date) -> tuple[str, ...]:
    """The causes; none once the event that it is counted from, and itself, have gone by."""
    if max(step.day for step in dated.counted.steps) < as_of:
        return ()
    causes = _BY_ANCHOR.get(_anchor(dated), _FIXED)
    return (*causes, "condition") if dated.own_condition else causes
