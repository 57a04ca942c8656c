"""The status page: the answer first."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from review_clock.site.answers import Answers, is_ahead
from review_clock.site.rendering import rendered
from review_clock.wording import Wording

TWELVE_MONTHS: Final = timedelta(days=366)


def status_page(answer: Answers, words: Wording) -> bytes:
    """In force or not, until when, what comes next, who stands where, and the next twelve months."""
    until = answer.as_of + TWELVE_MONTHS
    upcoming = [each for each in answer.deadlines if answer.as_of <= each.day <= until and is_ahead(each)]
    return rendered("status.html", answer, words, "index.html", upcoming=upcoming).encode("utf-8")
