"""The named scenarios laid over the record, each computed once however many pages and documents show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from review_clock.deadlines.deadline import Deadline, deadlines
from review_clock.law.readings import Readings
from review_clock.questions.differences import Difference, differences
from review_clock.questions.extension_by_year import ExtensionIn, extensions_by_year
from review_clock.questions.status import Status, status_under
from review_clock.scenarios.assume import NotAssumable, Scenario, line_under
from review_clock.scenarios.library import Plan, library
from review_clock.site.material import Answers
from review_clock.timeline.chronology import TimelineEntry, moments
from review_clock.timeline.course import Course, course
from review_clock.timeline.unfold import timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioMaterial:
    """A named scenario as its page and its document show it."""

    plan: Plan
    scenario: Scenario
    status: Status
    course: Course
    moments: tuple[TimelineEntry, ...]
    deadlines: tuple[Deadline, ...]
    differences: tuple[Difference, ...]
    readings: Readings


def _scenario_material(plan: Plan, answer: Answers) -> ScenarioMaterial:
    scenario = plan.over(answer.record, answer.readings)
    line = line_under(scenario, answer.readings)
    recorded = timeline(answer.record.acts, answer.readings)
    assumed = deadlines(scenario.record, answer.as_of, answer.readings, scenario.acts)
    return ScenarioMaterial(
        plan=plan,
        scenario=scenario,
        status=status_under(scenario, answer.as_of, answer.readings),
        course=course(line, answer.as_of),
        moments=moments(line, recorded),
        deadlines=assumed,
        differences=differences(answer.deadlines, assumed, scenario),
        readings=answer.readings,
    )


class Library:
    """The named scenarios that the record allows; each is computed when first asked for, and kept."""

    def __init__(self, answer: Answers) -> None:
        self._answer = answer
        self._found: dict[str, ScenarioMaterial] = {}
        self.plans = tuple(plan for plan in library().values() if self._is_allowed(plan))

    def _is_allowed(self, plan: Plan) -> bool:
        """Whether the scenario can still be laid over the record; `check` says which cannot."""
        try:
            plan.over(self._answer.record, self._answer.readings)
        except NotAssumable:
            return False
        return True

    @cached_property
    def extensions(self) -> tuple[ExtensionIn, ...]:
        """What comes of an extension in each year left of the term."""
        return extensions_by_year(self._answer.record, self._answer.as_of, self._answer.readings)

    def of(self, name: str) -> ScenarioMaterial:
        """The scenario of that name."""
        if name not in self._found:
            plan = next(plan for plan in self.plans if plan.name == name)
            self._found[name] = _scenario_material(plan, self._answer)
        return self._found[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMoment:
    """A moment as a page tells it: `silent` where the review was taken as held and concluded and that changed nothing,
    `same` where the law stands as it did after the moment before."""

    moment: TimelineEntry
    silent: bool
    same: bool


def key_moments(found: ScenarioMaterial) -> tuple[KeyMoment, ...]:
    """The moments from the day of the answer on, or from that on which the scenario leaves the record.

    That a silent review was held and concluded is told at its day, unless it changes the phase.
    """
    start = min(found.status.as_of, found.scenario.departs_on or found.status.as_of)
    shown: list[KeyMoment] = []
    phase, state = "", None
    for moment in found.moments:
        after = (moment.phase, moment.provision, moment.parties, moment.term_end)
        if moment.origin == "silence" and moment.phase == phase:
            if shown and shown[-1].moment.on == moment.on and shown[-1].moment.event == "review_falls_due":
                shown[-1] = replace(shown[-1], silent=True)
        elif moment.on >= start:
            shown.append(KeyMoment(moment=moment, silent=False, same=bool(shown) and after == state))
        phase, state = moment.phase, after
    return tuple(shown)
