"""What was learned between two days of knowledge: the position before and after, and each date that appeared, moved,
fell away or became more or less sure, with what made it so. Corrections of ours are told as corrections."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.changes import Change
from review_clock.deadlines.deadline import Deadline
from review_clock.files import MaybeText, Texts
from review_clock.law.revised import Revised
from review_clock.questions.answer import Answer
from review_clock.questions.question import Question

KINDS: Final = ("appeared", "moved", "fell_away", "surer", "less_sure", "became_past", "sources", "corrected")
"""What may have happened to a date; the first that fits is said."""
_SURE: Final = ("contingent", "scheduled", "announced", "fixed")
_DAY: Final = ("inferred", "set", "by_law")
_POSITION: Final = (
    *("in_force", "phase", "between", "left", "notices", "rescinded", "ends", "extended"),
    *("next_review", "last_review", "unrecorded", "years_without_review", "confirmed"),
)
"""The fields of an answer that are the position, and not its own day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedDate:
    """What became of one date: `what` is one of `KINDS`; `before` and `after` are its days, `was` and `became` its
    certainties, `outcome_was` and `outcome` what was known to have come of it.

    `entries` are the ids of the record's entries that made the difference; `changes` and `corrections` are what was not
    known before: acts and announcements, and what was put right in the texts behind it. The answer has a `corrected`
    text as it reads now on both days: how it read before is not kept.
    """

    what: str
    id: str
    title: Texts
    kind: str
    before: date | None
    after: date | None
    day_is: str
    was: MaybeText
    became: MaybeText
    outcome_was: MaybeText
    outcome: MaybeText
    entries: tuple[str, ...]
    changes: tuple[Change, ...]
    corrections: tuple[Revised, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned from `before` to `after`, two answers as known on two days: the dates that differ, by day, and
    the entries of the record, by id, that were added and that were taken back."""

    before: Answer
    after: Answer
    dates: tuple[LearnedDate, ...]
    added: tuple[str, ...]
    taken_back: tuple[str, ...]

    @property
    def same_position(self) -> bool:
        """Whether the two answers say the same of the Agreement, but for their own days."""
        return all(getattr(self.before, name) == getattr(self.after, name) for name in _POSITION)


def _sureness(deadline: Deadline) -> tuple[int, int]:
    return _SURE.index(deadline.certainty), _DAY.index(deadline.day_is)


def _told(deadline: Deadline | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (deadline.evidence, deadline.expected_by) if deadline is not None else ((), ())


def _what(old: Deadline | None, new: Deadline | None, corrected: bool) -> str:
    """What became of a date; empty where nothing did that is told."""
    if old is None or new is None:
        return "appeared" if old is None else "fell_away"
    if old.date != new.date:
        return "moved"
    past = "past" in (old.certainty, new.certainty)
    if past and (old.certainty, old.outcome) != (new.certainty, new.outcome):
        return "became_past"
    if not past and _sureness(new) > _sureness(old):
        return "surer"
    if not past and _sureness(new) < _sureness(old):
        return "less_sure"
    return "sources" if _told(old) != _told(new) else "corrected" if corrected else ""


def _standing(deadline: Deadline | None) -> Deadline | None:
    return deadline if deadline is not None and deadline.certainty != "superseded" else None


def _speaking(deadline: Deadline | None) -> set[str]:
    """The ids under which entries of the record speak of a date, or begin its count."""
    if deadline is None:
        return set()
    starts = (step.ref for step in deadline.derivation.steps if step.kind == "start")
    acts = (change.entry for change in deadline.changes)
    return {*starts, *acts, *deadline.evidence, *deadline.expected_by}


def _cause(change: Change) -> tuple[str, date, str]:
    """What made a change: later knowledge may tell it otherwise, but it is none that was not known before."""
    return change.by, change.on, change.entry


@dataclass(frozen=True, slots=True)
class _Between:
    """Between which days something was learned (after the first, to the second), the ids of all entries, and the
    corrections of readings, by key."""

    since: date
    to: date
    entries: Container[str]
    readings: Mapping[str, tuple[Revised, ...]]

    def corrections(self, of: Deadline | None) -> tuple[Revised, ...]:
        """Those made between the two days to the texts behind a date, and to the readings that would move it."""
        if of is None:
            return ()
        moving = (*(each.reading for each in of.other_readings), *of.open_under)
        keys = dict.fromkeys(each.partition("=")[0] for each in moving)
        every = (*of.revised, *(each for key in keys for each in self.readings.get(key, ())))
        return tuple(each for each in every if self.since < each.on <= self.to)


def _date(was: Deadline | None, ever: Deadline | None, between: _Between) -> LearnedDate | None:
    """What became of a date, of which `was` and `ever` are all that is known, if only that an act removed it: by which,
    it still tells."""
    old, new = _standing(was), _standing(ever)
    corrections = between.corrections(ever)
    shown = new or old
    what = _what(old, new, bool(corrections))
    if shown is None or not what:
        return None
    before = {_cause(each) for each in (was.changes if was else ())}
    changes = tuple(each for each in (ever.changes if ever else ()) if _cause(each) not in before)
    speaking = _speaking(was) ^ _speaking(ever) | {each.entry for each in changes}
    return LearnedDate(
        what=what,
        id=shown.id,
        title=shown.title,
        kind=shown.kind,
        before=old.date if old else None,
        after=new.date if new else None,
        day_is=shown.day_is,
        was=old.certainty if old else "",
        became=new.certainty if new else "",
        outcome_was=old.outcome if old else "",
        outcome=new.outcome if new else "",
        entries=tuple(sorted(each for each in speaking if each in between.entries)),
        changes=changes,
        corrections=corrections,
    )


def learned_dates(first: Question, second: Question) -> tuple[LearnedDate, ...]:
    """The dates that differ between two questions as known on two days, by day."""
    between = _Between(
        since=first.known_on or first.as_of,
        to=second.known_on or second.as_of,
        entries={*first.record.ids, *second.record.ids},
        readings={each.key: each.revised for each in second.law.readings},
    )
    had, ever = ({each.id: each for each in side.all_deadlines} for side in (first, second))
    found = (_date(had.get(each), ever.get(each), between) for each in {**had, **ever})
    known = (each for each in found if each is not None)
    return tuple(sorted(known, key=lambda each: (each.after or each.before or date.max, each.id)))


def came_and_went(first: Question, second: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the record's entries that the second knows and the first does not, and the other way round."""
    had, has = first.known.rows(), second.known.rows()
    return tuple(each for each in has if each not in had), tuple(each for each in had if each not in has)


def diff(first: Question, second: Question) -> Learned:
    """What `second` knows that `first` did not: two questions as known on two days (`known_on`), of one day or of two.

    A date of a case or a rule that only one of them has appears or falls away. Raises what the answers raise.
    """
    added, taken_back = came_and_went(first, second)
    return Learned(
        before=first.answer,
        after=second.answer,
        dates=learned_dates(first, second),
        added=added,
        taken_back=taken_back,
    )
