"""The scheduled builds that are shipped: systemd takes the units, and they publish only what is fit to be."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

from tests.hosting.nginx_host import EXAMPLES

Run = Callable[..., Result]
UNITS = ("review-clock.service", "review-clock.timer")
WORKFLOW = (EXAMPLES / "publish.yml").read_text(encoding="utf-8")
PROGRAM = "/opt/review-clock/.venv/bin/review-clock"
FRESH, OLD = "2026-11-24", "2027-03-01"
"""A day within sixty of the last verification of the frozen record, and one that is not."""


def _unit(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


def test_systemd_takes_the_units(tool: Callable[[str, str], str], tmp_path: Path) -> None:
    analyze = tool("systemd-analyze", "apt-get install systemd; it judges the shipped units")
    program = shutil.which("true") or ""
    for name in UNITS:
        text = (
            _unit(name).replace(PROGRAM, program).replace("file:/opt/review-clock/docs/publishing.md", "https://x.org")
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in UNITS]
    command = [analyze, "verify", "--recursive-errors=no", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / UNITS[0]).write_text(_unit(UNITS[0]).replace(PROGRAM, "/no/such"), encoding="utf-8")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def _of_the_service() -> list[str]:
    """The commands of the service in their order; each runs only where the one before came to its end."""
    return re.findall(r"^ExecStart(?:Pre)?=(.*)$", _unit(UNITS[0]), flags=re.MULTILINE)


def _of_the_workflow() -> list[str]:
    return re.findall(r"^      - run: ([^#\n]*review-clock [^#\n]*)", WORKFLOW, flags=re.MULTILINE)


@pytest.fixture
def publish(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str], str, bytes], int]:
    """Run the commands as their host would, up to the first that fails: its exit code. The site is one small page."""
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "published"

    def published(commands: list[str], day: str, page: bytes) -> int:
        monkeypatch.setattr("review_clock.site.build.plan", lambda _: {"index.html": partial(bytes, page)})
        for command in commands:
            text = command.replace("/var/lib/review-clock ", f"{tmp_path / 'releases'} ")
            text = text.replace("${BASE_URL}", "https://clock.example.org").replace('"$BASE_URL"', str(old))
            words = shlex.split(text)[1:]
            if words[0] == "build" and str(old) in words:
                words[words.index(str(old))] = "https://clock.example.org"
            done = run(*words, "--as-of", day)
            if done.exit_code:
                return done.exit_code
        return 0

    old.mkdir()
    return published


@pytest.mark.parametrize(
    ("commands", "page"),
    [(_of_the_service(), "releases/current/index.html"), (_of_the_workflow(), "site/index.html")],
    ids=["systemd", "workflow"],
)
def test_what_is_scheduled_publishes_and_an_old_record_does_not_replace_the_site(
    publish: Callable[[list[str], str, bytes], int], tmp_path: Path, commands: list[str], page: str
) -> None:
    assert "--strict" in commands[0]
    assert publish(commands, FRESH, b"today") == 0
    assert (tmp_path / page).read_bytes() == b"today"
    assert publish(commands, OLD, b"later") == 1
    assert (tmp_path / page).read_bytes() == b"today"


def test_the_workflow_checks_before_it_builds_and_builds_before_it_deploys() -> None:
    steps = [line.strip() for line in WORKFLOW.splitlines() if line.startswith("      - ")]
    order = ["actions/checkout", "setup-python", "check --strict", "check --against", "review-clock build", "upload"]
    places = [next(place for place, step in enumerate(steps) if each in step) for each in [*order, "deploy-pages"]]
    assert places == sorted(places)
    assert "\t" not in WORKFLOW
