"""The answers as plain frozen values, free of language: all that a rendering may know.

A rendering counts nothing: whatever a page or a table shows stands here, under the name it has in JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_clock.law.acts_and_lapses import Act, Assumed, Party
from review_clock.law.position import Position, term_ends_on
from review_clock.law.readings import Readings
from review_clock.record.ledger import Record, Source, record_ends
from review_clock.scenarios.assume import Scenario
from review_clock.timeline.unfold import Timeline, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPosition:
    """Where a Party stands: `state` is none, confirmed, declined or left; `stated_position` what it last said.

    `entry` is the record's entry behind it, with the first of its sources; `assumed` says that an assumption is.
    """

    party: Party
    state: str
    on: date | None
    stated_position: str | None
    stated_on: date | None
    entry: str
    source: Source | None
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice of withdrawal that runs or has run: the Party, its day, the day it takes (took) effect."""

    party: Party
    notice: date
    effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The position on a day. `beyond_record` is true where the day lies after the record's verification.

    `out_of_force_on` is the first day without the Agreement if nothing more is done; `departs_on` the day on which a
    counterfactual scenario leaves the record.
    """

    as_of: date
    in_force: bool
    phase: str
    provision: str
    parties: tuple[Party, ...]
    entered_into_force: date | None
    term_start: date | None
    term_end: date | None
    out_of_force_on: date | None
    next_review: date | None
    next_review_kind: str
    next_review_number: str
    days_to_next_review: int | None
    days_to_term_end: int | None
    confirmations: tuple[PartyPosition, ...]
    withdrawals: tuple[Notice, ...]
    left: tuple[Notice, ...]
    outcome_recorded: bool
    last_review: date | None
    assumed: tuple[str, ...]
    assumed_in_silence: tuple[date, ...]
    departs_on: date | None
    readings: Readings
    last_event: date | None
    last_event_id: str
    verified_on: date
    beyond_record: bool


def _party_position(party: Party, position: Position, record: Record, acts: tuple[Act, ...]) -> PartyPosition:
    confirmed = next((each for each in position.confirmed if each.party is party), None)
    declined = next((each for each in position.declined if each.party is party), None)
    stated = next((each for each in position.stated if each.party is party), None)
    done = confirmed or declined
    state = "confirmed" if confirmed else "declined" if declined else "none"
    if party not in position.parties:
        state = "left"
    behind = done or stated
    entry = record.by_id().get(behind.entry) if behind is not None else None
    said = {(getattr(act, "party", None), act.on) for act in acts if isinstance(act.source, Assumed)}
    return PartyPosition(
        party=party,
        state=state,
        on=done.on if done else None,
        stated_position=str(stated.stance) if stated else None,
        stated_on=stated.on if stated else None,
        entry=entry.id if entry else "",
        source=entry.sources[0] if entry else None,
        assumed=behind is not None and not behind.entry and (party, behind.on) in said,
    )


def _last_event(record: Record, as_of: date) -> tuple[date | None, str]:
    happened = [entry for entry in record.entries if entry.act.on <= as_of]
    return (happened[-1].act.on, happened[-1].id) if happened else (None, "")


def status(
    record: Record,
    as_of: date,
    readings: Readings,
    *,
    assumed: tuple[Act, ...] = (),
    lines: tuple[str, ...] = (),
    departs_on: date | None = None,
    line: Timeline | None = None,
) -> Status:
    """The position at the end of `as_of`, under what the record then held and what is `assumed`.

    `lines` are the assumptions in their author's words; `departs_on` the day on which they leave the record, if they
    do. Raises `OutsideTheCalendar`, `NotProvidedFor`.
    """
    known = record.as_known_on(as_of)
    acts = (*known.acts, *(act for act in assumed if act.on <= as_of))
    position = (line or timeline(acts, readings)).position_on(as_of)
    review = position.next_review
    last_event, last_event_id = _last_event(known, as_of)
    term_end = position.term_end.day if position.term_end else None
    return Status(
        as_of=as_of,
        in_force=position.in_force,
        phase=str(position.phase),
        provision=position.provision,
        parties=tuple(sorted(position.parties)),
        entered_into_force=position.entry.day if position.entry else None,
        term_start=position.term_start,
        term_end=term_end,
        out_of_force_on=term_ends_on(position.term_end, readings) if position.term_end else None,
        next_review=review.falls_due if review else None,
        next_review_kind=review.kind if review else "",
        next_review_number=review.key if review else "",
        days_to_next_review=(review.falls_due - as_of).days if review else None,
        days_to_term_end=(term_end - as_of).days if term_end and position.in_force else None,
        confirmations=tuple(_party_position(party, position, record, acts) for party in Party),
        withdrawals=tuple(Notice(party=w.party, notice=w.notice, effective=w.effective.day) for w in position.leaving),
        left=tuple(Notice(party=w.party, notice=w.notice, effective=w.effective.day) for w in position.left),
        outcome_recorded=position.outcome_recorded,
        last_review=position.review.falls_due if position.review else None,
        assumed=lines,
        assumed_in_silence=_silent_days(assumed),
        departs_on=departs_on,
        readings=readings,
        last_event=last_event,
        last_event_id=last_event_id,
        verified_on=record.verified_on,
        beyond_record=as_of > record_ends(record),
    )


def status_under(scenario: Scenario, as_of: date, readings: Readings) -> Status:
    """The position at the end of `as_of` under a scenario. Raises `OutsideTheCalendar`."""
    return status(
        scenario.record,
        as_of,
        readings,
        assumed=scenario.acts,
        lines=scenario.lines,
        departs_on=scenario.departs_on,
    )


def _silent_days(assumed: Iterable[Act]) -> tuple[date, ...]:
    silent = {act.on for act in assumed if isinstance(act.source, Assumed) and act.source.silence}
    return tuple(sorted(silent))
