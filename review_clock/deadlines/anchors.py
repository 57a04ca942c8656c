"""The days that rules are counted from, found on a timeline: each occurrence of each anchor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from review_clock.law.acts_and_lapses import Party
from review_clock.law.counting import Counted, last_notice, starting
from review_clock.law.effects import NOTICE_MONTHS, REVIEW_YEARS
from review_clock.law.jurisdictions import Jurisdiction
from review_clock.law.position import Phase, Review, Withdrawal, first_day_without, last_day_in_force
from review_clock.law.rules import AGREEMENT_ENDS, AGREEMENT_GOES_ON, Rule
from review_clock.record.ledger import Record
from review_clock.record.own_case import OwnCase
from review_clock.timeline.unfold import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One day to count from: its `key` in ids (empty where there is only one), and how sure it is.

    `certainty` is `fixed`, `scheduled` or `contingent`; `condition` names, in the words files, what it hangs on;
    `day_is` says how its day is known (`by_law`, `set`, `inferred`);
    `confidence` stands for the rule's own where this occurrence is read less well.
    """

    counted: Counted
    certainty: str
    key: str = ""
    condition: str = ""
    day_is: str = "by_law"
    review: Review | None = None
    confidence: str = ""
    case: OwnCase | None = None


def _entry_into_force(timeline: Timeline, _record: Record, _rule: Rule) -> list[Occurrence]:
    entry = timeline.final.entry
    return [] if entry is None else [Occurrence(counted=entry, certainty="fixed")]


def _marked(_timeline: Timeline, record: Record, rule: Rule) -> list[Occurrence]:
    entry = record.marks().get(rule.counted_from)
    if entry is None:
        return []
    counted, day_is = starting(entry.act.on, rule.counted_from, entry.id), "inferred" if entry.on_is else "by_law"
    return [Occurrence(counted=counted, certainty="fixed", day_is=day_is)]


def _ended_early(timeline: Timeline) -> bool:
    return timeline.final.phase is Phase.ENDED_BY_WITHDRAWAL


def _term_end(timeline: Timeline, *_asked: object) -> list[Occurrence]:
    final = timeline.final
    if final.term_end is None or _ended_early(timeline):
        return []
    return [Occurrence(key=str(final.term), counted=final.term_end, certainty="scheduled")]


def _last_day_in_force(timeline: Timeline, *_asked: object) -> list[Occurrence]:
    return [replace(end, counted=last_day_in_force(end.counted, timeline.readings)) for end in _term_end(timeline)]


MOVED_BY_ACTS: Final = (
    "review",
    "term_end",
    "last_day_in_force",
    "last_notice",
    "withdrawal_notice",
    "withdrawal_effect",
    "exit_us",
)
"""The anchors that an act under Chapter 34 moves; the others stand from entry into force on."""


def _last_notice(timeline: Timeline, *_asked: object) -> list[Occurrence]:
    missing_day = timeline.readings["missing_day"]
    return [
        replace(end, counted=last_notice(end.counted, NOTICE_MONTHS, missing_day=missing_day))
        for end in _last_day_in_force(timeline)
    ]


SIX_YEAR_RHYTHM: Final = "review_2032_without_extension=six_year"


def _kinds(review: Review) -> set[str]:
    """The names by which a rule may ask for this review (`rules.REVIEW_KINDS`)."""
    if review.kind == "annual":
        return {"annual", "six_year_rhythm"} if review.years % REVIEW_YEARS == 0 else {"annual"}
    return {"six_year"} if review.term == 1 else {"after_extension"}


def _hangs_on(review: Review, asked: set[str], timeline: Timeline) -> str:
    """What the review, or a rule's interest in it, hangs on, by its name in the words files; empty for nothing."""
    key, _, value = SIX_YEAR_RHYTHM.partition("=")
    if asked == {"six_year_rhythm"} and timeline.readings[key] != value:
        return f"only_under_reading:{SIX_YEAR_RHYTHM}"
    return "if_not_all_confirm" if review.kind == "annual" and review.term not in timeline.failed_terms else ""


def _follows_an_extension_between(review: Review, timeline: Timeline) -> bool:
    """Whether the review is the first after an extension made between two reviews: paragraph 5, and not 3, gives it."""
    return review.kind == "six_year" and review.term in timeline.extended_between


def _reviews(timeline: Timeline, _record: Record, rule: Rule) -> list[Occurrence]:
    found = []
    for review in timeline.reviews():
        asked = _kinds(review) & set(rule.reviews)
        if asked:
            condition = _hangs_on(review, asked, timeline)
            certainty = "contingent" if condition else "scheduled"
            found.append(
                Occurrence(
                    key=review.key,
                    counted=review.meeting,
                    certainty=certainty,
                    condition=condition,
                    day_is=review.day_is,
                    review=review,
                    confidence=rule.confidence_between if _follows_an_extension_between(review, timeline) else "",
                )
            )
    return found


def _withdrawals(timeline: Timeline, rule: Rule) -> list[Withdrawal]:
    """The withdrawals of which a rule speaks."""
    return [
        w
        for w in timeline.final.left
        if (not rule.parties or w.party in rule.parties)
        and (rule.only != AGREEMENT_GOES_ON or timeline.position_on(w.effective.day).in_force)
        and (rule.only != AGREEMENT_ENDS or (_ended_early(timeline) and w is timeline.final.left[-1]))
    ]


def _withdrawal_notice(timeline: Timeline, _record: Record, rule: Rule) -> list[Occurrence]:
    return [
        Occurrence(key=w.key, counted=starting(w.notice, "withdrawal_notice", w.party), certainty="fixed")
        for w in _withdrawals(timeline, rule)
    ]


def _withdrawal_effect(timeline: Timeline, _record: Record, rule: Rule) -> list[Occurrence]:
    return [Occurrence(key=w.key, counted=w.effective, certainty="scheduled") for w in _withdrawals(timeline, rule)]


def _exit_of(party: Party | None, timeline: Timeline) -> tuple[str, Counted] | None:
    """When, and by which notice or term, the Agreement ceases to be in force for `party`; for all where it is None."""
    final = timeline.final
    for withdrawal in final.left:
        if withdrawal.party is party:
            return withdrawal.key, withdrawal.effective
    if _ended_early(timeline):
        *_, last = final.left
        return last.key, last.effective
    if final.term_end is None:
        return None
    return str(final.term), first_day_without(final.term_end, timeline.readings)


def _exit_us(timeline: Timeline, _record: Record, _rule: Rule) -> list[Occurrence]:
    found = _exit_of(Party.US, timeline)
    return [] if found is None else [Occurrence(key=found[0], counted=found[1], certainty="scheduled")]


def _cases(_timeline: Timeline, record: Record, rule: Rule) -> list[Occurrence]:
    return [
        Occurrence(key=case.id, counted=starting(case.trigger, "case_trigger", case.id), certainty="fixed", case=case)
        for case in record.cases
        if case.rule == rule.id
    ]


_FOUND: Final[Mapping[str, Callable[[Timeline, Record, Rule], list[Occurrence]]]] = {
    "entry_into_force": _entry_into_force,
    "last_notification": _marked,
    "enactment": _marked,
    "mexico_consultation": _marked,
    "first_automotive_report": _marked,
    "labor_committee": _marked,
    "review": _reviews,
    "term_end": _term_end,
    "last_day_in_force": _last_day_in_force,
    "last_notice": _last_notice,
    "withdrawal_notice": _withdrawal_notice,
    "withdrawal_effect": _withdrawal_effect,
    "exit_us": _exit_us,
    "case": _cases,
}


def occurrences(rule: Rule, timeline: Timeline, record: Record) -> list[Occurrence]:
    """Every day on this timeline that `rule` is counted from; none for a rule without a day."""
    find = _FOUND.get(rule.counted_from)
    return [] if find is None else find(timeline, record, rule)


def falls_away_on(jurisdiction: Jurisdiction, timeline: Timeline) -> date | None:
    """The day on which duties under `jurisdiction` fall away with the Agreement, if it has one: with the Agreement
    itself where the jurisdiction is no Party's."""
    found = _exit_of(jurisdiction.party, timeline)
    return None if found is None else found[1].day
