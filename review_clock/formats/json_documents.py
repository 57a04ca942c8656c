"""Open points and cases → JSON documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from review_clock.formats.json_writer import document, iso

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.deadlines.deadline import Other
    from review_clock.law.counting import Counted
    from review_clock.law.law import Law
    from review_clock.law.rules import Rule
    from review_clock.questions.open_points import OpenPoint
    from review_clock.words.wording import Wording


def open_point_document(point: OpenPoint, words: Wording) -> dict[str, Any]:
    """One open point, with the dates that its other values move."""
    reading = point.reading
    return {
        **document(reading, words),
        "default": reading.default,
        "chosen": point.chosen,
        "values": [{"value": value, "meaning": words.said(reading.choices[value])} for value in reading.values],
        "moves": [
            {"deadline": deadline.id, "value": other.reading.partition("=")[2], "date": iso(other.date)}
            for deadline, other in point.moves
        ],
    }


def case_document(
    rule: Rule, trigger: date, counted: Counted | None, others: Iterable[Other], law: Law, words: Wording
) -> dict[str, Any]:
    """A rule counted from the day of a case; its date is null where a reading takes its ground away."""
    return {
        "rule": rule.id,
        "title": words.said(rule.title),
        "duty": words.said(rule.duty),
        "trigger": trigger.isoformat(),
        "date": iso(counted.day if counted else None),
        "bound": rule.bound,
        "authority": [document(law.authorities.by_cite[cite], words) for cite in rule.authority],
        "derivation": document(counted, words) or [],
        "other_readings": document(tuple(others), words),
    }
