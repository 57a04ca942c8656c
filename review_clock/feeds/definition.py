"""What each feed carries and how it presents itself: one TOML file a feed, ours in calendars/, a user's in a folder.

A user's folder adds feeds to those that ship, and may add firm rules beside them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Final

from review_clock.deadlines import own_rules
from review_clock.deadlines.deadline import CERTAINTIES, Deadline
from review_clock.files import LANGUAGES, BadData, Phrase, Table, Texts, cannot_be_read, nearest, parsed, read
from review_clock.law.law import Law
from review_clock.law.rules import WHO_KINDS
from review_clock.law.vocabulary import KINDS, OF_AN_ID, is_id
from review_clock.questions.selection import Selection
from review_clock.record.ledger import Record

REMINDERS: Final = ("alarms", "events")
"""How a feed reminds: by alarms in its events, or beside them by events of their own, for clients that drop alarms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One feed: what it chooses, its words, its languages, its reminders in days before.

    `own_dates` says that it asks for a user's own dates too; `waits` that it may have nothing ahead until news comes;
    `only_changes` that it tells what changed among its dates, and carries none of them; `only_notices` that it carries
    those alone that are counted from a notice of withdrawal.
    """

    name: str
    title: Texts
    description: Texts
    colour: str
    languages: tuple[str, ...]
    office_notes: bool
    reminders: str
    selection: Selection
    own_dates: bool
    waits: bool
    only_changes: bool
    only_notices: bool
    alarms: Mapping[str, tuple[int, ...]]

    def takes(self, deadline: Deadline) -> bool:
        """Whether the feed carries `deadline`: no feed one without a day, and a user's own date only one that asks."""
        asked = self.own_dates or not deadline.is_own
        told = not self.only_notices or deadline.derivation.steps[0].what == "withdrawal_notice"
        return asked and told and not deadline.without_day and self.selection.takes(deadline)

    def reminders_of(self, deadline: Deadline) -> tuple[tuple[int, date], ...]:
        """So many days before, and which day that is, for each reminder of `deadline`; none for one that is past."""
        days = self.alarms.get(deadline.kind, self.alarms.get("default", ()))
        return () if deadline.certainty == "past" else tuple((n, deadline.date - timedelta(days=n)) for n in days)


def _colours() -> tuple[str, ...]:
    """The names of colours that COLOR may hold (CSS3, RFC 7986 5.9)."""
    from PIL.ImageColor import colormap

    return tuple(name for name in colormap if name != "rebeccapurple")  # CSS4's alone


def _alarms(table: Table) -> Mapping[str, tuple[int, ...]]:
    alarms = {}
    for kind, days in table.everything().items():
        if kind not in (*KINDS, "default"):
            raise table.wrong(kind, "is not a kind of deadline", nearest(kind, (*KINDS, "default")))
        if not isinstance(days, list) or not all(type(n) is int and 0 <= n <= 366 for n in days):
            raise table.wrong(kind, Phrase("{days!r} is not a list of days", days=days), "whole numbers from 0 to 366")
        alarms[kind] = tuple(days)
    return alarms


def load(root: Table, name: str, law: Law) -> Definition:
    """The definition of a parsed calendar file, which chooses among the rules of `law`. Raises `BadData`."""
    table, own = root.table("choose"), {rule.id for rule in (*law.own_rules, *law.rules_of_cases)}
    choose = {
        "jurisdiction": table.strings("jurisdiction", law.jurisdictions),
        "kind": table.strings("kind", KINDS),
        "rule": table.strings("rule", (*(rule.id for rule in law.rules), *own)),
        "actor": table.strings("actor", law.actors),
        "certainty": table.strings("certainty", CERTAINTIES),
        "who_kind": table.strings("who", WHO_KINDS),
    }
    definition = Definition(
        name=name,
        title=root.texts("title"),
        description=root.texts("description"),
        colour=root.choice("colour", _colours()),
        languages=root.strings("languages", LANGUAGES) or LANGUAGES,
        office_notes=root.flag("office_notes"),
        reminders=root.choice("reminders", REMINDERS, REMINDERS[0]),
        selection=Selection(choose=choose, with_superseded=True),
        own_dates=not {"internal", "own", *own}.isdisjoint((*choose["kind"], *choose["who_kind"], *choose["rule"])),
        waits=root.flag("waits"),
        only_changes=root.flag("only_changes"),
        only_notices=root.flag("only_notices"),
        alarms=_alarms(root.table("alarms")),
    )
    table.finish()
    root.finish()
    return definition


def shipped(law: Law) -> Mapping[str, Definition]:
    """The feeds that ship, by name."""
    found = {}
    for file in sorted(files("review_clock.calendars").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            found[name] = load(parsed(file.read_text(encoding="utf-8"), file.name), name, law)
    return found


def named(name: str, among: Mapping[str, Definition], lang: str) -> Definition:
    """The feed `name`, which must be made in `lang`. Raises `BadData` naming those there are."""
    if name not in among:
        raise BadData("calendars", name, "is not a feed", nearest(name, among))
    definition = among[name]
    if lang not in definition.languages:
        raise BadData("calendars", name, Phrase("is not made in {lang!r}", lang=lang), ", ".join(definition.languages))
    return definition


# ---------------------------------------------------------------------------------------------- a user's own folder


def _files(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    except OSError as error:
        raise BadData(folder, "", cannot_be_read(error), "a folder of .toml files") from None


def with_folder(folder: str, law: Law, record: Record) -> tuple[Law, Mapping[str, Definition]]:
    """The law with the user's own rules in `folder`, and the feeds that ship with those of it. Raises `BadData`."""
    tables: dict[str, Table] = {}
    ours = shipped(law)
    for file in _files(folder):
        name = file.removesuffix(".toml")
        if not is_id(name):
            raise BadData(file, "", "is not a name for a feed", OF_AN_ID)
        if name in ours:
            raise BadData(file, "", "is the name of a feed that ships", "a name of your own")
        tables[name] = read(os.path.join(folder, file))
    law = law.with_own(own_rules.load(tables, law, record))
    # A file of firm rules alone is no feed.
    own = {name: load(root, name, law) for name, root in tables.items() if set(root.names()) != {"firm"}}
    return law, {**ours, **own}
