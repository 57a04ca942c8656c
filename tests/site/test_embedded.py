"""What stands on somebody else's page: the answer in a frame and as a picture, and who publishes the site."""

from __future__ import annotations

import html
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.site.material import Material, Publisher
from review_clock.site.pages.about import about_page
from review_clock.site.pages.embedded import embedded_page, embedded_picture
from review_clock.words.verdict import verdict
from review_clock.words.wording import wording
from tests.frozen import LAW, question
from tests.words.states import material, questions

AS_OF = date(2026, 11, 24)


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", questions())
def test_frame_and_picture_say_what_the_status_page_says_first(name: str, lang: str) -> None:
    asked, words = material(name), wording(lang)
    said = verdict(asked.status.answer, words)
    frame, picture = embedded_page(asked, words).decode(), embedded_picture(asked, words).decode()
    ElementTree.fromstring(picture)  # well-formed, or this raises
    for sentence in (said.first, said.second):
        assert " ".join(sentence.split()) in _plain(frame)
        assert " ".join(sentence.split()) in _plain(picture)
    assert words.day(asked.as_of) in html.unescape(picture)


def _styled(picture: str) -> dict[str, dict[str, str]]:
    """What the style of the picture says of each class, its variables as in light."""
    style = picture.partition("<style>")[2].partition("</style>")[0]
    light = dict(re.findall(r"(--\w+):([^;}]+)", style.partition("@media")[0]))
    found: dict[str, dict[str, str]] = {}
    for names, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", style.partition("\n")[2].partition("\n")[2]):
        for name in re.findall(r"\.([\w-]+)", names):
            said = (re.sub(r"var\((--\w+)\)", lambda v: light[v[1]], each) for each in rules.split(";"))
            found.setdefault(name, {}).update(each.split(":") for each in said)
    return found


@pytest.mark.parametrize("name", questions())
def test_the_picture_looks_the_same_where_a_host_refuses_its_style(name: str) -> None:
    """Its own headers refuse it: each look that the style gives in light stands at the element too, or at the root."""
    picture = embedded_picture(material(name), wording("en")).decode()
    styled, tree = _styled(picture), ElementTree.fromstring(picture)
    assert {"b-lived", "b-hollow", "b-open", "end"} <= styled.keys()
    for element in tree.iter():
        for each in element.get("class", "").split():
            for key, value in styled.get(each, {}).items():
                given = element.get(key, tree.get(key, ""))
                assert given == value.removesuffix("px"), (each, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_says_that_it_is_no_legal_advice(lang: str) -> None:
    assert wording(lang)("status.disclaimer") in _plain(embedded_picture(_of(), wording(lang)).decode())


def test_the_frame_asks_for_nothing_of_others_and_leads_to_the_page() -> None:
    frame = embedded_page(_of("https://example.org/clock"), wording("es")).decode()
    assert 'href="https://example.org/clock/es/index.html" target="_top"' in frame
    assert "connect-src" not in frame
    assert all(each.startswith("../static/") for each in re.findall(r'(?:src|stylesheet" href)="([^"]+)"', frame))
    assert "noindex" in frame


def _of(base_url: str = "", publisher: Publisher | None = None) -> Material:
    feeds = shipped(LAW)
    return Material(question=question(AS_OF), base_url=base_url, feeds=feeds, publisher=publisher or Publisher())


def test_who_publishes_stands_at_the_foot_as_text_and_nowhere_if_nobody_is_named() -> None:
    named = Publisher(name="Firm <b>& Co", contact="mailto:desk@example.org")
    page = about_page(_of("https://example.org/clock", named), wording("en")).decode()
    assert "Published by Firm &lt;b&gt;&amp; Co." in page
    assert 'href="mailto:desk@example.org"' in page
    assert "&lt;iframe" in page
    assert "Published by" not in about_page(_of(), wording("en")).decode()
