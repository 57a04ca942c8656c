"""What is nobody else's business, a user's own dates, cases and the calendars of them, and a question without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from review_clock.feeds.definition import Definition
from review_clock.law.acts_and_lapses import Note
from review_clock.questions.question import Question
from review_clock.record.entries import Announced, Entry, Row
from review_clock.record.ledger import BASE_FILE, Record
from review_clock.record.proceeding import Proceeding


@dataclass(frozen=True, slots=True)
class _Own:
    """By what ids a user's own dates are known: those of rules and announced dates, at their beginning; of cases; of
    the proceedings that a user's file declares."""

    stems: tuple[str, ...]
    cases: tuple[str, ...]
    proceedings: tuple[str, ...]

    def is_date(self, identity: str) -> bool:
        """Whether an id is of such a date."""
        whole = f"{identity}."
        return any(whole.startswith(f"{each}.") for each in self.stems) or any(
            f".{each}." in whole for each in self.cases
        )

    def is_row(self, row: Row | None) -> bool:
        """Whether something of the record speaks of such dates alone. An act never does."""
        if isinstance(row, Announced):
            return row.kind == "internal" or self.is_date(row.about) or row.proceeding in self.proceedings
        if isinstance(row, Entry):
            named = (*row.fulfils, *row.reports, *row.misses)
            alone = row.proceeding in self.proceedings or (bool(named) and all(map(self.is_date, named)))
            return isinstance(row.act, Note) and alone
        return row is not None and (not isinstance(row, Proceeding) or row.id in self.proceedings)

    def left_of(self, entry: Entry) -> Entry:
        """An entry that names no such date and no such proceeding."""
        if entry.proceeding in self.proceedings:
            entry = replace(entry, proceeding="", step="", sets=())
        return replace(
            entry,
            fulfils=self._others(entry.fulfils),
            reports=self._others(entry.reports),
            misses=self._others(entry.misses),
        )

    def _others(self, identities: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in identities if not self.is_date(each))


def _without(record: Record, own: _Own) -> Record:
    return replace(
        record,
        entries=tuple(own.left_of(each) for each in record.entries if not own.is_row(each)),
        also=tuple(own.left_of(each) for each in record.also if not own.is_row(each)),
        announced=tuple(each for each in record.announced if not own.is_row(each)),
        retractions=tuple(each for each in record.retractions if not own.is_row(each.row)),
        cases=(),
        proceedings=tuple(each for each in record.proceedings if each.id not in own.proceedings),
    )


def _own(question: Question) -> _Own:
    law, record = question.law, question.record
    internal = (each for each in record.all_announced if each.kind == "internal")
    stems = (*(rule.id for rule in law.own_rules), *(each.deadline for each in internal))
    every = {each.id for each in record.all_proceedings}
    ours = {each.id for each in record.all_proceedings if each.where.startswith(f"{BASE_FILE}:")}
    return _Own(stems=stems, cases=tuple(each.id for each in record.all_cases), proceedings=tuple(every - ours))


def without_own(question: Question) -> Question:
    """The question without the user's own dates: the rules hung on the law's, the cases, the dates announced that are
    internal, the proceedings that a user's file declares, and what the record says of these alone."""
    own = _own(question)
    if not (own.stems or own.cases or own.proceedings):
        return question
    return replace(question, law=question.law.with_own(()), record=_without(question.record, own))


def is_own_date(question: Question) -> Callable[[str], bool]:
    """Says of the id of a date whether it is one of the user's own."""
    return _own(question).is_date


def public(feeds: Mapping[str, Definition]) -> dict[str, Definition]:
    """The feeds that ask for no dates of the user's own."""
    return {name: each for name, each in feeds.items() if not each.own_dates}


def kept_back(question: Question, feeds: Mapping[str, Definition]) -> dict[str, int]:
    """How many of the user's own rules, cases, announced dates, proceedings and calendars a site without them does not
    publish."""
    own, record = _own(question), question.record
    return {
        "rules": len(question.law.own_rules),
        "cases": len(record.cases),
        "announced": sum(map(own.is_row, record.announced)),
        "proceedings": sum(each.id in own.proceedings for each in record.proceedings),
        "calendars": len(feeds) - len(public(feeds)),
    }
