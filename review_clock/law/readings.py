"""The points that the texts leave open: each reading, the default and why, who holds which (readings.toml).

Every date that rests on a contested reading names the other date too; nothing contested is shown as settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from review_clock.files import HIDDEN, BadData, Error, Table, Texts

R = TypeVar("R")
KEYS: Final = (
    "extension_runs_from",
    "term_ends",
    "annual_review_day",
    "confirmations",
    "next_review_after_extension",
    "recommendations_before_annual",
    "missing_day",
    "notice_counts_from",
    "notice_can_be_rescinded",
    "us_duties_after_exit",
    "review_commences",
    "review_2032_without_extension",
    "at_least_days_before",
    "departure_completes_confirmation",
    "confirmation_while_leaving",
    "confirmation_can_be_withdrawn",
    "one_party_left",
)
"""The readings the engine asks for, in the order R1 to R17; readings.toml must hold exactly these."""
_PLACE: Final = {key: place for place, key in enumerate(KEYS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporter:
    """Somebody who holds a reading, or evidence for it."""

    value: str
    who: Texts
    url: str
    dated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An open point: the question, the values it can take (the default first), why the default, who holds which."""

    key: str
    number: str
    values: tuple[str, ...]
    authority: tuple[str, ...]
    question: Texts
    why: Texts
    choices: Mapping[str, Texts] = field(metadata=HIDDEN)
    supporters: tuple[Supporter, ...]
    note: Texts | None
    checked_on: date

    @property
    def default(self) -> str:
        """The value taken unless another is chosen."""
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Readings:
    """One value for each open point. Made by a `Law`: its `defaults`, or those `chosen`."""

    values: tuple[tuple[str, str], ...]

    def __getitem__(self, key: str) -> str:
        return self.values[_PLACE[key]][1]

    def but(self, key: str, value: str) -> Readings:
        """These readings with one changed."""
        return Readings(tuple((k, value if k == key else v) for k, v in self.values))

    def as_dict(self) -> dict[str, str]:
        """Key to value, in the order R1 to R17."""
        return dict(self.values)


class UnknownReading(Error, ValueError):
    """A `KEY=VALUE` that names no reading or no value of it."""


def _reading(table: Table) -> Reading:
    values = table.strings("values")
    choices_table = table.table("choices")
    choices = {value: choices_table.texts(value) for value in values}
    choices_table.finish()
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
        key=table.choice("key", KEYS),
        number=table.string("number"),
        values=values,
        authority=table.strings("authority"),
        question=table.texts("question"),
        why=table.texts("why"),
        choices=choices,
        supporters=tuple(supporters),
        note=table.maybe_texts("note"),
        checked_on=table.day("checked_on"),
    )
    table.finish()
    return reading


def load(root: Table) -> tuple[Reading, ...]:
    """The readings of a parsed readings.toml. Raises `BadData` unless each of `KEYS` stands once."""
    readings = tuple(_reading(table) for table in root.tables("reading"))
    root.finish()
    found = [reading.key for reading in readings]
    for key in KEYS:
        if found.count(key) != 1:
            raise BadData(root.file, "reading", f"{key} stands {found.count(key)} times", "each reading once")
    for reading in readings:
        if not reading.values:
            raise BadData(root.file, f"reading {reading.key}", "has no values", "the default first")
    return tuple(sorted(readings, key=lambda reading: KEYS.index(reading.key)))
