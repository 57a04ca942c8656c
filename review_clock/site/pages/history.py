"""The page of the record: what has happened, newest first, and the dates that others announced or expect."""

from __future__ import annotations

from itertools import groupby

from review_clock.formats.text_ledger import retraction_text
from review_clock.law.acts_and_lapses import Note, name_of
from review_clock.record.entries import Entry
from review_clock.site.material import Material
from review_clock.site.rendering import rendered
from review_clock.words.proceedings import days_text, state_text
from review_clock.words.wording import Wording


def _act(entry: Entry) -> str:
    """The name of the act; a mere note is none."""
    return "" if isinstance(entry.act, Note) else name_of(type(entry.act))


def history_page(material: Material, words: Wording) -> bytes:
    """Every event with its sources, newest first, by year; before them the dates announced and the proceedings."""
    history = material.question.history
    page = rendered(
        "history.html",
        material,
        words,
        "history.html",
        years=[(year, list(each)) for year, each in groupby(history.events[::-1], key=lambda event: event.on.year)],
        announced=history.announced[::-1],
        amendments=history.amendments[::-1],
        retracted=[each for each in history.retracted if each.row is not None],
        retraction=lambda each: retraction_text(each, words),
        act_of=_act,
        proceedings=material.question.proceedings.proceedings,
        step_days=lambda day: days_text(day, words, words.day),
        step_state=lambda step: state_text(step, words, words.day),
        deadlines=material.by_id,
    )
    return page.encode("utf-8")
