"""Any answer in one of two forms: as the JSON document of the contract, or as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from review_clock.deadlines.deadline import Deadline
from review_clock.formats import (
    json_explore,
    json_odds,
    json_scenarios,
    json_sensitivity,
    json_writer,
    text_comparison,
    text_explore,
    text_odds,
    text_outlook,
    text_sensitivity,
)
from review_clock.formats.tables import paragraph
from review_clock.formats.text_deadlines import deadlines_text
from review_clock.formats.text_every_reading import every_reading_text
from review_clock.formats.text_learned import learned_text
from review_clock.formats.text_proceedings import proceedings_text
from review_clock.formats.text_status import status_text
from review_clock.futures.explore import Exploration
from review_clock.futures.odds import Asked
from review_clock.futures.outlook import Outlook
from review_clock.futures.solve import Solution
from review_clock.futures.sweep import Sweep
from review_clock.futures.tornado import Tornado
from review_clock.questions.answer import Answer
from review_clock.questions.compare import Comparison
from review_clock.questions.every_reading import EveryReading
from review_clock.questions.learned import Learned
from review_clock.questions.proceedings import Proceedings
from review_clock.questions.question import Question
from review_clock.words.headline import headline
from review_clock.words.wording import Wording, wording

_FORMS: Final[tuple[tuple[type, Callable[[Any, Wording], Any], Callable[[Any, Wording], str]], ...]] = (
    (Question, lambda question, words: json_writer.document(question.status, words), status_text),
    (Answer, json_writer.document, lambda answer, words: paragraph(headline(answer, words).paragraph)),
    (Exploration, json_explore.exploration_document, text_explore.explore_text),
    (Sweep, json_sensitivity.sweep_document, text_sensitivity.sensitivity_text),
    (Solution, json_sensitivity.solution_document, text_sensitivity.sensitivity_text),
    (Tornado, json_sensitivity.tornado_document, text_sensitivity.sensitivity_text),
    (Asked, json_odds.odds_document, text_odds.odds_text),
    (Outlook, json_odds.outlook_document, text_outlook.outlook_text),
    (Comparison, json_scenarios.comparison_document, text_comparison.comparison_text),
    (EveryReading, json_scenarios.every_reading_document, every_reading_text),
    (Learned, json_writer.document, learned_text),
    (Proceedings, json_writer.document, proceedings_text),
    (Deadline, json_writer.document, lambda deadline, words: deadlines_text((deadline,), words)),
)
"""A kind of answer, its JSON document, its text; a question stands for its status."""


def document(answer: Any, lang: str = "en") -> Any:
    """Any answer as JSON has it: mappings, lists, texts in `lang` (en, es, fr), numbers; a day is ISO 8601.

    That of a question is the document of `status --format json`. Raises `Error` for another language.
    """
    made = next((made for kind, made, _ in _FORMS if isinstance(answer, kind)), json_writer.document)
    return made(answer, wording(lang))


def say(answer: Any, lang: str = "en") -> str:
    """An answer in words, 80 columns wide: a question (its status), an `Answer`, deadlines, a comparison, and so on.

    `lang` is en, es or fr. Raises `Error` for another language, `TypeError` for what has no text of its own.
    """
    if isinstance(answer, tuple) and all(isinstance(each, Deadline) for each in answer):
        return deadlines_text(answer, wording(lang))
    for kind, _, told in _FORMS:
        if isinstance(answer, kind):
            return told(answer, wording(lang))
    raise TypeError(f"{type(answer).__name__} has no text of its own (accepted: a question, deadlines, a comparison)")
