"""The deadlines of a question, each with its dates under the other readings and with what moved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from review_clock.deadlines.deadline import Deadline, Surroundings, deadline
from review_clock.deadlines.resolve import Dated
from review_clock.files import Error, Phrase, nearest
from review_clock.law.rules import Rule
from review_clock.questions.other_readings import OtherReadings, other_readings
from review_clock.questions.premises import Premises
from review_clock.questions.resolved import resolved
from review_clock.questions.revisions import Revisions, revisions


class NoSuchDeadline(Error, ValueError):
    """An id that names no deadline; the message says what is accepted."""


def _assembled(
    found: Iterable[Dated], premises: Premises, other: OtherReadings, history: Revisions, now: Mapping[str, Dated]
) -> tuple[Deadline, ...]:
    seen = (
        deadline(
            dated,
            Surroundings(
                law=premises.law,
                record=premises.known,
                readings=premises.readings,
                as_of=premises.as_of,
                others=other.others.get(dated.id, ()),
                span=other.span.get(dated.id, (dated.day, dated.day)),
                changes=history.changes.get(dated.id, ()),
                superseded=dated.id not in now and history.removed(dated.id),
            ),
        )
        for dated in found
    )
    return tuple(sorted(seen, key=lambda each: (each.without_day, each.date, each.id)))


def _now(premises: Premises) -> dict[str, Dated]:
    return resolved(premises.line, premises.spare, premises.law, premises.known, None)


def all_deadlines(premises: Premises) -> tuple[Deadline, ...]:
    """Every deadline as it stands at the end of the day, by date and id. Deadlines that an act removed stay.

    Assumptions are laid over the whole record: its acts after the day stand beneath them, what was not yet known then
    is no evidence.
    """
    now = _now(premises)
    history = revisions(premises, now)
    return _assembled({**history.last, **now}.values(), premises, other_readings(premises), history, now)


# ----------------------------------------------------------------------------------------------------- one deadline


def _meant(identity: str, found: Iterable[Dated], as_of: date) -> Dated | None:
    """Of those that an id, or a rule's id, with or without @ and a year, can mean: the next, else the last."""
    stem, _, year = identity.partition("@")
    family = [
        each
        for each in found
        if (each.id == stem or (isinstance(each.rule, Rule) and each.rule.id == stem))
        and year in ("", str(each.day.year))
    ]
    family.sort(key=lambda each: (each.day, each.id))
    return next((each for each in family if each.day >= as_of), family[-1] if family else None)


def _picked(identity: str, premises: Premises, now: Mapping[str, Dated]) -> Dated:
    """The one meant: by its id, or the next (else the last) of a family; one that was removed where none stands."""
    if identity in now:
        return now[identity]
    standing = _meant(identity, now.values(), premises.as_of)
    if standing is not None:
        return standing
    gone = revisions(premises, now).last
    removed = _meant(identity, gone.values(), premises.as_of)
    if removed is not None:
        return removed
    raise _none_such(identity, premises, {*now, *gone})


def _none_such(identity: str, premises: Premises, known: Iterable[str]) -> NoSuchDeadline:
    stem = identity.partition("@")[0]
    rule = premises.law.catalogue.by_id().get(stem)
    if rule is not None and rule.counted_from == "undated":
        return NoSuchDeadline(
            Phrase("{id}: this duty has no fixed day (see review-clock deadlines --undated)", id=stem)
        )
    if rule is not None and rule.counted_from == "case":
        case = "{id}: no such date now; count one with deadlines --case {rule} --trigger DATE"
        return NoSuchDeadline(Phrase(case, id=identity, rule=stem))
    for row in premises.record.announced:
        if identity and row.deadline == identity:
            return NoSuchDeadline(Phrase("{id}: not announced before {day}", id=identity, day=row.known_on))
    if rule is not None and not any(f"{each}.".startswith(f"{stem}.") for each in known):
        return NoSuchDeadline(Phrase("{value!r}: there is no such date as things stand", value=identity))
    named = sorted({*(each.id for each in premises.law.rules), *known})
    begins = [each for each in named if each.startswith(stem)]
    wrong = "{value!r}: there is no such date as things stand" if rule else "{value!r} is not a deadline"
    return NoSuchDeadline(Phrase(wrong, value=identity), nearest(stem, begins or named))


def _behind(rule: object, premises: Premises) -> frozenset[str]:
    """The rules that a date rests on: its own, and those that a user's rule hangs on."""
    own = {each.id: each for each in premises.law.own_rules}
    found: list[str] = []
    while isinstance(rule, Rule):
        found.append(rule.id)
        rule = own.get(rule.after) or premises.law.catalogue.by_id().get(rule.after)
    return frozenset(found)


def one_deadline(identity: str, premises: Premises) -> Deadline:
    """One deadline: by its id, or the next (else the last) of a rule, either with @ and a year.

    Only its own span and changes are worked out. Raises `NoSuchDeadline`.
    """
    now = _now(premises)
    found = _picked(identity, premises, now)
    rules = _behind(found.rule, premises)
    history = revisions(premises, now, rules)
    return _assembled((found,), premises, other_readings(premises, rules), history, now)[0]
