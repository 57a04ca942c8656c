"""What is entered by command → the tables of a record file, as TOML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import singledispatch
from typing import Any

from review_clock.record.entries import Announced, Source
from review_clock.record.own_case import OwnCase
from review_clock.record.proceeding import Proceeding, StepSet


def _value(value: Any) -> str:
    if isinstance(value, str):
        import json  # the position alone must start fast

        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_keys(value))} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return "true" if value is True else str(value)


def _keys(values: Mapping[str, Any]) -> list[str]:
    """The keys that have a value: none, no list and no flag is left out."""
    return [f"{key} = {_value(each)}" for key, each in values.items() if each not in (None, (), False)]


def written(name: str, values: Mapping[str, Any], sources: Iterable[Source] = ()) -> str:
    """A table `[[name]]` of these keys, and one for each of its sources."""
    lines = [f"[[{name}]]", *_keys(values)]
    for each in sources:
        lines += ["", f"[[{name}.source]]", f"title = {_value(each.title)}"]
        optional = ("url", "dated", "via", "archived", "read_on", "words")
        lines += _keys({key: getattr(each, key) or None for key in optional})
    return "\n".join(lines) + "\n"


def set_text(each: StepSet) -> str:
    """One of the days that an entry sets, as its file has it."""
    return _value(days_of(each))


def days_of(each: StepSet) -> Mapping[str, Any]:
    """One of the days that an entry sets, by the keys of its table."""
    return {"step": each.step, "on": each.on, "until": each.until}


@singledispatch
def block(row: OwnCase | Announced | Proceeding) -> str:
    """A case, an announced date or a proceeding as a table of a record file."""
    raise TypeError(type(row).__name__)


def _entered(row: OwnCase | Announced | Proceeding) -> Mapping[str, Any]:
    return {"recorded_on": row.recorded_on, "recorded_by": row.recorded_by or None}


@block.register
def _(row: OwnCase) -> str:
    about = {"id": row.id, "matter": row.matter, "rule": row.rule, "trigger": row.trigger, "remind": row.remind}
    return written("case", {**about, "who": row.who or None, "office": row.office or None, **_entered(row)})


@block.register
def _(row: Announced) -> str:
    days = {"id": row.id, "on": row.on, "time": row.time or None, "zone": row.zone or None, "known_on": row.known_on}
    own = ("deadline", "jurisdiction", "kind", "actor", "recipient")
    told = {name: getattr(row, name) or None for name in (*own, "proceeding", "step")}
    about = {"about": None if row.deadline else row.about, **told, "title": row.title.en if row.title else None}
    return written("announced", {**days, **about, "text": row.text.en, **_entered(row)}, row.sources)


@block.register
def _(row: Proceeding) -> str:
    told = {"id": row.id, "title": row.title.en, "jurisdiction": row.jurisdiction, "actor": row.actor}
    rhythm = tuple({"step": each.step, "after": each.after} for each in row.rhythm)
    under = {"authority": row.authority, "citation": row.citation or None, "precedents": row.precedents}
    return written("proceeding", {**told, **under, "rhythm": rhythm, **_entered(row)})
