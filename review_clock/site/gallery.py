"""The states that every first sentence is held to, each with its answer, on records of their own: news moves none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.files import read
from review_clock.law.law import Law
from review_clock.questions.answer import Answer
from review_clock.questions.question import Question
from review_clock.record.ledger import Record
from review_clock.timeline.keeping import with_lines

_STATES: Final = os.path.join(os.path.dirname(__file__), "states.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A state by its id: what happened beside the common beginning, and the answer of its day."""

    id: str
    lines: tuple[str, ...]
    answer: Answer


def _told(identity: str, as_of: date, lines: tuple[str, ...], base: Record, law: Law) -> Told:
    record = with_lines(base, lines, law, law.defaults)
    question = Question(law=law, record=record, as_of=as_of, readings=law.defaults)
    return Told(id=identity, lines=lines, answer=question.status.answer)


def gallery(law: Law) -> Iterator[Told]:
    """The states in the order of the file."""
    table = read(_STATES)
    nothing = Record(entries=(), announced=(), verified_on=table.day("verified_on"))
    base = with_lines(nothing, table.strings("base"), law, law.defaults)
    for row in table.tables("state"):
        yield _told(row.string("id"), row.day("as_of"), row.strings("record"), base, law)
