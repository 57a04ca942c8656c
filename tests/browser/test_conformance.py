"""The page's own law agrees with this package's: one law, told twice, over thousands of histories in a real browser.

What is compared is every field of every position, every date, every refusal, and on several days every field of the
answer; each history's rows are compared by their SHA-256, and where two differ the smallest story that still differs is
printed.
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from playwright.sync_api import Browser, Error, Route

from review_clock.feeds.definition import shipped
from review_clock.formats.machine_document import machine, moved_rules
from review_clock.law import conditions, effects
from review_clock.law.acts_and_lapses import (
    ACTS,
    PARTY_ACTS,
    Act,
    Confirmation,
    EntryIntoForce,
    Event,
    NextReviewAmended,
    NonConfirmation,
    Note,
    Party,
    Recorded,
    ReviewConcluded,
    ReviewHeld,
    ReviewScheduled,
    Stance,
    StatedPosition,
    TermEndAmended,
    WithdrawalNotice,
    WithdrawalRescinded,
    in_order,
    name_of,
)
from review_clock.law.chapter_34 import CELLS, CONTRADICTIONS, NotProvidedFor, contradicted, falls_next, step
from review_clock.law.counting import ONE_DAY, Counted
from review_clock.law.law import Law
from review_clock.law.position import Position, Review, Withdrawal, last_day_in_force, term_ends_on
from review_clock.law.readings import Readings
from review_clock.questions.answer import Answer, answer
from review_clock.questions.facts import End, Extended, OtherEnd
from review_clock.questions.over_readings import OverReadings
from review_clock.questions.question import Question
from review_clock.questions.resolved import resolved
from review_clock.record.grammar import ACCEPTED, NotUnderstood
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import NotAssumable, Scenario, assume
from review_clock.scenarios.library import library, plan_of_lines
from review_clock.site.build import plan
from review_clock.site.material import Material
from review_clock.timeline.unfold import LAST_DAY, Moment, Timeline, timeline, unfold, without_running_notices
from review_clock.words.headline import headline
from review_clock.words.wording import wording
from tests.browser.conformance_cases import MADE_RULES, cases, made_law, sent_act
from tests.frozen import LAW, RECORD, alternatives, chosen, defaults, question
from tests.proof.test_walk import WALKED, tasks
from tests.proof.walk.positions import Walk

HISTORIES = 10_000
LATER = timedelta(days=400)
RARE = 40  # of every so many histories a few are of kinds that chance seldom brings
SCENARIOS = 400
MADE = 200  # histories under a law of made rules
BATCH = 500
WALK_HISTORIES = 40  # of each of the walks to 2032
AS_OF = date(2026, 11, 23)
AFTER_A_REVIEW = date(2028, 8, 1)  # where nothing is assumed: two reviews are then past of which the record is silent
DATED = 3  # of every third history the deadlines are compared too: they take most of the time
HOST = "https://review-clock.example"  # answered by the test: nothing is asked of any host
Result = list[Any]
MOMENT, DEADLINE = 5, 4  # so many columns have the rows of a moment and of a deadline; an answer has many more


# ---------------------------------------------------------------------------------- what is told, as plain rows


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _counted(counted: Counted | None) -> str | None:
    return None if counted is None else counted.day.isoformat()


def _review(review: Review | None) -> Result | None:
    if review is None:
        return None
    days = (review.due.day, review.scheduled, review.falls_due, review.meeting.day, review.held_on, review.concluded_on)
    return [
        review.key,
        review.kind,
        review.years,
        *(_iso(day) for day in days),
        review.outcome_recorded,
        review.day_is,
        review.year,
    ]


def _withdrawals(found: tuple[Withdrawal, ...]) -> list[Result]:
    return [[w.key, w.party, w.number, _iso(w.notice), _counted(w.effective), w.entry] for w in found]


def _position(p: Position, readings: Readings) -> Result:
    return [
        *(p.phase, p.provision, sorted(p.parties), sorted(p.confirmed_by), sorted(p.yet_to_confirm)),
        *(sorted(p.leaving_parties), p.in_force),
        *(_counted(p.entry), p.term, _iso(p.term_start), _counted(p.term_end), _counted(p.cycle_from)),
        p.term_end and _iso(term_ends_on(p.term_end, readings)),
        p.term_end and _counted(last_day_in_force(p.term_end, readings)),
        *(_review(p.next_review), _review(p.review), p.outcome_recorded),
        [[s.party, s.stance, _iso(s.on), s.entry] for s in p.stated],
        [[d.party, _iso(d.on), d.entry] for d in p.confirmed],
        [[d.party, _iso(d.on), d.entry] for d in p.declined],
        *(_withdrawals(p.leaving), _withdrawals(p.left), list(p.notices)),
        p.led_by and [name_of(type(p.led_by)), _iso(p.led_by.on)],
    ]


def _row(event: Event, refusal: str, position: Position, readings: Readings) -> Result:
    after = None if refusal else _position(position, readings)
    return [name_of(type(event)), _iso(event.on), getattr(event, "party", ""), refusal, after]


NOT_COMPARED = frozenset({"known_on", "readings", "version", "digests", "premises"})
"""What of an answer is not of the law: it says what was asked, and of whom."""
OVER_READINGS = frozenset({"other_readings", "earliest", "latest"})
"""What of an answer other readings say; compared of scenarios alone, since it takes most of the time."""


def _plain(value: Any, without: frozenset[str] = NOT_COMPARED) -> Any:
    """An answer, or a part of it, as the script gives it."""
    if is_dataclass(value):
        names = [each.name for each in fields(value) if each.name not in without]
        names += ["review_at_latest"] if isinstance(value, Answer) else []
        return {name: _plain(getattr(value, name), without) for name in names}
    if isinstance(value, tuple):
        return [_plain(each, without) for each in value]
    return value.isoformat() if isinstance(value, date) else value


class _UnderMadeUpOthers:
    """Stands for what other readings say of the answer to a history: that it ends a little earlier, or much later."""

    def end(self, here: tuple[date, str]) -> Any:
        return End(
            date=here[0],
            last_day=here[0] - ONE_DAY,
            because=here[1],
            earliest=here[0] - ONE_DAY,
            latest=here[0] + LATER,
        )

    def review(self, here: Review) -> tuple[date, date]:
        return here.falls_due, here.falls_due

    def extended(self, here: tuple[date, date], made_by: Any) -> Any:
        others = (OtherEnd(key="", value="", date=None),)
        return Extended(on=here[0], to=here[1], confirmed=made_by, other_readings=others)


def _over_readings(premises: Any) -> Any:
    return OverReadings(premises) if isinstance(premises, Question) else _UnderMadeUpOthers()


@pytest.fixture(scope="module", autouse=True)
def other_readings_of_scenarios_alone() -> Iterator[None]:
    """An answer without what is not compared."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("review_clock.questions.answer.OverReadings", _over_readings)
        yield


# ------------------------------------------------------------------------------------------ generated histories

AWKWARD = ((1, 1), (2, 28), (2, 29), (3, 1), (6, 30), (7, 1), (7, 2), (8, 31), (12, 30), (12, 31))
KINDS = (
    *(Confirmation, NonConfirmation) * 5,
    *(WithdrawalNotice, WithdrawalRescinded, ReviewHeld, ReviewConcluded) * 3,
    *(ReviewScheduled, ReviewScheduled, StatedPosition, Note, EntryIntoForce),
    *(TermEndAmended, NextReviewAmended),
)
ENTRIES = (*[date(2020, 7, 1)] * 5, date(2020, 2, 29), date(2020, 8, 31), date(2020, 6, 30))


def _day(rng: random.Random, days: Sequence[date]) -> date:
    """A day from 2026 to 2075: again one that was, one a little or half a year or a year from it, or an awkward one."""
    roll = rng.random()
    if days and roll < 0.3:
        return rng.choice(days)
    if days and roll < 0.5:
        return rng.choice(days) + timedelta(days=rng.choice((-1, 1, 30, 181, 183, 184, 365, 366)))
    year = 2026 + min(int(rng.expovariate(0.14)), 49)
    if roll > 0.95:
        return date(year, 1, 1) + timedelta(days=rng.randrange(365))
    month, day = rng.choice(AWKWARD)
    return date(max(year - year % 4, 2028) if (month, day) == (2, 29) else year, month, day)


def _act(rng: random.Random, kind: type[Act], on: date, days: Sequence[date] = ()) -> Act:
    more: dict[str, Any] = {"party": rng.choice(tuple(Party))} if kind in PARTY_ACTS else {}
    if kind is StatedPosition:
        more["stance"] = rng.choice(tuple(Stance))
    if kind is ReviewHeld:
        more["early"] = rng.random() < 0.4
    if kind is ReviewScheduled:
        more["day"] = on + timedelta(days=rng.choice((-1, 0, 1, 30, 200, 365, 370, 500, 2100, 2200)))
        if days and rng.random() < 0.3:  # an anniversary: the day on which the review is due, or the term ends
            more["day"] = rng.choice(days) + relativedelta(years=rng.choice((6, 12, 16)))
    if kind is NextReviewAmended:
        more["day"] = on + timedelta(days=rng.choice((-1, 0, 1, 30, 365, 500, 2200, 5000)))
    if kind is TermEndAmended:
        more["day"] = on + timedelta(days=rng.choice((-1, 0, 1, 30, 365, 1000, 3653, 6000, 12000)))
    if kind is WithdrawalNotice and rng.random() < 0.5:
        more["last_receipt"] = on + timedelta(days=rng.choice((0, 1, 5, 31)))
    return kind(on=on, source=Recorded(entry=rng.choice(("", "S1", "S2"))), **more)


def _readings(rng: random.Random) -> Readings:
    return Readings(tuple((each.key, rng.choice((each.default, *each.values))) for each in LAW.readings))


History = tuple[tuple[Act, ...], Readings, tuple[date, ...]]
"""Acts, readings, and the days on which it is asked: each that of an act or some time from it."""


def _extended_beyond_the_calendar(acts: list[Act], rng: random.Random) -> list[Act]:
    days, source = [date(year, 7, 1) for year in range(2026, 2056, 6)], Recorded(entry="S7")
    made = [Confirmation(on=day, party=party, source=source) for day in days for party in Party]
    return [acts[0], *made, _act(rng, WithdrawalNotice, date(2051, 1, 15))]


def _notices_in_turn(acts: list[Act], rng: random.Random) -> list[Act]:
    """A notice taken back and a review held the year before its own; then notices, most of them so late that they take
    effect about when the term ends, or when the others have left."""
    last = acts[0].on + relativedelta(years=16, months=-6)
    first = rng.choice((last, last, date(2027, 3, 1)))
    parties = rng.sample(tuple(Party), rng.randrange(1, 4))
    days = sorted(first + timedelta(days=rng.choice((-1, 0, 1, 40))) for _ in parties)
    notices = [
        WithdrawalNotice(on=day, party=party, source=Recorded(entry="S8"))
        for day, party in zip(days, parties, strict=True)
    ]
    again = WithdrawalNotice(on=date(2026, 8, 3), party=parties[0], source=Recorded(entry="S9"))
    back = WithdrawalRescinded(on=date(2026, 9, 1), party=parties[0], source=Recorded(entry="S9"))
    year_before = ReviewHeld(on=date(2026, 10, 1), early=True, source=Recorded(entry="S9"))
    return [acts[0], again, back, year_before, *notices]


_SELDOM = (lambda acts, _rng: acts[1:], _extended_beyond_the_calendar, _notices_in_turn, _notices_in_turn)
"""What chance seldom brings; the first does not begin with the entry into force."""


def _history(seed: int) -> History:
    rng = random.Random(seed)
    acts: list[Act] = [EntryIntoForce(on=rng.choice(ENTRIES), source=Recorded(entry="E1"))]
    days: list[date] = []
    for _ in range(rng.randrange(2, 16)):
        on = _day(rng, days)
        days.append(on)
        if rng.random() < 0.3:
            acts += [Confirmation(on=on, party=party, source=Recorded(entry="S3")) for party in Party]
        elif rng.random() < 0.05:  # two leave together
            both = rng.sample(tuple(Party), 2)
            acts += [WithdrawalNotice(on=on, party=party, source=Recorded(entry="S6")) for party in both]
        elif rng.random() < 0.1:  # a Party thinks again
            later, party = on + timedelta(days=rng.choice((1, 40))), rng.choice(tuple(Party))
            acts.append(Confirmation(on=on, party=party, source=Recorded(entry="S4")))
            acts.append(NonConfirmation(on=later, party=party, source=Recorded(entry="S5")))
        else:
            acts.append(_act(rng, rng.choice(KINDS), on, days))
        if rng.random() < 0.1:  # and on the same day the like, or another act of a Party
            acts.append(_act(rng, rng.choice((type(acts[-1]), *PARTY_ACTS)), on, days))
    if seed % RARE < len(_SELDOM):
        acts = _SELDOM[seed % RARE](acts, rng)
        days = [act.on for act in acts[-3:]]
        return tuple(acts), _readings(rng), (*days, days[-1] + timedelta(days=rng.choice((1, 90, 200))))
    asked = (rng.choice(acts).on + timedelta(days=rng.choice((-1, 0, 0, 1, 90, 182, 365, 2000))) for _ in range(3))
    return tuple(acts), _readings(rng), tuple(min(day, LAST_DAY) for day in asked)


NO_RECORD = Record(entries=(), announced=(), verified_on=date(2026, 1, 1))


def _dated_on(line: Timeline, day: date) -> date:
    """The day of the last notice that takes effect; `day` where none does, and where its year is even."""
    return line.final.left[-1].notice if line.final.left and day.year % 2 else day


def _deadlines(line: Timeline, as_of: date, law: Law = LAW) -> list[Result]:
    """The deadlines as of a day."""
    only = frozenset(rule.id for rule in moved_rules(law))
    found = resolved(line, without_running_notices(line, line.acts, as_of), law, NO_RECORD, only).values()
    rows = sorted(found, key=lambda each: (each.day, each.id))
    return [[each.id, _iso(each.day), each.condition, [each.day_is, each.review and each.review.key]] for each in rows]


def _said(given: Answer, without: frozenset[str] = NOT_COMPARED) -> Result:
    """An answer, and the first sentences of its page."""
    said = headline(given, wording("en"))
    words = " ".join((said.paragraph, said.notices, said.next_review, said.reviews))
    return [_plain(given, without), " ".join(words.split())]


def _facts(acts: Sequence[Act], as_of: date, readings: Readings) -> Result:
    present = timeline((act for act in acts if act.on <= as_of), readings)
    told = {"as_of": as_of, "readings": readings, "present": present, "position": present.position_on(as_of)}
    read = {"known_on": None, "verified_on": NO_RECORD.verified_on, "beyond_record": as_of > NO_RECORD.verified_on}
    asked: Any = SimpleNamespace(**told, **read, scenario=None, base=NO_RECORD, record=NO_RECORD, law=LAW)
    return _said(answer(asked), NOT_COMPARED | OVER_READINGS)


def _told(history: History, dated: bool = True, law: Law = LAW) -> list[Any]:
    """Each event of a history with the position after it, and what is refused, passed over; answers and deadlines."""
    acts, readings, days = history
    position, rows, refusals, lawful, today = Position(), [], [], [], list[Act]()
    waiting = sorted(acts, key=in_order)[::-1]
    while True:
        lapse = falls_next(position, readings)
        act = waiting[-1] if waiting else None
        event: Event | None = act
        if lapse is not None and (act is None or in_order(lapse) < in_order(act)):
            event = lapse
        elif act is not None:
            waiting.pop()
        if event is None or event.on > LAST_DAY:
            break
        try:
            if event is act:
                today = [other for other in today if other.on == act.on]
                against = contradicted(act, today)
                if against is not None:
                    raise NotProvidedFor(against, position, act)
            position = step(position, event, readings)
            lawful.append(Moment(event, position))
            today += [act] if act is not None and event is act else []
            rows.append(_row(event, "", position, readings))
        except NotProvidedFor as refused:
            refusals.append(_row(event, f"{refused.refusal.key} {refused.refusal.provision}", position, readings))
    done = tuple(moment.event for moment in lawful if isinstance(moment.event, ACTS))
    line = Timeline(acts=done, readings=readings, moments=tuple(lawful))
    answers = [each for day in days for each in _facts(done, day, readings)]
    return [*rows, *refusals, *answers, *(_deadlines(line, _dated_on(line, days[0]), law) if dated else ())]


def _sent_history(history: History, dated: bool = True) -> Any:
    acts, readings, days = history
    sent = {"acts": [sent_act(act) for act in acts], "readings": readings.as_dict(), "dated": dated}
    return {**sent, "days": [day.isoformat() for day in days], "verified_on": NO_RECORD.verified_on.isoformat()}


# ------------------------------------------------------------------------------------------ scenarios, and lines

STANCES = ("states extend", "states not extend", "states undecided")
VERBS = (*("confirms", "declines", "gives notice", "rescinds notice") * 2, *STANCES)
HELD = ("review held", "next review held", "review concludes", "next review set for {}")
AMENDED = ("amendment sets term end {}", "amendment sets next review {}")
COMMON = (*("all confirm", *HELD) * 4, "all confirm", *AMENDED * 2, "agreement enters into force")
Supposed = tuple[tuple[str, ...], Readings, bool, int]
"""Lines, readings, whether counterfactual, and the place of the record in `RECORDS`."""


def _with_entries(*acts: Act) -> Record:
    return replace(RECORD, entries=(*RECORD.entries, *(replace(RECORD.entries[-1], act=act) for act in acts)))


_OWN = Recorded(entry="own-1")
RECORDS = (
    RECORD,
    replace(RECORD, verified_on=date(2026, 6, 1)),
    _with_entries(
        *(WithdrawalNotice(on=date(2026, 10, 15), party=party, source=_OWN) for party in (Party.CA, Party.MX)),
        *(WithdrawalRescinded(on=date(2026, 11, 2), party=party, source=_OWN) for party in (Party.CA, Party.MX)),
    ),
    replace(RECORD.before(date(2026, 7, 1)), verified_on=date(2026, 7, 1)),
    _with_entries(
        Confirmation(on=date(2027, 7, 1), party=Party.CA, source=_OWN),
        NonConfirmation(on=date(2027, 8, 1), party=Party.US, source=_OWN),
    ),
)
"""As it stands; verified before its last act; with notices that were taken back, which a reading refuses (R9); without
a word of the review that fell due on the day on which it was verified; with acts, and no outcome, of the next one."""


def _given(*lines: str, counterfactual: bool = False, record: int = 0, **readings: str) -> Supposed:
    return lines, chosen(f"{key}={value}" for key, value in readings.items()), counterfactual, record


CHOSEN: tuple[Supposed, ...] = (
    _given("2026-06-15 us states extend", "2026-07-20 us states undecided", record=1),
    _given("2026-06-15 us states extend", counterfactual=True, record=1),
    _given("2026-09-15 us states extend", "2027-01-15 us nods"),
    _given(*(f"{year}-07-01 all confirm" for year in range(2027, 2057, 6))),
    _given(*("2027-02-01 amendment sets term end 2037-07-01",) * 2),
    _given(*(f"2027-02-01 amendment sets term end {year}-07-01" for year in (2037, 2038))),
    _given("2027-02-01 amendment sets term end 2100-12-31"),
    _given("2027-02-01 amendment sets term end 2101-01-01", "2101-01-01 us confirms"),
    _given("2100-12-31 us confirms", "2027-02-01 amendment sets next review 2027-09-01"),
    _given("2026-10-08 us states extend"),
    _given("2026-10-08 us states extend", counterfactual=True),
    _given("2026-03-01 us rescinds notice", "2026-09-01 us states extend", counterfactual=True),
    _given("2026-03-01 us rescinds notice", "2027-03-01 all confirm", counterfactual=True),
    _given("2026-03-01 us states extend", "2026-04-01 us rescinds notice", counterfactual=True),
    _given(
        *(
            "2027-01-15 us gives notice",
            "2027-07-02 ca confirms",
            "2027-07-02 mx confirms",
            "2027-08-01 ca states extend",
        ),
        departure_completes_confirmation="yes",
    ),
    # a review held early on the day of the one before it, of which nothing is said; one concluded late; one held alone
    _given("2027-07-01 next review held"),
    _given("2027-09-15 review held", "2027-10-01 review concludes"),
    _given("2027-07-20 review held"),
    # one of a day before all of it, whatever the order
    _given("2027-07-01 ca confirms", "2027-07-01 all confirm"),
    # an end that was amended in an extended term, before one, and in the year before; a day amended, then set
    _given("2027-07-01 all confirm", "2028-01-01 amendment sets term end 2040-07-01"),
    _given("2027-07-01 all confirm", "2027-07-01 amendment sets term end 2040-07-01"),
    _given("2027-02-01 amendment sets term end 2037-07-01", "2027-07-01 all confirm"),
    _given("2027-02-01 amendment sets term end 2050-07-01", "2027-07-01 all confirm"),
    _given("2027-02-01 amendment sets term end 2043-07-01", "2027-07-01 all confirm"),
    _given("2027-02-01 amendment sets term end 2050-07-01", "2027-07-01 all confirm", extension_runs_from="term_end"),
    _given("2035-08-01 amendment sets term end 2040-07-01"),
    _given("2035-08-01 amendment sets next review 2036-03-01"),
    _given("2027-07-01 all confirm", "2028-01-01 amendment sets next review 2030-01-15"),
    _given("2027-02-01 amendment sets next review 2027-09-01", "2027-03-01 next review set for 2027-10-01"),
    _given("2027-02-01 amendment sets term end 2100-12-31", term_ends="end_of_day"),
    _given(
        *("2027-07-15 review held", "2027-07-20 amendment sets next review 2028-03-01", "2027-08-01 review concludes"),
        annual_review_day="year_after_last",
    ),
    # a review set, or amended, for the day of the end, for one after it, and where none is left
    _given("2027-08-01 next review set for 2036-07-01", "2035-08-01 next review set for 2036-03-01"),
    _given("2027-08-01 amendment sets next review 2036-07-01"),
    _given(
        *("2027-07-01 all confirm", "2028-01-01 amendment sets term end 2032-01-01"),
        *("2028-02-01 next review set for 2032-01-01", "2028-02-02 next review set for 2032-06-01"),
    ),
    # an end, and a review ahead, that another reading does not have
    _given("2026-12-15 us gives notice", "2026-12-15 ca gives notice", one_party_left="continues"),
    # what another reading refuses, which yet another lets stand; what a third moves only under it
    _given(
        *("2027-02-01 amendment sets term end 2030-07-01", "2027-07-01 us confirms", "2028-07-01 ca confirms"),
        *("2028-07-01 mx confirms", "2028-09-01 us gives notice", "2030-07-01 ca states extend"),
    ),
    _given(
        *("2027-07-01 ca confirms", "2027-07-01 mx confirms", "2027-12-31 us gives notice"),
        missing_day="first_of_next",
        confirmations="fresh",
    ),
    # what another reading refuses, unless two more are chosen; what moves only with one that moves only with a third
    _given(
        *("2027-07-02 ca confirms", "2027-07-02 mx confirms", "2027-07-20 review held", "2028-01-10 us gives notice"),
        *("2028-08-01 mx confirms", "2028-08-01 ca gives notice"),
        annual_review_day="year_after_last",
        one_party_left="continues",
    ),
    _given(
        *("2027-07-01 ca confirms", "2027-07-01 mx confirms", "2027-09-01 next review set for 2028-06-30"),
        "2027-12-31 us gives notice",
        missing_day="first_of_next",
        confirmations="fresh",
    ),
    _given(record=2),
    _given("2027-07-01 all confirm", record=2),
    _given("2027-03-01 us states extend", record=2, notice_can_be_rescinded="no"),
    _given(record=2, notice_can_be_rescinded="no"),
    _given("2027-07-01 us confirms", record=3),
    _given(record=4),
    # a notice, and then an end under every reading, that takes effect on the day asked of
    _given("2026-05-23 us gives notice", counterfactual=True),
    _given(*(f"2026-05-23 {party} gives notice" for party in ("us", "ca", "mx")), counterfactual=True),
)
"""What chance seldom brings: the record's end, the calendar's, a line refused that leaves the record, two on a day."""


def _supposed(seed: int) -> Supposed:
    rng = random.Random(-seed)
    lines, days = [], [date(2027, 7, 1)]
    for _ in range(rng.randrange(1, 7)):
        on = max(_day(rng, days), date(2026, 7, 1))
        days.append(on)
        words = f"{rng.choice(('us', 'ca', 'mx'))} {rng.choice(VERBS)}" if rng.random() < 0.6 else rng.choice(COMMON)
        lines.append(f"{on} {words.format(on + timedelta(days=rng.choice((1, 40, 300, 5000))))}")
    return tuple(lines), _readings(rng), rng.random() < 0.3, int(rng.random() < 0.3)


def _assumed(supposed: Supposed) -> tuple[Scenario | NotProvidedFor, list[str]]:
    """The scenario of the lines that may be assumed, or why there is none; and the others, each with its reason."""
    lines, readings, counterfactual, record = supposed
    kept, refused = list(lines), []
    while True:
        try:
            return assume(kept, RECORDS[record], readings, counterfactual=counterfactual), sorted(refused)
        except NotAssumable as error:
            kept.remove(error.line)
            refused.append(f"{error.line}: {error.key} {error.provision}")
        except NotUnderstood as error:
            kept.remove(error.line)
            refused.append(f"{error.line}: assumption.not_understood ")
        except NotProvidedFor as error:
            return error, sorted(refused)


def _asked_on(supposed: Supposed) -> date:
    return AS_OF if supposed[0] else AFTER_A_REVIEW


@cache
def _told_scenario(supposed: Supposed) -> Result:
    readings = supposed[1]
    scenario, refused = _assumed(supposed)
    if isinstance(scenario, NotProvidedFor):
        return [f"refusal.{scenario.refusal.key}", scenario.refusal.provision, refused]
    plan = plan_of_lines(scenario.lines, supposed[2])
    premises = Question(law=LAW, record=RECORDS[supposed[3]], as_of=_asked_on(supposed), readings=readings, plan=plan)
    line = premises.line
    rows = [_row(moment.event, "", moment.position, readings) for moment in line.moments]
    asked = premises if scenario.lines else premises.recorded  # where nothing is assumed, the record's own answer
    facts = _said(answer(replace(asked, as_of=premises.assumed_to)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("review_clock.questions.answer.OverReadings", lambda _premises: _UnderMadeUpOthers())
        facts += _said(answer(asked), NOT_COMPARED | OVER_READINGS)
    told = [*rows, *facts, *_deadlines(line, premises.as_of)]
    silent = [_iso(act.on) for act in scenario.taken_in_silence]
    return [list(scenario.lines), refused, _iso(scenario.departs_on), _iso(scenario.record.ends), silent, *told]


def _sent_scenario(supposed: Supposed) -> Any:
    lines, readings, counterfactual, place = supposed
    record = RECORDS[place]
    sent = {"acts": [sent_act(act) for act in record.acts], "verified_on": record.verified_on.isoformat()}
    more = {"counterfactual": counterfactual, "record": sent, "as_of": _asked_on(supposed).isoformat()}
    return {"lines": lines, "readings": readings.as_dict(), **more}


# -------------------------------------------------------------------------------------------------- the browser


class Script:
    """The page's script as it ships, in a tab, with the machine of the page or `data`, its text as `edit` leaves it.

    Raises Playwright's `Error`, with the script's own words, where the machine cannot be made.
    """

    def __init__(
        self, browser: Browser, data: dict[str, Any] | None = None, edit: Callable[[str], str] = lambda text: text
    ) -> None:
        self._edit, self._page = edit, browser.new_page()
        self._page.route("**/*", self._answered)
        self._page.goto(f"{HOST}/en/what-if.html")
        self._page.evaluate(Path(__file__).with_name("conformance.js").read_text(encoding="utf-8"))
        self._page.evaluate("text => Conformance.start(text && JSON.parse(text))", json.dumps(data) if data else "")

    def _answered(self, route: Route) -> None:
        """The page and its script, from the build; nothing else."""
        name = route.request.url.removeprefix(f"{HOST}/")
        kind = {"en/what-if.html": "text/html", "static/explorer.js": "text/javascript"}.get(name)
        if kind is None:
            route.abort()
            return
        text = _site()[name]().decode("utf-8")
        route.fulfill(body=self._edit(text) if name.endswith(".js") else text, content_type=f"{kind}; charset=utf-8")

    def twins(self) -> dict[str, list[str]]:
        """The names of its conditions and its effects, in their order."""
        found: dict[str, list[str]] = self._page.evaluate("Conformance.twins()")
        return found

    def put_wrong(self, name: str) -> None:
        """From now on the condition `name` says the opposite, the effect `name` does nothing."""
        self._page.evaluate("name => Conformance.putWrong(name)", name)

    def digests(self, how: str, items: Sequence[Any]) -> list[str]:
        """The SHA-256 of what it tells of each item."""
        found: list[str] = self._page.evaluate(
            "([how, text]) => Conformance.digests(how, JSON.parse(text))", [how, json.dumps(items)]
        )
        return found

    def told(self, how: str, item: Any) -> Any:
        """What it tells of one item; the error in words where it fails."""
        return self._page.evaluate("([how, text]) => Conformance.told(how, JSON.parse(text))", [how, json.dumps(item)])


@cache
def _site() -> dict[str, Callable[[], bytes]]:
    return plan(Material(question=question(AS_OF), base_url=HOST, feeds=shipped(LAW)))


def _digest(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _smallest(history: History, differs: Callable[[History], bool]) -> History:
    """A history that still differs when no further act can be taken out of it."""
    acts, readings, days = history
    for place in range(len(acts) - 1, 0, -1):
        fewer = (*acts[:place], *acts[place + 1 :])
        if differs((fewer, readings, days)):
            acts = fewer
    for key, value in defaults().values:
        if differs((acts, readings.but(key, value), days)):
            readings = readings.but(key, value)
    return acts, readings, days


def _first_difference(ours: Any, theirs: Any) -> str:
    if not isinstance(theirs, list):
        return str(theirs)
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            return f"Python: {one}\nscript: {other}"
    return f"Python tells {len(ours)} moments, the script {len(theirs)}"


def _story(script: Script, history: History) -> str:
    """The smallest story on which the two differ, and where they first do."""

    def plain(told: Any) -> Any:
        return json.loads(json.dumps(told))

    def differs(each: History) -> bool:
        return bool(script.told("history", _sent_history(each)) != plain(_told(each)))

    acts, readings, days = _smallest(history, differs)
    changed = [f"{key}={value}" for key, value in readings.values if defaults()[key] != value]
    lines = [f"{act.on} {name_of(type(act))} {getattr(act, 'party', '')}".strip() for act in acts]
    smallest = acts, readings, days
    where = _first_difference(plain(_told(smallest)), script.told("history", _sent_history(smallest)))
    asked = f"asked of {' '.join(map(str, days))}, readings: {' '.join(changed) or 'the defaults'}"
    return "\n".join([*lines, asked, where])


# ------------------------------------------------------------------------------------------------------ the tests


def test_generated_histories_agree_on_every_position_date_and_refusal(
    chromium: Browser, record_property: Callable[[str, object], None]
) -> None:
    positions, answers, days, cells = 0, 0, 0, Counter[tuple[str, str, str]]()
    script = Script(chromium)
    for start in range(0, HISTORIES, BATCH):
        histories = [(_history(seed), seed % DATED == 0) for seed in range(start, start + BATCH)]
        found = script.digests("history", [_sent_history(*each) for each in histories])
        for (history, dated), digest in zip(histories, found, strict=True):
            told = _told(history, dated)
            moments = [row for row in told if len(row) == MOMENT]
            positions, days = positions + len(moments), days + sum(len(row) == DEADLINE for row in told)
            answers += sum(isinstance(row, dict) for row in told)
            cells.update((row[0], row[3].partition(" ")[0], row[4][0] if row[4] else "") for row in moments)
            if digest != _digest(told):
                pytest.fail(_story(script, history))
    for what, count in (("histories", HISTORIES), ("positions", positions), ("answers", answers), ("deadlines", days)):
        record_property(f"conformance, all agree: {what}", count)
    _assert_broad(cells)


def test_positions_of_the_exhaustive_walk_agree(
    chromium: Browser, record_property: Callable[[str, object], None]
) -> None:
    """Of each walk some positions, by the history that first led to each."""
    script, source = Script(chromium), Recorded(entry="W1")
    histories: list[History] = []
    for task in (each for reading in WALKED for each in tasks(reading)):
        walk = Walk(task.year, chosen(task.readings), 2032, 32).go()
        for place in walk.reached[:: max(1, len(walk.reached) // WALK_HISTORIES)]:
            told = place.history()
            acts = tuple(replace(event, source=source) for event in told if isinstance(event, ACTS))
            histories.append((acts, walk.readings, (told[-1].on, told[-1].on + timedelta(days=182))))
    found = script.digests("history", [_sent_history(each, dated=False) for each in histories])
    for history, digest in zip(histories, found, strict=True):
        if digest != _digest(_told(history, dated=False)):
            pytest.fail(_story(script, history))
    record_property("conformance, all agree: positions of the exhaustive walk", len(histories))


def _assert_broad(cells: Counter[tuple[str, str, str]]) -> None:
    """The histories reach every phase, every kind of event, and every refusal that an act can meet."""
    lapses = {"review_falls_due", "withdrawal_takes_effect", "term_ends"}
    reachable = {
        (name_of(kind), row.key)
        for (_phase, kind), rows in CELLS.items()
        for row in rows
        if hasattr(row, "key") and name_of(kind) not in lapses and row.key != "not_yet_in_force"
    }
    second = {kind for row in CONTRADICTIONS for kind in row.on} - {WithdrawalNotice, NonConfirmation}
    reachable |= {(name_of(kind), "contradiction") for kind in second}  # these two come first on their day
    assert {(event, key) for event, key, _ in cells if key} >= reachable
    assert {phase for _, key, phase in cells if not key} >= {phase for phase, _ in CELLS} - {"not_in_force"}


def test_what_neither_histories_nor_the_present_law_have_agrees_too(chromium: Browser) -> None:
    script = Script(chromium)
    for how, item, told in cases():
        assert script.told(how, item) == told, item
    script = Script(chromium, machine(made_law()))
    histories = [_history(seed) for seed in range(MADE)]
    found = script.digests("history", [_sent_history(each) for each in histories])
    ours = [_told(each, law=made_law()) for each in histories]
    rules = {row[0].split(".")[2] for told in ours for row in told if len(row) == DEADLINE and ".made." in row[0]}
    assert rules == {name for name, _, _ in MADE_RULES}
    for told, digest, history in zip(ours, found, histories, strict=True):
        assert digest == _digest(told), _first_difference(
            json.loads(json.dumps(told)), script.told("history", _sent_history(history))
        )


def test_the_six_year_rhythm_goes_by_years_also_after_an_early_six_year_review(chromium: Browser) -> None:
    """Extended in 2026, its six-year review held in 2031 and failed: the rhythm is 2032 and 2038, not 2037 (R12)."""
    source, early, asked = Recorded(entry="S1"), date(2031, 3, 1), date(2031, 4, 1)
    acts: list[Act] = [EntryIntoForce(on=date(2020, 7, 1), source=source)]
    acts += [Confirmation(on=date(2026, 7, 1), party=party, source=source) for party in Party]
    acts += [ReviewHeld(on=early, early=True, source=source), NonConfirmation(on=early, party=Party.US, source=source)]
    history = tuple(acts), defaults(), (asked,)
    told = _told(history)
    assert Script(chromium).told("history", _sent_history(history)) == json.loads(json.dumps(told))
    rhythm = {row[0].rpartition(".")[2] for row in told if len(row) == DEADLINE and row[2].startswith("only_under")}
    assert rhythm == {"2-2", "2-8"}


def test_the_histories_are_those_that_a_timeline_unfolds() -> None:
    for seed in range(0, HISTORIES, 50):
        acts, readings, days = _history(seed)
        lawful: list[Moment] = []
        try:
            lawful.extend(unfold(acts, LAST_DAY, readings))
        except NotProvidedFor:
            continue
        rows = [_row(each.event, "", each.position, readings) for each in lawful]
        assert rows == [row for row in _told((acts, readings, days)) if len(row) == MOMENT]


def test_every_named_scenario_agrees_under_every_reading_and_so_do_generated_assumptions(
    chromium: Browser, record_property: Callable[[str, object], None]
) -> None:
    every_reading = [defaults(), *(defaults().but(key, value) for key, value in alternatives())]
    named = [
        (plan.lines, readings, plan.counterfactual, False) for plan in library().values() for readings in every_reading
    ]
    supposed = [*CHOSEN, *named, *(_supposed(seed) for seed in range(SCENARIOS))]
    refused = 0
    script = Script(chromium)
    found = script.digests("scenario", [_sent_scenario(each) for each in supposed])
    for each, digest in zip(supposed, found, strict=True):
        told = _told_scenario(each)
        refused += len(told[1])
        if digest != _digest(told):
            theirs = script.told("scenario", _sent_scenario(each))
            pytest.fail(f"{each}\n{_first_difference(json.loads(json.dumps(told)), theirs)}")
    assert refused > SCENARIOS // 4  # unlawful assumptions are among them
    record_property("conformance, all agree: named scenarios under a reading", len(named))
    record_property("conformance, all agree: generated scenarios", SCENARIOS)


def test_the_histories_and_the_assumptions_use_every_act_of_the_grammar() -> None:
    acts = [act for seed in range(HISTORIES) for act in _history(seed)[0]]
    assert {type(act) for act in acts} == set(ACTS)
    assert {act.early for act in acts if isinstance(act, ReviewHeld)} == {True, False}
    assert {act.stance for act in acts if isinstance(act, StatedPosition)} == set(Stance)
    lines = "\n".join(line for seed in range(SCENARIOS) for line in _supposed(seed)[0])
    parties, stances = "us|ca|mx", "extend|not extend|undecided"
    for form in ACCEPTED:
        for party in parties.split("|"):
            for stance in stances.split("|"):
                words = form.replace(parties, party).replace(stances, stance).replace("DATE", r"\d{4}-\d\d-\d\d")
                assert re.search(f"^{words}$", lines, re.MULTILINE), words


# ------------------------------------------------------------------------------ what is missing or wrong is noticed


def test_each_name_of_a_row_has_a_twin_and_each_twin_is_named_by_a_row_in_the_order_of_the_law(
    chromium: Browser,
) -> None:
    twins, document, ours = Script(chromium).twins(), machine(LAW), [*vars(conditions), *vars(effects)]
    for what in ("conditions", "effects"):
        assert twins[what] == sorted(document[what], key=ours.index), what


@pytest.mark.parametrize("name", ["condition it_completes_the_set", "effect rescind_notice"])
def test_a_name_without_a_twin_fails_with_that_name(name: str, chromium: Browser) -> None:
    what, twin = name.split()
    with pytest.raises(Error, match=f"the script has no {what} called {twin}"):
        Script(chromium, edit=lambda text: text.replace(twin, "something_else"))


@cache
def _ours(seed: int) -> str:
    return _digest(_told(_history(seed)))


def _differing(script: Script) -> History | None:
    """The first history on which the two differ, of the first few thousand."""
    for start in range(0, 3000, 100):
        seeds = range(start, start + 100)
        found = script.digests("history", [_sent_history(_history(seed)) for seed in seeds])
        for seed, digest in zip(seeds, found, strict=True):
            if digest != _ours(seed):
                return _history(seed)
    return None


def test_each_condition_turned_round_and_each_effect_left_out_is_noticed(chromium: Browser) -> None:
    document, script = machine(LAW), Script(chromium)
    unnoticed = []
    for name in {**document["conditions"], **document["effects"]}.keys() - {"unchanged"}:
        script.put_wrong(name)
        if _differing(script) is None:
            unnoticed.append(name)
    assert not unnoticed


CHANGES = {
    "the_party_has_left": ("the_party_has_left: (p, e) => !p", "the_party_has_left: (p, e) => p"),
    "the_day_is_outside_the_term": (
        "p.next_review === null || e.day <= e.on",
        "p.next_review === null || e.day < e.on",
    ),
    "the_day_is_not_within_the_six_years": ("e.day <= e.on || e.day > p.next_review", "e.day > p.next_review"),
    "the_last_review_is_concluded": (
        "!e.early && p.review.conc",
        "p.review !== null && p.review.conc",
    ),
    "one_party_would_remain": ("? 2 : 1", "? 1 : 2"),
    "nobody_else_leaves_that_day": ("each.effective === e.on && each.party !== e.party", "false"),
    "no_review_can_be_held": (" && !(e.early && p.term > 1)", ""),
    "annual_review_after": ("if (due >= p.term_end) return null", "if (due > p.term_end) return null"),
    "year_served": ("Math.max(yearOf(last.due), reviewYear(last))", "reviewYear(last)"),
    "closed_on": ("&& yearOf(day) === reviewYear(last)", ""),
    "review_year": ("[meeting(review), fallsDue(review)].sort()[0]", "fallsDue(review)"),
    "on_the_last_review": (" && next.scheduled === null", ""),
    "it_speaks_of_the_last_review": (" || tookBack;", ";"),
    "ended_by_extension": (" || on === review.held_on", ""),
    "open_review": ('r.confirmations === "fresh"', 'r.confirmations !== "fresh"'),
    "decline": (", confirmed: without(p.confirmed, e.party) };\nreturn itSpeaks", " };\nreturn itSpeaks"),
    "extend": ("r.missing_day) <= e.on) years", "r.missing_day) < e.on) years"),
    "give_notice": ('r.notice_counts_from === "last_receipt" && ', ""),
    "leave": ("stated: without(p.stated, e.party),\n", ""),
    "yet_to_confirm": ("waiting.length ? waiting :", "!waiting.length ? waiting :"),
    "term_ends_on": ("? termEnd : daysAfter(termEnd, 1)", "? termEnd : termEnd"),
    "months_after": ('missingDay === "first_of_next"', 'missingDay !== "first_of_next"'),
    "falls_next": ("on: fallsDue(next) }", "on: next.due }"),
    "contradicts": ("one.party === other.party && (positions", "(positions"),
    "exit_of": ("day: own.effective }]", "day: own.notice }]"),
    "withdrawals": ('only !== "agreement_goes_on" ||', "true ||"),
    "last_notice": ("day = daysAfter(day, -1);\nreturn day", "day = daysAfter(day, -1);\nreturn daysAfter(day, 1)"),
    "kinds": ("review.years % this", "(review.number - 1) % this"),
    "without_running_notices": ("asOf < effective", "asOf > effective"),
    "resolved": ("condition: taken(each)", 'condition: ""'),
    "end": ("last_day: daysAfter(event.on, -1)", "last_day: event.on"),
    "last_extension": ("moments.find((moment)", "moments.findLast((moment)"),
    "made_by": ("confirmed.filter(({ party }) => party !== event.party), event]", "confirmed, event]"),
    "next_review": ("event.on > asOf && event.type", "event.on >= asOf && event.type"),
    "day_is": ("review.held_on !== null || review.scheduled !== null", "review.scheduled !== null"),
    "last_review": ("firstDay(review) <= act.on", "firstDay(review) < act.on"),
    "unrecorded": ("!review.outcome_recorded).map(meeting)", "!review.outcome_recorded).map(fallsDue)"),
    "rescinded": ("notice: given[party]", "notice: on"),
    "notices": ("daysAfter(each.effective, -1)", "each.effective"),
    "earliest_exit": ("out >= ends.date ? null", "out > ends.date ? null"),
    "beyond_record": ("asOf > verifiedOn", "asOf >= verifiedOn"),
}


@pytest.mark.parametrize("function", CHANGES)
def test_a_change_in_one_function_is_noticed_and_told_in_a_small_story(function: str, chromium: Browser) -> None:
    old, new = CHANGES[function]

    def edit(text: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    _assert_noticed(Script(chromium, edit=edit))


OVER_READINGS_CHANGES = {
    "under": ("!differ({ ...readings", "differ({ ...readings"),
    "that_matter": ("choices.filter((choice) => moves(here, choice))", "[]"),
    "all": ("open.map((readings) => but(readings, choice))", "open.map(() => but(here, choice))"),
    "acts_of": ("...(lines.length ? acts : [])", "...acts"),
    "course": ("ends: end(machine, moments),", "ends: null,"),
    "span_of_the_review": ("review.key === here.review.key ? review.day", "true ? review.day"),
    "over_readings": ("scenario.impossible || scenario.refused.length", "scenario.impossible"),
    "other_readings": ("date: there.extended && there.extended.to }", "date: null }"),
}


@pytest.mark.parametrize("function", OVER_READINGS_CHANGES)
def test_a_change_in_what_other_readings_say_is_noticed(function: str, chromium: Browser) -> None:
    old, new = OVER_READINGS_CHANGES[function]

    def edit(text: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    script = Script(chromium, edit=edit)
    named = [(plan.lines, defaults(), plan.counterfactual, False) for plan in library().values()]
    for supposed in (*CHOSEN, *named, *(_supposed(seed) for seed in range(SCENARIOS))):
        if script.digests("scenario", [_sent_scenario(supposed)]) != [_digest(_told_scenario(supposed))]:
            return
    pytest.fail("not noticed")


@pytest.mark.parametrize(
    "what",
    [
        ("term_years", 15),
        ("contradictions", 1, "on", []),
        ("transitions", 5, "governs", "Art. 34.7(3)"),
        ("rules", 0, "offset", [{"days": 1}]),
    ],
    ids=lambda what: what[0],
)
def test_a_changed_table_is_noticed(what: tuple[Any, ...], chromium: Browser) -> None:
    changed: Any = copy.deepcopy(machine(LAW))
    *path, key, value = what
    place = changed
    for each in path:
        place = place[each]
    place[key] = value
    _assert_noticed(Script(chromium, changed))


def _assert_noticed(script: Script) -> None:
    differing = _differing(script)
    assert differing is not None
    smallest = _story(script, differing)
    assert "Python:" in smallest
    assert len(smallest.splitlines()) <= 12
