"""The page's own law takes the version of a rule that this package takes: every review day of two years, both ways."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from review_clock.deadlines.governing import governing
from review_clock.deadlines.resolve import counted_for
from review_clock.formats.machine_document import machine
from review_clock.law.counting import starting
from tests.frozen import LAW
from tests.law.test_versions import FROM, KNOWN, NOTICE, amended

EXPLORER = Path(__file__).resolve().parents[2] / "templates" / "explorer"
SCRIPTS = "\n".join(
    (EXPLORER / f"{name}.js").read_text(encoding="utf-8") for name in ("dates", "position", "deadlines")
)
ASK = """
const [row, readings, days] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const deadlines = new ReviewClock.Deadlines({ final: () => ({ phase: "" }) }, [], readings);
console.log(JSON.stringify(days.map((day) => deadlines._governed(row, day))));
"""


@pytest.mark.parametrize("at_least", ["day_minus_n", "clear_days"])
@pytest.mark.parametrize(("before", "after"), [(270, 240), (240, 270)])
def test_the_page_counts_each_date_under_the_same_version(
    tool: Callable[[str, str], str], before: int, after: int, at_least: str
) -> None:
    node = tool("node", "the page's engine runs in it")
    law = amended(after, f"from = {FROM}, known_on = {KNOWN}", first=before)
    readings = LAW.chosen([f"at_least_days_before={at_least}"])
    row = next(row for row in machine(law)["rules"] if row["id"] == NOTICE)
    days = [date(2028, 9, 1) + timedelta(days=n) for n in range(730)]
    told = json.dumps([row, readings.as_dict(), [day.isoformat() for day in days]])
    done = subprocess.run([node, "-e", SCRIPTS + ASK], input=told, capture_output=True, text=True, check=True)
    rule = law.catalogue.by_id()[NOTICE]
    for day, counted in zip(days, json.loads(done.stdout), strict=True):
        here = governing(rule, partial(counted_for, base=starting(day, "review"), readings=readings))
        assert here is not None
        assert counted == here[1].day.isoformat(), day
