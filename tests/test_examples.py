"""The examples run as they stand, on the shipped data, and use only what is public."""

from __future__ import annotations

import ast
import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

import review_clock as rc

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.name for path in EXAMPLES])
def test_an_example_uses_only_public_names_and_stands_in_the_readme(path: Path) -> None:
    assert f"`examples/{path.name}`" in (ROOT / "README.md").read_text(encoding="utf-8")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "rc":
            assert node.attr in rc.__all__
        assert not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("review_clock"))
        assert not (isinstance(node, ast.Import) and any(a.name.startswith("review_clock.") for a in node.names))


def test_the_odds_are_a_table_and_a_chart(tmp_path: Path) -> None:
    chart = tmp_path / "odds.svg"
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / "odds.py", chart], capture_output=True, text=True, check=True
    )
    head, *rows = csv.reader(io.StringIO(done.stdout))
    assert head[0].startswith("chance")
    assert head[-1] == "extended by the end of 2036"
    for row in rows:
        odds = [float(cell) for cell in row[1:]]
        assert odds == sorted(odds)  # the later the year, the likelier an extension by then
    by_chance = [float(row[1]) for row in rows]
    assert len(by_chance) == 20
    assert by_chance == sorted(by_chance)
    assert "<svg" in chart.read_text(encoding="utf-8")
