"""One deadline, so that it can be checked with a paper calendar: what is said of it, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from review_clock.deadlines.deadline import Deadline
from review_clock.formats.parts import Facts, Lines, Part, Steps, Title
from review_clock.formats.text_deadlines import clock_time, standing
from review_clock.law.authority import Authority
from review_clock.law.counting import Counted
from review_clock.record.entries import Announced, Entry
from review_clock.record.ledger import Record
from review_clock.words.knowledge import verified_line
from review_clock.words.phrases import (
    change_text,
    correction_text,
    day_known,
    day_text,
    ends_text,
    office_text,
    source_text,
    timeliness_text,
)
from review_clock.words.wording import Wording, capital


def steps_of(counted: Counted, words: Wording) -> list[str]:
    """The steps of a derivation, each with its date and weekday."""
    return [f"{text}{words.colon} {day.isoformat()}, {words.weekday(day)}" for text, day in words.derivation(counted)]


def derivation(deadline: Deadline, words: Wording) -> Steps:
    """How a deadline is counted, with the decisive words of its text."""
    quote = deadline.quote
    decisive = (
        "" if quote is None else f"{words('explain.words')}{words.colon} “{quote.words}” ({words.cite(quote.cite)})"
    )
    return Steps(words("explain.how"), steps_of(deadline.derivation, words), decisive)


def _changes_text(deadline: Deadline, words: Wording) -> str:
    lines = [change_text(change, words, date.isoformat) for change in deadline.changes]
    lines += [correction_text(each, words, date.isoformat) for each in deadline.revised]
    return "\n".join(lines)


def authority_lines(known: Authority, words: Wording) -> list[str]:
    """A citation, how it was read and when it was checked last; where it was read, and what to compare it with."""
    checked = words("explain.checked", day=known.checked_on.isoformat())
    itself = known.read == "text_read"
    head = f"{words.cite(known.cite)}{words.colon} {words(f'read.{known.read}')}, {checked}."
    lines = [f"{head} {known.url}" if itself else head]
    lines += [f"  {place.title} {place.url}".rstrip() for place in known.read_at]
    return lines + ([] if itself else [f"  {words('explain.compare')}{words.colon} {known.url}"])


def entry_lines(row: Entry | Announced, words: Wording) -> list[str]:
    """A fact of the record: its day, what happened and how well that is established, any conflict, its sources."""
    on = row.on if isinstance(row, Announced) else row.act.on
    said = f"{words.said(row.text)} [{words(f'established.{row.confidence}')}]"
    lines = [f"{on.isoformat()}{words.colon} {said}"]
    if row.conflict is not None:
        lines.append(f"  {words('history.conflict')}{words.colon} {words.said(row.conflict)}")
    return lines + [f"  {source_text(source, words)}" for source in row.sources]


def _entries_text(identities: Iterable[str], record: Record, words: Wording) -> str:
    rows = record.rows()
    return "\n".join(line for identity in identities for line in entry_lines(rows[identity], words))


def _means(deadline: Deadline, words: Wording) -> str:
    """What its certainty means, or what became of it where that is known."""
    if deadline.outcome:
        return words(f"outcome_meaning.{deadline.outcome}")
    if deadline.case is not None and deadline.certainty in ("fixed", "announced"):
        return capital(words("sure.case", day=words.day(deadline.case.trigger))) + "."
    return words(f"certainty_meaning.{deadline.certainty}")


def what_is_due(deadline: Deadline, words: Wording) -> list[tuple[str, str]]:
    """When, what, by whom, how sure: names and values."""
    when = f"{day_text(deadline, words, deadline.date.isoformat())}{clock_time(deadline)}"
    when += "" if deadline.without_day else f" ({words.day(deadline.date, 'full')})"
    return [
        (words("explain.when"), when),
        (words("explain.what"), words.said(deadline.duty)),
        (words("explain.who"), words.said(deadline.actor_name)),
        (words("explain.to"), words.said(deadline.recipient_name)),
        (words("explain.bound"), words(f"bound.{deadline.bound}")),
        (
            words("explain.certainty"),
            f"{standing(deadline, words)}{words.colon} {_means(deadline, words)}",
        ),
        (words("explain.timeliness"), timeliness_text(deadline, words)),
        (words("explain.condition"), words.condition(deadline.condition)),
        (words("explain.confidence"), words.confidence(deadline)),
        (words("explain.day_known"), day_known(deadline, words)),
        (words("explain.office"), office_text(deadline, words)),
    ]


def what_moves(deadline: Deadline, words: Wording) -> list[tuple[str, str]]:
    """What has moved a date and what would."""
    return [
        (words("explain.moved"), _changes_text(deadline, words) or words("explain.moved_none")),
        (words("explain.would_move"), words.would_move(deadline)),
    ]


def explanation(deadline: Deadline, record: Record, words: Wording, notes: Iterable[str] = ()) -> list[Part]:
    """One deadline with its derivation and all that it rests on; under it `notes`, and how far the record goes."""
    earliest, latest = ends_text(deadline, words, date.isoformat)
    others = "\n".join(words.other(other) for other in deadline.other_readings) or words("explain.others_none")
    authority = "\n".join(line for known in deadline.authority for line in authority_lines(known, words))
    bottom = [
        (words("explain.others"), others),
        (words("explain.earliest"), earliest),
        (words("explain.latest"), latest),
        (words("explain.authority"), authority),
        (words("explain.evidence"), _entries_text(deadline.evidence, record, words)),
        (words("explain.expected"), _entries_text(deadline.expected_by, record, words)),
        *what_moves(deadline, words),
    ]
    end = [
        *notes,
        verified_line("history.verified", record.verified_to, words, date.isoformat),
        words("status.disclaimer"),
    ]
    return [
        Title(f"{words.said(deadline.title)} [{deadline.id}]"),
        Facts(what_is_due(deadline, words)),
        derivation(deadline, words),
        Facts(bottom),
        Lines(end),
    ]
