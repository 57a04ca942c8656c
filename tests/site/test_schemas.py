"""The documents of api/v1 follow their schemas, judged by jsonschema; and a document that is wrong does not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from review_clock.formats.json_documents import status_document
from review_clock.law.readings import defaults
from review_clock.questions.status import status_under
from review_clock.record import ledger
from review_clock.record.ledger import AGREEMENT
from review_clock.scenarios.library import library
from review_clock.site.build import build

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)
BASE = "https://example.org/clock"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api") / "site"
    list(build(str(folder), ledger.base(), AS_OF, defaults(), BASE, {}))
    return folder / "api" / "v1"


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


def test_without_an_address_the_schemas_name_each_other_by_file(run: Run, tmp_path: Path) -> None:
    run("build", tmp_path / "site", "--as-of", str(AS_OF))
    folder = tmp_path / "site" / "api" / "v1" / "schema"
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
    for plan in library().values():
        scenario = plan.over(ledger.base(), defaults())
        judge.validate(status_document(status_under(scenario, date.fromisoformat(day), defaults()), AGREEMENT))


def test_the_status_follows_its_schema_before_there_is_an_agreement(
    run: Run, validator: Callable[[str], Draft202012Validator]
) -> None:
    document = json.loads(run("status", "--as-of", "2018-01-01", "--format", "json").stdout)
    assert document["phase"] == "not_in_force"
    validator("status.json").validate(document)


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
    ("deadlines.json", ("deadlines", 0, "id"), "two words"),
    ("deadlines.json", ("deadlines", 0, "derivation"), []),
    ("deadlines.json", ("deadlines", 0, "authority", 0, "read"), "skimmed"),
    ("history.json", ("events", 0, "sources"), []),
    ("history.json", ("events", 0, "confidence"), "certain"),
    ("history.json", ("events", 0, "sources", 0, "url"), "javascript:alert(1)"),
    ("machine.json", ("transitions", 0, "on"), "teleport"),
    ("machine.json", ("version",), 2),
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
