"""The JSON Schemas (2020-12) of the documents of api/v1, as they are published.

What a document of answers holds is read from its type, and what each field is from schema/*.toml; the documents of
tables, and the forms of dates and ids, are written in schema/*.json, what commands alone print in schema/commands.toml.
The closed vocabularies to which they refer are made here, as vocabulary.json, from the code's own values and the words
for them: the two cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Final

from review_clock.deadlines.deadline import CERTAINTIES
from review_clock.deadlines.outcome import OUTCOMES
from review_clock.files import parsed
from review_clock.formats.json_schema import Schema, Schemas, types_in, words_of
from review_clock.formats.json_writer import as_json
from review_clock.law.acts_and_lapses import EVENTS, Party, Stance, name_of
from review_clock.law.authority import HOW_READ
from review_clock.law.law import Law
from review_clock.law.position import Phase
from review_clock.law.rules import BOUNDS
from review_clock.law.vocabulary import KINDS
from review_clock.questions.every_reading import Outcome
from review_clock.questions.history import History
from review_clock.questions.learned import Learned
from review_clock.questions.listed import Deadlines
from review_clock.questions.named_scenario import NamedScenario
from review_clock.questions.proceedings import STEP_STATES, Proceedings
from review_clock.questions.provenance import Provenance
from review_clock.questions.status import Status
from review_clock.record.entries import CONFIDENCE, VIA
from review_clock.record.proceeding import STEPS, Proceeding
from review_clock.site.addresses import address
from review_clock.site.changes_of_dates import ChangesOfDates
from review_clock.site.for_machines.written_schemas import written
from review_clock.site.material import Material
from review_clock.words.wording import wording

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FOLDER: Final = "api/v1/schema"
DOCUMENTS: Final[Mapping[type, str]] = {
    Status: "status.json",
    Deadlines: "deadlines.json",
    History: "history.json",
    Proceedings: "proceedings.json",
    NamedScenario: "scenario.json",
    ChangesOfDates: "changes.json",
    Learned: "diff.json",
}
"""The types of answers that are documents, each with its file."""
PARTS: Final[tuple[type, ...]] = (Provenance, Outcome, Proceeding)
"""The types that stand in documents beside what their own types say."""

_VOCABULARIES: Final[Mapping[str, tuple[str, Iterable[str], str]]] = {
    "party": ("Party", Party, "party"),
    "phase": ("Phase of the Agreement's life under Chapter 34", Phase, "phase_meaning"),
    "event": ("Kind of event", tuple(name_of(kind) for kind in EVENTS), "act"),
    "review_kind": ("Kind of joint review", ("six_year", "annual"), "review_kind"),
    "state": ("What a Party has formally done", ("none", "confirmed", "declined", "left"), "state"),
    "stance": ("What a Party has said that it wishes", Stance, "stance"),
    "certainty": ("How certain a date is", CERTAINTIES, "certainty_meaning"),
    "outcome": ("What became of a deadline", OUTCOMES, "outcome_meaning"),
    "kind": ("What a deadline is for", KINDS, "kind"),
    "bound": ("How a date bounds a duty", BOUNDS, "bound"),
    "read": ("How the text of a rule was read", HOW_READ, "read"),
    "proceeding_step": ("Step of a proceeding", STEPS, "proceeding_step"),
    "proceeding_state": ("Where a step of a proceeding stands", STEP_STATES, "proceeding_state_meaning"),
    "established": ("How well a fact is established", CONFIDENCE, "established"),
    "via": ("How a source was seen", tuple(via for via in VIA if via), "via"),
}
"""By the name under which schemas refer to it: what it is, its values, and the section of words that says each."""


_OWN: Final[Schema] = {
    "own": {
        "description": "The user's own files in the record, by name; only in what a command prints from some.",
        "type": "array",
        "items": {"type": "string", "minLength": 1},
    }
}
_ADDED: Final[Mapping[str, Schema]] = {
    "record": {
        "description": "The user's own files; only in what a command prints from some.",
        "type": "object",
        "properties": _OWN,
        "additionalProperties": False,
    },
    "provenance": {
        "description": "Where the answer comes from, and what asks for it again; only in what a command prints.",
        "$ref": "parts.json#/$defs/provenance",
    },
}
"""What a command adds to each document that it prints."""


def _vocabulary(law: Law) -> Schema:
    words = wording("en")
    found: Schema = {
        name: {
            "title": title,
            "oneOf": [{"const": str(value), "description": words(f"{section}.{value}")} for value in values],
        }
        for name, (title, values, section) in _VOCABULARIES.items()
    }
    found["jurisdiction"] = {
        "title": "Whose law a deadline is of",
        "oneOf": [{"const": name, "description": words.said(each.name)} for name, each in law.jurisdictions.items()],
    }
    return {
        "$schema": DIALECT,
        "$id": "vocabulary.json",
        "title": "Vocabularies",
        "description": "The closed lists of values that the documents use, each value with what it means.",
        "$defs": found,
    }


@cache
def _of_documents() -> Mapping[str, Schema]:
    """The schemas that are written, those of the answers' types, and in parts.json those of what they are made of."""
    texts = {
        file.name: file.read_text(encoding="utf-8") for file in files("review_clock.site").joinpath("schema").iterdir()
    }
    values, descriptions = (parsed(texts[name], name).everything() for name in ("values.toml", "descriptions.toml"))
    made = Schemas(files=DOCUMENTS, values=values, descriptions=descriptions)
    found: dict[str, Schema] = {name: json.loads(text) for name, text in texts.items() if name.endswith(".json")}
    for kind, name in DOCUMENTS.items():
        found[name] = {"$schema": DIALECT, "$id": name, **made.of(kind)}
    for kind in (*DOCUMENTS, *PARTS):
        found["parts.json"]["$defs"] |= {
            words_of(part, "_"): made.of(part) for part in types_in(kind) if part not in DOCUMENTS
        }
    documents, parts = written(
        parsed(texts["commands.toml"], "commands.toml").everything(), found["parts.json"]["$defs"]
    )
    found |= {name: {"$schema": DIALECT, "$id": name, **each} for name, each in documents.items()}
    found["parts.json"]["$defs"] |= parts
    for name in (*DOCUMENTS.values(), *documents, "machine.json"):
        found[name]["properties"] = {**_ADDED, **found[name]["properties"]}
    found["parts.json"]["$defs"]["record_state"]["properties"] |= _OWN
    return found


def schemas(law: Law) -> Mapping[str, Schema]:
    """Every schema by its file's name, its `$id` relative: it refers to the others in its folder by their names."""
    return {**_of_documents(), "vocabulary.json": _vocabulary(law)}


def _published(material: Material, name: str) -> bytes:
    schema = schemas(material.law)[name]
    identity = address(material, f"{FOLDER}/{name}") or name
    return as_json({**schema, "$id": identity}).encode("utf-8")


def schema_files(material: Material) -> dict[str, Callable[[], bytes]]:
    """The schemas as files; `$id` is the address at which each stands, where that is known."""
    return {f"{FOLDER}/{name}": partial(_published, material, name) for name in sorted(schemas(material.law))}
