"""What is refused, in three languages. The core says it in English; templates/words/errors.toml has each of its phrases
by the form it was made of, and is read only where something is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from review_clock.files import BadData, Error, Phrase, Table, Texts, parsed
from review_clock.law.chapter_34 import CONTRADICTIONS, REFUSALS, NotProvidedFor
from review_clock.scenarios.assume import NotAssumable
from review_clock.words.wording import Wording, text_of_words, wording


def load(root: Table) -> Mapping[str, Texts]:
    """The phrases of a parsed errors.toml, by their English form. Raises `BadData`."""
    found: dict[str, Texts] = {}
    for table in root.tables("phrase"):
        texts = Texts(*(table.string(lang) for lang in ("en", "es", "fr")))
        if texts.en in found:
            raise table.wrong("en", Phrase("{value} stands twice", value=texts.en), "each phrase once")
        found[texts.en] = texts
        table.finish()
    root.finish()
    return found


def _refusals() -> Iterator[tuple[str, Texts]]:
    for row in (*REFUSALS, *CONTRADICTIONS):
        yield row.why, Texts(*(wording(lang)(f"refusal.{row.key}") for lang in ("en", "es", "fr")))


@cache
def _phrases() -> Mapping[str, Texts]:
    return {**load(parsed(text_of_words("errors"), "errors.toml")), **dict(_refusals())}


def phrase(text: str, words: Wording) -> str:
    """A phrase of the core in this language; what has no other form is said as it is."""
    form = getattr(text, "form", str(text))
    if words.lang != "en" and form in _phrases():
        form = words.said(_phrases()[form])
    values = getattr(text, "values", {})
    return form.format(**{name: _value(value, words) for name, value in values.items()}) if values else form


def _value(value: Any, words: Wording) -> Any:
    if isinstance(value, Error):
        return error_text(value, words)
    return phrase(value, words) if isinstance(value, Phrase) else value


def what_is_wrong(error: Error, words: Wording) -> str:
    """What is wrong, what is accepted, and what was meant, without the place."""
    said, close = phrase(error.wrong, words), getattr(error.accepted, "close", "")
    if error.accepted:
        said += f" ({phrase('accepted', words)}{words.colon} {phrase(error.accepted, words)})"
    return said + (f"; {phrase(Phrase('did you mean {word}?', word=close), words)}" if close else "")


def error_text(error: Error, words: Wording) -> str:
    """What is refused, in one line."""
    if isinstance(error, NotAssumable):
        return words.not_assumable(error)
    if isinstance(error, NotProvidedFor):
        return words.not_provided_for(error)
    said = what_is_wrong(error, words)
    return f"{error.where}{words.colon} {said}" if isinstance(error, BadData) else said
