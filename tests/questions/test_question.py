"""A question has one answer: what its other readings say is what it answers when one of them is chosen."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

import review_clock as rc
from review_clock.scenarios.library import library
from tests.frozen import question

AS_OF = date(2026, 11, 24)
NAMES = ("record", *library())


def _question(name: str) -> rc.Question:
    question = rc.ask(AS_OF)
    return question if name == "record" else question.under_plan(library()[name])


def _days(question: rc.Question) -> dict[str, date]:
    return {each.id: each.date for each in question.all_deadlines if each.certainty != "superseded"}


def _asked(question: rc.Question, key: str, value: str) -> rc.Question | None:
    """The question under one other reading; None where under it what is assumed could not be."""
    there = question.under(**{key: value})
    try:
        return there if there.line else None
    except (rc.NotAssumable, rc.NotProvidedFor):
        return None


@pytest.mark.parametrize("name", NAMES)
def test_the_other_readings_of_a_date_are_its_dates_when_they_are_chosen(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    question = _question(name)
    here = {each.id: each for each in question.all_deadlines if each.certainty != "superseded"}
    compared = 0
    for key, value in question.law.alternatives(question.readings):
        there = _asked(question, key, value)
        if there is None:
            continue
        back, days = f"{key}={question.readings[key]}", _days(there)
        told = {each.id: {o.reading: o.date for o in each.other_readings} for each in there.all_deadlines}
        for identity, each in here.items():
            said = {other.reading: other.date for other in each.other_readings}
            assert said.get(f"{key}={value}", each.date) == days.get(identity), identity
            if identity in days:
                assert told[identity].get(back, days[identity]) == each.date, identity
            compared += 1
    record_property("one answer: dates compared under one other reading", compared)


@pytest.mark.parametrize("name", NAMES)
def test_each_date_under_any_combination_lies_inside_the_span(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    question = _question(name)
    spans = {each.id: (each.earliest, each.latest) for each in question.all_deadlines}
    values = [(point.key, point.values) for point in question.law.readings]
    combinations = list(product(*(values for _, values in values)))
    compared = 0
    for chosen in random.Random(name).sample(combinations, 25):
        readings = dict(zip((key for key, _ in values), chosen, strict=True))
        there = replace(question, readings=question.law.chosen(f"{k}={v}" for k, v in readings.items()))
        try:
            line = there.line
        except (rc.NotAssumable, rc.NotProvidedFor):
            continue
        from review_clock.deadlines.resolve import resolve

        for identity, dated in resolve(line, there.law, there.known).items():
            if identity in spans:
                earliest, latest = spans[identity]
                assert earliest <= dated.day <= latest, (identity, readings)
                compared += 1
    record_property("one answer: dates inside their span", compared)


def test_another_reading_asks_again_from_the_lines_as_they_were_given() -> None:
    later = rc.ask(AS_OF).assume("2029-03-15 all confirm", "2031-01-01 us gives notice")
    there = later.under(annual_review_day="year_after_last")
    assert there.plan == later.plan
    assert there.readings != later.readings
    assert there.scenario is not later.scenario


def test_one_deadline_explained_is_that_of_all() -> None:
    question = rc.ask(AS_OF)
    for each in question.all_deadlines:
        assert question.explain(each.id) == each


def test_two_laws_in_one_process_give_two_answers() -> None:
    shipped = rc.Law.shipped()
    texts = dict(shipped.texts)
    rule = texts["deadlines.toml"].index('id = "us.611.annual-report"')
    place = texts["deadlines.toml"].index("days = -70", rule)
    texts["deadlines.toml"] = texts["deadlines.toml"][:place] + "days = -77" + texts["deadlines.toml"][place + 10 :]
    other = rc.Law(texts=tuple(texts.items()))
    one, two = (rc.ask(AS_OF, law=law).explain("us.611.annual-report.1-2") for law in (shipped, other))
    assert (one.date, two.date) == (date(2027, 4, 22), date(2027, 4, 15))
    assert shipped.digest != other.digest


def test_the_record_alone_is_what_every_scenario_is_held_against() -> None:
    asked, plans = question(date(2026, 11, 28)), library()
    first = asked.under_plan(plans["us-withdraws"])
    second = first.under_plan(plans["canada-withdraws"])
    assumed = second.assume("2033-03-16 mx confirms")
    assert first.recorded is asked  # worked out once
    for each in (asked, first, second, assumed, first.under_plan(None), second.recorded):
        assert each.recorded.plan is None
        assert each.recorded.answer == asked.answer
