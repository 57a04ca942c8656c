"""A subscriber's years: polls before and after an extension, a notice of withdrawal, its rescission, a moved review.

The client keeps, by UID, the revision with the higher SEQUENCE, or with the later DTSTAMP where that is equal
(RFC 5546 2.1.5), and shows what is not cancelled. One that follows the feed drops what the feed no longer has; one that
imports each file keeps it. Both must end with the truth, without ghost or duplicate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import permutations

import pytest
from icalendar import Calendar

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.calendar import calendar_of, contents, news_day
from review_clock.feeds.definition import shipped
from review_clock.feeds.events import Events, deadline_of
from review_clock.files import parsed
from review_clock.record.ledger import Record, from_table, merged
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, deadlines, question

FEEDS = shipped(LAW)


def _event(identity: str, day: date, act: str) -> str:
    source = '[[event.source]]\ntitle = "Press"\n'
    return f'[[event]]\nid = "{identity}"\non = {day}\n{act}\ntext = "News."\n{source}'


def _extension(day: date) -> str:
    return "".join(_event(f"ext-{p}", day, f'act = "confirmation"\nparty = "{p}"') for p in ("ca", "mx", "us"))


def _notice(day: date) -> str:
    return _event("notice", day, 'act = "withdrawal_notice"\nparty = "us"')


def _rescission(day: date) -> str:
    return _event("rescinded", day, 'act = "withdrawal_rescinded"\nparty = "us"')


def _moved(day: date) -> str:
    return _event("moved", day, f'act = "review_scheduled"\nday = {day.replace(year=day.year + 1)}')


def _note(day: date) -> str:
    return _event("note", day, 'act = "note"')


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


@dataclass
class Client:
    """A calendar client: what it holds, by UID, as (SEQUENCE, DTSTAMP, date, status, summary)."""

    follows: bool
    holds: dict[str, tuple[int, datetime, date, str, str]] = field(default_factory=dict)

    def polls(self, data: bytes) -> None:
        """Take in a feed."""
        events = Calendar.from_ical(data).walk("VEVENT")
        uids = [str(event["UID"]) for event in events]
        assert len(uids) == len(set(uids))
        for uid, event in zip(uids, events, strict=True):
            revision = (int(event["SEQUENCE"]), event.decoded("DTSTAMP"))
            found = (*revision, event.decoded("DTSTART"), str(event["STATUS"]), str(event["SUMMARY"]))
            known = self.holds.get(uid)
            if known is not None and known[2:] != found[2:]:
                assert found[0] > known[0], f"{uid} changed without a higher SEQUENCE: {known} {found}"
            if known is None or revision > known[:2]:
                self.holds[uid] = found
        if self.follows:
            self.holds = {uid: each for uid, each in self.holds.items() if uid in uids}

    def shows(self) -> dict[str, date]:
        """The deadlines in its calendar, by id."""
        kept = {uid: each for uid, each in self.holds.items() if each[3] != "CANCELLED"}
        found = {deadline_of(uid, wording("en")): each[2] for uid, each in kept.items()}
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
