"""Reports → HTML, JSON and feeds, written as one folder that is whole or not there at all.

Templates receive reports and words and nothing that counts. After rendering, every page, document and feed is read
again: the deadlines in it must be the ones selected for it, with the same dates, or the build fails and says which.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from typing import Any, Final

from icalendar import Calendar
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from review_clock import documents
from review_clock.deadlines import Deadline, deadlines
from review_clock.feed_definitions import Definition, shipped
from review_clock.feed_events import Events, deadline_of
from review_clock.feed_tables import table
from review_clock.feeds import contents, feed, links, news_day, one_event
from review_clock.files import check_replaceable, replace_folder
from review_clock.graph import drawn
from review_clock.law.authority import Authority, authorities
from review_clock.law.readings import Readings
from review_clock.law.rules import catalogue
from review_clock.law.tables import LANGUAGES
from review_clock.lists import office_text
from review_clock.record.ledger import Announced, Entry, Record, Source
from review_clock.report import AGREEMENT, Status, status
from review_clock.terminal import verdict
from review_clock.wording import Wording, wording

PAGES: Final = (
    ("index.html", "page.status"),
    ("deadlines.html", "page.deadlines"),
    ("calendars.html", "calendars.calendars"),
)
TWELVE_MONTHS: Final = timedelta(days=366)


class NotReconciled(Exception):
    """A rendering that does not hold the deadlines it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One deadline as the page shows it: everything in words, nothing left to count."""

    deadline: Deadline
    condition: str
    steps: tuple[tuple[str, date], ...]
    authorities: tuple[Authority, ...]
    others: tuple[str, ...]
    office: str
    said_by: tuple[Entry | Announced, ...]
    file: str


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


def _is_ahead(deadline: Deadline) -> bool:
    """Whether the deadline can still be put into somebody's calendar."""
    return deadline.certainty not in ("past", "superseded")


def _row(deadline: Deadline, record: Record, words: Wording) -> Row:
    known, rows = authorities().by_cite, record.rows()
    return Row(
        deadline=deadline,
        condition=words.condition(deadline),
        steps=tuple(words.derivation(deadline.counted)),
        authorities=tuple(known[cite] for cite in deadline.authority),
        others=tuple(words.other(other) for other in deadline.others),
        office=office_text(deadline, words),
        said_by=tuple(rows[identity] for identity in (*deadline.evidence, *deadline.expected_by)),
        file=f"{deadline.id}.{words.lang}.ics" if _is_ahead(deadline) else "",
    )


def _source_link(words: Wording) -> Callable[[Source], Markup]:
    """A source as a link where it has an address, with its date and how it was seen."""

    def link(source: Source) -> Markup:
        title = escape(source.title)
        named = Markup('<a href="{}">{}</a>').format(source.url, title) if source.url else Markup(title)
        detail = words.seen(source)
        return named + (Markup(" ({})").format(detail) if detail else Markup(""))

    return link


def environment(words: Wording) -> Environment:
    """The templates in one language: everything escaped, nothing undefined, no clock."""
    env = Environment(
        loader=PackageLoader("review_clock.templates", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["day"] = words.day
    env.filters["fullday"] = lambda day: words.day(day, "full")
    env.filters["cite"] = words.cite
    env.globals["source"] = _source_link(words)
    return env


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that the site shows, computed once: the status, the deadlines as of the day, and those of the feeds."""

    record: Record
    as_of: date
    readings: Readings
    base_url: str
    feeds: Mapping[str, Definition]
    status: Status
    deadlines: tuple[Deadline, ...]
    feed_deadlines: tuple[Deadline, ...]
    feed_day: date


def answers(record: Record, as_of: date, readings: Readings, base_url: str, feeds: Mapping[str, Definition]) -> Answers:
    """The answers for `as_of`. Raises what `status` and `deadlines` raise."""
    known = record.as_known_on(as_of)
    day = news_day(record, as_of)
    return Answers(
        record=known,
        as_of=as_of,
        readings=readings,
        base_url=base_url.rstrip("/"),
        feeds=feeds,
        status=status(record, as_of, readings),
        deadlines=deadlines(record, as_of, readings),
        feed_deadlines=deadlines(known, day, readings),
        feed_day=day,
    )


def _last_event(answer: Status, words: Wording) -> str:
    if answer.last_event is None:
        return words("status.none")
    return f"{words.day(answer.last_event)} ({answer.last_event_id})"


def _context(answer: Answers, words: Wording, page: str) -> dict[str, Any]:
    def site_address(lang: str, name: str) -> str:
        return f"{answer.base_url}/{lang}/{name}" if answer.base_url else f"../{lang}/{name}"

    return {
        "words": words,
        "status": answer.status,
        "verdict": verdict(answer.status, words),
        "last_event": _last_event(answer.status, words),
        "languages": [wording(lang) for lang in LANGUAGES],
        "pages": PAGES,
        "page": page,
        "site_address": site_address,
    }


def _status_page(answer: Answers, words: Wording) -> bytes:
    until = answer.as_of + TWELVE_MONTHS
    upcoming = [each for each in answer.deadlines if answer.as_of <= each.day <= until and _is_ahead(each)]
    context = _context(answer, words, "index.html")
    page = environment(words).get_template("status.html").render(**context, upcoming=upcoming)
    return page.encode("utf-8")


def _groups(found: Iterable[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """Ahead, past (newest first) and superseded."""
    found = list(found)
    ahead = [each for each in found if _is_ahead(each)]
    past = [each for each in found if each.certainty == "past"]
    superseded = [each for each in found if each.certainty == "superseded"]
    return [("ahead", ahead), ("past", past[::-1]), ("superseded", superseded)]


def _deadlines_page(answer: Answers, words: Wording) -> str:
    groups = [(name, [_row(each, answer.record, words) for each in group]) for name, group in _groups(answer.deadlines)]
    rules = catalogue()
    rule_groups = [
        ("undated", [rule for rule in rules.rules if rule.counted_from == "undated"]),
        ("cases", [rule for rule in rules.rules if rule.counted_from == "case"]),
    ]
    context = _context(answer, words, "deadlines.html")
    template = environment(words).get_template("deadlines.html")
    return template.render(**context, groups=groups, rule_groups=rule_groups, withheld=rules.withheld)


def _subscription(answer: Answers, definition: Definition, words: Wording) -> Subscription:
    title, file = words.said(definition.title), f"{definition.name}.{words.lang}.ics"
    address = f"{answer.base_url}/calendars/{file}" if answer.base_url else ""
    return Subscription(
        name=definition.name,
        title=title,
        description=words.said(definition.description),
        count=len(contents(definition, answer.feed_deadlines, answer.record, answer.feed_day)),
        file=file,
        table=f"{definition.name}.{words.lang}.csv",
        address=address,
        links=links(address, title) if address else (),
    )


def _calendars_page(answer: Answers, words: Wording) -> bytes:
    feeds = [_subscription(answer, each, words) for each in answer.feeds.values() if words.lang in each.languages]
    feeds.sort(key=lambda each: -each.count)
    context = _context(answer, words, "calendars.html")
    template = environment(words).get_template("calendars.html")
    return template.render(**context, feeds=feeds, base_url=answer.base_url).encode("utf-8")


def _feed(answer: Answers, definition: Definition, events: Events) -> bytes:
    chosen = contents(definition, answer.feed_deadlines, answer.record, answer.feed_day)
    data = feed(definition, chosen, events, answer.feed_day)
    words = events.words
    _reconcile(f"calendars/{definition.name}.{words.lang}.ics", _in_feed(data, words), _selected(chosen))
    return data


def _table(answer: Answers, definition: Definition, events: Events) -> bytes:
    chosen = contents(definition, answer.feed_deadlines, answer.record, answer.feed_day)
    data = table(definition, chosen, events)
    standing = [each for each in chosen if each.certainty != "superseded"]
    name = f"calendars/{definition.name}.{events.words.lang}.csv"
    _reconcile(name, _in_table(data, events.words), _selected(standing))
    return data


# ------------------------------------------------------------------------------------------------ reconciliation


def _selected(chosen: Iterable[Deadline]) -> dict[str, date]:
    return {each.id: each.day for each in chosen}


def _in_page(page: str) -> dict[str, date]:
    found = re.findall(r'data-deadline="([^"]+)" data-date="([^"]+)"', page)
    return {identity: date.fromisoformat(day) for identity, day in found}


def _in_feed(data: bytes, words: Wording) -> dict[str, date]:
    found = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        identity, start = deadline_of(str(event["UID"]), words), event.decoded("DTSTART")
        if identity:
            found[identity] = start.date() if hasattr(start, "date") else start
    return found


def _in_table(data: bytes, words: Wording) -> dict[str, date]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {deadline_of(row["UID"], words): date.fromisoformat(row["Start Date"]) for row in rows}


def _in_document(text: str) -> dict[str, date]:
    return {row["id"]: date.fromisoformat(row["date"]) for row in json.loads(text)["deadlines"]}


def _reconcile(name: str, found: Mapping[str, date], expected: Mapping[str, date]) -> None:
    """Raise `NotReconciled` unless a rendering holds just the deadlines expected, each on its date."""
    if found == expected:
        return
    lost = sorted(expected.keys() - found.keys())
    added = sorted(found.keys() - expected.keys())
    moved = sorted(key for key in expected.keys() & found.keys() if expected[key] != found[key])
    raise NotReconciled(f"{name}: deadlines lost: {lost}; added: {added}; on another date: {moved}")


# ---------------------------------------------------------------------------------------------------- the folder


def _checked_page(answer: Answers, words: Wording) -> bytes:
    page = _deadlines_page(answer, words)
    _reconcile(f"{words.lang}/deadlines.html", _in_page(page), _selected(answer.deadlines))
    return page.encode("utf-8")


def _deadlines_json(answer: Answers) -> bytes:
    words = wording("en")
    text = documents.as_json(documents.deadlines_document(answer.deadlines, answer.as_of, answer.readings, words))
    _reconcile("api/v1/deadlines.json", _in_document(text), _selected(answer.deadlines))
    return text.encode("utf-8")


def _status_json(answer: Answers) -> bytes:
    return documents.as_json(documents.status_document(answer.status, AGREEMENT)).encode("utf-8")


def _history_json(answer: Answers) -> bytes:
    text = documents.as_json(documents.history_document(answer.record, answer.as_of, wording("en")))
    return text.encode("utf-8")


def _index() -> bytes:
    template = environment(wording("en")).get_template("index.html")
    return template.render(languages=[wording(lang) for lang in LANGUAGES]).encode("utf-8")


def plan(answer: Answers) -> dict[str, Callable[[], bytes]]:
    """Every file of the site, by name, and what makes it."""
    parts: dict[str, Callable[[], bytes]] = {
        "index.html": _index,
        "api/v1/status.json": partial(_status_json, answer),
        "api/v1/deadlines.json": partial(_deadlines_json, answer),
        "api/v1/history.json": partial(_history_json, answer),
        "api/v1/machine.json": lambda: drawn("json", wording("en")).encode("utf-8"),
    }
    for lang in LANGUAGES:
        words = wording(lang)
        parts[f"{lang}/index.html"] = partial(_status_page, answer, words)
        parts[f"{lang}/deadlines.html"] = partial(_checked_page, answer, words)
        parts[f"{lang}/calendars.html"] = partial(_calendars_page, answer, words)
        events = Events(answer.record, words, answer.base_url)
        for name, definition in answer.feeds.items():
            if lang in definition.languages:
                parts[f"calendars/{name}.{lang}.ics"] = partial(_feed, answer, definition, events)
                parts[f"calendars/{name}.{lang}.csv"] = partial(_table, answer, definition, events)
        for each in answer.deadlines:
            if _is_ahead(each):
                parts[f"calendars/deadlines/{each.id}.{lang}.ics"] = partial(one_event, each, events)
    for file in files("review_clock.templates").joinpath("static").iterdir():
        parts[f"static/{file.name}"] = file.read_bytes
    return parts


class Build:
    """A build under way: iterate over it to render and write, each step giving the name of a file."""

    def __init__(self, folder: str, answer: Answers) -> None:
        self._folder, self._plan = folder, plan(answer)
        self.length = len(self._plan)

    def __iter__(self) -> Iterator[str]:
        rendered: dict[str, bytes] = {}
        for name in sorted(self._plan):
            rendered[name] = self._plan[name]()
            yield name
        for _name in replace_folder(self._folder, rendered):
            pass


def build(
    folder: str,
    record: Record,
    as_of: date,
    readings: Readings,
    base_url: str = "",
    feeds: Mapping[str, Definition] | None = None,
) -> Build:
    """The whole site into `folder`, with the feeds that ship or those given. Nothing is there until all of it is.

    Raises `NotOurFolder` for a folder that holds other files, `NotReconciled` where a rendering lost a date.
    """
    check_replaceable(folder)
    return Build(folder, answers(record, as_of, readings, base_url, feeds or shipped()))
