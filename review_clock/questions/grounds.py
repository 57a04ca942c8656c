"""What each step of a count rests on: an entry of the record, a paragraph, a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.law.acts_and_lapses import Note, ReviewScheduled
from review_clock.law.counting import Counted, Step
from review_clock.law.position import Review
from review_clock.questions.premises import Premises

_OF_THE_TERM: Final = ("term_end", "last_day_in_force", "last_notice", "exit_us", "withdrawal_effect")
"""The anchors that the Agreement itself counts, from entry into force, an extension or a notice."""
_BY_KIND: Final = {"years_after": "Art. 34.7(1)", "months_after": "Art. 34.6", "last_notice": "Art. 34.6"}
"""The paragraph under which the Agreement counts so, where it counts its own end or a departure; its other steps go on
from the one before, and rest on what that does."""
_SAME_COUNT: Final = ("missing_day_last", "missing_day_next", "day_after")
_READING: Final = {
    "missing_day_last": "missing_day",
    "missing_day_next": "missing_day",
    "clear_day": "at_least_days_before",
    "through_the_day": "term_ends",
    "day_after": "term_ends",
    "last_notice": "missing_day",
}
"""The reading under which a step counts as it does."""
_READING_OF_THE_END: Final = {**_READING, "day_before": "term_ends"}
"""The same where the Agreement's end is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One step of a count with the ids of the record's entries, the citations and the readings that it rests on."""

    step: Step
    entries: tuple[str, ...]
    authority: tuple[str, ...]
    readings: tuple[str, ...]


def _entries(step: Step, premises: Premises) -> tuple[str, ...]:
    """The entries from whose day a count starts: the one that the step names, else those of its day."""
    rows = premises.record.rows()
    if step.ref in rows:
        return (step.ref,)
    acts = (entry for entry in premises.base.entries if not isinstance(entry.act, Note))
    if step.what == "review_scheduled":
        return tuple(e.id for e in acts if isinstance(e.act, ReviewScheduled) and e.act.day == step.day)
    return tuple(e.id for e in acts if e.act.on == step.day)


def _of_review(review: Review, premises: Premises) -> tuple[str, str]:
    """The paragraph under which a review meets, and the reading that gives it its day; empty for none."""
    if review.kind == "annual":
        return "Art. 34.7(4)", "annual_review_day"
    if review.term == 1:
        return "Art. 34.7(2)", ""
    began = {moment.position.term: moment.position.provision for moment in reversed(premises.line.moments)}
    return began.get(review.term, "Art. 34.7(5)"), "next_review_after_extension"


def _ground(step: Step, authority: tuple[str, ...], reading: str | None) -> Ground:
    return Ground(step=step, entries=(), authority=authority, readings=(reading,) if reading else ())


def _of_anchor(steps: Sequence[Step], review: Review | None, premises: Premises) -> list[Ground]:
    """The grounds of those first steps that lead to the day from which a duty is counted."""
    start, *others = steps
    found = [Ground(step=start, entries=_entries(start, premises), authority=(), readings=())]
    if review is not None:
        cite, of_day = _of_review(review, premises)
        return [*found, *(_ground(step, (cite,), _READING.get(step.kind, of_day)) for step in others)]
    for step in others:
        own = (_BY_KIND[step.kind],) if step.kind in _BY_KIND else found[-1].authority
        found.append(_ground(step, own, _READING_OF_THE_END.get(step.kind)))
    return found


def _how_many(steps: Sequence[Step], anchor: str | None, review: Review | None) -> int:
    """How many of the first steps lead to the anchor; the others are the duty's own."""
    if review is not None:
        return len(review.meeting.steps)
    if anchor in ("last_day_in_force", "last_notice"):
        return len(steps)
    own = (place for place, step in enumerate(steps) if place > 1 and step.kind not in _SAME_COUNT)
    return next(own, len(steps)) if anchor in _OF_THE_TERM else 1


def of_count(
    counted: Counted,
    premises: Premises,
    anchor: str | None = None,
    review: Review | None = None,
    cites: Iterable[str] = (),
) -> tuple[Ground, ...]:
    """The grounds of a count: its first steps lead to an anchor of the Agreement's or a review, the others go by
    `cites`."""
    n, own = _how_many(counted.steps, anchor, review), tuple(cites)
    first = _of_anchor(counted.steps[:n], review, premises)
    return (*first, *(_ground(step, own, _READING.get(step.kind)) for step in counted.steps[n:]))


def grounds(deadline: Deadline, premises: Premises) -> tuple[Ground, ...]:
    """What each step of a deadline's derivation rests on."""
    anchors = {rule.id: rule.counted_from for rule in premises.law.rules}
    cites = [each.cite for each in deadline.authority]
    return of_count(deadline.derivation, premises, anchors.get(deadline.rule), deadline.review, cites)
