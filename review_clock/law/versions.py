"""The law in time: a rule, a reading or a citation in several versions under one id (`[[rule.version]]` and the like).

A version says from when on its text is in force and on which day that became known. Which of the versions of a rule
governs an occurrence, `deadlines.governing` says. A reading and a citation have no day of their own: of these the last
version that is known counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

from review_clock.files import HIDDEN, Phrase, Table, Texts

IN_FORCE: Final = "in_force"
"""The key of a row that says when its text is in force; a file without it has no versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """From which day on a text is in force, from which on no longer, since when it is known (None: of old, or open).

    `what` says what it did to the text before it; None for the first.
    """

    start: date | None = None
    until: date | None = None
    known_on: date | None = None
    what: Texts | None = None


ALWAYS: Final = InForce()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Versioned:
    """What may have `later` versions, in the order of time, each whole."""

    in_force: InForce = field(default=ALWAYS, metadata=HIDDEN)
    later: tuple[Self, ...] = field(default=(), metadata=HIDDEN)

    def known_by(self, day: date) -> Self | None:
        """This and its later versions as far as they were known at the end of `day`; None where none was.

        Nothing ends the last of them where the one that follows was not known.
        """
        every = (self, *self.later)
        found = [each for each in every if each.in_force.known_on is None or each.in_force.known_on <= day]
        if not found or len(found) == len(every):
            return self if found else None
        if found[-1] is not every[-1]:
            found[-1] = replace(found[-1], in_force=replace(found[-1].in_force, until=None))
        return replace(found[0], later=tuple(found[1:]))

    def last_known_by(self, day: date | None) -> Self:
        """Of what has no day of its own: the last version known at the end of `day` (None: of all), else the first."""
        if not self.later:
            return self
        known = self if day is None else self.known_by(day) or replace(self, later=())
        return known.later[-1] if known.later else known


def speaks_of_time(text: str) -> bool:
    """Whether the text of a file says of any row when it is in force: what says so of none is the same on every day."""
    before = (part.rpartition("\n")[2].strip() for part in text.split(IN_FORCE)[:-1])
    return any(line == "" or line.startswith("[") for line in before)


def in_force(table: Table) -> InForce:
    """What a row says under `in_force`: `from`, `until`, `known_on` (else the day of `from`). Raises `BadData`."""
    if not table.has(IN_FORCE):
        return ALWAYS
    row = table.table(IN_FORCE)
    start, until = row.maybe_day("from"), row.maybe_day("until")
    known_on = row.maybe_day("known_on") or start
    row.finish()
    if start is not None and until is not None and until < start:
        raise row.wrong("until", Phrase("{day} is before {first}", day=until, first=start), "a day from then on")
    return InForce(start=start, until=until, known_on=known_on)


def versions(table: Table, changeable: Iterable[str]) -> Iterator[tuple[Table, InForce]]:
    """Each `version` of a row, in their order, as a whole row: of `changeable` keys, those that it has are in place of
    those before it. Raises `BadData` for one that goes back in time, has no first day or does not say what it did."""
    whole, keys, last = table, tuple(changeable), date.min
    for row in table.tables("version"):
        when = in_force(row)
        if when.start is None:
            raise row.wrong(f"{IN_FORCE}.from", "is missing", "the first day of the new text")
        if when.start < last:
            wrong = Phrase("{day} is before {first}", day=when.start, first=last)
            raise row.wrong(f"{IN_FORCE}.from", wrong, "the versions in order of time")
        last, whole = when.start, whole.overlaid(row, keys, (IN_FORCE, "version"))
        what = row.texts("what")
        row.finish()
        yield whole, replace(when, what=what)
