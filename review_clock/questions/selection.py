"""Which deadlines are asked for: one thing for commands, feeds and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from review_clock.deadlines.deadline import Deadline
from review_clock.files import LANGUAGES
from review_clock.law.rules import Rule

CHOICES: Final = ("jurisdiction", "kind", "certainty", "rule", "actor", "who_kind")
"""What a selection may choose by, each a field of a deadline."""
_OWN: Final = {"kind": "internal", "who_kind": "own"}
"""The words by which all of a user's own is asked for, the dates of a case too, which have the law's kind and actor."""


def folded(text: str) -> str:
    """A text as a search compares it: without case, without accents."""
    from unicodedata import combining, normalize  # only where somebody searches

    return "".join(each for each in normalize("NFKD", text) if not combining(each)).casefold()


def says(searched: Iterable[str], row: Deadline | Rule) -> bool:
    """Whether each word searched for stands in title, id, who acts or is told, in any language, or in a citation."""
    cites = (each if isinstance(each, str) else each.cite for each in row.authority)
    texts = [each for each in (row.title, row.actor_name, row.recipient_name) if each is not None]
    told = [folded(each) for each in (row.id, *cites, *(text.said(lang) for text in texts for lang in LANGUAGES))]
    return all(any(folded(word) in each for each in told) for word in searched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """From `start` to `end` (either may be open), of the words named in `choose` (a choice without words takes all),
    in which each word of `search` stands.

    What an act removed passes whatever certainties are chosen where `with_superseded` is set: a calendar that has it
    must hear that it is gone.
    """

    start: date | None = None
    end: date | None = None
    choose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    with_superseded: bool = False
    search: tuple[str, ...] = ()

    def takes(self, deadline: Deadline) -> bool:
        """Whether `deadline` is asked for."""
        return not self.leaves_out(deadline)

    def leaves_out(self, deadline: Deadline) -> str:
        """What leaves `deadline` out: a choice by its name, the `search`, or that it lies `before` or `after` the days
        asked for; empty where it is asked for."""
        for key, words in self.choose.items():
            taken = getattr(deadline, key) in words or (deadline.is_own and _OWN.get(key) in words)
            if words and not (taken or (key == "certainty" and self._takes_certainty(deadline.certainty, words))):
                return key
        if self.search and not says(self.search, deadline):
            return "search"
        first, last = deadline.window
        if self.start and last < self.start:
            return "before"
        return "after" if self.end and first > self.end else ""

    def _takes_certainty(self, certainty: str, words: tuple[str, ...]) -> bool:
        """What was announced passes where `fixed` is asked for, as it did before the two were told apart."""
        return (self.with_superseded and certainty == "superseded") or (certainty == "announced" and "fixed" in words)


def words_of(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """The words of a choice, which may be given as one."""
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def selection(
    as_of: date,
    *,
    within: int | None = None,
    start: date | None = None,
    end: date | None = None,
    search: str = "",
    **choice: Any,
) -> Selection:
    """A selection of `choice` (see `CHOICES`), from `start` to `end`, or `within` so many days of `as_of`, and of what
    holds each word of `search`.

    Raises `TypeError` for a choice that there is not.
    """
    unknown = set(choice) - set(CHOICES)
    if unknown:
        raise TypeError(f"deadlines are not chosen by {', '.join(sorted(unknown))} (accepted: {', '.join(CHOICES)})")
    if within is not None:
        start, end = as_of, as_of + timedelta(days=within)
    chosen = {key: words_of(value) for key, value in choice.items()}
    return Selection(start=start, end=end, choose=chosen, search=tuple(search.split()))
