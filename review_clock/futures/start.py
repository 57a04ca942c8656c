"""Where a walk into the futures begins: the Position on a day, under the record or a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.files import Error
from review_clock.law.position import Position
from review_clock.law.readings import Readings
from review_clock.questions.premises import Premises
from review_clock.record.grammar import understood


class NothingAhead(Error, ValueError):
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
    readings_chosen: Mapping[str, str]
    verified_on: date
    beyond_record: bool
    assumed: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    departs_on: date | None = None


LAST_HORIZON: Final = 2100


def checked(horizon: int, start: Start) -> int:
    """The last year of a walk. Raises `NothingAhead` where it lies before the start or after `LAST_HORIZON`."""
    if not start.as_of.year <= horizon <= LAST_HORIZON:
        raise NothingAhead(f"--horizon {horizon} (accepted: a year from {start.as_of.year} to {LAST_HORIZON})")
    return horizon


def beginning(premises: Premises) -> Start:
    """The Position at the end of `as_of`, under what the record then held and what is assumed to that day.

    Raises `NothingAhead` where there is nothing to walk into, `OutsideTheCalendar`, `NotProvidedFor`.
    """
    as_of, base, scenario = premises.as_of, premises.base, premises.scenario
    lines = () if scenario is None else scenario.lines
    done = tuple(line for line in lines if understood(line).on <= as_of)
    if lines and not done:
        first = min(understood(line).on for line in lines)
        raise NothingAhead(f"nothing that is assumed has happened by {as_of} (accepted: --as-of {first} or later)")
    position = premises.position
    if not position.in_force:
        raise NothingAhead(f"the Agreement is not in force on {as_of} (accepted: a day on which it is)")
    return Start(
        as_of=as_of,
        position=position,
        readings=premises.readings,
        readings_chosen=premises.law.not_default(premises.readings),
        verified_on=base.verified_on,
        beyond_record=as_of > base.ends,
        assumed=done,
        left_open=tuple(line for line in lines if line not in done),
        departs_on=None if scenario is None else scenario.departs_on,
    )
