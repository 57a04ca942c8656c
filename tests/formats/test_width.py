"""Text is as wide as the terminal: at least 60 columns, at most 120, 80 where nobody says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import Result

from review_clock.formats.tables import as_wide_as, paragraph, table, width

Run = Callable[..., Result]
COMMANDS = (
    ("status",),
    ("deadlines",),
    ("deadlines", "--undated"),
    ("explain", "us.611.notice.1-2"),
    ("history",),
    ("readings",),
    ("whatif", "--scenario", "us-withdraws"),
    ("compare", "record", "late-extension"),
    ("record", "show", "E51"),
    ("record", "list"),
    ("diff", "2026-07-01", "2026-10-08"),
)


def _too_long(text: str, columns: int) -> list[str]:
    """The lines that are longer, but for an address or another long word, which is not broken."""
    lines = text.splitlines()
    return [each for each in lines if len(each) > columns and len(each.split()) > 1 and not _of_one_long_word(each)]


def _of_one_long_word(line: str) -> bool:
    return bool(re.search(r"\S{40,}$", line))


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("es", 60), ("fr", 60), ("fr", 120)])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_no_line_is_longer_than_the_terminal(run: Run, command: tuple[str, ...], lang: str, columns: int) -> None:
    as_of = () if command[0] in ("record", "diff") else ("--as-of", "2026-11-28")
    done = run("--lang", lang, *command, *as_of, env={"COLUMNS": str(columns)})
    assert done.exit_code == 0, done.stderr
    assert _too_long(done.stdout, columns) == []
    if columns > 80:
        assert max(map(len, done.stdout.splitlines())) > 80, "the room is used"


@pytest.mark.parametrize(("columns", "wide"), [("10", 60), ("", 80), ("100", 100), ("1000", 120)])
def test_a_terminal_is_never_too_narrow_nor_too_wide(run: Run, columns: str, wide: int) -> None:
    done = run("status", "--as-of", "2026-11-28", env={"COLUMNS": columns})
    assert wide - 15 < max(map(len, done.stdout.splitlines())) <= wide
    assert width() == 80, "only while the command runs"


@pytest.mark.parametrize("columns", [60, 61, 79, 80, 99, 120])
@pytest.mark.parametrize("widths", [(10, 34, 16, 14), (12, 34, 16, 12), (10, 44, 20), (18, 28, 28), (10, 10)])
def test_a_table_gives_and_takes_room_but_for_its_days(columns: int, widths: tuple[int, ...]) -> None:
    cells = ["2026-11-28", *("word " * 40 for _ in widths[1:])]
    with as_wide_as(columns):
        lines = table(["x"] * len(widths), [cells], widths).splitlines()
    assert max(map(len, lines)) <= columns - 80 + sum(widths) + 2 * (len(widths) - 1) or widths == (10, 10)
    assert any("2026-11-28" in line for line in lines)


def test_a_paragraph_is_wrapped_to_the_width_that_is_set() -> None:
    with as_wide_as(100):
        assert max(map(len, paragraph("word " * 60).splitlines())) == 99
    assert max(map(len, paragraph("word " * 60).splitlines())) == 79
