"""What the status page says first, in states that the record does not have: written from the law, row by row."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from review_clock.files import LANGUAGES
from review_clock.formats.explanation import what_is_due
from review_clock.formats.text_deadlines import deadlines_markdown
from review_clock.site.pictures.strands import bar
from review_clock.words.verdict import time_left, verdict
from review_clock.words.wording import wording
from tests.words.states import asked, questions

US, MX = "2026-11-20 us gives notice", "2026-11-21 mx gives notice"
ALL = "2027-07-01 all confirm"
ROWS = [  # lines, day, tag, first sentence, second sentence, the dates of the facts
    ((), "2026-11-24", "", "In force in all three countries.", "Ends July 1, 2036, if nobody acts.",
     ("May 24, 2027", "around July 1, 2027", "July 1, 2036")),
    ((US,), "2026-11-24", "Notice running", "The United States leaves on May 20, 2027.", "Canada and Mexico go on.",
     ("May 20, 2027", "around July 1, 2027", "July 1, 2036")),
    ((US,), "2027-08-01", "Two countries only", "In force between Canada and Mexico only.",
     "The United States left on May 20, 2027.", ("February 1, 2028", "around July 1, 2028", "July 1, 2036")),
    ((ALL,), "2027-08-01", "Extended", "In force in all three countries.",
     "Extended to July 1, 2043, or read otherwise to July 1, 2052.",
     ("February 1, 2028", "by July 1, 2033", "July 1, 2043")),
    ((US, MX), "2026-11-24", "Notices running", "Ends on May 21, 2027.",
     "By then Mexico and the United States are out.", ("May 20, 2027", "May 21, 2027", "July 2, 2036")),
    ((US, MX), "2027-06-01", "Ended", "No longer in force.", "It ended on May 21, 2027.",
     ("6 years and 10 months", "May 21, 2027")),
    ((), "2036-07-15", "Ended", "No longer in force.", "It ended on July 1, 2036.", ("16 years", "July 1, 2036")),
    ((), "2019-05-01", "Not yet in force", "Not yet in force.", "It binds nobody so far.", ()),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day", "tag", "first", "second", "facts"), ROWS)
def test_the_first_screen_says(
    lines: tuple[str, ...], day: str, tag: str, first: str, second: str, facts: tuple[str, ...]
) -> None:
    said = verdict(asked(date.fromisoformat(day), lines).answer, wording("en"))
    assert (said.tag, said.first, said.second) == (tag, first, second)
    assert tuple(each.value for each in said.facts) == facts


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        ("en", ["Mexico is out from", "The United States is out, and it ends"]),
        ("es", ["México queda fuera desde el", "Estados Unidos queda fuera, y termina"]),
        ("fr", ["Le Mexique n’est plus lié à compter du", "Les États-Unis ne sont plus liés, et il prend fin"]),
    ],
)
def test_a_departure_ahead_is_not_told_as_past(lang: str, labels: list[str]) -> None:
    said = verdict(
        asked(date(2026, 11, 24), ("2026-11-20 mx gives notice", "2026-11-21 us gives notice")).answer, wording(lang)
    )
    assert [each.label for each in said.facts if each.mark == "leaving"] == labels


KNOWN = [  # lines, day, the next review by its id, how its day is known
    ((), "2026-06-01", "treaty.review.six-year", "the text fixes the day"),
    ((), "2026-11-24", "treaty.review.annual.1-2", "the day is inferred"),
    ((ALL,), "2027-08-01", "treaty.review.after-extension.2-1", "the text fixes only the latest day"),
]


@pytest.mark.parametrize(("lines", "day", "identity", "known"), KNOWN)
def test_how_the_day_of_the_next_review_is_known(lines: tuple[str, ...], day: str, identity: str, known: str) -> None:
    """On the first screen, in `explain` and in the tables."""
    words, asking = wording("en"), asked(date.fromisoformat(day), lines)
    row = asking.explain(identity)
    (fact,) = (each for each in verdict(asking.answer, words).facts if each.mark.startswith("review"))
    assert known in fact.note
    assert ("How the day is known", known) in what_is_due(row, words)
    assert f"| {known} " in deadlines_markdown([row], words)


@pytest.mark.parametrize(
    ("day", "said", "loudness"),
    [
        ("2026-11-06", "", ""),
        ("2026-11-07", "30 days ago", "note"),
        ("2026-12-07", "60 days ago", "warning"),
        ("2027-02-05", "120 days ago", "alarm"),
    ],
)
def test_the_age_of_the_record_grows_louder_at_30_60_and_120_days(day: str, said: str, loudness: str) -> None:
    found = verdict(asked(date.fromisoformat(day), ()).answer, wording("en"))
    assert (found.age, found.loudness) == (said, loudness)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-12-01", "7 days"),
        ("2027-03-03", "99 days"),
        ("2027-03-04", "3 months"),
        ("2036-07-01", "9 years and 7 months"),
        ("2027-11-24", "1 year"),
    ],
)
def test_time_left_is_said_in_the_unit_one_can_weigh(end: str, said: str) -> None:
    assert time_left(date(2026, 11, 24), date.fromisoformat(end), wording("en")) == said


@pytest.mark.parametrize("name", list(questions()))
def test_the_bar_shows_what_the_answer_says(name: str) -> None:
    answer = questions()[name].answer
    drawn = bar(answer)
    if answer.ends is None:
        assert drawn is None
        return
    assert drawn is not None
    out = {each.party for each in answer.left} | {n.party for n in answer.notices if n.effective <= answer.ends.date}
    assert {each.party for each in drawn.strands if each.out is not None} <= out
    for strand in drawn.strands:
        parts = strand.stretches
        assert parts[0].at == 0
        for one, other in pairwise(parts):
            assert one.at + one.wide == pytest.approx(other.at, abs=0.02)
        assert parts[-1].at + parts[-1].wide <= 100.02
    kinds = {part.kind for strand in drawn.strands for part in strand.stretches}
    by_withdrawals = answer.ends.because == "withdrawals"
    running = [each for each in answer.notices if each.effective < answer.ends.date or by_withdrawals]
    assert ("leaving" in kinds) == bool(running)
    assert answer.in_force or kinds == {"lived"}
    assert (drawn.review is not None) == (answer.next_review is not None)


def test_a_strand_that_stops_is_seen_without_colour() -> None:
    drawn = bar(asked(date(2027, 8, 1), (US,)).answer)
    assert drawn is not None
    assert [each.out is not None for each in drawn.strands] == [False, False, True]
    assert drawn.strands[2].stretches[-1].at + drawn.strands[2].stretches[-1].wide < drawn.today


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_first_is_short(lang: str) -> None:
    for question in questions().values():
        said = verdict(question.answer, wording(lang))
        assert len(f"{said.first} {said.second}".split()) <= (26 if lang == "en" else 32)
        assert len(said.facts) <= 4
