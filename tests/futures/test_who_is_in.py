"""Who is in: the chance of each set of Parties, before "in force", which rises where one is likelier to leave."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import fsum
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from review_clock.futures.choices import (
    Choice,
    Occasions,
    Turn,
    asked,
    at_review,
    concluded,
    for_notices,
    next_occasion,
    time_passes,
)
from review_clock.futures.outlook import Outlook, YearOfOdds, outlook
from review_clock.futures.start import beginning
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import Position
from review_clock.law.readings import Readings
from review_clock.words.wording import wording
from tests.frozen import RECORD, chosen, question
from tests.futures.sampling import draw

Run = Callable[..., Result]
Names = tuple[str, ...]
AS_OF = date(2026, 11, 24)
ALL = (Party.CA, Party.MX, Party.US)
LANGS = ("en", "es", "fr")
READINGS = (
    "",
    "one_party_left=continues",
    "confirmations=fresh",
    "departure_completes_confirmation=yes",
    "term_ends=end_of_day",
)


def _lines(chances: Mapping[Any, object]) -> list[str]:
    return [f"{party.lower()}={chance}" for party, chance in chances.items()]


def _odds(
    confirm: Mapping[Any, object],
    withdraw: Mapping[Any, object],
    reading: str = "",
    as_of: date = AS_OF,
    horizon: int = 2040,
    exact: bool = True,
) -> Outlook:
    asked = question(as_of, chosen(reading.split()))
    return outlook(asked, confirm=_lines(confirm), withdraw=_lines(withdraw), horizon=horizon, exact=exact)


def _in(answer: Outlook, year: int) -> YearOfOdds:
    return next(each for each in answer.years if each.year == year)


def _who(year: YearOfOdds) -> Mapping[tuple[Party, ...], Any]:
    assert year.who_is_in is not None
    return year.who_is_in


# ---------------------------------------------------------------------------------------------------- adds up

CHANCE = st.fractions(0, 1, max_denominator=7)
THREE = st.tuples(CHANCE, CHANCE, CHANCE)


@settings(max_examples=25, deadline=None)
@given(THREE, THREE, st.sampled_from(READINGS))
def test_the_sets_make_one_and_those_in_force_make_in_force(
    confirm: tuple[Fraction, ...], withdraw: tuple[Fraction, ...], reading: str
) -> None:
    answer = _odds(dict(zip(ALL, confirm, strict=True)), dict(zip(ALL, withdraw, strict=True)), reading, horizon=2046)
    sizes = {3: 1, 2: 3, 0: 1} | ({1: 3} if "continues" in reading else {})
    for year in answer.years[1:]:
        who = _who(year)
        assert Counter(len(parties) for parties in who) == sizes
        assert sum(who.values()) == 1
        assert year.in_force == 1 - who[()] == sum(share for parties, share in who.items() if parties)
        assert year.bound == {p: sum(share for parties, share in who.items() if p in parties) for p in ALL}
    assert sum(answer.who_is_in.values()) == 1
    assert answer.in_force == 1 - answer.who_is_in[()] == 1 - sum(answer.ended.values())


def test_after_a_departure_only_the_sets_of_those_left_can_be() -> None:
    asked = question(date(2028, 1, 1)).assume("2026-12-01 us gives notice")
    answer = outlook(asked, confirm=["ca=1/2", "mx=1/2"], withdraw=["ca=1/3"], horizon=2030, exact=True)
    assert list(_who(_in(answer, 2030))) == [(Party.CA, Party.MX), ()]
    assert _in(answer, 2030).all_three == 0


# ---------------------------------------------------------------------------------------------- every branch

CONFIRM = {Party.CA: Fraction(1, 2), Party.MX: Fraction(1, 3), Party.US: Fraction(1, 5)}
WITHDRAW = {Party.CA: Fraction(1, 7), Party.MX: Fraction(2, 7), Party.US: Fraction(3, 7)}
OF_CHOICE: Mapping[Choice, Callable[[Party], Fraction]] = {
    Choice.CONFIRMS: lambda party: CONFIRM[party],
    Choice.CONFIRMS_AGAIN: lambda party: CONFIRM[party],
    Choice.DECLINES: lambda party: 1 - CONFIRM[party],
    Choice.STANDS: lambda party: 1 - CONFIRM[party],
    Choice.GIVES_NOTICE: lambda party: WITHDRAW[party],
    Choice.GIVES_NO_NOTICE: lambda party: 1 - WITHDRAW[party],
}


def _branches(turns: tuple[Turn, ...], party: Party) -> Iterator[tuple[Position, bool, Fraction]]:
    choices = {choice for choice, _, _ in turns}
    for choice, after, confirming in turns:
        no_choice = len(turns) == 1 or choices == {Choice.STANDS, Choice.TAKES_BACK}
        if no_choice and choice is not Choice.TAKES_BACK:
            yield after, confirming, Fraction(1)
        elif not no_choice and choice in OF_CHOICE:
            yield after, confirming, OF_CHOICE[choice](party)


def _unfolded(at: Position, since: date, to: date, readings: Readings) -> Iterator[tuple[Position, Fraction]]:
    """Every branch to the end of the day `to`, one by one: nothing is folded, nothing is kept."""
    day = next_occasion(at, since, Occasions(), readings)
    if day is None or day > to:
        yield time_passes(at, to, readings)[0], Fraction(1)
        return
    at, due = time_passes(at, day, readings)
    now: list[tuple[Position, tuple[Party, ...], Fraction]] = [(at, (), Fraction(1))]
    for ask in asked(at) if due else ():
        now = [
            (after, (*those, ask.party) if confirms else those, weight * share)
            for before, those, weight in now
            for after, confirms, share in _branches(at_review(before, ask, day, readings), ask.party)
        ]
    if due:
        now = [(concluded(before, those, day, readings), (), weight) for before, those, weight in now]
    for party in ALL if Occasions().is_for_notices(day) else ():
        now = [
            (after, (), weight * share)
            for before, _, weight in now
            for after, _, share in (
                _branches(for_notices(before, party, day, readings), party)
                if party in before.parties
                else ((before, False, Fraction(1)),)
            )
        ]
    for after, _, weight in now:
        for last, share in _unfolded(after, day, to, readings):
            yield last, weight * share


@pytest.mark.parametrize("reading", READINGS)
def test_who_is_in_equals_every_branch_one_by_one(reading: str) -> None:
    """Over the last review, the departures of two springs and the end of the term."""
    as_of = date(2034, 11, 24)
    start = beginning(question(as_of, chosen(reading.split())))
    answer = _odds(CONFIRM, WITHDRAW, reading, as_of, 2037)
    for year in (2035, 2036, 2037):
        found: Counter[tuple[Party, ...]] = Counter()
        for last, weight in _unfolded(start.position, as_of, date(year, 7, 1), start.readings):
            found[tuple(sorted(last.parties)) if last.in_force else ()] += weight  # type: ignore[assignment]
        assert {parties: share for parties, share in _who(_in(answer, year)).items() if share} == dict(found)


class _Scripted(Random):
    """Goes through every way the throws of a simulation may fall, one way a time, and weighs it."""

    def __init__(self) -> None:
        super().__init__()
        self.way: list[bool] = []
        self.thrown, self.weight = 0, Fraction(1)

    def random(self) -> Any:
        return self

    def __lt__(self, chance: object) -> bool:
        assert isinstance(chance, Fraction)
        if chance in (0, 1):
            return chance == 1
        if self.thrown == len(self.way):
            self.way.append(True)
        fell = self.way[self.thrown]
        self.thrown += 1
        self.weight *= chance if fell else 1 - chance
        return fell

    def another(self) -> bool:
        while self.way and not self.way[-1]:
            self.way.pop()
        if self.way:
            self.way[-1] = False
        self.thrown, self.weight = 0, Fraction(1)
        return bool(self.way)


def _at_midsummer(drawn: Any, year: int) -> Names:
    ended = drawn.ended is not None and drawn.ended <= year
    return () if ended else tuple(party for party in ALL if drawn.left.get(party, 9999) > year)


@pytest.mark.parametrize(
    ("withdraw", "horizon"), [({}, 2038), ({Party.US: Fraction(1, 5), Party.CA: Fraction(0)}, 2031)]
)
def test_who_is_in_equals_every_way_of_the_model_by_hand(withdraw: dict[Party, Fraction], horizon: int) -> None:
    confirm = {Party.CA: Fraction(1), Party.MX: Fraction(1), Party.US: Fraction(1, 3)}
    leave = {party: withdraw.get(party, Fraction(0)) for party in ALL}
    script, more = _Scripted(), True
    found = {year: Counter[Names]() for year in range(2027, horizon + 1)}
    while more:
        drawn = draw(script, confirm, leave, horizon)  # type: ignore[arg-type]
        for year, sets in found.items():
            sets[_at_midsummer(drawn, year)] += script.weight  # type: ignore[assignment]
        more = script.another()
    answer = _odds(confirm, leave, horizon=horizon)
    for year, sets in found.items():
        assert {parties: share for parties, share in _who(_in(answer, year)).items() if share} == dict(sets)


SETTINGS = (
    ({"CA": 0.95, "MX": 0.95, "US": 0.3}, {"CA": 0.02, "MX": 0.02, "US": 0.05}, 11),
    ({"CA": 0.5, "MX": 0.4, "US": 0.2}, {"CA": 0.1, "MX": 0.05, "US": 0.15}, 34),
)


@pytest.mark.parametrize(("confirm", "withdraw", "seed"), SETTINGS)
def test_forty_thousand_histories_drawn_by_hand_agree(
    confirm: dict[str, float], withdraw: dict[str, float], seed: int
) -> None:
    size, chance = 40_000, Random(seed)
    answer = _odds(confirm, withdraw, horizon=2060, exact=False)
    drawn = [draw(chance, confirm, withdraw, 2060) for _ in range(size)]
    for year in answer.years[1:]:
        counted = Counter(_at_midsummer(each, year.year) for each in drawn)
        for parties, share in _who(year).items():
            error = (max(share * (1 - share), 1 / size) / size) ** 0.5
            assert abs(counted[parties] / size - share) < 4 * error, (year.year, parties)


def test_all_three_is_what_an_independent_study_found() -> None:
    """.750 and .292 in 2040, by 400,000 draws of a model that knew nothing of this one."""
    year = _in(_odds(*SETTINGS[0][:2]), 2040)
    assert float(year.in_force or 0) == pytest.approx(0.750, abs=0.003)
    assert float(year.all_three) == pytest.approx(0.292, abs=0.003)


# ----------------------------------------------------------------------------------------- what it must not say


def test_all_three_falls_as_the_united_states_grows_likelier_to_leave_while_in_force_rises() -> None:
    confirm = {"ca": 1, "mx": 1, "us": "0.3"}
    years = [_in(_odds(confirm, {"us": chance}), 2040) for chance in ("0", "0.05", "0.1", "0.3")]
    in_force, all_three = [float(y.in_force or 0) for y in years], [float(y.all_three) for y in years]
    assert in_force == sorted(set(in_force))
    assert all_three == sorted(set(all_three), reverse=True)
    assert [round(share, 3) for share in in_force] == [0.960, 0.973, 0.983, 0.998]
    assert [round(share, 3) for share in all_three] == [0.960, 0.493, 0.244, 0.009]


def test_no_probability_lies_outside_0_and_1_and_what_is_sure_is_exactly_1() -> None:
    """200 settings in floats: also 1.0000000000000002 is outside."""
    chance = Random(2)
    for _ in range(200):
        confirm, withdraw = ({p: round(chance.random(), chance.randrange(1, 9)) for p in ALL} for _ in range(2))
        if chance.random() < 0.3:
            withdraw = dict.fromkeys(ALL, 0.0)
        answer = _odds(confirm, withdraw, chance.choice(READINGS), date(2031, 1, 1), 2037, exact=False)
        for year in answer.years[1:]:
            who, ended = _who(year), year.ended.values()
            shares = [*who.values(), *(year.bound or {}).values(), *ended, year.extended, year.extended_by]
            assert all(0 <= float(share) <= 1 for share in [*shares, year.in_force or 0])
            assert abs(fsum(who.values()) - 1) < 1e-15
            assert year.in_force == 1.0 or who[()] > 0
        assert _in(answer, 2031).in_force == 1.0
        assert fsum((answer.in_force, *answer.ended.values())) == pytest.approx(1, abs=1e-15)


# ------------------------------------------------------------------------------------------------- every form

GIVEN = ("--confirm", "us=0.3", "--confirm", "ca=1", "--confirm", "mx=1", "--withdraw", "us=0.05")
BASE = ("outlook", "--as-of", "2026-11-24", "--horizon", "2040", *GIVEN)
SETS = ["CA MX US", "CA MX", "CA US", "MX US", "none"]


def _json(run: Run, *args: str) -> dict[str, Any]:
    done = run(*args, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", LANGS)
def test_a_sentence_says_that_in_force_is_not_with_all_three(run: Run, lang: str, tmp_path: Path) -> None:
    words, file = wording(lang), tmp_path / "odds.svg"
    text = _flat(run("--lang", lang, *BASE, "--plot", file).stdout)
    said = _json(run, "--lang", lang, *BASE)["in_force_means"]
    assert said.startswith(words("outlook.parted", figures="|").split("|")[0])
    for share in (0.973, 0.493):
        assert words.percent(share) in said
    assert _flat(said) in text
    assert _flat(said) in _flat(run("--lang", lang, *BASE, "--format", "md").stdout)
    svg = " ".join(each.text or "" for each in ET.parse(file).getroot() if each.tag.endswith("}text"))
    assert _flat(said) in _flat(svg)
    apart = text.index(_flat(said))
    assert apart < text.index(_flat(words("outlook.years")))


def test_the_sentence_names_the_year_in_which_they_are_furthest_apart_too() -> None:
    answer = _odds(*SETTINGS[0][:2], horizon=2060)
    most, last = answer.parted
    assert last is answer.years[-1]
    assert most.apart == max(year.apart for year in answer.years) > last.apart


def test_where_nobody_may_leave_there_is_no_such_sentence(run: Run) -> None:
    args = ("outlook", "--as-of", "2026-11-24", *GIVEN[:6])
    assert _json(run, *args)["in_force_means"] is None
    assert "In force does not mean" not in run(*args).stdout


def test_json_names_the_sets_by_year_and_in_the_totals(run: Run) -> None:
    document = _json(run, *BASE)
    assert document["years"][0]["who_is_in"] is None
    for year in document["years"][1:]:
        assert list(year["who_is_in"]) == SETS
        assert list(year).index("who_is_in") < list(year).index("in_force")
    assert list(document["totals"]["who_is_in"]) == SETS
    fractions = _json(run, *BASE, "--exact")["years"][-1]["who_is_in"]
    assert sum(map(Fraction, fractions.values())) == 1
    alone = _json(run, *BASE, "--reading", "one_party_left=continues")
    assert list(alone["years"][-1]["who_is_in"]) == [*SETS[:-1], "CA", "MX", "US", "none"]


def test_csv_says_who_is_in_first(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*BASE, "--format", "csv").stdout)))
    names = [f"who_is_in_{name.replace(' ', '_')}" for name in SETS]
    assert list(rows[0])[:7] == ["year", *names, "in_force"]
    for row, year in zip(rows[1:], _json(run, *BASE)["years"][1:], strict=True):
        assert [float(row[name]) for name in names] == list(year["who_is_in"].values())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reading", ["one_party_left=agreement_ends", "one_party_left=continues"])
def test_the_text_says_who_is_in_first_in_every_year(run: Run, lang: str, reading: str) -> None:
    words = wording(lang)
    args = ("--lang", lang, *BASE, "--withdraw", "ca=0.1", "--reading", reading)
    text = run(*args).stdout
    assert max(len(line) for line in text.splitlines()) <= 80
    table = text[text.index(words("outlook.who_is_in")) : text.index(words("outlook.years"))]
    rows = {line.strip()[:4]: line for line in table.splitlines() if line.strip()[:4].isdigit()}
    assert list(rows) == [str(year) for year in range(2027, 2041)]
    answer = _json(run, *args)["years"][-1]
    first = words.percent(answer["who_is_in"]["CA MX US"])
    assert rows["2040"].replace(first, "first", 1).split()[1] == "first"
    assert "▒" in rows["2040"]
    assert ("·" in table) == reading.endswith("continues")


@pytest.mark.parametrize("lang", LANGS)
def test_the_chart_tells_the_sets_apart_by_pattern_too(run: Run, lang: str, tmp_path: Path) -> None:
    file, args = tmp_path / "odds.svg", ("--reading", "one_party_left=continues", "--withdraw", "ca=0.1")
    assert run("--lang", lang, *BASE, *args, "--plot", file).exit_code == 0
    root = ET.parse(file).getroot()
    name = "{http://www.w3.org/2000/svg}"
    patterns = {each.get("id"): ET.tostring(each[1]) + ET.tostring(each[0]) for each in root.iter(f"{name}pattern")}
    assert len(patterns) == len(set(patterns.values())) == 8
    drawn = [each.get("fill", "") for each in root.iter(f"{name}rect") if each.get("class") == "who"]
    assert {fill.removeprefix("url(#").removesuffix(")") for fill in drawn} == set(patterns)
    high = sum(
        float(box[1].get("height", 0)) for box in root.iter(f"{name}g") if (box[0].text or "").startswith("2040")
    )
    assert high == pytest.approx(320, abs=1)


# ------------------------------------------------------------------------------------------ a day in the future


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", [("outlook", *GIVEN), ("explore", "--depth", "0")])
def test_a_future_day_says_what_it_takes_as_given(run: Run, lang: str, command: tuple[str, ...]) -> None:
    args = ("--lang", lang, command[0], "--as-of", "2031-01-01", *command[1:])
    given_ = _json(run, *args)["given"]
    reviews = [f"{year}-07-01" for year in range(2027, 2031)]
    assert given_["after"] == RECORD.ends.isoformat()
    assert given_["through"] == "2031-01-01"
    assert given_["unrecorded_reviews"] == reviews
    assert given_["taken_as_concluded"] == []
    text, words = _flat(run(*args).stdout), wording(lang)
    assert _flat(given_["said"]) in text
    for day in (RECORD.ends, date(2031, 1, 1), *map(date.fromisoformat, reviews)):
        assert words.day(day) in given_["said"]


def test_a_future_day_is_a_condition_and_the_odds_are_those_under_it() -> None:
    answer = _odds({"ca": 1, "mx": 1, "us": "3/10"}, {}, as_of=date(2031, 1, 1))
    assert _in(answer, 2040).in_force == 1 - Fraction(7, 10) ** 5


def test_under_a_scenario_the_reviews_taken_as_concluded_are_named(run: Run) -> None:
    args = ("explore", "--depth", "0", "--as-of", "2028-01-01", "--assume", "2027-07-01 us confirms")
    given_ = _json(run, *args)["given"]
    assert given_["taken_as_concluded"] == ["2027-07-01"]
    assert given_["unrecorded_reviews"] == []
    assert "other than what is assumed" in given_["said"]


def test_where_the_record_reaches_nothing_is_taken_as_given(run: Run) -> None:
    args = ("outlook", "--as-of", RECORD.ends.isoformat(), *GIVEN)
    assert _json(run, *args)["given"] is None
    assert "Taken as given" not in run(*args).stdout
