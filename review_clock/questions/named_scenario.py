"""A named scenario with all that follows from it: what the site publishes of each of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.files import Texts
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.answer import Answer
from review_clock.questions.differences import Difference
from review_clock.questions.question import Question
from review_clock.questions.status import Status
from review_clock.scenarios.library import Describer
from review_clock.timeline.chronology import TimelineEntry
from review_clock.timeline.course import Course

HAPPENINGS: Final = ("nobody", "extends", "leaves", "no_longer")
"""What happens in a scenario, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class ThreeLanguages(Texts):
    """One text in English, Spanish and French, all of which a document shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedScenario:
    """A named scenario: what it assumes, the position, its course, and what it changes. It is a hypothesis, not the law
    as it stands."""

    name: str
    title: ThreeLanguages
    explanation: ThreeLanguages | None
    counterfactual: bool
    assumed: tuple[str, ...]
    described_by: tuple[Describer, ...]
    assumed_in_silence: tuple[date, ...]
    leaves_record_on: date | None
    set_aside: tuple[str, ...]
    hypothesis: bool = True
    status: Status
    course: Course
    timeline: tuple[TimelineEntry, ...]
    changes: tuple[Difference, ...]


def _in_all(texts: Texts) -> ThreeLanguages:
    return ThreeLanguages(en=texts.en, es=texts.es, fr=texts.fr)


def named_scenario(question: Question) -> NamedScenario:
    """The scenario of a question that has a plan. Raises `NotAssumable`."""
    plan, status = question.plan, question.status
    assert plan is not None
    assert plan.title is not None
    assert question.scenario is not None
    return NamedScenario(
        name=plan.name,
        title=_in_all(plan.title),
        explanation=_in_all(plan.explanation) if plan.explanation else None,
        counterfactual=plan.counterfactual,
        assumed=plan.lines,
        described_by=plan.described_by,
        assumed_in_silence=status.assumed_in_silence,
        leaves_record_on=status.leaves_record_on,
        set_aside=question.scenario.set_aside,
        status=status,
        course=question.course,
        timeline=question.timeline,
        changes=question.changes,
    )


def _leaving(answer: Answer) -> set[Party]:
    return {each.party for each in answer.left} | {each.party for each in answer.notices}


def what_happens(question: Question) -> str:
    """What happens in the scenario of a question, against its record: one of `HAPPENINGS`.

    `no_longer` leaves the record; `leaves`: a Party that is bound today is out, or has given notice (Art. 34.6);
    `extends`: the term is another than today's (Art. 34.7(3), 34.7(4)).
    """
    seen, then = question.recorded.answer, question.as_assumed.answer
    if question.plan is not None and question.plan.counterfactual:
        return "no_longer"
    if _leaving(then) - _leaving(seen):
        return "leaves"
    before, after = (each.extended.on if each.extended else None for each in (seen, then))
    return "extends" if after != before else "nobody"
