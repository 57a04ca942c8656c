"""Deadlines, derivations, record and readings → text for a terminal, CSV and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from tabulate import tabulate

from review_clock.deadlines import Deadline
from review_clock.documents import countries_of
from review_clock.law.authority import authorities
from review_clock.law.counting import Counted
from review_clock.law.events import name_of
from review_clock.law.readings import Reading
from review_clock.law.rules import Rule
from review_clock.office_days import office_day
from review_clock.other_readings import Other
from review_clock.record.ledger import Entry, Record, Source
from review_clock.terminal import facts, paragraph, plain
from review_clock.wording import Wording


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    """A table no wider than the terminal, its cells wrapped to `widths`."""
    cells = [[plain(cell) for cell in row] for row in rows]
    return tabulate(
        cells,
        headers=list(headings),
        tablefmt="simple",
        maxcolwidths=list(widths),
        maxheadercolwidths=list(widths),
        disable_numparse=True,
    )


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    escapes = str.maketrans({"|": "\\|", "<": "&lt;", "\n": "<br>"})
    cells = [[plain(cell).translate(escapes) for cell in row] for row in rows]
    return tabulate(cells, headers=list(headings), tablefmt="pipe", disable_numparse=True)


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
        what += [text for text in (words.condition(deadline), span_text(deadline, words)) if text]
        rows.append(
            [
                deadline.day.isoformat() + clock_time(deadline),
                "\n".join(what),
                words.actor(deadline.actor),
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
            "date": each.day.isoformat(),
            "time": each.time,
            "zone": each.zone,
            "title": words.said(each.title),
            "jurisdiction": each.jurisdiction,
            "kind": each.kind,
            "actor": words.actor(each.actor),
            "recipient": words.actor(each.recipient) if each.recipient else "",
            "certainty": each.certainty,
            "outcome": each.outcome,
            "condition": words.condition(each),
            "authority": "; ".join(each.authority),
            "earliest": each.earliest.isoformat(),
            "latest": each.latest.isoformat(),
        }
        if place == 0:
            writer.writerow(row)
        writer.writerow([spreadsheet_safe(cell) for cell in row.values()])
    return out.getvalue()


def spreadsheet_safe(cell: str) -> str:
    """A cell that a spreadsheet takes as text, not as a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


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


def source_text(source: Source, words: Wording) -> str:
    """A source on one line: title, date, how it was seen, address."""
    detail = words.seen(source)
    return " ".join(part for part in (source.title, f"({detail})" if detail else "", source.url) if part)


def _numbered(counted: Counted, words: Wording) -> list[str]:
    """A derivation's steps, numbered, each with its date and weekday."""
    steps = [f"{text}{words.colon} {day.isoformat()}, {words.weekday(day)}" for text, day in words.derivation(counted)]
    return [paragraph(step, "       ", f"  {place:>2}.  ") for place, step in enumerate(steps, 1)]


def steps_text(deadline: Deadline, words: Wording) -> str:
    """The derivation of a deadline, with the decisive words under the step that they govern."""
    lines = _numbered(deadline.counted, words)
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
        party = getattr(change.act, "party", None)
        act = f"{change.act.on.isoformat()} {words.act(name_of(type(change.act)), party)}"
        lines.append(f"{act}{words.colon} {words(f'explain.{key}', before=before, after=after)}")
    return "\n".join(lines)


def office_text(deadline: Deadline, words: Wording) -> str:
    """The note on office days, or nothing on a plain working day."""
    note = office_day(deadline.day, countries_of(deadline), deadline.office)
    if note.is_plain:
        return ""
    parts = []
    if note.weekend:
        parts.append(words("office.saturday" if deadline.day.weekday() == 5 else "office.sunday"))
    if note.holiday_in:
        parts.append(words("office.holiday", where=words.parties(note.holiday_in)))
    if note.unknown_in:
        parts.append(words("office.unknown", where=words.parties(note.unknown_in)))
    if note.last_before is not None:
        parts.append(words("office.last_before", day=words.day(note.last_before, "full")))
    text = "; ".join(parts) + "."
    return f"{text[0].upper()}{text[1:]} {words('office.note')}"


def _authority_text(deadline: Deadline, words: Wording) -> str:
    lines = []
    for cite in deadline.authority:
        known = authorities().by_cite[cite]
        checked = words("explain.checked", day=known.checked_on.isoformat())
        lines.append(f"{words.cite(cite)}{words.colon} {words(f'read.{known.read}')}, {checked}. {known.url}")
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
    weekday = words.day(deadline.day, "full")
    others = "\n".join(words.other(other) for other in deadline.others) or words("explain.others_none")
    top = [
        (words("explain.when"), f"{deadline.day.isoformat()}{clock_time(deadline)} ({weekday})"),
        (words("explain.what"), words.said(deadline.duty)),
        (words("explain.who"), words.actor(deadline.actor)),
        (words("explain.to"), words.actor(deadline.recipient) if deadline.recipient else ""),
        (words("explain.bound"), words(f"bound.{deadline.bound}")),
        (
            words("explain.certainty"),
            words.standing(deadline.certainty, deadline.outcome)
            + f"{words.colon} {words(f'certainty_meaning.{deadline.certainty}')}",
        ),
        (words("explain.condition"), words.condition(deadline)),
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


def when_text(entry: Entry, words: Wording) -> str:
    """The day of an entry, or its first and last day."""
    start = entry.act.on.isoformat()
    return words("history.from_to", start=start, end=entry.until.isoformat()) if entry.until else start


def history_text(record: Record, as_of: date, words: Wording) -> str:
    """The record with its sources, oldest first."""
    known = record.as_known_on(as_of)
    lines = []
    for entry in known.entries:
        kind = words(f"act.{name_of(type(entry.act))}")
        lines.append(f"{when_text(entry, words)}  {entry.id}  {kind}")
        lines.append(paragraph(words.said(entry.text), "    "))
        if entry.conflict is not None:
            lines.append(paragraph(f"{words('history.conflict')}{words.colon} {words.said(entry.conflict)}", "    "))
        lines.append(paragraph(f"[{words(f'established.{entry.confidence}')}]", "    "))
        lines += [paragraph(source_text(source, words), "      ", "    - ") for source in entry.sources]
        lines.append("")
    if known.announced:
        lines += [words("history.announced"), ""]
    for row in known.announced:
        lines.append(f"{row.on.isoformat()}  {row.id}  {row.about or row.deadline}")
        lines.append(paragraph(words.said(row.text), "    "))
        lines += [paragraph(source_text(source, words), "      ", "    - ") for source in row.sources]
        lines.append("")
    lines += [words("history.verified", day=record.verified_on.isoformat()), words("status.disclaimer")]
    return "\n".join(lines) + "\n"


def reading_text(reading: Reading, chosen: str, moves: Sequence[tuple[str, Other]], words: Wording) -> str:
    """One open point: question, values, why, who holds which, and the dates the other values give."""
    lines = [paragraph(f"{reading.number}  {reading.key}"), paragraph(words.said(reading.question), "    ")]
    for value in reading.values:
        marks = [words("readings.default")] if value == reading.default else []
        marks += [words("readings.chosen")] if value == chosen else []
        note = f" ({', '.join(marks)})" if marks else ""
        lines.append(
            paragraph(f"{value}{note}{words.colon} {words.said(reading.choices[value])}", "        ", "      ")
        )
    lines.append(paragraph(f"{words('readings.why')}{words.colon} {words.said(reading.why)}", "    "))
    if reading.note is not None:
        lines.append(paragraph(f"{words('readings.note')}{words.colon} {words.said(reading.note)}", "    "))
    for each in reading.supporters:
        dated = f" ({each.dated})" if each.dated else ""
        held = f"{each.value}{words.colon} {words.said(each.who)}{dated} {each.url}".rstrip()
        lines.append(paragraph(held, "        ", "      - "))
    if not moves:
        lines.append(paragraph(words("readings.moves_none"), "    "))
    else:
        lines.append(paragraph(f"{words('readings.moves')}:", "    "))
        for identity, other in moves[:6]:
            day = other.day.isoformat() if other.day else words("explain.no_date")
            lines.append(paragraph(f"{identity}{words.colon} {day} ({other.value})", "        ", "      "))
        if len(moves) > 6:
            lines.append(paragraph(words("readings.moves_more", n=len(moves) - 6), "      "))
    return "\n".join(lines) + "\n"
