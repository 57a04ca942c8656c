"""Announced dates and proceedings by command, and what a source says: as entries are kept, appended and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from review_clock import ask
from review_clock.files import BadData, parsed, read
from review_clock.record.ledger import BASE_FILE, Record, from_table, merged
from review_clock.site.own_dates import without_own
from tests.frozen import LAW, RECORD

Run = Callable[..., Result]
SOURCE = ("--source", "A letter")
OWN = ("--title", "Client day", "--jurisdiction", "us", "--kind", "internal", "--actor", "The partners")
MATTER = ("--title", "Ruling", "--jurisdiction", "us", "--actor", "us.government")
AHEAD = "2099-01-01"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


@pytest.fixture
def written(run: Run, mine: Path) -> Callable[..., str]:
    """Runs `record` on the file; what it appended."""

    def written(*args: object) -> str:
        before = mine.read_text(encoding="utf-8") if mine.exists() else ""
        done = run("--record", mine, "record", *args)
        assert done.exit_code == 0, done.output
        return mine.read_text(encoding="utf-8").removeprefix(before)

    return written


def _read(path: Path) -> Record:
    return from_table(read(path))


def _listed(run: Run, path: Path) -> dict[str, Any]:
    rows = json.loads(run("--record", path, "record", "list", "--own", "--format", "json").stdout)["entries"]
    return {row["id"]: row for row in rows}


# ------------------------------------------------------------------------------------------------------ the source


def test_a_source_says_its_words_the_day_it_was_read_and_a_copy(written: Callable[..., str], mine: Path) -> None:
    told = ("--words", "shall be “held”", "--read-on", "2026-11-20", "--archived", "https://archive.example/1")
    written("add", "2026-11-03 note", *SOURCE, *told)
    (source,) = _read(mine).entries[0].sources
    assert (source.words, source.read_on, source.archived) == (
        "shall be “held”",
        date(2026, 11, 20),
        "https://archive.example/1",
    )


def test_what_is_said_of_the_source_makes_no_other_entry(run: Run, mine: Path, tmp_path: Path) -> None:
    """Two colleagues enter the same fact, one with its words: one entry, its sources both."""
    other = tmp_path / "other.toml"
    for path, more in ((mine, ()), (other, ("--words", "a few"))):
        run("record", "add", "2026-11-03 note", "--to", path, "--text", "Held.", *SOURCE, *more)
    assert [each.id for each in _read(mine).entries] == [each.id for each in _read(other).entries]
    both = RECORD.with_file(mine, other)
    (entry,) = [each for each in both.entries if each.said_by]
    assert [each.words for each in entry.sources] == ["", "a few"]


def test_a_replacement_has_a_source_too(written: Callable[..., str], mine: Path) -> None:
    written("replace", "E34", "2025-12-03 note", *SOURCE, "--reason", "Wrong day.", "--read-on", "2026-11-20")
    assert _read(mine).entries[0].sources[0].read_on == date(2026, 11, 20)


# --------------------------------------------------------------------------------------------------- announced dates


def test_a_date_about_a_deadline_is_expected_by_it(written: Callable[..., str], mine: Path) -> None:
    text = written("announce", "2027-06-22", "treaty.review.annual.1-2", *SOURCE, "--public-on", "2026-11-20")
    assert text.startswith("[[announced]]\nid = ")
    (row,) = _read(mine).announced
    assert (row.about, row.deadline, row.on, row.known_on) == (
        "treaty.review.annual.1-2",
        "",
        date(2027, 6, 22),
        date(2026, 11, 20),
    )
    asked = ask(date(2026, 11, 24), law=LAW, record=RECORD.with_file(mine))
    assert row.id in asked.explain("treaty.review.annual.1-2").expected_by


def test_a_date_of_ones_own_stands_among_the_deadlines_and_is_moved(written: Callable[..., str], mine: Path) -> None:
    written("announce", "2027-03-02", "firm.day", *OWN, *SOURCE, "--public-on", "2026-11-02", "--by", "ana")
    written("announce", "2027-03-09", "firm.day", *SOURCE, "--public-on", "2026-11-20", "--text", "Moved.")
    first, then = sorted(_read(mine).announced, key=lambda row: row.known_on)
    assert (first.recorded_by, then.recorded_by) == ("ana", "")
    assert (then.title, then.kind, then.actor) == (first.title, "internal", "The partners")
    record = RECORD.with_file(mine)
    for as_of, day in (("2026-11-19", date(2027, 3, 2)), ("2026-11-20", date(2027, 3, 9))):
        assert ask(date.fromisoformat(as_of), law=LAW, record=record).explain("firm.day").date == day


def test_what_was_wrong_is_replaced_in_one_step_and_stays_in_the_ledger(
    run: Run, written: Callable[..., str], mine: Path
) -> None:
    written("announce", "2027-03-02", "firm.day", *OWN, *SOURCE, "--id", "own-a")
    back = ("--replaces", "own-a", "--reason", "A slip.")
    written("announce", "2027-03-03", "firm.day", *SOURCE, "--id", "own-b", *back)
    rows = _listed(run, mine)
    assert rows["own-a"]["retracted"]["reason"] == "A slip."
    assert rows["own-a"]["retracted"]["replaced_by"] == "own-b"
    assert rows["own-b"]["retracted"] is None
    assert "A slip." in run("--record", mine, "record", "show", "own-a").stdout
    written("retract", "own-b", "--reason", "No day.")
    assert _read(mine).announced == ()


def test_the_time_and_the_step_of_a_proceeding(run: Run, written: Callable[..., str], mine: Path) -> None:
    written("proceeding", "matter-7", *MATTER, "--by", "ana")
    step = ("--proceeding", "matter-7", "--step", "hearing")
    hour = ("--time", "09:30", "--zone", "America/New_York")
    written("announce", "2027-02-16", "firm.hearing", *OWN, *SOURCE, *step, *hour, "--public-on", "2026-11-02")
    written("announce", "2027-02-18", "firm.hearing", *SOURCE, "--public-on", "2026-11-20", "--text", "Put off.")
    assert [(row.proceeding, row.step) for row in _read(mine).announced] == [("matter-7", "hearing")] * 2
    told = run("--record", mine, "proceedings", "matter-7", "--as-of", "2026-11-24").stdout
    assert "2027-02-18" in told


# ------------------------------------------------------------------------------------------------------ proceedings


def test_a_proceeding_is_declared_listed_and_taken_back(run: Run, written: Callable[..., str], mine: Path) -> None:
    more = ("--authority", "19 CFR 177", "--citation", "No. 7", "--precedent", "matter-6")
    written("proceeding", "matter-6", *MATTER)
    written("proceeding", "matter-7", *MATTER, *more, "--rhythm", "hearing=comments_due", "--by", "ana")
    found = _read(mine).proceedings[1]
    assert (found.authority, found.citation, found.precedents) == (("19 CFR 177",), "No. 7", ("matter-6",))
    assert [(each.step, each.after) for each in found.rhythm] == [("hearing", "comments_due")]
    row = _listed(run, mine)["matter-7"]
    assert (row["recorded_by"], row["retracted"], row["file"]) == ("ana", None, "mine.toml")
    for lang, said in (("en", "a proceeding"), ("es", "un procedimiento"), ("fr", "une procédure")):
        assert said in run("--lang", lang, "--record", mine, "record", "show", "matter-7").stdout
    written("retract", "matter-7", "--reason", "Withdrawn.")
    assert [each.id for each in _read(mine).proceedings] == ["matter-6"]
    assert _listed(run, mine)["matter-7"]["retracted"]["reason"] == "Withdrawn."
    assert run("--record", mine, "proceedings", "matter-7").exit_code == 2


def test_one_that_an_entry_names_is_not_taken_back(run: Run, written: Callable[..., str], mine: Path) -> None:
    written("proceeding", "matter-7", *MATTER)
    written("add", "2026-11-02 note", *SOURCE, "--proceeding", "matter-7", "--step", "notice")
    before = mine.read_bytes()
    done = run("--record", mine, "record", "retract", "matter-7", "--reason", "No.")
    assert done.exit_code == 2
    assert "event[1]" in done.stderr
    assert "'matter-7' is not known" in done.stderr
    assert mine.read_bytes() == before


def test_what_a_proceeding_was_stays_known_of_an_earlier_day(written: Callable[..., str], mine: Path) -> None:
    """It was declared, and taken back, after the day that is asked for; an entry of that day still has its step."""
    written("proceeding", "matter-7", *MATTER)
    (mine.parent / "more.toml").write_text(
        '[[event]]\nid = "own-x"\nact = "note"\non = 2026-11-02\nrecorded_on = 2026-11-02\ntext = "Notice."\n'
        'proceeding = "matter-7"\nstep = "notice"\n[[event.source]]\ntitle = "A letter"\n',
        encoding="utf-8",
    )
    record = RECORD.with_file(mine, mine.parent / "more.toml")
    asked = ask(date(2026, 11, 24), law=LAW, record=record, known_on=date(2026, 11, 10))
    assert "matter-7" in [each.id for each in asked.proceedings.proceedings]


def test_a_proceeding_is_corrected_under_its_own_id(run: Run, written: Callable[..., str], mine: Path) -> None:
    """What names it goes on naming it; each text that was put right is kept with the reason."""
    written("proceeding", "matter-7", *MATTER)
    written("add", "2026-11-02 note", *SOURCE, "--proceeding", "matter-7", "--step", "notice")
    for title, reason in (("Ruling, matter 8", "Wrong number."), ("Ruling, matter 7", "It was right.")):
        back = ("--replaces", "matter-7", "--reason", reason)
        written("proceeding", "matter-7", *MATTER[2:], "--title", title, *back)
    told = run("--record", mine, "proceedings", "matter-7").stdout
    assert "Ruling, matter 7" in told
    assert "matter 8" not in told
    rows = json.loads(run("--record", mine, "record", "list", "--own", "--format", "json").stdout)["entries"]
    titles = [
        (row["title"], row["retracted"] and row["retracted"]["reason"]) for row in rows if row["id"] == "matter-7"
    ]
    assert titles == [
        (MATTER[1], "Wrong number."),
        ("Ruling, matter 8", "It was right."),
        ("Ruling, matter 7", None),
    ]
    shown = json.loads(run("--record", mine, "record", "show", "matter-7", "--format", "json").stdout)
    assert (shown["title"], shown["retracted"]) == ("Ruling, matter 7", None)
    done = run("--record", mine, "record", "proceeding", "matter-7", "--to", mine, *MATTER[2:], "--title", "Again")
    assert done.exit_code == 2
    assert "the id is taken" in done.stderr


DECLARED = """[[proceeding]]
id = "matter-7"
title = "Ruling, matter 8"
jurisdiction = "us"
actor = "x"
"""
ANEW = DECLARED.replace("matter 8", "matter 7") + "recorded_on = 2026-11-20\n"
GONE = """[[retracted]]
id = "matter-7"
on = 2026-11-20
reason = "Wrong number."
replaced_by = "matter-7"
"""
NAMES_IT = """[[event]]
id = "own-x"
act = "note"
on = 2026-10-02
text = "Notice."
confidence = "primary"
proceeding = "matter-7"
step = "notice"
[[event.source]]
title = "A letter"
"""


@pytest.mark.parametrize(
    ("known_on", "title", "retracted"),
    [
        ("2026-10-10", "Ruling, matter 8", []),  # as it was declared first: an entry of that day names it
        ("2026-11-19", "Ruling, matter 8", []),
        ("2026-11-20", "Ruling, matter 7", ["Wrong number."]),
        (None, "Ruling, matter 7", ["Wrong number."]),
    ],
)
def test_as_known_before_its_correction_it_reads_as_it_did(
    mine: Path, known_on: str | None, title: str, retracted: list[str]
) -> None:
    mine.write_text(f"{DECLARED}recorded_on = 2026-11-02\n{ANEW}{GONE}{NAMES_IT}", encoding="utf-8")
    day = date.fromisoformat(known_on) if known_on else None
    asked = ask(date(2026, 11, 24), law=LAW, record=RECORD.with_file(mine), known_on=day)
    assert [each.title.en for each in asked.proceedings.proceedings if each.id == "matter-7"] == [title]
    assert [each.reason for each in asked.history.retracted] == retracted


def test_ours_is_corrected_on_every_page_and_by_no_silence() -> None:
    ours = from_table(parsed(DECLARED + NAMES_IT, BASE_FILE), own=False)
    with pytest.raises(BadData, match="the id is taken"):
        merged([RECORD, ours, from_table(parsed(ANEW, "mine.toml"))])
    record = merged([RECORD, ours, from_table(parsed(ANEW + GONE, "mine.toml"))])
    asked = ask(date(2026, 11, 24), law=LAW, record=record)
    for each in (asked, without_own(asked)):
        assert [row.title.en for row in each.proceedings.proceedings] == ["Ruling, matter 7"]
        assert [row.id for row in each.history.retracted] == ["matter-7"]


def test_one_that_says_no_day_is_corrected_by_command_too(run: Run, written: Callable[..., str], mine: Path) -> None:
    mine.write_text(DECLARED + NAMES_IT, encoding="utf-8")
    written("proceeding", "matter-7", *MATTER, "--replaces", "matter-7", "--reason", "Wrong number.")
    assert [each.title.en for each in _read(mine).proceedings] == ["Ruling"]
    assert _listed(run, mine)["matter-7"]["retracted"] is None


def test_one_of_a_hand_written_file_needs_no_day_and_is_no_row(run: Run, mine: Path) -> None:
    mine.write_text(
        '[[proceeding]]\nid = "matter-8"\ntitle = "R"\njurisdiction = "us"\nactor = "x"\n', encoding="utf-8"
    )
    assert _listed(run, mine) == {}
    assert [each.id for each in _read(mine).proceedings] == ["matter-8"]


def test_two_files_may_declare_the_same_one_on_two_days(run: Run, written: Callable[..., str], mine: Path) -> None:
    written("proceeding", "matter-7", *MATTER, "--by", "ana")
    other = mine.parent / "other.toml"
    told = mine.read_text(encoding="utf-8")
    other.write_text(told.replace("ana", "ben"), encoding="utf-8")
    assert run("--record", mine, "--record", other, "record", "list").exit_code == 0
    other.write_text(told.replace("Ruling", "Another"), encoding="utf-8")
    done = run("--record", mine, "--record", other, "record", "list")
    assert done.exit_code == 2
    assert "the id is taken" in done.stderr


# -------------------------------------------------------------------------------------------------- what is refused

ANNOUNCE = ("announce", "2027-03-02", "firm.day")
BAD: list[tuple[tuple[str, ...], tuple[str, str, str]]] = [
    (
        ("add", "2026-11-03 note", *SOURCE, "--words", "word " * 26),
        ("source[1].words: has 26 words", "tiene 26 palabras", "26 mots"),
    ),
    (
        ("add", "2026-11-03 note", *SOURCE, "--archived", "ftp://x"),
        ("source[1].archived: 'ftp://x' is not a web address", "no es una dirección web", "adresse"),
    ),
    (
        ("add", "2026-11-03 note", *SOURCE, "--read-on", AHEAD),
        ("--read-on: 2099-01-01 is still ahead (accepted: today", "aún no ha llegado", "est encore à venir"),
    ),
    (
        (*ANNOUNCE, *OWN, *SOURCE, "--public-on", AHEAD),
        ("--public-on: 2099-01-01 is still ahead", "aún no ha llegado", "est encore à venir"),
    ),
    ((*ANNOUNCE, *SOURCE), ("ID: 'firm.day' is not a deadline", "no es una fecha de", "n’est pas une échéance")),
    ((*ANNOUNCE, *OWN[:4], *SOURCE), ("announced[1].kind: is missing", "falta", "manque")),
    ((*ANNOUNCE, *OWN, *SOURCE, "--time", "9:30"), ("time: '9:30' is not a time", "no es una hora", "pas une heure")),
    ((*ANNOUNCE, *OWN, *SOURCE, "--step", "hearing"), ("proceeding: is missing", "falta", "manque")),
    (
        (*ANNOUNCE, *OWN, *SOURCE, "--proceeding", "none", "--step", "hearing"),
        ("'none' is not known", "no se conoce", "n’est pas connu"),
    ),
    ((*ANNOUNCE, *OWN, *SOURCE, "--replaces", "E34"), ("go together", "van juntos", "vont ensemble")),
    (
        (*ANNOUNCE, *OWN, *SOURCE, "--replaces", "E0", "--reason", "x"),
        ("'E0' is not an entry", "no es una entrada", "n’est pas une inscription"),
    ),
    (("announce", "2027-02-30", "firm.day", *OWN, *SOURCE), ("is not a date", "no es una fecha", "pas une date")),
    (("announce", "2027-03-02", "a b", *OWN, *SOURCE), ("'a b' is not an id", "no es un id", "pas un identifiant")),
    (("proceeding", "a b", *MATTER), ("'a b' is not an id", "no es un id", "pas un identifiant")),
    (
        ("proceeding", "m", *MATTER, "--rhythm", "hearing"),
        ("--rhythm: '' is not known", "no se conoce", "n’est pas connu"),
    ),
    (("proceeding", "m", *MATTER, "--precedent", "611-1999"), ("is not known", "no se conoce", "n’est pas connu")),
    (("proceeding", "E34", *MATTER), ("the id is taken", "el identificador ya se usa", "pris")),
]


@pytest.mark.parametrize("lang", [0, 1, 2], ids=["en", "es", "fr"])
@pytest.mark.parametrize(("args", "said"), BAD, ids=lambda each: " ".join(each[-2:]) if len(each[0]) > 2 else None)
def test_what_is_a_slip_is_refused_in_one_line_and_nothing_written(
    run: Run, mine: Path, args: tuple[str, ...], said: tuple[str, str, str], lang: int
) -> None:
    done = run("--lang", ("en", "es", "fr")[lang], "record", *args, "--to", mine)
    assert done.exit_code == 2, done.output
    (error,) = done.stderr.splitlines()
    assert said[lang] in error
    assert not mine.exists()


def test_a_dry_run_shows_and_writes_nothing(run: Run, mine: Path) -> None:
    for args in ((*ANNOUNCE, *OWN, *SOURCE), ("proceeding", "m", *MATTER)):
        done = run("record", *args, "--to", mine, "--dry-run")
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith("[[")
        assert not mine.exists()
