"""What became of a date, in words: its days, how sure it was and is, and what made it so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from review_clock.words.phrases import DayForm, change_text, correction_text, marked

if TYPE_CHECKING:
    from review_clock.questions.learned import LearnedDate
    from review_clock.words.wording import Wording


def days_text(row: LearnedDate, words: Wording, said: DayForm) -> str:
    """Its day before and after; one where they are the same."""
    days = [marked(said(day), row.day_is, row.kind, words) for day in (row.before, row.after) if day is not None]
    return " → ".join(dict.fromkeys(days))


def certainty_text(row: LearnedDate, words: Wording) -> str:
    """How certain it was and is, or what came of it; once where that is the same."""
    sides = ((row.was, row.outcome_was), (row.became, row.outcome))
    return " → ".join(dict.fromkeys(_sure(*each, words) for each in sides if each[0]))


def _sure(certainty: str, outcome: str, words: Wording) -> str:
    return words(f"what_came_of_it.{outcome}" if certainty == "past" and outcome else f"certainty.{certainty}")


def why_texts(row: LearnedDate, words: Wording, said: DayForm) -> Iterator[str]:
    """What made it so: acts, announcements and amendments, then corrections of ours, called so."""
    for change in row.changes:
        yield change_text(change, words, said)
    for each in row.corrections:
        yield correction_text(each, words, said)
