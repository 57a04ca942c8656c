"""A date announced anew: the hearing on the 2026 review, first set for 17 November 2025, then for 3 December (N15)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from review_clock import BadData, ask
from tests.frozen import LAW, RECORD, question

HEARING = """
[[announced]]
id = "own-{id}"
on = {on}
known_on = {known_on}
recorded_on = {known_on}
deadline = "us.hearing.1-1"
jurisdiction = "us"
kind = "consultation"
actor = "us.ustr"
confidence = "primary_record"
title.en = "Public hearing"
title.es = "Audiencia pública"
title.fr = "Audience publique"
text.en = "The hearing."
text.es = "La audiencia."
text.fr = "L’audience."

[[announced.source]]
title = "Federal Register, Doc. {doc}"
"""
FIRST = HEARING.format(id="first", on="2025-11-17", known_on="2025-09-17", doc="2025-18010")
THEN = HEARING.format(id="then", on="2025-12-03", known_on="2025-11-07", doc="2025-19816")

DAYS = [
    # as of, known on, the day of the hearing (FR Docs. 2025-18010 and 2025-19816)
    ("2025-09-16", "", ""),
    ("2025-09-17", "", "2025-11-17"),
    ("2025-11-06", "", "2025-11-17"),
    ("2025-11-07", "", "2025-12-03"),
    ("2026-11-24", "", "2025-12-03"),
    ("2026-11-24", "2025-10-01", "2025-11-17"),
]


@pytest.mark.parametrize(("as_of", "known_on", "day"), DAYS)
@pytest.mark.parametrize("order", [(FIRST, THEN), (THEN, FIRST)], ids=["in order", "turned round"])
def test_the_last_announcement_known_counts(
    as_of: str, known_on: str, day: str, order: tuple[str, str], tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text("\n".join(order), encoding="utf-8")
    record = RECORD.with_file(tmp_path / "own.toml")
    known = date.fromisoformat(known_on) if known_on else None
    asked = ask(date.fromisoformat(as_of), law=LAW, record=record, known_on=known)
    assert [each.date.isoformat() for each in asked.all_deadlines if each.id == "us.hearing.1-1"] == [day] * bool(day)


def test_it_says_that_it_was_moved_from_when_and_by_what(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(FIRST + THEN, encoding="utf-8")
    hearing = question(date(2026, 11, 24), record=RECORD.with_file(tmp_path / "own.toml")).explain("us.hearing.1-1")
    assert hearing.moved_from == date(2025, 11, 17)
    told = [(each.what, each.on, each.before, each.after, each.source) for each in hearing.changes]
    assert told == [
        ("appeared", date(2025, 9, 17), None, date(2025, 11, 17), "Federal Register, Doc. 2025-18010"),
        ("moved", date(2025, 11, 7), date(2025, 11, 17), date(2025, 12, 3), "Federal Register, Doc. 2025-19816"),
    ]


def test_what_is_said_again_of_the_same_day_did_not_move_it(tmp_path: Path) -> None:
    again = HEARING.format(id="again", on="2025-12-03", known_on="2025-11-20", doc="again")
    (tmp_path / "own.toml").write_text(FIRST + THEN + again, encoding="utf-8")
    hearing = question(date(2026, 11, 24), record=RECORD.with_file(tmp_path / "own.toml")).explain("us.hearing.1-1")
    assert [(each.what, each.entry) for each in hearing.changes] == [("appeared", "own-first"), ("moved", "own-then")]
    assert hearing.moved_from == date(2025, 11, 17)


def test_two_days_announced_at_once_contradict_one_another(tmp_path: Path) -> None:
    other = FIRST.replace("own-first", "own-other").replace("2025-11-17", "2025-11-18")
    (tmp_path / "own.toml").write_text(FIRST + other, encoding="utf-8")
    with pytest.raises(BadData, match="own-other"):
        RECORD.with_file(tmp_path / "own.toml")


@pytest.mark.parametrize("identity", ["us.611.annual-report.1-2", "us.611.annual-report", "treaty.term.end"])
def test_a_date_of_ones_own_takes_no_place_of_a_rule(identity: str, tmp_path: Path) -> None:
    """The count of the statute would be gone from every list and feed; what is said of it is `about` it."""
    (tmp_path / "own.toml").write_text(FIRST.replace("us.hearing.1-1", identity), encoding="utf-8")
    with pytest.raises(BadData, match=f"deadline: '{identity}' is taken .*an id of your own"):
        ask(date(2026, 11, 25), law=LAW, record=RECORD.with_file(tmp_path / "own.toml"))
    beside = FIRST.replace("us.hearing.1-1", f"own.{identity}")
    (tmp_path / "own.toml").write_text(beside, encoding="utf-8")
    ask(date(2026, 11, 25), law=LAW, record=RECORD.with_file(tmp_path / "own.toml"))
