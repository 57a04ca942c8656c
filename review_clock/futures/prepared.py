"""The settings of chances that ship, and the table over two of them, as prepared.toml has them.

The chances are round numbers for illustration: they are declared, and nothing here takes them for facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from review_clock.files import Phrase, Table, Texts, parsed
from review_clock.futures.chances import OPTIONS, NotAChance, understood
from review_clock.futures.sensitivity import NotAChanceToVary, swept
from review_clock.law.vocabulary import OF_AN_ID, is_id

FILE: Final = "prepared.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A setting as the file has it: its name, title, explanation, and its chances as lines `us=0.3`."""

    name: str
    title: Texts
    explanation: Texts
    confirm: tuple[str, ...]
    withdraw: tuple[str, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """Its chances as the command line takes them."""
        return (*options_of("confirm", self.confirm), *options_of("withdraw", self.withdraw))


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedTable:
    """The table as the file has it: its two chances as `--sweep` takes them, those of the others, the days."""

    across: str
    down: str
    confirm: tuple[str, ...]
    on: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllPrepared:
    """The file: the last year of the outlooks, the settings, the table."""

    horizon: int
    settings: tuple[Prepared, ...]
    table: PreparedTable


def options_of(kind: str, lines: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Lines `us=0.3` of a kind of chances as the command line takes them."""
    return tuple(part for line in lines for part in (OPTIONS[kind], line))


def load(root: Table) -> AllPrepared:
    """The settings of a file. Raises `BadData`, naming the key."""
    table = root.table("table")
    found = AllPrepared(
        horizon=root.whole("horizon", 0),
        settings=tuple(map(_setting, root.tables("setting"))),
        table=PreparedTable(
            across=_swept(table, "across"),
            down=_swept(table, "down"),
            confirm=_lines(table, "confirm"),
            on=table.days("on"),
        ),
    )
    table.finish()
    root.finish()
    return found


def _setting(table: Table) -> Prepared:
    found = Prepared(
        name=table.string("name"),
        title=table.texts("title"),
        explanation=table.texts("explanation"),
        confirm=_lines(table, "confirm"),
        withdraw=_lines(table, "withdraw"),
    )
    if not is_id(found.name):
        wrong = Phrase("{value!r} is not a name for a setting", value=found.name)
        raise table.wrong("name", wrong, OF_AN_ID)
    table.finish()
    return found


def _lines(root: Table, key: str) -> tuple[str, ...]:
    table = root.table(key)
    lines = tuple(f"{name}={table.number_or_text(name)}" for name in table.names())
    try:
        understood(lines)
    except NotAChance as error:
        raise root.wrong(key, error.wrong, error.accepted) from None
    return lines


def _swept(table: Table, key: str) -> str:
    text = table.string(key)
    try:
        swept(text)
    except NotAChanceToVary as error:
        raise table.wrong(key, error.wrong, error.accepted) from None
    return text


@cache
def all_prepared() -> AllPrepared:
    """The settings that ship."""
    return load(parsed(files("review_clock.futures").joinpath(FILE).read_text(encoding="utf-8"), FILE))
