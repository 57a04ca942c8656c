"""What holds of the answer at every position, each sentence with its paragraph or its definition in DESIGN.md.

A sentence is a function: its docstring says it, `holds` names what it rests on. It is asked of an answer on the day of
the last event of a history, and sees besides what the second reading of the law makes of that history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from review_clock.deadlines.resolve import Dated, resolve
from review_clock.law.acts_and_lapses import ACTS, Act, Event, Party, WithdrawalNotice, contradicts
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Position, Review
from review_clock.law.readings import Readings
from review_clock.questions import answer as questions
from review_clock.questions.answer import Answer, answer
from review_clock.record.ledger import Record
from review_clock.timeline.unfold import LAST_DAY, Timeline, timeline
from tests.frozen import LAW
from tests.proof.walk.second_reading import RUNS, Ahead, State, ahead, done, months_on

NO_RECORD: Final = Record(entries=(), announced=(), verified_on=date(2026, 1, 1))
Here = tuple[date, str]


class _UnderNoOther:
    """Stands for what other readings say: they are walked by themselves, and asked of a part of the positions alone."""

    def end(self, here: Here) -> questions.End:
        return questions.End(
            date=here[0], last_day=here[0] - ONE_DAY, because=here[1], earliest=here[0], latest=here[0]
        )

    def review(self, here: Review) -> tuple[date, date]:
        return here.falls_due, here.falls_due

    def extended(self, here: tuple[date, date], made_by: Any) -> questions.Extended:
        return questions.Extended(on=here[0], to=here[1], confirmed=made_by, other_readings=())


@dataclass(frozen=True)
class Case:
    """An answer to a history, and all that it can be held against. `whole`: other readings and deadlines too."""

    history: Sequence[Event]
    position: Position
    state: State
    readings: Readings
    whole: bool = False

    @property
    def as_of(self) -> date:
        """The day of the last event."""
        return self.history[-1].on

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """What was done."""
        return tuple(event for event in self.history if isinstance(event, ACTS))

    @cached_property
    def line(self) -> Timeline:
        """The history unfolded anew from the acts alone, and what becomes of it."""
        return timeline(self.acts, self.readings)

    @cached_property
    def premises(self) -> Any:
        """What an answer is asked of."""
        told = {"as_of": self.as_of, "readings": self.readings, "present": self.line, "known": self}
        read = {"known_on": None, "verified_on": NO_RECORD.verified_on, "beyond_record": True, "scenario": None}
        return Premises(**told, **read, position=self.line.position_on(self.as_of), law=LAW)

    @cached_property
    def answer(self) -> Answer:
        """The answer of the engine."""
        if self.whole:
            return answer(self.premises)
        kept, questions.OverReadings = questions.OverReadings, lambda _premises: _UnderNoOther()  # type: ignore
        try:
            return answer(self.premises)
        finally:
            questions.OverReadings = kept  # type: ignore[misc]

    @property
    def said(self) -> dict[str, str]:
        """The readings by key."""
        return self.readings.as_dict()

    @cached_property
    def ahead(self) -> Ahead | None:
        """What becomes of it in the second reading, if nobody acts; None where it has ended."""
        return ahead(self.state, self.said) if self.state.stage in RUNS else None

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Every date that the rules have on it."""
        return tuple(resolve(self.line, LAW, NO_RECORD).values())

    def leaves(self, party: str) -> date | None:
        """The day on which a Party is out, in the past or ahead; the end for who stays to it."""
        gone = [each.effective for each in self.answer.left if each.party == party]
        ahead_ = self.ahead
        if gone or ahead_ is None:
            return gone[0] if gone else self.answer.ends and self.answer.ends.date
        return next((day for day, parties in ahead_.departures if party in parties), ahead_.over)


@dataclass(frozen=True)
class Premises:
    """What stands in for a question: `replace` makes another of it, under other readings."""

    as_of: date
    readings: Readings
    present: Any
    known: Any
    known_on: None
    verified_on: date
    beyond_record: bool
    scenario: None
    position: Position
    law: Any


class Sentence(NamedTuple):
    """`rests_on`: the paragraph, or the definition; `whole`: it is asked only of a part of the positions."""

    rests_on: str
    says: str
    check: Callable[[Case], None]
    whole: bool


SENTENCES: Final[list[Sentence]] = []
Check = Callable[[Case], None]


def holds(rests_on: str, whole: bool = False) -> Callable[[Check], Check]:
    """Put a sentence into the table."""

    def put(check: Check) -> Check:
        assert check.__doc__
        SENTENCES.append(Sentence(rests_on, " ".join(check.__doc__.split()), check, whole))
        return check

    return put


# ------------------------------------------------------------------------------------------ in force, and until when


@holds("Def. 1; Art. 34.6")
def in_force_between(c: Case) -> None:
    """It is in force just where somebody is bound, and those are bound who were and have not left."""
    assert c.answer.in_force == bool(c.answer.between)
    assert set(c.answer.between) == (c.state.bound if c.state.stage in RUNS else set())


@holds("Def. 2; Art. 34.7(1)")
def the_end(c: Case) -> None:
    """The first day without it, and why, are those of a life in which nobody acts again."""
    ends = c.answer.ends
    if c.ahead is None:
        assert ends is not None
        assert ends.date <= c.as_of
        assert ends.because == ("term" if c.state.stage == "expired" else "withdrawals")
    elif c.ahead.over > LAST_DAY:
        assert ends is None
    else:
        assert ends is not None
        assert (ends.date, ends.because) == (c.ahead.over, c.ahead.why)


@holds("Def. 2")
def the_last_day(c: Case) -> None:
    """The last day is the day before; it is in force on that day and not on the next."""
    ends = c.answer.ends
    if ends is not None:
        assert ends.last_day == ends.date - ONE_DAY
        assert c.line.position_on(ends.last_day).in_force
        assert not c.line.position_on(ends.date).in_force


@holds("Def. 2, 6", whole=True)
def over_the_readings(c: Case) -> None:
    """No day lies outside its own span over the readings."""
    for each in (c.answer.ends, c.answer.next_review):
        if each is not None:
            assert each.earliest <= each.latest
            assert each.date is None or each.earliest <= each.date <= each.latest


@holds("Art. 34.7(1), (3)")
def sixteen_years(c: Case) -> None:
    """A term is sixteen years: from entry, from the last confirmation, or from the end of the term before (R1)."""
    p, missing = c.line.position_on(c.as_of), c.said["missing_day"]
    assert p.term_end is not None
    if c.answer.extended is None:
        assert p.term_end.day == months_on(c.history[0].on, 192, missing)
    elif c.said["extension_runs_from"] == "confirmation":
        assert c.answer.extended.to == p.term_end.day == months_on(c.answer.extended.on, 192, missing)
    else:
        before = c.line.position_on(c.answer.extended.on - ONE_DAY).term_end
        assert before is not None
        terms = p.term - c.line.position_on(c.answer.extended.on - ONE_DAY).term
        assert c.answer.extended.to == p.term_end.day
        assert terms > 1 or p.term_end.day == months_on(before.day, 192, missing)


@holds("Art. 34.7(3), (4)")
def all_have_confirmed(c: Case) -> None:
    """An extension is made by those who were bound, each of whom has confirmed by that day and none after it."""
    made = c.answer.extended
    if made is None:
        return
    assert made.on <= c.as_of
    assert all(each.on <= made.on for each in made.confirmed)
    if c.said["departure_completes_confirmation"] == "no":
        assert {each.party for each in made.confirmed} == c.line.position_on(made.on).parties


@holds("Def. 6; Art. 34.7(3)")
def those_who_have_confirmed(c: Case) -> None:
    """Confirmations that count are those given and standing, of Parties bound; never of all of them before an act."""
    assert {each.party for each in c.answer.confirmed} == c.state.wishes
    assert all(each.on <= c.as_of for each in c.answer.confirmed)
    assert c.state.wishes <= c.state.bound


# ------------------------------------------------------------------------------------------ leaving


@holds("Def. 3; Art. 34.6; R9")
def running_notices(c: Case) -> None:
    """A notice that runs is of a Party bound, takes effect on a day ahead, and may be taken back to the day before."""
    assert [(each.party, each.effective) for each in c.answer.notices] == sorted(
        ((Party(party), day) for party, day in c.state.notices), key=lambda each: (each[1], each[0])
    )
    for each in c.answer.notices:
        assert each.party in c.answer.between
        assert each.notice <= c.as_of < each.effective
        final = c.said["notice_can_be_rescinded"] == "no"
        assert each.last_day_to_rescind == (None if final else each.effective - ONE_DAY)


@holds("Art. 34.6; R7, R8")
def six_months(c: Case) -> None:
    """A notice takes effect six months on: of the day given, or of the day on which the last one received it."""
    given = {(act.party, act.on): act for act in c.acts if isinstance(act, WithdrawalNotice)}
    for each in (*c.answer.notices, *c.answer.left):
        act = given[each.party, each.notice]
        last = c.said["notice_counts_from"] == "last_receipt" and act.last_receipt
        assert each.effective == months_on(last or each.notice, 6, c.said["missing_day"])


@holds("Def. 3; Art. 34.6")
def who_has_left(c: Case) -> None:
    """Who has left is not bound, has confirmed nothing that counts, and has no notice running."""
    for each in c.answer.left:
        assert each.effective <= c.as_of
        assert each.party not in c.answer.between
        assert each.party not in {other.party for other in (*c.answer.confirmed, *c.answer.notices)}
    for back in c.answer.rescinded:
        assert back.notice <= back.on <= c.as_of


@holds("Def. 4; Art. 34.6")
def the_earliest_exit(c: Case) -> None:
    """A Party that is free to give notice on the day would, if it did, be out on the day said; else none is said."""
    free = sorted(c.state.bound - {party for party, _ in c.state.notices}) if c.ahead else []
    said, out = c.answer.earliest_exit, months_on(c.as_of, 6, c.said["missing_day"])
    if not free or c.ahead is None or out >= min(c.ahead.over, LAST_DAY + ONE_DAY):
        assert said is None or (out >= LAST_DAY and free)
        return
    assert said is not None
    assert (said.date, said.notice) == (out, c.as_of)
    left = done(c.state, c.as_of, "gives", c.said, free[0])
    assert left is not None
    assert any(day == out and free[0] in gone for day, gone in ahead(left, c.said).departures)


# ------------------------------------------------------------------------------------------ reviews


@holds("Def. 6; Art. 34.7(2), (4), (5)")
def the_next_review(c: Case) -> None:
    """The next review is the first that would meet if nobody acts, and lies before the end."""
    following = c.ahead.reviews[0] if c.ahead and c.ahead.reviews else None
    told = c.answer.next_review
    if following is None or following.day > LAST_DAY:
        assert told is None or told.earliest > LAST_DAY
        return
    assert told is not None
    assert c.ahead is not None
    assert c.as_of < following.day < c.ahead.over
    any_day = c.said["annual_review_day"] == "any_day" and told.day_is == "inferred"
    assert told.date == (None if any_day else following.day)
    assert told.kind == ("six_year" if following.six_year else "annual")


@holds("Def. 8")
def how_its_day_is_known(c: Case) -> None:
    """A day is set where it was set, by law for a six-year review, else inferred; and edtf says the same."""
    told, following = c.answer.next_review, c.ahead and c.ahead.reviews and c.ahead.reviews[0]
    if told is None or not following:
        return
    known = "set" if following.moved_to else "by_law" if following.six_year else "inferred"
    assert told.day_is == known
    assert told.edtf.endswith("?") == (known == "inferred" and told.date is not None)
    assert ("/" in told.edtf) == (told.date is None)


@holds("Def. 6")
def the_last_review(c: Case) -> None:
    """The last review is the one that fell due or was held last, on the days on which it was."""
    last, told = c.state.last, c.answer.last_review
    assert (last is None) == (told is None)
    if last is not None and told is not None:
        assert (told.due, told.held, told.concluded) == (last.day, last.held, last.closed)
        assert told.kind == ("six_year" if last.six_year else "annual")
        assert min(told.held or told.due, told.due) <= c.as_of


@holds("Def. 6; the record")
def silence_is_no_outcome(c: Case) -> None:
    """A review is unrecorded only when its day has come; one that was concluded never is."""
    assert all(day <= c.as_of for day in c.answer.unrecorded)
    assert all(review.outcome_recorded for review in c.line.reviews() if review.concluded_on)


@holds("Def. 14; Art. 34.7(4)")
def one_review_a_year(c: Case) -> None:
    """After a six-year review that failed, each calendar year before the end has one review; a year without one is
    named. One without, or with two, there is only where a day was set, a review was held early, or each counts from the
    last (R3)."""
    years: dict[int, list[Review]] = {}
    for review in c.line.reviews():
        years.setdefault(review.term, []).append(review)
    named = set(c.line.years_without_review)
    free = c.said["annual_review_day"] == "year_after_last"
    for of_term in years.values():
        own = [review.year for review in of_term]
        missed = set(range(own[0], own[-1])) - set(own)
        assert own == sorted(own)
        assert missed <= named
        moved = free or any(review.day_is == "set" and review.falls_due != review.held_on for review in of_term)
        assert moved or own == list(range(own[0], own[-1] + 1))


@holds("Art. 34.7(3), (5)")
def no_later_than_six_years(c: Case) -> None:
    """After an extension the next review comes no later than six years on; without one, on the sixth anniversary."""
    for review in c.line.reviews():
        if review.kind == "six_year":
            assert review.falls_due <= review.due.day
            assert review.term > 1 or review.falls_due == months_on(c.history[0].on, 72, c.said["missing_day"])


@holds("Def. 7, 13")
def the_paragraph(c: Case) -> None:
    """While reviews are annual paragraph 4 governs, and it governs at no other time."""
    assert (c.answer.provision == "Art. 34.7(4)") == (c.answer.phase == "annual_reviews")
    assert c.answer.phase == str(c.position.phase)


@holds("Def. 15")
def no_contradiction(c: Case) -> None:
    """What was done on one day is not contradicted on it; and the order in which acts are given changes nothing."""
    assert not any(contradicts(a, b) for i, a in enumerate(c.acts) for b in c.acts[:i])
    assert timeline(c.acts[::-1], c.readings).moments == c.line.moments


@holds("the fold")
def from_the_acts_alone(c: Case) -> None:
    """The acts alone, unfolded anew, come to the position that the walk came to event by event."""
    assert c.line.position_on(c.as_of) == c.position
    assert [m.event for m in c.line.moments if m.event.on <= c.as_of] == list(c.history)


# ------------------------------------------------------------------------------------------ deadlines


@holds("Def. 8", whole=True)
def fixed_is_by_law(c: Case) -> None:
    """What is inferred or set is never fixed."""
    for each in c.dated:
        assert each.certainty != "fixed" or each.day_is == "by_law", each


@holds("Art. 34.6, Art. 34.7(1)", whole=True)
def nothing_after_the_end(c: Case) -> None:
    """No review is prepared that would meet on or after the end, and nothing of the treaty falls after it."""
    over = c.ahead.over if c.ahead else c.answer.ends and c.answer.ends.date
    if over is None or over > LAST_DAY:
        return
    for each in c.dated:
        assert each.review is None or each.review.meeting.day < over, each
        if each.rule.jurisdiction == "treaty":
            assert each.day <= over, each


@holds("Art. 34.6", whole=True)
def who_left_owes_nothing_to_a_review(c: Case) -> None:
    """No country prepares or follows a review that meets after it has left."""
    for each in c.dated:
        if each.review is not None and each.rule.jurisdiction.upper() in tuple(Party):
            out = c.leaves(each.rule.jurisdiction.upper())
            assert out is None or each.review.meeting.day < out, each


@holds("Art. 34.7(2), (4)", whole=True)
def every_review_has_its_row(c: Case) -> None:
    """Each review that fell due or will has one row of the treaty's, on its day."""
    rows = [each.day for each in c.dated if each.rule.kind == "review" and each.review is not None]
    days = [review.meeting.day for review in c.line.reviews()]
    assert sorted(rows) == sorted(days)


def wrong(c: Case) -> list[str]:
    """The sentences that do not hold of a case, each with what it rests on."""
    failed = []
    for sentence in SENTENCES:
        if sentence.whole and not c.whole:
            continue
        try:
            sentence.check(c)
        except AssertionError as error:
            failed.append(f"{sentence.check.__name__} ({sentence.rests_on}): {sentence.says} {error}")
    return failed
