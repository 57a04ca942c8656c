"""A rule counted from the day of a case: a petition, a notice, an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.deadlines.deadline import Other, of_case
from review_clock.deadlines.office_days import OfficeDay, office_day
from review_clock.law.counting import Counted
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule
from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`rule` as if a case began on `trigger`; `counted` is None where a reading takes its ground away."""

    rule: Rule
    trigger: date
    counted: Counted | None
    others: tuple[Other, ...]
    office_days: OfficeDay | None


def case(rule: Rule, trigger: date, readings: Readings, law: Law) -> Case:
    """`rule` counted from `trigger`. Raises `OutsideTheCalendar`, `BeyondTheCalendar`."""
    counted, others = of_case(rule, trigger, readings, law)
    if counted is not None and counted.day > LAST_DAY:
        raise OutsideTheCalendar(counted.day)
    offices = law.jurisdictions[rule.jurisdiction].offices
    note = office_day(counted.day, offices, rule.office) if counted is not None else None
    return Case(rule=rule, trigger=trigger, counted=counted, others=others, office_days=note)
