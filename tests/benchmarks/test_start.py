"""Speed as ratios measured in one run: `status` against `import click` alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

LIMIT = 2.5
ROUNDS = 25
STATUS = "import sys; sys.argv = ['review-clock', 'status', '--as-of', '2026-11-23']; "
STATUS += "from review_clock.commands.main import main; main()"


def _seconds(code: str, env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@pytest.fixture
def compiled(tmp_path: Path) -> dict[str, str]:
    """An environment in which Python keeps its compiled files, as an installed package has them."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
    return {**kept, "PYTHONPYCACHEPREFIX": str(tmp_path)}


def test_status_starts_in_at_most_two_and_a_half_times_the_import_of_click(
    compiled: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for code in ("import click", STATUS):
        _seconds(code, compiled)
    # The best of each, taken in turn: what else the machine does only ever adds.
    pairs = [(_seconds("import click", compiled), _seconds(STATUS, compiled)) for _ in range(ROUNDS)]
    ratio = min(status for _click, status in pairs) / min(click for click, _status in pairs)
    with capsys.disabled():
        print(f"\nstatus / import click = {ratio:.2f} (limit {LIMIT})")
    assert ratio <= LIMIT


def test_heavy_libraries_stay_off_the_path_of_status(compiled: dict[str, str]) -> None:
    code = STATUS.replace("main()", "main(standalone_mode=False)")
    code += "; heavy = {'babel', 'icalendar', 'jinja2', 'holidays', 'tabulate', 'dateutil.parser'} & set(sys.modules)"
    code += "; assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", code], env=compiled, check=True, stdout=subprocess.DEVNULL)
