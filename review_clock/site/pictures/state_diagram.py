"""The states of the Agreement as a drawing for a page: boxes and arrows from the table that runs the machine."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from review_clock.law.acts_and_lapses import name_of
from review_clock.law.chapter_34 import Transition, moves
from review_clock.law.position import IN_FORCE, Phase
from review_clock.words.wording import Wording

WIDE: Final = 340
HIGH: Final = 406
_BOX: Final = (136, 46)
_FRAME: Final = (6, 78, 328, 212)
_PLACES: Final[Mapping[Phase, tuple[int, int]]] = {
    Phase.NOT_IN_FORCE: (102, 6),
    Phase.SIX_YEAR_CYCLE: (102, 106),
    Phase.REVIEW_OPEN: (18, 226),
    Phase.ANNUAL_REVIEWS: (186, 226),
    Phase.EXPIRED: (18, 340),
    Phase.ENDED_BY_WITHDRAWAL: (186, 340),
}
_MARKED_ABOVE: Final = (Phase.SIX_YEAR_CYCLE,)
"""Where arrows meet the lower side; the other phases are marked below their boxes."""
_PATHS: Final[Mapping[tuple[Phase | None, Phase], tuple[str, int, int]]] = {
    (Phase.NOT_IN_FORCE, Phase.SIX_YEAR_CYCLE): ("M226,52 V106", 226, 66),
    (Phase.SIX_YEAR_CYCLE, Phase.REVIEW_OPEN): ("M112,152 C92,172 62,186 54,226", 70, 186),
    (Phase.REVIEW_OPEN, Phase.SIX_YEAR_CYCLE): ("M98,226 C112,200 134,186 142,152", 128, 186),
    (Phase.REVIEW_OPEN, Phase.ANNUAL_REVIEWS): ("M154,262 H186", 170, 244),
    (Phase.ANNUAL_REVIEWS, Phase.SIX_YEAR_CYCLE): ("M262,226 C256,192 240,172 222,152", 252, 188),
    (None, Phase.EXPIRED): ("M86,290 V340", 86, 312),
    (None, Phase.ENDED_BY_WITHDRAWAL): ("M254,290 V340", 254, 312),
}
"""How each arrow runs, and where its number stands; None is the frame around the phases in which it is in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A phase: its corner, its name in lines, and whether the Agreement is in it; `mark_y` is where that is marked."""

    phase: str
    x: int
    y: int
    mark_y: int
    lines: tuple[str, ...]
    in_force: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A move from one phase to another: its number, its path, the events that make it, each with its paragraphs.

    `start` is empty for any phase in force.
    """

    number: int
    start: str
    end: str
    path: str
    x: int
    y: int
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """The drawing: its size, the size of a box, the frame of the phases in force."""

    wide: int
    high: int
    box: tuple[int, int]
    frame: tuple[int, int, int, int]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def _grouped() -> dict[tuple[Phase | None, Phase], tuple[Transition, ...]]:
    """The moves between phases; one that every phase in force makes in the same way is one move from the frame."""
    pairs = {pair: tuple(rows) for pair, rows in moves().items() if pair[0] != pair[1]}
    found: dict[tuple[Phase | None, Phase], tuple[Transition, ...]] = {}
    for (start, end), rows in pairs.items():
        alike = start in IN_FORCE and all(pairs.get((phase, end)) == rows for phase in IN_FORCE)
        found[None if alike else start, end] = rows
    return found


def _by_event(rows: Iterable[Transition]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The events of some rows by name, each with the paragraphs that provide for it."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        found.setdefault(name_of(row.on), {})[row.provision] = None
    return tuple((event, tuple(cites)) for event, cites in found.items())


def diagram(words: Wording, current: str) -> Diagram:
    """The diagram with the phase `current` marked. A move without a path drawn for it is an error, not left out."""
    boxes = tuple(
        Box(
            phase=str(phase),
            x=x,
            y=y,
            mark_y=y - 8 if phase in _MARKED_ABOVE else y + _BOX[1] + 14,
            lines=tuple(textwrap.wrap(words(f"phase.{phase}"), 17)),
            in_force=phase in IN_FORCE,
            current=phase == current,
        )
        for phase, (x, y) in _PLACES.items()
    )
    arrows = []
    grouped = sorted(_grouped().items(), key=lambda move: list(_PATHS).index(move[0]))
    for number, ((start, end), rows) in enumerate(grouped, 1):
        path, x, y = _PATHS[start, end]
        arrows.append(
            Arrow(number=number, start=str(start or ""), end=str(end), path=path, x=x, y=y, rows=_by_event(rows))
        )
    return Diagram(wide=WIDE, high=HIGH, box=_BOX, frame=_FRAME, boxes=boxes, arrows=tuple(arrows))
