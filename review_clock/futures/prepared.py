"""What the site's page of odds works out: the settings of chances of prepared.toml, and its table over two of them.

The chances are round numbers for illustration: they are declared, and nothing here takes them for facts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from review_clock.files import Phrase, Table, Texts, parsed
from review_clock.futures.bound_over import BoundOver, bound_over
from review_clock.futures.chances import OPTIONS, NotAChance, understood
from review_clock.futures.outlook import ALL, Outlook, outlook
from review_clock.futures.sensitivity import NotASweep, swept, with_swept
from review_clock.futures.setting import setting
from review_clock.futures.start import NothingAhead, beginning
from review_clock.law.vocabulary import is_id
from review_clock.questions.premises import Premises
from review_clock.questions.provenance import Provenance, provenance

FILE: Final = "prepared.toml"
_UNITS: Final = {"day": "ISO 8601", "probability": "from 0 to 1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A setting as the file has it: its name, title, explanation, and its chances as lines `us=0.3`."""

    name: str
    title: Texts
    explanation: Texts
    confirm: tuple[str, ...]
    withdraw: tuple[str, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """Its chances as the command line takes them."""
        return (*_options("confirm", self.confirm), *_options("withdraw", self.withdraw))


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedTable:
    """The table as the file has it: its two chances as `--sweep` takes them, those of the others, the days."""

    across: str
    down: str
    confirm: tuple[str, ...]
    on: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllPrepared:
    """The file: the last year of the outlooks, the settings, the table."""

    horizon: int
    settings: tuple[Prepared, ...]
    table: PreparedTable


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


# ------------------------------------------------------------------------------------------------------ the file


def load(root: Table) -> AllPrepared:
    """The settings of a file. Raises `BadData`, naming the key."""
    table = root.table("table")
    found = AllPrepared(
        horizon=root.whole("horizon", 0),
        settings=tuple(map(_setting, root.tables("setting"))),
        table=PreparedTable(
            across=_swept(table, "across"),
            down=_swept(table, "down"),
            confirm=_lines(table, "confirm"),
            on=table.days("on"),
        ),
    )
    table.finish()
    root.finish()
    return found


def _setting(table: Table) -> Prepared:
    found = Prepared(
        name=table.string("name"),
        title=table.texts("title"),
        explanation=table.texts("explanation"),
        confirm=_lines(table, "confirm"),
        withdraw=_lines(table, "withdraw"),
    )
    if not is_id(found.name):
        wrong = Phrase("{value!r} is not a name for a setting", value=found.name)
        raise table.wrong("name", wrong, "letters, digits, dots and hyphens")
    table.finish()
    return found


def _lines(root: Table, key: str) -> tuple[str, ...]:
    table = root.table(key)
    lines = tuple(f"{name}={table.number_or_text(name)}" for name in table.names())
    try:
        understood(lines)
    except NotAChance as error:
        raise root.wrong(key, error.wrong, error.accepted) from None
    return lines


def _swept(table: Table, key: str) -> str:
    text = table.string(key)
    try:
        swept(text)
    except NotASweep as error:
        raise table.wrong(key, error.wrong, error.accepted) from None
    return text


@cache
def all_prepared() -> AllPrepared:
    """The settings that ship."""
    return load(parsed(files("review_clock.futures").joinpath(FILE).read_text(encoding="utf-8"), FILE))


# ------------------------------------------------------------------------------------------------------ the odds


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
    under = setting(premises, confirm=with_swept(each.confirm, across), horizon=horizon)
    row = _options(down.kind, [f"{down.party.lower()}={float(rows[1])}"])
    event = ("--sweep", each.across, "--ask", f"all bound on {days[0]}")
    return TablePrepared(
        table=bound_over(under, each.across, each.down, days),
        come=_come(premises, *_options("confirm", each.confirm), *row, *event),
    )


def _options(kind: str, lines: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(part for line in lines for part in (OPTIONS[kind], line))


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
