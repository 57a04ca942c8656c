"""The dates of a question: its rules resolved on its course, with what a notice that runs may yet leave standing."""

from __future__ import annotations

from dataclasses import replace

from review_clock.deadlines.resolve import Dated, DaysOf, dated, resolve
from review_clock.law.law import Law
from review_clock.record.ledger import Record
from review_clock.timeline.unfold import Timeline

IF_TAKEN_BACK = "if_notice_taken_back"
"""The condition of what is owed only if a notice that runs is taken back, by its name in the words files."""


def resolved(
    line: Timeline,
    spare: Timeline | None,
    law: Law,
    record: Record,
    only: frozenset[str] | None,
    days_of: DaysOf = dated,
) -> dict[str, Dated]:
    """Each date by id: on the course as it is, and contingent where it stands on the `spare` course alone."""
    found = resolve(line, law, record, only, days_of)
    if spare is not None:
        for identity, each in resolve(spare, law, record, only, days_of).items():
            if identity not in found:
                _, colon, reading = each.condition.partition(":")  # under which alone it is owed then too
                found[identity] = replace(each, certainty="contingent", condition=IF_TAKEN_BACK + colon + reading)
    return found
