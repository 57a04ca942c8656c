"""What moved a date, whole: each act, amendment, announcement and retraction that did, in order, and nothing else.

Each history is by hand: what Chapter 34 and section 611 owe before an act, and after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from review_clock.deadlines.changes import Change
from review_clock.deadlines.deadline import Deadline
from review_clock.deadlines.resolve import Dated, dated
from review_clock.law.law import Law
from review_clock.law.rules import Rule
from review_clock.questions.other_readings import other_readings
from review_clock.questions.question import Question, ask
from review_clock.questions.resolved import resolved
from review_clock.questions.revisions import revisions
from review_clock.record.ledger import Record
from review_clock.timeline.keeping import with_lines
from review_clock.timeline.unfold import Timeline
from tests.frozen import LAW, RECORD, question
from tests.law.test_versions import amended
from tests.questions.approved import ASKED, question_of

BY_240: Law = amended(240, "from = 2029-01-01, known_on = 2028-06-15")
ENTRY = "2020-07-01 entry_into_force appeared"
DECLINED = "2026-07-01 non_confirmation us certainty"


def _asked(day: str, lines: str, law: Law = LAW, own: str = "", folder: Path | None = None) -> Question:
    record = RECORD
    if folder is not None:
        (folder / "own.toml").write_text(own, encoding="utf-8")
        record = record.with_file(str(folder / "own.toml"))
    given = [line.strip() for line in lines.split(";") if line.strip()]
    return ask(date.fromisoformat(day), law=law, record=with_lines(record, given, LAW, LAW.defaults))


def _told(change: Change) -> str:
    """By which act of whom, on which day, what, and where it moved or its certainty changed from what to what."""
    said = {
        "moved": f" {change.before} {change.after}",
        "certainty": f" {change.was} {change.became}",
        "vanished": f" {change.before}",
    }.get(change.what, "")
    party = f" {change.party.value.lower()}" if change.party else ""
    return f"{change.on} {change.by}{party} {change.what}{said}"


def _twice() -> Law:
    """From 2031 on the notice is owed 210 days before a review: known in September 2028."""
    texts = dict(BY_240.texts)
    before, head, after = texts["deadlines.toml"].partition('id = "us.611.notice"\njurisdiction')
    version = (
        "\n[[rule.version]]\nin_force = { from = 2031-01-01, known_on = 2028-09-15 }\noffset = [{ days = -210 }]\n"
        'what = { en = "Now 210 days.", es = "Ahora 210 días.", fr = "Désormais 210 jours." }\n\n[[rule]]\n'
    )
    texts["deadlines.toml"] = before + head + after.replace("\n[[rule]]\n", version, 1)
    return Law(texts=tuple(texts.items()))


TWICE = _twice()
BACK_AND_FORTH = "2028-06-15 us gives notice; 2028-07-01 us rescinds notice"

# The lines of the record, the law, the day asked, the date; what moved it, after the entry into force and 1 July 2026.
HISTORIES = [
    # section 611 amended from 270 days to 240: the review of 2029 has its notice on 4 October 2028, before the new text
    ("", BY_240, "2028-11-24", "us.611.notice.1-4", []),
    ("", BY_240, "2028-11-24", "us.611.notice.1-5", ["2028-06-15 amendment moved 2029-10-04 2029-11-03"]),
    ("", BY_240, "2028-06-15", "us.611.notice.1-5", ["2028-06-15 amendment moved 2029-10-04 2029-11-03"]),
    ("", BY_240, "2028-06-14", "us.611.notice.1-5", []),
    # an act of the amendment's own day comes after it, and one of the next day
    (
        BACK_AND_FORTH, BY_240, "2028-11-24", "us.611.notice.1-5",
        [
            "2028-06-15 amendment moved 2029-10-04 2029-11-03",
            "2028-06-15 withdrawal_notice us certainty scheduled contingent",
            "2028-07-01 withdrawal_rescinded us certainty contingent scheduled",
        ],
    ),
    (
        BACK_AND_FORTH, BY_240, "2028-11-24", "us.611.notice.1-4",
        [
            "2028-06-15 withdrawal_notice us certainty scheduled contingent",
            "2028-07-01 withdrawal_rescinded us certainty contingent scheduled",
        ],
    ),
    # an extension takes the annual reviews of the term away: on the day before there is nothing left to be moved
    (
        "2028-06-14 all confirm", BY_240, "2028-11-24", "us.611.notice.1-5",
        ["2028-06-14 confirmation us vanished 2029-10-04"],
    ),
    (
        "2028-06-16 all confirm", BY_240, "2028-11-24", "us.611.notice.1-5",
        ["2028-06-15 amendment moved 2029-10-04 2029-11-03", "2028-06-16 confirmation us vanished 2029-11-03"],
    ),
    # what was owed by the day before is past and stays; what is due on the very day is taken away
    (
        "2027-10-05 all confirm", LAW, "2027-11-24", "us.611.notice.1-3",
        ["2027-10-05 confirmation us vanished 2027-10-05"],
    ),
    ("2027-10-06 all confirm", LAW, "2027-11-24", "us.611.notice.1-3", []),
    # two amendments, from 2029 and from 2031: an act before both, one between them and one after
    (
        "2028-06-01 us gives notice; 2028-07-01 us rescinds notice; 2028-10-01 mx gives notice",
        TWICE, "2028-11-24", "us.611.notice.1-7",
        [
            "2028-06-01 withdrawal_notice us certainty scheduled contingent",
            "2028-06-15 amendment moved 2031-10-05 2031-11-04",
            "2028-07-01 withdrawal_rescinded us certainty contingent scheduled",
            "2028-09-15 amendment moved 2031-11-04 2031-12-04",
        ],
    ),
    (
        "2028-10-01 all confirm", TWICE, "2028-11-24", "us.611.notice.1-7",
        [
            "2028-06-15 amendment moved 2031-10-05 2031-11-04",
            "2028-09-15 amendment moved 2031-11-04 2031-12-04",
            "2028-10-01 confirmation us vanished 2031-12-04",
        ],
    ),
    # the first alone is known, then none
    ("", TWICE, "2028-09-14", "us.611.notice.1-7", ["2028-06-15 amendment moved 2031-10-05 2031-11-04"]),
    ("", TWICE, "2028-06-14", "us.611.notice.1-7", []),
    # no amendment: a day set that was inferred until then, the same or another; none by a review that nobody recorded
    (
        "2027-03-01 next review set for 2027-07-01", LAW, "2027-04-01", "treaty.review.annual.1-2",
        ["2027-03-01 review_scheduled day_set"],
    ),
    (
        "2027-03-01 next review set for 2027-06-15; 2027-03-10 next review set for 2027-06-15", LAW, "2027-04-01",
        "us.611.notice.1-2", ["2027-03-01 review_scheduled moved 2026-10-04 2026-09-18"],
    ),
    ("", LAW, "2028-03-01", "treaty.review.annual.1-2", []),
    # a notice to leave, and taken back
    (
        "2027-02-01 us gives notice; 2027-03-01 us rescinds notice", LAW, "2027-04-01", "us.611.notice.1-3",
        [
            "2027-02-01 withdrawal_notice us certainty scheduled contingent",
            "2027-03-01 withdrawal_rescinded us certainty contingent scheduled",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "law", "day", "identity", "told"), HISTORIES)
def test_what_moved_it(lines: str, law: Law, day: str, identity: str, told: list[str]) -> None:
    changes = [_told(change) for change in _asked(day, lines, law).explain(identity).changes]
    assert changes[0] == ENTRY
    assert changes[1].startswith(DECLINED)
    assert changes[2:] == told


# --------------------------------------------------------------------------------------------------- taken back

LETTER = """
[[event]]
id = "own-a"
on = 2027-02-10
recorded_on = 2027-02-11
act = "{act}"
party = "ca"
text = "As a newspaper has it."
[[event.source]]
title = "A newspaper"

[[retracted]]
id = "own-a"
on = 2027-02-20
reason = "It was never sent."
"""
LATER = "2027-03-01 us gives notice; 2027-04-01 us rescinds notice; 2029-03-15 all confirm; 2030-05-01 mx gives notice"


def _by_retraction(asked: Question) -> dict[str, list[str]]:
    told = {
        each.id: [_told(change) for change in each.changes if change.by == "retracted"] for each in asked.all_deadlines
    }
    return {identity: each for identity, each in told.items() if each}


@pytest.mark.parametrize("lines", ["", LATER])
def test_a_retraction_did_what_rested_on_its_entry_and_nothing_that_came_later(lines: str, tmp_path: Path) -> None:
    """Canada's notice of 10 February 2027 would have taken effect on 10 August (Art. 34.6); it was taken back
    on the 20th. What acts did years later is theirs."""
    asked = _asked("2030-06-01", lines, own=LETTER.format(act="withdrawal_notice"), folder=tmp_path)
    found = _by_retraction(asked)
    assert found["treaty.withdrawal.effect.ca-1"] == ["2027-02-20 retracted vanished 2027-08-10"]
    rest_on_it = {
        "treaty.withdrawal.take-back.ca-1",
        "treaty.withdrawal.effect.ca-1",
        "treaty.withdrawal.remaining.ca-1",
        "us.431.ca-1",
        "us.621.country.ca-1",
    }
    assert set(found) == rest_on_it
    for identity in rest_on_it:
        assert asked.explain(identity).certainty == "superseded"


@pytest.mark.parametrize("lines", ["", LATER])
def test_a_retraction_on_which_no_date_rested_moved_none(lines: str, tmp_path: Path) -> None:
    own = LETTER.format(act="note").replace('party = "ca"\n', "")
    assert not _by_retraction(_asked("2030-06-01", lines, own=own, folder=tmp_path))


def test_what_a_retraction_took_away_may_come_again(tmp_path: Path) -> None:
    """A notice of Canada's that was none; years later one that is: its day is that of the second (Art. 34.6)."""
    own = LETTER.format(act="withdrawal_notice")
    asked = _asked("2028-03-02", "2028-03-01 ca gives notice", own=own, folder=tmp_path)
    told = [_told(change) for change in asked.explain("treaty.withdrawal.effect.ca-1").changes]
    assert told == ["2027-02-20 retracted vanished 2027-08-10", "2028-03-01 withdrawal_notice ca appeared"]


def test_a_rescission_that_was_taken_back_lets_the_notice_stand_again(tmp_path: Path) -> None:
    own = LETTER.format(act="withdrawal_rescinded")
    asked = _asked("2027-03-01", "", own=NOTICE + own, folder=tmp_path)
    found = asked.explain("treaty.withdrawal.effect.ca-1")
    assert [_told(change) for change in found.changes] == [
        "2027-01-20 withdrawal_notice ca appeared",
        "2027-02-20 retracted revived",
    ]
    last = found.changes[-1]
    assert (last.before, last.after, last.was, last.became) == (None, date(2027, 7, 20), "", "scheduled")
    assert (last.origin, last.entry, last.said, last.source) == ("recorded", "own-a", "", "It was never sent.")


NOTICE = """
[[event]]
id = "own-n"
on = 2027-01-20
recorded_on = 2027-01-20
act = "withdrawal_notice"
party = "ca"
text = "Notice."
[[event.source]]
title = "A note"
"""

# --------------------------------------------------------------------------------------------------- of every date


def _wrong(each: Deadline) -> Iterator[str]:
    """What of a date's changes does not hold together."""
    first, last = each.changes[0], each.changes[-1]
    if first.before is not None or first.what != "appeared":
        yield f"it begins with {_told(first)}"
    for one, other in pairwise(each.changes):
        if (one.after, one.became) != (other.before, other.was) or one.on > other.on:
            yield f"{_told(other)} does not follow {_told(one)}"
    for change in each.changes:
        days = change.before, change.after
        what = {(True, False): ("appeared", "revived"), (False, True): ("vanished",)}.get(
            (days[0] is None, days[1] is None), ("moved",) if days[0] != days[1] else ("certainty", "day_set")
        )
        if change.what not in what or (change.what == "certainty") != (
            days[0] == days[1] and change.was != change.became
        ):
            yield f"{_told(change)} is not {what}"
    if each.certainty == "superseded":
        if last.after is not None:
            yield f"it was removed by {_told(last)}"
    elif last.after != each.date or (each.certainty not in ("past", last.became)):
        yield f"{_told(last)} does not lead to {each.date} {each.certainty}"


@pytest.mark.parametrize("asked", [*(name for name, *_ in ASKED), BACK_AND_FORTH, LATER])
def test_what_moved_a_date_leads_to_it_step_by_step(asked: str) -> None:
    """Those apart that a retraction moved: the entry that it takes back is not among the causes any more."""
    named = " " not in asked
    of = question_of(asked) if named else _asked("2030-06-01", asked, BY_240)
    wrong = {
        each.id: found
        for each in of.all_deadlines
        if not any(change.by == "retracted" for change in each.changes) and (found := list(_wrong(each)))
    }
    assert not wrong


# The deadline; of each change the act, its day, origin, entry, the days before and after, the certainty, the source.
WHOLE = [
    (
        "us.611.notice.1-3",
        ("entry_into_force", "2020-07-01", "recorded", "E11", "None", "2027-10-05", "", "contingent",
         "USTR, trilateral statement of the first Commission meeting"),
        ("non_confirmation", "2026-07-01", "recorded", "E51", "2027-10-05", "2027-10-05", "contingent", "scheduled",
         "USTR, Ambassador Greer Issues Statement on the USMCA Joint Review"),
        ("withdrawal_notice", "2027-03-01", "recorded", "own-notice", "2027-10-05", "2027-10-05", "scheduled",
         "contingent", "A note"),
    ),
    # counted from an act that is none under Chapter 34: the Implementation Act's enactment
    (
        "us.718.1",
        ("note", "2020-01-29", "recorded", "E06", "None", "2020-07-27", "", "fixed",
         "Congressional Research Service, R44981"),
    ),
    # a hearing announced, and put off
    (
        "own.hearing",
        ("announced", "2026-12-01", "recorded", "own-hear1", "None", "2027-07-01", "", "announced", "A letter"),
        ("announced", "2027-01-05", "recorded", "own-hear2", "2027-07-01", "2027-07-15", "announced", "announced",
         "A second letter"),
    ),
    # a case, of which no source is known
    (
        "us.716.facility-review.case-right",
        ("case", "2027-02-05", "recorded", "case-right", "None", "2027-03-07", "", "fixed", ""),
    ),
    (
        "us.716.facility-review.case-wrong",
        ("retracted", "2027-02-08", "recorded", "case-wrong", "2027-03-05", "None", "fixed", "",
         "Received on the 5th, by the stamp."),
    ),
    # what an entry taken back had made, and its retraction took away
    (
        "treaty.withdrawal.effect.ca-1",
        ("retracted", "2027-02-20", "recorded", "own-slip", "2027-08-10", "None", "scheduled", "",
         "The newspaper corrected itself."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("identity", "told"), [(identity, told) for identity, *told in WHOLE])
def test_all_that_is_said_of_what_moved_it(identity: str, told: list[tuple[str, ...]]) -> None:
    changes = question_of("own").explain(identity).changes
    assert told == [
        (
            each.by,
            str(each.on),
            each.origin,
            each.entry,
            str(each.before),
            str(each.after),
            each.was,
            each.became,
            each.source,
        )
        for each in changes
    ]
    assert not any(each.said for each in changes)


def test_what_is_assumed_says_its_line_and_names_no_source() -> None:
    asked = question(date(2026, 11, 28)).assume("2027-02-01 us gives notice", "2029-03-15 all confirm")
    (made,) = asked.explain("treaty.withdrawal.effect.us-1").changes
    assert (made.what, made.origin, made.entry, made.said) == ("appeared", "assumed", "", "2027-02-01 us gives notice")
    assert (made.before, made.after, made.was, made.source) == (None, date(2027, 8, 1), "", "")


def test_a_review_taken_as_held_in_silence_sets_no_day() -> None:
    """Art. 34.7(4): that of 2027 falls on 1 July by the reading; to assume an act of 2028 says nothing of its day."""
    asked = question(date(2026, 11, 28)).assume("2028-03-15 us confirms")
    assert [_told(change) for change in asked.explain("treaty.review.annual.1-2").changes][2:] == []


# What is assumed, the day; a date that was past before that act, and what is said of it then.
OVER_BEFORE = [
    # the notice of the review of 2027, due 270 days before: reported before the United States gave its notice
    (("2026-11-28 us gives notice",), "2027-06-01", "us.611.notice.1-2", ("past", "reported", date(2026, 10, 4))),
    (("2026-11-28 us gives notice",), "2028-06-01", "us.611.notice.1-2", ("past", "reported", date(2026, 10, 4))),
    # and before an extension that leaves no review in 2027
    (("2026-12-01 all confirm",), "2027-06-01", "us.611.notice.1-2", ("past", "reported", date(2026, 10, 4))),
    # what was ahead is removed
    (("2026-12-01 all confirm",), "2027-06-01", "us.611.annual-report.1-2", ("superseded", "", date(2027, 4, 22))),
]


@pytest.mark.parametrize(("lines", "on", "identity", "told"), OVER_BEFORE)
def test_no_act_takes_away_what_was_past_before_it(
    lines: tuple[str, ...], on: str, identity: str, told: tuple[Any, ...]
) -> None:
    asked = question(date.fromisoformat(on), record=with_lines(RECORD, lines, LAW, LAW.defaults))
    found = {each.id: each for each in asked.all_deadlines}
    assert (found[identity].certainty, found[identity].outcome, found[identity].date) == told
    for each in found.values():
        by = each.superseded_by
        assert by is None or by.by == "retracted" or each.date >= by.on


def test_a_day_is_said_to_have_been_inferred_only_if_it_was() -> None:
    """Art. 34.7(2) gives the day of the first review: that it was held on it set no day that was inferred before."""
    asked = question(date(2026, 11, 28)).assume("2026-12-01 next review set for 2027-06-10", "2029-03-15 all confirm")
    told = [(each.id, change) for each in asked.all_deadlines for change in each.changes if change.what == "day_set"]
    for identity, change in told:
        before = question(change.on - timedelta(days=1)).explain(identity)
        assert before.day_is == "inferred"
    assert {change.by for _, change in told} <= {"review_scheduled", "review_held"}


# ----------------------------------------------------------------------------------- of some rules, and no others

SOME = frozenset({"us.611.notice", "us.716.facility-review", "treaty.withdrawal.effect"})


def _rules_of(asked: Question, identities: Iterable[str]) -> set[str]:
    """The rules of SOME that dates are of, and the other dates by their ids; those announced are always there."""
    announced = {row.deadline for row in asked.known.announced}
    others = (each for each in identities if each not in announced)
    return {next((rule for rule in SOME if each.startswith(f"{rule}.")), each) for each in others}


def test_of_some_rules_what_moved_their_dates_is_worked_out_and_of_no_others() -> None:
    asked = question_of("own")
    now = resolved(asked.line, asked.spare, asked.law, asked.known, SOME)
    found = revisions(asked, now, SOME)
    assert {"treaty.withdrawal.effect.ca-1", "us.716.facility-review.case-wrong"} < set(found.changes)  # taken back
    assert _rules_of(asked, found.changes) == _rules_of(asked, found.last) == SOME
    every = revisions(asked, resolved(asked.line, asked.spare, asked.law, asked.known, None))
    assert all(every.changes[identity] == found.changes[identity] for identity in found.changes)


def test_of_some_rules_the_dates_under_other_readings_are_worked_out_and_of_no_others() -> None:
    asked = question_of("own")
    found = other_readings(asked, SOME)
    assert _rules_of(asked, found.span) == SOME
    assert _rules_of(asked, found.others) == {"us.611.notice"}
    assert found.others["us.611.notice.1-3"]


def test_the_dates_of_both_courses_are_counted_by_what_is_given_for_that() -> None:
    """A notice runs: what it may leave standing, if it is taken back, is counted on a course of its own."""
    asked, counted = _asked("2027-03-01", "2027-02-01 us gives notice"), []

    def days_of(rule: Rule, line: Timeline, record: Record) -> tuple[Dated, ...]:
        counted.append((rule.id, line is asked.spare))
        return dated(rule, line, record)

    assert asked.spare is not None
    found = resolved(asked.line, asked.spare, asked.law, asked.known, SOME, days_of)
    assert set(counted) == {(rule, spare) for rule in SOME for spare in (False, True)}
    assert found["us.611.notice.1-4"].condition == "if_notice_taken_back"


def test_a_reading_under_which_what_is_assumed_could_not_have_been_hides_no_other() -> None:
    """Where no notice can be taken back the assumption cannot be; clear days still move the notice of section 611."""
    asked = question(date(2026, 11, 28)).assume("2027-02-01 us gives notice", "2027-03-01 us rescinds notice")
    readings = [each.reading for each in asked.explain("us.611.notice.1-4").other_readings]
    assert readings == ["at_least_days_before=clear_days"]
