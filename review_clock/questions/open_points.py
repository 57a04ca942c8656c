"""The points that the texts leave open, as a question reads them, with the dates that each other reading moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from review_clock.deadlines.deadline import Deadline, Other
from review_clock.law.readings import Reading
from review_clock.questions.premises import Premises


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """A reading, the value chosen, and the deadlines that its other values move, each with its date under them.

    `opens` are those that one of its values puts on a day that is unknown, or lets stand at all, by that value.
    """

    reading: Reading
    chosen: str
    moves: tuple[tuple[Deadline, Other], ...]
    opens: tuple[tuple[Deadline, str], ...]

    def moved_by(self, value: str) -> tuple[tuple[Deadline, Other], ...]:
        """The deadlines that one of its values moves."""
        return tuple(move for move in self.moves if move[1].reading == f"{self.reading.key}={value}")

    def opened_by(self, value: str) -> tuple[Deadline, ...]:
        """The deadlines that one of its values opens."""
        return tuple(deadline for deadline, by in self.opens if by == value)


def _opening(deadline: Deadline) -> tuple[str, ...]:
    """The readings, each `KEY=VALUE`, that open a deadline ahead."""
    if not deadline.is_ahead:
        return ()
    return deadline.open_under if deadline.condition is None else (*deadline.open_under, deadline.condition.reading)


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
            opens=tuple(
                (each, by.partition("=")[2])
                for each in found
                for by in _opening(each)
                if by.partition("=")[0] == point.key
            ),
        )
        for point in premises.law.readings
    )
