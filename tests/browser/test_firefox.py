"""The pages in Firefox too: they open without a complaint, the dates can be chosen, the explorer answers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from real_browser import package_file
from static_host import Site

from review_clock.words.wording import wording

HERE = Path(__file__).parent
Visit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture
def firefox(tool: Callable[[str, str], str]) -> Visit:
    """What each visit in a list of them came to."""
    node, program = tool("node", "it drives Firefox"), tool("firefox-esr", "the pages are read in Firefox too")
    package_file("puppeteer-core", "package.json", tool)

    def visit(visits: list[dict[str, Any]]) -> list[dict[str, Any]]:
        done = subprocess.run(
            [node, "firefox.mjs", program],
            cwd=HERE,
            input=json.dumps(visits),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    return visit


PAGES = ("index", "deadlines", "deadlines/us.comments.1-2", "questions", "what-if", "calendars", "history")


def test_every_kind_of_page_opens_without_a_complaint_or_a_sideways_scroll(site: Site, firefox: Visit) -> None:
    ask = "[document.querySelector('h1').innerText, document.documentElement.scrollWidth <= innerWidth]"
    names = [f"{lang}/{name}" for lang in ("en", "es", "fr") for name in PAGES]
    for name, each in zip(
        names, firefox([{"open": f"{site.address}/{name}.html", "ask": ask} for name in names]), strict=True
    ):
        assert each["said"] == [], name
        assert each["answer"][0], name
        assert each["answer"][1], name


def test_the_dates_are_chosen_and_searched(site: Site, firefox: Visit) -> None:
    page = f"{site.address}/en/deadlines.html"
    shown = "[...document.querySelectorAll('#list > .year article')].filter(e => e.checkVisibility()).map(e => e.id)"
    chosen, searched, folded = firefox(
        [
            {"open": page, "click": ['#filter a[href="#public"]'], "ask": shown},
            {"open": f"{page}#producer", "type": [["#search input", "steel"]], "ask": shown},
            {"open": f"{page}#us.611.notice.1-2", "ask": "document.querySelector('#list details').open"},
        ]
    )
    assert chosen["answer"] == ["us.comments.1-2"]
    assert chosen["url"].endswith("#public")
    assert searched["answer"] == ["origin.steel"]
    assert searched["url"].endswith("?q=steel#producer")
    assert folded["answer"] is True
    assert [*chosen["said"], *searched["said"], *folded["said"]] == []


def test_the_explorer_answers_what_if_the_united_states_leaves(site: Site, firefox: Visit) -> None:
    ask = "document.getElementById('explorer-sentence').innerText"
    (each,) = firefox([{"open": f"{site.address}/en/what-if.html", "click": [".preset"], "ask": ask}])
    assert "the notice takes effect on July 15, 2027" in each["answer"]
    assert wording("en")("headline.assumed") in each["answer"]
    assert each["said"] == []
