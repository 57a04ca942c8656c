"""What an answer says, part by part, written as text for a terminal or as Markdown: both say the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from review_clock.formats.tables import escaped, facts, markdown, paragraph, plain, table
from review_clock.words.wording import Wording

_STARTS_A_BLOCK: Final = re.compile(r"^(?:(\d{1,9})([.)])|([#+\-=(:%]))")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading: of the whole at level 1, of what stands under it at 2 and 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences, each a paragraph."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with a sentence before it and some after it."""

    before: str
    items: Sequence[str]
    after: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values; a value may have several lines, those indented being of the line before. Empty ones are left
    out."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a count in their order, under a heading, with the decisive words where they are kept."""

    heading: str
    steps: Sequence[str]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One thing that happened: its day, id and kind, what is said of it, and its sources."""

    head: str
    lines: Sequence[str]
    sources: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `widths` are those of its columns in a terminal of 80."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


Part = Title | Lines | Items | Facts | Steps | Account | Grid


def numbered(steps: Iterable[str]) -> list[str]:
    """Steps, numbered, wrapped under their numbers."""
    return [paragraph(step, "       ", f"  {place:>2}.  ") for place, step in enumerate(steps, 1)]


def _text(part: Part) -> str:
    match part:
        case Title(text):
            return paragraph(text)
        case Lines(lines):
            return "\n".join(map(paragraph, lines))
        case Items(before, items, after):
            told = [paragraph(each, "    ", "  - ") for each in items]
            return "\n".join([paragraph(before), *told, *map(paragraph, after)])
        case Facts(rows):
            return facts(rows)
        case Steps(heading, steps, words):
            return "\n".join([heading, *numbered(steps), *([paragraph(words, "       ")] if words else [])])
        case Account(head, lines, sources):
            told = [paragraph(line, "    ") for line in lines]
            return "\n".join([plain(head), *told, *(paragraph(each, "      ", "    - ") for each in sources)])
        case Grid(headings, rows, widths):
            return table(headings, rows, widths)


def as_text(parts: Iterable[Part]) -> str:
    """The parts for a terminal."""
    return "\n\n".join(map(_text, parts)) + "\n"


def inline(text: str) -> str:
    """A text within a line."""
    return escaped(" ".join(text.split()))


def _line(text: str) -> str:
    """A text that begins a line: what would begin a list or a heading there is escaped too."""
    return _STARTS_A_BLOCK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", inline(text), count=1)


def _bullet(name: str, value: str, words: Wording) -> list[str]:
    """A name with its value; further lines of it are a list of their own."""
    lines = [line for line in value.split("\n") if line.strip()]
    bold = f"- **{inline(name)}{'' if name.endswith('?') else words.colon}**"
    if len(lines) == 1:
        return [f"{bold} {_line(lines[0])}"]
    return [bold, *(f"{'    ' if line.startswith(' ') else '  '}- {_line(line)}" for line in lines)]


def _markdown(part: Part, words: Wording) -> str:
    match part:
        case Title(text, level):
            return f"{'#' * level} {_line(text)}"
        case Lines(lines):
            return "\n\n".join(map(_line, lines))
        case Items(before, items, after):
            return "\n\n".join([_line(before), "\n".join(f"- {_line(each)}" for each in items), *map(_line, after)])
        case Facts(rows):
            return "\n".join(line for name, value in rows if value for line in _bullet(name, value, words))
        case Steps(heading, steps, decisive):
            told = "\n".join(f"{place}. {_line(step)}" for place, step in enumerate(steps, 1))
            return "\n\n".join([f"## {_line(heading)}", told, *([f"> {_line(decisive)}"] if decisive else [])])
        case Account(head, lines, sources):
            listed = ["\n".join(f"- {_line(each)}" for each in sources)] if sources else []
            return "\n\n".join([f"### {_line(head)}", *map(_line, lines), *listed])
        case Grid(headings, rows, _):
            return markdown(headings, rows)


def as_markdown(parts: Iterable[Part], words: Wording) -> str:
    """The parts in Markdown (CommonMark, with the tables and footnotes of GitHub); nothing in a text is markup."""
    return "\n\n".join(filter(None, (_markdown(part, words) for part in parts))) + "\n"
