"""One deadline → one VEVENT (RFC 5545, 7986, 9074), serialised once a language and shared by all feeds that carry it.

A deadline's UID is its id and the language. SEQUENCE counts the record's entries that changed it; DTSTAMP is the day
of the last of them, or that to which the record was verified: nothing here asks what day it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, vDate, vDatetime, vDuration, vInt, vText

from review_clock.deadlines.changes import Change
from review_clock.deadlines.deadline import Deadline
from review_clock.law.counting import ONE_DAY
from review_clock.record.ledger import Announced, Entry, Record
from review_clock.words.phrases import change_text, day_text, office_text, source_text, span_text, timeliness_text
from review_clock.words.wording import Wording

RecordRow = Entry | Announced
UID_DOMAIN: Final = "review-clock"
STATUS: Final = {
    "past": "CONFIRMED",
    "fixed": "CONFIRMED",
    "announced": "CONFIRMED",
    "scheduled": "TENTATIVE",
    "contingent": "TENTATIVE",
    "superseded": "CANCELLED",
}
# Values that every event shares, made once: half of the cost of an event is making its values.
_TRANSPARENT, _PUBLIC, _FREE, _TRUE, _DISPLAY = map(vText, ("TRANSPARENT", "PUBLIC", "FREE", "TRUE", "DISPLAY"))
_END: Final = b"END:VEVENT\r\n"
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """The scenario that a feed is made under: each event says so in its UID, its summary and its description."""

    name: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """When a deadline was first known, when it last changed, and how many changes there were."""

    created: date
    changed: date
    sequence: int


def known_on(change: Change, rows: Mapping[str, RecordRow]) -> date:
    """The day on which what made a change became known."""
    row = rows.get(change.entry)
    return row.known_on if row is not None else change.on


def _news(deadline: Deadline, record: Record, rows: Mapping[str, RecordRow], news_days: Sequence[date]) -> News:
    """What the record's entries did to a deadline, in days and as a count; what is assumed is no news."""
    days = [known_on(change, rows) for change in deadline.changes if change.entry]
    shown = [rows[identity].known_on for identity in deadline.evidence]
    # Every announcement about it counts, also one that an act has overtaken: a count never goes back.
    days += shown + [row.known_on for row in record.announced if deadline.id in (row.about, row.deadline)]
    # That its day went by is a change of its status too: it shows in the feed with the first news afterwards.
    passed = [day for day in news_days if day > deadline.date and deadline.certainty == "past"]
    days += [day for day in passed[:1] if day < min(shown, default=date.max)]
    if not days:
        days = [record.verified_on]
    return News(created=min(days), changed=max(*days, record.verified_on), sequence=len(days) - 1)


def clean(text: str) -> str:
    """Text without the control characters that a property may not hold (RFC 5545 3.3.11)."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """A title on one line: clients show it so, and some refuse a summary of several lines."""
    return " ".join(clean(text).split())


def _text(value: str) -> vText:
    return vText(clean(value))


def uid(identity: str, words: Wording, hypothesis: Hypothesis | None = None) -> str:
    """The UID of an event: the deadline's id, in this language's feed; a hypothesis has UIDs of its own."""
    under = f"hypothesis.{hypothesis.name}." if hypothesis else ""
    return f"{under}{identity}.{words.lang}@{UID_DOMAIN}"


def deadline_of(found: str, words: Wording) -> str:
    """The id of the deadline that a UID of the law's own feeds belongs to; empty for an event that is none."""
    identity = found.rpartition(f".{words.lang}@")[0]
    return "" if identity.startswith(("changed.", "reminder-")) else identity


def _authority(deadline: Deadline, words: Wording) -> list[str]:
    lines = []
    for each in deadline.authority:
        read = words(f"read.{each.read}")
        if each.read != "text_read":
            read += f"; {words('explain.compare')}"
        lines.append(words("feed.authority", text=f"{words.cite(each.cite)} {each.url}", read=read))
    return lines


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _description(
    deadline: Deadline, rows: Mapping[str, RecordRow], verified_on: date, words: Wording, office_notes: bool
) -> str:
    counted = "; ".join(f"{text}{words.colon} {day.isoformat()}" for text, day in words.derivation(deadline.derivation))
    who = words.said(deadline.actor_name)
    who += f" → {words.said(deadline.recipient_name)}" if deadline.recipient else ""
    lines = [day_text(deadline, words, words.day(deadline.date))] if deadline.day_is == "inferred" else []
    lines += [words("feed.what", text=words.said(deadline.duty)), words("feed.who", text=who)]
    lines += _authority(deadline, words)
    lines.append(words("feed.counted", text=counted))
    lines += [_capital(words.other(other)) for other in deadline.other_readings]
    span = span_text(deadline, words, words.day)
    lines += [_capital(span)] if span else []
    if deadline.condition is not None:
        lines.append(words("feed.condition", text=words.condition(deadline.condition)))
    if office_notes and office_text(deadline, words):
        lines.append(words("feed.office", text=office_text(deadline, words)))
    lines.append(words("feed.confidence", text=words.confidence(deadline)))
    lines.append(words("feed.day_known", text=words(f"day_is.{deadline.day_is}")))
    standing = words.standing(deadline.certainty, deadline.outcome, deadline.days_late)
    told = "; ".join(filter(None, (standing, timeliness_text(deadline, words))))
    lines.append(words("feed.certainty", text=told))
    for change in deadline.changes:
        if change.what != "appeared" or change.by == "announced":
            lines.append(words("feed.moved", text=change_text(change, words, words.day)))
    if deadline.would_move:
        lines.append(words("feed.would_move", text=words.would_move(deadline)))
    for identity in (*deadline.evidence, *deadline.expected_by):
        row = rows[identity]
        lines.append(f"{words.said(row.text)} [{words(f'established.{row.confidence}')}]")
        if row.conflict is not None:
            lines.append(f"{words('history.conflict')}{words.colon} {words.said(row.conflict)}")
        lines += [words("feed.source", text=source_text(each, words)) for each in row.sources]
    lines += [words("feed.verified", day=words.day(verified_on)), words("feed.disclaimer")]
    return "\n".join(lines)


@cache
def stamp(day: date) -> vDatetime:
    """The beginning of a day, in UTC."""
    return vDatetime(datetime.combine(day, time.min, ZoneInfo("UTC")))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatChanged:
    """What an entry of the record moved or removed, for clients that drop a cancelled event without a word."""

    entry: str
    day: date
    changes: tuple[tuple[Deadline, Change], ...]


def what_changed(chosen: Iterable[Deadline], record: Record, since: date) -> tuple[WhatChanged, ...]:
    """What each entry known since a day moved or removed among `chosen`, by day."""
    rows = record.rows()
    found: dict[tuple[date, str], list[tuple[Deadline, Change]]] = {}
    for deadline in chosen:
        for change in deadline.changes:
            day = known_on(change, rows)
            if change.what in ("moved", "vanished") and change.entry and day >= since:
                found.setdefault((day, change.entry), []).append((deadline, change))
    return tuple(
        WhatChanged(entry=entry, day=day, changes=tuple(changes)) for (day, entry), changes in sorted(found.items())
    )


def _named(identity: str, when: News, summary: str, status: str) -> Event:
    """An event with what each has: identity, the record's stamps, summary, status, and that it blocks nobody's day."""
    item = Event()
    item["UID"] = vText(identity)
    item["DTSTAMP"] = stamp(when.changed)
    item["CREATED"] = stamp(when.created)
    item["LAST-MODIFIED"] = stamp(when.changed)
    item["SEQUENCE"] = vInt(when.sequence)
    item["SUMMARY"] = vText(one_line(summary))
    item["STATUS"] = vText(status)
    item["TRANSP"] = _TRANSPARENT
    item["CLASS"] = _PUBLIC
    item["X-MICROSOFT-CDO-BUSYSTATUS"] = _FREE
    return item


def _date(day: date) -> vDate:
    value = vDate(day)
    value.params["VALUE"] = "DATE"
    return value


def _all_day(item: Event, day: date) -> None:
    item["DTSTART"] = _date(day)
    item["DTEND"] = _date(day + ONE_DAY)
    item["X-MICROSOFT-CDO-ALLDAYEVENT"] = _TRUE


def _at(item: Event, deadline: Deadline) -> None:
    if not deadline.time:
        _all_day(item, deadline.date)
        return
    moment = time.fromisoformat(deadline.time)
    item.add("DTSTART", datetime.combine(deadline.date, moment, ZoneInfo(deadline.zone)))


class Events:
    """The events of one record in one language, each serialised once however many feeds carry it."""

    def __init__(self, record: Record, words: Wording, base_url: str, hypothesis: Hypothesis | None = None) -> None:
        self.record, self.words, self.base_url = record, words, base_url.rstrip("/")
        self.hypothesis = hypothesis
        self._rows, self._news_days = record.rows(), record.news_days()
        self._news: dict[str, News] = {}
        self._bodies: dict[tuple[str, bool], bytes] = {}
        self._alarms: dict[tuple[str, int], bytes] = {}

    def news(self, deadline: Deadline) -> News:
        """What the record's entries did to a deadline."""
        if deadline.id not in self._news:
            self._news[deadline.id] = _news(deadline, self.record, self._rows, self._news_days)
        return self._news[deadline.id]

    def summary(self, deadline: Deadline) -> str:
        """The title of an event, saying so where the day of a joint review is not announced."""
        title = self.words.said(deadline.title)
        unknown = deadline.kind == "review" and deadline.day_is == "inferred"
        return self.titled(self.words("day.not_announced", title=title) if unknown else title)

    def titled(self, title: str) -> str:
        """A title; under a hypothesis it begins by saying so."""
        if self.hypothesis is None:
            return title
        return self.words("feed.hypothetical", name=self.hypothesis.name, title=title)

    def described(self, text: str) -> str:
        """A description; under a hypothesis it begins by saying what is assumed."""
        if self.hypothesis is None:
            return text
        head = self.words("feed.hypothesis", title=self.hypothesis.title)
        return "\n".join([head, *self.hypothesis.lines, "", text])

    def description(self, deadline: Deadline, office_notes: bool) -> str:
        """What, who, under which paragraph, how counted, other readings, sources, last verification."""
        text = _description(deadline, self._rows, self.record.verified_on, self.words, office_notes)
        return self.described(text)

    def categories(self, deadline: Deadline) -> list[str]:
        """Jurisdiction and kind in words, and that it is a hypothesis where it is."""
        words = self.words
        categories = [words.said(deadline.jurisdiction_name), words(f"kind.{deadline.kind}")]
        return categories if self.hypothesis is None else [words("feed.hypothesis_category"), *categories]

    def _event(self, deadline: Deadline, office_notes: bool) -> Event:
        words = self.words
        status = STATUS[deadline.certainty] if self.hypothesis is None else "TENTATIVE"
        identity = uid(deadline.id, words, self.hypothesis)
        item = _named(identity, self.news(deadline), self.summary(deadline), status)
        _at(item, deadline)
        item["DESCRIPTION"] = _text(self.description(deadline, office_notes))
        item.add("CATEGORIES", self.categories(deadline))
        if self.base_url and self.hypothesis is None:
            item.add("URL", f"{self.base_url}/{words.lang}/deadlines.html#{deadline.id}")
        return item

    def _body(self, deadline: Deadline, office_notes: bool) -> bytes:
        key = (deadline.id, office_notes)
        if key not in self._bodies:
            self._bodies[key] = bytes(self._event(deadline, office_notes).to_ical(sorted=False)).removesuffix(_END)
        return self._bodies[key]

    def _alarm(self, deadline: Deadline, days: int) -> bytes:
        key = (deadline.id, days)
        if key not in self._alarms:
            alarm = Alarm()
            alarm["ACTION"] = _DISPLAY
            alarm["DESCRIPTION"] = vText(one_line(self.summary(deadline)))
            alarm["TRIGGER"] = vDuration(timedelta(days=-days))
            alarm["UID"] = vText(f"alarm-{days}.{uid(deadline.id, self.words, self.hypothesis)}")
            self._alarms[key] = bytes(alarm.to_ical(sorted=False))
        return self._alarms[key]

    def reminder(self, deadline: Deadline, days: int, on: date) -> bytes:
        """An event of its own, so many days before a deadline, for clients that drop alarms."""
        words = self.words
        title = words("feed.reminder", days=words.days(days), title=words.said(deadline.title))
        identity = uid(f"reminder-{days}.{deadline.id}", words, self.hypothesis)
        item = _named(identity, self.news(deadline), self.titled(title), STATUS[deadline.certainty])
        _all_day(item, on)
        item["DESCRIPTION"] = _text(self.described(f"{words.day(deadline.date)}\n{words('feed.disclaimer')}"))
        return bytes(item.to_ical(sorted=False))

    def changed(self, what: WhatChanged) -> bytes:
        """The entry of what changed, on the day it became known."""
        words, lines = self.words, []
        for deadline, change in what.changes:
            before = words.day(change.before) if change.before else ""
            after = words.day(change.after) if change.after else ""
            title = words.said(deadline.title)
            lines.append(words(f"feed.changed_{change.what}", title=title, before=before, after=after))
        summary = words("feed.changed", count=words.count("deadlines", len(lines)))
        when = News(created=what.day, changed=what.day, sequence=0)
        item = _named(uid(f"changed.{what.entry}", words), when, summary, "CONFIRMED")
        _all_day(item, what.day)
        item["DESCRIPTION"] = _text("\n".join([*lines, words("feed.disclaimer")]))
        return bytes(item.to_ical(sorted=False))

    def serialised(self, deadline: Deadline, alarms: tuple[int, ...], office_notes: bool) -> bytes:
        """The VEVENT as bytes, with an alarm so many days before for each of `alarms`."""
        reminders = b"".join(self._alarm(deadline, days) for days in alarms)
        return self._body(deadline, office_notes) + reminders + _END
