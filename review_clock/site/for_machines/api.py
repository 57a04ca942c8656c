"""Documents for machines: api/v1, with the schemas that they follow and an index of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from review_clock.formats.drawing_machine import drawn
from review_clock.formats.json_writer import as_json, document, iso
from review_clock.questions.listed import listed
from review_clock.site.changes_of_dates import FILE as CHANGES
from review_clock.site.for_machines.schemas import FOLDER as SCHEMAS
from review_clock.site.for_machines.schemas import schema_files, schemas
from review_clock.site.material import Material
from review_clock.site.reconciliation import in_document, reconcile, selected
from review_clock.words.verdict import AGES
from review_clock.words.wording import wording

FOLDER: Final = "api/v1"
VERSION: Final = 1
"""Goes up, with the folder, when a key is removed or comes to mean something else; new keys leave it as it is."""
SCENARIO: Final = "scenario.json"


def _written(answer: Any) -> bytes:
    return as_json(document(answer, wording("en"))).encode("utf-8")


def _deadlines(material: Material) -> bytes:
    written = _written(listed(material.question))
    reconcile("api/v1/deadlines.json", in_document(written.decode("utf-8")), selected(material.deadlines))
    return written


def _health(material: Material) -> bytes:
    """api/v1/health.json: what a monitor asks. The record is stale when the pages begin to warn of its age."""
    due = [each for each in material.deadlines if each.is_ahead and not each.without_day]
    first = min((each.date for each in due), default=None)
    verified = material.record.verified_on
    found = {
        "as_of": material.as_of.isoformat(),
        "verified_on": verified.isoformat(),
        "stale_after": (verified + timedelta(days=dict(AGES)["warning"])).isoformat(),
        "next_due": iso(first),
        "next_due_ids": sorted(each.id for each in due if each.date == first),
    }
    return as_json(found).encode("utf-8")


def _index(material: Material, names: Iterable[str]) -> bytes:
    """api/v1/index.json: the documents `names`, each with what its schema calls it."""
    documents_listed = []
    for name in sorted(names):
        path = name.removeprefix(f"{FOLDER}/")
        schema = SCENARIO if path.startswith("scenarios/") else path
        title = schemas(material.law)[schema]["title"]
        documents_listed.append({"path": path, "title": title, "schema": f"schema/{schema}"})
    found = {
        "version": VERSION,
        "as_of": material.as_of.isoformat(),
        "verified_on": material.record.verified_on.isoformat(),
        "disclaimer": wording("en")("status.disclaimer"),
        "documents": documents_listed,
    }
    return as_json(found).encode("utf-8")


def api_files(material: Material) -> dict[str, Callable[[], bytes]]:
    """The documents of the material by name, and the schemas."""
    return {
        f"{FOLDER}/status.json": lambda: _written(material.status),
        f"{FOLDER}/deadlines.json": partial(_deadlines, material),
        f"{FOLDER}/history.json": lambda: _written(material.question.history),
        f"{FOLDER}/proceedings.json": lambda: _written(material.question.proceedings),
        CHANGES: lambda: _written(material.changes),
        f"{FOLDER}/machine.json": lambda: drawn("json", material.law, wording("en")).encode("utf-8"),
        f"{FOLDER}/health.json": partial(_health, material),
        **schema_files(material),
    }


def api_index(material: Material, names: Iterable[str]) -> dict[str, Callable[[], bytes]]:
    """The index of the documents among the files `names` of a site."""
    documents_ = (name for name in names if name.startswith(f"{FOLDER}/") and name.endswith(".json"))
    found = [name for name in documents_ if not name.startswith(f"{SCHEMAS}/")]
    return {f"{FOLDER}/index.json": partial(_index, material, tuple(found))}
