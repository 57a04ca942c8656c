"""The publish gate: what subscribers have is never taken back, whatever comes in; the site of 0.2.0 is the first."""

from __future__ import annotations

import http.server
import tarfile
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

from review_clock.feeds.definition import shipped
from review_clock.files import parsed
from review_clock.record.ledger import from_table, merged
from review_clock.site.build import Files, plan
from review_clock.site.changes_of_dates import FILE as CHANGES
from review_clock.site.material import Material
from review_clock.site.publish_gate import address_in, going_back, is_document, is_feed, published_in
from tests.frozen import FIXTURES, LAW, RECORD, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 26)
BASE = "https://clock.example.org/usmca"
FEED = "calendars/treaty.en.ics"
MOVED = """
[[event]]
id = "own-1"
on = 2026-11-25
act = "review_scheduled"
day = 2027-06-15
text = "The Parties fix 15 June 2027."
[[event.source]]
title = "Press"
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that 0.2.0 published."""
    folder = tmp_path_factory.mktemp("published")
    with tarfile.open(FIXTURES / "site.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def _judged(material: Material) -> Files:
    """Of a site what the gate judges: feeds and documents."""
    return {name: make for name, make in plan(material).items() if is_feed(name) or is_document(name)}


def _planned(extra: str = "", before: bytes = b"") -> Files:
    record = merged([RECORD, from_table(parsed(extra, "mine.toml"))]) if extra else RECORD
    asked = question(AS_OF, record=record)
    return _judged(Material(question=asked, base_url=BASE, feeds=shipped(LAW), published_changes=before))


def _made(extra: str = "", before: bytes = b"") -> dict[str, bytes]:
    return {name: make() for name, make in _planned(extra, before).items()}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The feeds and documents of today."""
    return _made()


def test_what_is_made_today_may_follow_what_0_2_0_published(published: Path, made: dict[str, bytes]) -> None:
    old = published_in(str(published))
    assert address_in(data for name, data in old.items() if is_feed(name)) == BASE
    assert sum(map(is_feed, old)) == 24
    assert any(map(is_document, old))
    assert going_back(old, made) == ()


def test_news_may_follow_and_taking_it_out_again_may_not(made: dict[str, bytes]) -> None:
    moved = _made(MOVED, before=made[CHANGES])
    assert going_back(made, moved) == ()
    back = {each.what for each in going_back(moved, made)}
    assert "stamp_goes_back" in back


def _without(data: bytes, uid: bytes) -> bytes:
    start = data.index(b"BEGIN:VEVENT\r\nUID:" + uid)
    end = data.index(b"END:VEVENT\r\n", start) + len(b"END:VEVENT\r\n")
    return data[:start] + data[end:]


UID = b"treaty.review.annual.1-2.en@review-clock"
BROKEN: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "stamp_goes_back": (FEED, lambda data: data.replace(b"LAST-MODIFIED:2026", b"LAST-MODIFIED:2025")),
    "same_stamps": (FEED, lambda data: data.replace(b"Annual joint review", b"Yearly joint review")),
    "vanishes": (FEED, lambda data: _without(data, UID)),
    "row_lost": (CHANGES, lambda data: data.replace(b'"id": 7,', b'"id": 100007,')),
    "key_lost": ("api/v1/status.json", lambda data: data.replace(b'"out_of_force_on"', b'"ends_on"')),
}


@pytest.mark.parametrize("what", BROKEN)
def test_each_way_of_going_back_is_seen(made: dict[str, bytes], what: str) -> None:
    file, broken = BROKEN[what]
    found = going_back(made, {**made, file: broken(made[file])})
    assert {each.what for each in found} == {what}
    assert {each.file for each in found} == {file}


def test_a_feed_that_vanishes_is_seen_and_a_cancelled_event_may_go(made: dict[str, bytes]) -> None:
    (found,) = going_back(made, {name: data for name, data in made.items() if name != FEED})
    assert (found.what, found.file) == ("feed_vanishes", FEED)
    cancelled = made[FEED].replace(b"STATUS:TENTATIVE", b"STATUS:CANCELLED")
    assert going_back({FEED: cancelled}, {FEED: _without(cancelled, UID)}) == ()


def test_only_another_place_to_fold_is_no_other_text(made: dict[str, bytes]) -> None:
    unfolded = made[FEED].replace(b"\r\n ", b"")
    assert going_back({FEED: unfolded}, {FEED: made[FEED]}) == ()


def test_a_build_that_would_go_back_changes_nothing_and_says_why(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_clock.site.build.plan", _judged)
    mine, site = tmp_path / "mine.toml", tmp_path / "site"
    mine.write_text(MOVED, encoding="utf-8")
    command = ("build", site, "--base-url", BASE, "--as-of", AS_OF.isoformat())
    assert run("--record", mine, *command).exit_code == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    done = run("--lang", "es", *command)
    assert done.exit_code == 1
    assert "calendars/treaty.en.ics: treaty.review.annual.1-2.en@review-clock: sus marcas de tiempo" in done.stderr
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert run(*command, "--allow-going-back").exit_code == 0


@pytest.fixture
def address(published: Path) -> Iterator[str]:
    """The published site of 0.2.0 on loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(published))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_check_judges_against_a_folder_and_an_address(run: Run, published: Path, tmp_path: Path, address: str) -> None:
    day = ("--as-of", AS_OF.isoformat())
    assert run("check", "--against", published, *day).exit_code == 0
    assert run("check", "--against", address, *day).exit_code == 0
    assert run("check", "--against", tmp_path / "nowhere", *day).exit_code == 2
    feed = tmp_path / "later" / FEED
    feed.parent.mkdir(parents=True)
    feed.write_bytes(_planned(MOVED)[FEED]())
    done = run("check", "--against", tmp_path / "later", *day)
    assert done.exit_code == 1
    assert "its stamps go back" in done.stderr
