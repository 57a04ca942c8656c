"""Rules: counted from what, how, who to whom, on which authority (deadlines.toml, actors.toml).

A `Rule` has no date; `review_clock.deadlines` resolves it on a timeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from review_clock.files import BadData, Table, Texts
from review_clock.law.authority import HOW_READ
from review_clock.law.counting import OFFSET_KEYS
from review_clock.law.readings import Reading
from review_clock.law.vocabulary import KINDS, is_id

BOUNDS: Final = ("on", "at_least", "no_later_than", "before", "within", "not_before", "until", "from")
ANCHORS: Final = (
    "entry_into_force",
    "last_notification",
    "enactment",
    "mexico_consultation",
    "review",
    "term_end",
    "last_day_in_force",
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
class Rule:
    """A duty or an effect with a day that is counted from an anchor.

    `offset` is a tuple of steps ({"days": -270}: calendar days; months and years by the corresponding date); with
    `every`, the occurrence k stands k times `every` further on, the last not after `until` (or before the term's end).
    It has no day under the readings of `lapses_under`. `confidence` says how its text was read (`authority.HOW_READ`).
    A user's own rule (kind `internal`, `counted_from` a `deadline`) hangs on each deadline of the rule named in
    `after`; only such a rule may `roll`.
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
    after: str = ""
    roll: Roll | None = None


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

    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their id."""
        return {rule.id: rule for rule in self.rules}


def _step(table: Table) -> Mapping[str, int | str]:
    step: dict[str, int | str] = {}
    for key in table.names():
        if key not in OFFSET_KEYS:
            raise table.wrong(key, "is not a way to count", ", ".join(OFFSET_KEYS))
        step[key] = table.string(key) if key == "next_month_day" else table.whole(key, 0)
    if len(step) != 1:
        raise table.wrong("", f"holds {len(step)} ways to count", "one in each step")
    table.finish()
    return step


def _span(table: Table, key: str) -> Mapping[str, int] | None:
    if not table.has(key):
        return None
    span = table.table(key)
    found = {unit: span.whole(unit, 0) for unit in span.names()}
    span.finish()
    if len(found) != 1 or not set(found) <= {"years", "months", "days"} or min(found.values()) < 1:
        raise table.wrong(key, f"{dict(found)} is not a span", "one of years, months, days, at least 1")
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
        raise table.wrong("quote.words", f"has {len(quote.words.split())} words", "25 at most")
    return quote


def _lapses_under(table: Table, readings: Iterable[Reading]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for place, pair in enumerate(table.strings("lapses_under")):
        key, _, value = pair.partition("=")
        known = {reading.key: reading.values for reading in readings}
        if value not in known.get(key, ()):
            accepted = ", ".join(f"{k}={v}" for k, values in known.items() for v in values)
            raise table.wrong(f"lapses_under[{place}]", f"{pair!r} is not a reading and its value", accepted)
        pairs.append((key, value))
    return tuple(pairs)


def _rule(table: Table, actors: Mapping[str, Texts], readings: Iterable[Reading], jurisdictions: Iterable[str]) -> Rule:
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
        actor_name=actors[actor],
        recipient=recipient,
        recipient_name=actors.get(recipient),
        authority=table.strings("authority"),
        confidence=table.choice("confidence", HOW_READ),
        title=table.texts("title"),
        duty=table.texts("duty"),
        condition=table.maybe_texts("condition"),
        trigger=table.maybe_texts("trigger"),
        when=table.maybe_texts("when"),
        quote=_quote(table),
        lapses_under=_lapses_under(table, readings),
    )
    table.finish()
    _check(table, rule)
    return rule


def _check(table: Table, rule: Rule) -> None:
    if not is_id(rule.id):
        raise table.wrong("id", f"{rule.id!r} is not an id", "letters, digits, dots and hyphens")
    if not rule.authority:
        raise table.wrong("authority", "is missing", "at least one citation")
    if (rule.counted_from == "review") != bool(rule.reviews):
        raise table.wrong("reviews", "goes with counted_from = 'review', and only with it", ", ".join(REVIEW_KINDS))
    if rule.counted_from == "case" and rule.trigger is None:
        raise table.wrong("trigger", "is missing", "what the day of the case is, in en, es and fr")
    if rule.counted_from == "undated" and rule.when is None:
        raise table.wrong("when", "is missing", "when the duty is owed, in en, es and fr")
    if (rule.every is None) != (rule.until is None):
        raise table.wrong("until", "goes with `every`, and `every` with it", "both or neither")


def load_actors(root: Table) -> Mapping[str, Texts]:
    """The names of offices and Parties by id, from a parsed actors.toml. Raises `BadData`."""
    actors: dict[str, Texts] = {}
    for table in root.tables("actor"):
        identity = table.string("id")
        if identity in actors:
            raise table.wrong("id", f"{identity} stands twice", "each actor once")
        actors[identity] = table.texts("name")
        table.finish()
    root.finish()
    return actors


def _unshipped(table: Table, why: str) -> Unshipped:
    row = Unshipped(id=table.string("id"), authority=table.string("authority_text"), why=table.texts(why))
    table.finish()
    return row


def load(
    root: Table, actors: Mapping[str, Texts], readings: Iterable[Reading], jurisdictions: Iterable[str]
) -> Catalogue:
    """The catalogue of a parsed deadlines.toml. Raises `BadData` for a rule that stands twice."""
    rules: dict[str, Rule] = {}
    for table in root.tables("rule"):
        rule = _rule(table, actors, readings, jurisdictions)
        if rule.id in rules:
            raise table.wrong("id", f"{rule.id} stands twice", "each rule once")
        rules[rule.id] = rule
    withheld = tuple(_unshipped(table, "reason") for table in root.tables("withheld"))
    background = tuple(_unshipped(table, "note") for table in root.tables("background"))
    root.finish()
    return Catalogue(rules=tuple(rules.values()), withheld=withheld, background=background)
