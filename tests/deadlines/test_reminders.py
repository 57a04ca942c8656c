"""The reminders of a user's case, each counted by hand on a calendar of office days."""

from __future__ import annotations

from datetime import date

import pytest

from review_clock.deadlines.reminders import reminders
from review_clock.law.counting import starting
from review_clock.record.own_case import OwnCase
from tests.frozen import LAW

VETERANS_DAY = date(2027, 11, 11)
"""A Thursday: a holiday of the United States, Remembrance Day in Canada; in Mexico offices are open."""


def _case(remind: tuple[int, ...], who: str, office: str, recorded_on: date) -> OwnCase:
    return OwnCase(
        id="c", matter="Acme", rule="treaty.rapid-response.reply", trigger=date(2027, 11, 2), who=who, remind=remind,
        office=office, known_on=recorded_on, recorded_on=recorded_on, recorded_by="", where="",
    )  # fmt: skip


def _reminded(
    remind: tuple[int, ...], who: str = "", office: str = "", recorded_on: date = date(2027, 11, 3)
) -> list[tuple[str, str, date]]:
    """Of each reminder of a date on 12 November 2027 the id, who is reminded, and the day."""
    rule = LAW.catalogue.by_id()["treaty.rapid-response.reply"]
    due = starting(date(2027, 11, 12), "case_trigger", "c")
    found = reminders("x", due, rule, _case(remind, who, office, recorded_on), LAW)
    return [(identity, its.actor, counted.day) for identity, its, counted in found]


# The office the case names, and the last day not after Veterans Day on which it is open; of none all three of the rule.
OFFICES = [("us", date(2027, 11, 10)), ("mx", VETERANS_DAY), ("", date(2027, 11, 10))]


@pytest.mark.parametrize(("office", "day"), OFFICES)
def test_a_reminder_comes_while_the_office_of_the_case_is_open(office: str, day: date) -> None:
    assert _reminded((1,), office=office) == [("x.reminder-1", "own-office", day)]


def test_who_answers_for_the_case_is_reminded_else_the_office() -> None:
    assert [who for _, who, _ in _reminded((7,), who="ana")] == ["ana"]
    assert [who for _, who, _ in _reminded((7,))] == ["own-office"]


@pytest.mark.parametrize(("who", "name"), [("", "Your office"), ("ana", "ana")])
def test_a_reminder_says_how_many_days_before_and_whom_it_reminds(who: str, name: str) -> None:
    rule = LAW.catalogue.by_id()["treaty.rapid-response.reply"]
    due = starting(date(2027, 11, 12), "case_trigger", "c")
    [(_, its, _)] = reminders("x", due, rule, _case((7,), who, "", date(2027, 11, 3)), LAW)
    assert its.title.said("en") == f"7-day reminder: {rule.title.said('en')}"
    assert its.actor_name.said("en") == name


def test_a_reminder_that_was_past_when_the_case_was_entered_is_none_and_that_of_the_day_is_one() -> None:
    # 7 and 8 days before Friday 12 November are Friday the 5th and Thursday the 4th
    entered = date(2027, 11, 5)
    assert [day for *_, day in _reminded((8, 7), recorded_on=entered)] == [entered]
