"""Reports → iCalendar (RFC 5545, 7986, 9074).

Nothing here asks what day it is, and a feed depends on what is recorded alone: a poll without news is the same bytes.
A deadline's UID is its id and the language. SEQUENCE counts the record's entries that changed it; DTSTAMP is the day
of the last of them, or that to which the record was verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vDuration, vText, vUri

from review_clock.deadlines import CERTAINTIES, Deadline, deadlines
from review_clock.law.authority import authorities
from review_clock.law.counting import ONE_DAY
from review_clock.law.events import Act, Recorded
from review_clock.law.readings import Readings
from review_clock.law.rules import actors
from review_clock.law.tables import BadData, Table, Texts, nearest, parsed
from review_clock.law.vocabulary import JURISDICTIONS, KINDS
from review_clock.lists import office_text, source_text, standing_of
from review_clock.record.ledger import Record
from review_clock.wording import Wording

UID_DOMAIN: Final = "review-clock"
PRODID: Final = "-//Review Clock//USMCA deadlines//EN"
A_YEAR: Final = timedelta(days=366)
STATUS: Final = {
    "past": "CONFIRMED",
    "fixed": "CONFIRMED",
    "scheduled": "TENTATIVE",
    "contingent": "TENTATIVE",
    "superseded": "CANCELLED",
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """When a deadline was first known, when it last changed, and how many changes there were."""

    created: date
    changed: date
    sequence: int


def news_day(record: Record, as_of: date) -> date:
    """The last day of news to `as_of`: feeds are made as of that day, so that time alone changes nothing."""
    known = record.as_known_on(as_of)
    days = [entry.known_on for entry in known.entries] + [row.known_on for row in known.announced]
    return max([day for day in (record.verified_on, *days) if day <= as_of], default=as_of)


def _known_on(act: Act, record: Record) -> date:
    entry = record.by_id().get(act.source.entry) if isinstance(act.source, Recorded) else None
    return entry.known_on if entry is not None else act.on


def news(deadline: Deadline, record: Record) -> News:
    """What the record's entries did to a deadline, in days and as a count."""
    rows = record.rows()
    days = [_known_on(change.act, record) for change in deadline.changes]
    days += [rows[identity].known_on for identity in (*deadline.evidence, *deadline.expected_by)]
    if not days:
        days = [record.verified_on]
    return News(created=min(days), changed=max(*days, record.verified_on), sequence=len(days) - 1)


def contents(definition: Definition, found: Iterable[Deadline], record: Record, day: date) -> tuple[Deadline, ...]:
    """The deadlines that a feed carries; one that an act removed stays, cancelled, for at least a year."""
    kept = []
    for deadline in found:
        by = deadline.superseded_by
        if by is not None and day > _known_on(by, record) + A_YEAR:
            continue
        if definition.takes(deadline):
            kept.append(deadline)
    return tuple(kept)


# ----------------------------------------------------------------------------------------------------- one event


def clean(text: str) -> str:
    """Text without the control characters that a property may not hold (RFC 5545 3.3.11)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or (ord(c) >= 32 and not 127 <= ord(c) < 160))


def _text(value: str) -> vText:
    return vText(clean(value))


def uid(deadline: Deadline, words: Wording) -> str:
    """The UID: the deadline's id, in this language's feed."""
    return f"{deadline.id}.{words.lang}@{UID_DOMAIN}"


def _authority(deadline: Deadline, words: Wording) -> list[str]:
    known = authorities().by_cite
    return [
        words(
            "feed.authority",
            text=f"{words.cite(cite)} {known[cite].url}",
            read=words(f"read.{known[cite].read}"),
        )
        for cite in deadline.authority
    ]


def description(deadline: Deadline, record: Record, words: Wording, office_notes: bool) -> str:
    """What, who, under which paragraph, how counted, other readings, sources, last verification."""
    entries = record.rows()
    counted = "; ".join(f"{text}{words.colon} {day.isoformat()}" for text, day in words.derivation(deadline.counted))
    who = words.actor(deadline.actor) + (f" → {words.actor(deadline.recipient)}" if deadline.recipient else "")
    lines = [words("feed.what", text=words.said(deadline.duty)), words("feed.who", text=who)]
    lines += _authority(deadline, words)
    lines.append(words("feed.counted", text=counted))
    lines += [words("feed.other", text=words.other(other)) for other in deadline.others]
    if deadline.earliest != deadline.latest:
        span = f"{deadline.earliest.isoformat()} – {deadline.latest.isoformat()}"
        lines.append(words("feed.span", text=span))
    if words.condition(deadline):
        lines.append(words("feed.condition", text=words.condition(deadline)))
    if office_notes and office_text(deadline, words):
        lines.append(words("feed.office", text=office_text(deadline, words)))
    lines.append(words("feed.confidence", text=words.confidence(deadline)))
    lines.append(words("feed.certainty", text=standing_of(deadline, words)))
    for identity in (*deadline.evidence, *deadline.expected_by):
        lines += [words("feed.source", text=source_text(each, words)) for each in entries[identity].sources]
    lines += [words("feed.verified", day=words.day(record.verified_on)), words("feed.disclaimer")]
    return "\n".join(lines)


def _stamp(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo("UTC"))


def _alarm(deadline: Deadline, days: int, words: Wording) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", _text(words.said(deadline.title)))
    alarm.add("TRIGGER", timedelta(days=-days))
    alarm.add("UID", f"alarm-{days}.{uid(deadline, words)}")
    return alarm


def event(deadline: Deadline, definition: Definition, record: Record, words: Wording, base_url: str) -> Event:
    """A deadline as a VEVENT."""
    when = news(deadline, record)
    item = Event()
    item.add("UID", uid(deadline, words))
    item.add("DTSTAMP", _stamp(when.changed))
    item.add("CREATED", _stamp(when.created))
    item.add("LAST-MODIFIED", _stamp(when.changed))
    item.add("SEQUENCE", when.sequence)
    if deadline.time:
        moment = time.fromisoformat(deadline.time)
        item.add("DTSTART", datetime.combine(deadline.day, moment, ZoneInfo(deadline.zone)))
    else:
        item.add("DTSTART", deadline.day)
        item.add("DTEND", deadline.day + ONE_DAY)
        item.add("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE")
    item.add("SUMMARY", _text(words.said(deadline.title)))
    item.add("DESCRIPTION", _text(description(deadline, record, words, definition.office_notes)))
    item.add("STATUS", STATUS[deadline.certainty])
    item.add("TRANSP", "TRANSPARENT")
    item.add("CLASS", "PUBLIC")
    item.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    item.add("CATEGORIES", [words(f"jurisdiction.{deadline.jurisdiction}"), words(f"kind.{deadline.kind}")])
    if base_url:
        item.add("URL", f"{base_url.rstrip('/')}/{words.lang}/deadlines.html#{deadline.id}")
    for days in definition.alarms_for(deadline):
        item.add_component(_alarm(deadline, days, words))
    return item


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
    calendar.add("LAST-MODIFIED", _stamp(changed))
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


def feed(definition: Definition, chosen: Sequence[Deadline], record: Record, words: Wording, base_url: str) -> bytes:
    """A feed of `chosen` deadlines in the language of `words`, as bytes: CRLF, folded at 75 octets, UTF-8."""
    changed = max((news(each, record).changed for each in chosen), default=record.verified_on)
    calendar = _calendar(definition, words, base_url, changed)
    for zone in sorted({each.zone for each in chosen if each.time}):
        calendar.add_component(Timezone.from_tzid(zone))
    for each in chosen:
        calendar.add_component(event(each, definition, record, words, base_url))
    return bytes(calendar.to_ical(sorted=False))


def feed_of(
    definition: Definition, record: Record, as_of: date, readings: Readings, words: Wording, base_url: str
) -> bytes:
    """A feed from the record as it was known on `as_of`."""
    day = news_day(record, as_of)
    known = record.as_known_on(as_of)
    found = deadlines(known, day, readings)
    return feed(definition, contents(definition, found, known, day), known, words, base_url)
