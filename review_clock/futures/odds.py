"""Questions about the future: how likely is an event, given others? Exact, by one walk over every future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final, Unpack

from review_clock.files import Error, Phrase
from review_clock.futures.events import Event, Every, NotAnEvent, happenings_of, holds, understood
from review_clock.futures.happenings import By, Seen, Watch
from review_clock.futures.outlook import sets_of_parties
from review_clock.futures.setting import Further, Given, Setting, setting
from review_clock.futures.situations import Situations
from review_clock.futures.weights import Weight
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.premises import Premises

MOST: Final = 12
"""So many different happenings may be asked about at once."""


class NeverSo(Error, ValueError):
    """A condition that no future meets: nothing can be said under it."""

    def __init__(self) -> None:
        super().__init__("--given: no future meets the condition", "a condition that can be met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """An event as it was asked for: its `chance`, and that of it `given` the condition, which is the same where there
    is none."""

    said: str
    chance: Weight
    given: Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Setting):
    """The answer of `odds`: the setting, the conditions as they were said, the chance that they all hold, and the
    odds of each event asked for."""

    conditions: tuple[str, ...]
    condition: Weight
    odds: tuple[Odds, ...]


def odds(
    premises: Premises, *, ask: Sequence[str], given: Sequence[str] = (), confirm: Given = (), **others: Unpack[Further]
) -> Asked:
    """How likely each event of `ask` is, and how likely given that all of `given` hold.

    An event is said in words: `us gives notice by 2030-12-31`, `not extended by 2030-12-31 and all bound on 2040-01-01`
    (see `EVENTS`). For the chances, and what else may be said, see `setting`. Raises `NotAnEvent`, `NeverSo` for a
    condition whose chance is 0, and what `outlook` raises. Authority: Art. 34.6, Art. 34.7.
    """
    return odds_under(setting(premises, confirm=confirm, **others), ask, given)


def odds_under(under: Setting, ask: Sequence[str], given: Sequence[str] = ()) -> Asked:
    """The odds of the events said, under a setting."""
    condition, found, whole = Every(tuple(events_of(under, given))), list[Odds](), under.whole
    for group in _together(list(zip(ask, events_of(under, ask), strict=True)), condition):
        asked = [event for _, event in group]
        whole, *weights = weighed(under, [condition, *(Every((event, condition)) for event in asked), *asked])
        if not whole:
            raise NeverSo
        for (said, _), part, each in zip(group, weights, weights[len(group) :], strict=False):
            found.append(Odds(said=said, chance=under.share(each), given=share_given(part, whole, under.exact)))
    return Asked(**under.parts, conditions=tuple(given), condition=under.share(whole), odds=tuple(found))


def _together(asked: Sequence[tuple[str, Event]], condition: Event) -> Iterator[Sequence[tuple[str, Event]]]:
    """What is asked, in groups that one walk can tell: each with so few happenings as may be watched for at once."""
    group: list[tuple[str, Event]] = []
    for each in asked:
        events = [condition, each[1], *(event for _, event in group)]
        if group and len({by for event in events for by in happenings_of(event)}) > MOST:
            yield group
            group = []
        group.append(each)
    yield group


def about(under: Setting, days: Sequence[date]) -> list[str]:
    """What is asked of days where nothing is: whether it is in force, and each set of Parties that may be bound."""
    sets = [",".join(parties).lower() for parties in sets_of_parties(under.start)]
    who = ["all" if names.count(",") == len(Party) - 1 else f"only {names}" for names in sets]
    return [
        f"{what} on {day}" for day in days or [under.last] for what in ("in force", *(f"{each} bound" for each in who))
    ]


def events_of(under: Setting, said: Sequence[str]) -> list[Event]:
    """The events said, their days within the setting. Raises `NotAnEvent`."""
    return [understood(text, under.start.as_of, under.last, under.start.position.parties) for text in said]


def share_given(part: Weight, whole: Weight, exact: bool) -> Weight:
    """The share that a weight has of another."""
    share = Fraction(part) / Fraction(whole)
    return share if exact else float(share)


def watch_for(events: Sequence[Event]) -> tuple[Watch, Mapping[By, int]]:
    """What must be watched for to tell events, and the place of each happening. Raises `NotAnEvent` for too many."""
    watched = tuple(dict.fromkeys(each for event in events for each in happenings_of(event)))
    if len(watched) > MOST:
        wrong = Phrase("{n} different happenings are too many to be asked about at once", n=len(watched))
        raise NotAnEvent(wrong, Phrase("{n} at most", n=MOST))
    places = {each: place for place, each in enumerate(watched)}
    return Watch(watched, [partial(_so, event, places) for event in events]), places


def _so(event: Event, places: Mapping[By, int], seen: Seen) -> bool:
    return holds(event, lambda by: bool(seen >> places[by] & 1))


def weighed(under: Setting, events: Sequence[Event], situations: Situations | None = None) -> list[Weight]:
    """The weight of the futures in which each event holds; `situations` keeps what the law makes of each."""
    watch, places = watch_for(events)
    futures = under.futures(watch, situations)
    futures.advance(watch.last_day or under.start.as_of)
    seen = futures.seen()
    return [sum(weight for each, weight in seen.items() if _so(event, places, each)) for event in events]
