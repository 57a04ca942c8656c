"""What assumptions change: the deadlines that appear, move and vanish against the record alone, each with its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from review_clock.deadlines.changes import Change
from review_clock.deadlines.deadline import Deadline
from review_clock.files import HIDDEN, MaybeText, Texts
from review_clock.law.acts_and_lapses import Party
from review_clock.scenarios.assume import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What made a difference.

    `kind` is `assumption` (`line` says it), `silence` (a joint review taken as held and concluded `on` that day),
    `recorded` (the record's `entry` of a day after the one asked for, on which the assumptions rest), `set_aside` (the
    record's `entry`, which a counterfactual scenario leaves out) or `record_left` (what is recorded from `on` on, left
    out as a whole). `by` is the name of the entry's act in data (or `announced`), `party` whose it is, `day` its day.
    """

    kind: str
    on: date
    line: MaybeText = ""
    entry: MaybeText = ""
    by: str = field(default="", metadata=HIDDEN)
    party: Party | None = field(default=None, metadata=HIDDEN)
    day: date | None = field(default=None, metadata=HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What assumptions do to one deadline against the record alone: `appears`, `moves`, `vanishes`; and its cause.

    `day_is` says how its day is known, that before where it vanishes.
    """

    what: str
    id: str
    title: Texts
    before: date | None
    after: date | None
    day_is: str
    kind: str
    caused_by: Cause | None


def differences(
    recorded: Iterable[Deadline], assumed: Iterable[Deadline], under: Scenario | None = None
) -> tuple[Difference, ...]:
    """The deadlines of `assumed` that are not where `recorded` has them, in the order of their dates.

    `under` is the scenario that was assumed: without it a change that only the record's cut explains has no cause.
    """
    recorded, assumed = tuple(recorded), tuple(assumed)
    before, after = _standing(recorded), _standing(assumed)
    ever = {deadline.id: deadline for deadline in assumed}
    found = []
    for identity in {**before, **after}:
        old, new = before.get(identity), after.get(identity)
        if old is not None and new is not None and old.date == new.date:
            continue
        shown = new or old
        assert shown is not None
        found.append(
            Difference(
                what="appears" if old is None else "vanishes" if new is None else "moves",
                id=shown.id,
                title=shown.title,
                before=old.date if old else None,
                after=new.date if new else None,
                day_is=shown.day_is,
                kind=shown.kind,
                caused_by=_by_an_assumption(ever.get(identity)) or _by_the_cut(old, under) or _by_the_record(shown),
            )
        )
    return tuple(sorted(found, key=lambda d: (d.after or d.before or date.max, d.id)))


def _standing(deadlines: Iterable[Deadline]) -> Mapping[str, Deadline]:
    return {d.id: d for d in deadlines if d.certainty != "superseded" and not _only_under_another_reading(d)}


def _only_under_another_reading(deadline: Deadline) -> bool:
    return deadline.condition is not None and bool(deadline.condition.reading)


def _by_an_assumption(assumed: Deadline | None) -> Cause | None:
    """The assumption that changed it last, if one did."""
    for change in reversed(assumed.changes if assumed else ()):
        if change.origin in ("assumed", "silence"):
            kind = "silence" if change.origin == "silence" else "assumption"
            return Cause(kind=kind, on=change.on, line=change.said)
    return None


def _by_the_record(shown: Deadline) -> Cause | None:
    """The entry that changed it last, where the day asked for lies before the record's end."""
    last = shown.changes[-1] if shown.changes else None
    return _of_change("recorded", last) if last is not None and last.entry else None


def _of_change(kind: str, change: Change) -> Cause:
    return Cause(kind=kind, on=change.on, entry=change.entry, by=change.by, party=change.party, day=change.on)


def _by_the_cut(recorded: Deadline | None, under: Scenario | None) -> Cause | None:
    """What the scenario leaves out of the record: what last changed the deadline of it, else all of it."""
    if recorded is None or under is None or under.departs_on is None:
        return None
    aside = {row.id for row in under.aside}
    for change in reversed(recorded.changes):
        if change.entry in aside:
            return _of_change("set_aside", change)
    return Cause(kind="record_left", on=under.departs_on)
