"""What something comes to under readings: which choices matter, each combination once, nothing worked out twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from review_clock.law.readings import Readings
from review_clock.law.under_readings import ByReadings, Combinations
from tests.frozen import LAW, defaults

END, MISSING = ("term_ends", "end_of_day"), ("missing_day", "first_of_next")
LAST, ANY = ("annual_review_day", "year_after_last"), ("annual_review_day", "any_day")
Result = Callable[[Readings], "str | None"]


def _both(r: Readings) -> str:
    """The day that is missing matters only where the term runs through its last day."""
    if r["term_ends"] == "end_of_day":
        return f"through, {r['missing_day']}"
    return "before"


def _one_of_three(r: Readings) -> str:
    return "a year on" if r["annual_review_day"] == "year_after_last" else "the anniversary"


def _three(r: Readings) -> str:
    return r["annual_review_day"]


def _refused(r: Readings) -> str | None:
    return None if r["term_ends"] == "end_of_day" else r["missing_day"]


def _refused_by_default(r: Readings) -> str | None:
    return None if r["term_ends"] == "start_of_day" else r["missing_day"]


# The result, the choices that matter, and what each combination of them gives.
MATTER: list[tuple[Result, list[tuple[str, str]], list[str]]] = [
    (lambda _r: "always", [], ["always"]),
    (_both, [END, MISSING], ["before", "before", "through, last_day_of_month", "through, first_of_next"]),
    # any_day differs from year_after_last alone, which nobody chose: it moves nothing
    (_one_of_three, [LAST], ["the anniversary", "a year on"]),
    (_three, [LAST, ANY], ["anniversary", "year_after_last", "any_day"]),
    # a choice under which there is no answer moves nothing, and a combination without one is left out
    (_refused, [MISSING], ["last_day_of_month", "first_of_next"]),
    (_refused_by_default, [], []),
]


@pytest.mark.parametrize(("result", "choices", "gives"), MATTER)
def test_which_choices_matter_and_what_each_combination_gives(
    result: Result, choices: list[tuple[str, str]], gives: list[str]
) -> None:
    combinations = Combinations(defaults(), LAW.alternatives(defaults()), result)
    assert combinations.that_matter() == choices
    found = combinations.all(choices)
    assert [each for _, each in found] == gives
    for readings, each in found:
        assert result(readings) == each
        for key, value in readings.values:
            assert value == defaults()[key] or (key, value) in choices


def test_what_agrees_in_the_readings_asked_for_is_worked_out_once() -> None:
    made: list[str] = []

    def make(r: Readings) -> str:
        made.append(r["term_ends"])
        return made[-1]

    by_readings = ByReadings(make)
    here = defaults()
    for readings in (here, here.but(*MISSING), here.but(*END), here.but(*LAST), here.but(*END).but(*MISSING)):
        assert by_readings(readings) == readings["term_ends"]
    assert made == ["start_of_day", "end_of_day"]


def test_whoever_watches_notes_what_was_asked_within_refused_or_not() -> None:
    def made(r: Readings) -> str:
        if r["missing_day"] == "first_of_next":
            raise ValueError
        return r["term_ends"]

    within = ByReadings(made)

    def told(r: Readings) -> str:
        try:
            return within(r)
        except ValueError:
            return "refused"

    of_both = ByReadings(told)
    here = defaults()
    for readings in (here.but(*MISSING), here, here.but(*END), here.but(*MISSING).but(*END), here.but(*LAST)):
        assert of_both(readings) == told(readings)
