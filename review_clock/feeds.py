"""Reports → iCalendar feeds: which deadlines a definition chooses, and the calendar around their events.

A feed depends on what is recorded alone: a poll without news is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from icalendar import Calendar, Timezone, vDuration, vText, vUri

from review_clock.deadlines import CERTAINTIES, Deadline, deadlines
from review_clock.feed_events import STATUS, UID_DOMAIN, Events, clean, known_on, stamp, what_changed
from review_clock.law.counting import ONE_DAY
from review_clock.law.readings import Readings
from review_clock.law.rules import actors, catalogue
from review_clock.law.tables import BadData, Table, Texts, nearest, parsed
from review_clock.law.vocabulary import JURISDICTIONS, KINDS
from review_clock.record.ledger import Record
from review_clock.wording import Wording

PRODID: Final = "-//Review Clock//USMCA deadlines//EN"
A_YEAR: Final = timedelta(days=366)
_END: Final = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a feed carries and how it presents itself: one TOML file in calendars/."""

    name: str
    title: Texts
    description: Texts
    colour: str
    office_notes: bool
    choose: Mapping[str, tuple[str, ...]]
    alarms: Mapping[str, tuple[int, ...]]

    def takes(self, deadline: Deadline) -> bool:
        """Whether the feed carries `deadline`."""
        return all(not words or getattr(deadline, key) in words for key, words in self.choose.items())

    def alarms_for(self, deadline: Deadline) -> tuple[int, ...]:
        """Days before at which to remind; none for what is past or removed."""
        if STATUS[deadline.certainty] == "CANCELLED" or deadline.certainty == "past":
            return ()
        return self.alarms.get(deadline.kind, self.alarms.get("default", ()))


def _alarms(table: Table) -> Mapping[str, tuple[int, ...]]:
    alarms = {}
    for kind, days in table.everything().items():
        if kind not in (*KINDS, "default"):
            raise table.wrong(kind, "is not a kind of deadline", nearest(kind, (*KINDS, "default")))
        if not isinstance(days, list) or not all(type(n) is int and 0 <= n <= 366 for n in days):
            raise table.wrong(kind, f"{days!r} is not a list of days", "whole numbers from 0 to 366")
        alarms[kind] = tuple(days)
    return alarms


def load(root: Table, name: str) -> Definition:
    """The definition of a parsed calendar file. Raises `BadData`."""
    choose = root.table("choose")
    definition = Definition(
        name=name,
        title=root.texts("title"),
        description=root.texts("description"),
        colour=root.string("colour"),
        office_notes=root.flag("office_notes"),
        choose={
            "jurisdiction": choose.strings("jurisdiction", JURISDICTIONS),
            "kind": choose.strings("kind", KINDS),
            "rule": choose.strings("rule", (rule.id for rule in catalogue().rules)),
            "actor": choose.strings("actor", actors()),
            "certainty": choose.strings("certainty", CERTAINTIES),
        },
        alarms=_alarms(root.table("alarms")),
    )
    choose.finish()
    root.finish()
    return definition


@cache
def definitions() -> Mapping[str, Definition]:
    """The feeds that ship, by name."""
    found = {}
    for file in sorted(files("review_clock.calendars").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            found[name] = load(parsed(file.read_text(encoding="utf-8"), file.name), name)
    return found


def definition(name: str) -> Definition:
    """One feed that ships. Raises `BadData` naming those there are."""
    if name not in definitions():
        raise BadData("calendars", name, "is not a feed", nearest(name, definitions()))
    return definitions()[name]


# ------------------------------------------------------------------------------------------------ what is in it


def news_day(record: Record, as_of: date) -> date:
    """The last day of news to `as_of`: feeds are made as of that day, so that time alone changes nothing."""
    known = record.as_known_on(as_of)
    days = [entry.known_on for entry in known.entries] + [row.known_on for row in known.announced]
    return max([day for day in (record.verified_on, *days) if day <= as_of], default=as_of)


def contents(definition: Definition, found: Iterable[Deadline], record: Record, day: date) -> tuple[Deadline, ...]:
    """The deadlines that a feed carries; one that an act removed stays, cancelled, for at least a year."""
    kept = []
    for deadline in found:
        by = deadline.superseded_by
        if by is not None and day > known_on(by, record) + A_YEAR:
            continue
        if definition.takes(deadline):
            kept.append(deadline)
    return tuple(kept)


# -------------------------------------------------------------------------------------------------- the calendar


def _calendar(definition: Definition, words: Wording, base_url: str, changed: date) -> Calendar:
    title, text = clean(words.said(definition.title)), clean(words.said(definition.description))
    language = {"LANGUAGE": words.locale.replace("_", "-")}
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("UID", f"calendar.{definition.name}.{words.lang}@{UID_DOMAIN}")
    calendar.add("NAME", vText(title), parameters=language)
    calendar.add("X-WR-CALNAME", vText(title))
    calendar.add("DESCRIPTION", vText(text), parameters=language)
    calendar.add("X-WR-CALDESC", vText(text))
    calendar.add("LAST-MODIFIED", stamp(changed))
    calendar.add("COLOR", definition.colour)
    calendar.add("REFRESH-INTERVAL", vDuration(ONE_DAY), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "P1D")
    calendar.add("X-WR-TIMEZONE", "UTC")
    if base_url:
        base = base_url.rstrip("/")
        calendar.add("URL", f"{base}/{words.lang}/deadlines.html")
        source = vUri(f"{base}/calendars/{definition.name}.{words.lang}.ics")
        calendar.add("SOURCE", source, parameters={"VALUE": "URI"})
    return calendar


def feed(definition: Definition, chosen: Sequence[Deadline], events: Events, day: date) -> bytes:
    """A feed of `chosen` deadlines as bytes: CRLF, folded at 75 octets, UTF-8. Its events come from `events`.

    What an entry of the year before `day` moved or removed is an event of its own, on the day it became known.
    """
    changed = max((events.news(each).changed for each in chosen), default=events.record.verified_on)
    calendar = _calendar(definition, events.words, events.base_url, changed)
    # A calendar must hold a component (RFC 5545 3.6): one without events holds its time zone.
    for zone in sorted({each.zone for each in chosen if each.time} or ({"UTC"} if not chosen else set())):
        calendar.add_component(Timezone.from_tzid(zone))
    bodies = (events.serialised(each, definition.alarms_for(each), definition.office_notes) for each in chosen)
    changed_events = (events.changed(each) for each in what_changed(chosen, events.record, day - A_YEAR))
    head = bytes(calendar.to_ical(sorted=False)).removesuffix(_END)
    return head + b"".join(bodies) + b"".join(changed_events) + _END


def one_event(deadline: Deadline, events: Events) -> bytes:
    """A calendar of one deadline, for "add to calendar": a copy that does not follow the law."""
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    if deadline.time:
        calendar.add_component(Timezone.from_tzid(deadline.zone))
    return bytes(calendar.to_ical(sorted=False)).removesuffix(_END) + events.serialised(deadline, (), True) + _END


def links(address: str, title: str) -> tuple[tuple[str, str], ...]:
    """By client, the link that subscribes to the feed at `address` (https or http)."""
    webcal = "webcal://" + address.partition("://")[2]
    outlook = f"addfromweb?url={quote(address, safe='')}&name={quote(title, safe='')}"
    return (
        ("webcal", webcal),
        ("google", f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"),
        ("outlook", f"https://outlook.live.com/calendar/0/{outlook}"),
        ("office", f"https://outlook.office.com/calendar/0/{outlook}"),
    )


def feed_of(
    definition: Definition, record: Record, as_of: date, readings: Readings, words: Wording, base_url: str
) -> bytes:
    """A feed from the record as it was known on `as_of`."""
    day = news_day(record, as_of)
    known = record.as_known_on(as_of)
    found = deadlines(known, day, readings)
    return feed(definition, contents(definition, found, known, day), Events(known, words, base_url), day)
