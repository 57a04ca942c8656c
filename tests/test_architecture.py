"""The order of the rooms, the one clock, and that nothing below the command line prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "review_clock"

# Each room may import from the rooms before it, and from its own.
LAYERS = [
    "law",
    "record",
    "timeline files",
    "record_keeping",
    "anchors office_days",
    "resolution",
    "revisions other_readings",
    "deadlines",
    "firm_rules",
    "scenario",
    "scenario_files",
    "choices folding",
    "situations",
    "outset futures",
    "exploration chances",
    "outlook",
    "course moments differences",
    "comparison every_reading extension_years",
    "report",
    "wording",
    "documents terminal lists",
    "scenario_documents scenario_lists comparison_lists",
    "feed_events feed_definitions",
    "futures_phrases",
    "futures_text futures_documents futures_drawings futures_plot",
    "expressions machine",
    "feeds feed_tables graph",
    "site",
    "check",
    "commands",
    "cli",
]
RANK = {room: rank for rank, layer in enumerate(LAYERS) for room in layer.split()}
DATA = {"templates", "calendars", "scenarios"}
LAW_ORDER = [
    "tables",
    "vocabulary",
    "counting",
    "events",
    "readings",
    "authority",
    "position",
    "rules",
    "provisions",
    "chapter_34",
]


def _modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[list[str]]:
    """The parts below review_clock of each import, wherever in the module it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("review_clock"):
            parts = (node.module or "").split(".")[1:]
            yield from ([*parts, alias.name] for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("review_clock."):
                    yield alias.name.split(".")[1:]


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_points_back(path: Path) -> None:
    rank = RANK[_room(path)]
    for parts in _imports(path):
        room = parts[0]
        if room in DATA or room == "__version__":
            continue
        assert RANK[room] <= rank, f"{path.name} imports {'.'.join(parts)}"
        if _room(path) == room == "law":
            own, other = path.stem, parts[1] if parts[1] in LAW_ORDER else None
            assert other is None or LAW_ORDER.index(other) < LAW_ORDER.index(own), f"law/{own} imports law/{other}"


def _calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_asks_what_day_it_is_and_nothing_below_it_prints(path: Path) -> None:
    calls = set(_calls(path))
    clocks = {call for call in calls if call.endswith((".today", ".now", ".utcnow", "time.time", "localtime"))}
    if path.name == "cli.py":
        assert clocks == {"date.today"}
        return
    assert not clocks
    assert "print" not in calls


def test_the_core_reads_only_its_own_files() -> None:
    core = [PACKAGE / f"{name}.py" for name in ("timeline", "resolution", "deadlines", "scenario", "report")]
    for path in [*core, *(PACKAGE / "law").glob("*.py")]:
        if path.name != "tables.py":
            assert "open" not in set(_calls(path)), path.name


def test_every_module_is_ranked_and_of_a_size_to_be_read() -> None:
    for path in _modules():
        assert _room(path) in RANK
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 420, f"{path.name} has {lines} lines: what does it really contain?"


def test_templates_have_no_clock_and_count_nothing() -> None:
    for template in (PACKAGE.parent / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "now" not in text.split()
        assert "timedelta" not in text
        assert "| safe" not in text
