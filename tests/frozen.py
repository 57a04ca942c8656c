"""The law, the record and the day of this version, frozen: what the tests run on, so that news and time break none.

`make freeze` makes them anew from the data that ship, when the law here was corrected or extended. What 0.2.0 shipped,
published and printed stands beside them, for the tests of upgrading.

`conftest.py` lets them stand for those that ship in the whole test process; one test alone (test_shipped_data.py) walks
the data that ship. What runs in a process of its own reads the shipped data, and may only be held to what news cannot
change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from review_clock.deadlines.deadline import Deadline
from review_clock.files import read
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.questions.question import Question
from review_clock.record.ledger import Record, base
from review_clock.scenarios.library import Plan
from review_clock.timeline.lawful_record import lawful

FIXTURES = Path(__file__).parent / "fixtures" / "0.2.0"
"""What 0.2.0 shipped, published and printed."""
DATA = Path(__file__).parent / "fixtures" / "0.3.0" / "data"
LAW = Law.read(str(DATA / "law"))
RECORD = base(read(DATA / "record" / "usmca.toml"))


class Today(date):
    """What the command line takes for the clock."""

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        """The day on which the tests run, whenever they run."""
        return date(2026, 11, 28)


def defaults() -> Readings:
    """The default of each open point."""
    return LAW.defaults


def chosen(pairs: Iterable[str]) -> Readings:
    """The defaults with each `KEY=VALUE` in place."""
    return LAW.chosen(pairs)


def alternatives(to: Readings | None = None) -> tuple[tuple[str, str], ...]:
    """Every (key, value) that is not the one in `to`."""
    return LAW.alternatives(to or LAW.defaults)


def question(
    as_of: date, readings: Readings | None = None, record: Record | None = None, plan: Plan | None = None
) -> Question:
    """A question of the frozen law."""
    return Question(law=LAW, record=record or RECORD, as_of=as_of, readings=readings or LAW.defaults, plan=plan)


def deadlines(
    record: Record, as_of: date, readings: Readings | None = None, plan: Plan | None = None
) -> tuple[Deadline, ...]:
    """Every deadline as of a day."""
    return question(as_of, readings, record, plan).all_deadlines


def load(paths: Iterable[str], readings: Readings) -> Record:
    """The record with a user's files over it, held against the law."""
    return lawful(RECORD.with_file(*paths), LAW, readings)
