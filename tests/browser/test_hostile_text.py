"""Hostile text in every field of a record, firm rule, calendar and scenario is text in a real browser, nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from real_browser import visiting
from static_host import Site, served

from review_clock.feeds.definition import with_folder
from review_clock.files import LANGUAGES, parsed
from review_clock.questions.question import Question
from review_clock.record.ledger import from_table, merged
from review_clock.scenarios.library import library, load
from review_clock.site import material
from review_clock.site.build import build
from tests import frozen

AS_OF = date(2026, 11, 23)
PAYLOAD = (
    "<script>alert(1)</script><img src=x onerror=alert(2)></title></style></script><svg onload=alert(3)>"
    "\" autofocus onfocus='alert(4)' x=\"' &amp; &#x3c;b> {{ 7*7 }} {% raw %} javascript:alert(5) "
    "\u202e\u2066 ]]> --> \\"
)
FIELDS: set[str] = set()


def _field(name: str, text: str = PAYLOAD) -> str:
    """A TOML string for a field: hostile, with a mark of its own so that it can be looked for."""
    FIELDS.add(name)
    return json.dumps(f"mark-{name} {text}", ensure_ascii=False)


def _source(table: str, name: str) -> str:
    url = json.dumps(f"https://example.org/?{name}\"><script>alert(6)</script>' onclick='alert(7)")
    return f"[[{table}.source]]\ntitle = {_field(f'{name}-source')}\nurl = {url}\n"


RECORD = f"""
[[event]]
id = "own-1"
on = 2026-10-20
act = "stated_position"
party = "us"
stance = "undecided"
text = {_field("event-text", "é" * 10_000 + PAYLOAD)}
conflict = {_field("event-conflict")}
{_source("event", "event")}
[[announced]]
id = "own-2"
on = 2027-02-02
time = "23:59"
zone = "America/New_York"
known_on = 2026-11-01
deadline = "own.date"
jurisdiction = "us"
kind = "comment"
actor = {_field("announced-actor")}
recipient = {_field("announced-recipient")}
title = {_field("announced-title")}
text = {_field("announced-text", "W" * 10_000 + PAYLOAD)}
conflict = {_field("announced-conflict")}
{_source("announced", "announced")}
"""
CALENDAR = f"""
title = {_field("calendar-title")}
description = {_field("calendar-description", "x" * 10_000 + PAYLOAD)}
colour = "teal"
[choose]
kind = ["internal", "review"]
[alarms]
default = [10, 1]
[[firm]]
id = "acme.brief"
after = "treaty.review.annual"
offset = "-P45D"
title = {_field("firm-title")}
duty = {_field("firm-duty", "y" * 10_000 + PAYLOAD)}
actor = {_field("firm-actor")}
recipient = {_field("firm-recipient")}
"""
SCENARIO = f"""
title = {_field("scenario-title")}
explanation = {_field("scenario-explanation", "z" * 10_000 + PAYLOAD)}
[[assume]]
act = "2027-07-01 all confirm"
[[described_by]]
who = {_field("scenario-analyst")}
url = "https://example.org/\\"><script>alert(8)</script>"
dated = {_field("scenario-dated")}
"""
INJECTED = """() => [
  ...[...document.querySelectorAll("script")].filter(e => !e.src && !/json$/.test(e.type)),
  ...[...document.querySelectorAll("img, svg")].filter(e => e.getAttribute("src") === "x" || e.hasAttribute("onload")),
  ...[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))),
  ...[...document.querySelectorAll("[autofocus]")],
  ...[...document.querySelectorAll("a")].filter(e => /^javascript:/i.test(e.getAttribute("href") || "")),
].map(e => e.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of a hostile record with a hostile calendar, its library a hostile scenario beside two of ours."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    (folder / "acme.toml").write_text(CALENDAR, encoding="utf-8")
    record = merged([frozen.RECORD, from_table(parsed(RECORD, "mine.toml"))])
    law, feeds = with_folder(str(folder), frozen.LAW, record)
    some = {name: library()[name] for name in list(library())[:2]}
    plans = {**some, "acme": load(parsed(SCENARIO, "acme.toml"), "acme")}

    def make(address: str) -> None:
        question = Question(law=law, record=record, as_of=AS_OF, readings=law.defaults)
        build(question, str(folder / "site"), address, feeds, include_own=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(material, "library", lambda: plans)
        with served(folder / "site", make) as site:
            yield site


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_hostile_text_is_shown_as_text_and_does_nothing(hostile: Site, chromium: Browser, script: bool) -> None:
    wrong, shown = [], set()
    with visiting(chromium, script=script, viewport={"width": 360, "height": 740}) as visit:
        for name in hostile.pages():
            visit.open(f"{hostile.address}/{name}")
            visit.page.eval_on_selector_all("details", "all => all.forEach(e => { e.open = true; })")
            wrong += [f"{name}: {each}" for each in visit.page.evaluate(INJECTED)]
            wrong += [f"{name} is too wide: {each}" for each in visit.too_wide()]
            text = visit.page.evaluate("document.body.textContent")
            for lang in LANGUAGES:
                if name.startswith(f"{lang}/"):
                    shown |= {(lang, field) for field in FIELDS if f"mark-{field} " in text and _whole(field, text)}
    assert not wrong, "\n".join(wrong[:10])
    assert visit.dialogs == []
    assert visit.said == []
    assert all(url.startswith(f"{hostile.origin}/") for url in visit.asked)
    assert {(lang, field) for lang in LANGUAGES for field in FIELDS} - shown == set()


def _whole(field: str, text: str) -> bool:
    """Whether a field that is on a page is there to its last character."""
    start = text.index(f"mark-{field} ")
    return PAYLOAD in text[start : start + 10_000 + 2 * len(PAYLOAD)]


def test_nothing_of_it_breaks_the_other_files(hostile: Site) -> None:
    from xml.etree import ElementTree

    for lang in LANGUAGES:
        feed = ElementTree.parse(hostile.folder / lang / "changes.atom")
        text = "".join(feed.getroot().itertext())
        assert f"mark-event-text {'é' * 10_000}{PAYLOAD}" in text
        ElementTree.parse(hostile.folder / f"badge.{lang}.svg")
    ElementTree.parse(hostile.folder / "sitemap.xml")
    for path in hostile.folder.rglob("*.json"):
        assert b"<script" not in path.read_bytes()
        json.loads(path.read_bytes())
