"""One history after another, drawn by chance: Chapter 34 under the default readings, written out by hand.

It knows years, not dates: reviews on 1 July, notices on 1 October, departures on 1 April. Nothing here is taken from
the program, so that the two can be held against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random


@dataclass
class Drawn:
    """What became of one history: the years of the first extension and of the end, and how long each was bound."""

    extended: int | None = None
    ended: int | None = None
    cause: str = ""
    left: dict[str, int] = field(default_factory=dict)


def draw(chance: Random, confirm: Mapping[str, float], withdraw: Mapping[str, float], horizon: int) -> Drawn:
    """One history from 23 November 2026 to the end of `horizon`."""
    bound, leaving, confirmed = set(confirm), set[str](), set[str]()
    term_end, next_review, annual = 2036, 2027, True
    drawn = Drawn()
    for year in range(2027, horizon + 1):
        for party in leaving:
            drawn.left[party] = year
        bound -= leaving
        confirmed -= leaving
        if len(bound) < 2:
            drawn.ended, drawn.cause = year, "ended_by_withdrawal"
            return drawn
        if year == term_end:
            drawn.ended, drawn.cause = year, "expired"
            return drawn
        if annual or year == next_review:
            all_before = bound <= confirmed
            asked = bound if all_before else bound - confirmed
            now = {party for party in sorted(asked) if chance.random() < confirm[party]}
            confirmed |= now
            if now if all_before else bound <= confirmed:
                term_end, next_review, annual, confirmed = year + 16, year + 6, False, set()
                drawn.extended = drawn.extended or year
            else:
                annual = True
        leaving = {party for party in sorted(bound) if chance.random() < withdraw[party]}
    return drawn
