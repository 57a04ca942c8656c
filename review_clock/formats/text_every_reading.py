"""What a scenario comes to under every reading → text for a terminal; and one fact of a course in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from review_clock.formats.tables import paragraph
from review_clock.law.position import ReviewAhead
from review_clock.law.readings import Meaning
from review_clock.law.under_readings import Choice
from review_clock.questions.every_reading import FACTS, EveryReading, Move, Outcome, Result, Under
from review_clock.words.acts import assumed
from review_clock.words.headline import listed
from review_clock.words.phrases import review_text
from review_clock.words.wording import Wording, capital


def fact_text(fact: str, value: Any, words: Wording) -> str:
    """One fact of a course in words."""
    if fact == "in_force":
        return words("course.yes" if value else "course.no")
    if fact == "phase":
        return words(f"phase.{value}")
    if fact == "end_cause":
        return words(f"course.{value}") if value else words("course.none")
    if fact == "parties":
        return words.parties(value) or words("course.none")
    if fact in ("extended_on", "last_day_to_rescind"):
        return ", ".join(day.isoformat() for day in value) or words("course.none")
    if isinstance(value, ReviewAhead):
        return review_text(value, words, value.date.isoformat())
    return value.isoformat() if isinstance(value, date) else words("course.none")


def _refused_text(outcome: Outcome, words: Wording) -> str:
    assert outcome.refused is not None
    why = f"{words(outcome.refused.key)} ({words.cite(outcome.refused.provision)})"
    line = outcome.refused.line
    return f"{assumed(line, words)}{words.colon} {why}" if line else why


def _fact_lines(outcome: Outcome, facts: Iterable[str], words: Wording) -> list[str]:
    named = [(words(f"course.{fact}"), fact_text(fact, getattr(outcome, fact), words)) for fact in facts]
    return [paragraph(f"{name}{words.colon} {value}", "       ", "     ") for name, value in named]


def _box_text(box: Under, means: Mapping[Choice, Meaning], words: Wording) -> str:
    """A set of combinations: what each reading in it means, its values as alternatives."""
    said = []
    for key, values in box.items():
        of_key = [means[key, value] for value in values]
        said.append(f"{listed([words.said(each.words) for each in of_key], words, 'or')} ({of_key[0].number})")
    return listed(said, words)


def _under_lines(under: Iterable[Under], means: Mapping[Choice, Meaning], words: Wording) -> list[str]:
    starts = [words("whatif.under"), words("whatif.or")]
    told = [
        f"{starts[min(place, 1)]} {_box_text(box, means, words)}" if box else words("whatif.any_reading")
        for place, box in enumerate(under)
    ]
    return [paragraph(each, "         ", "     ") for each in told]


def _result_text(place: int, row: Result, every: EveryReading, words: Wording) -> str:
    chosen = every.chosen
    head = f"{place}. {words.count('combinations', row.combinations)}"
    head += f" ({words('whatif.every_chosen')})" if row.chosen else ""
    facts = [fact for fact in FACTS if fact != "refused"]
    if row.outcome.refused is not None:
        told = [paragraph(f"{words('whatif.every_refused')} {_refused_text(row.outcome, words)}", "     ")]
    elif row.chosen or chosen.refused is not None:
        told = _fact_lines(row.outcome, facts, words)
    else:
        others = [fact for fact in facts if getattr(row.outcome, fact) != getattr(chosen, fact)]
        told = [paragraph(words("whatif.every_as_chosen"), "     "), *_fact_lines(row.outcome, others, words)]
    return "\n".join([paragraph(head, "   ", " "), *told, *_under_lines(row.under, every.means, words)])


def _moved_text(fact: str, outcome: Outcome, words: Wording) -> str:
    """One fact on one side of a move."""
    if fact == "refused":
        return words("whatif.refused" if outcome.refused else "whatif.allowed")
    return fact_text(fact, getattr(outcome, fact), words)


def _move_text(move: Move, means: Mapping[Choice, Meaning], words: Wording) -> str:
    head = words.meaning(means[move.choice])
    if move.together:
        others = listed([words.meaning(means[choice]) for choice in move.together], words)
        head += f", {words('whatif.together', readings=others)}"
    lines = [paragraph(capital(head), "    ", "  ")]
    for fact in move.facts:
        name = "" if fact == "refused" else f"{words(f'course.{fact}')}{words.colon} "
        change = f"{_moved_text(fact, move.before, words)} → {_moved_text(fact, move.after, words)}"
        lines.append(paragraph(name + change, "      ", "    "))
    return "\n".join(lines)


def every_reading_text(every: EveryReading, words: Wording) -> str:
    """What a scenario comes to under every combination of readings that matters, and which reading moves what."""
    counts = {
        "readings": words.count("readings", len(every.matter)),
        "combinations": words.count("combinations", every.combinations),
    }
    head = words("whatif.every", **counts) if every.matter else words("whatif.every_none")
    parts = [paragraph(head), *(_result_text(n, row, every, words) for n, row in enumerate(every.rows, 1))]
    if every.moves:
        moves = "\n".join(_move_text(move, every.means, words) for move in every.moves)
        parts.append(f"{words('whatif.moves_title')}{words.colon}\n{moves}")
    return "\n\n".join(parts) + "\n"
