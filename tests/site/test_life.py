"""The life of the Agreement as a list: what it tells, in the order of time, each a link."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date

import pytest

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.site import life
from review_clock.site.material import Material
from review_clock.site.pages.status import status_page
from review_clock.words.wording import wording
from tests.frozen import LAW, chosen, question

Page = Callable[..., str]
AS_OF = date(2026, 11, 24)


def test_the_line_of_time_tells_what_happened_what_is_fixed_scheduled_and_contingent(material: Material) -> None:
    found = life.marks(material.record, material.deadlines, material.status)
    held = {mark.anchor: mark.standing for mark in found}
    assert found[0].anchor == "E01"
    assert found[0].day == date(2018, 11, 30)
    assert {held[each] for each in ("E11", "E50", "E51")} == {"past"}
    assert held["origin.steel"] == "fixed"
    assert [each for each in held if each.startswith("treaty.review.annual")] == [
        f"treaty.review.annual.1-{n}" for n in range(2, 11)
    ]
    assert held["treaty.term.end.1"] == held["treaty.extension.window.1"] == "scheduled"
    assert held["treaty.withdrawal.last-notice.1"] == "contingent"
    assert found[-1].day > date(2036, 7, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_holds_every_mark_in_the_order_of_time_and_each_is_a_link(
    page: Page, material: Material, lang: str
) -> None:
    text = page("index.html", lang)
    listing = text[text.index('<ol class="life-list">') :]
    listing = listing[: listing.index("</ol>")]
    marks = life.marks(material.record, material.deadlines, material.status)
    assert re.findall(r'<a href="([^"]+)"', listing) == [f"{mark.page}#{mark.anchor}" for mark in marks]
    assert [mark.day for mark in marks] == sorted(mark.day for mark in marks)
    words = wording(lang)
    assert words("life.today", day=words.day(AS_OF)) in listing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_date_without_a_day_is_given_to_no_program_as_a_day(lang: str) -> None:
    words = wording(lang)
    asked = question(AS_OF, chosen(["annual_review_day=any_day"]))
    under = Material(question=asked, base_url="", feeds=shipped(LAW))
    text = status_page(under, words).decode("utf-8")
    assert words("day.in_year", year=2027) in html.unescape(text)
    assert words("day.in_year", year=2027) not in html.unescape("".join(re.findall("<time.*?</time>", text)))
