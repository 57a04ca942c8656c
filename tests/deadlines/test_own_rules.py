"""A firm's own rules and feeds: counted like the law's, moved with it, and never mistaken for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from icalendar import Calendar

from review_clock.deadlines.deadline import Deadline
from review_clock.deadlines.office_days import HolidaysUnknown
from review_clock.deadlines.own_rules import load
from review_clock.feeds.definition import with_folder
from review_clock.files import BadData, Texts, parsed, same_in_all
from review_clock.law.rules import Roll, Rule
from review_clock.record.ledger import Record
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, chosen, defaults, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)
FEED = """
title = "Partner reminders"
description = "Our own dates, and the reviews they hang on."
colour = "teal"
[choose]
kind = ["review", "internal"]
[alarms]
default = [7]
"""


def _firm(after: str, offset: str, extra: str = "", identity: str = "acme.x") -> str:
    return f'[[firm]]\nid = "{identity}"\nafter = "{after}"\noffset = "{offset}"\ntitle = "Our date"\n{extra}\n'


def _dates(folder: Path, text: str, reading: str = "", as_of: date = AS_OF) -> dict[str, Deadline]:
    (folder / "acme.toml").write_text(text, encoding="utf-8")
    law, _feeds = with_folder(str(folder), LAW, RECORD)
    found = replace(question(as_of, chosen(reading.split())), law=law).all_deadlines
    return {each.id: each for each in found if each.kind == "internal"}


# Each date counted by hand on a calendar. 2027-05-17 is a Monday; 2027-05-31 is Memorial Day, 2027-07-05 the day on
# which Independence Day, a Sunday, is observed; 2027-06-24 is Saint-Jean-Baptiste in Quebec.
COUNTS = [
    ("treaty.review.annual", "-P45D", "", "acme.x.1-2", date(2027, 5, 17)),
    ("treaty.review.annual", "-P46D", "", "acme.x.1-2", date(2027, 5, 16)),
    ("treaty.review.annual", "-P46D", 'roll = "previous"\nholidays = "US"', "acme.x.1-2", date(2027, 5, 14)),
    ("treaty.review.annual", "-P46D", 'roll = "next"\nholidays = "US"', "acme.x.1-2", date(2027, 5, 17)),
    ("treaty.review.annual", "-P31D", 'roll = "previous"\nholidays = "US"', "acme.x.1-2", date(2027, 5, 28)),
    ("treaty.review.annual", "-P31D", 'roll = "previous"\nholidays = "MX"', "acme.x.1-2", date(2027, 5, 31)),
    ("treaty.review.annual", "P3D", 'roll = "next"\nholidays = "US-NY"', "acme.x.1-2", date(2027, 7, 6)),
    ("treaty.review.annual", "-P1W", 'roll = "previous"\nholidays = "CA-QC"', "acme.x.1-2", date(2027, 6, 23)),
    ("treaty.review.annual", "-P1W", 'roll = "previous"\nholidays = "CA-ON"', "acme.x.1-2", date(2027, 6, 24)),
    ("treaty.review.annual", "-P1M", "", "acme.x.1-2", date(2027, 6, 1)),
    ("treaty.review.annual", "P1Y2M1W3D", "", "acme.x.1-2", date(2028, 9, 11)),
    ("us.611.annual-report", "-P14D", "", "acme.x.1-2", date(2027, 4, 8)),
    ("treaty.term.end", "-P6M", "", "acme.x.1", date(2036, 1, 1)),
]


@pytest.mark.parametrize(("after", "offset", "extra", "identity", "expected"), COUNTS)
def test_the_count(tmp_path: Path, after: str, offset: str, extra: str, identity: str, expected: date) -> None:
    found = _dates(tmp_path, FEED + _firm(after, offset, extra))[identity]
    assert found.date == expected
    assert found.derivation.steps[-1].day == expected
    said = [text for text, _day in wording("en").derivation(found.derivation)]
    assert "entry into force" in said[0]
    assert any(f"deadline {after}" in text for text in said)


def test_it_is_certain_as_what_it_hangs_on_and_names_the_other_readings_too(tmp_path: Path) -> None:
    found = _dates(tmp_path, FEED + _firm("treaty.review.annual", "-P45D"))
    assert len(found) == 9
    one = found["acme.x.1-2"]
    assert (one.certainty, one.jurisdiction, one.authority, one.confidence) == ("scheduled", "treaty", (), "own_rule")
    assert one.rule == "acme.x"
    report = _dates(tmp_path, FEED + _firm("us.611.annual-report", "-P14D"))["acme.x.1-2"]
    others = [(other.reading, other.date) for other in report.other_readings]
    assert others == [("at_least_days_before=clear_days", date(2027, 4, 7))]
    assert report.earliest == date(2027, 4, 7)


def test_a_rule_may_hang_on_one_before_it(tmp_path: Path) -> None:
    text = FEED + _firm("treaty.review.annual", "-P45D") + _firm("acme.x", "-P5D", identity="acme.y")
    assert _dates(tmp_path, text)["acme.y.1-2"].date == date(2027, 5, 12)


def test_what_has_no_holiday_data_is_refused_and_not_guessed(tmp_path: Path) -> None:
    text = FEED + _firm("treaty.review.annual", "P100Y", 'roll = "next"\nholidays = "US"')
    with pytest.raises(HolidaysUnknown, match="US in 21"):
        _dates(tmp_path, text)


WRONG = [
    (_firm("treaty.review.anual", "-P45D"), "acme.toml: firm[1].after: 'treaty.review.anual' is not a rule"),
    (_firm("mx.senate", "-P45D"), "is not a rule with a date"),
    (_firm("treaty.review.annual", "45 days"), "acme.toml: firm[1].offset: '45 days' is not a duration"),
    (_firm("treaty.review.annual", "P"), "is not a duration"),
    (_firm("treaty.review.annual", "-P99999D"), "is too long"),
    (_firm("treaty.review.annual", "-P1D", 'roll = "up"'), "acme.toml: firm[1].roll: 'up' is not known"),
    (_firm("treaty.review.annual", "-P1D", 'roll = "next"'), "firm[1].holidays: goes with roll"),
    (_firm("treaty.review.annual", "-P1D", 'holidays = "US"'), "firm[1].holidays: goes with roll"),
    (_firm("treaty.review.annual", "-P1D", 'roll = "next"\nholidays = "ZZ"'), "'ZZ' is not a holiday calendar"),
    (_firm("treaty.review.annual", "-P1D", identity="treaty.term.end"), "'treaty.term.end' is taken"),
    (_firm("treaty.review.annual", "-P1D", identity="treaty.term.end.9"), "is taken"),
    (_firm("treaty.review.annual", "-P1D", identity="a b"), "is not an id"),
    (_firm("treaty.review.annual", "-P1D", "colour = 3"), "acme.toml: firm[1].colour: is not a key of this table"),
    (_firm("treaty.review.annual", "-P1D") * 2, "'acme.x' is taken"),
]


def _firms(text: str, record: Record = RECORD) -> tuple[Rule, ...]:
    return load({"acme.toml": parsed(text, "acme.toml")}, LAW, record)


FULL = """
[[firm]]
id = "acme.x"
after = "us.734.extended"
offset = "-P1Y2M1W3D"
title = { en = "a", es = "b", fr = "c" }
duty = { en = "d", es = "e", fr = "f" }
actor = "us.ustr"
recipient = "Partner"
roll = "previous"
holidays = "us-ny"
"""


def test_a_firms_rule_is_what_its_row_says() -> None:
    (rule,) = _firms(FULL)
    said = {name: getattr(rule, name) for name in Rule.__slots__}
    base = LAW.catalogue.by_id()["us.734.extended"]
    assert said == {
        "id": "acme.x", "jurisdiction": "us", "kind": "internal", "counted_from": "deadline", "reviews": (),
        "offset": ({"years": -1}, {"months": -2}, {"days": -10}), "every": None, "until": None,
        "bound": "no_later_than", "office": "", "actor": "us.ustr", "actor_name": LAW.actors["us.ustr"].name,
        "who_kind": "own", "recipient": "Partner", "recipient_name": same_in_all("Partner"), "authority": (),
        "confidence": "own_rule", "title": Texts("a", "b", "c"), "duty": Texts("d", "e", "f"),
        "condition": base.condition, "trigger": None, "when": None, "quote": None, "lapses_under": (),
        "inferred_from": 0, "condition_from": 1, "earlier_under": base.earlier_under, "parties": (), "only": "",
        "confidence_between": "", "after": "us.734.extended", "roll": Roll(to="previous", holidays="US-NY"),
        "revised": (),
    }  # fmt: skip
    assert base.condition is not None


def test_a_firms_rule_that_says_little_is_of_its_own_office_and_on_the_day_itself() -> None:
    (rule,) = _firms('[[firm]]\nid = "acme.x"\nafter = "treaty.review.annual"\ntitle = "T"\n')
    assert (rule.offset, rule.roll, rule.recipient, rule.recipient_name) == ((), None, "", None)
    assert (rule.actor, rule.actor_name, rule.duty) == ("own-office", LAW.actor("own-office").name, rule.title)
    assert rule.jurisdiction == "treaty"


def test_a_firms_rule_may_hang_on_an_announced_date_and_has_its_jurisdiction() -> None:
    (rule,) = _firms(_firm("us.comments.1-2", "P1D"))
    assert (rule.jurisdiction, rule.condition, rule.earlier_under) == ("us", None, ())


def test_what_hangs_on_an_announced_date_is_counted_from_it(tmp_path: Path) -> None:
    found = _dates(tmp_path, FEED + _firm("us.comments.1-2", "-P1W"))
    assert {identity: each.date for identity, each in found.items()} == {"acme.x": date(2027, 1, 5)}


def test_what_hangs_on_a_duty_that_may_be_owed_earlier_may_be_due_earlier(tmp_path: Path) -> None:
    base, reading = "us.611.notice", "review_commences=preparatory_talks"
    one = _dates(tmp_path, FEED + _firm(base, "-P7D"))["acme.x.1-2"]
    assert LAW.catalogue.by_id()[base].earlier_under == (tuple(reading.split("=")),)
    assert one.earliest_open
    assert reading in one.open_under


def test_what_a_duration_may_say() -> None:
    counts = {
        "P1Y": ({"years": 1},), "+P2M": ({"months": 2},), "-P3W": ({"days": -21},), "P0D": (), "P1W1D": ({"days": 8},),
        "P100Y": ({"years": 100},), "P1200M": ({"months": 1200},), "P36525D": ({"days": 36525},),
    }  # fmt: skip
    assert {text: _firms(_firm("treaty.review.annual", text))[0].offset for text in counts} == counts


LINES = [
    (_firm("treaty.review.anual", "P1D"),
     "after: 'treaty.review.anual' is not a rule with a date (accepted: treaty.review.annual, "),
    (_firm("treaty.review.annual", "45 days"),
     "offset: '45 days' is not a duration (accepted: an ISO 8601 duration such as -P45D, P2W or -P1M)"),
    (_firm("treaty.review.annual", "P101Y"), "offset: 'P101Y' is too long (accepted: at most 100 years)"),
    (_firm("treaty.review.annual", "-P1201M"), "offset: '-P1201M' is too long (accepted: at most 1200 months)"),
    (_firm("treaty.review.annual", "P5218W"), "offset: 'P5218W' is too long (accepted: at most 36525 days)"),
    (_firm("treaty.review.annual", "P1D", 'roll = "up"'),
     "roll: 'up' is not known (accepted: none, previous, next)"),
    (_firm("treaty.review.annual", "P1D", 'roll = "next"'),
     "holidays: goes with roll = 'previous' or 'next', and only with them (accepted: both or neither)"),
    (_firm("treaty.review.annual", "P1D", 'holidays = "US"'),
     "holidays: goes with roll = 'previous' or 'next', and only with them (accepted: both or neither)"),
    (_firm("treaty.review.annual", "P1D", 'roll = "next"\nholidays = "zz"'),
     "holidays: 'ZZ' is not a holiday calendar (accepted: US, US-NY, CA, CA-ON, MX, NYSE)"),
    (_firm("treaty.review.annual", "P1D", 'roll = "next"\nholidays = "US-N"'),
     "holidays: 'US-N' is not a holiday calendar (accepted: US-NY, US-NV, US-NM, US-NJ, US-NH, …)"),
    (_firm("treaty.review.annual", "P1D", 'roll = "next"\nholidays = "USTX"'),
     "holidays: 'USTX' is not a holiday calendar (accepted: US-TX, "),
    (_firm("treaty.review.annual", "P1D", identity="treaty.term.end.9"),
     "id: 'treaty.term.end.9' is taken (accepted: an id of your own)"),
    (_firm("treaty.review.annual", "P1D", identity="a b"),
     "id: 'a b' is not an id (accepted: letters, digits, dots, hyphens and underscores)"),
    (_firm("treaty.review.annual", "P1D", "colour = 3"), "colour: is not a key of this table (accepted: "),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), LINES)
def test_a_bad_rule_says_what_is_accepted(text: str, line: str) -> None:
    with pytest.raises(BadData) as caught:
        _firms(text)
    assert str(caught.value).startswith(f"acme.toml: firm[1].{line}")


def test_an_id_may_begin_like_a_rules_without_being_of_it() -> None:
    (rule,) = _firms(_firm("treaty.review.annual", "P1D", identity="treaty.term.endless"))
    assert rule.id == "treaty.term.endless"


@pytest.mark.parametrize(("text", "why"), WRONG)
def test_a_bad_rule_is_one_line_with_file_and_key(run: Run, tmp_path: Path, text: str, why: str) -> None:
    folder, target = tmp_path / "office", tmp_path / "out.ics"
    folder.mkdir()
    (folder / "acme.toml").write_text(FEED + text, encoding="utf-8")
    answer = run("--calendars", folder, "feed", "acme", "-o", target)
    assert answer.exit_code == 2
    assert why in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert not target.exists()
    checked = run("check", "--calendars", folder, "--as-of", "2026-11-01")
    assert checked.exit_code == 1
    assert "acme.toml" in checked.stdout


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("everything", FEED, "the name of a feed that ships"),
        ("a b", FEED, "is not a name for a feed"),
        ("acme", FEED.replace("teal", ""), "colour: is empty"),
        ("acme", FEED.replace("teal", "red\\r\\nX-EVIL:1"), "colour: 'red\\r\\nX-EVIL:1' is not known"),
        ("acme", FEED.replace("teal", "rebeccapurple"), "colour: 'rebeccapurple' is not known (accepted: "),
        ("acme", FEED + 'languages = "en"', "languages"),
        ("acme", 'reminders = "bell"\n' + FEED, "reminders: 'bell' is not known"),
        ("acme", FEED.replace('"internal"', '"own"'), "choose.kind[1]: 'own' is not known"),
    ],
)
def test_a_bad_feed_is_one_line_with_file_and_key(tmp_path: Path, name: str, text: str, why: str) -> None:
    (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadData) as refused:
        with_folder(str(tmp_path), LAW, RECORD)
    assert why in str(refused.value)
    assert f"{name}.toml" in str(refused.value)


def test_a_folder_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    answer = run("--calendars", tmp_path / "none", "status")
    assert answer.exit_code == 2
    assert "cannot be read" in answer.stderr


def test_the_firms_dates_are_in_its_feed_and_in_no_feed_of_the_laws(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(FEED + _firm("treaty.review.annual", "-P45D"), encoding="utf-8")

    def uids(name: str) -> set[str]:
        answer = run("feed", name, "--calendars", tmp_path, "--as-of", AS_OF)
        return {str(event["UID"]) for event in Calendar.from_ical(answer.stdout_bytes).walk("VEVENT")}

    assert "acme.x.1-2.en@review-clock" in uids("acme")
    assert "treaty.review.annual.1-2.en@review-clock" in uids("acme")
    for name in ("everything", "treaty"):
        assert not [each for each in uids(name) if each.startswith("acme")]
    listed = run("deadlines", "--calendars", tmp_path, "--as-of", AS_OF, "--kind", "internal").stdout
    assert "acme.x.1-2" in listed
    explained = run("--calendars", tmp_path, "explain", "acme.x.1-2", "--as-of", AS_OF).stdout
    assert "that is the deadline treaty.review.annual.1-2" in explained
    assert "a rule of your own, not of the law" in explained


def test_a_feed_in_one_language_is_refused_in_another(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text('languages = ["es"]\n' + FEED, encoding="utf-8")
    assert run("--lang", "es", "--calendars", tmp_path, "feed", "acme").exit_code == 0
    refused = run("--calendars", tmp_path, "feed", "acme")
    assert refused.exit_code == 2
    assert "is not made in 'en' (accepted: es)" in refused.stderr


def test_it_goes_when_what_it_hangs_on_goes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(FEED + _firm("treaty.review.annual", "-P45D"), encoding="utf-8")
    answer = run(
        "--calendars", tmp_path, "whatif", "--assume", "2029-03-15 all confirm", "--as-of", AS_OF, "--format", "json"
    )
    vanished = {row["id"] for row in json.loads(answer.stdout)["changes"] if row["what"] == "vanishes"}
    assert "acme.x.1-4" in vanished
    assert "acme.x.1-3" not in vanished


def test_the_site_has_the_firms_feed_and_page(run: Run, tmp_path: Path) -> None:
    folder, site = tmp_path / "office", tmp_path / "site"
    folder.mkdir()
    (folder / "acme.toml").write_text(FEED + _firm("treaty.review.annual", "-P45D"), encoding="utf-8")
    assert run("build", site, "--calendars", folder, "--as-of", AS_OF, "--include-own").exit_code == 0
    assert (site / "calendars" / "acme.fr.ics").exists()
    assert "acme.x.1-2" in (site / "en" / "deadlines.html").read_text(encoding="utf-8")
    assert "Partner reminders" in (site / "en" / "calendars.html").read_text(encoding="utf-8")


def test_the_table_for_outlook(run: Run) -> None:
    answer = run("feed", "milestones", "--format", "csv", "--as-of", AS_OF)
    rows = list(csv.DictReader(io.StringIO(answer.stdout_bytes.decode("utf-8-sig"), newline="")))
    review = next(row for row in rows if row["UID"] == "treaty.review.annual.1-2.en@review-clock")
    assert list(review)[:6] == ["Subject", "Start Date", "Start Time", "End Date", "End Time", "All day event"]
    assert (review["Start Date"], review["All day event"]) == ("2027-07-01", "True")
    assert (review["Reminder Date"], review["Authority"]) == ("2027-01-02", "Art. 34.7(4)")
    assert "count" in review["Description"] or "start from" in review["Description"]
    assert "superseded" not in {row["Certainty"] for row in rows}
    under = run("feed", "milestones", "--format", "csv", "--scenario", "late-extension", "--as-of", AS_OF).stdout_bytes
    subjects = [row["Subject"] for row in csv.DictReader(io.StringIO(under.decode("utf-8-sig"), newline=""))]
    assert all(subject.startswith("HYPOTHESIS (late-extension): ") for subject in subjects)


def test_readings_reach_the_firms_dates(tmp_path: Path) -> None:
    text = FEED + _firm("us.611.annual-report", "-P14D")
    assert _dates(tmp_path, text, "at_least_days_before=clear_days")["acme.x.1-2"].date == date(2027, 4, 7)
    assert defaults()["at_least_days_before"] != "clear_days"
