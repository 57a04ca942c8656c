"""Every future that the law allows, as a tree that is folded: its first occasions in full, and by year the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.files import Phrase
from review_clock.futures.choices import (
    Asked,
    Choice,
    Occasions,
    Turn,
    asked,
    at_review,
    concluded,
    first_review,
    for_notices,
    next_occasion,
    time_passes,
)
from review_clock.futures.equivalence import Matters, what_matters
from review_clock.futures.start import NothingAhead, Start, beginning, checked_horizon
from review_clock.futures.walk import Futures, Weigher
from review_clock.futures.weights import Weight
from review_clock.futures.worlds import World
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import ENDED, Phase, Position
from review_clock.law.readings import Readings
from review_clock.questions.premises import Premises

Made = tuple[tuple[Party, Choice], ...]
"""What the Parties that had a choice chose on one occasion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A Position at the end of a day of choice; `histories` is the number of different ways that lead to it.

    `id` is the layer's number and its own place in it. An ended Agreement has neither Parties nor days.
    """

    id: str
    phase: Phase
    parties: tuple[Party, ...]
    confirmed: tuple[Party, ...]
    leaving: tuple[tuple[Party, date], ...]
    term_end: date | None
    next_review: date | None
    histories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The choices that lead from one node to one of the next layer: each of `made` is one way."""

    start: str
    end: str
    made: tuple[Made, ...]
    histories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A day of choice: the Positions at its end, and what led to each. `review` and `notices` say which choices."""

    day: date
    review: bool
    notices: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def histories(self) -> int:
        """The number of different histories to the end of the day."""
        return sum(node.histories for node in self.nodes)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfFutures:
    """The end of a year: the number of Positions, and of histories, those that ended counted in.

    `extended` counts the histories in which the term was extended at least once, `ended` those that ended, by cause.
    """

    year: int
    positions: int
    histories: int
    in_force: int
    extended: int
    ended: tuple[tuple[Phase, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """The answer of `explore`. `free` are the Parties whose choices are open; the others confirm and stay."""

    start: Start
    occasions: Occasions
    free: tuple[Party, ...]
    horizon: int
    layers: tuple[Layer, ...]
    years: tuple[YearOfFutures, ...]

    @property
    def histories(self) -> int:
        """The number of different histories to the end of the horizon's year."""
        return self.years[-1].histories


_STEADY: Final = (Choice.CONFIRMS_AGAIN, Choice.CONFIRMS, Choice.STANDS, Choice.GIVES_NO_NOTICE)


class Freely:
    """All for each choice of a Party of `free`; the others confirm, let it stand, and give no notice."""

    def __init__(self, free: Sequence[Party]) -> None:
        self._free = free

    def weigh(
        self, weight: Weight, party: Party, menu: Sequence[Choice], _day: date, _world: World
    ) -> Sequence[Weight]:
        """As many for each choice as there were."""
        if party in self._free:
            return [weight] * len(menu)
        steady = next((choice for choice in _STEADY if choice in menu), None)
        return [weight if choice is steady else 0 for choice in menu]

    def may(self, _choice: Choice, party: Party, _day: date) -> bool:
        """Whether its choices are open."""
        return party in self._free

    def era(self, _day: date) -> int:
        """Choices are counted alike on every day."""
        return 0


def _free(names: Sequence[str], start: Start) -> list[Party]:
    """The Parties named, all who are bound where none is. Raises `NothingAhead` for one that is not bound."""
    bound = start.position.parties
    for name in names:
        if name.upper() not in bound:
            known = "is not bound" if name.upper() in tuple(Party) else "is not a Party"
            accepted = ", ".join(sorted(party.lower() for party in bound))
            wrong = Phrase(f"--parties {{name!r}} {known} on {{day}}", name=name.lower(), day=start.as_of)
            raise NothingAhead(wrong, accepted)
    return sorted({Party(name.upper()) for name in names}) or sorted(bound)


def explore(
    premises: Premises, *, parties: Sequence[str] = (), depth: int = 1, horizon: int = 2060, notice_on: str = "10-01"
) -> Exploration:
    """Every future that the law allows: the first `depth` days of choice in full, counts to the year `horizon`.

    The choices of `parties` (us, ca, mx; all who are bound where none is named) are open; the others confirm and give
    no notice. A notice may come on one day a year, `MM-DD`. `layers` are the positions and the choices between them,
    `years` the counts. Raises `NothingAhead`, `NotADayOfEveryYear`. Authority: Art. 34.6, Art. 34.7.
    """
    begin = beginning(premises)
    return explored(begin, Occasions.on(notice_on), _free(parties, begin), depth, checked_horizon(horizon, begin))


def explored(start: Start, occasions: Occasions, free: Sequence[Party], depth: int, horizon: int) -> Exploration:
    """The first `depth` days of choice in full, and the counts to the end of the year `horizon`."""
    weigh = Freely(free)
    return Exploration(
        start=start,
        occasions=occasions,
        free=tuple(sorted(free)),
        horizon=horizon,
        layers=tuple(_layers(start, occasions, weigh, depth, date(horizon, 12, 31))),
        years=tuple(_years(start, occasions, weigh, horizon)),
    )


# ------------------------------------------------------------------------------------------------------- by year


def _years(start: Start, occasions: Occasions, weigh: Weigher, horizon: int) -> Iterator[YearOfFutures]:
    futures = Futures(start.position, start.as_of, start.readings, weigh, occasions)
    for year in range(start.as_of.year, horizon + 1):
        futures.advance(date(year, 12, 31))
        live = [(where, *each) for where, folded in futures.live() for each in folded.items()]
        ended = dict.fromkeys(ENDED, 0)
        extended = sum(int(weight) for where, _, weight in live if where.kept.extended)
        for (phase, was_extended), weight in futures.ended.items():
            ended[phase] += int(weight)
            extended += int(weight) if was_extended else 0
        in_force = sum(int(weight) for *_, weight in live)
        yield YearOfFutures(
            year=year,
            positions=len({(where.year, where.kept.ends, situation) for where, situation, _ in live})
            + sum(count > 0 for count in ended.values()),
            histories=in_force + sum(ended.values()),
            in_force=in_force,
            extended=extended,
            ended=tuple(ended.items()),
        )


# -------------------------------------------------------------------------------------------------- in full


@dataclass(slots=True)
class _Met:
    """A Position of a layer while the layer is made."""

    place: int
    position: Position
    histories: int


def _layers(start: Start, occasions: Occasions, weigh: Weigher, depth: int, last: date) -> Iterator[Layer]:
    readings, day = start.readings, start.as_of
    met = {what_matters(start.position, readings): _Met(0, start.position, 1)}
    yield Layer(day=day, review=False, notices=False, nodes=_nodes(0, met, readings), edges=())
    for number in range(1, depth + 1):
        days = [next_occasion(each.position, day, occasions, readings) for each in met.values()]
        day = min((found for found in days if found is not None), default=date.max)
        if day > last:
            return
        before, met, review = met, {}, False
        edges: dict[tuple[int, int], list[tuple[Made, int]]] = {}
        for held in before.values():
            arrived, due = time_passes(held.position, day, readings)
            review = review or due
            for made, after in _ways(arrived, due, day, occasions, readings, weigh):
                there = met.setdefault(what_matters(after, readings), _Met(len(met), after, 0))
                there.histories += held.histories
                edges.setdefault((held.place, there.place), []).append((made, held.histories))
        yield Layer(
            day=day,
            review=review,
            notices=occasions.is_for_notices(day),
            nodes=_nodes(number, met, readings),
            edges=tuple(_edge(number, pair, ways) for pair, ways in edges.items()),
        )


def _ways(
    position: Position, due: bool, day: date, occasions: Occasions, readings: Readings, weigh: Weigher
) -> Iterator[tuple[Made, Position]]:
    """Every combination of choices on `day`, each with the Position at its end."""
    ways: list[tuple[Made, Position]] = [((), position)]
    if occasions.is_for_notices(day):
        for party in Party:
            ways = [
                (made + more, after)
                for made, at in ways
                for more, after, _ in _taken(for_notices(at, party, day, readings), party, day, weigh)
                or [((), at, False)]
            ]
    for made, at in ways:
        if due:
            yield from _answers(made, at, asked(at), (), day, readings, weigh)
        else:
            yield made, at


def _answers(
    made: Made,
    position: Position,
    asks: tuple[Asked, ...],
    confirming: tuple[Party, ...],
    day: date,
    readings: Readings,
    weigh: Weigher,
) -> Iterator[tuple[Made, Position]]:
    """Every combination of answers of the Parties `asks` at a review, which is then concluded."""
    if not asks:
        yield made, concluded(position, confirming, day, readings)
        return
    party = asks[0].party
    for more, after, confirms in _taken(at_review(position, asks[0], day, readings), party, day, weigh):
        then = (*confirming, party) if confirms else confirming
        yield from _answers(made + more, after, asks[1:], then, day, readings, weigh)


def _taken(turns: Sequence[Turn], party: Party, day: date, weigh: Weigher) -> list[tuple[Made, Position, bool]]:
    """The choices that are followed; what was chosen is not told where there was nothing to choose."""
    if len(turns) > 1:
        weights = weigh.weigh(1, party, [choice for choice, _, _ in turns], day, 0)
        turns = [turn for turn, weight in zip(turns, weights, strict=True) if weight]
    told = len(turns) > 1
    return [(((party, choice),) if told else (), after, confirms) for choice, after, confirms in turns]


def _nodes(number: int, met: dict[Matters, _Met], readings: Readings) -> tuple[Node, ...]:
    return tuple(
        Node(
            id=f"{number}-{each.place}",
            phase=matters.phase,
            parties=tuple(sorted(matters.parties)),
            confirmed=tuple(sorted(matters.confirmed)),
            leaving=matters.leaving,
            term_end=matters.term_end,
            next_review=first_review(each.position, readings),
            histories=each.histories,
        )
        for matters, each in met.items()
    )


def _edge(number: int, pair: tuple[int, int], ways: Sequence[tuple[Made, int]]) -> Edge:
    return Edge(
        start=f"{number - 1}-{pair[0]}",
        end=f"{number}-{pair[1]}",
        made=tuple(sorted({made for made, _ in ways})),
        histories=sum(histories for _, histories in ways),
    )
