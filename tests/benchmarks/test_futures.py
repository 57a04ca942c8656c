"""The cost of exact odds against drawing histories, how it grows with the horizon, and that of every future to 2060.

Ratios of the processor's time, measured in one run. The histories are drawn from a model written out by hand
(`tests/futures/sampling.py`) that knows years and no dates, so each costs as little as a history can.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from random import Random
from typing import Any

import pytest

import review_clock as rc
from review_clock.futures.choices import Occasions
from review_clock.futures.explore import explored
from review_clock.futures.outlook import outlook
from review_clock.futures.start import beginning
from review_clock.law.acts_and_lapses import Party
from review_clock.timeline.unfold import LAST_DAY, unfold
from tests.frozen import RECORD, defaults, question
from tests.futures.sampling import draw

AS_OF = date(2026, 11, 23)
OUT = beginning(question(AS_OF))
CONFIRM, WITHDRAW = {"CA": 0.95, "MX": 0.9, "US": 0.3}, {"CA": 0.01, "MX": 0.01, "US": 0.05}
SAMPLES = 10_000


def _seconds(work: Callable[[], object], rounds: int = 3) -> float:
    return _in_turn([work], rounds)[0]


def _in_turn(works: Sequence[Callable[[], object]], rounds: int = 3) -> list[float]:
    """The best of some rounds of each, all in every round: a slow moment of the machine meets them all."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            best[place] = min(best[place], time.process_time() - start)
    return best


def _exact(horizon: int, fractions: bool = False) -> Callable[[], object]:
    asked = question(AS_OF)
    return lambda: outlook(asked, confirm=CONFIRM, withdraw=WITHDRAW, horizon=horizon, exact=fractions)


def _drawn() -> object:
    chance = Random(1)
    return [draw(chance, CONFIRM, WITHDRAW, 2060) for _ in range(SAMPLES)]


def test_what_the_exact_answer_costs_beside_ten_thousand_histories_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    exact, fractions, drawn = _seconds(_exact(2060)), _seconds(_exact(2060, True)), _seconds(_drawn)
    # What one history costs on the table itself: one timeline; ten thousand of them would cost so many times that.
    on_the_table = SAMPLES * _seconds(lambda: list(unfold(RECORD.acts, LAST_DAY, defaults())))
    error = 0.5 / SAMPLES**0.5
    with capsys.disabled():
        print(
            f"\nexact odds to 2060: {exact:.2f} s in floating point, {fractions:.2f} s in fractions; {SAMPLES:,} drawn "
            f"histories of a model by hand: {drawn:.2f} s, for figures good to {error:.1%} at best; "
            f"exact / drawn = {exact / drawn:.2f}; on the table they would take {on_the_table:.0f} s: "
            f"exact / drawn on the table = {exact / on_the_table:.3f}"
        )
    assert exact < drawn


def test_the_cost_grows_with_the_years_and_no_faster(capsys: pytest.CaptureFixture[str]) -> None:
    """From 2060 to 2100 the years are 2.2 times as many."""
    horizons = 2036, 2048, 2060, 2084, 2100
    seconds = dict(zip(horizons, _in_turn([_exact(horizon) for horizon in horizons]), strict=True))
    with capsys.disabled():
        print("\nexact odds by horizon: " + ", ".join(f"{year} {spent:.2f} s" for year, spent in seconds.items()))
    assert seconds[2100] < 2.2 * seconds[2060]


def test_all_kinds_of_acts_together_cost_no_more_than_the_years(capsys: pytest.CaptureFixture[str]) -> None:
    """Confirmations between reviews on two days a year, notices on two that may be taken back, to 2060 and to 2100."""
    few = dict.fromkeys(("ca", "mx", "us"), 0.1)
    days: dict[str, Any] = {"notice_on": ["10-01", "04-16"], "between_on": ["01-15", "11-15"]}
    given: dict[str, Any] = {"confirm": CONFIRM, "withdraw": WITHDRAW, "between": few, "rescind": few, **days}
    near, far = _in_turn([partial(rc.outlook, question(AS_OF), horizon=to, **given) for to in (2060, 2100)], 2)
    with capsys.disabled():
        print(f"\nall kinds of acts together: {near:.2f} s to 2060, {far:.2f} s to 2100")
    assert far < 2.5 * near


def test_what_a_question_costs_beside_the_whole_outlook_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Each to 2060 or a day before it: what is asked about, a condition, a sweep, a break-even, a tornado."""
    asked = question(AS_OF)
    given: dict[str, Any] = {"confirm": CONFIRM, "withdraw": WITHDRAW}
    ask, early = "all bound on 2059-07-01", "extended by 2040-01-01"
    spent = {
        "outlook": _seconds(_exact(2060)),
        "given and ask": _seconds(lambda: rc.odds(asked, ask=[ask], given=["us gives notice"], **given)),
        "sweep of 21": _seconds(lambda: rc.sweep(asked, over="us=0:1:0.05", ask=[ask], **given), 1),
        "break-even": _seconds(lambda: rc.solve(asked, over="us", ask=early, equals=0.5, **given), 1),
        "tornado": _seconds(lambda: rc.tornado(asked, ask=early, every_reading=True, **given), 1),
    }
    with capsys.disabled():
        print("\n" + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in spent.items()))
    assert spent["given and ask"] < 2 * spent["outlook"]
    assert spent["sweep of 21"] < 8 * spent["outlook"]


def test_what_every_future_to_2060_costs_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    spent = {
        horizon: _seconds(lambda to=horizon: explored(OUT, Occasions(), list(Party), 2, to)) for horizon in (2036, 2060)
    }
    histories = explored(OUT, Occasions(), list(Party), 0, 2060).histories
    one = _seconds(lambda: list(unfold(RECORD.acts, LAST_DAY, defaults())))
    with capsys.disabled():
        print(
            f"\nevery future to 2060: {spent[2060]:.2f} s ({spent[2036]:.2f} s to 2036) for {histories:.2e} histories; "
            f"that is the time of {spent[2060] / one:,.0f} timelines"
        )
