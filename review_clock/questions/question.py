"""A question and its one answer: everything a person sees is a rendering of what stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from review_clock.law.law import Law
from review_clock.questions.premises import Premises
from review_clock.questions.status import Status, status
from review_clock.record.held import held_on
from review_clock.record.ledger import Record
from review_clock.timeline.lawful_record import lawful

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.deadlines.deadline import Deadline
    from review_clock.questions.answer import Answer
    from review_clock.questions.differences import Difference
    from review_clock.questions.history import History
    from review_clock.questions.legal_changes import LegalChange
    from review_clock.questions.open_points import OpenPoint
    from review_clock.questions.proceedings import Proceedings
    from review_clock.scenarios.library import Plan
    from review_clock.timeline.chronology import TimelineEntry
    from review_clock.timeline.course import Course


class Question(Premises):
    """Everything an answer depends on, and its parts: each is worked out once and kept.

    Frozen; two of the same law, record, day, readings and assumptions are equal. `ask` makes one; `under` and `assume`
    make others of it. Each part may raise `NotAssumable` where the law refuses what is assumed, `NotProvidedFor` where
    under these readings it refuses the record, `BeyondTheCalendar` for a day after 2100.
    """

    @cached_property
    def status(self) -> Status:
        """The position on the day: in force or not, under which paragraph, what comes next, where each Party stands.

        Authority: Art. 34.6, Art. 34.7.
        """
        return status(self)

    @property
    def answer(self) -> Answer:
        """The facts that a first sentence may use: who is bound, until when, why, and what could change it.

        Authority: Art. 34.6, Art. 34.7.
        """
        return self.status.answer

    def under_plan(self, plan: Plan | None) -> Question:
        """The same question under another scenario; None for the record alone, whose answer is then shared."""
        made = super().under_plan(plan)
        if plan is not None and self.plan is None and made.readings == self.readings:
            made.__dict__["recorded"] = self
        return made

    @cached_property
    def recorded(self) -> Question:
        """The same question with nothing assumed."""
        return self if self.plan is None else self.under_plan(None)

    @cached_property
    def as_assumed(self) -> Question:
        """The same question when all that is assumed has been done."""
        return self if self.assumed_to == self.as_of else on_another_day(self, self.assumed_to)

    @cached_property
    def all_deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline as it stands at the end of the day, by date and id; those that an act removed stay."""
        from review_clock.questions.all_deadlines import all_deadlines

        return all_deadlines(self)

    def deadlines(
        self, *, within: int | None = None, start: date | None = None, end: date | None = None, **choice: Any
    ) -> tuple[Deadline, ...]:
        """The deadlines of a selection, by date: `within` so many days of the day, or from `start` to `end`.

        `choice` is of jurisdiction, kind, certainty, rule, actor and who_kind, each a word or several; each word of
        `search` must stand in title, id, who or citation. Raises `TypeError` for another name.
        """
        from review_clock.questions.selection import selection

        chosen = selection(self.as_of, within=within, start=start, end=end, **choice)
        return tuple(each for each in self.all_deadlines if chosen.takes(each))

    def explain(self, identity: str) -> Deadline:
        """One deadline: by its id, or the next (else the last) of a rule, either with @ and a year.

        Only this one is worked out. Raises `NoSuchDeadline`, an `Error` that names those near it.
        """
        from review_clock.questions.all_deadlines import one_deadline

        return one_deadline(identity, self)

    @cached_property
    def changes(self) -> tuple[Difference, ...]:
        """What is assumed changes: the deadlines that appear, move and vanish against the record alone, each with its
        cause; empty where nothing is assumed."""
        from review_clock.questions.differences import differences

        return differences(self.recorded.all_deadlines, self.all_deadlines, self.scenario)

    @cached_property
    def history(self) -> History:
        """The record as it was known on the day: what happened, oldest first, and the dates announced."""
        from review_clock.questions.history import history

        return history(self)

    @cached_property
    def legal_changes(self) -> tuple[LegalChange, ...]:
        """What moved the position up to the day, oldest first, and how each time it would have gone on untouched.

        Authority: Art. 34.6, Art. 34.7.
        """
        from review_clock.questions.legal_changes import legal_changes

        return legal_changes(self)

    @cached_property
    def proceedings(self) -> Proceedings:
        """Where each proceeding stands on the day: its steps announced, moved, held or closed, and, where nothing is
        announced, the weeks that the rhythm of the last one would give."""
        from review_clock.questions.proceedings import proceedings

        return proceedings(self)

    @cached_property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """The points that the texts leave open, with the dates that each reading moves."""
        from review_clock.questions.open_points import open_points

        return open_points(self, self.all_deadlines)

    @cached_property
    def course(self) -> Course:
        """What becomes of the Agreement from its beginning to its end, if nobody acts beyond what is assumed.

        Authority: Art. 34.6, Art. 34.7.
        """
        from review_clock.timeline.course import course

        return course(self.line, self.as_of)

    @cached_property
    def timeline(self) -> tuple[TimelineEntry, ...]:
        """The events of the whole course in order, those that the record alone does not lead to marked."""
        from review_clock.timeline.chronology import chronology
        from review_clock.timeline.unfold import timeline

        return chronology(self.line, timeline(self.record.acts, self.readings))


def ask(
    as_of: date,
    *,
    law: Law | None = None,
    record: Record | None = None,
    readings: Mapping[str, str] | None = None,
    known_on: date | None = None,
) -> Question:
    """The question what holds at the end of `as_of`, under the law and record that ship or those given.

    Without `known_on` the record is taken as it stands, and of it what had become public by the end of `as_of`; with
    it, what the record held at the end of that day: a later one than `as_of` adds hindsight, an earlier one gives what
    was then foreseen. `readings` are by key, `{"term_ends": "end_of_day"}`, the others at their defaults. Raises
    `UnknownReading`, an `Error` that names what is accepted, and `BadData` for a record that the law does not allow,
    with the paragraph.
    """
    law = (law or Law.shipped()).as_known_on(known_on or as_of)
    chosen = law.chosen(f"{key}={value}" for key, value in (readings or {}).items())
    held = record or Record.shipped()
    if known_on is not None:
        held = held_on(held, known_on)
    return Question(law=law, record=lawful(held, law, chosen), as_of=as_of, readings=chosen, known_on=known_on)


def on_another_day(question: Question, day: date) -> Question:
    """The same question asked of another day."""
    return replace(question, as_of=day)
