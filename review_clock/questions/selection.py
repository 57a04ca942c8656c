"""Which deadlines are asked for: one thing for commands, feeds and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from review_clock.deadlines.deadline import Deadline

CHOICES: Final = ("jurisdiction", "kind", "certainty", "rule", "actor")
"""What a selection may choose by, each a field of a deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """From `start` to `end` (either may be open), of the words named in `choose` (a choice without words takes all).

    What an act removed passes whatever certainties are chosen where `with_superseded` is set: a calendar that has it
    must hear that it is gone.
    """

    start: date | None = None
    end: date | None = None
    choose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    with_superseded: bool = False

    def takes(self, deadline: Deadline) -> bool:
        """Whether `deadline` is asked for."""
        if (self.start and deadline.date < self.start) or (self.end and deadline.date > self.end):
            return False
        passes = self.with_superseded and deadline.certainty == "superseded"
        return all(
            getattr(deadline, key) in words or (passes and key == "certainty")
            for key, words in self.choose.items()
            if words
        )


def _words(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def selection(
    as_of: date, *, within: int | None = None, start: date | None = None, end: date | None = None, **choice: Any
) -> Selection:
    """A selection of `choice` (see `CHOICES`), from `start` to `end`, or `within` so many days of `as_of`.

    Raises `TypeError` for a choice that there is not.
    """
    unknown = set(choice) - set(CHOICES)
    if unknown:
        raise TypeError(f"deadlines are not chosen by {', '.join(sorted(unknown))} (accepted: {', '.join(CHOICES)})")
    if within is not None:
        start, end = as_of, as_of + timedelta(days=within)
    return Selection(start=start, end=end, choose={key: _words(value) for key, value in choice.items()})
