"""The documents tell the truth: every command is in README, every block there prints what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest
from click import Context
from click.testing import Result

from review_clock.commands.main import main
from review_clock.files import parsed, read
from review_clock.law import authority
from review_clock.record.grammar import ACCEPTED
from review_clock.record.ledger import Record, from_table, merged
from tests.frozen import DATA, LAW, RECORD

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ (review-clock [^\n]+)\n(.*?)\n```", README, re.DOTALL)
NEWS = """
verified_on = 2026-12-20
[[event]]
id = "E999"
act = "note"
on = 2026-11-19
text = { en = "Something more.", es = "Algo más.", fr = "Autre chose." }
confidence = "headline"
[[event.source]]
title = "A newspaper"
"""


def test_there_is_a_tour() -> None:
    assert len(BLOCKS) >= 6


def _prints(shown: str, printed: str) -> bool:
    """Whether a block shows what is printed: a line `...` stands for any lines, `…` in a line for any text."""
    lines = (
        r"(?:.*\n)*" if line == "..." else re.escape(line).replace("…", ".*") + r"\n" for line in shown.split("\n")
    )
    return re.fullmatch("".join(lines), printed + "\n") is not None


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n...\nd", "a\nd", True),
        ("a\n...\nd", "a\nb\nc", False),
        ("to …; last (…)", "to 2026; last (E1)", True),
        ("to …", "to 2026\nmore", False),
        ("a...", "abcd", False),
    ],
)
def test_a_block_leaves_out_what_it_says_it_leaves_out(shown: str, printed: str, same: bool) -> None:
    assert _prints(shown, printed) is same


@pytest.mark.parametrize(
    "record", [RECORD, merged([RECORD, from_table(parsed(NEWS, "news.toml"), own=False)])], ids=["", "after news"]
)
@pytest.mark.parametrize(("command", "expected"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_every_block_of_the_readme_prints_what_it_says(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, expected: str, record: Record
) -> None:
    monkeypatch.setattr("review_clock.record.ledger._shipped", lambda: record)
    command, _, head = command.partition(" | head -")
    done = run(*shlex.split(command)[1:])
    assert done.exit_code == 0
    lines = [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")]
    printed = lines[: int(head)] if head else lines
    assert _prints(expected, "\n".join(printed)), "\n".join(unified_diff(expected.split("\n"), printed, lineterm=""))


def test_the_feed_of_ones_own_in_the_readme_works(run: Run, tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)\n```", README, re.DOTALL)
    (tmp_path / "partners.toml").write_text(block, encoding="utf-8")
    explained = run("--calendars", tmp_path, "explain", "acme.position-paper", "--as-of", "2026-11-23")
    assert "2027-05-17" in explained.stdout  # a Monday, 45 days before 1 July 2027
    fed = run("--calendars", tmp_path, "feed", "partners", "--as-of", "2026-11-23").stdout
    assert "UID:reminder-30.acme.position-paper.1-2.en@review-clock" in fed


COMMANDS = main.list_commands(Context(main))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`review-clock {command}" in README


def test_no_command_is_in_the_readme_that_is_not_there() -> None:
    named = set(re.findall(r"review-clock (?:--\w+ \S+ )*([a-z]+)", README)) - {"review"}
    assert named <= set(COMMANDS) | {"record"}


def test_the_forms_of_an_act_are_in_the_readme() -> None:
    for form in ACCEPTED:
        words = form.removeprefix("DATE ").replace("us|ca|mx ", "").split("|")[0].removesuffix(" extend")
        if words not in ("agreement enters into force", "states"):
            assert words in README, form


def test_the_files_named_in_the_readme_exist(root: Path) -> None:
    rooms = "|".join(path.parent.name for path in (root / "review_clock").glob("*/__init__.py"))
    for name in re.findall(rf"`((?:review_clock|templates|calendars|tests|\.ci|{rooms})/[\w./-]+)`", README):
        assert (root / name).exists() or (root / "review_clock" / name).exists(), name


def test_no_count_that_news_would_change_is_in_the_readme() -> None:
    numbers = "two three four five six seven eight nine ten eleven twelve fifteen sixteen seventeen eighteen twenty"
    counts = rf"\b(?:\d+|{numbers.replace(' ', '|')}) (?:rules|events|entries|feeds|readings|scenarios|withheld)\b"
    assert not re.findall(counts, README, re.IGNORECASE)


def test_the_counts_in_the_changelog_are_those_of_0_2_0() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Seventeen readings" in changes
    assert len(LAW.readings) == 17
    assert f"{len(LAW.rules)} rules" in changes
    assert f"{len(LAW.catalogue.withheld)} withheld" in changes
    assert "Eight calendar feeds" in changes
    assert len(list((DATA / "calendars").glob("*.toml"))) == 8
    assert "twelve named scenarios" in changes
    assert len(list((DATA / "scenarios").glob("*.toml"))) == 12


def test_every_feed_is_in_the_readme(root: Path) -> None:
    for path in (root / "calendars").glob("*.toml"):
        assert f"`{path.stem}`" in README


def test_the_head_of_each_data_file_explains_its_keys(root: Path) -> None:
    for name in ("law/deadlines.toml", "law/readings.toml", "law/authorities.toml", "record/usmca.toml"):
        text = (root / "review_clock" / name).read_text(encoding="utf-8")
        head = text.split("\n\n[")[0]
        assert head.startswith("# ")
        assert "confidence" in head or "read" in head


def test_docstrings_name_only_authorities_that_are_known() -> None:
    """`Authority:` in a docstring is a field: each pinpoint in it stands in authorities.toml."""
    package = ROOT / "review_clock"
    known = authority.load(read(package / "law" / "authorities.toml")).by_cite
    found = 0
    for path in package.rglob("*.py"):
        for field in re.findall(r"Authority: (.*?)(?:\"\"\"|\n\n)", path.read_text(encoding="utf-8"), re.DOTALL):
            for cite in re.findall(r"Art\. 34\.\d(?:\(\d\))?|19 U\.S\.C\. \d+(?:\(\w\)(?:\(\d\))?)?", field):
                found += 1
                assert cite in known or any(each.startswith(cite) for each in known), f"{path.name}: {cite}"
    assert found >= 5
