"""What is assumed → parts of an answer: the position by the record alone and under the hypothesis, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from review_clock.formats.parts import Facts, Lines, Part
from review_clock.formats.text_comparison import COURSE, Row, beside, said
from review_clock.formats.text_hypothesis import differences_parts, moments_parts, set_aside_parts
from review_clock.formats.text_status import caveats, head, hypothesis, position_rows, readings_row
from review_clock.questions.question import Question
from review_clock.words.wording import Wording

AHEAD: Final = ("course.extended_on", "course.last_day", "course.end_cause")
"""What is said of the whole course, once all that is assumed is done."""


def _rows(question: Question, words: Wording) -> list[Row]:
    sides = question.recorded, question
    ahead = AHEAD if question.as_assumed is question else ()
    columns = (
        [*position_rows(side, words), *((words(key), COURSE[key](side.course, words)) for key in ahead)]
        for side in sides
    )
    return said([(name, before, after) for (name, before), (_, after) in zip(*columns, strict=True)], words)


def _on_the_day(question: Question, words: Wording, brief: bool) -> Iterator[Part]:
    """The position on a day, before and after; rows that differ have a mark, and `brief` gives no others."""
    rows, day = _rows(question, words), words.day(question.as_of)
    differ = [before != after for _, before, after in rows]
    if not any(differ):
        yield Lines([words("whatif.same", day=day)])
        if not brief:
            yield Facts([(name, before) for name, before, _ in rows])
        return
    marked: list[Row] = [
        (f"* {name}" if other else name, before, after)
        for (name, before, after), other in zip(rows, differ, strict=True)
        if other or not brief
    ]
    yield Lines([words("whatif.beside", day=day)])
    yield beside([words("compare.record"), words("compare.hypothesis")], marked, words)


def whatif_parts(question: Question, words: Wording, brief: bool = False) -> list[Part]:
    """What is assumed, the answer in sentences, the position before and after when all of it is done and on the day,
    how far the record goes, the timeline, and the deadlines that change; `brief` gives what differs, and how many."""
    asked = [question] if question.as_assumed is question else [question.as_assumed, question]
    parts = [*hypothesis(question.status, words), *head(question, words)]
    parts += [part for each in asked for part in _on_the_day(each, words, brief)]
    name, read = readings_row(question, words)
    parts += [Lines([f"{name}{words.colon} {read}"])] if read else []
    parts += [Lines(caveats(question, words))]
    if not brief:
        assert question.scenario is not None
        parts += [*set_aside_parts(question.scenario, words), *moments_parts(question.timeline, words)]
    return [*parts, *differences_parts(question.changes, words, brief)]
