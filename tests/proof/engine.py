"""Small changes to the page's engine, one at a time: conformance with Python notices each, or it changes no meaning.

    python -m tests.proof.engine [PART,…]    a part is a file, or one of its lines: headline, answer:12

Changed are the parts that conformance judges, which are told once in Python and once for the page; what draws, saves
and listens (page, text, lanes, files) is judged by the browser's tests. Python tells of each case once; a process of
node then asks each changed script (engine.mjs says which changes). Fails where one is not noticed of which
equal_in_meaning.toml does not say why, and where it says so of one that is noticed, or that is not made any more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from review_clock.feeds.definition import shipped
from review_clock.formats.machine_document import machine
from review_clock.scenarios.library import library
from review_clock.site.material import Material
from review_clock.site.pages.explorer import explorer_data
from review_clock.words.wording import wording
from tests.browser import test_conformance as conformance
from tests.browser.conformance_cases import cases as beside
from tests.browser.conformance_cases import made_law
from tests.frozen import LAW, defaults, question
from tests.proof.counts import table

HERE = Path(__file__).parent
HISTORIES, FIRST, MADE = 600, 100, 85
"""Histories, how many of them are asked first, and how many under the law of made rules too."""
SCENARIOS, LINES = 60, 2
"""Of so many generated scenarios those of at most so many lines: the others take ten times as long."""
ENDED = "noticed", "equal in meaning", "unnoticed"
Change = tuple[str, str, str, str]
"""A file, its line, what stood there, what stands there instead."""


def _history(seed: int, law: int = 0) -> dict[str, Any]:
    history, dated = conformance._history(seed), law == 1 or seed % conformance.DATED == 0
    told = conformance._told(history, dated, made_law() if law else LAW)
    return _case(f"history {seed}", "history", conformance._sent_history(history, dated), told, law)


def _case(name: str, how: str, item: Any, told: Any, law: int = 0) -> dict[str, Any]:
    return {"name": name, "how": how, "item": item, "digest": conformance._digest(told), "law": law}


def cases() -> Iterator[dict[str, Any]]:
    """What is asked, under which law, and the digest of what Python tells of it; what notices most comes first."""
    yield from map(_history, range(FIRST))
    for place, (how, item, told) in enumerate(beside()):
        yield _case(f"case {place}", how, item, told)
    for seed in range(MADE):
        yield _history(seed, law=1)
    yield from map(_history, range(FIRST, HISTORIES))
    named = [(plan.lines, defaults(), plan.counterfactual, False) for plan in library().values()]
    few = [each for each in map(conformance._supposed, range(SCENARIOS)) if len(each[0]) <= LINES]
    for place, each in enumerate([*conformance.CHOSEN, *named, *few]):
        told = conformance._told_scenario(each)
        yield _case(f"scenario {place}", "scenario", conformance._sent_scenario(each), told)


def asked() -> dict[str, Any]:
    """The cases, with the laws and the words that the script is given."""
    page = explorer_data(
        Material(question=question(conformance.AS_OF), base_url="", feeds=shipped(LAW)), (), wording("en")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("review_clock.questions.answer.OverReadings", conformance._over_readings)
        return {
            "machines": [page["machine"], machine(made_law())],
            "words": page["words"],
            "cases": list(cases()),
        }


def equal_in_meaning() -> dict[Change, str]:
    """Changes that change nothing, each with the reason."""
    listed = tomllib.loads((HERE / "equal_in_meaning.toml").read_text(encoding="utf-8"))
    return {
        (each["file"], each["line"], was, instead): each["why"]
        for each in listed["equal"]
        for was, instead in each["changes"]
    }


def main(parts: str = "") -> int:
    """Make each change, and print those of which something is to be said, then how many there were."""
    equal, counts, wrong = equal_in_meaning(), dict[str, Counter[str]](), 0
    whole = {part for part in parts.split(",") if ":" not in part}
    unseen = {change for change in equal if not parts or change[0].removesuffix(".js") in whole}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "asked.json"
        path.write_text(json.dumps(asked()), encoding="utf-8")
        command = ["node", str(HERE / "engine.mjs"), str(path), *filter(None, [parts])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
            for line in process.stdout or ():
                row = json.loads(line)
                change = row["file"], row["text"], row["was"], row["instead"]
                seen, listed = row["noticed"] is not None, change in equal
                ended = ENDED[0 if seen else 1 if listed else 2]
                counts.setdefault(row["file"], Counter())[ended] += 1
                if seen == listed:
                    wrong += 1
                    print(f"{row['file']}:{row['line']}: {row['was']!r} -> {row['instead']!r}: {ended}", flush=True)
                unseen.discard(change)
    for change in unseen:
        print(f"listed as equal in meaning, but not made: {change}")
    print(table(counts, ENDED))
    return bool(process.returncode or unseen or wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
