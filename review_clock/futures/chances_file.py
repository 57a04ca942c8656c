"""A file of chances: each with who gave it and when; and states of the world, with weights and switching days.

[confirm]                                # for every world that does not say otherwise
ca = "1"
us = { chance = "0.3", source = "a survey", on = 2026-11-20 }

[[world]]
name = "as today"
weight = "0.6"
withdraw.us = "0.1"

[[world]]
name = "another"
weight = "0.4"
confirm.us = "0.8"

[[switch]]                               # on that day one world gives way to others, each with its chance
on = 2029-01-20
from = "as today"
to = { another = "0.5" }
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from review_clock.files import Phrase, Table, nearest, read
from review_clock.futures.chances import KINDS, ByParty, Chance, NotAChance, chance_of_text, share_of_text
from review_clock.futures.worlds import ONE, Switch, Worlds
from review_clock.law.acts_and_lapses import Party

ByKind = Mapping[str, ByParty]
MOST: Final = 12
"""So many worlds a file may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFile:
    """The chances of a file by kind: `given` for every world, `by_world` those that a world gives itself."""

    given: ByKind
    worlds: Worlds
    by_world: tuple[ByKind, ...]


def chances_file(path: str | os.PathLike[str]) -> FromFile:
    """The chances and the worlds of a file. Raises `BadData`, naming file and key."""
    root = read(path)
    given = _by_kind(root)
    names, weights, sources, by_world = list[str](), list[Fraction](), list[str](), list[ByKind]()
    for table in root.tables("world"):
        names.append(table.string("name"))
        if names[-1] in names[:-1]:
            raise table.wrong("name", Phrase("{value} stands twice", value=names[-1]), "each world once")
        if len(names) > MOST:
            raise table.wrong("name", "is one world too many", Phrase("{n} at most", n=MOST))
        weights.append(_share(table, "weight"))
        sources.append(table.string("source", ""))
        by_world.append(_by_kind(table))
        table.finish()
    if names and sum(weights) != 1:
        raise root.wrong("world", Phrase("the weights make {sum}", sum=str(sum(weights))), "weights that make 1")
    switches = tuple(_switches(root, names))
    root.finish()
    if not names:
        return FromFile(given=given, worlds=ONE, by_world=({},))
    worlds = Worlds(names=tuple(names), weights=tuple(weights), sources=tuple(sources), switches=switches)
    return FromFile(given=given, worlds=worlds, by_world=tuple(by_world))


def _switches(root: Table, names: Sequence[str]) -> list[Switch]:
    found: list[Switch] = []
    for table in root.tables("switch"):
        day, before, to = table.day("on"), table.choice("from", names), table.table("to")
        if not to.names():
            raise table.wrong("to", "is missing", "a table of worlds and chances")
        chances = {_place(to, name, names): _share(to, name) for name in to.names()}
        if sum(chances.values()) > 1:
            raise table.wrong("to", Phrase("the chances make {sum}", sum=str(sum(chances.values()))), "at most 1")
        switch = Switch(on=day, before=names.index(before), to=chances, source=table.string("source", ""))
        if any((each.on, each.before) == (switch.on, switch.before) for each in found):
            raise table.wrong("from", Phrase("{value} stands twice", value=f"{day} {before}"), "each switch once")
        found.append(switch)
        table.finish()
    return sorted(found, key=lambda each: each.on)


def _place(table: Table, name: str, names: Sequence[str]) -> int:
    if name not in names:
        raise table.wrong(name, "is not a world of this file", nearest(name, names))
    return names.index(name)


def _by_kind(table: Table) -> ByKind:
    return {kind: _by_party(table.table(kind)) for kind in KINDS}


def _by_party(table: Table) -> ByParty:
    given: dict[Party, Chance] = {}
    for name in table.names():
        if name.upper() not in tuple(Party):
            raise table.wrong(name, "is not a Party", nearest(name, ("us", "ca", "mx")))
        given[Party(name.upper())] = _chance(table, name)
    return given


def _chance(table: Table, key: str) -> Chance:
    if not table.is_table(key):
        return _read(table, key)
    inner = table.table(key)
    chance = replace(_read(inner, "chance"), source=inner.string("source", ""), on=inner.maybe_day("on"))
    inner.finish()
    return chance


def _read(table: Table, key: str) -> Chance:
    text = table.number_or_text(key)
    try:
        return chance_of_text(text, text)
    except NotAChance as error:
        raise table.wrong(key, error.wrong, error.accepted) from None


def _share(table: Table, key: str) -> Fraction:
    text = table.number_or_text(key)
    try:
        return share_of_text(text, text)
    except NotAChance as error:
        raise table.wrong(key, error.wrong, error.accepted) from None
