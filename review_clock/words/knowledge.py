"""What an answer says of what was known: of which day, how far it was verified, and what has been corrected since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.law.revised import Revised
    from review_clock.words.phrases import DayForm
    from review_clock.words.wording import Wording


def known_lines(as_of: date, known_on: date | None, words: Wording, revised: Iterable[Revised] = ()) -> list[str]:
    """As known on which day, and which corrections later than that day the answer has in it; nothing where no day of
    knowledge was asked for. `revised` are the corrections of the texts behind the answer."""
    if known_on is None:
        return []
    key = "same" if known_on == as_of else "hindsight" if known_on > as_of else "foresight"
    lines = [words(f"knowledge.{key}", known=words.day(known_on), day=words.day(as_of))]
    since = sorted({each.on for each in revised if each.on > known_on})
    if since:
        days = ", ".join(map(words.day, since))
        lines.append(words("knowledge.corrected_since", known=words.day(known_on), days=days))
    return lines


def how_far(verified: date | None, words: Wording) -> str:
    """That a day lies after that of the last verification, or that nobody had verified the record yet."""
    return words("status.beyond", verified=verified.isoformat()) if verified else words("knowledge.unverified")


def verified_line(key: str, verified: date | None, words: Wording, said: DayForm | None = None) -> str:
    """That the record is verified to a day, `said` as the rendering says days, or that nobody had verified it yet."""
    return words("knowledge.unverified") if verified is None else words(key, day=(said or words.day)(verified))
