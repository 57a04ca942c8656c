"""The Agreement's life as a picture: which dates stand in it, and where each mark stands on the line of time.

`marks` chooses the dates from the record and the deadlines; `drawing` places them. A place on the axis is geometry,
not law: nothing here counts a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.deadline import CERTAINTIES, Deadline
from review_clock.files import Texts
from review_clock.law.acts_and_lapses import Note, Party, StatedPosition, name_of
from review_clock.questions.status import Status
from review_clock.record.entries import Entry
from review_clock.record.ledger import Record
from review_clock.words.phrases import day_text
from review_clock.words.wording import Wording

LIFE: Final = ("review", "term", "withdrawal", "origin")
"""The kinds of the treaty's deadlines that make up its life; the rest happens around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One date of the picture: an entry of the record (`act` and `party`) or a deadline (`title`).

    `standing` is one of `CERTAINTIES`, `kind` a deadline's kind or empty; `page` and `anchor` are where it is told.
    """

    day: date
    standing: str
    outcome: str
    kind: str
    act: str
    party: Party | None
    title: Texts | None
    page: str
    anchor: str
    deadline: Deadline | None = None

    def when(self, words: Wording) -> str:
        """Its day, with how sure it is."""
        day = words.day(self.day)
        return day if self.deadline is None else day_text(self.deadline, words, day)

    def label(self, words: Wording) -> str:
        """What it is, in a few words."""
        if self.title is not None:
            return words.said(self.title)
        what = words.act(self.act, self.party)
        return f"{what[0].upper()}{what[1:]}"

    def standing_text(self, words: Wording) -> str:
        """Its certainty, and its outcome where there is one."""
        return words.standing(self.standing, self.outcome, self.deadline.days_late if self.deadline else None)


def _of_entry(entry: Entry) -> Mark:
    is_note = isinstance(entry.act, Note)
    return Mark(
        day=entry.act.on,
        standing="past",
        outcome="",
        kind="",
        act=name_of(type(entry.act)),
        party=getattr(entry.act, "party", None),
        title=entry.text if is_note else None,
        page="history.html",
        anchor=entry.id,
    )


def _of_deadline(deadline: Deadline) -> Mark:
    return Mark(
        day=deadline.date,
        standing=deadline.certainty,
        outcome=deadline.outcome,
        kind=deadline.kind,
        act="",
        party=None,
        title=deadline.title,
        page="deadlines.html",
        anchor=deadline.id,
        deadline=deadline,
    )


def _belongs(deadline: Deadline, term_end: date | None) -> bool:
    """The treaty's own course, the last day to extend, and whatever comes after the term."""
    if term_end is not None and deadline.date > term_end:
        return True
    last_day_to_extend = deadline.kind == "confirmation" and deadline.review is None
    return deadline.jurisdiction == "treaty" and (deadline.kind in LIFE or last_day_to_extend)


def marks(record: Record, deadlines: Iterable[Deadline], status: Status) -> tuple[Mark, ...]:
    """The first fact of the record, every act that moved the Agreement, and the deadlines of its life, by date."""
    told = [e for place, e in enumerate(record.entries) if place == 0 or not isinstance(e.act, Note | StatedPosition)]
    ids = {entry.id for entry in told}
    found = [_of_entry(entry) for entry in told]
    for each in deadlines:
        if _belongs(each, status.term.end if status.term else None) and not ids.intersection(each.evidence):
            found.append(_of_deadline(each))
    return tuple(sorted(found, key=lambda mark: (mark.day, mark.anchor)))


# ---------------------------------------------------------------------------------------------------- the drawing

WIDE: Final = 960
LEFT: Final = 150
RIGHT: Final = 936
TOP: Final = 78
ROOM: Final = 24  # a mark with its room: the least size of a target (WCAG 2.2, 2.5.8)
LANE_EDGE: Final = 4
LETTER: Final = 7  # the width of a letter, rather too much than too little


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mark and its middle in the drawing; `label_at` is where its label begins or, left of it, ends: 0 for none."""

    mark: Mark
    label: str
    x: int
    y: int
    label_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The marks of one certainty, in one row or more."""

    standing: str
    y: int
    high: int
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything that the drawing of a line of time needs, in units of its view box."""

    wide: int
    high: int
    left: int
    right: int
    axis: int
    years: tuple[tuple[int, int], ...]
    lanes: tuple[Lane, ...]
    today: int
    term: tuple[int, int] | None
    review: int | None


def _rows(here: list[Mark], xs: Mapping[date, int]) -> list[list[Mark]]:
    """The marks of a lane in rows, those too near each other one below the other."""
    rows: list[list[Mark]] = []
    for mark in here:
        free = (row for row in rows if xs[mark.day] - xs[row[-1].day] >= ROOM)
        row = next(free, None)
        if row is None:
            rows.append(row := [])
        row.append(mark)
    return rows


def _label_at(place: int, row: list[Mark], label: str, xs: Mapping[date, int]) -> int:
    """Room for a label left of the first mark of a row or right of its last; 0 where there is none."""
    x, wide = xs[row[place].day], len(label) * LETTER
    if place == 0 and x - ROOM // 2 - wide > LEFT:
        return x - ROOM // 2
    if place == len(row) - 1 and x + ROOM // 2 + wide < WIDE:
        return x + ROOM // 2
    return 0


def _lane(standing: str, here: list[Mark], top: int, xs: Mapping[date, int], words: Wording) -> Lane:
    rows = _rows(here, xs)
    placed = []
    for number, row in enumerate(rows):
        y = top + LANE_EDGE + number * ROOM + ROOM // 2
        for place, mark in enumerate(row):
            label = mark.label(words)
            at = _label_at(place, row, label, xs)
            placed.append(Placed(mark=mark, label=label, x=xs[mark.day], y=y, label_at=at))
    return Lane(standing=standing, y=top, high=len(rows) * ROOM + 2 * LANE_EDGE, placed=tuple(placed))


def drawing(found: tuple[Mark, ...], status: Status, words: Wording) -> Drawing:
    """The places of `found` on an axis of whole years, from the first mark to past the last."""
    days = [mark.day for mark in found] + [status.as_of]
    first, last = date(min(days).year, 1, 1).toordinal(), date(max(days).year + 1, 1, 1).toordinal()

    def x(day: date) -> int:
        return round(LEFT + (RIGHT - LEFT) * (day.toordinal() - first) / (last - first))

    xs = {day: x(day) for day in days}
    lanes, top = [], TOP
    for standing in CERTAINTIES:
        here = [mark for mark in found if mark.standing == standing]
        if here:
            lanes.append(_lane(standing, here, top, xs, words))
            top += lanes[-1].high + 8
    years = range(min(days).year, max(days).year + 1)
    return Drawing(
        wide=WIDE,
        high=top + 52,
        left=LEFT,
        right=RIGHT,
        axis=top,
        years=tuple((year, x(date(year, 1, 1))) for year in years),
        lanes=tuple(lanes),
        today=x(status.as_of),
        term=(x(status.term.start), x(status.term.end)) if status.term else None,
        review=x(status.next_review.date) if status.next_review else None,
    )
