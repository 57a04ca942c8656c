"""Processes killed at any moment, by the clock: of builds a whole site is left, of `record add` every entry.

    python -m tests.proof.kills [KILLS] [SEED]

A third each: builds that replace a site, builds that make a release, `record add`. Sites are rendered before; a build
is killed while it publishes. Prints how each ended; those that came to their end in time are not counted as kills.
In memory where there is such a folder: a killed process, unlike a loss of power, takes nothing with it that it wrote.
"""

from __future__ import annotations

import os
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import review_clock as rc
from review_clock.feeds.definition import shipped
from review_clock.files import read
from review_clock.site.build import plan
from review_clock.site.material import Material
from review_clock.site.published_folder import MARK

MEMORY = "/dev/shm"
DAYS = (date(2026, 11, 27), date(2026, 11, 28))
PUBLISH = """
import pickle, sys
from datetime import date
from review_clock.site.build import put_into
from review_clock.site.releases import release
with open(sys.argv[2], "rb") as file:
    files = pickle.load(file)
print("now", flush=True)
if sys.argv[1] == "site":
    put_into(sys.argv[3], files)
else:
    release(sys.argv[3], files, date(2026, 11, 28), 2, True)
"""
COMMAND = "from review_clock.commands.main import main; main()"
Site = Mapping[str, bytes]


def _killed(command: Sequence[str | Path], after: float, begun: bool) -> bool:
    """Whether the process was killed, `after` seconds from when it began to publish; else it came to its end."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if begun and process.stdout is not None:
            process.stdout.readline()
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        if process.wait() not in (0, -signal.SIGKILL):
            raise AssertionError(command)
        return process.returncode != 0


def _held(folder: Path) -> Site:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != MARK)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Builds:
    """Two sites that replace each other, in one folder or release by release."""

    def __init__(self, kind: str, sites: Sequence[Site], home: Path) -> None:
        self._kind, self._sites, self._home = kind, sites, home / kind
        self._shown = self._home / "current" if kind == "release" else self._home / "site"
        self._given = [home / f"{place}.pickle" for place in range(len(sites))]
        for path, site in zip(self._given, sites, strict=True):
            path.write_bytes(pickle.dumps(site))
        self.turn(3600.0)
        started = time.monotonic()
        self.turn(3600.0)
        self.lasts = time.monotonic() - started
        self._turns = 0

    def turn(self, after: float) -> str:
        """One build of the other site, killed after so many seconds: how it ended. Raises `AssertionError`."""
        before = self._held() if self._shown.exists() else {}
        new = next(place for place, site in enumerate(self._sites) if site != before)
        target = self._home if self._kind == "release" else self._shown
        command = [sys.executable, "-c", PUBLISH, self._kind, self._given[new], target]
        killed = _killed(command, after, begun=True)
        now = self._held()
        assert now in (before, self._sites[new]), "half a site"
        if not killed:
            left = [name for name in os.listdir(self._home) if name.startswith(".")]
            assert now == self._sites[new]
            assert not left, left
        return (
            "ended" if not killed else "killed, the old one stands" if now == before else "killed, the new one stands"
        )

    def _held(self) -> Site:
        return _held(self._shown)


class Ledger:
    """A record to which one entry after the other is added."""

    def __init__(self, home: Path) -> None:
        self._path, self._number, self._sure = home / "mine.toml", 0, set[str]()
        started = time.monotonic()
        self.turn(3600.0)
        self.lasts = time.monotonic() - started

    def turn(self, after: float) -> str:
        """One `record add`, killed after so many seconds: how it ended. Raises `AssertionError`."""
        self._number += 1
        text, before = f"Entry {self._number}.", self._path.read_bytes() if self._path.exists() else b""
        act = ("record", "add", "2026-11-20 note", "--to", self._path, "--text", text, "--source", "A letter")
        killed = _killed([sys.executable, "-c", COMMAND, *act], after, begun=False)
        held = self._held()
        assert held in (self._sure, self._sure | {text}), "an entry lost, or half of one"
        assert killed or text in held
        assert self._path.read_bytes().startswith(before) if before else True
        self._sure = held
        return "ended" if not killed else "killed, it is in" if text in held else "killed, it is not"

    def _held(self) -> set[str]:
        if not self._path.exists():
            return set()
        texts = [str(event.string("text")) for event in read(self._path).tables("event")]
        assert len(texts) == len(set(texts))
        return set(texts)


def main(kills: int = 200, seed: int = 0) -> None:
    """Kill so many processes, and say how each third ended."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as folder:
        law = rc.Law.shipped()
        made = [plan(Material(question=rc.ask(day), base_url="", feeds=shipped(law))) for day in DAYS]
        sites = [{name: make() for name, make in each.items()} for each in made]
        home = Path(folder)
        trials = {"build": Builds("site", sites, home), "release": Builds("release", sites, home), "add": Ledger(home)}
        ends = {name: Counter[str]() for name in trials}
        for place in range(kills):
            name = list(trials)[place % len(trials)]
            ended = "ended"
            while ended == "ended":  # one that came to its end was no kill
                started = time.monotonic()
                ended = trials[name].turn(chance.uniform(0, trials[name].lasts))
                if ended == "ended":
                    trials[name].lasts = min(trials[name].lasts, time.monotonic() - started)
                ends[name][ended] += 1
    for name, counts in ends.items():
        print(f"{name}: {', '.join(f'{number} {what}' for what, number in sorted(counts.items()))}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
