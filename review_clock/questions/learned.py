"""What was learned between two days of knowledge: the position before and after, and each date that appeared, moved,
fell away or became more or less sure, with what made it so. Corrections of ours are told as corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.changes import Change
from review_clock.deadlines.deadline import Deadline
from review_clock.files import Texts
from review_clock.law.revised import Revised
from review_clock.questions.answer import Answer
from review_clock.questions.question import Question

KINDS: Final = ("appeared", "moved", "fell_away", "surer", "less_sure", "became_past", "sources")
"""What may have happened to a date; the first that fits is said."""
_SURE: Final = ("contingent", "scheduled", "announced", "fixed")
_DAY: Final = ("inferred", "set", "by_law")
_POSITION: Final = (
    *("in_force", "phase", "between", "left", "notices", "rescinded", "ends", "extended"),
    *("next_review", "last_review", "unrecorded", "confirmed"),
)
"""The fields of an answer that are the position, and not its own day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedDate:
    """What became of one date: `what` is one of `KINDS`; `before` and `after` are its days, `was` and `became` its
    certainties. `changes` and `corrections` are what was not known before: acts and announcements, and what was put
    right in the texts behind it."""

    what: str
    id: str
    title: Texts
    kind: str
    before: date | None
    after: date | None
    day_is: str
    was: str
    became: str
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


def _what(old: Deadline | None, new: Deadline | None) -> str:
    """What became of a date; empty where nothing did that is told."""
    if old is None or new is None:
        return "" if old is new else "appeared" if old is None else "fell_away"
    if old.date != new.date:
        return "moved"
    if new.certainty == "past" or old.certainty == "past":
        return "became_past" if (old.certainty, old.outcome) != (new.certainty, new.outcome) else ""
    if _sureness(old) != _sureness(new):
        return "surer" if _sureness(new) > _sureness(old) else "less_sure"
    known = (old.evidence, old.expected_by), (new.evidence, new.expected_by)
    return "sources" if known[0] != known[1] else ""


def _date(old: Deadline | None, ever: Deadline | None) -> LearnedDate | None:
    """What became of a date that stood as `old`; `ever` is the same afterwards, if only as one that an act removed: by
    which, it still tells."""
    new = ever if ever is not None and ever.certainty != "superseded" else None
    what, shown = _what(old, new), new or old
    if not what or shown is None:
        return None
    before, corrected = (old.changes, old.revised) if old else ((), ())
    changes, revised = (ever.changes, ever.revised) if ever else ((), ())
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
        changes=tuple(each for each in changes if each not in before),
        corrections=tuple(each for each in revised if each not in corrected),
    )


def diff(first: Question, second: Question) -> Learned:
    """What `second` knows that `first` did not: two questions as known on two days (`known_on`), of one day or of two.

    A date of a case or a rule that only one of them has appears or falls away. Raises what the answers raise.
    """
    old = {each.id: each for each in first.all_deadlines if each.certainty != "superseded"}
    ever = {each.id: each for each in second.all_deadlines}
    found = (_date(old.get(each), ever.get(each)) for each in {**old, **ever})
    dates = sorted((each for each in found if each is not None), key=lambda d: (d.after or d.before or date.max, d.id))
    had, has = first.known.rows(), second.known.rows()
    return Learned(
        before=first.answer,
        after=second.answer,
        dates=tuple(dates),
        added=tuple(each for each in has if each not in had),
        taken_back=tuple(each for each in had if each not in has),
    )
