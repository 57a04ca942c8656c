"""A deadline as of a day: its date with certainty, derivation, other readings, evidence and history."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Final

from review_clock.deadlines.changes import Change
from review_clock.deadlines.governing import governing
from review_clock.deadlines.office_days import OfficeDay, office_day
from review_clock.deadlines.outcome import outcome
from review_clock.deadlines.reminders import in_charge, said_first
from review_clock.deadlines.resolve import Dated, counted_for
from review_clock.deadlines.would_move import would_move
from review_clock.files import HIDDEN, MaybeText, Texts, same_in_all
from review_clock.law.authority import Authority
from review_clock.law.counting import Counted, starting
from review_clock.law.law import Law
from review_clock.law.position import Review
from review_clock.law.readings import Meaning, Readings
from review_clock.law.revised import Revised
from review_clock.law.rules import Quote, Rule
from review_clock.record.entries import Announced
from review_clock.record.ledger import Record
from review_clock.record.own_case import OwnCase

CERTAINTIES: Final = ("past", "fixed", "announced", "scheduled", "contingent", "superseded")
AHEAD: Final = tuple(each for each in CERTAINTIES if each not in ("past", "superseded"))
"""The certainties of a date that can still be put into somebody's calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The date under another reading (`KEY=VALUE`); None where under it there is no such date."""

    reading: str
    date: datetime.date | None
    means: Meaning = field(metadata=HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a date hangs on: `name` is a condition in the words files, `reading` the one under which alone it comes and
    what that `means`, `text` the rule's own."""

    name: str
    reading: str
    means: Meaning | None
    text: Texts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date with all that is known of it as of a day.

    `certainty` is one of `CERTAINTIES`; `outcome`, one of `OUTCOMES`, is empty until something is known of it or its
    day is past; then `days_late`, `late_under`, `supports_from` and `outcome_confidence` say how well it was met.
    `day_is` says how its day is known (`by_law`, `set`, `inferred`), `edtf` (ISO 8601-2) says so of the date itself.
    `earliest` and `latest` are over all readings that give a day: the earliest is safe for one's own duty unless
    `earliest_open`, the latest is what another may still claim unless `latest_open`: a reading then puts it on an
    earlier, or a later, day that is unknown; `open_under` names those readings. `evidence` and `expected_by` hold ids
    of the record's entries. `would_move` names, in the words files, what would move or remove it; `moved_from` is the
    date it had before an act moved it last, `review_on` the day of the joint review that it prepares or follows.
    `revised` are corrections of ours to the texts behind it. `without_day` says that the reading chosen gives none:
    `date` is then the one that others are counted from, and the last on which it may be owed where it is owed earlier.
    `case` is the user's own that it is a date of: its title then says the matter.
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
    who_kind: str
    certainty: str
    day_is: str
    edtf: str
    outcome: MaybeText
    days_late: int | None
    late_under: tuple[str, ...]
    late_if: tuple[Meaning, ...] = field(metadata=HIDDEN)
    supports_from: datetime.date | None
    outcome_confidence: MaybeText
    days_left: int | None
    condition: Condition | None
    confidence: str
    authority: tuple[Authority, ...]
    derivation: Counted
    quote: Quote | None
    other_readings: tuple[Other, ...]
    earliest: datetime.date
    latest: datetime.date
    earliest_open: bool
    latest_open: bool
    open_under: tuple[str, ...]
    office_days: OfficeDay | None
    evidence: tuple[str, ...]
    expected_by: tuple[str, ...]
    moved_from: datetime.date | None
    changes: tuple[Change, ...]
    would_move: tuple[str, ...]
    review_on: datetime.date | None
    revised: tuple[Revised, ...]
    case: OwnCase | None
    review: Review | None = field(metadata=HIDDEN)
    without_day: bool = field(metadata=HIDDEN)

    def __repr__(self) -> str:
        """Short: it has three languages of texts."""
        return f"Deadline(id={self.id!r}, date={self.date}, certainty={self.certainty!r})"

    @property
    def is_ahead(self) -> bool:
        """Whether it can still be put into somebody's calendar."""
        return self.certainty in AHEAD

    @property
    def is_own(self) -> bool:
        """Whether it is the user's own, a date of the firm's or of a case, and nobody else's business."""
        return self.kind == "internal" or self.case is not None

    @property
    def window(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day that it may be: its date, or the bounds that the reading chosen leaves it."""
        if not self.without_day:
            return self.date, self.date
        if self.review_on != self.date:
            return datetime.date.min, self.date
        return self.date.replace(month=1, day=1), self.date.replace(month=12, day=31)

    @property
    def superseded_by(self) -> Change | None:
        """What removed it, if an act did."""
        last = self.changes[-1] if self.changes else None
        return last if last is not None and last.what == "vanished" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a deadline is seen with: the law and the record, the day, its dates under other readings, its changes."""

    law: Law
    record: Record
    readings: Readings
    as_of: datetime.date
    others: tuple[Other, ...]
    span: tuple[datetime.date, datetime.date]
    changes: tuple[Change, ...]
    superseded: bool


def _certainty(dated: Dated, outcome: str, around: Surroundings) -> str:
    """The first of `CERTAINTIES` that fits; what is counted from a day of a case that is still ahead may be moved by
    whoever sets that day."""
    ahead = dated.case is not None and dated.case.trigger > around.as_of and dated.certainty == "fixed"
    return "superseded" if around.superseded else "past" if outcome else "announced" if ahead else dated.certainty


ANY_DAY: Final = ("annual_review_day", "any_day")
"""The reading under which the text gives an annual review no day: any of its calendar year (R3)."""


def _earlier_under(dated: Dated) -> tuple[tuple[str, str], ...]:
    """The readings under which it is owed on an earlier day that is unknown."""
    return dated.rule.earlier_under if isinstance(dated.rule, Rule) else ()


def _on_an_inferred_review(dated: Dated) -> bool:
    return dated.review is not None and dated.day_is == "inferred"


def _edtf(dated: Dated, earlier: bool, any_day: bool) -> str:
    if earlier or any_day:
        return f"../{dated.day}" if earlier else f"{dated.day.year}-01-01/{dated.day.year}-12-31"
    return f"{dated.day}?" if dated.day_is == "inferred" else dated.day.isoformat()


def _still_said(row: Announced, dated: Dated, changes: tuple[Change, ...]) -> bool:
    """Whether what was announced or expected speaks of the date as it stands: an act may have moved it since."""
    moved = any(change.what == "moved" and row.known_on <= change.on for change in changes)
    return dated.id in (row.about, row.deadline) and (row.on == dated.day or not moved)


def _revised(rule: Rule | None, law: Law) -> tuple[Revised, ...]:
    """The corrections of ours to a rule and to the texts that it cites."""
    if rule is None:
        return ()
    texts = (each for cite in rule.authority for each in law.authorities.by_cite[cite].revised)
    return tuple(sorted((*rule.revised, *texts), key=lambda each: each.on))


def _condition(dated: Dated, certainty: str, law: Law) -> Condition | None:
    """On what it hangs; what is past hangs on no act any more."""
    name, _, reading = dated.condition.partition(":")
    name = "" if certainty == "past" and not reading else name
    text = dated.rule.condition if isinstance(dated.rule, Rule) and dated.own_condition else None
    means = law.meaning(reading) if reading else None
    return Condition(name=name, reading=reading, means=means, text=text) if name or text is not None else None


def _title(dated: Dated, law: Law) -> Texts:
    """The rule's title, after the matter of a case, or the Party whose withdrawal it is."""
    rule = dated.rule
    assert rule.title is not None
    if dated.case is not None:
        return said_first(same_in_all(dated.case.matter), rule.title)
    if isinstance(rule, Rule) and rule.of_one_party:
        return said_first(law.jurisdictions[dated.counted.steps[0].ref.lower()].name, rule.title)
    return rule.title


def deadline(dated: Dated, around: Surroundings) -> Deadline:
    """A resolved rule, or an announced date, with all that is known of it."""
    rule, law, readings = dated.rule, around.law, around.readings
    earlier = any(readings[key] == value for key, value in _earlier_under(dated))
    on_inferred = _on_an_inferred_review(dated)
    dated = replace(dated, day_is="inferred") if earlier else dated
    any_day = on_inferred and rule.kind == "review" and readings[ANY_DAY[0]] == ANY_DAY[1]
    others = [(other.reading, other.date) for other in around.others if other.date is not None]
    met = outcome(dated, around.record, around.as_of, readings, others)
    certainty, gone = _certainty(dated, met.outcome, around), around.superseded
    ahead = certainty in AHEAD and not (any_day or earlier)
    open_under = () if gone else ((ANY_DAY,) if on_inferred else ()) + _earlier_under(dated)
    a_rule = rule if isinstance(rule, Rule) else None
    jurisdiction = law.jurisdictions[rule.jurisdiction]
    moved = [change.before for change in around.changes if change.what == "moved"]
    actor = law.actor(rule.actor).name
    case = dated.case
    return Deadline(
        id=dated.id,
        rule=a_rule.id if a_rule else "announced",
        date=dated.day,
        time="" if isinstance(rule, Rule) else rule.time,
        zone="" if isinstance(rule, Rule) else rule.zone,
        title=_title(dated, law),
        duty=rule.duty if isinstance(rule, Rule) else rule.text,
        jurisdiction=rule.jurisdiction,
        jurisdiction_name=jurisdiction.name,
        kind=rule.kind,
        bound=a_rule.bound if a_rule else "no_later_than",
        actor=rule.actor,
        actor_name=in_charge(case, actor) if case and rule.kind != "internal" else actor,
        recipient=rule.recipient,
        recipient_name=law.actor(rule.recipient).name if rule.recipient else None,
        who_kind=a_rule.who_kind if a_rule else law.actor(rule.actor).who_kind,
        certainty=certainty,
        day_is=dated.day_is,
        edtf=_edtf(dated, earlier, any_day),
        outcome="" if gone else met.outcome,
        days_late=met.days_late,
        late_under=met.late_under,
        late_if=tuple(law.meaning(reading) for reading in met.late_under),
        supports_from=met.supports_from,
        outcome_confidence=met.confidence,
        days_left=(dated.day - around.as_of).days if ahead else None,
        condition=_condition(dated, certainty, law),
        confidence=dated.confidence or rule.confidence,
        authority=tuple(law.authorities.by_cite[cite] for cite in a_rule.authority) if a_rule else (),
        derivation=dated.counted,
        quote=a_rule.quote if a_rule else None,
        other_readings=around.others,
        earliest=min(around.span[0], dated.day),
        latest=max(around.span[1], dated.day),
        earliest_open=bool(open_under),
        latest_open=on_inferred and not gone,
        open_under=tuple(f"{key}={value}" for key, value in open_under),
        office_days=None
        if any_day or earlier
        else office_day(
            dated.day, jurisdiction.offices, (case.office if case else "") or (a_rule.office if a_rule else "")
        ),
        evidence=met.evidence,
        expected_by=tuple(row.id for row in around.record.announced if _still_said(row, dated, around.changes)),
        moved_from=moved[-1] if moved else None,
        changes=around.changes,
        would_move=() if gone else would_move(dated, around.as_of),
        review_on=dated.review.meeting.day if dated.review else None,
        revised=_revised(a_rule, law),
        case=case,
        review=dated.review,
        without_day=any_day or earlier,
    )


def of_case(
    rule: Rule, trigger: datetime.date, readings: Readings, law: Law
) -> tuple[Counted | None, tuple[Other, ...]]:
    """`rule` counted from `trigger` as if a case began that day, and its date under each other reading.

    For rules that have no date until a case exists (a petition, a notice), and for any other rule with a count. Of an
    amended text the version counts that governs the date.
    """
    base = starting(trigger, "case_trigger", rule.id)

    def under(chosen: Readings) -> Counted | None:
        governed = governing(rule, lambda version: counted_for(version, base, chosen))
        return None if governed is None else governed[1]

    counted = under(readings)
    others = []
    for key, value in law.alternatives(readings):
        other = under(readings.but(key, value))
        day = None if other is None else other.day
        if counted is not None and day != counted.day:
            pair = f"{key}={value}"
            others.append(Other(reading=pair, date=day, means=law.meaning(pair)))
    return counted, tuple(others)
