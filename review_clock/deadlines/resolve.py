"""Rules resolved on a timeline: which days each rule has, under one set of readings.

A resolved rule's id is the rule and the occurrence it is counted from (`us.611.notice.1-2`: first term, second
review). It never holds a date, so that it stays the same when the date moves: it is the UID in people's diaries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from review_clock.deadlines.anchors import MOVED_BY_ACTS, Occurrence, falls_away_on, occurrences
from review_clock.deadlines.governing import governing
from review_clock.deadlines.office_days import business_day
from review_clock.deadlines.reminders import REMINDER, reminders
from review_clock.law.authority import UNREAD
from review_clock.law.counting import Counted, a_clear_day_earlier, counted_on, hung_on, starting, the_day_before
from review_clock.law.law import Law
from review_clock.law.position import AMENDED, Review
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule
from review_clock.law.under_readings import ByReadings
from review_clock.record.entries import Announced
from review_clock.record.ledger import Record
from review_clock.record.own_case import OwnCase
from review_clock.timeline.unfold import LAST_DAY, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A rule (or an announced date) with its day, the steps that made it, and how sure it is in itself.

    `condition` names what it hangs on, `own_condition` says that the rule's own condition holds for it; `anchor` is
    what it, or the date that it hangs on, is counted from, `case` the user's own that it is a date of.
    """

    id: str
    rule: Rule | Announced
    counted: Counted
    certainty: str
    condition: str = ""
    own_condition: bool = False
    day_is: str = "by_law"
    review: Review | None = None
    confidence: str = ""
    anchor: str = ""
    case: OwnCase | None = None

    @property
    def day(self) -> date:
        """The date."""
        return self.counted.day


def _lapses(rule: Rule, readings: Readings) -> bool:
    """Whether a reading takes the rule's ground away."""
    return bool(rule.lapses_under) and any(readings[key] == value for key, value in rule.lapses_under)


def _clear_days(rule: Rule, readings: Readings) -> bool:
    return rule.bound == "at_least" and readings["at_least_days_before"] == "clear_days"


def counted_for(rule: Rule, base: Counted, readings: Readings) -> Counted | None:
    """`rule` counted from `base` under `readings`; None where a reading takes its ground away.

    Raises `BeyondTheCalendar`.
    """
    if _lapses(rule, readings):
        return None
    # A count in days alone finds each day: the reading on a missing one is not asked for, so that it parts nothing.
    only_days = all(set(step) == {"days"} for step in rule.offset)
    missing_day = "" if only_days else readings["missing_day"]
    return _counted(rule, base, missing_day, _clear_days(rule, readings))


def _counted(rule: Rule, base: Counted, missing_day: str, clear_days: bool) -> Counted:
    counted = base
    for offset in rule.offset:
        counted = counted_on(counted, offset, missing_day=missing_day)
    if rule.bound == "before" and not rule.offset:
        counted = the_day_before(counted)
    return a_clear_day_earlier(counted) if clear_days and counted.day < base.day else counted


def _times(span: Mapping[str, int], k: int) -> Mapping[str, int | str]:
    return {unit: n * k for unit, n in span.items()}


@lru_cache(maxsize=1024)  # the same few, under every act and reading
def _recurring(
    rule: Rule, start: Counted, missing_day: str, clear_days: bool, term_end: date | None
) -> tuple[Counted, ...]:
    """Each occurrence of a recurring rule, counted from its anchor so that no day drifts."""
    assert rule.every is not None
    if rule.until == "term_end":
        last = LAST_DAY if term_end is None else term_end
    else:
        assert not isinstance(rule.until, str)
        assert rule.until is not None
        last = counted_on(start, dict(rule.until), missing_day=missing_day).day
    found: list[Counted] = []
    while True:
        base = start
        if found:
            base = counted_on(base, _times(rule.every, len(found)), missing_day=missing_day)
        counted = _counted(rule, base, missing_day, clear_days)
        if counted.day > last or (rule.until == "term_end" and counted.day == last):
            return tuple(found)
        found.append(counted)


Numbered = tuple[str, int, Rule, Counted]


def _days(rule: Rule, start: Occurrence, line: Timeline) -> list[Numbered]:
    """Each day of a rule that is counted from one occurrence of its anchor: its id, its number, the version of the rule
    that governs it, the count."""
    stem, readings = ".".join(part for part in (rule.id, start.key) if part), line.readings
    if rule.every is None:
        governed = governing(rule, lambda version: counted_for(version, start.counted, readings))
        return [] if governed is None else [(stem, 1, *governed)]
    if _lapses(rule, readings):
        return []
    end = line.final.term_end if rule.until == "term_end" else None
    term_end = None if end is None else end.day
    counts = {
        version: _recurring(version, start.counted, readings["missing_day"], _clear_days(version, readings), term_end)
        for version in (rule, *rule.later)
    }
    return list(_numbered(stem, rule, counts))


def _numbered(stem: str, rule: Rule, counts: Mapping[Rule, tuple[Counted, ...]]) -> Iterator[Numbered]:
    """The occurrences of a recurring rule, each under the version that governs it."""
    for k, kth in enumerate(zip_longest(*counts.values()), 1):
        counted = dict(zip(counts, kth, strict=True))  # pragma: no mutate (each has one of every version)
        governed = governing(rule, counted.get)
        if governed is not None:
            yield f"{stem}.{k}", k, *governed


def dated(rule: Rule, line: Timeline, record: Record) -> tuple[Dated, ...]:
    """The days that one rule of the law has on a timeline, whether or not the Agreement still stands on them."""
    return tuple(
        _dated(version, start, identity, k, counted)
        for start in occurrences(rule, line, record)
        for identity, k, version, counted in _days(rule, start, line)
    )


def _dated(rule: Rule, start: Occurrence, identity: str, k: int, counted: Counted) -> Dated:
    """The `k`-th day that a rule has from one occurrence of its anchor: what is inferred is never fixed."""
    conditional = rule.condition is not None and k >= rule.condition_from
    amended = start.counted.steps[0].what in AMENDED
    day_is = "inferred" if 0 < rule.inferred_from <= k else "set" if amended else start.day_is
    sure = "scheduled" if start.certainty == "fixed" and day_is != "by_law" else start.certainty
    return Dated(
        id=identity,
        rule=rule,
        counted=counted,
        certainty="contingent" if conditional else sure,
        condition=start.condition,
        own_condition=conditional,
        day_is=day_is,
        review=start.review,
        confidence=UNREAD if amended else start.confidence or rule.confidence,
        anchor=rule.counted_from,
        case=start.case,
    )


DaysOf = Callable[[Rule, Timeline, Record], tuple[Dated, ...]]


class OncePerReading:
    """`dated` for many timelines over one record: the rules that no act moves are counted once for all readings that
    agree in those they ask for, however many timelines are asked of."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Rule, bool], ByReadings[tuple[Dated, ...]]] = {}

    def __call__(self, rule: Rule, line: Timeline, record: Record) -> tuple[Dated, ...]:
        if rule.counted_from in MOVED_BY_ACTS or rule.until == "term_end":
            return dated(rule, line, record)
        key = rule, line.final.entry is None
        if key not in self._kept:
            self._kept[key] = ByReadings(lambda asked: dated(rule, replace(line, readings=asked), record))
        return self._kept[key](line.readings)


OUTLIVES: Final = ("exit_us", "withdrawal_effect", "withdrawal_notice", "term_end", "last_day_in_force")
"""Anchors whose rules do not fall away with the Agreement: they are its end."""


def _falls_away(each: Dated, rule: Rule, end: date | None) -> bool:
    """Whether the Agreement is over for those whose duty it is: by its day, or by the joint review it prepares."""
    if end is None or rule.counted_from in OUTLIVES:
        return False
    return each.day >= end or (each.review is not None and each.review.meeting.day >= end)


IF_IT_OUTLASTS: Final = "if_it_outlasts"
"""The condition, in the words files, of a date of a case that falls after the Agreement's end."""


def _of_cases(found: Iterable[Dated], law: Law) -> list[Dated]:
    """The reminders of the user's cases."""
    return [
        replace(base, id=identity, rule=rule, counted=counted, confidence=rule.confidence)
        for base in found
        if base.case is not None and isinstance(base.rule, Rule) and base.rule.counted_from == "case"
        for identity, rule, counted in reminders(base.id, base.counted, base.rule, base.case, law)
    ]


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
        hung.append(replace(base, id=identity, rule=rule, counted=counted, confidence=rule.confidence))
    return hung


def resolve(
    line: Timeline, law: Law, record: Record, only: frozenset[str] | None = None, days_of: DaysOf = dated
) -> dict[str, Dated]:
    """Every rule that has a day on this timeline, every date announced, and the user's own dates, by id.

    `only` limits it to rules of those ids. `days_of` is `dated`, or the same where what it gives is kept.
    """
    found: dict[str, Dated] = {}
    over = {name: falls_away_on(jurisdiction, line) for name, jurisdiction in law.jurisdictions.items()}
    for rule in law.rules if only is None else (rule for rule in law.rules if rule.id in only):
        for each in days_of(rule, line, record):
            if not _falls_away(each, rule, over[rule.jurisdiction]):
                found[each.id] = each
            elif each.case is not None:  # whether it is owed all the same is for the office to say
                found[each.id] = replace(each, certainty="contingent", condition=IF_IT_OUTLASTS)
    for row in sorted(record.announced, key=lambda row: row.known_on):  # announced anew: the last one known counts
        if row.deadline:
            counted = starting(row.on, "announced", row.id)
            found[row.deadline] = Dated(
                id=row.deadline, rule=row, counted=counted, certainty="announced", day_is="set", anchor="announced"
            )
    for rule in law.own_rules:
        if only is not None and rule.id not in only:
            continue
        found.update({each.id: each for each in _hung(rule, tuple(found.values()), line.readings)})
    if record.cases and (only is None or REMINDER in only):
        found.update({each.id: each for each in _of_cases(tuple(found.values()), law)})
    return found
