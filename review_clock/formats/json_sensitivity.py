"""The answers of `outlook --sweep`, `--solve` and `--tornado` → JSON documents. See `json_odds` for the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review_clock.formats.json_odds import setting_document, share_document
from review_clock.futures.sensitivity import Asking, Point
from review_clock.futures.solve import Solution
from review_clock.futures.sweep import Sweep
from review_clock.futures.tornado import Tornado
from review_clock.words.events import event_text
from review_clock.words.wording import Wording


def _asking(answer: Asking, words: Wording) -> dict[str, Any]:
    return {
        **setting_document(answer, words),
        "ask": list(answer.ask),
        "ask_labels": [event_text(each, words) for each in answer.ask],
        "conditions": list(answer.conditions),
        "condition_labels": [event_text(each, words) for each in answer.conditions],
    }


def _points(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [{"value": float(each.value), "odds": [share_document(share) for share in each.odds]} for each in points]


def sweep_document(answer: Sweep, words: Wording) -> dict[str, Any]:
    """The odds of each event at each value of a chance, null where no future meets the conditions."""
    return {**_asking(answer, words), "swept": str(answer.name), "points": _points(answer.points)}


def solution_document(answer: Solution, words: Wording) -> dict[str, Any]:
    """Every value of a chance found at which the event has the share asked for, none where it has it at each, and the
    odds over the whole range."""
    return {
        **_asking(answer, words),
        "solved": str(answer.name),
        "equals": float(answer.equals),
        "everywhere": answer.everywhere,
        "values": [float(each) for each in answer.values],
        "points": _points(answer.points),
    }


def tornado_document(answer: Tornado, words: Wording) -> dict[str, Any]:
    """The odds of the event, and what moves them, the most first: a chance, or a reading."""
    return {
        **_asking(answer, words),
        "odds": share_document(answer.odds),
        "bars": [
            {
                "chance": None if bar.name is None else str(bar.name),
                "reading": bar.reading or None,
                "means": None if bar.meaning is None else words.meaning(bar.meaning),
                "values": [float(each) for each in bar.values],
                "odds_from": share_document(bar.before),
                "odds_to": share_document(bar.after),
                "swing": bar.swing,
            }
            for bar in answer.bars
        ],
        "refused_readings": list(answer.refused),
        "unmoved_chances": [str(each) for each in answer.unmoved],
    }
