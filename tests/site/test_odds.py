"""The page of odds: its numbers are the library's and the data's, its commands give them again; it is no forecast."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shlex
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.futures.prepared import all_prepared
from review_clock.site.build import plan
from review_clock.site.for_machines.schemas import schemas
from review_clock.site.material import Material
from review_clock.site.pages.odds import odds_files
from review_clock.site.reconciliation import NotReconciled, in_cells, reconcile_shares
from review_clock.words.odds import odds
from review_clock.words.wording import wording
from tests.frozen import LAW, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 24)
NAMES = [each.name for each in all_prepared().settings]
SVG = "{http://www.w3.org/2000/svg}"


@cache
def _plan(as_of: date = AS_OF) -> Mapping[str, Callable[[], bytes]]:
    return plan(Material(question=question(as_of), base_url="", feeds=shipped(LAW)))


@cache
def _file(name: str, as_of: date = AS_OF) -> str:
    return _plan(as_of)[name]().decode("utf-8")


def _tables(page: str, kind: str) -> list[str]:
    return re.findall(rf'<table class="{kind}">.*?</table>', page, re.DOTALL)


def _rows(table: str) -> list[list[float]]:
    found = [[value for value, _ in in_cells(row)] for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
    return [row for row in found if row]


def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_file("api/v1/prepared-odds.json"))
    return document


# --------------------------------------------------------------------------------------------------- its numbers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_121_numbers_for_each_day_and_they_are_those_of_the_data(lang: str) -> None:
    tables, data = _tables(_file(f"{lang}/odds.html"), "shares"), _document()["table"]
    assert [len(_rows(table)) * len(_rows(table)[0]) for table in tables] == [121, 121]
    for table, day in zip(tables, data["on"], strict=True):
        assert _rows(table) == day["all_bound"]
        assert wording(lang).day(date.fromisoformat(day["date"])) in html.unescape(table)
    rows = list(csv.reader(io.StringIO(_file("api/v1/prepared-odds.csv"))))
    assert rows[0][:3] == ["date", "withdraw.us", "us=0.0"]
    assert [[float(cell) for cell in row[2:-1]] for row in rows[1:]] == [
        row for day in data["on"] for row in day["all_bound"]
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [(0, 1), (0, 10), (1, 0), (1, 3), (2, 2), (3, 7), (4, 4), (5, 2), (6, 9), (7, 1), (8, 5), (9, 10), (10, 6)],
)
def test_a_cell_of_the_page_is_what_it_is_by_hand(row: int, column: int) -> None:
    """Nine reviews at which it may be extended (2027 to 2035), twelve notices that would have taken effect by then."""
    (first, _) = _tables(_file("en/odds.html"), "shares")
    leaves, extends = row / 50, column / 20
    assert _rows(first)[row][column] == pytest.approx((1 - leaves) ** 12 * (1 - (1 - extends) ** 9), abs=1e-12)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_data_of_each_setting_are_on_the_page_as_in_the_documents(lang: str) -> None:
    tables = _tables(_file(f"{lang}/odds.html"), "years")
    for table, setting in zip(tables, _document()["settings"], strict=True):
        years = [[*year["who_is_in"].values(), year["in_force"], year["extended_by"]] for year in setting["years"]]
        assert _rows(table) == years
        rows = list(csv.DictReader(io.StringIO(_file(f"api/v1/prepared-odds/{setting['name']}.csv"))))
        shown = [row for row in rows if row["in_force"]]
        assert [float(row["in_force"]) for row in shown] == [year["in_force"] for year in setting["years"]]
        assert json.loads(shown[0]["provenance"])["command"] == setting["provenance"]["command"]


def test_a_page_whose_numbers_are_not_the_answers_is_not_built() -> None:
    page, words = _file("en/odds.html"), wording("en")
    expected = [value for value, _ in in_cells(page)]

    def said(share: float) -> list[str]:
        return [odds(share, words, places) for places in (0, 1)]

    reconcile_shares("en/odds.html", page, expected, said)
    for wrong in (page.replace(">61%<", ">16%<", 1), page.replace('<data value="0.0">', '<data value="0.1">', 1)):
        assert wrong != page
        with pytest.raises(NotReconciled):
            reconcile_shares("en/odds.html", wrong, expected, said)


def test_the_command_on_the_page_gives_the_numbers_of_the_page(run: Run) -> None:
    page = _file("fr/odds.html")
    typed = [html.unescape(re.sub("<[^>]+>", "", each)) for each in re.findall(r"<pre>(.*?)</pre>", page)]
    assert len(typed) == len(NAMES) + 2
    for command, table in zip(typed, _tables(page, "years"), strict=False):
        years = _ran(run, command)["years"]
        shown = [year for year in years if year["in_force"] is not None]
        assert [row[-2:] for row in _rows(table)] == [[year["in_force"], year["extended_by"]] for year in shown]
    points = _ran(run, typed[-2])["points"]
    second = _rows(_tables(page, "shares")[0])[1]
    assert [point["odds"][0] for point in points] == pytest.approx(second, abs=1e-12)
    assert _ran(run, typed[-1])["on"][0]["date"] == "2040-01-01"


def _ran(run: Run, command: str) -> dict[str, Any]:
    program, *args = shlex.split(command)
    assert program == "review-clock"
    done = run(*args, "--format", "json")
    assert done.exit_code == 0, done.output
    document: dict[str, Any] = json.loads(done.stdout)
    return document


# --------------------------------------------------------------------------------------------- how it is shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_pictures_and_data_say_that_it_is_no_forecast(lang: str) -> None:
    said = wording(lang)("odds_page.not_a_forecast")
    assert said in html.unescape(_file(f"{lang}/odds.html"))
    for name in NAMES:
        drawn = ElementTree.fromstring(_file(f"embed/odds-{name}.{lang}.svg"))
        lines = " ".join(each.text or "" for each in drawn.iter(f"{SVG}text"))
        assert said in lines
    assert _document()["not_a_forecast"] == wording("en")("odds_page.not_a_forecast")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_can_be_read_without_being_seen_and_says_where_it_comes_from(lang: str) -> None:
    page = _file(f"{lang}/odds.html")
    for name in NAMES:
        text = _file(f"embed/odds-{name}.{lang}.svg")
        drawn = ElementTree.fromstring(text)
        assert drawn.findtext(f"{SVG}title")
        assert drawn.findtext(f"{SVG}desc")
        assert "outlook" in json.loads(drawn.findtext(f"{SVG}metadata") or "")["command"]
        assert "<style" not in text  # the site's policy refuses it where the picture is opened by itself
        shown = re.search(rf'<img src="\.\./embed/odds-{name}\.{lang}\.svg" width="(\d+)" height="(\d+)" [^>]*>', page)
        assert shown
        assert shown.groups() == (drawn.get("width"), drawn.get("height"))
        assert len(re.search(r'alt="([^"]+)"', shown[0])[1]) > 60  # type: ignore[index]
        assert len(text.encode()) < 22_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_captions_and_headings_and_the_page_keeps_its_weight(lang: str) -> None:
    page = _file(f"{lang}/odds.html")
    for table in _tables(page, "shares"):
        assert "<caption>" in table
        assert table.count('<th scope="row">') == table.count('<th scope="col">') == 11
        assert table.count('scope="colgroup"') == 1
    assert len(page.encode()) + len(_file("static/site.css")) + len(_file("static/odds.css")) < 95_000


def test_what_if_leads_to_it_and_the_sitemap_has_it() -> None:
    assert 'href="odds.html"' in _file("es/what-if.html")
    addressed = plan(Material(question=question(AS_OF), base_url="https://example.org", feeds=shipped(LAW)))
    assert b"https://example.org/fr/odds.html" in addressed["sitemap.xml"]()


# --------------------------------------------------------------------------------------------------- other days


@pytest.mark.parametrize("as_of", [AS_OF, date(2019, 5, 1), date(2060, 1, 1)])
def test_the_document_follows_its_schema_whatever_the_day(as_of: date) -> None:
    found = schemas(LAW)
    registry: Registry[Any] = Registry().with_resources([(n, Resource.from_contents(s)) for n, s in found.items()])
    Draft202012Validator(found["prepared-odds.json"], registry=registry).validate(
        json.loads(_file("api/v1/prepared-odds.json", as_of))
    )


@pytest.mark.parametrize("as_of", [date(2019, 5, 1), date(2060, 1, 1)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_not_all_three_are_bound_the_page_says_so_and_draws_nothing(as_of: date, lang: str) -> None:
    page, words = _file(f"{lang}/odds.html", as_of), wording(lang)
    assert words("odds_page.nothing", day=words.day(as_of)) in html.unescape(page)
    assert "<img src" not in page.partition("<main")[2]
    assert not in_cells(page)
    material = Material(question=question(as_of), base_url="", feeds={})
    assert list(odds_files(material)) == ["api/v1/prepared-odds.json"]
