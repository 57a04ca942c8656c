"""What moved what: which act of the record made a deadline, moved it, or removed it.

The deadlines before an act are those of the acts that went before it, projected in silence. So supersession is not
decided anywhere: an extension in 2029 removes the annual reviews of 2030 to 2035 because they are no longer there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.resolve import Dated, OncePerReading, resolve
from review_clock.files import MaybeText
from review_clock.law.acts_and_lapses import Act, Note, Party, StatedPosition, name_of
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.record.ledger import Record
from review_clock.timeline.chronology import origin_of
from review_clock.timeline.unfold import timeline

_WITHOUT_EFFECT: Final = (StatedPosition, Note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an act did to a deadline: `appeared`, `moved` or `vanished`, with its day before and after.

    `by` is the act's name in data, `on` its day, `party` whose it is. `origin` is `recorded` (then `entry` is the
    record's), `assumed` (then `said` is the line) or `silence` (a review taken as held and concluded).
    """

    what: str
    by: str
    on: date
    party: Party | None
    origin: str
    entry: MaybeText
    said: MaybeText
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Revisions:
    """Each deadline's changes in order, and as it last stood before it vanished, by id."""

    changes: Mapping[str, tuple[Change, ...]]
    last: Mapping[str, Dated]


def _change(act: Act, before: date | None, after: date | None) -> Change:
    origin, entry, said = origin_of(act)
    return Change(
        what="appeared" if before is None else "vanished" if after is None else "moved",
        by=name_of(type(act)),
        on=act.on,
        party=getattr(act, "party", None),
        origin=origin,
        entry=entry,
        said=said,
        before=before,
        after=after,
    )


def revisions(
    acts: tuple[Act, ...], law: Law, record: Record, readings: Readings, only: frozenset[str] | None = None
) -> Revisions:
    """The revisions of every deadline that ever stood under `acts`, in their order; of some rules `only`."""
    changes: dict[str, list[Change]] = {}
    last: dict[str, Dated] = {}
    previous: dict[str, date] = {}
    days_of = OncePerReading()
    effective = [act for act in acts if not isinstance(act, _WITHOUT_EFFECT)]
    for place, act in enumerate(effective, 1):
        resolved = resolve(timeline(effective[:place], readings), law, record, only, days_of)
        now = {identity: dated.day for identity, dated in resolved.items()}
        for identity in {**previous, **now}:
            before, after = previous.get(identity), now.get(identity)
            if before != after:
                changes.setdefault(identity, []).append(_change(act, before, after))
        previous = now
        last.update(resolved)
    return Revisions(changes={identity: tuple(each) for identity, each in changes.items()}, last=last)
