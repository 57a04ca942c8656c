"""Two years of a feed, as its subscribers meet them: entries added, moved, taken back and replaced, a release of ours.

Each step is a record, a law and the words of a day; `read` is what happened, for whoever reads a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from review_clock.feeds.calendar import Carried, contents, news_day
from review_clock.feeds.definition import shipped
from review_clock.feeds.events import Events
from review_clock.files import parsed
from review_clock.law.law import Law
from review_clock.questions.question import Question
from review_clock.record.ledger import Record, from_table, merged
from review_clock.words.wording import Wording
from tests.frozen import LAW, RECORD

FEEDS: Final = shipped(LAW)
BEGIN: Final = date(2026, 11, 30)
"""After the last release of ours, so that the next one is later."""


def entry(identity: str, day: date, act: str, text: str = "News.") -> str:
    """An entry of the record, as a user's file has it."""
    source = '[[event.source]]\ntitle = "Press"\n'
    return f'[[event]]\nid = "{identity}"\non = {day}\n{act}\ntext = "{text}"\n{source}'


def taken_back(identity: str, day: date, by: str = "") -> str:
    """That an entry was taken back, and by which one it is replaced."""
    replaced = f'replaced_by = "{by}"\n' if by else ""
    return f'[[retracted]]\nid = "{identity}"\non = {day}\nreason = "It was wrong."\n{replaced}'


def _set(identity: str, day: date, review: date) -> str:
    return entry(identity, day, f'act = "review_scheduled"\nday = {review}', f"The review is on {review}.")


WRONG, SECOND, THIRD = date(2026, 12, 10), date(2027, 1, 11), date(2027, 2, 15)
NEWS: Final = (
    ("begin", BEGIN, ""),
    ("a wrong day for the review", WRONG, _set("own-wrong", WRONG, date(2027, 6, 15))),
    ("it is taken back", date(2026, 12, 14), taken_back("own-wrong", date(2026, 12, 14))),
    ("a day for the review", SECOND, _set("own-second", SECOND, date(2027, 6, 10))),
    (
        "another day replaces it",
        THIRD,
        _set("own-third", THIRD, date(2027, 6, 24)) + taken_back("own-second", THIRD, "own-third"),
    ),
    ("a notice", date(2027, 3, 1), entry("own-notice", date(2027, 3, 1), 'act = "withdrawal_notice"\nparty = "us"')),
    (
        "the notice is rescinded",
        date(2027, 4, 12),
        entry("own-back", date(2027, 4, 12), 'act = "withdrawal_rescinded"\nparty = "us"'),
    ),
    ("a release of ours", date(2027, 5, 3), ""),
    (
        "an extension",
        date(2027, 6, 24),
        "".join(
            entry(f"own-{p}", date(2027, 6, 24), f'act = "confirmation"\nparty = "{p}"') for p in ("ca", "mx", "us")
        ),
    ),
    ("a note", date(2028, 10, 2), entry("own-note", date(2028, 10, 2), 'act = "note"')),
)
RELEASE: Final = date(2027, 5, 3)
_REPORT: Final = 'id = "us.611.annual-report"\n'


def _released(law: Law) -> Law:
    """The law after a correction of ours: the text of a duty, and the days of another."""
    correction = f"""revised = [{{ on = {RELEASE}, what = "The days were counted wrongly." }}]\n"""
    texts = dict(law.texts)
    before, found, after = texts["deadlines.toml"].partition(_REPORT)
    assert found
    after = after.replace("offset = [{ days = -70 }]", "offset = [{ days = -60 }]", 1)
    texts["deadlines.toml"] = before + found + correction + after.replace("at least 70 days", "at least 60 days", 1)
    return Law(texts=tuple(texts.items()))


class _Reworded(Wording):
    """The words of the release: one of the lines that every event has is another."""

    def __init__(self, lang: str) -> None:
        super().__init__(lang)
        words: dict[str, Any] = self._words
        feed = {**words["feed"], "disclaimer": "This is a calendar, and no legal advice."}
        self._words = {**words, "feed": feed, "texts_revised": RELEASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A state of record, law and words, and the feeds made of it."""

    what: str
    day: date
    question: Question
    words: Wording

    def feed(self, name: str) -> Carried:
        """A feed of the step."""
        asked, definition = self.question, FEEDS[name]
        chosen = contents(definition, asked.all_deadlines, asked.record, asked.as_of)
        events = Events(asked.law, asked.record, self.words, "")
        return Carried(definition=definition, chosen=chosen, events=events, answer=asked.status.answer)


def steps(*left_out: str) -> Iterator[Step]:
    """The steps of the two years, those named in `left_out` passed over: a subscriber may have missed them."""
    told, law, words = "", LAW, Wording("en")
    for what, day, news in NEWS:
        told += news
        if day == RELEASE:
            law, words = _released(LAW), _Reworded("en")
        if what in left_out:
            continue
        record: Record = merged([RECORD, from_table(parsed(told, "mine.toml"))]).as_known_on(day)
        as_of = news_day(record, day, law)
        asked = Question(law=law, record=record, as_of=as_of, readings=law.defaults)
        yield Step(what=what, day=day, question=asked, words=words)
