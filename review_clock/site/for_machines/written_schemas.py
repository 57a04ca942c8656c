"""schema/commands.toml → the JSON Schemas of what commands print and no type alone makes; its head says how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from review_clock.formats.json_schema import PARTS, Schema

_FRACTION: Final[Schema] = {"type": "string", "pattern": r"^\d+(/\d+)?$"}
_PLAIN: Final[Mapping[str, Schema]] = {
    "text": {"type": "string", "minLength": 1},
    "any_text": {"type": "string"},
    "name": {"type": ["string", "integer"]},
    "anything": {},
    "int": {"type": "integer"},
    "number": {"type": "number"},
    "bool": {"type": "boolean"},
    "digits": {"type": "string", "pattern": r"^\d+$"},
    "share": {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _FRACTION]},
    "years": {"anyOf": [{"type": "number", "minimum": 0}, _FRACTION]},
    **{
        name: {"$ref": f"vocabulary.json#/$defs/{name}"}
        for name in ("party", "phase", "jurisdiction", "kind", "bound", "read", "via")
    },
    "status": {"$ref": "status.json"},
}


def _of(kind: str) -> Schema:
    """What may stand in a key."""
    inner = kind[1:-1]
    if kind.endswith("?"):
        return {"anyOf": [_of(kind[:-1]), {"type": "null"}]}
    if kind.startswith("["):
        return {"type": "array", "items": _of(inner)}
    if kind.startswith("{"):
        return {"type": "object", "additionalProperties": _of(inner)}
    if "|" in kind:
        return {"anyOf": [_of(each) for each in kind.split("|")]}
    return _PLAIN[kind] if kind in _PLAIN else {"$ref": PARTS + kind}


def _schema(name: str, said: Mapping[str, Any], parts: Mapping[str, Any], made: Mapping[str, Schema]) -> Schema:
    """A document or a part, with the keys of the parts that it has beside its own."""
    keys: dict[str, Schema] = {}
    required: list[str] = []
    for other in said.get("has", ()):
        part = made[other] if other in made else _schema(other, parts[other], parts, made)
        keys |= part["properties"]
        required += part["required"]
    for key, (kind, what) in said["keys"].items():
        keys[key.removesuffix("?")] = {"description": what, **_of(kind)}
        required += [] if key.endswith("?") else [key]
    return {
        "title": said.get("title", name.replace("_", " ").capitalize()),
        "description": said["what"],
        "type": "object",
        "properties": keys,
        "required": required,
        "additionalProperties": False,
    }


def written(table: Mapping[str, Any], made: Mapping[str, Schema]) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """The schemas of documents by file, and those of their parts by name; `made` are the parts that types make."""
    parts = table["part"]
    documents = {name: _schema(name, said, parts, made) for name, said in table["document"].items()}
    return documents, {name: _schema(name, said, parts, made) for name, said in parts.items()}
