"""A deadline as of a day: its date with certainty, derivation, other readings, evidence and history."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from review_clock.deadlines.changes import Change
from review_clock.deadlines.office_days import OfficeDay, office_day
from review_clock.deadlines.resolve import Dated, counted_for
from review_clock.files import HIDDEN, MaybeText, Texts, same_in_all
from review_clock.law.authority import Authority
from review_clock.law.counting import Counted, starting
from review_clock.law.law import Law
from review_clock.law.position import Review
from review_clock.law.readings import Readings
from review_clock.law.rules import Quote, Rule
from review_clock.law.vocabulary import SELF_EXECUTING
from review_clock.record.ledger import Record

CERTAINTIES: Final = ("past", "fixed", "scheduled", "contingent", "superseded")
OUTCOMES: Final = ("done", "not_done", "unrecorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The date under another reading (`KEY=VALUE`); None where under it there is no such date."""

    reading: str
    date: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a date hangs on: `name` is a condition in the words files, with the `reading` that it speaks of, `text` the
    rule's own."""

    name: str
    reading: str
    text: Texts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date with all that is known of it as of a day.

    `certainty` is one of `CERTAINTIES`, `outcome` one of `OUTCOMES` once it is past (else empty). `earliest` and
    `latest` are over all readings that matter: the earliest is safe for one's own duty, the latest is what another
    may still claim. `evidence` and `expected_by` hold ids of the record's entries. `would_move` names, in the words
    files, what would move it; `moved_from` is the date it had before an act moved it last.
    """

    id: str
    rule: str
    date: datetime.date
    time: MaybeText
    zone: MaybeText
    title: Texts
    duty: Texts
    jurisdiction: str
    jurisdiction_name: Texts = field(metadata=HIDDEN)
    kind: str
    bound: str
    actor: str
    actor_name: Texts
    recipient: MaybeText
    recipient_name: Texts | None
    certainty: str
    outcome: MaybeText
    condition: Condition | None
    confidence: str
    authority: tuple[Authority, ...]
    derivation: Counted
    quote: Quote | None
    other_readings: tuple[Other, ...]
    earliest: datetime.date
    latest: datetime.date
    office_days: OfficeDay | None
    evidence: tuple[str, ...]
    expected_by: tuple[str, ...]
    moved_from: datetime.date | None
    changes: tuple[Change, ...]
    would_move: str
    review: Review | None = field(metadata=HIDDEN)

    def __repr__(self) -> str:
        """Short: it has three languages of texts."""
        return f"Deadline(id={self.id!r}, date={self.date}, certainty={self.certainty!r})"

    @property
    def is_ahead(self) -> bool:
        """Whether it can still be put into somebody's calendar."""
        return self.certainty not in ("past", "superseded")

    @property
    def superseded_by(self) -> Change | None:
        """What removed it, if an act did."""
        last = self.changes[-1] if self.changes else None
        return last if last is not None and last.what == "vanished" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Deadlines as of a day, by date and then id."""

    as_of: datetime.date
    readings: Readings
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a deadline is seen with: the law and the record, the day, its dates under other readings, its changes."""

    law: Law
    record: Record
    as_of: datetime.date
    others: tuple[Other, ...]
    span: tuple[datetime.date, datetime.date]
    changes: tuple[Change, ...]
    superseded: bool


def _outcome(dated: Dated, record: Record, as_of: datetime.date) -> tuple[str, tuple[str, ...]]:
    """What became of it, and the entries that show it; empty while it is still ahead and nothing is recorded."""
    done = tuple(entry.id for entry in record.entries if dated.id in entry.fulfils)
    missed = tuple(entry.id for entry in record.entries if dated.id in entry.misses)
    if done:
        return "done", done
    if missed:
        return "not_done", missed
    if dated.rule.kind == "review" and dated.review is not None and dated.review.held_on is not None:
        return ("done", ()) if dated.review.held_on <= as_of else ("", ())
    if dated.day >= as_of:
        return "", ()
    return ("done" if dated.rule.kind in SELF_EXECUTING else "unrecorded"), ()


def _certainty(dated: Dated, outcome: str, superseded: bool) -> str:
    if superseded:
        return "superseded"
    return "past" if outcome else dated.certainty


def _condition(dated: Dated) -> Condition | None:
    name, _, reading = dated.condition.partition(":")
    text = dated.rule.condition if isinstance(dated.rule, Rule) else None
    return Condition(name=name, reading=reading, text=text) if name or text is not None else None


def _would_move(dated: Dated, certainty: str) -> str:
    """What would move it, from what it is counted from."""
    if certainty in ("past", "superseded"):
        return "past"
    if not isinstance(dated.rule, Rule):
        return "announced"
    if dated.review is not None:
        return "review"
    if dated.counted.steps[0].what == "withdrawal_notice":
        return "withdrawal"
    return "term" if certainty == "scheduled" or dated.rule.kind in ("term", "confirmation") else "fixed"


def deadline(dated: Dated, around: Surroundings) -> Deadline:
    """A resolved rule, or an announced date, with all that is known of it."""
    rule, law = dated.rule, around.law
    outcome, evidence = _outcome(dated, around.record, around.as_of)
    certainty = _certainty(dated, outcome, around.superseded)
    a_rule = rule if isinstance(rule, Rule) else None
    jurisdiction = law.jurisdictions[rule.jurisdiction]
    moved = [change.before for change in around.changes if change.what == "moved"]
    assert rule.title is not None
    return Deadline(
        id=dated.id,
        rule=a_rule.id if a_rule else "announced",
        date=dated.day,
        time="" if isinstance(rule, Rule) else rule.time,
        zone="" if isinstance(rule, Rule) else rule.zone,
        title=rule.title,
        duty=rule.duty if isinstance(rule, Rule) else rule.text,
        jurisdiction=rule.jurisdiction,
        jurisdiction_name=jurisdiction.name,
        kind=rule.kind,
        bound=a_rule.bound if a_rule else "no_later_than",
        actor=rule.actor,
        actor_name=a_rule.actor_name if a_rule else _name(rule.actor, law),
        recipient=rule.recipient,
        recipient_name=a_rule.recipient_name if a_rule else _name(rule.recipient, law) if rule.recipient else None,
        certainty=certainty,
        outcome="" if around.superseded else outcome,
        condition=_condition(dated),
        confidence=rule.confidence,
        authority=tuple(law.authorities.by_cite[cite] for cite in a_rule.authority) if a_rule else (),
        derivation=dated.counted,
        quote=a_rule.quote if a_rule else None,
        other_readings=() if around.superseded else around.others,
        earliest=min(around.span[0], dated.day),
        latest=max(around.span[1], dated.day),
        office_days=office_day(dated.day, jurisdiction.offices, a_rule.office if a_rule else ""),
        evidence=evidence,
        expected_by=tuple(row.id for row in around.record.announced if row.about == dated.id),
        moved_from=moved[-1] if moved else None,
        changes=around.changes,
        would_move=_would_move(dated, certainty),
        review=dated.review,
    )


def _name(actor: str, law: Law) -> Texts:
    """The name of an office that a record names: by its id, or in its author's own words."""
    return law.actors.get(actor) or same_in_all(actor)


def of_case(
    rule: Rule, trigger: datetime.date, readings: Readings, choices: Iterable[tuple[str, str]]
) -> tuple[Counted | None, tuple[Other, ...]]:
    """`rule` counted from `trigger` as if a case began that day, and its date under each other reading of `choices`.

    For rules that have no date until a case exists (a petition, a notice), and for any other rule with a count.
    """
    base = starting(trigger, "case_trigger", rule.id)
    counted = counted_for(rule, base, readings)
    others = []
    for key, value in choices:
        other = counted_for(rule, base, readings.but(key, value))
        day = None if other is None else other.day
        if counted is not None and day != counted.day:
            others.append(Other(reading=f"{key}={value}", date=day))
    return counted, tuple(others)
