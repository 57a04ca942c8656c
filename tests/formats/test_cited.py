"""What a paper needs: every table, drawing and document says where it comes from, and can be cited and asked again."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from review_clock import __version__
from review_clock.record.held import held_on
from tests.frozen import LAW, RECORD

Run = Callable[..., Result]
CHANCES = ("--confirm", "us=0.3", "--confirm", "ca=1", "--confirm", "mx=1", "--horizon", "2030")
AS_OF = ("--as-of", "2026-11-28")
OUTLOOK = ("outlook", *CHANCES, *AS_OF)
EXPLORE = ("explore", "--parties", "us", "--horizon", "2030", *AS_OF)
COMPARE = ("compare", "record", "us-withdraws", *AS_OF)
WHATIF = ("whatif", "--scenario", "us-withdraws", *AS_OF)
DIFF = ("diff", "2026-07-01", "2026-10-08")
READING = ("--reading", "term_ends=end_of_day")


def _carried(text: str, form: str) -> Any:
    """Where an answer says that it comes from."""
    if form == "json":
        return json.loads(text)["provenance"]
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        (said,) = {row["provenance"] for row in rows}
        return json.loads(said)
    if form == "svg":
        (held,) = ET.fromstring(text).findall("{http://www.w3.org/2000/svg}metadata")
        return json.loads(held.text or "")
    return json.loads(text.rstrip().splitlines()[-1].split(" ", 1)[1])


@pytest.mark.parametrize(
    ("command", "form"),
    [
        *((OUTLOOK, form) for form in ("json", "csv")),
        *(((*OUTLOOK, "--ask", "extended"), form) for form in ("json", "csv")),
        *((EXPLORE, form) for form in ("json", "svg", "mermaid", "dot")),
        *((COMPARE, form) for form in ("json", "csv")),
        (WHATIF, "json"),
        ((*WHATIF, "--all-readings"), "json"),
        (DIFF, "json"),
    ],
    ids=lambda each: each if isinstance(each, str) else each[0],
)
def test_every_answer_says_where_it_comes_from_and_comes_out_again(
    run: Run, command: tuple[str, ...], form: str
) -> None:
    first = run(*command, *READING, "--format", form)
    assert first.exit_code == 0, first.stderr
    come = _carried(first.stdout, form)
    record = held_on(RECORD, date(2026, 10, 8)) if command == DIFF else RECORD
    assert (come["program"], come["version"]) == ("Review Clock", __version__)
    assert come["digests"] == {"law": LAW.digest, "record": record.digest}
    assert come["readings"]["term_ends"] == "end_of_day"
    assert come["otherwise"] == {"term_ends": "end_of_day"}
    assert come["as_of"] == ("2026-10-08" if command == DIFF else "2026-11-28")
    assert come["known_on"] == ("2026-10-08" if command == DIFF else None)
    assert come["units"]["day"] == "ISO 8601"
    assert ("probability" in come["units"]) is (command[0] in ("outlook", "explore"))
    program, *typed = shlex.split(come["command"])
    assert program == "review-clock"
    assert run(*typed).stdout == first.stdout


def test_a_chart_of_the_odds_says_where_it_comes_from(run: Run, tmp_path: Path) -> None:
    chart = tmp_path / "odds.svg"
    assert run(*OUTLOOK, "--plot", chart).exit_code == 0
    assert _carried(chart.read_text(encoding="utf-8"), "svg")["digests"]["law"] == LAW.digest


def test_an_own_record_and_an_assumption_are_named(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    run("record", "add", "2026-10-20 note", "--to", mine, "--source", "x", "--text", "y")
    come = _carried(run("--record", mine, *WHATIF, "--format", "json").stdout, "json")
    assert come["own"] == ["mine.toml"]
    assert come["assumed"] == ["2027-01-15 us gives notice"]
    assert come["digests"]["record"] != RECORD.digest


@pytest.mark.parametrize(("lang", "said"), [("en", "As of"), ("es", "A fecha del"), ("fr", "En date du")])
@pytest.mark.parametrize("command", [OUTLOOK, EXPLORE, COMPARE, WHATIF, DIFF], ids=lambda words: words[0])
def test_an_answer_is_cited_as_text_and_as_bibtex(run: Run, command: tuple[str, ...], lang: str, said: str) -> None:
    done = run("--lang", lang, *command, *READING, "--cite")
    assert done.exit_code == 0, done.stderr
    text, entry = done.stdout.rstrip("\n").split("\n\n")
    assert text.startswith("The Review Clock authors, Review Clock, versi")
    assert said in text
    for each in (__version__, LAW.digest, "term_ends=end_of_day", "--as-of 2026" if command != DIFF else "diff"):
        assert each in text
    assert "--cite" not in text
    key, *fields = entry.splitlines()
    assert re.fullmatch(r"@misc\{review-clock-2026-\d\d-\d\d-\w{6}-\w{6},", key)
    assert [line.split("=")[0].strip() for line in fields] == ["author", "title", "year", "note", "}"]
    assert r"term\_ends=end\_of\_day" in entry
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")


def test_the_citation_of_the_program_is_that_of_the_version(root: Path) -> None:
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{__version__}"' in text
    assert "The Review Clock authors" in text
    assert "The Review Clock authors" in (root / "LICENSE").read_text(encoding="utf-8")
