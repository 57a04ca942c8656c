"""Reports → iCalendar feeds: the calendar around the events that a definition chooses.

A feed depends on what is recorded alone: a poll without news is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import quote

from icalendar import Calendar, Timezone, vDuration, vText, vUri

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.definition import Definition, named, shipped
from review_clock.feeds.events import STATUS, Events, Hypothesis, clean, known_on, one_line, stamp, uid, what_changed
from review_clock.law.counting import ONE_DAY
from review_clock.questions.answer import Answer
from review_clock.questions.question import Question
from review_clock.record.ledger import Record
from review_clock.words.acts import all_assumed, titled
from review_clock.words.headline import headline
from review_clock.words.wording import Wording, wording

PRODID: Final = "-//Review Clock//USMCA deadlines//EN"
A_YEAR: Final = timedelta(days=366)
_END: Final = b"END:VCALENDAR\r\n"


# ------------------------------------------------------------------------------------------------ what is in it


def news_day(record: Record, as_of: date) -> date:
    """The last day of news to `as_of`: feeds are made as of that day, so that time alone changes nothing."""
    return max((day for day in record.as_known_on(as_of).news_days() if day <= as_of), default=as_of)


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


def _calendar(definition: Definition, events: Events, changed: date, answer: Answer) -> Calendar:
    words, base_url = events.words, events.base_url
    named = (words.said(definition.title), *headline(answer, words).unusual)
    title = one_line(events.titled(" · ".join(named)))
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
    reminders = definition.reminders_of(deadline)
    cancelled = STATUS[deadline.certainty] == "CANCELLED"
    body = events.serialised(deadline, () if cancelled else tuple(n for n, _ in reminders), definition.office_notes)
    if definition.reminders == "alarms":
        return body
    return body + b"".join(events.reminder(deadline, *each) for each in reminders)


def calendar_of(definition: Definition, chosen: Sequence[Deadline], events: Events, answer: Answer) -> bytes:
    """A feed of `chosen` deadlines as bytes: CRLF, folded at 75 octets, UTF-8. Its events come from `events`.

    What an entry of the year before the day of `answer` moved or removed is an event of its own, on the day it became
    known. What is unusual in that answer (a Party gone, a notice that runs, an extension, the end) is in its name.
    """
    changed = max((events.news(each).changed for each in chosen), default=events.record.verified_on)
    calendar = _calendar(definition, events, changed, answer)
    # A calendar must hold a component (RFC 5545 3.6): one without events holds its time zone.
    for zone in sorted({each.zone for each in chosen if each.time} or ({"UTC"} if not chosen else set())):
        calendar.add_component(Timezone.from_tzid(zone))
    bodies = [_event(each, definition, events) for each in chosen]
    if events.hypothesis is None:
        bodies += [events.changed(each) for each in what_changed(chosen, events.record, answer.as_of - A_YEAR)]
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
    answer: Answer

    def calendar(self) -> bytes:
        """It as iCalendar."""
        return calendar_of(self.definition, self.chosen, self.events, self.answer)


def carried(definition: Definition, question: Question, words: Wording, base_url: str = "") -> Carried:
    """What a feed carries, from the record as it was known on the day of the question.

    Under assumptions its name, its UIDs and every event say that it is a hypothesis; it holds what stands under them:
    of what they removed there is nothing to cancel, for it was never in this feed.
    """
    day = question.as_of if question.known_on else news_day(question.base, question.as_of)
    known = question.known
    then = replace(question, as_of=day)
    chosen, answer = contents(definition, then.all_deadlines, known, day), then.status.answer
    plan, scenario = question.plan, question.scenario
    if plan is None or scenario is None:
        return Carried(definition=definition, chosen=chosen, events=Events(known, words, base_url), answer=answer)
    standing = tuple(each for each in chosen if each.certainty != "superseded")
    title, lines = titled(plan.title, plan.lines, words), tuple(all_assumed(scenario.lines, words))
    hypothesis = Hypothesis(name=scenario.name, title=title, lines=lines)
    events = Events(known, words, "", hypothesis)
    return Carried(definition=definition, chosen=standing, events=events, answer=answer)


def feed(question: Question, name: str, lang: str = "en", base_url: str = "") -> bytes:
    """The shipped feed `name` as iCalendar (RFC 5545, UTF-8); of a question that assumes, a feed of the hypothesis.

    Raises `BadData` naming the feeds that there are, `Error` for a language that is not en, es or fr.
    """
    definition = named(name, shipped(question.law), lang)
    return carried(definition, question, wording(lang), base_url).calendar()
