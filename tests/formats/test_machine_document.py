"""machine.json: the rows of the table, what they name, constants and rules."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from review_clock.formats import machine_document
from review_clock.law import conditions, effects
from review_clock.law.chapter_34 import REFUSALS, TRANSITIONS
from tests.frozen import LAW


def test_every_row_stands_in_the_document_and_names_conditions_and_effects_that_do_too() -> None:
    document = machine_document.machine(LAW)
    conditions = {row["when"] for row in document["refusals"]} | {row["provided"] for row in document["transitions"]}
    assert conditions == document["conditions"].keys()
    assert {row["effect"] for row in document["transitions"]} == document["effects"].keys()
    assert len(document["refusals"]) == len(REFUSALS)
    assert len(document["transitions"]) == len(TRANSITIONS)


def test_each_condition_and_effect_has_the_label_of_its_function() -> None:
    document = machine_document.machine(LAW)
    for what, room in (("conditions", conditions), ("effects", effects)):
        for name, label in document[what].items():
            assert label == getattr(room, name).__doc__
    assert document["conditions"]["the_party_has_left"] == "the Party is no longer bound"


def test_the_document_is_json_with_a_version_and_the_keys_it_had() -> None:
    document = json.loads(json.dumps(machine_document.machine(LAW)))
    assert document["version"] == machine_document.VERSION == 2
    assert (document["term_years"], document["review_years"], document["notice_months"]) == (16, 6, 6)
    kept = {"phases", "in_force", "events", "order_on_one_day", "refusals", "transitions", "readings", "rules"}
    assert kept <= document.keys()
    assert {"provision", "phases", "on", "provided", "effect", "to", "governs"} <= document["transitions"][0].keys()
    assert {"key", "provision", "phases", "on", "when", "why"} <= document["refusals"][0].keys()


def test_each_rule_that_an_act_moves_stands_there_with_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = machine_document.moved_rules(LAW)
    assert [row["id"] for row in machine_document.machine(LAW)["rules"]] == [rule.id for rule in moved]
    strange = replace(moved[0], offset=({"month_start": 3},))
    monkeypatch.setattr(machine_document, "moved_rules", lambda _law: (strange,))
    with pytest.raises(ValueError, match=f"{strange.id} is counted in a way that has no form"):
        machine_document.machine(LAW)
