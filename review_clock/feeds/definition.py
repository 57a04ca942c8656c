"""What each feed carries and how it presents itself: one TOML file a feed, ours in calendars/, a user's in a folder.

A user's folder adds feeds to those that ship, and may add firm rules beside them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from review_clock.deadlines import own_rules
from review_clock.deadlines.deadline import CERTAINTIES, Deadline
from review_clock.files import LANGUAGES, BadData, Table, Texts, nearest, parsed, read
from review_clock.law.rules import actors, catalogue
from review_clock.law.vocabulary import JURISDICTIONS, KINDS, is_id
from review_clock.record.ledger import Record

REMINDERS: Final = ("alarms", "events")
"""How a feed reminds: by alarms in its events, or beside them by events of their own, for clients that drop alarms."""

_CSS3: Final = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod
darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon
darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray
dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green
greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon
lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta
maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen
mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive
olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru
pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna
silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet
wheat white whitesmoke yellow yellowgreen
"""
COLOURS: Final = tuple(_CSS3.split())
"""The names of colours that COLOR may hold (CSS3, RFC 7986 5.9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One feed: what it chooses, its words, its languages, its reminders in days before."""

    name: str
    title: Texts
    description: Texts
    colour: str
    languages: tuple[str, ...]
    office_notes: bool
    reminders: str
    choose: Mapping[str, tuple[str, ...]]
    alarms: Mapping[str, tuple[int, ...]]

    def takes(self, deadline: Deadline) -> bool:
        """Whether the feed carries `deadline`. A firm's own is carried only where it is asked for.

        What an act removed passes whatever certainties are chosen: a calendar that has it must hear that it is gone.
        """
        if deadline.kind == "internal" and not self._asks_for_firm_dates():
            return False
        asked = {key: words for key, words in self.choose.items() if words}
        if deadline.certainty == "superseded":
            asked.pop("certainty", None)
        return all(getattr(deadline, key) in words for key, words in asked.items())

    def _asks_for_firm_dates(self) -> bool:
        law = {rule.id for rule in catalogue().rules}
        return "internal" in self.choose["kind"] or not law.issuperset(self.choose["rule"])

    def days_before(self, deadline: Deadline) -> tuple[int, ...]:
        """The days before at which to remind of `deadline`; none for one that is past."""
        if deadline.certainty == "past":
            return ()
        return self.alarms.get(deadline.kind, self.alarms.get("default", ()))


def _alarms(table: Table) -> Mapping[str, tuple[int, ...]]:
    alarms = {}
    for kind, days in table.everything().items():
        if kind not in (*KINDS, "default"):
            raise table.wrong(kind, "is not a kind of deadline", nearest(kind, (*KINDS, "default")))
        if not isinstance(days, list) or not all(type(n) is int and 0 <= n <= 366 for n in days):
            raise table.wrong(kind, f"{days!r} is not a list of days", "whole numbers from 0 to 366")
        alarms[kind] = tuple(days)
    return alarms


def load(root: Table, name: str, own_rules: Iterable[str] = ()) -> Definition:
    """The definition of a parsed calendar file, which may choose `own_rules` beside the law's. Raises `BadData`."""
    choose = root.table("choose")
    definition = Definition(
        name=name,
        title=root.texts("title"),
        description=root.texts("description"),
        colour=root.choice("colour", COLOURS),
        languages=root.strings("languages", LANGUAGES) or LANGUAGES,
        office_notes=root.flag("office_notes"),
        reminders=root.choice("reminders", REMINDERS, REMINDERS[0]),
        choose={
            "jurisdiction": choose.strings("jurisdiction", JURISDICTIONS),
            "kind": choose.strings("kind", KINDS),
            "rule": choose.strings("rule", (*(rule.id for rule in catalogue().rules), *own_rules)),
            "actor": choose.strings("actor", actors()),
            "certainty": choose.strings("certainty", CERTAINTIES),
        },
        alarms=_alarms(root.table("alarms")),
    )
    choose.finish()
    root.finish()
    return definition


@cache
def shipped() -> Mapping[str, Definition]:
    """The feeds that ship, by name."""
    found = {}
    for file in sorted(files("review_clock.calendars").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            found[name] = load(parsed(file.read_text(encoding="utf-8"), file.name), name)
    return found


def named(name: str, among: Mapping[str, Definition], lang: str) -> Definition:
    """The feed `name`, which must be made in `lang`. Raises `BadData` naming those there are."""
    if name not in among:
        raise BadData("calendars", name, "is not a feed", nearest(name, among))
    definition = among[name]
    if lang not in definition.languages:
        raise BadData("calendars", name, f"is not made in {lang!r}", ", ".join(definition.languages))
    return definition


# ---------------------------------------------------------------------------------------------- a user's own folder


def _files(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    except OSError as error:
        raise BadData(folder, "", f"cannot be read: {error.strerror or error}", "a folder of .toml files") from None


def with_folder(folder: str, record: Record) -> tuple[Record, Mapping[str, Definition]]:
    """The record with the firm rules of `folder`, and the feeds that ship with those of `folder`. Raises `BadData`."""
    tables: dict[str, Table] = {}
    for file in _files(folder):
        name = file.removesuffix(".toml")
        if not is_id(name):
            raise BadData(file, "", "is not a name for a feed", "letters, digits, dots and hyphens")
        if name in shipped():
            raise BadData(file, "", "is the name of a feed that ships", "a name of your own")
        tables[name] = read(os.path.join(folder, file))
    rules = own_rules.load(tables, record)
    # A file of firm rules alone is no feed.
    feeds = {name: root for name, root in tables.items() if set(root.names()) != {"firm"}}
    own = {name: load(root, name, (rule.id for rule in rules)) for name, root in feeds.items()}
    return replace(record, firm_rules=rules), {**shipped(), **own}
