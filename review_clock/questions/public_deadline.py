"""The next date that concerns somebody outside a government, and the next by which such a one can do something."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from review_clock.files import Texts
from review_clock.questions.premises import Premises

NOT_PUBLIC: Final = ("government", "own")
BY: Final = ("at_least", "no_later_than", "before", "within")
"""The bounds of a day by which one acts; from the others on something begins or ends of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDeadline:
    """A date by its id, what it is, who may act, and how sure it is."""

    id: str
    date: datetime.date
    title: Texts
    who_kind: str
    certainty: str
    confidence: str


def public_deadlines(premises: Premises) -> tuple[PublicDeadline | None, PublicDeadline | None]:
    """The first not before the day that hangs on no condition, is not done and was not removed, and the first of these
    by which one can do something, not the day on which a tariff or a period begins or ends; None where none is."""
    from review_clock.deadlines.deadline import Surroundings, deadline  # the position alone must start fast
    from review_clock.deadlines.resolve import resolve

    law = premises.law
    rules = frozenset(rule.id for rule in law.rules if rule.who_kind not in NOT_PUBLIC)
    found = resolve(premises.present, law, premises.known, rules)
    first: PublicDeadline | None = None
    for each in sorted(found.values(), key=lambda dated: (dated.day, dated.id)):
        if each.day < premises.as_of:
            continue
        seen = deadline(
            each,
            Surroundings(
                law=law,
                record=premises.known,
                readings=premises.readings,
                as_of=premises.as_of,
                others=(),
                span=(each.day, each.day),
                changes=(),
                superseded=False,
            ),
        )
        if seen.who_kind in NOT_PUBLIC or seen.certainty in ("contingent", "past"):
            continue
        told = PublicDeadline(
            id=seen.id,
            date=seen.date,
            title=seen.title,
            who_kind=seen.who_kind,
            certainty=seen.certainty,
            confidence=seen.confidence,
        )
        first = first or told
        if seen.bound in BY:
            return first, told
    return first, None
