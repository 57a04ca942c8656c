"""The moments of a timeline as plain values: what happened, who did it or says so, and where that leaves the law."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from review_clock.files import MaybeText
from review_clock.law.acts_and_lapses import (
    Assumed,
    Event,
    Note,
    Party,
    Recorded,
    ReviewConcluded,
    ReviewFallsDue,
    ReviewHeld,
    name_of,
)
from review_clock.timeline.unfold import Moment, Timeline

_OF_A_REVIEW: Final = (ReviewFallsDue, ReviewHeld, ReviewConcluded)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """An event and the state of the law after it.

    `origin` is `recorded` (then `entry` is the record's), `assumed` (then `said` is the line), `silence` (a review
    taken as held and concluded) or `time` (the law's own days). `review_kind` is that of the joint review it is about
    (`six_year`, `annual`), else empty. `new` says that the record alone does not lead there.
    """

    date: datetime.date
    event: str
    party: Party | None
    origin: str
    entry: MaybeText
    said: MaybeText
    phase: str
    provision: str
    parties: tuple[Party, ...]
    term_end: datetime.date | None
    next_review: datetime.date | None
    review_kind: MaybeText
    new: bool


def origin_of(event: Event) -> tuple[str, str, str]:
    """The origin of an event, the record's entry behind it, and the assumption's words."""
    source = getattr(event, "source", None)
    if isinstance(source, Recorded):
        return "recorded", source.entry, ""
    if isinstance(source, Assumed):
        return ("silence" if source.silence else "assumed"), "", source.said
    return "time", "", ""


def _mark(moment: Moment) -> tuple[object, ...]:
    """What makes two moments of two timelines the same."""
    event, after = moment.event, moment.position
    end = after.term_end.day if after.term_end else None
    return event.on, type(event), getattr(event, "party", None), after.phase, after.provision, after.parties, end


def _report(moment: Moment, new: bool) -> TimelineEntry:
    event, after = moment.event, moment.position
    origin, entry, said = origin_of(event)
    return TimelineEntry(
        date=event.on,
        event=name_of(type(event)),
        party=getattr(event, "party", None),
        origin=origin,
        entry=entry,
        said=said,
        phase=str(after.phase),
        provision=after.provision,
        parties=tuple(sorted(after.parties)) if after.in_force else (),
        term_end=after.term_end.day if after.term_end else None,
        next_review=after.next_review.falls_due if after.next_review else None,
        review_kind=after.review.kind if isinstance(event, _OF_A_REVIEW) and after.review else "",
        new=new,
    )


def chronology(line: Timeline, recorded: Timeline) -> tuple[TimelineEntry, ...]:
    """The moments of `line` in order, those that `recorded` does not have marked; without mere notes."""
    known = {_mark(moment) for moment in recorded.moments}
    found = [moment for moment in line.moments if not isinstance(moment.event, Note)]
    return tuple(_report(moment, _mark(moment) not in known) for moment in found)
