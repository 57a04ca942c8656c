"""Deadlines, derivations, record and readings → text for a terminal, CSV and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from review_clock.deadlines.deadline import Deadline, Other
from review_clock.formats.tables import facts, markdown, paragraph, spreadsheet_safe, table
from review_clock.law.counting import Counted
from review_clock.law.rules import Rule
from review_clock.record.ledger import Record
from review_clock.words.phrases import office_text, source_text
from review_clock.words.wording import Wording

# --------------------------------------------------------------------------------------------------- deadlines


def clock_time(deadline: Deadline) -> str:
    """The time of day and its zone, where the deadline has one."""
    return f" {deadline.time} {deadline.zone}" if deadline.time else ""


def span_text(deadline: Deadline, words: Wording) -> str:
    """The earliest and the latest date over all readings, where they differ."""
    if deadline.earliest == deadline.latest:
        return ""
    earliest, latest = deadline.earliest.isoformat(), deadline.latest.isoformat()
    return words("deadlines.span", earliest=earliest, latest=latest)


def deadline_rows(deadlines: Iterable[Deadline], words: Wording) -> list[list[str]]:
    """Date, title with id and what qualifies it, who, certainty: a row each."""
    rows = []
    for deadline in deadlines:
        what = [words.said(deadline.title), deadline.id]
        what += [text for text in (words.condition(deadline.condition), span_text(deadline, words)) if text]
        rows.append(
            [
                deadline.date.isoformat() + clock_time(deadline),
                "\n".join(what),
                words.said(deadline.actor_name),
                words.standing(deadline.certainty, deadline.outcome),
            ]
        )
    return rows


def deadline_headings(words: Wording) -> list[str]:
    """The headings of the table of deadlines."""
    return [words(f"deadlines.{key}") for key in ("date", "deadline", "who", "certainty")]


def deadlines_text(deadlines: Sequence[Deadline], words: Wording) -> str:
    """The table of deadlines."""
    if not deadlines:
        return words("deadlines.none") + "\n"
    return table(deadline_headings(words), deadline_rows(deadlines, words), (10, 35, 17, 12)) + "\n"


def deadlines_markdown(deadlines: Iterable[Deadline], words: Wording) -> str:
    """The table of deadlines in Markdown."""
    return markdown(deadline_headings(words), deadline_rows(deadlines, words))


def deadlines_csv(deadlines: Iterable[Deadline], words: Wording) -> str:
    """The deadlines as CSV (RFC 4180), with the JSON's names as headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for place, each in enumerate(deadlines):
        row = {
            "id": each.id,
            "date": each.date.isoformat(),
            "time": each.time,
            "zone": each.zone,
            "title": words.said(each.title),
            "jurisdiction": each.jurisdiction,
            "kind": each.kind,
            "actor": words.said(each.actor_name),
            "recipient": words.said(each.recipient_name),
            "certainty": each.certainty,
            "outcome": each.outcome,
            "condition": words.condition(each.condition),
            "authority": "; ".join(authority.cite for authority in each.authority),
            "earliest": each.earliest.isoformat(),
            "latest": each.latest.isoformat(),
        }
        if place == 0:
            writer.writerow(row)
        writer.writerow([spreadsheet_safe(cell) for cell in row.values()])
    return out.getvalue()


def undated_text(rules: Iterable[Rule], heading: str, words: Wording) -> str:
    """Rules that have no day, with when they are owed or what starts their count."""
    lines = [words(f"deadlines.{heading}"), ""]
    for rule in rules:
        cites = ", ".join(words.cite(cite) for cite in rule.authority)
        lines.append(paragraph(f"{words.said(rule.title)} [{rule.id}; {cites}]", "  ", ""))
        lines.append(paragraph(words.said(rule.when or rule.trigger), "  "))
        lines.append("")
    return "\n".join(lines)


# ----------------------------------------------------------------------------------------------------- explain


def _numbered(counted: Counted, words: Wording) -> list[str]:
    """A derivation's steps, numbered, each with its date and weekday."""
    steps = [f"{text}{words.colon} {day.isoformat()}, {words.weekday(day)}" for text, day in words.derivation(counted)]
    return [paragraph(step, "       ", f"  {place:>2}.  ") for place, step in enumerate(steps, 1)]


def steps_text(deadline: Deadline, words: Wording) -> str:
    """The derivation of a deadline, with the decisive words under the step that they govern."""
    lines = _numbered(deadline.derivation, words)
    if deadline.quote is not None:
        cite = words.cite(deadline.quote.cite)
        lines.append(paragraph(f"{words('explain.words')}: “{deadline.quote.words}” ({cite})", "       "))
    return "\n".join(lines)


def _changes_text(deadline: Deadline, words: Wording) -> str:
    lines = []
    for change in deadline.changes:
        before = change.before.isoformat() if change.before else ""
        after = change.after.isoformat() if change.after else ""
        key = {"moved": "moved_change", "appeared": "appeared", "vanished": "vanished"}[change.what]
        act = f"{change.on.isoformat()} {words.act(change.by, change.party)}"
        lines.append(f"{act}{words.colon} {words(f'explain.{key}', before=before, after=after)}")
    return "\n".join(lines)


def _authority_text(deadline: Deadline, words: Wording) -> str:
    lines = []
    for known in deadline.authority:
        checked = words("explain.checked", day=known.checked_on.isoformat())
        lines.append(f"{words.cite(known.cite)}{words.colon} {words(f'read.{known.read}')}, {checked}. {known.url}")
        lines += [f"  {place.title} {place.url}".rstrip() for place in known.read_at]
    return "\n".join(lines)


def _entries_text(identities: Iterable[str], record: Record, words: Wording) -> str:
    rows = record.rows()
    lines = []
    for identity in identities:
        row = rows[identity]
        lines.append(f"{identity}{words.colon} {words.said(row.text)} [{words(f'established.{row.confidence}')}]")
        if row.conflict is not None:
            lines.append(f"  {words('history.conflict')}{words.colon} {words.said(row.conflict)}")
        lines += [f"  {source_text(source, words)}" for source in row.sources]
    return "\n".join(lines)


def explanation(deadline: Deadline, record: Record, words: Wording) -> str:
    """One deadline, so that it can be checked with a paper calendar."""
    weekday = words.day(deadline.date, "full")
    others = "\n".join(words.other(other) for other in deadline.other_readings) or words("explain.others_none")
    top = [
        (words("explain.when"), f"{deadline.date.isoformat()}{clock_time(deadline)} ({weekday})"),
        (words("explain.what"), words.said(deadline.duty)),
        (words("explain.who"), words.said(deadline.actor_name)),
        (words("explain.to"), words.said(deadline.recipient_name)),
        (words("explain.bound"), words(f"bound.{deadline.bound}")),
        (
            words("explain.certainty"),
            words.standing(deadline.certainty, deadline.outcome)
            + f"{words.colon} {words(f'certainty_meaning.{deadline.certainty}')}",
        ),
        (words("explain.condition"), words.condition(deadline.condition)),
        (words("explain.confidence"), words.confidence(deadline)),
        (words("explain.office"), office_text(deadline, words)),
    ]
    bottom = [
        (words("explain.others"), others),
        (words("explain.earliest"), deadline.earliest.isoformat()),
        (words("explain.latest"), deadline.latest.isoformat()),
        (words("explain.authority"), _authority_text(deadline, words)),
        (words("explain.evidence"), _entries_text(deadline.evidence, record, words)),
        (words("explain.expected"), _entries_text(deadline.expected_by, record, words)),
        (words("explain.moved"), _changes_text(deadline, words) or words("explain.moved_none")),
        (words("explain.would_move"), words.would_move(deadline)),
    ]
    title = paragraph(f"{words.said(deadline.title)} [{deadline.id}]")
    how = f"{words('explain.how')}\n{steps_text(deadline, words)}"
    verified = paragraph(words("history.verified", day=record.verified_on.isoformat()))
    end = f"{verified}\n{words('status.disclaimer')}"
    return f"{title}\n\n{facts(top)}\n\n{how}\n\n{facts(bottom)}\n\n{end}\n"


def case_text(rule: Rule, counted: Counted | None, others: Iterable[Other], words: Wording) -> str:
    """A rule counted from the day of a case."""
    cites = ", ".join(words.cite(cite) for cite in rule.authority)
    lines = [paragraph(f"{words.said(rule.title)} [{rule.id}; {cites}]"), ""]
    if counted is None:
        lines.append(words("explain.no_date"))
    else:
        lines.append(f"{counted.day.isoformat()} ({words.day(counted.day, 'full')})")
    lines += [paragraph(words.said(rule.duty)), paragraph(words.said(rule.trigger)) if rule.trigger else "", ""]
    lines += [] if counted is None else _numbered(counted, words)
    lines += ["", *(paragraph(words.other(other)) for other in others)]
    lines += [words("status.disclaimer")]
    return "\n".join(lines) + "\n"


# --------------------------------------------------------------------------------------- history, readings
