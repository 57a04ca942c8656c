"""What is assumed, side by side: the position by the record alone and under the hypothesis, what differs marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from review_clock.files import LANGUAGES
from review_clock.words.wording import wording

Run = Callable[..., Result]
NOTICE = ("whatif", "--assume", "2027-10-01 us gives notice")
AHEAD = (*NOTICE, "--as-of", "2026-11-24")


def _told(run: Run, *args: str) -> str:
    done = run(*args)
    assert done.exit_code == 0, done.output
    return done.stdout


def _table(text: str, lang: str = "en") -> dict[str, list[str]]:
    """The rows of the first table in Markdown, by name; a mark stays in it."""
    words = wording(lang)
    start = text.index(f"| {words('compare.fact')} ")
    cells = [
        [cell.strip().replace("\\", "") for cell in line.strip("|").split("|")]
        for line in text[start:].split("\n\n")[0].splitlines()[2:]
    ]
    return {name: values for name, *values in cells}


def test_a_notice_that_runs_is_a_change_of_the_position(run: Run) -> None:
    rows = _table(_told(run, *NOTICE, "--as-of", "2027-12-01", "--format", "md"))
    assert rows["* Withdrawals"] == [
        "no notice recorded",
        "United States: notice 2027-10-01, takes effect 2028-04-01",
    ]
    assert [name for name in rows if name.startswith("*")] == ["* Withdrawals"]
    assert rows["Parties"][0] == rows["Parties"][1] == "Canada, Mexico, United States"


def test_a_notice_taken_back_is_seen_beside_the_record(run: Run) -> None:
    """Before it is taken back it was once said that nothing changed; after that, that no notice was recorded."""
    back = (*NOTICE, "--assume", "2028-03-31 us rescinds notice", "--as-of", "2027-12-01", "--format", "md")
    text = _told(run, *back)
    first, second = text.index("On March 31, 2028, by the record"), text.index("On December 1, 2027, by the record")
    assert first < second
    ran = "United States: notice 2027-10-01, takes effect 2028-04-01"
    gone = "United States: notice 2027-10-01, taken back on 2028-03-31"
    assert _table(text[first:second])["* Withdrawals"] == ["no notice recorded", gone]
    assert _table(text[second:])["* Withdrawals"] == ["no notice recorded", ran], "on the day asked for the notice runs"


@pytest.mark.parametrize(
    ("lang", "row", "said"),
    [
        ("en", "Withdrawals", "United States: notice 2027-01-15, taken back on 2027-05-01"),
        ("es", "Denuncias", "Estados Unidos: notificación 2027-01-15, retirada el 2027-05-01"),
        ("fr", "Retraits", "États-Unis\u00a0: avis 2027-01-15, révoqué le 2027-05-01"),
    ],
)
def test_a_notice_that_was_given_and_taken_back_is_never_none_recorded(
    run: Run, lang: str, row: str, said: str
) -> None:
    lines = ("--assume", "2027-01-15 us gives notice", "--assume", "2027-05-01 us rescinds notice")
    asked = ("whatif", *lines, "--as-of", "2029-01-01", "--format", "md", "--lang", lang)
    assert _table(_told(run, *asked), lang)[f"* {row}"][1] == said


def test_a_party_that_confirmed_an_extension_and_left_is_said_to_have_left(run: Run) -> None:
    lines = ("--assume", "2027-03-01 us gives notice", "--assume", "2027-07-01 all confirm")
    rows = _table(_told(run, "whatif", *lines, "--as-of", "2027-09-01", "--format", "md"))
    assert rows["* United States"][1] == "no longer bound"
    assert rows["* Canada"][1] == "confirmed the extension (2027-07-01)"


def test_an_extension_moves_term_end_review_and_parties(run: Run) -> None:
    rows = _table(_told(run, "whatif", "--assume", "2029-03-15 all confirm", "--as-of", "2026-11-24", "--format", "md"))
    marked = {name.removeprefix("* "): rows[name] for name in rows if name.startswith("*")}
    assert marked["Phase"] == ["annual reviews", "six-year cycle"]
    assert marked["Under"] == ["Art. 34.7(4)", "Art. 34.7(5)"]
    assert marked["Term"] == ["2020-07-01 to 2036-07-01", "2029-03-15 to 2045-03-15"]
    assert marked["Extended on"] == ["–", "2029-03-15: to 2045-03-15"]
    assert marked["Last day in force"] == ["2036-06-30", "2045-03-14"]
    assert marked["Next joint review"][1].startswith("2035-03-15 (six-year joint review; no later than this day)")
    assert {"Canada", "Mexico", "United States"} <= set(marked)
    assert rows["Withdrawals"] == ["no notice recorded"] * 2


def test_a_position_after_the_end_stands_beside_one_before_it(run: Run) -> None:
    """Rows that only one side has are a dash on the other."""
    lines = ("--assume", "2027-01-15 us gives notice", "--assume", "2027-09-01 mx gives notice")
    rows = _table(_told(run, "whatif", *lines, "--as-of", "2029-01-01", "--format", "md"))
    assert rows["* Canada"][1] == rows["* Next joint review"][1] == "–"
    assert rows["* Last day in force"] == ["2036-06-30", "2028-02-29"]
    assert rows["* How it ends"][1] == "too few Parties are left"


def test_what_lies_ahead_changes_nothing_on_the_day_asked_for(run: Run) -> None:
    text = _told(run, *AHEAD)
    assert text.index("On October 1, 2027, by the record alone") < text.index(
        "On November 24, 2026 the position is the"
    )
    assert "\nPhase              annual reviews" in text


def test_brief_gives_what_differs_and_how_many_dates(run: Run) -> None:
    text = _told(run, *AHEAD, "--brief")
    assert text.count("no notice recorded") == 1
    assert "Phase" not in text
    assert "* Withdrawals" in text
    assert text.rstrip().splitlines()[-1].startswith("What changes against the record: appears: 6")


def test_nothing_that_differs_is_said_so(run: Run) -> None:
    text = _told(run, "whatif", "--scenario", "status-quo", "--as-of", "2026-11-24", "--brief")
    assert "the position is the same as by the record alone" in text
    assert "* " not in text


def test_readings_chosen_are_named_and_hold_for_both_sides(run: Run) -> None:
    text = _told(run, *AHEAD, "--reading", "term_ends=end_of_day", "--format", "md")
    assert _table(text)["Last day in force"] == ["2036-07-01", "2036-07-01"]
    assert re.search(r"Readings other than the default: .*the anniversary itself", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_columns_are_named_in_each_language(run: Run, lang: str) -> None:
    words, text = wording(lang), _told(run, "--lang", lang, *AHEAD, "--format", "md")
    head = text[text.index(f"| {words('compare.fact')} ") :].splitlines()[0]
    assert [cell.strip() for cell in head.strip("|").split("|")] == [
        words("compare.fact"),
        words("compare.record"),
        words("compare.hypothesis"),
    ]
    assert f"* {words('status.withdrawals')}" in _table(text, lang)


def _document(run: Run, *args: str) -> Any:
    return json.loads(_told(run, *args, "--format", "json"))


def test_json_has_the_two_positions_of_the_day_when_all_is_done(run: Run) -> None:
    found = _document(run, *AHEAD)
    assert found["status"]["as_of"] == "2026-11-24"
    assert found["before"]["as_of"] == found["after"]["as_of"] == "2027-10-01"
    assert found["before"]["withdrawals"] == found["before"]["assumed"] == []
    assert [each["effective"] for each in found["after"]["withdrawals"]] == ["2028-04-01"]
    alone = _document(run, "status", "--as-of", "2027-10-01")
    assert found["before"] == {key: value for key, value in alone.items() if key != "provenance"}
    later = _document(run, *NOTICE, "--as-of", "2028-05-01")
    assert later["after"] == later["status"]


def test_all_readings_are_not_written_as_markdown(run: Run) -> None:
    done = run("--lang", "fr", *AHEAD, "--all-readings", "--format", "md")
    assert done.exit_code == 2
    assert "--all-readings va sans --format md" in done.stderr
