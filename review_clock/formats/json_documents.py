"""Open points, cases, lists of deadlines and what has no day → JSON documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from review_clock.formats.json_writer import document, iso

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.deadlines.case import Case
    from review_clock.law.law import Law
    from review_clock.law.rules import Rule
    from review_clock.questions.listed import Undated
    from review_clock.questions.open_points import OpenPoint
    from review_clock.questions.question import Question
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
        "opens": [{"deadline": deadline.id, "value": value} for deadline, value in point.opens],
        "checked_on": reading.checked_on.isoformat(),
    }


def case_document(case: Case, law: Law, words: Wording) -> dict[str, Any]:
    """A rule counted from the day of a case; its date is null where a reading takes its ground away."""
    rule, counted = case.rule, case.counted
    return {
        "rule": rule.id,
        "title": words.said(rule.title),
        "duty": words.said(rule.duty),
        "trigger": case.trigger.isoformat(),
        "date": iso(counted.day if counted else None),
        "bound": rule.bound,
        "actor": words.said(rule.actor_name),
        "recipient": words.said(rule.recipient_name) or None,
        "confidence": rule.confidence,
        "office_days": document(case.office_days, words),
        "authority": [document(law.authorities.by_cite[cite], words) for cite in rule.authority],
        "derivation": document(counted, words) or [],
        "other_readings": document(case.others, words),
        "disclaimer": words("status.disclaimer"),
    }


def _without_day(rule: Rule, words: Wording) -> dict[str, Any]:
    """A rule that has no day: with when it is owed, or what starts its count."""
    return {
        "rule": rule.id,
        "title": words.said(rule.title),
        "duty": words.said(rule.duty),
        "when": words.said(rule.when) or None,
        "counted_from": words.said(rule.trigger) or None,
        "jurisdiction": rule.jurisdiction,
        "kind": rule.kind,
        "actor": words.said(rule.actor_name),
        "authority": list(rule.authority),
        "confidence": rule.confidence,
    }


def rules_document(rules: Iterable[Rule], question: Question, words: Wording) -> dict[str, Any]:
    """The rules that a case can be counted by."""
    return {
        "as_of": question.as_of.isoformat(),
        "known_on": iso(question.known_on),
        "rules": [_without_day(rule, words) for rule in rules],
        "disclaimer": words("status.disclaimer"),
    }


def undated_document(found: Undated, question: Question, words: Wording) -> dict[str, Any]:
    """What has no day, and what is not in the calendar."""
    return {
        "as_of": question.as_of.isoformat(),
        "known_on": iso(question.known_on),
        "verified_on": iso(question.verified_on),
        "readings": question.readings.as_dict(),
        "duties": [_without_day(rule, words) for rule in found.duties],
        "cases": [_without_day(rule, words) for rule in found.cases],
        "open": document(found.open, words),
        "withheld": document(found.withheld, words),
        "not_covered": document(found.not_covered, words),
        "disclaimer": words("status.disclaimer"),
    }
