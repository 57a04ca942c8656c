"""How sure a date is, as a mark and a word: the same wherever dates are listed."""

from __future__ import annotations

from dataclasses import dataclass

from review_clock.deadlines.deadline import Deadline
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """`mark`: `fixed`, `announced`, `inferred`, `unless`, `if` or `past`; `word` says it."""

    mark: str
    word: str


def sureness(deadline: Deadline, words: Wording) -> Sureness:
    """How sure a deadline's date is: a condition before all else, then who said it, then how its day is known.

    That a day is inferred is said beside a condition too: neither says the other.
    """
    if not deadline.is_ahead:
        said = words.standing(deadline.certainty, deadline.outcome, deadline.days_late)
        return Sureness(mark="past", word=said)
    if deadline.certainty == "contingent":
        first, _, _more = words.condition(deadline.condition).partition(";")  # the whole stands at the date itself
        inferred = f"; {words('sure.inferred')}" if deadline.day_is == "inferred" or deadline.without_day else ""
        return Sureness(mark="if", word=(f"{first[:1].lower()}{first[1:]}" or words("sure.if")) + inferred)
    if deadline.case is not None and deadline.certainty in ("fixed", "announced"):
        word = words("sure.case", day=words.day(deadline.case.trigger))
        return Sureness(mark=deadline.certainty, word=word)
    if deadline.certainty == "announced":
        return Sureness(mark="announced", word=words("sure.announced", how=words.confidence(deadline)))
    if deadline.day_is == "inferred" or deadline.without_day:
        return Sureness(mark="inferred", word=words("sure.inferred"))
    if deadline.certainty == "scheduled" and deadline.days_left:  # on its own day nothing changes first any more
        return Sureness(mark="unless", word=words("sure.unless"))
    return Sureness(mark="fixed", word=words("sure.fixed" if deadline.day_is == "by_law" else "day_is.set"))
