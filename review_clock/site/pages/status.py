"""The status page: the material first, then the Agreement's life, the next twelve months and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from review_clock.deadlines.deadline import CERTAINTIES
from review_clock.law.acts_and_lapses import Note, name_of
from review_clock.law.chapter_34 import TRANSITIONS, Transition
from review_clock.site.material import Material
from review_clock.site.pictures import lifeline
from review_clock.site.pictures.state_diagram import diagram
from review_clock.site.reconciliation import headlines_of, reconcile_end, reconcile_headline
from review_clock.site.rendering import rendered
from review_clock.words.headline import headline
from review_clock.words.wording import Wording

AHEAD: Final = tuple(each for each in CERTAINTIES if each not in ("past", "superseded"))
TWELVE_MONTHS: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What can happen from today's phase on: a row of the table by the names that the words files know."""

    event: str
    condition: str
    provision: str
    effect: str
    to: str


def _move(row: Transition) -> Move:
    guard = row.provided.__name__
    return Move(
        event=name_of(row.on),
        condition="" if guard == "always" else guard,
        provision=row.provision,
        effect=row.effect.__name__,
        to=str(row.to or ""),
    )


def moves_from(phase: str) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """The rows that lead out of a phase, and those that leave it as it is."""
    rows = [row for row in TRANSITIONS if phase in row.phases and row.on is not Note]
    leading = tuple(_move(row) for row in rows if row.to not in (None, phase))
    staying = tuple(_move(row) for row in rows if row.to in (None, phase))
    return leading, staying


def status_page(material: Material, words: Wording) -> bytes:
    """In force or not, until when, what comes next, who stands where, and what would change the material."""
    soon = material.question.deadlines(within=TWELVE_MONTHS.days, certainty=AHEAD)
    sources = {identity: len(row.sources) for identity, row in material.record.rows().items()}
    marks = lifeline.marks(material.record, material.deadlines, material.status)
    leading, staying = moves_from(material.status.phase)
    page = rendered(
        "status.html",
        material,
        words,
        "index.html",
        headline=headline(material.status.answer, words),
        upcoming=soon,
        review=material.reviews.get(material.status.next_review_key),
        sources=sources,
        marks=marks,
        picture=lifeline.drawing(marks, material.status, words),
        states=diagram(words, material.status.phase),
        leading=leading,
        staying=staying,
    )
    reconcile_end(material.question, material.status.answer)
    reconcile_headline(f"{words.lang}/index.html", headlines_of(page), material.status.answer, words)
    return page.encode("utf-8")
