"""Deadlines → iCalendar feeds: the calendar around the events of those that a definition chooses.

A feed depends on what is recorded alone: a poll without news is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import quote

from icalendar import Calendar, vDuration, vText, vUri

from review_clock import __version__
from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.definition import Definition, named, shipped
from review_clock.feeds.described import clean, one_line
from review_clock.feeds.events import STATUS, Events, Hypothesis, language
from review_clock.feeds.stamps import moment
from review_clock.feeds.what_changed import known_on, what_changed
from review_clock.feeds.zones import time_zone
from review_clock.formats.cited import published
from review_clock.law.law import Law
from review_clock.questions.answer import Answer
from review_clock.questions.question import Question
from review_clock.record.ledger import Record
from review_clock.words.acts import all_assumed, titled
from review_clock.words.headline import headline
from review_clock.words.wording import Wording, wording

EVERY: Final = timedelta(hours=4)
"""How often a client should look: a notice of withdrawal is news that cannot wait a day."""
A_YEAR: Final = timedelta(days=366)
_END: Final = b"END:VCALENDAR\r\n"
PROVENANCE: Final = "X-REVIEW-CLOCK-PROVENANCE"
"""The property of a calendar, text, that says where it comes from (RFC 5545, 3.8.8.2)."""


# ------------------------------------------------------------------------------------------------ what is in it


def news_day(record: Record, as_of: date, law: Law | None = None) -> date:
    """The last day of news to `as_of`, in the record or of an amendment: feeds are made as of that day, so that time
    alone changes nothing."""
    amended = (each.known_on for each in law.amendments) if law else ()
    days = (*record.as_known_on(as_of).news_days(), *amended)
    return max((day for day in days if day <= as_of), default=as_of)


def feed_day(question: Question) -> date:
    """What the feeds of a question are made as of: the last day of news, or its own where one of knowledge is given."""
    return question.as_of if question.known_on else news_day(question.base, question.as_of, question.law)


def contents(definition: Definition, found: Iterable[Deadline], record: Record, day: date) -> tuple[Deadline, ...]:
    """The deadlines that a feed carries; one that an act removed stays, cancelled, for at least a year."""
    kept, rows = [], record.rows()
    for deadline in found:
        by = deadline.superseded_by
        if by is not None and day > known_on(by, rows) + A_YEAR:
            continue
        if definition.takes(deadline):
            kept.append(deadline)
    return tuple(kept)


# -------------------------------------------------------------------------------------------------- the calendar


def _empty(words: Wording, come: str) -> Calendar:
    """A calendar with what each has, and where it comes from. Files carry no METHOD, which would make messages of them
    (RFC 5546), and no UID, which some clients take for that of every event."""
    calendar = Calendar()
    calendar.add("PRODID", f"-//Review Clock//Review Clock {__version__}//{words.lang.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add(PROVENANCE, vText(come), parameters={"VALUE": "TEXT"})
    return calendar


def _name(calendar: Calendar, title: str, text: str, words: Wording) -> None:
    calendar.add("NAME", vText(one_line(title)), parameters=language(words))
    calendar.add("X-WR-CALNAME", vText(one_line(title)))
    calendar.add("DESCRIPTION", vText(clean(text)), parameters=language(words))
    calendar.add("X-WR-CALDESC", vText(clean(text)))


def _calendar(definition: Definition, events: Events, changed: datetime, answer: Answer) -> Calendar:
    words = events.words
    named = (words.said(definition.title), *headline(answer, words).unusual)
    calendar = _empty(words, published(answer.premises))
    title, text = events.titled(" · ".join(named)), events.described(words.said(definition.description))
    _name(calendar, title, text, words)
    calendar.add("LAST-MODIFIED", moment(changed))
    calendar.add("CATEGORIES", [words("agreement.short")])
    calendar.add("COLOR", definition.colour)
    calendar.add("REFRESH-INTERVAL", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(EVERY))
    address = events.address("deadlines.html")
    if address:
        calendar.add("URL", address)
        source = vUri(f"{events.base_url}/calendars/{definition.name}.{words.lang}.ics")
        calendar.add("SOURCE", source, parameters={"VALUE": "URI"})
    return calendar


def _event(deadline: Deadline, definition: Definition, events: Events) -> bytes:
    """The event of a deadline with its reminders: one that is cancelled reminds nobody, and cancels its own."""
    reminders = definition.reminders_of(deadline)
    as_alarms = definition.reminders == "alarms" and STATUS[deadline.certainty] != "CANCELLED"
    body = events.serialised(deadline, tuple(n for n, _ in reminders) if as_alarms else (), definition.office_notes)
    if definition.reminders == "alarms":
        return body
    return body + b"".join(events.reminder(deadline, *each) for each in reminders)


def _standing(definition: Definition, nothing: bool, events: Events, day: date) -> list[bytes]:
    """The entry that nothing is ahead, or changed, where that is so; in a feed that waits for news, cancelled where it
    is not."""
    if not nothing and not definition.waits:
        return []
    key = "feed.nothing_changed" if definition.only_changes else "feed.nothing_ahead"
    said = events.words(key, title=events.words.said(definition.title), day=events.words.day(day))
    return [events.standing(definition.name, said, day, cancelled=not nothing)]


def calendar_of(definition: Definition, chosen: Sequence[Deadline], events: Events, answer: Answer) -> bytes:
    """A feed of `chosen` deadlines as bytes: CRLF, folded at 75 octets, UTF-8. Its events come from `events`.

    What an entry of the year before the day of `answer` did to them is an event of its own, on the day it became
    known. What is unusual in that answer (a Party gone, a notice that runs, an extension, the end) is in its name.
    """
    carried = () if definition.only_changes else chosen
    stamps = [events.stamps.of_all(answer.as_of), *map(events.stamps.of, carried)]
    calendar = _calendar(definition, events, max(each.changed for each in stamps), answer)
    for zone in sorted({each.zone for each in carried if each.time}):
        calendar.add_component(time_zone(zone))
    bodies = [_event(each, definition, events) for each in carried]
    if events.hypothesis is None:
        since, gone = answer.as_of - A_YEAR, events.record.retractions
        news = what_changed(chosen, events.rows, since, events.amendments, gone)
        bodies += map(events.changed, news)
        nothing = not news if definition.only_changes else not any(each.is_ahead for each in carried)
        bodies += _standing(definition, nothing, events, answer.as_of)
    head = bytes(calendar.to_ical(sorted=False)).removesuffix(_END)
    return head + b"".join(bodies) + _END


ALARM_OF_ONE: Final = 7
"""How many days before the alarm of a calendar of one event rings."""


def one_event(deadline: Deadline, events: Events, come: str) -> bytes:
    """A calendar of one deadline, for "add to calendar": a copy with an alarm, which says that it does not follow the
    law, and where it comes from, as `published` says it."""
    words, calendar = events.words, _empty(events.words, come)
    _name(calendar, events.summary(deadline), words("feed.a_copy"), words)
    if deadline.time:
        calendar.add_component(time_zone(deadline.zone))
    body = events.serialised(deadline, (ALARM_OF_ONE,), True, words("feed.a_copy"))
    return bytes(calendar.to_ical(sorted=False)).removesuffix(_END) + body + _END


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
    answer: Answer

    def calendar(self) -> bytes:
        """It as iCalendar."""
        return calendar_of(self.definition, self.chosen, self.events, self.answer)


def carried(definition: Definition, question: Question, words: Wording, base_url: str = "") -> Carried:
    """What a feed carries, from the record as it was known on the day of the question.

    Under assumptions its name, its UIDs and every event say that it is a hypothesis; it holds what stands under them:
    of what they removed there is nothing to cancel, for it was never in this feed.
    """
    day, known = feed_day(question), question.known
    then = replace(question, as_of=day)
    chosen, answer = contents(definition, then.all_deadlines, known, day), then.status.answer
    plan, scenario = question.plan, question.scenario
    if plan is None or scenario is None:
        return Carried(
            definition=definition, chosen=chosen, events=Events(question.law, known, words, base_url), answer=answer
        )
    standing = tuple(each for each in chosen if each.certainty != "superseded")
    title, lines = titled(plan.title, plan.lines, words), tuple(all_assumed(scenario.lines, words))
    hypothesis = Hypothesis(name=scenario.name, title=title, lines=lines)
    events = Events(question.law, known, words, base_url, hypothesis)
    return Carried(definition=definition, chosen=standing, events=events, answer=answer)


def feed(question: Question, name: str, lang: str = "en", base_url: str = "") -> bytes:
    """The shipped feed `name` as iCalendar (RFC 5545, UTF-8); of a question that assumes, a feed of the hypothesis.

    Raises `BadData` naming the feeds that there are, `Error` for a language that is not en, es or fr.
    """
    definition = named(name, shipped(question.law), lang)
    return carried(definition, question, wording(lang), base_url).calendar()
