"""Where each proceeding stands on a day: nothing of it is stored, all follows from the entries known then.

A later announcement of a step supersedes the earlier. Where nothing is announced, the days between the steps of the
proceedings before it give the weeks in which practice would put it: a rhythm, no date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from review_clock.files import HIDDEN, Error, MaybeText, Phrase, Texts, nearest
from review_clock.questions.premises import Premises
from review_clock.record.entries import REPORTED, Announced, Entry
from review_clock.record.ledger import Record
from review_clock.record.proceeding import STEPS, Proceeding, Rhythm

STEP_STATES: Final = ("announced", "moved", "held", "done", "reported", "closed", "unrecorded", "expected")
"""Where a step stands: its day is announced, or was moved; it was held, or done, or somebody says so; its last day is
over; its day went by and the record does not say that it took place; nothing is announced, and practice would give some
weeks."""
_OVER: Final = ("held", "done", "reported")


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySet:
    """That an entry gave a step its day (None: not read), when that became known, and how well it is established."""

    on: date | None
    until: date | None
    on_is: MaybeText
    known_on: date
    entry: str
    confidence: str
    only_reported: bool = field(default=False, metadata=HIDDEN)

    @property
    def last(self) -> date | None:
        """The last day."""
        return self.until or self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPractice:
    """The weeks, from Monday `start` to Sunday `end`, in which a step would fall if the rhythm of the `precedents`
    repeats: there it came from `least` to `most` days after the last day of the step `after`. No date."""

    start: date
    end: date
    after: str
    least: int
    most: int
    precedents: tuple[str, ...]
    first: date = field(metadata=HIDDEN)
    last: date = field(metadata=HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step: its state, its day with the entry that gives it, the days superseded, oldest first; or by practice."""

    step: str
    state: str
    day: DaySet | None
    superseded: tuple[DaySet, ...]
    by_practice: ByPractice | None

    @property
    def first(self) -> date | None:
        """Its first day: set, or by practice."""
        return self.day.on if self.day else self.by_practice.first if self.by_practice else None

    @property
    def last(self) -> date | None:
        """Its last day: set, or by practice."""
        return self.day.last if self.day else self.by_practice.last if self.by_practice else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedingState:
    """A proceeding and where each of its steps stands, in their usual order."""

    id: str
    title: Texts
    jurisdiction: str
    actor: Texts
    authority: tuple[str, ...]
    citation: MaybeText
    steps: tuple[StepState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """The proceedings known on a day, and where each of their steps then stands."""

    as_of: date
    known_on: date | None
    verified_on: date | None
    proceedings: tuple[ProceedingState, ...]

    def only(self, identity: str) -> Proceedings:
        """The same of one proceeding. Raises `Error` that names those near it."""
        found = tuple(each for each in self.proceedings if each.id == identity)
        if not found:
            known = [each.id for each in self.proceedings]
            raise Error(
                Phrase("{value!r} is not a proceeding known on {day}", value=identity, day=self.as_of),
                nearest(identity, known),
            )
        return replace(self, proceedings=found)


def _of_row(row: Entry | Announced, on: date | None, until: date | None, on_is: str = "") -> DaySet:
    return DaySet(on=on, until=until, on_is=on_is, known_on=row.known_on, entry=row.id, confidence=row.confidence)


def _days_set(record: Record, proceeding: str) -> Iterator[tuple[str, DaySet]]:
    """The days that entries and announced dates give to the steps of a proceeding, but for those that were held or
    done."""
    for row in record.announced:
        if row.proceeding == proceeding:
            yield row.step, _of_row(row, row.on, None)
    for entry in record.entries:
        if entry.proceeding == proceeding:
            if STEPS.get(entry.step) == "filing":
                yield entry.step, _of_row(entry, entry.on, entry.until)
            for each in entry.sets:
                yield each.step, _of_row(entry, each.on, each.until)


def _happened(record: Record, proceeding: str, step: str) -> DaySet | None:
    """That a step was held or done, as the first entry tells that saw it, else the first; one that `reports` it has not
    seen it."""
    if STEPS[step] == "filing":
        return None
    rows = [each for each in record.entries if each.proceeding == proceeding and each.step == step]
    if not rows:
        return None
    entry = min(rows, key=_only_reported)
    until = None if STEPS[step] == "opening" else entry.until
    return replace(_of_row(entry, entry.on, until, entry.on_is), only_reported=_only_reported(entry))


def _only_reported(entry: Entry) -> bool:
    return bool(entry.reports) or (entry.confidence in REPORTED and not entry.fulfils)


def _standing(found: list[DaySet]) -> tuple[DaySet | None, tuple[DaySet, ...]]:
    """The day that stands of those given to a step, and those that it superseded."""
    superseded: list[DaySet] = []
    now: DaySet | None = None
    for each in sorted(found, key=lambda each: (each.known_on, each.entry)):
        if now is not None and now.entry != each.entry and _moves(now, each):
            superseded.append(now)
        if now is None or each.on is None or now.on != each.on or each.until not in (None, now.until):
            now = each
    return now, tuple(superseded)


def _moves(before: DaySet, after: DaySet) -> bool:
    """Whether a later day supersedes an earlier: another day, or a new one that was not read; a day that was not read
    is not moved by one that was: it may be the same."""
    if before.on == after.on:
        return before.on is None or (None not in (before.until, after.until) and before.until != after.until)
    return before.on is not None


def _state(step: str, happened: DaySet | None, moved: bool, gone: bool) -> str:
    if happened is not None:
        if happened.only_reported and STEPS[step] != "meeting":
            return "reported"
        return "held" if STEPS[step] == "meeting" else "done"
    if gone:
        return "closed" if STEPS[step] == "filing" else "unrecorded"
    return "moved" if moved else "announced"


def _steps(record: Record, proceeding: str, as_of: date) -> dict[str, StepState]:
    """The steps of which the record speaks, in their usual order."""
    given: dict[str, list[DaySet]] = {}
    for step, day_set in _days_set(record, proceeding):
        given.setdefault(step, []).append(day_set)
    happened = {step: _happened(record, proceeding, step) for step in STEPS}
    found: dict[str, StepState] = {}
    for place, step in enumerate(STEPS):
        announced, superseded = _standing(given.get(step, []))
        day = happened[step] or announced
        if day is None:
            continue
        # A day that was not read is over when a later step has come.
        later = any(happened[each] for each in list(STEPS)[place + 1 :])
        gone = later if day.last is None else day.last < as_of
        state = _state(step, happened[step], bool(superseded), gone)
        found[step] = StepState(step=step, state=state, day=day, superseded=superseded, by_practice=None)
    return found


@dataclass(frozen=True)  # no slots: what is worked out is kept
class _Practice:
    """What practice would give for the steps of which nothing is announced."""

    record: Record
    as_of: date

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, StepState]]:
        """By proceeding, the steps of which the record speaks."""
        return {each.id: _steps(self.record, each.id, self.as_of) for each in self.record.proceedings}

    def steps(self, proceeding: Proceeding) -> tuple[StepState, ...]:
        """The steps of a proceeding, with those that practice alone would give."""
        found = dict(self.known[proceeding.id])
        if not found:
            return ()
        for rhythm in proceeding.rhythm:
            expected = self._expected(proceeding, rhythm, found)
            if expected is not None:
                found[rhythm.step] = StepState(
                    step=rhythm.step, state="expected", day=None, superseded=(), by_practice=expected
                )
        return tuple(found[step] for step in STEPS if step in found)

    def _expected(self, proceeding: Proceeding, rhythm: Rhythm, found: Mapping[str, StepState]) -> ByPractice | None:
        """When a step would come; None where something is announced of it, where a later step has come, where the days
        of those before are not known, or where the weeks are over without it."""
        order = list(STEPS)
        later = order[order.index(rhythm.step) :]
        anchor = found.get(rhythm.after)
        if anchor is None or anchor.last is None or any(found[step].state in _OVER for step in later if step in found):
            return None
        if rhythm.step in found:
            return None
        spans = {name: span for name in proceeding.precedents if (span := self._span(name, rhythm)) is not None}
        if not spans:
            return None
        least, most = min(first for first, _ in spans.values()), max(last for _, last in spans.values())
        first, last = anchor.last + timedelta(days=least), anchor.last + timedelta(days=most)
        made = ByPractice(
            start=first - timedelta(days=first.weekday()),
            end=last + timedelta(days=6 - last.weekday()),
            after=rhythm.after,
            least=least,
            most=most,
            precedents=tuple(spans),
            first=first,
            last=last,
        )
        return made if made.end >= self.as_of else None

    def _span(self, precedent: str, rhythm: Rhythm) -> tuple[int, int] | None:
        """From how many to how many days after the last day of the one step the other came in a proceeding."""
        steps = self.known[precedent]
        step, anchor = steps.get(rhythm.step), steps.get(rhythm.after)
        if step is None or anchor is None:
            return None
        first, last, start = step.first, step.last, anchor.last
        if first is None or last is None or start is None:
            return None
        return (first - start).days, (last - start).days


def proceedings(premises: Premises) -> Proceedings:
    """Where each proceeding stands at the end of the day; one of which nothing is known yet does not exist."""
    practice, law = _Practice(premises.known, premises.as_of), premises.law
    found = (
        ProceedingState(
            id=each.id,
            title=each.title,
            jurisdiction=each.jurisdiction,
            actor=law.actor(each.actor).name,
            authority=each.authority,
            citation=each.citation,
            steps=steps,
        )
        for each in premises.record.proceedings
        if (steps := practice.steps(each))
    )
    return Proceedings(
        as_of=premises.as_of,
        known_on=premises.known_on,
        verified_on=premises.verified_on,
        proceedings=tuple(found),
    )
