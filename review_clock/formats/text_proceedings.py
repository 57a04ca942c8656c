"""Proceedings → what a terminal or a Markdown page says of them: a table of steps each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from review_clock.formats.parts import Grid, Lines, Part, Title, as_text
from review_clock.questions.proceedings import Proceedings, ProceedingState
from review_clock.words.knowledge import known_lines, verified_line
from review_clock.words.proceedings import days_text, state_text
from review_clock.words.wording import Wording

_WIDTHS: Final = (18, 13, 30, 12)


def _proceeding(each: ProceedingState, words: Wording) -> Iterator[Part]:
    yield Title(f"{each.id}  {words.said(each.title)}", 2)
    cites = "; ".join((*map(words.cite, each.authority), *filter(None, (each.citation,))))
    yield Lines([". ".join(filter(None, (words.said(each.actor), cites)))])
    rows = [
        (
            words(f"proceeding_step.{step.step}"),
            days_text(step.day, words, date.isoformat) if step.day else "",
            state_text(step, words, date.isoformat),
            step.day.entry if step.day else "",
        )
        for step in each.steps
    ]
    yield Grid([words(f"proceedings.head_{name}") for name in ("step", "day", "state", "entry")], rows, _WIDTHS)


def proceedings_parts(found: Proceedings, words: Wording) -> list[Part]:
    """Each proceeding with its steps, and how far the record was verified."""
    parts: list[Part] = [Title(words("proceedings.title"))]
    for each in found.proceedings:
        parts += _proceeding(each, words)
    none = [] if found.proceedings else [words("proceedings.none")]
    end = [
        *none,
        words("proceedings.about"),
        *known_lines(found.as_of, found.known_on, words),
        verified_line("history.verified", found.verified_on, words, date.isoformat),
        words("status.disclaimer"),
    ]
    return [*parts, Lines(end)]


def proceedings_text(found: Proceedings, words: Wording) -> str:
    """The same for a terminal."""
    return as_text(proceedings_parts(found, words))
