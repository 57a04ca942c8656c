"""Jurisdictions: whose law a date is of, whether that is a Party's, and whose office days are noted on its dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review_clock.files import Phrase, Table, Texts
from review_clock.law.acts_and_lapses import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """The treaty, or a country: `party` is None where no Party's departure takes its duties away."""

    id: str
    name: Texts
    party: Party | None
    offices: tuple[str, ...]


def load(root: Table) -> Mapping[str, Jurisdiction]:
    """The jurisdictions of a parsed jurisdictions.toml by id, in their order. Raises `BadData`."""
    found: dict[str, Jurisdiction] = {}
    for table in root.tables("jurisdiction"):
        identity, party = table.string("id"), table.choice("party", tuple(Party), "")
        if identity in found:
            raise table.wrong("id", Phrase("{value} stands twice", value=identity), "each jurisdiction once")
        found[identity] = Jurisdiction(
            id=identity,
            name=table.texts("name"),
            party=Party(party) if party else None,
            offices=table.strings("offices"),
        )
        table.finish()
    root.finish()
    return found
