"""One deadline → one VEVENT (RFC 5545, 7986, 9074, 9253), serialised once a language for all feeds that carry it.

A deadline's UID is its id and the language. Its stamps are those of the record, the law and the words that it rests on
(`stamps.py`): nothing here asks what day it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, vDate, vDuration, vInt, vText, vUri

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.described import clean, lines, one_line, reminder_lines, summary
from review_clock.feeds.stamps import Stamp, Stamps, moment
from review_clock.feeds.what_changed import WhatChanged
from review_clock.law.counting import ONE_DAY
from review_clock.law.law import Law
from review_clock.record.ledger import Record
from review_clock.words.wording import Wording

UID_DOMAIN: Final = "review-clock"
STATUS: Final = {
    "past": "CONFIRMED",
    "fixed": "CONFIRMED",
    "announced": "CONFIRMED",
    "scheduled": "TENTATIVE",
    "contingent": "TENTATIVE",
    "superseded": "CANCELLED",
}
MORNING: Final = timedelta(hours=9)
"""When an alarm rings, on its day."""
# Values that every event shares, made once: half of the cost of an event is making its values.
_TRANSPARENT, _FREE, _TRUE, _DISPLAY = map(vText, ("TRANSPARENT", "FREE", "TRUE", "DISPLAY"))
_PUBLIC, _PRIVATE = map(vText, ("PUBLIC", "PRIVATE"))
_END: Final = b"END:VEVENT\r\n"
NO_DEADLINE: Final = ("changed.", "reminder-", "standing.")
"""How the UIDs of events begin that stand for no deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """The scenario that a feed is made under: each event says so in its UID, its summary and its description."""

    name: str
    title: str
    lines: tuple[str, ...]


def language(words: Wording) -> dict[str, str]:
    """The parameter that says in which language a property is."""
    return {"LANGUAGE": words.locale.replace("_", "-")}


def _said(value: str, words: Wording) -> vText:
    return vText(clean(value), params=language(words))


def uid(identity: str, words: Wording, hypothesis: Hypothesis | None = None) -> str:
    """The UID of an event: the deadline's id, in this language's feed; a hypothesis has UIDs of its own."""
    under = f"hypothesis.{hypothesis.name}." if hypothesis else ""
    return f"{under}{identity}.{words.lang}@{UID_DOMAIN}"


def deadline_of(found: str, words: Wording) -> str:
    """The id of the deadline that a UID of the law's own feeds belongs to; empty for an event that is none."""
    identity = found.rpartition(f".{words.lang}@")[0]
    return "" if identity.startswith(NO_DEADLINE) else identity


def _named(identity: str, when: Stamp, title: str, status: str, words: Wording, private: bool = False) -> Event:
    """An event with what each has: identity, stamps, summary, status, that it blocks nobody's day, and whether it is
    `private`, the user's own."""
    item = Event()
    item["UID"] = vText(identity)
    item["DTSTAMP"] = moment(when.changed)
    item["CREATED"] = moment(when.created)
    item["LAST-MODIFIED"] = moment(when.changed)
    item["SEQUENCE"] = vInt(when.sequence)
    item["SUMMARY"] = _said(one_line(title), words)
    item["STATUS"] = vText(status)
    item["TRANSP"] = _TRANSPARENT
    item["CLASS"] = _PRIVATE if private else _PUBLIC
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


def _hour(deadline: Deadline) -> time:
    return time.fromisoformat(deadline.time) if deadline.time else time.min


def _at(item: Event, deadline: Deadline) -> None:
    if not deadline.time:
        _all_day(item, deadline.date)
        return
    item.add("DTSTART", datetime.combine(deadline.date, _hour(deadline), ZoneInfo(deadline.zone)))


def _before(deadline: Deadline, days: int) -> timedelta:
    """From the start of an event to nine in the morning, so many days before."""
    hour = _hour(deadline)
    return MORNING - timedelta(days=days, hours=hour.hour, minutes=hour.minute)


def _link(address: str, label: str) -> vUri:
    return vUri(address, params={"VALUE": "URI", "LINKREL": "describedby", "LABEL": one_line(label)})


class Events:
    """The events of one record in one language, each serialised once however many feeds carry it."""

    def __init__(
        self, law: Law, record: Record, words: Wording, base_url: str, hypothesis: Hypothesis | None = None
    ) -> None:
        self.record, self.words, self.base_url = record, words, base_url.rstrip("/")
        self.hypothesis = hypothesis
        self.stamps, self.rows = Stamps(law, record, words), record.rows()
        self.amendments = law.amendments
        self._bodies: dict[tuple[str, bool, str], bytes] = {}
        self._alarms: dict[tuple[str, int], bytes] = {}

    def address(self, page: str) -> str:
        """The address of a page in this language, where there is one: a hypothesis has none."""
        return f"{self.base_url}/{self.words.lang}/{page}" if self.base_url and self.hypothesis is None else ""

    def summary(self, deadline: Deadline) -> str:
        """The title of an event."""
        return self.titled(summary(deadline, self.words))

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

    def page_of(self, deadline: Deadline) -> str:
        """The address of a deadline's own page."""
        return self.address(f"deadlines/{deadline.id}.html")

    def description(self, deadline: Deadline, office_notes: bool, first: str = "") -> str:
        """What an event says of a deadline, after a `first` line where one is given."""
        page, verified_on = self.page_of(deadline), self.record.verified_on
        found = lines(deadline, self.words, self.rows, verified_on, page, office_notes)
        return self.described("\n".join(filter(None, (first, *found))))

    def categories(self, deadline: Deadline) -> list[str]:
        """Jurisdiction and kind in words, and that it is a hypothesis where it is."""
        words = self.words
        categories = [words.said(deadline.jurisdiction_name), words(f"kind.{deadline.kind}")]
        return categories if self.hypothesis is None else [words("feed.hypothesis_category"), *categories]

    def _status(self, deadline: Deadline) -> str:
        """How sure an event is: of a hypothesis nothing is."""
        return STATUS[deadline.certainty] if self.hypothesis is None else "TENTATIVE"

    def _event(self, deadline: Deadline, office_notes: bool, first: str) -> Event:
        words = self.words
        identity = uid(deadline.id, words, self.hypothesis)
        stamp, title = self.stamps.of(deadline), self.summary(deadline)
        item = _named(identity, stamp, title, self._status(deadline), words, private=deadline.is_own)
        _at(item, deadline)
        item["DESCRIPTION"] = _said(self.description(deadline, office_notes, first), words)
        item.add("CATEGORIES", self.categories(deadline), parameters=language(words))
        item["LINK"] = [_link(each.url, words.cite(each.cite)) for each in deadline.authority if each.url]
        address = self.page_of(deadline)
        if address:
            item.add("URL", address)
        return item

    def _body(self, deadline: Deadline, office_notes: bool, first: str) -> bytes:
        key = (deadline.id, office_notes, first)
        if key not in self._bodies:
            item = self._event(deadline, office_notes, first)
            self._bodies[key] = bytes(item.to_ical(sorted=False)).removesuffix(_END)
        return self._bodies[key]

    def _in_days(self, deadline: Deadline, days: int) -> str:
        words = self.words
        return self.titled(words("feed.reminder", days=words.days(days), title=summary(deadline, words)))

    def _alarm(self, deadline: Deadline, days: int) -> bytes:
        key = (deadline.id, days)
        if key not in self._alarms:
            alarm = Alarm()
            alarm["ACTION"] = _DISPLAY
            alarm["DESCRIPTION"] = _said(one_line(self._in_days(deadline, days)), self.words)
            alarm["TRIGGER"] = vDuration(_before(deadline, days))
            alarm["UID"] = vText(f"alarm-{days}.{uid(deadline.id, self.words, self.hypothesis)}")
            self._alarms[key] = bytes(alarm.to_ical(sorted=False))
        return self._alarms[key]

    def reminder(self, deadline: Deadline, days: int, on: date) -> bytes:
        """An event of its own, so many days before a deadline, for clients that drop alarms."""
        words = self.words
        identity = uid(f"reminder-{days}.{deadline.id}", words, self.hypothesis)
        stamp, title = self.stamps.of(deadline), self._in_days(deadline, days)
        item = _named(identity, stamp, title, self._status(deadline), words, private=deadline.is_own)
        _all_day(item, on)
        said = "\n".join(reminder_lines(deadline, words, self.page_of(deadline)))
        item["DESCRIPTION"] = _said(self.described(said), words)
        return bytes(item.to_ical(sorted=False))

    def changed(self, what: WhatChanged) -> bytes:
        """The entry of what changed, on the day it became known."""
        words = self.words
        identity, stamp = uid(f"changed.{what.id}", words), self.stamps.of_all(what.day)
        private = any(deadline.is_own for deadline, _ in what.changes)
        status = "CANCELLED" if what.taken_back else "CONFIRMED"
        item = _named(identity, stamp, what.title(words), status, words, private=private)
        _all_day(item, what.day)
        page = self.address(f"history.html#{what.row.id}")
        item["DESCRIPTION"] = _said("\n".join(what.lines(words, page)), words)
        if page:
            item.add("URL", page)
        return bytes(item.to_ical(sorted=False))

    def standing(self, name: str, said: str, day: date, cancelled: bool) -> bytes:
        """The entry that a feed holds nothing, as is `said`, so that an empty feed is not taken for a broken one."""
        words = self.words
        status = "CANCELLED" if cancelled else "CONFIRMED"
        said = words("feed.cancelled", title=said) if cancelled else said
        item = _named(uid(f"standing.{name}", words), self.stamps.of_all(day), said, status, words)
        _all_day(item, day)
        end = (words("feed.verified", day=words.day(self.record.verified_on)), words("feed.disclaimer"))
        item["DESCRIPTION"] = _said("\n".join(end), words)
        return bytes(item.to_ical(sorted=False))

    def serialised(self, deadline: Deadline, alarms: tuple[int, ...], office_notes: bool, first: str = "") -> bytes:
        """The VEVENT as bytes, with an alarm so many days before for each of `alarms`; its description may begin with a
        line that is not of the deadline."""
        reminders = b"".join(self._alarm(deadline, days) for days in alarms)
        return self._body(deadline, office_notes, first) + reminders + _END
