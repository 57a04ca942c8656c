"""The status page: the answer over its bar, the three countries, what to do, the next months by who acts, the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from review_clock.deadlines.deadline import AHEAD, Deadline
from review_clock.law.acts_and_lapses import AMENDMENTS, Note, Party, name_of
from review_clock.law.chapter_34 import TRANSITIONS, Transition
from review_clock.questions.answer import Answer
from review_clock.questions.public_deadline import NOT_PUBLIC
from review_clock.questions.status import PartyPosition
from review_clock.site.life import marks
from review_clock.site.material import Material
from review_clock.site.pictures.state_diagram import diagram
from review_clock.site.pictures.strands import bar
from review_clock.site.reconciliation import headlines_of, reconcile_end, reconcile_headline
from review_clock.site.rendering import rendered
from review_clock.words.headline import headline
from review_clock.words.phrases import stated_on
from review_clock.words.sureness import Sureness, sureness
from review_clock.words.verdict import verdict
from review_clock.words.wording import Wording, capital

TWELVE_MONTHS: Final = 366
"""In days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What can happen from today's phase on: a row of the table by the names that the words files know."""

    event: str
    condition: str
    provision: str
    effect: str
    to: str


def _move(row: Transition) -> Move:
    guard = row.provided.__name__
    return Move(
        event=name_of(row.on),
        condition="" if guard == "always" else guard,
        provision=row.provision,
        effect=row.effect.__name__,
        to=str(row.to or ""),
    )


def moves_from(phase: str) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """The rows that lead out of a phase, and those that leave it as it is; without what is only ever assumed."""
    rows = [row for row in TRANSITIONS if phase in row.phases and row.on not in (Note, *AMENDMENTS)]
    leading = tuple(_move(row) for row in rows if row.to not in (None, phase))
    staying = tuple(_move(row) for row in rows if row.to in (None, phase))
    return leading, staying


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A row of the table: whether it confirmed in writing, what it has said, when and in which entry, if it leaves."""

    name: str
    in_writing: str
    said: str
    said_on: str
    entry: str
    leaving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date on one line, and how sure it is."""

    deadline: Deadline
    sureness: Sureness


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Who acts, and their dates."""

    name: str
    note: str
    rows: tuple[Due, ...]


def _in_writing(each: PartyPosition, words: Wording) -> str:
    if each.state == "left":
        return capital(words("state.left"))
    if each.extended is not None:
        return words("verdict.yes_on", day=words.day(each.extended))
    if each.on is not None and each.state in ("confirmed", "declined"):
        return words("verdict.yes_on" if each.state == "confirmed" else "verdict.no_on", day=words.day(each.on))
    return words("verdict.not_yet_confirmed")


def _said(each: PartyPosition, answer: Answer, words: Wording) -> str:
    """Its last stated position; what was said before an extension is no longer about the present question."""
    if each.state == "left":
        return words("course.none")
    if each.stated_position is None:
        return words("verdict.nothing_said" if answer.extended is None else "verdict.nothing_since")
    return words.stated(each.stated_position, each.stated_words)


def _leaving(party: Party, answer: Answer, words: Wording) -> str:
    for gone in answer.left:
        if gone.party is party:
            return words("verdict.out_since", day=words.day(gone.effective))
    for each in answer.notices:
        if each.party is party:
            key = "verdict.out_moot" if answer.is_moot(each) else "verdict.out_on"
            return words(key, day=words.day(each.effective), notice=words.day(each.notice))
    return words("verdict.no_notice")


def countries(material: Material, words: Wording) -> tuple[Country, ...]:
    """The three countries in the alphabetical order of the language."""
    status, entries = material.status, material.record.by_id()
    rows = [
        Country(
            name=words.party(each.party),
            in_writing=_in_writing(each, words),
            said=_said(each, status.answer, words),
            said_on=stated_on(each.stated_on, entries.get(each.stated_entry), words) if each.stated_on else "",
            entry=each.stated_entry,
            leaving=_leaving(each.party, status.answer, words),
        )
        for each in status.confirmations.values()
    ]
    return tuple(sorted(rows, key=lambda row: row.name.replace("É", "E")))


def _trade(answer: Answer, words: Wording) -> tuple[str, ...]:
    """What a departure changes for trade, for each country out or leaving while the Agreement goes on."""
    return tuple(
        words("verdict.trade", day=words.day(out.effective), party=words(f"headline.party.{party}"))
        for party, out in answer.departures.items()
    )


def _groups(found: Iterable[Deadline], material: Material, words: Wording) -> tuple[Group, ...]:
    """You first, then the three countries together, then each government, then the user's own."""
    countries = material.law.jurisdictions
    by_who: dict[str, list[Due]] = {key: [] for key in ("you", *countries, "own")}
    for each in found:
        public = each.who_kind not in NOT_PUBLIC
        who = "you" if public else each.jurisdiction if each.jurisdiction in countries else "own"
        by_who[who].append(Due(deadline=each, sureness=sureness(each, words)))
    names = {"you": (words("verdict.you"), words("verdict.you_are")), "own": (words("verdict.own"), "")}
    for key, whose in countries.items():
        of_all = whose.party is None
        name = words("verdict.the_three") if of_all else words("verdict.government", country=words.said(whose.name))
        names[key] = (name, words("verdict.through") if of_all else "")
    return tuple(
        Group(name=names[who][0], note=names[who][1], rows=tuple(rows)) for who, rows in by_who.items() if rows
    )


def _departure(material: Material) -> str:
    """Where a reader sees what a departure does: the scenario of the United States, or all of them."""
    name = "us-withdraws"
    return f"what-if/{name}.html" if name in material.scenarios else "what-if.html"


def status_page(material: Material, words: Wording) -> bytes:
    """In force or not, until when, what comes next, who stands where, and what would change the answer."""
    answer = material.status.answer
    soon = material.question.deadlines(within=TWELVE_MONTHS, certainty=AHEAD)
    act = material.by_id.get(answer.act_by.id) if answer.act_by is not None else None
    leading, staying = moves_from(material.status.phase)
    page = rendered(
        "status.html",
        material,
        words,
        "index.html",
        headline=headline(answer, words),
        verdict=verdict(answer, words),
        bar=bar(answer),
        countries=countries(material, words),
        trade=_trade(answer, words),
        act=act,
        act_sure=sureness(act, words) if act is not None else None,
        departure=_departure(material),
        months=_groups(soon, material, words),
        marks=marks(material.record, material.deadlines, material.status),
        states=diagram(words, material.status.phase),
        leading=leading,
        staying=staying,
    )
    reconcile_end(material.question, answer)
    reconcile_headline(f"{words.lang}/index.html", headlines_of(page), answer, words)
    return page.encode("utf-8")
