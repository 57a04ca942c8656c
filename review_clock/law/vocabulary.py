"""The closed vocabularies that rules and records share: kinds of deadline, the form of an id."""

from __future__ import annotations

import re
from typing import Final

from review_clock.files import Phrase, Table

KINDS: Final = (
    "review",
    "recommendation",
    "confirmation",
    "term",
    "withdrawal",
    "notice",
    "report",
    "briefing",
    "consultation",
    "comment",
    "meeting",
    "origin",
    "tariff",
    "legislation",
    "dispute",
    "internal",
)
"""What a deadline is for. `internal` is a date of the user's own, hung on one of the law's."""
SELF_EXECUTING: Final = ("term", "withdrawal", "origin", "tariff", "legislation", "comment")
"""Kinds that take effect of themselves (by operation of law; a period that closes): past their day, they are done."""

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
OF_AN_ID: Final = "letters, digits, dots, hyphens and underscores"
"""What an id is made of."""


def is_id(text: str) -> bool:
    """Whether `text` can be an id, which stands in UIDs and addresses: it is made of `OF_AN_ID`."""
    return _ID.fullmatch(text) is not None


def checked_id(table: Table, key: str, identity: str) -> str:
    """The id that stands under a key of a table. Raises `BadData`."""
    if not is_id(identity):
        raise table.wrong(key, Phrase("{value!r} is not an id", value=identity), OF_AN_ID)
    return identity


def digest(*said: str) -> str:
    """Eight hex digits of what is said, which make an id."""
    import hashlib

    return hashlib.sha256(repr(said).encode()).hexdigest()[:8]
