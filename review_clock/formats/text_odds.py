"""The answer of `outlook --ask` → text for a terminal, CSV and Markdown."""

from __future__ import annotations

from review_clock.formats.tables import csv_text, facts, markdown, paragraph
from review_clock.formats.text_futures import head
from review_clock.futures.odds import Asked
from review_clock.futures.setting import Setting
from review_clock.words.events import event_text
from review_clock.words.futures import assumptions, caveats, given, hypothesis, odds
from review_clock.words.wording import Wording


def setting_text(under: Setting, heading: str, words: Wording) -> list[str]:
    """What an answer rests on: what is taken as given and assumed, the title, the chances, what is assumed beyond."""
    return [
        head(hypothesis(under.start, words)),
        paragraph(heading) + "\n",
        f"{words('outlook.given')}\n{facts(given(under, words))}\n",
        f"{words('outlook.assumed')}\n"
        + "".join(f"{paragraph(line, '  ', '- ')}\n" for line in assumptions(under, words)),
    ]


def setting_markdown(under: Setting, heading: str, words: Wording) -> list[str]:
    """The same in Markdown."""
    return [
        f"# {heading}",
        "\n".join(hypothesis(under.start, words)),
        f"## {words('outlook.given')}\n\n{markdown(('', ''), given(under, words))}",
        f"## {words('outlook.assumed')}\n\n" + "\n".join(f"- {line}" for line in assumptions(under, words)),
    ]


def notes(under: Setting, words: Wording) -> list[str]:
    """How it was computed, that it is no forecast, and under what."""
    return [
        words("outlook.exact" if under.exact else "outlook.floating"),
        words("outlook.not_a_forecast"),
        *caveats(under.start, words),
    ]


def title(under: Setting, words: Wording) -> str:
    """What is told, and from which day on."""
    return words("odds.title", day=words.day(under.start.as_of))


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


def in_columns(headings: list[str], rows: list[list[str]]) -> str:
    """Columns of figures, and a text at the end that is wrapped."""
    wide = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    lines = []
    for *shares, last in (headings, *rows):
        before = "  ".join(share.rjust(width) for share, width in zip(shares, wide, strict=False)) + "  "
        lines.append(paragraph(last, " " * len(before), before) if last else before.rstrip())
    return "\n".join(lines) + "\n"


def odds_text(answer: Asked, words: Wording) -> str:
    """What is given and assumed, the condition and its chance, and the odds of each event."""
    parts = [
        *setting_text(answer, title(answer, words), words),
        head(conditions(answer, words)),
        in_columns(_headings(answer, words), _rows(answer, words)),
        head(notes(answer, words)),
    ]
    return "\n".join(part for part in parts if part)


def odds_markdown(answer: Asked, words: Wording) -> str:
    """The same in Markdown."""
    parts = [
        *setting_markdown(answer, title(answer, words), words),
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
