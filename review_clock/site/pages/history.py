"""The page of the record: what has happened, newest first, and the dates that others announced or expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from review_clock.deadlines.deadline import Deadline
from review_clock.law.acts_and_lapses import Note, Stance, name_of
from review_clock.record.ledger import Announced, Entry
from review_clock.site.material import Answers
from review_clock.site.rendering import rendered
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry: the name of its act (empty for a mere note), whom it concerns, and the deadlines it is evidence of."""

    entry: Entry
    act: str
    stance: Stance | None
    parties: tuple[str, ...]
    fulfils: tuple[Deadline, ...]
    misses: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An announced date and the deadline that it is about or that it is itself."""

    row: Announced
    deadline: Deadline | None


def _told(entry: Entry, deadlines: Mapping[str, Deadline]) -> Told:
    act, party = entry.act, getattr(entry.act, "party", None)
    return Told(
        entry=entry,
        act="" if isinstance(act, Note) else name_of(type(act)),
        stance=getattr(act, "stance", None),
        parties=(party,) if party else entry.parties,
        fulfils=tuple(deadlines[each] for each in entry.fulfils if each in deadlines),
        misses=tuple(deadlines[each] for each in entry.misses if each in deadlines),
    )


def history_page(answer: Answers, words: Wording) -> bytes:
    """Every entry with its sources, newest first, by year; before them the dates announced."""
    deadlines = {each.id: each for each in answer.deadlines}
    newest_first = [_told(entry, deadlines) for entry in reversed(answer.record.entries)]
    announced = [Expected(row=a, deadline=deadlines.get(a.about or a.deadline)) for a in answer.record.announced]
    years = [(year, list(told)) for year, told in groupby(newest_first, key=lambda each: each.entry.act.on.year)]
    page = rendered("history.html", answer, words, "history.html", years=years, announced=announced[::-1])
    return page.encode("utf-8")
