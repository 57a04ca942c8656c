"""Documents for machines: api/v1."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from review_clock import documents
from review_clock.graph import drawn
from review_clock.report import AGREEMENT
from review_clock.site.answers import Answers
from review_clock.site.reconciliation import in_document, reconcile, selected
from review_clock.wording import wording


def _deadlines(answer: Answers) -> bytes:
    words = wording("en")
    text = documents.as_json(documents.deadlines_document(answer.deadlines, answer.as_of, answer.readings, words))
    reconcile("api/v1/deadlines.json", in_document(text), selected(answer.deadlines))
    return text.encode("utf-8")


def _status(answer: Answers) -> bytes:
    return documents.as_json(documents.status_document(answer.status, AGREEMENT)).encode("utf-8")


def _history(answer: Answers) -> bytes:
    text = documents.as_json(documents.history_document(answer.record, answer.as_of, wording("en")))
    return text.encode("utf-8")


def api_files(answer: Answers) -> dict[str, Callable[[], bytes]]:
    """Every document by its name."""
    return {
        "api/v1/status.json": partial(_status, answer),
        "api/v1/deadlines.json": partial(_deadlines, answer),
        "api/v1/history.json": partial(_history, answer),
        "api/v1/machine.json": lambda: drawn("json", wording("en")).encode("utf-8"),
    }
