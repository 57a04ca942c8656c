"""What the answer of a day says: tables by hand, from the texts and the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import review_clock as rc
from review_clock.deadlines.own_rules import load
from review_clock.files import parsed
from review_clock.law.acts_and_lapses import Party, WithdrawalNotice
from review_clock.law.law import Law
from review_clock.questions.compare import compare
from review_clock.questions.every_reading import every_reading
from review_clock.questions.listed import Window, listed, undated
from review_clock.questions.own_cases import own_cases
from review_clock.questions.provenance import provenance, provenance_of_law
from review_clock.questions.public_deadline import public_deadlines
from review_clock.record.ledger import Record, base, from_table, merged
from review_clock.scenarios.library import library
from review_clock.timeline.keeping import with_lines
from tests.frozen import LAW, RECORD, chosen, question
from tests.questions.approved import question_of

NOTICE = ("2026-11-20 us gives notice",)
EXTENDED = ("2029-03-15 all confirm",)
STEPS = ("2029-03-15 ca confirms", "2029-03-20 mx confirms", "2029-04-02 us confirms")
SET = ("2030-06-01 next review set for 2032-05-01",)


def _asked(day: str, lines: tuple[str, ...] = (), reading: str = "", record: Record = RECORD) -> rc.Question:
    return question(date.fromisoformat(day), chosen(reading.split()), with_lines(record, lines, LAW, LAW.defaults))


@pytest.mark.parametrize(
    ("reading", "last_day"), [("", date(2027, 5, 19)), ("notice_can_be_rescinded=no", None)]
)  # fmt: skip
def test_a_notice_can_be_taken_back_to_the_day_before_it_takes_effect_or_never(
    reading: str, last_day: date | None
) -> None:
    (notice,) = _asked("2026-11-22", NOTICE, reading).answer.notices
    assert (notice.effective, notice.last_day_to_rescind) == (date(2027, 5, 20), last_day)


@pytest.mark.parametrize(
    ("day", "out"), [("2035-12-31", date(2036, 6, 30)), ("2036-01-01", None), ("2036-03-01", None)]
)
def test_nobody_is_out_by_a_notice_on_or_after_the_end(day: str, out: date | None) -> None:
    found = _asked(day).answer.earliest_exit
    assert (found.date if found else None) == out


def test_where_all_have_given_notice_nobody_is_left_to_give_one() -> None:
    """Art. 34.6 and R8: counted from receipts still ahead, the notices end it later than six months from the day."""
    record = with_lines(RECORD, [f"2026-11-20 {who} gives notice" for who in ("us", "ca", "mx")], LAW, LAW.defaults)
    late = tuple(
        replace(each, act=replace(each.act, last_receipt=date(2026, 12, 23)))
        if isinstance(each.act, WithdrawalNotice)
        else each
        for each in record.entries
    )
    readings = chosen(["notice_counts_from=last_receipt"])
    found = question(date(2026, 11, 22), readings, replace(record, entries=late)).answer
    assert found.ends is not None
    assert (found.ends.date, found.earliest_exit) == (date(2027, 6, 23), None)


# Art. 34.6: the first day without each Party that gave notice; the notices that come to nothing, as the Agreement is
# then over for all. On the day of the end itself a notice comes to nothing where the term ends it, and is what ends it
# where the notices do.
MOOT = [
    ("2035-12-31", ("2035-12-31 us gives notice",), "US 2036-06-30", ""),
    ("2036-01-01", ("2036-01-01 us gives notice",), "US 2036-07-01", "US"),
    ("2036-02-01", ("2036-02-01 us gives notice",), "US 2036-08-01", "US"),
    ("2027-02-01", ("2027-01-01 us gives notice", "2027-01-05 mx gives notice"), "US 2027-07-01, MX 2027-07-05", ""),
    ("2027-02-01", ("2027-01-01 us gives notice", "2027-01-01 mx gives notice", "2027-02-01 ca gives notice"),
     "MX 2027-07-01, US 2027-07-01, CA 2027-08-01", "CA"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "lines", "notices", "moot"), MOOT)
def test_a_notice_that_takes_effect_when_all_is_over_comes_to_nothing(
    day: str, lines: tuple[str, ...], notices: str, moot: str
) -> None:
    found = _asked(day, lines).answer
    assert ", ".join(f"{each.party} {each.effective}" for each in found.notices) == notices
    assert " ".join(each.party for each in found.notices if found.is_moot(each)) == moot
    assert [each.party for each in found.leaving] == [each.party for each in found.notices if each.party != moot]


@pytest.mark.parametrize(
    ("day", "years"), [("2030-06-02", (2030, 2031)), ("2031-12-31", (2031,)), ("2032-01-01", ())]
)  # fmt: skip
def test_a_year_without_a_review_is_told_to_its_end(day: str, years: tuple[int, ...]) -> None:
    assert _asked(day, SET).answer.years_without_review == years


def test_who_confirmed_an_extension_is_told_whatever_else_was_done_on_its_day() -> None:
    also = _asked("2029-04-01", (*EXTENDED, "2029-03-15 next review set for 2034-03-01")).answer.extended
    assert also is not None
    assert [(each.party, each.on) for each in also.confirmed] == [(party, date(2029, 3, 15)) for party in Party]
    twice = (*STEPS, "2035-04-02 all confirm")
    first, then = (_asked(day, twice).answer.extended for day in ("2029-05-01", "2035-05-01"))
    assert first is not None
    assert then is not None
    assert [each.on.isoformat() for each in first.confirmed] == ["2029-03-15", "2029-03-20", "2029-04-02"]
    assert {each.on for each in then.confirmed} == {date(2035, 4, 2)}


@pytest.mark.parametrize(
    ("amendment", "other"),
    [
        ("2028-02-01 amendment sets next review 2032-10-01", [date(2052, 7, 1)]),  # the end is left as it was
        ("2027-07-01 amendment sets term end 2044-07-01", []),  # on the day of the extension itself
    ],
)
def test_another_reading_of_the_extension_gives_another_end_unless_an_amendment_set_it(
    amendment: str, other: list[date]
) -> None:
    extended = _asked("2028-03-01").assume("2027-07-01 all confirm", amendment).answer.extended
    assert extended is not None
    assert [each.date for each in extended.other_readings if each.date is not None] == other


def test_an_amended_next_review_is_one_in_the_status_too() -> None:
    asked = _asked("2027-03-01").assume("2027-02-01 amendment sets next review 2027-10-01")
    assert asked.status.next_review is not None
    assert asked.status.next_review.amended


# ------------------------------------------------------------------------------------------ where each Party stands

# Lines of the record, lines assumed, the day, the Party; its state and the day of that, when it made an extension, the
# title of the source, whether it is assumed.
PARTIES = [
    (("2029-03-15 us confirms",), (), "2029-03-16", "US",
     ("confirmed", "2029-03-15", None, "2029-03-15 us confirms", False)),
    (("2029-03-15 ca confirms",), (), "2029-03-16", "US", ("declined", "2026-07-01", None, None, False)),
    (EXTENDED, (), "2029-03-16", "US", ("none", None, "2029-03-15", "", False)),
    (STEPS, (), "2029-04-03", "MX", ("none", None, "2029-03-20", "", False)),
    ((), ("2029-03-15 us confirms",), "2029-03-16", "US", ("confirmed", "2029-03-15", None, "", True)),
    ((), ("2029-03-15 us confirms",), "2029-03-16", "MX", ("none", None, None, None, False)),
    ((), ("2029-03-15 mx states undecided",), "2029-03-16", "MX", ("none", None, None, "", True)),
    (NOTICE, (), "2027-05-20", "US", ("left", None, None, "", False)),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "assumed", "day", "party", "told"), PARTIES)
def test_where_a_party_stands(
    lines: tuple[str, ...], assumed: tuple[str, ...], day: str, party: str, told: tuple[object, ...]
) -> None:
    asked = _asked(day, lines)
    found = (asked.assume(*assumed) if assumed else asked).status.confirmations[Party(party)]
    on, extended = (each.isoformat() if each else None for each in (found.on, found.extended))
    source = None if found.entry.startswith("E") else found.source  # of the record that ships
    assert (found.state, on, extended, source, found.assumed) == told


# --------------------------------------------------------------------------------------------- dates and their lists


@pytest.mark.parametrize(
    ("day", "lines", "first", "act_by"),
    [
        ("2026-11-28", (), "ca.whey.year-7", "us.comments.1-2"),
        ("2027-01-12", (), "us.comments.1-2", "us.comments.1-2"),  # on its own day
        ("2027-01-13", (), "origin.averaging.fourth-ends", None),
        # what hangs on a departure's being carried through is passed over, and not what follows it
        ("2026-11-28", NOTICE, "ca.whey.year-7", "us.comments.1-2"),
    ],
)
def test_the_next_date_for_somebody_outside_a_government(
    day: str, lines: tuple[str, ...], first: str, act_by: str | None
) -> None:
    found, by = public_deadlines(_asked(day, lines))
    assert found is not None
    assert found.id == first
    assert (by.id if by else None) == act_by


def test_deadlines_between_two_days_are_those_of_both_and_between() -> None:
    asked = _asked("2026-11-28")
    found = asked.deadlines(start=date(2027, 1, 1), end=date(2027, 4, 22))
    assert [each.id for each in found] == ["ca.whey.year-7", "us.comments.1-2", "us.734.extended.1",
                                           "us.611.annual-report.1-2"]  # fmt: skip


def test_what_has_no_day_is_chosen_by_jurisdiction_kind_and_words_and_by_nothing_else() -> None:
    asked = _asked("2026-11-28", reading="annual_review_day=any_day")
    every = undated(asked)
    assert {each.kind for each in every.open} == {"review"}
    assert undated(asked, certainty=("fixed",), rule=()) == every
    assert undated(asked, jurisdiction=(), kind=()) == every
    assert undated(asked, jurisdiction="us") == undated(asked, jurisdiction=("us",)) != every
    assert undated(asked, jurisdiction=("us",)).open == ()
    assert undated(asked, "Ottawa").open == ()
    assert {each.jurisdiction for each in undated(asked, jurisdiction=("us",)).duties} == {"us"}


def test_the_day_of_knowledge_is_told_with_each_list() -> None:
    known = date(2026, 10, 9)
    asked = rc.ask(date(2026, 11, 24), law=LAW, record=RECORD, known_on=known)
    window = Window(start=date(2027, 1, 1), end=date(2027, 12, 31))
    assert [listed(asked, window).known_on, compare(asked).known_on, every_reading(asked).known_on] == [known] * 3


def test_as_all_that_is_assumed_has_been_done_the_day_is_that_of_the_last_act() -> None:
    asked = _asked("2026-11-28").assume("2029-03-15 all confirm")
    assert (asked.as_assumed.as_of, asked.as_assumed.answer.in_force) == (date(2029, 3, 15), True)


# ---------------------------------------------------------------------------------------------------- side by side


def test_the_record_beside_scenarios_goes_its_whole_course() -> None:
    """Asked of a day before the review of 2026, the record already knows how that ended."""
    (column,) = compare(_asked("2025-01-01")).columns
    assert column.course.annual_reviews.in_all == 9
    assert compare(_asked("2021-01-01", EXTENDED)).columns[0].course.term_end == date(2045, 3, 15)


def test_a_column_has_the_title_of_its_scenario_and_the_readings_that_its_file_chose() -> None:
    asked = _asked("2026-11-28", reading="term_ends=end_of_day")
    plan = library()["clean-renewal"]
    own = rc.ask(date(2026, 11, 28), law=LAW, record=RECORD)
    chose = own.under_plan(replace(plan, readings=(("missing_day", "first_of_next"),)))
    plain, titled, read = compare(asked, asked.under_plan(plan), chose).columns
    assert (plain.title, titled.title) == (None, plan.title)
    assert (plain.readings_chosen, titled.readings_chosen) == ((), ())
    assert read.readings_chosen == (LAW.meaning("missing_day=first_of_next"),)


# ------------------------------------------------------------------------------------------------ where it comes from


def test_provenance_names_the_law_the_record_and_the_own_files() -> None:
    asked = _asked("2026-11-28")
    found = provenance(asked)
    assert (found.digests, found.command) == ({"law": LAW.digest, "record": RECORD.digest}, "")
    of_law = provenance_of_law(LAW)
    assert (of_law.digests, of_law.command, of_law.as_of) == ({"law": LAW.digest}, "", None)
    early = rc.ask(date(2026, 11, 24), law=LAW, record=RECORD, known_on=date(2026, 7, 15))
    assert provenance(early).verified_on is None, "nobody had verified it by then"
    assert question_of("own").record.own_files == ("approved_record.toml",)


def test_of_a_record_that_holds_nothing_there_is_no_last_event() -> None:
    empty = base(parsed("verified_on = 2026-10-08\n", "empty.toml"))
    state = question(date(2026, 11, 28), record=empty).status.record
    assert (state.last_event, state.last_event_id) == (None, "")


# ---------------------------------------------------------------------------------------------------------- own cases


def test_each_case_has_the_date_of_its_rule_and_they_stand_by_date() -> None:
    found = own_cases(question_of("own"))
    dates = [(each.case.id, str(each.deadline.date) if each.deadline else "") for each in found]
    assert dates == [("case-acme", "2027-03-05"), ("case-wrong", "2027-03-05"), ("case-right", "2027-03-07")]


CASES = """
[[case]]
id = "case-long"
matter = "A claim"
rule = "treaty.investment.local-courts"
trigger = 2027-02-01
recorded_on = 2027-02-02

[[case]]
id = "case-short"
matter = "Plant 2"
rule = "us.716.facility-review"
trigger = 2027-02-03
remind = [3]
recorded_on = 2027-02-04
"""
FIRM = '[[firm]]\nid = "acme.after"\nafter = "us.716.facility-review"\noffset = "P5D"\ntitle = "Write to the client"\n'


def test_neither_a_reminder_nor_a_firms_own_date_stands_for_that_of_a_case() -> None:
    record = merged([RECORD, from_table(parsed(CASES, "cases.toml"))])
    law = LAW.with_own(load({"acme.toml": parsed(FIRM, "acme.toml")}, LAW, record))
    asked = rc.ask(date(2027, 2, 10), law=law, record=record)
    assert {str(each.date) for each in asked.all_deadlines if each.case and each.case.id == "case-short"} == {
        "2027-03-02", "2027-03-05", "2027-03-10",
    }  # fmt: skip
    found = [(each.case.id, str(each.deadline.date) if each.deadline else "") for each in own_cases(asked)]
    assert found == [("case-short", "2027-03-05"), ("case-long", "2029-08-01")], "by date, not by trigger"


HELD = ("2027-07-01 review held", "2027-08-20 ca confirms", "2027-08-20 review concludes")

# The day, lines added to the record; of the last review its day, and by whom it was confirmed or declined on which day,
# to the day of the question; then the day on which it was concluded. On 1 July 2026 the United States declined.
LAST = [
    ("2026-06-30", (), None),
    ("2026-07-01", (), ("2026-07-01", "", "US 2026-07-01", "")),
    ("2027-06-30", HELD, ("2026-07-01", "", "US 2026-07-01", "")),
    ("2027-07-01", HELD, ("2027-07-01", "", "", "")),
    ("2027-08-19", HELD, ("2027-07-01", "", "", "")),
    ("2027-08-20", HELD, ("2027-07-01", "CA 2027-08-20", "", "2027-08-20")),
    ("2028-06-30", HELD, ("2027-07-01", "CA 2027-08-20", "", "2027-08-20")),
]


@pytest.mark.parametrize(("day", "lines", "told"), LAST)
def test_the_last_review_and_how_it_ended(day: str, lines: tuple[str, ...], told: tuple[str, ...] | None) -> None:
    last = _asked(day, lines).answer.last_review
    if told is None or last is None:
        assert last is told
        return
    confirmed, declined = (
        " ".join(f"{each.party.value} {each.on}" for each in row) for row in (last.confirmed, last.declined)
    )
    assert (str(last.due), confirmed, declined, str(last.concluded or "")) == told


def test_what_is_done_is_not_the_next_thing_to_do() -> None:
    """The comments on the 2027 review, given in November, are not due in January."""
    given = next(each for each in RECORD.entries if not each.fulfils)
    entry = replace(given, fulfils=("us.comments.1-2",), act=replace(given.act, on=date(2026, 11, 20)))
    found, by = public_deadlines(
        rc.ask(date(2026, 11, 28), law=LAW, record=replace(RECORD, entries=(*RECORD.entries, entry)))
    )
    assert found is not None
    assert "us.comments.1-2" not in (found.id, by and by.id)


def test_what_hangs_on_a_condition_is_passed_over_and_not_what_follows_it() -> None:
    """The whey quota's next year, were it owed under a condition only: then the comments come first."""
    texts, head = dict(LAW.texts), 'id = "ca.whey.year-7"\n'
    assert texts["deadlines.toml"].count(head) == 1
    condition = 'condition = { en = "If so", es = "Si es así", fr = "Le cas échéant" }\n'
    texts["deadlines.toml"] = texts["deadlines.toml"].replace(head, head + condition)
    asked = rc.ask(date(2026, 11, 28), law=Law(texts=tuple(texts.items())), record=RECORD)
    assert asked.explain("ca.whey.year-7").certainty == "contingent"
    found, by = public_deadlines(asked)
    assert found is not None
    assert found.id == "us.comments.1-2"
    assert by == found
