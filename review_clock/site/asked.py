"""The questions people ask of the review, as data: their sentences, what each rests on, and when it may be said.

They stand in templates/questions, every sentence in three languages. Nothing computed is typed there: a day is a slot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from review_clock.files import Table, Texts, parsed
from review_clock.record.entries import CONFIDENCE

GROUPS: Final = ("business", "lawyers", "students", "canada", "mexico")
"""Who asks, in the order of the page; each has a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A sentence that may be said where every condition of `when` holds and every slot of its text is filled."""

    when: tuple[str, ...]
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A source by its key: title, address where it has a page, date, how well it establishes what it is cited for.

    `confidence` is empty where it is only cited as the place of an error; `of_nafta` says that it speaks of NAFTA.
    """

    key: str
    title: str
    url: str
    dated: str
    confidence: str
    of_nafta: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: who asks, its words, its sentences, and what they rest on.

    `first` names the states in which the answer's own sentence about them comes first; `dates` gives slots a deadline
    by its id, or the next of a rule; `after` gives slots so many days after one; `open` are keys of readings, and
    `unsettled` says that a point is open which is none of them; `read` are sources by key, or entries of the record;
    `see` are other questions; `act` is the entry of the record whose source leads to where one acts.
    """

    id: str
    group: str
    ask: Texts
    say: tuple[Saying, ...]
    first: tuple[str, ...]
    dates: Mapping[str, str]
    after: Mapping[str, tuple[str, int]]
    law: tuple[str, ...]
    open: tuple[str, ...]
    unsettled: bool
    read: tuple[str, ...]
    record: bool
    see: tuple[str, ...]
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSaying:
    """What is often said and is wrong, where it was read, and what refutes it."""

    said: Texts
    read: tuple[str, ...]
    say: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All questions, the errors, the sources by key: read on `gathered_on`, they speak of `since` and later days."""

    asked: tuple[Asked, ...]
    errors: tuple[WrongSaying, ...]
    sources: Mapping[str, Published]
    gathered_on: date
    since: date


def _sayings(table: Table) -> tuple[Saying, ...]:
    found = []
    for row in table.tables("say"):
        text = Texts(en=row.string("en"), es=row.string("es"), fr=row.string("fr"))
        found.append(Saying(when=row.strings("when"), text=text))
        row.finish()
    return tuple(found)


def _after(table: Table, key: str) -> tuple[str, int]:
    row = table.table(key)
    found = (row.string("of"), row.whole("days", 0))
    row.finish()
    return found


def _asked(table: Table, group: str) -> Asked:
    dates, after = table.table("dates"), table.table("after")
    asked = Asked(
        id=table.string("id"),
        group=group,
        ask=table.texts("ask"),
        say=_sayings(table),
        first=table.strings("first"),
        dates={slot: dates.string(slot) for slot in dates.names()},
        after={slot: _after(after, slot) for slot in after.names()},
        law=table.strings("law"),
        open=table.strings("open"),
        unsettled=table.flag("unsettled"),
        read=table.strings("read"),
        record=table.flag("record"),
        see=table.strings("see"),
        act=table.string("act", ""),
    )
    table.finish()
    return asked


def _error(table: Table) -> WrongSaying:
    error = WrongSaying(said=table.texts("said"), read=table.strings("read"), say=_sayings(table))
    table.finish()
    return error


def _source(table: Table) -> Published:
    source = Published(
        key=table.string("key"),
        title=table.string("title"),
        url=table.string("url", ""),
        dated=table.string("dated", ""),
        confidence=table.choice("confidence", CONFIDENCE, ""),
        of_nafta=table.flag("of_nafta"),
    )
    table.finish()
    return source


def _file(folder: Traversable, name: str) -> Table:
    return parsed(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"), f"questions/{name}.toml")


def _by_key(table: Table) -> Iterator[tuple[str, Published]]:
    for row in table.tables("source"):
        source = _source(row)
        yield source.key, source


@cache
def questions() -> Questions:
    """Every question that ships. Raises `BadData`."""
    folder = files("review_clock.templates").joinpath("questions")
    sources = _file(folder, "sources")
    asked = tuple(_asked(row, group) for group in GROUPS for row in _file(folder, group).tables("question"))
    return Questions(
        asked=asked,
        errors=tuple(_error(row) for row in _file(folder, "errors").tables("error")),
        sources=dict(_by_key(sources)),
        gathered_on=sources.day("gathered_on"),
        since=sources.day("from"),
    )
