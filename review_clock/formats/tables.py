"""What text for a terminal is made of: wrapped paragraphs, names and values, tables, Markdown, spreadsheet cells."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

USUAL: Final = 80
NARROWEST: Final = 60
WIDEST: Final = 120
"""How wide text for a terminal is where nothing says otherwise, and at least and at most: longer is hard to read."""
_width: ContextVar[int] = ContextVar("width", default=USUAL)


def width() -> int:
    """How many columns text for a terminal has."""
    return _width.get()


@contextmanager
def as_wide_as(columns: int) -> Iterator[None]:
    """Text that is written meanwhile is so many columns wide, within what can be read."""
    before = _width.set(min(max(columns, NARROWEST), WIDEST))
    try:
        yield
    finally:
        _width.reset(before)


_CONTROL: Final = {n: None for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t"}


def plain(text: str) -> str:
    """Text fit for a terminal: control characters, which could drive it, are left out."""
    return text.translate(_CONTROL)


def paragraph(text: str, indent: str = "", first: str | None = None) -> str:
    """Text wrapped to the width, with no long word or address broken."""
    start = indent if first is None else first
    return textwrap.fill(
        plain(text),
        width(),
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names and values in two columns, the values wrapped."""
    rows = [(name, value) for name, value in rows if value]
    wide = max((len(name) for name, _ in rows), default=0) + 2
    lines = []
    for name, value in rows:
        parts = value.split("\n")
        lines.append(paragraph(parts[0], " " * wide, name.ljust(wide)))
        lines += [paragraph(part, " " * wide) for part in parts[1:]]
    return "\n".join(lines)


_AS_IT_IS: Final = 12
"""A column no wider than this holds a day or an id, and keeps it."""


def _fitted(widths: Sequence[int]) -> list[int]:
    """The widths of columns made for the usual width, in that of the terminal: what holds more than a day gives way."""
    more, room = width() - USUAL, sum(each for each in widths if each > _AS_IT_IS)
    found = [each if each <= _AS_IT_IS else max(each + more * each // room, _AS_IT_IS) for each in widths]
    if room:
        found[found.index(max(found))] += more - (sum(found) - sum(widths))
    return found


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    """A table no wider than the terminal, its cells wrapped to `widths`, which are those of a terminal of 80.

    As `tabulate` makes its simple ones; to load that takes as long as half of all that a list of dates needs.
    """
    wrapped = [[_lines(cell, wide) for cell, wide in zip(row, _fitted(widths), strict=False)] for row in rows]
    head = [_lines(cell, wide) for cell, wide in zip(headings, _fitted(widths), strict=False)]
    sizes = [
        max(2 + max(map(len, name)), *(len(line) for row in wrapped for line in row[place]), 0)
        for place, name in enumerate(head)
    ]
    made = [*_beside(head, sizes), "  ".join("-" * size for size in sizes)]
    return "\n".join([*made, *(line for row in wrapped for line in _beside(row, sizes))])


def _lines(cell: str, wide: int) -> list[str]:
    parts = [part for part in plain(cell).strip().splitlines() if part.strip()]
    return [line for part in parts for line in _Cell(wide).wrap(part)] or [""]


class _Cell(textwrap.TextWrapper):
    """Breaks a word that is too long where the line is full, not at a hyphen before."""

    def _handle_long_word(self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int) -> None:
        word, room = reversed_chunks.pop(), width - cur_len
        cur_line.append(word[:room])
        reversed_chunks.append(word[room:])


def _beside(cells: Sequence[Sequence[str]], sizes: Sequence[int]) -> Iterator[str]:
    """The lines of cells side by side, each cell so wide."""
    for place in range(max(map(len, cells))):
        parts = [lines[place] if place < len(lines) else "" for lines in cells]
        yield "  ".join(part.ljust(size) for part, size in zip(parts, sizes, strict=True)).rstrip()


_MARKUP: Final = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>|~$@^"})
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")


_ADDRESS: Final = re.compile(r"(https?://[^\s<>|`\\\"]*[^\s<>|`\\\".,;:!?)\]])")


def escaped(text: str) -> str:
    """Text in Markdown in which nothing is markup: no emphasis, image, HTML, footnote or formula, and no link but an
    address that is seen as it is."""
    parts = _ADDRESS.split(plain(text))
    return "".join(
        f"<{part}>" if place % 2 else _ENTITY.sub(r"\&", part.translate(_MARKUP)) for place, part in enumerate(parts)
    )


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    head, *cells = [["<br>".join(map(escaped, cell.split("\n"))) for cell in row] for row in (headings, *rows)]
    from tabulate import tabulate

    return tabulate(cells, headers=head, tablefmt="pipe", disable_numparse=True)


def spreadsheet_safe(cell: str) -> str:
    """A cell that a spreadsheet takes as text, not as a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV (RFC 4180), its cells safe in a spreadsheet."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)
    return out.getvalue()
