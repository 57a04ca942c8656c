"""The record: what ships, what a user may lay over it, and what is refused with its place named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from review_clock.files import BadData
from review_clock.law.acts_and_lapses import (
    Confirmation,
    EntryIntoForce,
    NonConfirmation,
    Note,
    Party,
    StatedPosition,
)
from review_clock.record.entries import CONFIDENCE
from review_clock.record.ledger import Record
from review_clock.timeline.lawful_record import lawful
from tests.frozen import LAW, RECORD, defaults

EVENT = """
[[event]]
id = "mine-1"
on = {on}
act = "{act}"
{more}
text = "As I saw it."
[[event.source]]
title = "A letter"
"""


def _file(tmp_path: Path, text: str, name: str = "mine.toml") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def _load(path: str) -> Record:
    """The record with a user's file laid over it, held against the law."""
    return lawful(RECORD.with_file(path), LAW, defaults())


def test_the_shipped_record_is_lawful_and_says_how_far_it_was_verified() -> None:
    record = lawful(RECORD, LAW, defaults())
    assert record.verified_on == date(2026, 10, 8)
    entry = [e.act for e in record.entries if isinstance(e.act, EntryIntoForce)]
    assert [act.on for act in entry] == [date(2020, 7, 1)]


def test_the_record_shows_no_formal_confirmation_and_one_refusal() -> None:
    acts = RECORD.acts
    assert not [act for act in acts if isinstance(act, Confirmation)]
    assert [(act.on, act.party) for act in acts if isinstance(act, NonConfirmation)] == [(date(2026, 7, 1), Party.US)]
    stated = {(act.party, str(act.stance)) for act in acts if isinstance(act, StatedPosition)}
    assert stated == {(Party.CA, "extend"), (Party.MX, "extend"), (Party.US, "not_extend")}


def test_every_entry_has_a_source_with_a_title_and_says_how_it_is_established() -> None:
    for entry in RECORD.entries:
        assert entry.sources, entry.id
        assert all(source.title for source in entry.sources), entry.id
        assert entry.confidence in CONFIDENCE
        assert entry.confidence != "own_record"


def test_what_was_not_yet_known_is_not_shown() -> None:
    known = RECORD.as_known_on(date(2026, 6, 30))
    assert all(entry.act.on <= date(2026, 6, 30) for entry in known.entries)
    assert not [entry for entry in known.entries if isinstance(entry.act, NonConfirmation)]
    assert all(row.known_on <= date(2026, 6, 30) for row in known.announced)


def test_a_users_file_adds_events(tmp_path: Path) -> None:
    path = _file(tmp_path, EVENT.format(on="2027-07-01", act="confirmation", more='party = "us"'))
    record = _load(path)
    assert [e.id for e in record.entries if isinstance(e.act, Confirmation)] == ["mine-1"]
    assert record.by_id()["mine-1"].confidence == "own_record"


CONFLICTS = [
    ("2026-07-01", "confirmation", 'party = "us"', "on one day a Party does not confirm and decline"),
    ("2021-07-01", "entry_into_force", "", "the Agreement entered into force once"),
    ("2026-07-01", "stated_position", 'party = "us"\nstance = "extend"', "or state two positions"),
]


@pytest.mark.parametrize(("on", "act", "more", "why"), CONFLICTS)
def test_a_conflict_names_both_entries(tmp_path: Path, on: str, act: str, more: str, why: str) -> None:
    path = _file(tmp_path, EVENT.format(on=on, act=act, more=more))
    with pytest.raises(BadData) as bad:
        _load(path)
    assert "mine.toml: event[1] (mine-1)" in str(bad.value)
    assert "usmca.toml: event[" in str(bad.value)
    assert why in str(bad.value)


def test_an_id_taken_twice_is_a_conflict(tmp_path: Path) -> None:
    path = _file(tmp_path, EVENT.format(on="2027-02-01", act="note", more="").replace("mine-1", "E51"))
    with pytest.raises(BadData, match=r"mine\.toml: event\[1\] \(E51\): contradicts usmca\.toml: .*the id is taken"):
        _load(path)


def test_an_act_the_law_refuses_is_refused_with_its_paragraph(tmp_path: Path) -> None:
    path = _file(tmp_path, EVENT.format(on="2025-07-01", act="confirmation", more='party = "ca"'))
    with pytest.raises(BadData, match=r"mine\.toml: event\[1\] \(mine-1\): is not provided for: .*Art\. 34\.7\(3\)"):
        _load(path)


BROKEN = [
    ('party = "usa"', "event[1].party: 'usa' is not known (accepted: us, ca, mx)"),
    ("", "event[1].party: is missing"),
    ('party = "us"\ncolour = "red"', "event[1].colour: is not a key of this table"),
    ('party = "us"\nfulfils = "x"', "event[1].fulfils: 'x' is not a list of texts"),
    ('party = "us"\nknown_on = "yesterday"', "event[1].known_on: 'yesterday' is not a date"),
    ('party = "us"\nknown_on = 2026-07-01T10:00:00', "event[1].known_on: 2026-07-01 10:00:00 has a time of day"),
    ('party = "us"\nuntil = 2026-01-01', "event[1].until: 2026-01-01 is before 2027-07-01"),
    ('party = "us"\nconfidence = "sure"', "event[1].confidence: 'sure' is not known"),
]


def test_a_notice_is_received_on_its_day_or_later(tmp_path: Path) -> None:
    """The six months run from the last receipt: one before the notice had the Party out before it gave notice."""
    notice = 'party = "us"\nlast_receipt = {}'
    text = EVENT.format(on="2026-11-20", act="withdrawal_notice", more=notice.format("2026-01-01"))
    with pytest.raises(BadData, match=r"event\[1\].last_receipt: 2026-01-01 is before 2026-11-20 .*or a later one"):
        _load(_file(tmp_path, text))
    for day in ("2026-11-20", "2026-11-23"):
        _load(_file(tmp_path, text.replace("2026-01-01", day)))


@pytest.mark.parametrize(("more", "message"), BROKEN)
def test_a_bad_value_is_named_with_file_and_key(tmp_path: Path, more: str, message: str) -> None:
    path = _file(tmp_path, EVENT.format(on="2027-07-01", act="confirmation", more=more))
    with pytest.raises(BadData) as bad:
        _load(path)
    assert str(bad.value).startswith("mine.toml: ")
    assert message in str(bad.value)
    assert "\n" not in str(bad.value)


def test_a_file_that_is_not_toml_is_named_with_line_and_column(tmp_path: Path) -> None:
    path = _file(tmp_path, "verified_on = 2027-01-01\n[[event]\n")
    with pytest.raises(BadData, match=r"mine\.toml: is not valid TOML: .*line 2"):
        _load(path)


def test_two_records_that_differ_in_a_proceeding_have_two_digests(tmp_path: Path) -> None:
    text = '[[proceeding]]\nid = "matter-7"\ntitle = "Ruling"\njurisdiction = "us"\nactor = "us.government"\n'
    one, other = (_load(_file(tmp_path, each)).digest for each in (text, text.replace("Ruling", "Another")))
    assert len({RECORD.digest, one, other}) == 3


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"none\.toml: cannot be read: No such file"):
        _load(str(tmp_path / "none.toml"))


def test_a_source_needs_a_web_address_or_none(tmp_path: Path) -> None:
    text = EVENT.format(on="2027-07-01", act="note", more="") + 'url = "javascript:alert(1)"\n'
    with pytest.raises(BadData, match=r"event\[1\]\.source\[1\]\.url: .* is not a web address"):
        _load(_file(tmp_path, text))


def test_a_note_is_a_fact_without_effect(tmp_path: Path) -> None:
    from review_clock.timeline.unfold import timeline

    path = _file(tmp_path, EVENT.format(on="2027-02-01", act="note", more=""))
    record = _load(path)
    with_note = timeline(record.acts, defaults()).position_on(date(2027, 3, 1))
    without = timeline([a for a in record.acts if not isinstance(a, Note)], defaults()).position_on(date(2027, 3, 1))
    assert with_note == without


ANNOUNCED = """
[[announced]]
id = "own-1"
on = 2027-01-01
known_on = 2026-01-01
deadline = "own.x"
jurisdiction = "us"
kind = "comment"
actor = "public"
title = "T"
text = "t"
time = "23:59"
zone = "America/New_York"
[[announced.source]]
title = "s"
"""


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('kind = "comment"', 'kind = "remark"', "kind: 'remark' is not known"),
        ('"us"', '"usa"', "jurisdiction: 'usa' is not known"),
        ('"own.x"', '"own x"', "deadline: 'own x' is not an id"),
        ('"own-1"', '"own\\n1"', "is not an id"),
        ('"23:59"', '"midnight"', "time: 'midnight' is not a time"),
        ("America/New_York", "Mars/Base", "zone: 'Mars/Base' is not a time zone"),
        ("America/New_York", "../etc", "zone: '../etc' is not a time zone"),
        ('title = "T"', "", "title: is missing"),
        ('deadline = "own.x"', "", "stands beside `about`, or neither does"),
    ],
)
def test_a_bad_announcement_is_named(tmp_path: Path, before: str, after: str, message: str) -> None:
    _load(_file(tmp_path, ANNOUNCED))
    with pytest.raises(BadData) as bad:
        _load(_file(tmp_path, ANNOUNCED.replace(before, after, 1)))
    assert message in str(bad.value)
