"""The order of the rooms, the one clock, and that nothing below the command line prints."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "review_clock"

# Each folder imports only from those before it and from its own; `site` and `check` stand side by side.
ROOMS = (
    *("files", "law", "record", "timeline", "deadlines", "scenarios", "questions", "futures"),
    *("words", "formats", "feeds", "site", "check", "__init__", "commands"),
)
DATA = {"templates", "calendars"}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _imports(path: Path) -> Iterator[list[str]]:
    """The parts below review_clock of each import, wherever in the module it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "review_clock":
            parts = (node.module or "").split(".")[1:]
            yield from ([*parts, alias.name] for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("review_clock."):
                    yield alias.name.split(".")[1:]


@pytest.mark.parametrize("path", _modules(), ids=_named)
def test_a_folder_imports_only_from_those_before_it(path: Path) -> None:
    own = ROOMS.index(_room(path))
    for parts in _imports(path):
        if parts == ["__version__"]:
            continue  # a number, of no room
        room = parts[0] if parts[0] in {*ROOMS, *DATA} else "__init__"
        assert room in DATA or ROOMS.index(room) <= own, f"{path.name} imports {'.'.join(parts)}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in _modules()}
    graph = {}
    for path in _modules():
        own = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        paths = [".".join(parts[:n]) for parts in _imports(path) for n in (2, 3, 1) if ".".join(parts[:n]) in names]
        graph[own] = {each for each in paths if each != own}
    list(TopologicalSorter(graph).static_order())  # raises CycleError


def picture() -> str:
    """The rooms and what each imports, as the imports say; an arrow that others imply is left out."""
    needs: dict[str, set[str]] = {room: set() for room in ROOMS}
    for path in _modules():
        needs[_room(path)] |= {parts[0] for parts in _imports(path) if parts[0] in ROOMS} - {_room(path)}
    reached: dict[str, set[str]] = {}
    for room in ROOMS:
        reached[room] = needs[room].union(*(reached[each] for each in needs[room]))
    arrows = [
        f"    {each} --> {room}"
        for room in ROOMS
        for each in sorted(needs[room], key=ROOMS.index)
        if not any(each in reached[other] for other in needs[room])
    ]
    return "\n".join(["```mermaid", "graph LR", *arrows, "```"])


def test_the_picture_of_the_house_is_what_the_imports_say() -> None:
    assert picture() in (PACKAGE.parent / "docs" / "house.md").read_text(encoding="utf-8"), picture()


def _calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", _modules(), ids=_named)
def test_only_the_command_line_asks_what_day_it_is_and_nothing_below_it_prints(path: Path) -> None:
    calls = set(_calls(path))
    clocks = {call for call in calls if call.endswith((".today", ".now", ".utcnow", "time.time", "localtime"))}
    if path == PACKAGE / "commands" / "main.py":
        assert clocks == {"date.today"}
        return
    assert not clocks
    assert "print" not in calls


def test_the_core_reads_no_file_itself() -> None:
    core = ("law", "record", "timeline", "deadlines", "questions", "futures")
    for path in (path for room in core for path in (PACKAGE / room).glob("*.py")):
        if path.name != "record_file.py":  # it keeps a user's file
            assert "open" not in set(_calls(path)), path.name


def test_a_module_is_of_a_size_to_be_read() -> None:
    for path in _modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 420, f"{path.name} has {lines} lines: what does it really contain?"


CLOCK = re.compile(r"\bnow\b|\btoday\(\)|timedelta|\| *safe\b")


def test_the_clock_of_a_template_would_be_seen() -> None:
    for text in ("{{ now() }}", "{% set x = now %}", "{{ as_of + timedelta(1) }}", "{{ text|safe }}"):
        assert CLOCK.search(text)


@pytest.mark.parametrize(
    "path",
    [p for p in (PACKAGE.parent / "templates").rglob("*.*") if p.suffix in (".html", ".atom", ".svg", ".xml")],
    ids=lambda path: path.name,
)
def test_templates_have_no_clock_and_count_nothing(path: Path) -> None:
    assert not CLOCK.findall("".join(re.findall(r"\{[{%].*?[%}]\}", path.read_text(encoding="utf-8"), re.DOTALL)))
