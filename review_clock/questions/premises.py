"""What an answer rests on: the law, the record, the day, the readings, and what is assumed, as the lines were given.

Another reading or another assumption makes other premises *from the lines as they were given*: what is taken in silence
is then worked out anew, and nothing that these premises made of them is carried over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self

from review_clock.law.acts_and_lapses import Act, Assumed, in_order
from review_clock.law.law import Law
from review_clock.law.position import Position
from review_clock.law.readings import Readings
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import Scenario
from review_clock.scenarios.library import Plan, plan_of_lines
from review_clock.timeline.unfold import Timeline, timeline, without_running_notices


@dataclass(frozen=True, kw_only=True)  # no slots: each part is worked out once and kept
class Premises:
    """Law, record, day, readings, and the plan of a scenario (None where nothing is assumed).

    Where `known_on` is given, `record` is what it held at the end of that day, as `held_on` gives it. The law is as
    amendments were known on that day, else on the day of the question.
    """

    law: Law
    record: Record
    as_of: date
    readings: Readings
    plan: Plan | None = None
    known_on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "law", self.law.as_known_on(self.known_on or self.as_of))

    def __repr__(self) -> str:
        """Short: the law and the record are whole, too long to be read."""
        chosen = tuple(f"{key}={value}" for key, value in self.law.not_default(self.readings).items())
        said = {"readings": chosen, "assumed": self.plan.lines if self.plan else ()}
        known = (f"known_on={self.known_on}",) if self.known_on else ()
        parts = (f"as_of={self.as_of}", *known, *(f"{name}={value}" for name, value in said.items() if value))
        return f"{type(self).__name__}({', '.join(parts)})"

    def under(self, **readings: str) -> Self:
        """The same question with these readings in place, `term_ends="end_of_day"`; silence is worked out anew.

        Raises `UnknownReading`, an `Error` that names what is accepted.
        """
        chosen = {**self.law.not_default(self.readings), **readings}
        return replace(self, readings=self.law.chosen(f"{key}={value}" for key, value in chosen.items()))

    def assume(self, *lines: str, counterfactual: bool = False) -> Self:
        """The same question with more assumed: lines of the grammar, `2029-03-15 us confirms`.

        They are judged when an answer is asked for, which raises `NotUnderstood`, or `NotAssumable` with the paragraph
        that refuses one. `counterfactual` lets them fall on days that the record speaks of.
        """
        before = self.plan
        given = (*(before.lines if before else ()), *lines)
        return replace(
            self, plan=plan_of_lines(given, counterfactual or (before is not None and before.counterfactual))
        )

    def under_plan(self, plan: Plan | None) -> Self:
        """The same question under another scenario; None for the record alone.

        It is read as the scenario's file says, but for the readings that this question was given. Raises
        `UnknownReading`.
        """
        made = replace(self, plan=plan)
        if plan is None or not plan.readings:
            return made
        return made.under(**(dict(plan.readings) | self.law.not_default(self.readings)))

    @cached_property
    def scenario(self) -> Scenario | None:
        """What is assumed, laid over the record. Raises `NotUnderstood`, `NotAssumable`, `NotProvidedFor`."""
        return None if self.plan is None else self.plan.over(self.record, self.readings)

    @cached_property
    def base(self) -> Record:
        """The record beneath the assumptions: a counterfactual scenario's is cut off where it leaves it."""
        return self.record if self.scenario is None else self.scenario.record

    @cached_property
    def known(self) -> Record:
        """What the record beneath knew of the day: what had become public by its end, or, where the day of knowledge is
        asked for, all that the record held then of what happened by the end of the day."""
        return self.base.as_known_on(self.as_of) if self.known_on is None else self.base.happened_by(self.as_of)

    @property
    def verified_on(self) -> date | None:
        """The day to which the record beneath was verified; None where nobody had yet."""
        return self.base.verified_to

    @property
    def beyond_record(self) -> bool:
        """Whether the day lies after that of the last verification."""
        return self.as_of > self.base.verified_on

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts of the whole course: those known, or the whole record with what is assumed laid over it."""
        if self.scenario is None:
            return self.known.acts
        return tuple(sorted((*self.base.acts, *self.scenario.acts), key=in_order))

    @cached_property
    def line(self) -> Timeline:
        """The whole course, projected with no further act. Raises `NotProvidedFor`."""
        return timeline(self.acts, self.readings)

    @cached_property
    def present(self) -> Timeline:
        """The course to the end of the day, what is assumed for later days left open."""
        if self.scenario is None:
            return self.line
        assumed = (act for act in self.scenario.acts if act.on <= self.as_of)
        return timeline((*self.known.acts, *assumed), self.readings)

    @cached_property
    def spare(self) -> Timeline | None:
        """The whole course as if the notices that run on the day were taken back; None where none runs."""
        return without_running_notices(self.line, self.acts, self.as_of)

    @property
    def assumed_to(self) -> date:
        """The day of the last act that a line assumes, the day of the question where that is later."""
        acts = self.scenario.acts if self.scenario else ()
        return max(
            [self.as_of, *(act.on for act in acts if isinstance(act.source, Assumed) and not act.source.silence)]
        )

    @property
    def position(self) -> Position:
        """The Position at the end of the day. Raises `OutsideTheCalendar`."""
        return self.present.position_on(self.as_of)
