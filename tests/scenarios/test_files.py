"""Scenario files: their keys, the library by name, and bad input in one line that names file and key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from review_clock.files import LANGUAGES, BadData
from review_clock.scenarios.library import library, plan_of, plan_of_lines
from review_clock.words.acts import assumed
from review_clock.words.wording import wording
from tests.frozen import RECORD, defaults

Run = Callable[..., Result]
AS_OF = ("--as-of", "2026-11-23")

FILE = """
title = "Mine"
explanation = "What the office fears."
[[assume]]
act = "2027-01-15 us gives notice"
[[described_by]]
who = "A colleague"
url = "https://example.org/memo"
dated = "2026-11"
"""


def _file(folder: Path, text: str, name: str = "mine.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_of_ones_own_is_a_scenario(tmp_path: Path) -> None:
    plan = plan_of(_file(tmp_path, FILE))
    assert plan.name == "mine"
    assert [plan.title.said(lang) for lang in LANGUAGES] == ["Mine"] * 3
    assert plan.lines == ("2027-01-15 us gives notice",)
    assert not plan.counterfactual
    assert plan.described_by[0].who == "A colleague"
    assert plan.over(RECORD, defaults()).name == "mine"


def test_a_file_without_a_title_takes_its_name(tmp_path: Path) -> None:
    assert plan_of(_file(tmp_path, "", "empty.toml")).title.en == "empty"


def test_the_library_is_in_the_order_of_its_places() -> None:
    places = [plan.place for plan in library().values()]
    assert places == sorted(places)
    assert next(iter(library())) == "status-quo"


def test_the_same_lines_have_the_same_name_whatever_their_order_case_and_blanks() -> None:
    one = plan_of_lines(["2027-01-15 us gives notice", "2028-07-01 all confirm"], counterfactual=False)
    two = plan_of_lines(["2028-07-01  ALL confirm", "2027-01-15 US gives notice"], counterfactual=False)
    assert one.name == two.name
    assert one.name != plan_of_lines(["2027-01-15 us gives notice"], counterfactual=False).name


BAD_FILES = [
    ('titel = "x"', "titel: is not a key of this table"),
    ("title = 3", "title: 3 is not a text"),
    ('title.en = "only English"', "title.es: is missing"),
    ('counterfactual = "yes"', "counterfactual: 'yes' is not true or false"),
    (
        '[[assume]]\nact = "2027-01-15 us leaves"',
        "assume[1].act: '2027-01-15 us leaves' is not understood: 'us leaves' is not an act",
    ),
    (
        '[[assume]]\nact = "soon us confirms"',
        "assume[1].act: 'soon us confirms' is not understood: 'soon' is not a date",
    ),
    ("[[assume]]", "assume[1].act: is missing"),
    ('[[assume]]\nact = "2027-01-15 us confirms"\nwhen = 1', "assume[1].when: is not a key of this table"),
    ('assume = "2027-01-15 us confirms"', "is not tables headed [[assume]]"),
    ('[[described_by]]\nurl = "https://example.org"', "described_by[1].who: is missing"),
    ('[[described_by]]\nwho = "x"\nurl = "javascript:alert(1)"', "described_by[1].url: 'javascript:alert(1)'"),
    ("title = ", "is not valid TOML"),
]


@pytest.mark.parametrize(("text", "message"), BAD_FILES)
@pytest.mark.parametrize("command", ["whatif", "compare"])
def test_a_bad_file_is_one_line_that_names_file_and_key(
    run: Run, tmp_path: Path, command: str, text: str, message: str
) -> None:
    path = _file(tmp_path, text)
    args = ("whatif", "--scenario", path) if command == "whatif" else ("compare", "record", path)
    done = run(*args, *AS_OF)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert "mine.toml: " in error
    assert message in error


@pytest.mark.parametrize("command", ["whatif", "compare", "feed"])
def test_an_unknown_name_gets_the_nearest_first(run: Run, command: str) -> None:
    args = {
        "whatif": ("whatif", "--scenario", "late-extention"),
        "compare": ("compare", "status-quo", "late-extention"),
        "feed": ("feed", "everything", "--scenario", "late-extention"),
    }[command]
    done = run(*args)
    assert done.exit_code == 2
    assert "late-extention: is neither a scenario nor a file (accepted: late-extension, " in done.stderr


def test_a_missing_file_is_named(run: Run) -> None:
    done = run("whatif", "--scenario", "nowhere.toml")
    assert done.exit_code == 2
    assert "nowhere.toml: cannot be read" in done.stderr


def test_a_name_that_could_not_stand_in_an_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="is not a name for a scenario"):
        plan_of(_file(tmp_path, FILE, "a b.toml"))


# ---------------------------------------------------------------------------------------------- the command


def test_the_library_as_json_is_the_library(run: Run) -> None:
    rows = json.loads(run("scenarios", "--format", "json").stdout)["scenarios"]
    assert [row["name"] for row in rows] == list(library())
    for row in rows:
        plan = library()[row["name"]]
        assert row["assumed"] == list(plan.lines)
        assert row["counterfactual"] == plan.counterfactual
        assert row["title"] == plan.title.en
        assert [each["who"] for each in row["described_by"]] == [each.who for each in plan.described_by]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["text", "md"])
def test_the_library_shows_each_scenario_in_three_languages(run: Run, lang: str, form: str) -> None:
    said, words = " ".join(run("--lang", lang, "scenarios", "--format", form).stdout.split()), wording(lang)
    for plan in library().values():
        assert plan.name in said
        assert " ".join(plan.title.said(lang).split()) in said
        for line in plan.lines:
            assert " ".join(assumed(line, words).split()) in said
            assert line not in said
        for each in plan.described_by:
            assert each.who in said
            assert each.url in said


def test_no_line_of_the_library_is_wider_than_a_terminal_but_for_an_address(run: Run) -> None:
    for lang in LANGUAGES:
        for line in run("--lang", lang, "scenarios").stdout.splitlines():
            assert len(line) <= 80 or "http" in line


READ = 'title = "Mine"\n[readings]\nextension_runs_from = "term_end"\n[[assume]]\nact = "2029-03-15 all confirm"\n'


def test_a_file_carries_the_readings_under_which_it_is_read(run: Run, tmp_path: Path) -> None:
    """Art. 34.7(3), R1: sixteen years from the end of the term, or from the day of the extension."""
    file = _file(tmp_path, READ)

    def asked(*args: str) -> list[dict[str, object]]:
        document = json.loads(run("whatif", *args, *AS_OF, "--format", "json").stdout)
        return list(document["deadlines"])

    chosen = ("--assume", "2029-03-15 all confirm", "--reading", "extension_runs_from=term_end")
    assert asked("--scenario", file) == asked(*chosen)
    ends = {each["date"] for each in asked("--scenario", file) if str(each["id"]).startswith("treaty.term.end")}
    assert "2052-07-01" in ends


def test_columns_of_a_comparison_each_have_their_files_readings(run: Run, tmp_path: Path) -> None:
    done = run("compare", "late-extension", _file(tmp_path, READ), *AS_OF, "--format", "csv")
    rows = [line.split(",") for line in done.stdout.splitlines()]
    assert "2045-03-15" in rows[1]
    assert "2052-07-01" in rows[2]
    flat = " ".join(run("compare", "late-extension", _file(tmp_path, READ), *AS_OF).stdout.split())
    assert "Mine (" in flat


def test_a_reading_of_a_file_that_is_none_is_named(run: Run, tmp_path: Path) -> None:
    for wrong, said in (("term_end", "term-end"), ("extension_runs_from", "extension_runs_form")):
        done = run("whatif", "--scenario", _file(tmp_path, READ.replace(wrong, said)), *AS_OF)
        assert done.exit_code == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
