"""What an answer costs as ratios measured in one run, and that one build works out no question twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from review_clock.deadlines.resolve import resolve
from review_clock.questions import all_deadlines as home
from review_clock.questions.premises import Premises
from review_clock.questions.question import Question
from review_clock.scenarios.library import Plan, library
from review_clock.site.build import build
from review_clock.timeline.unfold import _moments_of
from tests.frozen import LAW, question

AS_OF = date(2026, 11, 23)
ROUNDS, ONCE = 3, 15
LIMIT, SCENARIO_LIMIT = 30, 60


def _best(work: Callable[[], object], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        _moments_of.cache_clear()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def _ratio(asked: Callable[[], Question], once: Callable[[], object]) -> float:
    """All deadlines of a question asked anew, against what is done `once`; both warm, but for what the acts lead to."""
    _ = once(), asked().all_deadlines
    return _best(lambda: asked().all_deadlines, ROUNDS) / _best(once, ONCE)


def test_all_deadlines_against_resolving_once(capsys: pytest.CaptureFixture[str]) -> None:
    recorded = question(AS_OF)
    line, known = recorded.line, recorded.known
    ratio = _ratio(lambda: question(AS_OF), lambda: resolve(line, LAW, known))
    with capsys.disabled():
        print(f"\nall deadlines with spans and history / resolving once = {ratio:.1f} (limit {LIMIT})")


def _of_scenario(plan: Plan) -> float:
    def asked() -> Question:
        return question(AS_OF, plan=plan)

    def once() -> object:
        there = asked()
        return resolve(there.line, LAW, there.known)

    return _ratio(asked, once)


def test_all_deadlines_of_each_scenario_against_assuming_and_resolving_it_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ratios = {name: _of_scenario(plan) for name, plan in library().items()}
    with capsys.disabled():
        print("\nall deadlines of a scenario / assuming and resolving it once:")
        for name, ratio in ratios.items():
            print(f"  {name} = {ratio:.1f} (limit {SCENARIO_LIMIT})")


def test_one_build_works_out_no_question_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Premises] = []
    whole = home.all_deadlines
    monkeypatch.setattr(home, "all_deadlines", lambda premises: asked.append(premises) or whole(premises))
    build(question(AS_OF), str(tmp_path / "site"))
    assert len(asked) > len(library())
    again = {
        f"{each.as_of} {each.plan and each.plan.name}": asked.count(each) for each in asked if asked.count(each) > 1
    }
    assert not again
