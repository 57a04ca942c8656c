"""The page of all deadlines by date, for whom one chooses, and the page of those gone by.

The first has a line for each date, past ones folded; how a date is counted stands on its own page, and of those gone by
on the second too. The choice is an anchor, so that it works without script and stands in the address.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.law.acts_and_lapses import Party
from review_clock.law.law import Law
from review_clock.questions.public_deadline import NOT_PUBLIC
from review_clock.record.entries import Announced, Entry
from review_clock.record.ledger import Record
from review_clock.site.addresses import address
from review_clock.site.material import Material
from review_clock.site.reconciliation import in_page, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.words.phrases import change_text, office_text, span_text, timeliness_text
from review_clock.words.sureness import Sureness, sureness
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One deadline as the page shows it: everything in words, nothing left to count.

    `counted_from` is the deadline whose own count is the beginning of this one's; `steps` are those that follow.
    """

    deadline: Deadline
    condition: str
    counted_from: Deadline | None
    steps: tuple[tuple[str, date], ...]
    others: tuple[str, ...]
    office: str
    span: str
    timeliness: str
    moved: tuple[str, ...]
    said_by: tuple[Entry | Announced, ...]
    file: str

    @property
    def has_rule(self) -> bool:
        """Whether a rule stands behind it; an announced date has none."""
        return self.deadline.rule != "announced"

    @property
    def is_past(self) -> bool:
        """Whether its full account stands on the page of past dates."""
        return self.deadline.certainty == "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The deadlines of one year of those gone by."""

    number: int
    rows: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A deadline on one line: what it is, who acts, how sure its day is, and the choices that take it, by key."""

    deadline: Deadline
    sureness: Sureness
    choices: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedYear:
    """A year of the list: its lines by day, and how many dates each of its months has."""

    number: int
    days: tuple[tuple[date, tuple[Line, ...]], ...]
    months: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many dates the year has."""
        return sum(n for _, n in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """For whom: a key that is the anchor, its name, how many dates ahead it takes, a note, and the feeds of it."""

    key: str
    name: str
    count: int
    note: str
    feeds: tuple[tuple[str, str], ...]


def account(deadline: Deadline, record: Record, reviews: Mapping[str, Deadline], words: Wording) -> Account:
    """A deadline with all that a page says of it in words."""
    rows, steps = record.rows(), words.derivation(deadline.derivation)
    review = reviews.get(deadline.review.key) if deadline.review is not None else None
    shared = len(review.derivation.steps) if review is not None else 0
    if review is None or deadline.derivation.steps[:shared] != review.derivation.steps or len(steps) == shared:
        review, shared = None, 0
    return Account(
        deadline=deadline,
        condition=words.condition(deadline.condition),
        counted_from=review,
        steps=tuple(steps[shared:]),
        others=tuple(words.other(other) for other in deadline.other_readings),
        office=office_text(deadline, words),
        span=span_text(deadline, words, words.day),
        timeliness=timeliness_text(deadline, words),
        moved=tuple(change_text(each, words, words.day) for each in deadline.changes if each.what != "appeared"),
        said_by=tuple(rows[identity] for identity in (*deadline.evidence, *deadline.expected_by)),
        file=f"{deadline.id}.{words.lang}.ics" if deadline.is_ahead and not deadline.without_day else "",
    )


# ------------------------------------------------------------------------------------------------- for whom

_PERSONS: Final = ("importer", "producer", "public", "litigant")
_FEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "all": ("everything",),
    "producer": ("origin-rules",),
    "treaty": ("treaty",),
    "us": ("treaty", "us-statutory"),
    "ca": ("treaty", "canada"),
    "mx": ("treaty", "mexico"),
}
"""The feeds that hold the dates of a choice."""


def _keys(deadline: Deadline, law: Law, bound: Container[Party]) -> tuple[str, ...]:
    """The choices that take a date: who must act, whether that is a business, and which countries it binds."""
    found = [deadline.who_kind] if deadline.who_kind in _PERSONS else []
    if deadline.who_kind not in NOT_PUBLIC and deadline.who_kind != "public":
        found.append("business")
    found.append(deadline.jurisdiction)
    if deadline.jurisdiction == "treaty":
        found += [j.id for j in law.jurisdictions.values() if j.party is not None and j.party in bound]
    return tuple(found)


def _line(deadline: Deadline, material: Material, words: Wording) -> Line:
    return Line(
        deadline=deadline,
        sureness=sureness(deadline, words),
        choices=_keys(deadline, material.law, material.status.answer.between),
        outcome=timeliness_text(deadline, words),
    )


def _feed_links(key: str, material: Material, words: Wording) -> tuple[tuple[str, str], ...]:
    """(address, title) of each feed of a choice: to subscribe to where the site's address is known, else to fetch."""
    found = []
    for name in _FEEDS.get(key, ()):
        feed = material.feeds.get(name)
        if feed is not None and words.lang in feed.languages:
            file = f"calendars/{name}.{words.lang}.ics"
            near = address(material, file).replace("https://", "webcal://").replace("http://", "webcal://")
            found.append((near or f"../{file}", words.said(feed.title)))
    return tuple(found)


def _choices(ahead: Iterable[Line], material: Material, words: Wording) -> tuple[Choice, ...]:
    """Everyone, persons, the countries together, each country: those without a date ahead left out, but no country."""
    ahead, countries = list(ahead), material.law.jurisdictions
    names = {"all": words("list.all"), "business": words("list.business")}
    names |= {key: words(f"list.{key}") for key in _PERSONS}
    names |= {key: words.said(each.name) for key, each in countries.items()}
    found = []
    for key, name in names.items():
        lines = [each for each in ahead if key == "all" or key in each.choices]
        country = key in countries and countries[key].party is not None
        own = any(each.deadline.jurisdiction == key for each in lines)
        note = "" if own or not country else words("list.none_own" if lines else "list.none", country=name)
        if lines or country or key == "all":
            feeds = _feed_links(key, material, words)
            found.append(Choice(key=key, name=name, count=len(lines), note=note, feeds=feeds))
    return tuple(found)


# ------------------------------------------------------------------------------------------------- the pages


def _listed(found: Iterable[Deadline], material: Material, words: Wording) -> tuple[ListedYear, ...]:
    """The years with their days; on a day, what a business must do comes first."""
    years = []
    for number, of_year in groupby(
        (_line(each, material, words) for each in found), lambda each: each.deadline.date.year
    ):
        lines = list(of_year)
        days = groupby(lines, key=lambda each: each.deadline.date)
        months = groupby(lines, key=lambda each: each.deadline.date.month)
        years.append(
            ListedYear(
                number=number,
                days=tuple((day, tuple(sorted(rows, key=lambda row: _is_official(row)))) for day, rows in days),
                months=tuple((month, len(list(rows))) for month, rows in months),
            )
        )
    return tuple(years)


def _is_official(line: Line) -> bool:
    return line.deadline.who_kind in NOT_PUBLIC


def _years(group: Iterable[Deadline], material: Material, words: Wording) -> tuple[Year, ...]:
    reviews = material.reviews
    years = groupby(group, key=lambda each: each.date.year)
    return tuple(
        Year(number=n, rows=tuple(account(each, material.record, reviews, words) for each in rows)) for n, rows in years
    )


def deadlines_page(material: Material, words: Wording) -> bytes:
    """Every deadline by date. Raises `NotReconciled` if one is lost."""
    ahead = [each for each in material.deadlines if each.is_ahead]
    past = [each for each in material.deadlines if each.certainty == "past"][::-1]
    superseded = [each for each in material.deadlines if each.certainty == "superseded"]
    page = rendered(
        "deadlines.html",
        material,
        words,
        "deadlines.html",
        ahead=_listed(ahead, material, words),
        folded=[
            (name, len(found), _listed(found, material, words))
            for name, found in (("past", past), ("superseded", superseded))
            if found
        ],
        counts=(len(material.deadlines), len(ahead)),
        choices=_choices([_line(each, material, words) for each in ahead], material, words),
    )
    reconcile(f"{words.lang}/deadlines.html", in_page(page), selected(material.deadlines))
    return page.encode("utf-8")


def past_page(material: Material, words: Wording) -> bytes:
    """The deadlines gone by, newest first, each in full. Raises `NotReconciled` if one is lost."""
    past = [each for each in material.deadlines if each.certainty == "past"]
    years = _years(past[::-1], material, words)
    page = rendered("past.html", material, words, "past.html", years=years)
    reconcile(f"{words.lang}/past.html", in_page(page), selected(past))
    return page.encode("utf-8")
