"""Reports → iCalendar feeds: the calendar around the events that a definition chooses.

A feed depends on what is recorded alone: a poll without news is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import quote

from icalendar import Calendar, Timezone, vDuration, vText, vUri

from review_clock.deadlines.deadline import Deadline, deadlines
from review_clock.feeds.definition import Definition
from review_clock.feeds.events import STATUS, Events, Hypothesis, clean, known_on, one_line, stamp, uid, what_changed
from review_clock.files import Texts
from review_clock.law.counting import ONE_DAY
from review_clock.law.readings import Readings
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import Scenario
from review_clock.words.wording import Wording

PRODID: Final = "-//Review Clock//USMCA deadlines//EN"
A_YEAR: Final = timedelta(days=366)
_END: Final = b"END:VCALENDAR\r\n"


# ------------------------------------------------------------------------------------------------ what is in it


def news_day(record: Record, as_of: date) -> date:
    """The last day of news to `as_of`: feeds are made as of that day, so that time alone changes nothing."""
    return max((day for day in record.as_known_on(as_of).news_days() if day <= as_of), default=as_of)


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


def _calendar(definition: Definition, events: Events, changed: date) -> Calendar:
    words, base_url = events.words, events.base_url
    title = one_line(events.titled(words.said(definition.title)))
    text = clean(events.described(words.said(definition.description)))
    language = {"LANGUAGE": words.locale.replace("_", "-")}
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("UID", uid(f"calendar.{definition.name}", words, events.hypothesis))
    calendar.add("NAME", vText(title), parameters=language)
    calendar.add("X-WR-CALNAME", vText(title))
    calendar.add("DESCRIPTION", vText(text), parameters=language)
    calendar.add("X-WR-CALDESC", vText(text))
    calendar.add("LAST-MODIFIED", stamp(changed))
    calendar.add("CATEGORIES", [words("agreement.short")])
    calendar.add("COLOR", definition.colour)
    calendar.add("REFRESH-INTERVAL", vDuration(ONE_DAY), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "P1D")
    calendar.add("X-WR-TIMEZONE", "UTC")
    if base_url and events.hypothesis is None:
        calendar.add("URL", f"{base_url}/{words.lang}/deadlines.html")
        source = vUri(f"{base_url}/calendars/{definition.name}.{words.lang}.ics")
        calendar.add("SOURCE", source, parameters={"VALUE": "URI"})
    return calendar


def _event(deadline: Deadline, definition: Definition, events: Events) -> bytes:
    """The event of a deadline with its reminders: one that is cancelled reminds nobody, and cancels its own."""
    days = definition.days_before(deadline)
    cancelled = STATUS[deadline.certainty] == "CANCELLED"
    body = events.serialised(deadline, () if cancelled else days, definition.office_notes)
    if definition.reminders == "alarms":
        return body
    return body + b"".join(events.reminder(deadline, n) for n in days)


def feed(definition: Definition, chosen: Sequence[Deadline], events: Events, day: date) -> bytes:
    """A feed of `chosen` deadlines as bytes: CRLF, folded at 75 octets, UTF-8. Its events come from `events`.

    What an entry of the year before `day` moved or removed is an event of its own, on the day it became known.
    """
    changed = max((events.news(each).changed for each in chosen), default=events.record.verified_on)
    calendar = _calendar(definition, events, changed)
    # A calendar must hold a component (RFC 5545 3.6): one without events holds its time zone.
    for zone in sorted({each.zone for each in chosen if each.time} or ({"UTC"} if not chosen else set())):
        calendar.add_component(Timezone.from_tzid(zone))
    bodies = [_event(each, definition, events) for each in chosen]
    if events.hypothesis is None:
        bodies += [events.changed(each) for each in what_changed(chosen, events.record, day - A_YEAR)]
    head = bytes(calendar.to_ical(sorted=False)).removesuffix(_END)
    return head + b"".join(bodies) + _END


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a feed carries on a day: the deadlines chosen, and their events in one language."""

    definition: Definition
    chosen: tuple[Deadline, ...]
    events: Events
    day: date

    def calendar(self) -> bytes:
        """It as iCalendar."""
        return feed(self.definition, self.chosen, self.events, self.day)


def carried(
    definition: Definition, record: Record, as_of: date, readings: Readings, words: Wording, base_url: str = ""
) -> Carried:
    """What a feed carries, from the record as it was known on `as_of`."""
    day = news_day(record, as_of)
    known = record.as_known_on(as_of)
    chosen = contents(definition, deadlines(known, day, readings), known, day)
    return Carried(definition=definition, chosen=chosen, events=Events(known, words, base_url), day=day)


def carried_under(
    scenario: Scenario, title: Texts, definition: Definition, as_of: date, readings: Readings, words: Wording
) -> Carried:
    """What a feed carries under assumptions: its name, its UIDs and every event say that it is a hypothesis.

    It holds what stands under them; of what they removed there is nothing to cancel, for it was never in this feed.
    """
    day = news_day(scenario.record, as_of)
    known = scenario.record.as_known_on(as_of)
    found = deadlines(scenario.record, day, readings, scenario.acts)
    chosen = tuple(each for each in contents(definition, found, known, day) if each.certainty != "superseded")
    hypothesis = Hypothesis(name=scenario.name, title=title, lines=scenario.lines)
    return Carried(definition=definition, chosen=chosen, events=Events(known, words, "", hypothesis), day=day)
