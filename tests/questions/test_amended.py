"""What is answered where an amendment is assumed (Art. 34.3, not read): facts by hand, and the words beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

import review_clock as rc
from review_clock.files import LANGUAGES
from review_clock.questions.amended import Amended
from review_clock.questions.facts import OtherEnd
from review_clock.words.headline import headline
from review_clock.words.verdict import verdict
from review_clock.words.wording import wording
from tests.frozen import LAW, chosen, question

Run = Callable[..., Result]
A_YEAR = "2027-02-01 amendment sets term end 2037-07-01"
A_REVIEW = "2027-02-01 amendment sets next review 2027-10-01"
NOT_READ = {"en": "Art. 34.3, not read", "es": "artículo 34.3, no leído", "fr": "article 34.3, non lu"}
EXTENDED = "2027-07-01 all confirm"


def _asked(day: str, *lines: str, reading: str = "") -> rc.Question:
    return question(date.fromisoformat(day), chosen(reading.split())).assume(*lines)


# lines, reading, day; first day without it, whether by amendment, the extension, the next review and how it is known
ANSWERS = [
    ((A_YEAR,), "", "2027-01-31", "2036-07-01", False, None, "2027-07-01 inferred"),
    ((A_YEAR,), "", "2027-03-01", "2037-07-01", True, None, "2027-07-01 inferred"),
    ((A_YEAR,), "term_ends=end_of_day", "2027-03-01", "2037-07-02", True, None, "2027-07-01 inferred"),
    ((A_YEAR,), "", "2036-07-02", "2037-07-01", True, None, ""),
    ((A_YEAR,), "", "2037-07-01", "2037-07-01", True, None, ""),
    ((A_REVIEW,), "", "2027-03-01", "2036-07-01", False, None, "2027-10-01 set"),
    ((A_REVIEW,), "", "2027-10-01", "2036-07-01", False, None, "2028-07-01 inferred"),
    (("2027-02-01 amendment sets term end 2027-05-01",), "", "2027-03-01", "2027-05-01", True, None, ""),
    # extended afterwards: the confirmation counts, and the amendment gives the end no more
    ((A_YEAR, "2029-03-15 all confirm"), "", "2029-03-15", "2045-03-15", False, "2045-03-15", "2035-03-15 by_law"),
    ((A_YEAR, "2029-03-15 all confirm"), "extension_runs_from=term_end", "2029-03-15", "2053-07-01", True,
     "2053-07-01", "2035-03-15 by_law"),
    # extended before: to what it was, and the end is the amended one
    ((EXTENDED, "2028-02-01 amendment sets term end 2044-07-01"), "", "2028-03-01", "2044-07-01", True, "2043-07-01",
     "2033-07-01 by_law"),
    # two leave: it ends by that
    ((A_YEAR, "2027-03-01 us gives notice", "2027-03-01 ca gives notice"), "", "2027-03-01", "2027-09-01", False, None,
     "2027-07-01 inferred"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "reading", "day", "ends", "amended", "extended", "review"), ANSWERS)
def test_the_answer(
    lines: tuple[str, ...], reading: str, day: str, ends: str, amended: bool, extended: str | None, review: str
) -> None:
    answer = _asked(day, *lines, reading=reading).answer
    assert answer.ends is not None
    assert (answer.ends.date.isoformat(), answer.ends.amended) == (ends, amended)
    assert answer.ends.because == ("withdrawals" if ends == "2027-09-01" else "term")
    assert (answer.extended.to.isoformat() if answer.extended else None) == extended
    ahead = answer.next_review
    assert (f"{ahead.date} {ahead.day_is}" if ahead else "") == review
    assert ahead is None or ahead.amended == (ahead.day_is == "set")


def test_the_answer_lists_what_is_assumed_up_to_its_day_with_the_article_and_how_it_was_read() -> None:
    asked = _asked("2027-03-01", A_YEAR, A_REVIEW, "2030-01-10 amendment sets term end 2040-01-01")
    assert asked.answer.amended == (
        Amended(on=date(2027, 2, 1), sets="term_end", day=date(2037, 7, 1), provision="Art. 34.3", read="unverified"),
        Amended(on=date(2027, 2, 1), sets="next_review", day=date(2027, 10, 1)),
    )
    assert LAW.authorities.by_cite["Art. 34.3"].read == "unverified", "if it was read, the words are to change"
    assert question(date(2027, 3, 1)).answer.amended == ()


def test_once_an_amendment_set_the_end_no_reading_of_the_extension_gives_another() -> None:
    """R1 parts 2043 from 2052; an amended end is one day under both."""
    before = _asked("2027-07-01", EXTENDED).answer.extended
    asked = _asked("2028-03-01", EXTENDED, "2028-02-01 amendment sets term end 2044-07-01")
    assert before is not None
    assert OtherEnd(key="extension_runs_from", value="term_end", date=date(2052, 7, 1)) in before.other_readings
    assert asked.answer.extended is not None
    assert [other.date for other in asked.answer.extended.other_readings if other.date] == []
    assert asked.answer.ends is not None
    assert (asked.answer.ends.earliest, asked.answer.ends.latest) == (date(2044, 7, 1), date(2044, 7, 2))
    assert "2052" not in headline(asked.answer, wording("en")).title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wherever_an_amended_day_is_said_it_is_said_that_the_article_was_not_read(lang: str) -> None:
    words = wording(lang)
    answer = _asked("2027-03-01", A_YEAR, A_REVIEW).answer
    said, page = headline(answer, words), verdict(answer, words)
    until, review = words.day(date(2037, 7, 1)), words.day(date(2027, 10, 1))
    for text in (said.extended, said.title, said.next_review, said.review_short, said.badge):
        assert NOT_READ[lang] in text
        assert until in text or review in text
    marks = (NOT_READ[lang], NOT_READ[lang].replace(", ", " (", 1) + ")")
    for text in (page.second, *(fact.note for fact in page.facts if fact.value in (until, review))):
        assert any(mark in text for mark in marks), text
    over = verdict(_asked("2037-08-01", A_YEAR).answer, words)
    assert NOT_READ[lang] in over.sooner
    assert words("verdict.over_term") not in over.sooner


def test_the_sentences_stand_in_the_order_of_their_days() -> None:
    later = _asked("2028-03-01", EXTENDED, "2028-02-01 amendment sets term end 2044-07-01")
    assert headline(later.answer, wording("en")).extended == (
        "It was extended on July 1, 2027, to July 1, 2043. An amendment of February 1, 2028 is assumed to set the end "
        "of its term on July 1, 2044 (Art. 34.3, not read)."
    )


def test_deadlines_rest_on_it_less_surely_and_their_steps_name_it() -> None:
    found = {each.id: each for each in _asked("2027-03-01", A_YEAR, A_REVIEW).all_deadlines}
    end, review, later = (found[f"treaty.{each}"] for each in ("term.end.1", "review.annual.1-2", "review.annual.1-11"))
    assert (end.date, end.day_is, end.certainty, end.confidence) == (date(2037, 7, 1), "set", "scheduled", "unverified")
    assert (review.date, review.day_is, review.confidence) == (date(2027, 10, 1), "set", "unverified")
    assert later.date == date(2036, 7, 1)
    assert later.confidence != "unverified", "counted by the anniversary, as without the amendment"
    # 19 U.S.C. 4611: 270 days before the meeting, wherever an amendment puts it
    assert found["us.611.notice.1-2"].date == date(2027, 1, 4)
    assert found["us.611.notice.1-2"].confidence == "unverified"


def test_a_feed_of_the_scenario_carries_it() -> None:
    text = rc.feed(_asked("2027-03-01", A_YEAR), "everything", "en").replace(b"\r\n ", b"").decode("utf-8")
    events = text.split("BEGIN:VEVENT")
    end = next(each for each in events if "UID" in each and ".treaty.term.end.1." in each)
    assert "DTSTART;VALUE=DATE:20370701" in end
    assert "set by an amendment\\, Art. 34.3 (not read)" in end
    assert "not yet verified against the official page" in end


def test_commands_carry_it(run: Run) -> None:
    told = run("whatif", "--assume", A_YEAR, "--as-of", "2027-03-01", "--format", "json")
    document = json.loads(told.stdout)
    assert document["status"]["term"] == {"start": "2020-07-01", "end": "2037-07-01", "amended": True}
    assert document["status"]["answer"]["amended"] == [
        {"on": "2027-02-01", "sets": "term_end", "day": "2037-07-01", "provision": "Art. 34.3", "read": "unverified"}
    ]
    assert ("term_end_amended", "2037-07-01") in {(row["event"], row["term_end"]) for row in document["timeline"]}
    assert "Art. 34.3" in run("graph").stdout


@pytest.mark.parametrize("act", ["amendment sets term end 2027-02-01", "amendment sets next review 2036-07-01"])
def test_a_refusal_is_one_line_with_the_article(run: Run, act: str) -> None:
    told = run("whatif", "--assume", f"2027-02-01 {act}")
    assert told.exit_code == 2
    assert told.stderr.count("\n") == 1
    assert "(Art. 34.3)" in told.stderr


def test_a_comparison_marks_the_column(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a-year.toml"
    file.write_text(f'[[assume]]\nact = "{A_YEAR}"\n', encoding="utf-8")
    told = run("compare", "record", str(file), "--as-of", "2026-11-24", "--format", "md")
    row = next(line for line in told.stdout.splitlines() if "2037-07-01" in line)
    assert row.count("2037-07-01; amended, Art. 34.3 (not read)") == 1
    assert row.split("|")[2].strip() == "2036-07-01"


def test_outlook_and_explore_start_from_the_amended_term() -> None:
    """Nobody confirms and nobody leaves: in force on the last day of the amended term, and not on the day after."""
    asked = _asked("2027-03-01", A_YEAR)
    years = {
        each.year: each for each in rc.outlook(asked, confirm={"us": "0", "ca": "0", "mx": "0"}, horizon=2038).years
    }
    assert (years[2036].in_force, years[2037].in_force) == (1, 0)
