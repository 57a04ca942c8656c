"""How a rule is counted, and when it falls away with the Agreement: written from the texts of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from review_clock.deadlines.deadline import of_case
from review_clock.deadlines.office_days import OfficeDay
from review_clock.deadlines.own_rules import load
from review_clock.deadlines.resolve import Dated, OncePerReading, counted_for, dated, resolve
from review_clock.files import parsed, same_in_all
from review_clock.law.counting import starting
from review_clock.law.law import Law
from review_clock.law.rules import Rule
from review_clock.law.under_readings import Watched
from review_clock.questions.question import Question, ask
from review_clock.record.ledger import from_table, merged
from review_clock.record.own_case import OwnCase
from review_clock.timeline.keeping import with_lines
from tests.frozen import LAW, RECORD, chosen, question
from tests.questions.approved import question_of

RULES = LAW.catalogue.by_id()

# A rule, and the readings that its count hangs on: how many days "at least" asks for, what six months after August 31
# are, whether recommendations are owed before an annual review at all.
HANGS_ON = [
    ("us.125e.recommendations", set()),  # 60 days
    ("treaty.review.annual", set()),  # the day itself
    ("us.611.notice", {"at_least_days_before"}),  # at least 270 days before
    ("treaty.nonmarket.termination", {"missing_day"}),  # six months
    ("origin.alternative-staging", {"missing_day"}),  # five years, less a day
    ("treaty.recommendations", {"at_least_days_before", "missing_day"}),  # at least a month before
    ("treaty.recommendations.annual", {"at_least_days_before", "missing_day", "recommendations_before_annual"}),
]


@pytest.mark.parametrize(("rule", "readings"), HANGS_ON)
def test_a_count_asks_for_no_reading_that_it_does_not_hang_on(rule: str, readings: set[str]) -> None:
    watched = Watched(LAW.defaults.values)
    assert counted_for(RULES[rule], starting(date(2027, 7, 1), "review"), watched) is not None
    assert watched.asked == readings


# Days before (or after) July 1, 2027, "at least": the day when both ends are left out.
CLEAR = [(-270, "2026-10-03"), (-1, "2027-06-29"), (0, "2027-07-01"), (60, "2027-08-30")]


@pytest.mark.parametrize(("days", "day"), CLEAR)
def test_a_clear_day_more_is_asked_only_of_what_is_due_before(days: int, day: str) -> None:
    rule = replace(RULES["us.611.notice"], offset=({"days": days},))
    counted, _ = of_case(rule, date(2027, 7, 1), chosen(["at_least_days_before=clear_days"]), LAW)
    assert counted is not None
    assert counted.day == date.fromisoformat(day)


def _days(asked: Question, only: frozenset[str] | None = None) -> dict[str, Dated]:
    """The dates of the course, none held over by a notice that may be taken back."""
    return resolve(asked.line, LAW, asked.known, only)


def test_where_two_of_three_leave_the_third_is_free_when_the_second_is_out() -> None:
    """Art. 34.6: Canada out on 20 May 2027, Mexico on 21 June; the Agreement then binds nobody."""
    found = _days(question(date(2027, 1, 5)).assume("2026-11-20 ca gives notice", "2026-12-21 mx gives notice"))
    ceases = {each.id: str(each.day) for each in found.values() if each.id.startswith("us.621.")}
    assert ceases == {"us.621.country.ca-1": "2027-05-20", "us.621.all.mx-1": "2027-06-21"}
    # 70 days before the review of 1 July, which is none any more
    assert "us.611.annual-report.1-2" not in found


# A reading, an end that an amendment sets; the first day without the Agreement: 19 U.S.C. 4621(b) speaks of the day on
# which it ceases to be in force for the United States, which under R2 may be the day after the term's last.
CEASES = [
    ("", (), "2036-07-01"),
    ("term_ends=end_of_day", (), "2036-07-02"),
    ("term_ends=end_of_day", ("2027-02-01 amendment sets term end 2037-01-01",), "2037-01-02"),
    ("term_ends=end_of_day", ("2027-02-01 us gives notice",), "2027-08-01"),  # no term's end, but a withdrawal
    ("term_ends=end_of_day", ("2029-03-15 all confirm",), "2045-03-16"),
]


@pytest.mark.parametrize(("reading", "lines", "day"), CEASES)
def test_the_united_states_act_ceases_on_the_first_day_without_the_agreement(
    reading: str, lines: tuple[str, ...], day: str
) -> None:
    asked = question(date(2026, 11, 24), chosen(reading.split()))
    asked = asked.assume(*lines) if lines else asked
    (ceases,) = [each for each in asked.all_deadlines if each.rule == "us.621.all" and each.certainty != "superseded"]
    assert str(ceases.date) == day
    if "gives notice" not in str(lines):
        assert asked.as_assumed.answer.ends.date == ceases.date
        assert any(other.reading.startswith("term_ends=") for other in ceases.other_readings)


@pytest.mark.parametrize(("notice", "owed"), [("2027-01-02", True), ("2027-01-01", False)])
def test_what_prepares_a_review_is_owed_by_a_party_that_is_bound_on_its_day(notice: str, owed: bool) -> None:
    """Art. 34.6: out on 2 July 2027, or on 1 July, the day of a review that the two others then hold."""
    found = _days(question(date(2027, 1, 5)).assume(f"{notice} us gives notice"))
    assert ("us.611.annual-report.1-2" in found) == owed
    assert "treaty.review.annual.1-2" in found


def test_of_some_rules_only_their_dates_are_counted_and_those_announced() -> None:
    found = _days(question(date(2026, 11, 24)), frozenset({"us.718"})).values()
    assert {each.rule.id for each in found if isinstance(each.rule, Rule)} == {"us.718"}
    assert {each.certainty for each in found if not isinstance(each.rule, Rule)} == {"announced"}


def _own(begins: str) -> OwnCase:
    return OwnCase(
        id="c", matter="Acme", rule="treaty.rapid-response.reply", trigger=date.fromisoformat(begins), who="",
        remind=(), office="", known_on=date(2026, 11, 1), recorded_on=date(2026, 11, 1), recorded_by="", where="",
    )  # fmt: skip


# A case begins; when a reply is due ten days later, how sure it is, and what it hangs on. Art. 34.7(1): the Agreement
# ends on 1 July 2036.
OF_A_CASE = [
    ("2036-06-20", "2036-06-30", "fixed", ""),
    ("2036-06-21", "2036-07-01", "contingent", "if_it_outlasts"),
    ("2036-06-28", "2036-07-08", "contingent", "if_it_outlasts"),
]


@pytest.mark.parametrize(("begins", "due", "certainty", "condition"), OF_A_CASE)
def test_what_a_case_asks_for_after_the_end_is_left_to_the_office(
    begins: str, due: str, certainty: str, condition: str
) -> None:
    own = _own(begins)
    found = _days(question(date(2026, 11, 24), record=replace(RECORD, cases=(own,))))["treaty.rapid-response.reply.c"]
    assert (str(found.day), found.certainty, found.condition) == (due, certainty, condition)
    assert found.case is own
    assert (found.counted.steps[0].what, found.counted.steps[0].ref) == ("case_trigger", "c")


@pytest.mark.parametrize(
    ("who", "said"), [("", "the respondent Party"), ("ana", "the respondent Party (in your office: ana)")]
)
def test_who_answers_for_a_case_stands_beside_who_must_act(who: str, said: str) -> None:
    own = replace(_own("2027-03-01"), who=who)
    asked = question(date(2026, 11, 24), record=replace(RECORD, cases=(own,)))
    assert asked.explain("treaty.rapid-response.reply.c").actor_name.said("en") == said


def _of(rule: Rule, *lines: str, reading: str = "") -> tuple[Dated, ...]:
    asked = question(date(2026, 11, 24), chosen(reading.split()))
    asked = asked.assume(*lines) if lines else asked
    return dated(rule, asked.line, asked.known)


# A rule that recurs, what is assumed, how many times it does, and when last: to a day of its own, or as long as the
# term runs, which an extension makes longer (Art. 34.7(3)).
SERIES = [
    (RULES["us.718"], (), 20, "2029-12-07"),  # every 180 days for ten years
    (RULES["us.816.biennial"], (), 5, "2035-07-01"),
    (RULES["us.816.biennial"], ("2029-03-15 all confirm",), 9, "2043-07-01"),
    (RULES["ca.dairy.threshold"], (), 16, "2035-08-01"),
    # what would fall on the day on which the term ends is none
    (replace(RULES["us.816.biennial"], offset=({"years": 8},)), (), 4, "2034-07-01"),
]


@pytest.mark.parametrize(("rule", "lines", "times", "last"), SERIES)
def test_a_series_runs_as_long_as_its_text_says(rule: Rule, lines: tuple[str, ...], times: int, last: str) -> None:
    found = _of(rule, *lines)
    assert [each.id for each in found] == [f"{rule.id}.{n}" for n in range(1, times + 1)]
    assert str(found[-1].day) == last


MONTH_AFTER = replace(RULES["us.734"], offset=({"months": 1},))  # a month after 29 January of each year
TEN_DAYS = replace(RULES["us.816.annual"], offset=({"days": -10},), bound="at_least")
IN_A_SERIES = [
    (MONTH_AFTER, "", "2020-02-29 2021-02-28"),
    (MONTH_AFTER, "missing_day=first_of_next", "2020-02-29 2021-03-01"),
    (TEN_DAYS, "", "2020-06-21 2021-06-21"),
    (TEN_DAYS, "at_least_days_before=clear_days", "2020-06-20 2021-06-20"),
    (replace(TEN_DAYS, lapses_under=(("missing_day", "first_of_next"),)), "", "2020-06-21 2021-06-21"),
    (replace(TEN_DAYS, lapses_under=(("missing_day", "first_of_next"),)), "missing_day=first_of_next", ""),
]


@pytest.mark.parametrize(("rule", "reading", "first"), IN_A_SERIES)
def test_a_reading_counts_in_a_series_as_it_does_once(rule: Rule, reading: str, first: str) -> None:
    assert " ".join(str(each.day) for each in _of(rule, reading=reading)[:2]) == first


BETWEEN, FAILED = "2027-07-01 all confirm", "2033-07-01 us declines"


def test_the_day_on_which_the_third_of_three_leaves_is_the_end_where_one_may_be_left() -> None:
    """Art. 34.6 and R17: the Agreement then goes on for one, and ends when that one is out."""
    asked = question(date(2026, 11, 24), chosen(["one_party_left=continues"]))
    asked = asked.assume("2027-01-15 us gives notice", "2027-02-15 ca gives notice", "2027-03-15 mx gives notice")
    ends = {each.id: str(each.day) for each in _days(asked).values() if each.rule.id == "treaty.withdrawal.end"}
    assert ends == {"treaty.withdrawal.end.mx-1": "2027-09-15"}


# A notice runs that takes effect on 28 May 2027, so that the review of July is none of the United States'; the day, a
# duty before that review, and whether it hangs on the notice: what is past hangs on no act any more.
NOTICE_RUNS = [
    ("2027-04-21", "us.611.annual-report.1-2", "if_notice_taken_back"),  # due on the 22nd
    ("2027-04-23", "us.611.annual-report.1-2", None),
    ("2027-04-23", "us.611.consult.1-2", "if_notice_taken_back"),
]


@pytest.mark.parametrize(("day", "identity", "condition"), NOTICE_RUNS)
def test_what_is_past_hangs_on_no_notice(day: str, identity: str, condition: str | None) -> None:
    record = with_lines(RECORD, ["2026-11-28 us gives notice"], LAW, LAW.defaults)
    found = question(date.fromisoformat(day), record=record).explain(identity).condition
    assert (found and found.name) == condition


def test_what_is_counted_from_a_review_that_an_amendment_set_has_a_day_that_was_set() -> None:
    asked = question(date(2026, 11, 24)).assume("2027-02-01 amendment sets next review 2027-10-01")
    found = _days(asked)
    for identity, day in (("treaty.review.annual.1-2", "2027-10-01"), ("us.611.annual-report.1-2", "2027-07-23")):
        assert (str(found[identity].day), found[identity].day_is) == (day, "set")


# What is assumed, a date of a joint review, and how well the paragraph that gives it was read: Art. 34.7(3) and (4) as
# quoted, paragraph 5, which gives the first review after an extension between two, not at all.
AS_WELL_READ = [
    ((), "treaty.confirmation.1-2", "as_quoted"),
    ((BETWEEN,), "treaty.review.after-extension.2-1", "unverified"),
    ((BETWEEN, "2033-07-01 all confirm"), "treaty.review.after-extension.3-1", "as_quoted"),
    ((BETWEEN, FAILED), "treaty.confirmation.2-1", "unverified"),
    ((BETWEEN, FAILED), "treaty.confirmation.2-2", "as_quoted"),  # the first annual one after it
    ((BETWEEN, FAILED, "2034-07-01 all confirm"), "treaty.recommendations.3-1", "unverified"),
    # what an amendment sets, by Art. 34.3, which was not read
    (("2027-02-01 amendment sets next review 2027-10-01",), "treaty.review.annual.1-2", "unverified"),
    (("2027-02-01 amendment sets term end 2037-07-01",), "treaty.term.end.1", "unverified"),
]


@pytest.mark.parametrize(("lines", "identity", "confidence"), AS_WELL_READ)
def test_a_date_is_as_well_read_as_its_paragraph(lines: tuple[str, ...], identity: str, confidence: str) -> None:
    asked = question(date(2026, 11, 24))
    assert _days(asked.assume(*lines) if lines else asked)[identity].confidence == confidence


# The day of the question, that on which a case begins, and how sure a reply due ten days later is: whoever sets a day
# that is ahead may move it.
AHEAD = [
    ("2027-02-28", "2027-03-01", "announced"),
    ("2027-03-01", "2027-03-01", "fixed"),
    ("2027-03-11", "2027-03-01", "fixed"),
    ("2027-03-12", "2027-03-01", "past"),
    ("2026-11-24", "2036-06-28", "contingent"),  # after the end
]


@pytest.mark.parametrize(("day", "begins", "certainty"), AHEAD)
def test_what_is_counted_from_a_day_ahead_may_be_moved(day: str, begins: str, certainty: str) -> None:
    asked = question(date.fromisoformat(day), record=replace(RECORD, cases=(_own(begins),)))
    assert asked.explain("treaty.rapid-response.reply.c").certainty == certainty


def test_what_holds_from_the_second_time_on_does_not_hold_for_a_rule_that_has_one() -> None:
    later = replace(RULES["treaty.entry-into-force"], condition=same_in_all("If so"), condition_from=2, inferred_from=2)
    (once,) = _of(later)
    assert (once.certainty, once.day_is, once.own_condition) == ("fixed", "by_law", False)
    (first,) = _of(replace(later, condition_from=1, inferred_from=1))
    assert (first.certainty, first.day_is, first.own_condition) == ("contingent", "inferred", True)


# Of an office with two rules of its own, the second on the first, and cases with reminders: the rules asked for, and
# those of which dates are found.
ASKED_FOR = [
    ({"treaty.review.annual"}, {"treaty.review.annual"}),
    ({"treaty.review.annual", "acme.brief"}, {"treaty.review.annual", "acme.brief"}),
    ({"treaty.review.annual", "acme.brief", "acme.file"}, {"treaty.review.annual", "acme.brief", "acme.file"}),
    ({"us.716.facility-review"}, {"us.716.facility-review"}),
    ({"us.716.facility-review", "reminder"}, {"us.716.facility-review", "reminder"}),
]


@pytest.mark.parametrize(("only", "found"), ASKED_FOR)
def test_of_ones_own_rules_too_only_those_asked_for_are_counted(only: set[str], found: set[str]) -> None:
    asked = question_of("own")
    days = resolve(asked.line, asked.law, asked.known, frozenset(only)).values()
    assert {each.rule.id for each in days if isinstance(each.rule, Rule)} == found
    every = resolve(asked.line, asked.law, asked.known).values()
    assert found < {each.rule.id for each in every if isinstance(each.rule, Rule)}


def test_one_of_two_own_rules_is_counted_alone() -> None:
    own = "".join(
        f'[[firm]]\nid = "acme.{name}"\nafter = "treaty.review.annual"\noffset = "-P{days}D"\ntitle = "Ours"\n'
        for name, days in (("brief", 45), ("file", 10))
    )
    law = LAW.with_own(load({"acme.toml": parsed(own, "acme.toml")}, LAW, RECORD))
    asked = question(date(2026, 11, 24))
    for name in ("acme.brief", "acme.file"):
        found = resolve(asked.line, law, asked.known, frozenset({"treaty.review.annual", name})).values()
        assert {each.rule.id for each in found if isinstance(each.rule, Rule)} == {"treaty.review.annual", name}


@pytest.mark.parametrize("rule", LAW.rules, ids=lambda rule: rule.id)
def test_a_count_that_is_kept_is_the_one_of_its_own_course_and_readings(rule: Rule) -> None:
    """Of each rule, with an extension and with a notice, under two other readings, the same as counted anew."""
    kept = OncePerReading()
    for reading in ("", "missing_day=first_of_next", "at_least_days_before=clear_days"):
        asked = question(date(2026, 11, 24), chosen(reading.split()))
        for lines in ((), ("2029-03-15 all confirm",), ("2027-01-15 us gives notice",)):
            line = (asked.assume(*lines) if lines else asked).line
            assert kept(rule, line, asked.known) == dated(rule, line, asked.known)


def test_a_count_that_is_kept_parts_by_the_reading_that_it_asks_for() -> None:
    rule, kept = replace(RULES["treaty.entry-into-force"], offset=({"days": -30},), bound="at_least"), OncePerReading()
    days = []
    for reading in ("at_least_days_before=clear_days", "", "at_least_days_before=clear_days"):
        asked = question(date(2026, 11, 24), chosen(reading.split()))
        (found,) = kept(rule, asked.line, asked.known)
        days.append(str(found.day))
    assert days == ["2020-03-24", "2020-03-25", "2020-03-24"]  # before the last notification, of 24 April


def test_corrections_of_a_rule_and_of_its_texts_stand_in_the_order_of_their_days() -> None:
    texts, cite = dict(LAW.texts), 'cite = "19 U.S.C. 4648"\n'
    revised = 'revised = [{ on = 2026-11-20, what = "A better copy." }]\n'
    assert texts["authorities.toml"].count(cite) == 1
    texts["authorities.toml"] = texts["authorities.toml"].replace(cite, cite + revised)
    report = ask(date(2026, 11, 28), law=Law(texts=tuple(texts.items())), record=RECORD).explain("us.718.1")
    assert [str(each.on) for each in report.revised] == ["2026-11-20", "2026-11-25"]  # the text's, then the rule's


# The day of the review was set; how that of the notice due 270 days before it is known, where the review begins with
# its meeting, and where it began with talks on a day that nobody knows.
TALKS = [("", "set", "2026-09-18"), ("review_commences=preparatory_talks", "inferred", "../2026-09-18")]


@pytest.mark.parametrize(("reading", "day_is", "edtf"), TALKS)
def test_what_is_due_before_talks_that_nobody_dated_is_inferred(reading: str, day_is: str, edtf: str) -> None:
    asked = question(date(2026, 11, 28), chosen(reading.split())).assume("2026-11-27 next review set for 2027-06-15")
    notice = asked.explain("us.611.notice.1-2")
    assert (notice.day_is, notice.edtf) == (day_is, edtf)


def test_a_date_of_ones_own_is_ones_own_whoever_acts_and_one_that_is_gone_has_no_other_readings() -> None:
    firm = '[[firm]]\nid = "acme.x"\nafter = "treaty.review.annual"\ntitle = "Brief"\nactor = "us.ustr"\n'
    own = load({"acme.toml": parsed(firm, "acme.toml")}, LAW, RECORD)
    found = ask(date(2026, 11, 24), law=replace(LAW, own_rules=own), record=RECORD).explain("acme.x.1-2")
    assert (found.who_kind, found.actor, found.actor_name.said("en")) == (
        "own", "us.ustr", LAW.actor("us.ustr").name.said("en")
    )  # fmt: skip
    asked = question(date(2026, 11, 24)).explain("us.611.notice.1-7")
    gone = question(date(2026, 11, 24)).assume("2029-03-15 all confirm").explain("us.611.notice.1-7")
    assert (bool(asked.other_readings), gone.certainty, gone.other_readings) == (True, "superseded", ())
    assert (found.time, found.zone) == ("", "")


def test_an_announced_date_keeps_the_hour_and_the_zone_in_which_it_ends() -> None:
    text = (
        '[[announced]]\nid = "own-1"\non = 2027-02-27\nknown_on = 2026-11-20\ndeadline = "own.comments"\n'
        'jurisdiction = "us"\nkind = "comment"\nactor = "public"\ntitle = "Comments"\ntext = "Comments."\n'
        'time = "23:59"\nzone = "America/New_York"\n[[announced.source]]\ntitle = "A source"\n'
    )
    record = merged([RECORD, from_table(parsed(text, "mine.toml"))])
    found = question(date(2026, 11, 24), record=record).explain("own.comments")
    assert found.office_days == OfficeDay(weekend=True, holiday_in=(), unknown_in=(), last_before=None)  # a Saturday
    assert (found.time, found.zone, found.rule, found.who_kind) == ("23:59", "America/New_York", "announced", "public")


@pytest.mark.parametrize(("on_is", "day_is"), [("", "by_law"), ("year", "inferred"), ("by", "inferred")])
def test_what_is_counted_from_a_day_not_known_exactly_is_not_said_to_be_fixed_by_law(on_is: str, day_is: str) -> None:
    entries = tuple(replace(each, on_is=on_is) if each.marks == "enactment" else each for each in RECORD.entries)
    found = _days(question(date(2026, 11, 24), record=replace(RECORD, entries=entries)))
    assert {each.day_is for each in found.values() if each.rule.id == "us.718"} == {day_is}
