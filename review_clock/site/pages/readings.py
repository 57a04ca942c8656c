"""The page of the open points: the readings, the default and why, who holds which, and the dates each moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.deadlines.deadline import Deadline
from review_clock.law.readings import Supporter
from review_clock.questions.open_points import OpenPoint
from review_clock.site.material import Material
from review_clock.site.rendering import rendered
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One reading of a point: who holds it, the deadlines it moves, each to its date or to none, and those it opens."""

    name: str
    is_default: bool
    is_chosen: bool
    supporters: tuple[Supporter, ...]
    moves: tuple[tuple[Deadline, date | None], ...]
    opens: tuple[Deadline, ...]


def _value(point: OpenPoint, name: str) -> Value:
    return Value(
        name=name,
        is_default=name == point.reading.default,
        is_chosen=name == point.chosen,
        supporters=tuple(each for each in point.reading.supporters if each.value == name),
        moves=tuple((deadline, other.date) for deadline, other in point.moved_by(name)),
        opens=point.opened_by(name),
    )


def readings_page(material: Material, words: Wording) -> bytes:
    """Each open point, R1 to R17."""
    points = [(p.reading, [_value(p, name) for name in p.reading.values]) for p in material.question.open_points]
    return rendered("readings.html", material, words, "readings.html", points=points).encode("utf-8")
