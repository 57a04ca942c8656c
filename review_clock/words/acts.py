"""Acts in words: what is assumed, said as a person says it and not as the grammar has it; titles of scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from review_clock.law.acts_and_lapses import (
    Act,
    Assumed,
    NextReviewAmended,
    Note,
    ReviewHeld,
    ReviewScheduled,
    StatedPosition,
    TermEndAmended,
    name_of,
)
from review_clock.record.entries import Entry
from review_clock.record.grammar import understood

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.files import Texts
    from review_clock.questions.differences import Cause
    from review_clock.record.entries import Announced
    from review_clock.words.wording import Wording


def _act(act: Act, words: Wording) -> str:
    """An act as a noun with whose it is: notice of withdrawal by the United States."""
    party = getattr(act, "party", None)
    who = words(f"headline.party.{party}") if party else ""
    if isinstance(act, StatedPosition):
        return words("assumed.stated_position", who=who, stance=words(f"stance.{act.stance}"))
    if isinstance(act, ReviewScheduled | TermEndAmended | NextReviewAmended):
        return words(f"assumed.{name_of(type(act))}", other=words.day(act.day))
    early = isinstance(act, ReviewHeld) and act.early
    return words("assumed.next_review_held" if early else f"assumed.{name_of(type(act))}", who=who)


def assumed(line: str, words: Wording) -> str:
    """An assumption, a line of the grammar, with its day in words."""
    said = understood(line)
    act = words("assumed.all_confirm") if said.everyone else _act(said.make(said.party, Assumed(said=line)), words)
    return words("assumed.line", day=words.day(said.on), act=act)


def all_assumed(lines: Iterable[str], words: Wording) -> list[str]:
    """Assumptions, each in words."""
    return [assumed(line, words) for line in lines]


def titled(title: Texts | None, lines: Iterable[str], words: Wording) -> str:
    """The title of a scenario; one that was given none is called by what it assumes."""
    return words.said(title) or "; ".join(all_assumed(lines, words))


def with_effect(rows: Iterable[Entry | Announced], words: Wording) -> list[str]:
    """Those of the record's rows that are acts with an effect, each with its day, in words."""
    acts = (row.act for row in rows if isinstance(row, Entry) and not isinstance(row.act, Note | StatedPosition))
    return [words("status.party_on", state=_act(act, words), day=words.day(act.on)) for act in acts]


def _behind(cause: Cause, words: Wording) -> str:
    """What of the record is behind a cause: an act and whose it is, an announcement, a case, else a fact."""
    if cause.by in ("announced", "case"):
        return words(f"cause.{cause.by}")
    if cause.by in ("note", ""):
        return words("cause.fact")
    return words.act(cause.by, cause.party)


def cause_text(cause: Cause | None, words: Wording) -> str:
    """What made a difference against the record, or nothing."""
    if cause is None:
        return ""
    line = assumed(cause.line, words) if cause.line else ""
    return words(f"cause.{cause.kind}", line=line, day=words.day(cause.day or cause.on), what=_behind(cause, words))
