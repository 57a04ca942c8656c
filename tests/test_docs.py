"""The documents tell the truth: every command is in README, every block there prints what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from review_clock.commands.main import main
from review_clock.feeds.definition import shipped
from review_clock.law import rules
from review_clock.record.grammar import ACCEPTED

Run = Callable[..., Result]
README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ (review-clock [^\n]+)\n(.*?)\n```", README, re.DOTALL)


def test_there_is_a_tour() -> None:
    assert len(BLOCKS) >= 6


@pytest.mark.parametrize(("command", "expected"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_every_block_of_the_readme_prints_what_it_says(run: Run, command: str, expected: str) -> None:
    command, _, head = command.partition(" | head -")
    done = run(*shlex.split(command)[1:])
    assert done.exit_code == 0
    lines = [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")]
    assert "\n".join(lines[: int(head)] if head else lines) == expected


def test_the_feed_of_ones_own_in_the_readme_works(run: Run, tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)\n```", README, re.DOTALL)
    (tmp_path / "partners.toml").write_text(block, encoding="utf-8")
    explained = run("--calendars", tmp_path, "explain", "acme.position-paper", "--as-of", "2026-11-23")
    assert "2027-05-17" in explained.stdout  # a Monday, 45 days before 1 July 2027
    fed = run("--calendars", tmp_path, "feed", "partners", "--as-of", "2026-11-23").stdout
    assert "UID:reminder-30.acme.position-paper.1-2.en@review-clock" in fed


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`review-clock {command}" in README


def test_no_command_is_in_the_readme_that_is_not_there() -> None:
    named = set(re.findall(r"review-clock (?:--\w+ \S+ )*([a-z]+)", README)) - {"review"}
    assert named <= set(main.commands) | {"record"}


def test_the_forms_of_an_act_are_in_the_readme() -> None:
    for form in ACCEPTED:
        words = form.removeprefix("DATE ").replace("us|ca|mx ", "").split("|")[0].removesuffix(" extend")
        if words not in ("agreement enters into force", "states"):
            assert words in README, form


def test_the_files_named_in_the_readme_exist(root: Path) -> None:
    for name in re.findall(r"`((?:review_clock|templates|calendars|law|tests|\.ci)/[\w./-]+)`", README):
        assert (root / name).exists() or (root / "review_clock" / name).exists(), name


def test_the_counts_in_the_readme_are_the_programs() -> None:
    from review_clock.law.readings import catalogue

    assert "Seventeen readings" in README
    assert len(catalogue()) == 17
    changes = (Path(__file__).resolve().parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    catalogue_of_rules = rules.catalogue()
    assert f"{len(catalogue_of_rules.rules)} rules" in changes
    assert f"{len(catalogue_of_rules.withheld)} withheld" in changes
    assert "Eight calendar feeds" in changes
    assert len(shipped()) == 8


def test_every_feed_is_in_the_readme() -> None:
    for name in shipped():
        assert f"`{name}`" in README


def test_the_head_of_each_data_file_explains_its_keys(root: Path) -> None:
    for name in ("law/deadlines.toml", "law/readings.toml", "law/authorities.toml", "record/usmca.toml"):
        text = (root / "review_clock" / name).read_text(encoding="utf-8")
        head = text.split("\n\n[")[0]
        assert head.startswith("# ")
        assert "confidence" in head or "read" in head


def test_docstrings_name_only_authorities_that_are_known() -> None:
    """`Authority:` in a docstring is a field: each pinpoint in it stands in authorities.toml."""
    from review_clock.law.authority import authorities

    known = authorities().by_cite
    package = Path(__file__).resolve().parents[1] / "review_clock"
    found = 0
    for path in package.rglob("*.py"):
        for field in re.findall(r"Authority: (.*?)(?:\"\"\"|\n\n)", path.read_text(encoding="utf-8"), re.DOTALL):
            for cite in re.findall(r"Art\. 34\.\d(?:\(\d\))?|19 U\.S\.C\. \d+(?:\(\w\)(?:\(\d\))?)?", field):
                found += 1
                assert cite in known or any(each.startswith(cite) for each in known), f"{path.name}: {cite}"
    assert found >= 5
