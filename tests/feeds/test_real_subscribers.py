"""Two real subscribers over the two years: what they hold after each poll is what the feed says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from icalendar import Calendar

from tests.feeds.published import facts
from tests.feeds.subscribers import Evolution, Vdirsyncer, published, radicale
from tests.feeds.two_years import steps

FEED: Final = "milestones"
PASSED_OVER: Final = ("a day for the review", "another day replaces it", "the notice is rescinded")
Shown = dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def stages() -> list[tuple[str, bytes]]:
    """What happened and the feed, by step; the steps in which nothing new is tried are passed over."""
    return [(step.what, step.feed(FEED).calendar()) for step in steps(*PASSED_OVER)]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A published feed: its file, and the port."""
    folder = tmp_path / "site"
    folder.mkdir()
    with published(folder) as port:
        yield folder / "feed.ics", port


def _texts(data: bytes) -> Shown:
    """Title, description and status of each event, by UID."""
    events = Calendar.from_ical(data).walk("VEVENT")
    return {str(each["UID"]): (str(each["SUMMARY"]), str(each["DESCRIPTION"]), str(each["STATUS"])) for each in events}


def test_evolution_holds_what_the_feed_says_after_each_poll(
    stages: list[tuple[str, bytes]], site: tuple[Path, int], tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    bus = tool("dbus-run-session", "apt-get install dbus-daemon")
    if not list(Path("/usr/share/dbus-1/services").glob("org.gnome.evolution.dataserver.Calendar*.service")):
        tool("evolution-data-server", "apt-get install evolution-data-server gir1.2-ecal-2.0 gir1.2-edataserver-1.2")
    file, port = site
    file.write_bytes(stages[0][1])
    folder = tmp_path / "evolution"
    folder.mkdir()
    client = Evolution(folder, bus, port)
    try:
        for what, data in stages:
            file.write_bytes(data)
            expected, until = facts(data), time.monotonic() + 20
            while True:
                held = client.polls()
                texts = {key: (each["summary"], each["description"], each["status"]) for key, each in held.items()}
                if texts == _texts(data) or time.monotonic() > until:
                    break
                time.sleep(0.1)  # a poll takes effect after it was asked for
            assert texts == _texts(data), what
            days = {key: each["start"] for key, each in held.items()}
            assert days == {key: start.replace("-", "") for key, (start, *_rest) in expected.items()}, what
            alarms = {key: each["alarms"] for key, each in held.items()}
            assert alarms == {key: len(rings) for key, (*_rest, rings) in expected.items()}, what
    finally:
        client.close()


def test_vdirsyncer_brings_what_the_feed_says_into_a_caldav_server(
    stages: list[tuple[str, bytes]], site: tuple[Path, int], tmp_path: Path
) -> None:
    file, port = site
    for name in ("store", "vdirsyncer"):
        (tmp_path / name).mkdir()
    with radicale(tmp_path / "store") as server:
        file.write_bytes(stages[0][1])
        client = Vdirsyncer(tmp_path / "vdirsyncer", server, port)
        for what, data in stages:
            file.write_bytes(data)
            held = client.polls()
            # It gives what it copies UIDs of its own, made of the content.
            assert sorted(facts(held).values()) == sorted(facts(data).values()), what
            assert sorted(_texts(held).values()) == sorted(_texts(data).values()), what
