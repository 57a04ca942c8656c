"""What became known of the dates, as the site tells it: written from what became known when, and from who reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import feedparser
import pytest
from click.testing import Result

from review_clock import ask
from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES, BadData, parsed
from review_clock.law.revised import Revised
from review_clock.questions import learned_by_day as by_day
from review_clock.questions.learned import KINDS
from review_clock.record.ledger import Record, from_table, merged
from review_clock.site.build import plan
from review_clock.site.changes_of_dates import FILE, ChangeOfDate, published_rows
from review_clock.site.for_machines.atom import dates_feed
from review_clock.site.material import Material
from review_clock.site.publish_gate import going_back
from review_clock.words.knowledge import known_lines
from review_clock.words.learned import certainty_text
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

Run = Callable[..., Result]
AS_OF = date(2027, 2, 1)
HEARING = """
[[announced]]
id = "own-hear1"
on = 2027-03-01
recorded_on = 2026-12-01
known_on = 2026-12-01
deadline = "own.hearing"
jurisdiction = "us"
kind = "meeting"
actor = "public"
title = "The hearing"
text = "A hearing was announced."
confidence = "own_record"
[[announced.source]]
title = "A letter"
"""
PUT_OFF = """
[[announced]]
id = "own-hear2"
on = 2027-03-15
recorded_on = 2027-01-05
known_on = 2027-01-05
deadline = "own.hearing"
jurisdiction = "us"
kind = "meeting"
actor = "public"
title = "The hearing"
text = "The hearing was put off."
confidence = "own_record"
[[announced.source]]
title = "A second letter"

[[retracted]]
id = "own-hear1"
on = 2027-01-05
reason = "Put off by the second letter."
replaced_by = "own-hear2"
"""
SECOND = PUT_OFF.partition("[[retracted]]")[0]
NOTICE = """
[[event]]
id = "own-notice"
on = 2026-12-10
recorded_on = 2026-12-10
act = "withdrawal_notice"
party = "us"
text = "Notice."
[[event.source]]
title = "A note"
"""


def _with(*texts: str) -> Record:
    return merged([RECORD, *(from_table(parsed(text, "own.toml")) for text in texts)])


@cache
def _material(*texts: str, as_of: date = AS_OF, before: bytes = b"") -> Material:
    asked = question(as_of, record=_with(*texts))
    return Material(question=asked, base_url="", feeds=shipped(LAW), published_changes=before)


def _document(material: Material) -> bytes:
    return plan(material)[FILE]()


def _rows(material: Material, identity: str) -> list[ChangeOfDate]:
    return [row for row in material.changes.rows if row.date.id == identity]


def test_a_hearing_announced_put_off_and_cancelled_is_three_rows_newest_first() -> None:
    cancelled = '[[retracted]]\nid = "own-hear2"\non = 2027-01-20\nreason = "Cancelled."\n'
    rows = _rows(_material(HEARING, PUT_OFF, cancelled), "own.hearing")
    assert [(str(r.known_on), r.date.what, r.date.before, r.date.after) for r in rows] == [
        ("2027-01-20", "fell_away", date(2027, 3, 15), None),
        ("2027-01-05", "moved", date(2027, 3, 1), date(2027, 3, 15)),
        ("2026-12-01", "appeared", None, date(2027, 3, 1)),
    ]
    assert [r.date.entries for r in rows] == [("own-hear2",), ("own-hear1", "own-hear2"), ("own-hear1",)]


def test_the_failed_review_of_2026_made_the_annual_ones_surer_and_names_the_act() -> None:
    row = next(row for row in _rows(_material(), "treaty.review.annual.1-3") if row.date.what == "surer")
    assert (row.known_on, row.date.was, row.date.became) == (date(2026, 7, 1), "contingent", "scheduled")
    assert [change.by for change in row.date.changes] == ["non_confirmation"]
    assert row.date.entries == ("E51",)


def test_the_passing_of_time_is_no_change() -> None:
    soon, later = (_material(as_of=day) for day in (date(2026, 12, 1), date(2031, 1, 1)))
    assert soon.changes.rows == later.changes.rows


@cache
def _asked(day: date, known: date) -> Mapping[str, Deadline]:
    """Every date that stands, as a reader asks for it."""
    found = ask(day, law=LAW, record=_with(HEARING, PUT_OFF, NOTICE), known_on=known).all_deadlines
    return {each.id: each for each in found if each.certainty != "superseded"}


def _revised(found: Deadline) -> list[Revised]:
    """What was put right in the texts behind a date, and in the readings that would move it."""
    moving = " ".join((*(each.reading for each in found.other_readings), *found.open_under))
    return [*found.revised, *(each for reading in LAW.readings if reading.key in moving for each in reading.revised)]


def _differs(what: str, old: Deadline | None, new: Deadline | None, row: ChangeOfDate) -> bool:
    """Whether two answers differ in the way that a row says."""
    if old is None or new is None:
        return (what, old is None, new is None) in (("appeared", True, False), ("fell_away", False, True))
    sure = ("contingent", "scheduled", "announced", "fixed")
    return {
        "moved": lambda: old.date != new.date,
        "surer": lambda: (sure.index(old.certainty), old.day_is) != (sure.index(new.certainty), new.day_is),
        "less_sure": lambda: sure.index(old.certainty) >= sure.index(new.certainty),
        "became_past": lambda: (old.certainty, old.outcome) != (new.certainty, new.outcome),
        "sources": lambda: (old.evidence, old.expected_by) != (new.evidence, new.expected_by),
        "corrected": lambda: len(known_lines(row.known_on, row.known_before, wording("en"), _revised(new))) > 1,
    }[what]()


def test_each_row_is_what_a_reader_sees_who_asks_on_both_days() -> None:
    """The answers as known before and after differ so; of a correction the earlier one says that one followed."""
    rows = _material(HEARING, PUT_OFF, NOTICE).changes.rows
    for row in rows:
        old, new = (_asked(row.known_on, known).get(row.date.id) for known in (row.known_before, row.known_on))
        assert (old and old.date, new and new.date) == (row.date.before, row.date.after)
        assert (old.certainty if old else "", new.certainty if new else "") == (row.date.was, row.date.became)
        assert _differs(row.date.what, old, new, row), row
    assert {row.date.what for row in rows} == set(KINDS) - {"fell_away"}


def test_days_on_which_only_notes_came_in_are_rightly_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = question(date(2026, 11, 28))
    found = by_day.learned_by_day(asked)
    every = tuple(sorted({each for each in asked.record.recorded_days() if each >= date(2026, 3, 1)}))
    monkeypatch.setattr(by_day, "_days", lambda _: every)
    told = [step for step in found if step.known_on >= every[0] and step.known_on != date(2026, 11, 25)]
    assert by_day.learned_by_day(asked) == tuple(told)


def test_numbers_only_grow_and_stay_when_something_is_entered_for_an_earlier_day() -> None:
    first = _material(SECOND)
    document, numbers = _document(first), {row.key: row.id for row in first.changes.rows}
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    later = _material(SECOND, NOTICE, before=document)
    assert going_back({FILE: document}, {FILE: _document(later)}) == ()
    fresh = [row for row in later.changes.rows if row.key not in numbers]
    assert {row.known_on for row in fresh} == {date(2026, 12, 10)}
    assert min(row.id for row in fresh) == len(numbers) + 1
    ids = [row.id for row in later.changes.rows]
    assert ids == sorted(ids, reverse=True)
    lost = going_back({FILE: document}, {FILE: _document(_material(SECOND, NOTICE))})
    assert {each.what for each in lost} == {"row_lost"}


def test_a_row_that_the_record_gives_no_more_stays_and_says_so() -> None:
    document = _document(_material(HEARING))
    after = _material(before=document)
    (row,) = _rows(after, "own.hearing")
    assert (row.stands, row.date.what, row.date.after) == (False, "appeared", date(2027, 3, 1))
    assert going_back({FILE: document}, {FILE: _document(after)}) == ()
    assert _document(_material(before=_document(after))) == _document(after)
    for lang in LANGUAGES:
        page = plan(after)[f"{lang}/changes.html"]().decode("utf-8")
        assert wording(lang)("dates_changed.not_now") in page


@pytest.mark.parametrize("data", [b"[]", b"{", b'{"rows": [{"id": 1}]}', b'{"rows": 3}'])
def test_what_is_no_list_of_changes_is_refused(data: bytes) -> None:
    with pytest.raises(BadData, match=FILE):
        published_rows(data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_every_row_and_leads_to_its_date(lang: str) -> None:
    material, words = _material(HEARING, PUT_OFF), wording(lang)
    files = plan(material)
    page = files[f"{lang}/changes.html"]().decode("utf-8")
    assert set(re.findall(r'id="change-(\d+)"', page)) == {str(row.id) for row in material.changes.rows}
    pages = set(re.findall(r'href="(deadlines/[^"]+)"', page))
    assert pages <= {name.removeprefix(f"{lang}/") for name in files}
    assert "deadlines/own.hearing.html" in pages
    entries = set(re.findall(r'href="history.html#([^"]+)"', page))
    history = files[f"{lang}/history.html"]().decode("utf-8")
    assert {"E51", "own-hear1", "own-hear2"} <= entries
    assert all(f'id="{each}"' in history for each in entries)
    assert page.index(words.day(date(2027, 1, 5))) < page.index(words.day(date(2026, 12, 1)))
    for name in ("history", "deadlines"):
        assert 'href="changes.html"' in files[f"{lang}/{name}.html"]().decode("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_of_dates_has_an_entry_for_each_of_the_newest_rows(lang: str) -> None:
    words, material = wording(lang), _material(HEARING, PUT_OFF)
    feed = feedparser.parse(dates_feed(material, words))
    assert not feed.bozo
    newest = feed.entries[0]
    assert newest.title.startswith(words("diff.moved"))
    assert words.day(date(2027, 3, 1)) in newest.title
    assert words.day(date(2027, 3, 15)) in newest.title
    assert newest.link.endswith("deadlines/own.hearing.html")
    assert newest.updated == feed.feed.updated == "2027-01-05T00:00:00Z"
    assert len(feed.entries) == 100
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    before = feedparser.parse(dates_feed(_material(HEARING), words))
    assert {entry.id for entry in before.entries[:-1]} <= set(ids)


def test_a_row_says_what_became_of_the_date() -> None:
    """The request for comments of 2025 was due on 4 October, 270 days before the review, and came out in September."""
    row = next(row for row in _rows(_material(), "us.611.notice.1-1") if row.date.what == "became_past")
    assert (row.date.became, row.date.outcome) == ("past", "done")
    for lang, said in (("en", "done"), ("es", "cumplida"), ("fr", "accomplie")):
        assert certainty_text(row.date, wording(lang)).endswith(f" → {said}")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("done_late", "done late"),
        ("reported", "reported"),
        ("not_done", "not done"),
        ("unrecorded", "nothing recorded"),
    ],
)
def test_each_outcome_has_its_words_on_the_page_and_is_kept_in_what_is_published(outcome: str, said: str) -> None:
    material = _material()
    row = next(row for row in material.changes.rows if row.date.what == "became_past")
    told = replace(row.date, outcome=outcome)
    assert said in certainty_text(told, wording("en"))
    published = json.loads(_document(material))
    for each in published["rows"]:
        if each["id"] == row.id:
            each["date"]["outcome"] = outcome
    (kept,) = [each for each in published_rows(json.dumps(published).encode()) if each.id == row.id]
    assert kept.date.outcome == outcome
    for each in published["rows"]:
        del each["date"]["outcome"], each["date"]["outcome_was"]
    assert {each.date.outcome for each in published_rows(json.dumps(published).encode())} == {""}, "as 0.3.0 began"


def test_an_act_entered_ahead_of_its_day_is_a_row_on_its_day() -> None:
    ahead = NOTICE.replace("on = 2026-12-10\nrecorded", "on = 2026-12-20\nrecorded")
    (row,) = _rows(_material(ahead), "treaty.withdrawal.effect.us-1")
    assert (row.known_before, row.known_on, row.date.what) == (date(2026, 12, 19), date(2026, 12, 20), "appeared")
    assert row.date.entries == ("own-notice",)
    assert not _rows(_material(ahead, as_of=date(2026, 12, 19)), "treaty.withdrawal.effect.us-1")


def test_a_correction_of_a_reading_is_a_row_of_each_date_that_it_would_move() -> None:
    (reading,) = [each for each in LAW.readings if each.key == "annual_review_day"]
    rows = [row for row in _material().changes.rows if set(reading.revised) & set(row.date.corrections)]
    assert {row.known_on for row in rows} == {each.on for each in reading.revised}
    assert "treaty.review.annual.1-3" in {row.date.id for row in rows}
    assert not [row for row in rows if row.date.id.startswith("us.716")]


def test_what_was_put_right_is_called_a_correction() -> None:
    days = {each.on for rule in LAW.rules for each in rule.revised}
    (_, row, *_) = (row for row in _material().changes.rows if row.date.what == "corrected")
    assert row.known_on in days
    assert row.known_before == row.known_on - timedelta(days=1)
    assert row.date.corrections
    assert row.date.before == row.date.after


def test_a_day_that_the_record_could_not_answer_is_told_with_the_next() -> None:
    """A rescission came into the record two days before the notice that it takes back."""
    late = NOTICE.replace("recorded_on = 2026-12-10", "recorded_on = 2026-12-14")
    rescinded = NOTICE.replace("2026-12-10", "2026-12-12").replace("own-notice", "own-back")
    rescinded = rescinded.replace("withdrawal_notice", "withdrawal_rescinded")
    steps = by_day.learned_by_day(question(AS_OF, record=_with(HEARING, late, rescinded)))
    assert date(2026, 12, 12) not in {step.known_on for step in steps}
    assert date(2026, 12, 1) in {step.known_on for step in steps}


def test_a_build_goes_on_with_the_numbers_of_the_site_it_follows(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old"
    (old / "api" / "v1").mkdir(parents=True)
    (old / FILE).write_bytes(_document(_material(HEARING)))
    refused = run("build", tmp_path / "new", "--follow", tmp_path / "nowhere", "--as-of", str(AS_OF))
    assert refused.exit_code == 2
    assert "--follow" in refused.stderr
    assert run("check", "--against", old, "--as-of", str(AS_OF)).exit_code == 0


def test_a_firms_own_date_that_was_published_by_mistake_does_not_stay() -> None:
    internal = HEARING.replace('kind = "meeting"', 'kind = "internal"')
    asked = question(AS_OF, record=_with(internal))
    open_one = Material(question=asked, base_url="", feeds={}, include_own=True)
    assert [row.date.what for row in _rows(open_one, "own.hearing")] == ["appeared"]
    document = _document(open_one)
    closed = Material(question=asked, base_url="", feeds={}, published_changes=document)
    assert b"own.hearing" not in _document(closed)
    assert {each.what for each in going_back({FILE: document}, {FILE: _document(closed)})} == {"row_lost"}
