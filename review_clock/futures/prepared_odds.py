"""What the settings that ship, and the table over two of their chances, come to on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from review_clock.futures.bound_over import BoundOver, bound_over
from review_clock.futures.outlook import ALL, Outlook, outlook
from review_clock.futures.prepared import Prepared, PreparedTable, all_prepared, options_of
from review_clock.futures.sensitivity import swept, with_varied
from review_clock.futures.setting import setting
from review_clock.futures.start import NothingAhead, beginning
from review_clock.questions.premises import Premises
from review_clock.questions.provenance import Provenance, provenance

_UNITS: Final = {"day": "ISO 8601", "probability": "from 0 to 1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookPrepared:
    """A setting with what follows from it, and where that comes from: its command gives it again."""

    setting: Prepared
    outlook: Outlook
    come: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePrepared:
    """The table worked out, and where it comes from: its command gives the second row on the first day again."""

    table: BoundOver
    come: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedOdds:
    """What the settings and the table come to on a day: only what can still be asked, and nothing where a Party has
    left or the Agreement is not in force. `come` names a command with the chances of the last setting, to be altered.
    """

    come: Provenance
    settings: tuple[OutlookPrepared, ...]
    table: TablePrepared | None


def asked(premises: Premises) -> tuple[tuple[Prepared, ...], tuple[date, ...]]:
    """The settings that can be asked of on the day of the premises, and the days of the table that are ahead: none
    where not all three are bound. Nothing is worked out for it."""
    found = all_prepared()
    if premises.as_of.year >= found.horizon or not _all_three_bound(premises):
        return (), ()
    return found.settings, tuple(day for day in found.table.on if day > premises.as_of)


def _all_three_bound(premises: Premises) -> bool:
    try:
        return tuple(sorted(beginning(premises).position.parties)) == ALL
    except NothingAhead:
        return False


def prepared_odds(premises: Premises) -> PreparedOdds:
    """The settings and the table as of the day of the premises, each exact."""
    found, (settings, days) = all_prepared(), asked(premises)
    last = found.settings[-1]
    return PreparedOdds(
        come=_come(premises, *last.options, "--on", found.table.on[0].isoformat()),
        settings=tuple(_outlook(premises, each, found.horizon) for each in settings),
        table=_table(premises, found.table, days, found.horizon) if days else None,
    )


def _outlook(premises: Premises, each: Prepared, horizon: int) -> OutlookPrepared:
    answer = outlook(premises, confirm=each.confirm, withdraw=each.withdraw, horizon=horizon)
    return OutlookPrepared(setting=each, outlook=answer, come=_come(premises, *each.options, "--horizon", str(horizon)))


def _table(premises: Premises, each: PreparedTable, days: tuple[date, ...], horizon: int) -> TablePrepared:
    (across, _), (down, rows) = swept(each.across), swept(each.down)
    under = setting(premises, confirm=with_varied(each.confirm, across), horizon=horizon)
    row = options_of(down.kind, [f"{down.party.lower()}={float(rows[1])}"])
    event = ("--sweep", each.across, "--ask", f"all bound on {days[0]}")
    return TablePrepared(
        table=bound_over(under, each.across, each.down, days),
        come=_come(premises, *options_of("confirm", each.confirm), *row, *event),
    )


def _come(premises: Premises, *options: str) -> Provenance:
    """Where an answer comes from, with the command that gives it again from the same record; a user's own files, whose
    names are nobody else's business, must be given to it too."""
    come = replace(provenance(premises, units=_UNITS), own=())
    known = () if come.known_on is None else ("--known-on", come.known_on.isoformat())
    typed = (
        *("review-clock", "outlook", "--as-of", premises.as_of.isoformat(), *known),
        *(part for key, value in come.otherwise.items() for part in ("--reading", f"{key}={value}")),
        *(part for line in come.assumed for part in ("--assume", line)),
        *options,
    )
    return replace(come, command=" ".join(f'"{part}"' if " " in part else part for part in typed))
