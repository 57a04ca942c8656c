"""The exhaustive walk, as far as CI goes: to 2060, under each reading alone; `make proof` goes to 2100, by more days.

At every position the table and a second reading of the law, which shares no code with it, agree on what every act and
the passing of time lead to, and on what is refused; at a part of them the answer is held to its invariants.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from review_clock.law import chapter_34
from review_clock.law.acts_and_lapses import Event
from review_clock.law.chapter_34 import CELLS, REFUSALS, TRANSITIONS, Guard, NotProvidedFor, Refusal, Row, Transition
from review_clock.law.position import Phase
from review_clock.law.readings import KEYS
from review_clock.law.under_readings import Watched
from tests.frozen import alternatives, chosen, defaults
from tests.proof.walk.acts import LEAVING, MEETING, Year
from tests.proof.walk.positions import Walk
from tests.proof.walk.proved import Task, proved

HORIZON = 2060
WALKS = (
    Year("leaving and confirming", ((7, 1),), LEAVING, at_once=2),
    Year("meeting and confirming", ((7, 1),), MEETING, at_once=1),
)
MANY = {
    ("annual_review_day=year_after_last", MEETING): 2033,
    ("extension_runs_from=term_end", MEETING): 2036,
    ("extension_runs_from=term_end", LEAVING): 2040,
    ("next_review_after_extension=original_grid", MEETING): 2036,
    ("next_review_after_extension=original_grid", LEAVING): 2040,
}
"""How far a walk goes where there are many positions: each day on which a review was held or closed makes another one
where the next is counted from the last; so does each distance from the end where extensions add up, and from the day of
entry where reviews are counted from it."""
NOT_OF_THE_TABLE = frozenset(
    ("recommendations_before_annual", "review_commences", "review_2032_without_extension", "at_least_days_before",
     "us_duties_after_exit")
)  # fmt: skip
"""Readings that move deadlines and no position: a walk under them is the walk under the default."""
WALKED = tuple(
    each
    for each in ("", *(f"{key}={value}" for key, value in alternatives()))
    if each.partition("=")[0] not in NOT_OF_THE_TABLE
)
ROWS: tuple[Row, ...] = (*TRANSITIONS, *REFUSALS)
Property = Callable[[str, object], None]


def _condition(row: Row) -> Guard:
    return row.when if isinstance(row, Refusal) else row.provided


def tasks(*readings: str) -> list[Task]:
    """The walks of CI under readings."""
    found = []
    for year in WALKS:
        horizon = min(MANY.get((reading, year.kinds), HORIZON) for reading in (*readings, ""))
        found.append(Task(year, tuple(filter(None, readings)), horizon))
    return found


@pytest.mark.parametrize("reading", WALKED)
def test_every_position_is_as_a_second_reading_of_the_law_has_it(reading: str, record_property: Property) -> None:
    """Art. 34.5 to 34.7, and the answer: `invariants.py` is the table of its sentences."""
    for task in tasks(reading):
        for what, number in proved(task).items():
            if what != "dates" or (task.year is WALKS[0] and not reading):
                record_property(f"exhaustive walk to {HORIZON}: {what}", number)
    record_property(f"exhaustive walk to {HORIZON}: readings", 1)


def test_the_walk_asks_for_every_reading_that_is_one_of_the_table() -> None:
    watched = Watched(defaults().values)
    for year in WALKS:
        Walk(year, watched, 2028, 16).go()
    assert set(KEYS) - watched.asked <= NOT_OF_THE_TABLE
    assert not watched.asked & NOT_OF_THE_TABLE


REFUSING = ("departure_completes_confirmation=yes", "notice_can_be_rescinded=no", "confirmation_while_leaving=refused",
            "confirmation_can_be_withdrawn=never", "one_party_left=continues")  # fmt: skip


def test_every_row_of_the_table_decides_something_on_the_walk() -> None:
    """But one: time brings a withdrawal only where a notice runs."""
    rows = set()
    for reading in ("", *REFUSING):
        for year in WALKS:
            rows |= Walk(year, chosen(reading.split()), 2037, 64).go().rows
    dead = [row for row in ROWS if row not in rows]
    assert [getattr(row, "key", row) for row in dead] == ["no_notice_to_take_effect"]


NAMED = sorted({_condition(row).__name__ for row in ROWS} - {"always", "paragraph_3_extended_the_term"})
EFFECTS = sorted({row.effect.__name__ for row in TRANSITIONS} - {"unchanged", "state_position", "end_term"})
"""The conditions and the consequences that the rows name, without those on which only a citation or nothing hangs.
`end_term` drops a notice that outlasts the term: no walk of CI goes on from one, those of `make proof` do."""


def _walk_is_right() -> bool:
    """Whether the two readings agree on short walks, under the defaults and where a departure completes a set."""
    try:
        for readings in ((), ("departure_completes_confirmation=yes",)):
            for year in WALKS:
                Walk(year, chosen(readings), 2037, 8).go()
    except (AssertionError, TypeError, ValueError, NotProvidedFor):
        return False
    return True


def _with_rows(change: Callable[[Row], Row]) -> dict[tuple[Phase, type[Event]], tuple[Row, ...]]:
    return {cell: tuple(change(row) for row in rows) for cell, rows in CELLS.items()}


@pytest.mark.parametrize("name", NAMED)
def test_a_condition_turned_round_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def turned(row: Row) -> Row:
        asked = _condition(row)
        if asked.__name__ != name:
            return row
        key = "when" if isinstance(row, Refusal) else "provided"
        return replace(row, **{key: lambda *given: not asked(*given)})

    monkeypatch.setattr(chapter_34, "CELLS", _with_rows(turned))
    assert not _walk_is_right()


@pytest.mark.parametrize("name", EFFECTS)
def test_a_consequence_left_out_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(row: Row) -> Row:
        named = isinstance(row, Transition) and row.effect.__name__ == name
        return replace(row, effect=lambda position, *_: position) if named else row

    monkeypatch.setattr(chapter_34, "CELLS", _with_rows(without))
    assert not _walk_is_right()
