"""The pages as they are made for one day, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

import pytest

from review_clock.feeds.definition import shipped
from review_clock.site.material import Material
from review_clock.site.pages.about import about_page
from review_clock.site.pages.changes import changes_page
from review_clock.site.pages.deadlines import deadlines_page, past_page
from review_clock.site.pages.history import history_page
from review_clock.site.pages.odds import odds_page
from review_clock.site.pages.questions import questions_page
from review_clock.site.pages.readings import readings_page
from review_clock.site.pages.rules import rules_page
from review_clock.site.pages.status import status_page
from review_clock.words.wording import Wording, wording
from tests.frozen import LAW, question

Make = Callable[[Material, Wording], bytes]

AS_OF: Final = date(2026, 11, 24)
PAGES: Final[Mapping[str, Make]] = MappingProxyType(
    {
        "index.html": status_page,
        "deadlines.html": deadlines_page,
        "past.html": past_page,
        "rules.html": rules_page,
        "history.html": history_page,
        "changes.html": changes_page,
        "readings.html": readings_page,
        "questions.html": questions_page,
        "odds.html": odds_page,
        "about.html": about_page,
    }
)


@cache
def _material(as_of: date) -> Material:
    return Material(question=question(as_of), base_url="", feeds=shipped(LAW))


@cache
def _page(name: str, lang: str, as_of: date = AS_OF) -> str:
    return PAGES[name](_material(as_of), wording(lang)).decode("utf-8")


@pytest.fixture
def material() -> Material:
    """What the pages of 24 November 2026 are made from."""
    return _material(AS_OF)


@pytest.fixture
def page() -> Callable[..., str]:
    """A page by its name and language, of 24 November 2026 or of another day."""
    return _page


@pytest.fixture
def pages() -> Mapping[str, Make]:
    """What makes each page, by its name."""
    return PAGES


@pytest.fixture
def article() -> Callable[[str, str], str]:
    """The article with an id, out of a page."""

    def found(text: str, identity: str) -> str:
        start = text.index(f'<article id="{identity}"')
        return text[start : text.index("</article>", start)]

    return found
