"""Chapter 34 read a second time, from its sentences: no table, no guards, and none of the package's own counting.

The engine holds the law as rows; here it is prose in the order of the paragraphs, and a state of plain values. Days are
counted by the month's own length. What the two must agree in is `Seen`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

Said = Mapping[str, str]
"""Readings, by key."""
A_DAY = timedelta(days=1)


def months_on(day: date, months: int, missing: str) -> date:
    """The day of the same number so many months on; where there is none the month's last, or the first of the next."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    last = monthrange(year, month + 1)[1]
    if day.day <= last:
        return date(year, month + 1, day.day)
    return date(year, month + 1, last) + (A_DAY if missing == "first_of_next" else timedelta(0))


class Meeting(NamedTuple):
    """A joint review: the day the text gives it, the day set instead, the days on which it was held and closed."""

    six_year: bool
    due: date
    moved_to: date | None = None
    held: date | None = None
    closed: date | None = None

    @property
    def day(self) -> date:
        """When it is to be."""
        return self.moved_to or self.due

    @property
    def year(self) -> int:
        """The calendar year that it is the review of."""
        return min(self.held, self.day).year if self.held else self.day.year


class State(NamedTuple):
    """`stage` is one of before, cycle, review, annual, expired, left; `paragraph` the one that governs it."""

    stage: str = "before"
    paragraph: str = "Art. 34.5"
    bound: frozenset[str] = frozenset(("CA", "MX", "US"))
    wishes: frozenset[str] = frozenset()
    notices: tuple[tuple[str, date], ...] = ()
    began: date | None = None
    ends: date | None = None
    cycle: date | None = None
    extended: bool = False
    last: Meeting | None = None
    next: Meeting | None = None


RUNS = ("cycle", "review", "annual")


class Seen(NamedTuple):
    """What of a Position the two readings of the law must agree in."""

    stage: str
    paragraph: str
    bound: frozenset[str]
    wishes: frozenset[str]
    notices: tuple[tuple[str, date], ...]
    ends: date | None
    extended: bool
    last: Meeting | None
    next: Meeting | None


def seen(state: State) -> Seen:
    """What is compared of a state."""
    s = state
    return Seen(s.stage, s.paragraph, s.bound, s.wishes, tuple(sorted(s.notices)), s.ends, s.extended, s.last, s.next)


# ------------------------------------------------------------------------------------------ what time brings


def over_on(state: State, said: Said) -> date:
    """Para 1: the first day on which the term is over."""
    assert state.ends is not None
    return state.ends + (A_DAY if said["term_ends"] == "end_of_day" else timedelta(0))


def next_day(state: State, said: Said) -> date | None:
    """The next day on which time brings something."""
    if state.stage not in RUNS:
        return None
    days = [over_on(state, said), *(day for _, day in state.notices)]
    return min([*days, state.next.day] if state.next else days)


def on_its_day(state: State, day: date, said: Said) -> State:
    """All that time brings on `day`: first those leave who leave, then the term ends, then a review begins."""
    gone = {party for party, effect in state.notices if effect == day}
    if gone and state.stage in RUNS:
        state = _without(state, gone, day, said)
    if state.stage in RUNS and over_on(state, said) == day:
        return state._replace(stage="expired", paragraph="Art. 34.7(1)", next=None, notices=())
    if state.stage in RUNS and state.next is not None and state.next.day == day:
        state = _begun(state, state.next, said)
    return state


def _without(state: State, gone: set[str], day: date, said: Said) -> State:
    """Art. 34.6: they are out, and it goes on among the others."""
    bound = state.bound - gone
    state = state._replace(
        bound=bound,
        wishes=state.wishes - gone,
        notices=tuple(each for each in state.notices if each[0] not in gone),
    )
    if not bound or (len(bound) == 1 and said["one_party_left"] == "agreement_ends"):
        return state._replace(stage="left", paragraph="Art. 34.6", next=None, notices=())
    if said["departure_completes_confirmation"] == "yes" and bound == state.wishes and state.stage != "cycle":
        return _extended(state, day, said, "Art. 34.7(5)")
    return state


def _begun(state: State, meeting: Meeting, said: Said) -> State:
    """A review begins: paras 2, 4, 5; the annual one after it is foreseen."""
    if state.stage == "cycle":
        paragraph = "Art. 34.7(5)" if state.extended else "Art. 34.7(2)"
        state = state._replace(stage="review", paragraph=paragraph)
    state = state._replace(
        wishes=frozenset() if said["confirmations"] == "fresh" else state.wishes,
        last=meeting,
    )
    return state._replace(next=_a_year_on(state, said))


def _a_year_on(state: State, said: Said) -> Meeting | None:
    """Para 4, every year for the rest of the term: where the anniversary falls, or a year from the last review."""
    assert state.last is not None
    assert state.cycle is not None
    assert state.ends is not None
    last = state.last
    if said["annual_review_day"] == "year_after_last":
        own = [day for day in (last.closed, last.held, last.day) if day is not None and day.year == last.year]
        due = months_on(own[0] if own else last.day, 12, said["missing_day"])
    else:
        served = last.year if last.six_year else max(last.year, last.due.year)
        due = months_on(state.cycle, 12 * (served + 1 - state.cycle.year), said["missing_day"])
    return Meeting(False, due) if due < state.ends else None


def _extended(state: State, day: date, said: Said, paragraph: str) -> State:
    """Paras 3 to 5: another sixteen years, and a review within six."""
    assert state.ends is not None
    assert state.began is not None
    missing, six = said["missing_day"], 6 * 12
    cycle, count = day, six
    if said["next_review_after_extension"] == "original_grid":
        cycle = state.began
        while months_on(cycle, count, missing) <= day:
            count += six
    return state._replace(
        stage="cycle",
        paragraph=paragraph,
        ends=months_on(day if said["extension_runs_from"] == "confirmation" else state.ends, 16 * 12, missing),
        cycle=cycle,
        extended=True,
        wishes=frozenset(),
        next=Meeting(True, months_on(cycle, count, missing)),
    )


# -------------------------------------------------------------------------------------------- what is done


def done(state: State, day: date, what: str, said: Said, who: str = "", when: date | None = None) -> State | None:
    """The state after an act of `day`; None where the Agreement does not provide for it.

    `what` is enters, confirms, declines, gives, rescinds, states, held, early, concludes, set, amends end,
    amends review or note; `when` the day set, or the day on which the last of the others received a notice.
    """
    if what == "note":
        return state
    if state.stage == "before":
        return _entered(day, said) if what == "enters" else None
    if state.stage not in RUNS or what == "enters":
        return None
    if who:
        return _by_a_party(state, day, what, said, who, when) if who in state.bound else None
    if what.startswith("amends"):
        return _amended(state, day, what, said, when)
    return _about_a_review(state, day, what, said, when)


def _entered(day: date, said: Said) -> State:
    first = Meeting(True, months_on(day, 6 * 12, said["missing_day"]))
    ends = months_on(day, 16 * 12, said["missing_day"])
    return State("cycle", "Art. 34.7(2)", began=day, ends=ends, cycle=day, next=first)


def _by_a_party(state: State, day: date, what: str, said: Said, who: str, received: date | None) -> State | None:
    leaves = dict(state.notices)
    if what == "states":
        return state
    if what == "gives":
        counted = received if received and said["notice_counts_from"] == "last_receipt" else day
        effect = months_on(counted, 6, said["missing_day"])
        return None if who in leaves else state._replace(notices=(*state.notices, (who, effect)))
    if what == "rescinds":
        kept = tuple(each for each in state.notices if each[0] != who)
        return state._replace(notices=kept) if who in leaves and said["notice_can_be_rescinded"] == "yes" else None
    if state.stage == "cycle":
        return None
    if what == "declines":
        if who in state.wishes and said["confirmation_can_be_withdrawn"] == "never":
            return None
        return state._replace(stage="annual", paragraph="Art. 34.7(4)", wishes=state.wishes - {who})
    if who in leaves and said["confirmation_while_leaving"] == "refused":
        return None
    state = state._replace(wishes=state.wishes | {who})
    paragraph = "Art. 34.7(3)" if state.stage == "review" else "Art. 34.7(5)"
    return _extended(state, day, said, paragraph) if state.wishes == state.bound else state


def _about_a_review(state: State, day: date, what: str, said: Said, when: date | None) -> State | None:
    last, following = state.last, state.next
    if what == "set":
        assert when is not None
        if following is None or when <= day:
            return None
        if state.stage == "cycle":
            return state._replace(next=following._replace(moved_to=when)) if _within(state, when) else None
        assert state.ends is not None
        return state._replace(next=following._replace(moved_to=when)) if when < state.ends else None
    if what == "early":
        if following is None or (state.stage == "cycle" and not state.extended):
            return None
        return _begun(state, following._replace(held=day), said)
    if last is None or last.closed is not None or (what == "held" and last.held is not None):
        return None
    last = last._replace(held=day) if what == "held" else last._replace(closed=day)
    state = state._replace(last=last)
    if what == "concludes" and state.stage == "review":
        state = state._replace(stage="annual", paragraph="Art. 34.7(4)")
    if state.stage != "cycle" and following is not None and following.moved_to is None:
        state = state._replace(next=_a_year_on(state, said))
    return state


def _amended(state: State, day: date, what: str, said: Said, when: date | None) -> State | None:
    """Art. 34.3, as it is assumed: another end of the term, or another day of the next review in it."""
    assert when is not None
    assert state.ends is not None
    if what == "amends review":
        six_year = state.stage == "cycle"
        return state._replace(next=Meeting(six_year, when)) if day < when < state.ends else None
    state = state._replace(ends=when)
    return None if when <= day else state if state.next else state._replace(next=_a_year_on(state, said))


def _within(state: State, when: date) -> bool:
    """Paras 3 and 5: only after an extension, and no later than the end of the six years."""
    assert state.next is not None
    return state.extended and when <= state.next.due


# ------------------------------------------------------------------------------------------ if nobody acts


class Ahead(NamedTuple):
    """What becomes of a state if nobody acts: the first day without the Agreement, why, who left when, the reviews."""

    over: date
    why: str
    departures: tuple[tuple[date, tuple[str, ...]], ...]
    reviews: tuple[Meeting, ...]


def ahead(state: State, said: Said) -> Ahead:
    """The rest of its life."""
    departures, reviews = [], []
    while True:
        day = next_day(state, said)
        assert day is not None
        before, state = state, on_its_day(state, day, said)
        gone = before.bound - state.bound
        if gone:
            departures.append((day, tuple(sorted(gone))))
        if state.last is not before.last and state.last is not None:
            reviews.append(state.last)
        if state.stage not in RUNS:
            why = "term" if state.stage == "expired" else "withdrawals"
            return Ahead(day, why, tuple(departures), tuple(reviews))
