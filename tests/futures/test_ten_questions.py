"""Ten questions of a researcher, each answered by one command.

Three by hand to the last digit; those of chances against histories drawn by a simulation that shares no code (40,000;
`make proof` draws 400,000); the others by the text of the law.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result

from tests.futures.simulation import NEVER, Drawn, simulate, world, z

Run = Callable[..., Result]
SIZE = int(os.environ.get("SAMPLES", "40000"))
AS_OF = ("--as-of", "2026-11-24")
LIMIT = 4


def _chances(option: str, **chances: object) -> tuple[str, ...]:
    return tuple(part for party, chance in chances.items() for part in (f"--{option}", f"{party}={chance}"))


@cache
def _drawn(seed: int, confirm: tuple[Any, ...], withdraw: tuple[Any, ...] = (0, 0, 0), horizon: int = 2045) -> Drawn:
    """Histories of one world; chances of CA, MX, US."""
    parties = ("CA", "MX", "US")
    one = world(dict(zip(parties, confirm, strict=True)), dict(zip(parties, withdraw, strict=True)))
    return simulate(SIZE, seed, [one], horizon=horizon)


def _asked(run: Run, *args: object) -> dict[str, Any]:
    done = run(*args, *AS_OF, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


US_ALONE = _chances("confirm", us="0.3", ca="1", mx="1")


def test_1_is_it_in_force_on_1_january_2040_if_the_united_states_confirms_with_3_in_10(run: Run) -> None:
    (then,) = _asked(run, "outlook", *US_ALONE, "--on", "2040-01-01")["on"]
    assert then["in_force"] == pytest.approx(1 - 0.7**9, abs=1e-15)  # by hand: nine reviews, 2027 to 2035
    assert z(then["in_force"], _drawn(1, (1, 1, 0.3)).in_force(20400101)) < LIMIT


def test_2_united_states_and_mexico_confirm_in_2027_and_canada_in_2031(run: Run) -> None:
    lines = ("2027-07-01 us confirms", "2027-07-01 mx confirms", "2031-07-01 ca confirms")
    assumed = [part for line in lines for part in ("--assume", line)]
    document = _asked(run, "whatif", *assumed, "--all-readings")
    ends = {combination["result"]["term_end"] for combination in _combinations(document)}
    assert {"2047-07-01", "2036-07-01"} <= ends  # extended in 2031; and not at all where each review asks anew (R4)


def _combinations(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = [each for value in document.values() if isinstance(value, list) for each in value if isinstance(each, dict)]
    return [each for each in found if "result" in each]


def test_3_an_extension_on_15_march_2029_that_is_not_confirmed_in_2035(run: Run) -> None:
    document = _asked(run, "whatif", "--assume", "2029-03-15 all confirm", "--assume", "2035-03-15 us declines")
    reviews = [each for each in document["deadlines"] if each["date"] == "2035-03-15"]
    assert reviews, "the review moved to 15 March"
    assert any(each["date"] == "2045-03-15" for each in document["deadlines"])


def test_4_the_last_day_on_which_the_united_states_may_take_back_a_notice_of_1_october_2027(run: Run) -> None:
    done = run("whatif", "--assume", "2027-10-01 us gives notice", "--as-of", "2027-12-01", "--format", "json")
    (notice,) = json.loads(done.stdout)["status"]["answer"]["notices"]
    assert notice["last_day_to_rescind"] == "2028-03-31"
    assert notice["effective"] == "2028-04-01"


def test_5_canada_leaves_in_2029_and_the_others_extend_in_2030(run: Run) -> None:
    lines = ("2029-03-01 ca gives notice", "2030-07-01 us confirms", "2030-07-01 mx confirms")
    assumed = [part for line in lines for part in ("--assume", line)]
    done = run("whatif", *assumed, "--as-of", "2031-01-01", "--format", "json")
    answer = json.loads(done.stdout)["status"]["answer"]
    assert answer["between"] == ["MX", "US"]
    assert [each["effective"] for each in answer["left"]] == ["2029-09-01"]
    assert answer["ends"]["date"] == "2046-07-01"


ELECTION = """
[confirm]
ca = "1"
mx = "1"
[[world]]
name = "as today"
weight = "1"
confirm.us = { chance = "0.05", source = "an assumption", on = 2026-11-20 }
withdraw.us = "0.06"
[[world]]
name = "after the election"
weight = "0"
confirm.us = "0.5"
[[switch]]
on = 2029-01-20
from = "as today"
to = { "after the election" = "0.55" }
"""


def test_6_a_hazard_that_an_inauguration_changes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "election.toml"
    path.write_text(ELECTION, encoding="utf-8")
    (then,) = _asked(run, "outlook", "--world", path, "--on", "2040-01-01")["on"]
    before, after = world({"CA": 1, "MX": 1, "US": 0.05}, {"US": 0.06}), world({"CA": 1, "MX": 1, "US": 0.5})
    drawn = simulate(SIZE, 6, [before, after], (1, 0), [(20290120, 0, 1, 0.55)])
    assert z(then["in_force"], drawn.in_force(20400101)) < LIMIT
    assert z(then["bound"]["US"], drawn.bound("US", 20400101)) < LIMIT
    assert z(then["who_is_in"]["CA MX US"], drawn.all_bound(20400101)) < LIMIT


SHOCK = """
[[world]]
name = "calm"
weight = "0.7"
confirm = { us = "0.5", ca = "0.95", mx = "0.95" }
[[world]]
name = "shock"
weight = "0.3"
confirm = { us = "0.05", ca = "0.5", mx = "0.4" }
withdraw = { us = "0.15", ca = "0.05", mx = "0.05" }
"""


def test_7_a_common_shock_that_moves_all_three(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "shock.toml"
    path.write_text(SHOCK, encoding="utf-8")
    (then,) = _asked(run, "outlook", "--world", path, "--on", "2040-01-01")["on"]
    calm = world({"CA": 0.95, "MX": 0.95, "US": 0.5})
    shock = world({"CA": 0.5, "MX": 0.4, "US": 0.05}, {"CA": 0.05, "MX": 0.05, "US": 0.15})
    drawn = simulate(SIZE, 7, [calm, shock], (0.7, 0.3))
    assert z(then["who_is_in"]["CA MX US"], drawn.all_bound(20400101)) < LIMIT
    assert z(then["in_force"], drawn.in_force(20400101)) < LIMIT


def test_8_is_it_in_force_in_2040_given_that_it_is_not_extended_by_2030(run: Run) -> None:
    condition = ("--given", "not extended by 2030-12-31")
    document = _asked(run, "outlook", *US_ALONE, *condition, "--ask", "in force on 2040-01-01")
    (event,) = document["odds"]
    assert event["chance_given"] == pytest.approx(1 - 0.7**5, abs=1e-15)  # by hand: five reviews are left
    assert document["condition_chance"] == pytest.approx(0.7**4, abs=1e-15)
    drawn = _drawn(1, (1, 1, 0.3))
    assert z(event["chance_given"], drawn.in_force(20400101)[drawn.extended > 20301231]) < LIMIT


def test_9_when_it_ends_and_how_many_years_it_is_still_in_force(run: Run) -> None:
    given = (
        *_chances("confirm", us="0.3", ca="0.95", mx="0.95"),
        *_chances("withdraw", us="0.05", ca="0.02", mx="0.02"),
    )
    document = _asked(run, "outlook", *given)
    drawn = _drawn(9, (0.95, 0.95, 0.3), (0.02, 0.02, 0.05), 2060)
    end = document["end"]
    assert z(end["by_horizon"], drawn.ended < NEVER) < LIMIT
    for share, day in end["quantiles"].items():
        if day is not None:
            seen = drawn.ended <= int(day.replace("-", ""))
            assert float(seen.mean()) - float(share) > -LIMIT * sqrt(0.25 / SIZE), (share, day)
            before = drawn.ended < int(day.replace("-", ""))
            assert float(before.mean()) - float(share) < LIMIT * sqrt(0.25 / SIZE), (share, day)
    last, whole = date(2060, 12, 31), np.minimum(drawn.ended, 20601231)
    days, places = np.unique(whole, return_inverse=True)
    years = [(date(d // 10000, d // 100 % 100, d % 100) - date(2026, 11, 24)).days / 365.25 for d in map(int, days)]
    spent = np.array(years)[places]
    assert last.year == document["horizon"]
    assert abs(float(spent.mean()) - document["years_in_force"]) < LIMIT * float(spent.std()) / sqrt(SIZE)


def test_10_at_which_chance_it_is_as_likely_as_not(run: Run) -> None:
    others = _chances("confirm", ca="1", mx="1")
    document = _asked(run, "outlook", *others, "--solve", "us", "--ask", "in force on 2040-01-01", "--equals", "0.5")
    (value,) = document["values"]
    assert value == pytest.approx(1 - 0.5 ** (1 / 9), abs=1e-6)  # by hand
    assert z(0.5, _drawn(10, (1, 1, value)).in_force(20400101)) < LIMIT
