"""The pages are light, nothing runs in them, headings and links are in order, hostile text is text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.site.material import Material
from review_clock.site.static_files import static_files
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

Page = Callable[..., str]
Pages = dict[str, Callable[..., bytes]]
PAGES = (
    "index.html",
    "questions.html",
    "odds.html",
    "deadlines.html",
    "past.html",
    "rules.html",
    "history.html",
    "readings.html",
    "about.html",
)
EVERYWHERE = [(name, lang) for name in PAGES for lang in LANGUAGES]
AS_OF = date(2026, 11, 24)
STATIC = Path(__file__).resolve().parents[2] / "templates" / "static"
HOSTILE = '<script>alert(1)</script>" onmouseover="x\' &amp; \u202e {{ 7*7 }} </title></svg>'


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_is_heavy(page: Page, lang: str) -> None:
    files = static_files()

    def weight(name: str) -> int:
        """The page with all that it loads but its font."""
        text = page(name, lang)
        loaded = set(re.findall(r'(?:href|src)="\.\./(static/[^"]+\.(?:css|js|svg))"', text))
        return len(text.encode("utf-8")) + sum(len(files[each]()) for each in loaded)

    weights = {name: weight(name) for name in PAGES}
    assert weights["index.html"] < 60_000, weights
    assert weights["index.html"] + len(files["static/public-sans.woff2"]()) < 85_000
    assert max(weights.values()) < 210_000, weights


@pytest.mark.parametrize(("name", "lang"), EVERYWHERE)
def test_nothing_in_a_page_needs_a_policy_that_lets_things_run(page: Page, name: str, lang: str) -> None:
    text = page(name, lang)
    assert " style=" not in text
    assert "<style" not in text
    assert not re.search(r"<[^>]+\son[a-z]+=", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert " src=" in tag or 'type="application/' in tag, tag


@pytest.mark.parametrize(("name", "lang"), EVERYWHERE)
def test_headings_ids_and_links_are_in_order(page: Page, name: str, lang: str) -> None:
    text = page(name, lang)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:href|aria-labelledby|aria-describedby)="#?([^"/:]+)"', text):
        file, _, anchor = target.partition("#")
        if "." not in file:
            assert target in ids, target
        elif file in PAGES and anchor:
            assert f'id="{anchor}"' in page(file, lang), target


def test_hostile_text_of_a_record_is_text_on_every_page(pages: Pages, tmp_path: Path) -> None:
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    own = tmp_path / "own.toml"
    source = f'title = {quoted}\nurl = "https://example.org/?a=1&b=<x>"\n'
    own.write_text(
        f'[[event]]\nid = "N1"\non = 2026-11-20\nact = "note"\ntext = {quoted}\nconflict = {quoted}\n'
        f"[[event.source]]\n{source}"
        '[[announced]]\nid = "A1"\non = 2027-02-02\nknown_on = 2026-11-01\ndeadline = "own.date"\n'
        f'jurisdiction = "treaty"\nkind = "origin"\nactor = {quoted}\ntitle = {quoted}\ntext = {quoted}\n'
        f"[[announced.source]]\n{source}",
        encoding="utf-8",
    )
    under = Material(question=question(AS_OF, record=RECORD.with_file(own)), base_url="", feeds=shipped(LAW))
    shown = 0
    for lang in LANGUAGES:
        for make in pages.values():
            text = make(under, wording(lang)).decode("utf-8")
            assert "<script>" not in text
            assert 'onmouseover="' not in text
            assert "<x>" not in text
            assert "</title></svg>" not in text
            shown += text.count("&lt;script&gt;alert(1)")
    assert shown >= 3 * 10


def test_the_script_writes_text_only_and_asks_nobody(page: Page) -> None:
    for name in ("clock.js", "list.js"):
        script = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|fetch|https?:", script
        )
    script = (STATIC / "clock.js").read_text(encoding="utf-8")
    used = set(re.findall(r"\bwords\.(\w+)", script))
    said = set(
        re.findall(r"data-(\w+)=", re.search(r"<script defer [^>]*clock\.js[^>]*>", page("about.html", "fr"))[0])
    )  # type: ignore[index]
    assert used == said
