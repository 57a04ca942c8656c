"""The moments of a scenario as its page tells them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from review_clock.questions.question import Question
from review_clock.timeline.chronology import TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMoment:
    """A moment as a page tells it: `silent` where the review was taken as held and concluded and that changed nothing,
    `same` where the law stands as it did after the moment before."""

    entry: TimelineEntry
    silent: bool
    same: bool


def key_moments(found: Question) -> tuple[KeyMoment, ...]:
    """The moments from the day of the question on, or from that on which the scenario leaves the record.

    That a silent review was held and concluded is told at its day, unless it changes the phase.
    """
    departs_on = found.scenario.departs_on if found.scenario else None
    start = min(found.as_of, departs_on or found.as_of)
    shown: list[KeyMoment] = []
    phase, state = "", None
    for moment in found.timeline:
        after = (moment.phase, moment.provision, moment.parties, moment.term_end)
        if moment.origin == "silence" and moment.phase == phase:
            if shown and shown[-1].entry.date == moment.date and shown[-1].entry.event == "review_falls_due":
                shown[-1] = replace(shown[-1], silent=True)
        elif moment.date >= start:
            shown.append(KeyMoment(entry=moment, silent=False, same=bool(shown) and after == state))
        phase, state = moment.phase, after
    return tuple(shown)
