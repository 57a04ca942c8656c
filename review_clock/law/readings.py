"""The points that the texts leave open: each reading, the default and why, who holds which (readings.toml).

Every date that rests on a contested reading names the other date too; nothing contested is shown as settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from review_clock.files import HIDDEN, BadData, Error, Phrase, Table, Texts
from review_clock.law.revised import Revised, revised
from review_clock.law.versions import InForce, Versioned, in_force, versions

R = TypeVar("R")
KEYS: Final = (
    "extension_runs_from",
    "term_ends",
    "annual_review_day",
    "confirmations",
    "next_review_after_extension",
    "missing_day",
    "notice_counts_from",
    "notice_can_be_rescinded",
    "review_2032_without_extension",
    "at_least_days_before",
    "departure_completes_confirmation",
    "confirmation_while_leaving",
    "confirmation_can_be_withdrawn",
    "one_party_left",
)
"""Those that the table and the counts ask for. The others decide of rules alone, which name them (deadlines.toml)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporter:
    """Somebody who holds a reading, or evidence for it."""

    value: str
    who: Texts
    url: str
    dated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A reading and its value as a sentence says them: the number of the point, and words that can follow "if"."""

    number: str
    words: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Versioned):
    """An open point: the question, the values it can take (the default first), why the default, who holds which.

    `choices` answer the question, `means` say the same in words that can follow "if".
    """

    key: str
    number: str
    values: tuple[str, ...]
    authority: tuple[str, ...]
    question: Texts
    why: Texts
    choices: Mapping[str, Texts] = field(metadata=HIDDEN)
    means: Mapping[str, Texts] = field(metadata=HIDDEN)
    supporters: tuple[Supporter, ...]
    note: Texts | None
    checked_on: date
    revised: tuple[Revised, ...] = ()

    @property
    def default(self) -> str:
        """The value taken unless another is chosen."""
        return self.values[0]

    def meaning(self, value: str) -> Meaning:
        """One of its values as a sentence says it."""
        return Meaning(number=self.number, words=self.means[value])


@dataclass(frozen=True, slots=True)
class Readings:
    """One value for each open point. Made by a `Law`: its `defaults`, or those `chosen`."""

    values: tuple[tuple[str, str], ...]
    _by_key: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", dict(self.values))

    def __getitem__(self, key: str) -> str:
        return self._by_key[key]

    def but(self, key: str, value: str) -> Readings:
        """These readings with one changed."""
        return Readings(tuple((k, value if k == key else v) for k, v in self.values))

    def as_dict(self) -> dict[str, str]:
        """Key to value, in the order of readings.toml."""
        return dict(self.values)


class UnknownReading(Error, ValueError):
    """A `KEY=VALUE` that names no reading or no value of it."""


def _by_value(table: Table, values: tuple[str, ...]) -> Mapping[str, Texts]:
    texts = {value: table.texts(value) for value in values}
    table.finish()
    return texts


CHANGEABLE: Final = ("values", "authority", "question", "why", "choices", "means", "supporters", "note", "checked_on")
"""What a version of a reading may change; of its values the order, and so the default, alone."""


def _reading(table: Table) -> Reading:
    later = [_version(whole, when) for whole, when in versions(table, CHANGEABLE)]
    first = _version(table, in_force(table))
    for each in later:
        if sorted(each.values) != sorted(first.values):
            raise table.wrong("version.values", "are others than before", ", ".join(first.values))
    return replace(first, later=tuple(later))


def _version(table: Table, when: InForce) -> Reading:
    values = table.strings("values")
    choices, means = (_by_value(table.table(name), values) for name in ("choices", "means"))
    supporters = []
    for row in table.tables("supporters"):
        supporters.append(
            Supporter(
                value=row.choice("value", values),
                who=row.texts("who"),
                url=row.string("url", ""),
                dated=row.string("dated", ""),
            )
        )
        row.finish()
    reading = Reading(
        key=table.string("key"),
        number=table.string("number"),
        values=values,
        authority=table.strings("authority"),
        question=table.texts("question"),
        why=table.texts("why"),
        choices=choices,
        means=means,
        supporters=tuple(supporters),
        note=table.maybe_texts("note"),
        checked_on=table.day("checked_on"),
        revised=revised(table),
        in_force=when,
    )
    table.finish()
    return reading


def load(root: Table) -> tuple[Reading, ...]:
    """The readings of a parsed readings.toml. Raises `BadData` unless each stands once, and all of `KEYS`."""
    readings = tuple(_reading(table) for table in root.tables("reading"))
    root.finish()
    found = [reading.key for reading in readings]
    for key in dict.fromkeys((*KEYS, *found)):
        if found.count(key) != 1:
            wrong = Phrase("{value} stands {n} times", value=key, n=found.count(key))
            raise BadData(root.file, "reading", wrong, "each reading once")
    for reading in readings:
        if not reading.values:
            raise BadData(root.file, f"reading {reading.key}", "has no values", "the default first")
    return readings
