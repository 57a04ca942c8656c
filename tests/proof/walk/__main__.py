"""The exhaustive walk to 2100 (by February's days to 2076): prints the counts of each walk, and of all.

    python -m tests.proof.walk

CI's walks under each reading alone, further and with more asked; under the defaults by more days of a year, more acts
of one day and all kinds of acts together; and CI's walks under every pair of readings.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import combinations

from tests.proof.test_walk import HORIZON, WALKED, tasks
from tests.proof.walk.acts import EVERY, LEAVING, MEETING, Year
from tests.proof.walk.proved import Task, proved

LAST = 2100
BEFORE_2100 = 2076
"""How far the walks by February's days go: 2100 is no leap year, and no term that begins by then reaches it."""
MORE = (
    Year("leaving and confirming, three acts a day", ((7, 1),), LEAVING, at_once=3),
    Year("meeting and confirming, two acts a day", ((7, 1),), MEETING, at_once=2),
    Year("leaving and confirming, on 1 July and 31 December", ((7, 1), (12, 31)), LEAVING, at_once=1),
    Year("leaving and confirming, on 29 February and 31 August", ((2, 29), (8, 31)), LEAVING, 1, alike_after=4),
    Year("meeting and confirming, on 29 February and 1 March", ((2, 29), (3, 1)), MEETING, 1, alike_after=4),
    Year("all acts", ((7, 1),), EVERY, at_once=1),
)


def to_the_last(task: Task, **more: int) -> Task:
    """A walk of CI, to 2100 where it is not one of very many positions."""
    return replace(task, horizon=LAST if task.horizon == HORIZON else task.horizon, **more)


def every_task() -> Iterator[Task]:
    """The walks of the proof, in turn."""
    for reading in WALKED:
        yield from (to_the_last(task, tried_at=4, answered=8) for task in tasks(reading))
    for year in MORE:
        yield Task(year, (), BEFORE_2100 if year.alike_after > 1 else LAST, tried_at=4, answered=8)
    for one, other in combinations(WALKED[1:], 2):
        if one.partition("=")[0] != other.partition("=")[0]:
            yield from (to_the_last(task, tried_at=64, answered=64, compared=64) for task in tasks(one, other))


def _said(counts: Counter[str]) -> str:
    return ", ".join(f"{n:,} {what}" if n < 10**12 else f"10^{len(str(n)) - 1} {what}" for what, n in counts.items())


def main() -> None:
    """Walk; the first disagreement ends it."""
    started, total, walks = time.monotonic(), Counter[str](), list(every_task())
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for task, counts in zip(walks, pool.map(proved, walks), strict=True):
            print(f"{task.name}: {_said(counts)}", flush=True)
            total.update(counts)
    readings = len({task.readings for task in walks})
    del total["dates"]  # those of one walk are those of another
    print(f"all: {len(walks)} walks, {readings} sets of readings, {_said(total)}; {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
