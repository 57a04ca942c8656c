"""The points that the texts leave open, as a question reads them, with the dates that each other reading moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from review_clock.deadlines.deadline import Deadline, Other
from review_clock.law.readings import Reading
from review_clock.questions.premises import Premises


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """A reading, the value chosen, and the deadlines that its other values move, each with its date under them."""

    reading: Reading
    chosen: str
    moves: tuple[tuple[Deadline, Other], ...]

    def moved_by(self, value: str) -> tuple[tuple[Deadline, Other], ...]:
        """The deadlines that one of its values moves."""
        return tuple(move for move in self.moves if move[1].reading == f"{self.reading.key}={value}")


def open_points(premises: Premises, deadlines: Iterable[Deadline]) -> tuple[OpenPoint, ...]:
    """Every point in its order, with what it moves among the `deadlines` of the question."""
    found = tuple(deadlines)
    return tuple(
        OpenPoint(
            reading=point,
            chosen=premises.readings[point.key],
            moves=tuple(
                (each, other)
                for each in found
                for other in each.other_readings
                if other.reading.partition("=")[0] == point.key
            ),
        )
        for point in premises.law.readings
    )
