"""The shipped configuration of nginx: types, headers, compression, polls, languages and releases, on Debian's nginx."""

from __future__ import annotations

import gzip
import http.client
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from static_host import Rules, header_rules, headers_of

from review_clock.feeds.definition import shipped
from review_clock.site.build import plan
from review_clock.site.for_machines.host_files import packed
from review_clock.site.material import Material
from review_clock.site.releases import release, roll_back
from tests.frozen import LAW, question
from tests.hosting.nginx_host import SHIPPED, as_tried, free_port, serving

AS_OF = date(2026, 11, 24)
FEED = "calendars/treaty.en.ics"
ONE_OF_EACH = (
    *("index.html", "404.html", "en/index.html", "embed/status.en.html", "en/changes.atom", "badge.en.svg"),
    *(FEED, "calendars/treaty.en.csv", "card.en.png", "api/v1/health.json", "api/v1/status.json"),
    *("api/v1/scenarios.csv", "sitemap.xml", "robots.txt", "static/site.css", "static/explorer.js"),
    *("static/public-sans.woff2", "static/icon.svg", "_headers"),
)
OURS = ("Content-Type", "Cache-Control", "X-Frame-Options", "Access-Control-Allow-Origin", "Content-Security-Policy")


@dataclass(frozen=True, slots=True)
class Answer:
    """What nginx answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A site behind nginx: what it holds, where, and how to ask for a path of it."""

    files: Mapping[str, bytes]
    releases: Path
    port: int

    def ask(self, path: str, **headers: str) -> Answer:
        """The answer to a GET; `If_None_Match` is written so."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): each for name, each in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """One file of each kind, as the site of a day has them."""
    made = plan(Material(question=question(AS_OF), base_url="https://clock.example.org", feeds=shipped(LAW)))
    return {name: made[name]() for name in ONE_OF_EACH}


@pytest.fixture(scope="module")
def host(files: Mapping[str, bytes], tool: Callable[[str, str], str]) -> Iterator[Host]:
    """The site of one release, some of it with packed twins, behind the shipped configuration."""
    nginx = tool("nginx", "apt-get install nginx-light; the shipped configuration is tried on it")
    with tempfile.TemporaryDirectory() as name:
        home, port = Path(name), free_port()
        home.chmod(0o755)
        twins = packed({FEED: files[FEED]})
        release(str(home / "www"), {**files, **twins}, AS_OF, 3, gated=True)
        with serving(nginx, as_tried(SHIPPED, home / "www" / "current", port), home):
            yield Host(files=files, releases=home / "www", port=port)


@pytest.fixture(scope="module")
def rules(files: Mapping[str, bytes]) -> Rules:
    """What the site's own _headers says."""
    return header_rules(files["_headers"].decode())


@pytest.mark.parametrize("name", [name for name in ONE_OF_EACH if name != "_headers"])
def test_each_kind_of_file_has_the_headers_that_the_site_says(host: Host, rules: Rules, name: str) -> None:
    said, answer = headers_of(rules, f"/{name}"), host.ask(f"/{name}")
    assert (answer.status, answer.body) == (200, host.files[name])
    assert {key: answer.headers.get(key) for key in said} == {**said}
    assert all(key in said for key in OURS if key in answer.headers and key != "Content-Type"), answer.headers


def test_a_page_that_is_not_there_and_what_is_not_for_readers(host: Host) -> None:
    for path in ("/en/nothing.html", "/_headers", "/.review-clock", "/.git/config"):
        answer = host.ask(path)
        assert (answer.status, answer.body) == (404, host.files["404.html"])


@pytest.mark.parametrize(
    ("name", "packed_by"),
    [(FEED, "its twin"), ("en/index.html", "nginx"), ("api/v1/status.json", "nginx"), ("card.en.png", "")],
)
def test_text_is_sent_packed_to_who_takes_it(host: Host, name: str, packed_by: str) -> None:
    answer = host.ask(f"/{name}", Accept_Encoding="gzip")
    if not packed_by:
        assert "Content-Encoding" not in answer.headers
        return
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.body) == host.files[name]
    assert len(answer.body) < len(host.files[name]) / 2
    assert ("Content-Length" in answer.headers) is (packed_by == "its twin")


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("name", [FEED, "en/index.html"])
def test_a_poll_that_knows_what_is_there_gets_no_body(host: Host, name: str, encoding: str) -> None:
    first = host.ask(f"/{name}", Accept_Encoding=encoding)
    for known in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        again = host.ask(f"/{name}", Accept_Encoding=encoding, **known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"].removeprefix("W/") == first.headers["ETag"].removeprefix("W/")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert host.ask(f"/{name}", If_None_Match='"other"').status == 200


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr-CA", "fr"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("de-DE,de;q=0.9,fr;q=0.8,en;q=0.7", "fr"),
        ("et,est,*;q=0.1", "en"),
        ("FR", "fr"),
    ],
)
def test_the_front_door_leads_to_the_readers_language(host: Host, asked: str, language: str) -> None:
    answer = host.ask("/", Accept_Language=asked)
    assert (answer.status, answer.headers["Location"]) == (302, f"/{language}/index.html")
    assert answer.headers["Vary"] == "Accept-Language"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert host.ask(f"/{language}").headers["Location"] == f"/{language}/index.html"


def test_a_build_that_changes_nothing_in_a_feed_sends_nobody_the_feed_again(host: Host) -> None:
    known = {name: host.ask(f"/{name}").headers["ETag"] for name in (FEED, "en/index.html")}
    release(str(host.releases), {**host.files, "en/index.html": b"tomorrow"}, AS_OF, 3, gated=True)
    try:
        assert host.ask(f"/{FEED}", If_None_Match=known[FEED]).status == 304
        assert host.ask("/en/index.html", If_None_Match=known["en/index.html"]).body == b"tomorrow"
    finally:
        roll_back(str(host.releases), gated=False)
    answer = host.ask("/en/index.html", If_None_Match=known["en/index.html"])
    assert answer.status == 304
