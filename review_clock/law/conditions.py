"""The conditions under which the rows of Chapter 34 apply, one function each.

A condition's docstring is its label in diagrams. Each takes the Position, the event and the readings.
"""

from __future__ import annotations

from typing import Any

from review_clock.law.acts_and_lapses import Event, ReviewConcluded, ReviewHeld
from review_clock.law.position import Position, fewest_bound
from review_clock.law.readings import Readings


def always(_p: Position, _e: Event, _r: Readings) -> bool:
    """always"""
    return True


def the_party_has_left(p: Position, e: Any, _r: Readings) -> bool:
    """the Party is no longer bound"""
    return e.party not in p.parties


def its_notice_runs(p: Position, e: Any, _r: Readings) -> bool:
    """a notice of withdrawal by this Party runs"""
    return e.party in p.leaving_parties


def no_notice_runs(p: Position, e: Any, r: Readings) -> bool:
    """no notice of withdrawal by this Party runs"""
    return not its_notice_runs(p, e, r)


def notice_is_final(_p: Position, _e: Event, r: Readings) -> bool:
    """a notice cannot be rescinded (reading R9)"""
    return r["notice_can_be_rescinded"] == "no"


def it_may_not_confirm_while_leaving(p: Position, e: Any, r: Readings) -> bool:
    """its notice runs and a leaving Party cannot confirm (reading R15)"""
    return r["confirmation_while_leaving"] == "refused" and its_notice_runs(p, e, r)


def its_confirmation_is_final(p: Position, e: Any, r: Readings) -> bool:
    """it has confirmed and a confirmation cannot be withdrawn (reading R16)"""
    return r["confirmation_can_be_withdrawn"] == "never" and e.party in p.confirmed_by


def it_completes_the_set(p: Position, e: Any, _r: Readings) -> bool:
    """with it each Party has confirmed"""
    return p.parties <= p.confirmed_by | {e.party}


def the_term_was_extended(p: Position, _e: Event, _r: Readings) -> bool:
    """the term has been extended before"""
    return p.term > 1


def the_term_was_never_extended(p: Position, e: Event, r: Readings) -> bool:
    """the term has not been extended before"""
    return not the_term_was_extended(p, e, r)


def paragraph_3_extended_the_term(p: Position, _e: Event, _r: Readings) -> bool:
    """the term was extended at a six-year review"""
    return p.provision == "Art. 34.7(3)"


def the_day_is_not_within_the_six_years(p: Position, e: Any, _r: Readings) -> bool:
    """the day fixed is not between that act and the end of the next six years, or not before the term's end"""
    assert p.next_review is not None
    assert p.term_end is not None
    return not e.on < e.day <= p.next_review.due.day or e.day >= p.term_end.day


def the_day_is_later_than_paragraph_3_allows(p: Position, e: Any, r: Readings) -> bool:
    """the term was extended at a six-year review, and the day fixed is not within the next six years"""
    return paragraph_3_extended_the_term(p, e, r) and the_day_is_not_within_the_six_years(p, e, r)


def no_review_extended_the_term(p: Position, _e: Event, _r: Readings) -> bool:
    """no review that extended the term is still to be closed"""
    return p.review is None or p.review.concluded_on is not None


def no_review_can_be_held(p: Position, e: Any, r: Readings) -> bool:
    """no review extended the term just before, and none can be held early"""
    return no_review_extended_the_term(p, e, r) and not (e.early and the_term_was_extended(p, e, r))


def the_last_review_is_concluded(p: Position, e: Any, _r: Readings) -> bool:
    """it is the review that fell due last, and that is concluded"""
    asked = isinstance(e, ReviewConcluded) or not e.early
    return asked and p.review is not None and p.review.concluded_on is not None


def the_last_review_was_held(p: Position, e: Any, _r: Readings) -> bool:
    """it is the review that fell due last, and that was held"""
    return not e.early and p.review is not None and p.review.held_on is not None


def it_is_the_next_review_but_none_is_left(p: Position, e: Any, _r: Readings) -> bool:
    """it is the next review, and no further one falls in the term"""
    return p.next_review is None and not (isinstance(e, ReviewHeld) and not e.early)


def it_is_held_early(_p: Position, e: Any, _r: Readings) -> bool:
    """the next review is held early"""
    return bool(e.early)


def the_day_is_outside_the_term(p: Position, e: Any, _r: Readings) -> bool:
    """the day fixed is not between that act and the term's end, or no review is left"""
    assert p.term_end is not None
    return p.next_review is None or not e.on < e.day < p.term_end.day


def the_day_is_not_in_the_rest_of_the_term(p: Position, e: Any, _r: Readings) -> bool:
    """the day set is not between that act and the term's end"""
    assert p.term_end is not None
    return not e.on < e.day < p.term_end.day


def the_day_is_not_ahead(_p: Position, e: Any, _r: Readings) -> bool:
    """the day set is not after that act"""
    return bool(e.day <= e.on)


def one_party_would_remain(p: Position, e: Any, r: Readings) -> bool:
    """fewer than two Parties would remain (reading R17)"""
    return _nobody_else_leaves_that_day(p, e) and len(p.parties - {e.party}) < fewest_bound(r)


def those_who_remain_have_confirmed(p: Position, e: Any, r: Readings) -> bool:
    """those who remain have all confirmed, and a departure may complete the set (reading R14)"""
    remaining = p.parties - {e.party}
    completes = r["departure_completes_confirmation"] == "yes" and remaining <= p.confirmed_by
    return completes and _nobody_else_leaves_that_day(p, e)


def _nobody_else_leaves_that_day(p: Position, e: Any) -> bool:
    """Whether this is the last departure of its day: they take effect together, and what follows is asked of it."""
    leaving_too = [notice for notice in p.leaving if notice.effective.day == e.on and notice.party != e.party]
    return len(leaving_too) == 0
