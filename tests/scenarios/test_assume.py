"""Assumptions: a longer record, reviews taken in silence, refusals with their paragraph."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from review_clock.files import LANGUAGES, BadData
from review_clock.law.chapter_34 import CONTRADICTIONS, REFUSALS, NotProvidedFor
from review_clock.questions.status import Term
from review_clock.record.block import ACT_NAMES
from review_clock.record.entries import Source
from review_clock.record.grammar import NotUnderstood
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import NotAssumable, Scenario, assume
from review_clock.timeline.keeping import NewEvent, keep
from review_clock.timeline.unfold import timeline
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, chosen, defaults, question


def _scenario(*lines: str, reading: str = "") -> Scenario:
    return assume(lines, RECORD, chosen(reading.split()))


def test_reviews_nobody_mentions_are_taken_as_held_and_that_is_said() -> None:
    scenario = _scenario("2029-03-15 all confirm")
    days = sorted({act.on for act in scenario.taken_in_silence})
    assert days[:3] == [date(2027, 7, 1), date(2028, 7, 1), date(2035, 3, 15)]
    answer = question(date(2028, 1, 1)).assume(*scenario.lines).status
    assert answer.outcome_recorded
    assert date(2027, 7, 1) in answer.assumed_in_silence


@pytest.mark.parametrize("first", ["ca", "mx", "us"])
def test_all_confirm_speaks_of_those_whose_confirmation_does_not_stand(first: str) -> None:
    """Para. 4: confirmations need not come together; the set is complete with the last of them."""
    scenario = _scenario(f"2027-07-01 {first} confirms", "2029-03-15 all confirm")
    assert len([act for act in scenario.acts if act.on == date(2029, 3, 15)]) == 2
    line = timeline((*RECORD.acts, *scenario.acts), defaults())
    end = line.position_on(date(2029, 3, 15)).term_end
    assert end is not None
    assert end.day == date(2045, 3, 15)


def test_all_confirm_after_a_departure_speaks_of_all_who_are_left() -> None:
    """R14: a departure extends nothing, even where all who are left have confirmed: it takes a further act."""
    scenario = _scenario(
        "2027-07-01 ca confirms", "2027-07-01 mx confirms", "2027-07-10 us gives notice", "2028-03-01 all confirm"
    )
    line = timeline((*RECORD.acts, *scenario.acts), defaults())
    assert line.position_on(date(2028, 2, 29)).phase == "annual_reviews"
    assert line.position_on(date(2028, 3, 1)).phase == "six_year_cycle"


def test_a_review_with_a_refusal_is_not_silent() -> None:
    scenario = _scenario("2027-07-01 us declines")
    assert date(2027, 7, 1) not in {act.on for act in scenario.taken_in_silence}


@pytest.mark.parametrize("later", ["2028-03-01 us declines", "2027-07-05 us declines", "2028-03-01 ca confirms"])
def test_what_is_assumed_of_a_later_day_leaves_an_earlier_review_as_it_was(later: str) -> None:
    without, scenario = _scenario("2029-03-15 mx states extend"), _scenario("2029-03-15 mx states extend", later)
    assert date(2027, 7, 1) in {act.on for act in scenario.taken_in_silence}
    answers = [question(date(2027, 7, 3)).assume(*each.lines).status for each in (without, scenario)]
    assert answers[0].outcome_recorded
    facts = [replace(each, assumed=(), answer=replace(each.answer, assumed=())) for each in answers]
    assert facts[0] == facts[1]


def test_a_review_that_nobody_spoke_of_by_its_day_is_closed_on_it_whatever_comes_later() -> None:
    """Para. 6: not all confirmed at the review of 2033, so that reviews are annual from that day."""
    scenario = _scenario("2027-07-01 all confirm", "2034-01-15 us declines")
    line = timeline((*RECORD.acts, *scenario.acts), defaults())
    assert line.position_on(date(2033, 7, 10)).phase == "annual_reviews"


def test_a_conclusion_on_a_later_day_is_that_reviews_own() -> None:
    scenario = _scenario("2027-07-01 all confirm", "2033-07-05 review concludes")
    assert date(2033, 7, 1) not in {act.on for act in scenario.taken_in_silence}


def test_extended_and_then_not_confirmed_in_the_next_review() -> None:
    scenario = _scenario("2027-07-01 all confirm", "2033-07-01 ca declines")
    line = timeline((*RECORD.acts, *scenario.acts), defaults())
    assert line.position_on(date(2027, 7, 1)).phase == "six_year_cycle"
    assert line.position_on(date(2033, 7, 1)).phase == "annual_reviews"
    assert line.position_on(date(2043, 7, 1)).phase == "expired"


def test_all_means_those_who_are_still_bound() -> None:
    scenario = _scenario("2027-01-15 us gives notice", "2028-07-01 all confirm")
    answer = question(date(2028, 7, 1)).assume(*scenario.lines).status
    assert answer.parties == ("CA", "MX")
    assert answer.term == Term(start=date(2028, 7, 1), end=date(2044, 7, 1))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("2027-01-15 us gives notice", "2027-08-01 us confirms"), "no longer bound and cannot act .*Art. 34.6"),
        (("2037-01-01 us confirms",), "the term has ended.*Art. 34.7\\(1\\)"),
        (("2027-01-15 mx rescinds notice",), "no notice of withdrawal by this Party runs.*Art. 34.6"),
        (("2026-10-08 us confirms",), "the record reaches to 2026-10-08"),
        (("2101-01-01 us confirms",), "the last day this calendar answers for"),
    ],
)
def test_what_cannot_be_assumed_says_why_with_the_paragraph(lines: tuple[str, ...], why: str) -> None:
    with pytest.raises(NotAssumable, match=why):
        _scenario(*lines)


def test_order_of_the_lines_does_not_matter() -> None:
    one = _scenario("2027-07-01 ca confirms", "2029-03-15 us confirms", "2028-01-01 mx confirms")
    two = _scenario("2029-03-15 us confirms", "2028-01-01 mx confirms", "2027-07-01 ca confirms")
    assert one == two


def test_nor_does_the_order_of_two_lines_of_one_day() -> None:
    lines = ("2027-06-01 us declines", "2027-06-01 us gives notice")
    assert _scenario(*lines) == _scenario(*reversed(lines))


CONTRADICTORY = [
    ("2027-07-01 us confirms", "2027-07-01 us declines"),
    ("2027-06-01 us gives notice", "2027-06-01 us rescinds notice"),
    ("2027-06-01 us states extend", "2027-06-01 us states undecided"),
    ("2027-06-01 next review set for 2027-08-01", "2027-06-01 next review set for 2027-09-01"),
    ("2027-07-02 review held", "2027-07-02 review held"),
    ("2027-07-02 review concludes", "2027-07-02 review concludes"),
    ("2027-06-01 next review held", "2027-06-01 next review set for 2027-09-01"),
]
AMENDED_TWICE = [
    ("2027-06-01 amendment sets term end 2037-07-01", "2027-06-01 amendment sets term end 2038-07-01"),
    ("2027-06-01 amendment sets next review 2027-08-01", "2027-06-01 amendment sets next review 2027-09-01"),
    ("2027-06-01 next review set for 2027-08-01", "2027-06-01 amendment sets next review 2027-09-01"),
    ("2027-06-01 next review held", "2027-06-01 amendment sets next review 2028-09-01"),
]


@pytest.mark.parametrize("lines", [*CONTRADICTORY, *AMENDED_TWICE], ids=" + ".join)
def test_acts_of_one_day_that_contradict_each_other_are_refused_in_either_order(lines: tuple[str, str]) -> None:
    for order in (lines, lines[::-1]):
        with pytest.raises(NotAssumable) as caught:
            _scenario(*order)
        assert caught.value.key == "refusal.contradiction"


@pytest.mark.parametrize("lines", CONTRADICTORY, ids=" + ".join)
def test_a_record_cannot_hold_them_either(tmp_path: Path, lines: tuple[str, str]) -> None:
    file = tmp_path / "mine.toml"
    for place, line in enumerate(lines):
        new = NewEvent(act=line, id=None, text=None, source=Source(title="A letter"), fulfils=())
        with nullcontext() if place == 0 else pytest.raises(BadData, match=r"contradict|stands there already"):
            keep(str(file), RECORD, LAW, defaults(), event=new)


def test_an_amendment_is_assumed_and_never_recorded(tmp_path: Path) -> None:
    """Art. 34.3 was not read: neither by `record add` nor written into a file by hand."""
    line, file = "2027-06-01 amendment sets term end 2037-07-01", tmp_path / "mine.toml"
    assert _scenario(line).lines == (line,)
    new = NewEvent(act=line, id=None, text=None, source=Source(title="A letter"), fulfils=())
    with pytest.raises(NotUnderstood, match="an amendment is only assumed"):
        keep(str(file), RECORD, LAW, defaults(), event=new)
    assert not file.exists()
    assert not {name for name in ACT_NAMES if "amended" in name}


@pytest.mark.parametrize("what", ["term end", "next review"])
def test_an_amendment_sets_no_day_after_the_last_that_is_answered_for(what: str) -> None:
    with pytest.raises(NotAssumable) as caught:
        _scenario(f"2027-06-01 amendment sets {what} 2101-01-01")
    assert (caught.value.key, caught.value.values["day"]) == ("assumption.beyond_calendar", "2101-01-01")


def test_lines_of_amendments_are_taken_in_their_order_however_they_are_given() -> None:
    """On one day a new end comes first, so that a review may be set within it."""
    lines = ("2027-06-01 amendment sets next review 2036-12-01", "2027-06-01 amendment sets term end 2037-07-01")
    assert _scenario(*lines) == _scenario(*reversed(lines))


def test_reviews_of_an_amended_term_are_taken_as_concluded_up_to_its_new_end() -> None:
    silent = _scenario("2027-02-01 amendment sets term end 2039-07-01").taken_in_silence
    assert {act.on.year for act in silent} == set(range(2027, 2039))


def test_acts_of_two_parties_and_of_two_reviews_do_not_contradict_each_other() -> None:
    _scenario("2027-07-01 us declines", "2027-07-01 ca confirms", "2027-07-01 review held")
    _scenario("2027-07-01 review held", "2027-07-01 next review set for 2028-05-01", "2027-07-01 review concludes")


@pytest.mark.parametrize("reading", ["annual_review_day=anniversary", "annual_review_day=year_after_last"])
def test_a_review_held_early_is_concluded_on_that_day_and_the_next_follow_it(reading: str) -> None:
    scenario = _scenario("2027-06-01 next review held", reading=reading)
    days = sorted({act.on for act in scenario.taken_in_silence})
    month = 6 if reading.endswith("year_after_last") else 7
    assert days[:3] == [date(2027, 6, 1), date(2028, month, 1), date(2029, month, 1)]
    line = timeline((*RECORD.acts, *scenario.acts), chosen([reading]))
    assert all(review.outcome_recorded for review in line.reviews())


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31"])
def test_a_counterfactual_scenario_of_the_first_day_that_there_is_is_refused(day: str) -> None:
    """No day is before it, at which the record could be cut off: this was a fault of the program."""
    with pytest.raises(NotAssumable, match="has not entered into force"):
        assume([f"{day} us confirms"], RECORD, defaults(), counterfactual=True)


def test_a_counterfactual_scenario_names_what_it_sets_aside() -> None:
    scenario = assume(["2026-08-01 us gives notice"], RECORD, defaults(), counterfactual=True)
    assert scenario.departs_on == date(2026, 8, 1)
    aside = set(scenario.set_aside)
    assert {"E60", "E65", "E65d"} <= aside
    assert not aside & {row.id for row in scenario.record.entries}
    assert {"E50", "E51"} <= set(scenario.record.by_id())


def test_a_scenario_beside_the_record_sets_nothing_aside() -> None:
    assert _scenario("2029-03-15 all confirm").set_aside == ()


def test_what_the_record_itself_may_not_say_is_no_fault_of_an_assumption() -> None:
    record = RECORD
    twice = Record(entries=(*record.entries, record.by_id()["E11"]), announced=(), verified_on=record.verified_on)
    with pytest.raises(NotProvidedFor):
        assume(["2029-03-15 all confirm"], twice, defaults())


# Every refusal that an assumption can meet: the lines, the reading, and the paragraph (Chapter 34's own rows).
LEAVE = ("2027-01-15 us gives notice", "2027-01-15 mx gives notice")
CLOSED = ("2027-07-01 all confirm", "2027-07-01 review concludes")
REFUSED = [
    ("not_yet_in_force", ("2020-05-01 us confirms",), "", "34.5"),
    ("entered_already", ("2027-01-01 agreement enters into force",), "", "34.5"),
    ("expired", ("2037-01-01 us confirms",), "", "34.7(1)"),
    ("ended_by_withdrawal", (*LEAVE, "2028-01-01 ca confirms"), "", "34.6"),
    ("party_has_left", ("2027-01-15 us gives notice", "2027-08-01 us confirms"), "", "34.6"),
    ("second_notice", ("2027-01-15 us gives notice", "2027-02-15 us gives notice"), "", "34.6"),
    ("nothing_to_rescind", ("2027-01-15 mx rescinds notice",), "", "34.6"),
    (
        "notice_is_final",
        ("2027-01-15 us gives notice", "2027-02-15 us rescinds notice"),
        "notice_can_be_rescinded=no",
        "34.6",
    ),
    ("no_review_open", ("2027-07-01 all confirm", "2028-07-01 us confirms"), "", "34.7(3)"),
    ("no_review_to_hold", (*CLOSED, "2030-07-01 review held"), "", "34.7(2)"),
    ("no_review_to_conclude", (*CLOSED, "2030-07-01 review concludes"), "", "34.7(2)"),
    ("review_held_already", ("2027-07-01 review held", "2027-07-08 review held"), "", "34.7(2)"),
    ("review_concluded_already", ("2027-07-03 review concludes", "2027-07-08 review concludes"), "", "34.7(4)"),
    (
        "confirms_while_leaving",
        ("2027-01-15 us gives notice", "2027-07-01 us confirms"),
        "confirmation_while_leaving=refused",
        "34.6",
    ),
    (
        "confirmation_is_final",
        ("2027-07-01 ca confirms", "2028-07-01 ca declines"),
        "confirmation_can_be_withdrawn=never",
        "34.7(3)",
    ),
    ("no_review_to_schedule", ("2025-02-01 next review set for 2026-05-01",), "", "34.7(2)"),
    ("day_after_six_years", ("2027-07-01 all confirm", "2028-07-01 next review set for 2034-07-01"), "", "34.7(5)"),
    ("contradiction", ("2027-07-01 us declines", "2027-07-01 us confirms"), "", "34.7(3)"),
    ("day_outside_term", ("2027-02-01 next review set for 2037-07-01",), "", "34.7(4)"),
    ("no_review_left", ("2036-02-01 next review held",), "", "34.7(4)"),
    ("amended_end_not_ahead", ("2027-02-01 amendment sets term end 2026-12-31",), "", "34.3"),
    ("amended_review_outside_term", ("2027-02-01 amendment sets next review 2036-07-01",), "", "34.3"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("key", "lines", "reading", "paragraph"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refusal_is_said_with_its_paragraph_in_the_language_chosen(
    lang: str, key: str, lines: tuple[str, ...], reading: str, paragraph: str
) -> None:
    with pytest.raises(NotAssumable) as caught:
        assume(lines, RECORD, chosen(reading.split()), counterfactual=lines[0] < "2026")
    error, words = caught.value, wording(lang)
    assert (error.key, error.line) == (f"refusal.{key}", lines[-1])
    article = {"en": "Art. ", "es": "artículo ", "fr": "article "}[lang]
    assert words.not_assumable(error) == f"{lines[-1]!r}{words.colon} {words(f'refusal.{key}')} ({article}{paragraph})"
    assert words(f"refusal.{key}") != wording("en")(f"refusal.{key}") or lang == "en"


def test_every_refusal_is_met_but_the_one_of_a_lapse_of_time() -> None:
    # nobody assumes that a withdrawal takes effect: it does so by itself
    assert {row.key for row in (*REFUSALS, *CONTRADICTIONS)} - {row[0] for row in REFUSED} == {
        "no_notice_to_take_effect"
    }


def test_the_english_words_of_a_refusal_are_the_tables() -> None:
    assert {row.key: row.why for row in (*REFUSALS, *CONTRADICTIONS)} == dict(wording("en").section("refusal"))
