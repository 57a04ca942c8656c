"""Inputs that mean harm, for every text a user can give: changed copies of good ones, the same for the same seed.

`make proof` runs a million: `python -m tests.proof.fuzz 1000000` prints how many ended in what.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from review_clock.commands.values import DAY
from review_clock.feeds.definition import with_folder
from review_clock.files import Error, parsed, text_of
from review_clock.futures.chances import understood as chances
from review_clock.futures.choices import Occasions
from review_clock.futures.events import understood as event_of
from review_clock.futures.sensitivity import swept
from review_clock.law.acts_and_lapses import Party
from review_clock.record.grammar import understood
from review_clock.record.ledger import from_table
from review_clock.scenarios.assume import assume
from review_clock.scenarios.batch import items
from review_clock.scenarios.library import load as load_plan
from review_clock.scenarios.library import plan_of_lines
from tests import frozen

SLOW: Final = 3.0
"""Seconds of the processor after which one input counts as a hang."""
_READINGS: Final = frozen.defaults()

RECORD: Final = """verified_on = 2026-10-01
[[event]]
id = "x"
on = 2027-02-03
act = "stated_position"
party = "us"
stance = "extend"
text = "A hearing."
[[event.source]]
title = "x"
url = "https://example.org/"
dated = "2026-07"
[[announced]]
id = "own"
on = 2027-03-01
time = "23:59"
zone = "America/New_York"
known_on = 2026-11-01
deadline = "own.date"
jurisdiction = "us"
kind = "comment"
actor = "public"
title = "Mine"
text = {en = "a", es = "b", fr = "c"}
[[announced.source]]
title = "x"
[[case]]
id = "case-x"
matter = "Ours"
rule = "us.104"
trigger = 2027-02-03
remind = [14, 3]
office = "us"
recorded_on = 2027-02-04
"""
SCENARIO: Final = """title = "Mine"
counterfactual = true
[[assume]]
act = "2029-03-15 us confirms"
[[described_by]]
who = "x"
url = "https://example.org/"
"""
RULES: Final = """title = "Mine"
description = "Ours."
colour = "teal"
[choose]
kind = ["review", "internal"]
[alarms]
default = [30, 7]
[[firm]]
id = "firm.note"
after = "treaty.review.annual"
offset = "-P45D"
roll = "previous"
holidays = "US-NY"
title = "Note"
"""
_HOSTILE: Final = (
    *(
        "²",
        "٣",
        "\x00",
        "\x1b",
        "\u202e",
        "\ufeff",
        "\ud800",
        "\r",
        "é",
        "😀",
        '"',
        "'",
        "=",
        "[",
        "]",
        "{",
        "}",
        "\\u0000",
    ),
    *(
        "9" * 5000,
        "0x" + "f" * 5000,
        "[" * 1500,
        "a." * 1500 + "a",
        "{a=" * 400,
        "9" * 400 + "-01-01",
        "-1",
        "1e999",
        "nan",
    ),
    *("0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01", "2028-02-30", "2027-W01-1", "00:00:60", "23:59+05:00"),
    *(
        "2027-01-01T00:00:00Z",
        "P999999999999D",
        "-P",
        "1/0",
        "1/3",
        "America",
        "../../etc/passwd",
        "x" * 5000,
        "%s",
        "{0.a}",
    ),
    *("${x}", "us", "all", "notice", "true", "[[event]]", '[[announced]]\nid = "own"\n', "\n", " ", "#"),
)


def _file(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader of a file's text, given by way of a file: its bytes matter too."""

    def through_a_file(text: str) -> object:
        path = _FOLDER / "input.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return read(text_of(path))

    return through_a_file


_TEMPORARY: Final = TemporaryDirectory()
_FOLDER: Final = Path(_TEMPORARY.name)
TARGETS: Final[Mapping[str, tuple[Callable[[str], object], tuple[str, ...]]]] = {
    "record": (_file(lambda text: from_table(parsed(text, "f"))), (RECORD,)),
    "scenario": (_file(lambda text: load_plan(parsed(text, "f"), "f")), (SCENARIO,)),
    "office": (_file(lambda _text: with_folder(str(_FOLDER), frozen.LAW, frozen.RECORD)), (RULES,)),
    "line": (
        understood,
        (
            "2029-03-15 us confirms",
            "2027-07-01 all confirm",
            "2028-01-01 next review set for 2028-03-01",
            "2028-01-01 amendment sets term end 2037-07-01",
            "2027-01-01 note",
        ),
    ),
    "plan": (lambda text: plan_of_lines([text]).name, ("2029-03-15 us confirms",)),
    "assume": (
        lambda text: assume([text], frozen.RECORD, _READINGS),
        ("2029-03-15 us confirms", "2027-01-01 ca gives notice"),
    ),
    "chance": (lambda text: chances([text]), ("us=0.3", "us=2027:0.1,2030:0.5", "ca=1/3")),
    "event": (
        lambda text: event_of(text, date(2026, 11, 24), date(2060, 12, 31), frozenset(Party)),
        ("not (us gives notice by 2030-12-31 or extended)", "only ca,mx bound on 2040-01-01 and nobody leaves"),
    ),
    "sweep": (swept, ("us=0:1:0.05", "withdraw.us=0:1/5:0.01")),
    "batch": (lambda text: items(text, "f"), ('{"assume": ["2029-03-15 all confirm"], "as_of": "2030-01-01"}',)),
    "day": (lambda text: DAY.convert(text, None, None), ("2026-11-23", "2100-12-31")),
    "notice": (Occasions.on, ("10-01", "02-28")),
    "reading": (lambda text: frozen.LAW.chosen([text]), ("term_ends=end_of_day",)),
}
"""What reads a text, and good texts that it takes."""


def changed(text: str, chance: random.Random) -> str:
    """The text with one to four things done to it."""
    for _ in range(chance.randint(1, 4)):
        place, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        end = min(end, place + chance.choice((0, 1, 4, 40)))
        kind = chance.randrange(5)
        middle = (
            chance.choice(_HOSTILE),
            "",
            text[place:end] * 2,
            chr(chance.choice((chance.randrange(128), chance.randrange(0x3000), 0xDC80 + chance.randrange(128)))),
            text[place:end][::-1],
        )[kind]
        text = text[:place] + middle + text[end:]
    return text


def inputs(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """So many inputs: the name of what reads it, and the text."""
    chance = random.Random(seed)
    names = [*TARGETS, "line", "line", "chance", "chance", "day", "reading"]  # the quick ones more often
    for _ in range(count):
        name = chance.choice(names)
        yield name, changed(chance.choice(TARGETS[name][1]), chance)


def fuzzed(count: int, seed: int = 0) -> tuple[Counter[str], list[str]]:
    """How many inputs were taken, refused in one line, were a fault or a hang; and what the last two were."""
    counts: Counter[str] = Counter()
    bad: list[str] = []
    for name, text in inputs(count, seed):
        start = time.process_time()
        try:
            TARGETS[name][0](text)
            ended = "taken"
        except Error as error:
            ended = "refused" if len(str(error).splitlines()) == 1 else "of several lines"
        except Exception as error:
            ended = f"traceback {type(error).__name__}"
        if time.process_time() - start > SLOW:
            ended = "hang"
        counts[ended] += 1
        if ended not in ("taken", "refused"):
            bad.append(f"{name}: {ended}: {text[:120]!r}")
    return counts, bad


if __name__ == "__main__":
    found, wrong = fuzzed(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print("\n".join([*wrong[:50], str(dict(found))]))
    sys.exit(bool(wrong))
