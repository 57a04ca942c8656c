"""A memo to file: one date, or the position on a day, with all that it rests on and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from review_clock.deadlines.deadline import Deadline
from review_clock.files import Error, nearest
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.readings import Reading
from review_clock.questions.all_deadlines import NoSuchDeadline
from review_clock.questions.answer import Answer
from review_clock.questions.grounds import Ground, grounds, of_count
from review_clock.questions.provenance import Provenance, provenance
from review_clock.questions.question import Question
from review_clock.record.entries import Announced, Entry
from review_clock.scenarios.assume import NotAssumable

STATUS: Final = "status"
"""What a memo is asked of, where it is not a deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What another value of a reading would give: a day, or facts of the position by name, and whether it gives the
    review another day that is `unknown`; without any of them there is no such date."""

    value: str
    day: date | None = None
    facts: Mapping[str, Any]
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A reading that decides something here: the value taken, and what the others would give, where it differs."""

    reading: Reading
    chosen: str
    others: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count: of a deadline, of the `end`, of the next `review`, or of an `exit`, step by step with its grounds."""

    of: str
    steps: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """What a memo holds. `deadline` is None where it is of the position; `evidence` are the facts that it rests on."""

    question: Question
    deadline: Deadline | None
    counts: tuple[Count, ...]
    readings: tuple[Taken, ...]
    authority: tuple[str, ...]
    evidence: tuple[Entry | Announced, ...]
    provenance: Provenance


def _readings(question: Question, keys: set[str], others: Mapping[str, list[Otherwise]]) -> tuple[Taken, ...]:
    """The readings that decide something, those that were chosen against the default among them, in their order."""
    keys = keys | set(others) | set(question.law.not_default(question.readings))
    return tuple(
        Taken(reading=each, chosen=question.readings[each.key], others=tuple(others.get(each.key, ())))
        for each in question.law.readings
        if each.key in keys
    )


def _other_days(deadline: Deadline) -> Mapping[str, list[Otherwise]]:
    found: dict[str, list[Otherwise]] = {}
    for other in deadline.other_readings:
        key, _, value = other.reading.partition("=")
        unknown = other.reading in deadline.open_under
        found.setdefault(key, []).append(Otherwise(value=value, day=other.date, facts={}, unknown=unknown))
    for pair in deadline.open_under:
        key, _, value = pair.partition("=")
        if value not in {each.value for each in found.get(key, ())}:
            found.setdefault(key, []).append(Otherwise(value=value, facts={}, unknown=True))
    return found


def _facts(answer: Answer) -> dict[str, Any]:
    """What a position says that a reading may move, by the names that the course has for it."""
    return {
        "phase": answer.phase,
        "parties": answer.between,
        "last_day": answer.ends.last_day if answer.ends else None,
        "next_review": answer.next_review.date if answer.next_review else None,
        "earliest_exit": answer.earliest_exit.date if answer.earliest_exit else None,
        "last_day_to_rescind": tuple(filter(None, (each.last_day_to_rescind for each in answer.notices))),
        "extended_to": answer.extended.to if answer.extended else None,
    }


def _other_answers(question: Question) -> Mapping[str, list[Otherwise]]:
    """What other readings make of the position, each alone; one under which the law refuses what is assumed is left
    out."""
    here, found = _facts(question.answer), dict[str, list[Otherwise]]()
    for key, value in question.law.alternatives(question.readings):
        try:
            answer = question.under(**{key: value}).answer
        except (NotAssumable, NotProvidedFor):
            continue
        there = _facts(answer)
        unknown = answer.next_review is not None and answer.next_review.date is None
        facts = {name: each for name, each in there.items() if each != here[name]}
        if unknown:
            facts.pop("next_review", None)
        if facts or unknown:
            found.setdefault(key, []).append(Otherwise(value=value, facts=facts, unknown=unknown))
    return found


def _counts(question: Question) -> Iterator[Count]:
    """How the days of the position are counted: the end, and the next joint review."""
    answer, line = question.answer, question.present
    if answer.ends is not None and answer.ends.because == "term" and line.final.term_end is not None:
        yield Count(of="end", steps=of_count(line.final.term_end, question, "term_end"))
    elif answer.ends is not None and answer.ends.because == "withdrawals":
        steps = of_count(line.final.left[-1].effective, question, "withdrawal_effect")
        yield Count(of="end", steps=steps)
    review = line.review_ahead(question.as_of)
    if review is not None:
        yield Count(of="review", steps=of_count(review.meeting, question, review=review))


def _behind_status(question: Question) -> Iterator[str]:
    """The entries behind the position: what led here, and where each Party stands."""
    position = question.position
    yield from (each.entry for each in (*position.confirmed, *position.declined))
    yield from (each.entry for each in position.stated)
    yield from (each.entry for each in (*position.leaving, *position.left))


def _rows(question: Question, identities: Iterator[str]) -> tuple[Entry | Announced, ...]:
    rows = question.record.rows()
    found = [rows[identity] for identity in dict.fromkeys(identities) if identity in rows]
    return tuple(sorted(found, key=lambda row: (row.on, row.id)))


def _explained(question: Question, identity: str) -> Deadline:
    """The deadline of an id. Raises `NoSuchDeadline`, an `Error` that names the position where that was meant."""
    try:
        return question.explain(identity)
    except NoSuchDeadline as error:
        if nearest(identity, [STATUS]).close:
            raise Error(error.wrong, nearest(identity, [STATUS])) from None
        raise


def memo(question: Question, identity: str = STATUS, command: str = "") -> Memo:
    """The memo of a deadline, by the ids that `explain` takes, or of the position. Raises `NoSuchDeadline`."""
    deadline = None if identity == STATUS else _explained(question, identity)
    if deadline is not None:
        steps = grounds(deadline, question)
        counts: tuple[Count, ...] = (Count(of="deadline", steps=steps),)
        others, cites = _other_days(deadline), [each.cite for each in deadline.authority]
        behind = iter((*deadline.evidence, *deadline.expected_by))
    else:
        counts, others, cites = tuple(_counts(question)), _other_answers(question), [question.answer.provision]
        behind = _behind_status(question)
    rested = {key for count in counts for ground in count.steps for key in ground.readings}
    if deadline is not None and deadline.condition is not None:
        rested.add(deadline.condition.reading.partition("=")[0])
    return Memo(
        question=question,
        deadline=deadline,
        counts=counts,
        readings=_readings(question, rested, others),
        authority=tuple(cites),
        evidence=_rows(question, behind),
        provenance=provenance(question, command),
    )
