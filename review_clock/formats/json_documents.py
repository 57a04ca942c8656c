"""Reports → JSON documents: the contract's keys, the same for `--format json` and for the built site's API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from review_clock.formats.json_writer import iso
from review_clock.law.acts_and_lapses import StatedPosition, name_of

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.deadlines.deadline import Deadline
    from review_clock.deadlines.other_readings import Other
    from review_clock.law.counting import Counted
    from review_clock.law.readings import Reading, Readings
    from review_clock.law.rules import Rule
    from review_clock.questions.status import PartyPosition, Status
    from review_clock.record.ledger import Announced, Entry, Record, Source
    from review_clock.words.wording import Wording


def _confirmation_document(each: PartyPosition) -> dict[str, Any]:
    return {
        "state": each.state,
        "on": iso(each.on),
        "stated_position": each.stated_position,
        "stated_on": iso(each.stated_on),
        "entry": each.entry or None,
        "source": each.source.title if each.source else None,
        "source_url": each.source.url or None if each.source else None,
        "assumed": each.assumed,
    }


def status_document(status: Status, agreement: str) -> dict[str, Any]:
    """The position on a day, with the keys of the contract."""
    review = {"date": iso(status.next_review), "kind": status.next_review_kind}
    term = {"start": iso(status.term_start), "end": iso(status.term_end)}
    return {
        "agreement": agreement,
        "as_of": status.as_of.isoformat(),
        "in_force": status.in_force,
        "phase": status.phase,
        "provision": status.provision,
        "parties": list(status.parties),
        "term": term if status.term_end else None,
        "next_review": review if status.next_review else None,
        "days": {"to_next_review": status.days_to_next_review, "to_term_end": status.days_to_term_end},
        "out_of_force_on": iso(status.out_of_force_on),
        "confirmations": {each.party: _confirmation_document(each) for each in status.confirmations},
        "withdrawals": [
            {"party": each.party, "notice": each.notice.isoformat(), "effective": each.effective.isoformat()}
            for each in status.withdrawals
        ],
        "left": [
            {"party": each.party, "notice": each.notice.isoformat(), "effective": each.effective.isoformat()}
            for each in status.left
        ],
        "outcome_recorded": status.outcome_recorded,
        "assumed": list(status.assumed),
        "assumed_in_silence": [day.isoformat() for day in status.assumed_in_silence],
        "leaves_record_on": iso(status.departs_on),
        "readings": status.readings.as_dict(),
        "record": {
            "last_event": iso(status.last_event),
            "last_event_id": status.last_event_id or None,
            "verified_on": status.verified_on.isoformat(),
            "beyond_record": status.beyond_record,
        },
    }


def source_document(source: Source) -> dict[str, Any]:
    """A source: title, address, date, how it was seen."""
    return {
        "title": source.title,
        "url": source.url or None,
        "dated": source.dated or None,
        "via": source.via or None,
    }


def steps_document(counted: Counted, words: Wording) -> list[dict[str, Any]]:
    """A derivation, step by step, each with its date."""
    return [{"step": text, "date": day.isoformat()} for text, day in words.derivation(counted)]


def others_document(others: Iterable[Other]) -> list[dict[str, Any]]:
    """The other readings' dates; null where under that reading there is no such date."""
    return [{"reading": f"{other.key}={other.value}", "date": iso(other.day)} for other in others]


def _authority_document(cite: str) -> dict[str, Any]:
    from review_clock.law.authority import authorities

    known = authorities().by_cite.get(cite)
    return {"cite": cite, "url": known.url if known else None, "read": known.read if known else None}


def _office_document(deadline: Deadline) -> dict[str, Any] | None:
    from review_clock.deadlines.deadline import countries_of
    from review_clock.deadlines.office_days import office_day

    note = office_day(deadline.day, countries_of(deadline), deadline.office)
    if note.is_plain:
        return None
    return {
        "weekend": note.weekend,
        "holiday_in": list(note.holiday_in),
        "unknown_in": list(note.unknown_in),
        "last_before": iso(note.last_before),
    }


def deadline_document(deadline: Deadline, words: Wording) -> dict[str, Any]:
    """One deadline with everything that is known of it."""
    return {
        "id": deadline.id,
        "rule": deadline.rule,
        "date": deadline.day.isoformat(),
        "time": deadline.time or None,
        "zone": deadline.zone or None,
        "title": words.said(deadline.title),
        "duty": words.said(deadline.duty),
        "jurisdiction": deadline.jurisdiction,
        "kind": deadline.kind,
        "bound": deadline.bound,
        "actor": deadline.actor,
        "recipient": deadline.recipient or None,
        "certainty": deadline.certainty,
        "outcome": deadline.outcome or None,
        "condition": words.condition(deadline) or None,
        "confidence": deadline.confidence,
        "authority": [_authority_document(cite) for cite in deadline.authority],
        "derivation": steps_document(deadline.counted, words),
        "quote": {"words": deadline.quote.words, "cite": deadline.quote.cite} if deadline.quote else None,
        "other_readings": others_document(deadline.others),
        "earliest": deadline.earliest.isoformat(),
        "latest": deadline.latest.isoformat(),
        "office_days": _office_document(deadline),
        "evidence": list(deadline.evidence),
        "expected_by": list(deadline.expected_by),
        "moved_from": iso(deadline.moved_from),
        "changes": [
            {
                "what": change.what,
                "by": name_of(type(change.act)),
                "on": change.act.on.isoformat(),
                "before": iso(change.before),
                "after": iso(change.after),
            }
            for change in deadline.changes
        ],
    }


def deadlines_document(
    deadlines: Iterable[Deadline], as_of: date, readings: Readings, words: Wording
) -> dict[str, Any]:
    """The list of deadlines, by date and then id."""
    return {
        "as_of": as_of.isoformat(),
        "readings": readings.as_dict(),
        "deadlines": [deadline_document(deadline, words) for deadline in deadlines],
    }


def entry_document(entry: Entry, words: Wording) -> dict[str, Any]:
    """One entry of the record."""
    act = entry.act
    party = getattr(act, "party", None)
    return {
        "id": entry.id,
        "on": act.on.isoformat(),
        "until": iso(entry.until),
        "act": name_of(type(act)),
        "party": party,
        "parties": list(entry.parties),
        "stance": act.stance if isinstance(act, StatedPosition) else None,
        "known_on": entry.known_on.isoformat(),
        "text": words.said(entry.text),
        "conflict": words.said(entry.conflict) or None,
        "confidence": entry.confidence,
        "fulfils": list(entry.fulfils),
        "misses": list(entry.misses),
        "sources": [source_document(source) for source in entry.sources],
    }


def announced_document(row: Announced, words: Wording) -> dict[str, Any]:
    """One announced or expected date of the record."""
    return {
        "id": row.id,
        "on": row.on.isoformat(),
        "about": row.about or row.deadline,
        "known_on": row.known_on.isoformat(),
        "text": words.said(row.text),
        "conflict": words.said(row.conflict) or None,
        "confidence": row.confidence,
        "sources": [source_document(source) for source in row.sources],
    }


def history_document(record: Record, as_of: date, words: Wording) -> dict[str, Any]:
    """The record to `as_of`, oldest first, with the dates announced."""
    known = record.as_known_on(as_of)
    return {
        "as_of": as_of.isoformat(),
        "verified_on": record.verified_on.isoformat(),
        "events": [entry_document(entry, words) for entry in known.entries],
        "announced": [announced_document(row, words) for row in known.announced],
    }


def reading_document(
    reading: Reading, chosen: str, moves: Iterable[tuple[str, Other]], words: Wording
) -> dict[str, Any]:
    """One open point, with the dates that its other values move."""
    return {
        "key": reading.key,
        "number": reading.number,
        "question": words.said(reading.question),
        "default": reading.default,
        "chosen": chosen,
        "values": [{"value": value, "meaning": words.said(reading.choices[value])} for value in reading.values],
        "why": words.said(reading.why),
        "note": words.said(reading.note) or None,
        "authority": list(reading.authority),
        "supporters": [
            {"value": each.value, "who": words.said(each.who), "url": each.url or None, "dated": each.dated or None}
            for each in reading.supporters
        ],
        "moves": [{"deadline": identity, "value": other.value, "date": iso(other.day)} for identity, other in moves],
        "checked_on": reading.checked_on.isoformat(),
    }


def case_document(
    rule: Rule, trigger: date, counted: Counted | None, others: Iterable[Other], words: Wording
) -> dict[str, Any]:
    """A rule counted from the day of a case; its date is null where a reading takes its ground away."""
    return {
        "rule": rule.id,
        "title": words.said(rule.title),
        "duty": words.said(rule.duty),
        "trigger": trigger.isoformat(),
        "date": iso(counted.day if counted else None),
        "bound": rule.bound,
        "authority": [_authority_document(cite) for cite in rule.authority],
        "derivation": steps_document(counted, words) if counted else [],
        "other_readings": others_document(others),
    }
