"""The language of `--given` and `--ask`: named events with days, joined by and, or, not.

An event is one of `EVENTS`: "us gives notice by 2030-12-31", "all bound on 2040-01-01". Whatever is so on a day is told
by what has happened by then: a Party is bound on a day if by then it has not left and the Agreement has not ended. So
each text comes to happenings by days, and to how they are joined. What happened before the futures begin counts not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from review_clock.files import Error, Phrase, nearest
from review_clock.futures.happenings import By, Happening, What
from review_clock.law.acts_and_lapses import Party


class NotAnEvent(Error, ValueError):
    """A text of `--given` or `--ask` that is none; says what is accepted."""


@dataclass(frozen=True, slots=True)
class Not:
    """That something is not so."""

    of: Event


@dataclass(frozen=True, slots=True)
class Every:
    """That all of these are so."""

    of: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """That one of these is so."""

    of: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class EventSaid:
    """An event by its name, one of `EVENTS`, as it was said: `who` does it (one of `WHO` or a list of Parties; empty
    where nobody does), the day where one was said; and what it `means`."""

    who: str
    name: str
    day: date | None
    means: Event


Event = By | Not | Every | Either | EventSaid


def holds(event: Event, happened: Callable[[By], bool]) -> bool:
    """Whether an event is so, given what has happened."""
    if isinstance(event, By):
        return happened(event)
    if isinstance(event, EventSaid):
        return holds(event.means, happened)
    if isinstance(event, Not):
        return not holds(event.of, happened)
    parts = (holds(part, happened) for part in event.of)
    return all(parts) if isinstance(event, Every) else any(parts)


def happenings_of(event: Event) -> Iterator[By]:
    """Every happening that an event turns on; one may come twice."""
    if isinstance(event, By):
        yield event
    elif isinstance(event, EventSaid):
        yield from happenings_of(event.means)
    else:
        for part in (event.of,) if isinstance(event, Not) else event.of:
            yield from happenings_of(part)


# ------------------------------------------------------------------------------------------- what can be said


class Named(NamedTuple):
    """An event that has a name: whether a Party does it, whether it is so `on` a day or has happened `by` one, and what
    it comes to for that Party and day."""

    of_party: bool
    preposition: str
    event: Callable[[Party | None, date], Event]


def _happens(what: What) -> Callable[[Party | None, date], Event]:
    return lambda party, day: By(Happening(what, party), day)


def _in_force(_party: Party | None, day: date) -> Event:
    return Not(By(Happening(What.ENDED), day))


def _bound(party: Party | None, day: date) -> Event:
    return Every((_in_force(None, day), Not(By(Happening(What.LEAVES, party), day))))


EVENTS: Final[Mapping[str, Named]] = {
    "extended": Named(False, "by", _happens(What.EXTENDED)),
    "ended": Named(False, "by", _happens(What.ENDED)),
    "expired": Named(False, "by", _happens(What.EXPIRED)),
    "ended by withdrawals": Named(False, "by", _happens(What.ENDED_BY_WITHDRAWALS)),
    "in force": Named(False, "on", _in_force),
    "bound": Named(True, "on", _bound),
    "confirms": Named(True, "by", _happens(What.CONFIRMS)),
    "gives notice": Named(True, "by", _happens(What.GIVES_NOTICE)),
    "rescinds notice": Named(True, "by", _happens(What.RESCINDS_NOTICE)),
    "leaves": Named(True, "by", _happens(What.LEAVES)),
}
"""The events that have a name. One with `by` may go without a day: by the horizon's end."""
_ALSO: Final = {
    "confirm": "confirms",
    "give notice": "gives notice",
    "leave": "leaves",
    "rescind notice": "rescinds notice",
    "is bound": "bound",
    "are bound": "bound",
    "is in force": "in force",
}
WHO: Final = ("us", "ca", "mx", "us,ca", "all", "any", "nobody", "only ca,mx")
_FORMS: Final = "extended by DATE, us gives notice by DATE, all bound on DATE, in force on DATE, nobody leaves by DATE"
_NEVER: Final = Either(())
"""What no future brings."""
_DEEPEST: Final = 20
"""So many brackets and `not` may stand one in another."""


def _joined(who: str, named: Named, day: date, bound: Collection[Party]) -> Event | None:
    """What an event comes to for the Parties that a word or a list names; None where it names one that is not bound."""
    each = {party: named.event(party, day) if party in bound else _NEVER for party in Party}
    if who == "all":
        return Every(tuple(each.values()))
    if who in ("any", "nobody"):
        some = Either(tuple(each.values()))
        return some if who == "any" else Not(some)
    only, names = who.startswith("only "), who.removeprefix("only ").split(",")
    if any(name.upper() not in bound for name in names):
        return None
    chosen = {Party(name.upper()) for name in names}
    others = tuple(Not(event) for party, event in each.items() if party not in chosen) if only else ()
    return Every((*(each[party] for party in sorted(chosen)), *others))


# ------------------------------------------------------------------------------------------------- the reading


def understood(text: str, first: date, last: date, bound: Collection[Party]) -> Event:
    """The event that a text says, its days from `first` to `last`, of Parties that are bound at the outset. Raises
    `NotAnEvent`, saying what is accepted."""
    return _Reader(text, first, last, bound).read()


class _Reader:
    """Reads one text from left to right: `or` joins what `and` has joined, and `not` stands before a part."""

    def __init__(self, text: str, first: date, last: date, bound: Collection[Party]) -> None:
        self._text, self._first, self._last, self._bound = text, first, last, bound
        spaced = re.sub(r"\s*,\s*", ",", text.lower())
        self._words = re.findall(r"[()]|[^\s()]+", spaced)

    def read(self) -> Event:
        event = self._either(0)
        if self._words:
            raise self._wrong("{said!r}: {word!r} stands alone", "and, or", word=self._words[0])
        return event

    def _wrong(self, form: str, accepted: str, **values: object) -> NotAnEvent:
        return NotAnEvent(Phrase(form, said=self._text, **values), accepted)

    def _next(self, *words: str) -> bool:
        if self._words and self._words[0] in words:
            self._words.pop(0)
            return True
        return False

    def _either(self, deep: int) -> Event:
        parts = [self._every(deep)]
        while self._next("or"):
            parts.append(self._every(deep))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self, deep: int) -> Event:
        parts = [self._part(deep)]
        while self._next("and"):
            parts.append(self._part(deep))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _part(self, deep: int) -> Event:
        if deep > _DEEPEST:
            raise self._wrong("{said!r} is nested too deeply", Phrase("{n} levels", n=_DEEPEST))
        if self._next("not"):
            return Not(self._part(deep + 1))
        if self._next("("):
            event = self._either(deep + 1)
            if not self._next(")"):
                raise self._wrong("{said!r}: a bracket is not closed", ")")
            return event
        words = []
        while self._words and self._words[0] not in ("and", "or", ")", "("):
            words.append(self._words.pop(0))
        return self._event(words)

    def _event(self, words: Sequence[str]) -> Event:
        preposition, day, words = self._day(words)
        only, words = (words[:1], words[1:]) if words[:1] == ["only"] else ([], words)
        names = [" ".join(words), " ".join(words[1:])]
        for who, said in zip(("", " ".join([*only, *words[:1]])), names, strict=True):
            name = _ALSO.get(said, said)
            named = EVENTS.get(name)
            if named is None or named.of_party != bool(who) or (only and not named.of_party):
                continue
            if (day is None and named.preposition == "on") or (day is not None and preposition != named.preposition):
                wants = f"{who} {said}".strip()
                raise self._wrong("{said!r}: {name!r} wants a day", f"{wants} {named.preposition} DATE", name=wants)
            until = day or self._last
            event = _joined(who, named, until, self._bound) if who else named.event(None, until)
            if event is None:
                bound = ", ".join(sorted(party.lower() for party in self._bound))
                raise self._wrong(
                    "{said!r}: {name!r} is no Party that is bound", f"{bound}, all, any, nobody", name=who
                )
            return EventSaid(who, name, day, event)
        said = names[0]
        known = [f"{who} {name}" if EVENTS[name].of_party else name for name in EVENTS for who in WHO]
        close = nearest(said, dict.fromkeys(known))
        raise self._wrong("{said!r}: {name!r} is not an event", close if close.close else _FORMS, name=said)

    def _day(self, words: Sequence[str]) -> tuple[str, date | None, list[str]]:
        """The preposition and the day at the end, where there are, and what stands before."""
        if len(words) < 2 or words[-2] not in ("by", "on") or words[-1] == "withdrawals":
            return "", None, list(words)
        try:
            day = date.fromisoformat(words[-1])
        except ValueError:
            raise self._wrong("{said!r}: {name!r} is not a date", "a date such as 2026-07-01", name=words[-1]) from None
        if not self._first <= day <= self._last:
            span = Phrase("a day from {first} to {last}", first=self._first, last=self._last)
            raise self._wrong("{said!r}: {name} is outside the outlook", span, name=day)
        return words[-2], day, list(words[:-2])
