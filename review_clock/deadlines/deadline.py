"""The deadlines as of a day: each with its certainty, derivation, other readings, evidence and history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.deadlines.changes import Change, revisions
from review_clock.deadlines.other_readings import Other, OtherReadings, other_readings
from review_clock.deadlines.resolve import Dated, counted_for, resolve
from review_clock.files import Texts
from review_clock.law.acts_and_lapses import Act, in_order
from review_clock.law.counting import Counted, starting
from review_clock.law.position import Review
from review_clock.law.readings import Readings, alternatives
from review_clock.law.rules import Quote, Rule
from review_clock.law.vocabulary import SELF_EXECUTING
from review_clock.record.ledger import Record
from review_clock.timeline.unfold import timeline

CERTAINTIES: Final = ("past", "fixed", "scheduled", "contingent", "superseded")
OUTCOMES: Final = ("done", "not_done", "unrecorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date with all that is known of it as of a day.

    `certainty` is one of `CERTAINTIES`, `outcome` one of `OUTCOMES` once it is past (else empty). `earliest` and
    `latest` are over all readings that matter: the earliest is safe for one's own duty, the latest is what another
    may still claim. `evidence` and `expected_by` hold ids of the record's entries. `condition` names a condition in
    the words files, `condition_text` is the rule's own.
    """

    id: str
    rule: str
    day: date
    time: str
    zone: str
    jurisdiction: str
    kind: str
    bound: str
    actor: str
    recipient: str
    office: str
    title: Texts
    duty: Texts
    authority: tuple[str, ...]
    quote: Quote | None
    confidence: str
    certainty: str
    outcome: str
    condition: str
    condition_text: Texts | None
    counted: Counted
    review: Review | None
    others: tuple[Other, ...]
    earliest: date
    latest: date
    evidence: tuple[str, ...]
    expected_by: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def superseded_by(self) -> Act | None:
        """The act that removed it, if one did."""
        last = self.changes[-1] if self.changes else None
        return last.act if last is not None and last.what == "vanished" else None

    @property
    def moved_from(self) -> date | None:
        """The date it had before an act moved it last, if one did."""
        moved = [change.before for change in self.changes if change.what == "moved"]
        return moved[-1] if moved else None


def _outcome(dated: Dated, record: Record, as_of: date) -> tuple[str, tuple[str, ...]]:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a deadline is assembled from."""

    record: Record
    as_of: date
    other: OtherReadings
    changes: tuple[Change, ...]
    superseded: bool = False


def _deadline(dated: Dated, seen: _Seen) -> Deadline:
    rule = dated.rule
    outcome, evidence = _outcome(dated, seen.record, seen.as_of)
    others = () if seen.superseded else seen.other.others.get(dated.id, ())
    earliest, latest = seen.other.span.get(dated.id, (dated.day, dated.day))
    condition, certainty = dated.condition, _certainty(dated, outcome, seen.superseded)
    a_rule = rule if isinstance(rule, Rule) else None
    assert rule.title is not None
    return Deadline(
        id=dated.id,
        rule=a_rule.id if a_rule else "announced",
        day=dated.day,
        time="" if isinstance(rule, Rule) else rule.time,
        zone="" if isinstance(rule, Rule) else rule.zone,
        jurisdiction=rule.jurisdiction,
        kind=rule.kind,
        bound=a_rule.bound if a_rule else "no_later_than",
        actor=rule.actor,
        recipient=rule.recipient,
        office=a_rule.office if a_rule else "",
        title=rule.title,
        duty=rule.duty if isinstance(rule, Rule) else rule.text,
        authority=a_rule.authority if a_rule else (),
        quote=a_rule.quote if a_rule else None,
        confidence=rule.confidence,
        certainty=certainty,
        outcome="" if seen.superseded else outcome,
        condition=condition,
        condition_text=a_rule.condition if a_rule else None,
        counted=dated.counted,
        review=dated.review,
        others=others,
        earliest=min(earliest, dated.day),
        latest=max(latest, dated.day),
        evidence=evidence,
        expected_by=tuple(row.id for row in seen.record.announced if dated.id in (row.about, row.deadline)),
        changes=seen.changes,
    )


def deadlines(record: Record, as_of: date, readings: Readings, assumed: Iterable[Act] = ()) -> tuple[Deadline, ...]:
    """Every deadline as it stands at the end of `as_of`, with what the record then held and what is `assumed`.

    Assumptions are laid over the whole record: its acts after `as_of` stand beneath them, what was not yet known then
    is no evidence. Ordered by date, then id. Deadlines that an act removed stay, as `superseded`. Raises
    `NotProvidedFor` where the law refuses an act.
    """
    known = record.as_known_on(as_of)
    assumed = tuple(assumed)
    acts = tuple(sorted((*(record if assumed else known).acts, *assumed), key=in_order))
    now = resolve(timeline(acts, readings), known)
    other = other_readings(acts, known, readings)
    history = revisions(acts, known, readings)
    found = []
    for identity, dated in now.items():
        seen = _Seen(record=known, as_of=as_of, other=other, changes=history.changes.get(identity, ()))
        found.append(_deadline(dated, seen))
    for identity, dated in history.last.items():
        if identity not in now:
            seen = _Seen(record=known, as_of=as_of, other=other, changes=history.changes[identity], superseded=True)
            found.append(_deadline(dated, seen))
    return tuple(sorted(found, key=lambda deadline: (deadline.day, deadline.id)))


def of_case(rule: Rule, trigger: date, readings: Readings) -> tuple[Counted | None, tuple[Other, ...]]:
    """`rule` counted from `trigger` as if a case began that day, and its date under each other reading.

    For rules that have no date until a case exists (a petition, a notice), and for any other rule with a count.
    """
    base = starting(trigger, "case_trigger", rule.id)
    counted = counted_for(rule, base, readings)
    others = []
    for key, value in alternatives(readings):
        other = counted_for(rule, base, readings.but(key, value))
        day = None if other is None else other.day
        if counted is not None and day != counted.day:
            others.append(Other(key=key, value=value, day=day))
    return counted, tuple(others)


def countries_of(deadline: Deadline) -> tuple[str, ...]:
    """The countries whose holidays are noted on a deadline: its own, or all three for one of the treaty."""
    return ("us", "ca", "mx") if deadline.jurisdiction == "treaty" else (deadline.jurisdiction,)
