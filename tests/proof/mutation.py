"""Small changes to law/, deadlines/ and questions/, one at a time: mypy refuses each, or a test fails.

    python -m tests.proof.mutation [PREFIX]    of the names that it prints: deadlines.resolve

mutmut makes the changes, and mypy is asked of all of them at once. The tests are collected once and none is run here: a
process forked for each change runs those that enter its function, first what fails most in the least time, for the same
function above all, those of its own module or folder and the approved answers, up to the first that fails or to
SECONDS. A change that a test noticed is not asked of again (delete mutants/ to begin anew). Fails where one is alive of
which unnoticed.toml says no reason, or where it says so of one that is noticed, or is not made.
"""

from __future__ import annotations

import difflib
import gc
import json
import os
import resource
import subprocess
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import NoReturn

import pytest
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants, filter_mutants_with_type_checker
from mutmut.configuration import config
from mutmut.mutation import trampoline

from tests.proof.counts import table

HERE, AT_ONCE = Path(__file__).parent, len(os.sched_getaffinity(0))
SECONDS = int(os.environ.get("SECONDS", "60"))
"""After so much of the processor's time no other test is asked of a change; after twice as much it is out of time. One
that is explained gets a sixth of it."""
REFUSED, ASKED, FIRST_ROUND = Path("refused.json"), Path("asked.jsonl"), "first_round."
WIDEST = "test_approved.py"
ENDED = "refused by mypy", "a test fails", "out of time", "explained", "alive", "not entered"
Change = tuple[str, str, str]
"""A function, the lines that stood there, the lines that stand there instead."""


def _make() -> None:
    """The changes, in mutants/, and the names of those that mypy refuses."""
    trampoline.set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(AT_ONCE)
    ("mutants" / REFUSED).write_text(json.dumps(sorted(filter_mutants_with_type_checker())), encoding="utf-8")


def changes() -> dict[str, Change]:
    """Every change that mutmut made, by its name."""
    made = {}
    for path in sorted(Path().glob("review_clock/**/*.py.spans")):
        spans = json.loads(path.read_text(encoding="utf-8"))["spans"]
        lines = path.with_suffix("").read_text(encoding="utf-8").splitlines()
        module = ".".join(path.with_suffix("").with_suffix("").parts)
        for name, (start, end) in spans.items():
            function, _, number = name.rpartition("__mutmut_")
            if number.isdecimal():
                first, last = spans[f"{function}__mutmut_orig"]
                was = [line.replace("__mutmut_orig(", "(") for line in lines[first:last]]
                instead = [line.replace(f"__mutmut_{number}(", "(") for line in lines[start:end]]
                made[f"{module}.{name}"] = (f"{module}.{function}", *_differ(was, instead))
    return made


def _differ(before: list[str], after: list[str]) -> tuple[str, str]:
    """The lines that differ, each side as one text."""
    rows = list(difflib.ndiff(before, after))
    was, instead = (" ".join(row[2:].strip() for row in rows if row.startswith(sign)) for sign in "-+")
    return was, instead


class Asked:
    """A plugin that, in place of running the tests, asks them of each change."""

    def __init__(self, changes: Mapping[str, Change]) -> None:
        self.changes, self.explained = changes, unnoticed()
        self.kills: Counter[str | tuple[str, str]] = Counter()
        for _, (function, *_lines), _how, test in map(json.loads, ASKED.read_text(encoding="utf-8").splitlines()):
            self.kills.update((test, (function, test)) if test else ())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own: the tests are run in forks alone."""
        self.items = {item.nodeid: item for item in session.items}
        self.seconds, self.entering = self._first_round()
        _forget()
        gc.collect()
        gc.freeze()  # what a fork never touches is not copied
        running: dict[int, tuple[str, int]] = {}
        for name in self.changes:
            if len(running) == AT_ONCE:
                self._ended(running)
            read, write = os.pipe()
            child = os.fork()
            if not child:
                self._ask(name, write)
            os.close(write)
            running[child] = name, read
        while running:
            self._ended(running)
        return True

    def _first_round(self) -> tuple[dict[str, float], dict[str, list[str]]]:
        """How long each test takes, and which enter a function: asked once, in forks, of the code as it is."""
        seconds, entering = _measured()
        if new := [test for test in self.items if test not in seconds]:
            for number in range(AT_ONCE):
                if not os.fork():
                    self._measure(new[number::AT_ONCE])
            if any(status for _, status in [os.wait() for _ in range(AT_ONCE)]):
                sys.exit(1)
            seconds, entering = _measured()
        return seconds, entering

    def _measure(self, tests: list[str]) -> NoReturn:
        seconds: dict[str, float] = {}
        entering: dict[str, list[str]] = {}
        entered: set[str] = set()
        _set("stats")
        trampoline.record_trampoline_hit = lambda name, **_: entered.add(name)
        for test in tests:
            entered.clear()
            _forget()
            before = time.process_time()
            if _fails(self.items[test]):
                os.write(2, f"fails by itself: {test}\n".encode())
                os._exit(1)
            seconds[test] = time.process_time() - before
            for function in entered:
                entering.setdefault(function, []).append(test)
        Path(f"{FIRST_ROUND}{os.getpid()}.json").write_text(json.dumps([seconds, entering]), encoding="utf-8")
        os._exit(0)

    def _ask(self, name: str, write: int) -> NoReturn:
        """In a fork: the tests that enter the function, up to the first that fails."""
        _set(name)
        resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS + 1))
        function = name.rpartition("__mutmut_")[0]
        tests = self.items.keys() & self.entering.get(function, [])
        enough = SECONDS / 6 if self.changes[name] in self.explained else SECONDS
        _, folder, module, *_ = function.split(".")

        def cost(test: str) -> float:
            near = 10 if f"test_{module}.py" in test or WIDEST in test else 3 if f"tests/{folder}/" in test else 1
            return self.seconds[test] / (1 + self.kills[test] + 100 * self.kills[function, test]) / near

        rows: Counter[str] = Counter()  # each further one of a table is asked later: it is like those before

        def in_turn(test: str) -> float:
            table, _, _ = test.partition("[")
            rows[table] += 1
            return cost(test) * rows[table] ** 0.5

        for test in sorted(sorted(tests, key=cost), key=in_turn):
            if time.process_time() > enough:
                break
            if _fails(self.items[test]):
                os.write(write, test.encode())
                os._exit(1)
        os._exit(0 if tests else 5)

    def _ended(self, running: dict[int, tuple[str, int]]) -> None:
        child, status = os.wait()
        name, read = running.pop(child)
        with os.fdopen(read) as told:
            test = told.read()
        code = os.waitstatus_to_exitcode(status)
        ended = "a test fails" if test else {0: "alive", 5: "not entered"}.get(code, "out of time")
        if test:
            self.kills.update((test, (self.changes[name][0], test)))
        with ASKED.open("a", encoding="utf-8") as file:
            file.write(json.dumps([name, self.changes[name], ended, test]) + "\n")


def _measured() -> tuple[dict[str, float], dict[str, list[str]]]:
    """What each fork of the first round wrote, put together."""
    seconds: dict[str, float] = {}
    entering = defaultdict[str, list[str]](list)
    for part in Path().glob(f"{FIRST_ROUND}*.json"):
        took, entered = json.loads(part.read_text(encoding="utf-8"))
        seconds |= took
        for function, tests in entered.items():
            entering[function] += tests
    return seconds, entering


def _forget() -> None:
    """Let go of what the code keeps of its own: it was worked out before the change, or by another test."""
    ours = [module for name, module in sys.modules.items() if name.startswith("review_clock.")]
    for kept in (each for module in ours for each in vars(module).values()):
        if isinstance(kept, _lru_cache_wrapper) and kept.cache_parameters()["maxsize"]:
            kept.cache_clear()


def _set(name: str) -> None:
    """From here on the code is as this change makes it. mutmut asks the environment at each call, which takes long."""
    trampoline.get_mutant_under_test = lambda: name


def _fails(item: pytest.Item) -> bool:
    """Whether a test fails, everything that it sets up torn down again."""
    from _pytest.runner import runtestprotocol

    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def unnoticed() -> dict[Change, str]:
    """Changes that nothing can notice, each with the reason."""
    listed = tomllib.loads((HERE / "unnoticed.toml").read_text(encoding="utf-8"))
    return {
        (each["function"], was, instead): each["why"] for each in listed["change"] for was, instead in each["changes"]
    }


def _ended(made: Mapping[str, Change]) -> dict[str, str]:
    """How each change ended that was asked, or that mypy refuses."""
    ended = dict.fromkeys(json.loads(REFUSED.read_text(encoding="utf-8")), "refused by mypy")
    for name, change, how, _ in map(json.loads, ASKED.read_text(encoding="utf-8").splitlines()):
        if name not in ended or made.get(name) == tuple(change):
            ended[name] = how
    return ended


def _told(prefix: str) -> int:
    """Print what is to be said of some changes, then how many there were."""
    made, explained = changes(), unnoticed()
    ended, counts, wrong = _ended(made), defaultdict[str, Counter[str]](Counter), 0
    for name, change in made.items():
        if name.startswith(prefix) and name in ended:
            how, listed = ended[name], change in explained
            if how in {"alive", "not entered"} and listed:
                how = "explained"
            elif listed or how in {"alive", "not entered"}:
                wrong += 1
                print(f"{name}: {how}\n    {change[1]}\n    {change[2]}")
            counts[change[0].split(".")[1]][how] += 1
    for function, *lines in explained.keys() - set(made.values()):
        wrong += 1
        print(f"listed, but not made: {function}: {lines}")
    print(table(counts, ENDED))
    return bool(wrong)


def main(step: str = "", prefix: str = "") -> int:
    """Make the changes, then, where they lie, ask of those that no test is known to notice."""
    if step != "--in-mutants":
        _make()
        command = [sys.executable, "-m", "tests.proof.mutation", "--in-mutants", f"review_clock.{step}"]
        return subprocess.run(command, cwd="mutants").returncode
    ASKED.touch()
    made = changes()
    settled = {name for name, how in _ended(made).items() if how not in {"alive", "not entered"}}
    asked = {name: change for name, change in made.items() if name.startswith(prefix) and name not in settled}
    options = [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]
    pytest.main(["-q", "--capture=no", *options], plugins=[Asked(asked)])
    return _told(prefix)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
