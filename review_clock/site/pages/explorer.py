"""The explorer of what-if.html: its script, made of the parts in templates/explorer, and the data that it runs on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup

from review_clock.formats.machine_document import machine, moved_rules
from review_clock.law.acts_and_lapses import ACTS, LAPSES, Act, Note, Recorded, name_of
from review_clock.law.law import Law
from review_clock.law.position import IN_FORCE
from review_clock.record.ledger import Record
from review_clock.scenarios.library import Plan
from review_clock.site.material import Material
from review_clock.words.wording import Wording

PARTS: Final = (
    *("dates", "position", "conditions_and_effects", "law", "scenario", "deadlines"),
    *("under_readings", "answer", "files", "lanes", "headline", "text", "page"),
)
"""The parts of the script, in the order in which each needs those before it."""
_HEAD: Final = "// Made of the parts in templates/explorer, where their comments stand.\n"

_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "cldr": ("months", "long", "first"),
    "language": ("colon",),
    "cite": ("article",),
    "phase": (),
    "phase_meaning": (),
    "party": ("CA", "MX", "US"),
    "act": (),
    "review_kind": (),
    "refusal": (),
    "assumption": (),
    "condition": (),
    "status": (
        *("in_force", "not_in_force_yet", "expired", "ended_by_withdrawal", "assumed_silence", "departs", "none"),
        "party_on",
    ),
    "assumed": (),
    "headline": (),
    "day": (),
    "whatif": ("appears", "moves", "vanishes", "was", "by_assumed", "by_silence"),
    "feed": ("hypothetical", "hypothesis", "hypothesis_category", "disclaimer"),
    "explorer": (
        *("confirms", "declines", "nothing", "none_left", "need_day", "nothing_assumed", "remove", "removed"),
        *("refused", "refused_line", "impossible", "too_many", "not_understood", "copied", "copy_by_hand", "toml_note"),
        *("position_on", "position_parties", "course", "course_desc", "lane_term", "lane_reviews", "lane_acts"),
        *("to_day", "unchanged", "no_change", "standing", "unknown_part", "read_so"),
    ),
}
"""The sections of the words file that the script speaks from, and the keys of each; none named means all."""

_ON_ONE_LINE: Final = "short"
"""What headlines have besides sentences, for titles and badges, of which the page makes none."""


def script() -> bytes:
    """The parts as one file, without comments and indentation, which are for those who read the parts."""
    folder = files("review_clock.templates").joinpath("explorer")
    lines = [line.strip() for part in PARTS for line in folder.joinpath(f"{part}.js").read_text("utf-8").splitlines()]
    return (_HEAD + "\n".join(line for line in lines if line and not line.startswith("//")) + "\n").encode("utf-8")


def explorer_address(plan: Plan, material: Material) -> str:
    """The query of the explorer that opens on a scenario."""
    query = [("assume", line) for line in plan.lines]
    query += [("counterfactual", "1")] if plan.counterfactual else []
    changed = [f"{key}={value}" for key, value in material.law.not_default(material.readings).items()]
    return urlencode(query + [("reading", pair) for pair in changed])


def _act_row(act: Act) -> dict[str, Any]:
    """An act of the record as the script makes it again."""
    assert isinstance(act.source, Recorded)
    row: dict[str, Any] = {"type": name_of(type(act)), "on": act.on.isoformat(), "entry": act.source.entry}
    for key in ("party", "stance", "early", "day", "last_receipt"):
        value = getattr(act, key, None)
        if value is not None:
            row[key] = value.isoformat() if isinstance(value, date) else value
    return row


def _named(value: Any, names: Mapping[str, str]) -> Any:
    """Texts with the Agreement's names filled in; the other placeholders are the script's to fill."""
    if isinstance(value, Mapping):
        return {key: _named(each, names) for key, each in value.items()}
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"{{{name}}}", text)
    return value


def _words(words: Wording) -> dict[str, Any]:
    agreement = words.section("agreement")
    names = {"agreement": agreement["short"], "the": agreement["the"], "The": agreement["The"]}
    sections = {
        name: {key: words.section(name)[key] for key in keys or words.section(name) if key != _ON_ONE_LINE}
        for name, keys in _SECTIONS.items()
    }
    named: dict[str, Any] = _named(sections, names)
    return named


def _rule_words(law: Law, words: Wording) -> dict[str, dict[str, str | bool]]:
    return {
        rule.id: {
            "kind": rule.kind,
            "title": words.said(rule.title),
            "who": words.said(rule.actor_name),
            "condition": words.said(rule.condition),
            "of_one_party": rule.of_one_party,
        }
        for rule in moved_rules(law)
    }


def _record(record: Record) -> dict[str, Any]:
    """The acts of the record, without mere notes, which move nothing."""
    told = [act for act in record.acts if not isinstance(act, Note)]
    return {"acts": [_act_row(act) for act in told], "verified_on": record.verified_on.isoformat()}


_FOR_OTHERS: Final = ("why", "events", "conditions", "effects")
_ALL_BUT_NOTES: Final = [name_of(kind) for kind in (*ACTS, *LAPSES) if kind is not Note]
_USUAL: Final[tuple[Any, ...]] = (None, False, [], "always", "on", list(IN_FORCE), _ALL_BUT_NOTES)


def _row(row: Any) -> Any:
    """A row without what it has in common with most: the script knows it."""
    if not isinstance(row, dict):
        return row
    return {key: each for key, each in row.items() if key not in _FOR_OTHERS and each not in _USUAL}


def _for_the_script(document: Mapping[str, Any]) -> dict[str, Any]:
    """machine.json without what the script does not read: the texts for a human reader, lists of names."""
    read = {key: each for key, each in document.items() if key not in _FOR_OTHERS}
    read["contradictions"] = [{key: row[key] for key in ("key", "provision", "on")} for row in read["contradictions"]]
    return {key: list(map(_row, each)) if isinstance(each, list) else each for key, each in read.items()}


def explorer_data(material: Material, plans: tuple[Plan, ...], words: Wording) -> dict[str, Any]:
    """Everything that the script needs, so that the page works from a folder too, where nothing can be fetched."""
    return {
        "machine": _for_the_script(machine(material.law)),
        "record": _record(material.record),
        "as_of": material.as_of.isoformat(),
        "readings": material.law.not_default(material.readings),
        "lang": words.lang,
        "scenarios": [
            {
                "name": plan.name,
                "lines": list(plan.lines),
                "counterfactual": plan.counterfactual,
            }
            for plan in plans
        ],
        "rules": _rule_words(material.law, words),
        "words": _words(words),
    }


def data_block(document: Any) -> Markup:
    """JSON that can stand in a page: nothing in it ends the element or begins another."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
