"""What an entry of the record, its retraction, or an amendment did to the dates of a feed, for clients that drop a
cancelled event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.changes import AMENDMENT, RETRACTED, Change
from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.described import matter
from review_clock.law.acts_and_lapses import name_of
from review_clock.law.amendment import Amendment
from review_clock.record.entries import Announced, Entry, Retraction
from review_clock.words.phrases import source_text
from review_clock.words.wording import Wording, capital

RecordRow = Entry | Announced
Row = RecordRow | Amendment | Retraction
TOLD: Final = ("vanished", "moved", "revived", "appeared")
"""What is told, in this order: a date fell away, moved, came back, is new."""
TOLD_OF: Final = (Entry, Announced)
"""What of the record is told by itself."""
_LINES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatChanged:
    """What an entry of the record, its retraction, or an amendment did among the dates of a feed, and the day it became
    known. Of an entry that was `taken_back` no more is told than that; the `changes` are then those of the retraction.
    """

    row: Row
    changes: tuple[tuple[Deadline, Change], ...]
    taken_back: Retraction | None = None

    @property
    def id(self) -> str:
        """What it is told under: an entry and its retraction are two things."""
        return f"{RETRACTED}.{self.row.id}" if isinstance(self.row, Retraction) else self.row.id

    @property
    def day(self) -> date:
        """The day on which the entry became known, or was taken back."""
        return _day(self.row)

    def counts(self, words: Wording) -> str:
        """How many dates fell away, moved, came back, are new: what is none is left out."""
        made = [change.what for _, change in self.changes]
        found = [words(f"feed.count_{what}", n=words.number(made.count(what))) for what in TOLD if what in made]
        return ", ".join(found)

    def title(self, words: Wording) -> str:
        """The act, and what it did to how many dates, or that it was taken back."""
        title, gone = getattr(self.row, "title", None), self.taken_back is not None
        said = words(
            "feed.changed_announced" if title else "feed.changed",
            act=capital(words.said(title) if title else self._act(words)),
            counts=self._taken_back(words) if gone else self.counts(words),
        )
        return words("feed.cancelled", title=said) if gone else said

    def _act(self, words: Wording) -> str:
        if self.taken_back is not None and isinstance(self.row, Entry):
            return words.act(name_of(type(self.row.act)), getattr(self.row.act, "party", None))
        change = self.changes[0][1]
        return words.act(change.by, change.party)

    def _taken_back(self, words: Wording) -> str:
        gone = self.row if isinstance(self.row, Retraction) else self.taken_back
        return words("ledger.retracted", day=words.day(gone.on), reason=gone.reason) if gone is not None else ""

    def _sources(self, words: Wording) -> list[str]:
        if isinstance(self.row, Amendment):
            return [words.cite(each) for each in self.row.authority]
        if isinstance(self.row, Retraction):
            return []
        return [source_text(each, words) for each in self.row.sources]

    def lines(self, words: Wording, address: str) -> list[str]:
        """What the entry says and who says so, what it did to the first ten dates, and where the rest stands."""
        row = self.row.row if isinstance(self.row, Retraction) else self.row
        found = [
            capital(self._taken_back(words)),
            words.said(row.text) if isinstance(row, (*TOLD_OF, Amendment)) else "",
        ]
        found += [words("feed.source", text=text) for text in self._sources(words)]
        changes = () if self.taken_back else self.changes
        for deadline, change in changes[:_LINES]:
            days = {"before": change.before, "after": change.after}
            said = {name: words.day(day) if day else "" for name, day in days.items()}
            found.append(words(f"feed.changed_{change.what}", title=matter(deadline, words), **said))
        if len(changes) > _LINES:
            found.append(words("feed.more", n=words.number(len(changes) - _LINES)))
        return [*filter(None, found), " ".join(filter(None, (words("feed.disclaimer"), address)))]


def _day(row: Row) -> date:
    return row.on if isinstance(row, Retraction) else row.known_on


def known_on(change: Change, rows: Mapping[str, RecordRow]) -> date:
    """The day on which what made a change became known."""
    row = rows.get(change.entry)
    return row.known_on if row is not None else change.on


def _behind(change: Change, deadline: Deadline, amendments: Iterable[Amendment]) -> str:
    """The id of what made a change: the entry, or the amendment of the deadline's rule, else another of its day."""
    if change.by != AMENDMENT:
        return f"{RETRACTED}.{change.entry}" if change.by == RETRACTED else change.entry
    of_the_day = [each for each in amendments if each.known_on == change.on]
    return next((each.id for each in of_the_day if each.of == deadline.rule), of_the_day[0].id if of_the_day else "")


def what_changed(
    chosen: Iterable[Deadline],
    record_rows: Mapping[str, RecordRow],
    since: date,
    amendments: Iterable[Amendment] = (),
    retractions: Iterable[Retraction] = (),
) -> tuple[WhatChanged, ...]:
    """What each entry, each of its `retractions` and each of `amendments`, known since a day, did among `chosen`, by
    day. What was taken back is told still, as that."""
    amended = tuple(amendments)
    rows: dict[str, Row] = {**record_rows, **{each.id: each for each in amended}}
    rows |= {f"{RETRACTED}.{each.id}": each for each in retractions}
    found: dict[str, list[tuple[Deadline, Change]]] = {}
    for deadline in chosen:
        for change in deadline.changes:
            behind = _behind(change, deadline, amended)
            if change.what in TOLD and behind in rows and _day(rows[behind]) >= since:
                found.setdefault(behind, []).append((deadline, change))
    made = [
        WhatChanged(
            row=rows[entry],
            changes=tuple(sorted(changes, key=lambda each: (TOLD.index(each[1].what), each[0].date, each[0].id))),
        )
        for entry, changes in found.items()
    ]
    made += [
        WhatChanged(row=gone.row, changes=each.changes, taken_back=gone)
        for each in made
        if isinstance(gone := each.row, Retraction) and isinstance(gone.row, TOLD_OF)
        if gone.id not in rows and gone.row.known_on >= since
    ]
    return tuple(sorted(made, key=lambda each: (each.day, each.id)))
