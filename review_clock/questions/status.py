"""The position on a day as plain frozen values, free of language, under the names that they have in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from review_clock.files import HIDDEN, MaybeText, Texts
from review_clock.law.acts_and_lapses import Assumed, Party
from review_clock.law.position import Phase, Position, ReviewAhead, Withdrawal
from review_clock.law.readings import Readings
from review_clock.questions.answer import Answer, answer
from review_clock.questions.premises import Premises
from review_clock.record.ledger import AGREEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPosition:
    """Where a Party stands: `state` is none, confirmed, declined or left; `stated_position` what it last said;
    `extended` is the day of its confirmation that made the last extension, until the review after it falls due.

    `entry` is the record's entry behind it, with the first of its sources, of the confirmation or refusal where there
    is one; `stated_entry` is that of the stated position. `assumed` says that an assumption is behind it.
    """

    party: Party = field(metadata=HIDDEN)
    state: str
    on: date | None
    stated_position: str | None
    stated_on: date | None
    stated_words: Texts | None
    stated_entry: MaybeText
    extended: date | None
    entry: MaybeText
    source: MaybeText
    source_url: MaybeText
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice of withdrawal that runs or has run: the Party, its day, the day it takes (took) effect. Art. 34.6."""

    party: Party
    notice: date
    effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term: its first day, and the anniversary on which it ends, or the day that an amendment set. Art. 34.7(1).

    `amended` says that it rests on one (Art. 34.3, not read here).
    """

    start: date
    end: date
    amended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Whole days from the day of the answer; None where there is nothing to count to."""

    to_next_review: int | None
    to_term_end: int | None
    to_end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """How far the record goes; `beyond_record` is true where the day lies after that."""

    last_event: date | None
    last_event_id: MaybeText
    verified_on: date | None
    beyond_record: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The position on a day.

    `out_of_force_on` is the first day without the Agreement if nothing more is done; `leaves_record_on` the day on
    which a counterfactual scenario leaves the record.
    """

    agreement: str = AGREEMENT
    as_of: date
    in_force: bool
    phase: str
    provision: str
    parties: tuple[Party, ...]
    term: Term | None
    next_review: ReviewAhead | None
    days: Days
    out_of_force_on: date | None
    confirmations: Mapping[Party, PartyPosition]
    withdrawals: tuple[Notice, ...]
    left: tuple[Notice, ...]
    outcome_recorded: bool
    assumed: tuple[str, ...]
    assumed_in_silence: tuple[date, ...]
    leaves_record_on: date | None
    readings: Readings
    record: RecordState
    answer: Answer
    last_review: date | None = field(metadata=HIDDEN)


def _party_position(party: Party, premises: Premises, facts: Answer) -> PartyPosition:
    position, record = premises.position, premises.known
    confirmed = next((each for each in position.confirmed if each.party is party), None)
    declined = next((each for each in position.declined if each.party is party), None)
    stated = next((each for each in position.stated if each.party is party), None)
    done = confirmed or declined
    state = "confirmed" if confirmed else "declined" if declined else "none"
    if party not in position.parties:
        state = "left"
    behind = done or stated
    entries = record.by_id()
    entry = entries.get(behind.entry) if behind is not None else None
    said_in = entries.get(stated.entry) if stated is not None else None
    made = facts.extended.confirmed if facts.extended and position.phase is Phase.SIX_YEAR_CYCLE else ()
    acts = premises.present.acts
    said = {(getattr(act, "party", None), act.on) for act in acts if isinstance(act.source, Assumed)}
    return PartyPosition(
        party=party,
        state=state,
        on=done.on if done else None,
        stated_position=str(stated.stance) if stated else None,
        stated_on=stated.on if stated else None,
        stated_words=said_in.stated_words if said_in else None,
        stated_entry=said_in.id if said_in else "",
        extended=next((each.on for each in made if each.party is party), None),
        entry=entry.id if entry else "",
        source=entry.sources[0].title if entry else "",
        source_url=entry.sources[0].url if entry else "",
        assumed=behind is not None and not behind.entry and (party, behind.on) in said,
    )


def _notices(withdrawals: tuple[Withdrawal, ...]) -> tuple[Notice, ...]:
    return tuple(Notice(party=each.party, notice=each.notice, effective=each.effective.day) for each in withdrawals)


def _record_state(premises: Premises) -> RecordState:
    last = premises.known.entries[-1] if premises.known.entries else None
    return RecordState(
        last_event=last.act.on if last else None,
        last_event_id=last.id if last else "",
        verified_on=premises.verified_on,
        beyond_record=premises.beyond_record,
    )


def _term(position: Position) -> Term | None:
    if position.term_start is None or position.term_end is None:
        return None
    return Term(start=position.term_start, end=position.term_end.day, amended=position.end_amended)


def status(premises: Premises) -> Status:
    """The position at the end of the day, under what the record then held and what is assumed to that day.

    Raises `OutsideTheCalendar`, `NotProvidedFor`, `NotAssumable`.
    """
    as_of, position, scenario = premises.as_of, premises.position, premises.scenario
    facts, term = answer(premises), _term(position)
    review = premises.present.review_ahead(as_of)
    silent = scenario.taken_in_silence if scenario else ()
    return Status(
        as_of=as_of,
        in_force=position.in_force,
        phase=str(position.phase),
        provision=position.provision,
        parties=tuple(sorted(position.parties)),
        term=term,
        next_review=review.ahead(premises.readings) if review else None,
        days=Days(
            to_next_review=(review.falls_due - as_of).days if review else None,
            to_term_end=(term.end - as_of).days if term and position.in_force else None,
            to_end=(facts.ends.date - as_of).days if facts.ends and position.in_force else None,
        ),
        out_of_force_on=facts.ends.date if facts.ends else None,
        confirmations={party: _party_position(party, premises, facts) for party in Party},
        withdrawals=_notices(position.leaving),
        left=_notices(position.left),
        outcome_recorded=position.outcome_recorded,
        assumed=scenario.lines if scenario else (),
        assumed_in_silence=tuple(sorted({act.on for act in silent})),
        leaves_record_on=scenario.departs_on if scenario else None,
        readings=premises.readings,
        record=_record_state(premises),
        answer=facts,
        last_review=position.review.falls_due if position.review else None,
    )
