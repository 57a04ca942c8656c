"""What was learned between two days of knowledge: written from what became known when, not from the code."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from review_clock import ask, document, say
from review_clock.files import LANGUAGES
from review_clock.questions.learned import KINDS, Learned, diff
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD

Run = Callable[..., Result]
OWN = """
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

[[event]]
id = "own-notice"
on = 2026-11-20
recorded_on = 2026-11-22
act = "withdrawal_notice"
party = "us"
text = "Notice."
[[event.source]]
title = "A note"
"""


def _between(first: date, second: date, as_of: date | None = None, own: Path | None = None) -> Learned:
    record = RECORD.with_file(own) if own else RECORD
    one, two = (ask(as_of or day, law=LAW, record=record, known_on=day) for day in (first, second))
    return diff(one, two)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def _of(found: Learned, identity: str) -> list[str]:
    return [each.what for each in found.dates if each.id == identity]


def test_between_two_days_of_which_nothing_new_is_known_nothing_differs() -> None:
    found = _between(date(2026, 10, 6), date(2026, 11, 1), as_of=date(2026, 11, 24))
    assert (found.dates, found.added, found.taken_back) == ((), (), ())
    assert found.same_position


def test_a_date_announced_in_between_appears_and_names_the_announcement() -> None:
    found = _between(date(2026, 7, 1), date(2026, 10, 8), as_of=date(2026, 11, 24))
    row = next(each for each in found.dates if each.id == "us.comments.1-2")
    assert (row.what, row.before, row.after, row.became) == ("appeared", None, date(2027, 1, 12), "announced")
    assert [each.by for each in row.changes] == ["announced"]
    assert "E65d" in found.added


def test_the_review_of_2026_that_failed_is_a_position_that_changed() -> None:
    found = _between(date(2026, 6, 30), date(2026, 7, 2))
    assert not found.same_position
    assert (found.before.phase, found.after.phase) == ("six_year_cycle", "annual_reviews")
    assert _of(found, "treaty.review.annual.1-2") in (["surer"], ["appeared"])


def test_a_date_taken_back_and_put_off_on_one_day_is_one_move(own: Path) -> None:
    found = _between(date(2026, 12, 31), date(2027, 1, 31), as_of=date(2027, 1, 31), own=own)
    assert _of(found, "own.hearing") == ["moved"]
    row = next(each for each in found.dates if each.id == "own.hearing")
    assert (row.before, row.after) == (date(2027, 3, 1), date(2027, 3, 15))
    assert (found.added, found.taken_back) == (("own-hear2",), ("own-hear1",))


def test_a_notice_learned_of_two_days_later_changes_the_same_day(own: Path) -> None:
    day = date(2026, 11, 24)
    found = _between(date(2026, 11, 21), date(2026, 11, 22), as_of=day, own=own)
    assert (len(found.before.notices), len(found.after.notices)) == (0, 1)
    assert found.after.notices[0].effective == date(2027, 5, 20)
    removed = [each for each in found.dates if each.what == "less_sure"]
    assert removed, "what falls away with the United States hangs on the notice now"
    assert all("withdrawal_notice" in {c.by for c in each.changes} for each in removed)


def test_every_kind_has_its_word_and_each_row_one_kind(own: Path) -> None:
    for lang in LANGUAGES:
        assert all(wording(lang)(f"diff.{kind}") for kind in KINDS)
    found = _between(date(2026, 6, 1), date(2027, 2, 1), own=own)
    assert len({each.id for each in found.dates}) == len(found.dates)
    assert {each.what for each in found.dates} <= set(KINDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_words_and_as_a_document(own: Path, lang: str) -> None:
    found, words = _between(date(2026, 12, 31), date(2027, 1, 31), as_of=date(2027, 1, 31), own=own), wording(lang)
    said = say(found, lang)
    assert words("diff.moved") in said
    assert "2027-03-01 → 2027-03-15" in said
    told = json.loads(json.dumps(document(found, lang)))
    assert [row["what"] for row in told["dates"] if row["id"] == "own.hearing"] == ["moved"]
    assert told["after"]["known_on"] == "2027-01-31"


def test_the_command_asks_of_one_day_or_of_both(run: Run) -> None:
    both = json.loads(run("diff", "2026-06-30", "2026-07-02", "--format", "json").stdout)
    assert (both["before"]["as_of"], both["after"]["as_of"]) == ("2026-06-30", "2026-07-02")
    one = run("diff", "2026-06-30", "2026-07-02", "--as-of", "2027-01-01")
    assert one.exit_code == 0
    assert "known on June 30, 2026" in one.stdout
    back = run("diff", "2026-07-02", "2026-06-30")
    assert back.exit_code == 2
    assert "is before the first" in back.stderr
