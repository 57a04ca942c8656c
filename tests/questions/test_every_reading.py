"""A scenario under every combination of readings: no combination lost, none twice, each what it gives alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import product
from math import prod
from typing import Any

import pytest
from click.testing import Result

from review_clock.files import LANGUAGES
from review_clock.law.readings import Readings
from review_clock.questions.every_reading import EveryReading, Outcome, Under, every_reading
from review_clock.scenarios.assume import NotAssumable, assume
from review_clock.scenarios.library import Plan, library, plan_of_lines
from review_clock.timeline.course import course
from review_clock.timeline.keeping import with_lines
from review_clock.timeline.unfold import timeline
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, alternatives, chosen, defaults, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)
VALUES = {reading.key: reading.values for reading in LAW.readings}


@cache
def _every(plan: Plan, reading: str = "", as_of: date = AS_OF) -> EveryReading:
    return every_reading(question(as_of, chosen(reading.split()), plan=plan))


def _lines(*lines: str) -> Plan:
    return plan_of_lines(lines)


def _unfolded(box: Under, every: EveryReading) -> Iterator[Readings]:
    """Each combination that a set of them stands for."""
    values = [box.get(key, VALUES[key]) for key in every.matter]
    for combination in product(*values):
        readings = every.readings
        for key, value in zip(every.matter, combination, strict=True):
            readings = readings.but(key, value)
        yield readings


PLANS = {
    **library(),
    "three letters": _lines("2027-07-01 ca confirms", "2027-07-01 mx confirms", "2029-03-15 us confirms"),
    "letters and an exit": _lines("2027-07-01 ca confirms", "2027-07-01 mx confirms", "2027-07-10 us gives notice"),
    "a letter while leaving": _lines("2027-05-15 us gives notice", "2027-08-01 all confirm"),
    "a letter withdrawn": _lines("2027-07-01 ca confirms", "2028-07-01 ca declines", "2029-07-01 all confirm"),
    "a month's end": _lines("2027-08-31 us gives notice"),
}


@pytest.mark.parametrize("name", PLANS)
def test_the_rows_hold_every_combination_once_and_each_gives_what_its_row_says(name: str) -> None:
    plan = PLANS[name]
    every = _every(plan)
    seen: set[Readings] = set()
    for row in every.rows:
        combinations = [readings for box in row.under for readings in _unfolded(box, every)]
        assert len(combinations) == len(set(combinations)) == row.combinations
        assert not seen & set(combinations)
        seen |= set(combinations)
        assert (every.readings in combinations) == row.chosen
        expected = row.outcome.refused.provision if row.outcome.refused else row.outcome
        for readings in (combinations[0], combinations[-1]):
            assert _alone(plan, readings) == expected
    assert len(seen) == every.combinations == prod(len(VALUES[key]) for key in every.matter)
    assert len({row.outcome for row in every.rows}) == len(every.rows)


def _alone(plan: Plan, readings: Readings) -> Outcome | str:
    """The outcome under one set of readings, worked out without any combination; the paragraph where it is refused."""
    try:
        scenario = assume(plan.lines, RECORD, readings, counterfactual=plan.counterfactual)
    except NotAssumable as error:
        return error.provision
    found = course(timeline((*scenario.record.acts, *scenario.acts), readings), AS_OF)
    return Outcome(
        in_force=found.in_force,
        phase=found.phase,
        parties=found.parties,
        next_review=found.next_review.date if found.next_review else None,
        next_six_year_review=found.next_six_year_review,
        extended_on=tuple(each.on for each in found.extensions),
        term_end=found.term_end,
        last_day=found.last_day,
        end_cause=found.end_cause,
    )


@pytest.mark.parametrize("name", PLANS)
def test_a_reading_that_is_not_listed_moves_nothing(name: str) -> None:
    every = _every(PLANS[name])
    base = _alone(PLANS[name], defaults())
    for key, value in alternatives():
        if key not in every.matter:
            assert _alone(PLANS[name], defaults().but(key, value)) == base, (key, value)


# plan, the readings that matter, what one of them moves: the worked results of the open points
MOVES: list[tuple[str, str, str, Any, Any]] = [
    ("late-extension", "extension_runs_from=term_end", "term_end", "2045-03-15", "2052-07-01"),
    ("late-extension", "next_review_after_extension=original_grid", "next_six_year_review", "2035-03-15", "2032-07-01"),
    ("status-quo", "term_ends=end_of_day", "last_day", "2036-06-30", "2036-07-01"),
    ("clean-renewal", "extension_runs_from=term_end", "term_end", "2042-07-01", "2052-07-01"),
    ("three letters", "confirmations=fresh", "extended_on", ["2029-03-15"], []),
    ("letters and an exit", "departure_completes_confirmation=yes", "extended_on", [], ["2028-01-10"]),
    ("two-parties-leave", "one_party_left=continues", "last_day", "2028-02-29", "2036-06-30"),
    ("notice-rescinded", "notice_can_be_rescinded=no", "refused", False, True),
    ("a letter while leaving", "confirmation_while_leaving=refused", "refused", False, True),
    ("a letter withdrawn", "confirmation_can_be_withdrawn=never", "refused", False, True),
]


@pytest.mark.parametrize(("name", "reading", "fact", "before", "after"), MOVES)
def test_which_reading_moves_which_fact(name: str, reading: str, fact: str, before: Any, after: Any) -> None:
    from review_clock.formats.json_scenarios import every_reading_document

    document = every_reading_document(_every(PLANS[name]), wording("en"))
    (move,) = [each for each in document["moves"] if each["reading"] == reading]
    facts = {each["fact"]: (each["before"], each["after"]) for each in move["facts"]}
    assert facts[fact] == (before, after)
    assert move["together_with"] == []


def test_a_reading_that_moves_something_only_beside_another_says_beside_which() -> None:
    (move,) = [each for each in _every(PLANS["two-parties-leave"]).moves if each.choice[0] == "term_ends"]
    assert move.together == (("one_party_left", "continues"),)
    assert move.facts == ("last_day",)


def test_a_value_that_differs_only_from_another_that_was_not_chosen_moves_nothing() -> None:
    """After 2037-07-02 the review of the year is over on its day as on any: only the year after the last moves it."""
    lines = ("2029-03-15 all confirm", "2036-06-30 review held", "2036-06-30 us declines")
    found = every_reading(question(date(2037, 7, 2), record=with_lines(RECORD, lines, LAW, defaults())))
    choices = {move.choice for move in found.moves}
    assert ("annual_review_day", "year_after_last") in choices
    assert ("annual_review_day", "any_day") not in choices


def test_the_chosen_readings_are_the_ones_compared_with() -> None:
    every = _every(PLANS["late-extension"], "extension_runs_from=term_end")
    (row,) = [row for row in every.rows if row.chosen]
    assert str(row.outcome.term_end) == "2052-07-01"
    (move,) = [each for each in every.moves if each.choice[0] == "extension_runs_from"]
    assert move.choice == ("extension_runs_from", "confirmation")


def test_the_day_asked_for_matters() -> None:
    plan = PLANS["two-parties-leave"]
    (early, late) = (_every(plan, as_of=day) for day in (date(2028, 2, 28), date(2030, 1, 1)))
    assert all(row.outcome.in_force for row in early.rows)
    assert {row.outcome.in_force for row in late.rows} == {True, False}


def test_a_line_that_no_reading_allows_for_its_day_is_an_error() -> None:
    with pytest.raises(NotAssumable, match="the record reaches to"):
        _every(_lines("2026-07-01 all confirm"))


# ---------------------------------------------------------------------------------------------- the command


def _document(run: Run, *args: str) -> Any:
    done = run("whatif", "--all-readings", *args, "--as-of", "2026-11-23", "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_json_lists_the_results_and_the_refusals(run: Run) -> None:
    document = _document(run, "--scenario", "notice-rescinded")
    assert document["matter"] == ["term_ends", "notice_can_be_rescinded"]
    assert document["combinations"] == sum(row["combinations"] for row in document["results"]) == 4
    refused = [row for row in document["results"] if row["refused"]]
    assert [row["under"] for row in refused] == [[{"notice_can_be_rescinded": ["no"]}]]
    assert refused[0]["result"] is None
    assert refused[0]["refused"]["provision"] == "Art. 34.6"
    assert refused[0]["refused"]["refusal"] == "notice_is_final"
    assert refused[0]["refused"]["line"] == "2027-06-01 us rescinds notice"
    (chosen_row,) = [row for row in document["results"] if row["chosen"]]
    assert chosen_row["result"]["last_day"] == "2036-06-30"


def test_where_the_chosen_readings_refuse_it_the_others_are_still_shown(run: Run) -> None:
    args = ("--scenario", "notice-rescinded", "--reading", "notice_can_be_rescinded=no")
    (row,) = [row for row in _document(run, *args)["results"] if row["chosen"]]
    assert row["refused"] is not None
    text = run("whatif", "--all-readings", *args, "--as-of", "2026-11-23").stdout
    assert "Last day in force: 2036-07-01" in text
    assert "refused → allowed" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["late-extension", "notice-rescinded", "two-parties-leave"])
def test_text_names_each_reading_that_matters_and_the_paragraph_of_a_refusal(run: Run, lang: str, name: str) -> None:
    text = run("--lang", lang, "whatif", "--all-readings", "--scenario", name, "--as-of", "2026-11-23").stdout
    document = _document(run, "--scenario", name)
    said, words = " ".join(text.split()), wording(lang)
    assert " ".join(words("status.assumed").split()) in said
    assert words("status.disclaimer") in said
    for move in document["moves"]:
        meaning = LAW.meaning(move["reading"])
        means = words.said(meaning.words)
        assert f"{means[0].upper()}{means[1:]} ({meaning.number})" in said
        assert move["reading"] not in said
    for row in document["results"]:
        if row["refused"]:
            assert f"({words.cite(row['refused']['provision'])})" in said.replace("\u00a0", " ")
    assert all(len(line) <= 80 for line in text.splitlines())


def test_brief_and_all_readings_do_not_go_together(run: Run) -> None:
    done = run("whatif", "--scenario", "status-quo", "--brief", "--all-readings")
    assert done.exit_code == 2
    assert "--brief goes without --all-readings" in done.stderr


def test_a_date_under_another_reading_names_the_default_as_the_other_one(run: Run) -> None:
    """A reading chosen instead of the default has the default for an alternative, in every list of other readings."""
    args = ("explain", "treaty.term.last-day.1", "--as-of", "2026-11-23", "--format", "json")
    found = json.loads(run(*args, "--reading", "term_ends=end_of_day").stdout)
    assert found["date"] == "2036-07-01"
    assert {"reading": "term_ends=start_of_day", "date": "2036-06-30"} in found["other_readings"]
    assert (found["earliest"], found["latest"]) == ("2036-06-30", "2036-07-01")
    case = ("deadlines", "--case", "treaty.nonmarket.termination", "--trigger", "2027-08-31", "--format", "json")
    counted = json.loads(run(*case, "--reading", "missing_day=first_of_next").stdout)
    assert counted["date"] == "2028-03-01"
    assert counted["other_readings"] == [{"reading": "missing_day=last_day_of_month", "date": "2028-02-29"}]
