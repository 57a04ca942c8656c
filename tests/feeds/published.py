"""What the clients are given to read: every feed in every language, a firm's hostile one, one of a hypothesis, and
every feed while a notice runs and after an extension; with what the product's own deadlines say of each event.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from icalendar import Calendar

from review_clock.feeds.calendar import Carried, carried, contents, news_day
from review_clock.feeds.definition import shipped, with_folder
from review_clock.feeds.described import one_line
from review_clock.feeds.events import STATUS, Events, uid
from review_clock.files import LANGUAGES, parsed
from review_clock.questions.question import Question
from review_clock.record.ledger import Record, from_table, merged
from review_clock.scenarios.library import load as load_plan
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

AS_OF: Final = date(2026, 11, 23)
FEEDS: Final = shipped(LAW)
ADDRESS: Final = "https://example.org/clock"
HOSTILE: Final = 'x\r\nBEGIN:VEVENT\nUID:evil\nEND:VEVENT; , \\ "quoted" \u202e \U0001f600 <b> é'
LONG: Final = HOSTILE + "é" * 10_000
TIMED: Final = f"""
[[announced]]
id = "own-time"
on = 2027-02-02
time = "23:59"
zone = "America/New_York"
known_on = 2026-11-01
deadline = "own.time"
jurisdiction = "us"
kind = "comment"
actor = "public"
title = "Comments close"
text = {json.dumps(LONG, ensure_ascii=False)}
[[announced.source]]
title = "Notice"
"""
FIRM: Final = f"""
title = {json.dumps(HOSTILE, ensure_ascii=False)}
description = {json.dumps(HOSTILE, ensure_ascii=False)}
colour = "teal"
reminders = "events"
[choose]
[alarms]
default = [10, 1]
[[firm]]
id = "acme.brief"
after = "treaty.review.annual"
offset = "-P45D"
roll = "previous"
holidays = "US-NY"
title = {json.dumps(HOSTILE, ensure_ascii=False)}
actor = {json.dumps(HOSTILE, ensure_ascii=False)}
[[firm]]
id = "acme.comments"
after = "own.time"
offset = "-P1W"
title = "Draft of the comments"
duty = {json.dumps(LONG, ensure_ascii=False)}
"""
SCENARIO: Final = f"""
title = {json.dumps(HOSTILE, ensure_ascii=False)}
explanation = {json.dumps(LONG, ensure_ascii=False)}
[[assume]]
act = "2027-01-15 us gives notice"
"""
_SOURCE: Final = '[[event.source]]\ntitle = "Press"\n'
STATES: Final = {
    "notice": ("es", '[[event]]\nid = "n"\non = 2026-11-20\nact = "withdrawal_notice"\nparty = "mx"\n'),
    "extended": (
        "fr",
        f'text = "News."\n{_SOURCE}'.join(
            f'[[event]]\nid = "c-{party}"\non = 2026-11-21\nact = "confirmation"\nparty = "{party}"\n'
            for party in ("ca", "mx", "us")
        ),
    ),
}
"""Beside today, in one language each: the entries that make the state."""

Facts = dict[str, tuple[str, str, str, tuple[float, ...]]]
"""By UID: start, summary, status, and how many days before the start each alarm rings, as a negative number."""


@cache
def facts(data: bytes) -> Facts:
    """What icalendar finds: the facts that all others must find too."""
    return {
        str(event["UID"]): (
            event.decoded("DTSTART").isoformat(),
            str(event["SUMMARY"]),
            str(event["STATUS"]),
            tuple(alarm.decoded("TRIGGER") / timedelta(days=1) for alarm in event.walk("VALARM")),
        )
        for event in Calendar.from_ical(data).walk("VEVENT")
    }


def of_deadlines(each: Carried) -> Facts:
    """What the product's deadlines say that the events of a feed must hold, those that stand for none left out."""
    definition, events, found = each.definition, each.events, {}
    for deadline in () if definition.only_changes else each.chosen:
        status = "TENTATIVE" if events.hypothesis else STATUS[deadline.certainty]
        rings = definition.reminders == "alarms" and status != "CANCELLED"
        start, morning = deadline.date.isoformat(), timedelta(hours=9)
        if deadline.time:
            hour = datetime.fromisoformat(f"{start}T{deadline.time}")
            start, morning = f"{start}T{deadline.time}:00", morning - timedelta(hours=hour.hour, minutes=hour.minute)
        alarms = definition.reminders_of(deadline) if rings else ()
        before = tuple((morning - timedelta(days=n)) / timedelta(days=1) for n, _ in alarms)
        title = one_line(events.summary(deadline))
        found[uid(deadline.id, events.words, events.hypothesis)] = (start, title, status, before)
    return found


def _on_the_day_of_news(record: Record) -> Question:
    return question(news_day(record, AS_OF), record=record)


def _shipped(asked: Question, lang: str, end: str) -> dict[str, Carried]:
    """Every feed in one language, its events made once for all of them."""
    events, found = Events(LAW, asked.record, wording(lang), ADDRESS), {}
    for name, definition in FEEDS.items():
        chosen = contents(definition, asked.all_deadlines, asked.record, asked.as_of)
        found[f"{name}.{end}"] = Carried(
            definition=definition, chosen=chosen, events=events, answer=asked.status.answer
        )
    return found


def _own_feed(folder: Path, lang: str) -> Carried:
    (folder / "acme.toml").write_text(FIRM.replace("[choose]", '[choose]\nkind = ["internal", "comment", "review"]'))
    record = merged([RECORD, from_table(parsed(TIMED, "mine.toml"))])
    law, feeds = with_folder(str(folder), LAW, record)
    return carried(feeds["acme"], replace(question(AS_OF, record=record), law=law), wording(lang), ADDRESS)


def in_every_language(folder: Path) -> Mapping[str, Carried]:
    """Every feed in every language, a firm's hostile one and one of a scenario among them, by file."""
    plan, today = load_plan(parsed(SCENARIO, "acme-plan.toml"), "acme-plan"), _on_the_day_of_news(RECORD)
    found = {}
    for lang in LANGUAGES:
        found |= _shipped(today, lang, f"{lang}.ics")
        found[f"acme.{lang}.ics"] = _own_feed(folder, lang)
        found[f"hypothesis.{lang}.ics"] = carried(FEEDS["everything"], question(AS_OF, plan=plan), wording(lang))
    return found


def in_other_states() -> Mapping[str, Carried]:
    """Every feed while a notice runs, and after an extension, by file."""
    found = {}
    for state, (lang, entries) in STATES.items():
        extra = from_table(parsed(f'{entries}text = "News."\n{_SOURCE}', "mine.toml"))
        found |= _shipped(_on_the_day_of_news(merged([RECORD, extra])), lang, f"{state}.{lang}.ics")
    return found


def written(feeds: Mapping[str, Carried], folder: Path) -> dict[Path, bytes]:
    """The feeds as files in `folder`."""
    found = {folder / name: each.calendar() for name, each in feeds.items()}
    for path, data in found.items():
        path.write_bytes(data)
    return found
