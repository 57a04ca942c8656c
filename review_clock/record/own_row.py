"""What a row of a user's own that is no entry says where the ledger asks of it what it asks of an entry."""

from __future__ import annotations

from review_clock.files import Texts
from review_clock.law.revised import Revised


class OwnRow:
    """A case or a proceeding: whoever entered it vouches for it, and nobody else speaks of it."""

    __slots__ = ()

    @property
    def conflict(self) -> Texts | None:
        """None: what is disputed stands with the entries."""
        return None

    @property
    def revised(self) -> tuple[Revised, ...]:
        """None: it is the office's to correct."""
        return ()

    @property
    def confidence(self) -> str:
        """Whoever entered it says so."""
        return "own_record"

    @property
    def sources(self) -> tuple[()]:
        """None: they stand with the entries."""
        return ()
