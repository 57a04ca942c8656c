"""The cost of feeds as ratios measured in one run: ours against the bare icalendar package doing the same, and all
feeds in all languages against one full feed a language."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Alarm, Calendar, Event

from review_clock.feeds.calendar import calendar_of, contents, news_day
from review_clock.feeds.definition import shipped
from review_clock.feeds.events import Events
from review_clock.files import LANGUAGES
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, deadlines, question

LIMIT = 1.5
BARE_LIMIT = 1.3
ROUNDS = {60: 9, 500: 3, 2_000: 1}
"""By number of events, how often both are measured in turn: the best of each counts."""


def test_what_all_feeds_cost_beside_one_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    day = news_day(RECORD, date(2026, 11, 23))
    found, feeds, answer = deadlines(RECORD, day), shipped(LAW), question(day).status.answer

    def seconds(names: Iterable[str]) -> float:
        start = time.process_time()
        for lang in LANGUAGES:
            events = Events(LAW, RECORD, wording(lang), "https://example.org")
            for name in names:
                calendar_of(feeds[name], contents(feeds[name], found, RECORD, day), events, answer)
        return time.process_time() - start

    seconds(["everything"])
    pairs = [(seconds(["everything"]), seconds(feeds)) for _ in range(3)]
    ratio = min(whole for _one, whole in pairs) / min(one for one, _whole in pairs)
    with capsys.disabled():
        print(f"\nall {len(feeds)} feeds / one feed a language = {ratio:.2f} (limit {LIMIT})")


def _bare(data: bytes) -> Callable[[], bytes]:
    """The bare library making the same feed: the same properties with the same values, from a list prepared before."""
    whole = Calendar.from_ical(data)
    head = [(name, value) for name, value in whole.property_items(recursive=False) if name not in ("BEGIN", "END")]
    events = [
        (
            [(n, v) for n, v in e.property_items(recursive=False) if n not in ("BEGIN", "END")],
            [[(n, v) for n, v in a.property_items() if n not in ("BEGIN", "END")] for a in e.walk("VALARM")],
        )
        for e in whole.walk("VEVENT")
    ]

    def made() -> bytes:
        calendar = Calendar()
        for name, value in head:
            calendar.add(name, value)
        for properties, alarms in events:
            event = Event()
            for name, value in properties:
                event.add(name, value)
            for each in alarms:
                alarm = Alarm()
                for name, value in each:
                    alarm.add(name, value)
                event.add_component(alarm)
            calendar.add_component(event)
        return bytes(calendar.to_ical(sorted=False))

    return made


def _measured(make: Callable[[], bytes]) -> tuple[float, float]:
    """The seconds of the processor that one run takes, and the most memory in MB that another holds."""
    start = time.process_time()
    make()
    seconds = time.process_time() - start
    tracemalloc.start()
    make()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak


@pytest.mark.parametrize("size", ROUNDS)
def test_what_one_feed_costs_beside_the_bare_library_is_told(size: int, capsys: pytest.CaptureFixture[str]) -> None:
    day = news_day(RECORD, date(2026, 11, 23))
    base = [each for each in deadlines(RECORD, day) if each.certainty == "scheduled"]
    found = [
        replace(
            base[n % len(base)], id=f"{base[n % len(base)].id}.{n}", date=base[n % len(base)].date + timedelta(days=n)
        )
        for n in range(size)
    ]
    words, everything, answer = wording("en"), shipped(LAW)["everything"], question(day).status.answer

    def ours() -> bytes:
        return calendar_of(everything, found, Events(LAW, RECORD, words, "https://example.org"), answer)

    data = ours()
    bare = _bare(data)
    assert len(Calendar.from_ical(bare()).walk("VEVENT")) == size
    rounds = [(_measured(ours), _measured(bare)) for _ in range(ROUNDS[size])]
    seconds = min(each[0][0] for each in rounds) / min(each[1][0] for each in rounds)
    memory = rounds[0][0][1] / rounds[0][1][1]
    (took, held), (bare_took, bare_held) = rounds[0]
    with capsys.disabled():
        print(
            f"\nfeed of {size} events / bare icalendar: time {seconds:.2f} (limit {BARE_LIMIT}), memory {memory:.2f}"
            f" ({took:.2f} s and {held:.0f} MB against {bare_took:.2f} s and {bare_held:.0f} MB)"
        )
