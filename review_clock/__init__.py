"""The deadline engine for the USMCA (CUSMA, T-MEC, ACEUM) joint review, as a library.

    import review_clock as rc
    from datetime import date

    question = rc.ask(date(2026, 11, 24))
    question.answer, question.deadlines(jurisdiction="us", within=90), question.explain("us.611.annual-report")
    later = question.assume("2029-03-15 all confirm")
    later.answer, later.changes, later.under(extension_runs_from="term_end").course

A question is frozen and keeps its answer; what is not asked for is neither worked out nor imported. A calendar, not
legal advice.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.3.0"

if TYPE_CHECKING:
    from review_clock.deadlines.deadline import Deadline as Deadline
    from review_clock.feeds.calendar import feed as feed
    from review_clock.files import BadData as BadData
    from review_clock.files import Error as Error
    from review_clock.formats.answers import document as document
    from review_clock.formats.answers import say as say
    from review_clock.formats.cited import cite as cite
    from review_clock.formats.memo import memo as memo
    from review_clock.futures.explore import explore as explore
    from review_clock.futures.odds import odds as odds
    from review_clock.futures.outlook import outlook as outlook
    from review_clock.futures.solve import solve as solve
    from review_clock.futures.sweep import sweep as sweep
    from review_clock.futures.tornado import tornado as tornado
    from review_clock.law.chapter_34 import NotProvidedFor as NotProvidedFor
    from review_clock.law.counting import BeyondTheCalendar as BeyondTheCalendar
    from review_clock.law.law import Law as Law
    from review_clock.questions.answer import Answer as Answer
    from review_clock.questions.compare import compare as compare
    from review_clock.questions.every_reading import every_reading as every_reading
    from review_clock.questions.learned import diff as diff
    from review_clock.questions.question import Question as Question
    from review_clock.questions.question import ask as ask
    from review_clock.questions.status import Status as Status
    from review_clock.record.ledger import Record as Record
    from review_clock.scenarios.assume import NotAssumable as NotAssumable
    from review_clock.site.build import build as build

_HOME: Final = {
    "ask": "questions.question",
    "Question": "questions.question",
    "Answer": "questions.answer",
    "Status": "questions.status",
    "Deadline": "deadlines.deadline",
    "Law": "law.law",
    "Record": "record.ledger",
    "compare": "questions.compare",
    "every_reading": "questions.every_reading",
    "diff": "questions.learned",
    "explore": "futures.explore",
    "outlook": "futures.outlook",
    "odds": "futures.odds",
    "sweep": "futures.sweep",
    "solve": "futures.solve",
    "tornado": "futures.tornado",
    "document": "formats.answers",
    "say": "formats.answers",
    "memo": "formats.memo",
    "cite": "formats.cited",
    "feed": "feeds.calendar",
    "build": "site.build",
    "Error": "files",
    "BadData": "files",
    "NotProvidedFor": "law.chapter_34",
    "NotAssumable": "scenarios.assume",
    "BeyondTheCalendar": "law.counting",
}
"""Every public name, and the module that it lives in: loaded when it is first asked for."""

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
