"""The JSON Schema (2020-12) of what `json_writer` makes of a type: read from the type's own fields and their hints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from review_clock.files import MaybeText
from review_clock.formats.json_writer import BESIDE
from review_clock.law.acts_and_lapses import ACTS

Schema = dict[str, Any]

PARTS: Final = "parts.json#/$defs/"
_TEXT: Final[Schema] = {"type": "string", "minLength": 1}
_NULL: Final[Schema] = {"type": "null"}
_PLAIN: Final[Mapping[str, Schema]] = {
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "str": _TEXT,
    "date": {"$ref": f"{PARTS}date"},
    "Texts": _TEXT,
    "Condition": _TEXT,
    "Counted": {"type": "array", "items": {"$ref": f"{PARTS}step"}, "minItems": 1},
    "Readings": {"$ref": f"{PARTS}readings"},
    **{act.__name__: {"$ref": "vocabulary.json#/$defs/event"} for act in ACTS},
}
"""By the name of a type: what stands for it in a document, where that is not its fields."""


def shown(kind: type) -> dict[str, Any]:
    """The keys that a document has for a dataclass, each with its type."""
    hints = get_type_hints(kind, include_extras=True)
    found = {each.name: hints[each.name] for each in fields(kind) if each.metadata.get("document", True)}
    worked_out = {name: get_type_hints(vars(kind)[name].func)["return"] for name in getattr(kind, "WORKED_OUT", ())}
    return found | worked_out | dict.fromkeys(BESIDE.get(kind.__name__, ()), MaybeText)


def types_in(hint: Any) -> Iterator[type]:
    """The dataclasses whose fields a document of a type shows, itself first."""
    inner = get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint) and hint.__name__ not in _PLAIN:
        yield hint
        inner = tuple(shown(hint).values())
    for each in inner:
        yield from types_in(each)


def words_of(kind: type, between: str = " ") -> str:
    """The name of a type in words: `PartyPosition` is a party position."""
    return re.sub("(?<=[a-z])(?=[A-Z])", between, kind.__name__).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schemas:
    """What the types alone do not say: the file of each that has one of its own, what each `Type.field` is, and by
    `Type.field` or a field's name alone the values that may stand there."""

    files: Mapping[type, str]
    descriptions: Mapping[str, str]
    values: Mapping[str, Any]

    def of(self, kind: type) -> Schema:
        """The schema of a dataclass, its title the type's name, its description the docstring's first paragraph."""
        keys = {}
        for name, hint in shown(kind).items():
            key = f"{kind.__name__}.{name}"
            value = self.values.get(key, self.values.get(name))
            keys[name] = {"description": self.descriptions.get(key, ""), **self._hinted(hint, value)}
        return {
            "title": words_of(kind).capitalize(),
            "description": " ".join((kind.__doc__ or "").partition("\n\n")[0].split()),
            "type": "object",
            "properties": keys,
            "required": list(keys),
            "additionalProperties": False,
        }

    def _hinted(self, hint: Any, value: Any = None) -> Schema:
        """The schema of a type; a `value` given stands for all of it but a null, or for the texts of a list."""
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated or NoneType in args:
            return {"anyOf": [self._hinted(args[0], value), _NULL]}
        if origin is tuple and (value is None or args[0] is str):
            return {"type": "array", "items": self._hinted(args[0], value)}
        if value is not None:
            return {"enum": value} if isinstance(value, list) else {"$ref": value}
        if origin is Mapping:
            return {
                "type": "object",
                "propertyNames": self._hinted(args[0]),
                "additionalProperties": self._hinted(args[1]),
            }
        if issubclass(hint, Enum):
            return {"$ref": f"vocabulary.json#/$defs/{words_of(hint, '_')}"}
        return _PLAIN.get(hint.__name__) or {"$ref": self.files.get(hint) or PARTS + words_of(hint, "_")}
