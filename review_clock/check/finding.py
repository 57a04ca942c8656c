"""Something found wrong with the data, or worth a look: where it is, and what, to be said in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from review_clock.files import BadData
from review_clock.scenarios.assume import NotAssumable
from review_clock.words.errors import phrase, what_is_wrong
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found: `error` or `warning`, where, and what, as a key of the words files, a phrase, or as raised."""

    level: str
    where: str
    message: str = ""
    raised: BadData | None = None
    key: str = ""
    values: tuple[tuple[str, Any], ...] = ()

    def said(self, words: Wording) -> str:
        """The finding in words."""
        if self.raised is not None:
            return what_is_wrong(self.raised, words)
        if not self.key:
            return phrase(self.message, words)
        values = {name: words.days(value) if name == "days" else value for name, value in self.values}
        refused = {n: words.not_assumable(value) for n, value in self.values if isinstance(value, NotAssumable)}
        return words(self.key, **{**values, **refused})


def error(where: str, message: str) -> Finding:
    """What makes `check` fail."""
    return Finding(level="error", where=where, message=message)


def warning(where: str, key: str, **values: Any) -> Finding:
    """What is worth a look."""
    return Finding(level="warning", where=where, key=key, values=tuple(values.items()))


def is_error(finding: Finding) -> bool:
    """Whether the finding makes `check` fail."""
    return finding.level == "error"
