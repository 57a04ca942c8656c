"""Rules resolved on a timeline: which days each rule has, under one set of readings.

A resolved rule's id is the rule and the occurrence it is counted from (`us.611.notice.1-2`: first term, second
review). It never holds a date, so that it stays the same when the date moves: it is the UID in people's diaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from review_clock.anchors import Occurrence, falls_away_on, occurrences
from review_clock.law.counting import Counted, a_clear_day_earlier, counted_on, hung_on, starting, the_day_before
from review_clock.law.position import Review
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule, catalogue
from review_clock.law.vocabulary import JURISDICTIONS
from review_clock.office_days import business_day
from review_clock.record.ledger import Announced, Record
from review_clock.timeline import LAST_DAY, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A rule (or an announced date) with its day, the steps that made it, and how sure it is in itself."""

    id: str
    rule: Rule | Announced
    counted: Counted
    certainty: str
    condition: str = ""
    review: Review | None = None

    @property
    def day(self) -> date:
        """The date."""
        return self.counted.day


def counted_for(rule: Rule, base: Counted, readings: Readings) -> Counted | None:
    """`rule` counted from `base` under `readings`; None where a reading takes its ground away.

    Raises `BeyondTheCalendar`.
    """
    if any(readings[key] == value for key, value in rule.lapses_under):
        return None
    counted = base
    for offset in rule.offset:
        counted = counted_on(counted, offset, missing_day=readings["missing_day"])
    if rule.bound == "before" and not rule.offset:
        counted = the_day_before(counted)
    if rule.bound == "at_least" and counted.day < base.day and readings["at_least_days_before"] == "clear_days":
        counted = a_clear_day_earlier(counted)
    return counted


def _times(span: Mapping[str, int], k: int) -> Mapping[str, int | str]:
    return {unit: n * k for unit, n in span.items()}


def _recurring(rule: Rule, start: Occurrence, readings: Readings, term_end: date | None) -> list[Counted]:
    """Each occurrence of a recurring rule, counted from its anchor so that no day drifts."""
    assert rule.every is not None
    if rule.until == "term_end":
        last = LAST_DAY if term_end is None else term_end
    else:
        assert not isinstance(rule.until, str)
        assert rule.until is not None
        last = counted_on(start.counted, dict(rule.until), missing_day=readings["missing_day"]).day
    found: list[Counted] = []
    while True:
        base = start.counted
        if found:
            base = counted_on(base, _times(rule.every, len(found)), missing_day=readings["missing_day"])
        counted = counted_for(rule, base, readings)
        if counted is None or counted.day > last or (rule.until == "term_end" and counted.day == last):
            return found
        found.append(counted)


def _dated(rule: Rule, line: Timeline, record: Record) -> list[Dated]:
    found: list[Dated] = []
    term_end = line.final.term_end
    for start in occurrences(rule, line, record):
        stem = ".".join(part for part in (rule.id, start.key) if part)
        if rule.every is None:
            counted = counted_for(rule, start.counted, line.readings)
            days = [] if counted is None else [(stem, counted)]
        else:
            counts = _recurring(rule, start, line.readings, None if term_end is None else term_end.day)
            days = [(f"{stem}.{k}", counted) for k, counted in enumerate(counts, 1)]
        for identity, counted in days:
            found.append(
                Dated(
                    id=identity,
                    rule=rule,
                    counted=counted,
                    certainty="contingent" if rule.condition is not None else start.certainty,
                    condition=start.condition,
                    review=start.review,
                )
            )
    return found


OUTLIVES: Final = ("exit_us", "withdrawal_effect", "withdrawal_notice", "term_end", "last_day_in_force")
"""Anchors whose rules do not fall away with the Agreement: they are its end."""


def _falls_away(dated: Dated, rule: Rule, end: date | None) -> bool:
    """Whether the Agreement is over for those whose duty it is: by its day, or by the joint review it prepares."""
    if end is None or rule.counted_from in OUTLIVES:
        return False
    return dated.day >= end or (dated.review is not None and dated.review.meeting.day >= end)


def _hung(rule: Rule, found: Iterable[Dated], readings: Readings) -> list[Dated]:
    """A user's own rule on each deadline that it hangs on: certain as that one is, moved when it moves."""
    hung = []
    for base in found:
        stem = base.rule.id if isinstance(base.rule, Rule) else base.id
        if rule.after != stem:
            continue
        counted = counted_for(rule, hung_on(base.counted, base.id), readings)
        assert counted is not None
        if rule.roll is not None:
            counted = business_day(counted, rule.roll)
        identity = rule.id + base.id.removeprefix(stem)
        hung.append(replace(base, id=identity, rule=rule, counted=counted))
    return hung


def resolve(line: Timeline, record: Record) -> dict[str, Dated]:
    """Every rule that has a day on this timeline, every date announced, and the user's own dates, by id."""
    found: dict[str, Dated] = {}
    over = {jurisdiction: falls_away_on(jurisdiction, line) for jurisdiction in JURISDICTIONS}
    for rule in catalogue().rules:
        for dated in _dated(rule, line, record):
            if not _falls_away(dated, rule, over[rule.jurisdiction]):
                found[dated.id] = dated
    for row in record.announced:
        if row.deadline:
            counted = starting(row.on, "announced", row.id)
            found[row.deadline] = Dated(id=row.deadline, rule=row, counted=counted, certainty="fixed")
    for rule in record.firm_rules:
        found.update({dated.id: dated for dated in _hung(rule, tuple(found.values()), line.readings)})
    return found
