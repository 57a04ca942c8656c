"""A firm's own deadlines, hung on the law's: `[[firm]]` tables in a folder of the user's own calendars.

A firm's rule is a rule like the law's: counted step by step, certain as the deadline it hangs on, moved when that one
moves and gone when it goes. It has no authority but the firm's, and is never part of a feed that does not ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from review_clock.deadlines.office_days import holiday_calendars
from review_clock.files import Phrase, Table, nearest
from review_clock.law.law import Law
from review_clock.law.rules import Roll, Rule
from review_clock.law.vocabulary import checked_id
from review_clock.record.ledger import Record

ROLLS: Final = ("none", "previous", "next")
_DURATION: Final = re.compile(r"([+-]?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
_LONGEST: Final = {"years": 100, "months": 1200, "days": 36525}


def _offset(table: Table) -> tuple[Mapping[str, int | str], ...]:
    """An ISO 8601 duration, years, months, weeks and days, as the steps of a count, the largest unit first."""
    text = table.string("offset", "P0D")
    found = _DURATION.fullmatch(text)
    if found is None:
        wrong = Phrase("{value!r} is not a duration", value=text)
        raise table.wrong("offset", wrong, "an ISO 8601 duration such as -P45D, P2W or -P1M")
    sign = -1 if found[1] == "-" else 1
    years, months, weeks, days = (int(part or 0) for part in found.groups()[1:])
    amounts = {"years": years, "months": months, "days": 7 * weeks + days}
    for unit, n in amounts.items():
        if n > _LONGEST[unit]:
            most = Phrase(f"at most {{n}} {unit}", n=_LONGEST[unit])
            raise table.wrong("offset", Phrase("{value!r} is too long", value=text), most)
    return tuple({unit: sign * n} for unit, n in amounts.items() if n)


def _roll(table: Table) -> Roll | None:
    to = table.choice("roll", ROLLS, "none")
    if (to == "none") == table.has("holidays"):
        raise table.wrong("holidays", "goes with roll = 'previous' or 'next', and only with them", "both or neither")
    if to == "none":
        return None
    name = table.string("holidays").upper()
    if name not in holiday_calendars():
        known = sorted(each for each in holiday_calendars() if each.startswith(name[:2]))
        some = nearest(name, [*known, "US", "US-NY", "CA", "CA-ON", "MX", "NYSE"])
        raise table.wrong("holidays", Phrase("{value!r} is not a holiday calendar", value=name), some)
    return Roll(to=to, holidays=name)


def _known(law: Law, record: Record) -> dict[str, Rule | str]:
    """What a firm's rule may hang on: the law's rules that have days, in a case too, and announced dates (their
    jurisdiction)."""
    known: dict[str, Rule | str] = {rule.id: rule for rule in law.rules if rule.counted_from != "undated"}
    known.update({row.deadline: row.jurisdiction for row in record.announced if row.deadline})
    return known


def _rule(table: Table, known: Mapping[str, Rule | str], law: Law) -> Rule:
    identity, after = checked_id(table, "id", table.string("id")), table.string("after")
    if any(identity == taken or identity.startswith(f"{taken}.") for taken in known):
        raise table.wrong("id", Phrase("{value!r} is taken", value=identity), "an id of your own")
    if after not in known:
        raise table.wrong("after", Phrase("{value!r} is not a rule with a date", value=after), nearest(after, known))
    base = known[after]
    jurisdiction = base.jurisdiction if isinstance(base, Rule) else base
    title = table.texts("title")
    actor, recipient = table.string("actor", "own-office"), table.string("recipient", "")
    rule = Rule(
        id=identity,
        jurisdiction=jurisdiction,
        kind="internal",
        counted_from="deadline",
        reviews=(),
        offset=_offset(table),
        every=None,
        until=None,
        bound="no_later_than",
        office="",
        actor=actor,
        actor_name=law.actor(actor).name,
        who_kind="own",
        recipient=recipient,
        recipient_name=law.actor(recipient).name if recipient else None,
        authority=(),
        confidence="own_rule",
        title=title,
        duty=table.maybe_texts("duty") or title,
        condition=base.condition if isinstance(base, Rule) else None,
        trigger=None,
        when=None,
        quote=None,
        lapses_under=(),
        earlier_under=base.earlier_under if isinstance(base, Rule) else (),
        after=after,
        roll=_roll(table),
    )
    table.finish()
    return rule


def load(tables: Mapping[str, Table], law: Law, record: Record) -> tuple[Rule, ...]:
    """The firm's rules of the parsed files of a folder, by name, in their order. Raises `BadData`.

    A rule may hang on one that stands before it.
    """
    known = _known(law, record)
    found: list[Rule] = []
    for root in tables.values():
        for table in root.tables("firm"):
            rule = _rule(table, known, law)
            known[rule.id] = rule
            found.append(rule)
    return tuple(found)
