"""The pages of dates, rules, record, readings and method: every fact, its count, its authority, its source."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from review_clock.files import LANGUAGES
from review_clock.site.material import Material
from review_clock.site.reconciliation import in_page, selected
from review_clock.words.wording import wording
from tests.frozen import LAW

Page = Callable[..., str]
Article = Callable[[str, str], str]
STATIC = Path(__file__).resolve().parents[2] / "templates" / "static"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_deadline_has_its_count_authority_other_readings_and_calendar(
    article: Article, page: Page, material: Material, lang: str
) -> None:
    words, text, past = wording(lang), page("deadlines.html", lang), page("past.html", lang)
    assert in_page(text) == selected(material.deadlines)
    assert in_page(past) == selected(d for d in material.deadlines if d.certainty == "past")
    for each in material.deadlines:
        whole = past if each.certainty == "past" else text
        told = article(whole, each.id)
        last_step = words.derivation(each.derivation)[-1][0]
        assert last_step in html.unescape(told), each.id
        for authority in each.authority:
            assert words.cite(authority.cite) in told, each.id
        for other in each.other_readings:
            assert words.other(other) in told, each.id
        assert words.said(each.actor_name) in html.unescape(told), each.id
        assert (f"calendars/deadlines/{each.id}.{lang}.ics" in told) == (each.certainty != "past")
        if each.certainty == "past":
            assert f"past.html#{each.id}" in article(text, each.id)


def test_an_article_tells_office_days_evidence_and_doubt(article: Article, page: Page) -> None:
    notice = article(page("past.html", "en"), "us.611.notice.1-2")
    assert "last office day before it: Friday, October 2, 2026" in notice
    assert "history.html#E65" in notice
    assert "Conflict" in notice
    assert "Conflict" in article(page("deadlines.html", "en"), "us.611.notice.1-2")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_dates_can_be_filtered_by_plain_anchors(page: Page, material: Material, lang: str) -> None:
    text = page("deadlines.html", lang)
    for jurisdiction in ("treaty", "us", "ca", "mx"):
        assert f'href="#{jurisdiction}"' in text
        assert f'<span class="only" id="{jurisdiction}">' in text
        count = sum(each.jurisdiction == jurisdiction for each in material.deadlines)
        assert text.count(f' class="{jurisdiction}">') == count
    assert f"#{jurisdiction}:target ~ #list article:not(.{jurisdiction})" in (STATIC / "site.css").read_text("utf-8")


def test_every_rule_stands_once_with_its_text_and_its_dates(article: Article, page: Page, material: Material) -> None:
    text = page("rules.html", "en")
    known = LAW.authorities.by_cite
    for rule in LAW.rules:
        told = article(text, rule.id)
        for cite in rule.authority:
            assert known[cite].url.replace("&", "&amp;") in told, rule.id
        for each in material.deadlines:
            assert (f'deadlines.html#{each.id}"' in told) == (each.rule == rule.id)
    for rule in LAW.catalogue.withheld:
        assert rule.why.en in html.unescape(text)


def test_the_record_is_whole_newest_first_with_sources_conflicts_and_anchors(
    article: Article, page: Page, material: Material
) -> None:
    text = page("history.html", "en")
    entries = material.record.entries
    places = [text.index(f'<article id="{entry.id}"') for entry in reversed(entries)]
    assert places == sorted(places)
    for row in material.record.rows().values():
        told = html.unescape(article(text, row.id))
        assert row.text.en in told
        assert row.conflict is None or row.conflict.en in told
        for source in row.sources:
            assert source.title in told
            assert source.url in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_open_point_shows_values_reasons_holders_and_what_it_moves(
    page: Page, material: Material, lang: str
) -> None:
    text = page("readings.html", lang)
    assert len(LAW.readings) == 17  # as the introduction of the page says
    for point in LAW.readings:
        start = text.index(f'<h2 id="{point.key}"')
        section = html.unescape(text[start : text.index("</section>", start)])
        assert point.why.said(lang) in section
        for each in point.supporters:
            assert each.who.said(lang) in section
        for value in point.values:
            assert f"<code>{value}</code>" in section
    moved = sum(len(each.moves) + len(each.opens) for each in material.question.open_points)
    assert moved >= sum(len(each.other_readings) for each in material.deadlines if each.is_ahead)
    assert text.count("deadlines.html#") == moved


@pytest.mark.parametrize("lang", LANGUAGES)
def test_about_counts_what_was_checked_and_names_what_is_withheld(page: Page, material: Material, lang: str) -> None:
    words, text = wording(lang), page("about.html", lang)
    counts = [int(n) for n in re.findall(r"<td>(\d+)</td>", text)]
    assert sum(counts) == len(LAW.authorities.by_cite) + len(material.record.rows())
    assert words.count("rules", len(LAW.catalogue.withheld)) in text
    assert words("about.not_advice") in text
