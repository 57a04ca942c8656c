"""What is not in the calendar, each with its reason (not_covered.toml): silence is never read as "nothing due"."""

from __future__ import annotations

from dataclasses import dataclass

from review_clock.files import MaybeText, Phrase, Table, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered:
    """A matter without dates here: `what`, `why`, and the text concerned (`authority`), empty where there is none."""

    id: str
    authority: MaybeText
    what: Texts
    why: Texts


def load(root: Table) -> tuple[NotCovered, ...]:
    """The matters of a parsed not_covered.toml, in its order. Raises `BadData` for one that stands twice."""
    found: dict[str, NotCovered] = {}
    for table in root.tables("not_covered"):
        row = NotCovered(
            id=table.string("id"),
            authority=table.string("authority_text", ""),
            what=table.texts("what"),
            why=table.texts("why"),
        )
        table.finish()
        if row.id in found:
            raise table.wrong("id", Phrase("{value} stands twice", value=row.id), "each matter once")
        found[row.id] = row
    root.finish()
    return tuple(found.values())
