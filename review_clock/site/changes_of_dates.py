"""What became known of the dates, a row each, numbered for good: a row that was published keeps its number and stays.

Rows are numbered in the order in which they became known. Where a site follows one that was published, the rows of that
one keep their numbers, and whatever was entered later, for an earlier day too, goes on from the highest.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from review_clock.deadlines.deadline import CERTAINTIES
from review_clock.deadlines.outcome import OUTCOMES
from review_clock.files import BadData, same_in_all
from review_clock.law.readings import Readings
from review_clock.law.vocabulary import KINDS as DUTIES
from review_clock.questions.learned import KINDS, LearnedDate
from review_clock.questions.learned_by_day import learned_by_day
from review_clock.questions.question import Question

FILE: Final = "api/v1/changes.json"
"""Where the rows stand on the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOfDate:
    """One row: what became of one date on `known_on`, against what was known on `known_before`; `id` never changes.

    `stands` is false for a row that was published and that the record and the law as they are now do not give.
    """

    id: int
    known_before: datetime.date
    known_on: datetime.date
    stands: bool
    date: LearnedDate

    @property
    def key(self) -> tuple[datetime.date, str]:
        """What makes it this row and no other."""
        return self.known_on, self.date.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesOfDates:
    """What became known of the dates, newest first: the highest number first."""

    as_of: datetime.date
    known_on: datetime.date | None
    readings: Readings
    verified_on: datetime.date | None
    rows: tuple[ChangeOfDate, ...]


def _outcome(told: Any) -> str:
    """An outcome as it was published; older documents have none."""
    return OUTCOMES[OUTCOMES.index(told)] if told else ""


def _published_row(row: Mapping[str, Any]) -> ChangeOfDate:
    """A row as it was published; what made it is not kept, for the record tells that as it now stands."""
    told = row["date"]
    days = [datetime.date.fromisoformat(told[name]) if told[name] else None for name in ("before", "after")]
    found = LearnedDate(
        what=KINDS[KINDS.index(told["what"])],
        id=str(told["id"]),
        title=same_in_all(str(told["title"])),
        kind=DUTIES[DUTIES.index(told["kind"])],
        before=days[0],
        after=days[1],
        day_is=str(told["day_is"]),
        was=CERTAINTIES[CERTAINTIES.index(told["was"])] if told["was"] else "",
        became=CERTAINTIES[CERTAINTIES.index(told["became"])] if told["became"] else "",
        outcome_was=_outcome(told.get("outcome_was")),
        outcome=_outcome(told.get("outcome")),
        entries=(),
        changes=(),
        corrections=(),
    )
    known_before, known_on = (datetime.date.fromisoformat(row[name]) for name in ("known_before", "known_on"))
    return ChangeOfDate(id=int(row["id"]), known_before=known_before, known_on=known_on, stands=False, date=found)


def published_rows(data: bytes) -> tuple[ChangeOfDate, ...]:
    """The rows of a published document, none where there is none. Raises `BadData`."""
    try:
        return tuple(_published_row(row) for row in json.loads(data)["rows"]) if data else ()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadData(FILE, "", "is not as build publishes it", "the file as it was published") from None


def without_rows(published: bytes, left_out: Callable[[str], bool]) -> bytes:
    """A published document without the rows of those dates, by id, that are `left_out`. Raises `BadData`."""
    if not any(left_out(row.date.id) for row in published_rows(published)):
        return published
    document = json.loads(published)
    kept = [row for row in document["rows"] if not left_out(row["date"]["id"])]
    return json.dumps({**document, "rows": kept}).encode("utf-8")


def _learned(question: Question) -> Iterator[ChangeOfDate]:
    for step in learned_by_day(question):
        for each in sorted(step.dates, key=lambda row: row.id):
            yield ChangeOfDate(id=0, known_before=step.known_before, known_on=step.known_on, stands=True, date=each)


def _numbered(found: Iterable[ChangeOfDate], published: Iterable[ChangeOfDate]) -> Iterator[ChangeOfDate]:
    """The rows published, as they are told now, and then the others, each with its number."""
    now = {each.key: each for each in found}
    last = 0
    for row in published:
        last = max(last, row.id)
        told = now.pop(row.key, None)
        yield replace(told, id=row.id) if told else row
    for number, row in enumerate(now.values(), last + 1):
        yield replace(row, id=number)


def changes_of_dates(question: Question, published: bytes = b"") -> ChangesOfDates:
    """What became known of the dates up to the day of the question, after a `published` document of the same.

    What was published of later days is left out. Raises `BadData`.
    """
    last = min(question.as_of, question.known_on or question.as_of)
    before = [row for row in published_rows(published) if row.known_on <= last]
    rows = _numbered(_learned(question), before)
    return ChangesOfDates(
        as_of=question.as_of,
        known_on=question.known_on,
        readings=question.readings,
        verified_on=question.verified_on,
        rows=tuple(sorted(rows, key=lambda row: -row.id)),
    )
