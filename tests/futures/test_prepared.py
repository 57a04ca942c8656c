"""The settings that the site draws and its table over two chances: by hand, by the library, by a simulation, typed."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files

import pytest
from click.testing import Result

import review_clock as rc
from review_clock.files import BadData, parsed
from review_clock.futures.prepared import FILE, all_prepared, load
from review_clock.futures.prepared_odds import PreparedOdds, prepared_odds
from review_clock.law.acts_and_lapses import Party
from tests.frozen import chosen, question
from tests.futures.simulation import simulate, world, z

Run = Callable[..., Result]
AS_OF = date(2026, 11, 24)
REVIEWS = 9  # 1 July 2027 to 2035, one a year (Art. 34.7(4)); the term ends on 1 July 2036
NOTICES = {date(2040, 1, 1): 12, date(2037, 1, 1): 9}  # each 1 October whose six months are over by then (Art. 34.6)
TEXT = files("review_clock.futures").joinpath(FILE).read_text(encoding="utf-8")


@cache
def _odds() -> PreparedOdds:
    return prepared_odds(question(AS_OF))


def test_every_cell_is_what_it_is_by_hand() -> None:
    """All three are bound where the United States gave no notice in time and confirmed once before the term ran out."""
    assert _odds().table is not None
    table = _odds().table.table
    assert (len(table.rows), len(table.columns)) == (11, 11)
    assert {day for day, _ in table.on} == set(NOTICES)
    for day, cells in table.on:
        for leaves, row in zip(table.rows, cells, strict=True):
            for confirms, share in zip(table.columns, row, strict=True):
                by_hand = float((1 - leaves) ** NOTICES[day] * (1 - (1 - confirms) ** REVIEWS))
                assert share == pytest.approx(by_hand, abs=1e-12), (day, leaves, confirms)


@pytest.mark.parametrize("place", [(0, 1), (1, 4), (2, 10), (3, 2), (5, 6), (6, 3), (7, 9), (8, 1), (9, 5), (10, 10)])
def test_a_cell_is_what_outlook_gives(place: tuple[int, int]) -> None:
    assert _odds().table is not None
    table, (row, column) = _odds().table.table, place
    confirm = {"us": table.columns[column], "ca": 1, "mx": 1}
    answer = rc.outlook(
        question(AS_OF), confirm=confirm, withdraw={"us": table.rows[row]}, on=tuple(NOTICES), horizon=2040
    )
    told = {then.day: then.who_is_in[tuple(sorted(Party))] for then in answer.on}
    assert told == {day: cells[row][column] for day, cells in table.on}


def test_the_setting_in_which_one_may_leave_is_what_a_simulation_draws() -> None:
    (each,) = (each for each in _odds().settings if each.setting.name == "may-leave")
    drawn = simulate(40_000, 15, [world({"CA": 0.9, "MX": 0.9, "US": 0.3}, {"US": 0.1})])
    for year in each.outlook.years:
        if year.who_is_in is not None:
            day = year.year * 10000 + 701
            assert z(float(year.all_three), drawn.all_bound(day)) < 4
            assert z(float(year.in_force or 0), drawn.in_force(day)) < 4


def test_each_command_gives_the_same_again(run: Run) -> None:
    found = _odds()
    assert found.table is not None
    for each in found.settings:
        document = json.loads(_typed(run, each.come.command))
        assert [year["in_force"] for year in document["years"]] == [year.in_force for year in each.outlook.years]
        assert [year["extended_by"] for year in document["years"]] == [y.extended_by for y in each.outlook.years]
    points = json.loads(_typed(run, found.table.come.command))["points"]
    _, cells = found.table.table.on[0]
    assert [point["odds"][0] for point in points] == pytest.approx(cells[1], abs=1e-12)
    assert json.loads(_typed(run, found.come.command))["on"][0]["date"] == "2040-01-01"


def _typed(run: Run, command: str) -> str:
    program, *args = shlex.split(command)
    assert program == "review-clock"
    done = run(*args, "--format", "json")
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_command_names_the_readings_that_are_not_the_default_and_the_day_of_knowledge() -> None:
    asked = prepared_odds(question(AS_OF, chosen(["confirmations=fresh"])))
    assert "--reading confirmations=fresh" in asked.settings[0].come.command


@pytest.mark.parametrize(
    ("as_of", "lines"),
    [
        (date(2019, 5, 1), ()),  # not yet in force
        (date(2036, 7, 1), ()),  # the term has run out
        (date(2027, 8, 1), ("2027-01-15 us gives notice",)),  # two are left
    ],
)
def test_nothing_is_worked_out_where_not_all_three_are_bound(as_of: date, lines: tuple[str, ...]) -> None:
    asked = question(as_of)
    found = prepared_odds(asked.assume(*lines) if lines else asked)
    assert (found.settings, found.table) == ((), None)


def test_a_day_that_is_past_leaves_the_table() -> None:
    found = prepared_odds(question(date(2038, 1, 1)).assume("2027-07-01 all confirm"))
    assert found.table is not None
    assert [str(day) for day, _ in found.table.table.on] == ["2040-01-01"]


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('us = "1/2"', 'us = "1.5"', "setting[1].confirm"),
        ('us = "1/2"', 'uk = "1/2"', "setting[1].confirm"),
        ('name = "even" ', 'name = "even/.." ', "setting[1].name"),
        ("us=0:0.5:0.05", "us=0:0.5", "table.across"),
        ("[2040-01-01, 2037-01-01]", '["soon"]', "table.on[0]"),
    ],
)
def test_a_wrong_file_names_the_key(before: str, after: str, key: str) -> None:
    assert before in TEXT
    with pytest.raises(BadData) as raised:
        load(parsed(TEXT.replace(before, after), FILE))
    assert raised.value.where == f"{FILE}: {key}"


def test_the_three_settings_that_ship_have_texts_of_each_language() -> None:
    assert len(all_prepared().settings) == 3
    for each in all_prepared().settings:
        for texts in (each.title, each.explanation):
            assert len({texts.en, texts.es, texts.fr}) == 3
