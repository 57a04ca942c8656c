"""A page for each date: it exists for every one that is ahead or was ever published, and says what is known of it."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from review_clock.files import LANGUAGES
from review_clock.site.material import Material
from review_clock.site.pages.one_date import date_files, date_page
from review_clock.words.sureness import sureness
from review_clock.words.wording import wording
from tests.frozen import FIXTURES


def _published() -> set[str]:
    """The ids of every date that 0.2.0 published."""
    found = json.loads((FIXTURES / "json" / "deadlines.json").read_text(encoding="utf-8"))
    return {row["id"] for row in found["deadlines"]}


def test_each_date_that_is_ahead_or_was_ever_published_has_a_page(material: Material) -> None:
    files = date_files(material)
    published = _published()
    assert len(published) > 100
    for identity in published | {each.id for each in material.deadlines}:
        for lang in LANGUAGES:
            assert f"{lang}/deadlines/{identity}.html" in files, identity


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "identity", ["us.comments.1-2", "treaty.review.annual.1-2", "treaty.review.six-year.1-1", "us.718.14"]
)
def test_a_date_says_when_how_sure_how_counted_and_how_to_cite(material: Material, identity: str, lang: str) -> None:
    each, words = next(each for each in material.deadlines if each.id == identity), wording(lang)
    page = date_page(each, material, words).decode("utf-8")
    assert words.day(each.date, "full") in page
    assert sureness(each, words).word in page
    for step, _ in words.derivation(each.derivation)[-1:]:
        assert step in page
    for text in each.authority:
        assert words.cite(text.cite) in page
    assert words.day(material.as_of) in page
    assert (f"calendars/deadlines/{identity}.{lang}.ics" in page) is (each.is_ahead and not each.without_day)
    assert f'href="../deadlines.html#{identity}"' in page
    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert words.said(each.title) in title[1]


def test_one_learns_from_its_page_that_the_first_of_july_2027_is_not_certain(material: Material) -> None:
    each = next(each for each in material.deadlines if each.id == "treaty.review.annual.1-2")
    assert each.date == date(2027, 7, 1)
    page = date_page(each, material, wording("en")).decode("utf-8")
    assert wording("en")("sure.inferred") in page
