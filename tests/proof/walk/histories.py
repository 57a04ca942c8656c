"""How many histories there are: every choice on every day of the walk, doing nothing among them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from heapq import heappop, heappush

from tests.proof.walk.positions import Place, Walk, years_on

At = tuple[int, int]
"""A place by its number, and how many years after it was first reached."""


def counted(walk: Walk) -> tuple[int, int]:
    """The histories to the end of the walk's last year, and the positions that they go through, each with its own days.

    Parties that stand alike are not told apart: a history is one whichever of them it was that acted.
    """
    last = date(walk.horizon, 12, 31)
    here: defaultdict[At, int] = defaultdict(int)
    ahead: list[tuple[date, bool, int, int, int]] = []
    ways = {place.number: sorted(place.ways, key=lambda way: (way.day, way.acts)) for place in walk.places}
    places: list[Place] = walk.places

    def wait(at: At, after: int) -> None:
        if after < len(ways[at[0]]):
            way = ways[at[0]][after]
            heappush(ahead, (years_on(way.day, at[1]), way.acts, *at, after))

    here[0, 0] = 1
    wait((0, 0), 0)
    while ahead and ahead[0][0] <= last:
        _, acts, number, years, k = heappop(ahead)
        way, count = ways[number][k], here[number, years]
        there = way.to.number, (years + way.years if places[way.to.number].position.in_force else 0)
        if there not in here:
            here[there] = 0
            wait(there, 0)
        here[there] += count
        if not acts:
            here[number, years] = 0
        wait((number, years), k + 1)
    return sum(here.values()), len(here)
