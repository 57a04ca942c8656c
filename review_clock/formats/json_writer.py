"""How every JSON document is made and written: a value's fields under their own names, its texts in one language."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from review_clock.law.acts_and_lapses import ACTS, name_of
from review_clock.words.acts import cause_text

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.words.wording import Wording


def as_json(document: Any, indent: int | None = 2) -> str:
    """The text of a JSON document: UTF-8 kept, keys in their order, `<`, `>` and `&` written as escapes so that the
    text can stand in a page."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, separators=None if indent else (",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e") + "\n"


def iso(day: date | None) -> str | None:
    """A day as ISO 8601, null where there is none."""
    return None if day is None else day.isoformat()


# By the name of a type: what stands for it in a document, where that is not its fields.
_IN_WORDS: Final[Mapping[str, Callable[[Any, Wording], Any]]] = {
    "Texts": lambda texts, words: words.said(texts),
    "Counted": lambda counted, words: [
        {"step": text, "date": day.isoformat()} for text, day in words.derivation(counted)
    ],
    "Condition": lambda condition, words: words.condition(condition),
    "Readings": lambda readings, _words: readings.as_dict(),
}

# By the name of a type: the texts that stand beside its fields, made of the whole value.
BESIDE: Final[Mapping[str, Mapping[str, Callable[[Any, Wording], str]]]] = {
    "Proceedings": {"disclaimer": lambda _, words: words("status.disclaimer")},
    "ChangesOfDates": {"disclaimer": lambda _, words: words("status.disclaimer")},
    "Deadlines": {"disclaimer": lambda _, words: words("status.disclaimer")},
    "Difference": {"cause": lambda difference, words: cause_text(difference.caused_by, words)},
}


def document(value: Any, words: Wording) -> Any:
    """A value of the answers as JSON has it: a field is a key, a day is ISO 8601, an empty text is null."""
    in_words = _IN_WORDS.get(type(value).__name__)
    if in_words is not None:
        return in_words(value, words)
    if isinstance(value, ACTS):
        return name_of(type(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value) or None
    if is_dataclass(value):
        shown = [each.name for each in fields(value) if each.metadata.get("document", True)]
        shown += getattr(value, "WORKED_OUT", ())
        found = {name: document(getattr(value, name), words) for name in shown}
        if getattr(value, "without_day", False):
            found["date"] = None  # the reading chosen gives it no day
        beside = BESIDE.get(type(value).__name__, {})
        return found | {name: text(value, words) or None for name, text in beside.items()}
    if isinstance(value, Mapping):
        return {str(key): document(each, words) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [document(each, words) for each in value]
    return value
