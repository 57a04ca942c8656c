"""What an answer hangs on: sweeps, break-evens and tornadoes, by hand, against single questions, in every form."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import review_clock as rc
from review_clock.law.acts_and_lapses import Party
from review_clock.words.events import event_text
from review_clock.words.odds import odds
from review_clock.words.wording import wording
from tests.frozen import LAW, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 24)
OTHERS: dict[str, Any] = {"confirm": {"ca": 1, "mx": 1}, "horizon": 2042}
IN_2040 = "in force on 2040-01-01"


def test_a_sweep_is_the_same_as_asking_at_each_value() -> None:
    answer = rc.sweep(
        question(AS_OF), over="us=0:1:0.25", ask=[IN_2040, "extended by 2028-01-01"], exact=True, **OTHERS
    )
    assert [point.value for point in answer.points] == [Fraction(n, 4) for n in range(5)]
    for point in answer.points:
        assert point.odds == (1 - (1 - point.value) ** 9, point.value)
    chances: dict[str, Any] = {
        "confirm": {"us": ".3", "ca": ".9", "mx": ".8"},
        "withdraw": {"ca": "0.05"},
        "horizon": 2040,
    }
    swept = rc.sweep(question(AS_OF), over="withdraw.us=0:0.2:0.1", ask=[IN_2040], given=["extended"], **chances)
    for point, leaves in zip(swept.points, ("0", "0.1", "0.2"), strict=True):
        alone = chances | {"withdraw": {"ca": "0.05", "us": leaves}}
        assert rc.odds(question(AS_OF), ask=[IN_2040], given=["extended"], **alone).odds[0].given == point.odds[0]


def test_a_sweep_over_what_was_never_to_happen() -> None:
    given: dict[str, Any] = {"confirm": {"us": 0, "ca": 0, "mx": 0}, "withdraw": {"us": "1/2"}, "exact": True}
    back = rc.sweep(question(AS_OF), over="rescind.us=0:1:1/2", ask=["us leaves by 2028-04-01"], **given)
    assert [point.odds for point in back.points] == [(Fraction(1, 2),), (Fraction(1, 4),), (0,)]
    given["confirm"] = {"us": 0, "ca": 1, "mx": 1}
    early = rc.sweep(question(AS_OF), over="between.us=0:1:1/2", ask=["us confirms by 2027-01-01"], **given)
    assert [point.odds for point in early.points] == [(0,), (Fraction(1, 2),), (1,)]


def test_where_the_odds_pass_one_half_by_hand() -> None:
    (value,) = rc.solve(question(AS_OF), over="us", ask=IN_2040, equals="1/2", **OTHERS).values
    assert float(value) == pytest.approx(1 - 0.5 ** (1 / 9), abs=2e-6)


def test_every_crossing_is_found_and_none_where_there_is_none() -> None:
    """All bound and not extended by the first review, extended at the second: p(1-p), which is 1/8 at two values."""
    ask = "extended by 2028-12-31 and not extended by 2027-12-31"
    two = rc.solve(question(AS_OF), over="us", ask=ask, equals="1/8", **OTHERS).values
    assert [float(each) for each in two] == pytest.approx([(1 - 0.5**0.5) / 2, (1 + 0.5**0.5) / 2], abs=2e-6)
    assert rc.solve(question(AS_OF), over="us", ask=ask, equals="1/2", **OTHERS).values == ()
    assert rc.solve(question(AS_OF), over="us", ask=ask, equals="0", **OTHERS).values == (0, 1)


@pytest.mark.parametrize("review", range(2, 7))
def test_where_the_odds_turn_back_between_two_points_both_values_are_found(review: int) -> None:
    """Extended at the n-th review and not before: p(1-p)^(n-1), which is greatest at 1/n; just below that two values
    have it, there one, above it none."""
    until = (f"{2026 + each}-12-31" for each in (review, review - 1))
    ask = "extended by {} and not extended by {}".format(*until)
    peak, share = Fraction(1, review), Fraction(1, review) * (1 - Fraction(1, review)) ** (review - 1)

    def values(equals: Fraction) -> list[float]:
        return [float(each) for each in rc.solve(question(AS_OF), over="us", ask=ask, equals=equals, **OTHERS).values]

    low, high = values(share - Fraction(1, 10_000))
    assert low < peak < high
    for each in (low, high):
        assert each * (1 - each) ** (review - 1) == pytest.approx(float(share) - 0.0001, abs=1e-6)
    assert values(share) == pytest.approx([float(peak)], abs=2e-6)
    assert values(share + Fraction(1, 10_000)) == []


@pytest.mark.parametrize(
    ("roots", "found"),
    [
        (("0.012", "0.031"), 2),  # within the first piece
        (("0.96", "0.999"), 2),  # within the last
        (("0.46", "0.49"), 2),  # its ends as near as each other
        (("0.475", "0.475"), 1),  # touched between them
        (("0.421", "0.421"), 1),
        (("-0.1", "-0.2"), 0),
        (("0.05", "0.1"), 2),  # on two points
        (("0.3", "1.2"), 1),
    ],
)
def test_a_curve_through_the_share_anywhere(roots: tuple[str, str], found: int) -> None:
    from review_clock.futures.solve import PIECES, crossings

    one, other = map(Fraction, roots)
    there = [float(each) for each in (one, other) if 0 <= each <= 1][:found]
    for sign in (1, -1):

        def at(value: Fraction, sign: int = sign) -> Fraction:
            return sign * (value - one) * (value - other)

        places = [Fraction(place, PIECES) for place in range(PIECES + 1)]
        values = crossings([(place, at(place)) for place in places], at)
        assert [float(each) for each in values] == pytest.approx(there, abs=2e-6)


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_an_event_that_a_chance_does_not_move_is_said_to_have_its_share_everywhere(run: Run, lang: str) -> None:
    certain = (*BASE, "--solve", "us", "--ask", "in force on 2030-01-01", "--equals", "1")
    words = wording(lang)
    ends = {"least": words.percent(0, 0), "most": words.percent(1, 0)}
    said = words("odds.everywhere", name="us", share=words.percent(1, 0), **ends)
    assert said in run("--lang", lang, *certain).stdout
    assert said in run("--lang", lang, *certain, "--format", "md").stdout
    solved = json.loads(run(*certain, "--format", "json").stdout)
    assert (solved["everywhere"], solved["values"]) == (True, [])
    # 3 in 10 is no float: what rounding leaves is no difference
    unmoved = (*BASE, "--confirm", "us=1", "--withdraw", "us=0.3", "--ask", "us leaves by 2028-12-31")
    solved = json.loads(run(*unmoved, "--solve", "mx", "--equals", "0.3", "--format", "json").stdout)
    assert solved["everywhere"]
    none = json.loads(run(*certain[:-1], "0.9", "--format", "json").stdout)
    assert (none["everywhere"], none["values"]) == (False, [])


def test_a_tornado_moves_one_thing_at_a_time_and_every_reading_that_matters() -> None:
    chances: dict[str, Any] = {
        "confirm": {"us": "0.3", "ca": "0.8", "mx": 1},
        "withdraw": {"us": "0.03"},
        "horizon": 2042,
    }
    answer = rc.tornado(question(AS_OF), ask=IN_2040, every_reading=True, **chances)
    assert [bar.swing for bar in answer.bars] == sorted((bar.swing for bar in answer.bars), reverse=True)
    by = {str(bar.name or bar.reading): bar for bar in answer.bars}
    assert by["us"].values == (Fraction(2, 10), Fraction(4, 10))
    assert by["mx"].values == (Fraction(9, 10), 1)
    alone = chances | {"confirm": {"us": "0.4", "ca": "0.8", "mx": 1}}
    assert by["us"].after == rc.odds(question(AS_OF), ask=[IN_2040], **alone).odds[0].chance
    fresh = rc.odds(question(AS_OF).under(confirmations="fresh"), ask=[IN_2040], **chances)
    assert by["confirmations=fresh"].after == fresh.odds[0].chance
    assert by["confirmations=fresh"].before == answer.odds


WORLDS = """
[confirm]
ca = "1"
mx = "1"
[[world]]
name = "calm"
weight = "0.5"
confirm.us = "0.3"
withdraw.us = "0.05"
[[world]]
name = "shock"
weight = "0.5"
confirm.us = "0.1"
"""


def test_a_tornado_moves_every_chance_that_is_given_be_it_a_schedule_or_of_a_world(tmp_path: Path) -> None:
    """Each of its values by ten points, as far as it goes; and only from the year on from which it was given."""
    base: dict[str, Any] = {"ask": IN_2040, **OTHERS}

    def moved(name: str, **chances: Any) -> tuple[Any, ...]:
        (bar,) = [bar for bar in rc.tornado(question(AS_OF), **base | chances).bars if str(bar.name) == name]
        return bar.values, bar.before, bar.after

    def chance(**chances: Any) -> Any:
        return rc.odds(question(AS_OF), ask=[IN_2040], **OTHERS | chances).odds[0].chance

    several = {"confirm": {"us": "2027:0.05,2030:0.5", "ca": 1, "mx": 1}}
    ends = [chance(confirm={"us": us, "ca": 1, "mx": 1}) for us in ("2027:0,2030:0.4", "2027:0.15,2030:0.6")]
    assert moved("us", **several) == ((), *ends)

    late = {"confirm": {"us": 0, "ca": 0, "mx": 0}, "ask": "us leaves by 2031-12-31"}
    assert moved("withdraw.us", withdraw={"us": "2031:0.1"}, **late) == ((0, Fraction(1, 5)), 0, 0)

    file = tmp_path / "world.toml"
    by_end = []
    for values in (("0.3", "0.1", "0.05"), ("0.2", "0", "0.05"), ("0.4", "0.2", "0.05")):
        text = WORLDS
        for old, new in zip(("0.3", "0.1", "0.05"), values, strict=True):
            text = text.replace(f'us = "{old}"', f'us = "{new}"')
        file.write_text(text, encoding="utf-8")
        by_end.append(chance(world=str(file), confirm={}))
    file.write_text(WORLDS, encoding="utf-8")
    assert moved("us", world=str(file), confirm={}) == ((), *by_end[1:])
    names = {str(bar.name) for bar in rc.tornado(question(AS_OF), **base | {"world": str(file), "confirm": {}}).bars}
    assert names == {"us", "ca", "mx", "withdraw.us"}


def test_no_reading_that_the_tornado_leaves_out_moves_an_answer() -> None:
    """Those it leaves out move deadlines alone: the odds are the same to the last digit."""
    from review_clock.futures.tornado import DECIDE_THE_TERM

    chances: dict[str, Any] = {
        "confirm": {"us": ".3", "ca": ".8", "mx": ".9"},
        "withdraw": {"us": ".1"},
        "horizon": 2050,
    }
    ask = ["all bound on 2049-07-01", "extended by 2040-01-01"]
    base = rc.odds(question(AS_OF), ask=ask, **chances).odds
    for reading in LAW.readings:
        key = reading.key
        if key in DECIDE_THE_TERM:
            continue
        for value in reading.values[1:]:
            assert rc.odds(question(AS_OF).under(**{key: value}), ask=ask, **chances).odds == base, key


# --------------------------------------------------------------------------------------------------- the command

BASE = ("outlook", "--as-of", "2026-11-24", "--horizon", "2042", "--confirm", "ca=1", "--confirm", "mx=1")
ASK = ("--ask", IN_2040)
SWEEP, SOLVE = ("--sweep", "us=0:1:0.5"), ("--solve", "us", "--equals", "50%")
TORNADO = ("--confirm", "us=0.3", "--withdraw", "us=0.1", "--every-reading")


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("option", [SWEEP, SOLVE, TORNADO], ids=["sweep", "solve", "tornado"])
def test_every_form_says_it_in_every_language(run: Run, lang: str, option: tuple[str, ...]) -> None:
    words = wording(lang)
    text = run("--lang", lang, *BASE, *option, *ASK).stdout
    assert max(map(len, text.splitlines())) <= 80
    assert event_text(IN_2040, words) in text
    shown = {SWEEP: words.percent(1 - 0.5**9), SOLVE: words.percent(0.07413, 3), TORNADO: words("odds.swing")}[option]
    assert shown in text
    assert shown in run("--lang", lang, *BASE, *option, *ASK, "--format", "md").stdout
    if option is not TORNADO:
        assert words("odds.varied") in text


def test_json_and_csv_of_each(run: Run) -> None:
    sweep = json.loads(run(*BASE, *SWEEP, *ASK, "--format", "json").stdout)
    assert sweep["swept"] == "us"
    assert [point["odds"][0] for point in sweep["points"]] == pytest.approx([0, 1 - 0.5**9, 1])
    rows = list(csv.reader(io.StringIO(run(*BASE, *SWEEP, *ASK, "--format", "csv").stdout)))
    assert rows[0] == ["us", IN_2040, "provenance"]
    assert float(rows[2][1]) == sweep["points"][1]["odds"][0]
    solved = json.loads(run(*BASE, *SOLVE, *ASK, "--format", "json").stdout)
    assert solved["values"] == pytest.approx([1 - 0.5 ** (1 / 9)], abs=2e-6)
    tornado = json.loads(run(*BASE, *TORNADO, *ASK, "--format", "json").stdout)
    assert {bar["chance"] for bar in tornado["bars"]} >= {"us", "withdraw.us"}
    assert all(bar["means"] for bar in tornado["bars"] if bar["reading"])
    assert run(*BASE, *TORNADO, *ASK, "--format", "csv").stdout.startswith(
        "chance,reading,value_from,value_to,odds_from,odds_to,swing,provenance"
    )


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_each_form_of_a_tornado_says_what_is_moved_as_a_whole_and_what_cannot_be_moved(
    run: Run, tmp_path: Path, lang: str
) -> None:
    words, chart = wording(lang), tmp_path / "t.svg"
    asked = ("--lang", lang, *BASE, "--confirm", "us=2027:0.1,2030:0.5", "--withdraw", "us=0.1", "--tornado", *ASK)
    asked = (*asked, "--given", "us gives notice", "--plot", chart)
    each, unmoved = words("odds.moved_each", name="us"), words("odds.unmoved", names="withdraw.us")
    for form in ("text", "md"):
        told = " ".join(run(*asked, "--format", form).stdout.split())
        assert each in told
        assert " ".join(unmoved.split()) in told
    drawn = " ".join(_chart(chart)[2])
    assert words("odds.moved_each", name=words("odds.of_confirm", party=words.party(Party.US))).split(",")[1] in drawn
    assert unmoved in drawn
    found = json.loads(run(*asked, "--format", "json").stdout)
    assert found["unmoved_chances"] == ["withdraw.us"]
    assert [bar["values"] for bar in found["bars"] if bar["chance"] == "us"] == [[]]


def _chart(path: Path) -> tuple[str, str, list[str]]:
    """The title of a chart, its description, all that is written on it."""
    name, root = "{http://www.w3.org/2000/svg}", ET.fromstring(path.read_text(encoding="utf-8"))
    title, desc = (root.findtext(f"{name}{each}") or "" for each in ("title", "desc"))
    assert root.get("aria-label") == title
    assert all(each.findtext(f"{name}title") for each in root.iter(f"{name}g"))
    return title, desc, ["".join(each.itertext()) for each in root.iter(f"{name}text")]


@pytest.mark.parametrize(("lang", "agreement"), [("en", "USMCA"), ("es", "T-MEC"), ("fr", "ACEUM")])
def test_a_chart_of_a_tornado_has_the_figures_of_its_table(run: Run, tmp_path: Path, lang: str, agreement: str) -> None:
    chart = tmp_path / "t.svg"
    done = run("--lang", lang, *BASE, *TORNADO, *ASK, "--format", "json", "--plot", chart)
    title, desc, written = _chart(chart)
    answer, words = json.loads(done.stdout), wording(lang)
    assert title.startswith(agreement)
    assert title in written
    assert any(words.percent(answer["odds"]) in each for each in written)
    for bar in answer["bars"]:
        ends = [(bar["odds_to"], bar["values"][-1:])] + (
            [(bar["odds_from"], bar["values"][:1])] if bar["chance"] else []
        )
        for share, value in ends:
            said = odds(share, words) + (f" ({words.percent(value[0], 0)})" if value else "")
            assert said in written
        assert f"{odds(bar['odds_from'], words)} → {odds(bar['odds_to'], words)}" in desc  # for who does not see it
    assert event_text(IN_2040, words) in written
    assert words("outlook.not_a_forecast") in " ".join(written)


def test_a_chart_of_what_nothing_moves_and_of_a_long_event_stays_on_its_sheet(run: Run, tmp_path: Path) -> None:
    chart, long = tmp_path / "t.svg", f"({' or '.join([IN_2040] * 8)}) or in force on 2027-01-01"
    assert run(*BASE, "--confirm", "us=0.325", "--tornado", "--ask", long, "--plot", chart).exit_code == 0
    _, _, written = _chart(chart)
    assert max(map(len, written)) < 130
    shares = [float(each.removesuffix("%")) for each in written if each.endswith("%") and " " not in each]
    assert max(shares) == 100
    assert "100.0% (22.5%)" in written


@pytest.mark.parametrize("option", [SWEEP, SOLVE], ids=["sweep", "solve"])
def test_a_chart_over_a_chance_has_a_mark_for_each_of_its_values(
    run: Run, tmp_path: Path, option: tuple[str, ...]
) -> None:
    chart = tmp_path / "s.svg"
    asked = (*BASE, *option, *ASK, "--given", "us gives notice or not extended by 2028-01-01")
    answer = json.loads(run(*asked, "--format", "json", "--plot", chart).stdout)
    _, desc, written = _chart(chart)
    there = [each for each in answer["points"] if each["odds"] != [None]]
    assert len(there) == len(answer["points"]) - 1  # where the United States is sure to confirm nothing meets it
    assert chart.read_text(encoding="utf-8").count("<g><title>") == len(there)
    assert (
        f"{event_text(IN_2040, wording('en'))}: 0.00% → {odds(answer['points'][0]['odds'][0], wording('en'))}" in desc
    )
    assert "United States: chance of confirming at a review" in written
    assert f"- {event_text(answer['conditions'][0], wording('en'))}" in written
    if option is SOLVE:
        assert wording("en").percent(answer["values"][0], 2) in written


BAD = [
    (("--sweep", "us=0:1", *ASK), "--sweep 'us=0:1' is not CHANCE=FIRST:LAST:STEP (accepted: us=0:1:0.05"),
    (("--sweep", "us=0:2:1", *ASK), "2 is more than 1"),
    (("--sweep", "us=0:1:0", *ASK), "goes nowhere"),
    (("--sweep", "us=0:1:0.001", *ASK), "has 1001 values (accepted: 101 at most)"),
    (("--sweep", "uk=0:1:0.5", *ASK), "'uk' names no chance"),
    (("--sweep", "leave.us=0:1:0.5", *ASK), "names no chance"),
    (SWEEP, "--sweep needs --ask"),
    (("--solve", "us", *ASK), "--solve needs --equals"),
    (("--solve", "us", "--equals", "2", *ASK), "--equals '2': 2 is more than 1"),
    ((*SOLVE, *ASK, "--ask", "extended"), "--solve takes one --ask"),
    ((*SOLVE, *SWEEP, *ASK), "--sweep goes without --solve"),
    (("--tornado", *ASK), "--confirm is missing for us"),
    (("--sweep", "rescind.us=0:1:1", *ASK, "--confirm", "us=1", "--reading", "notice_can_be_rescinded=no"),
     "a notice cannot be taken back"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "message"), BAD)
def test_what_cannot_be_varied_is_refused_in_one_line(run: Run, args: tuple[str, ...], message: str) -> None:
    done = run(*BASE, *args)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert message in error
