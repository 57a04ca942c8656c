"""Which deadlines a choice takes: by how sure they are, and by what is searched for."""

from __future__ import annotations

from datetime import date

import pytest

from review_clock.questions.listed import undated
from review_clock.questions.selection import Selection, folded, says, selection
from review_clock.timeline.keeping import with_lines
from tests.frozen import LAW, RECORD, question

EXTENDED = with_lines(RECORD, ("2029-03-15 all confirm",), LAW, LAW.defaults)
ALL = (
    *question(date(2026, 11, 24)).all_deadlines,
    *question(date(2029, 4, 1), record=EXTENDED).all_deadlines,
)
"""Before and after an extension, which removes the annual reviews."""

# What is asked for, whether by a calendar that must hear of what was removed; the certainties that pass. What was
# announced passes as `fixed`, as it did before the two were told apart.
CERTAINTIES = [
    ((), False, {"announced", "contingent", "fixed", "past", "scheduled", "superseded"}),
    (("fixed",), False, {"fixed", "announced"}),
    (("announced",), False, {"announced"}),
    (("scheduled",), False, {"scheduled"}),
    (("contingent", "past"), False, {"contingent", "past"}),
    (("superseded",), False, {"superseded"}),
    (("fixed",), True, {"fixed", "announced", "superseded"}),
    (("scheduled",), True, {"scheduled", "superseded"}),
]


@pytest.mark.parametrize(("asked", "with_superseded", "taken"), CERTAINTIES)
def test_what_is_as_sure_as_is_asked_for(asked: tuple[str, ...], with_superseded: bool, taken: set[str]) -> None:
    chosen = Selection(choose={"certainty": asked}, with_superseded=with_superseded)
    assert {each.certainty for each in ALL if chosen.takes(each)} == taken
    assert {chosen.leaves_out(each) for each in ALL if each.certainty not in taken} <= {"certainty"}
    assert {chosen.leaves_out(each) for each in ALL if each.certainty in taken} == {""}


@pytest.mark.parametrize(
    ("first", "last", "left_out"),
    [
        ("2027-01-12", "2027-01-12", ""),
        ("2027-01-13", "2027-12-31", "before"),
        ("2026-11-24", "2027-01-11", "after"),
        ("2026-11-24", "", ""),
        ("", "2027-01-12", ""),
    ],
)
def test_the_first_and_the_last_day_asked_for_are_in_it(first: str, last: str, left_out: str) -> None:
    start, end = (date.fromisoformat(day) if day else None for day in (first, last))
    (comments,) = (each for each in ALL if each.id == "us.comments.1-2" and each.certainty == "announced")
    assert selection(date(2026, 11, 24), start=start, end=end).leaves_out(comments) == left_out


# Words searched for, and whether the notice of section 611 has each: in its id, title, who publishes it or where, or in
# a citation, in any language, without case or accents.
SEARCHED = [
    (("us.611",), True),
    (("4611(b)(1)",), True),
    (("REVISIÓN", "conjunta"), True),
    (("revision", "conjoint"), True),  # each word stands in another language
    (("etats-unis",), True),
    (("journal officiel",), True),
    (("revision", "congress"), False),  # all must stand
    (("federal register examen",), False),  # two texts, not one
    (("xx",), False),
]


@pytest.mark.parametrize(("searched", "stands"), SEARCHED)
def test_each_word_searched_for_stands_in_one_of_its_texts(searched: tuple[str, ...], stands: bool) -> None:
    notice = next(each for each in ALL if each.id == "us.611.notice.1-2")
    assert says(searched, notice) == stands


def test_a_search_is_without_case_and_accents() -> None:
    assert folded("Revisión CONJOINTE, Élan") == "revision conjointe, elan"


def test_a_choice_that_there_is_not_is_refused_by_name() -> None:
    said = "deadlines are not chosen by colour, size (accepted: jurisdiction, kind, certainty, rule, actor, who_kind)"
    with pytest.raises(TypeError) as refused:
        question(date(2026, 11, 24)).deadlines(size="big", colour="red", kind="report")
    assert str(refused.value) == said


# Lines in the record, the day; whether fewer may be owed, as somebody has left or the Agreement is over.
FEWER = [
    ((), "2026-11-24", False),
    (("2026-11-28 us gives notice",), "2026-12-01", False),
    (("2026-11-28 us gives notice",), "2027-06-01", True),
    ((), "2036-07-01", True),
]


@pytest.mark.parametrize(("lines", "day", "fewer"), FEWER)
def test_what_has_no_day_may_not_all_be_owed_once_somebody_left_or_it_ended(
    lines: tuple[str, ...], day: str, fewer: bool
) -> None:
    record = with_lines(RECORD, lines, LAW, LAW.defaults)
    assert undated(question(date.fromisoformat(day), record=record)).fewer is fewer
