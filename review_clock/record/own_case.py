"""A case of the user's own: a matter under a rule of the law that is counted from a day of each case.

It stands in a user's record file as `[[case]]`, and is kept as an entry is: appended, and taken back with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from review_clock.files import HIDDEN, MaybeText, Table, Texts, same_in_all
from review_clock.law.vocabulary import checked_id, digest
from review_clock.record.own_row import OwnRow

OFFICES: Final = ("us", "ca", "mx")
EARLIEST_REMINDER: Final = 366
"""How many days before a date it may be reminded of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase(OwnRow):
    """The office's `matter`, the `rule` of the law that is counted from its `trigger`, and `who` answers for it there.

    `remind` are so many days before the date, each on the last office day of `office` (of the countries of the rule
    where it names none) then or before. `known_on` is the day from which it is known, `recorded_on` that on which it
    came into this record, `recorded_by` who entered it.
    """

    id: str
    matter: str
    rule: str
    trigger: date
    who: MaybeText
    remind: tuple[int, ...]
    office: MaybeText
    known_on: date
    recorded_on: date
    recorded_by: MaybeText
    where: str = field(metadata=HIDDEN)

    @property
    def on(self) -> date:
        """The day from which it is counted."""
        return self.trigger

    @property
    def text(self) -> Texts:
        """What it is, in the office's words."""
        return same_in_all(f"{self.matter} ({self.rule})")

    @property
    def fact(self) -> tuple[str, str, date]:
        """What it says, whoever says it: two files may hold the same case."""
        return self.matter, self.rule, self.trigger


def case_id(matter: str, rule: str, trigger: date) -> str:
    """The id of a case that was given none: a digest of what it says."""
    return f"case-{digest(matter, rule, trigger.isoformat())}"


def own_case(table: Table) -> OwnCase:
    """What a `[[case]]` says. Raises `BadData`."""
    trigger, recorded_on = table.day("trigger"), table.day("recorded_on")
    found = OwnCase(
        id=table.string("id"),
        matter=table.string("matter"),
        rule=table.string("rule"),
        trigger=trigger,
        who=table.string("who", ""),
        remind=tuple(sorted(table.wholes("remind", 1, EARLIEST_REMINDER), reverse=True)),
        office=table.choice("office", OFFICES, ""),
        known_on=table.day("known_on", min(trigger, recorded_on)),
        recorded_on=recorded_on,
        recorded_by=table.string("recorded_by", ""),
        where=f"{table.file}: {table.path} ({table.string('id')})",
    )
    table.finish()
    checked_id(table, "id", found.id)
    return found
