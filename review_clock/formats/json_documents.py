"""Open points, rules, cases, what has no day, the entries of the record, sources → JSON documents."""

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
    from review_clock.questions.own_cases import Docketed
    from review_clock.questions.question import Question
    from review_clock.questions.sources import CitedSource, Visit
    from review_clock.record.ledger_rows import LedgerRow
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


def cases_document(found: Iterable[Docketed], question: Question, words: Wording) -> dict[str, Any]:
    """The cases as one document: the keys of the file, with the deadline and why a case was taken back."""
    return {
        "as_of": question.as_of.isoformat(),
        "known_on": iso(question.known_on),
        "cases": [
            {
                **document(each.case, words),
                "deadline": document(each.deadline, words),
                "retracted": document(each.retracted, words),
            }
            for each in found
        ],
        "disclaimer": words("status.disclaimer"),
    }


def ledger_document(rows: Iterable[LedgerRow], words: Wording) -> dict[str, Any]:
    """The rows as one document: each the record's own keys, with `file` and, where it was taken back, `retracted`."""
    return {
        "entries": [
            {**document(each.row, words), "file": each.file, "retracted": document(each.retracted, words)}
            for each in rows
        ]
    }


def sources_document(sources: Iterable[CitedSource], words: Wording) -> dict[str, Any]:
    """The sources as one document."""
    return {"sources": [document(each, words) for each in sources]}


def visits_document(visits: Iterable[Visit], words: Wording) -> dict[str, Any]:
    """What visits found as one document, a source each."""
    return {"visits": [{**document(each, words), "wrong": each.wrong} for each in visits]}
