"""Proceedings: what an office does step by step (a notice, comments, a hearing, a report), as a record declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from review_clock.files import HIDDEN, MaybeText, Table, Texts
from review_clock.law.vocabulary import checked_id
from review_clock.record.own_row import OwnRow

STEPS: Final[Mapping[str, str]] = {
    "notice": "opening",
    "comments_due": "filing",
    "requests_to_appear_due": "filing",
    "prehearing_briefs_due": "filing",
    "hearing": "meeting",
    "rebuttals_due": "filing",
    "submissions_due": "filing",
    "report": "act",
    "recommendations_due": "filing",
}
"""The steps of a proceeding in their usual order, each an `opening`, whose day is the first of its entry, an `act` that
is done, the last day of a `filing`, or a `meeting` that is held."""
UNDATED: Final = date.min
"""That a file does not say when a proceeding was declared in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSet:
    """That an entry sets the day of a step (to `until`, where it takes several); `on` is None where the day was not
    read."""

    step: str
    on: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """That practice, where nothing is announced, is counted for `step` from the last day of the step `after`."""

    step: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding(OwnRow):
    """One proceeding: whose it is, under which texts and number, and those before it whose rhythm it may repeat.

    `recorded_on` is the day on which it was declared, `UNDATED` where its file does not say; `recorded_by` who did.
    """

    id: str
    title: Texts
    jurisdiction: str
    actor: str
    authority: tuple[str, ...]
    citation: MaybeText
    precedents: tuple[str, ...]
    rhythm: tuple[Rhythm, ...]
    where: str = field(metadata=HIDDEN)
    recorded_on: date = UNDATED
    recorded_by: MaybeText = ""

    @property
    def on(self) -> date:
        """The day on which it was declared."""
        return self.recorded_on

    @property
    def known_on(self) -> date:
        """The day from which it is known: that on which it was declared."""
        return self.recorded_on

    @property
    def text(self) -> Texts:
        """What it is."""
        return self.title


def step_set(table: Table) -> StepSet:
    """What one of an entry's `sets` says. Raises `BadData`."""
    step = table.choice("step", STEPS)
    found = StepSet(step=step, on=table.maybe_day("on"), until=table.maybe_day("until"))
    table.finish()
    if found.until is not None and (found.on is None or found.until < found.on):
        raise table.wrong("until", "is before the first day", "the last day of the step, with `on` its first")
    return found


def _rhythm(table: Table) -> Rhythm:
    found = Rhythm(step=table.choice("step", STEPS), after=table.choice("after", STEPS))
    table.finish()
    return found


def proceeding(table: Table) -> Proceeding:
    """What a `[[proceeding]]` says. Raises `BadData`."""
    identity = checked_id(table, "id", table.string("id"))
    found = Proceeding(
        id=identity,
        title=table.texts("title"),
        jurisdiction=table.string("jurisdiction"),
        actor=table.string("actor"),
        authority=table.strings("authority"),
        citation=table.string("citation", ""),
        precedents=table.strings("precedents"),
        rhythm=tuple(_rhythm(row) for row in table.tables("rhythm")),
        where=f"{table.file}: {table.path} ({identity})",
        recorded_on=table.day("recorded_on", UNDATED),
        recorded_by=table.string("recorded_by", ""),
    )
    table.finish()
    return found
