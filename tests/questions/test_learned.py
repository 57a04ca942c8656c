"""What was learned between two days of knowledge: written from what became known when, not from the code."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from review_clock import ask, document, say
from review_clock.files import LANGUAGES, parsed
from review_clock.law.law import Law
from review_clock.questions.learned import KINDS, Learned, diff
from review_clock.questions.learned_by_day import LearnedOn, learned_by_day
from review_clock.record.ledger import Record, from_table, merged
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD
from tests.questions.approved import question_of

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


def test_a_date_counted_from_an_act_of_the_record_names_the_act() -> None:
    # section 718 counts from the day of enactment, 29 January 2020
    found = _between(date(2019, 12, 12), date(2020, 1, 29))
    row = next(each for each in found.dates if each.id == "us.718.1")
    assert (row.what, row.entries) == ("appeared", ("E06",))


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


def test_a_date_put_off_was_moved_by_what_took_the_first_announcement_back(own: Path) -> None:
    asked = ask(date(2027, 1, 31), law=LAW, record=RECORD.with_file(own))
    last = asked.explain("own.hearing").changes[-1]
    assert (last.by, last.what, last.entry, last.before, last.after) == (
        "retracted", "moved", "own-hear1", date(2027, 3, 1), date(2027, 3, 15),
    )  # fmt: skip


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


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Its day has passed, or it is known now what became of it: Labour report to the committees"),
        ("es", "Su día ya pasó, o ya se sabe qué fue de ella: "),
        ("fr", "Son jour est passé, ou l’on sait maintenant ce qu’il en est advenu : "),
    ],
)
def test_a_day_gone_by_without_news_is_not_said_to_be_known_now(lang: str, said: str) -> None:
    told = " ".join(say(_between(date(2026, 11, 29), date(2026, 12, 31)), lang).replace("\u00a0", " ").split())
    assert said in told
    assert wording(lang)("what_came_of_it.unrecorded") in told


def test_the_command_asks_of_one_day_or_of_both(run: Run) -> None:
    both = json.loads(run("diff", "2026-06-30", "2026-07-02", "--format", "json").stdout)
    assert (both["before"]["as_of"], both["after"]["as_of"]) == ("2026-06-30", "2026-07-02")
    one = run("diff", "2026-06-30", "2026-07-02", "--as-of", "2027-01-01")
    assert one.exit_code == 0
    assert "known on June 30, 2026" in one.stdout
    back = run("diff", "2026-07-02", "2026-06-30")
    assert back.exit_code == 2
    assert "is before the first" in back.stderr


# ------------------------------------------------------------------------------------------------- day after day

DAYS = """
[[event]]
id = "force"
on = 2020-07-01
act = "entry_into_force"
text = "In force."
[[event.source]]
title = "Official"

[[event]]
id = "ahead"
on = 2027-03-01
recorded_on = 2027-02-01
act = "withdrawal_notice"
party = "us"
text = "Notice, announced a month ahead."
[[event.source]]
title = "Official"

[[event]]
id = "slip"
on = 2027-03-02
act = "withdrawal_notice"
party = "ca"
text = "As a newspaper has it."
[[event.source]]
title = "A newspaper"

[[retracted]]
id = "slip"
on = 2027-03-09
reason = "The newspaper corrected itself."

[[event]]
id = "rescinded"
on = 2027-03-20
recorded_on = 2027-04-01
act = "withdrawal_rescinded"
party = "mx"
text = "Taken back."
[[event.source]]
title = "Official"

[[event]]
id = "later-told"
on = 2027-03-10
recorded_on = 2027-04-03
act = "withdrawal_notice"
party = "mx"
text = "Notice."
[[event.source]]
title = "Official"

[[event]]
id = "again"
on = 2027-04-01
act = "withdrawal_notice"
party = "ca"
text = "Notice."
[[event.source]]
title = "Official"
"""


def _by_day(law: Law, record: Record, as_of: str, **readings: str) -> tuple[LearnedOn, ...]:
    return learned_by_day(ask(date.fromisoformat(as_of), law=law, record=record, readings=readings))


def _kept() -> Record:
    return merged([from_table(parsed(DAYS, "days.toml"))])


def test_each_day_tells_what_became_known_on_it() -> None:
    found = _by_day(LAW, _kept(), "2027-04-03", term_ends="end_of_day", annual_review_day="any_day")
    told = {str(each.known_on): each for each in found if each.known_on.year == 2027}
    # what was entered ahead is news when it is done, and only then; the record of April 1 is refused (taken back, and
    # no notice known): what came with it is told on the 3rd, against March 31
    assert {day: (str(each.known_before), each.added, each.taken_back) for day, each in told.items()} == {
        "2027-03-01": ("2027-02-28", ("ahead",), ()),
        "2027-03-02": ("2027-03-01", ("slip",), ()),
        "2027-03-09": ("2027-03-08", (), ("slip",)),
        "2027-04-03": ("2027-03-31", ("later-told", "rescinded", "again"), ()),
    }
    effects = {
        day: [row.id for row in each.dates if row.id.startswith("treaty.withdrawal.effect")]
        for day, each in told.items()
    }
    assert effects == {
        "2027-03-01": ["treaty.withdrawal.effect.us-1"],
        "2027-03-02": ["treaty.withdrawal.effect.ca-1"],
        "2027-03-09": ["treaty.withdrawal.effect.ca-1"],
        "2027-04-03": ["treaty.withdrawal.effect.ca-1"],
    }
    (last_day,) = (row for row in found[0].dates if row.id == "treaty.term.last-day.1")
    assert last_day.after == date(2036, 7, 1), "in the reading asked for it is in force through that day"


def test_what_was_taken_back_falls_away_in_the_order_of_the_days() -> None:
    found = next(each for each in _by_day(LAW, _kept(), "2027-03-09") if each.taken_back)
    days = [row.after or row.before or date.max for row in found.dates]
    assert days == sorted(days)
    gone = [row for row in found.dates if row.what == "fell_away"]
    assert "treaty.withdrawal.effect.ca-1" in {row.id for row in gone}
    assert {(row.after, row.became, row.outcome) for row in gone} == {(None, "", "")}
    assert {row.what for row in found.dates if row not in gone} == {"surer"}


def test_each_correction_of_a_rule_a_reading_or_a_citation_is_told_on_its_own_day() -> None:
    texts = dict(LAW.texts)
    for name, day in (("deadlines.toml", 26), ("readings.toml", 27)):
        texts[name] = texts[name].replace("revised = [{ on = 2026-11-25", f"revised = [{{ on = 2026-11-{day}")
    cited = 'cite = "19 U.S.C. 4611(b)(1)"\n'
    corrected = 'revised = [{ on = 2026-11-28, what = { en = "a", es = "a", fr = "a" } }]\n'
    texts["authorities.toml"] = texts["authorities.toml"].replace(cited, cited + corrected)
    found = _by_day(Law(texts=tuple(texts.items())), _kept(), "2026-11-28")
    told = {each.known_on.day: each.dates for each in found if f"{each.known_on:%Y-%m}" == "2026-11"}
    assert sorted(told) == [26, 27, 28]
    assert {row.what for dates in told.values() for row in dates} == {"corrected"}
    assert {row.id.partition(".1-")[0] for row in told[28]} == {"us.611.notice"}
    assert "treaty.review.annual.1-2" in {row.id for row in told[27]}
    assert {str(each.on) for dates in told.values() for row in dates for each in row.corrections} == {
        "2026-11-26", "2026-11-27", "2026-11-28",
    }  # fmt: skip
    assert all(each.on.day == day for day, dates in told.items() for row in dates for each in row.corrections)


def test_the_days_are_asked_under_the_law_of_the_question() -> None:
    found = _by_day(question_of("own").law, _kept(), "2020-07-01")
    assert "acme.brief.1-2" in {row.id for row in found[-1].dates}
