"""Acts as they come: confirmations between reviews, notices taken back, several days for them; states of the world."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import review_clock as rc
from review_clock.futures.odds import Asked, odds
from review_clock.words.wording import wording
from tests.frozen import chosen, question
from tests.futures.simulation import PARTIES, Drawn, simulate, world, z

Run = Callable[..., Result]
AS_OF = date(2026, 11, 24)
SIZE = 40_000
DAY = "2040-01-02"


def _asked(*ask: str, reading: str = "", **others: Any) -> Asked:
    return odds(question(AS_OF, chosen(reading.split())), ask=ask, **({"exact": True, "horizon": 2042} | others))


def _chance(*ask: str, **others: Any) -> object:
    return _asked(*ask, **others).odds[0].chance


# ------------------------------------------------------------------------------------------------------ by hand

NOBODY = {"us": 0, "ca": 0, "mx": 0}


def test_a_confirmation_between_reviews_extends_on_its_own_day() -> None:
    """CA and MX confirm at reviews and the US on 1 January only: that of 2027 stands until the others do, in July."""
    given: dict[str, Any] = {"confirm": {"us": 0, "ca": 1, "mx": 1}, "between": {"us": "1/4"}}
    assert _chance("extended by 2027-06-30", **given) == 0
    assert _chance("extended by 2027-12-31", **given) == Fraction(1, 4)
    assert _chance("extended by 2028-01-01", **given) == 1 - Fraction(3, 4) ** 2
    assert _chance("extended by 2029-12-31", **given) == 1 - Fraction(3, 4) ** 3
    assert _chance("us confirms by 2027-06-30", **given) == Fraction(1, 4)
    two = given | {"between_on": ["01-01", "10-15"]}
    assert _chance("extended by 2027-12-31", **two) == 1 - Fraction(3, 4) ** 2


def test_with_an_extension_between_reviews_the_next_review_is_six_years_from_its_day() -> None:
    given: dict[str, Any] = {"confirm": NOBODY, "between": {"us": 1, "ca": 1, "mx": 1}, "between_on": "02-15"}
    answer = rc.outlook(question(AS_OF), **given, exact=True, on=[date(2043, 2, 14), date(2043, 2, 15)], horizon=2043)
    assert answer.first_extension.quantiles[Fraction(1, 20)] == date(2027, 2, 15)
    # From 2033 on each 15 February is a review's own day, at which nobody confirms: nothing lies between reviews then.
    assert [then.in_force for then in answer.on] == [1, 0]


def test_a_notice_taken_back_does_not_take_effect() -> None:
    given: dict[str, Any] = {"confirm": NOBODY, "withdraw": {"us": "1/5"}, "rescind": {"us": "1/4"}}
    assert _chance("us gives notice by 2027-10-01", **given) == Fraction(1, 5)
    assert _chance("us rescinds notice by 2028-03-30", **given) == 0
    assert _chance("us rescinds notice by 2028-03-31", **given) == Fraction(1, 20)
    assert _chance("us leaves by 2028-04-01", **given) == Fraction(3, 20)
    assert _chance("us leaves by 2029-04-01", **given) == 1 - (1 - Fraction(3, 20)) ** 2


def test_the_chance_of_a_year_is_spread_evenly_over_the_days_for_notices() -> None:
    given: dict[str, Any] = {"confirm": NOBODY, "withdraw": {"us": "1/5"}, "notice_on": ["10-01", "03-15"]}
    assert _chance("us gives notice by 2027-03-15", **given) == Fraction(1, 10)
    assert _chance("us gives notice by 2027-12-31", **given) == Fraction(1, 5)
    assert _chance("us leaves by 2027-09-15", **given) == Fraction(1, 10)
    one = _chance("us gives notice by 2031-12-31", **given | {"notice_on": "10-01"})
    assert _chance("us gives notice by 2031-12-31", **given) == one == 1 - Fraction(4, 5) ** 5


def test_a_notice_may_take_effect_on_the_first_of_march_of_any_year() -> None:
    given: dict[str, Any] = {"confirm": NOBODY, "withdraw": {"us": "2027:1"}, "rescind": {"us": "1/2"}}
    assert _chance("us rescinds notice by 2028-02-28", **given, notice_on="09-01") == 0
    assert _chance("us rescinds notice by 2028-02-29", **given, notice_on="09-01") == Fraction(1, 2)


# -------------------------------------------------------------------------------------------------------- worlds

WORLDS = """
[confirm]
ca = 1
mx = "1"
us = { chance = "0.9", source = "nobody", on = 2026-11-20 }
[[world]]
name = "as today"
weight = 0.6
source = "a guess"
confirm.us = "0.1"
withdraw.us = "5%"
[[world]]
name = "friendlier"
weight = "2/5"
[[switch]]
on = 2029-01-20
from = "as today"
to = { friendlier = "1/2" }
source = "an election"
"""


@pytest.fixture
def worlds(tmp_path: Path) -> Path:
    path = tmp_path / "worlds.toml"
    path.write_text(WORLDS, encoding="utf-8")
    return path


def test_worlds_are_mixed_by_their_weights_and_switch_on_their_day(worlds: Path) -> None:
    by = [_chance(f"extended by {year}-12-31", world=worlds) for year in (2028, 2029)]
    stay, kind = Fraction(9, 10), Fraction(1, 10)
    # In two years of "as today" the notice of October 2027 (1 in 20) is felt in 2028: the others extend alone.
    as_today = Fraction(1, 10) + stay * (Fraction(1, 20) + Fraction(19, 20) * Fraction(1, 10))
    assert by[0] == Fraction(6, 10) * as_today + Fraction(4, 10) * (1 - kind**2)


def test_a_party_that_says_nothing_in_a_world_has_the_chance_of_all_and_the_command_line_goes_before_it(
    worlds: Path,
) -> None:
    assert _chance("extended by 2027-12-31", world=worlds) == Fraction(6, 100) + Fraction(36, 100)
    said = _chance("extended by 2027-12-31", world=worlds, confirm={"us": "1/2"})
    assert said == Fraction(6, 100) + Fraction(20, 100)


def test_worlds_make_parties_move_together(tmp_path: Path) -> None:
    """One world in which all confirm and one in which none does: 1/2, where independent Parties would make 1/8."""
    path = tmp_path / "two.toml"
    each = "\n".join(
        f'[[world]]\nname = "{n}"\nweight = 0.5\nconfirm = {{us = {n}, ca = {n}, mx = {n}}}' for n in (0, 1)
    )
    path.write_text(each, encoding="utf-8")
    assert _chance("extended by 2027-12-31", world=path) == Fraction(1, 2)
    assert _chance("extended by 2035-12-31", world=path) == Fraction(1, 2)


# ---------------------------------------------------------------------------------------------- by simulation


def _checked(drawn: Drawn, **given: Any) -> None:
    day = int(DAY.replace("-", ""))
    notice = drawn.noticed[2] <= day
    seen: dict[str, Any] = {
        f"in force on {DAY}": drawn.in_force(day),
        f"all bound on {DAY}": drawn.all_bound(day),
        f"extended by {DAY}": drawn.extended <= day,
        f"us gives notice by {DAY}": notice,
        f"us rescinds notice by {DAY}": drawn.rescinded[2] <= day,
        f"expired by {DAY}": drawn.expired <= day,
        **{f"{party.lower()} bound on {DAY}": drawn.bound(party, day) for party in PARTIES},
    }
    condition = f"us gives notice by {DAY}"
    answer = odds(question(AS_OF), ask=[*seen], given=[condition], horizon=2042, **given)
    for each in answer.odds:
        assert z(float(each.chance), seen[each.said]) < 4, each
        assert z(float(each.given), seen[each.said][notice]) < 4, each


def test_everything_at_once_agrees_with_histories_drawn_by_hand() -> None:
    confirm, withdraw = {"US": 0.1, "CA": 0.7, "MX": 0.6}, {"US": 0.2, "CA": 0.05, "MX": 0.1}
    between, rescind = {"US": 0.05, "CA": 0.2, "MX": 0.1}, {"US": 0.4, "CA": 0.5}
    drawn = simulate(
        SIZE, 5, [world(confirm, withdraw, between, rescind)], notice_on=(316, 1001), between_on=(101, 501)
    )
    _checked(
        drawn, confirm=confirm, withdraw=withdraw, between=between, rescind=rescind, notice_on=["10-01", "03-16"],
        between_on=["01-01", "05-01"],
    )  # fmt: skip


def test_worlds_that_switch_agree_with_histories_drawn_by_hand(worlds: Path) -> None:
    two = [world({"CA": 1, "MX": 1, "US": 0.1}, {"US": 0.05}), world({"CA": 1, "MX": 1, "US": 0.9})]
    _checked(simulate(SIZE, 7, two, (0.6, 0.4), [(20290120, 0, 1, 0.5)]), world=worlds)


# --------------------------------------------------------------------------------------------------- the command

BASE = ("outlook", "--as-of", "2026-11-24", "--horizon", "2036")


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_text_tells_the_worlds_and_who_gave_a_chance(run: Run, lang: str, worlds: Path) -> None:
    words = wording(lang)
    text = run("--lang", lang, *BASE, "--world", worlds).stdout
    assert max(map(len, text.splitlines())) <= 80
    for each in ("as today", "friendlier", "nobody", "2026-11-20", "an election", words.day(date(2029, 1, 20))):
        assert each in " ".join(text.split())
    document = json.loads(run("--lang", lang, *BASE, "--world", worlds, "--format", "json").stdout)
    assert document["chances"] is None
    assert [each["weight"] for each in document["worlds"]["worlds"]] == ["3/5", "2/5"]
    assert document["worlds"]["switches"][0]["to"] == {"friendlier": "1/2"}
    assert document["worlds"]["worlds"][1]["chances"]["US"]["confirm"][0]["source"] == "nobody"
    acts = ("--confirm-between", "us=0.1", "--rescind", "us=0.4", "--between-on", "05-01", "--between-on", "01-02")
    said = run("--lang", lang, *BASE, "--world", worlds, *acts).stdout
    assert "01-02, 05-01" in said
    assert " ".join(words("outlook.rescission").split()) in " ".join(said.split())


ONE = "[confirm]\nus=1\nca=1\nmx=1\n[[world]]\nname = 'a'\nweight = 1\n"
BAD = [
    ("[confirm]\nuk = 1", "confirm.uk: is not a Party"),
    ("[confirm]\nus = 2", "confirm.us: '2': 2 is more than 1"),
    ("[confirm]\nus = true", "confirm.us: True is not a number or a text"),
    ("[confirm.us]\nsource = 'x'", "confirm.us.chance: is missing"),
    ("[confirm.us]\nchance = 1\nsauce = 'x'", "sauce: is not a key of this table"),
    ("[[world]]\nname = 'a'\nweight = 0.5", "world: the weights make 1/2 (accepted: weights that make 1)"),
    ("[[world]]\nname = 'a'\nweight = 0.5\n[[world]]\nname = 'a'\nweight = 0.5", "a stands twice"),
    ("[[world]]\nname = 'a'\nweight = 1\n[[switch]]\non = 2029-01-20\nfrom = 'b'\nto = {a = 1}", "'b' is not known"),
    ("[[world]]\nname = 'a'\nweight = 1\n[[switch]]\non = 2029-01-20\nfrom = 'a'\nto = {b = 1}", "is not a world"),
    ("[[world]]\nname = 'a'\nweight = 1\n[[switch]]\non = 2029-01-20\nfrom = 'a'\nto = {}", "to: is missing"),
    (f"{ONE}[[switch]]\non = 2020-01-20\nfrom = 'a'\nto = {{a = 1}}", "a switch on 2020-01-20 is not ahead"),
    ("[confrm]\nus = 1", "is not a key of this table"),
    ("", "--confirm is missing for ca, mx, us"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_file_of_chances_that_is_wrong_is_refused_in_one_line(
    run: Run, tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "chances.toml"
    path.write_text(text, encoding="utf-8")
    done = run(*BASE, "--world", path)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert message in error
