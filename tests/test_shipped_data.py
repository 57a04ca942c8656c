"""The data that ship, news and all: sound, every rule countable, every scenario answered for, every feed made.

What is held here is true of any data; what a day of 0.2.0 comes to is held elsewhere, on the frozen law and record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from review_clock.check.checked import Checked, check
from review_clock.check.finding import is_error
from review_clock.deadlines.resolve import resolve
from review_clock.feeds.calendar import feed
from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES, read
from review_clock.law.law import FILES, Law
from review_clock.questions.question import Question
from review_clock.record.held import held_on
from review_clock.record.ledger import base
from review_clock.scenarios.assume import NotAssumable
from review_clock.scenarios.library import Plan, library, plan_of_lines

PACKAGE = Path(__file__).resolve().parents[1] / "review_clock"
LAW = Law(texts=tuple((name, (PACKAGE / "law" / name).read_text(encoding="utf-8")) for name in FILES))
RECORD = base(read(PACKAGE / "record" / "usmca.toml"))
QUESTION = Question(law=LAW, record=RECORD, as_of=RECORD.ends, readings=LAW.defaults)
OTHERWISE = ("2021-02-01 all confirm", "2021-02-01 us gives notice", "2021-02-01 ca gives notice")
"""What brings the rules that the record has no occasion for."""


@pytest.fixture(autouse=True)
def as_it_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_clock.law.law._shipped", lambda: LAW)
    monkeypatch.setattr("review_clock.record.ledger._shipped", lambda: RECORD)


def _checked() -> Checked:
    return check((), QUESTION.as_of)


def _possible(plans: Iterator[Plan]) -> Iterator[Question]:
    for plan in plans:
        question = QUESTION.under_plan(plan)
        try:
            assert question.line.moments
        except NotAssumable:
            continue
        yield question


def test_no_file_of_the_law_is_left_out() -> None:
    assert sorted(path.name for path in (PACKAGE / "law").glob("*.toml")) == sorted(FILES)


def test_check_finds_no_error_in_the_law_and_the_record_that_ship() -> None:
    checked = _checked()
    assert not [each for each in checked.findings if is_error(each)]
    assert (checked.law.texts, checked.record) == (LAW.texts, RECORD)


def test_every_rule_has_a_date_unless_it_is_undated_or_waits_for_a_case() -> None:
    otherwise = (plan_of_lines([line], counterfactual=True) for line in OTHERWISE)
    questions = [QUESTION, *_possible(iter(library().values())), *_possible(otherwise)]
    found = (each.rule for question in questions for each in resolve(question.line, LAW, question.known).values())
    dated = {rule.id for rule in found}
    for rule in LAW.rules:
        assert (rule.id in dated) != (rule.counted_from in ("case", "undated")), rule.id


def test_every_scenario_can_be_laid_over_the_record_or_check_names_it() -> None:
    possible = {question.plan.name for question in _possible(iter(library().values())) if question.plan}
    named = {each.where for each in _checked().findings if each.key == "check.scenario_refused"}
    assert named == {f"scenarios/{name}.toml" for name in library() if name not in possible}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", shipped(LAW))
def test_every_feed_is_made_in_every_language(name: str, lang: str) -> None:
    calendar = Calendar.from_ical(feed(QUESTION, name, lang))
    assert str(calendar["X-WR-CALNAME"])
    assert all(str(event["SUMMARY"]) for event in calendar.walk("VEVENT"))


def test_no_source_is_left_unexplained() -> None:
    for row in RECORD.rows().values():
        for source in row.sources:
            assert source.url or source.via, (row.id, source.title)
            assert len(source.words.split()) <= 25, row.id


def test_past_duties_have_the_evidence_that_was_found() -> None:
    """news.md, N04 to N10, and N15 for the hearing that was moved."""
    asked = Question(law=LAW, record=RECORD, as_of=date(2026, 11, 25), readings=LAW.defaults)
    found = {each.id: each for each in asked.all_deadlines}
    done = {key: found[key].outcome for key in (
        "us.734.1", "us.202a.ustr.1", "us.202a.ustr.2", "us.202a.ustr.3", "us.202a.itc.1", "us.202a.itc.2",
        "us.611.notice.1-2", "us.718c",
    )}  # fmt: skip
    assert done == {
        "us.734.1": "reported",  # one law firm
        "us.202a.ustr.1": "done",
        "us.202a.ustr.2": "done",
        "us.202a.ustr.3": "reported",  # the report itself not seen: never late by thirteen days
        "us.202a.itc.1": "done",
        "us.202a.itc.2": "done",
        "us.611.notice.1-2": "reported",
        "us.718c": "unrecorded",
    }
    assert found["us.202a.ustr.3"].days_late is None
    assert found["us.718c"].date == date(2025, 4, 28)
    assert (found["us.hearing.1-1"].date, found["us.hearing.1-1"].moved_from) == (date(2025, 12, 3), date(2025, 11, 17))


def test_what_was_found_since_0_2_0_says_when_it_was_entered() -> None:
    """news.md and sources.md were gathered on 24 November 2026: before, this record held nothing of them."""
    found = [row for row in RECORD.rows().values() if row.id.startswith("N")]
    assert {row.recorded_on for row in found} == {date(2026, 11, 24)}
    assert all(row.known_on <= date(2026, 11, 24) for row in found)
    for n in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16):  # N01 and N02 are in E09 and E21
        assert any(row.id.startswith(f"N{n:02}") for row in found), n


def test_what_was_corrected_of_an_entry_says_so() -> None:
    """sources.md, section 6, and N01 and N02 of news.md."""
    corrected = {row.id: row.revised for row in RECORD.rows().values() if row.revised}
    assert {"E02", "E03", "E09", "E21", "E22", "E42b", "E59", "E60", "E61", "E63"} <= corrected.keys()
    for identity, each in corrected.items():
        assert all(one.on >= RECORD.by_id()[identity].recorded_on for one in each), identity
        assert all(one.what.said(lang) for one in each for lang in LANGUAGES), identity


OFFICIAL = ("gc.ca/", "gob.mx/", "ustr.gov/", "house.gov/", "justice.gc.ca/", "govinfo.gov/")


@pytest.mark.parametrize(
    "cite", ["Art. 24.26(7)", "Art. 24.27(3)", "Art. 31.8(1)", "Art. 32.10", "Annex 31-A Art. 31-A.4",
             "Annex 4-B Appendix", "Constitution of Mexico Arts. 76(I), 89(X)"],
)  # fmt: skip
def test_a_citation_leads_to_the_official_text_where_its_address_was_found(cite: str) -> None:
    """sources.md, section 4; where it was read instead stands in `read_at`."""
    found = LAW.authorities.by_cite[cite]
    assert any(each in found.url for each in OFFICIAL)
    assert found.read_at
    assert all(place.url != found.url for place in found.read_at)


STANDS = {
    ("611-2026", "hearing"): "held",  # E35, first set for 17 November: N15
    ("611-2027", "notice"): "reported",  # E65: the notice itself was not seen
    ("611-2027", "comments_due"): "announced",
    ("auto-2024", "hearing"): "unrecorded",  # N13: announced; that it was held was not seen
    ("auto-2026", "report"): "reported",  # N10
    ("usitc-332-592", "hearing"): "unrecorded",  # N12
    ("usitc-332-600", "submissions_due"): "closed",  # N14
    ("usitc-332-608", "requests_to_appear_due"): "moved",  # N09: corrected, the days not read
    ("mx-consultation-2025", "comments_due"): "closed",  # E31
    ("ca-consultation-2024", "comments_due"): "closed",  # N02
    ("ca-consultation-2025", "comments_due"): "closed",  # E32
}


def test_the_proceedings_that_ship_stand_where_their_sources_put_them() -> None:
    """On a day of which later news says nothing else: 24 November 2026."""
    day = date(2026, 11, 24)
    question = Question(law=LAW, record=held_on(RECORD, day), as_of=day, readings=LAW.defaults)
    found = {(each.id, one.step): one.state for each in question.proceedings.proceedings for one in each.steps}
    assert {key: found.get(key) for key in STANDS} == STANDS
    for each in RECORD.proceedings:
        assert each.actor in LAW.actors
        assert set(each.authority) <= set(LAW.authorities.by_cite)
    hearing = next(one for each in question.proceedings.proceedings for one in each.steps if one.step == "hearing")
    assert [one.on for one in hearing.superseded] == [date(2025, 11, 17)]
