"""Named events, those of `--ask` and `--given`, in words: said in a language, and understood as they are said in it.

The words of a language stand under `event` in its file, by what the grammar of `futures/events.py` has for them, the
first being how it is said and the others what is understood besides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from review_clock.futures.events import EVENTS, Event, EventSaid, Every, Not, understood
from review_clock.futures.happenings import By
from review_clock.law.acts_and_lapses import Party
from review_clock.words.wording import Wording

GRAMMAR: Final = "en"
"""The language of the grammar."""
_NAMES: Final = (
    *("us", "ca", "mx", "all", "any", "nobody", "only", "by", "on", "and", "or", "not"),
    *EVENTS,
)


def _ways(name: str, words: Wording) -> list[str]:
    """How a word of the grammar is said: first as we say it."""
    return words(f"event.{name.replace(' ', '_')}").split(" | ")


def _said(event: Event, words: Wording, within: bool = False) -> str:
    if isinstance(event, EventSaid):
        what = _ways(event.name, words)[0]
        if event.day is not None:
            what = f"{what} {_ways(EVENTS[event.name].preposition, words)[0]} {event.day.isoformat()}"
        return words("event.who", who=_who(event.who, words), what=what) if event.who else what
    if isinstance(event, Not):
        return f"{_ways('not', words)[0]} {_said(event.of, words, within=True)}"
    assert not isinstance(event, By)
    joint = f" {_ways('and' if isinstance(event, Every) else 'or', words)[0]} "
    said = joint.join(_said(part, words, within=True) for part in event.of)
    return f"({said})" if within else said


def _who(who: str, words: Wording) -> str:
    """Who does it: each Party by its name, or all, any, nobody."""
    only, names = who.startswith("only "), who.removeprefix("only ").split(",")
    told = ", ".join(_ways(name, words)[0] for name in names)
    return f"{_ways('only', words)[0]} {told}" if only else told


def event_text(text: str, words: Wording) -> str:
    """An event of the grammar in words; in the grammar's own language it stays as it was typed. Raises
    `NotAnEvent`."""
    return text if words.lang == GRAMMAR else _said(understood(text, date.min, date.max, tuple(Party)), words)


def _folded(text: str) -> str:
    """Without capitals and accents, with straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


def _parts(text: str) -> list[str]:
    return re.findall(r"[(),]|[^\s(),:]+", text)


def _in_grammar(parts: Sequence[str], words: Wording) -> Iterator[str]:
    """The words of the grammar for those of the language, the longest first; what is none of them stays."""
    known = {tuple(map(_folded, _parts(way))): name for name in _NAMES for way in _ways(name, words)}
    longest = max(map(len, known))
    while parts:
        folded = [*map(_folded, parts[:longest])]
        size = next((n for n in range(len(folded), 0, -1) if tuple(folded[:n]) in known), 0)
        yield known[tuple(folded[:size])] if size else parts[0]
        parts = parts[size or 1 :]


def event_typed(text: str, words: Wording) -> str:
    """An event as a person types it, in the words of the language or in the grammar's, as the grammar has it; what is
    understood in neither is left for the grammar to refuse."""
    parts = _parts(text)
    found = list(_in_grammar(parts, words))
    return re.sub(r" , |(?<=\() | (?=\))", lambda gap: gap[0].strip(), " ".join(found)) if found != parts else text
