"""What something comes to under readings: worked out once for all that agree in those asked for; over combinations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, TypeVar

from review_clock.law.readings import Readings

R = TypeVar("R")
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Watched(Readings):
    """Readings that note which of them were asked for."""

    asked: set[str] = field(default_factory=set, compare=False)

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return Readings.__getitem__(self, key)


class ByReadings(Generic[R]):
    """What `make` gives under readings, made once for all that agree in those it asked for."""

    def __init__(self, make: Callable[[Readings], R]) -> None:
        self._make = make
        self._made: list[tuple[tuple[tuple[str, str], ...], R]] = []

    def __call__(self, readings: Readings) -> R:
        for asked, made in self._made:
            for key, value in asked:
                if readings[key] != value:
                    break
            else:
                return made
        watched = Watched(readings.values)
        try:
            made = self._make(watched)
        finally:  # `readings` may be watched themselves: they learn what was asked, refused or not
            asked_for = tuple((key, readings[key]) for key in watched.asked)
        self._made.append((asked_for, made))
        return made


class Combinations(Generic[R]):
    """What each combination of readings gives, each worked out once.

    `result` gives None where under a combination there is no answer: an act of the list could not have been done.
    """

    def __init__(self, readings: Readings, choices: Sequence[Choice], result: Callable[[Readings], R | None]) -> None:
        self.readings, self.choices, self.under = readings, choices, ByReadings(result)

    def _moves(self, readings: Readings, choice: Choice) -> bool:
        before, after = self.under(readings), self.under(readings.but(*choice))
        return before is not None and after is not None and before is not after and before != after

    def that_matter(self) -> list[Choice]:
        """The other choices that change the result alone, or once one of another point that does is made."""
        matter = [choice for choice in self.choices if self._moves(self.readings, choice)]
        frontier = list(matter)
        while frontier:
            base = self.readings.but(*frontier.pop())
            for choice in self.choices:
                of_another = base[choice[0]] == self.readings[choice[0]]
                if choice not in matter and of_another and self._moves(base, choice):
                    matter.append(choice)
                    frontier.append(choice)
        return matter

    def all(self, matter: list[Choice]) -> list[tuple[Readings, R]]:
        """Every combination of the choices that matter that has a result, with it."""
        values: dict[str, list[str]] = {}
        for key, value in matter:
            values.setdefault(key, [self.readings[key]]).append(value)
        found = []
        for combination in product(*values.values()):
            readings = self.readings
            # `strict` finds nothing: a product has a value for each key.
            for key, value in zip(values, combination, strict=True):  # pragma: no mutate
                readings = readings.but(key, value)
            result = self.under(readings)
            if result is not None:
                found.append((readings, result))
        return found
