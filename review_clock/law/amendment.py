"""Amendments: the passages from one version of a text to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from review_clock.files import Texts
from review_clock.law.versions import Versioned


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """That a text changed: `of` which rule, reading or citation, from when on the new one is in force, the day on which
    that became known, what it does (`text`), and what it rests on. `number` counts the changes of one text."""

    of: str
    number: int
    in_force_from: date
    known_on: date
    text: Texts
    authority: tuple[str, ...]

    @property
    def id(self) -> str:
        """What it is called: by the text and the number of the change."""
        return f"amendment.{self.of}.{self.number}"


def amendments(of: str, versions: Iterable[tuple[Versioned, tuple[str, ...]]]) -> Iterator[Amendment]:
    """What made the later versions of a text, each given with the citations that it rests on."""
    for number, (version, authority) in enumerate(versions, 1):
        when = version.in_force
        assert when.start is not None
        assert when.known_on is not None
        assert when.what is not None
        yield Amendment(
            of=of,
            number=number,
            in_force_from=when.start,
            known_on=when.known_on,
            text=when.what,
            authority=authority,
        )
