"""Scenarios → JSON documents: the library, a scenario's timeline and differences, every reading, a comparison."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from review_clock.files import Error
from review_clock.formats.json_writer import document, iso
from review_clock.law.under_readings import Choice
from review_clock.questions.compare import Column, Comparison
from review_clock.questions.every_reading import EveryReading, Move, Outcome, Result
from review_clock.questions.question import Question
from review_clock.scenarios.assume import Scenario
from review_clock.scenarios.batch import Item
from review_clock.scenarios.library import Plan
from review_clock.words.acts import titled
from review_clock.words.errors import error_text
from review_clock.words.wording import Wording


def plan_document(plan: Plan, words: Wording) -> dict[str, Any]:
    """One scenario as its file has it."""
    return {
        "name": plan.name,
        "title": titled(plan.title, plan.lines, words),
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


# ------------------------------------------------------------------------------------------------ every reading


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
        "under": document(row.under, words),
        "result": None if row.outcome.refused else document(row.outcome, words),
        "refused": _refused_document(row.outcome, words),
    }


def _said(choice: Choice) -> str:
    return "=".join(choice)


def _move_document(move: Move, words: Wording) -> dict[str, Any]:
    def fact(of: Outcome, name: str) -> Any:
        return of.refused is not None if name == "refused" else document(getattr(of, name), words)

    return {
        "reading": _said(move.choice),
        "together_with": [_said(choice) for choice in move.together],
        "facts": [
            {"fact": name, "before": fact(move.before, name), "after": fact(move.after, name)} for name in move.facts
        ],
    }


def every_reading_document(every: EveryReading, words: Wording) -> dict[str, Any]:
    """What a scenario comes to under every combination of the readings that matter to it."""
    return {
        "as_of": every.as_of.isoformat(),
        "known_on": iso(every.known_on),
        "scenario": plan_document(every.plan, words) if every.plan else None,
        "readings": every.readings.as_dict(),
        "matter": list(every.matter),
        "combinations": every.combinations,
        "results": [_result_document(row, words) for row in every.rows],
        "moves": [_move_document(move, words) for move in every.moves],
    }


# --------------------------------------------------------------------------------------------------- comparison


def _column_document(column: Column, years: Iterable[int], words: Wording) -> dict[str, Any]:
    return {
        "name": column.name or "record",
        "title": titled(column.title, column.lines, words) or words("compare.record_title"),
        "hypothesis": column.hypothesis,
        "assumed": list(column.lines),
        "assumed_in_silence": [day.isoformat() for day in column.taken_in_silence],
        "leaves_record_on": iso(column.departs_on),
        "answer": document(column.answer, words),
        **document(column.course, words),
        "bound": {str(year): list(parties) for year, parties in zip(years, column.bound, strict=True)},
    }


def comparison_document(comparison: Comparison, words: Wording) -> dict[str, Any]:
    """Scenarios side by side; `bound` holds the Parties bound on 1 July of each year."""
    return {
        "as_of": comparison.as_of.isoformat(),
        "known_on": iso(comparison.known_on),
        "readings": comparison.readings.as_dict(),
        "columns": [_column_document(column, comparison.years, words) for column in comparison.columns],
    }


def batch_document(item: Item, question: Question, words: Wording) -> dict[str, Any]:
    """The answer to a line of a batch, and how many deadlines it changes; or why the law refuses it."""
    refused, answer, changes = None, None, None
    try:
        answer, changes = document(question.answer, words), len(question.changes)
    except Error as error:
        refused = error_text(error, words)
    return {
        "id": item.id,
        "line": item.line,
        "as_of": question.as_of.isoformat(),
        "assumed": list(item.plan.lines),
        "refused": refused,
        "answer": answer,
        "deadlines_changed": changes,
    }
