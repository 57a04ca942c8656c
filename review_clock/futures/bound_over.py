"""A table over two chances: how likely it is that all three are bound on a day, for each pair of their values.

The law's part of the walk is done once for the whole table; a walk tells of all days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from review_clock.futures.outlook import ALL, who_is_in
from review_clock.futures.sensitivity import Name, changed, swept
from review_clock.futures.setting import Setting
from review_clock.futures.situations import Situations
from review_clock.futures.start import checked_days
from review_clock.futures.weights import Weight

Cells = tuple[tuple[Weight, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundOver(Setting):
    """The chance that all three are bound at the end of each day, by day, row and column: `columns` are the values of
    the chance `across`, `rows` those of the chance `down`, in every world and every year."""

    across: Name
    down: Name
    columns: tuple[Fraction, ...]
    rows: tuple[Fraction, ...]
    on: tuple[tuple[date, Cells], ...]


def bound_over(under: Setting, across: str, down: str, days: Sequence[date]) -> BoundOver:
    """The table over `us=0:0.5:0.05` and `withdraw.us=0:0.2:0.02`, say, which replace what the setting has of them.

    Raises `NotAChanceToVary`, and `Error` for a day that is not ahead.
    """
    (one, columns), (other, rows) = swept(across), swept(down)
    checked_days(tuple(days), under.start, under.horizon)
    situations = Situations(under.start.position, under.start.readings, under.occasions)
    told = [
        [tuple(_all_bound(changed(row, one, value), situations, days)) for value in columns]
        for row in (changed(under, other, value) for value in rows)
    ]
    return BoundOver(
        **under.parts,
        across=one,
        down=other,
        columns=tuple(columns),
        rows=tuple(rows),
        on=tuple((day, tuple(tuple(cell[n] for cell in row) for row in told)) for n, day in enumerate(days)),
    )


def _all_bound(under: Setting, situations: Situations, days: Sequence[date]) -> Iterator[Weight]:
    futures, told = under.futures(situations=situations), dict[date, Weight]()
    for day in sorted(days):
        futures.advance(day)
        told[day] = under.share(who_is_in(futures, under.start).get(ALL, 0))
    yield from (told[day] for day in days)
