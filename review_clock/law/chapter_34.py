"""Chapter 34 as a table: entry into force, withdrawal, review and term.

The facts, paragraph by paragraph (paraphrased; `authorities.toml` says how each was read):

- Art. 34.3: the Parties may amend the Agreement. It was not read here: what it asks for is not in the table, and an
  amendment is only ever assumed.
- Art. 34.5: the Agreement enters into force as the Protocol lays down.
- Art. 34.6: a Party may withdraw by written notice to the others; it takes effect six months later, and the
  Agreement goes on among those who remain.
- Art. 34.7(1): the Agreement ends sixteen years after entry into force, unless each Party confirms a new term.
- Art. 34.7(2): on the sixth anniversary the Commission meets for a joint review.
- Art. 34.7(3): there each Party confirms in writing, through its head of government, if it wishes to extend; if all
  do, the term is extended by another sixteen years, and the next review comes within the next six.
- Art. 34.7(4): if one does not, a joint review is held every year for the rest of the term; at any time in between
  the Parties may still extend by confirming in writing.
- Art. 34.7(5): after an extension, at whatever point, joint reviews follow every six years again.
- Art. 34.7(6): whenever not all confirm, paragraph 4 applies.

How it works: every (phase, event) cell is decided by data, in `TRANSITIONS` or in `REFUSALS`. `step` takes the first
refusal whose condition holds, else the first transition; a cell is closed by one row without a condition. Diagrams,
documentation, the page's explorer and the exhaustive walk are made from these rows. A guard's docstring is its label.

Why `next_review` moves when a review *falls due*, not when one is concluded: else one review of which nothing is
recorded would silence all that follow.

Why a non-confirmation alone leads to annual reviews: paragraph 4 turns on one Party's not confirming, not on a
formal closing of the meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from review_clock.files import Error
from review_clock.law import conditions, effects
from review_clock.law.acts_and_lapses import (
    ACTS,
    AMENDMENTS,
    EVENTS,
    LAPSES,
    PARTY_ACTS,
    Act,
    Confirmation,
    EntryIntoForce,
    Event,
    Lapse,
    NextReviewAmended,
    NonConfirmation,
    Note,
    ReviewConcluded,
    ReviewFallsDue,
    ReviewHeld,
    ReviewScheduled,
    StatedPosition,
    TermEndAmended,
    TermEnds,
    WithdrawalNotice,
    WithdrawalRescinded,
    WithdrawalTakesEffect,
    contradicts,
    in_order,
)
from review_clock.law.position import IN_FORCE, Phase, Position, term_ends_on
from review_clock.law.readings import Readings

Guard = Callable[[Position, Any, Readings], bool]
Effect = Callable[[Position, Any, Readings], Position]


class NotProvidedFor(Error):
    """An event that the Agreement does not provide for where it stands: `refusal` says why, with its paragraph."""

    def __init__(self, refusal: Refusal, position: Position, event: Event) -> None:
        self.refusal, self.position, self.event = refusal, position, event
        super().__init__(f"{refusal.why} ({refusal.provision})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A sentence of the Agreement: `provision` lets `on` happen in `phases`, provided …, with an effect, leading `to`.

    `to` None keeps the phase; `governs` is the paragraph that governs afterwards, None where that does not change.
    """

    provision: str
    phases: tuple[Phase, ...]
    on: type[Event]
    provided: Guard = conditions.always
    effect: Effect
    to: Phase | None = None
    governs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What the Agreement does not provide for: in `phases`, on one of `on`, when …, and why, in plain words.

    `key` is its name in the words files, which say the reason in three languages.
    """

    key: str
    provision: str
    phases: tuple[Phase, ...]
    on: tuple[type[Event], ...]
    when: Guard = conditions.always
    why: str


_BEFORE: Final = (Phase.NOT_IN_FORCE,)
_CYCLE: Final = (Phase.SIX_YEAR_CYCLE,)
_OPEN: Final = (Phase.REVIEW_OPEN,)
_ANNUAL: Final = (Phase.ANNUAL_REVIEWS,)
_FAILED_OR_OPEN: Final = (*_OPEN, *_ANNUAL)
_EVERY: Final = tuple(Phase)
_ACTS_WITH_EFFECT: Final = tuple(kind for kind in ACTS if kind is not Note)

_WITHIN_SIX_YEARS: Final = (
    "a review after an extension can be set only for a day after the announcement, before the term ends, and no later "
    "than the end of the next six years or the day that an amendment set"
)

# fmt: off
REFUSALS: Final[tuple[Refusal, ...]] = (
    Refusal(key="not_yet_in_force", provision="Art. 34.5", phases=_BEFORE,
            on=(*(kind for kind in _ACTS_WITH_EFFECT if kind is not EntryIntoForce), *LAPSES),
            why="the Agreement has not entered into force: there is no term to review, extend or leave"),
    Refusal(key="entered_already", provision="Art. 34.5", phases=IN_FORCE, on=(EntryIntoForce,),
            why="the Agreement has entered into force already, and enters into force once"),
    Refusal(key="expired", provision="Art. 34.7(1)", phases=(Phase.EXPIRED,), on=(*_ACTS_WITH_EFFECT, *LAPSES),
            why="the term has ended, and nothing done afterwards revives the Agreement"),
    Refusal(key="ended_by_withdrawal", provision="Art. 34.6", phases=(Phase.ENDED_BY_WITHDRAWAL,),
            on=(*_ACTS_WITH_EFFECT, *LAPSES),
            why="the Agreement has ended by withdrawal, and nothing done afterwards revives it"),
    Refusal(key="party_has_left", provision="Art. 34.6", phases=IN_FORCE, on=(*PARTY_ACTS, WithdrawalTakesEffect),
            when=conditions.the_party_has_left,
            why="a Party whose withdrawal has taken effect is no longer bound and cannot act under the Agreement"),
    Refusal(key="second_notice", provision="Art. 34.6", phases=IN_FORCE, on=(WithdrawalNotice,),
            when=conditions.its_notice_runs,
            why="a notice of withdrawal by this Party runs already"),
    Refusal(key="nothing_to_rescind", provision="Art. 34.6", phases=IN_FORCE, on=(WithdrawalRescinded,),
            when=conditions.no_notice_runs,
            why="no notice of withdrawal by this Party runs"),
    Refusal(key="notice_is_final", provision="Art. 34.6", phases=IN_FORCE, on=(WithdrawalRescinded,),
            when=conditions.notice_is_final,
            why="as the text is read here (R9), a notice of withdrawal cannot be taken back"),
    Refusal(key="no_notice_to_take_effect", provision="Art. 34.6", phases=IN_FORCE, on=(WithdrawalTakesEffect,),
            when=conditions.no_notice_runs,
            why="a withdrawal takes effect only where a notice runs"),
    Refusal(key="no_review_open", provision="Art. 34.7(3)", phases=_CYCLE, on=(Confirmation, NonConfirmation),
            why="no joint review is open or due and none has failed; before a six-year review a Party can only state "
                "its position"),
    Refusal(key="no_review_to_hold", provision="Art. 34.7(2)", phases=_CYCLE, on=(ReviewHeld,),
            when=conditions.no_review_can_be_held,
            why="no joint review is due: the six-year review is held on its anniversary"),
    Refusal(key="no_review_to_conclude", provision="Art. 34.7(2)", phases=_CYCLE, on=(ReviewConcluded,),
            when=conditions.no_review_extended_the_term,
            why="no joint review is open"),
    Refusal(key="review_concluded_already", provision="Art. 34.7(4)", phases=_FAILED_OR_OPEN,
            on=(ReviewHeld, ReviewConcluded), when=conditions.the_last_review_is_concluded,
            why="the joint review that fell due last is concluded already; the next one can only be held early"),
    Refusal(key="review_held_already", provision="Art. 34.7(2)", phases=IN_FORCE, on=(ReviewHeld,),
            when=conditions.the_last_review_was_held,
            why="the joint review that fell due last was held already; the next one can only be held early"),
    Refusal(key="confirms_while_leaving", provision="Art. 34.6", phases=_FAILED_OR_OPEN, on=(Confirmation,),
            when=conditions.it_may_not_confirm_while_leaving,
            why="as the text is read here (R15), a Party under notice cannot confirm"),
    Refusal(key="confirmation_is_final", provision="Art. 34.7(3)", phases=_FAILED_OR_OPEN, on=(NonConfirmation,),
            when=conditions.its_confirmation_is_final,
            why="as the text is read here (R16), a confirmation stands"),
    Refusal(key="no_review_to_schedule", provision="Art. 34.7(2)", phases=_CYCLE, on=(ReviewScheduled,),
            when=conditions.the_term_was_never_extended,
            why="the day of the first six-year review is fixed by the Agreement, not by an announcement"),
    Refusal(key="day_after_six_years", provision="Art. 34.7(3)", phases=_CYCLE, on=(ReviewScheduled,),
            when=conditions.the_day_is_later_than_paragraph_3_allows,
            why=_WITHIN_SIX_YEARS),
    Refusal(key="day_after_six_years", provision="Art. 34.7(5)", phases=_CYCLE, on=(ReviewScheduled,),
            when=conditions.the_day_is_not_within_the_six_years,
            why=_WITHIN_SIX_YEARS),
    Refusal(key="day_outside_term", provision="Art. 34.7(4)", phases=_FAILED_OR_OPEN, on=(ReviewScheduled,),
            when=conditions.the_day_is_outside_the_term,
            why="an annual review can be set only for a day after the announcement and before the term ends"),
    Refusal(key="no_review_left", provision="Art. 34.7(4)", phases=_FAILED_OR_OPEN, on=(ReviewFallsDue, ReviewHeld),
            when=conditions.it_is_the_next_review_but_none_is_left,
            why="no further joint review falls in the rest of the term"),
    Refusal(key="amended_end_not_ahead", provision="Art. 34.3", phases=IN_FORCE, on=(TermEndAmended,),
            when=conditions.the_day_is_not_ahead,
            why="an amendment can be assumed to end the term only on a day after its own"),
    Refusal(key="amended_review_outside_term", provision="Art. 34.3", phases=IN_FORCE, on=(NextReviewAmended,),
            when=conditions.the_day_is_not_in_the_rest_of_the_term,
            why="an amendment can be assumed to set the next joint review only for a day after its own and before the "
                "term ends"),
)

_CONTRADICTION: Final = (
    "acts of one day contradict each other: on one day a Party does not confirm and decline, give and take back a "
    "notice or state two positions, a review is not held or concluded twice, set for two days, or held early and set, "
    "and the term is not amended to end on two days"
)
CONTRADICTIONS: Final[tuple[Refusal, ...]] = (
    Refusal(key="contradiction", provision="Art. 34.6", phases=_EVERY, on=(WithdrawalNotice, WithdrawalRescinded),
            why=_CONTRADICTION),
    Refusal(key="contradiction", provision="Art. 34.7(3)", phases=_EVERY,
            on=(Confirmation, NonConfirmation, StatedPosition), why=_CONTRADICTION),
    Refusal(key="contradiction", provision="Art. 34.7(4)", phases=_EVERY,
            on=(ReviewHeld, ReviewConcluded, ReviewScheduled), why=_CONTRADICTION),
    Refusal(key="contradiction", provision="Art. 34.3", phases=_EVERY, on=AMENDMENTS, why=_CONTRADICTION),
)
"""What is refused because of another act of the same day (`acts_and_lapses.contradicts`), whatever the phase."""

TRANSITIONS: Final[tuple[Transition, ...]] = (
    # Art. 34.5
    Transition(provision="Art. 34.5", phases=_BEFORE, on=EntryIntoForce, effect=effects.enter_into_force,
               to=Phase.SIX_YEAR_CYCLE, governs="Art. 34.7(2)"),
    # Art. 34.6
    Transition(provision="Art. 34.6", phases=IN_FORCE, on=WithdrawalNotice, effect=effects.give_notice),
    Transition(provision="Art. 34.6", phases=IN_FORCE, on=WithdrawalRescinded, effect=effects.rescind_notice),
    Transition(provision="Art. 34.6", phases=IN_FORCE, on=WithdrawalTakesEffect,
               provided=conditions.one_party_would_remain, effect=effects.leave_and_end,
               to=Phase.ENDED_BY_WITHDRAWAL, governs="Art. 34.6"),
    Transition(provision="Art. 34.7(4)", phases=_FAILED_OR_OPEN, on=WithdrawalTakesEffect,
               provided=conditions.those_who_remain_have_confirmed, effect=effects.leave_and_extend,
               to=Phase.SIX_YEAR_CYCLE, governs="Art. 34.7(5)"),
    Transition(provision="Art. 34.6", phases=IN_FORCE, on=WithdrawalTakesEffect, effect=effects.leave),
    # Art. 34.7(1)
    Transition(provision="Art. 34.7(1)", phases=IN_FORCE, on=TermEnds, effect=effects.end_term,
               to=Phase.EXPIRED, governs="Art. 34.7(1)"),
    # Art. 34.7(2), and (5) after an extension
    Transition(provision="Art. 34.7(5)", phases=_CYCLE, on=ReviewFallsDue, provided=conditions.the_term_was_extended,
               effect=effects.open_review, to=Phase.REVIEW_OPEN, governs="Art. 34.7(5)"),
    Transition(provision="Art. 34.7(2)", phases=_CYCLE, on=ReviewFallsDue, effect=effects.open_review,
               to=Phase.REVIEW_OPEN, governs="Art. 34.7(2)"),
    Transition(provision="Art. 34.7(3)", phases=_CYCLE, on=ReviewHeld,
               provided=conditions.it_is_held_early, effect=effects.hold_next_review,
               to=Phase.REVIEW_OPEN, governs="Art. 34.7(5)"),
    Transition(provision="Art. 34.7(3)", phases=_CYCLE, on=ReviewHeld, effect=effects.note_the_meeting),
    Transition(provision="Art. 34.7(2)", phases=_OPEN, on=ReviewHeld, provided=conditions.it_is_held_early,
               effect=effects.hold_next_review),
    Transition(provision="Art. 34.7(2)", phases=_OPEN, on=ReviewHeld, effect=effects.hold_review),
    # Art. 34.7(3)
    Transition(provision="Art. 34.7(3)", phases=IN_FORCE, on=StatedPosition, effect=effects.state_position),
    Transition(provision="Art. 34.7(3)", phases=_OPEN, on=Confirmation, provided=conditions.it_completes_the_set,
               effect=effects.extend, to=Phase.SIX_YEAR_CYCLE, governs="Art. 34.7(3)"),
    Transition(provision="Art. 34.7(3)", phases=_OPEN, on=Confirmation, effect=effects.confirm),
    Transition(provision="Art. 34.7(3)", phases=_CYCLE, on=ReviewConcluded, effect=effects.close_the_review),
    Transition(provision="Art. 34.7(3)", phases=_CYCLE, on=ReviewScheduled,
               provided=conditions.paragraph_3_extended_the_term, effect=effects.fix_the_day),
    Transition(provision="Art. 34.7(5)", phases=_CYCLE, on=ReviewScheduled, effect=effects.fix_the_day),
    # Art. 34.7(4), and (6) after an extension
    Transition(provision="Art. 34.7(6)", phases=_OPEN, on=NonConfirmation, provided=conditions.the_term_was_extended,
               effect=effects.decline, to=Phase.ANNUAL_REVIEWS, governs="Art. 34.7(4)"),
    Transition(provision="Art. 34.7(4)", phases=_OPEN, on=NonConfirmation, effect=effects.decline,
               to=Phase.ANNUAL_REVIEWS, governs="Art. 34.7(4)"),
    Transition(provision="Art. 34.7(6)", phases=_OPEN, on=ReviewConcluded, provided=conditions.the_term_was_extended,
               effect=effects.conclude, to=Phase.ANNUAL_REVIEWS, governs="Art. 34.7(4)"),
    Transition(provision="Art. 34.7(4)", phases=_OPEN, on=ReviewConcluded, effect=effects.conclude,
               to=Phase.ANNUAL_REVIEWS, governs="Art. 34.7(4)"),
    Transition(provision="Art. 34.7(4)", phases=_FAILED_OR_OPEN, on=ReviewFallsDue, effect=effects.open_review),
    Transition(provision="Art. 34.7(4)", phases=_ANNUAL, on=ReviewHeld, provided=conditions.it_is_held_early,
               effect=effects.hold_next_review),
    Transition(provision="Art. 34.7(4)", phases=_ANNUAL, on=ReviewHeld, effect=effects.hold_review),
    Transition(provision="Art. 34.7(4)", phases=_FAILED_OR_OPEN, on=ReviewScheduled, effect=effects.fix_the_day),
    Transition(provision="Art. 34.7(4)", phases=_ANNUAL, on=Confirmation, provided=conditions.it_completes_the_set,
               effect=effects.extend, to=Phase.SIX_YEAR_CYCLE, governs="Art. 34.7(5)"),
    Transition(provision="Art. 34.7(4)", phases=_ANNUAL, on=Confirmation, effect=effects.confirm),
    Transition(provision="Art. 34.7(4)", phases=_ANNUAL, on=NonConfirmation, effect=effects.decline),
    Transition(provision="Art. 34.7(4)", phases=_ANNUAL, on=ReviewConcluded, effect=effects.conclude),
    # Art. 34.3, which was not read: what is assumed of it stands
    Transition(provision="Art. 34.3", phases=IN_FORCE, on=TermEndAmended, effect=effects.amend_the_term_end),
    Transition(provision="Art. 34.3", phases=IN_FORCE, on=NextReviewAmended, effect=effects.amend_the_next_review),
    # A fact without effect on the state
    Transition(provision="Art. 34.7", phases=_EVERY, on=Note, effect=effects.unchanged),
)
# fmt: on

PARAGRAPHS: Final = (
    "Art. 34.3",
    "Art. 34.5",
    "Art. 34.6",
    "Art. 34.7(1)",
    "Art. 34.7(2)",
    "Art. 34.7(3)",
    "Art. 34.7(4)",
    "Art. 34.7(5)",
    "Art. 34.7(6)",
)
"""Every paragraph that the table models; a test asserts that each is the provision of a row."""

Row = Transition | Refusal


def _by_cell() -> dict[tuple[Phase, type[Event]], tuple[Row, ...]]:
    cells: dict[tuple[Phase, type[Event]], list[Row]] = {(p, e): [] for p in Phase for e in EVENTS}
    for refusal in REFUSALS:
        for phase in refusal.phases:
            for kind in refusal.on:
                cells[phase, kind].append(refusal)
    for row in TRANSITIONS:
        for phase in row.phases:
            cells[phase, row.on].append(row)
    return {cell: tuple(rows) for cell, rows in cells.items()}


CELLS: Final = _by_cell()
"""The rows that decide each (phase, event) cell, in the order in which they are asked."""


def row_for(position: Position, event: Event, readings: Readings) -> Transition | Refusal:
    """The one row that decides `event` where the Agreement stands."""
    for row in CELLS[position.phase, type(event)]:
        guard = row.when if isinstance(row, Refusal) else row.provided
        if guard(position, event, readings):
            return row
    raise AssertionError(f"no row decides {type(event).__name__} in {position.phase}")  # a test walks every cell


def step(position: Position, event: Event, readings: Readings) -> Position:
    """The Position after `event`. Pure and total: raises `NotProvidedFor` where a row of the refusals applies."""
    row = row_for(position, event, readings)
    if isinstance(row, Refusal):
        raise NotProvidedFor(row, position, event)
    after = row.effect(position, event, readings)
    if isinstance(event, Note):
        return after
    return replace(after, phase=row.to or position.phase, provision=row.governs or position.provision, led_by=event)


def contradicted(act: Act, done: Iterable[Act]) -> Refusal | None:
    """The refusal of `act` beside one that was `done` on the same day, if the two contradict each other."""
    if not any(contradicts(act, other) for other in done):
        return None
    return next(row for row in CONTRADICTIONS if type(act) in row.on)


def falls_next(position: Position, readings: Readings) -> Lapse | None:
    """What the mere passing of time brings next, if nobody acts; None where nothing runs."""
    if not position.in_force:
        return None
    assert position.term_end is not None
    lapses: list[Lapse] = [TermEnds(on=term_ends_on(position.term_end, readings))]
    if position.next_review is not None:
        lapses.append(ReviewFallsDue(on=position.next_review.falls_due))
    lapses += [WithdrawalTakesEffect(on=w.effective.day, party=w.party) for w in position.leaving]
    return min(lapses, key=in_order)


def moves() -> dict[tuple[Phase, Phase], list[Transition]]:
    """The rows by the pair of phases they lead between; rows without effect on the state left out."""
    found: dict[tuple[Phase, Phase], list[Transition]] = {}
    for row in TRANSITIONS:
        if row.on is not Note:
            for phase in row.phases:
                found.setdefault((phase, row.to or phase), []).append(row)
    return found
