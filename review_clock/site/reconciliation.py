"""After rendering, each page, document and feed is read again: what is in it must be what was selected for it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.events import deadline_of
from review_clock.questions.answer import Answer
from review_clock.questions.premises import Premises
from review_clock.timeline.unfold import LAST_DAY, timeline
from review_clock.words.wording import Wording

_UID: Final = re.compile("^UID:(.*)\r$", re.MULTILINE)
_START: Final = re.compile("^DTSTART[^:]*:([0-9]{8})", re.MULTILINE)


class NotReconciled(Exception):
    """A rendering that does not hold the deadlines it should."""


def selected(chosen: Iterable[Deadline]) -> dict[str, date]:
    """The day of each deadline by its id: what a rendering of `chosen` must hold."""
    return {each.id: each.date for each in chosen}


def in_page(page: str) -> dict[str, date]:
    """The deadlines that a page marks as such."""
    found = re.findall(r'data-deadline="([^"]+)" data-date="([^"]+)"', page)
    return {identity: date.fromisoformat(day) for identity, day in found}


def in_feed(data: bytes, words: Wording) -> dict[str, date]:
    """The deadlines of a feed of ours, by the UID and the first day of each event.

    Only these two lines are read, by a reader of its own: it is quick, and shares nothing with the library that wrote
    the feed. That the feed is sound as a whole is for the tests, which ask the readers of others.
    """
    found = {}
    for event in data.replace(b"\r\n ", b"").decode("utf-8").split("BEGIN:VEVENT\r\n")[1:]:
        own = event.partition("BEGIN:VALARM\r\n")[0]
        uid, start = _UID.findall(own), _START.findall(own)
        if len(uid) != 1 or len(start) != 1:
            raise NotReconciled(f"an event without one UID and one first day: {own[:200]!r}")
        identity = deadline_of(uid[0], words)
        if identity:
            found[identity] = date.fromisoformat(start[0])
    return found


def in_table(data: bytes, words: Wording) -> dict[str, date]:
    """The deadlines of a feed as a table."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {deadline_of(row["UID"], words): date.fromisoformat(row["Start Date"]) for row in rows}


def in_document(text: str) -> dict[str, date]:
    """The deadlines of a JSON document."""
    return {row["id"]: date.fromisoformat(row["date"]) for row in json.loads(text)["deadlines"]}


def reconcile(name: str, found: Mapping[str, date], expected: Mapping[str, date]) -> None:
    """Raise `NotReconciled` unless a rendering holds just the deadlines expected, each on its date."""
    if found == expected:
        return
    lost = sorted(expected.keys() - found.keys())
    added = sorted(found.keys() - expected.keys())
    moved = sorted(key for key in expected.keys() & found.keys() if expected[key] != found[key])
    raise NotReconciled(f"{name}: deadlines lost: {lost}; added: {added}; on another date: {moved}")


# ------------------------------------------------------------------------------------------------------- shares


def in_cells(page: str) -> list[tuple[float, str]]:
    """The numbers that a page marks as such, in their order, each with what it shows."""
    found = re.findall(r'<data value="([^"]+)">([^<]*)</data>', page)
    return [(float(value), html.unescape(said)) for value, said in found]


def reconcile_shares(name: str, page: str, expected: Sequence[float], said: Callable[[float], Container[str]]) -> None:
    """Raise `NotReconciled` unless a page holds just these numbers, in their order, each shown as one may be `said`."""
    found = in_cells(page)
    if [value for value, _ in found] != list(expected):
        raise NotReconciled(f"{name}: {len(found)} numbers, not the {len(expected)} of the answer")
    strange = [text for value, text in found if text not in said(value)]
    if strange:
        raise NotReconciled(f"{name}: shown otherwise than they are: {strange[:5]}")


# --------------------------------------------------------------------------------------------------- headlines


def _days_of(value: object) -> Iterator[date]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _days_of(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _days_of(getattr(value, field.name))


def days_said(text: str, words: Wording) -> set[str]:
    """Each day that a text names, as it stands there; a space that keeps its words together is as any other."""
    return set(re.findall(rf"\b{words.day_pattern()}|\d{{4}}-\d\d-\d\d", text.replace("\N{NO-BREAK SPACE}", " ")))


def reconcile_headline(name: str, text: str, answer: Answer, words: Wording) -> None:
    """Raise `NotReconciled` where a headline names a day that does not stand in the answer."""
    own = set(_days_of(answer))
    stray = days_said(html.unescape(text), words) - {words.day(day) for day in own} - {day.isoformat() for day in own}
    if stray:
        raise NotReconciled(f"{name}: days that do not stand in the answer: {sorted(stray)}")


def headlines_of(page: str) -> str:
    """What the status page says first: its title, description, first screen, and the answer in full."""
    parts = (
        "<title>.*?</title>",
        '<meta name="description".*?>',
        '<section class="first-screen".*?</section>',
        '<p class="in-full">.*?</p>',
    )
    return " ".join(found[0] for part in parts if (found := re.search(part, page, re.DOTALL)))


def reconcile_end(premises: Premises, answer: Answer) -> None:
    """Raise `NotReconciled` unless a projection of its own is in force on the last day, and no longer on the next."""
    ends = answer.ends
    if ends is None or ends.date > LAST_DAY:
        return
    line = timeline(premises.present.acts, premises.readings)
    if not line.position_on(ends.last_day).in_force or line.position_on(ends.date).in_force:
        raise NotReconciled(f"the Agreement does not end on {ends.date}")
