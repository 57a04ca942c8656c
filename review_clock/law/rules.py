"""Rules: counted from what, how, who to whom, on which authority (deadlines.toml, actors.toml).

A `Rule` has no date; `review_clock.deadlines` resolves it on a timeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from review_clock.files import BadData, Phrase, Table, Texts
from review_clock.law.acts_and_lapses import Party
from review_clock.law.authority import HOW_READ
from review_clock.law.counting import OFFSET_KEYS
from review_clock.law.readings import Reading
from review_clock.law.revised import Revised, revised
from review_clock.law.versions import InForce, Versioned, in_force, versions
from review_clock.law.vocabulary import KINDS, checked_id

BOUNDS: Final = ("on", "at_least", "no_later_than", "before", "within", "not_before", "until", "from", "in_year")
ANCHORS: Final = (
    "entry_into_force",
    "last_notification",
    "enactment",
    "mexico_consultation",
    "first_automotive_report",
    "labor_committee",
    "review",
    "term_end",
    "last_day_in_force",
    "last_notice",
    "withdrawal_notice",
    "withdrawal_effect",
    "exit_us",
    "case",
    "undated",
)
"""What a rule may be counted from; `case` has no day until a case exists, `undated` has none at all."""
REVIEW_KINDS: Final = ("six_year", "after_extension", "annual", "six_year_rhythm")
"""Which joint reviews a rule concerns: the first of the first term, the first of a later one, the annual ones, and
annual ones that fall on the six-year rhythm (reading R12)."""
PARTIES: Final = tuple(party.lower() for party in Party)
AGREEMENT_GOES_ON, AGREEMENT_ENDS = ONLY = "agreement_goes_on", "agreement_ends"
"""Of which withdrawals a rule may speak alone: those after which the Agreement goes on, and the one that ends it."""
WITHDRAWS: Final = "withdrawing-party"
"""The actor that stands for the Party that withdraws."""
OF_A_WITHDRAWAL: Final = ("withdrawal_notice", "withdrawal_effect")
"""The anchors that are of one Party: a rule counted from them may speak of some Parties only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The decisive words of a text, 25 at most, and where they stand."""

    words: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """To which business day a day that is none is moved: the `previous` or the `next` of the holiday calendar
    `holidays` (a country, a country and its part, or a market)."""

    to: str
    holidays: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # each is itself: what is counted for it can be kept
class Rule(Versioned):
    """A duty or an effect with a day that is counted from an anchor.

    `offset` is a tuple of steps ({"days": -270}: calendar days; months and years by the corresponding date); with
    `every`, the occurrence k stands k times `every` further on, the last not after `until` (or before the term's end).
    Counted from a withdrawal, it speaks of one by a Party in `parties` (of any, where that is empty), and with `only` =
    `agreement_goes_on` of one after which the Agreement is still in force, with `agreement_ends` of the one that ends
    it; where its `actor` is the one that withdraws, a title names that Party. It has no day under the readings of
    `lapses_under`; under those of `earlier_under` the duty is owed on an earlier day that is unknown. From the
    occurrence `inferred_from` on (the first is 1) no text fixes the day, from `condition_from` on the condition holds.
    `confidence` says how its text was read (`authority.HOW_READ`).
    `confidence_between` is that of a review that follows an extension made between two reviews, under paragraph 5.
    A user's own rule (kind `internal`, `counted_from` a `deadline`) hangs on each deadline of the rule named in
    `after`; only such a rule may `roll`.
    It is the first version of its text where it has `later` ones, which differ in keys of `CHANGEABLE` alone.
    """

    id: str
    jurisdiction: str
    kind: str
    counted_from: str
    reviews: tuple[str, ...]
    offset: tuple[Mapping[str, int | str], ...]
    every: Mapping[str, int] | None
    until: Mapping[str, int] | str | None
    bound: str
    office: str
    actor: str
    actor_name: Texts
    who_kind: str
    recipient: str
    recipient_name: Texts | None
    authority: tuple[str, ...]
    confidence: str
    title: Texts
    duty: Texts
    condition: Texts | None
    trigger: Texts | None
    when: Texts | None
    quote: Quote | None
    lapses_under: tuple[tuple[str, str], ...]
    inferred_from: int = 0
    condition_from: int = 1
    earlier_under: tuple[tuple[str, str], ...] = ()
    parties: tuple[Party, ...] = ()
    only: str = ""
    confidence_between: str = ""
    after: str = ""
    roll: Roll | None = None
    revised: tuple[Revised, ...] = ()

    @property
    def of_one_party(self) -> bool:
        """Whether each of its dates is of what one Party does: it withdraws."""
        return self.counted_from in OF_A_WITHDRAWAL and self.actor == WITHDRAWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Unshipped:
    """A rule that is not dated, and why: `withheld` (not verified well enough) or `background` (makes no date)."""

    id: str
    authority: str
    why: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All rules in the order of the file, and what was left out and why."""

    rules: tuple[Rule, ...]
    withheld: tuple[Unshipped, ...]
    background: tuple[Unshipped, ...]

    def as_known_on(self, day: date) -> Catalogue:
        """The rules that were known at the end of `day`, each with the versions known then."""
        known = (rule.known_by(day) for rule in self.rules)
        return replace(self, rules=tuple(rule for rule in known if rule is not None))

    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their id."""
        return {rule.id: rule for rule in self.rules}


def _step(table: Table) -> Mapping[str, int | str]:
    step: dict[str, int | str] = {}
    for key in table.names():
        if key not in OFFSET_KEYS:
            raise table.wrong(key, "is not a way to count", ", ".join(OFFSET_KEYS))
        step[key] = table.string(key) if key == "next_month_day" else table.whole(key)
    if len(step) != 1:
        raise table.wrong("", Phrase("holds {n} ways to count", n=len(step)), "one in each step")
    table.finish()
    return step


def _span(table: Table, key: str) -> Mapping[str, int] | None:
    if not table.has(key):
        return None
    span = table.table(key)
    found = {unit: span.whole(unit) for unit in span.names()}
    span.finish()
    if tuple(found) not in (("years",), ("months",), ("days",)) or min(found.values()) < 1:
        wrong = Phrase("{value} is not a span", value=dict(found))
        raise table.wrong(key, wrong, "one of years, months, days, at least 1")
    return found


def _until(table: Table) -> Mapping[str, int] | str | None:
    if not table.has("until"):
        return None
    try:
        return _span(table, "until")
    except BadData:
        return table.choice("until", ("term_end",))


def _quote(table: Table) -> Quote | None:
    if not table.has("quote"):
        return None
    row = table.table("quote")
    quote = Quote(words=row.string("words"), cite=row.string("from"))
    row.finish()
    if len(quote.words.split()) > 25:
        raise table.wrong("quote.words", Phrase("has {n} words", n=len(quote.words.split())), "25 at most")
    return quote


def _pairs(table: Table, name: str, readings: Iterable[Reading]) -> tuple[tuple[str, str], ...]:
    known = [f"{reading.key}={value}" for reading in readings for value in reading.values]
    pairs = []
    for place, pair in enumerate(table.strings(name)):
        if pair not in known:
            wrong = Phrase("{value!r} is not a reading and its value", value=pair)
            raise table.wrong(f"{name}[{place}]", wrong, ", ".join(known))
        key, value = pair.split("=")
        pairs.append((key, value))
    return tuple(pairs)


CHANGEABLE: Final = (
    *("offset", "bound", "office", "actor", "recipient", "authority", "confidence"),
    *("title", "duty", "condition", "condition_from", "trigger", "when", "quote"),
)
"""What a version of a rule may change. Counted from something else, or recurring otherwise, it is another rule."""


def _rule(table: Table, actors: Mapping[str, Actor], readings: Iterable[Reading], jurisdictions: Iterable[str]) -> Rule:
    later = [_version(whole, when, actors, readings, jurisdictions) for whole, when in versions(table, CHANGEABLE)]
    return replace(_version(table, in_force(table), actors, readings, jurisdictions), later=tuple(later))


def _version(
    table: Table,
    when_in_force: InForce,
    actors: Mapping[str, Actor],
    readings: Iterable[Reading],
    jurisdictions: Iterable[str],
) -> Rule:
    actor, recipient = table.choice("actor", actors), table.choice("recipient", actors, "")
    counted_from = table.choice("counted_from", ANCHORS)
    rule = Rule(
        id=table.string("id"),
        jurisdiction=table.choice("jurisdiction", jurisdictions),
        kind=table.choice("kind", KINDS),
        counted_from=counted_from,
        reviews=table.strings("reviews", REVIEW_KINDS),
        offset=tuple(_step(step) for step in table.tables("offset")),
        every=_span(table, "every"),
        until=_until(table),
        bound=table.choice("bound", BOUNDS, "on" if counted_from == "undated" else None),
        office=table.choice("office", ("us", "ca", "mx"), ""),
        actor=actor,
        actor_name=actors[actor].name,
        who_kind=actors[actor].who_kind,
        recipient=recipient,
        recipient_name=actors[recipient].name if recipient else None,
        authority=table.strings("authority"),
        confidence=table.choice("confidence", HOW_READ),
        title=table.texts("title"),
        duty=table.texts("duty"),
        condition=table.maybe_texts("condition"),
        trigger=table.maybe_texts("trigger"),
        when=table.maybe_texts("when"),
        quote=_quote(table),
        lapses_under=_pairs(table, "lapses_under", readings),
        inferred_from=table.whole("inferred_from"),
        condition_from=table.whole("condition_from", 1),
        earlier_under=_pairs(table, "earlier_under", readings),
        parties=tuple(Party(each.upper()) for each in table.strings("parties", PARTIES)),
        only=table.choice("only", ONLY, ""),
        confidence_between=table.choice("confidence_between", HOW_READ, ""),
        revised=revised(table),
        in_force=when_in_force,
    )
    table.finish()
    _check(table, rule)
    return rule


def _check(table: Table, rule: Rule) -> None:
    checked_id(table, "id", rule.id)
    if not rule.authority:
        raise table.wrong("authority", "is missing", "at least one citation")
    if (rule.counted_from == "review") != bool(rule.reviews):
        raise table.wrong("reviews", "goes with counted_from = 'review', and only with it", ", ".join(REVIEW_KINDS))
    for key in ("parties", "only"):
        if getattr(rule, key) and rule.counted_from not in OF_A_WITHDRAWAL:
            raise table.wrong(key, "goes only with a withdrawal", f"counted_from {' or '.join(OF_A_WITHDRAWAL)}")
    if rule.confidence_between and "after_extension" not in rule.reviews:
        raise table.wrong("confidence_between", "goes only with a review after an extension", "no such key")
    if rule.counted_from == "case" and rule.trigger is None:
        raise table.wrong("trigger", "is missing", "what the day of the case is, in en, es and fr")
    if rule.counted_from == "undated" and rule.when is None:
        raise table.wrong("when", "is missing", "when the duty is owed, in en, es and fr")
    if (rule.every is None) != (rule.until is None):
        raise table.wrong("until", "goes with `every`, and `every` with it", "both or neither")


WHO_KINDS: Final = ("government", "importer", "producer", "public", "litigant", "own")
"""Who must act: a government or an organ of the Agreement, somebody outside of them, or the user's own office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who must act or be told: the name, and of which of `WHO_KINDS`."""

    name: Texts
    who_kind: str


def load_actors(root: Table) -> Mapping[str, Actor]:
    """Offices and Parties by id, from a parsed actors.toml. Raises `BadData`."""
    actors: dict[str, Actor] = {}
    for table in root.tables("actor"):
        identity = table.string("id")
        if identity in actors:
            raise table.wrong("id", Phrase("{value} stands twice", value=identity), "each actor once")
        actors[identity] = Actor(name=table.texts("name"), who_kind=table.choice("who_kind", WHO_KINDS, "government"))
        table.finish()
    root.finish()
    return actors


def _unshipped(table: Table, why: str) -> Unshipped:
    row = Unshipped(id=table.string("id"), authority=table.string("authority_text"), why=table.texts(why))
    table.finish()
    return row


def load(
    root: Table, actors: Mapping[str, Actor], readings: Iterable[Reading], jurisdictions: Iterable[str]
) -> Catalogue:
    """The catalogue of a parsed deadlines.toml. Raises `BadData` for a rule that stands twice."""
    rules: dict[str, Rule] = {}
    for table in root.tables("rule"):
        rule = _rule(table, actors, readings, jurisdictions)
        if rule.id in rules:
            raise table.wrong("id", Phrase("{value} stands twice", value=rule.id), "each rule once")
        rules[rule.id] = rule
    withheld = tuple(_unshipped(table, "reason") for table in root.tables("withheld"))
    background = tuple(_unshipped(table, "note") for table in root.tables("background"))
    root.finish()
    return Catalogue(rules=tuple(rules.values()), withheld=withheld, background=background)
