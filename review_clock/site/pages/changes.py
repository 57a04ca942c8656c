"""The page of what became known of the dates: which appeared, moved, fell away or became surer, when, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from review_clock.questions.learned import KINDS
from review_clock.site.changes_of_dates import ChangeOfDate
from review_clock.site.material import Material
from review_clock.site.rendering import rendered
from review_clock.words.learned import certainty_text, days_text, why_texts
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """One row in words. `page` is that of its date, empty where there is none; `entries` have a place in the record's
    page."""

    row: ChangeOfDate
    title: str
    days: str
    certainty: str
    why: tuple[str, ...]
    page: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfChange:
    """The rows of a day to which the same happened, `kind`: those together that have the same cause."""

    kind: str
    count: int
    alike: tuple[tuple[ToldChange, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfChanges:
    """A day of knowledge with its rows by what became of the dates."""

    day: date
    kinds: tuple[KindOfChange, ...]


def told_changes(material: Material, words: Wording) -> tuple[ToldChange, ...]:
    """Every row in words, newest first."""
    now = material.by_id
    shown = {*material.record.rows(), *(each.id for each in material.record.retractions if each.row is not None)}
    found = []
    for row in material.changes.rows:
        each = row.date
        found.append(
            ToldChange(
                row=row,
                title=words.said(now[each.id].title if each.id in now else each.title),
                days=days_text(each, words, words.day),
                certainty=certainty_text(each, words),
                why=tuple(why_texts(each, words, words.day)),
                page=f"deadlines/{each.id}.html" if each.id in now else "",
                entries=tuple(name for name in each.entries if name in shown),
            )
        )
    return tuple(found)


def _by_day(found: Iterable[ToldChange]) -> tuple[DayOfChanges, ...]:
    days = []
    for day, of_day in groupby(found, key=lambda told: told.row.known_on):
        rows = sorted(of_day, key=lambda told: (told.row.date.after or told.row.date.before or day, told.row.date.id))
        kinds = (_kind(kind, [each for each in rows if each.row.date.what == kind]) for kind in KINDS)
        days.append(DayOfChanges(day=day, kinds=tuple(each for each in kinds if each.count)))
    return tuple(days)


def _kind(kind: str, rows: list[ToldChange]) -> KindOfChange:
    alike: dict[tuple[tuple[str, ...], ...], list[ToldChange]] = {}
    for each in rows:
        alike.setdefault((each.why, each.entries), []).append(each)
    return KindOfChange(kind=kind, count=len(rows), alike=tuple(map(tuple, alike.values())))


def changes_page(material: Material, words: Wording) -> bytes:
    """What became known of the dates, newest first, by day and by what became of them."""
    days = _by_day(told_changes(material, words))
    return rendered("changes.html", material, words, "changes.html", days=days).encode("utf-8")
