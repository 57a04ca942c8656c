"""A firm's own dates and cases are nobody else's business: private in feeds, in no file that is published."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from icalendar import Calendar

from review_clock.feeds.definition import Definition, with_folder
from review_clock.questions.question import Question, ask
from review_clock.record.ledger import Record
from review_clock.site.build import plan
from review_clock.site.material import Material
from review_clock.site.own_dates import kept_back, without_own
from tests.frozen import LAW

Run = Callable[..., Result]
AS_OF = date(2026, 12, 1)
OTHERS, OTHERS_OF = ("es/", "fr/"), re.compile(r"\.(es|fr)\.")
SECRET = ("Zebra", "zebra", "case-z")
MINE = """
[[case]]
id = "case-z"
matter = "Zebra Motors"
rule = "us.716.facility-review"
trigger = 2026-11-20
who = "zebra-ana"
remind = [7]
recorded_on = 2026-11-21
[[case]]
id = "case-zz"
matter = "Zebra Steel"
rule = "us.104"
trigger = 2026-11-20
recorded_on = 2026-11-21
[[retracted]]
id = "case-zz"
on = 2026-11-22
reason = "Zebra went elsewhere."
[[event]]
id = "own-z"
on = 2026-11-25
act = "note"
fulfils = ["us.716.facility-review.case-z"]
text = "Zebra has its answer."
[[event.source]]
title = "File note"
[[event]]
id = "own-both"
on = 2026-11-26
act = "note"
reports = ["us.611.notice.1-2", "zebra.draft.1-2"]
text = "A note that is published."
[[event.source]]
title = "File note"
[[proceeding]]
id = "zebra-7"
title = "Ruling for Zebra"
jurisdiction = "us"
actor = "us.government"
[[announced]]
id = "call-z"
on = 2027-02-01
known_on = 2026-11-20
deadline = "zebra.call"
jurisdiction = "us"
kind = "internal"
actor = "zebra-ana"
title = "Call with Zebra"
text = "Zebra calls."
[[announced.source]]
title = "File note"
"""
OFFICE = """
title = "Zebra reminders"
description = "For the partner."
colour = "navy"
[choose]
kind = ["internal"]
[[firm]]
id = "zebra.draft"
after = "treaty.review.annual"
offset = "-P45D"
title = "Draft for Zebra"
"""


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, Path]:
    mine, folder = tmp_path / "mine.toml", tmp_path / "office"
    mine.write_text(MINE, encoding="utf-8")
    folder.mkdir()
    (folder / "zebra.toml").write_text(OFFICE, encoding="utf-8")
    return mine, folder


def _asked(office: tuple[Path, Path]) -> tuple[Question, dict[str, Definition]]:
    record = Record.shipped().with_file(office[0])
    law, feeds = with_folder(str(office[1]), LAW, record)
    return ask(AS_OF, law=law, record=record), dict(feeds)


def _rendered(office: tuple[Path, Path], include_own: bool, only: str) -> dict[str, bytes]:
    question, feeds = _asked(office)
    made = plan(Material(question=question, base_url="https://example.org", feeds=feeds, include_own=include_own))
    wanted = (name for name in made if only in name and not name.endswith(".png"))
    return {name: made[name]() for name in wanted if not name.startswith(OTHERS) and not OTHERS_OF.search(name)}


@pytest.mark.slow
def test_nothing_of_them_is_published(office: tuple[Path, Path]) -> None:
    """Every file in English, and those without a language; the others are made of the same."""
    assert len([each for each in _asked(office)[0].all_deadlines if each.is_own]) > 5
    made = _rendered(office, include_own=False, only="")
    told = {(name, word) for name in made for word in SECRET if word.encode() in made[name] or word in name}
    assert not told
    assert b"A note that is published." in made["en/history.html"]


def test_where_the_office_asks_for_them_they_are(office: tuple[Path, Path]) -> None:
    made = _rendered(office, include_own=True, only="deadlines")
    page = made["en/deadlines.html"].decode("utf-8")
    for title in ("Zebra Motors – Labour petition on a facility: review", "Draft for Zebra", "Call with Zebra"):
        assert title in page
    assert "en/deadlines/us.716.facility-review.case-z.html" in made
    assert b"case-z" in made["api/v1/deadlines.json"]


def test_what_is_left_says_nothing_of_them_and_all_else(office: tuple[Path, Path]) -> None:
    question, feeds = _asked(office)
    left, bare = without_own(question), ask(AS_OF, law=LAW)
    assert not [each for each in left.all_deadlines if each.is_own]
    assert {each.id: each.date for each in left.all_deadlines} == {each.id: each.date for each in bare.all_deadlines}
    assert {"own-both"} == {each.id for each in left.record.entries} - {each.id for each in bare.record.entries}
    assert left.record.by_id()["own-both"].reports == ("us.611.notice.1-2",)
    assert left.record.digest != bare.record.digest
    assert without_own(bare) is bare
    assert kept_back(question, feeds) == {
        "rules": 1,
        "cases": 1,
        "announced": 1,
        "proceedings": 1,
        "calendars": 1,
    }


def test_in_feeds_they_are_private_and_only_there_where_asked_for(run: Run, office: tuple[Path, Path]) -> None:
    mine, folder = office

    def events(*args: str) -> dict[str, str]:
        done = run("--record", mine, "--calendars", folder, "feed", *args, "--as-of", AS_OF)
        found = Calendar.from_ical(done.stdout_bytes).walk("VEVENT")
        return {str(each["UID"]).partition(".en@")[0]: str(each["CLASS"]) for each in found}

    public = events("everything")
    assert set(public.values()) == {"PUBLIC"}
    assert not [each for each in public if "zebra" in each or "case-z" in each]
    private = {key: value for key, value in events("everything", "--include-own").items() if key not in public}
    own = {"zebra.draft.1-2", "zebra.call", "us.716.facility-review.case-z", "us.716.facility-review.case-z.reminder-7"}
    assert own <= set(private)
    assert set(private.values()) == {"PRIVATE"}
    assert own <= set(events("zebra"))  # a feed of the office that asks for what is internal
