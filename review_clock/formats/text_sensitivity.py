"""The answers of `outlook --sweep`, `--solve` and `--tornado` → text for a terminal, Markdown, CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from review_clock.formats.tables import csv_text, in_columns, markdown, paragraphs
from review_clock.formats.text_setting import notes, setting_markdown, setting_text
from review_clock.futures.sensitivity import Asking, Point
from review_clock.futures.solve import Solution
from review_clock.futures.sweep import Sweep
from review_clock.futures.tornado import Bar, Tornado
from review_clock.futures.weights import Weight
from review_clock.words.events import event_text
from review_clock.words.odds import as_given, odds, odds_title
from review_clock.words.wording import Wording

BAR_WIDTH: Final = 40


def _shown(share: Weight | None, words: Wording) -> str:
    return "-" if share is None else odds(share, words)


def _events(answer: Asking, words: Wording) -> list[str]:
    """The events, numbered where there are several, and the conditions."""
    numbered = len(answer.ask) > 1
    asked, given = ([event_text(each, words) for each in texts] for texts in (answer.ask, answer.conditions))
    told = [words("odds.events"), *(f"- {f'({n}) ' if numbered else ''}{each}" for n, each in enumerate(asked, 1))]
    return [*told, *([words("odds.under")] if given else []), *(f"- {each}" for each in given)]


def _points(points: Iterable[Point], several: bool, words: Wording, bars: bool) -> list[list[str]]:
    rows = []
    for point in points:
        drawn = ["█" * round(float(point.odds[0] or 0) * BAR_WIDTH)] if bars and not several else [""] if bars else []
        rows.append([words.percent(float(point.value), 2), *(_shown(each, words) for each in point.odds), *drawn])
    return rows


def _headings(answer: Sweep | Solution, words: Wording, bars: bool) -> list[str]:
    several = len(answer.ask) > 1
    events = [f"({n})" for n in range(1, len(answer.ask) + 1)] if several else [words("odds.chance")]
    return [str(answer.name), *events, *([""] if bars else [])]


def _bar_rows(answer: Tornado, words: Wording) -> list[list[str]]:
    return [
        [*(odds(each, words) for each in (bar.swing, bar.before, bar.after)), _what(bar, words)] for bar in answer.bars
    ]


def _what(bar: Bar, words: Wording) -> str:
    if bar.meaning is not None:
        return words.meaning(bar.meaning)
    if not bar.values:
        return words("odds.moved_each", name=bar.name)
    low, high = (words.percent(float(each), 1) for each in bar.values)
    return words("odds.moved", name=bar.name, low=low, high=high)


def not_moved(answer: Tornado, words: Wording) -> list[str]:
    """The readings under which it cannot be asked, and the chances that cannot be moved under its conditions."""
    return [
        *([words("odds.refused", readings=", ".join(answer.refused))] if answer.refused else []),
        *([words("odds.unmoved", names=", ".join(map(str, answer.unmoved)))] if answer.unmoved else []),
    ]


def _found(answer: Solution, words: Wording) -> list[str]:
    share = as_given(answer.equals, words)
    if answer.everywhere:
        least, most = words.percent(0, 0), words.percent(1, 0)
        return [words("odds.everywhere", name=answer.name, share=share, least=least, most=most)]
    if not answer.values:
        return [words("odds.not_found", name=answer.name, share=share)]
    values = "; ".join(words.percent(float(each), 3) for each in answer.values)
    return [words("odds.found", name=answer.name, share=share, values=values)]


def _body(
    answer: Sweep | Solution | Tornado, words: Wording, bars: bool
) -> tuple[list[str], list[list[str]], list[str]]:
    """Headings, rows, and what is said below them."""
    if isinstance(answer, Tornado):
        headings = [words(f"odds.{key}") for key in ("swing", "before", "after", "what")]
        below = [words("odds.as_given", share=odds(answer.odds, words)), words("odds.one_at_a_time")]
        below += not_moved(answer, words)
        return headings, _bar_rows(answer, words), below
    below = _found(answer, words) if isinstance(answer, Solution) else []
    return _headings(answer, words, bars), _points(answer.points, len(answer.ask) > 1, words, bars), below


def sensitivity_text(answer: Sweep | Solution | Tornado, words: Wording) -> str:
    """What is given, the events, and a line for each value or each thing that moves them."""
    headings, rows, below = _body(answer, words, bars=not isinstance(answer, Tornado))
    parts = [
        *setting_text(answer, odds_title(answer, words), words),
        paragraphs(_events(answer, words)),
        "\n".join(line.rstrip() for line in in_columns(headings, rows).splitlines()) + "\n",
        paragraphs(below),
        paragraphs(notes(answer, words)),
    ]
    return "\n".join(part for part in parts if part)


def sensitivity_markdown(answer: Sweep | Solution | Tornado, words: Wording) -> str:
    """The same in Markdown."""
    headings, rows, below = _body(answer, words, bars=False)
    parts = [
        *setting_markdown(answer, odds_title(answer, words), words),
        "\n".join(_events(answer, words)),
        markdown(headings, rows),
        "\n\n".join([*below, *notes(answer, words)]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def sensitivity_csv(answer: Sweep | Solution | Tornado) -> str:
    """A row a value of the chance, or a row for each thing that moves the odds (RFC 4180)."""
    if not isinstance(answer, Tornado):
        points = [(float(point.value), *point.odds) for point in answer.points]
        return csv_text([str(answer.name), *answer.ask], points)
    bars = []
    for bar in answer.bars:
        ends = map(float, bar.values) if bar.values else ("", "")
        bars.append((bar.name, bar.reading, *ends, bar.before, bar.after, bar.swing))
    return csv_text(["chance", "reading", "value_from", "value_to", "odds_from", "odds_to", "swing"], bars)
