"""Named what-ifs: the library in scenarios/, one TOML file each, and a user's own files of the same form."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from review_clock.files import BadData, MaybeText, Phrase, Table, Texts, nearest, parsed, read, same_in_all
from review_clock.law.readings import Readings
from review_clock.law.vocabulary import OF_AN_ID, is_id
from review_clock.record.grammar import NotUnderstood, understood
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import Scenario, assume


@dataclass(frozen=True, slots=True, kw_only=True)
class Describer:
    """An analyst who described such a future: who, where, when."""

    who: str
    url: MaybeText
    dated: MaybeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A scenario as its file has it: title, explanation, the lines assumed; not yet laid over a record.

    `counterfactual` lets it leave the record before its end; `place` orders the library. One that is made of lines has
    no title: it is called by what it assumes. `readings` are those under which its file is read, by key.
    """

    name: str
    place: int
    title: Texts | None
    explanation: Texts | None
    lines: tuple[str, ...]
    counterfactual: bool
    described_by: tuple[Describer, ...]
    readings: tuple[tuple[str, str], ...] = ()

    def over(self, record: Record, readings: Readings) -> Scenario:
        """The scenario on top of `record`. Raises `NotUnderstood`, and `NotAssumable` where the law refuses a line."""
        return assume(self.lines, record, readings, counterfactual=self.counterfactual, name=self.name)


def _line(table: Table) -> str:
    line = table.string("act")
    table.finish()
    try:
        understood(line)
    except NotUnderstood as error:
        raise table.wrong("act", error.wrong, error.accepted) from None
    return line


def _describer(table: Table) -> Describer:
    describer = Describer(who=table.string("who"), url=table.web_address("url"), dated=table.string("dated", ""))
    table.finish()
    return describer


def _readings(root: Table) -> tuple[tuple[str, str], ...]:
    if not root.has("readings"):
        return ()
    table = root.table("readings")
    found = tuple((key, table.string(key)) for key in table.names())
    table.finish()
    return found


def load(root: Table, name: str) -> Plan:
    """The plan of a parsed scenario file. A user's needs no title: its name is taken. Raises `BadData`."""
    if not is_id(name):
        wrong = Phrase("{value!r} is not a name for a scenario", value=name)
        raise BadData(root.file, "", wrong, OF_AN_ID)
    plan = Plan(
        name=name,
        place=root.whole("place", 0),
        title=root.maybe_texts("title") or same_in_all(name),
        explanation=root.maybe_texts("explanation"),
        lines=tuple(_line(table) for table in root.tables("assume")),
        counterfactual=root.flag("counterfactual"),
        described_by=tuple(_describer(table) for table in root.tables("described_by")),
        readings=_readings(root),
    )
    root.finish()
    return plan


@cache
def library() -> Mapping[str, Plan]:
    """The named scenarios that ship, in the order of their places."""
    from importlib.resources import files  # only where the library is asked for: `status` must start fast

    found = []
    for file in files("review_clock.scenarios").iterdir():
        if file.name.endswith(".toml"):
            found.append(load(parsed(file.read_text(encoding="utf-8"), file.name), file.name.removesuffix(".toml")))
    return {plan.name: plan for plan in sorted(found, key=lambda plan: (plan.place, plan.name))}


def plan_of(name: str) -> Plan:
    """The scenario of that name in the library, or in the file at that path. Raises `BadData`."""
    if name in library():
        return library()[name]
    if name.endswith(".toml") or os.path.exists(name):
        return load(read(name), os.path.basename(name).removesuffix(".toml"))
    raise BadData("scenarios", name, "is neither a scenario nor a file", nearest(name, library()))


def plan_of_lines(lines: Sequence[str], counterfactual: bool = False) -> Plan:
    """A plan of lines given one by one; its name is made from them, so that the same lines have the same name."""
    acts = "\n".join(sorted(" ".join(line.split()).lower() for line in lines))
    return Plan(
        name=f"assumed-{crc32(acts.encode(errors='surrogatepass')):08x}",
        place=0,
        title=None,
        explanation=None,
        lines=tuple(lines),
        counterfactual=counterfactual,
        described_by=(),
    )
