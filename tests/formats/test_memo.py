"""A memo to file: what each day rests on, what other readings would give, every source as a footnote."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

import review_clock as rc
from review_clock.questions.question import Question
from tests.frozen import LAW, RECORD, Today, question
from tests.words.states import asked

Run = Callable[..., Result]
DAY = date(2026, 11, 28)
ASKED = ("status", "us.611.notice.1-2", "treaty.withdrawal.last-notice", "us.comments.1-2", "ca.whey.year-6")


def _asked(*lines: str, on: date = DAY) -> Question:
    asked = question(on)
    return asked.assume(*lines) if lines else asked


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("identity", ASKED)
def test_every_footnote_is_used_and_every_mark_has_its_note(identity: str, lang: str) -> None:
    told = rc.memo(_asked(), identity, lang)
    notes = re.findall(r"^\[\^(\d+)\]: (.+)$", told, re.MULTILINE)
    used = re.findall(r"\[\^(\d+)\](?!:)", told)
    assert notes
    assert [int(number) for number, _ in notes] == list(range(1, len(notes) + 1))
    assert {number for number, _ in notes} == set(used)
    assert all(re.search(r"\d{4}-\d\d-\d\d", text) for _, text in notes), "when it was checked"


@pytest.mark.parametrize("identity", ASKED)
def test_a_memo_carries_what_it_takes_to_ask_again(identity: str) -> None:
    told = rc.memo(_asked(), identity)
    for said in (DAY.isoformat(), f"Review Clock {rc.__version__}", LAW.digest, RECORD.digest, "2026-10-08"):
        assert said in told
    assert told.count("not legal advice") == 1


def test_a_memo_of_a_date_says_how_it_is_counted_and_what_another_reading_gives() -> None:
    told = rc.memo(_asked(), "us.611.notice.1-2")
    assert "2026-10-04, Sunday (19 U.S.C. 4611(b)(1); 19 U.S.C. 4611(e)(1))" in told
    assert re.search(r"Otherwise: no: both ends are left out.*: 2026-10-03$", told, re.MULTILINE)
    assert "with the preparatory talks: another day, which is unknown" in told
    known = LAW.authorities.by_cite["19 U.S.C. 4611(b)(1)"]
    assert f"checked on {known.checked_on}. <{known.url}>" in told


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (DAY, "any day of each calendar year: the text fixes none: another day, which is unknown"),
        (DAY, "yes: it is in force through that day: Last day in force 2036-07-01"),
        (date(2026, 8, 31), "the first day of the next month: Out on a notice of that day 2027-03-01"),
    ],
)
def test_a_memo_of_the_position_says_what_another_reading_moves(on: date, said: str) -> None:
    assert said in rc.memo(_asked(on=on))


US, CA = "2026-11-20 us gives notice", "2026-11-25 ca gives notice"
RESCISSION = [  # lines, reading taken, what the memo says of the other; nothing where no notice runs
    ((), {}, ""),
    ((US,), {}, "no, or only with the others' consent: Last day to take the notice back –"),
    ((US, CA), {}, "no, or only with the others' consent: Last day to take the notice back –"),
    ((US, CA), {"notice_can_be_rescinded": "no"}, "yes: Last day to take the notice back 2027-05-19, 2027-05-24"),
]


@pytest.mark.parametrize(("lines", "taken", "said"), RESCISSION)
def test_while_a_notice_runs_the_memo_lists_whether_it_can_be_taken_back(
    lines: tuple[str, ...], taken: dict[str, str], said: str
) -> None:
    told = rc.memo(asked(DAY, lines).under(**taken))
    assert ("**R9**" in told) == bool(said)
    assert said in told


def test_under_a_hypothesis_a_memo_says_so_first() -> None:
    told = rc.memo(_asked("2027-03-15 us gives notice"), "treaty.withdrawal.effect")
    assert told.split("\n\n")[1].startswith("This is a hypothesis")


def test_the_command_writes_what_the_library_does_and_how_to_ask_again(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    run("record", "add", "2026-10-20 note", "--to", mine, "--source", "A file", "--text", "**Call**")
    first = run("--record", mine, "memo", "us.611.notice", "--reading", "missing_day=first_of_next", "--as-of", DAY)
    assert first.exit_code == 0
    assert "us.611.notice: " in first.stderr
    assert "us.611.notice.1-3" in first.stdout, "which one was taken"
    assert "mine.toml" in first.stdout
    again = re.search(r"\*\*To ask again:\*\* review-clock (.+)$", first.stdout, re.MULTILINE)
    assert again is not None
    assert run(*again[1].replace("\\", "").split()).stdout == first.stdout


def test_a_day_that_was_not_typed_stands_in_what_is_to_be_typed_again(run: Run) -> None:
    done = run("memo", "us.718.1")
    assert f"memo us.718.1 --as-of {Today.today()}" in done.stdout


def test_a_deadline_that_there_is_not_is_refused_with_the_nearest(run: Run) -> None:
    done = run("memo", "us.611.notise.1-2")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "did you mean us.611.notice.1-2?" in done.stderr
