"""The page of the open points: the readings, the default and why, who holds which, and the dates each moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.deadlines.deadline import Deadline
from review_clock.law.readings import Reading, Supporter, catalogue
from review_clock.site.material import Answers
from review_clock.site.rendering import rendered
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One reading of a point: who holds it, and the deadlines it moves, each to its date or to none."""

    name: str
    is_default: bool
    is_chosen: bool
    supporters: tuple[Supporter, ...]
    moves: tuple[tuple[Deadline, date | None], ...]


def _value(point: Reading, name: str, answer: Answers) -> Value:
    moved = [
        (each, other.day)
        for each in answer.deadlines
        for other in each.others
        if (other.key, other.value) == (point.key, name)
    ]
    return Value(
        name=name,
        is_default=name == point.default,
        is_chosen=name == answer.readings[point.key],
        supporters=tuple(each for each in point.supporters if each.value == name),
        moves=tuple(moved),
    )


def readings_page(answer: Answers, words: Wording) -> bytes:
    """Each open point, R1 to R17."""
    points = [(point, [_value(point, name, answer) for name in point.values]) for point in catalogue()]
    return rendered("readings.html", answer, words, "readings.html", points=points).encode("utf-8")
