"""Scenarios → JSON documents: the library, a scenario's timeline and differences, every reading, a comparison."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from review_clock.formats.json_writer import iso
from review_clock.law.under_readings import Choice
from review_clock.questions.compare import Column, Comparison
from review_clock.questions.differences import Cause, Difference
from review_clock.questions.every_reading import FACTS, EveryReading, Move, Outcome, Result
from review_clock.scenarios.assume import Scenario
from review_clock.scenarios.library import Plan
from review_clock.timeline.chronology import TimelineEntry
from review_clock.timeline.course import Course
from review_clock.words.wording import Wording


def plan_document(plan: Plan, words: Wording) -> dict[str, Any]:
    """One scenario as its file has it."""
    return {
        "name": plan.name,
        "title": words.said(plan.title),
        "explanation": words.said(plan.explanation) or None,
        "counterfactual": plan.counterfactual,
        "assumed": list(plan.lines),
        "described_by": [
            {"who": each.who, "url": each.url or None, "dated": each.dated or None} for each in plan.described_by
        ],
    }


def scenario_document(plan: Plan, scenario: Scenario, words: Wording) -> dict[str, Any]:
    """One scenario laid over a record: what is assumed, taken in silence, and set aside of what is recorded."""
    return {
        **plan_document(plan, words),
        "assumed_in_silence": [day.isoformat() for day in sorted({act.on for act in scenario.taken_in_silence})],
        "leaves_record_on": iso(scenario.departs_on),
        "set_aside": list(scenario.set_aside),
    }


def moment_document(moment: TimelineEntry) -> dict[str, Any]:
    """One event of a timeline, and the state of the law after it."""
    return {
        "date": moment.on.isoformat(),
        "event": moment.event,
        "party": moment.party,
        "origin": moment.origin,
        "entry": moment.entry or None,
        "said": moment.said or None,
        "phase": moment.phase,
        "provision": moment.provision,
        "parties": list(moment.parties),
        "term_end": iso(moment.term_end),
        "next_review": iso(moment.next_review),
        "review_kind": moment.review_kind or None,
        "new": moment.new,
    }


def _cause_document(cause: Cause | None) -> dict[str, Any] | None:
    if cause is None:
        return None
    return {"kind": cause.kind, "on": cause.on.isoformat(), "line": cause.line or None, "entry": cause.entry or None}


def difference_document(difference: Difference, words: Wording) -> dict[str, Any]:
    """One change that assumptions make; `cause` says in words what `caused_by` says in data."""
    return {
        "what": difference.what,
        "id": difference.deadline.id,
        "title": words.said(difference.deadline.title),
        "before": iso(difference.before),
        "after": iso(difference.after),
        "cause": words.cause(difference.cause) or None,
        "caused_by": _cause_document(difference.cause),
    }


# ------------------------------------------------------------------------------------------------ every reading


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value or None if isinstance(value, str) else value


def _outcome_document(outcome: Outcome) -> dict[str, Any] | None:
    if outcome.refused is not None:
        return None
    return {fact: _value(getattr(outcome, fact)) for fact in FACTS if fact != "refused"}


def _refused_document(outcome: Outcome, words: Wording) -> dict[str, Any] | None:
    refused = outcome.refused
    if refused is None:
        return None
    return {
        "line": refused.line or None,
        "refusal": refused.key.removeprefix("refusal."),
        "provision": refused.provision,
        "why": words(refused.key),
    }


def _result_document(row: Result, words: Wording) -> dict[str, Any]:
    return {
        "chosen": row.chosen,
        "combinations": row.combinations,
        "under": [{key: list(values) for key, values in box.items()} for box in row.under],
        "result": _outcome_document(row.outcome),
        "refused": _refused_document(row.outcome, words),
    }


def _said(choice: Choice) -> str:
    return "=".join(choice)


def _move_document(move: Move) -> dict[str, Any]:
    return {
        "reading": _said(move.choice),
        "together_with": [_said(choice) for choice in move.together],
        "facts": [
            {"fact": "refused", "before": bool(move.before.refused), "after": bool(move.after.refused)}
            if fact == "refused"
            else {
                "fact": fact,
                "before": _value(getattr(move.before, fact)),
                "after": _value(getattr(move.after, fact)),
            }
            for fact in move.facts
        ],
    }


def every_reading_document(every: EveryReading, plan: Plan, words: Wording) -> dict[str, Any]:
    """What a scenario comes to under every combination of the readings that matter to it."""
    return {
        "as_of": every.as_of.isoformat(),
        "scenario": plan_document(plan, words),
        "readings": every.readings.as_dict(),
        "matter": list(every.matter),
        "combinations": every.combinations,
        "results": [_result_document(row, words) for row in every.rows],
        "moves": [_move_document(move) for move in every.moves],
    }


# --------------------------------------------------------------------------------------------------- comparison


def course_document(course: Course) -> dict[str, Any]:
    """The course of the Agreement: where it stands on a day, and what becomes of it."""
    review = {"date": iso(course.next_review), "kind": course.next_review_kind}
    return {
        "in_force": course.in_force,
        "phase": course.phase,
        "provision": course.provision,
        "parties": list(course.parties),
        "next_review": review if course.next_review else None,
        "next_six_year_review": iso(course.next_six_year_review),
        "annual_reviews": {"ahead": course.annual_ahead, "in_all": course.annual_in_all},
        "extensions": [
            {"on": each.on.isoformat(), "term_end": each.term_end.isoformat()} for each in course.extensions
        ],
        "departures": [{"party": each.party, "on": each.on.isoformat()} for each in course.departures],
        "term_end": iso(course.term_end),
        "last_day": iso(course.last_day),
        "end_cause": course.end_cause or None,
    }


def _column_document(column: Column, years: Iterable[int], words: Wording) -> dict[str, Any]:
    return {
        "name": column.name or "record",
        "title": words.said(column.title) or words("compare.record_title"),
        "hypothesis": column.hypothesis,
        "assumed": list(column.lines),
        "assumed_in_silence": [day.isoformat() for day in column.taken_in_silence],
        "leaves_record_on": iso(column.departs_on),
        **course_document(column.course),
        "bound": {str(year): list(parties) for year, parties in zip(years, column.bound, strict=True)},
    }


def comparison_document(comparison: Comparison, words: Wording) -> dict[str, Any]:
    """Scenarios side by side; `bound` holds the Parties bound on 1 July of each year."""
    return {
        "as_of": comparison.as_of.isoformat(),
        "readings": comparison.readings.as_dict(),
        "columns": [_column_document(column, comparison.years, words) for column in comparison.columns],
    }
