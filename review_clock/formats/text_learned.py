"""What was learned between two days → text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from review_clock.formats.tables import paragraph
from review_clock.questions.answer import Answer
from review_clock.questions.learned import Learned, LearnedDate
from review_clock.words.headline import headline
from review_clock.words.learned import certainty_text, days_text, why_texts
from review_clock.words.wording import Wording


def _known(answer: Answer, words: Wording) -> str:
    known = answer.known_on or answer.as_of
    return words("diff.known", known=words.day(known), day=words.day(answer.as_of))


def _position(found: Learned, words: Wording) -> Iterator[str]:
    if found.same_position:
        yield paragraph(f"{words('diff.same_position')} {headline(found.after, words).paragraph}")
        return
    for answer in (found.before, found.after):
        yield paragraph(f"{_known(answer, words)}{words.colon} {headline(answer, words).paragraph}")


def _line(row: LearnedDate, words: Wording) -> str:
    title = paragraph(f"{words(f'diff.{row.what}')}{words.colon} {words.said(row.title)} [{row.id}]", "  ", "")
    days = f"{days_text(row, words, date.isoformat)} ({certainty_text(row, words)})"
    told = (days, *why_texts(row, words, date.isoformat))
    return "\n".join([title, *(paragraph(text, "    ", "  ") for text in told)])


def learned_text(found: Learned, words: Wording) -> str:
    """From which day to which, the position, each date that differs with what made it so, and the entries."""
    parts = [paragraph(words("diff.title", first=_known(found.before, words), second=_known(found.after, words)))]
    parts += _position(found, words)
    parts += [_line(row, words) for row in found.dates] or [words("diff.none")]
    for key in ("added", "taken_back"):
        ids = getattr(found, key)
        if ids:
            parts.append(paragraph(words(f"diff.{key}", ids=", ".join(ids))))
    parts.append(words("status.disclaimer"))
    return "\n\n".join(parts) + "\n"
