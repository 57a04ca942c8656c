"""What-if pages without a browser: chart by year, a page and a document a scenario, the explorer's data, weights."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.formats.machine_document import machine
from review_clock.questions.named_scenario import what_happens
from review_clock.scenarios.library import library
from review_clock.site.build import plan
from review_clock.site.key_moments import key_moments
from review_clock.site.material import Material
from review_clock.site.pages import explorer
from review_clock.site.pictures.strands import bars
from review_clock.words.acts import all_assumed
from review_clock.words.verdict import ending
from review_clock.words.wording import wording
from tests.frozen import LAW, question

AS_OF = date(2026, 11, 23)
HEAVIEST = 171_000  # the explorer with its table of the law, and the scenarios on one axis


@cache
def _material(day: date = AS_OF) -> Material:
    return Material(question=question(day), base_url="", feeds=shipped(LAW))


@cache
def _plan() -> dict[str, Callable[[], bytes]]:
    return plan(_material())


@cache
def _file(name: str) -> str:
    return _plan()[name]().decode("utf-8")


def _data(lang: str) -> dict[str, object]:
    found = re.search(
        r'<script type="application/json" id="explorer-data">(.*?)</script>', _file(f"{lang}/what-if.html")
    )
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


@pytest.mark.parametrize("day", [date(2019, 5, 1), date(2030, 6, 1), date(2060, 1, 1)])
def test_the_pages_stand_on_days_before_the_agreement_and_after_a_scenario_has_run_its_course(day: date) -> None:
    parts = plan(_material(day))
    pages = [name for name in parts if name.startswith("en/what-if")]
    assert "en/what-if.html" in pages
    for name in pages:
        assert b"</html>" in parts[name]()


# ------------------------------------------------------------------------------------------------------ the pages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_script_the_page_has_the_library_and_every_year(lang: str) -> None:
    page, words = _file(f"{lang}/what-if.html"), wording(lang)
    for each in library().values():
        assert f'href="what-if/{each.name}.html"' in page
        assert f"{lang}/what-if/{each.name}.html" in _plan()
    assert re.search(r'<div id="explorer" class="explorer" hidden>', page)
    assert all(f'datetime="{year + 16}-07-01"' in page for year in range(2027, 2036))
    assert words("explorer.hypothesis") in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", library())
def test_each_scenario_has_a_page_that_says_it_is_a_hypothesis(name: str, lang: str) -> None:
    page, words, each = _file(f"{lang}/what-if/{name}.html"), wording(lang), library()[name]
    assert words("explorer.hypothesis") in page
    assert all(line in html.unescape(page) for line in all_assumed(each.lines, words))
    assert all(describer.dated in page for describer in each.described_by)
    assert f'href="../what-if.html?{explorer.explorer_address(each, _material()).replace("&", "&amp;")}"' in page
    assert f'href="../../api/v1/scenarios/{name}.json"' in page
    assert "style=" not in page
    found = _material().scenarios[name][1]
    days = [f'datetime="{moment.entry.date}"' for moment in key_moments(found)]
    assert all(day in page for day in days)
    assert len(found.changes) == page.count("<tr") - page.count("data-deadline") - page.count("<thead") - len(days)


@pytest.mark.parametrize("name", library())
def test_each_scenario_has_a_document(name: str) -> None:
    document = json.loads(_file(f"api/v1/scenarios/{name}.json"))
    found = _material().scenarios[name][1]
    assert document["hypothesis"] is True
    assert set(document["title"]) == set(document["explanation"]) == set(LANGUAGES)
    assert document["assumed"] == list(library()[name].lines)
    assert document["status"]["as_of"] == str(AS_OF)
    assert len(document["timeline"]) == len(found.timeline)
    assert [change["id"] for change in document["changes"]] == [each.id for each in found.changes]
    last = found.course.last_day
    assert document["course"]["last_day"] == (last.isoformat() if last else None)


def test_the_counterfactual_leaves_the_record_and_says_when() -> None:
    page = _file("en/what-if/clean-renewal.html")
    assert wording("en")("status.departs", day="July 1, 2026") in page
    assert 'datetime="2042-07-01"' in page


# ------------------------------------------------------------------------------------------------ the explorer


def test_the_machine_in_the_page_is_machine_json_but_for_what_only_people_read() -> None:
    """A row may leave out what most rows have: the script takes it so."""
    people = ("why", "events", "conditions", "effects")
    published = json.loads(_file("api/v1/machine.json"))
    assert published == json.loads(json.dumps(machine(LAW)))
    every_act = [kind for kind in published["events"] if kind != "note"]
    usual = [None, False, [], "always", "on", published["in_force"], every_act]

    def same(told: object, row: object, without: object = ()) -> bool:
        if not isinstance(row, dict) or not isinstance(told, dict):
            return told == row
        kept = {key: each for key, each in row.items() if key not in people and key in told}
        assert all(each in usual for key, each in row.items() if key not in (*people, *kept) and key != without)
        return kept == told

    for lang in LANGUAGES:
        told = _data(lang)["machine"]
        assert told.keys() == published.keys() - set(people)
        for key, each in told.items():
            without = "phases" if key == "contradictions" else ()  # they hold in every phase
            rows, those = (each, published[key]) if isinstance(each, list) else ([each], [published[key]])
            assert len(rows) == len(those)
            assert all(same(one, other, without) for one, other in zip(rows, those, strict=True)), key


def test_every_word_that_the_script_asks_for_is_in_its_data_and_it_has_none_of_its_own() -> None:
    parts = [
        path.read_text(encoding="utf-8")
        for path in (explorer.files("review_clock.templates").joinpath("explorer")).iterdir()
        if path.name.endswith(".js")
    ]
    source = "\n".join(parts)
    for lang in LANGUAGES:
        words = _data(lang)["words"]
        assert isinstance(words, dict)
        for section, key in re.findall(r"\bwords\.([a-z_]+)\.([a-z_]+)", source):
            assert key in words[section], f"{section}.{key}"
        for section in re.findall(r"\bwords\.([a-z_]+)\[", source):
            assert section in words
    text = re.findall(r'"([A-Z][a-z]+ [a-z][^"]*)"', re.sub(r"//.*", "", source))
    assert not text


def test_the_script_that_is_served_is_the_parts_in_their_order() -> None:
    served = _file("static/explorer.js")
    places = [
        served.index(start)
        for start in (
            "ReviewClock.dates =",
            "ReviewClock.position =",
            "ReviewClock.conditionsAndEffects =",
            "ReviewClock.Law =",
            "ReviewClock.Machine =",
            "ReviewClock.Deadlines =",
            "ReviewClock.files =",
            "ReviewClock.lanes =",
            "ReviewClock.text =",
        )
    ]
    assert places == sorted(places)
    assert "eval(" not in served
    assert "new Function" not in served
    assert "innerHTML" not in served


def test_data_in_the_page_cannot_end_its_element() -> None:
    block = explorer.data_block({"title": "</script><script>alert(1)</script> & <!--"})
    assert "<" not in block
    assert json.loads(block) == {"title": "</script><script>alert(1)</script> & <!--"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_keep_their_weight(lang: str) -> None:
    scripts = ("static/explorer.js", "static/clock.js", "static/site.css")
    page = sum(len(_file(name).encode()) for name in (f"{lang}/what-if.html", *scripts))
    assert page < HEAVIEST
    for name in library():
        own = sum(len(_file(file).encode()) for file in (f"{lang}/what-if/{name}.html", *scripts[1:]))
        assert own < HEAVIEST


# ------------------------------------------------------------------------------------------- one axis for them all

ROWS = [
    # scenario, what happens, the first day without it, a word of the note that must be there (Art. 34.6, 34.7)
    ("status-quo", "nobody", "July 1, 2036", "the term runs out"),
    ("never-extended", "nobody", "July 1, 2036", "the term runs out"),
    ("notice-rescinded", "nobody", "July 1, 2036", "the term runs out"),
    ("extension-2027", "extends", "July 1, 2043", "July 1, 2052"),
    ("late-extension", "extends", "March 15, 2045", "July 1, 2052"),
    ("last-moment", "extends", "June 30, 2052", "July 1, 2052"),
    ("extended-then-declined", "extends", "July 1, 2043", "July 1, 2052"),
    ("us-withdraws", "leaves", "July 1, 2036", "without the United States from July 15, 2027"),
    ("mexico-withdraws", "leaves", "July 1, 2036", "without Mexico from July 15, 2027"),
    ("canada-withdraws", "leaves", "July 1, 2036", "without Canada from July 15, 2027"),
    ("two-parties-leave", "leaves", "March 1, 2028", "without the United States from July 15, 2027"),
    ("clean-renewal", "no_longer", "July 1, 2042", "July 1, 2052"),
]


@pytest.mark.parametrize(("name", "happens", "end", "note"), ROWS)
def test_each_scenario_stands_with_its_kind_and_says_until_when(name: str, happens: str, end: str, note: str) -> None:
    asked = _material().scenarios[name][1]
    assert what_happens(asked) == happens
    said = ending(asked.as_assumed.answer, wording("en"))
    assert said[0].replace("\u00a0", " ") == end
    assert note in said[1].replace("\u00a0", " ")


def test_the_bars_stand_on_one_axis_and_a_day_has_one_place_in_all() -> None:
    found = {name: question for name, (_, question) in _material().scenarios.items()}
    seen = _material().status.answer
    drawn = dict(zip(found, bars(seen, [each.as_assumed.answer for each in found.values()]), strict=True))
    assert {bar.today for bar in drawn.values() if bar} == {drawn["status-quo"].today}
    assert drawn["us-withdraws"].end == drawn["status-quo"].end < drawn["extension-2027"].end
    (out,) = (each for each in drawn["us-withdraws"].strands if each.out is not None)
    kinds = [each.kind for each in out.stretches]
    assert kinds == ["lived", "sure", "leaving"]  # the notice comes before anybody else could be out
    assert out.out is not None
    assert drawn["us-withdraws"].today < out.out < drawn["us-withdraws"].end
    assert all("hollow" in {each.kind for each in strand.stretches} for strand in drawn["extension-2027"].strands)


@pytest.mark.parametrize("day", [AS_OF, date(2035, 12, 31), date(2036, 2, 1), date(2036, 6, 29)])
def test_nothing_is_drawn_as_sure_for_longer_than_a_notice_takes(day: date) -> None:
    """Art. 34.6: six months, also where the term as it now stands ends before they are over."""
    answers = [each.as_assumed.answer for _, each in _material(day).scenarios.values()]
    assert any(each.ends and each.ends.date > date(2052, 1, 1) for each in answers)
    for answer, drawn in zip(answers, bars(_material(day).status.answer, answers), strict=True):
        assert drawn is not None
        assert answer.since is not None
        days_in_one = (day - answer.since).days / drawn.today
        sure = [each.wide * days_in_one for strand in drawn.strands for each in strand.stretches if each.kind == "sure"]
        assert max(sure, default=0) <= 190


def test_the_page_links_every_scenario_and_its_data_are_the_comparison() -> None:
    page, table = _file("fr/what-if.html"), _file("api/v1/scenarios.csv")
    for name in library():
        assert f'href="what-if/{name}.html"' in page
        assert f"\n{name}," in table
    assert "api/v1/scenarios.csv" in page
    heading, *rows = csv.reader(io.StringIO(table))
    assert heading[-1] == "provenance"
    assert all(json.loads(row[-1])["digests"]["law"] == LAW.digest for row in rows)
