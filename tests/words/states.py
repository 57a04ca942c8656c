"""The states that every headline is held to, each as a question of the frozen law and record."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.questions.question import Question
from review_clock.site.material import Material
from review_clock.timeline.keeping import with_lines
from review_clock.words.headline import headline
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

FIXTURES = Path(__file__).parents[1] / "fixtures"
APPROVED = FIXTURES / "headlines.txt"
STATES: list[dict[str, Any]] = tomllib.loads((FIXTURES / "states.toml").read_text(encoding="utf-8"))["state"]
OWN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("age-31-days", "2026-11-08", ()),
    ("age-121-days", "2027-02-06", ()),
    ("age-ten-years", "2036-06-01", ()),
    ("verified-day", "2026-10-08", ()),
    ("verified-day-after", "2026-10-09", ()),
    ("gone-and-review-open", "2033-07-02", ("2027-07-01 all confirm", "2030-01-15 mx gives notice")),
    ("gone-and-review-unrecorded", "2027-07-02", ("2026-11-20 us gives notice",)),
    ("notice-over-open-review", "2033-07-02", ("2027-07-01 all confirm", "2033-05-01 us gives notice")),
    ("extended-then-two-notices", "2030-03-01",
     ("2027-07-01 all confirm", "2030-01-15 mx gives notice", "2030-02-01 us gives notice")),
    ("extended-then-ended", "2030-08-01",
     ("2027-07-01 all confirm", "2030-01-15 mx gives notice", "2030-02-01 us gives notice")),
    ("gone-and-day-set", "2027-06-01", ("2026-11-20 us gives notice", "2027-05-25 next review set for 2027-06-15")),
    ("one-rescinded-other-runs", "2027-02-01",
     ("2026-11-20 us gives notice", "2026-11-21 mx gives notice", "2027-01-10 us rescinds notice")),
    ("all-confirm-on-last-day-of-extended-term", "2043-06-30",
     ("2027-07-01 all confirm", "2033-07-01 us declines", "2043-06-30 all confirm")),
)  # fmt: skip
"""States beyond the sixty-six: the age of the record, and departures, notices, extensions and reviews together."""


def asked(as_of: date, lines: list[str] | tuple[str, ...]) -> Question:
    """The question of a state."""
    return question(as_of, record=with_lines(RECORD, lines, LAW, LAW.defaults))


@cache
def questions() -> dict[str, Question]:
    """Every state by its id."""
    found = {state["id"]: asked(state["as_of"], state["record"]) for state in STATES}
    return found | {name: asked(date.fromisoformat(day), lines) for name, day, lines in OWN}


@cache
def material(name: str) -> Material:
    """What a site of the state would show."""
    return Material(question=questions()[name], base_url="https://example.org", feeds=shipped(LAW))


def sentences() -> str:
    """Every state with its first paragraph and its line in three languages: the file that a person reads."""
    blocks = []
    for name, each in questions().items():
        lines = [f"{name} {each.as_of}"]
        for lang in LANGUAGES:
            said = headline(each.status.answer, wording(lang))
            lines += [f"  {lang}  {said.paragraph}", f"      {said.title}"]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    APPROVED.write_text(sentences(), encoding="utf-8")
