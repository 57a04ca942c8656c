"""Sentences of Art. 34.6 and 34.7 that hold in every history: drawn by chance, from every act of the grammar.

A history is a list of lines of the grammar, each taken where the law allows it and passed over where it does not; half
of them are drawn under one other reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

import pytest

from review_clock.deadlines.anchors import occurrences
from review_clock.deadlines.resolve import resolve
from review_clock.law.acts_and_lapses import (
    Act,
    Assumed,
    NextReviewAmended,
    Party,
    ReviewConcluded,
    ReviewHeld,
    WithdrawalTakesEffect,
    contradicts,
)
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.counting import ONE_DAY, BeyondTheCalendar, months_after, starting, years_after
from review_clock.law.position import AMENDED_REVIEW, ENDED, Phase, Review, term_ends_on
from review_clock.law.readings import Readings
from review_clock.record.grammar import ACCEPTED, understood
from review_clock.scenarios.assume import NotAssumable, assume
from review_clock.timeline.unfold import Timeline, timeline
from tests.frozen import LAW, RECORD, alternatives, defaults

HISTORIES = 1500
SCENARIOS = 300
ENTRY = "2020-07-01 agreement enters into force"
Property = Callable[[str, object], None]


class History(NamedTuple):
    """What was drawn: the lines that the law allowed, their acts, the timeline, and the keys of what was refused."""

    lines: tuple[str, ...]
    line: Timeline
    refused: Counter[str]


def _days(chance: Random) -> date:
    """A day near a boundary: a review, a month's end, the end of a term; or any."""
    year = chance.randrange(2026, 2056)
    near = chance.choice((date(year, 7, 1), date(year, 7, 1), date(year, 12, 31), date(year, 2, 28)))
    return near + timedelta(days=chance.choice((-190, -31, -1, 0, 0, 1, 2, 31, chance.randrange(-180, 180))))


def _drawn_line(chance: Random, on: date) -> str:
    """Any line of the grammar on `on`: each of `ACCEPTED` in turn, confirmations more often."""
    form = chance.choice((*ACCEPTED[:-1], "DATE all confirm", "DATE all confirm", "DATE review concludes"))
    party = chance.choice(("us", "ca", "mx"))
    stance = chance.choice(("extend", "not extend", "undecided"))
    said = form.replace("us|ca|mx", party).replace("extend|not extend|undecided", stance)
    rest = said.partition(" ")[2]
    ahead = on + timedelta(days=chance.choice((1, 40, 200, 365, 700, 1500)))
    return f"{on} {rest.replace('DATE', ahead.isoformat())}"


def _drawn_lines(chance: Random, on: date) -> list[str]:
    """A line on `on`; after a notice now and then those of the others, so that several leave on one day."""
    drawn = _drawn_line(chance, on)
    if "gives notice" not in drawn or chance.random() < 0.5:
        return [drawn]
    return [f"{on} {party} gives notice" for party in chance.sample(("us", "ca", "mx"), chance.choice((2, 3)))]


def _drawn(seed: int) -> History:
    chance = Random(seed)
    readings = defaults().but(*chance.choice(alternatives())) if seed % 2 else defaults()
    days = sorted(_days(chance) for _ in range(chance.randrange(2, 14)))
    lines, acts, refused = [ENTRY], understood(ENTRY).acts((), Assumed(said=ENTRY)), Counter[str]()
    line = timeline(acts, readings)
    for drawn in [each for day in days for each in _drawn_lines(chance, day)]:
        said = understood(drawn)
        on = said.on
        try:
            added = said.acts(line.position_on(on).yet_to_confirm, Assumed(said=drawn))
            line = timeline((*acts, *added), readings)
        except NotProvidedFor as refusal:
            refused[refusal.refusal.key] += 1
            continue
        acts, lines = (*acts, *added), [*lines, drawn]
    return History(tuple(lines), line, refused)


@cache
def _histories() -> tuple[History, ...]:
    return tuple(_drawn(seed) for seed in range(HISTORIES))


def _record(record_property: Property, what: str, n: int) -> None:
    record_property(f"invariants of Chapter 34: {what}", n)


def test_every_act_of_the_grammar_is_drawn_and_every_refusal_of_an_act_is_met(record_property: Property) -> None:
    forms, refused = Counter[str](), Counter[str]()
    for history in _histories():
        refused += history.refused
        forms += Counter(_form(line) for line in history.lines)
    assert set(forms) == {_form(form.replace("us|ca|mx", "us")) for form in ACCEPTED}
    assert {"review_held_already", "review_concluded_already", "day_after_six_years", "contradiction"} <= set(refused)
    _record(record_property, "histories", HISTORIES)
    _record(record_property, "acts allowed", sum(forms.values()))
    _record(record_property, "acts refused", sum(refused.values()))


def _form(line: str) -> str:
    """The form of a line, without its day, Party and what it says."""
    rest = line.partition(" ")[2]
    for word in ("us ", "ca ", "mx "):
        rest = rest.removeprefix(word)
    return rest.partition("states")[1] or re.sub(r"( for)? (DATE|\d{4}-\d\d-\d\d)$", "", rest)


def _left_by(review: Review) -> range:
    """The years left without a review because the one due was set for a later year, or held or set in an earlier."""
    due = review.due.day.year
    if review.year >= due:
        return range(due, review.year)
    return range(review.year + 1, due + 1) if review.kind == "annual" else range(0)


def test_no_calendar_year_of_the_annual_phase_is_without_a_review(record_property: Property) -> None:
    """Art. 34.7(4): a joint review every year for the rest of the term, but for the years that the timeline names.

    Named is a year only where a day was set or amended to another, or a review was held before its year (Definition
    14), and, under the reading that counts from the last review, the year of the end.
    """
    years = 0
    for history in _histories():
        line, named = history.line, history.line.years_without_review
        by_term: dict[int, list[int]] = {}
        for review in line.reviews():
            by_term.setdefault(review.term, []).append(review.year)
        for held in by_term.values():
            gaps = {year for year in range(held[0], held[-1]) if year not in held}
            years += held[-1] - held[0]
            assert gaps <= set(named), history
        # a review whose day was set may never meet: the term was extended, or the Agreement ended, before that day
        ahead = [m.position.next_review for m in line.moments if m.position.next_review is not None]
        because = {year for review in (*line.reviews(), *ahead) for year in _left_by(review)}
        if line.readings["annual_review_day"] == "year_after_last":
            because |= {m.event.on.year for m in line.moments if m.position.phase in ENDED or m.position.term > 1}
        amended = (act for act in line.acts if isinstance(act, NextReviewAmended))
        because |= {year for act in amended for year in range(act.on.year, act.day.year + 1)}
        assert set(named) <= because, history
    _record(record_property, "years of the annual phase", years)


def test_an_annual_review_falls_on_the_anniversary_unless_its_day_was_set() -> None:
    """Art. 34.7(4), R3: the anniversary of the day from which the present six years run."""
    for history in _histories():
        line = history.line
        if line.readings["annual_review_day"] == "year_after_last":
            continue
        for moment in line.moments:
            review, since = moment.position.next_review, moment.position.cycle_from
            if review is not None and since is not None and review.due.steps[0].what != AMENDED_REVIEW:
                years = review.due.day.year - since.day.year
                assert review.due.day == years_after(since, years, missing_day=line.readings["missing_day"]).day


def test_a_review_after_an_extension_comes_no_later_than_six_years_on() -> None:
    """Art. 34.7(3), (5): an early day may be set, and the review held early; a later day is refused."""
    for history in _histories():
        for review in history.line.reviews():
            if review.kind == "six_year":
                assert review.falls_due <= review.due.day, history
                assert review.term > 1 or review.scheduled is None, "Art. 34.7(2): the sixth anniversary"


def test_a_bare_conclusion_fixes_no_day_of_a_meeting() -> None:
    """19 U.S.C. 4611 counts from the meeting: a day on which one was held is a day on which somebody said so."""
    for history in _histories():
        held = {act.on for act in history.line.acts if isinstance(act, ReviewHeld)}
        for review in history.line.reviews():
            assert review.held_on is None or review.held_on in held, history


def test_no_review_is_held_or_concluded_twice() -> None:
    """Art. 34.7(2), (4): each holding and each conclusion that was allowed is of a review of its own."""
    for history in _histories():
        reviews = history.line.reviews()
        for kind, days in (
            (ReviewHeld, [r.held_on for r in reviews if r.held_on is not None]),
            (ReviewConcluded, [r.concluded_on for r in reviews if r.concluded_on is not None]),
        ):
            assert sorted(act.on for act in history.line.acts if isinstance(act, kind)) == sorted(days), history


def test_acts_of_one_day_never_contradict_each_other() -> None:
    """Definition 15: refused in records and assumptions alike."""
    for history in _histories():
        acts = history.line.acts
        assert not any(contradicts(a, b) for i, a in enumerate(acts) for b in acts[:i]), history


def test_departures_of_one_day_are_judged_together(record_property: Property) -> None:
    """Art. 34.6: whoever gave notice for a day leaves on it, and nothing is extended or ended before the last has."""
    together = 0
    for history in _histories():
        line = history.line
        for day in {m.event.on for m in line.moments if isinstance(m.event, WithdrawalTakesEffect)}:
            before, gone = (
                line.position_on(day - ONE_DAY),
                [m for m in line.moments if m.event.on == day and isinstance(m.event, WithdrawalTakesEffect)],
            )
            assert len(gone) == len([w for w in before.leaving if w.effective.day == day]), history
            assert all(m.position.in_force and m.position.term == before.term for m in gone[:-1]), history
            together += len(gone) > 1
    assert together
    _record(record_property, "days with several departures", together)


def test_nothing_goes_on_on_the_day_the_agreement_ends(record_property: Property) -> None:
    """Art. 34.6; 19 U.S.C. 4621, 4601: of the United States, and of the last departure, only 4621(b) speaks."""
    rules, seen = LAW.catalogue.by_id(), 0
    for history in _histories():
        line = history.line
        for name in ("treaty.withdrawal.remaining", "us.621.country", "us.431"):
            for each in occurrences(rules[name], line, RECORD):
                seen += 1
                assert line.position_on(each.counted.day).in_force, history
                assert name.startswith("treaty") or not each.key.startswith("us"), history
    assert seen
    _record(record_property, "departures after which it goes on", seen)


def test_the_last_notice_takes_effect_in_the_term_and_one_a_day_later_does_not(record_property: Property) -> None:
    """Art. 34.6: the forward count from the day given lands before the end, and from the next day it does not."""
    rule, seen = LAW.catalogue.by_id()["treaty.withdrawal.last-notice"], 0
    for history in _histories():
        line, missing_day = history.line, history.line.readings["missing_day"]
        for each in occurrences(rule, line, RECORD):
            assert line.final.term_end is not None
            end, day = term_ends_on(line.final.term_end, line.readings), each.counted.day
            first, then = (months_after(starting(d, ""), 6, missing_day=missing_day).day for d in (day, day + ONE_DAY))
            assert first < end <= then, history
            seen += 1
    _record(record_property, "last notices", seen)


def test_a_deadline_of_the_treaty_never_falls_after_the_end(record_property: Property) -> None:
    """Art. 34.7(1): with the term everything under the Agreement is over, but what is its end."""
    seen = 0
    for history in _histories()[:SCENARIOS]:
        over = next((m.event.on for m in history.line.moments if m.position.phase in ENDED), None)
        try:
            found = resolve(history.line, LAW, RECORD)
        except BeyondTheCalendar:
            continue
        for each in found.values():
            review = each.review
            assert over is None or review is None or review.meeting.day < over, history
        seen += len(found)
    _record(record_property, "dates", seen)


# ------------------------------------------------------------------------------------------------ in a scenario


def _scenario_lines(seed: int) -> tuple[list[str], Readings]:
    """Lines after the record's end that can be assumed one after the other."""
    chance, lines = Random(seed), list[str]()
    for on in sorted(_days(chance) for _ in range(chance.randrange(2, 8))):
        drawn = _drawn_line(chance, on)
        try:
            assume([*lines, drawn], RECORD, defaults())
        except NotAssumable:
            continue
        lines.append(drawn)
    return lines, defaults()


def _silent_by(acts: tuple[Act, ...], day: date) -> set[tuple[str, date]]:
    return {
        (type(a).__name__, a.on) for a in acts if isinstance(a.source, Assumed) and a.source.silence and a.on <= day
    }


def test_what_is_assumed_of_a_later_day_changes_no_earlier_answer(record_property: Property) -> None:
    """A review about which nothing is assumed is taken as held and concluded on its own day, whatever comes later.

    A later holding or conclusion of that very review is an assumption about it.
    """
    compared = 0
    for seed in range(SCENARIOS):
        lines, readings = _scenario_lines(seed)
        for place in range(1, len(lines)):
            later = understood(lines[place])
            if any(word in lines[place] for word in ("review held", "review concludes")):
                continue
            day = later.on - ONE_DAY
            if understood(lines[place - 1]).on > day:
                continue
            before, after = (assume(lines[:n], RECORD, readings) for n in (place, place + 1))
            assert _silent_by(before.acts, day) == _silent_by(after.acts, day), lines[: place + 1]
            one, other = (timeline((*RECORD.acts, *each.acts), readings).position_on(day) for each in (before, after))
            assert (one.phase, one.parties, one.outcome_recorded, one.next_review) == (
                other.phase, other.parties, other.outcome_recorded, other.next_review,
            ), lines[: place + 1]  # fmt: skip
            compared += 1
    _record(record_property, "earlier answers compared", compared)


def test_after_its_own_day_no_review_of_a_scenario_is_open() -> None:
    """Art. 34.7(6): where nothing is assumed of a six-year review, annual reviews follow from that very day."""
    for seed in range(SCENARIOS):
        lines, readings = _scenario_lines(seed)
        if any("review" in line for line in lines):
            continue
        line = timeline((*RECORD.acts, *assume(lines, RECORD, readings).acts), readings)
        assert all(line.position_on(r.falls_due).phase is not Phase.REVIEW_OPEN for r in line.reviews()[1:]), lines


@pytest.mark.parametrize("party", list(Party))
def test_a_later_refusal_does_not_speak_of_an_earlier_review(party: Party) -> None:
    """Art. 34.7(4): between two reviews a refusal is not the outcome of the last."""
    lines = (ENTRY, "2026-07-01 us declines", f"2028-03-01 {party.lower()} declines")
    acts = tuple(act for line in lines for act in understood(line).acts((), Assumed(said=line)))
    assert not timeline(acts, defaults()).position_on(date(2028, 3, 1)).outcome_recorded
