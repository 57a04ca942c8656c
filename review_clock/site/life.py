"""The Agreement's life as a list: which dates of the record and which deadlines stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.files import Texts
from review_clock.law.acts_and_lapses import Note, Party, StatedPosition, name_of
from review_clock.questions.status import Status
from review_clock.record.entries import Entry
from review_clock.record.ledger import Record
from review_clock.words.phrases import day_text
from review_clock.words.wording import Wording, capital

LIFE: Final = ("review", "term", "withdrawal", "origin")
"""The kinds of the treaty's deadlines that make up its life; the rest happens around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One date of the list: an entry of the record (`act` and `party`) or a deadline (`title`).

    `standing` is one of `CERTAINTIES`; `page` and `anchor` are where it is told.
    """

    day: date
    standing: str
    outcome: str
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
        return capital(words.act(self.act, self.party))

    def standing_text(self, words: Wording) -> str:
        """Its certainty, and its outcome where there is one."""
        return words.standing(self.standing, self.outcome, self.deadline.days_late if self.deadline else None)


def _of_entry(entry: Entry) -> Mark:
    is_note = isinstance(entry.act, Note)
    return Mark(
        day=entry.act.on,
        standing="past",
        outcome="",
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
