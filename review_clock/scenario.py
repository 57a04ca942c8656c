"""Assumptions made into a longer record.

A scenario is only a record with more events. A joint review after the record's end of which no assumption says how
it ended is taken as held and concluded with the confirmations then standing, and the answer says that this was
assumed. A counterfactual scenario leaves the record before its end: what is recorded from that day on is set aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.events import Act, Assumed, ReviewConcluded, ReviewHeld, in_order
from review_clock.law.readings import Readings
from review_clock.record.grammar import Said, understood
from review_clock.record.ledger import Record
from review_clock.timeline import LAST_DAY, OutsideTheCalendar, timeline


class NotAssumable(ValueError):
    """An assumption that cannot be made: it is refused by the law, or lies in what is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is assumed, line by line, and the acts it comes to, those taken for silent reviews included.

    `record` is the record that the acts are laid over: a counterfactual scenario's is cut off before `departs_on`,
    the day on which it leaves what is recorded. `name` is its name in the library or its file's, else empty.
    """

    lines: tuple[str, ...]
    acts: tuple[Act, ...]
    record: Record
    departs_on: date | None = None
    name: str = ""

    @property
    def taken_in_silence(self) -> tuple[Act, ...]:
        """The acts that no line says: reviews taken as held and concluded."""
        return tuple(act for act in self.acts if isinstance(act.source, Assumed) and act.source.silence)


def record_ends(record: Record) -> date:
    """The last day of which the record speaks: that of its last event, or the day to which it was verified."""
    return max((record.verified_on, *(act.on for act in record.acts)))


def _acts_of(said: Said, acts: tuple[Act, ...], readings: Readings) -> tuple[Act, ...]:
    """The acts of one line, done where the Agreement then stands. Raises `NotAssumable`."""
    try:
        bound = timeline((act for act in acts if act.on <= said.on), readings).position_on(said.on).parties
        added = said.acts(bound, Assumed(said=said.line))
        timeline((*acts, *added), readings)
    except NotProvidedFor as refused:
        raise NotAssumable(f"{said.line!r}: {refused}") from None
    return added


def _silent_reviews(acts: tuple[Act, ...], after: date, readings: Readings) -> tuple[Act, ...]:
    """A meeting and its conclusion for each review after `after` that nothing says the outcome of."""
    line = timeline(acts, readings)
    source = Assumed(said="", silence=True)
    added: list[Act] = []
    for review in line.reviews():
        if not review.outcome_recorded and review.falls_due > after:
            day = review.falls_due
            added += [] if review.held_on else [ReviewHeld(on=day, source=source)]
            added += [ReviewConcluded(on=max(day, review.held_on or day), source=source)]
    return tuple(added)


def _possible(acts: tuple[Act, ...], added: tuple[Act, ...], readings: Readings) -> tuple[Act, ...]:
    """Those of `added` that the law lets happen beside `acts`: all of them, or what is left taken in turn."""
    try:
        timeline((*acts, *added), readings)
        return added
    except NotProvidedFor:
        pass
    kept: tuple[Act, ...] = ()
    for act in added:
        try:
            timeline((*acts, *kept, act), readings)
        except NotProvidedFor:
            continue
        kept = (*kept, act)
    return kept


def _departed(said: tuple[Said, ...], record: Record, counterfactual: bool) -> tuple[Record, date | None]:
    """The record that a scenario is laid over, and the day on which it leaves what is recorded, if it does."""
    ends = record_ends(record)
    early = [each for each in said if each.on <= ends]
    if not early:
        return record, None
    if not counterfactual:
        raise NotAssumable(
            f"{early[0].line!r}: the record reaches to {ends}; assume a later day, or use a counterfactual scenario"
        )
    return record.before(early[0].on), early[0].on


def assume(
    lines: Iterable[str], record: Record, readings: Readings, *, counterfactual: bool = False, name: str = ""
) -> Scenario:
    """The scenario of `lines` on top of `record`.

    Raises `NotUnderstood` for a line that is not in the grammar, `NotAssumable` for one that the law refuses (with the
    paragraph) or that lies before the record's end without being `counterfactual`.
    """
    said = tuple(sorted((understood(line) for line in lines), key=lambda each: each.on))
    for each in said:
        if each.on > LAST_DAY:
            raise NotAssumable(f"{each.line!r}: {OutsideTheCalendar(each.on)}")
    base, departs_on = _departed(said, record, counterfactual)
    acts: tuple[Act, ...] = ()
    for each in said:
        acts += _acts_of(each, (*base.acts, *acts), readings)
    silent = _silent_reviews((*base.acts, *acts), record_ends(base), readings)
    acts += _possible((*base.acts, *acts), silent, readings)
    return Scenario(
        lines=tuple(each.line for each in said),
        acts=tuple(sorted(acts, key=in_order)),
        record=base,
        departs_on=departs_on,
        name=name,
    )
