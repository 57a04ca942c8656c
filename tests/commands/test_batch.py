"""Many scenarios in one run: a line of JSON in, a line of JSON out, the same answers as one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
AS_OF = ("--as-of", "2026-11-24")
LINES: list[dict[str, Any]] = [
    {"id": "late", "assume": ["2029-03-15 all confirm"]},
    {"id": 2, "assume": ["2029-03-15 all confirm"], "readings": {"extension_runs_from": "term_end"}},
    {"assume": ["2027-10-01 us gives notice"], "as_of": "2027-12-01"},
    {"id": "no", "assume": ["2029-03-15 us rescinds notice"]},
    {},
]


def _batch(run: Run, path: Path, lines: list[Any], *args: str) -> Result:
    text = "\n\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return run("whatif", "--batch", path, *AS_OF, *args)


def test_a_line_is_answered_as_whatif_answers_it(run: Run, tmp_path: Path) -> None:
    done = _batch(run, tmp_path / "many.jsonl", LINES)
    assert done.exit_code == 0, done.output
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in found] == ["late", 2, None, "no", None]
    assert [each["line"] for each in found] == [1, 3, 5, 7, 9]
    assert [each["as_of"] for each in found] == ["2026-11-24", "2026-11-24", "2027-12-01", "2026-11-24", "2026-11-24"]
    late, other, notice, refused, record = found
    alone = json.loads(run("whatif", "--assume", "2029-03-15 all confirm", *AS_OF, "--format", "json").stdout)
    assert late["answer"] == alone["status"]["answer"]
    assert late["deadlines_changed"] == len(alone["changes"]) > 0
    assert late["answer"]["readings"] != other["answer"]["readings"]
    assert notice["answer"]["notices"][0]["last_day_to_rescind"] == "2028-03-31"
    assert refused["answer"] is None
    assert "no notice of withdrawal by this Party runs" in refused["refused"]
    assert record["deadlines_changed"] == 0


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_a_refusal_is_in_the_language_chosen(run: Run, tmp_path: Path, lang: str) -> None:
    english, other = (_batch(run, tmp_path / "m.jsonl", [LINES[3]], "--lang", each).stdout for each in ("en", lang))
    assert json.loads(english)["refused"] != json.loads(other)["refused"]


BAD = [
    ("{", "m.jsonl: line[3]: is not valid JSON"),
    ("[" * 100_000, "m.jsonl: line[3]: is not valid JSON"),
    ("[]", "line[3]: is no JSON object"),
    ({"asume": []}, "line[3].asume: is not a key of this table (accepted: assume, id"),
    ({"assume": "2029-03-15 all confirm"}, "line[3].assume: '2029-03-15 all confirm' is not a list of texts"),
    ({"assume": ["2029-03-15 us sleeps"]}, "line[3].assume: "),
    ({"as_of": "soon"}, "line[3].as_of: 'soon' is not a date"),
    ({"as_of": 7}, "line[3].as_of: 7 is not a date"),
    ({"readings": {"term_end": "x"}}, "line[3]: "),
    ({"readings": []}, "line[3].readings: [] is not a table of texts"),
    ({"counterfactual": 1}, "line[3].counterfactual: 1 is not true or false"),
    ({"id": True}, "line[3].id: True is not a number or a text"),
]


@pytest.mark.parametrize(("line", "message"), BAD)
def test_a_bad_line_refuses_the_whole_batch_in_one_line(run: Run, tmp_path: Path, line: Any, message: str) -> None:
    done = _batch(run, tmp_path / "m.jsonl", [LINES[0], line])
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [each for each in done.stderr.splitlines() if each.startswith("Error:")]
    assert message in error


def test_an_empty_file_or_another_option_beside_is_refused(run: Run, tmp_path: Path) -> None:
    assert "m.jsonl: is empty" in _batch(run, tmp_path / "m.jsonl", [""]).stderr
    assert "--batch goes without" in _batch(run, tmp_path / "m.jsonl", LINES, "--brief").stderr
