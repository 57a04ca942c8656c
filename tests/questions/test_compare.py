"""Scenarios side by side: the facts of each, the Parties bound by year, and the same facts in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from review_clock.files import LANGUAGES
from review_clock.law.position import ReviewAhead
from review_clock.questions.compare import Comparison, compare
from review_clock.scenarios.library import library, plan_of_lines
from review_clock.timeline.course import AnnualReviews
from review_clock.words.wording import wording
from tests.frozen import RECORD, chosen, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)
ARGS = ("--as-of", "2026-11-23")
EVERYTHING = ("record", *library())


def _compared(*names: str, reading: str = "", as_of: date = AS_OF, to: int | None = None) -> Comparison:
    plans = [None if name == "record" else library()[name] for name in names]
    return compare(*(question(as_of, chosen(reading.split()), plan=plan) for plan in plans), to=to)


def _bound(comparison: Comparison, place: int) -> dict[int, str]:
    bound = comparison.columns[place].bound
    return {year: " ".join(parties) for year, parties in zip(comparison.years, bound, strict=True)}


def test_the_record_is_no_hypothesis_and_every_scenario_is() -> None:
    record, quo = _compared("record", "status-quo").columns
    assert (record.hypothesis, quo.hypothesis) == (False, True)
    assert record.lines == record.taken_in_silence == ()
    assert len(quo.taken_in_silence) == 9


def test_assuming_nothing_gives_the_course_of_the_record() -> None:
    record, quo = _compared("record", "status-quo").columns
    assert record.course == quo.course
    assert record.bound == quo.bound


# the annual reviews still ahead, by the day of the question: 2027 to 2035 and none after
AHEAD = [
    ("2026-11-23", 9),
    ("2027-06-30", 9),
    ("2027-07-01", 8),
    ("2030-01-01", 6),
    ("2035-06-30", 1),
    ("2035-07-01", 0),
    ("2036-07-01", 0),
]


@pytest.mark.parametrize(("as_of", "ahead"), AHEAD)
def test_annual_reviews_ahead_are_counted_from_the_day_and_in_all_are_not(as_of: str, ahead: int) -> None:
    (column,) = _compared("record", as_of=date.fromisoformat(as_of)).columns
    assert column.course.annual_reviews == AnnualReviews(ahead=ahead, in_all=9)


def test_the_next_review_is_the_one_of_the_day_and_the_next_six_year_review_that_of_the_course() -> None:
    before = _compared("late-extension").columns[0].course
    assert before.next_review == ReviewAhead(date=date(2027, 7, 1), kind="annual", day_is="inferred")
    assert before.next_six_year_review == date(2035, 3, 15)
    after = _compared("late-extension", as_of=date(2029, 3, 15)).columns[0].course
    assert after.next_review == ReviewAhead(date=date(2035, 3, 15), kind="six_year", day_is="by_law")


# A scenario, the day, the joint review that meets first after it (definition 6), how its day is known. With two Parties
# leaving none meets after the second is out, though the term would have more.
MEETS = [
    ("record", "2026-11-23", "2027-07-01", "annual", "inferred"),
    ("two-parties-leave", "2026-11-23", "2027-07-01", "annual", "inferred"),
    ("two-parties-leave", "2027-10-01", None, "", ""),
    ("two-parties-leave", "2028-03-01", None, "", ""),
    ("us-withdraws", "2027-10-01", "2028-07-01", "annual", "inferred"),
    ("extension-2027", "2027-06-30", "2027-07-01", "annual", "inferred"),
    ("extension-2027", "2027-07-01", "2033-07-01", "six_year", "by_law"),
    ("never-extended", "2035-07-01", None, "", ""),
]


@pytest.mark.parametrize(("name", "as_of", "day", "kind", "day_is"), MEETS)
def test_a_column_names_the_review_that_meets_and_how_its_day_is_known(
    name: str, as_of: str, day: str | None, kind: str, day_is: str
) -> None:
    found = _compared(name, as_of=date.fromisoformat(as_of)).columns[0].course.next_review
    assert found == (day and ReviewAhead(date=date.fromisoformat(day), kind=kind, day_is=day_is))


def test_the_review_of_a_column_says_how_its_day_is_known(run: Run) -> None:
    said = " ".join(
        run("compare", "record", "two-parties-leave", "--as-of", "2027-10-01", "--format", "md").output.split()
    )
    assert "| around 2028-07-01 (no day announced), annual joint review | – |" in said
    any_day = run("compare", "record", "status-quo", "--reading", "annual_review_day=any_day", "--format", "md").output
    assert "any day of 2027 (the text fixes none), annual joint review" in " ".join(any_day.split())


def test_the_parties_bound_on_the_first_of_july_of_each_year() -> None:
    comparison = _compared("us-withdraws", "two-parties-leave", to=2037)
    us, two = _bound(comparison, 0), _bound(comparison, 1)
    assert comparison.years == tuple(range(2027, 2038))
    assert us == {2027: "CA MX US", **dict.fromkeys(range(2028, 2036), "CA MX"), 2036: "", 2037: ""}
    assert two == {2027: "CA MX US", **dict.fromkeys(range(2028, 2038), "")}


def test_the_last_first_of_july_depends_on_how_the_term_ends() -> None:
    assert _bound(_compared("record", to=2037), 0)[2036] == ""
    assert _bound(_compared("record", reading="term_ends=end_of_day", to=2037), 0)[2036] == "CA MX US"


def test_the_years_run_to_the_last_end_unless_told_otherwise() -> None:
    assert _compared("record", "late-extension").years[-1] == 2045
    assert _compared("record", as_of=date(2040, 1, 1)).years == (2040,)
    assert _compared("record", as_of=date(2027, 7, 1), to=2028).years == (2027, 2028)
    assert _compared("record", as_of=date(2027, 7, 2), to=2028).years == (2028,)


def test_spells_are_the_years_once_each() -> None:
    comparison = _compared(*EVERYTHING)
    years = [year for spell in comparison.spells for year in range(spell.first, spell.last + 1)]
    assert years == list(comparison.years)
    for one, other in zip(comparison.spells, comparison.spells[1:], strict=False):
        assert one.bound != other.bound


def test_an_end_beyond_the_calendar_is_not_guessed() -> None:
    lines = [f"{year}-07-01 all confirm" for year in (2027, 2033, 2039, 2045, 2051, 2057, 2063, 2069, 2075, 2081, 2087)]
    (column,) = compare(question(AS_OF, plan=plan_of_lines(lines)), to=2030).columns
    assert column.course.last_day is None
    assert column.course.end_cause == ""
    assert len(column.course.extensions) == 11
    assert str(column.course.term_end) == "2103-07-01"


# ---------------------------------------------------------------------------------------------- the command


def _document(run: Run, *names: str) -> Any:
    done = run("compare", *names, *ARGS, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_json_has_each_column_with_its_keys(run: Run) -> None:
    document = _document(run, "record", "clean-renewal")
    record, clean = document["columns"]
    assert (record["name"], record["hypothesis"], record["assumed"]) == ("record", False, [])
    assert record["bound"]["2035"] == ["CA", "MX", "US"]
    assert clean["hypothesis"] is True
    assert clean["leaves_record_on"] == "2026-07-01"
    assert clean["extensions"] == [{"on": "2026-07-01", "term_end": "2042-07-01"}]
    assert clean["next_review"] == {
        "date": "2032-07-01", "kind": "six_year", "day_is": "by_law", "without_day": False, "amended": False,
    }  # fmt: skip
    assert clean["annual_reviews"] == {"ahead": 9, "in_all": 9}
    assert (clean["last_day"], clean["end_cause"]) == ("2042-06-30", "expired")


def test_every_format_says_the_same_of_every_scenario(run: Run) -> None:
    columns = _document(run, *EVERYTHING)["columns"]
    rows = list(csv.DictReader(io.StringIO(run("compare", *EVERYTHING, *ARGS, "--format", "csv").stdout)))
    text = run("compare", *EVERYTHING, *ARGS).stdout
    table = run("compare", *EVERYTHING, *ARGS, "--format", "md").stdout
    assert len(columns) == len(rows) == len(EVERYTHING)
    for column, row in zip(columns, rows, strict=True):
        assert row["name"] == column["name"]
        assert row["last_day"] == column["last_day"]
        assert row["next_six_year_review"] == (column["next_six_year_review"] or "")
        assert row["annual_reviews_in_all"] == str(column["annual_reviews"]["in_all"])
        assert row["hypothesis"] == str(column["hypothesis"]).lower()
        assert {year: row[f"bound_{year}"].split() for year in column["bound"]} == column["bound"]
        assert column["name"].split("-then-")[0] in text  # a long name is wrapped at a hyphen
        assert f"| {column['name']} " in table
        assert column["last_day"] in text
        assert column["last_day"] in table
    assert text.count("hypothesis") >= len(library())
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_column_says_that_it_is_a_hypothesis_in_each_language(run: Run, lang: str) -> None:
    text = run("--lang", lang, "compare", "record", "us-withdraws", "late-extension", *ARGS).stdout
    words = wording(lang)
    (line,) = [line for line in text.splitlines() if line.startswith(words("compare.standing"))]
    assert line.split(maxsplit=1)[1].count(words("compare.hypothesis")) == 2
    assert words("compare.fact_of_record") in line
    assert words("status.disclaimer") in text


WHAT_IF = ("whatif", "--scenario", "us-withdraws")
CHANCES = [word for each in ("us=0.3", "ca=1", "mx=1") for word in ("--confirm", each)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "asked",
    [
        ("compare", "record", "us-withdraws"),
        ("compare", "us-withdraws", "canada-withdraws", "--format", "md"),
        (*WHAT_IF, "--all-readings"),
        (*WHAT_IF, "--brief"),
        (*WHAT_IF, "--format", "md"),
        ("explore", "--horizon", "2032"),
        ("outlook", *CHANCES, "--horizon", "2032"),
        ("outlook", *CHANCES, "--horizon", "2032", "--ask", "extended", "--format", "md"),
        ("status", "--format", "md"),
    ],
    ids=" ".join,
)
def test_an_answer_for_a_day_after_the_last_verification_says_how_far_the_record_goes(
    run: Run, lang: str, asked: tuple[str, ...]
) -> None:
    verified = RECORD.verified_to
    assert verified is not None
    said = wording(lang)("status.beyond", verified=verified.isoformat())
    for day, there in ((verified, False), (verified + timedelta(days=1), True), (date(2030, 1, 1), True)):
        told = run("--lang", lang, *asked, "--as-of", day.isoformat()).stdout
        assert (" ".join(said.split()) in " ".join(told.split())) is there


def test_a_refused_assumption_is_refused_here_too(run: Run) -> None:
    done = run("compare", "record", "notice-rescinded", "--reading", "notice_can_be_rescinded=no", *ARGS)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "(Art. 34.6)" in done.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "it takes two scenarios or more"),
        (("status-quo",), "it takes two scenarios or more"),
        (("record", "status-quo", "--to", "2025"), "--to 2025 is before 2026"),
        (("record", "status-quo", "--to", "2101"), "a whole number from 2020 to 2100"),
        (("record", "statusquo"), "(accepted: status-quo, "),
    ],
)
def test_bad_input_is_one_line(run: Run, args: tuple[str, ...], message: str) -> None:
    done = run("compare", *args, *ARGS)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert message in error


def test_hostile_words_of_a_file_are_text_in_every_format(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.toml"
    path.write_text('title = "=cmd()|<b>\\u001b[31m"\n[[assume]]\nact = "2029-03-15 all confirm"\n', encoding="utf-8")
    text, table, sheet = (run("compare", "record", path, *ARGS, "--format", f).stdout for f in ("text", "md", "csv"))
    assert "\x1b" not in text + table
    assert "<b>" not in table
    assert "\\|" in table
    assert "'=cmd()" in sheet
    assert "\\u003cb" in run("compare", "record", path, *ARGS, "--format", "json").stdout
