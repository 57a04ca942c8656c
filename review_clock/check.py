"""Record, rules, readings, calendars, words, freshness: what is wrong with the data, each finding on its own.

A finding never stops the next. Errors make `check` fail; warnings say where to look.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any, Final

from review_clock.deadlines.deadline import CERTAINTIES, OUTCOMES, deadlines
from review_clock.feeds import definition
from review_clock.files import LANGUAGES, BadData, Table, parsed
from review_clock.law import authority, readings, rules
from review_clock.law.acts_and_lapses import EVENTS, Party, Stance, name_of
from review_clock.law.authority import HOW_READ, Authorities
from review_clock.law.chapter_34 import PARAGRAPHS, REFUSALS, TRANSITIONS
from review_clock.law.position import Phase
from review_clock.law.readings import Reading
from review_clock.law.rules import BOUNDS, Catalogue
from review_clock.law.vocabulary import JURISDICTIONS, KINDS
from review_clock.questions.status import status
from review_clock.record import ledger
from review_clock.record.ledger import CONFIDENCE, VIA, Record
from review_clock.scenarios import library
from review_clock.scenarios.assume import NotAssumable
from review_clock.scenarios.library import Plan
from review_clock.timeline.lawful_record import lawful
from review_clock.words.wording import Wording, keys_of

OLD_AFTER: Final = 30
"""Days after which a record that was not verified again is called old."""

SHIPPED: Final[Mapping[str, tuple[str, str]]] = {
    "law/actors.toml": ("review_clock.law", "actors.toml"),
    "law/authorities.toml": ("review_clock.law", "authorities.toml"),
    "law/deadlines.toml": ("review_clock.law", "deadlines.toml"),
    "law/readings.toml": ("review_clock.law", "readings.toml"),
    "record/usmca.toml": ("review_clock.record", "usmca.toml"),
    **{f"words/{lang}.toml": ("review_clock.templates", f"words/{lang}.toml") for lang in LANGUAGES},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found: `error` or `warning`, where, and what, as a key of the words files or as it was raised."""

    level: str
    where: str
    message: str = ""
    key: str = ""
    values: tuple[tuple[str, Any], ...] = ()

    def said(self, words: Wording) -> str:
        """The finding in words. What a file says wrongly is said in English, as the error itself says it."""
        if not self.key:
            return self.message
        values = {name: words.days(value) if name == "days" else value for name, value in self.values}
        refused = {n: words.not_assumable(value) for n, value in self.values if isinstance(value, NotAssumable)}
        return words(self.key, **{**values, **refused})


def _error(where: str, message: str) -> Finding:
    return Finding(level="error", where=where, message=message)


def _warning(where: str, key: str, **values: Any) -> Finding:
    return Finding(level="warning", where=where, key=key, values=tuple(values.items()))


def is_error(finding: Finding) -> bool:
    """Whether the finding makes `check` fail."""
    return finding.level == "error"


class Tree:
    """The data files that ship, with those of a folder (law/…, record/…, words/…, calendars/…) before them."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    def read(self, name: str) -> Table:
        """The root table of one file. Raises `BadData`."""
        if self._folder is not None:
            path = os.path.join(self._folder, *name.split("/"))
            if os.path.exists(path):
                with open(path, encoding="utf-8", errors="replace") as file:
                    return parsed(file.read(), name)
        package, inside = SHIPPED[name]
        return parsed(files(package).joinpath(*inside.split("/")).read_text(encoding="utf-8"), name.split("/")[-1])

    def all_in(self, name: str) -> Iterator[tuple[str, str]]:
        """Name and text of each TOML file of calendars/ or scenarios/, those of the folder before those that ship."""
        found: dict[str, str] = {}
        for file in files(f"review_clock.{name}").iterdir():
            if file.name.endswith(".toml"):
                found[file.name] = file.read_text(encoding="utf-8")
        own = os.path.join(self._folder or "", name)
        if self._folder is not None and os.path.isdir(own):
            for each in os.listdir(own):
                if each.endswith(".toml"):
                    with open(os.path.join(own, each), encoding="utf-8") as text:
                        found[each] = text.read()
        yield from sorted(found.items())


@dataclass(slots=True)
class _Data:
    """What could be read of a tree, and what went wrong on the way."""

    found: list[Finding]
    plans: list[Plan | None]
    authorities: Authorities | None = None
    readings: tuple[Reading, ...] | None = None
    catalogue: Catalogue | None = None
    record: Record | None = None
    words: dict[str, Table] | None = None

    def attempt(self, make: Callable[[], Any]) -> Any:
        """What `make` makes, or None and a finding."""
        try:
            return make()
        except BadData as bad:
            where, _, message = str(bad).rpartition(f"{bad.key}: ") if bad.key else str(bad).partition(": ")
            self.found.append(_error(f"{where}{bad.key}".rstrip(": "), message))
            return None


def _load(tree: Tree, overlays: Sequence[str], calendars: str | None) -> _Data:
    data = _Data(found=[], plans=[])
    data.authorities = data.attempt(lambda: authority.load(tree.read("law/authorities.toml")))
    data.readings = data.attempt(lambda: readings.load(tree.read("law/readings.toml")))
    actors = data.attempt(lambda: rules.load_actors(tree.read("law/actors.toml")))
    known = data.readings or readings.catalogue()
    data.catalogue = data.attempt(lambda: rules.load(tree.read("law/deadlines.toml"), actors or rules.actors(), known))
    data.record = data.attempt(lambda: _record(tree, overlays))
    data.words = data.attempt(lambda: {lang: tree.read(f"words/{lang}.toml") for lang in LANGUAGES})
    for name, text in tree.all_in("calendars"):
        data.attempt(partial(_named, definition.load, name, text))
    for name, text in tree.all_in("scenarios"):
        data.plans.append(data.attempt(partial(_named, library.load, name, text)))
    if calendars is not None and data.record is not None:
        own = data.attempt(partial(definition.with_folder, calendars, data.record))
        data.record = data.record if own is None else own[0]
    return data


def _named(load: Callable[[Table, str], Any], name: str, text: str) -> Any:
    return load(parsed(text, name), name.removesuffix(".toml"))


def _record(tree: Tree, overlays: Sequence[str]) -> Record:
    from review_clock.files import read

    root = tree.read("record/usmca.toml")
    if not root.has("verified_on"):
        raise root.wrong("verified_on", "is missing", "the day to which the record was verified")
    base = ledger.from_table(root)
    merged = ledger.merged([base, *(ledger.from_table(read(path)) for path in overlays)])
    return lawful(merged, readings.defaults())


# ------------------------------------------------------------------------------------------------- cross-checks


def _citations(data: _Data) -> Iterator[tuple[str, str]]:
    """Every citation in use, with where it stands."""
    for rule in data.catalogue.rules if data.catalogue else ():
        for cite in rule.authority:
            yield f"deadlines.toml: rule {rule.id}", cite
        if rule.quote is not None:
            yield f"deadlines.toml: rule {rule.id}: quote", rule.quote.cite
    for reading in data.readings or ():
        for cite in reading.authority:
            yield f"readings.toml: reading {reading.key}", cite
    for paragraph in PARAGRAPHS:
        yield "the table of Chapter 34", paragraph


def _check_citations(data: _Data) -> Iterator[Finding]:
    if data.authorities is None or data.catalogue is None or data.readings is None:
        return
    used = set()
    for where, cite in _citations(data):
        used.add(cite)
        if cite not in data.authorities.by_cite:
            yield _error(where, f"{cite!r} is not in authorities.toml")
    for cite in sorted(data.authorities.by_cite.keys() - used):
        yield _error("authorities.toml", f"{cite!r} is cited by no rule, reading or transition")


def _stem(identity: str, known: Iterable[str]) -> bool:
    return any(identity == rule or identity.startswith(f"{rule}.") for rule in known)


def _check_record(data: _Data) -> Iterator[Finding]:
    if data.record is None or data.catalogue is None:
        return
    own = [row.deadline for row in data.record.announced if row.deadline]
    known = [*(rule.id for rule in data.catalogue.rules), *own]
    for entry in data.record.entries:
        for identity in (*entry.fulfils, *entry.misses):
            if not _stem(identity, known):
                yield _error(entry.where, f"{identity!r} is not a deadline")
        if entry.marks and entry.marks not in rules.ANCHORS:
            yield _error(entry.where, f"marks {entry.marks!r}, which no rule can be counted from")
    for row in data.record.announced:
        if row.about and not _stem(row.about, known):
            yield _error(row.where, f"about {row.about!r}, which is not a deadline")


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w+)", text))


def _leaves(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


VOCABULARIES: Final[Mapping[str, Iterable[str]]] = {
    "phase": Phase,
    "phase_meaning": Phase,
    "party": Party,
    "stance": Stance,
    "certainty": CERTAINTIES,
    "certainty_meaning": CERTAINTIES,
    "outcome": OUTCOMES,
    "outcome_meaning": OUTCOMES,
    "kind": KINDS,
    "jurisdiction": JURISDICTIONS,
    "bound": BOUNDS,
    "read": HOW_READ,
    "established": CONFIDENCE,
    "via": tuple(via for via in VIA if via),
    "act": tuple(name_of(kind) for kind in EVENTS),
    "refusal": tuple(row.key for row in REFUSALS),
    "guard": tuple(sorted({row.provided.__name__ for row in TRANSITIONS} | {row.when.__name__ for row in REFUSALS})),
}
"""By section of the words files, what must have a word in each language."""


def _check_words(data: _Data) -> Iterator[Finding]:
    if data.words is None:
        return
    english = dict(_leaves(data.words["en"].everything()))
    keys = keys_of(data.words["en"])
    for section, names in VOCABULARIES.items():
        for name in names:
            if f"{section}.{name}" not in english:
                yield _error("words/en.toml", f"{section}.{name} is missing")
    for lang in LANGUAGES[1:]:
        texts = dict(_leaves(data.words[lang].everything()))
        for key in sorted(keys - texts.keys()):
            yield _error(f"words/{lang}.toml", f"{key} is missing")
        for key in sorted(texts.keys() - keys):
            yield _error(f"words/{lang}.toml", f"{key} is not in words/en.toml")
        for key in sorted(keys & texts.keys()):
            one, other = english[key], texts[key]
            if isinstance(other, str) and not other.strip() and not key.startswith("cldr."):
                yield _error(f"words/{lang}.toml", f"{key} is empty")
            elif isinstance(one, str) and not key.startswith("cldr.") and _differ(one, str(other)):
                yield _error(f"words/{lang}.toml", f"{key} does not have the placeholders of words/en.toml")


def _differ(one: str, other: str) -> bool:
    """Whether two texts want different values; the Agreement's own names are filled in anywhere."""
    names = {"agreement", "the", "The"}
    return _placeholders(one) - names != _placeholders(other) - names


def _check_dates(data: _Data, as_of: date) -> Iterator[Finding]:
    """What sources expect against what the rules give, and what has gone by without a word in the record."""
    if data.record is None:
        return
    found = deadlines(data.record, as_of, readings.defaults())
    days = {each.id: each.day for each in found}
    for row in data.record.as_known_on(as_of).announced:
        if row.about and row.about in days and days[row.about] != row.on:
            yield _error(row.where, f"says {row.on} of {row.about}, which the rules put on {days[row.about]}")
    answer = status(data.record, as_of, readings.defaults())
    if not answer.outcome_recorded and answer.last_review is not None:
        yield _warning("record", "check.unrecorded_review", day=answer.last_review.isoformat())
    for each in found:
        if each.outcome == "unrecorded" and each.kind != "internal" and (as_of - each.day).days <= 366:
            yield _warning("record", "check.unrecorded_deadline", id=each.id, day=each.day.isoformat())
    age = (as_of - data.record.verified_on).days
    if age > OLD_AFTER:
        verified = data.record.verified_on.isoformat()
        yield _warning("record", "check.old_record", day=verified, days=age, as_of=as_of.isoformat())


def _check_scenarios(data: _Data) -> Iterator[Finding]:
    """The scenarios that the record no longer allows: it has gone past them, or what happened shuts them out."""
    for plan in data.plans:
        if plan is not None and data.record is not None:
            try:
                plan.over(data.record, readings.defaults())
            except NotAssumable as refused:
                yield _warning(f"scenarios/{plan.name}.toml", "check.scenario_refused", why=refused)


def findings(
    overlays: Sequence[str], as_of: date, folder: str | None = None, calendars: str | None = None
) -> list[Finding]:
    """Everything found wrong, or worth a look, in the data that ship (or in `folder`), in the user's record files and
    in the folder of the user's `calendars`."""
    if folder is not None and not os.path.isdir(folder):
        return [_error(folder, "is not a folder")]
    data = _load(Tree(folder), overlays, calendars)
    found = data.found
    for rows in (_check_citations(data), _check_record(data), _check_words(data)):
        found.extend(rows)
    if not any(is_error(each) for each in found):
        found.extend(_check_dates(data, as_of))
        found.extend(_check_scenarios(data))
    return found


def summary(words: Wording) -> str:
    """That all is well, over how much; and the rules withheld, counted and named."""
    catalogue = rules.catalogue()
    passed = words(
        "check.passed",
        rules=words.count("rules", len(catalogue.rules)),
        events=words.count("events", len(ledger.base().entries)),
        languages=len(LANGUAGES),
    )
    withheld = words(
        "check.withheld",
        rules=words.count("rules", len(catalogue.withheld)),
        ids=", ".join(row.id for row in catalogue.withheld),
    )
    return f"{passed}\n{withheld}"
