"""The calendars: each feed as iCalendar and as a table, one file a date, and the page that offers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.calendar import calendar_of, contents, links, one_event
from review_clock.feeds.csv_table import table
from review_clock.feeds.definition import Definition
from review_clock.feeds.events import Events
from review_clock.files import read
from review_clock.formats.cited import published
from review_clock.site.material import Material
from review_clock.site.reconciliation import in_feed, in_table, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed as the calendars page offers it."""

    name: str
    title: str
    description: str
    count: int
    file: str
    table: str
    address: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The calendar clients that the tests let read every feed, each with its version, and those that they cannot."""

    on: date
    polling: tuple[str, ...]
    reading: tuple[str, ...]
    untried: tuple[str, ...]


@cache
def tried() -> Tried:
    """Which clients were tried, as `tried_clients.toml` says. Raises `BadData`."""
    root = read(str(files("review_clock.site").joinpath("tried_clients.toml")))
    on, left = root.day("tried_on"), root.table("not_tried")
    rows = [(each.flag("polls"), f"{each.string('name')} {each.string('version')}") for each in root.tables("client")]
    found = Tried(
        on=on,
        polling=tuple(name for polls, name in rows if polls),
        reading=tuple(name for polls, name in rows if not polls),
        untried=left.strings("names"),
    )
    left.finish()
    root.finish()
    return found


def _chosen(material: Material, definition: Definition) -> tuple[Deadline, ...]:
    return contents(definition, material.feed_deadlines, material.record, material.feed_day)


def _carried(material: Material, definition: Definition) -> tuple[Deadline, ...]:
    """The deadlines that a feed holds an event of."""
    return () if definition.only_changes else _chosen(material, definition)


def _subscription(material: Material, definition: Definition, words: Wording) -> Subscription:
    title, file = words.said(definition.title), f"{definition.name}.{words.lang}.ics"
    address = f"{material.base_url}/calendars/{file}" if material.base_url else ""
    return Subscription(
        name=definition.name,
        title=title,
        description=words.said(definition.description),
        count=len(_carried(material, definition)),
        file=file,
        table="" if definition.only_changes else f"{definition.name}.{words.lang}.csv",
        address=address,
        links=links(address, title) if address else (),
    )


def calendars_page(material: Material, words: Wording) -> bytes:
    """Each feed with its links to subscribe, and how to subscribe in each client."""
    feeds = [_subscription(material, each, words) for each in material.feeds.values() if words.lang in each.languages]
    feeds.sort(key=lambda each: -each.count)
    values = {"feeds": feeds, "base_url": material.base_url, "tried": tried()}
    return rendered("calendars.html", material, words, "calendars.html", **values).encode("utf-8")


def _feed(material: Material, definition: Definition, events: Events) -> bytes:
    words, chosen = events.words, _chosen(material, definition)
    data = calendar_of(definition, chosen, events, material.feed_question.status.answer)
    carried = selected(_carried(material, definition))
    reconcile(f"calendars/{definition.name}.{words.lang}.ics", in_feed(data, words), carried)
    return data


def _table(material: Material, definition: Definition, events: Events) -> bytes:
    chosen = _chosen(material, definition)
    data = table(definition, chosen, events, published(material.feed_question))
    standing = [each for each in chosen if each.certainty != "superseded"]
    name = f"calendars/{definition.name}.{events.words.lang}.csv"
    reconcile(name, in_table(data, events.words), selected(standing))
    return data


def calendar_files(material: Material, words: Wording) -> dict[str, Callable[[], bytes]]:
    """Every feed in one language, and a calendar of its own for each date ahead."""
    events = Events(material.law, material.record, words, material.base_url)
    parts: dict[str, Callable[[], bytes]] = {}
    come = published(material.feed_question)
    for name, definition in material.feeds.items():
        if words.lang in definition.languages:
            parts[f"calendars/{name}.{words.lang}.ics"] = partial(_feed, material, definition, events)
        if words.lang in definition.languages and not definition.only_changes:
            parts[f"calendars/{name}.{words.lang}.csv"] = partial(_table, material, definition, events)
    for each in material.deadlines:
        if each.is_ahead:
            parts[f"calendars/deadlines/{each.id}.{words.lang}.ics"] = partial(one_event, each, events, come)
    return parts
