"""How changes ended, counted: a row of each part, and of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tabulate import tabulate


def table(counts: Mapping[str, Counter[str]], ended: Sequence[str]) -> str:
    """Of each part, and of all: how many changes were made, and how they ended."""
    rows = [*counts.items(), ("all", sum(counts.values(), Counter[str]()))]
    return tabulate(
        [[name, row.total(), *(row[each] for each in ended)] for name, row in rows], headers=["", "changes", *ended]
    )
