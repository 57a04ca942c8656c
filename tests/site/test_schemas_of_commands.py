"""What commands print follows its schema, in many settings, judged by jsonschema; what is wrong does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from review_clock.files import LANGUAGES, read
from review_clock.formats.json_schema import types_in, words_of
from review_clock.site.for_machines.schemas import DOCUMENTS, PARTS, schemas
from tests.frozen import LAW

Run = Callable[..., Result]
SCHEMAS = schemas(LAW)
REGISTRY: Registry[Any] = Registry().with_resources(
    [(name, Resource.from_contents(each)) for name, each in SCHEMAS.items()]
)
AS_OF = ("--as-of", "2026-10-08")
CHANCES = (
    "--confirm",
    "us=0.3",
    "--confirm",
    "ca=0.9",
    "--confirm",
    "mx=1",
    "--withdraw",
    "us=0.1",
    "--horizon",
    "2038",
)
ASK = ("--ask", "in force on 2037-01-01")
STEPS = ("--confirm", "us=2027:0.1,2030:0.5", "--confirm", "ca=1", "--confirm", "mx=1", "--horizon", "2037")
WORLDS = """[confirm]
ca = "1"
mx = "1"
[[world]]
name = "one"
weight = "1"
confirm.us = { chance = "0.05", source = "a guess", on = 2026-10-08 }
[[world]]
name = "other"
weight = "0"
confirm.us = "0.5"
[[switch]]
on = 2029-01-20
from = "one"
to = { "other" = "1/2" }
"""
MINE = """[[event]]
id = "own-1"
act = "note"
on = 2026-10-01
text = "A call."
[[event.source]]
title = "Memo"
[[event]]
id = "own-2"
act = "note"
on = 2026-10-02
text = "A letter."
[[event.source]]
title = "Letter"
[[announced]]
id = "own-3"
about = "treaty.review.annual.1-2"
on = 2027-07-01
known_on = 2026-10-02
text = "The day of the review."
[[announced.source]]
title = "Letter"
[[case]]
id = "case-1"
matter = "Acme, plant 2"
rule = "us.716.facility-review"
trigger = 2027-02-03
recorded_on = 2026-10-02
[[proceeding]]
id = "matter-7"
title = "Customs ruling, matter 7"
jurisdiction = "us"
actor = "us.government"
recorded_on = 2026-10-02
recorded_by = "Ana"
rhythm = [{ step = "report", after = "hearing" }]
[[retracted]]
id = "own-1"
on = 2026-10-02
reason = "It was a letter."
replaced_by = "own-2"
"""
PRINTED: dict[str, tuple[tuple[str, ...], ...]] = {
    "status.json": (("status", *AS_OF), ("status", "--record", "MINE", *AS_OF), ("status", "--as-of", "2040-01-01")),
    "deadlines.json": (("deadlines", *AS_OF), ("deadlines", "--record", "MINE", *AS_OF), ("next", *AS_OF)),
    "history.json": (("history", "--record", "MINE", *AS_OF),),
    "proceedings.json": (("proceedings", *AS_OF),),
    "machine.json": (("graph",),),
    "diff.json": (("diff", "2026-06-30", "2026-10-08"),),
    "explain.json": (("explain", "us.611.annual-report", *AS_OF), ("explain", "treaty.term.end.1", *AS_OF)),
    "scenarios.json": (("scenarios",),),
    "readings.json": (("readings", *AS_OF), ("readings", *AS_OF, "--reading", "annual_review_day=any_day")),
    "sources.json": (("sources", *AS_OF), ("sources", *AS_OF, "--record", "MINE")),
    "undated.json": (("deadlines", "--undated", *AS_OF, "--reading", "annual_review_day=any_day"),),
    "case-rules.json": (("case", "rules", *AS_OF),),
    "case.json": (("deadlines", "--case", "us.716.facility-review", "--trigger", "2027-02-03"),),
    "outlook.json": (
        ("outlook", *AS_OF, *CHANCES),
        ("outlook", *AS_OF, *CHANCES, "--exact", "--on", "2036-06-30"),
        ("outlook", *AS_OF, *STEPS, "--confirm-between", "us=0.1", "--rescind", "us=0.2"),
        ("outlook", "--as-of", "2028-01-01", *CHANCES, "--reading", "one_party_left=continues"),
        ("outlook", *AS_OF, "--world", "WORLDS", "--horizon", "2037", "--record", "MINE"),
    ),
    "odds.json": (
        ("outlook", *AS_OF, *CHANCES, *ASK),
        ("outlook", *AS_OF, *CHANCES, "--given", "us gives notice", "--on", "2030-01-01", "--exact"),
        ("outlook", *AS_OF, "--world", "WORLDS", "--horizon", "2037", *ASK),
    ),
    "sweep.json": (
        ("outlook", *AS_OF, *CHANCES, *ASK, "--ask", "extended", "--sweep", "us=0:1:0.5"),
        ("outlook", *AS_OF, *CHANCES, *ASK, "--sweep", "us=0:1:0.5", "--given", "us confirms", "--exact"),
    ),
    "solve.json": (("outlook", *AS_OF, *CHANCES, *ASK, "--solve", "us", "--equals", "0.5"),),
    "tornado.json": (
        ("outlook", *AS_OF, *CHANCES, *ASK, "--tornado"),
        ("outlook", *AS_OF, *CHANCES, *ASK, "--every-reading"),
    ),
    "explore.json": (
        ("explore", *AS_OF, "--parties", "us", "--depth", "3", "--horizon", "2032"),
        ("explore", "--as-of", "2027-08-01", "--scenario", "us-withdraws", "--horizon", "2029"),
    ),
    "compare.json": (
        ("compare", "record", "extension-2027", "us-withdraws", *AS_OF),
        ("compare", "record", "notice-rescinded", *AS_OF, "--record", "MINE", "--to", "2040"),
    ),
    "whatif.json": (
        ("whatif", "--scenario", "us-withdraws", *AS_OF),
        ("whatif", "--assume", "2026-07-01 us confirms", "--counterfactual", *AS_OF, "--record", "MINE"),
    ),
    "record-list.json": (("record", "list"), ("record", "list", "--own", "--record", "MINE")),
    "record-entry.json": (("record", "show", "E51"), ("record", "show", "own-2", "--record", "MINE")),
    "record-date.json": (("record", "show", "own-3", "--record", "MINE"),),
    "record-case.json": (("record", "show", "case-1", "--record", "MINE"),),
    "record-proceeding.json": (("record", "show", "matter-7", "--record", "MINE"),),
    "case-list.json": (("case", "list", *AS_OF), ("case", "list", *AS_OF, "--record", "MINE")),
    "check.json": (("check", *AS_OF), ("check", *AS_OF, "--record", "MINE", "--known-on", "2026-10-08")),
    "every-reading.json": (
        ("whatif", "--scenario", "two-parties-leave", "--all-readings", *AS_OF),
        ("whatif", "--assume", "2029-03-15 all confirm", "--all-readings", *AS_OF),
    ),
}


def _errors(name: str, document: Any) -> list[str]:
    judge = Draft202012Validator(SCHEMAS[name], registry=REGISTRY, format_checker=FormatChecker())
    return [f"{'.'.join(map(str, each.absolute_path))}: {each.message[:200]}" for each in judge.iter_errors(document)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("own")
    (folder / "mine.toml").write_text(MINE, encoding="utf-8")
    (folder / "worlds.toml").write_text(WORLDS, encoding="utf-8")
    return {"MINE": str(folder / "mine.toml"), "WORLDS": str(folder / "worlds.toml")}


@pytest.mark.parametrize(
    ("name", "command"), [(name, command) for name, commands in PRINTED.items() for command in commands]
)
def test_what_a_command_prints_follows_its_schema(
    run: Run, files: dict[str, str], name: str, command: tuple[str, ...]
) -> None:
    done = run(*(files.get(each, each) for each in command), "--format", "json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    assert _errors(name, document) == []
    assert set(document) - {"provenance", "record"} <= set(SCHEMAS[name]["required"])


@pytest.mark.parametrize("name", PRINTED)
def test_a_key_too_many_or_too_few_is_refused(name: str) -> None:
    assert len(_errors(name, {"surprise": 1})) == 1 + len(SCHEMAS[name]["required"])


def test_each_line_of_a_batch_follows_its_schema(run: Run, tmp_path: Path) -> None:
    lines = (
        {"id": "a", "assume": ["2027-07-01 all confirm"], "readings": {"extension_runs_from": "term_end"}},
        {"id": 2, "assume": ["2029-03-15 us rescinds notice"]},
        {"assume": ["2026-07-01 us confirms"], "counterfactual": True, "as_of": "2027-01-01"},
    )
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = run("whatif", "--batch", tmp_path / "many.jsonl", *AS_OF)
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert [bool(each["refused"]) for each in documents] == [False, True, False]
    assert [_errors("batch-line.json", each) for each in documents] == [[], [], []]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_they_follow_it_in_every_language(run: Run, lang: str) -> None:
    done = run("--lang", lang, "outlook", *AS_OF, *CHANCES, *ASK, "--tornado", "--format", "json")
    assert _errors("tornado.json", json.loads(done.stdout)) == []


BROKEN: list[tuple[str, str, Any]] = [
    ("outlook.json", "totals.in_force", 1.2),
    ("outlook.json", "years.0.extended", "most likely"),
    ("outlook.json", "chances.US.confirm", {}),
    ("explore.json", "histories", 12),
    ("explore.json", "layers.0.nodes.0.phase", "dormant"),
    ("explore.json", "layers.0.nodes.0.parties", ["EU"]),
    ("compare.json", "columns.0.last_day", "soon"),
    ("every-reading.json", "results.0.refused", "no"),
    ("tornado.json", "bars.0.swing", None),
    ("sweep.json", "points.0.odds", [True]),
]


@pytest.mark.parametrize(("name", "where", "value"), BROKEN)
def test_a_document_that_is_wrong_is_refused(run: Run, name: str, where: str, value: Any) -> None:
    document = json.loads(run(*PRINTED[name][0], "--format", "json").stdout)
    place = document
    *path, last = where.split(".")
    for key in path:
        place = place[int(key)] if isinstance(place, list) else place[key]
    assert last in place
    place[last] = value
    assert _errors(name, document) != []


def test_every_schema_of_a_command_is_asked_for_here_and_every_part_has_one_name() -> None:
    table = read(str(resources("review_clock.site") / "schema" / "commands.toml")).everything()
    assert set(table["document"]) == set(PRINTED) - {*DOCUMENTS.values(), "machine.json"} | {"batch-line.json"}
    made = {words_of(part, "_") for kind in (*DOCUMENTS, *PARTS) for part in types_in(kind)}
    assert not made & set(table["part"])
