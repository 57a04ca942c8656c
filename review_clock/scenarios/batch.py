"""Many scenarios at once, a line of JSON each: `{"assume": ["2029-03-15 all confirm"], "as_of": "2030-01-01"}`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from review_clock.files import YEARS, BadData, Phrase, nearest
from review_clock.record.grammar import NotUnderstood, understood
from review_clock.scenarios.library import Plan, plan_of_lines

KEYS: Final = ("id", "assume", "counterfactual", "as_of", "readings")
_LIKE: Final = '{"assume": ["2029-03-15 all confirm"]}'
MOST: Final = 10_000
"""So many lines a file may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line: what is assumed, on which day (None: that of the command), under which readings. `id` comes back."""

    line: int
    id: str | int | None
    plan: Plan
    as_of: date | None
    readings: Mapping[str, str]


def items(text: str, file: str) -> tuple[Item, ...]:
    """The scenarios of a file's text; empty lines are left out. Raises `BadData`, naming the line and the key."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise BadData(file, "", "is empty", _LIKE)
    if len(lines) > MOST:
        raise BadData(file, "", Phrase("has {n} lines", n=len(lines)), Phrase("{n} at most", n=MOST))
    return tuple(_Line(file, number, _object(file, number, line)).item() for number, line in lines)


def _object(file: str, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise BadData(file, f"line[{number}]", "is not valid JSON", _LIKE) from None
    if not isinstance(found, dict):
        raise BadData(file, f"line[{number}]", "is no JSON object", _LIKE)
    return found


class _Line:
    """One line, read key by key."""

    def __init__(self, file: str, number: int, found: dict[str, Any]) -> None:
        self._file, self._number, self._found = file, number, found

    def _wrong(self, key: str, wrong: str, accepted: str = "") -> BadData:
        return BadData(self._file, f"line[{self._number}].{key}", wrong, accepted)

    def item(self) -> Item:
        for key in self._found:
            if key not in KEYS:
                raise self._wrong(key, "is not a key of this table", nearest(key, KEYS))
        name = self._found.get("id")
        if isinstance(name, bool) or not isinstance(name, str | int | None):
            raise self._wrong("id", Phrase("{value!r} is not {said}", value=name, said=Phrase("a number or a text")))
        counterfactual = self._found.get("counterfactual", False)
        if not isinstance(counterfactual, bool):
            wrong = Phrase("{value!r} is not {said}", value=counterfactual, said=Phrase("true or false"))
            raise self._wrong("counterfactual", wrong)
        plan = plan_of_lines(tuple(self._assumed()), counterfactual)
        return Item(line=self._number, id=name, plan=plan, as_of=self._as_of(), readings=self._readings())

    def _assumed(self) -> Iterator[str]:
        lines = self._found.get("assume", [])
        if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
            raise self._wrong("assume", Phrase("{value!r} is not {said}", value=lines, said=Phrase("a list of texts")))
        for each in lines:
            try:
                understood(each)
            except NotUnderstood as error:
                raise self._wrong("assume", error.wrong, error.accepted) from None
            yield each

    def _as_of(self) -> date | None:
        value = self._found.get("as_of")
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            wrong = Phrase("{value!r} is not a date", value=value)
            raise self._wrong("as_of", wrong, "a date such as 2026-07-01") from None
        if day.year not in YEARS:
            span = Phrase("a year from {first} to {last}", first=YEARS[0], last=YEARS[-1])
            raise self._wrong("as_of", Phrase("{day} is too far away", day=day), span)
        return day

    def _readings(self) -> Mapping[str, str]:
        value = self._found.get("readings", {})
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            wrong = Phrase("{value!r} is not {said}", value=value, said=Phrase("a table of texts"))
            raise self._wrong("readings", wrong)
        return {str(key): str(each) for key, each in value.items()}
