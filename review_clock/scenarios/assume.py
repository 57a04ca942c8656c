"""Assumptions made into a longer record.

A scenario is only a record with more events. A joint review after the record's end of which no assumption says how
it ended is taken as held and concluded with the confirmations then standing, and the answer says that this was
assumed. A counterfactual scenario leaves the record before its end: what is recorded from that day on is set aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.files import Error
from review_clock.law.acts_and_lapses import Act, Assumed, Party, ReviewConcluded, in_order
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.readings import Readings
from review_clock.record.entries import Announced, Entry
from review_clock.record.grammar import Understood, understood
from review_clock.record.ledger import Record
from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar, timeline


class NotAssumable(Error, ValueError):
    """An assumption that cannot be made: the law refuses it, or its day lies outside what may be assumed.

    `line` is the assumption in its author's words; `key` names the reason in the words files (`refusal.…` where it is
    the law that refuses, with `provision`, the paragraph), `values` fills it. The text of the error is in English.
    """

    def __init__(self, line: str, key: str, why: str, provision: str = "", **values: object) -> None:
        self.line, self.key, self.provision, self.values = line, key, provision, values
        paragraph = f" ({provision})" if provision else ""
        super().__init__(f"{line!r}: {why}{paragraph}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is assumed, line by line, and the acts it comes to, those taken for silent reviews included.

    `record` is the record that the acts are laid over: a counterfactual scenario's is cut off before `departs_on`,
    the day on which it leaves what is recorded, and `aside` holds the entries and announced dates left out. `name` is
    its name in the library or its file's, else empty.
    """

    lines: tuple[str, ...]
    acts: tuple[Act, ...]
    record: Record
    departs_on: date | None = None
    aside: tuple[Entry | Announced, ...] = ()
    name: str = ""

    @property
    def set_aside(self) -> tuple[str, ...]:
        """The ids of what is left out."""
        return tuple(row.id for row in self.aside)

    @property
    def taken_in_silence(self) -> tuple[Act, ...]:
        """The acts that no line says: reviews taken as held and concluded."""
        return tuple(act for act in self.acts if isinstance(act.source, Assumed) and act.source.silence)


def _acts_of(said: Understood, acts: tuple[Act, ...], readings: Readings) -> tuple[Act, ...]:
    """The acts of one line, done where the Agreement then stands. Raises `NotAssumable`."""
    try:
        then = timeline((act for act in acts if act.on <= said.on), readings).position_on(said.on)
        added = said.acts(then.yet_to_confirm, Assumed(said=said.line))
        timeline((*acts, *added), readings)
    except NotProvidedFor as refused:
        row = refused.refusal
        raise NotAssumable(said.line, f"refusal.{row.key}", row.why, row.provision) from None
    return added


def _silent_reviews(acts: tuple[Act, ...], after: date, readings: Readings) -> tuple[Act, ...]:
    """A conclusion for each review after `after` of which nothing says, by its own day, how it ended. That it was
    held follows; a meeting of its own would make the day known, which nobody set.

    What is done on a later day, short of concluding it, says nothing of it: else it would change an earlier answer.
    """
    line = timeline(acts, readings)
    source = Assumed(said="", silence=True)
    added: list[Act] = []
    for review in line.reviews():
        day = review.held_on or review.falls_due
        if day > after and review.concluded_on is None and not line.position_on(day).outcome_recorded:
            added.append(ReviewConcluded(on=day, source=source))
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


def _first_act(said: Understood) -> Act:
    return said.acts((Party.CA,), Assumed(said=said.line))[0]


def _in_turn(said: Understood) -> tuple[date, int, str]:
    """The sort key of lines: that of their acts, so that it does not matter in which order two of one day are given."""
    return in_order(_first_act(said))


def _departed(said: tuple[Understood, ...], record: Record, counterfactual: bool) -> tuple[Record, date | None]:
    """The record that a scenario is laid over, and the day on which it leaves what is recorded, if it does."""
    ends = record.ends
    early = [each for each in said if each.on <= ends]
    if not early:
        return record, None
    if not counterfactual:
        why = f"the record reaches to {ends}; assume a later day, or use a counterfactual scenario"
        raise NotAssumable(early[0].line, "assumption.within_record", why, day=ends.isoformat())
    return record.before(early[0].on), early[0].on


def assume(
    lines: Iterable[str], record: Record, readings: Readings, *, counterfactual: bool = False, name: str = ""
) -> Scenario:
    """The scenario of `lines` on top of `record`.

    Raises `NotUnderstood` for a line that is not in the grammar, `NotAssumable` for one that the law refuses (with the
    paragraph) or that lies before the record's end without being `counterfactual`, `NotProvidedFor` where under these
    readings the record itself could not be.
    """
    said = tuple(sorted((understood(line) for line in lines), key=_in_turn))
    for each in said:
        day = max(each.on, getattr(_first_act(each), "day", each.on))
        if day > LAST_DAY:
            why, last = str(OutsideTheCalendar(day)), LAST_DAY.isoformat()
            raise NotAssumable(each.line, "assumption.beyond_calendar", why, day=day.isoformat(), last=last)
    base, departs_on = _departed(said, record, counterfactual)
    timeline(base.acts, readings)  # what the record itself may not say is no fault of the first line
    acts: tuple[Act, ...] = ()
    for each in said:
        acts += _acts_of(each, (*base.acts, *acts), readings)
    silent = _silent_reviews((*base.acts, *acts), base.ends, readings)
    acts += _possible((*base.acts, *acts), silent, readings)
    return Scenario(
        lines=tuple(each.line for each in said),
        acts=tuple(sorted(acts, key=in_order)),
        record=base,
        departs_on=departs_on,
        aside=tuple(row for identity, row in record.rows().items() if identity not in base.rows()),
        name=name,
    )
