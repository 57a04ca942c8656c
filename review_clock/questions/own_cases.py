"""The user's own cases, each with its date as it stands, and with the retraction of those that were taken back."""

from __future__ import annotations

from dataclasses import dataclass

from review_clock.deadlines.deadline import Deadline
from review_clock.questions.question import Question
from review_clock.record.entries import Retraction
from review_clock.record.own_case import OwnCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Docketed:
    """A case, its date (None where a reading takes its ground away), and why it was taken back, where it was."""

    case: OwnCase
    deadline: Deadline | None
    retracted: Retraction | None

    @property
    def days_left(self) -> int | None:
        """The days left to its date; None where it has none, or was taken back."""
        return self.deadline.days_left if self.deadline and self.retracted is None else None


def own_cases(question: Question) -> tuple[Docketed, ...]:
    """The cases known on the day, by date; those taken back too."""
    known = question.known
    dates = {each.case.id: each for each in question.all_deadlines if each.case and each.kind != "internal"}
    back = {each.row.id: each for each in known.retractions if isinstance(each.row, OwnCase)}
    found = [Docketed(case=each, deadline=dates.get(each.id), retracted=back.get(each.id)) for each in known.all_cases]
    return tuple(
        sorted(found, key=lambda each: (each.deadline.date if each.deadline else each.case.trigger, each.case.id))
    )
