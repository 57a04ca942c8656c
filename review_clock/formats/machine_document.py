"""The machine of Chapter 34 as one JSON document: the rows of the table, its constants, and what the rows name.

A cell (phase, event) is decided by its first refusal whose condition holds, else by its first transition whose
condition holds. Before that, an act that cannot have been done on the same day as another that was is refused by the
row of `contradictions` that names its kind. Conditions and effects stand there by name, each with its label; what they
do is told by law/conditions.py, law/effects.py and, for the page, by templates/explorer/conditions_and_effects.js. The
rules whose days an act under the chapter moves stand there too, with what they are counted from and how. `VERSION` goes
up when a key of the document is removed or comes to mean something else; new keys leave it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from review_clock.deadlines.anchors import MOVED_BY_ACTS, SIX_YEAR_RHYTHM
from review_clock.deadlines.resolve import OUTLIVES
from review_clock.law.acts_and_lapses import EVENTS, ORDER_ON_ONE_DAY, Party, name_of
from review_clock.law.chapter_34 import CONTRADICTIONS, REFUSALS, TRANSITIONS, Refusal, Transition
from review_clock.law.effects import NOTICE_MONTHS, REVIEW_YEARS, TERM_YEARS
from review_clock.law.law import Law
from review_clock.law.position import ENDED, IN_FORCE, Phase
from review_clock.law.rules import Rule
from review_clock.timeline.unfold import LAST_DAY

VERSION: Final = 2
COUNTED_IN: Final = ("years", "months", "days")


def _transition_row(row: Transition) -> dict[str, Any]:
    return {
        "provision": row.provision,
        "phases": list(row.phases),
        "on": name_of(row.on),
        "provided": row.provided.__name__,
        "effect": row.effect.__name__,
        "to": row.to,
        "governs": row.governs,
    }


def _refusal_row(row: Refusal) -> dict[str, Any]:
    return {
        "key": row.key,
        "provision": row.provision,
        "phases": list(row.phases),
        "on": [name_of(kind) for kind in row.on],
        "when": row.when.__name__,
        "why": row.why,
    }


def _rule_row(rule: Rule) -> dict[str, Any]:
    uncounted = any(set(step) - set(COUNTED_IN) for version in (rule, *rule.later) for step in version.offset)
    if rule.every is not None or uncounted:
        raise ValueError(f"the rule {rule.id} is counted in a way that has no form in machine.json")
    return {
        "id": rule.id,
        "jurisdiction": rule.jurisdiction,
        "counted_from": rule.counted_from,
        "reviews": list(rule.reviews),
        "offset": [dict(step) for step in rule.offset],
        "bound": rule.bound,
        "lapses_under": [f"{key}={value}" for key, value in rule.lapses_under],
        **({"earlier_under": [f"{key}={value}" for key, value in rule.earlier_under]} if rule.earlier_under else {}),
        **({"parties": list(rule.parties)} if rule.parties else {}),
        **({"only": rule.only} if rule.only else {}),
        "outlives": rule.counted_from in OUTLIVES,
        **({"until": rule.in_force.until.isoformat()} if rule.in_force.until else {}),
        **({"versions": [_version_row(version) for version in rule.later]} if rule.later else {}),
    }


def _version_row(version: Rule) -> dict[str, Any]:
    """A later version of a rule, as far as its count goes: which governs a date, `deadlines.governing` says."""
    when = version.in_force
    assert when.start is not None
    return {
        "from": when.start.isoformat(),
        **({"until": when.until.isoformat()} if when.until else {}),
        "offset": [dict(step) for step in version.offset],
        "bound": version.bound,
    }


def moved_rules(law: Law) -> tuple[Rule, ...]:
    """The rules whose days an act under Chapter 34 moves."""
    return tuple(rule for rule in law.rules if rule.counted_from in MOVED_BY_ACTS)


def _labels(named: Iterable[Callable[..., Any]]) -> dict[str, str]:
    """Functions that rows name, each with its label; none under `python -OO`, which drops them."""
    return {function.__name__: function.__doc__ or "" for function in named}


def machine(law: Law) -> dict[str, Any]:
    """The document. Raises `ValueError` where a rule is counted in a way that has no form in it."""
    return {
        "version": VERSION,
        "phases": list(Phase),
        "in_force": list(IN_FORCE),
        "ended": list(ENDED),
        "parties": list(Party),
        "events": [name_of(kind) for kind in EVENTS],
        "order_on_one_day": [name_of(kind) for kind in ORDER_ON_ONE_DAY],
        "term_years": TERM_YEARS,
        "review_years": REVIEW_YEARS,
        "notice_months": NOTICE_MONTHS,
        "last_day": LAST_DAY.isoformat(),
        "readings": {point.key: list(point.values) for point in law.readings},
        "refusals": [_refusal_row(row) for row in REFUSALS],
        "contradictions": [_refusal_row(row) for row in CONTRADICTIONS],
        "transitions": [_transition_row(row) for row in TRANSITIONS],
        "conditions": _labels([*(row.when for row in REFUSALS), *(row.provided for row in TRANSITIONS)]),
        "effects": _labels(row.effect for row in TRANSITIONS),
        "six_year_rhythm": SIX_YEAR_RHYTHM,
        "rules": [_rule_row(rule) for rule in moved_rules(law)],
    }
