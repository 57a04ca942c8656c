"""What publishing a site would change of the one that stands in a folder, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("page", "feed", "document", "other")
"""What a file of the site is: for people, for calendars and feed readers, for programs; pictures and the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file: its name, its kind (of `KINDS`) and what becomes of it: `changes`, `appears`, `vanishes`."""

    what: str
    kind: str
    name: str


def kind_of(name: str) -> str:
    """The kind of a file, by its name."""
    if name.startswith("api/"):
        return "document"
    suffix = name.removesuffix(".gz").rpartition(".")[2]
    return {"html": "page", "ics": "feed", "csv": "feed", "atom": "feed"}.get(suffix, "other")


def changes(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[Change, ...]:
    """What becomes of the files `old` where the files `new` follow, by kind and name; those that stay are left out."""
    found = [
        Change(
            what="appears" if name not in old else "changes" if name in new else "vanishes",
            kind=kind_of(name),
            name=name,
        )
        for name in old.keys() | new.keys()
        if old.get(name) != new.get(name)
    ]
    return tuple(sorted(found, key=lambda each: (KINDS.index(each.kind), each.name)))
