"""The page of all deadlines by date, and the page of those gone by.

Each shows who acts, on what authority, how it was counted and what other readings give. A past one stands in both, on
the first in short, so that its address holds; how it was counted is told on the second, and the first stays light.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from review_clock.deadlines.deadline import Deadline
from review_clock.record.ledger import Announced, Entry, Record
from review_clock.site.material import Material
from review_clock.site.reconciliation import in_page, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.words.phrases import change_text, office_text, span_text, timeliness_text
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One deadline as the page shows it: everything in words, nothing left to count.

    `counted_from` is the deadline whose own count is the beginning of this one's; `steps` are those that follow.
    """

    deadline: Deadline
    condition: str
    counted_from: Deadline | None
    steps: tuple[tuple[str, date], ...]
    others: tuple[str, ...]
    office: str
    span: str
    timeliness: str
    moved: tuple[str, ...]
    said_by: tuple[Entry | Announced, ...]
    file: str

    @property
    def has_rule(self) -> bool:
        """Whether a rule stands behind it; an announced date has none."""
        return self.deadline.rule != "announced"

    @property
    def is_past(self) -> bool:
        """Whether its full account stands on the page of past dates."""
        return self.deadline.certainty == "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The deadlines of one year of one group."""

    number: int
    rows: tuple[Account, ...]


def account(deadline: Deadline, record: Record, reviews: Mapping[str, Deadline], words: Wording) -> Account:
    """A deadline with all that a page says of it in words."""
    rows, steps = record.rows(), words.derivation(deadline.derivation)
    review = reviews.get(deadline.review.key) if deadline.review is not None else None
    shared = len(review.derivation.steps) if review is not None else 0
    if review is None or deadline.derivation.steps[:shared] != review.derivation.steps or len(steps) == shared:
        review, shared = None, 0
    return Account(
        deadline=deadline,
        condition=words.condition(deadline.condition),
        counted_from=review,
        steps=tuple(steps[shared:]),
        others=tuple(words.other(other) for other in deadline.other_readings),
        office=office_text(deadline, words),
        span=span_text(deadline, words, words.day),
        timeliness=timeliness_text(deadline, words),
        moved=tuple(change_text(each, words, words.day) for each in deadline.changes if each.what != "appeared"),
        said_by=tuple(rows[identity] for identity in (*deadline.evidence, *deadline.expected_by)),
        file=f"{deadline.id}.{words.lang}.ics" if deadline.is_ahead and not deadline.without_day else "",
    )


def _groups(found: Iterable[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """Ahead, past (newest first) and superseded."""
    found = list(found)
    ahead = [each for each in found if each.is_ahead]
    past = [each for each in found if each.certainty == "past"]
    superseded = [each for each in found if each.certainty == "superseded"]
    return [("ahead", ahead), ("past", past[::-1]), ("superseded", superseded)]


def _years(group: Iterable[Deadline], material: Material, words: Wording) -> tuple[Year, ...]:
    reviews = material.reviews
    years = groupby(group, key=lambda each: each.date.year)
    return tuple(
        Year(number=n, rows=tuple(account(each, material.record, reviews, words) for each in rows)) for n, rows in years
    )


def deadlines_page(material: Material, words: Wording) -> bytes:
    """Every deadline by date. Raises `NotReconciled` if one is lost."""
    groups = [(name, _years(group, material, words)) for name, group in _groups(material.deadlines)]
    jurisdictions = material.law.jurisdictions.values()
    counts = [(j, sum(each.jurisdiction == j.id for each in material.deadlines)) for j in jurisdictions]
    page = rendered(
        "deadlines.html",
        material,
        words,
        "deadlines.html",
        groups=[(name, years) for name, years in groups if years],
        counts=[(jurisdiction, n) for jurisdiction, n in counts if n],
    )
    reconcile(f"{words.lang}/deadlines.html", in_page(page), selected(material.deadlines))
    return page.encode("utf-8")


def past_page(material: Material, words: Wording) -> bytes:
    """The deadlines gone by, newest first, each in full. Raises `NotReconciled` if one is lost."""
    past = [each for each in material.deadlines if each.certainty == "past"]
    years = _years(past[::-1], material, words)
    page = rendered("past.html", material, words, "past.html", years=years)
    reconcile(f"{words.lang}/past.html", in_page(page), selected(past))
    return page.encode("utf-8")
