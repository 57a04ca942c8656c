"""The data files of a tree, read one by one: a file that is wrong is a finding and never stops the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any, Final

from review_clock.check.finding import Finding
from review_clock.feeds import definition
from review_clock.files import LANGUAGES, BadData, Table, Texts, parsed, text_of
from review_clock.futures import prepared
from review_clock.law.law import Law
from review_clock.record import ledger
from review_clock.record.held import held_on
from review_clock.record.ledger import Record
from review_clock.scenarios import library
from review_clock.scenarios.library import Plan
from review_clock.timeline.lawful_record import lawful
from review_clock.words import errors

WORDS: Final = tuple(f"words/{lang}.toml" for lang in LANGUAGES)


class Tree:
    """The data files that ship, with those of a folder (law/…, record/…, words/…, calendars/…) before them."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    def text(self, name: str) -> str:
        """The text of one file. Raises `BadData`."""
        path = os.path.join(self._folder or "", *name.split("/"))
        if self._folder is not None and os.path.exists(path):
            return text_of(path)
        room, _, inside = name.partition("/")
        package, inside = ("templates", name) if room == "words" else (room, inside)
        return files(f"review_clock.{package}").joinpath(*inside.split("/")).read_text(encoding="utf-8")

    def read(self, name: str) -> Table:
        """The root table of one file. Raises `BadData`."""
        return parsed(self.text(name), name.split("/")[-1])

    def all_in(self, name: str) -> Iterator[tuple[str, str]]:
        """Name and text of each TOML file of calendars/ or scenarios/, those of the folder before those that ship."""
        found: dict[str, str] = {}
        for file in files(f"review_clock.{name}").iterdir():
            if file.name.endswith(".toml"):
                found[file.name] = file.read_text(encoding="utf-8")
        own = os.path.join(self._folder or "", name)
        if self._folder is not None and os.path.isdir(own):
            found.update({each: text_of(os.path.join(own, each)) for each in os.listdir(own) if each.endswith(".toml")})
        yield from sorted(found.items())


@dataclass(slots=True)
class Data:
    """What could be read of a tree, and what went wrong on the way. A file of the law that is wrong is a finding, and
    the one that ships stands in for it. `own` are the ids of the record's own dates, those entered since too."""

    found: list[Finding]
    plans: list[Plan | None]
    law: Law
    record: Record | None = None
    own: tuple[str, ...] = ()
    words: dict[str, Table] | None = None
    phrases: Mapping[str, Texts] | None = None

    def attempt(self, make: Callable[[], Any]) -> Any:
        """What `make` makes, or None and a finding."""
        try:
            return make()
        except BadData as bad:
            self.found.append(Finding(level="error", where=bad.where, raised=bad))
            return None


_PARTS: Final[tuple[tuple[str, Callable[[Law], Any]], ...]] = (
    ("readings.toml", lambda law: law.readings),
    ("jurisdictions.toml", lambda law: law.jurisdictions),
    ("actors.toml", lambda law: law.actors),
    ("authorities.toml", lambda law: law.authorities),
    ("deadlines.toml", lambda law: law.catalogue),
    ("not_covered.toml", lambda law: law.not_covered),
)
"""The files of the law, each before those that rest on it, and what is read of it."""


def _law(tree: Tree, data: Data) -> Law:
    texts = dict(data.law.texts)
    for name, part in _PARTS:
        shipped, text = texts[name], data.attempt(partial(tree.text, f"law/{name}"))
        texts[name] = shipped if text is None else text
        if data.attempt(partial(part, Law(texts=tuple(texts.items())))) is None:
            texts[name] = shipped
    return Law(texts=tuple(texts.items()))


def load(tree: Tree, overlays: Sequence[str], calendars: str | None, known_on: date | None) -> Data:
    """What can be read of the tree, of the user's record files and calendars, and every fault on the way."""
    data = Data(found=[], plans=[], law=Law.shipped())
    data.law = _law(tree, data)
    now = data.attempt(lambda: ledger.base(tree.read("record/usmca.toml")).with_file(*overlays))
    if now is not None:
        data.own = tuple(row.deadline for row in now.announced if row.deadline)
        data.record = data.attempt(lambda: _held(now, data.law, known_on))
    data.words = data.attempt(lambda: {name.split("/")[1][:2]: tree.read(name) for name in WORDS})
    data.phrases = data.attempt(lambda: errors.load(tree.read("words/errors.toml")))
    for name, text in tree.all_in("calendars"):
        data.attempt(partial(definition.load, parsed(text, name), name.removesuffix(".toml"), data.law))
    for name, text in tree.all_in("scenarios"):
        data.plans.append(data.attempt(partial(library.load, parsed(text, name), name.removesuffix(".toml"))))
    data.attempt(lambda: prepared.load(tree.read(f"futures/{prepared.FILE}")))
    if calendars is not None and data.record is not None:
        own = data.attempt(partial(definition.with_folder, calendars, data.law, data.record))
        data.law = data.law if own is None else own[0]
    return data


def _held(record: Record, law: Law, known_on: date | None) -> Record:
    return lawful(record if known_on is None else held_on(record, known_on), law, law.defaults)
