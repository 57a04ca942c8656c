"""What each step of a count rests on: the paragraph, the reading, the entry of the record; written from the texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from review_clock.law.acts_and_lapses import Party
from review_clock.questions.grounds import Ground, grounds
from review_clock.questions.memo import memo
from review_clock.questions.question import Question
from review_clock.timeline.keeping import with_lines
from tests.frozen import LAW, RECORD, chosen, question
from tests.questions.approved import question_of

DAY = "2026-11-28"
START = ""
"""The first step, a day of the record."""


def _asked(day: str, *lines: str, reading: str = "") -> Question:
    record = with_lines(RECORD, lines, LAW, LAW.defaults)
    return question(date.fromisoformat(day), chosen(reading.split()), record)


def _told(found: tuple[Ground, ...]) -> list[str]:
    return [" ".join((*each.authority[:1], *(f"({key})" for key in each.readings))) for each in found]


# Lines added to the record, the day, the reading and the date; of each step the first paragraph and the readings.
GROUNDS = [
    ((), DAY, "", "treaty.term.end.1", [START, "Art. 34.7(1)"]),
    ((), DAY, "", "treaty.term.last-day.1", [START, "Art. 34.7(1)", "Art. 34.7(1) (term_ends)"]),
    ((), DAY, "term_ends=end_of_day", "treaty.term.last-day.1", [START, "Art. 34.7(1)", "Art. 34.7(1) (term_ends)"]),
    ((), DAY, "", "treaty.withdrawal.last-notice.1",
     [START, "Art. 34.7(1)", "Art. 34.7(1) (term_ends)", "Art. 34.6 (missing_day)"]),
    ((), DAY, "", "treaty.review.annual@2027", [START, "Art. 34.7(4) (annual_review_day)"]),
    ((), DAY, "", "us.611.notice.1-1", [START, "Art. 34.7(2)", "19 U.S.C. 4611(b)(1)"]),
    ((), DAY, "", "us.611.notice.1-2", [START, "Art. 34.7(4) (annual_review_day)", "19 U.S.C. 4611(b)(1)"]),
    ((), DAY, "at_least_days_before=clear_days", "us.611.notice.1-2",
     [START, "Art. 34.7(4) (annual_review_day)", "19 U.S.C. 4611(b)(1)",
      "19 U.S.C. 4611(b)(1) (at_least_days_before)"]),
    # counted from the end: the Agreement's years first, then the Act's own
    ((), DAY, "", "us.125e.duties.1", [START, "Art. 34.7(1)", "19 U.S.C. 2135(e)"]),
    ((), DAY, "term_ends=end_of_day", "us.621.all.1", [START, "Art. 34.7(1)", "Art. 34.7(1) (term_ends)"]),
    ((), DAY, "term_ends=end_of_day", "us.125e.duties.1",
     [START, "Art. 34.7(1)", "Art. 34.7(1) (term_ends)", "19 U.S.C. 2135(e)"]),
    (("2027-03-15 us gives notice",), "2027-03-15", "", "treaty.withdrawal.effect", [START, "Art. 34.6"]),
    (("2027-03-15 us gives notice",), "2027-03-15", "", "us.125e.duties", [START, "Art. 34.6", "19 U.S.C. 2135(e)"]),
    # six months after August 31, and a year after February 29: each without the day, each by its own text
    (("2027-08-31 us gives notice",), "2027-08-31", "", "us.125e.duties",
     [START, "Art. 34.6", "Art. 34.6 (missing_day)", "19 U.S.C. 2135(e)", "19 U.S.C. 2135(e) (missing_day)"]),
    (("2028-05-15 all confirm",), "2028-05-15", "", "treaty.review.after-extension",
     [START, "Art. 34.7(5) (next_review_after_extension)"]),
    (("2027-02-01 next review set for 2027-06-15",), "2027-02-01", "", "us.611.notice.1-2",
     [START, "19 U.S.C. 4611(b)(1)"]),
    ((), DAY, "", "us.718.1", [START, "19 U.S.C. 4648"]),
    ((), DAY, "", "us.comments.1-2", [START]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day", "reading", "identity", "rests"), GROUNDS)
def test_each_step_rests_on_the_paragraph_and_the_reading_by_which_it_counts_so(
    lines: tuple[str, ...], day: str, reading: str, identity: str, rests: list[str]
) -> None:
    asked = _asked(day, *lines, reading=reading)
    deadline = asked.explain(identity)
    found = grounds(deadline, asked)
    assert _told(found) == rests
    assert [each.step for each in found] == list(deadline.derivation.steps)


CONFIRMED = """
[[event]]
id = "own-{party}"
on = 2029-03-15
act = "confirmation"
party = "{party}"
text = "Confirmed."
source = [{{ title = "A letter" }}]
"""
TAKEN_BACK = '[[retracted]]\nid = "own-us"\non = 2029-05-01\nreason = "It was never sent."\n'


def test_the_review_of_an_extension_that_was_taken_back_goes_on_resting_on_its_paragraph(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("".join(CONFIRMED.format(party=each) for each in ("us", "ca", "mx")) + TAKEN_BACK, encoding="utf-8")
    asked = question(date(2029, 6, 1), record=RECORD.with_file(str(own)))
    review = asked.explain("treaty.review.after-extension")
    assert review.certainty == "superseded"
    assert _told(grounds(review, asked)) == [START, "Art. 34.7(5) (next_review_after_extension)"]


def test_the_steps_of_a_firms_own_rule_rest_on_no_text() -> None:
    asked = question_of("own")
    assert _told(grounds(asked.explain("acme.brief"), asked)) == ["", "Art. 34.7(4) (annual_review_day)", "", ""]


@pytest.mark.parametrize(
    ("lines", "identity", "act"),
    [
        ((), "treaty.withdrawal.last-notice.1", "2020-07-01 EntryIntoForce"),
        # two days were set: each review begins with the entry that set its own
        (("2026-12-01 next review set for 2027-06-15", "2027-06-20 next review set for 2028-06-10"),
         "us.611.notice.1-2", "2026-12-01 ReviewScheduled"),
        (("2026-12-01 next review set for 2027-06-15", "2027-06-20 next review set for 2028-06-10"),
         "us.611.notice.1-3", "2027-06-20 ReviewScheduled"),
    ],
)  # fmt: skip
def test_a_count_begins_with_the_entry_of_the_record_that_gives_its_day(
    lines: tuple[str, ...], identity: str, act: str
) -> None:
    asked = _asked("2027-06-21", *lines)
    entries = asked.record.by_id()
    first = grounds(asked.explain(identity), asked)[0].entries
    assert [f"{entries[each].act.on} {type(entries[each].act).__name__}" for each in first] == [act]


# How the end and the next review are counted, and what other readings would make of them.
POSITIONS = [
    ((), DAY, {"end": [START, "Art. 34.7(1)"], "review": [START, "Art. 34.7(4) (annual_review_day)"]}),
    (("2029-03-15 all confirm",), "2029-04-01",
     {"end": [START, "Art. 34.7(1)"], "review": [START, "Art. 34.7(5) (next_review_after_extension)"]}),
    # two leave: it ends with the second
    (("2026-11-20 us gives notice", "2026-12-21 ca gives notice"), "2027-01-05", {"end": [START, "Art. 34.6"]}),
    (("2026-11-20 us gives notice", "2026-12-21 ca gives notice"), "2027-07-05", {"end": [START, "Art. 34.6"]}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day", "counts"), POSITIONS)
def test_the_position_is_counted_by_the_paragraph_that_ends_it(
    lines: tuple[str, ...], day: str, counts: dict[str, list[str]]
) -> None:
    found = memo(_asked(day, *lines)).counts
    assert {each.of: _told(each.steps) for each in found} == counts


def test_the_end_by_departures_is_counted_from_the_notice_that_ends_it() -> None:
    # under R17 it goes on with one Party, and ends with the notice of the last
    three = ("2026-11-20 us gives notice", "2026-12-21 ca gives notice", "2027-01-04 mx gives notice")
    counts = {
        each.of: each.steps for each in memo(_asked("2027-07-10", *three, reading="one_party_left=continues")).counts
    }
    assert counts["end"][0].step.day == date(2027, 1, 4)


def _otherwise(asked: Question, identity: str = "status") -> dict[str, list[str]]:
    return {
        taken.reading.key: [
            " ".join([
                other.value,
                *([str(other.day)] if other.day else []),
                *(f"{name}={fact}" for name, fact in other.facts.items()),
                *(["unknown"] if other.unknown else []),
            ])
            for other in taken.others
        ]
        for taken in memo(asked, identity).readings
    }  # fmt: skip


def test_a_memo_says_what_each_reading_would_make_of_the_position() -> None:
    assert _otherwise(_asked("2029-04-01", "2029-03-15 all confirm")) == {
        "extension_runs_from": ["term_end last_day=2052-06-30 extended_to=2052-07-01"],
        "term_ends": ["end_of_day last_day=2045-03-15"],
        "next_review_after_extension": ["original_grid next_review=2032-07-01"],
    }
    # on August 31 a notice would run to a day that February has not
    assert _otherwise(_asked("2026-08-31"))["missing_day"] == ["first_of_next earliest_exit=2027-03-01"]
    # one that refuses what is assumed is passed over; under R17 the last Party goes on alone
    alone = ("2027-02-01 mx gives notice", "2027-02-10 mx rescinds notice")
    assumed = _asked("2027-09-10").assume(*alone, "2027-03-01 us gives notice", "2027-03-05 ca gives notice")
    (taken,) = memo(assumed).readings
    assert taken.reading.key == "one_party_left"
    assert taken.others[0].facts["parties"] == (Party.MX,)
    assert taken.others[0].facts["phase"] == "annual_reviews"
    # two have confirmed and the third leaves: by R14 that completes it, and the others go on
    leaving = _asked("2027-09-16", "2027-02-01 ca confirms", "2027-02-02 mx confirms", "2027-03-15 us gives notice")
    assert _otherwise(leaving)["departure_completes_confirmation"] == [
        "yes phase=six_year_cycle last_day=2043-09-14 next_review=2033-09-15 extended_to=2043-09-15"
    ]


def test_a_memo_names_the_reading_on_which_a_date_hangs_and_what_the_others_give() -> None:
    assert _otherwise(_asked(DAY), "us.611.report.1-7") == {
        "annual_review_day": ["any_day unknown"],
        "review_commences": ["preparatory_talks unknown"],
        "review_2032_without_extension": [],
        "at_least_days_before": ["clear_days 2032-01-02"],
    }
    # held three months late: from then on the reading chosen counts from there, another from the anniversary, and a
    # third gives no day
    late = ("2027-02-01 next review set for 2027-10-01", "2027-10-01 review held")
    asked = _asked("2028-01-10", *late, reading="annual_review_day=year_after_last")
    assert _otherwise(asked, "treaty.review.annual.1-3") == {
        "annual_review_day": ["anniversary 2028-07-01", "any_day 2028-07-01 unknown"]
    }


def test_a_memo_says_how_it_was_asked_for() -> None:
    assert memo(_asked(DAY), "us.718.1", "review-clock memo us.718.1").provenance.command == (
        "review-clock memo us.718.1"
    )
