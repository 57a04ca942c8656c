"""A scenario under every combination of readings that matters to it: the results, and which reading moves what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from review_clock.files import HIDDEN
from review_clock.law.acts_and_lapses import Party
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.readings import Meaning, Readings
from review_clock.law.under_readings import Choice, Combinations
from review_clock.questions.premises import Premises
from review_clock.scenarios.assume import NotAssumable
from review_clock.scenarios.library import Plan
from review_clock.timeline.course import Course, course

Box = dict[str, tuple[str, ...]]
Under = Mapping[str, tuple[str, ...]]
"""A set of combinations: each value named may stand with each other; a reading not named may be any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """That an assumption cannot be made: the line (empty where it is the record), the refusal's key, its paragraph."""

    line: str
    key: str
    provision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scenario comes to: on the day asked for, and in the end (see `Course`); empty where it is `refused`."""

    refused: Refused | None = field(default=None, metadata=HIDDEN)
    in_force: bool = False
    phase: str = ""
    parties: tuple[Party, ...] = ()
    next_review: date | None = None
    next_six_year_review: date | None = None
    extended_on: tuple[date, ...] = ()
    term_end: date | None = None
    last_day: date | None = None
    end_cause: str = ""


FACTS = tuple(each.name for each in fields(Outcome))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One outcome with the combinations that give it: how many, and which; `chosen` if the chosen one is of them."""

    outcome: Outcome
    chosen: bool
    combinations: int
    under: tuple[Under, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What changes when one reading takes another value: the facts, by name, before and after.

    `together` holds the other choices that must be made first where the reading moves nothing alone.
    """

    choice: Choice
    together: tuple[Choice, ...]
    facts: tuple[str, ...]
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryReading:
    """A scenario as of a day under each combination of the readings in `matter`; the others move nothing here.

    `means` says what each value of each reading means.
    """

    as_of: date
    known_on: date | None
    plan: Plan | None
    readings: Readings
    matter: tuple[str, ...]
    combinations: int
    rows: tuple[Result, ...]
    moves: tuple[Move, ...]
    means: Mapping[Choice, Meaning]

    @property
    def chosen(self) -> Outcome:
        """What it comes to under the readings chosen."""
        return next(row.outcome for row in self.rows if row.chosen)


def _of_course(found: Course) -> Outcome:
    return Outcome(
        in_force=found.in_force,
        phase=found.phase,
        parties=found.parties,
        next_review=found.next_review.date if found.next_review else None,
        next_six_year_review=found.next_six_year_review,
        extended_on=tuple(each.on for each in found.extensions),
        term_end=found.term_end,
        last_day=found.last_day,
        end_cause=found.end_cause,
    )


def _outcome(premises: Premises) -> Outcome:
    try:
        return _of_course(course(premises.line, premises.as_of))
    except NotAssumable as error:
        if not error.provision:  # no reading would let it be assumed
            raise
        return Outcome(refused=Refused(line=error.line, key=error.key, provision=error.provision))
    except NotProvidedFor as error:
        row = error.refusal
        return Outcome(refused=Refused(line="", key=f"refusal.{row.key}", provision=row.provision))


def _joined(boxes: list[Box], key: str, orders: Mapping[str, tuple[str, ...]]) -> list[Box]:
    """Sets of combinations that are the same but for `key`, made into one with the values of each."""
    groups: dict[tuple[tuple[str, tuple[str, ...]], ...], set[str]] = {}
    for box in boxes:
        rest = tuple((other, values) for other, values in box.items() if other != key)
        groups.setdefault(rest, set()).update(box[key])
    found = []
    for rest, values in groups.items():
        box = {**dict(rest), key: tuple(value for value in orders[key] if value in values)}
        found.append({each: box[each] for each in orders if each in box})
    return found


def _folded(combinations: Iterable[Readings], orders: Mapping[str, tuple[str, ...]]) -> tuple[Under, ...]:
    """Combinations put together into sets, each combination in one: a reading that may be any is left out."""
    boxes: list[Box] = [{key: (readings[key],) for key in orders} for readings in combinations]
    for key in reversed(tuple(orders)):
        boxes = _joined(boxes, key, orders)
    return tuple({key: values for key, values in box.items() if values != orders[key]} for box in boxes)


def _changed(before: Outcome, after: Outcome) -> tuple[str, ...]:
    if before.refused or after.refused:
        return ("refused",)
    return tuple(fact for fact in FACTS if getattr(before, fact) != getattr(after, fact))


def _others(readings: Readings, chosen: Readings) -> tuple[Choice, ...]:
    return tuple((key, value) for key, value in readings.values if chosen[key] != value)


def _move(combinations: Combinations[Outcome], choice: Choice, found: Sequence[tuple[Readings, Outcome]]) -> Move:
    """What `choice` changes where the fewest other choices have to be made for it to change anything."""
    key, chosen = choice[0], combinations.readings
    readings, before, after = next(
        (readings, before, after)
        for readings, before in sorted(found, key=lambda each: len(_others(each[0], chosen)))
        if readings[key] == chosen[key]
        and (after := combinations.under(readings.but(*choice))) is not None
        and after != before
    )
    facts = _changed(before, after)
    return Move(choice=choice, together=_others(readings, chosen), facts=facts, before=before, after=after)


def every_reading(premises: Premises) -> EveryReading:
    """What a question comes to under every combination of readings that matters, beside the readings it has.

    `rows` are the results, the one chosen among them, `moves` what changes when one reading does.
    Raises `NotUnderstood`, and `NotAssumable` for a line that could be assumed under no reading.
    """
    readings, law = premises.readings, premises.law
    order = [key for key, _ in readings.values]
    combinations = Combinations(
        readings, law.alternatives(readings), lambda each: _outcome(replace(premises, readings=each))
    )
    matter = combinations.that_matter()
    found = combinations.all(matter)
    orders: dict[str, tuple[str, ...]] = {}
    for key, value in sorted(matter, key=lambda choice: order.index(choice[0])):
        orders[key] = (*orders.get(key, (readings[key],)), value)
    groups: dict[Outcome, list[Readings]] = {}
    for each, outcome in found:
        groups.setdefault(outcome, []).append(each)
    return EveryReading(
        as_of=premises.as_of,
        known_on=premises.known_on,
        plan=premises.plan,
        readings=readings,
        matter=tuple(orders),
        combinations=len(found),
        rows=tuple(
            Result(outcome=outcome, chosen=readings in group, combinations=len(group), under=_folded(group, orders))
            for outcome, group in groups.items()
        ),
        moves=tuple(_move(combinations, choice, found) for choice in matter),
        means={(point.key, value): point.meaning(value) for point in law.readings for value in point.values},
    )
