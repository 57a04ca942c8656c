"""What moved what: which act of the record made a deadline, moved it, or removed it.

The deadlines before an act are those of the acts that went before it, projected in silence. So supersession is not
decided anywhere: an extension in 2029 removes the annual reviews of 2030 to 2035 because they are no longer there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.resolve import Dated, resolve
from review_clock.law.acts_and_lapses import Act, Note, StatedPosition
from review_clock.law.readings import Readings
from review_clock.record.ledger import Record
from review_clock.timeline.unfold import timeline

_WITHOUT_EFFECT: Final = (StatedPosition, Note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an act did to a deadline: `appeared`, `moved` or `vanished`, with its day before and after."""

    act: Act
    what: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Revisions:
    """Each deadline's changes in order, and as it last stood before it vanished, by id."""

    changes: Mapping[str, tuple[Change, ...]]
    last: Mapping[str, Dated]


def revisions(acts: tuple[Act, ...], record: Record, readings: Readings) -> Revisions:
    """The revisions of every deadline that ever stood under `acts`, in their order."""
    changes: dict[str, list[Change]] = {}
    last: dict[str, Dated] = {}
    previous: dict[str, date] = {}
    effective = [act for act in acts if not isinstance(act, _WITHOUT_EFFECT)]
    for place, act in enumerate(effective, 1):
        resolved = resolve(timeline(effective[:place], readings), record)
        now = {identity: dated.day for identity, dated in resolved.items()}
        for identity in {**previous, **now}:
            before, after = previous.get(identity), now.get(identity)
            if before != after:
                what = "appeared" if before is None else "vanished" if after is None else "moved"
                changes.setdefault(identity, []).append(Change(act=act, what=what, before=before, after=after))
        previous = now
        last.update(resolved)
    return Revisions(changes={identity: tuple(each) for identity, each in changes.items()}, last=last)
