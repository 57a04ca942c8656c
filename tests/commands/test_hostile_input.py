"""Input that cannot hurt: one line and exit code 2 for what a user gives, 3 for a fault of ours, and never a wait."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from review_clock import files
from review_clock.commands import bad_input
from review_clock.files import LANGUAGES
from tests.proof.fuzz import RECORD, SCENARIO, fuzzed

Run = Callable[..., Result]
COUNT = int(os.environ.get("FUZZ_INPUTS", "6000"))
DEEP, LONG = "[" * 2000, "9" * 5000

# What stands in a record, and what must stand in the line: in English.
RECORDS: list[tuple[bytes, str]] = [
    (f"x = {DEEP}".encode(), "too deep to be read"),
    (f"{'a.' * 2000}a = 1".encode(), "too deep to be read"),
    (f"x = {LONG}".encode(), "a number with too many digits"),
    (f"verified_on = 0x{'f' * 5000}".encode(), "verified_on: '…' is not a date"),
    (b"text = '\xe9'", "is not text in UTF-8"),
    (RECORD.encode("utf-16"), "is not text in UTF-8"),
    (RECORD.replace("2027-02-03", "0001-01-01").encode(), "event[1].on: 0001-01-01 is too far away"),
    (RECORD.replace("known_on = 2026-11-01", "known_on = 9999-12-31").encode(), "9999-12-31 is too far away"),
    (RECORD.replace("2026-07", "2026-²").encode(), "'2026-²' is not a date (accepted: 2026-07-01, 2026-07 or 2026)"),
    (RECORD.replace("23:59", "23:59+05:00").encode(), "'23:59+05:00' is not a time (accepted: 23:59)"),
    (RECORD.replace("23:59", "T2359").encode(), "'T2359' is not a time"),
    (RECORD.replace("23:59", "23").encode(), "'23' is not a time"),
    (RECORD.replace("23:59", "24:00").encode(), "'24:00' is not a time"),
    (RECORD.replace("America/New_York", "America").encode(), "zone: 'America' is not a time zone"),
    (RECORD.replace("America/New_York", "a." * 1500).encode(), "is not a time zone (accepted: America/New_York)"),
    (RECORD.replace("America/New_York", "x" * 300).encode(), "is not a time zone (accepted: America/New_York)"),
    (RECORD.replace("America/New_York", "x" * 5000).encode(), "is not a time zone (accepted: America/New_York)"),
    (b"verified_on = 2199-12-31", "verified on 2199-12-31, which is ahead"),
]  # fmt: skip


def _line(done: Result, code: int = 2) -> str:
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert len(line) < 900
    return line


@pytest.mark.parametrize(
    "mark", ["\r", "\n", "\v", "\x1c", "\x85", "\u2028", "\u2029", "\x1b[31m", "\x9b", "\u202e"], ids=ascii
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_path_breaks_no_line_and_drives_no_terminal(run: Run, tmp_path: Path, mark: str, lang: str) -> None:
    path = tmp_path / f"my{mark}record.toml"
    for given in (("--record", path, "status"), ("--calendars", path, "feed", "everything")):
        line = _line(run("--lang", lang, *given))
        assert not [each for each in line if unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp")]
        assert "record.toml" in line
    path.write_text("x = ", encoding="utf-8")
    assert "record.toml" in _line(run("--lang", lang, "--record", path, "status"))


@pytest.mark.parametrize(("data", "said"), RECORDS, ids=[said for _, said in RECORDS])
def test_a_hostile_record_is_one_line_with_its_name(run: Run, tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(data)
    line = _line(run("--record", path, "status"))
    assert said in line
    assert "mine.toml" in line or "the record says" in line


def test_what_windows_writes_before_a_text_is_read_over(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode())
    assert run("--record", path, "status").exit_code == 0


def test_a_file_without_end_is_not_read_to_its_end(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    (tmp_path / "mine.toml").write_bytes(b"#" * 1001)
    assert "is too large" in _line(run("--record", tmp_path / "mine.toml", "status"))
    assert "is a pipe or a device" in _line(run("--record", "/dev/zero", "status"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes that have names")
@pytest.mark.parametrize("before", [("--record",), ("whatif", "--scenario")], ids=" ".join)
def test_a_pipe_to_which_nobody_writes_is_not_waited_for(run: Run, tmp_path: Path, before: tuple[str, ...]) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    after = ("status",) if before == ("--record",) else ()
    assert "is a pipe or a device" in _line(run(*before, pipe, *after))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("whatif", "--assume", "2029-03-15 us confirms \udce9"), "is not text in UTF-8"),
        (("record", "add", "2027-02-03 note", "--to", "x", "--source", "\udce9"), "is not text in UTF-8"),
        (("feed", "everything", "--as-of", "0001-01-01"), "0001-01-01 is too far away (accepted: a year from 1900"),
        (("status", "--as-of", "9999-12-31"), "is after 2100-12-31"),
        (("whatif", "--assume", f"{LONG}-01-01 us confirms"), "is not a date"),
        (("outlook", "--confirm", f"us={LONG}"), "is not a number"),
        (("status", "--as-of", DEEP), "is not a date"),
    ],
)
def test_a_hostile_argument_is_one_line(run: Run, args: tuple[str, ...], said: str) -> None:
    assert said in _line(run(*args))


def test_a_scenario_nested_too_deep_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f"{SCENARIO}\nx = {DEEP}", encoding="utf-8")
    assert "too deep" in _line(run("whatif", "--scenario", tmp_path / "mine.toml"))


def test_fractions_that_would_take_too_long_are_refused_with_the_time(run: Run) -> None:
    chances = [word for party in ("us", "ca", "mx") for word in ("--confirm", f"{party}=0.123456789123456789")]
    chances += [word for party in ("us", "ca", "mx") for word in ("--withdraw", f"{party}=0.000000000123456789")]
    line = _line(run("outlook", "--exact", "--horizon", "2100", *chances, "--as-of", "2026-11-23"))
    assert "--exact would take about" in line
    assert "an earlier --horizon" in line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_of_ours_is_one_line_and_three(run: Run, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    def broken(*_args: object, **_values: object) -> None:
        raise RuntimeError("not seen")

    monkeypatch.setattr(bad_input.click.Group, "invoke", broken)
    line = _line(run("--lang", lang, "status"), 3)
    assert "RuntimeError" in line
    assert "--debug" in line
    with pytest.raises(RuntimeError):
        run("--debug", "status")


def test_no_text_ends_in_a_traceback_or_a_wait() -> None:
    counts, bad = fuzzed(COUNT)
    assert bad == []
    assert min(counts["taken"], counts["refused"]) > COUNT / 50


def _process(*args: str, before: str = "pass", **env: str) -> subprocess.CompletedProcess[bytes]:
    code = f"import sys; {before}; from review_clock.commands.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, timeout=60, check=False, env={**os.environ, **env}
    )


@pytest.mark.parametrize("code_page", ["cp1252", "latin-1", "cp437", "ascii"])
def test_json_is_in_utf_8_whatever_the_code_page(code_page: str) -> None:
    args = ("--lang", "fr", "deadlines", "--format", "json", "--as-of", "2026-11-23")
    done = _process(*args, PYTHONIOENCODING=code_page)
    assert done.returncode == 0, done.stderr
    assert "échéance" in done.stdout.decode("utf-8").lower() or "é" in done.stdout.decode("utf-8")


def test_a_closed_stream_is_no_fault(tmp_path: Path) -> None:
    done = _process("build", str(tmp_path / "site"), "--as-of", "2026-11-23", before="sys.stderr = None")
    assert done.returncode == 0
    assert (tmp_path / "site" / "index.html").exists()
