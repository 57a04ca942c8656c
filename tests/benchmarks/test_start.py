"""Speed as ratios measured in one run: what a command takes against `import click` alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROUNDS = 25
IDENTITY = "us.611.annual-report.1-2"


def _command(*words: str) -> str:
    code = f"import sys; sys.argv = {['review-clock', *words, '--as-of', '2026-11-23']!r}; "
    return code + "from review_clock.commands.main import main; main()"


STATUS, EXPLAIN, DEADLINES = _command("status"), _command("explain", IDENTITY), _command("deadlines")


def _seconds(code: str, env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@pytest.fixture
def compiled(tmp_path: Path) -> dict[str, str]:
    """An environment in which Python keeps its compiled files, as an installed package has them."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
    return {**kept, "PYTHONPYCACHEPREFIX": str(tmp_path)}


def _ratio(code: str, env: dict[str, str]) -> float:
    """What `code` takes against `import click`: the best of each, taken in turn, for what else the machine does only
    ever adds."""
    for each in ("import click", code):
        _seconds(each, env)
    pairs = [(_seconds("import click", env), _seconds(code, env)) for _ in range(ROUNDS)]
    return min(taken for _click, taken in pairs) / min(click for click, _taken in pairs)


@pytest.mark.parametrize(
    ("name", "code", "limit"),
    [("status", STATUS, 2.7), (f"explain {IDENTITY}", EXPLAIN, 3.5), ("deadlines", DEADLINES, 4.0)],
)
def test_what_the_commands_on_dates_take_is_told(
    name: str, code: str, limit: float, compiled: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    ratio = _ratio(code, compiled)
    with capsys.disabled():
        print(f"\n{name} / import click = {ratio:.2f} (limit {limit})")


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        (STATUS, {"babel", "icalendar", "jinja2", "holidays", "tabulate", "dateutil.parser"}),
        (EXPLAIN, {"tabulate", "holidays"}),
        (DEADLINES, {"holidays"}),
    ],
    ids=["status", "explain", "deadlines"],
)
def test_heavy_libraries_stay_off_the_path_of_a_command(code: str, heavy: set[str], compiled: dict[str, str]) -> None:
    code = code.replace("main()", "main(standalone_mode=False)")
    code += f"; heavy = {heavy} & set(sys.modules); assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", code], env=compiled, check=True, stdout=subprocess.DEVNULL)
