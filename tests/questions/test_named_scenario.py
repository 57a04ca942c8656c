"""A named scenario with all that follows from it, and what happens in it: told from the plan, not from the code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from review_clock.law.acts_and_lapses import Party
from review_clock.questions.named_scenario import HAPPENINGS, named_scenario, what_happens
from review_clock.questions.question import Question
from review_clock.scenarios.library import Plan, library, plan_of_lines
from review_clock.timeline.keeping import with_lines
from tests.frozen import LAW, RECORD, question

AS_OF = date(2026, 11, 23)


def _under(plan: Plan, *recorded: str) -> Question:
    return question(AS_OF, record=with_lines(RECORD, recorded, LAW, LAW.defaults), plan=plan)


# What the record has gained, what is assumed, and what happens then, against the record alone.
HAPPENS = [
    ((), (), "nobody"),
    ((), ("2027-07-01 us declines",), "nobody"),
    ((), ("2029-03-15 us confirms",), "nobody"),
    ((), ("2029-03-15 all confirm",), "extends"),
    ((), ("2027-01-15 us gives notice",), "leaves"),
    ((), ("2027-01-15 us gives notice", "2027-06-01 us rescinds notice"), "nobody"),
    # who leaves is told before an extension
    ((), ("2027-01-15 us gives notice", "2029-03-15 all confirm"), "leaves"),
    # a notice that runs already is none of the scenario's
    (("2026-11-20 us gives notice",), ("2029-03-15 ca confirms",), "nobody"),
    (("2026-11-20 us gives notice",), ("2026-12-15 ca gives notice",), "leaves"),
    (("2026-11-20 us gives notice",), ("2026-12-15 us rescinds notice",), "nobody"),
]  # fmt: skip


@pytest.mark.parametrize(("recorded", "lines", "happens"), HAPPENS)
def test_what_happens_is_told_against_the_record(
    recorded: tuple[str, ...], lines: tuple[str, ...], happens: str
) -> None:
    assert what_happens(_under(plan_of_lines(lines), *recorded)) == happens


def test_what_leaves_the_record_happens_no_longer_whatever_else_it_does() -> None:
    plans = library()
    assert plans["clean-renewal"].counterfactual
    assert {what_happens(_under(plan)) for plan in plans.values()} == set(HAPPENINGS)
    assert what_happens(_under(plans["clean-renewal"])) == "no_longer"
    gone = plan_of_lines(("2025-06-01 us gives notice",), counterfactual=True)
    assert what_happens(_under(gone)) == "no_longer"
    assert what_happens(question(AS_OF)) == "nobody"  # no scenario at all


def test_a_named_scenario_says_what_its_file_does_and_what_follows() -> None:
    plan = library()["clean-renewal"]
    found = named_scenario(_under(plan))
    assert plan.title is not None
    assert plan.explanation is not None
    assert (found.name, found.counterfactual, found.hypothesis) == ("clean-renewal", True, True)
    assert (found.title.en, found.title.es, found.title.fr) == (plan.title.en, plan.title.es, plan.title.fr)
    assert found.explanation is not None
    assert found.explanation.en == plan.explanation.en
    assert found.explanation.es == plan.explanation.es
    assert found.explanation.fr == plan.explanation.fr
    assert found.assumed == ("2026-07-01 review held", "2026-07-01 all confirm")
    assert [each.who for each in found.described_by] == [each.who for each in plan.described_by] != []
    # the review of 1 July 2026 and what the record holds of later is set aside; the next silent one is six years on
    assert found.leaves_record_on == date(2026, 7, 1)
    assert "E65d" in found.set_aside
    assert found.assumed_in_silence[0] == date(2032, 7, 1)
    assert found.status.answer.extended is not None
    assert found.status.answer.extended.on == date(2026, 7, 1)
    asked = _under(plan)
    assert (found.course, found.timeline, found.changes) == (asked.course, asked.timeline, asked.changes)
    assert found.changes


def test_one_who_has_left_by_the_record_leaves_in_no_scenario() -> None:
    record = with_lines(RECORD, ("2026-11-20 us gives notice",), LAW, LAW.defaults)
    asked = question(date(2027, 6, 1), record=record, plan=plan_of_lines(("2029-03-15 ca confirms",)))
    assert [each.party for each in asked.recorded.answer.left] == [Party.US]
    assert what_happens(asked) == "nobody"


def test_a_scenario_without_an_explanation_has_none() -> None:
    assert named_scenario(_under(replace(library()["status-quo"], explanation=None))).explanation is None


def test_another_scenario_in_place_of_one_is_held_against_the_record_and_not_against_it() -> None:
    asked = question(date(2026, 11, 24), plan=library()["us-withdraws"]).under_plan(library()["late-extension"])
    assert asked.recorded.plan is None
    assert asked.recorded.answer.extended is None
    assert not asked.recorded.scenario


def test_a_scenario_read_in_its_own_way_is_held_against_the_record_read_in_that_way() -> None:
    plan = replace(library()["us-withdraws"], readings=(("term_ends", "end_of_day"),))
    asked = question(date(2026, 11, 24)).under_plan(plan)
    assert asked.readings["term_ends"] == "end_of_day"
    assert asked.recorded.readings == asked.readings
    assert asked.recorded.answer.ends is not None
    assert asked.recorded.answer.ends.date == date(2036, 7, 2)
    again = question(date(2026, 11, 24), asked.readings).under_plan(plan)
    assert again.recorded.readings == again.readings
