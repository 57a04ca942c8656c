"""The answer of `outlook --ask` → text for a terminal, CSV and Markdown."""

from __future__ import annotations

from review_clock.formats.tables import csv_text, in_columns, markdown, paragraphs
from review_clock.formats.text_setting import notes, setting_markdown, setting_text
from review_clock.futures.odds import Asked
from review_clock.words.events import event_text
from review_clock.words.odds import odds, odds_title
from review_clock.words.wording import Wording


def conditions(answer: Asked, words: Wording) -> list[str]:
    """The condition and its chance; nothing where there is none."""
    if not answer.conditions:
        return []
    said = [words("odds.condition", chance=odds(answer.condition, words))]
    return [*said, *(f"- {event_text(each, words)}" for each in answer.conditions)]


def _headings(answer: Asked, words: Wording) -> list[str]:
    return [words("odds.chance"), *([words("odds.given")] if answer.conditions else []), words("odds.event")]


def _rows(answer: Asked, words: Wording) -> list[list[str]]:
    return [
        [
            odds(each.chance, words),
            *([odds(each.given, words)] if answer.conditions else []),
            event_text(each.said, words),
        ]
        for each in answer.odds
    ]


def odds_text(answer: Asked, words: Wording) -> str:
    """What is given and assumed, the condition and its chance, and the odds of each event."""
    parts = [
        *setting_text(answer, odds_title(answer, words), words),
        paragraphs(conditions(answer, words)),
        in_columns(_headings(answer, words), _rows(answer, words)),
        paragraphs(notes(answer, words)),
    ]
    return "\n".join(part for part in parts if part)


def odds_markdown(answer: Asked, words: Wording) -> str:
    """The same in Markdown."""
    parts = [
        *setting_markdown(answer, odds_title(answer, words), words),
        "\n".join(conditions(answer, words)),
        markdown(_headings(answer, words), _rows(answer, words)),
        "\n\n".join(notes(answer, words)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def odds_csv(answer: Asked) -> str:
    """A row an event, probabilities as numbers from 0 to 1 (RFC 4180)."""
    condition = " and ".join(f"({each})" for each in answer.conditions)
    return csv_text(
        ["event", "chance", "chance_given", "condition", "condition_chance"],
        [(each.said, each.chance, each.given, condition, answer.condition) for each in answer.odds],
    )
