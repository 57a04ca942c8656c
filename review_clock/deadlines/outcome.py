"""What became of a deadline: done, late, reported, not done, unrecorded; by how many days, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from review_clock.deadlines.resolve import Dated
from review_clock.law.counting import ONE_DAY
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule
from review_clock.law.vocabulary import SELF_EXECUTING
from review_clock.record.entries import Announced, Entry
from review_clock.record.ledger import Record

OUTCOMES: Final = ("done", "done_late", "reported", "not_done", "unrecorded")
_NOT_JUDGED: Final = ("from", "not_before", "on", "in_year")
"""Bounds that an act cannot come too late for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it, empty while it is ahead and nothing is recorded, and the entries that show it.

    `days_late` is None where it cannot be judged; `late_under` are the readings under which alone it is late.
    `supports_from` is the earliest day of the joint review that the act's own day allows.
    """

    outcome: str = ""
    evidence: tuple[str, ...] = ()
    confidence: str = ""
    days_late: int | None = None
    late_under: tuple[str, ...] = ()
    supports_from: date | None = None


def _bound(dated: Dated) -> str:
    return dated.rule.bound if isinstance(dated.rule, Rule) else "no_later_than"


def _last_in_time(dated: Dated, day: date) -> date:
    """The last day on which an act was in time for a duty that stands on `day`."""
    offset = dated.rule.offset if isinstance(dated.rule, Rule) else ()
    return day - ONE_DAY if _bound(dated) == "before" and offset else day


def _days_late(dated: Dated, act: Entry) -> int | None:
    if dated.day_is == "inferred" or act.on_is or _bound(dated) in _NOT_JUDGED:
        return None
    return max((act.act.on - _last_in_time(dated, dated.day)).days, 0)


def _supports_from(dated: Dated, act: Entry, readings: Readings) -> date | None:
    """The day so many days after the act as the rule asks for between it and the joint review, counted forward."""
    rule = dated.rule
    if not isinstance(rule, Rule) or dated.review is None or rule.bound != "at_least" or act.on_is:
        return None
    if not rule.offset or any(set(step) != {"days"} for step in rule.offset):
        return None
    days = -sum(int(step["days"]) for step in rule.offset)
    days += 1 if readings["at_least_days_before"] == "clear_days" else 0
    return act.act.on + timedelta(days=days) if days > 0 else None


def _met(dated: Dated, acts: list[Entry], kind: str, readings: Readings, others: Iterable[tuple[str, date]]) -> Outcome:
    act = min(acts, key=lambda entry: entry.act.on)
    late = _days_late(dated, act)
    under = tuple(reading for reading, day in others if late == 0 and act.act.on > _last_in_time(dated, day))
    return Outcome(
        outcome="done_late" if late and kind == "done" else kind,
        evidence=tuple(entry.id for entry in acts),
        confidence=act.confidence,
        days_late=late,
        late_under=under,
        supports_from=_supports_from(dated, act, readings),
    )


def _of_itself(rule: Rule | Announced) -> bool:
    """Whether it is done when its day has passed in silence. What a case asks for, somebody must do; of what was only
    announced, a period for comments closes."""
    if isinstance(rule, Rule):
        return rule.kind in SELF_EXECUTING and rule.counted_from != "case"
    return rule.kind == "comment"


def outcome(
    dated: Dated, record: Record, as_of: date, readings: Readings, others: Iterable[tuple[str, date]]
) -> Outcome:
    """What became of it by `as_of`, judged against its day as it now stands; `others` are its days under one other
    reading each."""
    done = [entry for entry in record.entries if dated.id in entry.fulfils]
    reported = [entry for entry in record.entries if dated.id in entry.reports]
    missed = tuple(entry.id for entry in record.entries if dated.id in entry.misses)
    if done:
        return _met(dated, done, "done", readings, others)
    if reported:
        return _met(dated, reported, "reported", readings, others)
    if missed:
        return Outcome(outcome="not_done", evidence=missed)
    met = dated.review and (dated.review.held_on or dated.review.concluded_on)  # what was concluded was held
    if dated.rule.kind == "review" and met:
        return Outcome(outcome="done") if met <= as_of else Outcome()
    if dated.day >= as_of:
        return Outcome()
    return Outcome(outcome="done" if _of_itself(dated.rule) else "unrecorded")
