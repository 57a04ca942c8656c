"""The command line: the contract's keys, help with examples, errors in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from review_clock.commands.main import main
from tests.frozen import Today

Run = Callable[..., Result]
AS_OF = "2026-11-23"


def _json(run: Run, *args: str) -> Any:
    done = run(*args)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_the_status_of_the_day_of_the_contract(run: Run) -> None:
    status = _json(run, "status", "--as-of", AS_OF, "--format", "json")
    assert status["agreement"] == "USMCA"
    assert status["as_of"] == AS_OF
    assert status["in_force"] is True
    assert status["phase"] == "annual_reviews"
    assert status["provision"] == "Art. 34.7(4)"
    assert status["parties"] == ["CA", "MX", "US"]
    assert status["term"] == {"start": "2020-07-01", "end": "2036-07-01", "amended": False}
    assert status["next_review"] == {
        "date": "2027-07-01", "kind": "annual", "day_is": "inferred", "without_day": False, "amended": False,
    }  # fmt: skip
    assert status["days"] == {"to_next_review": 220, "to_term_end": 3508, "to_end": 3508}
    assert status["withdrawals"] == []
    assert status["outcome_recorded"] is True
    assert status["assumed"] == []
    assert status["readings"]["extension_runs_from"] == "confirmation"
    assert status["record"]["verified_on"] == "2026-10-08"
    states = {p: (c["state"], c["on"], c["stated_position"]) for p, c in status["confirmations"].items()}
    assert states == {
        "CA": ("none", None, "extend"),
        "MX": ("none", None, "extend"),
        "US": ("declined", "2026-07-01", "not_extend"),
    }
    assert all(c["source"] for c in status["confirmations"].values())


BOUNDARIES = [
    # the day before, on and after: entry into force, the joint review, the end of the term
    ("2018-11-29", False, "not_in_force", None, None),
    ("2020-06-30", False, "not_in_force", None, None),
    ("2020-07-01", True, "six_year_cycle", "2026-07-01", "2036-07-01"),
    ("2020-07-02", True, "six_year_cycle", "2026-07-01", "2036-07-01"),
    ("2026-06-30", True, "six_year_cycle", "2026-07-01", "2036-07-01"),
    ("2026-07-01", True, "annual_reviews", "2027-07-01", "2036-07-01"),
    ("2026-07-02", True, "annual_reviews", "2027-07-01", "2036-07-01"),
    ("2027-06-30", True, "annual_reviews", "2027-07-01", "2036-07-01"),
    ("2027-07-01", True, "annual_reviews", "2028-07-01", "2036-07-01"),
    ("2036-06-30", True, "annual_reviews", None, "2036-07-01"),
    ("2036-07-01", False, "expired", None, "2036-07-01"),
    ("2036-07-02", False, "expired", None, "2036-07-01"),
    ("2100-12-31", False, "expired", None, "2036-07-01"),
]


@pytest.mark.parametrize(("as_of", "in_force", "phase", "review", "end"), BOUNDARIES)
def test_the_boundaries(run: Run, as_of: str, in_force: bool, phase: str, review: str | None, end: str | None) -> None:
    status = _json(run, "status", "--as-of", as_of, "--format", "json")
    found = (
        status["in_force"],
        status["phase"],
        (status["next_review"] or {}).get("date"),
        (status["term"] or {}).get("end"),
    )
    assert found == (in_force, phase, review, end)


@pytest.mark.parametrize(("as_of", "recorded"), [("2027-06-30", True), ("2027-07-01", False), ("2027-07-02", False)])
def test_an_annual_review_that_passes_unrecorded_says_so(run: Run, as_of: str, recorded: bool) -> None:
    assert _json(run, "status", "--as-of", as_of, "--format", "json")["outcome_recorded"] is recorded
    text = " ".join(run("status", "--as-of", as_of).output.split())
    assert ("does not say what became of the joint review" in text) is not recorded


def test_a_day_beyond_the_record_is_answered_with_those_words(run: Run) -> None:
    assert "As far as the record goes" in run("status", "--as-of", AS_OF).output
    assert "As far as the record goes" not in run("status", "--as-of", "2026-10-08").output


def test_the_deadlines_have_the_keys_of_the_contract(run: Run) -> None:
    document = _json(run, "deadlines", "--as-of", AS_OF, "--to", "2036-12-31", "--format", "json")
    assert document["as_of"] == AS_OF
    keys = {
        "id", "date", "time", "title", "jurisdiction", "kind", "actor", "recipient", "certainty", "condition",
        "authority", "derivation", "other_readings", "earliest", "latest",
    }  # fmt: skip
    for row in document["deadlines"]:
        assert keys <= row.keys()
        assert row["earliest"] <= row["date"] <= row["latest"]
        assert row["derivation"][-1]["date"] == row["date"]
        assert all(a.keys() >= {"cite", "url"} for a in row["authority"])
    order = [(row["date"], row["id"]) for row in document["deadlines"]]
    assert order == sorted(order)


@pytest.mark.parametrize("form", ["table", "csv", "md"])
@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_list_in_every_form_and_language_has_every_id(run: Run, form: str, lang: str) -> None:
    args = ("deadlines", "--as-of", AS_OF, "--to", "2028-12-31")
    rows = _json(run, *args, "--format", "json")["deadlines"]
    text = run("--lang", lang, *args, "--format", form).output
    for row in rows:
        assert row["id"] in text
        assert row["date"] in text
    if form == "table":
        assert max(len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("as_of", ["2019-01-01", "2023-05-05", AS_OF, "2031-07-01", "2040-01-01"])
def test_the_status_fits_the_terminal_and_speaks_the_language(run: Run, lang: str, as_of: str) -> None:
    text = run("--lang", lang, "status", "--as-of", as_of).output
    assert max(len(line) for line in text.splitlines()) <= 80
    name = {"en": "USMCA", "es": "T-MEC", "fr": "ACEUM"}[lang]
    assert name in text


def test_filters_narrow_the_list(run: Run) -> None:
    base = ("deadlines", "--as-of", AS_OF, "--to", "2030-12-31", "--format", "json")
    everything = _json(run, *base)["deadlines"]
    for option, key, value in (
        ("--jurisdiction", "jurisdiction", "us"),
        ("--kind", "kind", "report"),
        ("--certainty", "certainty", "scheduled"),
    ):
        found = _json(run, *base, option, value)["deadlines"]
        assert found == [row for row in everything if row[key] == value]
        assert found


def test_explain_takes_an_id_a_rule_or_a_year(run: Run) -> None:
    exact = run("explain", "us.611.notice.1-3", "--as-of", AS_OF)
    assert "2027-10-05" in exact.stdout
    assert exact.stderr == ""
    assert "us.611.notice.1-3" in run("explain", "us.611.notice", "--as-of", AS_OF).stdout
    assert "us.611.notice.1-5" in run("explain", "us.611.notice@2029", "--as-of", AS_OF).stdout


def test_a_case_is_counted_from_its_trigger(run: Run) -> None:
    args = ("deadlines", "--case", "us.716.facility-review", "--trigger", "2027-02-03")
    assert _json(run, *args, "--format", "json")["date"] == "2027-03-05"
    assert "2027-03-05" in run(*args).output


def test_whatif_shows_the_hypothesis_and_what_it_changes(run: Run) -> None:
    document = _json(run, "whatif", "--assume", "2029-03-15 all confirm", "--as-of", AS_OF, "--format", "json")
    assert document["status"]["assumed"] == ["2029-03-15 all confirm"]
    changes = {row["id"]: row["what"] for row in document["changes"]}
    assert changes["treaty.term.end.1"] == "vanishes"
    assert changes["treaty.term.end.2"] == "appears"
    assert [f"treaty.review.annual.1-{n}" in changes for n in range(3, 11)] == [False, *[True] * 7]
    text = run("whatif", "--assume", "2029-03-15 all confirm", "--as-of", AS_OF).output
    assert "This is a hypothesis" in text


def test_a_scenario_in_the_past_of_the_record_is_refused(run: Run) -> None:
    done = run("whatif", "--assume", "2026-07-01 all confirm")
    assert done.exit_code == 2
    assert "the record reaches to 2026-10-08" in done.stderr


BAD = [
    (("status", "--as-of", "yesterday"), "'yesterday' is not a date"),
    (("status", "--as-of", "2101-01-01"), "is after 2100-12-31"),
    (("status", "--reading", "term_ends=noon"), "start_of_day, end_of_day"),
    (("status", "--reading", "term_end=start_of_day"), "'term_end' is not a reading (accepted: term_ends"),
    (("deadlines", "--kind", "reviews"), "'reviews' is not known (accepted: review"),
    (("deadlines", "--from", "2027-02-01", "--to", "2027-01-01"), "--to 2027-01-01 is before --from 2027-02-01"),
    (("deadlines", "--case", "us.611.hearing", "--trigger", "2027-01-01"), "no count of days"),
    (("deadlines", "--case", "us.716.facility", "--trigger", "2027-01-01"), "accepted: us.716.facility-review"),
    (("deadlines", "--case", "us.716.facility-review"), "--case and --trigger go together"),
    (("explain", "us.611.notices"), "is not a deadline (accepted: us.611.notice"),
    (("explain", "us.716.facility-review"), "deadlines --case us.716.facility-review --trigger DATE"),
    (("explain", "us.611.hearing"), "no fixed day"),
    (("whatif",), "nothing is assumed"),
    (("whatif", "--assume", "2029-03-15 us leaves"), "is not an act"),
    (("whatif", "--assume", "2027-01-15 us gives notice", "--assume", "2027-08-01 us confirms"), "(Art. 34.6)"),
    (("deadlines", "--case", "us.718", "--trigger", "2100-12-30"), "2101-06-28 is after 2100-12-31"),
    (("deadlines", "--case", "treaty.nonmarket.notice", "--trigger", "0001-01-02"), "is too far away"),
    (("feed", "everything", "-o", "/nowhere/x.ics"), "/nowhere/x.ics: No such file or directory"),
    (("feed", "everythin"), "is not a feed (accepted: everything"),
    (("--record", "nowhere.toml", "status"), "nowhere.toml: cannot be read"),
]


@pytest.mark.parametrize(("args", "message"), BAD)
def test_bad_input_gets_one_line_and_exit_code_2(run: Run, args: tuple[str, ...], message: str) -> None:
    done = run(*args)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert message in done.stderr
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert message in error
    assert "Traceback" not in done.stderr


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found += _commands(command, (*path, name))
        else:
            found.append((*path, name))
    return found


@pytest.mark.parametrize("command", _commands(main), ids=" ".join)
def test_every_command_has_help_with_an_example(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.exit_code == 0
    assert "Example:" in done.output
    assert f"review-clock {command[0]}" in done.output or "review-clock --" in done.output


@pytest.mark.parametrize("form", ["mermaid", "dot", "svg", "json"])
def test_the_graph_in_every_form_names_every_phase(run: Run, form: str) -> None:
    from review_clock.law.position import Phase

    text = run("graph", "--format", form).output
    for phase in Phase:
        assert phase in text or phase.replace("_", " ") in text.replace("-", " ")


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_graphviz_draws_the_graph(run: Run, tool: Callable[[str, str], str], lang: str) -> None:
    import subprocess

    dot = tool("dot", "graphviz is the judge of `graph --format dot`")
    text = run("--lang", lang, "graph", "--format", "dot").stdout
    drawn = subprocess.run([dot, "-Tsvg"], input=text, capture_output=True, text=True, check=True).stdout
    assert drawn.count('class="node"') == 6
    assert drawn.count('class="edge"') == text.count(" -> ")


def test_the_graph_as_json_is_the_table(run: Run) -> None:
    from review_clock.law.chapter_34 import REFUSALS, TRANSITIONS

    table = _json(run, "graph", "--format", "json")
    assert len(table["transitions"]) == len(TRANSITIONS)
    assert len(table["refusals"]) == len(REFUSALS)


def test_a_feed_goes_to_a_file_or_to_standard_output(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "all.ics"
    assert run("feed", "everything", "-o", out, "--as-of", AS_OF).exit_code == 0
    assert out.read_bytes() == run("feed", "everything", "--as-of", AS_OF).stdout_bytes


def test_the_default_day_is_today(run: Run) -> None:
    assert _json(run, "status", "--format", "json")["as_of"] == Today.today().isoformat()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_is_there(run: Run, shell: str) -> None:
    done = run(env={"_REVIEW_CLOCK_COMPLETE": f"{shell}_source"}, prog_name="review-clock")
    assert done.exit_code == 0
    assert "review-clock" in done.output


ONE_OF_EACH_KIND = [
    "treaty.review.annual.1-2",
    "treaty.recommendations.annual.1-2",
    "treaty.confirmation.1-2",
    "treaty.term.end.1",
    "treaty.withdrawal.last-notice.1",
    "us.611.notice.1-3",
    "us.718.15",
    "us.611.briefing.1-2",
    "us.611.consult.1-2",
    "us.comments.1-2",
    "us.711",
    "origin.alternative-staging",
    "ca.whey.year-10",
    "ca.213.3",
    "ca.dairy.threshold.9",
    "mx.consultation",
]


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("identity", ONE_OF_EACH_KIND)
def test_each_kind_is_explained_so_that_it_can_be_counted_again(run: Run, lang: str, identity: str) -> None:
    document = _json(run, "--lang", lang, "explain", identity, "--as-of", AS_OF, "--format", "json")
    text = run("--lang", lang, "explain", identity, "--as-of", AS_OF).stdout
    for place, step in enumerate(document["derivation"], 1):
        assert f"{place}.  " in text
        assert step["date"] in text
    assert document["derivation"][-1]["date"] == document["date"]
    for authority in document["authority"]:
        assert authority["url"] in text
    assert "2026-10-08" in text
