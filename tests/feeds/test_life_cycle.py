"""A subscriber's years: polls before and after an extension, a notice of withdrawal, its rescission, a moved review.

The client keeps, by UID, the newer revision (by the RFC's rule, or by that of ICSx5 or of Evolution) and shows what is
not cancelled. One that follows the feed drops what the feed no longer has; one that imports each file keeps it. Both
must end with the truth, without ghost or duplicate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import permutations
from typing import Any

import pytest
from icalendar import Calendar, Event

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.calendar import calendar_of, contents, news_day
from review_clock.feeds.definition import shipped
from review_clock.feeds.events import Events, deadline_of
from review_clock.files import parsed
from review_clock.record.ledger import Record, from_table, merged
from review_clock.words.wording import wording
from tests.feeds.two_years import NEWS, entry, steps
from tests.frozen import LAW, RECORD, deadlines, question

FEEDS = shipped(LAW)


def _extension(day: date) -> str:
    return "".join(entry(f"ext-{p}", day, f'act = "confirmation"\nparty = "{p}"') for p in ("ca", "mx", "us"))


def _notice(day: date) -> str:
    return entry("notice", day, 'act = "withdrawal_notice"\nparty = "us"')


def _rescission(day: date) -> str:
    return entry("rescinded", day, 'act = "withdrawal_rescinded"\nparty = "us"')


def _moved(day: date) -> str:
    return entry("moved", day, f'act = "review_scheduled"\nday = {day.replace(year=day.year + 1)}')


def _note(day: date) -> str:
    return entry("note", day, 'act = "note"')


STEPS = {"extension": _extension, "notice": _notice, "rescission": _rescission, "moved": _moved, "note": _note}
DAYS = [date(2027, 6, 15), date(2027, 7, 1), date(2027, 9, 1), date(2027, 11, 10)]


def _lawful(story: tuple[str, ...]) -> bool:
    """Whether the acts can come in this order: a notice before its rescission, a day set before an extension."""
    place = {name: n for n, name in enumerate(story)}
    rescinds = "rescission" not in place or place.get("notice", 9) < place["rescission"]
    sets = "moved" not in place or place.get("extension", 9) > place["moved"]
    return rescinds and sets


STORIES = [s for n in (1, 2) for s in permutations(STEPS, n) if _lawful(s)] + [
    ("notice", "rescission", "extension"),
    ("notice", "note", "rescission"),
    ("notice", "extension", "rescission"),
    ("extension", "notice", "rescission", "note"),
    ("moved", "extension", "notice", "rescission"),
    ("notice", "rescission", "extension", "note"),
]


Revision = tuple[Any, ...]
Held = tuple[Revision, date, str, tuple[str, ...]]
"""What a client holds of an event: its revision, date, status, and the texts that a reader sees."""


def by_rfc(event: Event) -> Revision:
    """RFC 5546 2.1.5: the higher SEQUENCE, or the later DTSTAMP where that is equal."""
    return (int(event["SEQUENCE"]), event.decoded("DTSTAMP"))


def by_last_modified(event: Event) -> Revision:
    """ICSx5: an event is updated only where its LAST-MODIFIED rose."""
    return (event.decoded("LAST-MODIFIED"),)


def by_sequence(event: Event) -> Revision:
    """Evolution's data server: an event is updated only where its SEQUENCE rose."""
    return (int(event["SEQUENCE"]),)


@lru_cache(maxsize=32)
def _events(data: bytes) -> tuple[Event, ...]:
    return tuple(Calendar.from_ical(data).walk("VEVENT"))


@dataclass
class Client:
    """A calendar client: what it holds, by UID, and by which stamps it tells what is newer."""

    follows: bool
    revision: Callable[[Event], Revision] = by_rfc
    holds: dict[str, Held] = field(default_factory=dict)

    def polls(self, data: bytes) -> None:
        """Take in a feed; what it then holds of each event must be what the feed says, texts included."""
        events = _events(data)
        uids = [str(event["UID"]) for event in events]
        assert len(uids) == len(set(uids))
        for uid, event in zip(uids, events, strict=True):
            texts = tuple(str(event.get(key, "")) for key in ("SUMMARY", "DESCRIPTION", "URL"))
            found = (self.revision(event), event.decoded("DTSTART"), str(event["STATUS"]), texts)
            known = self.holds.get(uid)
            if known is None or found[0] > known[0]:
                self.holds[uid] = found
            assert self.holds[uid] == found, f"{uid} changed and its stamps did not rise: {known} {found}"
        if self.follows:
            self.holds = {uid: each for uid, each in self.holds.items() if uid in uids}

    def shows(self) -> dict[str, date]:
        """The deadlines in its calendar, by id."""
        kept = {uid: each for uid, each in self.holds.items() if each[2] != "CANCELLED"}
        found = {deadline_of(uid, wording("en")): each[1] for uid, each in kept.items()}
        return {identity: day for identity, day in found.items() if identity}


def _poll(record: Record, day: date, name: str, found: tuple[Deadline, ...]) -> tuple[bytes, dict[str, date]]:
    """A feed, and what a calendar that follows it should show."""
    chosen = contents(FEEDS[name], found, record, news_day(record, day))
    answer = question(news_day(record, day), record=record).status.answer
    data = calendar_of(FEEDS[name], chosen, Events(LAW, record, wording("en"), ""), answer)
    return data, {each.id: each.date for each in chosen if each.certainty != "superseded"}


@pytest.mark.parametrize("story", STORIES, ids="-".join)
def test_the_subscriber_ends_with_the_truth(story: tuple[str, ...]) -> None:
    clients = {name: (Client(follows=True), Client(follows=False)) for name in ("everything", "withdrawal-watch")}
    texts = [""] + [STEPS[name](day) for name, day in zip(story, DAYS, strict=False)]
    for place in range(len(texts)):
        day = DAYS[place - 1] if place else date(2026, 11, 23)
        extra = from_table(parsed("".join(texts[: place + 1]), "mine.toml"))
        record = merged([RECORD, extra]).as_known_on(day)
        found = deadlines(record, news_day(record, day))
        for name, both in clients.items():
            data, truth = _poll(record, day, name, found)
            for client in both:
                client.polls(data)
                client.polls(data)
                assert client.shows() == truth, (story[:place], name, client.follows)


def test_a_client_that_misses_a_poll_would_hold_ghosts() -> None:
    """The check above can fail: before it polls again, the client's calendar is not the truth."""
    day = date(2027, 7, 1)
    client = Client(follows=False)
    client.polls(_poll(RECORD, day, "everything", deadlines(RECORD, news_day(RECORD, day)))[0])
    extended = merged([RECORD, from_table(parsed(_extension(day), "mine.toml"))])
    data, truth = _poll(extended, day, "everything", deadlines(extended, day))
    assert client.shows() != truth
    client.polls(data)
    assert client.shows() == truth


@pytest.mark.parametrize("name", ["everything", "withdrawal-watch", "changes", "business-reminders"])
@pytest.mark.parametrize("left_out", [(), ("a wrong day for the review", "another day replaces it", "a notice")])
def test_two_years_of_corrections_and_a_release_end_with_the_truth(name: str, left_out: tuple[str, ...]) -> None:
    rules = (by_rfc, by_last_modified, by_sequence)
    following = [Client(follows=True, revision=rule) for rule in rules]
    keeping = [Client(follows=False, revision=rule) for rule in rules]
    for what, data, truth in _two_years(name, left_out):
        for client in (*following, *keeping):
            client.polls(data)
        assert all(client.shows() == truth for client in following), what
    assert all(client.shows().keys() <= truth.keys() for client in keeping)


@cache
def _two_years(name: str, left_out: tuple[str, ...]) -> list[tuple[str, bytes, dict[str, date]]]:
    """By step: what it was, the feed, and what a calendar that follows it should show."""
    found = []
    for step in steps(*left_out):
        feed = step.feed(name)
        shown = () if feed.definition.only_changes else feed.chosen
        truth = {each.id: each.date for each in shown if each.certainty != "superseded"}
        found.append((step.what, feed.calendar(), truth))
    return found


def test_the_two_years_hold_what_they_are_meant_to() -> None:
    told = {what: (data.decode().replace("\r\n ", ""), truth) for what, data, truth in _two_years("everything", ())}
    assert len(told) == len(NEWS)
    review, report = "treaty.review.annual.1-2", "us.611.annual-report.1-2"
    days = [truth[review] for _text, truth in told.values()]
    assert days[:5] == [date(2027, 7, 1), date(2027, 6, 15), date(2027, 7, 1), date(2027, 6, 10), date(2027, 6, 24)]
    assert told["a release of ours"][1][report] - told["the notice is rescinded"][1][report] == timedelta(days=10)
    assert "no legal advice" in told["a release of ours"][0]
    assert "no legal advice" not in told["the notice is rescinded"][0]
    assert "STATUS:CANCELLED" in told["an extension"][0]
