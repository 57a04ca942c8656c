"""What no file can be wrong in alone: one held against another, against the dates that come of them, and the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from review_clock.check.finding import Finding, error, warning
from review_clock.check.tree import Data
from review_clock.deadlines.deadline import CERTAINTIES
from review_clock.deadlines.outcome import OUTCOMES
from review_clock.files import LANGUAGES, Phrase
from review_clock.law import rules
from review_clock.law.acts_and_lapses import EVENTS, Party, Stance, name_of
from review_clock.law.authority import HOW_READ
from review_clock.law.chapter_34 import PARAGRAPHS, REFUSALS, TRANSITIONS
from review_clock.law.position import Phase
from review_clock.law.rules import BOUNDS
from review_clock.law.vocabulary import KINDS
from review_clock.questions.question import Question
from review_clock.record.entries import CONFIDENCE, VIA
from review_clock.scenarios.assume import NotAssumable
from review_clock.words.verdict import AGES
from review_clock.words.wording import keys_of

OLD_FROM: Final = dict(AGES)["note"]
"""From how many days on a record that was not verified again is called old: as the pages do."""


def _citations(data: Data) -> Iterator[tuple[str, str]]:
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


def _check_citations(data: Data) -> Iterator[Finding]:
    known, used = data.law.authorities.by_cite, set()
    for where, cite in _citations(data):
        used.add(cite)
        if cite not in known:
            yield error(where, Phrase("{cite!r} is not in authorities.toml", cite=cite))
    for cite in sorted(known.keys() - used):
        yield error("authorities.toml", Phrase("{cite!r} is cited by no rule, reading or transition", cite=cite))


def _stem(identity: str, known: Iterable[str]) -> bool:
    return any(identity == rule or identity.startswith(f"{rule}.") for rule in known)


def _check_record(data: Data) -> Iterator[Finding]:
    if data.record is None:
        return
    known = [*(rule.id for rule in (*data.law.rules, *data.law.own_rules)), *data.own]
    for entry in data.record.entries:
        for identity in (*entry.fulfils, *entry.reports, *entry.misses):
            if not _stem(identity, known):
                yield error(entry.where, Phrase("{value!r} is not a deadline", value=identity))
        if entry.marks and entry.marks not in rules.ANCHORS:
            marks = "marks {value!r}, which no rule can be counted from"
            yield error(entry.where, Phrase(marks, value=entry.marks))
    for row in data.record.announced:
        if not row.deadline and not _stem(row.about, known):
            yield error(row.where, Phrase("about {value!r}, which is not a deadline", value=row.about))


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


def _check_words(data: Data) -> Iterator[Finding]:
    if data.words is None:
        return
    english = dict(_leaves(data.words["en"].everything()))
    keys = keys_of(data.words["en"])
    for section, names in VOCABULARIES.items():
        for name in names:
            if f"{section}.{name}" not in english:
                yield error("words/en.toml", Phrase("{key} is missing", key=f"{section}.{name}"))
    for lang in LANGUAGES[1:]:
        texts = dict(_leaves(data.words[lang].everything()))
        for key in sorted(keys - texts.keys()):
            yield error(f"words/{lang}.toml", Phrase("{key} is missing", key=key))
        for key in sorted(texts.keys() - keys):
            yield error(f"words/{lang}.toml", Phrase("{key} is not in words/en.toml", key=key))
        for key in sorted(keys & texts.keys()):
            one, other = english[key], texts[key]
            if isinstance(other, str) and not other.strip() and not key.startswith("cldr."):
                yield error(f"words/{lang}.toml", Phrase("{key} is empty", key=key))
            elif isinstance(one, str) and not key.startswith("cldr.") and _differ(one, str(other)):
                differs = Phrase("{key} does not have the placeholders of words/en.toml", key=key)
                yield error(f"words/{lang}.toml", differs)


def _check_phrases(data: Data) -> Iterator[Finding]:
    """What errors say must say the same values in each language."""
    for texts in (data.phrases or {}).values():
        if any(_placeholders(texts.en) != _placeholders(other) for other in (texts.es, texts.fr)):
            differs = "{value!r} does not have the same placeholders in each language"
            yield error("words/errors.toml", Phrase(differs, value=texts.en))


def _differ(one: str, other: str) -> bool:
    """Whether two texts want different values; the Agreement's own names are filled in anywhere."""
    names = {"agreement", "the", "The"}
    return _placeholders(one) - names != _placeholders(other) - names


def _check_dates(data: Data, as_of: date, known_on: date | None, max_age: int | None) -> Iterator[Finding]:
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
            yield warning("record", "check.announced_differs", **values)
        else:
            wrong = "says {said} of {id}, which the rules put on {day}"
            yield error(row.where, Phrase(wrong, said=row.on, id=row.about, day=about.date))
    if not position.outcome_recorded and position.last_review is not None:
        yield warning("record", "check.unrecorded_review", day=position.last_review.isoformat())
    for each in found:
        if each.outcome == "unrecorded" and each.kind != "internal" and (as_of - each.date).days <= 366:
            yield warning("record", "check.unrecorded_deadline", id=each.id, day=each.date.isoformat())
    yield from _age(question, max_age)


def _age(question: Question, max_age: int | None) -> Iterator[Finding]:
    """How long ago the record was verified: worth a look after a month, an error where it is longer than `max_age`."""
    verified = question.verified_on
    if verified is None:
        yield Finding(level="warning" if max_age is None else "error", where="record", key="knowledge.unverified")
        return
    days = (question.as_of - verified).days
    told = {"day": verified.isoformat(), "days": days, "as_of": question.as_of.isoformat()}
    if days >= OLD_FROM:
        yield warning("record", "check.old_record", **told)
    if max_age is not None and days > max_age:
        yield Finding(level="error", where="record", key="check.too_old", values=(*told.items(), ("most", max_age)))


def _check_scenarios(data: Data) -> Iterator[Finding]:
    """The scenarios that the record no longer allows: it has gone past them, or what happened shuts them out."""
    for plan in data.plans:
        if plan is not None and data.record is not None:
            try:
                plan.over(data.record, data.law.defaults)
            except NotAssumable as refused:
                yield warning(f"scenarios/{plan.name}.toml", "check.scenario_refused", why=refused)


def between_files(data: Data) -> Iterator[Finding]:
    """What one file says that another does not bear out."""
    for found in (_check_citations(data), _check_record(data), _check_words(data), _check_phrases(data)):
        yield from found


def on_the_day(data: Data, as_of: date, known_on: date | None, max_age: int | None) -> Iterator[Finding]:
    """What of data that are right does not go with the dates that come of them, or with the day."""
    yield from _check_dates(data, as_of, known_on, max_age)
    yield from _check_scenarios(data)
