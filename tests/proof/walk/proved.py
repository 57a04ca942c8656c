"""A walk with all that is asked at its positions, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.frozen import chosen
from tests.proof.walk.acts import Year
from tests.proof.walk.histories import counted
from tests.proof.walk.invariants import Case, wrong
from tests.proof.walk.positions import Disagreement, Walk
from tests.proof.walk.same import differences


@dataclass(frozen=True)
class Task:
    """What to walk: by the acts and the days of `year`, under readings `KEY=VALUE`, to the end of `horizon`.

    Every act is tried at each `tried_at`-th position, the answer asked at each `answered`-th, and at each
    `answered * whole`-th its deadlines and other readings; histories are compared at each `compared`-th.
    """

    year: Year
    readings: tuple[str, ...]
    horizon: int
    tried_at: int = 24
    answered: int = 24
    whole: int = 20
    compared: int = 12

    @property
    def name(self) -> str:
        """In one line."""
        return f"{self.year.name}, {' '.join(self.readings) or 'the defaults'}, to {self.horizon}"


def proved(task: Task) -> Counter[str]:
    """The counts of a walk on which everything held. Raises `Disagreement` at the first position where it does not."""
    walk = Walk(task.year, chosen(task.readings), task.horizon, task.tried_at).go()
    reached, counts = walk.reached, Counter[str]()
    for place in reached:
        if place.number % task.answered == 0:
            whole = place.number % (task.answered * task.whole) == 0
            case = Case(place.history(), place.position, place.state, walk.readings, whole)
            _all_right(wrong(case), task, case.history)
            counts["answers"] += 1
        if place.number % task.compared == 0:
            for other in place.others:
                _all_right(differences(walk, place, other, Random(place.number)), task, place.history(), other[1])
                counts["histories compared with one that is the same"] += 1
    histories, dated = counted(walk)
    counts.update({"distinct positions": len(reached), "positions with their days": dated, "histories": histories})
    counts.update({"transitions": walk.transitions, "refusals": walk.refusals, "dates": len(walk.dates)})
    return counts


def _all_right(found: Sequence[str], task: Task, *told: object) -> None:
    if found:
        raise Disagreement(f"{task.name}: {'; '.join(found)} after {told}")
