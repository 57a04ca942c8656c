"""All feeds in all languages against one full feed a language: events are serialised once and shared."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date

import pytest

from review_clock.deadlines import deadlines
from review_clock.feed_events import Events
from review_clock.feeds import contents, definition, definitions, feed, news_day
from review_clock.law.readings import defaults
from review_clock.law.tables import LANGUAGES
from review_clock.record import ledger
from review_clock.wording import wording

LIMIT = 1.5


def test_all_feeds_cost_at_most_half_as_much_again_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    record = ledger.base()
    day = news_day(record, date(2026, 11, 23))
    found = deadlines(record, day, defaults())

    def seconds(names: Iterable[str]) -> float:
        start = time.perf_counter()
        for lang in LANGUAGES:
            events = Events(record, wording(lang), "https://example.org")
            for name in names:
                feed(definition(name), contents(definition(name), found, record, day), events, day)
        return time.perf_counter() - start

    seconds(["everything"])
    pairs = [(seconds(["everything"]), seconds(definitions())) for _ in range(3)]
    ratio = min(whole for _one, whole in pairs) / min(one for one, _whole in pairs)
    with capsys.disabled():
        print(f"\nall {len(definitions())} feeds / one feed a language = {ratio:.2f} (limit {LIMIT})")
    assert ratio <= LIMIT
