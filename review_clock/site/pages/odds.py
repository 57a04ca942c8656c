"""The page of odds: settings of chances, each drawn with its data, a table over two chances, and what to type for more.

After rendering it is read again: each number in it must be that of the answer, in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from review_clock import __version__
from review_clock.files import LANGUAGES
from review_clock.formats.cited import citation, cited
from review_clock.formats.drawing_outlook import plotted
from review_clock.formats.json_writer import as_json
from review_clock.formats.prepared_odds import prepared_document, setting_csv, table_csv
from review_clock.futures.outlook import Outlook
from review_clock.futures.prepared_odds import OutlookPrepared, TablePrepared, asked
from review_clock.futures.weights import Weight
from review_clock.site.material import Material
from review_clock.site.reconciliation import reconcile_shares
from review_clock.site.rendering import rendered
from review_clock.words.odds import as_given, assumptions, columns, figures, given, in_force_means, odds
from review_clock.words.start import caveats, hypothesis
from review_clock.words.wording import Wording, capital, wording

_WIDE: Final = 640
"""How wide a picture is: so wide that its letters are read on a telephone too."""
_SHADES: Final = 5
"""In so many steps a cell grows darker."""
_SIZE: Final = re.compile(r'width="(\d+)" height="(\d+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A share, as it is said, and how dark it is, from 0."""

    share: float
    said: str
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A setting as the page shows it: its picture (file, width and height, what it says), and its data by year."""

    prepared: OutlookPrepared
    picture: str
    size: tuple[str, ...]
    alternative: str
    given: tuple[tuple[str, str], ...]
    means: str
    headings: tuple[str, ...]
    years: tuple[tuple[int, tuple[Cell, ...]], ...]
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOn:
    """The table for a day: by the value of the chance down a row of cells."""

    day: date
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def _cell(share: Weight, words: Wording, places: int = 0) -> Cell:
    value = float(share)
    return Cell(share=value, said=odds(value, words, places), shade=min(int(value * _SHADES), _SHADES - 1))


def _shares(answer: Outlook, words: Wording) -> Iterator[tuple[int, list[Weight]]]:
    """Of each 1 July ahead: the chance of each set of Parties, that it is in force, that it has been extended."""
    sets = columns(answer, words).values()
    for year in answer.years:
        if year.who_is_in is not None:
            yield year.year, [*map(year.of, sets), year.in_force or 0, year.extended_by]


def picture(each: OutlookPrepared, words: Wording) -> str:
    """The picture of a setting: the chart of `outlook --plot`, with the chances, and what they are not, beneath."""
    notes = [
        words.said(each.setting.title),
        *(f"{party}{words.colon} {text}" for party, text in given(each.outlook, words)),
        words("odds_page.not_a_forecast"),
        f"Review Clock {__version__}. {words('status.disclaimer')}",
    ]
    return cited(plotted(each.outlook, words, notes, _WIDE), "svg", each.come)


def _chart(each: OutlookPrepared, words: Wording) -> Chart:
    answer = each.outlook
    shown = [year for year in answer.years if year.who_is_in is not None]
    said = capital(figures((shown[0], shown[len(shown) // 2], shown[-1]), words))
    size = _SIZE.search(picture(each, words))
    return Chart(
        prepared=each,
        picture=f"embed/odds-{each.setting.name}.{words.lang}.svg",
        size=size.groups() if size else (),
        alternative=words("odds_page.alt", title=words.said(each.setting.title), figures=said),
        given=tuple(given(answer, words)),
        means=in_force_means(answer, words),
        headings=(*columns(answer, words), words("outlook.in_force"), capital(words("outlook.plot_extended"))),
        years=tuple(
            (year, tuple(_cell(share, words, 1) for share in shares)) for year, shares in _shares(answer, words)
        ),
        citation=citation(each.come, words),
    )


def _tables(found: TablePrepared, words: Wording) -> Iterator[TableOn]:
    rows = [as_given(value, words) for value in found.table.rows]
    for day, cells in found.table.on:
        shown = (tuple(_cell(share, words) for share in row) for row in cells)
        yield TableOn(day=day, rows=tuple(zip(rows, shown, strict=True)))


def odds_page(material: Material, words: Wording) -> bytes:
    """Each setting with its chart and its data, the table over two chances, the command for any other setting."""
    found = material.odds
    table, start = found.table, found.settings[0].outlook if found.settings else None
    page = rendered(
        "odds.html",
        material,
        words,
        "odds.html",
        charts=[_chart(each, words) for each in found.settings],
        across=[as_given(value, words) for value in table.table.columns] if table else [],
        tables=list(_tables(table, words)) if table else [],
        table_come=table.come if table else None,
        table_citation=citation(table.come, words) if table else "",
        assumed=[*hypothesis(start.start, words), *assumptions(start, words)] if start else [],
        caveats=caveats(start.start, words)[:-1] if start else [],
        command=found.come.command,
    )
    expected = [float(share) for each in found.settings for _, row in _shares(each.outlook, words) for share in row]
    expected += [float(share) for _, cells in (table.table.on if table else ()) for row in cells for share in row]
    name = f"{words.lang}/odds.html"
    reconcile_shares(name, page, expected, lambda share: [odds(share, words, places) for places in (0, 1)])
    return page.encode("utf-8")


# ------------------------------------------------------------------------------------------------ pictures and data


def odds_files(material: Material) -> dict[str, Callable[[], bytes]]:
    """The pictures and the data of the page, by name: those that the day has."""
    settings, days = asked(material.question)
    files: dict[str, Callable[[], bytes]] = {"api/v1/prepared-odds.json": partial(_document, material)}
    if days:
        files["api/v1/prepared-odds.csv"] = partial(_table_csv, material)
    for place, each in enumerate(settings):
        files[f"api/v1/prepared-odds/{each.name}.csv"] = partial(_setting_csv, material, place)
        for lang in LANGUAGES:
            files[f"embed/odds-{each.name}.{lang}.svg"] = partial(_picture, material, place, wording(lang))
    return files


def _document(material: Material) -> bytes:
    return as_json(prepared_document(material.odds, wording("en"))).encode("utf-8")


def _table_csv(material: Material) -> bytes:
    return (table_csv(material.odds.table) if material.odds.table else "").encode("utf-8")


def _setting_csv(material: Material, place: int) -> bytes:
    return setting_csv(material.odds.settings[place]).encode("utf-8")


def _picture(material: Material, place: int, words: Wording) -> bytes:
    return picture(material.odds.settings[place], words).encode("utf-8")
