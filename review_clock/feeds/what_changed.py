"""What an entry of the record, or an amendment, did to the dates of a feed, for clients that drop a cancelled event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.changes import AMENDMENT, Change
from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.described import matter
from review_clock.law.amendment import Amendment
from review_clock.record.entries import Announced, Entry
from review_clock.words.phrases import source_text
from review_clock.words.wording import Wording, capital

RecordRow = Entry | Announced
Row = RecordRow | Amendment
TOLD: Final = ("vanished", "moved", "revived", "appeared")
"""What is told, in this order: a date fell away, moved, came back, is new."""
_LINES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatChanged:
    """What an entry of the record, or an amendment, did among the dates of a feed, and the day it became known."""

    row: Row
    changes: tuple[tuple[Deadline, Change], ...]

    @property
    def day(self) -> date:
        """The day on which the entry became known."""
        return self.row.known_on

    def counts(self, words: Wording) -> str:
        """How many dates fell away, moved, came back, are new: what is none is left out."""
        made = [change.what for _, change in self.changes]
        found = [words(f"feed.count_{what}", n=words.number(made.count(what))) for what in TOLD if what in made]
        return ", ".join(found)

    def title(self, words: Wording) -> str:
        """The act, and what it did to how many dates."""
        change, title = self.changes[0][1], getattr(self.row, "title", None)
        act = words.said(title) if title else words.act(change.by, change.party)
        return words(
            "feed.changed_announced" if title else "feed.changed",
            act=capital(act),
            counts=self.counts(words),
        )

    def _sources(self, words: Wording) -> list[str]:
        if isinstance(self.row, Amendment):
            return [words.cite(each) for each in self.row.authority]
        return [source_text(each, words) for each in self.row.sources]

    def lines(self, words: Wording, address: str) -> list[str]:
        """What the entry says and who says so, what it did to the first ten dates, and where the rest stands."""
        found = [words.said(self.row.text)]
        found += [words("feed.source", text=text) for text in self._sources(words)]
        for deadline, change in self.changes[:_LINES]:
            days = {"before": change.before, "after": change.after}
            said = {name: words.day(day) if day else "" for name, day in days.items()}
            found.append(words(f"feed.changed_{change.what}", title=matter(deadline, words), **said))
        if len(self.changes) > _LINES:
            found.append(words("feed.more", n=words.number(len(self.changes) - _LINES)))
        return [*found, " ".join(filter(None, (words("feed.disclaimer"), address)))]


def known_on(change: Change, rows: Mapping[str, RecordRow]) -> date:
    """The day on which what made a change became known."""
    row = rows.get(change.entry)
    return row.known_on if row is not None else change.on


def _behind(change: Change, deadline: Deadline, amendments: Iterable[Amendment]) -> str:
    """The id of what made a change: the entry, or the amendment of the deadline's rule, else another of its day."""
    if change.by != AMENDMENT:
        return change.entry
    of_the_day = [each for each in amendments if each.known_on == change.on]
    return next((each.id for each in of_the_day if each.of == deadline.rule), of_the_day[0].id if of_the_day else "")


def what_changed(
    chosen: Iterable[Deadline], record_rows: Mapping[str, RecordRow], since: date, amendments: Iterable[Amendment] = ()
) -> tuple[WhatChanged, ...]:
    """What each entry, and each of `amendments`, known since a day did among `chosen`, by day."""
    amended = tuple(amendments)
    rows: dict[str, Row] = {**record_rows, **{each.id: each for each in amended}}
    found: dict[str, list[tuple[Deadline, Change]]] = {}
    for deadline in chosen:
        for change in deadline.changes:
            behind = _behind(change, deadline, amended)
            if change.what in TOLD and behind in rows and rows[behind].known_on >= since:
                found.setdefault(behind, []).append((deadline, change))
    made = [
        WhatChanged(
            row=rows[entry],
            changes=tuple(sorted(changes, key=lambda each: (TOLD.index(each[1].what), each[0].date, each[0].id))),
        )
        for entry, changes in found.items()
    ]
    return tuple(sorted(made, key=lambda each: (each.day, each.row.id)))
