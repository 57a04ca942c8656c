"""The record, oldest first → its parts, for a terminal and Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from review_clock.formats.parts import Account, Lines, Part, Title
from review_clock.formats.text_ledger import retraction_text
from review_clock.law.acts_and_lapses import name_of
from review_clock.law.amendment import Amendment
from review_clock.questions.question import Question
from review_clock.record.entries import Announced, Entry, Retraction
from review_clock.words.knowledge import known_lines, verified_line
from review_clock.words.phrases import correction_text, source_lines
from review_clock.words.wording import Wording


def when_text(entry: Entry, words: Wording) -> str:
    """The day of an entry, or its first and last day."""
    start = entry.on.isoformat()
    return words("history.from_to", start=start, end=entry.until.isoformat()) if entry.until else start


def _account(row: Entry | Announced, head: str, words: Wording) -> Account:
    told = [words.said(row.text)]
    if row.conflict is not None:
        told.append(f"{words('history.conflict')}{words.colon} {words.said(row.conflict)}")
    told += [correction_text(each, words, date.isoformat) for each in row.revised]
    return Account(head, told, [source_lines(source, words) for source in row.sources])


def _happened(entry: Entry, words: Wording) -> Account:
    kind = words(f"act.{name_of(type(entry.act))}")
    found = _account(entry, f"{when_text(entry, words)}  {entry.id}  {kind}", words)
    return replace(found, lines=[*found.lines, f"[{words(f'established.{entry.confidence}')}]"])


def _taken_back(each: Retraction, words: Wording) -> Account:
    said = f"{each.id}{words.colon} {retraction_text(each, words)}"
    return Account(said, [words.said(each.row.text)] if each.row else [])


def _amended(each: Amendment, words: Wording) -> Account:
    """An amendment of the law, with the day on which it became known."""
    head = f"{each.known_on.isoformat()}  {each.of}  {'; '.join(map(words.cite, each.authority))}"
    return Account(head, [words.said(each.text), words("history.in_force_from", day=words.day(each.in_force_from))])


def _under(title: str, accounts: list[Account]) -> list[Part]:
    return [Title(title, 2), *accounts] if accounts else []


def history_parts(question: Question, words: Wording) -> list[Part]:
    """The record with its sources, oldest first."""
    known = question.history
    announced = [_account(row, f"{row.on.isoformat()}  {row.id}  {row.about}", words) for row in known.announced]
    empty = [] if known.events or known.announced or known.retracted else [words("knowledge.empty")]
    end = [
        *empty,
        *known_lines(question.as_of, question.known_on, words),
        verified_line("history.verified", question.verified_on, words, date.isoformat),
        words("status.disclaimer"),
    ]
    return [
        *(_happened(entry, words) for entry in known.events),
        *_under(words("history.announced"), announced),
        *_under(words("ledger.title"), [_taken_back(each, words) for each in known.retracted]),
        *_under(words("history.amendments"), [_amended(each, words) for each in known.amendments]),
        Lines(end),
    ]
