"""A limit counted from the day of a case → text for a terminal, Markdown and CSV."""

from __future__ import annotations

from review_clock.deadlines.case import Case
from review_clock.formats.explanation import steps_of
from review_clock.formats.parts import numbered
from review_clock.formats.tables import csv_of_rows, facts, markdown, paragraph
from review_clock.words.phrases import office_note
from review_clock.words.wording import Wording


def _day(case: Case, words: Wording) -> str:
    return words("explain.no_date") if case.counted is None else case.counted.day.isoformat()


def _from(case: Case, words: Wording) -> str:
    """The day counted from, and what it is the day of."""
    meant = words.said(case.rule.trigger)
    return case.trigger.isoformat() + (f" ({meant})" if meant else "")


def case_text(case: Case, words: Wording) -> str:
    """A rule counted from the day of a case: when, what, who, how sure, how it is counted."""
    rule = case.rule
    cites = ", ".join(words.cite(cite) for cite in rule.authority)
    when = _day(case, words) + (f" ({words.day(case.counted.day, 'full')})" if case.counted else "")
    top = [
        (words("explain.when"), when),
        (words("explain.what"), words.said(rule.duty)),
        (words("explain.who"), words.said(rule.actor_name)),
        (words("explain.to"), words.said(rule.recipient_name)),
        (words("explain.bound"), words(f"bound.{rule.bound}")),
        (words("explain.confidence"), words(f"read.{rule.confidence}")),
        (words("explain.office"), office_note(case.office_days, case.counted.day, words) if case.counted else ""),
        (words("deadlines.counted_from"), _from(case, words)),
        (words("explain.others"), "\n".join(words.other(other) for other in case.others)),
    ]
    lines = [paragraph(f"{words.said(rule.title)} [{rule.id}; {cites}]"), "", facts(top), ""]
    lines += [words("explain.how"), *numbered(steps_of(case.counted, words)), ""] if case.counted else []
    return "\n".join([*lines, words("status.disclaimer")]) + "\n"


def _case_row(case: Case, words: Wording) -> dict[str, str]:
    rule = case.rule
    return {
        "rule": rule.id,
        "title": words.said(rule.title),
        "trigger": case.trigger.isoformat(),
        "date": case.counted.day.isoformat() if case.counted else "",
        "bound": rule.bound,
        "actor": words.said(rule.actor_name),
        "recipient": words.said(rule.recipient_name),
        "confidence": rule.confidence,
        "authority": "; ".join(rule.authority),
        "other_readings": "; ".join(words.other(other) for other in case.others),
    }


def case_csv(case: Case, words: Wording) -> str:
    """The same as CSV, in one row."""
    return csv_of_rows([_case_row(case, words)])


def case_markdown(case: Case, words: Wording) -> str:
    """The same in Markdown."""
    rule = case.rule
    headings = [words(f"deadlines.{key}") for key in ("date", "deadline", "who", "bound", "duty_read", "authority")]
    row = [
        _day(case, words),
        f"{words.said(rule.title)}\n{words.said(rule.duty)}",
        words.said(rule.actor_name),
        words(f"bound.{rule.bound}"),
        words(f"read.{rule.confidence}"),
        ", ".join(words.cite(cite) for cite in rule.authority),
    ]
    return "\n\n".join([markdown(headings, [row]), *map(words.other, case.others), words("status.disclaimer")])
