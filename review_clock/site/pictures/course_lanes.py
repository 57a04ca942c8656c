"""Courses drawn as lanes over an axis of years: bars for spells of time, dots for days.

Nothing here counts a date: a place on the axis is geometry. The page's script draws the same lanes with the same
classes from the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import IN_FORCE
from review_clock.questions.extension_by_year import ExtensionIn
from review_clock.questions.status import Status
from review_clock.timeline.chronology import TimelineEntry
from review_clock.words.wording import Wording

WIDE: Final = 340
_LANE: Final = 42
_TICKS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A spell of time, drawn as a bar: `kind` is a phase, or `bound`."""

    x: float
    wide: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A day: `kind` is `six_year`, `annual` or `assumed`."""

    x: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One row of a drawing: its label, its top, what stands in it."""

    label: str
    y: int
    spells: tuple[Spell, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """A drawing: its size, the height of its axis, the years marked on it, its rows."""

    wide: int
    high: int
    axis: int
    years: tuple[tuple[int, float], ...]
    lanes: tuple[Lane, ...]


class _Axis:
    """Places of days between the beginning of one year and that of another."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._start = date(first, 1, 1).toordinal()
        self._days = date(last, 1, 1).toordinal() - self._start

    def x(self, day: date) -> float:
        return round(min(max((day.toordinal() - self._start) / self._days, 0), 1) * WIDE, 1)

    def spell(self, start: date, end: date, kind: str) -> Spell:
        return Spell(x=self.x(start), wide=round(self.x(end) - self.x(start), 1), kind=kind)

    def years(self) -> tuple[tuple[int, float], ...]:
        step = next(n for n in (1, 2, 5, 10, 20) if (self.last - self.first) / n <= _TICKS)
        marked = range(-(-self.first // step) * step, self.last, step)
        return tuple((year, self.x(date(year, 1, 1))) for year in marked)


_LaneParts = tuple[str, Iterable[Spell], Iterable[Dot]]


def _drawn(axis: _Axis, rows: Sequence[_LaneParts]) -> Lanes:
    lanes = tuple(
        Lane(label=label, y=place * _LANE, spells=tuple(spells), dots=tuple(dots))
        for place, (label, spells, dots) in enumerate(rows)
    )
    bottom = len(lanes) * _LANE + 4
    return Lanes(wide=WIDE, high=bottom + 24, axis=bottom, years=axis.years(), lanes=lanes)


def _in_force(moments: Sequence[TimelineEntry], axis: _Axis) -> list[Spell]:
    """The phases in force, one after the other."""
    changes: list[tuple[date, str]] = []
    for moment in moments:
        if not changes or changes[-1][1] != moment.phase:
            changes.append((moment.date, moment.phase))
    ends = [*(on for on, _ in changes), date(axis.last, 1, 1)][1:]  # none where nothing has happened yet
    spells = zip(changes, ends, strict=True)
    return [axis.spell(on, end, phase) for (on, phase), end in spells if phase in IN_FORCE and axis.x(end) > axis.x(on)]


def _bound(moments: Sequence[TimelineEntry], party: Party, axis: _Axis) -> list[Spell]:
    """The time in which a Party is bound."""
    bound = [m.date for m in moments if party in m.parties]
    if not bound:
        return []
    gone = (m.date for m in moments if m.date > bound[0] and party not in m.parties)
    return [axis.spell(bound[0], next(gone, date(axis.last, 1, 1)), "bound")]


def course_lanes(moments: Sequence[TimelineEntry], as_of: date, words: Wording) -> Lanes:
    """The course of a scenario from the year of `as_of`, or its last year: phases, joint reviews, acts, each Party."""
    last = max((m.date for m in moments), default=as_of)
    axis = _Axis(min(as_of.year, last.year), last.year + 2)
    ahead = [m for m in moments if m.date.year >= axis.first]
    reviews = [Dot(x=axis.x(m.date), kind=m.review_kind) for m in ahead if m.event == "review_falls_due"]
    acts = [Dot(x=axis.x(m.date), kind="assumed") for m in ahead if m.origin == "assumed"]
    rows: list[_LaneParts] = [
        (words("explorer.lane_term"), _in_force(moments, axis), ()),
        (words("explorer.lane_reviews"), (), reviews),
        (words("explorer.lane_acts"), (), acts),
    ]
    rows += [(words.party(party), _bound(moments, party, axis), ()) for party in Party]
    return _drawn(axis, rows)


def extension_lanes(found: Sequence[ExtensionIn], status: Status, words: Wording) -> Lanes:
    """A lane a year: the term until the extension made in it, the new term, and the review that follows."""
    axis = _Axis(status.as_of.year, max(each.term_end for each in found).year + 1)
    rows: list[_LaneParts] = []
    for each in found:
        label = words("explorer.chart_label", year=each.year, end=each.term_end.year)
        spells = (axis.spell(status.as_of, each.on, status.phase), axis.spell(each.on, each.term_end, "six_year_cycle"))
        dots = () if each.next_review is None else (Dot(x=axis.x(each.next_review), kind="six_year"),)
        rows.append((label, spells, dots))
    return _drawn(axis, rows)
