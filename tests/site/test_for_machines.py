"""What the site offers to programs: Atom, badge, card, JSON-LD, Open Graph, sitemap, robots, 404, _headers."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from click.testing import Result
from PIL import Image

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES, parsed
from review_clock.record.ledger import from_table, merged
from review_clock.site.build import plan
from review_clock.site.for_machines.atom import changes_feed
from review_clock.site.for_machines.metadata import metadata
from review_clock.site.material import Material
from review_clock.site.pictures.badge import badge, embedding
from review_clock.site.pictures.card import card
from review_clock.timeline.keeping import with_lines
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, chosen, question

AS_OF = date(2026, 11, 23)
BASE = "https://example.org/some/clock"
SVG = "{http://www.w3.org/2000/svg}"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def _material(as_of: date = AS_OF, base: str = BASE, own: str = "") -> Material:
    record = merged([RECORD, from_table(parsed(own, "mine.toml"))]) if own else RECORD
    return Material(question=question(as_of, record=record), base_url=base, feeds=shipped(LAW))


def _with(as_of: date, *lines: str, reading: str = "") -> Material:
    """With lines added to the record, and under one other reading."""
    readings = chosen([reading] if reading else [])
    record = with_lines(RECORD, lines, LAW, readings)
    return Material(question=question(as_of, readings, record=record), base_url=BASE, feeds=shipped(LAW))


TWO_NOTICES = ("2026-11-20 us gives notice", "2026-11-21 mx gives notice")


def _file(name: str, material: Material) -> str:
    return plan(material)[name]().decode("utf-8")


# ------------------------------------------------------------------------------------------------------------- atom


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_of_changes_tells_the_record_in_order(lang: str) -> None:
    words = wording(lang)
    feed = feedparser.parse(changes_feed(_material(), words))
    assert not feed.bozo
    assert feed.feed.title == words("changes.title")
    newest = feed.entries[0]
    assert (
        newest.title
        == f"{words.day(date(2026, 7, 1))}{words.colon} {words('act.non_confirmation')} ({words.party('US')})"
    )
    assert newest.updated == "2026-07-01T00:00:00Z"
    assert words("phase.annual_reviews") in newest.content[0].value
    assert words.day(date(2036, 7, 1)) in newest.content[0].value
    assert newest.link == f"{BASE}/{lang}/history.html#E51"
    assert "ustr.gov" in newest.content[0].value
    days = [entry.published for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert feed.entries[-1].link.endswith("#E11")


def _ids(material: Material, lang: str = "en") -> list[str]:
    tree = ElementTree.fromstring(changes_feed(material, wording(lang)))
    return [each.text or "" for each in tree.iter(f"{ATOM}id")]


def test_ids_never_change_and_are_never_shared() -> None:
    first = _ids(_material())
    assert first == _ids(_material(base=""))
    assert set(first) <= set(_ids(_material(date(2027, 8, 1))))
    everywhere = [identity for lang in LANGUAGES for identity in _ids(_material(), lang)]
    assert len(set(everywhere)) == len(everywhere)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identity) for identity in everywhere)


def test_every_entry_has_what_the_standard_asks() -> None:
    tree = ElementTree.fromstring(changes_feed(_material(), wording("fr")))
    for element in (tree, *tree.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        stamp = element.findtext(f"{ATOM}updated", "")
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", stamp)
        assert stamp[:10] <= AS_OF.isoformat()
    assert tree.find(f"{ATOM}author/{ATOM}name") is not None
    assert {link.get("rel") for link in tree.findall(f"{ATOM}link")} == {"self", "alternate"}


def test_time_alone_changes_nothing_until_the_law_moves() -> None:
    words = wording("en")
    assert changes_feed(_material(date(2026, 11, 23)), words) == changes_feed(_material(date(2027, 6, 30)), words)
    later = feedparser.parse(changes_feed(_material(date(2027, 7, 1)), words))
    assert later.entries[0].updated == "2027-07-01T00:00:00Z"
    assert words("changes.by_time") in later.entries[0].content[0].value


# Article 34.7(4) has a review every year and fixes no day; Article 34.6: two notices, and too few remain.
LEAVES: list[tuple[date, tuple[str, ...], str, list[str]]] = [
    (AS_OF, (), "", ["Term ends: July 1, 2036", "Next joint review: around July 1, 2027 (no day announced)"]),
    (AS_OF, (), "annual_review_day=any_day",
     ["Term ends: July 1, 2036", "Next joint review: any day of 2027 (the text fixes none)"]),
    (AS_OF, ("2026-11-15 next review set for 2027-07-15",), "",
     ["Term ends: July 1, 2036", "Next joint review: on July 15, 2027 (day set)"]),
    (AS_OF, TWO_NOTICES, "", ["Ends May 21, 2027 if nobody acts"]),
    (date(2027, 5, 20), TWO_NOTICES, "", ["Ends May 21, 2027 if nobody acts"]),
    (date(2027, 8, 1), TWO_NOTICES, "", []),
    (date(2027, 8, 1), ("2027-07-01 all confirm",), "",
     ["Term ends: July 1, 2043", "Next joint review: no later than July 1, 2033"]),
    (date(2035, 8, 1), (), "", ["Term ends: July 1, 2036"]),
    (date(2036, 8, 1), (), "", []),
]  # fmt: skip


@pytest.mark.parametrize(("as_of", "lines", "reading", "said"), LEAVES)
def test_the_newest_change_leaves_what_lies_before_the_end_and_says_how_its_day_is_known(
    as_of: date, lines: tuple[str, ...], reading: str, said: list[str]
) -> None:
    newest = feedparser.parse(changes_feed(_with(as_of, *lines, reading=reading), wording("en"))).entries[0]
    after = re.findall("<li>(.*?)</li>", newest.content[0].value.partition("</ul>")[0])
    assert [each for each in after[1:] if not each.startswith("Parties")] == said


EXTENDED = """
[[event]]
id = "own-1"
on = 2027-07-01
act = "confirmation"
party = "ca"
text = "Canada confirms.\\u0007 <b>\\ufffe"
[[event.source]]
title = "A note"
[[event]]
id = "own-2"
on = 2027-07-01
act = "confirmation"
party = "mx"
text = "Mexico confirms."
[[event.source]]
title = "A note"
[[event]]
id = "own-3"
on = 2027-07-01
act = "confirmation"
party = "us"
known_on = 2027-07-04
text = "The United States confirms."
[[event.source]]
title = "A note"
url = "https://example.org/note"
"""


def test_an_extension_says_which_deadlines_it_moved_and_removed() -> None:
    words = wording("en")
    data = changes_feed(_material(date(2027, 8, 1), own=EXTENDED), words)
    newest = feedparser.parse(data).entries[0]
    assert newest.title.endswith("confirmation (United States)")
    assert newest.published == "2027-07-04T00:00:00Z"
    text = re.sub("<[^>]+>", " ", newest.content[0].value)
    assert words("feed.changed_vanished", title="Annual joint review", before="July 1, 2028") in text
    assert "July 1, 2043" in text
    assert "Canada confirms. &lt;b&gt;" in data.decode("utf-8")


# ---------------------------------------------------------------------------------------------------- badge and card


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_badge_says_the_answer_and_has_a_name(lang: str) -> None:
    words = wording(lang)
    data = badge(_material(), words)
    tree = ElementTree.fromstring(data)
    name, state = ("".join(text.itertext()) for text in tree.iter(f"{SVG}text"))
    assert name == words("agreement.short")
    for day in (date(2036, 7, 1), date(2027, 7, 1)):
        assert words.day(day) in state
    title = tree.findtext(f"{SVG}title", "")
    assert state in title
    assert words.day(AS_OF) in title
    assert tree.get("role") == "img"
    assert b"<style" not in data
    assert b"style=" not in data
    assert b"http" not in data.replace(b"http://www.w3.org/2000/svg", b"")


def test_the_badge_of_an_agreement_that_has_ended_says_so() -> None:
    text = badge(_material(date(2036, 8, 1)), wording("en")).decode("utf-8")
    assert "no longer in force · ended July 1, 2036" in text
    assert "next review" not in text


def test_the_line_that_embeds_the_badge_is_html_with_a_text_in_place_of_the_picture() -> None:
    line = embedding(_material(), wording("fr"))
    tree = html5lib.HTMLParser(strict=True).parseFragment(line)
    (link,) = tree
    assert link.get("href") == f"{BASE}/fr/index.html"
    assert link[0].get("src") == f"{BASE}/badge.fr.svg"
    assert link[0].get("alt") == wording("fr")("page.status_title")
    assert embedding(_material(base=""), wording("fr")) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", ["2018-01-01", "2026-11-23", "2036-08-01"])
def test_the_card_is_a_picture_of_its_size_and_the_same_twice(lang: str, day: str) -> None:
    material = _material(date.fromisoformat(day))
    data = card(material, wording(lang))
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert data == card(material, wording(lang))
    assert len(data) < 40_000
    ink = picture.convert("L").point(lambda value: 255 * (value < 200))
    left, _top, right, _bottom = ink.getbbox() or (0, 0, 0, 0)
    assert left >= 60
    assert right <= 1150


def test_the_cards_font_has_every_letter_that_the_words_use() -> None:
    from font_hanken_grotesk import HankenGroteskMedium, HankenGroteskSemiBold
    from PIL import ImageFont

    used = {c for lang in LANGUAGES for c in json.dumps(dict(wording(lang).section("status")), ensure_ascii=False)}
    for file in (HankenGroteskMedium, HankenGroteskSemiBold):
        font = ImageFont.truetype(file, 40)
        missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
        for letter in used - set(" \u00a0\n"):
            assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != missing, letter


# ------------------------------------------------------------------------------------------------------------- heads


def _head(page: str) -> dict[str, list[str]]:
    """The head's links and metas: by rel, property or name, the values."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    found: dict[str, list[str]] = {}
    for link in tree.iter("link"):
        key = f"{link.get('rel')} {link.get('hreflang') or link.get('type') or ''}".strip()
        found.setdefault(key, []).append(link.get("href"))
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("http-equiv") or "charset"
        found.setdefault(key, []).append(meta.get("content", ""))
    found["json"] = [script.text for script in tree.iter("script") if script.get("type") == "application/ld+json"]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["index.html", "what-if/status-quo.html", "deadlines/ca.comments.1-1.html"])
def test_every_page_says_where_it_and_its_twins_stand(lang: str, page: str) -> None:
    head = _head(_file(f"{lang}/{page}", _material()))
    address = f"{BASE}/{lang}/{page}"
    assert head["canonical"] == head["og:url"] == [address]
    for other in LANGUAGES:
        assert head[f"alternate {other}"] == [f"{BASE}/{other}/{page}"]
    assert head["alternate x-default"] == [f"{BASE}/index.html"]
    cards = {"what-if": f"cards/status-quo.{lang}.png", "deadlines": f"cards/dates-ca.{lang}.png"}
    card = cards.get(page.partition("/")[0], f"card.{lang}.png")
    assert card in plan(_material())
    assert head["og:image"] == [f"{BASE}/{card}"]
    assert head["og:locale"] == [wording(lang).locale]
    assert len(head["og:locale:alternate"]) == 2
    assert head["og:title"][0]
    assert head["og:description"] == head["description"]


def test_without_an_address_what_must_be_absolute_is_left_out_and_nothing_is_wrong() -> None:
    material = _material(base="")
    files = plan(material)
    assert "sitemap.xml" not in files
    assert b"Sitemap" not in files["robots.txt"]()
    head = _head(files["es/what-if/status-quo.html"]().decode("utf-8"))
    assert not {"canonical", "og:url", "og:image"} & head.keys()
    assert head["alternate fr"] == ["../../fr/what-if/status-quo.html"]
    missing = files["404.html"]().decode("utf-8")
    assert "href" not in missing.replace("hreflang", "")
    assert files["_headers"]().startswith(b"/*\n")


def _linked(page: str, material: Material) -> list[dict[str, Any]]:
    (text,) = _head(_file(page, material))["json"]
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    return list(document["@graph"])


def _dated(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["startDate"], each.get("eventStatus", "").rpartition("/")[2]) for each in events]


def test_the_linked_data_describe_the_agreement_and_its_reviews() -> None:
    agreement, *events = _linked("en/index.html", _material())
    assert agreement["@type"] == "Legislation"
    assert agreement["legislationIdentifier"] == "USMCA"
    assert agreement["legislationLegalForce"] == "https://schema.org/InForce"
    assert agreement["legislationDateVersion"] == "2026-11-23"
    assert agreement["temporalCoverage"] == "2020-07-01/2036-06-30"  # its last day
    assert _dated(events) == [("2026-07-01", "EventScheduled"), ("2027", "")]
    dates = _file("en/deadlines.html", _material()) + _file("en/past.html", _material())
    for event in events:
        assert event["@type"] == "Event"
        assert event["about"]["@id"] == agreement["@id"]
        identity = event["url"].rpartition("/")[2].removesuffix(".html")
        assert f'data-deadline="{identity}"' in dates
    (alone,) = _linked("es/about.html", _material())
    assert alone["name"] == "Tratado entre México, Estados Unidos y Canadá"


def test_an_extension_cancels_the_reviews_that_it_removes() -> None:
    _agreement, *events = _linked("en/index.html", _material(date(2027, 8, 1), own=EXTENDED))
    assert {("2028", "EventCancelled"), ("2033-07-01", "EventScheduled")} <= set(_dated(events))
    ended, *_events = _linked("en/index.html", _material(date(2036, 8, 1)))
    assert ended["legislationLegalForce"] == "https://schema.org/NotInForce"


@pytest.mark.parametrize(
    ("lines", "reading", "covers", "review"),
    [
        ((), "annual_review_day=any_day", "2036-06-30", [("2027", "")]),
        ((), "term_ends=end_of_day", "2036-07-01", [("2027", "")]),
        (("2026-11-15 next review set for 2027-07-15",), "", "2036-06-30", [("2027-07-15", "EventRescheduled")]),
        (TWO_NOTICES, "", "2027-05-20", []),
    ],
)
def test_the_linked_data_give_no_day_that_is_not_known_and_none_after_the_last(
    lines: tuple[str, ...], reading: str, covers: str, review: list[tuple[str, str]]
) -> None:
    agreement, _six_year, *events = _linked("en/index.html", _with(date(2026, 11, 24), *lines, reading=reading))
    assert agreement["temporalCoverage"] == f"2020-07-01/{covers}"
    assert _dated(events) == review
    assert [each.get("previousStartDate", "2027") for each in events] == ["2027"] * len(events)


def test_the_linked_data_cannot_leave_their_element() -> None:
    own = EXTENDED.replace("Canada confirms.", "</script><script>alert(1)</script>")
    text = str(metadata(_material(date(2027, 8, 1), own=own), wording("en"), "index.html").linked_data)
    assert "<" not in text


# -------------------------------------------------------------------------------------------------------- host files


def test_the_sitemap_lists_every_page_with_its_twins() -> None:
    material = _material()
    files = plan(material)
    tree = ElementTree.fromstring(files["sitemap.xml"]())
    found = {url.findtext(f"{SITEMAP}loc"): url for url in tree}
    pages = {name for name in files if name.endswith(".html") and not name.startswith("embed/")} - {"404.html"}
    assert set(found) == {f"{BASE}/{name}" for name in pages}
    for address, url in found.items():
        twins = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        if address != f"{BASE}/index.html":
            assert set(twins) == {*LANGUAGES, "x-default"}
            assert address in twins.values()
            assert set(twins.values()) <= set(found)
    assert files["robots.txt"]().decode("utf-8").endswith(f"Sitemap: {BASE}/sitemap.xml\n")


def test_the_page_for_an_address_without_one_starts_at_the_hosts_root() -> None:
    text = _file("404.html", _material())
    html5lib.HTMLParser(strict=True).parse(text)
    targets = re.findall(r'href="([^"]+)"', text)
    assert all(target.startswith("/some/clock/") for target in targets)
    assert len(targets) == 1 + len(LANGUAGES)
    for lang in LANGUAGES:
        assert wording(lang)("not_found.title") in text


def test_the_headers_forbid_what_the_pages_do_not_need_and_name_the_kinds_of_files() -> None:
    text = _file("_headers", _material())
    paths = [line for line in text.splitlines() if not line.startswith(" ")]
    assert all(path.startswith(urlsplit(BASE).path) and path.count("*") <= 1 for path in paths)
    policy = re.search("Content-Security-Policy: (.*)", text)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src 'none';")
    assert text.count("X-Frame-Options: DENY") == 3 + len(LANGUAGES)
    assert not re.search(r"/embed/\*\n  X-Frame", text)
    for kind in ("text/calendar", "application/atom+xml", "image/svg+xml", "application/json", "text/csv"):
        assert f"Content-Type: {kind}" in text
    assert all(len(line) < 2000 for line in text.splitlines())


def test_every_page_states_the_policy_before_it_loads_anything() -> None:
    material = _material()
    for name, make in plan(material).items():
        if name.endswith(".html"):
            text = make().decode("utf-8")
            stated = text.index('http-equiv="Content-Security-Policy"')
            loads = [place for tag in ("<link", "<script", "<img") if (place := text.find(tag)) >= 0]
            assert stated < min(loads), name
            assert "frame-ancestors" not in text
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), name


def test_names_of_all_files_are_fit_for_any_host() -> None:
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) for name in plan(_material()))


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "javascript:alert(1)",
        "https://x.org/a b",
        "https://x.org/\nA: b",
        "https://x.org/?a",
        'https://x/"',
    ],
)
@pytest.mark.parametrize("command", ["build", "feed"])
def test_an_address_that_is_none_is_refused_in_one_line(
    run: Callable[..., Result], tmp_path: Path, command: str, address: str
) -> None:
    target = [tmp_path / "site"] if command == "build" else ["treaty", "-o", tmp_path / "site"]
    done = run(command, *target, "--base-url", address)
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "--base-url" in done.stderr
    assert "accepted: https://host/path" in done.stderr
    assert not (tmp_path / "site").exists()


# ----------------------------------------------------------------------------------------------------------- health


def test_a_monitor_is_told_how_old_the_record_is_and_what_is_due_next(run: Callable[..., Result]) -> None:
    material = _material()
    health = json.loads(_file("api/v1/health.json", material))
    verified = date.fromisoformat(health["verified_on"])
    assert health["as_of"] == "2026-11-23"
    assert verified == RECORD.verified_on
    ahead = [each for each in material.deadlines if each.is_ahead and not each.without_day]
    assert health["next_due"] == str(min(each.date for each in ahead)) > health["as_of"]
    assert health["next_due_ids"] == sorted(each.id for each in ahead if str(each.date) == health["next_due"])
    last = date.fromisoformat(health["stale_after"])
    assert run("check", "--strict", "--as-of", str(last)).exit_code == 0
    assert run("check", "--strict", "--as-of", str(last + timedelta(days=1))).exit_code == 1


def test_where_nothing_is_ahead_health_says_so() -> None:
    health = json.loads(_file("api/v1/health.json", _material(date(2199, 1, 1))))
    assert (health["next_due"], health["next_due_ids"]) == (None, [])
