"""The library: each named scenario's key dates under the default readings and under those that move them.

The dates are the worked results of the notes on the open points, or follow from the paragraph named with them: sixteen
years after the day the reading gives, six years to the next review, six months after a notice.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from review_clock.files import LANGUAGES, parsed
from review_clock.law.readings import Readings
from review_clock.scenarios.assume import NotAssumable, Scenario, assume
from review_clock.scenarios.library import library
from review_clock.timeline.course import Course, course
from review_clock.timeline.unfold import timeline
from tests.frozen import LAW, RECORD, chosen, defaults, question

AS_OF = date(2026, 11, 23)

# scenario, reading, term ends, last day in force, how it ends, next six-year review, annual reviews in all, source
DATES = [
    ("status-quo", "", "2036-07-01", "2036-06-30", "expired", None, 9, "Art. 34.7(1), (4)"),
    ("status-quo", "term_ends=end_of_day", "2036-07-01", "2036-07-01", "expired", None, 9, "R2"),
    ("extension-2027", "", "2043-07-01", "2043-06-30", "expired", "2033-07-01", 10, "R1: confirmed 2027, to 2043"),
    (
        "extension-2027",
        "extension_runs_from=term_end",
        "2052-07-01",
        "2052-06-30",
        "expired",
        "2033-07-01",
        19,
        "R1: 2052 whenever confirmed",
    ),
    (
        "extension-2027",
        "next_review_after_extension=original_grid",
        "2043-07-01",
        "2043-06-30",
        "expired",
        "2032-07-01",
        11,
        "R5: 2026, 2032, 2038",
    ),
    ("late-extension", "", "2045-03-15", "2045-03-14", "expired", "2035-03-15", 11, "R1, R5: the worked case"),
    (
        "late-extension",
        "extension_runs_from=term_end",
        "2052-07-01",
        "2052-06-30",
        "expired",
        "2035-03-15",
        19,
        "R1: the worked case",
    ),
    (
        "late-extension",
        "next_review_after_extension=original_grid",
        "2045-03-15",
        "2045-03-14",
        "expired",
        "2032-07-01",
        14,
        "R5: the worked case",
    ),
    ("last-moment", "", "2052-06-30", "2052-06-29", "expired", "2042-06-30", 18, "Art. 34.7(4); R1"),
    (
        "last-moment",
        "extension_runs_from=term_end",
        "2052-07-01",
        "2052-06-30",
        "expired",
        "2042-06-30",
        19,
        "R1: 2052 whenever confirmed",
    ),
    ("never-extended", "", "2036-07-01", "2036-06-30", "expired", None, 9, "Art. 34.7(1), (4)"),
    ("us-withdraws", "", "2036-07-01", "2036-06-30", "expired", None, 9, "Art. 34.6"),
    ("canada-withdraws", "", "2036-07-01", "2036-06-30", "expired", None, 9, "Art. 34.6"),
    ("mexico-withdraws", "", "2036-07-01", "2036-06-30", "expired", None, 9, "Art. 34.6"),
    ("notice-rescinded", "", "2036-07-01", "2036-06-30", "expired", None, 9, "R9"),
    ("extended-then-declined", "", "2043-07-01", "2043-06-30", "expired", "2033-07-01", 10, "Art. 34.7(6); R1"),
    (
        "extended-then-declined",
        "extension_runs_from=term_end",
        "2052-07-01",
        "2052-06-30",
        "expired",
        "2033-07-01",
        19,
        "Art. 34.7(6); R1",
    ),
    ("clean-renewal", "", "2042-07-01", "2042-06-30", "expired", "2032-07-01", 9, "R1: all on 2026-07-01"),
    (
        "clean-renewal",
        "extension_runs_from=term_end",
        "2052-07-01",
        "2052-06-30",
        "expired",
        "2032-07-01",
        19,
        "R1: all on 2026-07-01",
    ),
    ("two-parties-leave", "", "2036-07-01", "2028-02-29", "ended_by_withdrawal", None, 1, "R17; Art. 34.6"),
    ("two-parties-leave", "one_party_left=continues", "2036-07-01", "2036-06-30", "expired", None, 9, "R17"),
]


def _course_of(scenario: Scenario, readings: Readings) -> Course:
    return course(timeline((*scenario.record.acts, *scenario.acts), readings), AS_OF)


def _course(name: str, reading: str) -> Course:
    readings = chosen(reading.split())
    return _course_of(library()[name].over(RECORD, readings), readings)


@pytest.mark.parametrize(
    ("name", "reading", "term_end", "last_day", "cause", "six_year", "annual", "source"),
    DATES,
    ids=[f"{row[0]} {row[1]}".strip() for row in DATES],
)
def test_the_key_dates_of_each_scenario(
    name: str, reading: str, term_end: str, last_day: str, cause: str, six_year: str | None, annual: int, source: str
) -> None:
    found = _course(name, reading)
    assert source
    assert str(found.term_end) == term_end
    assert str(found.last_day) == last_day
    assert found.end_cause == cause
    assert found.next_six_year_review == (date.fromisoformat(six_year) if six_year else None)
    assert found.annual_reviews.in_all == annual


def test_the_table_speaks_of_every_scenario() -> None:
    assert {row[0] for row in DATES} == set(library())


# scenario: the days on which the term is extended, and who leaves when (six months after notice, Art. 34.6)
MOVES: dict[str, tuple[list[str], dict[str, str]]] = {
    "status-quo": ([], {}),
    "extension-2027": (["2027-07-01"], {}),
    "late-extension": (["2029-03-15"], {}),
    "last-moment": (["2036-06-30"], {}),
    "never-extended": ([], {}),
    "us-withdraws": ([], {"US": "2027-07-15"}),
    "canada-withdraws": ([], {"CA": "2027-07-15"}),
    "mexico-withdraws": ([], {"MX": "2027-07-15"}),
    "notice-rescinded": ([], {}),
    "extended-then-declined": (["2027-07-01"], {}),
    "clean-renewal": (["2026-07-01"], {}),
    "two-parties-leave": ([], {"US": "2027-07-15", "MX": "2028-03-01"}),
}


@pytest.mark.parametrize("name", MOVES)
def test_who_extends_and_who_leaves(name: str) -> None:
    found = _course(name, "")
    assert [str(each.on) for each in found.extensions] == MOVES[name][0]
    assert {str(each.party): str(each.on) for each in found.departures} == MOVES[name][1]


def test_taking_a_notice_back_is_refused_where_a_notice_is_final() -> None:
    with pytest.raises(NotAssumable, match=r"Art\. 34\.6"):
        _course("notice-rescinded", "notice_can_be_rescinded=no")


# The worked results of the open points that move dates: lines, reading, the day of the extension, who leaves when.
APART = ("2027-07-01 ca confirms", "2027-07-01 mx confirms")
WORKED = [
    ("R4", (*APART, "2029-03-15 us confirms"), "", ["2029-03-15"], {}),
    ("R4", (*APART, "2029-03-15 us confirms"), "confirmations=fresh", [], {}),
    ("R7", ("2026-08-31 us gives notice",), "", [], {"US": "2027-02-28"}),
    ("R7", ("2026-08-31 us gives notice",), "missing_day=first_of_next", [], {"US": "2027-03-01"}),
    ("R14", (*APART, "2027-07-10 us gives notice"), "", [], {"US": "2028-01-10"}),
    (
        "R14",
        (*APART, "2027-07-10 us gives notice"),
        "departure_completes_confirmation=yes",
        ["2028-01-10"],
        {"US": "2028-01-10"},
    ),
]


@pytest.mark.parametrize(("number", "lines", "reading", "extended", "leaves"), WORKED)
def test_the_worked_results_of_the_open_points(
    number: str, lines: tuple[str, ...], reading: str, extended: list[str], leaves: dict[str, str]
) -> None:
    readings = chosen(reading.split())
    scenario = assume(lines, RECORD, readings, counterfactual=True)
    found = _course_of(scenario, readings)
    assert number
    assert [str(each.on) for each in found.extensions] == extended
    assert {str(each.party): str(each.on) for each in found.departures} == leaves


# ---------------------------------------------------------------------------------------------------- the texts

WRONG_WORDS = {
    "es": r"renegocia|renovaci|rechaz|\bse retir|separaci|días calendario",
    "fr": r"renégocia|renouvel|refus|dénonc|révision|reconduc|AEUMC|'| [;?!]|(?<!\u00a0):",
}
"""What the glossary says never to write of a review, an extension, a Party that held back, or of punctuation."""


@pytest.mark.parametrize("name", library())
def test_each_scenario_speaks_three_languages_in_the_official_terms(name: str) -> None:
    plan = library()[name]
    assert plan.explanation is not None
    for texts in (plan.title, plan.explanation):
        said = [texts.said(lang) for lang in LANGUAGES]
        assert len(set(said)) == 3
        assert all(text.strip() == text and text for text in said)
    for lang, wrong in WRONG_WORDS.items():
        text = f"{plan.title.said(lang)}\n{plan.explanation.said(lang)}"
        assert not re.search(wrong, text, re.IGNORECASE), text


FOLLOWS = (
    r"goes? on between|no longer bound|need to confirm|every year|runs? out|three Parties|term would end|first annual"
)
"""What follows of an act in one state of the record, and not in another."""


@pytest.mark.parametrize("name", library())
def test_a_scenario_says_what_is_assumed_and_not_what_follows(name: str) -> None:
    plan = library()[name]
    assert plan.explanation is not None
    assert not re.search(FOLLOWS, f"{plan.title.said('en')}\n{plan.explanation.said('en')}")


def test_only_the_counterfactual_leaves_the_record() -> None:
    for name, plan in library().items():
        scenario = plan.over(RECORD, defaults())
        assert (scenario.departs_on is not None) == plan.counterfactual == (name == "clean-renewal")


def test_who_described_it_has_a_name_and_a_date_or_an_address() -> None:
    described = [each for plan in library().values() for each in plan.described_by]
    assert len(described) >= 10
    assert all(each.who and (each.url or each.dated) for each in described)


def test_each_file_is_one_scenario_of_its_own_place(root: Path) -> None:
    places = []
    for path in (root / "review_clock" / "scenarios").glob("*.toml"):
        table = parsed(path.read_text(encoding="utf-8"), path.name)
        places.append(table.whole("place", 0))
    assert sorted(places) == list(range(1, len(places) + 1))


OF_A_REVIEW = {rule.id for rule in LAW.rules if rule.counted_from == "review"}


@pytest.mark.parametrize("name", library())
def test_what_is_taken_in_silence_makes_no_day_known(name: str) -> None:
    """Art. 34.7(4): that nothing is assumed of a review leaves its day inferred, and all counted from it."""
    asked = question(AS_OF, plan=library()[name])
    assert asked.scenario is not None
    silent = {act.on for act in asked.scenario.taken_in_silence}
    inferred = {r.key for r in asked.line.reviews() if r.number > 1 and r.concluded_on in silent and not r.is_fixed}
    found = [
        each
        for each in asked.all_deadlines
        for rule in OF_A_REVIEW
        if each.id.startswith(f"{rule}.") and each.id.removeprefix(f"{rule}.") in inferred
    ]
    assert bool(found) == bool(inferred)
    assert {each.day_is for each in found} <= {"inferred"}
    assert all(each.without_day or each.edtf == f"{each.date}?" for each in found)
