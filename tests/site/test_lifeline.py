"""The line of time: what it shows, the drawing and its equal in text, places that do not lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from review_clock.files import LANGUAGES
from review_clock.site.material import Material
from review_clock.site.pictures import lifeline
from review_clock.words.wording import wording

Page = Callable[..., str]
AS_OF = date(2026, 11, 24)


def test_the_line_of_time_tells_what_happened_what_is_fixed_scheduled_and_contingent(material: Material) -> None:
    found = lifeline.marks(material.record, material.deadlines, material.status)
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
def test_drawing_and_list_hold_the_same_marks_and_each_is_a_link(page: Page, material: Material, lang: str) -> None:
    text = page("index.html", lang)
    drawing = text[text.index('<svg class="life"') : text.index("</svg>", text.index('<svg class="life"'))]
    listing = text[text.index('<ol class="life-list">') :]
    listing = listing[: listing.index("</ol>")]
    marks = lifeline.marks(material.record, material.deadlines, material.status)
    expected = [f"{mark.page}#{mark.anchor}" for mark in marks]
    assert sorted(re.findall(r'<a href="([^"]+)"', drawing)) == sorted(expected)
    assert re.findall(r'<a href="([^"]+)"', listing) == expected
    assert drawing.count("<title") == len(expected) + 1
    for mark in marks:
        assert drawing.count(f'href="#m-{mark.standing}"') >= 2
    words = wording(lang)
    for standing in ("past", "fixed", "scheduled", "contingent"):
        name = words(f"certainty.{standing}")
        assert f">{name[0].upper()}{name[1:]}</text>" in drawing
    assert words("life.today", day=words.day(AS_OF)) in drawing
    assert words("life.today", day=words.day(AS_OF)) in listing


def test_marks_stand_in_the_order_of_time_and_apart(material: Material) -> None:
    found = lifeline.marks(material.record, material.deadlines, material.status)
    drawing = lifeline.drawing(found, material.status, wording("en"))
    for lane in drawing.lanes:
        xs = [each.x for each in lane.placed]
        ordered = sorted(lane.placed, key=lambda each: each.mark.day)
        assert [each.x for each in ordered] == sorted(xs)
        for one in lane.placed:
            for other in lane.placed:
                apart = max(abs(one.x - other.x), abs(one.y - other.y))
                assert one is other or apart >= lifeline.ROOM
            assert lane.y <= one.y - lifeline.ROOM / 2
            assert one.y + lifeline.ROOM / 2 <= lane.y + lane.high
    assert drawing.term
    assert drawing.term[0] < drawing.today < drawing.term[1] <= drawing.right
