"""Rules on the real record: every computed date of the research, certainty, supersession, other readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_clock.deadlines.case import case
from review_clock.deadlines.deadline import CERTAINTIES, Condition, Deadline, of_case
from review_clock.deadlines.office_days import OfficeDay
from review_clock.deadlines.outcome import OUTCOMES
from review_clock.law.acts_and_lapses import Note, Recorded
from review_clock.law.counting import months_after, starting
from review_clock.law.law import Law
from review_clock.law.readings import KEYS
from review_clock.questions.differences import differences
from review_clock.questions.question import ask
from review_clock.scenarios.library import plan_of_lines
from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, alternatives, chosen, defaults, question

AS_OF = date(2026, 11, 23)


def _on(as_of: date = AS_OF, reading: str = "", *assumptions: str) -> dict[str, Deadline]:
    asked = question(as_of, chosen(reading.split()))
    return {each.id: each for each in (asked.assume(*assumptions) if assumptions else asked).all_deadlines}


@pytest.fixture(scope="module")
def today() -> dict[str, Deadline]:
    return _on()


# Every date of the rule table, with the authority of its row
COMPUTED = [
    # Protocol para. 2; Art. 34.7(1)
    ("treaty.entry-into-force", "2020-07-01"),
    ("treaty.term.end.1", "2036-07-01"),
    ("treaty.term.last-day.1", "2036-06-30"),
    ("treaty.extension.window.1", "2036-06-30"),
    ("treaty.withdrawal.last-notice.1", "2035-12-31"),
    # the review of 2026: Art. 34.7(2); 19 U.S.C. 4611
    ("treaty.review.six-year.1-1", "2026-07-01"),
    ("treaty.recommendations.1-1", "2026-06-01"),
    ("us.611.notice.1-1", "2025-10-04"),
    ("us.611.report.1-1", "2026-01-02"),
    ("us.611.briefing.1-1", "2026-07-21"),
    # the annual review of 2027, complete
    ("treaty.review.annual.1-2", "2027-07-01"),
    ("treaty.recommendations.annual.1-2", "2027-06-01"),
    ("us.611.consult.1-2", "2027-06-30"),
    ("us.611.notice.1-2", "2026-10-04"),
    ("us.611.annual-report.1-2", "2027-04-22"),
    ("us.611.briefing.1-2", "2027-07-21"),
    ("us.comments.1-2", "2027-01-12"),
    # later annual reviews: notice, recommendations, 70-day report, briefing
    ("us.611.notice.1-3", "2027-10-05"),
    ("us.611.notice.1-4", "2028-10-04"),
    ("us.611.notice.1-5", "2029-10-04"),
    ("us.611.notice.1-6", "2030-10-04"),
    ("us.611.notice.1-7", "2031-10-05"),
    ("us.611.notice.1-8", "2032-10-04"),
    ("us.611.notice.1-9", "2033-10-04"),
    ("us.611.notice.1-10", "2034-10-04"),
    *((f"treaty.review.annual.1-{n}", f"{2025 + n}-07-01") for n in range(2, 11)),
    *((f"treaty.recommendations.annual.1-{n}", f"{2025 + n}-06-01") for n in range(2, 11)),
    *((f"us.611.annual-report.1-{n}", f"{2025 + n}-04-22") for n in range(2, 11)),
    *((f"us.611.briefing.1-{n}", f"{2025 + n}-07-21") for n in range(2, 11)),
    # rules of origin, SOR/2020-155
    ("origin.heavy-trucks.second-stage", "2024-07-01"),
    ("origin.heavy-trucks.third-stage", "2027-07-01"),
    ("origin.steel", "2027-07-01"),
    ("origin.alternative-staging", "2025-06-30"),
    ("origin.labour-value-credit", "2027-07-01"),
    ("origin.averaging.fourth-ends", "2027-06-30"),
    ("origin.averaging.fifth-begins", "2027-07-01"),
    *((f"origin.passenger-vehicles.{n}", f"{2019 + n}-07-01") for n in range(1, 5)),
    # United States, recurring: 19 U.S.C. 4532(g), 4641, 4644, 4648, 4674, 4716
    *((f"us.202a.ustr.{n}", f"{2020 + 2 * n}-07-01") for n in range(1, 6)),
    *((f"us.202a.itc.{n}", f"{2021 + 2 * n}-06-30") for n in range(1, 6)),
    ("us.711", "2030-01-29"),
    ("us.714", "2030-01-29"),
    ("us.718.13", "2026-06-26"),
    ("us.718.14", "2026-12-23"),
    ("us.718.15", "2027-06-21"),
    ("us.718.16", "2027-12-18"),
    ("us.718.17", "2028-06-15"),
    ("us.718.18", "2028-12-12"),
    ("us.718.19", "2029-06-10"),
    ("us.718.20", "2029-12-07"),
    *((f"us.734.{n}", f"{2020 + n}-01-29") for n in range(1, 7)),
    *((f"us.734.extended.{n}", f"{2026 + n}-01-29") for n in range(1, 5)),
    *((f"us.816.annual.{n}", f"{2020 + n}-07-01") for n in range(1, 6)),
    *((f"us.816.biennial.{n}", f"{2025 + 2 * n}-07-01") for n in range(1, 6)),
    # the end for the United States: 19 U.S.C. 4621, 2135(e)
    ("us.621.all.1", "2036-07-01"),
    ("us.125e.recommendations.1", "2036-08-30"),
    ("us.125e.duties.1", "2037-07-01"),
    # Canada, Mexico
    ("ca.213.3", "2026-07-01"),
    *((f"ca.whey.year-{n}", f"{2020 + n}-01-01") for n in range(6, 11)),
    ("mx.consultation", "2025-11-16"),
    ("treaty.environment.fifth-year", "2025-07-01"),
    ("treaty.commission.first-meeting", "2021-07-01"),
]


@pytest.mark.parametrize(("identity", "expected"), COMPUTED)
def test_every_computed_date_of_the_research(today: dict[str, Deadline], identity: str, expected: str) -> None:
    assert today[identity].date.isoformat() == expected


def test_no_series_runs_further_than_its_rule(today: dict[str, Deadline]) -> None:
    for beyond in ("us.718.21", "us.202a.ustr.6", "us.202a.itc.6", "us.816.biennial.6", "us.734.7",
                   "treaty.review.annual.1-11", "us.611.report.1-2"):  # fmt: skip
        assert beyond not in today


CLEAR_DAYS = [
    ("us.611.notice.1-1", "2025-10-03"),
    ("us.611.report.1-1", "2026-01-01"),
    ("treaty.recommendations.1-1", "2026-05-31"),
    ("us.611.notice.1-2", "2026-10-03"),
    ("us.611.annual-report.1-2", "2027-04-21"),
    ("treaty.recommendations.annual.1-2", "2027-05-31"),
    ("us.611.notice.1-3", "2027-10-04"),
]


@pytest.mark.parametrize(("identity", "expected"), CLEAR_DAYS)
def test_the_clear_days_reading_and_that_it_is_always_named(
    today: dict[str, Deadline], identity: str, expected: str
) -> None:
    other = _on(AS_OF, "at_least_days_before=clear_days")[identity]
    assert other.date.isoformat() == expected
    named = {o.reading: o.date for o in today[identity].other_readings}
    assert named["at_least_days_before=clear_days"] == date.fromisoformat(expected)
    assert (today[identity].earliest, today[identity].latest) == (other.date, today[identity].date)


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_while_a_notice_runs_the_report_of_2032_hangs_on_its_reading_too(lang: str) -> None:
    """Taken back, the notice leaves the annual reviews of Art. 34.7(4): by default none of 2032 is a six-year one."""
    asked, words = question(date(2026, 12, 15)).assume("2026-12-01 us gives notice"), wording(lang)
    said = words.condition(asked.explain("us.611.report.1-7").condition)
    assert words("condition.if_notice_taken_back") in said
    assert "(R12)" in said
    back = asked.assume("2027-03-01 us rescinds notice")
    assert "us.611.report.1-7" not in {each.id for each in differences(asked.all_deadlines, back.all_deadlines, None)}


def test_the_report_of_2032_is_there_only_under_its_reading(today: dict[str, Deadline]) -> None:
    report = today["us.611.report.1-7"]
    assert (report.date, report.certainty) == (date(2032, 1, 3), "contingent")
    reading = "review_2032_without_extension=six_year"
    means = LAW.meaning(reading)
    assert report.condition == Condition(name="only_under_reading", reading=reading, means=means, text=None)
    assert _on(AS_OF, "review_2032_without_extension=six_year")["us.611.report.1-7"].certainty == "scheduled"


def test_recommendations_before_annual_reviews_lapse_under_the_other_reading() -> None:
    found = _on(AS_OF, "recommendations_before_annual=no")
    assert "treaty.recommendations.annual.1-2" not in found
    assert "treaty.recommendations.1-1" in found


# ---------------------------------------------------------------------------------------- certainty and outcome

STANDING = [
    ("us.611.notice.1-1", "past", "done"),
    ("us.611.report.1-1", "past", "done"),
    ("us.611.briefing.1-1", "past", "unrecorded"),
    ("treaty.recommendations.1-1", "past", "unrecorded"),
    ("treaty.review.six-year.1-1", "past", "done"),
    ("treaty.confirmation.1-1", "past", "not_done"),
    ("us.comments.1-1", "past", "done"),
    ("us.611.notice.1-2", "past", "reported"),
    ("treaty.entry-into-force", "past", "done"),
    ("origin.alternative-staging", "past", "done"),
    ("treaty.review.annual.1-2", "scheduled", ""),
    ("us.611.annual-report.1-2", "scheduled", ""),
    ("treaty.term.end.1", "scheduled", ""),
    ("origin.steel", "fixed", ""),
    ("us.comments.1-2", "announced", ""),
    ("us.125e.duties.1", "contingent", ""),
    ("us.734.extended.1", "contingent", ""),
    ("treaty.withdrawal.last-notice.1", "contingent", ""),
]


@pytest.mark.parametrize(("identity", "certainty", "outcome"), STANDING)
def test_certainty_and_outcome(today: dict[str, Deadline], identity: str, certainty: str, outcome: str) -> None:
    assert (today[identity].certainty, today[identity].outcome) == (certainty, outcome)


def test_before_the_review_of_2026_annual_reviews_are_contingent_and_nothing_later_is_known() -> None:
    before = _on(date(2026, 6, 30))
    assert before["treaty.review.annual.1-2"].certainty == "contingent"
    assert before["treaty.review.annual.1-2"].condition == Condition(
        name="if_not_all_confirm", reading="", means=None, text=None
    )
    assert before["treaty.review.six-year.1-1"].certainty == "scheduled"
    assert "us.comments.1-2" not in before


def test_a_day_is_past_only_when_it_has_gone_by() -> None:
    assert _on(date(2027, 4, 22))["us.611.annual-report.1-2"].certainty == "scheduled"
    assert _on(date(2027, 4, 23))["us.611.annual-report.1-2"].outcome == "unrecorded"


def test_evidence_of_one_cycle_never_serves_another(today: dict[str, Deadline]) -> None:
    assert today["us.611.notice.1-2"].evidence == ("E65",)
    assert today["us.611.notice.1-3"].evidence == ()


def test_what_sources_expect_stands_beside_what_is_computed(today: dict[str, Deadline]) -> None:
    assert today["treaty.term.end.1"].expected_by == ("E72",)
    assert today["us.611.annual-report.1-2"].expected_by == ("E70",)


# ------------------------------------------------------------------------------------ supersession and movement


def test_an_extension_in_2029_supersedes_the_annual_reviews_and_the_expiry() -> None:
    found = _on(AS_OF, "", "2029-07-02 all confirm")
    gone = {identity for identity, each in found.items() if each.certainty == "superseded"}
    assert {f"treaty.review.annual.1-{n}" for n in range(5, 11)} <= gone
    assert {"treaty.term.end.1", "treaty.term.last-day.1", "us.621.all.1", "us.125e.duties.1"} <= gone
    assert not gone & {f"treaty.review.annual.1-{n}" for n in range(2, 5)}
    assert found["treaty.term.end.2"].date == date(2045, 7, 2)
    assert found["treaty.review.after-extension.2-1"].date == date(2035, 7, 2)
    assert found["us.611.report.2-1"].date == date(2035, 1, 3)
    by = found["treaty.term.end.1"].superseded_by
    assert by is not None
    assert (by.by, by.origin, by.said) == ("confirmation", "assumed", "2029-07-02 all confirm")


def test_a_withdrawal_ends_the_duties_of_the_one_who_left_and_leaves_the_treatys() -> None:
    found = _on(AS_OF, "", "2027-01-15 us gives notice")
    assert found["treaty.withdrawal.effect.us-1"].date == date(2027, 7, 15)
    assert found["us.621.all.us-1"].date == date(2027, 7, 15)
    assert found["us.125e.recommendations.us-1"].date == date(2027, 9, 13)
    assert found["us.816.biennial.1"].certainty == "scheduled"
    assert found["us.816.biennial.2"].certainty == "superseded"
    assert found["treaty.review.annual.1-3"].certainty == "scheduled"
    assert found["us.611.notice.1-3"].certainty == "superseded"
    assert found["us.611.annual-report.1-2"].certainty == "scheduled"


REPLY = """
[[rule]]
id = "own.after-notice"
jurisdiction = "treaty"
kind = "report"
counted_from = "withdrawal_notice"
offset = [{{ days = 10 }}]
bound = "no_later_than"
actor = "own-office"
authority = ["Art. 34.6"]
confidence = "as_quoted"
title = "Ten days after a notice"
duty = "To answer it."
{}
"""
TWO_NOTICES = ("2027-01-15 us gives notice", "2027-02-01 mx gives notice")


@pytest.mark.parametrize(
    ("more", "lines", "days"),
    [
        ("", ("2027-01-15 us gives notice",), {"us-1": "2027-01-25"}),
        # two leave, and the Agreement ends with the second
        ("", TWO_NOTICES, {"us-1": "2027-01-25", "mx-1": "2027-02-11"}),
        ('parties = ["mx"]', TWO_NOTICES, {"mx-1": "2027-02-11"}),
        ('only = "agreement_goes_on"', TWO_NOTICES, {"us-1": "2027-01-25"}),
        # one date, also where two leave on one day; none where two remain, or where the term ends first (Art. 34.7(1))
        ('only = "agreement_ends"', TWO_NOTICES, {"mx-1": "2027-02-11"}),
        (
            'only = "agreement_ends"',
            ("2027-01-15 us gives notice", "2027-01-15 mx gives notice"),
            {"us-1": "2027-01-25"},
        ),
        ('only = "agreement_ends"', TWO_NOTICES[:1], {}),
        ('only = "agreement_ends"', ("2035-07-01 us gives notice", "2036-01-02 mx gives notice"), {}),
    ],
)
def test_a_rule_of_ones_own_may_count_from_a_notice_of_withdrawal(
    more: str, lines: tuple[str, ...], days: dict[str, str]
) -> None:
    texts = dict(LAW.texts)
    texts["deadlines.toml"] += REPLY.format(more)
    asked = ask(AS_OF, law=Law(texts=tuple(texts.items())), record=RECORD)
    found = asked.assume(*lines).deadlines(rule="own.after-notice")
    assert {each.id: str(each.date) for each in found} == {f"own.after-notice.{key}": day for key, day in days.items()}
    for each in found:
        first = each.derivation.steps[0]
        party = each.id.rpartition(".")[2].partition("-")[0]
        assert (first.what, first.ref, first.day) == (
            "withdrawal_notice",
            party.upper(),
            each.date - timedelta(days=10),
        )
        assert (each.certainty, each.day_is) == ("fixed", "by_law")


@pytest.mark.parametrize(
    ("lines", "identity", "confidence"),
    [
        # Art. 34.7(5), between two reviews; Art. 34.7(3), at the six-year review of 2033
        (("2027-07-01 all confirm",), "treaty.review.after-extension.2-1", "unverified"),
        (("2027-07-01 all confirm",), "treaty.confirmation.2-1", "unverified"),
        (("2027-07-01 all confirm",), "treaty.recommendations.2-1", "unverified"),
        (("2027-07-01 all confirm", "2033-07-01 all confirm"), "treaty.review.after-extension.3-1", "as_quoted"),
        (("2027-07-01 all confirm", "2033-07-01 all confirm"), "treaty.confirmation.3-1", "as_quoted"),
        ((), "treaty.confirmation.1-2", "as_quoted"),
    ],
)
def test_a_review_after_an_extension_is_as_well_read_as_the_paragraph_it_rests_on(
    lines: tuple[str, ...], identity: str, confidence: str
) -> None:
    assert _on(AS_OF, "", *lines)[identity].confidence == confidence


def test_an_early_day_after_an_extension_moves_what_is_counted_from_it() -> None:
    """19 U.S.C. 4611(b): 270 and 180 days before the day that the Parties set."""
    found = _on(AS_OF, "", "2027-07-01 all confirm", "2029-08-31 next review set for 2031-03-01")
    assert found["us.611.notice.2-1"].date == date(2030, 6, 4)
    assert found["us.611.report.2-1"].date == date(2030, 9, 2)
    assert found["treaty.review.annual.2-2"].date == date(2032, 7, 1)


@pytest.mark.parametrize(
    ("reading", "line", "term", "day"),
    [
        ("", "", 1, "2035-12-31"),
        ("missing_day=first_of_next", "", 1, "2035-12-30"),
        ("term_ends=end_of_day", "", 1, "2036-01-01"),
        ("", "2036-06-30 all confirm", 2, "2051-12-29"),
        ("", "2027-06-30 all confirm", 2, "2042-12-29"),
        ("", "2028-03-01 all confirm", 2, "2043-08-31"),
        ("missing_day=first_of_next", "2028-03-01 all confirm", 2, "2043-08-29"),
    ],
)
def test_the_last_notice_is_the_last_that_takes_effect_before_the_term_ends(
    reading: str, line: str, term: int, day: str
) -> None:
    """Art. 34.6 counts forward from the notice, and no count back is its inverse."""
    found = _on(AS_OF, reading, *([line] if line else []))
    last, end = found[f"treaty.withdrawal.last-notice.{term}"], found[f"treaty.term.last-day.{term}"]
    assert last.date.isoformat() == day
    for late in (0, 1):
        notice = starting(last.date + timedelta(days=late), "withdrawal_notice")
        effect = months_after(notice, 6, missing_day=chosen(reading.split())["missing_day"])
        assert (effect.day > end.date) == bool(late)


GOES_ON = ("treaty.withdrawal.remaining", "us.621.country", "us.431")


@pytest.mark.parametrize(
    ("notices", "shown"),
    [
        # 19 U.S.C. 4502(10): a USMCA country is Canada or Mexico; of the United States 4621(b) alone speaks
        (("2027-01-15 us gives notice",), {"treaty.withdrawal.remaining.us-1"}),
        (("2027-01-15 mx gives notice",), {f"{rule}.mx-1" for rule in GOES_ON}),
        # Art. 34.6: on the day of the second departure nothing goes on
        (("2027-01-15 us gives notice", "2027-09-01 mx gives notice"), {"treaty.withdrawal.remaining.us-1"}),
        (("2027-01-15 mx gives notice", "2027-09-01 ca gives notice"), {f"{rule}.mx-1" for rule in GOES_ON}),
        (("2027-01-15 mx gives notice", "2027-01-15 ca gives notice"), set()),
        # nor on the day on which the term ends
        (("2036-01-01 mx gives notice",), set()),
    ],
)
def test_nothing_goes_on_on_the_day_the_agreement_ends(notices: tuple[str, ...], shown: set[str]) -> None:
    found = _on(AS_OF, "", *notices)
    assert {i for i, d in found.items() if d.rule in GOES_ON and d.certainty != "superseded"} == shown
    assert [d.certainty for d in found.values() if d.rule == "us.621.all"].count("superseded") <= 1
    assert any(d.rule == "us.621.all" and d.certainty != "superseded" for d in found.values())


def test_with_one_party_left_the_agreement_goes_on_under_that_reading() -> None:
    found = _on(AS_OF, "one_party_left=continues", "2027-01-15 us gives notice", "2027-09-01 mx gives notice")
    assert found["treaty.withdrawal.remaining.mx-1"].date == date(2028, 3, 1)


TWO_GO = [
    ("", ("2027-01-15 us gives notice", "2027-07-01 mx gives notice"), "treaty.withdrawal.end.mx-1"),
    ("", ("2027-01-15 ca gives notice", "2027-01-15 mx gives notice"), "treaty.withdrawal.end.mx-1"),
    ("", ("2027-01-15 us gives notice",), ""),
    ("one_party_left=continues", ("2027-01-15 us gives notice", "2027-07-01 mx gives notice"), ""),
]


@pytest.mark.parametrize(("reading", "lines", "identity"), TWO_GO)
def test_the_day_on_which_withdrawals_end_the_agreement_is_a_date_of_its_own(
    reading: str, lines: tuple[str, ...], identity: str
) -> None:
    """The day that the first sentence says (Art. 34.6, reading R17), is a deadline too."""
    chosen = dict([reading.split("=")] if reading else [])
    asked = ask(date(2027, 7, 10), law=LAW, record=RECORD, readings=chosen).assume(*lines)
    found, ends = asked.deadlines(rule="treaty.withdrawal.end"), asked.answer.ends
    assert [each.id for each in found] == [identity] * bool(identity)
    assert ends is not None
    assert [each.date for each in found] == [ends.date] * (ends.because == "withdrawals")


@pytest.mark.parametrize("reading", ["yes", "no"])
def test_the_last_day_to_take_a_notice_back_is_a_date_of_its_own(reading: str) -> None:
    """The day that the first sentence says of each notice that runs (Art. 34.6, reading R9)."""
    readings = {"notice_can_be_rescinded": reading}
    asked = ask(date(2027, 2, 10), law=LAW, record=RECORD, readings=readings).assume(*TWO_NOTICES)
    found = [each.date for each in asked.deadlines(rule="treaty.withdrawal.take-back")]
    assert found == [each.last_day_to_rescind for each in asked.answer.notices if each.last_day_to_rescind is not None]
    assert found == ([date(2027, 7, 14), date(2027, 7, 31)] if reading == "yes" else [])


@pytest.mark.parametrize("rule", ["treaty.withdrawal.effect", "us.816.biennial"])
def test_a_date_of_what_one_party_does_names_that_party(rule: str) -> None:
    """Where two notices run, their dates would be called alike."""
    asked = ask(AS_OF, law=LAW, record=RECORD).assume(*TWO_NOTICES)
    titles = {each.title.said(lang) for each in asked.deadlines(rule=rule) for lang in ("en", "es", "fr")}
    named = {
        *("United States – Withdrawal takes effect", "Mexico – Withdrawal takes effect"),
        *("Estados Unidos – La denuncia surte efectos", "México – La denuncia surte efectos"),
        *("États-Unis – Le retrait prend effet", "Mexique – Le retrait prend effet"),
    }
    assert (titles == named) == (rule == "treaty.withdrawal.effect")


def test_a_rescinded_notice_leaves_a_superseded_withdrawal_behind() -> None:
    found = _on(AS_OF, "", "2027-01-15 us gives notice", "2027-06-01 us rescinds notice")
    assert found["treaty.withdrawal.effect.us-1"].certainty == "superseded"
    assert found["us.816.biennial.2"].certainty == "scheduled"


def test_a_day_set_for_the_review_moves_what_is_counted_from_it_and_keeps_the_ids() -> None:
    found = _on(AS_OF, "", "2026-12-01 next review set for 2027-06-10")
    report = found["us.611.annual-report.1-2"]
    assert (report.date, report.moved_from) == (date(2027, 4, 1), date(2027, 4, 22))
    assert found["treaty.review.annual.1-2"].date == date(2027, 6, 10)
    assert found["treaty.review.annual.1-3"].moved_from is None


def test_a_bare_conclusion_moves_no_day() -> None:
    """19 U.S.C. 4611: the counts run from the day of the meeting, and nobody said that it was another."""
    plain, closed = _on(date(2027, 9, 20)), _on(date(2027, 9, 20), "", "2027-09-15 review concludes")
    for rule in ("us.611.notice", "us.611.annual-report", "us.611.briefing", "treaty.review.annual"):
        assert closed[f"{rule}.1-2"].date == plain[f"{rule}.1-2"].date
        assert "review_held" not in {step.what for step in closed[f"{rule}.1-2"].derivation.steps}
    assert closed["treaty.review.annual.1-2"].outcome == "done"


# ------------------------------------------------------------------------------------------------ derivation


def test_every_derivation_ends_on_its_date_and_starts_from_an_event(today: dict[str, Deadline]) -> None:
    for each in today.values():
        assert each.derivation.steps[0].kind == "start"
        assert each.derivation.steps[-1].day == each.date
        assert each.certainty in CERTAINTIES
        assert each.outcome in ("", *OUTCOMES)
        assert each.earliest <= each.date <= each.latest


def test_a_case_is_counted_from_its_trigger_with_the_other_readings() -> None:
    rules = LAW.catalogue.by_id()
    counted, others = of_case(rules["treaty.nonmarket.termination"], date(2026, 8, 31), defaults(), LAW)
    assert counted is not None
    assert counted.day == date(2027, 2, 28)
    assert [(o.reading, o.date) for o in others] == [("missing_day=first_of_next", date(2027, 3, 1))]
    inform, _ = of_case(rules["treaty.nonmarket.notice"], date(2027, 3, 1), defaults(), LAW)
    text, _ = of_case(rules["treaty.nonmarket.text"], date(2027, 9, 15), defaults(), LAW)
    assert inform is not None
    assert text is not None
    assert (inform.day, text.day) == (date(2026, 12, 1), date(2027, 8, 16))


@pytest.mark.parametrize("rule", [r for r in LAW.rules if r.counted_from == "case"], ids=lambda r: r.id)
def test_every_case_rule_has_a_date_for_a_case(rule: object) -> None:
    from review_clock.law.rules import Rule

    assert isinstance(rule, Rule)
    counted, _others = of_case(rule, date(2027, 2, 3), defaults(), LAW)
    assert counted is not None
    assert counted.day != date(2027, 2, 3)


def test_a_case_is_told_on_which_days_the_offices_are_closed_and_up_to_the_calendars_end() -> None:
    rule = LAW.catalogue.by_id()["us.716.facility-review"]  # within 30 days
    christmas = case(rule, date(2026, 11, 25), defaults(), LAW)
    assert christmas.counted is not None
    assert christmas.counted.day == date(2026, 12, 25)
    assert christmas.office_days == OfficeDay(weekend=False, holiday_in=("us",), unknown_in=(), last_before=None)
    assert case(rule, date(2026, 11, 23), defaults(), LAW).office_days is None  # Wednesday 23 December
    last = case(rule, LAST_DAY - timedelta(days=30), defaults(), LAW).counted
    assert last is not None
    assert last.day == LAST_DAY
    with pytest.raises(OutsideTheCalendar):
        case(rule, LAST_DAY - timedelta(days=29), defaults(), LAW)


def test_no_rule_of_single_cases_is_in_the_calendar(today: dict[str, Deadline]) -> None:
    cases = {rule.id for rule in LAW.rules if rule.counted_from in ("case", "undated")}
    assert not cases & {each.rule for each in today.values()}


def test_every_dated_rule_resolves_or_waits_for_an_event(today: dict[str, Deadline]) -> None:
    waiting = {"review", "withdrawal_effect"}
    for rule in LAW.rules:
        if rule.counted_from not in ("case", "undated"):
            found = [each for each in today.values() if each.rule == rule.id]
            assert found or rule.counted_from in waiting, rule.id


# ------------------------------------------------------------------------------------------------- properties


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(alternatives()), st.integers(min_value=0, max_value=12))
def test_each_date_lies_between_its_earliest_and_latest_under_every_reading(
    choice: tuple[str, str], years: int
) -> None:
    as_of = AS_OF + timedelta(days=300 * years)
    base = {each.id: each for each in question(as_of).all_deadlines}
    for each in question(as_of, defaults().but(*choice)).all_deadlines:
        if each.id in base and each.certainty != "superseded":
            assert base[each.id].earliest <= each.date <= base[each.id].latest


def test_time_alone_moves_no_date(today: dict[str, Deadline]) -> None:
    later = _on(date(2033, 3, 3))
    assert {i: d.date for i, d in today.items()} == {i: d.date for i, d in later.items()}


def test_readings_are_all_known() -> None:
    assert [each.number for each in LAW.readings] == [f"R{n}" for n in range(1, 18)]
    assert {each.key for each in LAW.readings} >= set(KEYS)


def test_notes_change_nothing() -> None:
    note = replace(RECORD.by_id()["E66"], id="X", act=Note(on=date(2026, 11, 20), source=Recorded(entry="X")))
    noted = replace(RECORD, entries=(*RECORD.entries, replace(note, known_on=date(2026, 11, 20))))
    with_note = question(AS_OF, record=noted).all_deadlines
    assert {d.id: d.date for d in with_note} == {d.id: d.date for d in question(AS_OF).all_deadlines}


@pytest.mark.parametrize("year", range(2018, 2061, 3))
def test_every_year_from_2018_to_2060_has_an_answer_for_every_rule(year: int) -> None:
    for each in question(date(year, 7, 2)).all_deadlines:
        assert each.derivation.steps
        assert each.certainty in CERTAINTIES


@pytest.mark.parametrize(("notice", "owed"), [("2027-01-20", False), ("2027-01-21", False), ("2027-01-22", True)])
def test_what_falls_on_the_first_day_without_the_agreement_is_owed_no_more(notice: str, owed: bool) -> None:
    plan = plan_of_lines([f"{notice} us gives notice"])
    found = {each.id: each for each in question(date(2026, 11, 24), plan=plan).all_deadlines}
    briefing = found["us.611.briefing.1-2"]
    assert briefing.date == date(2027, 7, 21)  # the notices take effect the day before, that day, the day after
    assert (briefing.certainty != "superseded") is owed
