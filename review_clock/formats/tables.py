"""What text for a terminal is made of: wrapped paragraphs, names and values, tables, Markdown, spreadsheet cells."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def paragraphs(lines: Iterable[str]) -> str:
    """Lines, each a paragraph, a list's items indented; nothing for none."""
    return "".join(f"{paragraph(line, '  ' if line.startswith('- ') else '')}\n" for line in lines)


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
    """A table no wider than the terminal, its cells wrapped to `widths`, which are those of a terminal of 80."""
    widths = _fitted(widths)
    cells = [[plain(cell) for cell in row] for row in rows]
    from tabulate import tabulate  # only where a table is made: `status` and `explain` must start fast

    return tabulate(
        cells,
        headers=list(headings),
        tablefmt="simple",
        maxcolwidths=list(widths),
        maxheadercolwidths=list(widths),
        disable_numparse=True,
    )


def table_of_figures(headings: list[str], rows: list[list[str]], align: tuple[str, ...], wide: int = 10) -> str:
    """A table of figures whose headings are wrapped to columns `wide` at most, and take no more room than they need."""
    from tabulate import tabulate

    wrapped = [textwrap.wrap(heading, wide) or [""] for heading in headings]
    high = max(len(lines) for lines in wrapped)
    above = [list(line) for line in zip(*([""] * (high - len(lines)) + lines for lines in wrapped), strict=True)]
    body = [[plain(cell) for cell in row] for row in rows]
    rule = ["-" * max(len(row[place]) for row in (*above, *body)) for place in range(len(headings))]
    return tabulate([*above, rule, *body], tablefmt="plain", colalign=align, disable_numparse=True)


def in_columns(headings: list[str], rows: list[list[str]]) -> str:
    """Columns of figures, and a text at the end that is wrapped."""
    wide = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    lines = []
    for *shares, last in (headings, *rows):
        before = "  ".join(share.rjust(width) for share, width in zip(shares, wide, strict=False)) + "  "
        lines.append(paragraph(last, " " * len(before), before) if last else before.rstrip())
    return "\n".join(lines) + "\n"


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


def csv_lines(rows: Iterable[Iterable[object]], quote_all: bool = False) -> str:
    """Rows as CSV (RFC 4180), their cells as they are."""
    import csv  # only where a table is made
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL).writerows(rows)
    return out.getvalue()


def csv_text(headings: Sequence[str], rows: Iterable[Iterable[object]], quote_all: bool = False) -> str:
    """A table as CSV, its texts safe in a spreadsheet, its numbers as they are, None an empty cell."""
    safe = ([spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return csv_lines([headings, *safe], quote_all)


def csv_of_rows(rows: Iterable[Mapping[str, object]]) -> str:
    """The same of rows that carry their headings; nothing of none."""
    found = list(rows)
    return csv_text(list(found[0]), [row.values() for row in found]) if found else ""
