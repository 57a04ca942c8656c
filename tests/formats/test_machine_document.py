"""machine.json: every condition and consequence of the table as data, in a closed vocabulary."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from review_clock.formats import expressions, machine_document
from review_clock.formats.expressions import Exported, NotExportable
from review_clock.law import conditions_and_effects
from review_clock.law.acts_and_lapses import EVENTS, Recorded, name_of
from review_clock.law.chapter_34 import REFUSALS, TRANSITIONS

NODES = set(re.findall(r'\["([a-z ]+)"', expressions.__doc__ or ""))


def _trees(document: Any) -> Iterator[list[Any]]:
    """Every node of every function and of every default."""
    if isinstance(document, dict):
        for each in document.values():
            yield from _trees(each)
    elif isinstance(document, list):
        if document and isinstance(document[0], str):
            yield document
        for each in document:
            yield from _trees(each)


def test_every_row_names_functions_that_stand_in_the_document() -> None:
    document = machine_document.machine()
    named = {row["when"] for row in document["refusals"]}
    named |= {row[key] for row in document["transitions"] for key in ("provided", "effect")}
    assert named <= document["functions"].keys()
    assert len(document["refusals"]) == len(REFUSALS)
    assert len(document["transitions"]) == len(TRANSITIONS)
    assert all(document["functions"][name]["label"] for name in named)


def test_what_a_function_calls_makes_and_is_given_stands_in_the_document_too() -> None:
    document = machine_document.machine()
    trees = list(_trees([document["functions"], document["values"]]))
    called = {tree[1] for tree in trees if tree[0] == "call"}
    assert called <= document["functions"].keys() | set(expressions.PRIMITIVES)
    assert {tree[1] for tree in trees if tree[0] == "make"} <= document["values"].keys()
    assert {tree[1] for tree in trees if tree[0] == "given"} <= document.keys()
    assert {name_of(kind) for kind in EVENTS} <= document["values"].keys()


def test_the_vocabulary_is_the_one_described() -> None:
    document = machine_document.machine()
    statements = {"return", "let", "add", "append", "when", "while"}
    assert statements <= NODES
    used = {tree[0] for tree in _trees(document["functions"]) if not tree[0].islower() or len(tree) > 1}
    nodes = {name for name in used if name in NODES}
    assert {"compare", "replace", "every", "is a", "call", "if", "or"} <= nodes


def test_the_document_is_json_with_a_version_and_the_keys_it_had() -> None:
    document = json.loads(json.dumps(machine_document.machine()))
    assert document["version"] == machine_document.VERSION == 1
    assert (document["term_years"], document["review_years"], document["notice_months"]) == (16, 6, 6)
    kept = {"phases", "in_force", "events", "order_on_one_day", "refusals", "transitions"}
    assert kept <= document.keys()
    assert {"provision", "phases", "on", "provided", "effect", "to", "governs"} <= document["transitions"][0].keys()
    assert {"key", "provision", "phases", "on", "when", "why"} <= document["refusals"][0].keys()


def test_one_function_as_data() -> None:
    found = Exported((conditions_and_effects.the_party_has_left,), ()).functions["the_party_has_left"]
    assert found == {
        "label": "the Party is no longer bound",
        "takes": ["p", "e", "_r"],
        "does": [["return", ["compare", ["e.party", "not in", "p.parties"]]]],
    }


# ----------------------------------------------------------------------------------- what has no node is an error

elsewhere: list[int] = []
HALF = 0.5


def _loops(p: Any, _e: Any, _r: Any) -> Any:
    found = None
    for each in p.confirmed:
        found = each
    return found


def _formats(p: Any, _e: Any, _r: Any) -> Any:
    return f"{p.term:02}"


def _divides(p: Any, _e: Any, _r: Any) -> Any:
    return p.term / 2


def _asks_another_module(p: Any, _e: Any, _r: Any) -> Any:
    return json.dumps(p)


def _reads_a_variable(p: Any, _e: Any, _r: Any) -> Any:
    return p.term in elsewhere


def _is_not_whole(_p: Any, _e: Any, _r: Any) -> Any:
    return HALF


def _has_a_default(p: Any, _e: Any, years: int = 16) -> Any:
    return p.term + years


def _tries(p: Any, _e: Any, _r: Any) -> Any:
    try:
        return p.term_end.day
    except AttributeError:
        return None


def _changes_a_field(p: Any, _e: Any, _r: Any) -> Any:
    p.term = 2
    return p


def _hides_a_primitive(p: Any, _e: Any, _r: Any) -> Any:
    min = p.term
    return min + min


def _catches_in_passing(p: Any, _e: Any, _r: Any) -> Any:
    return (term := p.term) + term


def _slices(p: Any, _e: Any, _r: Any) -> Any:
    return p.left[1:]


def _knows_no_such_type(p: Any, _e: Any, _r: Any) -> Any:
    return Recorded("E1") if p.term else None  # type: ignore[misc]


@pytest.mark.parametrize(
    "function",
    [
        _loops,
        _formats,
        _divides,
        _asks_another_module,
        _reads_a_variable,
        _is_not_whole,
        _has_a_default,
        _tries,
        _changes_a_field,
        _hides_a_primitive,
        _catches_in_passing,
        _slices,
        _knows_no_such_type,
    ],
    ids=lambda function: function.__name__.strip("_"),
)
def test_a_construct_without_a_node_is_refused_and_named(function: Callable[..., Any]) -> None:
    with pytest.raises(NotExportable, match=rf"^{function.__name__}, line \d+ of it: .* has no node$"):
        Exported((function,), ())
