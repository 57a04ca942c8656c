"""The two axes of time: the day asked for (as of), and the day whose knowledge is used (known on)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

import review_clock as rc
from review_clock.files import parsed
from review_clock.questions.question import on_another_day
from review_clock.record.ledger import Record, base
from tests.conftest import day
from tests.frozen import LAW, RECORD
from tests.law.test_versions import amended

HELD = """
verified_on = 2027-10-15

[[event]]
id = "force"
on = 2020-07-01
act = "entry_into_force"
confidence = "primary"
text = { en = "In force.", es = "En vigor.", fr = "En vigueur." }
[[event.source]]
title = "Official"

[[event]]
id = "held"
on = 2026-07-01
recorded_on = 2026-07-03
act = "review_held"
confidence = "primary"
text = { en = "Held.", es = "Realizada.", fr = "Tenu." }
[[event.source]]
title = "Official"

[[event]]
id = "declined"
on = 2026-07-01
known_on = 2026-07-02
recorded_on = 2026-07-03
act = "non_confirmation"
party = "us"
confidence = "primary"
text = { en = "Did not confirm.", es = "No confirmó.", fr = "N’a pas confirmé." }
[[event.source]]
title = "Official"

[[event]]
id = "notice"
on = 2027-09-01
known_on = 2027-09-10
recorded_on = 2027-09-20
act = "withdrawal_notice"
party = "us"
confidence = "primary"
text = { en = "Notice.", es = "Notificación.", fr = "Avis." }
[[event.source]]
title = "Official"
"""
"""A notice given on 1 September, public on the 10th, in this record on the 20th; the record verified on 15 October."""

# The day asked for, the day of knowledge ("" for the record as it stands), then by hand: the phase, the day on
# which a notice that runs takes effect, the day of the verification, whether the day lies beyond it.
MODEL = (
    ("2027-08-31", "", "annual_reviews", "", "2027-10-15", False),
    ("2027-09-05", "", "annual_reviews", "", "2027-10-15", False),  # given, not yet public
    ("2027-09-10", "", "annual_reviews", "2028-03-01", "2027-10-15", False),  # public
    ("2027-09-05", "2027-09-05", "annual_reviews", "", None, True),  # what was said on that day
    ("2027-09-15", "2027-09-15", "annual_reviews", "", None, True),  # public, not yet in this record
    ("2027-09-20", "2027-09-20", "annual_reviews", "2028-03-01", None, True),
    ("2027-09-05", "2027-09-20", "annual_reviews", "2028-03-01", None, True),  # hindsight: it had been given
    ("2027-08-31", "2027-10-20", "annual_reviews", "", "2027-10-15", False),  # hindsight: it had not
    ("2027-09-05", "2027-10-15", "annual_reviews", "2028-03-01", "2027-10-15", False),  # verified that day
    ("2028-02-29", "2027-09-15", "annual_reviews", "", None, True),  # foresight: of no notice
    ("2028-02-29", "2027-10-15", "annual_reviews", "2028-03-01", "2027-10-15", True),  # foresight: of the notice
    ("2026-07-02", "", "annual_reviews", "", "2027-10-15", False),
    ("2026-07-01", "", "review_open", "", "2027-10-15", False),  # what was done became public on the 2nd
    ("2026-07-02", "2026-07-02", "review_open", "", None, True),  # and came into this record on the 3rd
    ("2026-07-01", "2026-07-03", "annual_reviews", "", None, True),
    ("2026-07-01", "2020-07-01", "review_open", "", None, True),  # foresight of the review itself
    ("2030-01-01", "2020-06-30", "not_in_force", "", None, True),  # the record held nothing yet
)


def _record(text: str = HELD) -> Record:
    return base(parsed(text, "held.toml"))


def _asked(as_of: str, known_on: str, record: Record) -> rc.Question:
    return rc.ask(day(as_of), known_on=day(known_on) if known_on else None, record=record, law=LAW)


@pytest.mark.parametrize(("as_of", "known_on", "phase", "effective", "verified", "beyond"), MODEL)
def test_what_is_answered_on_both_axes(
    as_of: str, known_on: str, phase: str, effective: str, verified: str | None, beyond: bool
) -> None:
    answer = _asked(as_of, known_on, _record()).answer
    assert answer.phase == phase
    assert [each.effective.isoformat() for each in answer.notices] == ([effective] if effective else [])
    assert (answer.verified_on.isoformat() if answer.verified_on else None) == verified
    assert answer.beyond_record is beyond
    assert answer.known_on == (day(known_on) if known_on else None)


DAYS = st.dates(date(2017, 1, 1), date(2028, 12, 31))


def _by_hand(record: Record, known: date) -> Record:
    """The record of those rows alone that had been entered by a day."""
    return Record(
        entries=tuple(row for row in record.entries if row.recorded_on <= known),
        announced=tuple(row for row in record.announced if row.recorded_on <= known),
        verified_on=record.verified_on if record.verified_on <= known else date.min,
    )


@settings(max_examples=25, deadline=None)
@given(as_of=DAYS, known=DAYS, later=st.dictionaries(st.integers(0, 200), st.integers(0, 400), max_size=12))
def test_known_on_a_day_is_the_record_cut_by_hand(as_of: date, known: date, later: dict[int, int]) -> None:
    def entered(place: int, row: Any) -> Any:
        late = later.get(place, 0)
        return replace(row, recorded_on=date.fromordinal(row.known_on.toordinal() + late))

    record = replace(
        RECORD,
        entries=tuple(entered(place, row) for place, row in enumerate(RECORD.entries)),
        announced=tuple(entered(100 + place, row) for place, row in enumerate(RECORD.announced)),
    )
    try:
        asked = rc.ask(as_of, known_on=known, record=record, law=LAW)
    except rc.BadData:
        return  # what was entered late is refused as a whole: an act without the one on which it rests
    cut = rc.ask(as_of, known_on=date.max, record=_by_hand(record, known), law=LAW)
    assert replace(asked.answer, known_on=None) == replace(cut.answer, known_on=None)
    assert asked.history.events == cut.history.events


@settings(max_examples=10, deadline=None)
@given(when=st.dates(date(2026, 10, 8), date(2028, 1, 1)))
def test_known_on_the_day_itself_is_the_answer_of_the_record_where_all_was_entered_when_it_became_public(
    when: date,
) -> None:
    record = replace(RECORD, entries=tuple(replace(row, recorded_on=row.known_on) for row in RECORD.entries))
    here, there = (rc.ask(when, record=record, law=LAW, known_on=known) for known in (None, when))
    assert replace(here.answer, known_on=when) == there.answer
    assert here.all_deadlines == there.all_deadlines


def test_what_is_shipped_without_a_day_of_entry_was_entered_when_it_became_public() -> None:
    for row in (*RECORD.entries, *RECORD.announced):
        assert row.recorded_on >= row.known_on or row.known_on == row.recorded_on


def test_an_act_entered_before_its_day_was_known_when_it_was_entered() -> None:
    text = HELD.replace("known_on = 2027-09-10\nrecorded_on = 2027-09-20", "recorded_on = 2027-08-25")
    assert _record(text).by_id()["notice"].known_on == date(2027, 8, 25)


def test_another_reading_and_assumptions_keep_the_day_of_knowledge() -> None:
    asked = _asked("2027-09-05", "2027-09-15", _record())
    assert asked.under(term_ends="end_of_day").known_on == asked.known_on
    assert asked.assume("2027-12-01 ca gives notice").answer.known_on == asked.known_on
    assert "known_on=2027-09-15" in repr(asked)


# ------------------------------------------------------------------------------------------------------ commands

COMMANDS = (
    ("status",),
    ("deadlines",),
    ("deadlines", "--undated"),
    ("explain", "treaty.review.annual"),
    ("history",),
    ("readings",),
    ("whatif", "--assume", "2029-03-15 all confirm"),
    ("whatif", "--assume", "2029-03-15 all confirm", "--all-readings"),
    ("compare", "record", "extension-2027"),
    ("explore",),
    ("outlook", "--confirm", "us=1", "--confirm", "ca=1", "--confirm", "mx=1"),
    ("check",),
    ("feed", "everything"),
)
K = ("--as-of", "2026-11-24", "--known-on", "2026-10-09")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_command_takes_the_day_of_knowledge(run: Callable[..., Result], command: tuple[str, ...]) -> None:
    if command[0] == "feed":
        assert run(*command, *K).exit_code == 0
        return
    done = run(*command, *K, "--format", "json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    if command[0] != "explain":
        assert '"known_on": "2026-10-09"' in done.stdout, said.keys()
    if command[0] == "check":
        return
    for lang, words in (("en", "As foreseen on October 9, 2026"), ("es", "previsto al 9 de octubre de 2026")):
        told = " ".join(run("--lang", lang, *command, *K).stdout.split())
        assert told.count(words) == 1, told


def test_every_command_that_takes_a_day_takes_the_day_of_knowledge() -> None:
    import click

    from review_clock.commands.main import main

    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        options = {option for each in command.params for option in each.opts} if command else set()
        two_days = {"first", "second"} <= options  # `diff` is asked of two days of knowledge
        assert ("--as-of" in options) == ("--known-on" in options or two_days), name


def test_corrections_later_than_the_day_of_knowledge_are_said_once(run: Callable[..., Result]) -> None:
    found = [each for each in rc.ask(date(2026, 11, 24)).all_deadlines if each.revised]
    last = max(each.on for each in found[0].revised)
    before = str(date.fromordinal(last.toordinal() - 1))
    told = " ".join(run("explain", found[0].id, "--known-on", before, "--as-of", "2026-11-24").stdout.split())
    assert told.count("how they read before is not kept") == 1
    told = " ".join(run("explain", found[0].id, "--known-on", last, "--as-of", "2026-11-24").stdout.split())
    assert "how they read before is not kept" not in told


def test_before_anything_was_entered_the_record_is_said_to_be_empty(run: Callable[..., Result]) -> None:
    done = run("status", "--as-of", "2026-11-24", "--known-on", "1990-01-01")
    assert "The record held nothing yet." in done.stdout
    assert "not verified by then" in done.stdout


def test_nothing_is_published_of_a_record_that_nobody_had_verified(run: Callable[..., Result], tmp_path: Path) -> None:
    for command in (("build", tmp_path / "site"), ("feed", "everything")):
        done = run(*command, "--as-of", "2026-11-24", "--known-on", "2026-07-15")
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
        assert "--known-on 2026-07-15: nobody had verified the record by then" in done.stderr
    assert not (tmp_path / "site").exists()


def test_the_same_question_asked_of_another_day_knows_the_amendments_of_that_day() -> None:
    """Section 611 amended from 270 days to 240, known on 15 June 2028."""
    law = amended(240, "from = 2029-01-01, known_on = 2028-06-15")
    before = rc.ask(date(2028, 6, 14), law=law, record=RECORD)
    after = on_another_day(before, date(2028, 6, 15))
    days = [each.explain("us.611.notice.1-5").date for each in (before, after, on_another_day(after, before.as_of))]
    assert days == [date(2029, 10, 4), date(2029, 11, 3), date(2029, 10, 4)]
