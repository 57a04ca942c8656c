"""The documents tell the truth: every command is in README, every block of a guide prints what it says."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
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
from tests.frozen import DATA, FIXTURES, LAW, RECORD

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = {"README.md": README} | {
    f"docs/{path.name}": path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))
}
ALL = "\n".join(GUIDES.values())
FENCE = re.compile(r"^```(console|toml|jsonl) ?(\S*)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
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


def _blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """The blocks of a guide in their order: a file with its name and text, or a command and what it prints."""
    for kind, name, body in FENCE.findall(text):
        if kind != "console":
            yield from [("file", name, body)] * bool(name)
            continue
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield "command", command, printed.rstrip("\n")


def test_the_guides_show_what_the_commands_print() -> None:
    for name in ("README.md", "docs/tour.md", "docs/what-if.md"):
        assert [kind for kind, *_ in _blocks(GUIDES[name])].count("command") >= 2


def test_the_readme_is_read_in_one_sitting_and_names_every_guide() -> None:
    assert README.count("\n") <= 250
    assert all(f"]({name})" in README for name in GUIDES if name != "README.md")


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


def _told(run: Run, command: str, expected: str) -> str:
    """What a command of a guide prints: a refusal is one line of the stream of errors, all else is done with 0."""
    command, _, head = command.partition(" | head -")
    words = shlex.split(command)
    if words[0] != "review-clock":
        return subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout
    done = run(*words[1:])
    refused = expected.startswith(("Error:", "Erreur"))
    assert done.exit_code == (2 if refused else 0), f"{command}: {done.output}"
    lines = [line.rstrip() for line in (done.stderr if refused else done.stdout).rstrip("\n").split("\n")]
    return "\n".join(lines[: int(head)] if head else lines)


@pytest.mark.parametrize(
    "record", [RECORD, merged([RECORD, from_table(parsed(NEWS, "news.toml"), own=False)])], ids=["", "after news"]
)
@pytest.mark.parametrize("guide", [name for name, text in GUIDES.items() if any(_blocks(text))])
def test_every_block_of_a_guide_prints_what_it_says(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, guide: str, record: Record
) -> None:
    """In their order, in a folder of its own: what a guide writes, it goes on to use."""
    monkeypatch.setattr("review_clock.record.ledger._shipped", lambda: record)
    monkeypatch.chdir(tmp_path)
    for kind, name, text in _blocks(GUIDES[guide]):
        if kind == "file":
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text + "\n", encoding="utf-8")
            continue
        printed = _told(run, name, text)
        assert _prints(text, printed), "\n".join(
            [name, *unified_diff(text.split("\n"), printed.split("\n"), lineterm="")]
        )


def test_the_feed_of_ones_own_in_its_guide_works(run: Run, tmp_path: Path) -> None:
    (name, block), *_ = ((name, text) for kind, name, text in _blocks(GUIDES["docs/own-feeds.md"]) if kind == "file")
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(block, encoding="utf-8")
    office = (tmp_path / name).parent
    explained = run("--calendars", office, "explain", "acme.position-paper", "--as-of", "2026-11-23")
    assert "2027-05-17" in explained.stdout  # a Monday, 45 days before 1 July 2027
    fed = run("--calendars", office, "feed", "partners", "--as-of", "2026-11-23").stdout
    assert "UID:reminder-30.acme.position-paper.1-2.en@review-clock" in fed


COMMANDS = main.list_commands(Context(main))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`review-clock {command}" in README


def test_no_command_is_in_a_guide_that_is_not_there() -> None:
    named = set(re.findall(r"review-clock (?:--\w+ \S+ )*([a-z]+)", ALL)) - {"review"}
    assert named <= set(COMMANDS) | {"record"}


@pytest.mark.parametrize("command", re.findall(r'`(review-clock [^`]*"[^`]*)`', ALL))
def test_a_command_within_a_sentence_that_says_an_act_runs(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*shlex.split(command)[1:])
    assert done.exit_code == 0, done.output


def test_the_readme_says_which_acts_may_be_assumed_and_which_a_record_takes(run: Run, tmp_path: Path) -> None:
    """An act that the law refuses on the day is understood all the same."""
    told = re.split("for your own record also|only to be assumed", README.partition("is one line:")[2])
    forms = [re.findall(r"`(?:…|\d{4}-\d\d-\d\d) ([^`]+)`", each) for each in told]
    assert [len(each) for each in forms] == [10, 1, 2]
    for group, may_be_assumed, may_be_recorded in zip(forms, (True, False, True), (True, True, False), strict=True):
        for form in group:
            line = f"2029-03-15 {form.replace('DATE', '2029-07-15')}"
            as_assumed = run("whatif", "--assume", line, "--as-of", "2029-03-16", "--brief")
            own = ("--to", tmp_path / "own.toml", "--source", "x", "--text", "x", "--future", "--dry-run")
            as_recorded = run("record", "add", line, *own)
            for done, may in ((as_assumed, may_be_assumed), (as_recorded, may_be_recorded)):
                assert (done.exit_code == 0 or "(Art. 34" in done.stderr) is may, (line, done.output)


def test_the_forms_of_an_act_are_in_the_readme() -> None:
    for form in ACCEPTED:
        words = form.removeprefix("DATE ").replace("us|ca|mx ", "").split("|")[0].removesuffix(" extend")
        if words not in ("agreement enters into force", "states"):
            assert words in README, form


def test_the_files_named_in_the_guides_exist(root: Path) -> None:
    rooms = "|".join(path.parent.name for path in (root / "review_clock").glob("*/__init__.py"))
    for name in re.findall(rf"`((?:review_clock|templates|calendars|tests|\.ci|{rooms})/[\w./-]+)`", ALL):
        assert (root / name).exists() or (root / "review_clock" / name).exists(), name


def test_no_count_that_news_would_change_is_in_a_guide() -> None:
    numbers = "two three four five six seven eight nine ten eleven twelve fifteen sixteen seventeen eighteen twenty"
    counts = rf"\b(?:\d+|{numbers.replace(' ', '|')}) (?:rules|events|entries|feeds|readings|scenarios|withheld)\b"
    assert not re.findall(counts, ALL, re.IGNORECASE)


def test_the_counts_in_the_changelog_are_those_of_0_2_0() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Seventeen readings" in changes
    assert len(LAW.readings) == 17
    rules = (FIXTURES / "data" / "law" / "deadlines.toml").read_text(encoding="utf-8").count("[[rule]]\n")
    assert f"{rules} rules" in changes
    assert f"{len(LAW.catalogue.withheld)} withheld" in changes
    assert "Eight calendar feeds" in changes
    assert len(list((FIXTURES / "data" / "calendars").glob("*.toml"))) == 8
    assert "twelve named scenarios" in changes
    assert len(list((DATA / "scenarios").glob("*.toml"))) == 12


def test_every_feed_is_in_its_guide(root: Path) -> None:
    for path in (root / "calendars").glob("*.toml"):
        assert f"`{path.stem}`" in GUIDES["docs/own-feeds.md"]


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
