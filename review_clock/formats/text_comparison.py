"""A comparison of scenarios → its parts, for a terminal and Markdown, and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from review_clock.formats.parts import Grid, Items, Lines, Part, as_text
from review_clock.formats.tables import csv_of_rows
from review_clock.formats.text_every_reading import fact_text
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.compare import Column, Comparison, Spell
from review_clock.timeline.course import Course
from review_clock.timeline.unfold import LAST_DAY
from review_clock.words.acts import all_assumed, titled
from review_clock.words.headline import headline
from review_clock.words.knowledge import how_far, known_lines
from review_clock.words.wording import Wording

ABREAST: Final = 3
"""Columns that stand side by side on a terminal; more go below."""


def _title(column: Column, words: Wording) -> str:
    read = f" ({'; '.join(map(words.meaning, column.readings_chosen))})" if column.readings_chosen else ""
    return (titled(column.title, column.lines, words) or words("compare.record_title")) + read


def _standing(column: Column, words: Wording) -> str:
    return words("compare.hypothesis" if column.hypothesis else "compare.fact_of_record")


def _assumed(column: Column, words: Wording) -> str:
    return "\n".join(all_assumed(column.lines, words)) or words("scenarios.nothing")


def _leaves(column: Column, words: Wording) -> str:
    return column.departs_on.isoformat() if column.departs_on else words("course.none")


def _fact(name: str) -> Callable[[Course, Wording], str]:
    return lambda course, words: fact_text(name, getattr(course, name), words)


def _next_review(course: Course, words: Wording) -> str:
    day = fact_text("next_review", course.next_review, words)
    said = f"{day}, {words(f'review_kind.{course.next_review.kind}')}" if course.next_review else day
    return words("status.amended", value=said) if course.next_review and course.next_review.amended else said


def _term_end(course: Course, words: Wording) -> str:
    said = fact_text("term_end", course.term_end, words)
    return words("status.amended", value=said) if course.end_amended else said


def _extensions(course: Course, words: Wording) -> str:
    rows = [(each.on.isoformat(), each.term_end.isoformat()) for each in course.extensions]
    return "\n".join(words("course.new_term", day=day, end=end) for day, end in rows) or words("course.none")


def _departures(course: Course, words: Wording) -> str:
    rows = [(words.party(each.party), each.on.isoformat()) for each in course.departures]
    return "\n".join(f"{party}{words.colon} {day}" for party, day in rows) or words("course.none")


def _last_day(course: Course, words: Wording) -> str:
    if course.last_day is None:
        return words("course.not_before", day=LAST_DAY.isoformat())
    return course.last_day.isoformat()


ASSUMED: Final[tuple[tuple[str, Callable[[Column, Wording], str]], ...]] = (
    ("compare.standing", _standing),
    ("compare.title", _title),
    ("compare.assumed", _assumed),
    ("compare.leaves_record", _leaves),
)
"""The rows on what a column assumes, by the key of their name in the words files: what each says of it."""

COURSE: Final[Mapping[str, Callable[[Course, Wording], str]]] = {
    "course.in_force": _fact("in_force"),
    "course.phase": _fact("phase"),
    "course.provision": lambda course, words: words.cite(course.provision),
    "course.next_review": _next_review,
    "course.next_six_year_review": _fact("next_six_year_review"),
    "course.annual_ahead": lambda course, words: words.number(course.annual_reviews.ahead),
    "course.annual_in_all": lambda course, words: words.number(course.annual_reviews.in_all),
    "course.extended_on": _extensions,
    "course.departures": _departures,
    "course.term_end": _term_end,
    "course.last_day": _last_day,
    "course.end_cause": _fact("end_cause"),
}
"""The rows on what becomes of the Agreement: what each says of a course."""

Row = tuple[str, ...]
"""A name, and what is said under it of each side."""


def said(rows: Iterable[Row], words: Wording) -> list[Row]:
    """The rows that say something of one side at least; a side of which nothing is said has a dash."""
    none = words("course.none")
    told = [(name, *(value or none for value in values)) for name, *values in rows]
    return [row for row in told if set(row[1:]) != {none}]


def beside(sides: Sequence[str], rows: Sequence[Row], words: Wording) -> Grid:
    """A fact a row, a side a column."""
    return Grid([words("compare.fact"), *sides], rows, (20, *[60 // len(sides) - 2] * len(sides)))


def _codes(parties: Iterable[Party], words: Wording) -> str:
    return " ".join(parties) or words("course.none")


def _years(spell: Spell) -> str:
    return str(spell.first) if spell.first == spell.last else f"{spell.first}–{spell.last}"


def _grid(comparison: Comparison, places: range, words: Wording) -> Grid:
    """The table of the columns at `places`."""
    columns = [comparison.columns[place] for place in places]
    rows: list[Row] = [(words(key), *(tell(column, words) for column in columns)) for key, tell in ASSUMED]
    rows += [(words(key), *(tell(column.course, words) for column in columns)) for key, tell in COURSE.items()]
    bound: list[Row] = [
        (words("course.bound", years=_years(spell)), *(_codes(spell.bound[place], words) for place in places))
        for spell in comparison.spells
    ]
    return beside([_name(column, words) for column in columns], [*said(rows, words), *bound], words)


def _name(column: Column, words: Wording) -> str:
    return column.name or words("compare.record")


def _notes(comparison: Comparison, words: Wording) -> list[str]:
    notes = []
    if any(column.taken_in_silence for column in comparison.columns):
        notes.append(words("compare.silence"))
    changed = "; ".join(map(words.meaning, comparison.readings_chosen))
    if changed:
        notes.append(f"{words('status.readings')}{words.colon} {changed}")
    if comparison.beyond_record:
        notes.append(how_far(comparison.verified_on, words))
    notes += known_lines(comparison.as_of, comparison.known_on, words)
    return [*notes, words("status.disclaimer")]


def comparison_parts(comparison: Comparison, words: Wording, abreast: int = ABREAST) -> list[Part]:
    """Scenarios side by side: what each comes to in a line, and the table, so many `abreast`."""
    columns = comparison.columns
    heads = [f"{_name(each, words)}{words.colon} {headline(each.answer, words).title}" for each in columns]
    places = range(len(columns))
    return [
        Items(words("compare.intro", day=words.day(comparison.as_of)), heads),
        *(_grid(comparison, places[first : first + abreast], words) for first in places[::abreast]),
        *(Lines([note]) for note in _notes(comparison, words)),
    ]


def comparison_text(comparison: Comparison, words: Wording) -> str:
    """Scenarios side by side, for a terminal."""
    return as_text(comparison_parts(comparison, words))


def comparison_csv(comparison: Comparison, words: Wording) -> str:
    """The comparison as CSV (RFC 4180), a row a scenario, with the JSON's names as headings."""
    return csv_of_rows(_csv_row(comparison, column, words) for column in comparison.columns)


def _csv_row(comparison: Comparison, column: Column, words: Wording) -> dict[str, str]:
    course = column.course
    days = {
        "next_review": course.next_review.date if course.next_review else None,
        "next_six_year_review": course.next_six_year_review,
    }
    ends = {"term_end": course.term_end, "last_day": course.last_day}
    return {
        "name": column.name or "record",
        "title": _title(column, words),
        "hypothesis": str(column.hypothesis).lower(),
        "assumed": "; ".join(column.lines),
        "leaves_record_on": column.departs_on.isoformat() if column.departs_on else "",
        "as_of": comparison.as_of.isoformat(),
        **({"known_on": comparison.known_on.isoformat()} if comparison.known_on else {}),
        "in_force": str(course.in_force).lower(),
        "phase": course.phase,
        "provision": course.provision,
        "parties": " ".join(course.parties),
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        "annual_reviews_ahead": str(course.annual_reviews.ahead),
        "annual_reviews_in_all": str(course.annual_reviews.in_all),
        "extended_on": "; ".join(each.on.isoformat() for each in course.extensions),
        "departures": "; ".join(f"{each.party} {each.on.isoformat()}" for each in course.departures),
        **{name: day.isoformat() if day else "" for name, day in ends.items()},
        "end_cause": course.end_cause,
        **{f"bound_{year}": " ".join(parties) for year, parties in zip(comparison.years, column.bound, strict=True)},
    }
