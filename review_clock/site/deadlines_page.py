"""The page of all deadlines, each with its derivation, authorities, other readings and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.deadlines import Deadline
from review_clock.law.authority import Authority, authorities
from review_clock.law.rules import catalogue
from review_clock.lists import office_text
from review_clock.record.ledger import Announced, Entry, Record
from review_clock.site.answers import Answers, is_ahead
from review_clock.site.reconciliation import in_page, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One deadline as the page shows it: everything in words, nothing left to count."""

    deadline: Deadline
    condition: str
    steps: tuple[tuple[str, date], ...]
    authorities: tuple[Authority, ...]
    others: tuple[str, ...]
    office: str
    said_by: tuple[Entry | Announced, ...]
    file: str


def _row(deadline: Deadline, record: Record, words: Wording) -> Row:
    known, rows = authorities().by_cite, record.rows()
    return Row(
        deadline=deadline,
        condition=words.condition(deadline),
        steps=tuple(words.derivation(deadline.counted)),
        authorities=tuple(known[cite] for cite in deadline.authority),
        others=tuple(words.other(other) for other in deadline.others),
        office=office_text(deadline, words),
        said_by=tuple(rows[identity] for identity in (*deadline.evidence, *deadline.expected_by)),
        file=f"{deadline.id}.{words.lang}.ics" if is_ahead(deadline) else "",
    )


def _groups(found: Iterable[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """Ahead, past (newest first) and superseded."""
    found = list(found)
    ahead = [each for each in found if is_ahead(each)]
    past = [each for each in found if each.certainty == "past"]
    superseded = [each for each in found if each.certainty == "superseded"]
    return [("ahead", ahead), ("past", past[::-1]), ("superseded", superseded)]


def deadlines_page(answer: Answers, words: Wording) -> bytes:
    """Every deadline, those without a day, and the rules withheld. Raises `NotReconciled` if one is lost."""
    groups = [(name, [_row(each, answer.record, words) for each in group]) for name, group in _groups(answer.deadlines)]
    rules = catalogue()
    rule_groups = [
        ("undated", [rule for rule in rules.rules if rule.counted_from == "undated"]),
        ("cases", [rule for rule in rules.rules if rule.counted_from == "case"]),
    ]
    page = rendered(
        "deadlines.html",
        answer,
        words,
        "deadlines.html",
        groups=groups,
        rule_groups=rule_groups,
        withheld=rules.withheld,
    )
    reconcile(f"{words.lang}/deadlines.html", in_page(page), selected(answer.deadlines))
    return page.encode("utf-8")
