"""The user's own cases → text for a terminal, Markdown and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from review_clock.formats.tables import csv_text, markdown, table
from review_clock.formats.text_deadlines import standing
from review_clock.formats.text_ledger import retraction_text
from review_clock.questions.own_cases import Docketed
from review_clock.words.sureness import sureness
from review_clock.words.wording import Wording

_WIDTHS: Final = (10, 34, 16, 14)


def _date(each: Docketed, words: Wording) -> str:
    return each.deadline.date.isoformat() if each.deadline else words("explain.no_date")


def _matter(each: Docketed, words: Wording) -> str:
    return words.said(each.deadline.title) if each.deadline else each.case.matter


def _who(each: Docketed, words: Wording) -> str:
    """Who in the office answers for it, else who must act under the law."""
    return each.case.who or (words.said(each.deadline.actor_name) if each.deadline else "")


def _state(each: Docketed, words: Wording) -> str:
    if each.retracted is not None:
        return retraction_text(each.retracted, words)
    if each.deadline is None:
        return words("explain.no_date")
    return sureness(each.deadline, words).word if each.deadline.is_ahead else standing(each.deadline, words)


def cases_text(found: Sequence[Docketed], words: Wording) -> str:
    """The cases as a table."""
    if not found:
        return words("case.none")
    headings = [words(f"deadlines.{key}") for key in ("date", "deadline", "who", "certainty")]
    rows = []
    for each in found:
        left = each.days_left
        rows.append(
            [
                "\n".join(filter(None, (_date(each, words), "" if left is None else words.days(left)))),
                f"{_matter(each, words)}\n{each.deadline.id if each.deadline else each.case.id}",
                _who(each, words),
                _state(each, words),
            ]
        )
    return table(headings, rows, _WIDTHS)


def cases_table(found: Iterable[Docketed], words: Wording, form: str) -> str:
    """The cases as csv or md, a row each."""
    headings = [
        *(words(f"deadlines.{key}") for key in ("date", "days_left", "deadline", "counted_from", "who")),
        *(words(f"ledger.head_{key}") for key in ("id", "state")),
    ]
    cells = [
        [
            _date(each, words),
            "" if each.days_left is None else str(each.days_left),
            _matter(each, words),
            each.case.trigger.isoformat(),
            _who(each, words),
            each.deadline.id if each.deadline else each.case.id,
            _state(each, words),
        ]
        for each in found
    ]
    return csv_text(headings, cells) if form == "csv" else f"{markdown(headings, cells)}\n"
