"""Whether histories that the walk takes for the same are the same: what is answered, and whatever is done then."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from itertools import permutations
from random import Random
from typing import Any

from review_clock.law.acts_and_lapses import Act, Event, Party
from review_clock.law.chapter_34 import Refusal, falls_next, row_for, step
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Position
from tests.proof.walk.acts import AWKWARD_DAYS, Year, acts_on
from tests.proof.walk.invariants import Case
from tests.proof.walk.positions import Place, Walk

Names = dict[Party, Party]
Other = tuple[Place, tuple[Event, ...], Position]
"""Another history: a place, what happened there then, and the position that it led to."""
STEPS = 4
PLAIN_DAYS = Year("days from which every count is the same in every year", ((1, 2), (6, 30), (7, 1), (7, 2), (12, 31)))


def _years_later(day: date | None, years: int) -> date | None:
    return None if day is None else day.replace(year=day.year + years)


def _stands(p: Position, years: int) -> dict[Party, Any]:
    leaves = {each.party: _years_later(each.effective.day, years) for each in p.leaving}
    return {party: (party in p.confirmed_by, leaves.get(party)) for party in p.parties}


def _names(one: Position, other: Position, years: int) -> Names:
    """Who of the other history is who of this one: those that stand alike."""
    here, there = _stands(one, years), _stands(other, 0)
    for named in permutations(Party):
        names = dict(zip(Party, named, strict=True))
        if {names[party]: stands for party, stands in here.items()} == there:
            return names
    raise AssertionError("no Party of one history stands as one of the other")


def _told(c: Case, years: int, names: Names) -> dict[str, Any]:
    """What of an answer is not history, so many years later and by other names."""
    a = c.answer
    return {
        "phase": a.phase,
        "between": sorted(names[party] for party in a.between),
        "notices": sorted((names[each.party], _years_later(each.effective, years)) for each in a.notices),
        "to take back": sorted((names[n.party], _years_later(n.last_day_to_rescind, years) or "") for n in a.notices),
        "confirmed": sorted(names[each.party] for each in a.confirmed),
        "ends": (_years_later(a.ends.date, years), a.ends.because) if a.ends else None,
        "review": (a.next_review.kind, _years_later(a.next_review.date, years)) if a.next_review else None,
        "extended": a.extended is not None,
    }


def differences(
    walk: Walk, place: Place, other: tuple[Place, tuple[Event, ...], Position], chance: Random
) -> list[str]:
    """How the answers to two histories differ that were taken for the same, or what is then done to both."""
    parent, events, position = other
    if not position.in_force:
        return [] if position.phase == place.position.phase else ["one has ended, the other has not"]
    assert place.position.term_end is not None
    assert position.term_end is not None
    years = position.term_end.day.year - place.position.term_end.day.year
    names = _names(place.position, position, years)
    one = Case(place.history(), place.position, place.state, walk.readings)
    two = Case([*parent.history(), *events], position, place.state, walk.readings)
    here, there = _told(one, years, names), _told(two, 0, {party: party for party in Party})
    far = max(c.answer.ends.date.year if c.answer.ends else 9999 for c in (one, two)) > 2100
    told = [f"{name}: {here[name]}, {there[name]}" for name in here if here[name] != there[name] and not far]
    return told or _then(
        walk, place.position, position, max(_years_later(one.as_of, years), two.as_of), years, names, chance
    )


def _then(
    walk: Walk, one: Position, other: Position, since: date, years: int, names: Names, chance: Random
) -> list[str]:
    """Some acts done to both, the other's so many years later and by its own names, time passing between."""
    day, days = since, AWKWARD_DAYS if years % 4 == 0 else PLAIN_DAYS
    for _ in range(STEPS):
        day = chance.choice((days.after(day), walk.year.after(day)))
        one, other = _until(one, day, -years, walk), _until(other, day, 0, walk)
        if walk.key(one) != walk.key(other):
            return [f"time passes to {day}: {walk.key(one)}, {walk.key(other)}"]
        if not other.in_force:
            return []
        act = chance.choice(list(acts_on(other, day, walk.readings, walk.year)))
        own = _renamed(act, -years, {theirs: ours for ours, theirs in names.items()})
        rows = [row_for(p, each, walk.readings) for p, each in ((one, own), (other, act))]
        if isinstance(rows[0], Refusal) != isinstance(rows[1], Refusal):
            return [f"{act}: {rows}"]
        if not isinstance(rows[0], Refusal):
            one, other = step(one, own, walk.readings), step(other, act, walk.readings)
            if walk.key(one) != walk.key(other):
                return [f"{act}: {walk.key(one)}, {walk.key(other)}"]
            day += ONE_DAY
    return []


def _until(p: Position, day: date, years: int, walk: Walk) -> Position:
    last = _years_later(day, years)
    while (lapse := falls_next(p, walk.readings)) is not None and lapse.on <= last:
        p = step(p, lapse, walk.readings)
    return p


def _renamed(act: Act, years: int, names: Names) -> Act:
    changes: dict[str, Any] = {}
    for each in fields(act):
        value = getattr(act, each.name)
        if isinstance(value, date):
            changes[each.name] = _years_later(value, years)
        elif each.name == "party":
            changes[each.name] = names[value]
    return replace(act, **changes)
