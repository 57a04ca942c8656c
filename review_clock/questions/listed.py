"""A list of deadlines as it is asked for: over which days, how far the record goes, what it leaves out and why; and
what has no day at all, which no list of dates shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from review_clock.deadlines.deadline import Deadline
from review_clock.files import HIDDEN
from review_clock.law.not_covered import NotCovered
from review_clock.law.position import ENDED
from review_clock.law.readings import Readings
from review_clock.law.rules import Rule, Unshipped
from review_clock.questions.question import Question
from review_clock.questions.selection import CHOICES, Selection, says, selection, words_of

REASONS: Final = ("before", "after", *CHOICES, "search")
"""Why a list leaves a date out: it lies before or after the days asked for, or a choice does not take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """What is asked for and has no day: duties without one, limits that begin with a case, dates ahead that the reading
    chosen leaves open; and whatever is asked for, the rules withheld and what is not covered.

    `fewer` says that the Agreement is over or a country out: which duties and limits hold then is not worked out.
    """

    duties: tuple[Rule, ...]
    cases: tuple[Rule, ...]
    open: tuple[Deadline, ...]
    withheld: tuple[Unshipped, ...]
    not_covered: tuple[NotCovered, ...]
    fewer: bool = field(default=False, metadata=HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The first and the last day of a list."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDated:
    """What has no day, by id."""

    undated: tuple[str, ...]
    cases: tuple[str, ...]
    withheld: tuple[str, ...]
    not_covered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Deadlines as of a day, by date and then id, and what is not among them.

    `window` is None where all are shown; `left_out` says by the reason how many are not, each counted once.
    """

    as_of: date
    known_on: date | None
    readings: Readings
    window: Window | None
    verified_on: date | None
    beyond_record: bool
    left_out: Mapping[str, int]
    not_dated: NotDated
    deadlines: tuple[Deadline, ...]
    undated: Undated = field(metadata=HIDDEN)


def undated(question: Question, search: str = "", **choice: Sequence[str]) -> Undated:
    """What has no day, of the jurisdictions and kinds chosen, in which each word of `search` stands."""
    taken = {key: words_of(words) for key, words in choice.items() if words and key in ("jurisdiction", "kind")}

    searched = tuple(search.split())

    def rules(counted_from: str) -> tuple[Rule, ...]:
        found = (rule for rule in question.law.rules if rule.counted_from == counted_from and says(searched, rule))
        return tuple(each for each in found if all(getattr(each, key) in words for key, words in taken.items()))

    chosen = Selection(choose=taken, search=searched)
    return Undated(
        duties=rules("undated"),
        cases=rules("case"),
        open=tuple(d for d in question.all_deadlines if d.without_day and d.is_ahead and chosen.takes(d)),
        withheld=question.law.catalogue.withheld,
        not_covered=question.law.not_covered,
        fewer=bool(question.position.left) or question.position.phase in ENDED,
    )


def listed(question: Question, window: Window | None = None, **choice: Any) -> Deadlines:
    """The deadlines of a choice (see `CHOICES`) in a window, or all, and what is not among them."""
    start, end = (window.start, window.end) if window else (None, None)
    chosen = selection(question.as_of, start=start, end=end, **choice)
    why = {each.id: chosen.leaves_out(each) for each in question.all_deadlines}
    counts = Counter(reason for reason in why.values() if reason)
    without = undated(question, **choice)
    return Deadlines(
        as_of=question.as_of,
        known_on=question.known_on,
        readings=question.readings,
        window=window,
        verified_on=question.verified_on,
        beyond_record=question.beyond_record,
        left_out={reason: counts[reason] for reason in REASONS if counts[reason]},
        not_dated=NotDated(
            undated=tuple(rule.id for rule in without.duties),
            cases=tuple(rule.id for rule in without.cases),
            withheld=tuple(row.id for row in without.withheld),
            not_covered=tuple(row.id for row in without.not_covered),
        ),
        deadlines=tuple(each for each in question.all_deadlines if not why[each.id]),
        undated=without,
    )
