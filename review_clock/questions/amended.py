"""The amendments that are assumed. Art. 34.3, which has not been read here: each says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.law.acts_and_lapses import AMENDMENTS, Act, NextReviewAmended, TermEndAmended
from review_clock.law.authority import UNREAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """An amendment that is assumed: its day, what it sets (`term_end`, `next_review`) and for which day.

    `provision` is its article, `read` how that was read (`law.authority.HOW_READ`): not at all.
    """

    on: date
    sets: str
    day: date
    provision: str = "Art. 34.3"
    read: str = UNREAD


def amendments(acts: Iterable[Act]) -> tuple[Amended, ...]:
    """The amendments among acts, in their order."""
    sets = {TermEndAmended: "term_end", NextReviewAmended: "next_review"}
    found = (act for act in acts if isinstance(act, AMENDMENTS))
    return tuple(Amended(on=act.on, sets=sets[type(act)], day=act.day) for act in found)
