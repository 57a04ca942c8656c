"""What every test may use: stories in the grammar that users type, and the command line."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review_clock.law.acts_and_lapses import Act, Party, Recorded, in_order
from review_clock.law.readings import Readings
from review_clock.record.grammar import understood
from review_clock.timeline.unfold import Timeline, timeline
from tests import frozen
from tests.frozen import chosen

ROOT = Path(__file__).resolve().parents[1]
ENTRY = "2020-07-01 agreement enters into force"


@pytest.fixture(scope="session", autouse=True)
def frozen_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The frozen law, record and day stand for those of now; the developer's own settings are not read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("no-settings")))
        for name in [name for name in os.environ if name == "COLUMNS" or name.startswith("REVIEW_CLOCK_")]:
            patch.delenv(name)
        patch.setattr("review_clock.law.law._shipped", lambda: frozen.LAW)
        patch.setattr("review_clock.record.ledger._shipped", lambda: frozen.RECORD)
        patch.setattr("review_clock.commands.main.date", frozen.Today)
        yield


def acts_of(story: str, readings: Readings) -> tuple[Act, ...]:
    """The acts of a story: lines of the grammar separated by semicolons, after entry into force."""
    acts: tuple[Act, ...] = ()
    lines = [ENTRY, *(line for line in story.split(";") if line.strip())]
    for place, line in enumerate(lines):
        said = understood(line)
        so_far = tuple(act for act in acts if act.on <= said.on)
        everyone = timeline(so_far, readings).position_on(said.on).yet_to_confirm if so_far else frozenset(Party)
        acts += said.acts(everyone, Recorded(entry=f"S{place}"))
    return tuple(sorted(acts, key=in_order))


@pytest.fixture
def tell() -> Callable[..., Timeline]:
    """The timeline of a story, under readings given as KEY=VALUE words."""

    def told(story: str = "", reading: str = "") -> Timeline:
        readings = chosen(reading.split())
        return timeline(acts_of(story, readings), readings)

    return told


@pytest.fixture
def acts() -> Callable[[str, Readings], tuple[Act, ...]]:
    """The acts of a story."""
    return acts_of


@pytest.fixture
def run() -> Callable[..., Result]:
    """The command line, run in this process."""
    from review_clock.commands.main import main

    def ran(*args: str, **options: Any) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False, **options)

    return ran


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


@pytest.fixture
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


def needs(tool: str, why: str) -> str:
    """The path of a program that a test needs; skips where it is missing, fails where everything is required."""
    found = shutil.which(tool)
    if found is None:
        message = f"{tool} is not installed: {why}"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def tool() -> Callable[[str, str], str]:
    """A program from outside Python, or a skip that says why."""
    return needs


SLOW = (
    *("browser/", "benchmarks/", "test_package.py", "feeds/test_client", "feeds/test_life_cycle.py"),
    "feeds/test_real_subscribers.py",
    *(
        "futures/test_outlook.py",
        "futures/test_explore.py",
        "futures/test_equivalence.py",
        "questions/test_question.py",
    ),
    *("law/test_invariants.py", "proof/test_walk.py", "site/test_build.py", "timeline/test_unfold.py"),
    *("site/test_changes.py", "site/test_publish_gate.py", "site/test_schemas.py"),
    "commands/test_hostile_input.py::test_a_closed_stream_is_no_fault",
    "record/test_keeping.py::test_wherever_the_process_dies",
    "words/test_headline.py::test_a_feed_is_named",
    "words/test_plain.py::test_no_answer_on_the_terminal",
)
"""What `make quick` leaves out: real clients and browsers, whole builds, deaths at every call, walks through thousands
of histories."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow ones by where they stand."""
    here = Path(__file__).parent
    for item in items:
        if f"{item.path.relative_to(here)}::{item.name}".startswith(SLOW):
            item.add_marker(pytest.mark.slow)


def _short(number: int) -> str:
    """A number, or of one that nobody reads its power of ten."""
    return str(number) if number < 10**12 else f"10^{len(str(number)) - 1}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was gone over: the counts that tests recorded as `RUN: WHAT`, a line a run, whatever worker they ran on."""
    runs: dict[str, Counter[str]] = {}
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            run, _, what = name.partition(": ")
            runs.setdefault(run, Counter())[what] += int(str(value))
    for run, counts in sorted(runs.items()):
        said = ", ".join(f"{_short(number)} {what}" for what, number in counts.most_common())
        terminalreporter.write_line(f"{run}: {said}")
