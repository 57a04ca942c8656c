"""Where settings are from: the option, then the environment, then a file; and that a record not ours is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
AS_OF = ("--as-of", "2026-11-28")
MINE = """
[[event]]
id = "{id}"
act = "note"
on = 2026-10-20
text = "Call with {id}."
[[event.source]]
title = "Our file"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings, and records beside it: `a.toml`, `b.toml` and `c.toml` with one note each."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    for name in "abc":
        (tmp_path / f"{name}.toml").write_text(MINE.format(id=f"own-{name}"), encoding="utf-8")
    return tmp_path


def _settings(home: Path, text: str) -> None:
    (home / "config" / "review-clock.toml").write_text(text, encoding="utf-8")


def _used(done: Result) -> list[str]:
    """The notes of our own that an answer holds."""
    assert done.exit_code == 0, done.stderr
    return [each["id"] for each in json.loads(done.stdout)["events"] if each["id"].startswith("own-")]


def _history(run: Run, *before: str, after: tuple[str, ...] = (), **options: object) -> Result:
    return run(*before, "history", *AS_OF, "--format", "json", *after, **options)


def test_an_option_goes_before_the_environment_and_that_before_the_file(run: Run, home: Path) -> None:
    a, b, c = (str(home / f"{name}.toml") for name in "abc")
    _settings(home, f'record = ["{a}"]\nlang = "fr"\n')
    env = {"REVIEW_CLOCK_RECORD": b, "REVIEW_CLOCK_LANG": "es"}
    assert _used(_history(run)) == ["own-a"]
    assert _used(_history(run, env=env)) == ["own-b"]
    assert _used(_history(run, "--record", c, env=env)) == ["own-c"]
    assert _used(_history(run, after=("--record", c), env=env)) == ["own-c"]
    assert _used(_history(run, "--no-config")) == []
    assert "Con su propio registro" in _history(run, env=env).stderr
    assert "Avec votre propre registre" in _history(run).stderr
    assert "With your own record" in _history(run, "--record", b, "--lang", "en", env=env).stderr


def test_the_options_are_taken_after_the_command_too_and_add_to_those_before(run: Run, home: Path) -> None:
    a, b = (str(home / f"{name}.toml") for name in "ab")
    done = _history(run, "--record", a, after=("--record", b, "--lang", "es"))
    assert _used(done) == ["own-a", "own-b"]
    assert "Con su propio registro" in done.stderr
    refused = run("status", "--lang", "fr", "--as-of", "never")
    assert refused.stderr.startswith("Erreur")


def test_several_records_of_the_environment_are_separated_as_paths_are(run: Run, home: Path) -> None:
    paths = ":".join(str(home / f"{name}.toml") for name in "ab")
    assert _used(_history(run, env={"REVIEW_CLOCK_RECORD": paths})) == ["own-a", "own-b"]


def test_a_path_of_the_settings_is_as_from_their_folder(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    _settings(home, 'record = ["../a.toml", "~/b.toml"]\n')
    assert _used(_history(run)) == ["own-a", "own-b"]


@pytest.mark.parametrize("where", ["", "relative/path"])
def test_without_a_full_path_the_folder_is_that_of_the_home(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", where)
    monkeypatch.setenv("HOME", str(home))
    (home / ".config").mkdir()
    (home / ".config" / "review-clock.toml").write_text('record = ["../a.toml"]', encoding="utf-8")
    assert _used(_history(run)) == ["own-a"]


def test_what_others_rely_on_reads_no_settings_file_but_the_environment(run: Run, home: Path) -> None:
    _settings(home, 'record = ["../a.toml"]\nlang = "fr"\nwrong = 1\n')
    for command in (("feed", "treaty", *AS_OF), ("check", *AS_OF)):
        alone = run(*command)
        assert alone.exit_code == 0, alone.stderr
        assert "a.toml" not in alone.stderr
        with_own = run(*command, env={"REVIEW_CLOCK_RECORD": str(home / "a.toml")})
        assert with_own.stderr.splitlines()[-1] == f"With your own record: {home / 'a.toml'}."
    refused = run("build", env={"REVIEW_CLOCK_LANG": "fr"})
    assert "review-clock.toml" not in refused.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang = 'de'", "review-clock.toml: lang: 'de' is not known (accepted: en, es, fr)"),
        ("record = 'a.toml'", "review-clock.toml: record: 'a.toml' is not a list of texts (accepted: a list of texts)"),
        ("record = ['no.toml']", "review-clock.toml: record[0]: 'no.toml' is not there"),
        ("calendars = 'office'", "review-clock.toml: calendars: 'office' is not there"),
        ("recrod = []", "review-clock.toml: recrod: is not a key of this table"),
        ("lang = ", "review-clock.toml: is not valid TOML"),
    ],
)
def test_settings_that_are_wrong_are_one_line_with_file_and_key(run: Run, home: Path, text: str, said: str) -> None:
    _settings(home, text)
    done = run("status", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Error: {said}")
    assert run("--no-config", "status", *AS_OF).exit_code == 0


def test_a_key_that_is_none_is_told_which_was_meant(run: Run, home: Path) -> None:
    _settings(home, "recrod = []")
    assert "did you mean record?" in run("status").stderr


def test_what_the_environment_gives_is_called_as_it_is_called_there(run: Run) -> None:
    refused = run("status", env={"REVIEW_CLOCK_LANG": "de"})
    assert refused.exit_code == 2
    assert refused.stderr == "Error: REVIEW_CLOCK_LANG: 'de' is not known (accepted: en, es, fr)\n"


def test_a_record_of_the_settings_may_still_have_to_be_made(run: Run, home: Path) -> None:
    _settings(home, 'record = ["../new.toml"]\n')
    assert run("record", "add", "2026-10-20 note", "--source", "x", "--text", "y").exit_code == 0
    assert (home / "new.toml").exists()
    assert len(_used(_history(run))) == 1


@pytest.mark.parametrize("command", [("status",), ("explain", "us.611.notice.1-2"), ("readings",), ("next",)])
def test_a_record_that_does_not_ship_is_named_in_a_line_and_in_json(
    run: Run, home: Path, command: tuple[str, ...]
) -> None:
    _settings(home, 'record = ["../a.toml"]\n')
    done = run(*command, *AS_OF, "--format", "json")
    assert done.stderr.splitlines() == [f"With your own record: {home / 'config' / '../a.toml'}."]
    assert json.loads(done.stdout)["record"]["own"] == ["a.toml"]
    without = run("--no-config", *command, *AS_OF, "--format", "json")
    assert without.stderr == ""
    assert "own" not in (json.loads(without.stdout).get("record") or {})
