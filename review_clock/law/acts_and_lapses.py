"""Party, the acts and lapses of time that move the Agreement, and their order on one day.

An *act* is something somebody did; acts are recorded, or assumed. A *lapse* is what the passing of time brings;
nobody records it: `chapter_34.falls_next` names it. `Event` is the closed union of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, get_args


class Party(StrEnum):
    """A Party to the Agreement. The order is alphabetical on every page."""

    CA = "CA"
    MX = "MX"
    US = "US"


class Stance(StrEnum):
    """What a Party has said that it wishes. It is not a confirmation: Art. 34.7(3)."""

    EXTEND = "extend"
    NOT_EXTEND = "not_extend"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Where an act comes from: the entry of the record, by its id."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """Where an act comes from: an assumption, in the words of whoever made it.

    `silence` is true for the acts a scenario adds for a review that no assumption speaks of.
    """

    said: str
    silence: bool = False


Origin = Recorded | Assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act(_Dated):
    source: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class _PartyAct(_Act):
    party: Party


class EntryIntoForce(_Act):
    """The Agreement enters into force. Art. 34.5; Protocol para. 2."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewHeld(_Act):
    """The Commission met for a joint review. Art. 34.7(2), Art. 34.7(4).

    It is the review that fell due last; with `early`, the next one, held before its anniversary.
    """

    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewScheduled(_Act):
    """The day of the next review was fixed: of an annual one, for which Art. 34.7(4) fixes none itself (reading R3), or
    of one after an extension, for which Art. 34.7(3) fixes only the latest."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amendment(_Act):
    """The Parties amend the Agreement; `day` is the one that the amendment sets, `on` the day it takes effect.

    Art. 34.3, which was not read here: what an amendment needs and when it takes effect is not modelled. So it can be
    assumed, and is no act of a record.
    """

    day: date


class TermEndAmended(_Amendment):
    """An amendment sets the day with which the present term ends, as its anniversary would be. Art. 34.3."""

    __slots__ = ()


class NextReviewAmended(_Amendment):
    """An amendment sets the day of the next joint review. Art. 34.3."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPosition(_PartyAct):
    """A Party said what it wishes; without effect on the term. Art. 34.7(3)."""

    stance: Stance


class Confirmation(_PartyAct):
    """A Party confirmed in writing, through its head of government, that it wishes to extend. Art. 34.7(3)."""

    __slots__ = ()


class NonConfirmation(_PartyAct):
    """A Party did not confirm at a joint review. Art. 34.7(4)."""

    __slots__ = ()


class ReviewConcluded(_Act):
    """A joint review was concluded. Art. 34.7(4)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalNotice(_PartyAct):
    """A Party provided written notice of withdrawal. Art. 34.6.

    `on` is the day it first reached another Party; `last_receipt` the day it reached the last (reading R8).
    """

    last_receipt: date | None = None


class WithdrawalRescinded(_PartyAct):
    """A Party took back its notice before it took effect. Art. 34.6 is silent (reading R9)."""

    __slots__ = ()


class Note(_Act):
    """A dated fact without effect on the state: a hearing, a report, a threat, a tariff."""

    __slots__ = ()


class ReviewFallsDue(_Dated):
    """The day of a joint review comes. Art. 34.7(2), Art. 34.7(4), Art. 34.7(5)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalTakesEffect(_Dated):
    """Six months after its notice a Party ceases to be bound. Art. 34.6."""

    party: Party


class TermEnds(_Dated):
    """The term runs out. Art. 34.7(1)."""

    __slots__ = ()


PartyAct = StatedPosition | Confirmation | NonConfirmation | WithdrawalNotice | WithdrawalRescinded
Amending = TermEndAmended | NextReviewAmended
Act = EntryIntoForce | ReviewHeld | ReviewScheduled | PartyAct | ReviewConcluded | Amending | Note
Lapse = ReviewFallsDue | WithdrawalTakesEffect | TermEnds
Event = Act | Lapse

ACTS: Final[tuple[type[Act], ...]] = get_args(Act)
LAPSES: Final[tuple[type[Lapse], ...]] = get_args(Lapse)
EVENTS: Final[tuple[type[Event], ...]] = get_args(Event)
PARTY_ACTS: Final = get_args(PartyAct)
AMENDMENTS: Final = get_args(Amending)

# Several things may fall on one day. Time runs out before anyone acts that day; a review opens before anyone
# confirms in it; what an amendment sets stands at the end of its day, a term's end before the review in it.
ORDER_ON_ONE_DAY: Final[tuple[type[Event], ...]] = (
    EntryIntoForce,
    WithdrawalTakesEffect,
    TermEnds,
    ReviewFallsDue,
    ReviewHeld,
    StatedPosition,
    WithdrawalNotice,
    WithdrawalRescinded,
    NonConfirmation,
    Confirmation,
    ReviewConcluded,
    TermEndAmended,
    ReviewScheduled,
    NextReviewAmended,
    Note,
)
_SETS_THE_REVIEW: Final = (ReviewScheduled, NextReviewAmended)
_PLACE: Final = {kind: place for place, kind in enumerate(ORDER_ON_ONE_DAY)}


def in_order(event: Event) -> tuple[date, int, str]:
    """The sort key of the order in which events of a timeline take effect: day, `ORDER_ON_ONE_DAY`, Party (events of
    one kind all have one, or none has: what stands for none orders nothing)."""
    return (event.on, _PLACE[type(event)], getattr(event, "party", ""))


def contradicts(one: Act, other: Act) -> bool:
    """Whether two acts of one day cannot both have been done on it."""
    if one.on != other.on:
        return False
    if isinstance(one, PARTY_ACTS) and isinstance(other, PARTY_ACTS):
        return one.party == other.party and _opposed(one, other)
    if isinstance(one, TermEndAmended) and isinstance(other, TermEndAmended):
        return one.day != other.day
    if isinstance(one, _SETS_THE_REVIEW) and isinstance(other, _SETS_THE_REVIEW):
        return one.day != other.day
    for act, beside in ((one, other), (other, one)):
        if isinstance(act, ReviewHeld) and act.early and isinstance(beside, _SETS_THE_REVIEW):
            return True
    return type(one) is type(other) and isinstance(one, ReviewHeld | ReviewConcluded)


def _opposed(one: PartyAct, other: PartyAct) -> bool:
    if isinstance(one, StatedPosition) and isinstance(other, StatedPosition):
        return one.stance != other.stance
    return {type(one), type(other)} in (
        {Confirmation, NonConfirmation},
        {WithdrawalNotice, WithdrawalRescinded},
    )


_NAMES: Final = {kind: "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__)[1:] for kind in EVENTS}


def name_of(kind: type[Event]) -> str:
    """The name of a kind of event in data and JSON: `withdrawal_notice` for `WithdrawalNotice`."""
    return _NAMES[kind]
