"""The questions people ask: in every state and language an answer, every slot filled, the facts of that state said.

The days are worked out by hand from Articles 34.6 and 34.7, as in tests/fixtures/states.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter
from typing import Final

import pytest

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.site.answered import _STATES, Answered
from review_clock.site.asked import questions
from review_clock.site.material import Material
from review_clock.site.pages.questions import groups, questions_page, refuted
from review_clock.timeline.keeping import with_lines
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

STATES: Final[Mapping[str, tuple[tuple[str, ...], date]]] = {
    "today": ((), date(2026, 11, 24)),
    "notice": (("2026-11-20 us gives notice",), date(2026, 11, 24)),
    "notice-mx": (("2026-11-20 mx gives notice",), date(2026, 11, 24)),
    "two-notices": (("2026-11-20 us gives notice", "2026-11-21 mx gives notice"), date(2026, 11, 24)),
    "gone": (("2026-11-20 us gives notice",), date(2027, 8, 1)),
    "gone-ca": (("2026-11-20 ca gives notice",), date(2027, 8, 1)),
    "gone-mx": (("2026-11-20 mx gives notice",), date(2027, 8, 1)),
    "two-confirmed": (("2027-07-01 ca confirms", "2027-07-01 mx confirms"), date(2027, 7, 5)),
    "extended": (("2027-07-01 all confirm",), date(2027, 8, 1)),
    "three-notices": (
        ("2026-11-20 ca gives notice", "2026-11-21 mx gives notice", "2026-11-22 us gives notice"),
        date(2026, 11, 24),
    ),
    "extended-two-notices": (
        ("2027-07-01 all confirm", "2027-08-02 us gives notice", "2027-08-03 mx gives notice"),
        date(2027, 8, 10),
    ),
    "later": ((), date(2029, 1, 1)),
    "last-day": ((), date(2036, 6, 30)),
    "ended": ((), date(2036, 7, 15)),
    "ended-by-withdrawals": (("2026-11-20 us gives notice", "2026-11-21 mx gives notice"), date(2027, 8, 1)),
}
IDS: Final = [each.id for each in questions().asked]

# (question, state, days that it says, days that it may not say): Art. 34.6 counts six months from the notice,
# Art. 34.7(1) sixteen years from 1 July 2020 or from the day on which all had confirmed.
SAYS: Final[tuple[tuple[str, str, tuple[date, ...], tuple[date, ...]], ...]] = (
    ("still-in-force", "today", (date(2036, 7, 1),), ()),
    ("still-in-force", "notice", (date(2026, 11, 20), date(2027, 5, 20), date(2027, 5, 19), date(2036, 7, 1)), ()),
    ("still-in-force", "two-notices", (date(2027, 5, 21),), (date(2036, 7, 1),)),
    ("still-in-force", "gone", (date(2027, 5, 20), date(2036, 7, 1)), ()),
    ("still-in-force", "extended", (date(2027, 7, 1), date(2043, 7, 1), date(2052, 7, 1)), (date(2036, 7, 1),)),
    ("still-in-force", "ended", (date(2036, 7, 1), date(2036, 6, 30)), ()),
    ("still-in-force", "ended-by-withdrawals", (date(2027, 5, 21), date(2027, 5, 20)), (date(2036, 7, 1),)),
    ("until-when", "today", (date(2036, 7, 1), date(2036, 6, 30), date(2027, 5, 24)), ()),
    ("until-when", "two-notices", (date(2027, 5, 21), date(2027, 5, 20)), (date(2036, 7, 1),)),
    ("earliest-us-exit", "today", (date(2027, 5, 24),), ()),
    ("earliest-us-exit", "notice", (date(2027, 5, 20), date(2027, 5, 19)), (date(2027, 5, 24),)),
    ("earliest-us-exit", "notice-mx", (date(2027, 5, 24),), (date(2027, 5, 20),)),
    ("earliest-us-exit", "gone", (date(2027, 5, 20),), (date(2028, 2, 1),)),
    ("earliest-us-exit", "gone-ca", (date(2028, 2, 1),), ()),
    ("earliest-us-exit", "last-day", (date(2036, 7, 1),), ()),
    ("tariffs-after", "today", (date(2037, 7, 1),), ()),
    ("tariffs-after", "notice", (date(2027, 5, 20), date(2028, 5, 20)), ()),
    ("one-year-of-duties", "notice", (date(2028, 5, 20), date(2027, 7, 19)), ()),
    ("act-after-exit", "gone", (date(2027, 5, 20),), (date(2036, 7, 1),)),
    ("how-to-comment", "today", (date(2027, 1, 12), date(2026, 10, 2)), ()),
    ("hearing", "today", (date(2027, 1, 26), date(2027, 2, 11)), ()),
    ("hearing", "later", (), (date(2027, 1, 26), date(2027, 2, 11))),
    ("when-do-i-know", "today", (date(2027, 7, 1),), ()),
    ("when-do-i-know", "extended", (date(2033, 7, 1),), (date(2028, 7, 1),)),
    ("who-has-confirmed", "two-confirmed", (date(2027, 7, 1),), ()),
    ("july-1-or-june-30", "today", (date(2036, 7, 1), date(2036, 6, 30)), ()),
    ("how-long-extended", "today", (date(2042, 11, 24), date(2052, 7, 1)), ()),
    ("how-long-extended", "extended", (date(2043, 7, 1), date(2052, 7, 1)), ()),
    ("july-1-or-june-30", "two-notices", (date(2027, 5, 21), date(2027, 5, 20)), ()),
    ("how-long-extended", "two-notices", (date(2027, 5, 21),), (date(2042, 11, 24), date(2052, 7, 1))),
    ("how-long-extended", "extended-two-notices", (date(2043, 7, 1), date(2028, 2, 3)), ()),
    ("notice-in-time", "today", (date(2026, 10, 4), date(2026, 10, 2)), ()),
    ("congress-vote-extension", "gone", (date(2027, 5, 20),), ()),
)


# (state, how the errors that speak of the end and of a withdrawal are refuted in it)
ERRORS: Final = (
    ("today", "the term runs to July 1, 2036", "stays in force for the Parties that remain"),
    ("notice", "the term runs to July 1, 2036", "stays in force for the Parties that remain"),
    ("two-notices", "because of departures the Agreement now ends on May 21, 2027", "only a further one"),
    ("extended-two-notices", "because of departures the Agreement now ends on February 3, 2028", "only a further one"),
    ("ended", "the first joint review, not the end", "stays in force for the Parties that remain"),
    ("ended-by-withdrawals", "the first joint review, not the end", "only a further one"),
)


# (question, state, what the date that it says hangs on)
HANGS: Final = (
    ("congress-vote-extension", "notice", "if_notice_taken_back"),
    ("us-states", "notice", "if_notice_taken_back"),
    ("us-states", "extended", "if_not_all_confirm"),
    ("us-states", "today", ""),
    ("notice-in-time", "notice", ""),  # its day was past before the notice was given
)


@cache
def _material(state: str) -> Material:
    lines, as_of = STATES[state]
    record = with_lines(RECORD, lines, LAW, LAW.defaults)
    return Material(question=question(as_of, record=record), base_url="", feeds=shipped(LAW))


@cache
def _answered(state: str, lang: str) -> Mapping[str, Answered]:
    return {each.asked.id: each for _, rows in groups(_material(state), wording(lang)) for each in rows}


def _text(each: Answered) -> str:
    return " ".join((each.state, each.answer, *each.more))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_question_has_an_answer_and_every_slot_is_filled(state: str, lang: str) -> None:
    answered = _answered(state, lang)
    assert list(answered) == IDS
    for each in answered.values():
        assert each.answer, each.asked.id
        assert not re.search(r"[{}]|\bNone\b(?!,)", _text(each)), each.asked.id
    for row in refuted(_material(state), wording(lang)):
        assert row.refutation, row.error.said.en
        assert "{" not in row.refutation


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("identity", "state", "days", "other"), SAYS)
def test_the_answer_states_the_days_of_its_state(
    identity: str, state: str, days: tuple[date, ...], other: tuple[date, ...], lang: str
) -> None:
    said, words = _text(_answered(state, lang)[identity]), wording(lang)
    for day in days:
        assert words.day(day) in said
    for day in other:
        assert words.day(day) not in said


@pytest.mark.parametrize(("state", "said"), [("two-notices", True), ("three-notices", False)])
def test_a_notice_that_the_end_overtakes_takes_nobody_out(state: str, said: bool) -> None:
    """With three notices the Agreement is over for all a day before the third would take effect. Art. 34.6."""
    each = _answered(state, "en")["earliest-us-exit"]
    assert ("That day is" in _text(each)) is said
    assert said or "not before the Agreement ends for all" in each.answer


@pytest.mark.parametrize(("state", "end", "withdrawal"), ERRORS)
def test_an_error_is_refuted_by_what_ends_the_agreement(state: str, end: str, withdrawal: str) -> None:
    said = {row.error.said.en: row.refutation for row in refuted(_material(state), wording("en"))}
    assert end in said["“It expires in about a year”, or “it expired in 2026”"]
    assert withdrawal in said["“A withdrawal ends the Agreement for all three”"]
    two = state in ("two-notices", "extended-two-notices")  # then what ends it is not the term (Art. 34.7(1), R2)
    assert ("lasting through" in _text(_answered(state, "en")["july-1-or-june-30"])) is (
        not two and "ended" not in state
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("identity", "state", "hangs"), HANGS)
def test_a_date_that_hangs_on_an_act_is_not_said_as_due(identity: str, state: str, hangs: str, lang: str) -> None:
    said, words = _text(_answered(state, lang)[identity]), wording(lang)
    for name in ("if_notice_taken_back", "if_not_all_confirm"):
        assert (words(f"condition.{name}") in said) == (name == hangs)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", ["today", "two-confirmed"])
def test_what_was_only_reported_is_not_given_as_said(state: str, lang: str) -> None:
    """E52a and E52b, what Canada and Mexico said, rest on others' reports; what the United States said was read."""
    said, words = _text(_answered(state, lang)["who-has-confirmed"]), wording(lang)
    assert said.count(f"({words('verdict.reported')}, {words.day(date(2026, 7, 1))})") == 2
    assert said.count(f"({words.day(date(2026, 7, 1))})") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("identity", ["still-in-force", "until-when", "tariffs-after", "one-leaves", "rescind"])
def test_a_notice_that_runs_comes_before_the_answer(identity: str, lang: str) -> None:
    assert wording(lang).day(date(2027, 5, 20)) in _answered("notice", lang)[identity].state


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_sentences_are_said_in_every_language(lang: str) -> None:
    for state in STATES:
        here, there = _answered(state, lang), _answered(state, "en")
        assert {i: len(each.more) for i, each in here.items()} == {i: len(each.more) for i, each in there.items()}


def test_each_slot_has_one_name_in_the_three_languages_and_each_condition_is_known() -> None:
    for each in (*questions().asked, *questions().errors):
        for saying in each.say:
            slots = [
                {name for _, name, _, _ in Formatter().parse(text) if name}
                for text in (saying.text.en, saying.text.es, saying.text.fr)
            ]
            assert slots[0] == slots[1] == slots[2]
            for condition in saying.when:
                word, _, reference = condition.removeprefix("!").partition(" ")
                known = word.removesuffix("_us").removesuffix("_ca").removesuffix("_mx") in {*_STATES, "stated"}
                assert word in ("ahead", "past") if reference else known, condition


def test_what_an_answer_names_is_there() -> None:
    shipped_questions = questions()
    rules = {rule.id for rule in LAW.rules}
    known = {each.id for each in _material("today").deadlines} | rules
    for each in shipped_questions.asked:
        assert set(each.see) <= set(IDS)
        assert set(each.open) <= {point.key for point in LAW.readings}
        assert all(key in shipped_questions.sources or key in RECORD.rows() for key in each.read)
        assert all(reference in known for reference in each.dates.values())
    used = {key for each in (*shipped_questions.asked, *shipped_questions.errors) for key in each.read}
    assert set(shipped_questions.sources) <= used


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_each_answer_once_with_its_source_and_its_open_points(lang: str) -> None:
    page, words = questions_page(_material("today"), wording(lang)).decode("utf-8"), wording(lang)
    for identity in IDS:
        assert page.count(f'<article id="{identity}">') == 1
    assert "readings.html#term_ends" in page
    assert "https://ielp.worldtradelaw.net/2018/10/withdrawing-from-the-new-nafta.html" in page
    assert words("questions.errors") in page


def test_before_what_the_answers_know_of_the_page_says_so_and_answers_nothing() -> None:
    early = Material(question=question(date(2026, 6, 30)), base_url="", feeds=shipped(LAW))
    page = questions_page(early, wording("en")).decode("utf-8")
    assert "of June 30, 2026 they say nothing" in page
    assert "<article" not in page
