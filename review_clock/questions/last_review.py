"""The joint reviews past on a day: the last, who confirmed or declined in it, and those without an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.law.acts_and_lapses import Confirmation, NonConfirmation, Party
from review_clock.questions.premises import Premises
from review_clock.timeline.unfold import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyOn:
    """A Party and the day on which it confirmed, or did not confirm. Art. 34.7(3), Art. 34.7(4)."""

    party: Party
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LastReview:
    """The last joint review that fell due or was held: when, and who confirmed or declined from its day on."""

    due: date
    kind: str
    held: date | None
    concluded: date | None
    confirmed: tuple[PartyOn, ...]
    declined: tuple[PartyOn, ...]


def last_review(premises: Premises) -> LastReview | None:
    """The last joint review by the day of a question."""
    review = premises.position.review
    if review is None:
        return None
    since = min(review.falls_due, review.held_on or review.falls_due)
    acts = [act for act in premises.present.acts if since <= act.on <= premises.as_of]

    def those(kind: type[Confirmation] | type[NonConfirmation]) -> tuple[PartyOn, ...]:
        return tuple(PartyOn(party=act.party, on=act.on) for act in acts if isinstance(act, kind))

    return LastReview(
        due=review.falls_due,
        kind=review.kind,
        held=review.held_on,
        concluded=review.concluded_on,
        confirmed=those(Confirmation),
        declined=those(NonConfirmation),
    )


def unrecorded(line: Timeline, as_of: date) -> tuple[date, ...]:
    """The days of the reviews by a day whose outcome nothing gives."""
    return tuple(each.meeting.day for each in line.reviews(as_of) if not each.outcome_recorded)
