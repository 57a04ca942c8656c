"""The pages of dates, rules, record, readings and method: every fact, its count, its authority, its source."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.site.material import Material
from review_clock.site.pages.deadlines import deadlines_page
from review_clock.site.pages.one_date import date_page
from review_clock.site.reconciliation import in_page, selected
from review_clock.timeline.keeping import with_lines
from review_clock.words.sureness import sureness
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question
from tests.words.states import asked

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
        told = html.unescape(date_page(each, material, words).decode("utf-8"))
        last_step = words.derivation(each.derivation)[-1][0]
        assert last_step in told, each.id
        for authority in each.authority:
            assert words.cite(authority.cite) in told, each.id
        for other in each.other_readings:
            assert words.other(other) in told, each.id
        assert words.said(each.actor_name) in told, each.id
        ahead = each.certainty not in ("past", "superseded")
        assert (f"calendars/deadlines/{each.id}.{lang}.ics" in told) == (ahead and not each.without_day)
        if each.certainty == "past":
            assert last_step in html.unescape(article(past, each.id)), each.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_says_of_each_date_what_it_is_who_acts_and_how_sure_it_is(
    article: Article, page: Page, material: Material, lang: str
) -> None:
    words, text = wording(lang), page("deadlines.html", lang)
    for each in material.deadlines:
        told = html.unescape(article(text, each.id))
        assert words.said(each.title) in told
        assert f'href="deadlines/{each.id}.html"' in told
        assert sureness(each, words).word in told
        persons = ("importer", "producer", "public", "litigant")
        who = words(f"list.{each.who_kind}") if each.who_kind in persons else words.said(each.actor_name)
        assert who in told, each.id


SURE = [  # lines, date, what stands beside it
    ((), "us.611.consult.1-2", "day inferred"),
    (("2026-12-01 us gives notice",), "us.611.consult.1-2",
     "only if the notice of withdrawal that runs is taken back before it takes effect; day inferred"),
    ((), "us.718.14", "only on this grid of 180 days unless the two committees approved a yearly report"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "identity", "said"), SURE)
def test_beside_a_date_stands_how_sure_it_is(lines: tuple[str, ...], identity: str, said: str) -> None:
    asking = asked(date(2026, 12, 5), lines)
    assert sureness(asking.explain(identity), wording("en")).word == said


def test_an_article_tells_office_days_evidence_and_doubt(article: Article, page: Page) -> None:
    notice = article(page("past.html", "en"), "us.611.notice.1-2")
    assert "last office day before it: Friday, October 2, 2026" in notice
    assert "history.html#E65" in notice
    assert "Conflict" in notice


BINDS = {"treaty": ("treaty",), "us": ("treaty", "us"), "ca": ("treaty", "ca"), "mx": ("treaty", "mx")}
"""What binds a country that is in: its own law, and the Agreement."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_dates_can_be_filtered_by_plain_anchors(page: Page, material: Material, lang: str) -> None:
    text, words = page("deadlines.html", lang), wording(lang)
    style = (STATIC / "lists.css").read_text("utf-8")
    ahead = [each for each in material.deadlines if each.is_ahead]
    takes = {key: [each for each in ahead if each.jurisdiction in binds] for key, binds in BINDS.items()}
    takes |= {key: [each for each in ahead if each.who_kind == key] for key in ("importer", "producer", "public")}
    takes["all"] = ahead
    for key, dates in takes.items():
        assert re.search(rf'<a href="#{key}"[^>]*>[^<]* <span>{words.number(len(dates))}</span>', text), key
        assert f'<span class="only" id="{key}">' in text
        if key != "all":
            assert f"#{key}:target ~ #list article:not(.{key})" in style
            marked = {
                i for i, keys in re.findall(r'<article id="([^"]+)"[^>]* class="([^"]*)"', text) if key in keys.split()
            }
            assert {each.id for each in dates} <= marked
            assert all(each.id not in marked for each in ahead if each not in dates)


def test_a_country_without_a_date_of_its_own_is_told_so_and_sees_what_binds_it(page: Page) -> None:
    text = page("deadlines.html", "es")
    assert wording("es")("list.none_own", country="México") in text
    assert wording("es")("list.none_own", country="Canadá") not in text


def test_a_country_that_has_left_is_not_bound_by_the_treaty_and_is_told_that_nothing_is_ahead() -> None:
    record = with_lines(RECORD, ("2026-11-20 mx gives notice",), LAW, LAW.defaults)
    gone = Material(question=question(date(2027, 8, 1), record=record), base_url="", feeds=shipped(LAW))
    text = deadlines_page(gone, wording("en")).decode("utf-8")
    assert wording("en")("list.none", country="Mexico") in text
    assert '<a href="#mx">Mexico <span>0</span></a>' in text


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
