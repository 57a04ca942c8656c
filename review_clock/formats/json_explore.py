"""The answer of `explore` → a JSON document.

Numbers of histories are strings of digits: a reader such as JavaScript keeps integers only to 2^53.
"""

from __future__ import annotations

from typing import Any

from review_clock.formats.json_writer import document, iso
from review_clock.futures.explore import Edge, Exploration, Layer, Node, YearOfFutures
from review_clock.futures.start import Start
from review_clock.words.explore import how_walked
from review_clock.words.start import month_day, taken_as_given
from review_clock.words.wording import Wording


def _given_document(start: Start, words: Wording) -> dict[str, Any] | None:
    given = start.given
    return (
        None
        if given is None
        else {
            "after": given.after.isoformat(),
            "through": given.through.isoformat(),
            "unrecorded_reviews": [day.isoformat() for day in given.unrecorded_reviews],
            "taken_as_concluded": [day.isoformat() for day in given.taken_as_concluded],
            "said": taken_as_given(start, words),
        }
    )


def start_document(start: Start, words: Wording) -> dict[str, Any]:
    """Where the futures begin, and what is taken as given there."""
    return {
        "as_of": start.as_of.isoformat(),
        "known_on": iso(start.known_on),
        "assumed": list(start.assumed),
        "left_open": list(start.left_open),
        "given": _given_document(start, words),
        "leaves_record_on": iso(start.departs_on),
        "readings": start.readings.as_dict(),
        "record": {"verified_on": iso(start.verified_on), "beyond_record": start.beyond_record},
    }


def _node_document(node: Node, words: Wording) -> dict[str, Any]:
    return {
        **document(node, words),
        "leaving": [{"party": party, "effective": day.isoformat()} for party, day in node.leaving],
        "histories": str(node.histories),
    }


def _edge_document(edge: Edge) -> dict[str, Any]:
    return {
        "from": edge.start,
        "to": edge.end,
        "choices": [[{"party": party, "choice": choice} for party, choice in made] for made in edge.made],
        "histories": str(edge.histories),
    }


def _layer_document(layer: Layer, words: Wording) -> dict[str, Any]:
    return {
        "date": layer.day.isoformat(),
        "review": layer.review,
        "notices": layer.notices,
        "histories": str(layer.histories),
        "nodes": [_node_document(node, words) for node in layer.nodes],
        "edges": [_edge_document(edge) for edge in layer.edges],
    }


def _year_document(year: YearOfFutures) -> dict[str, Any]:
    return {
        "year": year.year,
        "positions": year.positions,
        "histories": str(year.histories),
        "in_force": str(year.in_force),
        "extended": str(year.extended),
        "ended": {cause: str(count) for cause, count in year.ended},
    }


def exploration_document(exploration: Exploration, words: Wording) -> dict[str, Any]:
    """Every future: the first days of choice as layers of nodes and edges, the counts at the end of each year."""
    return {
        **start_document(exploration.start, words),
        "horizon": exploration.horizon,
        "free": list(exploration.free),
        "notice_on": month_day(exploration.occasions),
        "walked": how_walked(exploration, words),
        "layers": [_layer_document(layer, words) for layer in exploration.layers],
        "years": [_year_document(year) for year in exploration.years],
        "histories": str(exploration.histories),
    }
