"""The documents of api/v1 follow their schemas, judged by jsonschema; a document that is wrong does not; no key that
0.2.0 had is gone."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

import review_clock as rc
from review_clock.files import read
from review_clock.formats.json_schema import shown, types_in
from review_clock.scenarios.library import library
from review_clock.site.build import plan
from review_clock.site.for_machines.schemas import DOCUMENTS, PARTS, schemas
from review_clock.site.material import Material
from tests.frozen import DATA, FIXTURES, LAW, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)
BASE = "https://example.org/clock"


def _documents(folder: Path, base_url: str) -> Path:
    """What a site has for machines, without the rest of it."""
    for name, make in plan(Material(question=question(AS_OF), base_url=base_url, feeds={})).items():
        if name.startswith("api/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(make())
    return folder / "api" / "v1"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _documents(tmp_path_factory.mktemp("api"), BASE)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator(api: Path) -> Callable[[str], Draft202012Validator]:
    """The validator of a document, from the schemas as published: found by their addresses alone."""
    found = [_read(path) for path in sorted((api / "schema").iterdir())]
    registry: Registry[Any] = Registry().with_resources([(each["$id"], Resource.from_contents(each)) for each in found])

    def of(schema: str) -> Draft202012Validator:
        contents = registry.contents(f"{BASE}/api/v1/schema/{schema}")
        return Draft202012Validator(contents, registry=registry, format_checker=FormatChecker())

    return of


def _listed(api: Path) -> list[dict[str, str]]:
    return list(_read(api / "index.json")["documents"])


def test_the_index_lists_every_document_and_every_schema_is_there(api: Path) -> None:
    documents = {str(path.relative_to(api)) for path in api.rglob("*.json") if path.parent.name != "schema"}
    listed = _listed(api)
    assert {each["path"] for each in listed} == documents - {"index.json"}
    for each in listed:
        assert (api / each["schema"]).is_file()


def test_every_document_follows_its_schema(api: Path, validator: Callable[[str], Draft202012Validator]) -> None:
    validator("index.json").validate(_read(api / "index.json"))
    for each in _listed(api):
        validator(each["schema"].removeprefix("schema/")).validate(_read(api / each["path"]))


def test_the_schemas_are_schemas_and_stand_where_they_say(api: Path) -> None:
    for path in (api / "schema").iterdir():
        schema = _read(path)
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == f"{BASE}/api/v1/schema/{path.name}"


def test_without_an_address_the_schemas_name_each_other_by_file(tmp_path: Path) -> None:
    folder = _documents(tmp_path, "") / "schema"
    registry: Registry[Any] = Registry().with_resources(
        [(path.resolve().as_uri(), Resource.from_contents({**_read(path), "$id": path.resolve().as_uri()}))
         for path in folder.iterdir()]
    )  # fmt: skip
    assert {path.name: _read(path)["$id"] for path in folder.iterdir()} == {p.name: p.name for p in folder.iterdir()}
    contents = registry.contents((folder / "status.json").resolve().as_uri())
    Draft202012Validator(contents, registry=registry).validate(_read(folder.parent / "status.json"))


def _properties(node: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each key that a schema describes, with its schema."""
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield from ((f"{where}.{name}", schema) for name, schema in node.get("properties", {}).items())
        for key, value in node.items():
            yield from _properties(value, f"{where}.{key}")
    elif isinstance(node, list):
        for value in node:
            yield from _properties(value, where)


def test_every_key_is_documented(api: Path) -> None:
    parts = _read(api / "schema" / "parts.json")["$defs"]
    found = 0
    for path in (api / "schema").iterdir():
        for where, schema in _properties(_read(path), path.name):
            found += 1
            said = schema.get("description") or parts[schema["$ref"].rpartition("/")[2]].get("description")
            assert said.endswith("."), where
    assert found > 100


def test_every_field_has_its_sentence_and_nothing_is_said_of_what_is_not_there() -> None:
    tables = {
        name: read(str(files("review_clock.site") / "schema" / name)) for name in ("descriptions.toml", "values.toml")
    }
    descriptions, values = (table.everything() for table in tables.values())
    kinds = {kind for document in (*DOCUMENTS, *PARTS) for kind in types_in(document)}
    keys = {f"{kind.__name__}.{name}" for kind in kinds for name in shown(kind)}
    assert set(descriptions) == keys
    assert all(said.endswith(".") and len(said) > 3 for said in descriptions.values())
    assert set(values) <= keys | {key.partition(".")[2] for key in keys}
    assert all(kind.__doc__ for kind in kinds)


@pytest.mark.parametrize(
    ("schema", "command"),
    [
        ("status.json", "status"),
        ("deadlines.json", "deadlines"),
        ("history.json", "history"),
        ("machine.json", "graph"),
    ],
)
def test_the_commands_write_the_same_documents(
    run: Run, validator: Callable[[str], Draft202012Validator], schema: str, command: str
) -> None:
    dated = [] if command == "graph" else ["--as-of", str(AS_OF)]
    done = run(command, *dated, "--format", "json")
    assert done.exit_code == 0
    validator(schema).validate(json.loads(done.stdout))


@pytest.mark.parametrize("day", ["2020-07-01", "2026-07-01", "2031-03-05", "2036-07-01", "2090-01-01"])
def test_the_status_follows_its_schema_on_any_day_of_any_scenario(
    validator: Callable[[str], Draft202012Validator], day: str
) -> None:
    judge = validator("status.json")
    for scenario in library().values():
        judge.validate(rc.document(question(date.fromisoformat(day), plan=scenario)))


def test_the_status_follows_its_schema_before_there_is_an_agreement(
    run: Run, validator: Callable[[str], Draft202012Validator]
) -> None:
    document = json.loads(run("status", "--as-of", "2018-01-01", "--format", "json").stdout)
    assert document["phase"] == "not_in_force"
    validator("status.json").validate(document)


def test_what_was_learned_between_two_days_follows_its_schema(
    run: Run, validator: Callable[[str], Draft202012Validator]
) -> None:
    document = json.loads(run("diff", "2026-06-30", "2026-10-08", "--format", "json").stdout)
    assert document["dates"]
    validator("diff.json").validate(document)
    document["dates"][0]["what"] = "improved"
    assert not validator("diff.json").is_valid(document)


BROKEN: list[tuple[str, tuple[str | int, ...], Any]] = [
    ("status.json", ("phase",), "dormant"),
    ("status.json", ("as_of",), "23/11/2026"),
    ("status.json", ("as_of",), "2026-02-30"),
    ("status.json", ("in_force",), "yes"),
    ("status.json", ("parties", 0), "EU"),
    ("status.json", ("surprise",), 1),
    ("status.json", ("confirmations", "US", "state"), "refused"),
    ("status.json", ("next_review", "kind"), "monthly"),
    ("deadlines.json", ("deadlines", 0, "certainty"), "likely"),
    ("deadlines.json", ("deadlines", 0, "day_is"), "guessed"),
    ("deadlines.json", ("deadlines", 0, "would_move"), ["magic"]),
    ("status.json", ("answer", "ends", "because"), "boredom"),
    ("status.json", ("answer", "notices"), [{"party": "US"}]),
    ("deadlines.json", ("deadlines", 0, "id"), "two words"),
    ("deadlines.json", ("deadlines", 0, "derivation"), []),
    ("deadlines.json", ("deadlines", 0, "authority", 0, "read"), "skimmed"),
    ("history.json", ("events", 0, "sources"), []),
    ("history.json", ("events", 0, "confidence"), "certain"),
    ("history.json", ("events", 0, "sources", 0, "url"), "javascript:alert(1)"),
    ("changes.json", ("rows", 0, "id"), "1"),
    ("changes.json", ("rows", 0, "date", "what"), "improved"),
    ("machine.json", ("transitions", 0, "on"), "teleport"),
    ("machine.json", ("version",), 1),
]


@pytest.mark.parametrize(("name", "path", "value"), BROKEN)
def test_a_broken_document_is_refused(
    api: Path,
    validator: Callable[[str], Draft202012Validator],
    name: str,
    path: tuple[str | int, ...],
    value: Any,
) -> None:
    document = copy.deepcopy(_read(api / name))
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    (error, *_more) = validator(name).iter_errors(document)
    assert error.absolute_path is not None


@pytest.mark.parametrize("key", ["phase", "term", "confirmations", "record"])
def test_a_document_without_a_key_is_refused(
    api: Path, validator: Callable[[str], Draft202012Validator], key: str
) -> None:
    document = _read(api / "status.json")
    del document[key]
    assert not validator("status.json").is_valid(document)


# --------------------------------------------------------------------------------------------------- what 0.2.0 had

PUBLISHED = FIXTURES / "published" / "api" / "v1"
GONE = {("machine.json", key) for key in ("functions", "values")}
"""What the changelog says is gone: the document, and the key with all below it."""


def _paths(name: str, loaded: Mapping[str, Any]) -> set[str]:
    """Every key that a schema has, with the keys above it: `deadlines[].quote.cite`, `confirmations.*.state`."""

    def walked(node: Any, file: str, where: str) -> Iterator[str]:
        if "$ref" in node:
            other, _, pointer = node["$ref"].partition("#")
            target = loaded[other or file]
            for part in pointer.split("/")[1:]:
                target = target[part]
            yield from walked(target, other or file, where)
        for each in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            yield from walked(each, file, where)
        for key, each in {**node.get("properties", {}), "*": node.get("additionalProperties")}.items():
            if isinstance(each, dict):
                yield f"{where}.{key}".lstrip(".")
                yield from walked(each, file, f"{where}.{key}")
        if isinstance(node.get("items"), dict):
            yield from walked(node["items"], file, f"{where}[]")

    return set(walked(loaded[name], name, ""))


def _removed(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    return {
        path
        for path in _paths(name, old) - _paths(name, new)
        if (name, path.partition(".")[0].partition("[")[0]) not in GONE
    }


def _unknown(document: Any, paths: set[str], where: str = "") -> Iterator[str]:
    """The keys of a document that are none of the `paths` of a schema."""
    if isinstance(document, list):
        for each in document:
            yield from _unknown(each, paths, f"{where}[]")
    elif isinstance(document, dict):
        for key, each in document.items():
            known = [path for path in (f"{where}.{key}", f"{where}.*") if path.lstrip(".") in paths]
            yield from _unknown(each, paths, known[0]) if known else [f"{where}.{key}".lstrip(".")]


OLD = {path.name: _read(path) for path in (PUBLISHED / "schema").iterdir()}


@pytest.mark.parametrize("name", sorted(set(OLD) - {"parts.json", "vocabulary.json"}))
def test_every_key_of_the_schemas_of_0_2_0_is_still_there(name: str) -> None:
    assert len(_paths(name, OLD)) > 5
    assert _removed(name, OLD, schemas(LAW)) == set()


def test_every_part_and_every_word_of_0_2_0_is_still_there() -> None:
    for name in ("parts.json", "vocabulary.json"):
        assert set(OLD[name]["$defs"]) <= set(schemas(LAW)[name]["$defs"])
    for name, vocabulary in OLD["vocabulary.json"]["$defs"].items():
        now = [each["const"] for each in schemas(LAW)["vocabulary.json"]["$defs"][name]["oneOf"]]
        assert {each["const"] for each in vocabulary["oneOf"]} <= set(now), name


@pytest.mark.parametrize(
    "path",
    sorted(str(each.relative_to(PUBLISHED)) for each in PUBLISHED.rglob("*.json") if each.parent.name != "schema"),
)
def test_every_key_of_the_documents_of_0_2_0_is_still_there(path: str) -> None:
    paths = _paths("scenario.json" if path.startswith("scenarios/") else path, schemas(LAW))
    found = set(_unknown(_read(PUBLISHED / path), paths))
    assert {key for key in found if (path, key) not in GONE} == set()


def test_a_key_that_is_removed_is_noticed_with_its_path() -> None:
    new = copy.deepcopy(dict(schemas(LAW)))
    del new["parts.json"]["$defs"]["quote"]["properties"]["cite"]
    assert _removed("deadlines.json", OLD, new) == {"deadlines[].quote.cite"}
    assert set(_unknown(_read(PUBLISHED / "deadlines.json"), _paths("deadlines.json", new))) == {
        "deadlines[].quote.cite"
    }
    del new["status.json"]["properties"]["term"]
    assert _removed("status.json", OLD, new) == {"term", "term.start", "term.end"}
    assert "status.term" in _removed("scenario.json", OLD, new)


def _keys(document: Any, where: str = "") -> Iterator[str]:
    """Every key that stands somewhere in a document, with the keys above it."""
    if isinstance(document, list):
        for each in document:
            yield from _keys(each, f"{where}[]")
    elif isinstance(document, dict):
        for key, each in document.items():
            yield f"{where}.{key}"
            yield from _keys(each, f"{where}.{key}")


COMMANDS: dict[str, tuple[object, ...]] = {
    "status": (),
    "deadlines": ("--from", "2020-01-01", "--to", "2060-12-31"),
    "explain": ("us.611.annual-report.1-2",),
    "history": (),
    "readings": (),
    "whatif": ("--scenario", DATA / "scenarios" / "late-extension.toml"),
    "compare": ("record", DATA / "scenarios" / "us-withdraws.toml"),
    "explore": (),
    "outlook": ("--confirm", "us=0.3", "--confirm", "ca=0.9", "--confirm", "mx=0.9"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_print_every_key_that_0_2_0_printed(run: Run, command: str) -> None:
    done = run(command, *COMMANDS[command], "--as-of", "2026-11-24", "--format", "json")
    old = set(_keys(_read(FIXTURES / "json" / f"{command}.json")))
    assert len(old) > 5
    assert old - set(_keys(json.loads(done.stdout))) == set()
