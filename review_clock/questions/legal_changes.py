"""The changes in the law's position to a day, and for each how it would have gone on if nobody had acted after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.law.acts_and_lapses import ACTS, Note
from review_clock.law.position import Review
from review_clock.questions.over_readings import course
from review_clock.questions.premises import Premises
from review_clock.timeline.chronology import TimelineEntry, chronology
from review_clock.timeline.unfold import Timeline, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalChange:
    """A moment with what would follow if nobody acted after it: where the Agreement would end by the withdrawals known
    then, that day, and the joint review that would meet next. Neither once it is over. Art. 34.6, Art. 34.7."""

    moment: TimelineEntry
    ends_by_withdrawals: date | None
    review: Review | None


def _change(moment: TimelineEntry, line: Timeline) -> LegalChange:
    """A moment seen in the course to its end with the acts to that moment alone."""
    if not moment.parties or moment.term_end is None:
        return LegalChange(moment=moment, ends_by_withdrawals=None, review=None)
    end = course(line, moment.date).end
    by_withdrawals = end[0] if end is not None and end[1] == "withdrawals" else None
    return LegalChange(moment=moment, ends_by_withdrawals=by_withdrawals, review=line.review_ahead(moment.date))


def legal_changes(premises: Premises) -> tuple[LegalChange, ...]:
    """Each change to the day of the premises, oldest first."""
    line, found = premises.present, []
    events = [each.event for each in line.moments if not isinstance(each.event, Note)]
    for place, moment in enumerate(chronology(line, line), 1):
        if moment.date > premises.as_of:
            break
        acts = (each for each in events[:place] if isinstance(each, ACTS))
        found.append(_change(moment, timeline(acts, line.readings)))
    return tuple(found)
