"""What may be done on a day: every act of the grammar, in the words in which the second reading of the law takes it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from review_clock.law.acts_and_lapses import (
    PARTY_ACTS,
    Act,
    Assumed,
    Confirmation,
    EntryIntoForce,
    NextReviewAmended,
    NonConfirmation,
    Note,
    Party,
    ReviewConcluded,
    ReviewHeld,
    ReviewScheduled,
    StatedPosition,
    TermEndAmended,
    WithdrawalNotice,
    WithdrawalRescinded,
)
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Position
from review_clock.law.readings import Readings

SAID: Final = Assumed(said="")
DayOfYear = tuple[int, int]
LAST_YEAR: Final = 2700
"""After the last that a term can reach by an extension in 2100, under the reading that adds to the term's end."""
AWKWARD: Final = ((2, 28), (2, 29), (3, 1), (5, 31), (8, 30), (8, 31), (10, 31), (12, 31))
"""Days from which, or to which, a count of months meets a month that is too short: 31 to 30 and to 28, 29 February."""
LEAVING: Final = frozenset(("gives", "rescinds", "confirms", "declines", "concludes"))
MEETING: Final = frozenset(("held", "early", "concludes", "set", "confirms", "declines"))
EVERY: Final = LEAVING | MEETING


@dataclass(frozen=True)
class Year:
    """The days of a year on which the walk goes on, by acts of `kinds`, and at most `at_once` of them on one day; after
    how many years they come again as they were."""

    name: str
    days: tuple[DayOfYear, ...]
    kinds: frozenset[str] = EVERY
    at_once: int = 3
    alike_after: int = 1
    entry: date = date(2020, 7, 1)

    def between(self, first: date, last: date) -> list[date]:
        """Its days from `first` to `last`, both counted in."""
        return self._all[bisect_left(self._all, first) : bisect_right(self._all, last)]

    def after(self, day: date) -> date:
        """The first of its days after `day`."""
        return self._all[bisect_right(self._all, day)]

    def before(self, day: date) -> date:
        """The last of its days before `day`."""
        return self._all[bisect_left(self._all, day) - 1]

    @cached_property
    def _all(self) -> list[date]:
        years = range(2000, LAST_YEAR)
        return [date(y, m, d) for y in years for m, d in self.days if (m, d) != (2, 29) or isleap(y)]


AWKWARD_DAYS: Final = Year("awkward days", AWKWARD)


WORDS: Final = {
    EntryIntoForce: "enters",
    Confirmation: "confirms",
    NonConfirmation: "declines",
    WithdrawalNotice: "gives",
    WithdrawalRescinded: "rescinds",
    StatedPosition: "states",
    ReviewConcluded: "concludes",
    TermEndAmended: "amends end",
    NextReviewAmended: "amends review",
    ReviewScheduled: "set",
    Note: "note",
}


def _word(act: Act) -> str:
    return ("early" if act.early else "held") if isinstance(act, ReviewHeld) else WORDS[type(act)]


def told(act: Act) -> dict[str, Any]:
    """An act in the words of the second reading."""
    when = getattr(act, "day", None) or getattr(act, "last_receipt", None)
    return {"what": _word(act), "who": str(getattr(act, "party", "")), "when": when}


def acts_on(
    p: Position, day: date, readings: Readings, year: Year, kinds: frozenset[str] = EVERY, today: tuple[Act, ...] = ()
) -> Iterator[Act]:
    """One act of each kind on a day, of Parties that stand alike only the first."""
    for party in _one_of_each(p, today):
        if "gives" in kinds:
            yield WithdrawalNotice(on=day, party=party, source=SAID)
            if readings["notice_counts_from"] == "last_receipt":
                yield WithdrawalNotice(on=day, party=party, source=SAID, last_receipt=day + ONE_DAY)
            yield WithdrawalRescinded(on=day, party=party, source=SAID)
        yield NonConfirmation(on=day, party=party, source=SAID)
        yield Confirmation(on=day, party=party, source=SAID)
    yield ReviewConcluded(on=day, source=SAID)
    if "held" in kinds:
        yield ReviewHeld(on=day, source=SAID)
        yield ReviewHeld(on=day, source=SAID, early=True)
        for other in _days_to_set(p, day, year):
            yield ReviewScheduled(on=day, source=SAID, day=other)


def amendments_on(p: Position, day: date, year: Year) -> Iterator[Act]:
    """Every amendment that may be assumed on a day: of the term's end, and of the next review."""
    for other in _days_to_set(p, day, year):
        yield TermEndAmended(on=day, source=SAID, day=other)
        yield NextReviewAmended(on=day, source=SAID, day=other)


def _days_to_set(p: Position, day: date, year: Year) -> list[date]:
    """The next day; before, on and after the one that the text gives; the day itself; before and on the end."""
    assert p.term_end is not None
    days = {day, year.after(day), p.term_end.day, year.before(p.term_end.day)}
    if p.next_review is not None:
        due = p.next_review.due.day
        days |= {year.before(due), due, year.after(due)}
    return sorted(days)


def _one_of_each(p: Position, today: tuple[Act, ...]) -> list[Party]:
    """The first of the Parties that stand alike, those that did the same today among them."""
    leaves = {each.party: each.effective.day for each in p.leaving}
    found: dict[Any, Party] = {}
    for party in sorted(p.parties):
        did = tuple(type(act) for act in today if isinstance(act, PARTY_ACTS) and act.party == party)
        found.setdefault((party in p.confirmed_by, leaves.get(party), did), party)
    return list(found.values())
