"""What the site's page of odds shows → a JSON document, and tables as CSV that say where they come from."""

from __future__ import annotations

from typing import Any

from review_clock.files import LANGUAGES, Texts
from review_clock.formats.cited import cited, provenance_document
from review_clock.formats.json_odds import share_document
from review_clock.formats.json_writer import iso
from review_clock.formats.tables import csv_text
from review_clock.formats.text_outlook import outlook_csv
from review_clock.futures.outlook import YearOfOdds
from review_clock.futures.prepared_odds import OutlookPrepared, PreparedOdds, TablePrepared
from review_clock.words.odds import assumptions, set_code
from review_clock.words.wording import Wording


def prepared_document(found: PreparedOdds, words: Wording) -> dict[str, Any]:
    """The settings, each with its years, and the table; null where nothing can be asked."""
    come = found.come
    return {
        "as_of": iso(come.as_of),
        "known_on": iso(come.known_on),
        "verified_on": iso(come.verified_on),
        "readings": come.readings.as_dict(),
        "not_a_forecast": words("odds_page.not_a_forecast"),
        "assumptions": assumptions(found.settings[0].outlook, words) if found.settings else [],
        "settings": [_setting(each) for each in found.settings],
        "table": None if found.table is None else _table(found.table),
        "disclaimer": words("status.disclaimer"),
    }


def _texts(texts: Texts) -> dict[str, str]:
    return {lang: texts.said(lang) for lang in LANGUAGES}


def _setting(each: OutlookPrepared) -> dict[str, Any]:
    return {
        "name": each.setting.name,
        "title": _texts(each.setting.title),
        "explanation": _texts(each.setting.explanation),
        "confirm": _chances(each.setting.confirm),
        "withdraw": _chances(each.setting.withdraw),
        "years": [_year(year) for year in each.outlook.years if year.who_is_in is not None],
        "provenance": provenance_document(each.come),
    }


def _chances(lines: tuple[str, ...]) -> dict[str, str]:
    """The chances said, by Party: numbers, fractions or schedules, as texts."""
    return {party.upper(): chance for party, _, chance in (line.partition("=") for line in lines)}


def _year(year: YearOfOdds) -> dict[str, Any]:
    return {
        "year": year.year,
        "who_is_in": {set_code(parties): share_document(share) for parties, share in (year.who_is_in or {}).items()},
        "in_force": share_document(year.in_force),
        "extended_by": share_document(year.extended_by),
    }


def _table(found: TablePrepared) -> dict[str, Any]:
    table = found.table
    return {
        "across": str(table.across),
        "down": str(table.down),
        "columns": [float(value) for value in table.columns],
        "rows": [float(value) for value in table.rows],
        "on": [
            {"date": day.isoformat(), "all_bound": [[share_document(share) for share in row] for row in cells]}
            for day, cells in table.on
        ],
        "provenance": provenance_document(found.come),
    }


def setting_csv(each: OutlookPrepared) -> str:
    """The years of a setting, as `outlook --format csv` has them."""
    return cited(outlook_csv(each.outlook), "csv", each.come)


def table_csv(found: TablePrepared) -> str:
    """A row for each day and each value of the chance down, a column for each value of the chance across."""
    table = found.table
    headings = ["date", str(table.down), *(f"{table.across}={float(value)}" for value in table.columns)]
    rows = [
        (day, float(value), *(share_document(share) for share in row))
        for day, cells in table.on
        for value, row in zip(table.rows, cells, strict=True)
    ]
    return cited(csv_text(headings, rows), "csv", found.come)
