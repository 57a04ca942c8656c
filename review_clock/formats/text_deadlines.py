"""Deadlines → text for a terminal, CSV and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.formats.tables import csv_text, escaped, markdown, paragraph, table
from review_clock.law.rules import WHO_KINDS, Rule
from review_clock.questions.listed import Deadlines
from review_clock.words.knowledge import known_lines, verified_line
from review_clock.words.phrases import (
    day_known,
    day_text,
    span_text,
    timeliness_text,
)
from review_clock.words.sureness import sureness
from review_clock.words.wording import Wording

SEVERAL: Final = 6
"""So many duties without a day are named where no date is; of more only the number."""

# --------------------------------------------------------------------------------------------------- deadlines


def clock_time(deadline: Deadline) -> str:
    """The time of day and its zone, where the deadline has one."""
    return f" {deadline.time} {deadline.zone}" if deadline.time else ""


def standing(deadline: Deadline, words: Wording) -> str:
    """Its certainty, and its outcome where it is past."""
    return words.standing(deadline.certainty, deadline.outcome, deadline.days_late)


def deadline_rows(deadlines: Iterable[Deadline], words: Wording) -> list[list[str]]:
    """Date, title with id and what qualifies it, who, certainty: a row each."""
    rows = []
    for deadline in deadlines:
        what = [words.said(deadline.title), deadline.id]
        qualified = words.condition(deadline.condition), timeliness_text(deadline, words)
        what += [text for text in (*qualified, span_text(deadline, words, date.isoformat)) if text]
        rows.append(
            [
                day_text(deadline, words, deadline.date.isoformat()) + clock_time(deadline),
                "\n".join(what),
                words.said(deadline.actor_name),
                standing(deadline, words),
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
    rows = []
    for each, (day, what, who, sure) in zip(deadlines, deadline_rows(deadlines, words), strict=True):
        rows.append([day, f"{what}\n{words(f'bound.{each.bound}')}", who, f"{sure}\n{words.confidence(each)}"])
    return table(deadline_headings(words), rows, (10, 34, 16, 14)) + "\n"


def next_text(found: Deadlines, words: Wording) -> str:
    """The dates of a list, one line each: day, days left, matter, who acts, how sure; then what the list says of
    itself."""
    lines = []
    for each in found.deadlines:
        day = day_text(each, words, each.date.isoformat())
        left = "" if each.days_left is None else words.days(each.days_left)
        told = (day, left, words.said(each.title), words.said(each.actor_name), sureness(each, words).word)
        lines.append(" · ".join(filter(None, told)))
    return "\n".join([*(lines or [words("deadlines.none")]), "", *about_the_list(found, words)]) + "\n"


def _left_out(found: Deadlines, words: Wording) -> str:
    window = found.window
    days = {"before": words.day(window.start), "after": words.day(window.end)} if window else {}
    told = [
        words(f"deadlines.left_{reason}", n=words.number(n), day=days.get(reason, ""))
        for reason, n in found.left_out.items()
    ]
    return words("deadlines.left_out", what="; ".join(told)) if told else ""


def _titles(rules: Sequence[Rule], words: Wording) -> str:
    """The titles of a few rules, and how many more there are."""
    told = [words.said(rule.title) for rule in rules[:SEVERAL]]
    more = len(rules) - SEVERAL
    return "; ".join([*told, *([words("deadlines.but_more", n=words.number(more))] if more > 0 else [])])


def about_the_list(found: Deadlines, words: Wording) -> list[str]:
    """What a list says of itself: its days, how far the record goes, what it leaves out, what has no day."""
    asked, window, lines = found.undated, found.window, []
    if not found.deadlines and asked.duties:
        lines.append(words("deadlines.but_undated", titles=_titles(asked.duties, words)))
    if not found.deadlines and asked.cases:
        lines.append(words("deadlines.but_cases", titles=_titles(asked.cases, words)))
    if lines and asked.fewer:
        lines.append(words("deadlines.fewer"))
    if found.beyond_record and found.verified_on is not None:
        record = words("status.beyond", verified=words.day(found.verified_on))
    else:
        record = verified_line("deadlines.verified", found.verified_on, words)
    if window is not None:
        days = {"start": words.day(window.start), "end": words.day(window.end), "day": words.day(found.as_of)}
        record = f"{words('deadlines.window', **days)} {record}"
    counts = {each.name: words.number(len(getattr(found.not_dated, each.name))) for each in fields(found.not_dated)}
    revised = (each for deadline in found.deadlines for each in deadline.revised)
    return [
        *lines,
        *known_lines(found.as_of, found.known_on, words, revised),
        record,
        *filter(None, [_left_out(found, words)]),
        words("deadlines.not_dated", **counts),
        words("status.disclaimer"),
    ]


def _by_who(found: Deadlines, words: Wording) -> dict[str, list[Deadline]]:
    """The dates of a list by who must act: governments first, one's own office last, each by its first date."""
    groups: dict[str, list[Deadline]] = {}
    for each in sorted(found.deadlines, key=lambda each: WHO_KINDS.index(each.who_kind)):
        groups.setdefault(words.said(each.actor_name), []).append(each)
    return groups


def list_text(found: Deadlines, words: Wording, by_who: bool = False) -> str:
    """The table of a list, or one for each who must act, and under it what the list says of itself."""
    groups = _by_who(found, words) if by_who else {}
    tables = [f"{who}\n\n{deadlines_text(each, words)}" for who, each in groups.items()]
    notes = "\n".join(map(paragraph, about_the_list(found, words)))
    return "\n".join([*(tables or [deadlines_text(found.deadlines, words)]), notes]) + "\n"


def list_markdown(found: Deadlines, words: Wording, by_who: bool = False) -> str:
    """The same in Markdown."""
    groups = _by_who(found, words) if by_who else {}
    tables = [f"## {escaped(who)}\n\n{deadlines_markdown(each, words)}" for who, each in groups.items()]
    rows = deadlines_markdown(found.deadlines, words) if found.deadlines else words("deadlines.none")
    return "\n\n".join([*(tables or [rows]), *about_the_list(found, words)])


def deadlines_markdown(deadlines: Iterable[Deadline], words: Wording) -> str:
    """The table of deadlines in Markdown, with how it bounds the duty and how duty and day are known."""
    found = tuple(deadlines)
    more = [words(f"deadlines.{key}") for key in ("bound", "duty_read", "day_known", "days_left")]
    rows = [
        [
            *row,
            words(f"bound.{each.bound}"),
            words.confidence(each),
            day_known(each, words),
            "" if each.days_left is None else str(each.days_left),
        ]
        for row, each in zip(deadline_rows(found, words), found, strict=True)
    ]
    return markdown([*deadline_headings(words), *more], rows)


_COLUMNS: Final[Mapping[str, Callable[[Deadline, Wording], object]]] = {
    "id": lambda each, _: each.id,
    "date": lambda each, _: "" if each.without_day else each.date.isoformat(),
    "time": lambda each, _: each.time,
    "zone": lambda each, _: each.zone,
    "title": lambda each, words: words.said(each.title),
    "jurisdiction": lambda each, _: each.jurisdiction,
    "kind": lambda each, _: each.kind,
    "actor": lambda each, words: words.said(each.actor_name),
    "recipient": lambda each, words: words.said(each.recipient_name),
    "certainty": lambda each, _: each.certainty,
    "outcome": lambda each, _: each.outcome,
    "condition": lambda each, words: words.condition(each.condition),
    "authority": lambda each, _: "; ".join(authority.cite for authority in each.authority),
    "earliest": lambda each, _: each.earliest,
    "latest": lambda each, _: each.latest,
    "bound": lambda each, _: each.bound,
    "confidence": lambda each, _: each.confidence,
    "day_is": lambda each, _: each.day_is,
    "edtf": lambda each, _: each.edtf,
    "earliest_open": lambda each, _: str(each.earliest_open).lower(),
    "latest_open": lambda each, _: str(each.latest_open).lower(),
    "days_left": lambda each, _: each.days_left,
    "days_late": lambda each, _: each.days_late,
    "supports_from": lambda each, _: each.supports_from,
    "derivation": lambda each, words: "; ".join(
        f"{text}{words.colon} {day}" for text, day in words.derivation(each.derivation)
    ),
}
"""A column of the CSV by its heading, which is the JSON's name; None is an empty cell."""


def deadlines_csv(deadlines: Iterable[Deadline], words: Wording, **of_all: object) -> str:
    """The deadlines as CSV (RFC 4180), with the JSON's names as headings; `of_all` are columns alike in each row."""
    rows = [(*(cell(each, words) for cell in _COLUMNS.values()), *of_all.values()) for each in deadlines]
    return csv_text([*_COLUMNS, *of_all], rows)


def list_csv(found: Deadlines, words: Wording) -> str:
    """A list as CSV; each row has the day that it is of, and how far the record is verified."""
    known = {"known_on": found.known_on} if found.known_on else {}
    return deadlines_csv(found.deadlines, words, as_of=found.as_of, **known, verified_on=found.verified_on)
