"""The record as a ledger: every entry that ever came into it, what stands and what was taken back, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from review_clock.formats.tables import csv_text, markdown, paragraph, table
from review_clock.law.acts_and_lapses import name_of
from review_clock.record.entries import Entry, Retraction, Row
from review_clock.record.ledger_rows import LedgerRow
from review_clock.words.phrases import correction_text, source_lines, source_text
from review_clock.words.wording import Wording

_WIDTHS: Final = (10, 12, 32, 20)
_COLUMNS: Final = ("on", "id", "what", "text", "file", "recorded", "state", "sources")


def _what(row: Row, words: Wording) -> str:
    if isinstance(row, Entry):
        return words.act(name_of(type(row.act)), row.party)
    return words({"OwnCase": "cause.case", "Proceeding": "cause.proceeding"}.get(type(row).__name__, "cause.announced"))


def _standing(each: LedgerRow, words: Wording) -> str:
    if each.retracted is not None:
        return retraction_text(each.retracted, words)
    return words("ledger.said_by", ids=", ".join(each.said_by)) if each.said_by else words("ledger.stands")


def retraction_text(each: Retraction, words: Wording) -> str:
    """That an entry was taken back: when, by whom, why, and what replaces it."""
    by = words("ledger.by", who=each.by) if each.by else ""
    instead = words("ledger.replaced_by", id=each.replaced_by) if each.replaced_by else ""
    said = words("ledger.retracted", day=each.on.isoformat(), reason=each.reason)
    return " ".join(filter(None, (said, by, instead)))


def ledger_table(rows: Sequence[LedgerRow], words: Wording, form: str) -> str:
    """The rows as a table: text, csv or md."""
    if form == "text":
        return _for_a_terminal(rows, words)
    headings = [words(f"ledger.head_{name}") for name in _COLUMNS]
    cells = [
        [
            each.row.on.isoformat(),
            each.row.id,
            _what(each.row, words),
            words.said(each.row.text),
            each.file,
            each.recorded_on.isoformat(),
            _standing(each, words),
            "; ".join(source_text(source, words) for source in each.row.sources),
        ]
        for each in rows
    ]
    return csv_text(headings, cells) if form == "csv" else f"{markdown(headings, cells)}\n"


def _for_a_terminal(rows: Sequence[LedgerRow], words: Wording) -> str:
    headings = [words(f"ledger.head_{name}") for name in ("on", "id", "what", "state")]
    cells = [
        [
            each.row.on.isoformat(),
            each.row.id,
            f"{_what(each.row, words)}\n{words.said(each.row.text)}",
            f"{_standing(each, words)}\n{each.file}, {each.recorded_on.isoformat()}",
        ]
        for each in rows
    ]
    return f"{table(headings, cells, _WIDTHS)}\n"


def row_text(each: LedgerRow, verified_on: date, words: Wording) -> str:
    """One entry with all that is known of it, and the day on which the record was last verified."""
    row = each.row
    by = words("ledger.by", who=row.recorded_by) if row.recorded_by else ""
    recorded = words("ledger.recorded", day=each.recorded_on.isoformat(), file=each.file)
    lines = [f"{row.on.isoformat()}  {row.id}  {_what(row, words)}", paragraph(words.said(row.text), "    ")]
    if row.conflict is not None:
        lines.append(paragraph(f"{words('history.conflict')}{words.colon} {words.said(row.conflict)}", "    "))
    lines.append(paragraph(f"[{words(f'established.{row.confidence}')}]", "    "))
    lines += [paragraph(source_lines(source, words), "      ", "    - ") for source in row.sources]
    lines += [paragraph(correction_text(each, words, date.isoformat), "    ") for each in row.revised]
    lines.append(paragraph(" ".join(filter(None, (recorded, by, _standing(each, words)))), "    "))
    lines.append(paragraph(words("ledger.verified", day=verified_on.isoformat()), "    "))
    return "\n".join(lines) + "\n"
