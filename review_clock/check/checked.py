"""All checks of the data, and what came of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from review_clock.check.cross_checks import between_files, on_the_day
from review_clock.check.finding import Finding, error, is_error
from review_clock.check.tree import Tree, load
from review_clock.files import LANGUAGES
from review_clock.law.law import Law
from review_clock.record.ledger import Record
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found wrong, or is worth a look, and in what: the law and the record that were read."""

    findings: tuple[Finding, ...]
    law: Law
    record: Record | None

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not any(is_error(each) for each in self.findings)


def check(
    overlays: Sequence[str],
    as_of: date,
    folder: str | None = None,
    calendars: str | None = None,
    known_on: date | None = None,
    max_age: int | None = None,
) -> Checked:
    """Everything found wrong, or worth a look, in the data that ship (or in `folder`), in the user's record files and
    in the folder of the user's `calendars`; of the record only what it held on `known_on`, where that is given.
    With `max_age` (days) it is an error too where the record was last verified longer ago."""
    if folder is not None and not os.path.isdir(folder):
        return Checked(findings=(error(folder, "is not a folder"),), law=Law.shipped(), record=None)
    data = load(Tree(folder), overlays, calendars, known_on)
    found = data.found
    found.extend(between_files(data))
    if not any(is_error(each) for each in found):
        found.extend(on_the_day(data, as_of, known_on, max_age))
    return Checked(findings=tuple(found), law=data.law, record=data.record)


def summary(checked: Checked, words: Wording) -> str:
    """That all is well, over how much; the rules withheld, counted and named; and what is not in the calendar."""
    catalogue, record = checked.law.catalogue, checked.record
    passed = words(
        "check.passed",
        rules=words.count("rules", len(catalogue.rules)),
        events=words.count("events", len(record.entries) if record else 0),
        languages=len(LANGUAGES),
    )
    withheld = words(
        "check.withheld",
        rules=words.count("rules", len(catalogue.withheld)),
        ids=", ".join(row.id for row in catalogue.withheld),
    )
    matters = "; ".join(words.said(row.what) for row in checked.law.not_covered)
    return f"{passed}\n{withheld}\n{words('check.not_covered', matters=matters)}"
