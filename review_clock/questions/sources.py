"""The sources of an answer, each address once: what rests on it, how it was seen, when it was last read, its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from review_clock.files import MaybeText, Texts, same_in_all
from review_clock.law.authority import Authority
from review_clock.law.law import Law
from review_clock.questions.question import Question
from review_clock.record.entries import Announced, Entry, Source

FOUND: Final = ("gone", "no_answer", "redirects", "words_lost", "not_text")
"""What may be found of a source; the last is told, and nothing is wrong with it."""
RESTING: Final = ("entries", "announced", "authorities", "rules", "readings")
"""What may rest on a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """A source, and by their ids what rests on it: entries of the record, dates announced, pinpoints of the law, the
    rules that cite these, and readings that it supports.

    `via` is how it was seen for the record, `read` how its text was read for a pinpoint, `read_on` the last day on
    which it was; `words` are the decisive ones, `watched` those of them that were read at its address: it must go on
    carrying these.
    """

    title: Texts
    url: MaybeText
    archived: MaybeText = ""
    dated: MaybeText = ""
    via: MaybeText = ""
    read: MaybeText = ""
    read_on: date | None = None
    words: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()

    @property
    def resting(self) -> tuple[str, ...]:
        """The ids of all that rests on it."""
        return tuple(each for name in RESTING for each in getattr(self, name))

    def bears(self, identity: str) -> bool:
        """Whether what has this id rests on it, or one of its dates does."""
        return identity in self.resting or any(identity.startswith(f"{rule}.") for rule in self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What was found at the address of a source: some of `FOUND`; the `words` that it no longer carries, where it leads
    `to`, and why there was no answer."""

    source: CitedSource
    found: tuple[str, ...] = ()
    to: str = ""
    words: tuple[str, ...] = ()
    why: str = ""

    @property
    def wrong(self) -> bool:
        """Whether somebody should look."""
        return any(each != "not_text" for each in self.found)


def _of_the_record(source: Source, row: Entry | Announced) -> CitedSource:
    words = (source.words,) if source.words else ()
    return CitedSource(
        title=same_in_all(source.title),
        url=source.url,
        archived=source.archived,
        dated=source.dated,
        via=source.via,
        read_on=source.read_on,
        words=words,
        watched=() if source.via == "compilation" else words,  # those are the compilation's
        entries=(row.id,) if isinstance(row, Entry) else (),
        announced=(row.id,) if isinstance(row, Announced) else (),
    )


def _of_an_authority(each: Authority, law: Law) -> Iterator[CitedSource]:
    """The address of a pinpoint and the places where it was read; where that is the address itself, the words that
    rules quote from it stand there."""
    citing = tuple(rule.id for rule in law.rules if each.cite in rule.authority)
    held = tuple(reading.key for reading in law.readings if each.cite in reading.authority)
    quotes = (rule.quote.words for rule in law.rules if rule.quote is not None and rule.quote.cite == each.cite)
    words = tuple(dict.fromkeys(quotes))
    read_there = each.read == "text_read" and (not each.read_at or each.url in {other.url for other in each.read_at})
    place = CitedSource(
        title=law.authorities.instruments[each.instrument],
        url=each.url,
        read=each.read,
        read_on=each.checked_on,
        authorities=(each.cite,),
        rules=citing,
        readings=held,
    )
    yield replace(place, words=words, watched=words if read_there else ())
    for other in each.read_at:  # the address itself, where it is among them, is joined with what went before
        yield replace(place, title=same_in_all(other.title), url=other.url)


def _of_the_readings(law: Law) -> Iterator[CitedSource]:
    for reading in law.readings:
        for each in (each for each in reading.supporters if each.url):
            yield CitedSource(title=each.who, url=each.url, dated=each.dated, readings=(reading.key,))


def place_of(address: str) -> str:
    """An address without what does not tell two pages apart: its scheme, `www.`, a slash at its end."""
    return address.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _same(source: CitedSource) -> object:
    return place_of(source.url) if source.url else (source.title, source.dated)


def _joined(one: CitedSource, other: CitedSource) -> CitedSource:
    """One source that is cited twice: what is known first stands, what rests on it adds up."""
    both: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
        for name in ("words", "watched", *RESTING)
    }
    known: dict[str, Any] = {
        name: getattr(one, name) or getattr(other, name) for name in ("archived", "dated", "via", "read")
    }
    days = [day for day in (one.read_on, other.read_on) if day is not None]
    return replace(one, **both, **known, read_on=max(days, default=None))


def sources(question: Question) -> tuple[CitedSource, ...]:
    """Every source of the record and of the law that a question knows, in the order in which they are first cited."""
    found: dict[object, CitedSource] = {}
    law, rows = question.law, question.known.rows().values()
    of_record = (_of_the_record(source, row) for row in rows for source in row.sources)
    of_law = (source for each in law.authorities.by_cite.values() for source in _of_an_authority(each, law))
    for source in (*of_record, *of_law, *_of_the_readings(law)):
        same = found.get(_same(source))
        found[_same(source)] = source if same is None else _joined(same, source)
    return tuple(found.values())
