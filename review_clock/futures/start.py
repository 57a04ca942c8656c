"""Where a walk into the futures begins: the Position on a day, under the record or a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.law.position import Position
from review_clock.law.readings import Readings
from review_clock.record.grammar import understood
from review_clock.record.ledger import Record, record_ends
from review_clock.scenarios.assume import Scenario
from review_clock.timeline.unfold import timeline


class NothingAhead(ValueError):
    """A day on which the Agreement is not in force, or of which nothing of what was assumed is true yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The Position at the end of `as_of`, and what was assumed to come to it.

    Of a scenario what lies after `as_of` is not taken as done: those are the choices that are left open. `assumed`
    holds the lines taken, `left_open` the others.
    """

    as_of: date
    position: Position
    readings: Readings
    verified_on: date
    beyond_record: bool
    assumed: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    departs_on: date | None = None


def start(record: Record, as_of: date, readings: Readings, scenario: Scenario | None = None) -> Start:
    """The Position at the end of `as_of`, under what the record then held and what `scenario` assumes to that day.

    Raises `NothingAhead` where there is nothing to walk into, `OutsideTheCalendar`, `NotProvidedFor`.
    """
    base = record if scenario is None else scenario.record
    lines = () if scenario is None else scenario.lines
    done = tuple(line for line in lines if understood(line).on <= as_of)
    if lines and not done:
        first = min(understood(line).on for line in lines)
        raise NothingAhead(f"nothing that is assumed has happened by {as_of} (accepted: --as-of {first} or later)")
    acts = () if scenario is None else tuple(act for act in scenario.acts if act.on <= as_of)
    position = timeline((*base.as_known_on(as_of).acts, *acts), readings).position_on(as_of)
    if not position.in_force:
        raise NothingAhead(f"the Agreement is not in force on {as_of} (accepted: a day on which it is)")
    return Start(
        as_of=as_of,
        position=position,
        readings=readings,
        verified_on=base.verified_on,
        beyond_record=as_of > record_ends(base),
        assumed=done,
        left_open=tuple(line for line in lines if line not in done),
        departs_on=None if scenario is None else scenario.departs_on,
    )
