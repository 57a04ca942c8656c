"""The built site: whole, the same bytes twice, well-formed, escaped, reconciled, and never half written."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner, Result

from review_clock.commands.main import main
from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.site.build import build, plan
from review_clock.site.material import Material
from review_clock.site.pages import deadlines
from review_clock.site.reconciliation import NotReconciled
from review_clock.words.wording import wording
from tests.frozen import LAW, question

Run = Callable[..., Result]
AS_OF = "2026-11-23"
BASE = "https://example.org/clock"
ADDRESSED = "--as-of", AS_OF, "--base-url", BASE


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The site as the command builds it, and what the command prints."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = CliRunner().invoke(main, ["build", str(folder), *ADDRESSED], catch_exceptions=False)
    assert done.exit_code == 0
    return folder, done.stdout


@pytest.fixture
def built(by_command: tuple[Path, str]) -> Path:
    """The site as the command builds it, to read."""
    return by_command[0]


@pytest.fixture
def standing(built: Path, tmp_path: Path) -> Path:
    """A copy of it to build over."""
    return Path(shutil.copytree(built, tmp_path / "site"))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_files_of_the_contract_are_there(built: Path) -> None:
    names = set(_files(built))
    for lang in LANGUAGES:
        assert {f"{lang}/index.html", f"{lang}/deadlines.html", f"calendars/everything.{lang}.ics"} <= names
    assert {"index.html", "api/v1/status.json", "api/v1/deadlines.json", "api/v1/history.json"} <= names
    assert "api/v1/machine.json" in names


def test_two_builds_are_the_same_bytes(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("build", tmp_path / "again", *ADDRESSED).exit_code == 0
    assert _files(tmp_path / "again") == _files(built)


def test_build_prints_what_it_wrote(by_command: tuple[Path, str]) -> None:
    folder, printed = by_command
    assert set(printed.split()) == set(_files(folder)) - {".review-clock"}


def _pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_page_is_well_formed_and_says_its_language(built: Path) -> None:
    for page in _pages(built):
        text = page.read_text(encoding="utf-8")
        parser = html5lib.HTMLParser(strict=True)
        tree = parser.parse(text)
        place = page.relative_to(built)
        names = (place.parts[0], place.stem.partition(".")[2])  # en/index.html; embed/status.en.html
        lang = next((name for name in names if name in LANGUAGES), "en")
        assert tree.get("lang") == lang
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), page


def test_every_internal_link_and_anchor_exists(built: Path) -> None:
    for page in _pages(built):
        for target in re.findall(r'(?:href|src)="([^"]+)"', page.read_text(encoding="utf-8")):
            if target.startswith(("http://", "https://", "webcal://")):
                continue
            path, _, anchor = target.partition("#")
            path = path.partition("?")[0]
            below = path.removeprefix("/clock/")  # the page for an address without a page cannot be relative
            file = (built / below if path.startswith("/") else page.parent / path).resolve() if path else page
            assert file.is_file(), f"{page}: {target}"
            if anchor:
                assert f'id="{anchor}"' in file.read_text(encoding="utf-8"), f"{page}: {target}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_status_page_answers_first(built: Path, lang: str) -> None:
    words, text = wording(lang), (built / lang / "index.html").read_text(encoding="utf-8")
    main = text[text.index("<main") :].replace("\u00a0", " ")  # a day and its month are kept together
    assert f"<strong>{words('verdict.all_three')}</strong>" in main[:900]
    for day in (date(2036, 7, 1), date(2027, 7, 1)):
        assert words.day(day) in main[:9000]
    assert main.count(f"<b>{words('verdict.no_on', day=words.day(date(2026, 7, 1)))}</b>") == 1


def test_page_json_and_feed_hold_the_same_facts(built: Path) -> None:
    document = json.loads((built / "api/v1/deadlines.json").read_text(encoding="utf-8"))
    facts = {row["id"]: row["date"] for row in document["deadlines"]}
    for lang in LANGUAGES:
        page = (built / lang / "deadlines.html").read_text(encoding="utf-8")
        assert dict(re.findall(r'data-deadline="([^"]+)" data-date="([^"]+)"', page)) == facts


def test_a_rendering_that_loses_a_date_fails_the_build_and_leaves_the_old_site(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(standing)
    whole = deadlines._listed
    monkeypatch.setattr(deadlines, "_listed", lambda found, *rest: whole(list(found)[1:], *rest))
    with pytest.raises(NotReconciled, match="deadlines lost"):
        build(question(date.fromisoformat(AS_OF)), str(standing), BASE)
    assert _files(standing) == before
    assert os.listdir(standing.parent) == ["site"]


def test_a_folder_with_other_files_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = run("build", tmp_path, "--as-of", AS_OF)
    assert done.exit_code == 2
    assert "holds files that were not made by build" in done.stderr
    assert os.listdir(tmp_path) == ["thesis.txt"]


def test_a_second_build_replaces_the_first_and_leaves_nothing_beside_it(run: Run, standing: Path) -> None:
    assert run("build", standing, "--as-of", "2026-11-24", "--base-url", BASE).exit_code == 0
    assert "November 24, 2026" in (standing / "en" / "index.html").read_text(encoding="utf-8")
    assert os.listdir(standing.parent) == ["site"]


HOSTILE = '<script>alert(1)</script>"onmouseover="x" &amp; \u202e {{ 7*7 }}'


def test_hostile_text_is_escaped_in_page_and_json(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "mine.toml"
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    record.write_text(
        f"""
[[announced]]
id = "own-date"
on = 2027-02-02
known_on = 2026-11-01
deadline = "own.date"
jurisdiction = "us"
kind = "comment"
actor = "public"
title = {quoted}
text = {quoted}
[[announced.source]]
title = {quoted}
url = "https://example.org/?a=1&b=<x>"
""",
        encoding="utf-8",
    )
    assert run("--record", record, "build", tmp_path / "site", "--as-of", AS_OF).exit_code == 0
    for name, data in _files(tmp_path / "site").items():
        text = data.decode("utf-8", errors="replace")
        if name.endswith((".html", ".json")):
            assert "<script>" not in text, name
        if name.endswith("deadlines.html"):
            assert "&lt;script&gt;alert(1)" in text
            assert "{{ 7*7 }}" in text
            html5lib.HTMLParser(strict=True).parse(text)
    document = json.loads((tmp_path / "site/api/v1/deadlines.json").read_text(encoding="utf-8"))
    assert HOSTILE in {row["title"] for row in document["deadlines"]}


def test_no_page_asks_another_host_for_anything(built: Path) -> None:
    for page in _pages(built):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r'<(?:script|img|iframe|link rel="stylesheet")[^>]+https?://', text)


def test_the_calendars_page_offers_every_feed_by_address_and_as_a_file(built: Path) -> None:
    for lang in LANGUAGES:
        text = (built / lang / "calendars.html").read_text(encoding="utf-8")
        for name in shipped(LAW):
            address = f"example.org/clock/calendars/{name}.{lang}.ics"
            assert f"webcal://{address}" in text
            assert f"https://{address}" in text
            assert f'href="../calendars/{name}.{lang}.ics"' in text
        google = f"cid=webcal%3A%2F%2Fexample.org%2Fclock%2Fcalendars%2Feverything.{lang}.ics"
        assert google in text


def test_the_address_in_each_event_leads_to_its_deadline(built: Path) -> None:
    from icalendar import Calendar

    for lang in LANGUAGES:
        calendar = Calendar.from_ical((built / f"calendars/everything.{lang}.ics").read_bytes())
        addresses = [str(event["URL"]) for event in calendar.walk("VEVENT") if not event["UID"].startswith("standing")]
        assert len(addresses) > 150
        for address in addresses:
            file, _, entry = address.removeprefix("https://example.org/clock/").partition("#")
            marked = f'id="{entry}"' if entry else f'data-deadline="{Path(file).stem}"'
            assert marked in (built / file).read_text(encoding="utf-8"), address


@pytest.mark.parametrize(("lang", "untried"), [("en", "Not tried"), ("es", "No probados"), ("fr", "Non essayés")])
def test_the_calendars_page_says_which_clients_were_tried_and_which_were_not(
    built: Path, lang: str, untried: str
) -> None:
    text = (built / lang / "calendars.html").read_text(encoding="utf-8")
    told = text.partition('id="tried"')[2].partition("</section>")[0]
    read, _, not_read = told.partition(untried)
    for name in ("Evolution Data Server 3.46.4", "vdirsyncer 0.21.0", "libical 3.0.16", "ical.js 2.2.1"):
        assert name in read
    for name in ("Google Calendar", "Outlook", "Apple Calendar"):
        assert name in not_read
        assert name not in read


def test_every_event_of_a_feed_links_a_page_that_there_is(built: Path) -> None:
    addresses = set()
    for path in built.glob("calendars/*.ics"):
        addresses |= set(re.findall(r"\nURL:(\S+)", path.read_bytes().replace(b"\r\n ", b"").decode("utf-8")))
    pages = [address.partition("https://example.org/clock/")[2].partition("#")[0] for address in addresses]
    assert sum("/deadlines/" in page for page in pages) > 300
    for page in pages:
        assert (built / page).is_file(), page


def test_without_an_address_the_calendars_page_says_so() -> None:
    material = Material(question=question(date.fromisoformat(AS_OF)), base_url="", feeds=shipped(LAW))
    text = plan(material)["en/calendars.html"]().decode("utf-8")
    assert "when the site is built with its own address" in text
    assert "webcal://" not in text


def test_each_deadline_ahead_is_a_calendar_of_its_own_and_no_past_one_is(built: Path) -> None:
    from icalendar import Calendar

    document = json.loads((built / "api/v1/deadlines.json").read_text(encoding="utf-8"))
    ahead = {row["id"] for row in document["deadlines"] if row["certainty"] not in ("past", "superseded")}
    files = {path.name.removesuffix(".en.ics") for path in (built / "calendars/deadlines").glob("*.en.ics")}
    assert files == ahead
    one = Calendar.from_ical((built / "calendars/deadlines/treaty.review.annual.1-2.fr.ics").read_bytes())
    (event,) = one.walk("VEVENT")
    assert str(event["UID"]) == "treaty.review.annual.1-2.fr@review-clock"


@pytest.mark.parametrize(
    ("lang", "doubt"),
    [
        ("en", "the Federal Register notice"),
        ("es", "el aviso del Federal Register"),
        ("fr", "l’avis au Federal Register"),
    ],
)
def test_what_was_not_seen_stands_beside_what_is_said_to_be_done(built: Path, lang: str, doubt: str) -> None:
    assert doubt in (built / lang / "deadlines" / "us.611.notice.1-2.html").read_text(encoding="utf-8")
    feed = (built / f"calendars/everything.{lang}.ics").read_bytes().replace(b"\r\n ", b"").decode("utf-8")
    start = feed.index(f"UID:us.611.notice.1-2.{lang}@")
    assert doubt in feed[start : feed.index("END:VEVENT", start)]
