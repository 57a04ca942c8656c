"""The approved answers: what a change to the core may not move unseen.

`fixtures/answers.txt` holds, of a dozen questions of the frozen law and record, every deadline with its date, and of
each other part of the answer a digest. `make headlines` writes it anew: read which dates changed, and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from review_clock.deadlines.case import case
from review_clock.deadlines.deadline import Deadline
from review_clock.deadlines.own_rules import load
from review_clock.files import Error, parsed
from review_clock.law.law import Law
from review_clock.questions.compare import compare
from review_clock.questions.every_reading import every_reading
from review_clock.questions.extension_by_year import extensions_by_year
from review_clock.questions.learned import diff
from review_clock.questions.learned_by_day import learned_by_day
from review_clock.questions.listed import Window, listed, undated
from review_clock.questions.memo import memo
from review_clock.questions.own_cases import own_cases
from review_clock.questions.provenance import provenance
from review_clock.questions.public_deadline import public_deadlines
from review_clock.questions.question import Question, ask
from review_clock.questions.sources import sources
from review_clock.timeline.keeping import with_lines
from tests.frozen import FIXTURES, LAW, RECORD

APPROVED: Final = FIXTURES.parent / "answers.txt"
OWN: Final = Path(__file__).with_name("approved_record.toml")
FIRM: Final = """
[[firm]]
id = "acme.brief"
after = "treaty.review.annual"
offset = "-P46D"
title = "Brief the board"
roll = "previous"
holidays = "US"

[[firm]]
id = "acme.file"
after = "acme.brief"
offset = "P1M"
title = "File it"
roll = "next"
holidays = "CA-QC"
"""

# By name: the day, lines added to the record, readings, lines assumed, the day of knowledge, whether the own file and
# the firm's rules are laid over. The cheapest first: `make mutation` stops at the first that differs.
ASKED: Final[tuple[tuple[Any, ...], ...]] = (
    ("signed", "2018-12-01", "", "", "", "", False),
    ("entered", "2020-12-31", "", "", "", "", False),
    ("today", "2026-11-24", "", "", "", "", False),
    ("own", "2027-06-20", "", "", "", "", True),
    ("own-as-known", "2027-03-21", "", "", "", "2027-03-21", True),
    (
        "notice-rescinded",
        "2027-02-01",
        "2026-11-20 us gives notice; 2026-11-21 mx gives notice; 2027-01-10 us rescinds notice",
        "",
        "",
        "",
        False,
    ),
    (
        "gone-and-day-set",
        "2027-06-01",
        "2026-11-20 us gives notice; 2027-05-25 next review set for 2027-06-15",
        "",
        "",
        "",
        False,
    ),
    (
        "other-readings",
        "2026-11-24",
        "",
        "term_ends=end_of_day annual_review_day=any_day notice_can_be_rescinded=no",
        "",
        "",
        False,
    ),
    (
        "assumed",
        "2026-11-24",
        "",
        "",
        "2027-03-15 us confirms; 2027-05-01 ca gives notice; 2027-07-02 mx confirms",
        "",
        False,
    ),
    (
        "all-gone",
        "2031-01-02",
        "2030-03-31 all confirm; 2030-05-01 us gives notice; 2030-05-02 ca gives notice",
        "",
        "",
        "",
        False,
    ),
    (
        "extended-declined",
        "2037-07-02",
        "2029-03-15 all confirm; 2036-06-30 review held; 2036-06-30 us declines",
        "",
        "",
        "",
        False,
    ),
)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split(";") if line.strip()]


@cache
def question_of(name: str) -> Question:
    """The question of a name."""
    day, lines, readings, assumed, known_on, own = next(rest for each, *rest in ASKED if each == name)
    record = RECORD.with_file(str(OWN)) if own else RECORD
    record = with_lines(record, _lines(lines), LAW, LAW.defaults)
    of = LAW.with_own(load({"acme.toml": parsed(FIRM, "acme.toml")}, LAW, record)) if own else LAW
    chosen = dict(pair.split("=") for pair in readings.split())
    known = date.fromisoformat(known_on) if known_on else None
    question = ask(date.fromisoformat(day), law=of, record=record, readings=chosen, known_on=known)
    return question.assume(*_lines(assumed)) if assumed else question


def _said(call: Callable[[], Any]) -> Any:
    """What a call gives, or the error that it raises."""
    try:
        return call()
    except Error as error:
        return type(error).__name__, str(error)


def _earlier(question: Question) -> Question:
    return ask(
        question.as_of, law=question.law, record=question.record, readings=question.readings.as_dict(),
        known_on=date(2026, 7, 1),
    )  # fmt: skip


def _listed(question: Question) -> Iterator[Any]:
    yield listed(question, Window(start=date(2027, 1, 1), end=date(2027, 12, 31)), kind=("review", "report"))
    yield listed(question, search="Congress", jurisdiction="us")
    yield [each.id for each in question.deadlines(within=90, who_kind="public")]
    yield [each.id for each in question.deadlines(certainty="fixed", search="ottawa canadá")]


MEMOS: Final = ("us.611.annual-report", "treaty.term.end.1", "us.comments.1-2", "acme.file", "treaty.withdrawal.effect")
CASES: Final = (("us.716.facility-review", "2027-02-03"), ("us.716.facility-review", "2026-12-26"))

PARTS: Final[Mapping[str, Callable[[Question], Any]]] = {
    "status": lambda q: q.status,
    "position": lambda q: q.position,
    "history": lambda q: q.history,
    "public": public_deadlines,
    "provenance": lambda q: (provenance(q, "review-clock status"), q.record.own_files, repr(q)),
    "course": lambda q: q.course,
    "timeline": lambda q: q.timeline,
    "proceedings": lambda q: q.proceedings,
    "memo": memo,
    "deadlines": lambda q: q.all_deadlines,
    "listed": lambda q: tuple(_listed(q)),
    "undated": lambda q: (undated(q), undated(q, "panel", jurisdiction=("us",))),
    "own cases": own_cases,
    "case": lambda q: [
        case(q.law.catalogue.by_id()[rule], date.fromisoformat(day), q.readings, q.law) for rule, day in CASES
    ],
    "explain": lambda q: [_said(lambda each=each: q.explain(each)) for each in (*MEMOS, "us.611.annaul-report@2030")],  # type: ignore[misc]
    "memos": lambda q: [_said(lambda each=each: memo(q, each)) for each in MEMOS],  # type: ignore[misc]
    "sources": sources,
    "open points": lambda q: q.open_points,
    "changes": lambda q: q.changes,
    "learned": lambda q: _said(lambda: diff(_earlier(q), q)),
    "by day": lambda q: learned_by_day(q)[-3:],
    "every reading": every_reading,
    "extension by year": extensions_by_year,
    "compared": lambda q: (found := compare(q, q.recorded, to=2045), found.spells),
}
"""The parts of an answer."""

ONLY: Final[Mapping[str, tuple[str, ...]]] = {
    "memo": ("signed", "today", "other-readings"),
    "memos": ("today", "own", "gone-and-day-set"),
    "explain": ("today", "own"),
    "listed": ("today", "own", "other-readings"),
    "undated": ("entered", "today", "own"),
    "sources": ("today", "own"),
    "deadlines": ("entered", "today", "own", "own-as-known", "notice-rescinded", "gone-and-day-set", "other-readings",
                  "assumed", "all-gone"),
    "open points": ("today", "own", "notice-rescinded", "other-readings"),
    "changes": ("assumed",),
    "learned": ("today", "own"),
    "by day": ("today",),
    "every reading": ("today", "own", "notice-rescinded", "assumed", "extended-declined"),
    "extension by year": ("entered", "today", "notice-rescinded", "all-gone"),
    "compared": ("today", "notice-rescinded", "assumed"),
}  # fmt: skip
"""The questions that a part is asked of, where not of all: it costs, and the others would show nothing more."""


EMPTY: Final = (None, "", (), False)
"""What a field holds that says nothing: left out, so that a new field changes only the answers in which it speaks."""


def plain(value: Any) -> Any:
    """A value with everything in it, as text: the fields of what has fields, the law as its digest."""
    if isinstance(value, Question):
        return repr(value)
    if isinstance(value, Law):
        return value.digest
    if is_dataclass(value) and not isinstance(value, type):
        held = ((each.name, getattr(value, each.name)) for each in fields(value) if each.name[0] != "_")
        return type(value).__name__, *((name, plain(each)) for name, each in held if each not in EMPTY)
    if isinstance(value, Mapping):
        return [(plain(key), plain(each)) for key, each in value.items()]
    if isinstance(value, Set):
        return sorted(plain(each) for each in value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return str(value)


def digest(value: Any) -> str:
    """Eight digits that another value has not."""
    return hashlib.sha256(repr(plain(value)).encode()).hexdigest()[:8]


def _of(value: Any) -> Iterator[str]:
    if isinstance(value, tuple) and value and all(isinstance(each, Deadline) for each in value):
        for each in value:
            days = f"{each.date} {each.certainty} {each.day_is} {each.outcome or '-'}"
            yield f"{each.id} {days} {digest(each)}"
    else:
        yield digest(value)


def answered(name: str, part: str) -> list[str]:
    """The lines of a part of the answer to a question."""
    return [f"{name} / {part}: {line}" for line in _of(PARTS[part](question_of(name)))]


def asked() -> Iterator[tuple[str, str]]:
    """Each question with each of its parts."""
    for part in PARTS:
        yield from ((name, part) for name, *_ in ASKED if name in ONLY.get(part, (name,)))


def write() -> None:
    """Approve the answers as they are now."""
    APPROVED.write_text("\n".join(line for each in asked() for line in answered(*each)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
