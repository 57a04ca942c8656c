"""What has no day → text for a terminal, Markdown and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.formats.tables import csv_of_rows, escaped, paragraph
from review_clock.law.rules import Rule
from review_clock.questions.listed import Undated
from review_clock.words.phrases import day_text
from review_clock.words.wording import Wording

Row = dict[str, str]
_COLUMNS: Final = ("what", "id", "title", "when", "jurisdiction", "kind", "actor", "authority", "confidence")


def _rule(what: str, rule: Rule, words: Wording) -> Row:
    return {
        "what": what,
        "id": rule.id,
        "title": words.said(rule.title),
        "when": words.said(rule.when or rule.trigger),
        "jurisdiction": rule.jurisdiction,
        "kind": rule.kind,
        "actor": words.said(rule.actor_name),
        "authority": ", ".join(words.cite(cite) for cite in rule.authority),
        "confidence": words(f"read.{rule.confidence}"),
    }


def _open(each: Deadline, words: Wording) -> Row:
    return {
        "what": "open",
        "id": each.id,
        "title": words.said(each.title),
        "when": day_text(each, words, words.day(each.date)),
        "jurisdiction": each.jurisdiction,
        "kind": each.kind,
        "actor": words.said(each.actor_name),
        "authority": ", ".join(words.cite(authority.cite) for authority in each.authority),
        "confidence": words.confidence(each),
    }


def _rows(found: Undated, words: Wording) -> Iterator[Row]:
    """Every matter without a day, by the kind that it is of."""
    blank = dict.fromkeys(_COLUMNS, "")
    yield from (_rule("duty", rule, words) for rule in found.duties)
    yield from (_rule("case", rule, words) for rule in found.cases)
    yield from (_open(each, words) for each in found.open)
    for row in found.withheld:
        why, cite = words.said(row.why), words.cite(row.authority)
        yield blank | {"what": "withheld", "id": row.id, "title": why, "authority": cite}
    for matter in found.not_covered:
        told, cite = f"{words.said(matter.what)}. {words.said(matter.why)}", words.cite(matter.authority)
        yield blank | {"what": "not_covered", "id": matter.id, "title": told, "authority": cite}


def _sections(found: Undated, words: Wording) -> Iterator[tuple[str, str, list[Row]]]:
    """The kinds of matters that there are: a heading, a sentence on it, its rows."""
    fewer = words("deadlines.fewer") if found.fewer else ""
    headings = {
        "duty": (words("deadlines.undated_title"), fewer),
        "case": (words("deadlines.cases_title"), fewer),
        "open": (words("deadlines.open_title"), ""),
        "withheld": (words("page.withheld"), words("page.withheld_text")),
        "not_covered": (words("deadlines.not_covered_title"), words("deadlines.not_covered_text")),
    }
    rows = list(_rows(found, words))
    for what, (heading, text) in headings.items():
        of_it = [row for row in rows if row["what"] == what]
        if of_it:
            yield heading, text, of_it


def _beside(row: Row) -> str:
    """What stands in brackets after a title: how it is asked for, its text, how that was read; of a matter the text."""
    parts = (row["id"], row["authority"], row["confidence"]) if row["kind"] else (row["authority"],)
    said = "; ".join(filter(None, parts))
    return f" [{said}]" if said else ""


def undated_text(found: Undated, notes: Sequence[str], words: Wording) -> str:
    """What has no day, kind by kind, with when it is owed or what starts its count."""
    lines = []
    for heading, text, rows in _sections(found, words):
        lines += [heading, *([paragraph(text)] if text else []), ""]
        for row in rows:
            lines.append(paragraph(row["title"] + _beside(row), "  ", ""))
            lines += [paragraph(row["when"], "  ")] if row["when"] else []
            lines.append("")
    return "\n".join([*lines, *map(paragraph, notes)]) + "\n"


def undated_markdown(found: Undated, notes: Sequence[str], words: Wording) -> str:
    """The same in Markdown."""
    parts = []
    for heading, text, rows in _sections(found, words):
        told = [
            f"- {'<br>'.join(map(escaped, filter(None, (row['title'] + _beside(row), row['when']))))}" for row in rows
        ]
        parts.append("\n\n".join(filter(None, (f"## {heading}", text, "\n".join(told)))))
    return "\n\n".join([*parts, *notes])


def undated_csv(found: Undated, words: Wording) -> str:
    """The same as CSV (RFC 4180)."""
    return csv_of_rows({name: row[name] for name in _COLUMNS} for row in _rows(found, words))
