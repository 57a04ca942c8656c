"""What moved what: which act, or amendment of a text, made a deadline, moved it, made it surer or less, or removed it.

The deadlines before an act are those of the acts that went before it, projected in silence. So supersession is not
decided anywhere: an extension in 2029 removes the annual reviews of 2030 to 2035 because they are no longer there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from review_clock.deadlines.changes import AMENDMENT, RETRACTED, Change
from review_clock.deadlines.resolve import Dated, OncePerReading
from review_clock.law.acts_and_lapses import Act, Note, StatedPosition, name_of
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.counting import ONE_DAY
from review_clock.law.law import Law
from review_clock.law.rules import Rule
from review_clock.questions.premises import Premises
from review_clock.questions.resolved import resolved
from review_clock.record.entries import Announced, Entry, Retraction
from review_clock.record.held import held_on
from review_clock.record.own_case import OwnCase
from review_clock.record.proceeding import Proceeding
from review_clock.timeline.chronology import origin_of
from review_clock.timeline.unfold import timeline, without_running_notices

_WITHOUT_EFFECT: Final = (StatedPosition, Note)


@dataclass(frozen=True, slots=True)
class Revisions:
    """Each deadline's changes in order, and as it last stood before it vanished, by id."""

    changes: Mapping[str, tuple[Change, ...]]
    last: Mapping[str, Dated]

    def removed(self, identity: str) -> bool:
        """Whether the last that was done to it is that it was removed."""
        return any(change.what == "vanished" for change in self.changes.get(identity, ())[-1:])


def _what(before: Dated | None, after: Dated | None, known: bool) -> str:
    if before is None:
        return "revived" if known else "appeared"
    if after is None:
        return "vanished"
    if before.day != after.day:
        return "moved"
    if before.certainty != after.certainty:
        return "certainty"
    return "day_set" if (before.day_is, after.day_is) == ("inferred", "set") else ""


def _change(what: str, act: Act, before: Dated | None, after: Dated | None, entries: Mapping[str, Entry]) -> Change:
    origin, entry, said = origin_of(act)
    behind = entries.get(entry)
    return Change(
        what=what,
        by=name_of(type(act)),
        on=act.on,
        party=getattr(act, "party", None),
        origin=origin,
        entry=entry,
        said=said,
        before=before.day if before else None,
        after=after.day if after else None,
        was=before.certainty if before else "",
        became=after.certainty if after else "",
        source=behind.sources[0].title if behind else "",
    )


def _announcement(row: Announced | OwnCase, was: Announced | OwnCase | None, day: date, certainty: str) -> Change:
    return Change(
        what="moved" if was else "appeared",
        by="case" if isinstance(row, OwnCase) else "announced",
        on=row.known_on,
        party=None,
        origin="recorded",
        entry=row.id,
        said="",
        before=was.on if was else None,
        after=day,
        was=certainty if was else "",
        became=certainty,
        source=row.sources[0].title if row.sources else "",
    )


def _made_by(found: Dated, act: Act, marks: Mapping[str, Entry]) -> Act:
    """What made a date: the entry from which it is counted, where that is not an act under Chapter 34."""
    marked = marks.get(found.anchor)
    return marked.act if marked is not None else act


def _amended(day: date, before: Dated | None, after: Dated | None, what: str, law: Law) -> Change:
    """What the amendments that became known on `day` did to a deadline."""
    touched = after or before
    rule = touched.rule if touched is not None else None
    of = {rule.id, rule.after} if isinstance(rule, Rule) else set()
    cites = [cite for each in law.amendments if each.known_on == day and each.of in of for cite in each.authority]
    return Change(
        what=what,
        by=AMENDMENT,
        on=day,
        party=None,
        origin="law",
        entry="",
        said="",
        before=before.day if before else None,
        after=after.day if after else None,
        was=before.certainty if before else "",
        became=after.certainty if after else "",
        source="; ".join(dict.fromkeys(cites)),
    )


def _causes(premises: Premises) -> Iterator[tuple[Act | date, tuple[Act, ...], Law]]:
    """What may have moved a deadline, in order: each act with effect, and each day on which an amendment became known;
    with the acts to then, and the law as it was known then. An amendment comes before the acts of its day."""
    effective = tuple(act for act in premises.acts if not isinstance(act, _WITHOUT_EFFECT))
    days = sorted({each.known_on for each in premises.law.amendments})
    law = premises.law.as_known_on(days[0] - ONE_DAY) if days else premises.law
    place = 0
    for day in days:
        while place < len(effective) and effective[place].on < day:
            place += 1
            yield effective[place - 1], effective[:place], law
        law = premises.law.as_known_on(day)
        yield day, effective[:place], law
    for last in range(place + 1, len(effective) + 1):
        yield effective[last - 1], effective[:last], law


def _stages(premises: Premises, only: frozenset[str] | None) -> Iterator[tuple[Act | date, dict[str, Dated]]]:
    """After each act with effect, and each amendment, the dates as they then stood; those announced, and those of a
    case, are left out."""
    record, days_of = replace(premises.known, announced=(), cases=()), OncePerReading()
    for cause, acts, law in _causes(premises):
        line = timeline(acts, premises.readings)
        spare = without_running_notices(line, acts, premises.as_of)
        yield cause, resolved(line, spare, law, record, only, days_of)


def _had_passed(before: Dated | None, act: Act | date, as_of: date) -> bool:
    """Whether a date is past that was over before an act: what was owed no later act takes away."""
    return before is not None and not isinstance(act, date) and before.day < min(act.on, as_of)


def revisions(premises: Premises, now: Mapping[str, Dated], only: frozenset[str] | None = None) -> Revisions:
    """The revisions of every deadline that ever stood, in their order; of some rules `only`. `now` are the dates of the
    question."""
    entries, marks = premises.base.by_id(), premises.known.marks()
    changes: dict[str, list[Change]] = {}
    last: dict[str, Dated] = {}
    previous: dict[str, Dated] = {}
    for act, then in _stages(premises, only):
        for identity in {**previous, **then}:
            before, after = previous.get(identity), then.get(identity)
            what = _what(before, after, identity in last)
            if not what or (what == "vanished" and _had_passed(before, act, premises.as_of)):
                continue
            if isinstance(act, date):
                made = _amended(act, before, after, what, premises.law)
            else:
                maker = _made_by(after, act, marks) if what == "appeared" and after else act
                made = _change(what, maker, before, after, entries)
            changes.setdefault(identity, []).append(made)
        previous = then
        last.update(then)
    _add_announced(premises, now, changes, last)
    _add_taken_back(premises, only, changes, last)
    in_order = {identity: tuple(sorted(each, key=lambda change: change.on)) for identity, each in changes.items()}
    return Revisions(changes=in_order, last=last)


def _add_announced(
    premises: Premises, now: Mapping[str, Dated], changes: dict[str, list[Change]], last: dict[str, Dated]
) -> None:
    """Add the dates announced, those of cases, and a user's own that hang on them, each on the day it became known."""
    known: tuple[Announced | OwnCase, ...] = (*premises.known.announced, *premises.known.cases)
    rows = {row.id: row for row in known}
    again = sorted(premises.known.announced, key=lambda other: other.known_on)
    for identity, each in now.items():
        row = rows.get(each.counted.steps[0].ref)
        if row is not None:
            before = [other for other in again if other.deadline == identity and other is not row]
            changes[identity] = [
                _announcement(other, was, each.day if other is row else other.on, each.certainty)
                for was, other in pairwise((None, *before, row))
                if other is not None and (was is None or was.on != other.on)  # said again is not moved
            ]
            last[identity] = each


def _around(
    premises: Premises, retraction: Retraction, only: frozenset[str] | None
) -> tuple[dict[str, Dated], dict[str, Dated]]:
    """The dates on the day an entry was taken back, as they stood before that and after it; none where that cannot be
    said any more. What comes later is not the retraction's doing."""
    around = []
    for without in (retraction, None):
        held = held_on(premises.base, retraction.on, without=without).as_known_on(premises.as_of)
        try:
            line = timeline(held.acts, premises.readings)
        except NotProvidedFor:
            return {}, {}
        spare = without_running_notices(line, held.acts, retraction.on)
        around.append(resolved(line, spare, premises.law, held, only))
    return around[0], around[1]


def _add_taken_back(
    premises: Premises, only: frozenset[str] | None, changes: dict[str, list[Change]], last: dict[str, Dated]
) -> None:
    """Add what each retraction did: the dates that rested on the entry fell away, moved back, or stand again. None
    rests on how a proceeding was declared."""
    for retraction in (each for each in premises.known.retractions if not isinstance(each.row, Proceeding)):
        then, since = _around(premises, retraction, only)
        for identity in {**then, **since}:
            before, after = then.get(identity), since.get(identity)
            if before is None or after is None or before.day != after.day:
                changes.setdefault(identity, []).append(_retracted(retraction, before, after))
                if before is not None:
                    last.setdefault(identity, before)


def _retracted(retraction: Retraction, before: Dated | None, after: Dated | None) -> Change:
    return Change(
        what="vanished" if after is None else "revived" if before is None else "moved",
        by=RETRACTED,
        on=retraction.on,
        party=None,
        origin="recorded",
        entry=retraction.id,
        said="",
        before=before.day if before else None,
        after=after.day if after else None,
        was=before.certainty if before else "",
        became=after.certainty if after else "",
        source=retraction.reason,
    )
