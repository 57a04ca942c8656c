"""The odds: worked out by hand on small cases, kept whole, drawn by chance, and said in every form and language."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from babel.numbers import format_decimal, format_percent
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from review_clock.futures.outlook import Outlook, YearOfOdds, outlook
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import Phase
from review_clock.words.wording import wording
from tests.frozen import chosen, question
from tests.futures.sampling import draw

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)
ALL = ("ca", "mx", "us")


def _odds(
    confirm: str, withdraw: str = "", reading: str = "", as_of: date = AS_OF, horizon: int = 2036, exact: bool = True
) -> Outlook:
    asked = question(as_of, chosen(reading.split()))
    return outlook(asked, confirm=confirm.split(), withdraw=withdraw.split(), horizon=horizon, exact=exact)


def _in(answer: Outlook, year: int) -> YearOfOdds:
    return next(each for each in answer.years if each.year == year)


# ------------------------------------------------------------------------------------------------------ by hand

P, Q, R = Fraction(1, 2), Fraction(1, 3), Fraction(1, 5)


def test_one_review_and_then_the_end_of_the_term() -> None:
    """After 1 July 2034 one review is left, that of 2035: extended with pqr, else the term ends on 1 July 2036."""
    answer = _odds("ca=1/2 mx=1/3 us=1/5", as_of=date(2034, 11, 23))
    all_three = P * Q * R
    assert _in(answer, 2035).extended == all_three
    assert _in(answer, 2036).in_force == all_three
    assert _in(answer, 2036).ended == {Phase.EXPIRED: 1 - all_three, Phase.ENDED_BY_WITHDRAWAL: 0}
    days = all_three * (date(2051, 7, 1) - date(2035, 7, 1)).days
    days += (1 - all_three) * (date(2036, 7, 1) - date(2035, 7, 1)).days
    assert _in(answer, 2035).certainty == days / Fraction(1461, 4)


def test_asked_anew_at_each_review_the_nine_reviews_to_2035_are_nine_throws() -> None:
    answer = _odds("ca=1/2 mx=1/3 us=1/5", reading="confirmations=fresh")
    success = P * Q * R
    for n, year in enumerate(range(2027, 2036), 1):
        assert _in(answer, year).extended == success * (1 - success) ** (n - 1)
        assert _in(answer, year).extended_by == 1 - (1 - success) ** n
    assert _in(answer, 2036).in_force == 1 - (1 - success) ** 9


def test_where_confirmations_stand_each_party_has_until_then_to_confirm_once() -> None:
    answer = _odds("ca=1/2 mx=1/3 us=1/5")
    for n, year in enumerate(range(2027, 2036), 1):
        by_then = (1 - (1 - P) ** n) * (1 - (1 - Q) ** n) * (1 - (1 - R) ** n)
        assert _in(answer, year).extended_by == by_then
    assert answer.ended[Phase.EXPIRED] == 1 - by_then


def test_where_only_one_party_hesitates_the_year_of_the_extension_is_geometric() -> None:
    answer = _odds("ca=1 mx=1 us=1/5")
    assert [_in(answer, 2027 + n).extended for n in range(9)] == [R * (1 - R) ** n for n in range(9)]


def test_a_schedule_holds_from_its_year_on() -> None:
    answer = _odds("ca=1 mx=1 us=2027:0,2029:1/2,2031:1")
    assert [_in(answer, year).extended for year in range(2027, 2033)] == [0, 0, P, P / 2, P / 2, 0]


def test_without_a_confirmation_a_party_stays_with_the_chance_of_no_notice_in_any_year() -> None:
    answer = _odds("ca=0 mx=0 us=0", "us=1/5")
    for n, year in enumerate(range(2027, 2036)):
        assert _in(answer, year).bound == {Party.CA: 1, Party.MX: 1, Party.US: (1 - R) ** n}
        assert _in(answer, year).in_force == 1
    assert _in(answer, 2036).in_force == 0
    assert answer.ended == {Phase.EXPIRED: 1, Phase.ENDED_BY_WITHDRAWAL: 0}


def test_it_ends_when_two_of_three_have_left() -> None:
    """The notice of 1 October takes effect on 1 April: by 1 July of the n-th year after 2027 there were n notices."""
    answer = _odds("ca=0 mx=0 us=0", "us=1/5 mx=1/3")
    for n, year in enumerate(range(2027, 2036)):
        both_left = (1 - (1 - R) ** n) * (1 - (1 - Q) ** n)
        assert _in(answer, year).in_force == 1 - both_left


def test_one_party_left_goes_on_under_that_reading() -> None:
    answer = _odds("ca=0 mx=0 us=0", "us=1 mx=1", reading="one_party_left=continues")
    assert _in(answer, 2030).in_force == 1
    assert _in(answer, 2030).bound == {Party.CA: 1, Party.MX: 0, Party.US: 0}


def test_a_departure_does_not_extend_and_those_who_stay_are_asked_again() -> None:
    """CA and MX confirm in 2027, US gives notice that October and is gone in April: in 2028 each is asked again."""
    answer = _odds("ca=2027:1,2028:1/2 mx=2027:1,2028:1/3 us=0", "us=2027:1")
    assert _in(answer, 2027).extended == 0
    assert _in(answer, 2028).extended == 1 - (1 - P) * (1 - Q)
    yes = _odds("ca=1 mx=1 us=0", "us=2027:1", reading="departure_completes_confirmation=yes")
    assert _in(yes, 2028).extended == 1


def test_a_party_under_notice_is_asked_like_the_others_unless_the_law_refuses() -> None:
    """Notice on 15 March 2027 runs over the review of 1 July: the US may confirm (reading R15), or may not."""

    def extended(reading: str) -> object:
        asked, confirm = question(AS_OF, chosen(reading.split())), ["ca=1", "mx=1", "us=1"]
        odds = outlook(asked, confirm=confirm, withdraw=["us=1"], notice_on="03-15", horizon=2030, exact=True)
        return _in(odds, 2027).extended

    assert extended("") == 1
    assert extended("confirmation_while_leaving=refused") == 0


def test_the_end_of_the_day_is_still_in_force_under_that_reading() -> None:
    assert _in(_odds("ca=0 mx=0 us=0", reading="term_ends=end_of_day"), 2036).in_force == 1


def test_certainty_is_what_is_left_if_nobody_acts() -> None:
    answer = _odds("ca=0 mx=0 us=0")
    assert answer.certainty == Fraction((date(2036, 7, 1) - AS_OF).days * 4, 1461)
    assert _in(answer, 2030).certainty == Fraction((date(2036, 7, 1) - date(2030, 7, 1)).days * 4, 1461)
    assert _in(answer, 2036).certainty == 0


# -------------------------------------------------------------------------------------------------- properties

CHANCE = st.fractions(0, 1, max_denominator=7)
READING = st.sampled_from(
    ["", "confirmations=fresh", "departure_completes_confirmation=yes", "annual_review_day=year_after_last"]
)


@settings(max_examples=25, deadline=None)
@given(st.tuples(CHANCE, CHANCE, CHANCE), st.tuples(CHANCE, CHANCE, CHANCE), READING)
def test_nothing_is_lost(confirm: tuple[Fraction, ...], withdraw: tuple[Fraction, ...], reading: str) -> None:
    lines = [" ".join(f"{p}={c}" for p, c in zip(ALL, each, strict=True)) for each in (confirm, withdraw)]
    answer = _odds(*lines, reading=reading, horizon=2046)
    assert answer.in_force + sum(answer.ended.values()) == 1
    assert sum(year.extended for year in answer.years) == answer.extended
    gone = Fraction(0)
    for year in answer.years[1:]:
        assert year.in_force is not None
        assert year.bound is not None
        assert 0 <= year.in_force <= 1
        assert all(0 <= share <= year.in_force for share in year.bound.values())
        assert sum(year.bound.values()) >= 2 * year.in_force
        assert year.in_force >= 1 - gone - sum(year.ended.values())
        gone += sum(year.ended.values())


@settings(max_examples=12, deadline=None)
@given(st.tuples(CHANCE, CHANCE, CHANCE), st.tuples(CHANCE, CHANCE, CHANCE), st.sampled_from([*permutations(range(3))]))
def test_renaming_the_parties_renames_the_answer(
    confirm: tuple[Fraction, ...], withdraw: tuple[Fraction, ...], order: tuple[int, ...]
) -> None:
    def asked(names: list[str]) -> Outlook:
        lines = [" ".join(f"{n}={c}" for n, c in zip(names, each, strict=True)) for each in (confirm, withdraw)]
        return _odds(*lines, horizon=2040)

    renamed = [ALL[place] for place in order]
    one, other = asked(list(ALL)), asked(renamed)
    for left, right in zip(one.years, other.years, strict=True):
        assert (left.in_force, left.extended, left.ended, left.certainty) == (
            right.in_force,
            right.extended,
            right.ended,
            right.certainty,
        )
        for name, new in zip(ALL, renamed, strict=True):
            if left.bound is not None and right.bound is not None:
                assert left.bound[Party(name.upper())] == right.bound[Party(new.upper())]


def test_floating_point_agrees_with_the_fractions() -> None:
    args = ("ca=0.9 mx=0.85 us=2027:0.1,2031:0.4", "us=0.03 mx=0.01", "", AS_OF, 2060)
    exact, floating = _odds(*args, exact=True), _odds(*args, exact=False)
    for one, other in zip(exact.years, floating.years, strict=True):
        assert isinstance(other.extended, float)
        assert other.extended == pytest.approx(float(one.extended), abs=1e-12)
        if one.in_force is not None:
            assert isinstance(one.in_force, Fraction)
            assert other.in_force == pytest.approx(float(one.in_force), abs=1e-12)
            assert other.certainty == pytest.approx(float(one.certainty or 0), abs=1e-9)


def test_histories_drawn_by_chance_agree_within_their_error() -> None:
    """20,000 histories of a model written out by hand; every figure within four and a half standard errors."""
    confirm, withdraw = {"CA": 0.6, "MX": 0.5, "US": 0.2}, {"CA": 0.01, "MX": 0.03, "US": 0.06}
    answer = _odds("ca=0.6 mx=0.5 us=0.2", "ca=0.01 mx=0.03 us=0.06", horizon=2060)
    size, chance = 20_000, Random(34)
    drawn = [draw(chance, confirm, withdraw, 2060) for _ in range(size)]

    def agrees(count: int, share: Any) -> bool:
        expected = float(share)
        error = (max(expected * (1 - expected), 1 / size) / size) ** 0.5
        return abs(count / size - expected) <= 4.5 * error

    for year in answer.years[1:]:
        assert agrees(sum(each.ended is None or each.ended > year.year for each in drawn), year.in_force), year.year
        assert agrees(sum(each.extended == year.year for each in drawn), year.extended), year.year
        for cause, share in year.ended.items():
            assert agrees(sum(each.ended == year.year and each.cause == cause for each in drawn), share), year.year
        assert year.bound is not None
        for party, share in year.bound.items():
            still = sum(
                (each.ended is None or each.ended > year.year) and each.left.get(party, 9999) > year.year
                for each in drawn
            )
            assert agrees(still, share), (year.year, party)


# --------------------------------------------------------------------------------------------------- the command

GIVEN = ("--confirm", "us=0.3", "--confirm", "ca=0.95", "--confirm", "mx=0.95", "--withdraw", "us=0.02")
BASE = ("outlook", "--as-of", "2026-11-23", *GIVEN)
EXPLORE = ("explore", "--as-of", "2026-11-23", "--horizon", "2028")


def _json(run: Run, *args: str) -> dict[str, Any]:
    done = run(*args, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_json_has_the_keys_that_are_documented(run: Run) -> None:
    document = _json(run, *BASE)
    assert document.keys() >= {"as_of", "horizon", "chances", "assumptions", "certainty_means", "years", "totals"}
    assert document["chances"]["US"]["withdraw"] == [{"from_year": None, "chance": "1/50"}]
    assert len(document["assumptions"]) == 7
    assert document["years"][0]["in_force"] is None
    assert document["years"][1]["in_force"] == pytest.approx(1)
    total = document["totals"]["in_force"] + sum(document["totals"]["ended"].values())
    assert total == pytest.approx(1, abs=1e-12)


def test_exact_odds_are_fractions(run: Run) -> None:
    document = _json(run, *BASE, "--exact", "--horizon", "2040")
    assert Fraction(document["years"][1]["extended"]) == Fraction("0.3") * Fraction("0.95") ** 2
    totals = document["totals"]
    assert Fraction(totals["in_force"]) + sum(Fraction(each) for each in totals["ended"].values()) == 1


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("withdraw", [(), ("--withdraw", "mx=0.1", "--withdraw", "ca=0.2")])
def test_the_text_fits_the_terminal_and_names_its_assumptions(run: Run, lang: str, withdraw: tuple[str, ...]) -> None:
    text = run("--lang", lang, *BASE, *withdraw).output
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "█" in text
    flat = " ".join(text.split())
    for assumption in _json(run, "--lang", lang, *BASE, *withdraw)["assumptions"]:
        assert " ".join(assumption.split()) in flat


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_a_review_that_may_be_on_any_day_is_said_to_be_counted_on_the_anniversary(run: Run, lang: str) -> None:
    """Under that reading, and no other: in the odds, and in every future."""
    said, asked = wording(lang)("outlook.any_day"), ("--lang", lang, "--format", "json")
    ask = ("--ask", "extended by 2027-06-30")
    for command, key in ((BASE, "assumptions"), ((*BASE, *ask), "assumptions"), (EXPLORE, "walked")):
        any_day = ("--reading", "annual_review_day=any_day")
        assert said in json.loads(run(*asked[:2], *command, *asked[2:], *any_day).stdout)[key]
        assert said not in json.loads(run(*asked[:2], *command, *asked[2:]).stdout)[key]


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_every_form_has_every_year(run: Run, lang: str) -> None:
    years = [str(year) for year in range(2027, 2061)]
    markdown = run("--lang", lang, *BASE, "--format", "md").stdout
    rows = list(csv.DictReader(io.StringIO(run("--lang", lang, *BASE, "--format", "csv").stdout)))
    assert [row["year"] for row in rows] == ["2026", *years]
    document = _json(run, *BASE)
    for row, year in zip(rows, document["years"], strict=True):
        assert row["in_force"] == ("" if year["in_force"] is None else str(year["in_force"]))
    for year in years:
        assert markdown.count(f"|   {year} |") + markdown.count(f"| {year}") >= 2


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_chart_is_well_formed_and_has_every_year(run: Run, lang: str, tmp_path: Path) -> None:
    file = tmp_path / "odds.svg"
    assert run("--lang", lang, *BASE, "--plot", file).exit_code == 0
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{name}title") is not None
    assert root.find(f"{name}desc") is not None
    marks = [each for each in root.iter(f"{name}circle") if each.get("class") == "force-mark"]
    assert len(marks) == len(range(2027, 2061)) + 1  # and one in the legend
    assert not list(tmp_path.glob(".review-clock-*"))


def test_the_chart_is_a_picture_too_and_says_the_same_bytes_twice(run: Run, tmp_path: Path) -> None:
    from PIL import Image

    found = []
    for _ in range(2):
        assert run(*BASE, "--plot", tmp_path / "a.PNG").exit_code == 0
        found.append((tmp_path / "a.PNG").read_bytes())
    assert found[0] == found[1]
    with Image.open(tmp_path / "a.PNG") as picture:
        assert picture.width == 2 * 960
        foot = picture.convert("L").crop((0, picture.height - 200, picture.width, picture.height))
        assert foot.getextrema()[0] < 100  # its notes are written, not left out for want of a font


BAD = [
    (("--confirm", "us=0.3"), "--confirm is missing for ca, mx (accepted: --confirm ca=CHANCE --confirm mx=CHANCE)"),
    (("--confirm", "us=1.5"), "--confirm 'us=1.5': 1.5 is more than 1 (accepted: a chance from 0 to 1)"),
    (("--confirm", "us=-0.1"), "'-0.1' is not a number (accepted: us=0.3"),
    (("--confirm", "us=nan"), "'nan' is not a number"),
    (("--confirm", "us=1e-999999999"), "is not a number"),
    (("--confirm", "us=1/0"), "divides by nothing"),
    (("--confirm", "uk=0.3"), "'uk' is not a Party (accepted: us, ca or mx"),
    (("--confirm", "us"), "is not a Party"),
    (("--confirm", "us=0.1", "--confirm", "us=0.2"), "us stands twice"),
    (("--confirm", "us=2030:0.1,2027:0.2"), "2027 does not come after 2030"),
    (("--confirm", "us=20:0.1"), "'20' is not a year"),
    ((*GIVEN[2:], "--confirm", "us=2028:0.1"), "begins with 2028, after the review of 2027-07-01"),
    ((*GIVEN, "--withdraw", "mx=2"), "--withdraw 'mx=2': 2 is more than 1"),
    ((*GIVEN, "--notice-on", "13-01"), "is not a day of every year"),
    ((*GIVEN, "--plot", "x.jpg"), "--plot: 'x.jpg' is not the name of a picture (accepted: NAME.svg or NAME.png)"),
    ((*GIVEN, "--plot", "/nowhere/x.svg"), "/nowhere/x.svg: No such file or directory"),
]


@pytest.mark.parametrize(("args", "message"), BAD)
def test_bad_input_gets_one_line_and_exit_code_2(run: Run, args: tuple[str, ...], message: str) -> None:
    done = run("outlook", "--as-of", "2026-11-23", *args)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert message in error


def test_a_party_that_has_left_has_no_chance(run: Run) -> None:
    args = ("outlook", "--scenario", "us-withdraws", "--as-of", "2028-01-01", *GIVEN)
    assert "--confirm us: not bound on 2028-01-01 (accepted: ca, mx)" in run(*args).stderr


# ------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("share", [0, 0.001, 0.0456, 0.5, 0.9994, 1])
def test_shares_and_decimals_are_written_as_the_cldr_writes_them(lang: str, share: float) -> None:
    words = wording(lang)
    assert words.percent(share) == format_percent(share, "#,##0.0%" if lang != "fr" else "#,##0.0\u00a0%", words.locale)
    assert words.decimal(12345.6 * share, 2) == format_decimal(12345.6 * share, "#,##0.00", words.locale)
