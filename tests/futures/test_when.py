"""Who is in on any day, and when the first extension and the end come: by hand, and said in every form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from click.testing import Result

from review_clock.futures.outlook import Outlook, outlook
from review_clock.law.acts_and_lapses import Party
from review_clock.words.wording import wording
from tests.frozen import question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 24)
NOT_BY_2035 = Fraction(7, 10) ** 9
A_YEAR = Fraction(1461, 4)


def _odds(withdraw: str = "", on: tuple[date, ...] = (), horizon: int = 2042) -> Outlook:
    confirm = ["us=3/10", "ca=1", "mx=1"]
    return outlook(question(AS_OF), confirm=confirm, withdraw=withdraw.split(), horizon=horizon, exact=True, on=on)


def test_who_is_in_is_told_for_any_day_with_what_happens_on_it() -> None:
    days = (date(2036, 6, 30), date(2036, 7, 1), date(2040, 1, 1))
    before, after, later = _odds(on=days).on
    assert before.in_force == 1
    assert after.in_force == later.in_force == 1 - NOT_BY_2035
    assert after.who_is_in[(Party.CA, Party.MX, Party.US)] == 1 - NOT_BY_2035
    assert after.who_is_in[()] == NOT_BY_2035


def test_a_notice_of_october_is_felt_on_the_first_of_april_and_not_before() -> None:
    days = (date(2028, 3, 31), date(2028, 4, 1))
    still, gone = _odds("us=1/5", days).on
    assert still.bound[Party.US] == 1
    assert gone.bound[Party.US] == Fraction(4, 5)


def test_the_day_of_the_first_extension_and_of_the_end_by_hand() -> None:
    answer = _odds()
    first = answer.first_extension
    assert first.by_horizon == 1 - NOT_BY_2035
    by = {float(share): day for share, day in first.quantiles.items()}
    # .3, .51, .657, .7599, ... .94 after the eighth review and .9596 after the ninth, that of 2035
    assert by == {
        0.05: date(2027, 7, 1),
        0.25: date(2027, 7, 1),
        0.5: date(2028, 7, 1),
        0.75: date(2030, 7, 1),
        0.95: date(2035, 7, 1),
    }
    spent = sum(Fraction(3, 10) * Fraction(7, 10) ** n * (date(2027 + n, 7, 1) - AS_OF).days / A_YEAR for n in range(9))
    assert first.mean_years == spent / (1 - NOT_BY_2035)
    assert answer.end.by_horizon == NOT_BY_2035
    assert answer.end.quantiles[Fraction(1, 20)] is None  # .0404 only, in 2036: the next can end in 2043
    assert answer.end.mean_years == (date(2036, 7, 1) - AS_OF).days / A_YEAR
    whole = (date(2042, 12, 31) - AS_OF).days
    ended = (date(2036, 7, 1) - AS_OF).days
    assert answer.years_in_force == ((1 - NOT_BY_2035) * whole + NOT_BY_2035 * ended) / A_YEAR


def test_where_nothing_can_come_there_is_no_day() -> None:
    never = outlook(question(AS_OF), confirm=["us=0", "ca=1", "mx=1"], horizon=2040, exact=True)
    assert never.first_extension.by_horizon == 0
    assert never.first_extension.mean_years is None
    assert set(never.first_extension.quantiles.values()) == {None}
    assert set(never.end.quantiles.values()) == {date(2036, 7, 1)}


def test_the_quantiles_are_in_order_and_the_years_in_force_are_the_area_below_the_curve() -> None:
    answer = _odds("us=1/10 ca=1/20", horizon=2060)
    days = [day for day in answer.first_extension.quantiles.values() if day is not None]
    assert all(one <= other for one, other in pairwise(days))
    day_by_day = _odds("us=1/10 ca=1/20", tuple(date(year, 7, 1) for year in range(2027, 2060)), 2060)
    rough = sum(float(then.in_force) for then in day_by_day.on) + (date(2026, 12, 31) - AS_OF).days / 365.25 + 1
    assert float(answer.years_in_force) == pytest.approx(rough, abs=0.75)


# --------------------------------------------------------------------------------------------------- the command

BASE = ("outlook", "--as-of", "2026-11-24", "--horizon", "2042")
GIVEN = ("--confirm", "us=0.3", "--confirm", "ca=1", "--confirm", "mx=1", "--on", "2040-01-01")


def test_json_and_csv_give_the_day_asked_for(run: Run) -> None:
    document = json.loads(run(*BASE, *GIVEN, "--format", "json").stdout)
    (then,) = document["on"]
    assert then["date"] == "2040-01-01"
    assert then["in_force"] == pytest.approx(1 - 0.7**9)
    assert document["first_extension"]["quantiles"]["0.5"] == "2028-07-01"
    assert document["end"]["quantiles"]["0.5"] is None
    (row,) = csv.DictReader(io.StringIO(run(*BASE, *GIVEN, "--format", "csv").stdout))
    assert row["date"] == "2040-01-01"
    assert float(row["who_is_in_CA_MX_US"]) == then["who_is_in"]["CA MX US"]


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_text_says_it_in_every_language(run: Run, lang: str) -> None:
    words = wording(lang)
    text = run("--lang", lang, *BASE, *GIVEN).stdout
    assert max(map(len, text.splitlines())) <= 80
    assert words("outlook.on", day=words.day(date(2040, 1, 1))) in text
    assert words("outlook.later", year=2042) in text
    assert "2028-07-01" in text
    assert words("outlook.years_in_force") in text


@pytest.mark.parametrize("day", ["2026-11-23", "2043-01-01"])
def test_a_day_outside_is_refused(run: Run, day: str) -> None:
    done = run(*BASE, *GIVEN, "--on", day)
    assert done.exit_code == 2
    assert f"--on {day} is outside the outlook (accepted: a day from 2026-11-24 to 2042-12-31)" in done.stderr


@pytest.mark.parametrize("chance", ["us=.3", "us=30%", "us=3/10"])
def test_a_chance_may_be_written_in_any_usual_way(run: Run, chance: str) -> None:
    args = [chance if each == "us=0.3" else each for each in GIVEN]
    assert run(*BASE, *args).stdout == run(*BASE, *GIVEN).stdout
