"""What became of a deadline, judged from the record: in time, late and by how many days, reported, not done, unknown.

Each row is worked out by hand on a calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from review_clock.deadlines.outcome import Outcome, outcome
from review_clock.deadlines.resolve import Dated
from review_clock.questions.resolved import resolved
from review_clock.record.entries import Entry
from review_clock.record.ledger import Record
from tests.frozen import LAW, RECORD, defaults, question
from tests.words.states import asked

D = date.fromisoformat
AS_OF = D("2027-08-01")
DAY = D("2027-04-22")
"""The annual report to Congress on the review of 1 July 2027: 70 days before it."""
REPORT = "us.611.annual-report.1-2"


@dataclass(frozen=True)
class Case:
    """A deadline and its evidence: the days of the acts, how they speak of it, what differs from a fixed date."""

    fulfils: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    bound: str = "no_later_than"
    offset: tuple[dict[str, int], ...] = ({"days": -70},)
    day_is: str = "set"
    on_is: str = ""
    others: tuple[tuple[str, str], ...] = ()
    clear: bool = False


def _dated() -> Dated:
    asked = question(D("2026-11-24"))
    return resolved(asked.line, asked.spare, asked.law, asked.known, None)[REPORT]


def _entry(number: int, on: str, case: Case, **speaks: tuple[str, ...]) -> Entry:
    a_note = next(entry for entry in RECORD.entries if not entry.fulfils and not entry.reports and not entry.misses)
    act = replace(a_note.act, on=D(on))
    plain: dict[str, Any] = {"fulfils": (), "reports": (), "misses": (), **speaks}
    return replace(a_note, id=f"e{number}", act=act, on_is=case.on_is, confidence=f"c{number}", **plain)


def _became(case: Case, as_of: date = AS_OF) -> Outcome:
    dated = _dated()
    rule = replace(dated.rule, bound=case.bound, offset=case.offset)  # type: ignore[type-var]
    dated = replace(dated, rule=rule, day_is=case.day_is)
    assert (dated.id, dated.day) == (REPORT, DAY)
    speaks = {"fulfils": case.fulfils, "reports": case.reports, "misses": case.misses}
    days = [(name, day) for name, group in speaks.items() for day in group]
    acts = tuple(_entry(number, day, case, **{name: (REPORT,)}) for number, (name, day) in enumerate(days))
    record: Record = replace(RECORD, entries=acts)
    readings = defaults().but("at_least_days_before", "clear_days") if case.clear else defaults()
    return outcome(dated, record, as_of, readings, [(reading, D(day)) for reading, day in case.others])


# The case; the outcome, the evidence, its confidence, the days late, the readings under which alone it is late, the
# earliest day of the review that the act allows.
BECAME: list[tuple[Case, tuple[str, tuple[str, ...], str, int | None, tuple[str, ...], str | None]]] = [
    (Case(fulfils=("2027-04-21",)), ("done", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-22",)), ("done", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-23",)), ("done_late", ("e0",), "c0", 1, (), None)),
    (Case(fulfils=("2027-05-01",)), ("done_late", ("e0",), "c0", 9, (), None)),
    # the first act counts, and all are named
    (Case(fulfils=("2027-05-01", "2027-04-20")), ("done", ("e0", "e1"), "c1", 0, (), None)),
    (Case(fulfils=("2027-04-25", "2027-05-01")), ("done_late", ("e0", "e1"), "c0", 3, (), None)),
    # what is only reported is said so, late or not
    (Case(reports=("2027-04-25",)), ("reported", ("e0",), "c0", 3, (), None)),
    (Case(reports=("2027-04-20",), misses=("2027-05-01",)), ("reported", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-20",), reports=("2027-04-01",)), ("done", ("e0",), "c0", 0, (), None)),
    (Case(misses=("2027-05-01", "2027-05-02")), ("not_done", ("e0", "e1"), "", None, (), None)),
    # before the day: the day itself is too late; where nothing is counted, the day is the event's own
    (Case(fulfils=("2027-04-22",), bound="before"), ("done_late", ("e0",), "c0", 1, (), None)),
    (Case(fulfils=("2027-04-21",), bound="before"), ("done", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-22",), bound="before", offset=()), ("done", ("e0",), "c0", 0, (), None)),
    # what cannot be too late, or whose day or act's day is not known
    *((Case(fulfils=("2027-05-01",), bound=bound), ("done", ("e0",), "c0", None, (), None))
      for bound in ("from", "not_before", "on", "in_year")),
    (Case(fulfils=("2027-05-01",), day_is="inferred"), ("done", ("e0",), "c0", None, (), None)),
    (Case(fulfils=("2027-05-01",), on_is="year"), ("done", ("e0",), "c0", None, (), None)),
    # late under another reading alone
    (Case(fulfils=("2027-04-22",), others=(("a=b", "2027-04-21"), ("c=d", "2027-04-22"), ("e=f", "2027-04-20"))),
     ("done", ("e0",), "c0", 0, ("a=b", "e=f"), None)),
    (Case(fulfils=("2027-04-23",), others=(("a=b", "2027-04-21"),)), ("done_late", ("e0",), "c0", 1, (), None)),
    (Case(fulfils=("2027-05-01",), day_is="inferred", others=(("a=b", "2027-04-21"),)),
     ("done", ("e0",), "c0", None, (), None)),
    # at least 70 days before: from the act on the review may be on the 70th day, 71st if both ends are left out
    (Case(fulfils=("2027-04-22",), bound="at_least"), ("done", ("e0",), "c0", 0, (), "2027-07-01")),
    (Case(fulfils=("2027-04-22",), bound="at_least", clear=True), ("done", ("e0",), "c0", 0, (), "2027-07-02")),
    (Case(fulfils=("2027-04-22",), bound="at_least", offset=({"days": -60}, {"days": -10})),
     ("done", ("e0",), "c0", 0, (), "2027-07-01")),
    (Case(fulfils=("2027-04-22",), bound="at_least", offset=({"days": -1},)),
     ("done", ("e0",), "c0", 0, (), "2027-04-23")),
    (Case(fulfils=("2027-04-22",), bound="at_least", offset=({"days": 0},)), ("done", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-22",), bound="at_least", offset=({"days": 20},)), ("done", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-22",), bound="at_least", offset=({"months": -1},)), ("done", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-22",), bound="at_least", offset=()), ("done", ("e0",), "c0", 0, (), None)),
    (Case(fulfils=("2027-04-22",), bound="at_least", on_is="by"), ("done", ("e0",), "c0", None, (), None)),
    (Case(), ("unrecorded", (), "", None, (), None)),
]  # fmt: skip


@pytest.mark.parametrize(("case", "became"), BECAME)
def test_what_became_of_it(case: Case, became: tuple[Any, ...]) -> None:
    found = _became(case)
    from_day = found.supports_from.isoformat() if found.supports_from else None
    told = (found.outcome, found.evidence, found.confidence, found.days_late, found.late_under, from_day)
    assert told == became


def test_on_its_day_nothing_is_said_and_a_day_later_that_nothing_is_known() -> None:
    assert _became(Case(), DAY) == Outcome()
    assert _became(Case(), D("2027-04-23")).outcome == "unrecorded"


# A line of the record, the deadline, and what became of it on the day before, on and after.
REVIEWS = [
    (("2027-06-20 next review set for 2027-07-05", "2027-07-05 review held"), "2027-07-05", ("", "done", "done")),
    (("2027-07-01 review concludes",), "2027-07-01", ("", "done", "done")),
    ((), "2027-07-01", ("", "", "unrecorded")),
]


@pytest.mark.parametrize(("lines", "held", "became"), REVIEWS)
def test_a_review_that_was_held_or_concluded_is_done(
    lines: tuple[str, ...], held: str, became: tuple[str, ...]
) -> None:
    for days, expected in zip((-1, 0, 1), became, strict=True):
        found = asked(D(held) + timedelta(days=days), lines).explain("treaty.review.annual.1-2")
        assert (found.outcome, found.date) == (expected, D(held)), days


def test_what_the_law_does_by_itself_is_done_when_its_day_is_past() -> None:
    law = {each.id: each for each in question(D("2036-07-02")).all_deadlines}
    assert law["treaty.term.end.1"].outcome == "done"
    assert {each.kind for each in LAW.rules if each.id == "treaty.term.end"} == {"term"}


# How a rule is counted, or an announced date; its kind; what silence says of it when its day has passed.
SILENCE = [
    ("entry_into_force", "origin", "done"),
    ("term_end", "term", "done"),
    ("case", "origin", "unrecorded"),  # an importer elects, or does not (docs/own-record.md)
    ("case", "withdrawal", "unrecorded"),  # Art. 32.10: the other Parties may end the Agreement, and need not
    ("case", "tariff", "unrecorded"),
    ("review", "report", "unrecorded"),
    ("announced", "legislation", "unrecorded"),  # "a vote is expected" is no vote
    ("announced", "term", "unrecorded"),
    ("announced", "consultation", "unrecorded"),
    ("announced", "comment", "done"),  # a period for comments closes
]


@pytest.mark.parametrize(("counted_from", "kind", "said"), SILENCE)
def test_silence_is_done_only_where_nobody_had_to_act(counted_from: str, kind: str, said: str) -> None:
    dated, announced = _dated(), next(each for each in RECORD.announced if each.deadline)
    rule: Any = announced if counted_from == "announced" else replace(dated.rule, counted_from=counted_from)  # type: ignore[type-var]
    dated = replace(dated, rule=replace(rule, kind=kind))
    assert outcome(dated, replace(RECORD, entries=()), AS_OF, defaults(), ()).outcome == said


def test_a_review_that_is_held_after_the_day_is_not_done_on_it() -> None:
    every = question(D("2026-11-24"))
    dated = resolved(every.line, every.spare, every.law, every.known, None)["treaty.review.annual.1-2"]
    assert dated.review is not None
    held = replace(dated, review=replace(dated.review, held_on=D("2027-07-01")))
    became = [outcome(held, RECORD, D(day), defaults(), ()).outcome for day in ("2027-06-30", "2027-07-01")]
    assert became == ["", "done"]
