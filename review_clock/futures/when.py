"""When something comes that comes once, the first extension or the end: its day as a distribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Final

from review_clock.futures.weights import Weight

A_DAY: Final = 1 / Fraction(1461, 4)
"""A day in years, a year taken as 365.25 days."""
QUANTILES: Final = tuple(Fraction(n, 100) for n in (5, 25, 50, 75, 95))


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something comes. `by_horizon`: the chance that it does by the horizon's end. `quantiles`: for each share the
    first day by whose end it has come with at least that chance, None where that is after the horizon. `mean_years`:
    the expected years from the start to it, where it comes by the horizon; None where it cannot."""

    by_horizon: Fraction
    quantiles: Mapping[Fraction, date | None]
    mean_years: Fraction | None


def when(weights: Mapping[date, Weight], whole: Weight, since: date) -> When:
    """The distribution of a day, from what of the `whole` weight falls on each."""
    days = sorted(weights)
    shares = [Fraction(weights[day]) / Fraction(whole) for day in days]
    until = list(accumulate(shares))
    total = until[-1] if until else Fraction(0)
    spent = sum(share * (day - since).days for day, share in zip(days, shares, strict=True))
    return When(
        by_horizon=total,
        quantiles={
            share: next((day for day, come in zip(days, until, strict=True) if come >= share), None)
            for share in QUANTILES
        },
        mean_years=spent * A_DAY / total if total else None,
    )
