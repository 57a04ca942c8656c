"""What conformance asks beside histories and scenarios: lines, the calendar, rules that the law does not have."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from review_clock.formats.machine_document import machine
from review_clock.law.acts_and_lapses import Act, Party, Recorded, name_of
from review_clock.law.counting import days_after, last_notice, months_after, starting, years_after
from review_clock.law.law import Law
from review_clock.record.grammar import NotUnderstood, understood
from tests.frozen import LAW

_MADE = """
[[rule]]
id = "treaty.made.%s"
jurisdiction = "%s"
kind = "withdrawal"
actor = "other-parties"
authority = ["Art. 34.6"]
confidence = "as_quoted"
title = {en = "Made", es = "Made", fr = "Made"}
duty = {en = "Made.", es = "Made.", fr = "Made."}
%s
"""
_REVIEWS = 'counted_from = "review"\nreviews = ["six_year", "annual", "after_extension"]'
_VERSION = '[[rule.version]]\nwhat = {en = "Now.", es = "Ahora.", fr = "Depuis."}\nin_force = '
MADE_RULES = (
    ("notice", "treaty", 'counted_from = "withdrawal_notice"\noffset = []\nbound = "on"'),
    ("end", "treaty", 'counted_from = "withdrawal_effect"\nonly = "agreement_ends"\noffset = []\nbound = "on"'),
    ("before", "treaty", f'{_REVIEWS}\noffset = []\nbound = "before"'),
    ("long-before", "us", f'{_REVIEWS}\noffset = [{{days = -30}}]\nbound = "before"'),
    ("at-least-after", "us", f'{_REVIEWS}\noffset = [{{days = 5}}]\nbound = "at_least"'),
    ("at-least-on", "us", f'{_REVIEWS}\noffset = []\nbound = "at_least"'),
    ("six-years-on", "treaty", f'{_REVIEWS}\noffset = [{{years = 6}}]\nbound = "on"'),
    ("in-steps", "us", f'{_REVIEWS}\noffset = [{{years = -1}}, {{months = -5}}, {{days = 3}}]\nbound = "on"'),
    (
        *("amended", "us"),
        f'{_REVIEWS}\noffset = [{{days = -270}}]\nbound = "at_least"\n'
        f"{_VERSION}{{from = 2029-01-01, until = 2035-07-01}}\noffset = [{{days = -240}}]\n"
        f'{_VERSION}{{from = 2036-07-01}}\noffset = []\nbound = "on"\n',
    ),
    (
        *("repealed", "us"),
        f'in_force = {{until = 2030-07-01}}\n{_REVIEWS}\noffset = []\nbound = "on"\n'
        f"{_VERSION}{{from = 2031-01-01, until = 2035-07-01}}\noffset = [{{days = 1}}]\n",
    ),
)


@cache
def made_law() -> Law:
    """The law with rules of every form that the document can tell, whether or not a rule of the law has it."""
    texts = dict(LAW.texts)
    texts["deadlines.toml"] += "".join(_MADE % rule for rule in MADE_RULES)
    return Law(texts=tuple(texts.items()))


WORDS = (
    *("us confirms", "CA Declines", "mx gives notice", "us rescinds notice", "us states extend", "mx states undecided"),
    *("ca states not extend", "all confirm", "review held", "next  review held", "review concludes"),
    *("agreement enters into force", "us states nothing", "us confirms it", "all confirms", "a next review held"),
    *("next review set for 2029-02-28", "next review set for 2029-02-29", "next review set for", "us", "", "us states"),
    *("de confirms", "xus confirms", "review"),
    *("amendment sets term end 2037-07-01", "amendment sets next review 2030-01-15", "amendment sets term end"),
    *("amendment sets term end 2037-02-29", "amendment sets next review 2030-01-15 x", "amendment sets the term"),
    *("toString", "next review set for 2029-02-28 x", "x next review set for 2029-02-28", "us confirms gives notice"),
)
DAYS = (
    *("2029-02-28", "2028-02-29", "2029-02-29", "2100-02-29", "2000-02-29", "1900-02-29", "2029-04-31", "2029-12-31"),
    *("2029-01-32", "2029-00-10", "2029-13-01", "2029-12-00", "2029-01-01", "0001-01-01", "0000-01-01", "9999-12-31"),
    *("2029-1-01", "2029-01-1", "x2029-01-01", "2029-01-01x", "29-01-01", "", "all", "2029/01/01", "02029-01-01"),
    *("20290101", "2029-W11-4", "2029-001"),
)
LINES = (*(f" {day} {WORDS[0]} " for day in DAYS), *(f"2029-03-15 {words}" for words in WORDS))
CALENDAR = tuple(
    date(year, month, day)
    for year in (4, 99, 999, 1899, 1900, 1999, 2000, 2027, 2028, 2099, 2100, 2101, 9990)
    for month, day in ((1, 1), (1, 31), (2, 28), (3, 1), (4, 30), (5, 31), (8, 31), (9, 30), (10, 31), (12, 31))
)
DAYS_ON = (-366, -61, -31, -1, 0, 1, 28, 29, 31, 365, 800)
MONTHS_ON = (-13, -6, -1, 0, 1, 6, 11, 12, 25)
YEARS_ON = (1, 4, 6)


def _sent_count(day: date, missing_day: str) -> dict[str, Any]:
    counts = {"days": DAYS_ON, "months": MONTHS_ON, "years": YEARS_ON}
    return {"day": day.isoformat(), "missing_day": missing_day, **counts}


def _told_count(day: date, missing_day: str) -> list[Any]:
    base = starting(day, "")
    months = [months_after(base, n, missing_day=missing_day) for n in MONTHS_ON]
    years = [years_after(base, n, missing_day=missing_day) for n in YEARS_ON]
    days = [days_after(base, n) for n in DAYS_ON]
    counted = [[each.day.isoformat() for each in row] for row in (days, months, years)]
    return [day.year, *counted, last_notice(base, 6, missing_day=missing_day).day.isoformat()]


def _told_line(line: str) -> list[Any]:
    try:
        said = understood(line)
    except NotUnderstood:
        return [line.strip(), "assumption.not_understood"]
    acts = said.acts(Party, Recorded(entry=""))
    return [said.line, said.on.isoformat(), [["assumption", _without_entry(sent_act(act))] for act in acts]]


def sent_act(act: Act) -> dict[str, Any]:
    """An act as the page's data give it."""
    assert isinstance(act.source, Recorded)
    row: dict[str, Any] = {"type": name_of(type(act)), "entry": act.source.entry, "on": act.on.isoformat()}
    for key in ("party", "stance", "early", "day", "last_receipt"):
        value = getattr(act, key, None)
        if value is not None:
            row[key] = value.isoformat() if isinstance(value, date) else value
    return row


def _without_entry(row: dict[str, Any]) -> dict[str, Any]:
    """An act as the script makes it of a line: what is not so is not said."""
    return {key: value for key, value in row.items() if key != "entry" and value is not False}


def cases() -> list[tuple[str, Any, Any]]:
    """How the script is asked, what it is sent, and what Python tells: all that is neither a history nor a scenario."""
    missing_days = ("last_day_of_month", "first_of_next")
    counts = [("counted", _sent_count(day, each), _told_count(day, each)) for day in CALENDAR for each in missing_days]
    document = machine(LAW)
    no_twin = [{**row, "when": "the_moon_is_full"} for row in document["refusals"][:1]]
    no_effect = [{**row, "effect": "the_moon_is_full"} for row in document["transitions"][:1]]
    no_ground = [{**row, "provided": "the_moon_is_full"} for row in document["transitions"][:1]]
    newer = {**document, "version": document["version"] + 1}
    return [
        *counts,
        *(("line", line, _told_line(line)) for line in LINES),
        ("made", document, ""),
        ("made", {**document, "refusals": no_twin}, "Error: the script has no condition called the_moon_is_full"),
        ("made", {**document, "transitions": no_effect}, "Error: the script has no effect called the_moon_is_full"),
        ("made", {**document, "transitions": no_ground}, "Error: the script has no condition called the_moon_is_full"),
        ("made", newer, f"Error: machine.json: version {newer['version']} is not one this page can read"),
    ]
