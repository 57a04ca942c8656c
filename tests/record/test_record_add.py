"""`record add`: appended to the user's file, comments kept, checked as a whole, written at once or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

OWN = """# My record. Do not reorder.
verified_on = 2026-12-01   # checked by hand

[[event]]
id = "own-1"   # the first
on = 2026-12-01
act = "note"
text = "Called the desk."
[[event.source]]
title = "Telephone note"
"""


def _add(run: Run, path: Path, act: str, *more: str) -> Result:
    return run("--record", path, "record", "add", act, "--source", "USTR press release", "--future", *more)


def test_an_event_is_appended_and_the_rest_kept_to_the_letter(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    done = _add(run, path, "2027-07-01 us confirms", "--url", "https://ustr.gov/x", "--dated", "2027-07-01")
    assert done.exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith(OWN)
    assert re.search(r'id = "own-[0-9a-f]{8}"', text)
    status = run("--record", path, "status", "--as-of", "2027-07-02", "--format", "json")
    assert '"state": "confirmed"' in status.output


def test_a_new_file_is_made(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    assert _add(run, path, "2027-02-03 note", "--text", "Hearing held.").exit_code == 0
    assert "Hearing held." in run("--record", path, "history", "--as-of", "2027-03-01").output


def test_all_confirm_is_an_entry_for_each_party(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    assert _add(run, path, "2027-07-01 all confirm").exit_code == 0
    assert path.read_text(encoding="utf-8").count('act = "confirmation"') == 3
    status = run("--record", path, "status", "--as-of", "2027-07-02", "--format", "json")
    assert '"end": "2043-07-01"' in status.output


def test_what_windows_writes_before_the_text_is_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8-sig")
    before = path.read_bytes()
    done = _add(run, path, "2027-07-01 us confirms")
    assert done.exit_code == 0, done.stderr
    assert path.read_bytes().startswith(before)
    status = run("--record", path, "status", "--as-of", "2027-07-02", "--format", "json")
    assert '"state": "confirmed"' in status.output


def test_line_ends_of_the_file_are_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(OWN.replace("\n", "\r\n").encode())
    assert _add(run, path, "2027-02-03 note").exit_code == 0
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


HOSTILE = 'a "quote" \\ back\nline [[event]] \t \x7f é 日本 \U0001f600'


def test_any_text_comes_back_as_it_was(run: Run, tmp_path: Path) -> None:
    from review_clock.files import read
    from review_clock.record.ledger import from_table

    path = tmp_path / "mine.toml"
    assert _add(run, path, "2027-02-03 note", "--text", HOSTILE).exit_code == 0
    assert from_table(read(path)).entries[0].text.en == HOSTILE


@pytest.mark.parametrize(
    ("act", "message"),
    [
        ("2026-07-01 us confirms", "on one day a Party does not confirm and decline"),
        ("2025-07-01 us confirms", "is not provided for"),
        ("2027-07-01 us agrees", "is not an act"),
        ("soon note", "is not a date"),
        ("20270101 note", "is not a date"),
        ("2101-01-01 us confirms", "the last day this calendar answers for"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_written(run: Run, tmp_path: Path, act: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    done = _add(run, path, act)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert path.read_text(encoding="utf-8") == OWN
    assert os.listdir(tmp_path) == ["mine.toml"]


def test_without_a_file_it_says_which_option_is_missing(run: Run) -> None:
    done = run("record", "add", "2026-02-03 note", "--source", "x")
    assert done.exit_code == 2
    assert "--to FILE" in done.stderr
