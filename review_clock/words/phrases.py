"""Phrases that several renderings say of one thing: an office day, a source, whether the Agreement is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.deadlines.deadline import Deadline
    from review_clock.questions.status import Status
    from review_clock.record.ledger import Source
    from review_clock.words.wording import Wording


def office_text(deadline: Deadline, words: Wording) -> str:
    """The note on office days, or nothing on a plain working day."""
    note = deadline.office_days
    if note is None:
        return ""
    parts = []
    if note.weekend:
        parts.append(words("office.saturday" if deadline.date.weekday() == 5 else "office.sunday"))
    if note.holiday_in:
        parts.append(words("office.holiday", where=words.parties(note.holiday_in)))
    if note.unknown_in:
        parts.append(words("office.unknown", where=words.parties(note.unknown_in)))
    if note.last_before is not None:
        parts.append(words("office.last_before", day=words.day(note.last_before, "full")))
    text = "; ".join(parts) + "."
    return f"{text[0].upper()}{text[1:]} {words('office.note')}"


def source_text(source: Source, words: Wording) -> str:
    """A source on one line: title, date, how it was seen, address."""
    detail = words.seen(source)
    return " ".join(part for part in (source.title, f"({detail})" if detail else "", source.url) if part)


def verdict(status: Status, words: Wording) -> str:
    """In force or not, in one sentence."""
    if status.in_force:
        return words("status.in_force")
    if status.phase == "not_in_force":
        return words("status.not_in_force_yet")
    if status.phase == "expired" and status.term is not None:
        return words("status.expired", day=words.day(status.term.end))
    return words("status.ended_by_withdrawal")
