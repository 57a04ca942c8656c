"""Documents for machines: api/v1, with the schemas that they follow and an index of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from review_clock.formats import json_documents
from review_clock.formats.drawing_machine import drawn
from review_clock.formats.json_writer import as_json
from review_clock.record.ledger import AGREEMENT
from review_clock.site.for_machines.schemas import FOLDER as SCHEMAS
from review_clock.site.for_machines.schemas import schema_files, schemas
from review_clock.site.material import Answers
from review_clock.site.reconciliation import in_document, reconcile, selected
from review_clock.words.wording import wording

FOLDER: Final = "api/v1"
VERSION: Final = 1
"""Goes up, with the folder, when a key is removed or comes to mean something else; new keys leave it as it is."""
SCENARIO: Final = "scenario.json"


def _deadlines(answer: Answers) -> bytes:
    words = wording("en")
    text = as_json(json_documents.deadlines_document(answer.deadlines, answer.as_of, answer.readings, words))
    reconcile("api/v1/deadlines.json", in_document(text), selected(answer.deadlines))
    return text.encode("utf-8")


def _status(answer: Answers) -> bytes:
    return as_json(json_documents.status_document(answer.status, AGREEMENT)).encode("utf-8")


def _history(answer: Answers) -> bytes:
    text = as_json(json_documents.history_document(answer.record, answer.as_of, wording("en")))
    return text.encode("utf-8")


def _index(answer: Answers, names: Iterable[str]) -> bytes:
    """api/v1/index.json: the documents `names`, each with what its schema calls it."""
    documents_listed = []
    for name in sorted(names):
        path = name.removeprefix(f"{FOLDER}/")
        schema = SCENARIO if path.startswith("scenarios/") else path
        title = schemas()[schema]["title"]
        documents_listed.append({"path": path, "title": title, "schema": f"schema/{schema}"})
    document = {
        "version": VERSION,
        "as_of": answer.as_of.isoformat(),
        "verified_on": answer.record.verified_on.isoformat(),
        "disclaimer": wording("en")("status.disclaimer"),
        "documents": documents_listed,
    }
    return as_json(document).encode("utf-8")


def api_files(answer: Answers) -> dict[str, Callable[[], bytes]]:
    """The documents of the answer by name, and the schemas."""
    return {
        f"{FOLDER}/status.json": partial(_status, answer),
        f"{FOLDER}/deadlines.json": partial(_deadlines, answer),
        f"{FOLDER}/history.json": partial(_history, answer),
        f"{FOLDER}/machine.json": lambda: drawn("json", wording("en")).encode("utf-8"),
        **schema_files(answer),
    }


def api_index(answer: Answers, names: Iterable[str]) -> dict[str, Callable[[], bytes]]:
    """The index of the documents among the files `names` of a site."""
    found = [name for name in names if name.startswith(f"{FOLDER}/") and not name.startswith(f"{SCHEMAS}/")]
    return {f"{FOLDER}/index.json": partial(_index, answer, tuple(found))}
