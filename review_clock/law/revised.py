"""Corrections of ours to the data of the law: on which day, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.files import Table, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A correction made to a rule, a reading or a citation: its day, and what it put right."""

    on: date
    what: Texts


def revised(table: Table) -> tuple[Revised, ...]:
    """The corrections of a row (`revised = [{ on, what }]`), in their order. Raises `BadData`."""
    found = []
    for row in table.tables("revised"):
        found.append(Revised(on=row.day("on"), what=row.texts("what")))
        row.finish()
    return tuple(found)
