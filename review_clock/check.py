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

from review_clock.deadlines.deadline import CERTAINTIES
from review_clock.deadlines.outcome import OUTCOMES
from review_clock.feeds import definition
from review_clock.files import LANGUAGES, BadData, Phrase, Table, Texts, parsed, text_of
from review_clock.futures import prepared
from review_clock.law import rules
from review_clock.law.acts_and_lapses import EVENTS, Party, Stance, name_of
from review_clock.law.authority import HOW_READ
from review_clock.law.chapter_34 import PARAGRAPHS, REFUSALS, TRANSITIONS
from review_clock.law.law import Law
from review_clock.law.position import Phase
from review_clock.law.rules import BOUNDS
from review_clock.law.vocabulary import KINDS
from review_clock.questions.question import Question
from review_clock.record import ledger
from review_clock.record.entries import CONFIDENCE, VIA
from review_clock.record.held import held_on
from review_clock.record.ledger import Record
from review_clock.scenarios import library
from review_clock.scenarios.assume import NotAssumable
from review_clock.scenarios.library import Plan
from review_clock.timeline.lawful_record import lawful
from review_clock.words import errors
from review_clock.words.errors import phrase, what_is_wrong
from review_clock.words.wording import Wording, keys_of

OLD_AFTER: Final = 30
"""Days after which a record that was not verified again is called old."""

WORDS: Final = tuple(f"words/{lang}.toml" for lang in LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found: `error` or `warning`, where, and what, as a key of the words files, a phrase, or as raised."""

    level: str
    where: str
    message: str = ""
    raised: BadData | None = None
    key: str = ""
    values: tuple[tuple[str, Any], ...] = ()

    def said(self, words: Wording) -> str:
        """The finding in words."""
        if self.raised is not None:
            return what_is_wrong(self.raised, words)
        if not self.key:
            return phrase(self.message, words)
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

    def text(self, name: str) -> str:
        """The text of one file. Raises `BadData`."""
        path = os.path.join(self._folder or "", *name.split("/"))
        if self._folder is not None and os.path.exists(path):
            return text_of(path)
        room, _, inside = name.partition("/")
        package, inside = ("templates", name) if room == "words" else (room, inside)
        return files(f"review_clock.{package}").joinpath(*inside.split("/")).read_text(encoding="utf-8")

    def read(self, name: str) -> Table:
        """The root table of one file. Raises `BadData`."""
        return parsed(self.text(name), name.split("/")[-1])

    def all_in(self, name: str) -> Iterator[tuple[str, str]]:
        """Name and text of each TOML file of calendars/ or scenarios/, those of the folder before those that ship."""
        found: dict[str, str] = {}
        for file in files(f"review_clock.{name}").iterdir():
            if file.name.endswith(".toml"):
                found[file.name] = file.read_text(encoding="utf-8")
        own = os.path.join(self._folder or "", name)
        if self._folder is not None and os.path.isdir(own):
            found.update({each: text_of(os.path.join(own, each)) for each in os.listdir(own) if each.endswith(".toml")})
        yield from sorted(found.items())


@dataclass(slots=True)
class _Data:
    """What could be read of a tree, and what went wrong on the way. A file of the law that is wrong is a finding, and
    the one that ships stands in for it. `own` are the ids of the record's own dates, those entered since too."""

    found: list[Finding]
    plans: list[Plan | None]
    law: Law
    record: Record | None = None
    own: tuple[str, ...] = ()
    words: dict[str, Table] | None = None
    phrases: Mapping[str, Texts] | None = None

    def attempt(self, make: Callable[[], Any]) -> Any:
        """What `make` makes, or None and a finding."""
        try:
            return make()
        except BadData as bad:
            self.found.append(Finding(level="error", where=bad.where, raised=bad))
            return None


_PARTS: Final[tuple[tuple[str, Callable[[Law], Any]], ...]] = (
    ("readings.toml", lambda law: law.readings),
    ("jurisdictions.toml", lambda law: law.jurisdictions),
    ("actors.toml", lambda law: law.actors),
    ("authorities.toml", lambda law: law.authorities),
    ("deadlines.toml", lambda law: law.catalogue),
    ("not_covered.toml", lambda law: law.not_covered),
)
"""The files of the law, each before those that rest on it, and what is read of it."""


def _law(tree: Tree, data: _Data) -> Law:
    texts = dict(data.law.texts)
    for name, part in _PARTS:
        shipped, text = texts[name], data.attempt(partial(tree.text, f"law/{name}"))
        texts[name] = shipped if text is None else text
        if data.attempt(partial(part, Law(texts=tuple(texts.items())))) is None:
            texts[name] = shipped
    return Law(texts=tuple(texts.items()))


def _load(tree: Tree, overlays: Sequence[str], calendars: str | None, known_on: date | None) -> _Data:
    data = _Data(found=[], plans=[], law=Law.shipped())
    data.law = _law(tree, data)
    now = data.attempt(lambda: ledger.base(tree.read("record/usmca.toml")).with_file(*overlays))
    if now is not None:
        data.own = tuple(row.deadline for row in now.announced if row.deadline)
        data.record = data.attempt(lambda: _held(now, data.law, known_on))
    data.words = data.attempt(lambda: {name.split("/")[1][:2]: tree.read(name) for name in WORDS})
    data.phrases = data.attempt(lambda: errors.load(tree.read("words/errors.toml")))
    for name, text in tree.all_in("calendars"):
        data.attempt(partial(definition.load, parsed(text, name), name.removesuffix(".toml"), data.law))
    for name, text in tree.all_in("scenarios"):
        data.plans.append(data.attempt(partial(library.load, parsed(text, name), name.removesuffix(".toml"))))
    data.attempt(lambda: prepared.load(tree.read(f"futures/{prepared.FILE}")))
    if calendars is not None and data.record is not None:
        own = data.attempt(partial(definition.with_folder, calendars, data.law, data.record))
        data.law = data.law if own is None else own[0]
    return data


def _held(record: Record, law: Law, known_on: date | None) -> Record:
    return lawful(record if known_on is None else held_on(record, known_on), law, law.defaults)


# ------------------------------------------------------------------------------------------------- cross-checks


def _citations(data: _Data) -> Iterator[tuple[str, str]]:
    """Every citation in use, with where it stands."""
    for rule in data.law.rules:
        for cite in rule.authority:
            yield f"deadlines.toml: rule {rule.id}", cite
        if rule.quote is not None:
            yield f"deadlines.toml: rule {rule.id}: quote", rule.quote.cite
    for reading in data.law.readings:
        for cite in reading.authority:
            yield f"readings.toml: reading {reading.key}", cite
    for paragraph in PARAGRAPHS:
        yield "the table of Chapter 34", paragraph


def _check_citations(data: _Data) -> Iterator[Finding]:
    known, used = data.law.authorities.by_cite, set()
    for where, cite in _citations(data):
        used.add(cite)
        if cite not in known:
            yield _error(where, Phrase("{cite!r} is not in authorities.toml", cite=cite))
    for cite in sorted(known.keys() - used):
        yield _error("authorities.toml", Phrase("{cite!r} is cited by no rule, reading or transition", cite=cite))


def _stem(identity: str, known: Iterable[str]) -> bool:
    return any(identity == rule or identity.startswith(f"{rule}.") for rule in known)


def _check_record(data: _Data) -> Iterator[Finding]:
    if data.record is None:
        return
    known = [*(rule.id for rule in (*data.law.rules, *data.law.own_rules)), *data.own]
    for entry in data.record.entries:
        for identity in (*entry.fulfils, *entry.reports, *entry.misses):
            if not _stem(identity, known):
                yield _error(entry.where, Phrase("{value!r} is not a deadline", value=identity))
        if entry.marks and entry.marks not in rules.ANCHORS:
            marks = "marks {value!r}, which no rule can be counted from"
            yield _error(entry.where, Phrase(marks, value=entry.marks))
    for row in data.record.announced:
        if not row.deadline and not _stem(row.about, known):
            yield _error(row.where, Phrase("about {value!r}, which is not a deadline", value=row.about))


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
    "what_came_of_it": OUTCOMES,
    "kind": KINDS,
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
                yield _error("words/en.toml", Phrase("{key} is missing", key=f"{section}.{name}"))
    for lang in LANGUAGES[1:]:
        texts = dict(_leaves(data.words[lang].everything()))
        for key in sorted(keys - texts.keys()):
            yield _error(f"words/{lang}.toml", Phrase("{key} is missing", key=key))
        for key in sorted(texts.keys() - keys):
            yield _error(f"words/{lang}.toml", Phrase("{key} is not in words/en.toml", key=key))
        for key in sorted(keys & texts.keys()):
            one, other = english[key], texts[key]
            if isinstance(other, str) and not other.strip() and not key.startswith("cldr."):
                yield _error(f"words/{lang}.toml", Phrase("{key} is empty", key=key))
            elif isinstance(one, str) and not key.startswith("cldr.") and _differ(one, str(other)):
                differs = Phrase("{key} does not have the placeholders of words/en.toml", key=key)
                yield _error(f"words/{lang}.toml", differs)


def _check_phrases(data: _Data) -> Iterator[Finding]:
    """What errors say must say the same values in each language."""
    for texts in (data.phrases or {}).values():
        if any(_placeholders(texts.en) != _placeholders(other) for other in (texts.es, texts.fr)):
            differs = "{value!r} does not have the same placeholders in each language"
            yield _error("words/errors.toml", Phrase(differs, value=texts.en))


def _differ(one: str, other: str) -> bool:
    """Whether two texts want different values; the Agreement's own names are filled in anywhere."""
    names = {"agreement", "the", "The"}
    return _placeholders(one) - names != _placeholders(other) - names


def _check_dates(data: _Data, as_of: date, known_on: date | None, max_age: int | None) -> Iterator[Finding]:
    """What sources expect against what the rules give, and what has gone by without a word in the record."""
    if data.record is None:
        return
    law = data.law
    question = Question(law=law, record=data.record, as_of=as_of, readings=law.defaults, known_on=known_on)
    found, position = question.all_deadlines, question.status
    by_id = {each.id: each for each in found}
    for row in question.known.announced:
        about = by_id.get(row.about)
        if about is None or about.date == row.on or row.deadline:
            continue
        no_text = about.day_is == "inferred" and about.review is None
        if about.moved_from is not None or no_text:  # an act moved it since, or no text fixes the day
            said, day = row.on.isoformat(), about.date.isoformat()
            values = {"id": about.id, "source": row.sources[0].title, "said": said, "day": day}
            yield _warning("record", "check.announced_differs", **values)
        else:
            wrong = "says {said} of {id}, which the rules put on {day}"
            yield _error(row.where, Phrase(wrong, said=row.on, id=row.about, day=about.date))
    if not position.outcome_recorded and position.last_review is not None:
        yield _warning("record", "check.unrecorded_review", day=position.last_review.isoformat())
    for each in found:
        if each.outcome == "unrecorded" and each.kind != "internal" and (as_of - each.date).days <= 366:
            yield _warning("record", "check.unrecorded_deadline", id=each.id, day=each.date.isoformat())
    yield from _age(question, max_age)


def _age(question: Question, max_age: int | None) -> Iterator[Finding]:
    """How long ago the record was verified: worth a look after a month, an error where it is longer than `max_age`."""
    verified = question.verified_on
    if verified is None:
        yield Finding(level="warning" if max_age is None else "error", where="record", key="knowledge.unverified")
        return
    days = (question.as_of - verified).days
    told = {"day": verified.isoformat(), "days": days, "as_of": question.as_of.isoformat()}
    if days > OLD_AFTER:
        yield _warning("record", "check.old_record", **told)
    if max_age is not None and days > max_age:
        yield Finding(level="error", where="record", key="check.too_old", values=(*told.items(), ("most", max_age)))


def _check_scenarios(data: _Data) -> Iterator[Finding]:
    """The scenarios that the record no longer allows: it has gone past them, or what happened shuts them out."""
    for plan in data.plans:
        if plan is not None and data.record is not None:
            try:
                plan.over(data.record, data.law.defaults)
            except NotAssumable as refused:
                yield _warning(f"scenarios/{plan.name}.toml", "check.scenario_refused", why=refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found wrong, or is worth a look, and in what: the law and the record that were read."""

    findings: tuple[Finding, ...]
    law: Law
    record: Record | None

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not any(is_error(each) for each in self.findings)


def check(
    overlays: Sequence[str],
    as_of: date,
    folder: str | None = None,
    calendars: str | None = None,
    known_on: date | None = None,
    max_age: int | None = None,
) -> Checked:
    """Everything found wrong, or worth a look, in the data that ship (or in `folder`), in the user's record files and
    in the folder of the user's `calendars`; of the record only what it held on `known_on`, where that is given.
    With `max_age` (days) it is an error too where the record was last verified longer ago."""
    if folder is not None and not os.path.isdir(folder):
        return Checked(findings=(_error(folder, "is not a folder"),), law=Law.shipped(), record=None)
    data = _load(Tree(folder), overlays, calendars, known_on)
    found = data.found
    for rows in (_check_citations(data), _check_record(data), _check_words(data), _check_phrases(data)):
        found.extend(rows)
    if not any(is_error(each) for each in found):
        found.extend(_check_dates(data, as_of, known_on, max_age))
        found.extend(_check_scenarios(data))
    return Checked(findings=tuple(found), law=data.law, record=data.record)


def summary(checked: Checked, words: Wording) -> str:
    """That all is well, over how much; the rules withheld, counted and named; and what is not in the calendar."""
    catalogue, record = checked.law.catalogue, checked.record
    passed = words(
        "check.passed",
        rules=words.count("rules", len(catalogue.rules)),
        events=words.count("events", len(record.entries) if record else 0),
        languages=len(LANGUAGES),
    )
    withheld = words(
        "check.withheld",
        rules=words.count("rules", len(catalogue.withheld)),
        ids=", ".join(row.id for row in catalogue.withheld),
    )
    matters = "; ".join(words.said(row.what) for row in checked.law.not_covered)
    return f"{passed}\n{withheld}\n{words('check.not_covered', matters=matters)}"
