"""The timeline: silence, the past, two halves, and the Parties' equality, as properties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_clock.law.acts_and_lapses import (
    Act,
    Assumed,
    Confirmation,
    EntryIntoForce,
    NonConfirmation,
    Note,
    Party,
    ReviewConcluded,
    ReviewFallsDue,
    ReviewHeld,
    TermEnds,
    WithdrawalNotice,
    WithdrawalRescinded,
    in_order,
)
from review_clock.law.chapter_34 import NotProvidedFor, step
from review_clock.law.position import Phase, Position
from review_clock.law.readings import Readings
from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar, Timeline, as_far_as_lawful, timeline, unfold
from tests.frozen import LAW, defaults

SAID = Assumed(said="")
ENTRY = EntryIntoForce(on=date(2020, 7, 1), source=SAID)


def test_in_silence_a_review_falls_due_each_first_of_july_until_the_term_ends(tell: Callable[..., Timeline]) -> None:
    moments = tell().moments
    reviews = [m.event.on for m in moments if isinstance(m.event, ReviewFallsDue)]
    assert reviews == [date(year, 7, 1) for year in range(2026, 2036)]
    assert isinstance(moments[-1].event, TermEnds)
    assert moments[-1].event.on == date(2036, 7, 1)


@pytest.mark.parametrize(
    ("story", "years"),
    [
        ("", ()),
        ("2026-07-01 us declines; 2026-12-15 next review held", (2027,)),
        ("2026-07-01 us declines; 2026-12-01 next review set for 2029-01-10", (2027, 2028)),
        ("2026-07-01 us declines; 2034-12-15 next review held", (2035,)),
        ("2027-07-01 all confirm; 2029-08-31 next review held", ()),
        ("2027-07-01 all confirm; 2033-12-15 next review held", (2034,)),
        ("2026-07-01 us declines; 2034-12-15 next review held; 2035-06-30 all confirm", ()),
    ],
)
def test_the_years_left_without_a_review_are_named(
    tell: Callable[..., Timeline], story: str, years: tuple[int, ...]
) -> None:
    assert tell(story).years_without_review == years


def test_an_unrecorded_review_says_so_and_a_recorded_one_does_not(tell: Callable[..., Timeline]) -> None:
    assert not tell().position_on(date(2026, 7, 1)).outcome_recorded
    declined = tell("2026-07-01 us declines")
    assert declined.position_on(date(2027, 6, 30)).outcome_recorded
    assert not declined.position_on(date(2027, 7, 1)).outcome_recorded
    concluded = tell("2026-07-01 us declines; 2027-07-05 review concludes")
    assert concluded.position_on(date(2027, 7, 5)).outcome_recorded


def test_a_day_after_2100_is_refused_and_the_last_is_not(tell: Callable[..., Timeline]) -> None:
    line = tell()
    assert not line.position_on(LAST_DAY).in_force
    with pytest.raises(OutsideTheCalendar, match="2101-01-01 is after 2100-12-31"):
        line.position_on(date(2101, 1, 1))


def test_before_the_first_event_nothing_is_in_force(tell: Callable[..., Timeline]) -> None:
    assert tell().position_on(date(1, 1, 1)) == Position()


# --------------------------------------------------------------------------------------------------- properties

BOUNDARIES = [date(2026, 7, 1), date(2027, 7, 1), date(2035, 7, 1), date(2036, 7, 1), date(2028, 2, 29)]


@st.composite
def days(draw: st.DrawFn) -> date:
    """Days near the boundaries of the law, where mistakes are."""
    near = draw(st.sampled_from(BOUNDARIES))
    return near + timedelta(days=draw(st.sampled_from((-184, -31, -1, 0, 1, 31, 184, 400))))


@st.composite
def an_act(draw: st.DrawFn) -> Act:
    """Any act."""
    on = draw(days())
    kind = draw(
        st.sampled_from(
            (Confirmation, NonConfirmation, WithdrawalNotice, WithdrawalRescinded, ReviewConcluded, ReviewHeld)
        )
    )
    if kind in (ReviewConcluded, ReviewHeld):
        return kind(on=on, source=SAID)
    return kind(on=on, source=SAID, party=draw(st.sampled_from(list(Party))))


def lawful(acts: list[Act], readings: Readings) -> tuple[Act, ...]:
    """Those of `acts` that the law allows, taken in order."""
    kept: tuple[Act, ...] = (ENTRY,)
    for act in sorted(acts, key=in_order):
        try:
            timeline((*kept, act), readings)
        except NotProvidedFor:
            continue
        kept = (*kept, act)
    return kept


@st.composite
def some_readings(draw: st.DrawFn) -> Readings:
    """Any combination of readings."""
    readings = defaults()
    for reading in LAW.readings:
        readings = readings.but(reading.key, draw(st.sampled_from(reading.values)))
    return readings


RENAMINGS = [dict(zip(Party, order, strict=True)) for order in (("US", "CA", "MX"), ("MX", "US", "CA"))]


@settings(max_examples=60, deadline=None)
@given(st.lists(an_act(), max_size=7), some_readings(), days(), st.sampled_from(RENAMINGS))
def test_chapter_34_knows_no_favourites(
    acts: list[Act], readings: Readings, day: date, renamed: dict[Party, str]
) -> None:
    from dataclasses import replace

    kept = lawful(acts, readings)
    other = tuple(replace(a, party=Party(renamed[a.party])) if hasattr(a, "party") else a for a in kept)
    one, two = timeline(kept, readings).position_on(day), timeline(other, readings).position_on(day)
    assert (one.phase, one.term_end and one.term_end.day, one.next_review and one.next_review.falls_due) == (
        two.phase,
        two.term_end and two.term_end.day,
        two.next_review and two.next_review.falls_due,
    )
    assert {Party(renamed[p]) for p in one.parties} == two.parties


@settings(max_examples=60, deadline=None)
@given(st.lists(an_act(), max_size=7), some_readings())
def test_the_future_does_not_move_the_past(acts: list[Act], readings: Readings) -> None:
    kept = lawful(acts, readings)
    whole = timeline(kept, readings)
    for act in kept:
        for day in (act.on - timedelta(days=1), act.on, act.on + timedelta(days=1)):
            so_far = timeline([a for a in kept if a.on <= day], readings)
            assert whole.position_on(day) == so_far.position_on(day)


@settings(max_examples=60, deadline=None)
@given(st.lists(an_act(), max_size=7), some_readings())
def test_folding_in_two_parts_is_folding_once(acts: list[Act], readings: Readings) -> None:
    moments = list(unfold(lawful(acts, readings), LAST_DAY, readings))
    position = Position()
    for moment in moments:
        position = step(position, moment.event, readings)
        assert position == moment.position
    assert [in_order(m.event) for m in moments] == sorted(in_order(m.event) for m in moments)


@settings(max_examples=60, deadline=None)
@given(st.lists(an_act(), max_size=7), some_readings())
def test_every_year_has_one_position_and_time_only_ends_things(acts: list[Act], readings: Readings) -> None:
    line = timeline(lawful(acts, readings), readings)
    ended = False
    for year in range(2018, 2061):
        position = line.position_on(date(year, 7, 2))
        assert not (ended and position.in_force)
        ended = ended or (not position.in_force and position.term > 0)


def test_notes_are_held_against_nothing_however_many_a_day_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counting(_act: Act, done: list[Act]) -> None:
        compared.append(len(done))

    monkeypatch.setattr("review_clock.timeline.unfold.contradicted", counting)
    notes = [Note(on=date(2027, 7, 1), source=SAID) for _ in range(200)]
    us, ca = (Confirmation(on=date(2027, 7, 1), source=SAID, party=party) for party in (Party.US, Party.CA))
    moments = list(unfold([ENTRY, *notes, us, ca], date(2027, 7, 1), defaults()))
    assert sum(isinstance(moment.event, Note) for moment in moments) == 200
    assert compared == [1]


@pytest.mark.parametrize("story", ["", "2027-07-01 all confirm; 2030-02-28 us gives notice", "2027-07-01 us declines"])
def test_what_is_kept_of_the_same_acts_is_what_each_reading_gives(tell: Callable[..., Timeline], story: str) -> None:
    acts, choices = tell(story).acts, LAW.alternatives(defaults())
    for first in choices:
        for second in choices:
            under = defaults().but(*first).but(*second)
            assert timeline(acts, under).moments == tuple(unfold(acts, LAST_DAY, under))


def test_what_the_law_refuses_is_passed_over_whoever_asked_of_the_same_acts_before(
    tell: Callable[..., Timeline],
) -> None:
    """Art. 34.6, R9: where no notice can be taken back the taking back has no effect."""
    never = defaults().but("notice_can_be_rescinded", "no")
    for _ in range(2):  # the acts of a story are made anew
        acts = tell("2026-11-20 us gives notice; 2026-11-21 mx gives notice; 2027-01-10 us rescinds notice").acts
        line = as_far_as_lawful(acts, never)
        assert line.acts == acts[:-1]
        assert line.final.phase == Phase.ENDED_BY_WITHDRAWAL
