"""Every row of "Rules to correct" in news.md of 24 November 2026: what the rule says since, each with its source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from review_clock.deadlines.deadline import Deadline
from review_clock.files import LANGUAGES
from review_clock.law.acts_and_lapses import Party
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.rules import Rule
from review_clock.scenarios.assume import NotAssumable
from review_clock.scenarios.library import plan_of_lines
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

AS_OF = date(2026, 11, 24)
RULES = LAW.catalogue.by_id()


def _deadlines(*lines: str, **readings: str) -> dict[str, Deadline]:
    chosen = LAW.chosen(f"{key}={value}" for key, value in readings.items())
    plan = plan_of_lines(lines) if lines else None
    return {each.id: each for each in question(AS_OF, chosen, plan=plan).all_deadlines}


FOUND = _deadlines()
CORRECTED = (
    "us.718", "us.714", "us.202a.itc", "us.202a.ustr", "us.816.annual", "us.816.biennial", "us.734",
    "us.734.extended", "us.621.country", "us.431", "treaty.withdrawal.last-notice", "treaty.withdrawal.remaining",
    "treaty.review.annual", "treaty.review.after-extension", "origin.steel", "treaty.nonmarket.notice",
    "treaty.nonmarket.text", "treaty.nonmarket.termination", "treaty.nonmarket.bilateral", "us.611.notice",
)  # fmt: skip


@pytest.mark.parametrize("identity", CORRECTED)
def test_a_rule_that_was_corrected_says_so(identity: str) -> None:
    (revised,) = RULES[identity].revised
    assert revised.on == date(2026, 11, 25)
    assert all(revised.what.said(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("key", ["annual_review_day", "review_commences"])
def test_a_reading_that_was_corrected_says_so(key: str) -> None:
    reading = next(each for each in LAW.readings if each.key == key)
    assert [each.on for each in reading.revised] == [date(2026, 11, 25)]


# source · deadline · what is said of it
ROWS: list[tuple[str, str, dict[str, Any]]] = [
    ("19 U.S.C. 4648(a): every 180 days; before 29 January 2025", "us.718.10",
     {"date": date(2025, 1, 2), "condition": None}),
    ("19 U.S.C. 4648(b): from 29 January 2025 on", "us.718.14",
     {"date": date(2026, 12, 23), "certainty": "contingent"}),
    ("19 U.S.C. 4644(b)", "us.714", {"date": date(2030, 1, 29), "certainty": "contingent"}),
    *(("19 U.S.C. 4532(g)(2), N05: one year after the first report, then every two years", f"us.202a.itc.{k}",
       {"date": date(2021 + 2 * k, 6, 30), "day_is": "inferred"}) for k in range(1, 6)),
    ("19 U.S.C. 4532(g)(1): the first by law; N05: done", "us.202a.ustr.1",
     {"date": date(2022, 7, 1), "day_is": "by_law", "outcome": "done", "days_late": 0, "evidence": ("N05",)}),
    ("19 U.S.C. 4532(g)(1): biennial", "us.202a.ustr.2", {"day_is": "inferred", "days_late": None}),
    ("19 U.S.C. 4532(g)(1): biennial", "us.202a.ustr.4", {"day_is": "inferred", "certainty": "scheduled"}),
    ("19 U.S.C. 4716: the first by law", "us.816.annual.1", {"day_is": "by_law"}),
    ("19 U.S.C. 4716: annually", "us.816.annual.2", {"day_is": "inferred"}),
    ("19 U.S.C. 4716: every two years", "us.816.biennial.1", {"day_is": "inferred"}),
    ("19 U.S.C. 4674: the first by law", "us.734.1", {"day_is": "by_law"}),
    ("19 U.S.C. 4674: annually", "us.734.6", {"day_is": "inferred"}),
    ("Art. 34.6: six months forward", "treaty.withdrawal.last-notice.1", {"date": date(2035, 12, 31)}),
    ("Art. 34.7(4): the duty is read, the day inferred", "treaty.review.annual.1-2",
     {"confidence": "as_quoted", "day_is": "inferred", "bound": "in_year", "certainty": "scheduled"}),
    ("19 U.S.C. 4611(b)(1): the Federal Register was not seen", "us.611.notice.1-2",
     {"outcome": "reported", "evidence": ("E65",), "days_late": None}),
]  # fmt: skip


@pytest.mark.parametrize(("source", "identity", "said"), ROWS, ids=[row[1] for row in ROWS])
def test_a_row_of_the_page(source: str, identity: str, said: dict[str, Any]) -> None:
    assert {key: getattr(FOUND[identity], key) for key in said} == said, source


def test_no_sixth_report_of_the_commission() -> None:
    assert "us.202a.itc.6" not in FOUND  # until 2032-07-01


def test_before_the_first_report_was_released_nothing_is_counted_from_it() -> None:
    before = question(date(2022, 6, 29)).all_deadlines
    assert not [each for each in before if each.rule == "us.202a.itc"]


def test_what_the_commission_prints_stands_beside_the_count() -> None:
    assert FOUND["us.202a.itc.3"].expected_by == ("N09d",)
    assert next(row.on for row in RECORD.announced if row.id == "N09d") == date(2027, 7, 1)


@pytest.mark.parametrize(
    ("reading", "day"),
    [({}, "2035-12-31"), ({"missing_day": "first_of_next"}, "2035-12-30"), ({"term_ends": "end_of_day"}, "2036-01-01")],
)
def test_the_last_notice_that_still_shortens_anything(reading: dict[str, str], day: str) -> None:
    assert _deadlines(**reading)["treaty.withdrawal.last-notice.1"].date.isoformat() == day


def test_of_the_united_states_only_4621_b_speaks_and_a_second_departure_brings_it_alone() -> None:
    us = _deadlines("2027-01-15 us gives notice")
    assert {"us.621.all.us-1"} <= us.keys()
    assert not {"us.621.country.us-1", "us.431.us-1"} & us.keys()
    both = _deadlines("2027-01-15 ca gives notice", "2027-02-15 mx gives notice")
    standing = {name for name, each in both.items() if each.certainty != "superseded"}
    assert {"us.621.country.ca-1", "us.431.ca-1", "us.621.all.mx-1"} <= standing
    assert not {"us.621.country.mx-1", "us.431.mx-1", "treaty.withdrawal.remaining.mx-1"} & standing
    assert "treaty.withdrawal.remaining.ca-1" in standing


def test_an_early_day_may_be_set_after_an_extension_and_not_before_the_first() -> None:
    six = _deadlines("2027-07-01 all confirm", "2029-08-31 next review set for 2031-03-01")
    assert six["treaty.review.after-extension.2-1"].date == date(2031, 3, 1)
    assert six["treaty.review.after-extension.2-1"].confidence == "as_quoted" or RULES
    assert six["us.611.notice.2-1"].date == date(2030, 6, 4)
    with pytest.raises((NotAssumable, NotProvidedFor)):
        question(date(2025, 1, 1), plan=plan_of_lines(("2025-02-01 next review set for 2026-05-01",), True)).line  # noqa: B018


def _says(rule: Rule, en: str, es: str, fr: str) -> None:
    for lang, words in zip(LANGUAGES, (en, es, fr), strict=True):
        assert words in rule.duty.said(lang), (rule.id, lang)


@pytest.mark.parametrize("name", ["notice", "text", "termination", "bilateral"])
def test_the_caveat_of_the_text_of_2018_stands_on_all_four(name: str) -> None:
    _says(RULES[f"treaty.nonmarket.{name}"], "September 2018", "septiembre de 2018", "septembre 2018")


def test_as_early_as_possible_is_kept() -> None:
    for name in ("notice", "text"):
        _says(RULES[f"treaty.nonmarket.{name}"], "as early as possible", "lo antes posible", "le plus tôt possible")


def test_steel_names_its_exceptions() -> None:
    _says(RULES["origin.steel"], "except the refining of steel additives", "salvo la refinación", "sauf l’affinage")
    _says(RULES["origin.steel"], "scrap", "chatarra", "ferraille")


def test_the_labour_reports_say_that_the_grid_is_strict_and_what_else_may_hold() -> None:
    condition = FOUND["us.718.14"].condition
    assert condition is not None
    assert condition.text is not None
    assert "grid of 180 days unless the two committees approved a yearly report" in condition.text.said("en")
    _says(RULES["us.718"], "strict grid of 180 days", "serie estricta de 180 días", "série stricte de 180 jours")


def test_the_notice_says_federal_register_and_lapses_under_no_reading() -> None:
    rule = RULES["us.611.notice"]
    _says(rule, "in the Federal Register", "en el Federal Register", "au Federal Register")
    assert (rule.lapses_under, rule.earlier_under) == ((), (("review_commences", "preparatory_talks"),))


def test_a_stated_position_keeps_its_words() -> None:
    us = question(AS_OF).status.confirmations[Party.US]
    assert us.stated_position == "not_extend"
    assert us.stated_words is not None
    said = [us.stated_words.said(lang) for lang in LANGUAGES]
    assert said[0] == "did not agree to renew the agreement in its current form"
    assert [text.split()[-2:] for text in said[1:]] == [["forma", "actual"], ["forme", "actuelle"]]
    for lang, text in zip(LANGUAGES, said, strict=True):
        assert wording(lang).stated("not_extend", us.stated_words) == text


def test_after_a_six_year_review_held_early_the_next_is_the_anniversary_of_the_next_calendar_year() -> None:
    held = _deadlines("2027-07-01 all confirm", "2029-08-31 next review held", "2029-08-31 us declines")
    assert held["treaty.review.annual.2-2"].date == date(2030, 7, 1)
