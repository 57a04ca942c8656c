"""A comparison of scenarios → text for a terminal, Markdown and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from review_clock.formats.tables import markdown, paragraph, spreadsheet_safe, table
from review_clock.formats.text_scenarios import fact_text
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.compare import Column, Comparison, Spell
from review_clock.timeline.unfold import LAST_DAY
from review_clock.words.acts import all_assumed, titled
from review_clock.words.headline import headline
from review_clock.words.knowledge import known_lines
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


def _fact(name: str) -> Callable[[Column, Wording], str]:
    return lambda column, words: fact_text(name, getattr(column.course, name), words)


def _provision(column: Column, words: Wording) -> str:
    return words.cite(column.course.provision)


def _next_review(column: Column, words: Wording) -> str:
    day = fact_text("next_review", column.course.next_review.date if column.course.next_review else None, words)
    return f"{day} ({words(f'review_kind.{column.course.next_review.kind}')})" if column.course.next_review else day


def _extensions(column: Column, words: Wording) -> str:
    rows = [(each.on.isoformat(), each.term_end.isoformat()) for each in column.course.extensions]
    return "\n".join(words("course.new_term", day=day, end=end) for day, end in rows) or words("course.none")


def _departures(column: Column, words: Wording) -> str:
    rows = [(words.party(each.party), each.on.isoformat()) for each in column.course.departures]
    return "\n".join(f"{party}{words.colon} {day}" for party, day in rows) or words("course.none")


def _last_day(column: Column, words: Wording) -> str:
    if column.course.last_day is None:
        return words("course.not_before", day=LAST_DAY.isoformat())
    return column.course.last_day.isoformat()


FACTS: Final[tuple[tuple[str, Callable[[Column, Wording], str]], ...]] = (
    ("compare.standing", _standing),
    ("compare.title", _title),
    ("compare.assumed", _assumed),
    ("compare.leaves_record", _leaves),
    ("course.in_force", _fact("in_force")),
    ("course.phase", _fact("phase")),
    ("course.provision", _provision),
    ("course.next_review", _next_review),
    ("course.next_six_year_review", _fact("next_six_year_review")),
    ("course.annual_ahead", lambda column, words: words.number(column.course.annual_reviews.ahead)),
    ("course.annual_in_all", lambda column, words: words.number(column.course.annual_reviews.in_all)),
    ("course.extended_on", _extensions),
    ("course.departures", _departures),
    ("course.term_end", _fact("term_end")),
    ("course.last_day", _last_day),
    ("course.end_cause", _fact("end_cause")),
)
"""The rows of the table, by the key of their name in the words files: what each says of a column."""


def _codes(parties: Iterable[Party], words: Wording) -> str:
    return " ".join(parties) or words("course.none")


def _years(spell: Spell) -> str:
    return str(spell.first) if spell.first == spell.last else f"{spell.first}–{spell.last}"


def _rows(comparison: Comparison, places: Sequence[int], words: Wording) -> list[list[str]]:
    """The rows of the table for the columns at `places`; a fact that is empty in every column is left out."""
    columns = [comparison.columns[place] for place in places]
    none = words("course.none")
    rows = [[words(key), *(tell(column, words) for column in columns)] for key, tell in FACTS]
    rows = [row for row in rows if set(row[1:]) != {none}]
    for spell in comparison.spells:
        name = words("course.bound", years=_years(spell))
        rows.append([name, *(_codes(spell.bound[place], words) for place in places)])
    return rows


def _headings(comparison: Comparison, places: Iterable[int], words: Wording) -> list[str]:
    names = [comparison.columns[place].name or words("compare.record") for place in places]
    return [words("compare.fact"), *names]


def _notes(comparison: Comparison, words: Wording) -> list[str]:
    notes = []
    if any(column.taken_in_silence for column in comparison.columns):
        notes.append(words("compare.silence"))
    changed = "; ".join(map(words.meaning, comparison.readings_chosen))
    if changed:
        notes.append(f"{words('status.readings')}{words.colon} {changed}")
    notes += known_lines(comparison.as_of, comparison.known_on, words)
    return [*notes, words("status.disclaimer")]


def _intro(comparison: Comparison, words: Wording) -> str:
    return words("compare.intro", day=words.day(comparison.as_of))


def _heads(comparison: Comparison, words: Wording) -> list[str]:
    """What each column comes to, in a line."""
    names = _headings(comparison, range(len(comparison.columns)), words)[1:]
    titles = [headline(column.answer, words).title for column in comparison.columns]
    return [f"{name}{words.colon} {title}" for name, title in zip(names, titles, strict=True)]


def comparison_text(comparison: Comparison, words: Wording) -> str:
    """Scenarios side by side, so many abreast as a terminal holds."""
    heads = (paragraph(each, "    ", "  ") for each in _heads(comparison, words))
    parts = [paragraph(_intro(comparison, words)), "\n".join(heads)]
    for first in range(0, len(comparison.columns), ABREAST):
        places = range(len(comparison.columns))[first : first + ABREAST]
        width = 60 // len(places) - 2
        headings = _headings(comparison, places, words)
        parts.append(table(headings, _rows(comparison, places, words), (18, *(width for _ in places))))
    return "\n\n".join([*parts, *(paragraph(note) for note in _notes(comparison, words))]) + "\n"


def comparison_markdown(comparison: Comparison, words: Wording) -> str:
    """Scenarios side by side in Markdown."""
    places = range(len(comparison.columns))
    text = markdown(_headings(comparison, places, words), _rows(comparison, places, words))
    heads = "\n".join(f"- {each}" for each in _heads(comparison, words))
    return "\n\n".join([_intro(comparison, words), heads, text, *_notes(comparison, words)])


def comparison_csv(comparison: Comparison, words: Wording) -> str:
    """The comparison as CSV (RFC 4180), a row a scenario, with the JSON's names as headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for place, column in enumerate(comparison.columns):
        row = _csv_row(comparison, column, words)
        if place == 0:
            writer.writerow(row)
        writer.writerow([spreadsheet_safe(cell) for cell in row.values()])
    return out.getvalue()


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
