"""What a paper needs: every table, drawing and document says where it comes from, and can be cited and asked again."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import click
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from PIL import Image

import review_clock as rc
from review_clock import __version__
from review_clock.commands.main import main
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
ASK = ("--ask", "in force on 2029-01-01")
SWEEP = ("--sweep", "us=0:1:0.5")


def _carried(text: str, form: str) -> Any:
    """Where an answer says that it comes from."""
    if form == "json":
        return json.loads(text)["provenance"]
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        (said,) = {row.get("provenance") or row["Provenance"] for row in rows}  # a feed's headings are capitals
        return json.loads(said)
    if form == "ics":
        return json.loads(str(Calendar.from_ical(text)["X-REVIEW-CLOCK-PROVENANCE"]))
    if form == "svg":
        (held,) = ET.fromstring(text).findall("{http://www.w3.org/2000/svg}metadata")
        return json.loads(held.text or "")
    assert form in ("mermaid", "dot"), f"how does a {form} say where it comes from?"
    return json.loads(text.rstrip().splitlines()[-1].split(" ", 1)[1])


READ_BY_PEOPLE = {"text", "table", "md"}
"""These say in words what they rest on, and `--cite` says how to cite them."""
NO_ANSWER = {("check",): "it judges the data, and answers nothing that could be cited"}
ASKED: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    ("status",): (AS_OF,),
    ("deadlines",): (AS_OF, ("--undated", *AS_OF), ("--case", "us.716.facility-review", "--trigger", "2027-02-03")),
    ("next",): (AS_OF,),
    ("explain",): (("us.611.annual-report", *AS_OF),),
    ("history",): (AS_OF,),
    ("readings",): (AS_OF,),
    ("proceedings",): (AS_OF,),
    ("sources",): (AS_OF,),
    ("diff",): (DIFF[1:],),
    ("record", "list"): ((),),
    ("record", "show"): (("E51",),),
    ("case", "list"): (("--record", "MINE", *AS_OF),),
    ("case", "rules"): (("--search", "labour", *AS_OF),),
    ("whatif",): (WHATIF[1:], (*WHATIF[1:], "--all-readings")),
    ("compare",): (COMPARE[1:],),
    ("scenarios",): ((),),
    ("explore",): (EXPLORE[1:],),
    ("outlook",): (
        OUTLOOK[1:],
        *((*OUTLOOK[1:], *more) for more in (("--on", "2029-01-01"), ASK, (*ASK, "--given", "us confirms"))),
        *((*OUTLOOK[1:], *ASK, *more) for more in (SWEEP, ("--solve", "us", "--equals", "0.5"), ("--tornado",))),
    ),
    ("graph",): ((),),
    ("feed",): (("treaty", *AS_OF), ("treaty", "--scenario", "us-withdraws", *AS_OF)),
}
"""Every command that answers in a form which a program reads, and what it is asked."""


def _formats(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each command and each form that it can be asked for."""
    for name in group.list_commands(None):  # type: ignore[arg-type]
        command = group.get_command(None, name)  # type: ignore[arg-type]
        if isinstance(command, click.Group):
            yield from _formats(command, (*before, name))
        for option in command.params if command else ():
            if option.name == "form":
                yield from (((*before, name), form) for form in cast(click.Choice, option.type).choices)


CARRYING = [
    pytest.param((*command, *args), form, id=f"{' '.join((*command, *args[:1], *args[-2:-1]))}-{form}")
    for command, form in _formats(main)
    if form not in READ_BY_PEOPLE and command not in NO_ANSWER
    for args in ASKED.get(command, (("nobody asks this command here",),))
]


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("own") / "mine.toml")
    case = ("case", "add", "us.716.facility-review", "--trigger", "2027-02-03", "--matter", "A matter", "--to", path)
    assert CliRunner().invoke(main, case).exit_code == 0
    return path


@pytest.mark.parametrize(("command", "form"), CARRYING)
def test_whatever_is_printed_for_a_program_says_where_it_comes_from(
    run: Run, mine: str, command: tuple[str, ...], form: str
) -> None:
    first = run(*(mine if each == "MINE" else each for each in command), "--format", form)
    assert first.exit_code == 0, first.stderr
    come = _carried(first.stdout, form)
    assert (come["program"], come["version"]) == ("Review Clock", __version__)
    assert come["digests"]["law"] == LAW.digest
    assert come["units"]["day"] == "ISO 8601"
    assert come["readings"]
    if command[0] not in ("graph", "scenarios"):
        assert come["digests"]["record"]
        assert command[0] == "record" or come["as_of"]
        assert come["verified_on"]
    if command[0] == "feed":
        assert not {"command", "own"} & set(come), "what subscribers get changes with news alone, and names no path"
    else:
        program, *typed = shlex.split(come["command"])
        assert program == "review-clock"
        assert run(*typed).stdout == first.stdout


def test_a_line_of_a_batch_says_where_it_comes_from(run: Run, tmp_path: Path) -> None:
    lines = [
        '{"assume": ["2027-07-01 all confirm"], "as_of": "2027-01-01"}',
        '{"assume": ["2029-03-15 us rescinds notice"]}',
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("whatif", "--batch", tmp_path / "many.jsonl", *AS_OF)
    answered, refused = (json.loads(line)["provenance"] for line in done.stdout.splitlines())
    assert (answered["as_of"], answered["assumed"]) == ("2027-01-01", ["2027-07-01 all confirm"])
    assert (refused["as_of"], refused["assumed"]) == ("2026-11-28", ["2029-03-15 us rescinds notice"])
    assert answered["digests"] == {"law": LAW.digest, "record": RECORD.digest}


def test_a_feed_says_the_same_from_day_to_day_and_its_table_too(run: Run) -> None:
    for form in ("ics", "csv"):
        first, second = (
            run("feed", "treaty", "--as-of", day, "--format", form) for day in ("2026-11-27", "2026-11-28")
        )
        assert first.stdout_bytes == second.stdout_bytes


@pytest.mark.parametrize(
    ("command", "form"),
    [
        *((OUTLOOK, form) for form in ("json", "csv")),
        *((EXPLORE, form) for form in ("json", "svg", "mermaid", "dot")),
        *((COMPARE, form) for form in ("json", "csv")),
        (WHATIF, "json"),
        (DIFF, "json"),
    ],
    ids=lambda each: each if isinstance(each, str) else each[0],
)
def test_every_answer_names_its_law_record_days_and_readings(run: Run, command: tuple[str, ...], form: str) -> None:
    first = run(*command, *READING, "--format", form)
    assert first.exit_code == 0, first.stderr
    come = _carried(first.stdout, form)
    record = held_on(RECORD, date(2026, 10, 8)) if command == DIFF else RECORD
    assert come["digests"] == {"law": LAW.digest, "record": record.digest}
    assert come["readings"]["term_ends"] == "end_of_day"
    assert come["otherwise"] == {"term_ends": "end_of_day"}
    assert come["as_of"] == ("2026-10-08" if command == DIFF else "2026-11-28")
    assert come["known_on"] == ("2026-10-08" if command == DIFF else None)
    assert ("probability" in come["units"]) is (command[0] in ("outlook", "explore"))


def test_a_chart_says_where_it_comes_from_as_a_drawing_and_as_a_picture(run: Run, tmp_path: Path) -> None:
    drawing, picture = tmp_path / "odds.svg", tmp_path / "odds.png"
    for path in (drawing, picture):
        assert run(*OUTLOOK, "--plot", path).exit_code == 0
    drawn = _carried(drawing.read_text(encoding="utf-8"), "svg")
    with Image.open(picture) as image:
        texts = image.text  # type: ignore[attr-defined]
    painted = json.loads(texts["provenance"])
    assert drawn["digests"] == painted["digests"] == {"law": LAW.digest, "record": RECORD.digest}
    assert "odds.png" in painted["command"]
    assert texts["Title"].startswith("USMCA: Outlook")
    assert texts["Description"]


@pytest.mark.parametrize(("lang", "agreement"), [("en", "USMCA"), ("es", "T-MEC"), ("fr", "ACEUM")])
@pytest.mark.parametrize("command", [("graph",), EXPLORE], ids=lambda words: words[0])
def test_a_drawing_names_the_agreement_and_us_where_they_are_seen(
    run: Run, command: tuple[str, ...], lang: str, agreement: str
) -> None:
    drawing = ET.fromstring(run("--lang", lang, *command, "--format", "svg").stdout)
    written = ["".join(each.itertext()) for each in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert any(each.startswith(agreement) for each in written)
    assert any(f"Review Clock {__version__}" in each for each in written)


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


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_library_cites_as_the_command_does(run: Run, lang: str) -> None:
    asked = rc.ask(date(2026, 11, 28), readings={"term_ends": "end_of_day"})
    typed = ("--lang", lang, "status", *AS_OF, *READING)
    cited = rc.cite(asked, lang, command=shlex.join(("review-clock", *typed)))
    assert cited == rc.cite(asked.answer, lang, command=shlex.join(("review-clock", *typed)))
    assert run(*typed, "--cite").stdout == f"{cited}\n"
    assert "review-clock " not in rc.cite(asked, lang).splitlines()[0]


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_what_is_of_the_law_alone_is_cited_without_day_and_record(run: Run, lang: str) -> None:
    text, entry = run("--lang", lang, "graph", "--cite").stdout.rstrip("\n").split("\n\n")
    assert LAW.digest in text
    assert RECORD.digest not in text
    assert "year" not in entry


def test_the_citation_of_the_program_is_that_of_the_version(root: Path) -> None:
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{__version__}"' in text
    assert "The Review Clock authors" in text
    assert "The Review Clock authors" in (root / "LICENSE").read_text(encoding="utf-8")
