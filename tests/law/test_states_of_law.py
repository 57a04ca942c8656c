"""Sixty-six states of the Agreement, written down by hand from Art. 34.6 and 34.7, against the positions of the core.

`fixtures/states.toml` gives them: the lines added to the shipped record, a day, and the facts at the end of that day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from review_clock.law.acts_and_lapses import Act, Assumed, in_order
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import ENDED, Review
from review_clock.law.readings import Readings
from review_clock.record.grammar import understood
from review_clock.timeline.unfold import Timeline, timeline
from tests.frozen import RECORD, defaults

STATES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "fixtures" / "states.toml").read_text(encoding="utf-8")
)["state"]


def _acts(lines: Iterable[str], as_of: date, readings: Readings) -> tuple[Act, ...]:
    """The acts of the shipped record and of `lines` that were done by `as_of`."""
    acts = tuple(act for act in RECORD.acts if act.on <= as_of)
    for line in lines:
        said = understood(line)
        then = timeline((act for act in acts if act.on <= said.on), readings).position_on(said.on)
        acts += said.acts(then.yet_to_confirm, Assumed(said=line))
    return tuple(sorted((act for act in acts if act.on <= as_of), key=in_order))


def _line(state: dict[str, Any], readings: Readings) -> Timeline:
    return timeline(_acts(state["record"], state["as_of"], readings), readings)


def _end(line: Timeline) -> dict[str, Any] | None:
    """The first day without the Agreement if nobody acts, the day before it, and why."""
    over = next((m for m in line.moments if m.position.phase in ENDED), None)
    if over is None:
        return None
    because = {"expired": "term", "ended_by_withdrawal": "withdrawals"}[over.position.phase]
    return {"date": over.event.on, "last_day": over.event.on - ONE_DAY, "because": because}


def _extended(line: Timeline, as_of: date) -> tuple[date, date] | None:
    """The day of the last extension and the day with which its term ends."""
    found, term = None, 1
    for moment in line.moments:
        position = moment.position
        if position.term > term and moment.event.on <= as_of:
            assert position.term_end is not None
            found, term = (moment.event.on, position.term_end.day), position.term
    return found


def _next_review(line: Timeline, as_of: date) -> dict[str, Any] | None:
    """The next review that would meet before the end if nobody acts."""
    review, end = line.position_on(as_of).next_review, _end(line)
    if review is None or (end is not None and review.falls_due >= end["date"]):
        return None
    day_is = "set" if review.scheduled else "by_law" if review.kind == "six_year" else "inferred"
    return {"date": review.falls_due, "kind": review.kind, "day_is": day_is}


def _unrecorded(line: Timeline, as_of: date) -> list[date]:
    """The days of the reviews of which nothing says how they ended."""
    seen: dict[str, Review] = {}
    for moment in line.moments:
        review = moment.position.review
        if moment.event.on <= as_of and review is not None:
            seen[review.key] = review
    return [review.held_on or review.falls_due for review in seen.values() if not review.outcome_recorded]


def _facts(state: dict[str, Any]) -> dict[str, Any]:
    """What the core says of a state, in the words of the file."""
    as_of, line = state["as_of"], _line(state, defaults())
    now = line.position_on(as_of)
    running = [(w.party, w.notice, w.effective.day, w.effective.day - ONE_DAY) for w in now.leaving]
    keys = ("party", "notice", "effective", "last_day_to_rescind")
    notices = [dict(zip(keys, row, strict=True)) for row in sorted(running, key=lambda row: (row[2], row[0]))]
    facts = {
        "in_force": now.in_force,
        "phase": str(now.phase),
        "between": sorted(now.parties) if now.in_force else [],
        "left": [{"party": w.party, "effective": w.effective.day} for w in now.left],
        "notices": notices,
        "unrecorded_reviews": _unrecorded(line, as_of),
        "ends": _end(line),
        "next_review": _next_review(line, as_of),
    }
    extended = _extended(line, as_of)
    if extended is not None:
        other = _extended(_line(state, defaults().but("extension_runs_from", "term_end")), as_of)
        assert other is not None
        facts["extended"] = {"on": extended[0], "to": extended[1], "other": [other[1]]}
    return facts


def _accepted(state: dict[str, Any], field: str) -> list[str]:
    """What the file also accepts for a field of which the text gives no answer."""
    return [row["also"] for row in state.get("doubtful", []) if row["field"] == field]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state["id"])
def test_a_state_has_the_facts_that_the_texts_give(state: dict[str, Any]) -> None:
    found = _facts(state)
    for field, value in found.items():
        expected = state.get(field)
        if field == "ends" and expected is not None:
            expected = {key: expected[key] for key in ("date", "last_day", "because")}
        if field == "unrecorded_reviews" and value != expected:
            value, expected = ", ".join(day.isoformat() for day in value), _accepted(state, field)[0]
        assert value == expected, field
    assert {"extended", "ends", "next_review"} & set(state["nulls"]) <= {
        field for field in ("extended", "ends", "next_review") if found.get(field) is None
    }


def test_there_are_sixty_six_states() -> None:
    assert len({state["id"] for state in STATES}) == len(STATES) == 66
