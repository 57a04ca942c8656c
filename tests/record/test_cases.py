"""A case of one's own: a matter, a rule of the law, the day from which it is counted. Each date is counted by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from review_clock.files import BadData, Error
from review_clock.questions.question import Question, ask
from review_clock.record.ledger import Record
from tests.frozen import LAW

Run = Callable[..., Result]

ACME = """
[[case]]
id = "case-acme"
matter = "Acme, plant 2"
rule = "us.716.facility-review"
trigger = 2027-02-03
who = "ana"
remind = [14, 3]
recorded_on = 2027-02-04
recorded_by = "ana"
"""
# 30 days from 3 February, the day itself left out, is Friday 5 March 2027; 14 days before it Friday 19 February, three
# days before it Tuesday 2 March.
DUE = date(2027, 3, 5)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "firm.toml"
    path.write_text(ACME, encoding="utf-8")
    return path


def _asked(path: Path, as_of: date, known_on: date | None = None, **readings: str) -> Question:
    return ask(as_of, law=LAW, record=Record.shipped().with_file(path), readings=readings, known_on=known_on)


def _own(question: Question) -> dict[str, date]:
    return {each.id: each.date for each in question.all_deadlines if each.is_own}


# -------------------------------------------------------------------------------------------------- what it makes


def test_its_date_and_its_reminders_stand_among_the_deadlines_under_its_matter(mine: Path) -> None:
    question = _asked(mine, date(2027, 2, 10))
    stem = "us.716.facility-review.case-acme"
    assert _own(question) == {
        stem: DUE,
        f"{stem}.reminder-14": date(2027, 2, 19),
        f"{stem}.reminder-3": date(2027, 3, 2),
    }
    its = {each.id: each for each in question.all_deadlines if each.is_own}
    assert all(each.title.en.startswith("Acme, plant 2 – ") for each in its.values())
    due, reminder = its[stem], its[f"{stem}.reminder-3"]
    assert (due.certainty, due.days_left, due.bound) == ("fixed", 23, "within")
    assert due.actor == "us.labor-committee"  # the duty is not ana's: the law lays it on the committee
    assert "ana" in due.actor_name.es
    assert (reminder.actor, reminder.who_kind, reminder.kind) == ("ana", "own", "internal")
    assert [step.day for step in due.derivation.steps] == [date(2027, 2, 3), DUE]
    assert "case_day" in due.would_move
    assert [(each.what, each.by, each.on) for each in due.changes] == [("appeared", "case", date(2027, 2, 3))]


def test_a_reminder_goes_back_to_an_office_day_and_the_laws_own_date_does_not(tmp_path: Path) -> None:
    """10 days before 1 January 2028 is Wednesday 22 December 2027; 31 days before that is Sunday 21 November, the last
    working day before it Friday the 19th. In a year in which the date itself is a Sunday, it stays there."""
    path = tmp_path / "m.toml"
    block = '[[case]]\nid="{id}"\nmatter="B"\nrule="{rule}"\ntrigger={day}\nremind=[{n}]\nrecorded_on=2026-11-20\n'
    path.write_text(
        block.format(id="c-1", rule="origin.averaging-election", day="2028-01-01", n=31)
        + block.format(id="c-2", rule="us.716.facility-review", day="2026-11-20", n=1),
        encoding="utf-8",
    )
    found = _own(_asked(path, date(2026, 11, 20)))
    assert found["origin.averaging-election.c-1"] == date(2027, 12, 22)
    assert found["origin.averaging-election.c-1.reminder-31"] == date(2027, 11, 19)
    assert found["us.716.facility-review.c-2"] == date(2026, 12, 20)  # a Sunday
    assert found["us.716.facility-review.c-2.reminder-1"] == date(2026, 12, 18)  # Saturday 19 → Friday 18


def test_an_office_is_asked_for_its_own_holidays(tmp_path: Path) -> None:
    """Thursday 11 November 2027 is Veterans Day in the United States and Remembrance Day in Canada, and no holiday of
    Mexico's offices."""
    path = tmp_path / "m.toml"
    for office, day in (("us", date(2027, 11, 10)), ("mx", date(2027, 11, 11))):
        path.write_text(
            '[[case]]\nid="c"\nmatter="B"\nrule="treaty.rapid-response.reply"\ntrigger=2027-11-02\nremind=[1]\n'
            f'office="{office}"\nrecorded_on=2027-11-03\n',
            encoding="utf-8",
        )
        assert _own(_asked(path, date(2027, 11, 3)))["treaty.rapid-response.reply.c.reminder-1"] == day


def test_a_day_that_is_still_ahead_may_be_moved_by_whoever_sets_it(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(
        '[[case]]\nid="c"\nmatter="B"\nrule="origin.averaging-election"\ntrigger=2028-01-01\nrecorded_on=2026-11-20\n',
        encoding="utf-8",
    )
    assert [d.certainty for d in _asked(path, date(2026, 11, 20)).all_deadlines if d.is_own] == ["announced"]
    clear = _asked(path, date(2026, 11, 20), at_least_days_before="clear_days")
    assert _own(clear)["origin.averaging-election.c"] == date(2027, 12, 21)


def test_after_the_agreements_end_it_is_contingent_and_not_gone(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(
        '[[case]]\nid="c"\nmatter="B"\nrule="treaty.investment.local-courts"\ntrigger=2035-06-01\n'
        "recorded_on=2026-11-20\n",
        encoding="utf-8",
    )
    (each,) = (each for each in _asked(path, date(2026, 11, 20)).all_deadlines if each.is_own)
    assert (each.date, each.certainty) == (date(2037, 12, 1), "contingent")
    assert each.condition is not None
    assert each.condition.name == "if_it_outlasts"


def test_a_firms_rule_hangs_on_the_cases_of_a_rule(mine: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "rules.toml").write_text(
        '[[firm]]\nid = "draft"\nafter = "us.716.facility-review"\noffset = "-P1W"\ntitle = "Draft to the partner"\n',
        encoding="utf-8",
    )
    done = run("--record", mine, "--calendars", folder, "next", "--as-of", "2027-02-10", "--within", "60d")
    assert "2027-02-26 · 16 days · Acme, plant 2 – Draft to the partner" in done.stdout


def test_on_both_axes(mine: Path) -> None:
    stem = "us.716.facility-review.case-acme"
    for as_of, known_on, there in (
        (date(2027, 2, 2), None, False),  # before the petition
        (date(2027, 2, 3), None, True),  # the record as it stands now, of the day of the petition
        (date(2027, 2, 3), date(2027, 2, 3), False),  # nobody had entered it
        (date(2027, 2, 3), date(2027, 2, 4), True),
    ):
        assert (stem in _own(_asked(mine, as_of, known_on))) is there


# ---------------------------------------------------------------------------------------------------- the commands


def test_a_case_is_added_listed_taken_back_and_replaced(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("# ours\n", encoding="utf-8")
    add = ("case", "add", "us.716.facility-review", "--trigger", "2026-11-20", "--matter", "Acme", "--to", mine)
    done = run("--record", mine, *add, "--who", "ana", "--by", "ben", "--remind", "7", "--remind", "1", "--id", "c-1")
    assert done.exit_code == 0
    assert "2026-12-20" in done.stdout  # the date that it makes is said at once
    assert mine.read_text(encoding="utf-8").startswith("# ours\n\n[[case]]\n")
    assert (
        run(
            *("--record", mine, "case", "add", "us.716.facility-review", "--trigger", "2026-11-21", "--matter", "Acme"),
            *("--replaces", "c-1", "--reason", "Stamped a day later.", "--id", "c-2"),
        ).exit_code
        == 0
    )
    found = json.loads(run("--record", mine, "case", "list", "--as-of", "2026-12-01", "--format", "json").stdout)
    first, second = found["cases"]
    assert (first["id"], first["retracted"]["reason"]) == ("c-1", "Stamped a day later.")
    assert (second["id"], second["retracted"], second["deadline"]["date"]) == ("c-2", None, "2026-12-21")
    assert (first["recorded_by"], first["remind"]) == ("ben", [7, 1])
    listed = run("--record", mine, "record", "list", "--own").stdout
    assert "c-1" in listed
    assert "Stamped a day later." in " ".join(listed.split())
    assert run("--record", mine, "record", "retract", "c-2", "--reason", "Settled.").exit_code == 0
    ahead = run("--record", mine, "next", "--within", "400d", "--format", "json")
    assert not [row for row in json.loads(ahead.stdout)["deadlines"] if row["case"]]


@pytest.mark.parametrize("form", ["text", "csv", "md"])
def test_the_list_says_matter_date_who_and_what_it_is_counted_from(run: Run, mine: Path, form: str) -> None:
    done = run("--record", mine, "case", "list", "--as-of", "2027-02-10", "--format", form)
    for said in ("Acme, plant 2", "2027-03-05", "23", "ana"):
        assert said in done.stdout
    if form == "csv":
        (row,) = csv.DictReader(io.StringIO(done.stdout))
        assert list(row.values())[:2] == ["2027-03-05", "23"]


def test_the_rules_of_cases_have_a_citation_and_say_what_they_are_counted_from(run: Run) -> None:
    rules = json.loads(run("case", "rules", "--format", "json").stdout)["rules"]
    assert {row["rule"] for row in rules} == {rule.id for rule in LAW.rules if rule.counted_from == "case"}
    assert all(row["authority"] and row["counted_from"] for row in rules)
    said = " ".join(run("--lang", "fr", "case", "rules", "--search", "rapide").stdout.split())
    assert "treaty.rapid-response.reply" in said
    assert "us.104" not in said


def test_who_and_kind_of_ones_own_take_the_cases_too(run: Run, mine: Path) -> None:
    for option in (("--who", "own"), ("--kind", "internal")):
        done = run("--record", mine, "deadlines", "--as-of", "2027-02-10", *option, "--format", "csv")
        ids = {row["id"] for row in csv.DictReader(io.StringIO(done.stdout))}
        stem = "us.716.facility-review.case-acme"
        assert ids == {stem, f"{stem}.reminder-14", f"{stem}.reminder-3"}


# ------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("us.716.facilty-review",), "did you mean us.716.facility-review?"),
        (("us.611.notice",), "'us.611.notice' is not a rule that is counted from a case"),
        (("us.104", "--remind", "0"), "--remind: '0' is not accepted (accepted: a whole number from 1 to 366)"),
        (("us.104", "--office", "uk"), "--office: 'uk' is not known"),
        (("us.104", "--replaces", "c-1"), "--replaces and --reason go together"),
    ],
)
def test_what_is_no_case_is_refused_and_nothing_written(
    run: Run, tmp_path: Path, more: tuple[str, ...], message: str
) -> None:
    done = run("case", "add", *more, "--trigger", "2027-02-03", "--matter", "Acme", "--to", tmp_path / "new.toml")
    assert done.exit_code == 2
    assert message in done.stderr
    assert not (tmp_path / "new.toml").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('rule = "us.716.facility-review"', 'rule = "us.716.facilty"', ".rule: 'us.716.facilty' is not a rule"),
        ("recorded_on = 2027-02-04", "", "case[1].recorded_on: is missing"),
        (
            "remind = [14, 3]",
            "remind = [14, 900]",
            "case[1].remind[1]: 900 is not known (accepted: a whole number from 1 to 366)",
        ),
        ('who = "ana"', 'whom = "ana"', "case[1].whom: is not a key of this table (accepted: who"),
        ("trigger = 2027-02-03", "trigger = 2150-01-01", "2100"),
    ],
)
def test_a_case_in_a_file_is_read_key_by_key(mine: Path, old: str, new: str, message: str) -> None:
    mine.write_text(ACME.replace(old, new), encoding="utf-8")
    with pytest.raises((BadData, Error)) as refused:
        _asked(mine, date(2027, 2, 10))
    assert message in str(refused.value)


def test_the_same_case_in_two_files_is_one_and_another_under_its_id_is_refused(mine: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    told = ACME.replace('recorded_by = "ana"', 'recorded_by = "ben"\noffice = "us"').replace("[14, 3]", "[30, 3]")
    other.write_text(told.replace('who = "ana"\n', ""), encoding="utf-8")
    for files in ((mine, other), (other, mine)):
        (case,) = Record.shipped().with_file(*files).cases
        assert (case.who, case.office, case.remind) == ("ana", "us", (30, 14, 3))
    mine.write_text(ACME + 'office = "us"\n', encoding="utf-8")
    told = told.replace('recorded_by = "ben"', "")
    for name, value in (("who", "ana"), ("office", "us")):
        other.write_text(told.replace(f'{name} = "{value}"', f'{name} = "mx"'), encoding="utf-8")
        with pytest.raises(BadData, match=rf"^other.toml: .*\.{name}: contradicts firm.toml: .*'mx' is not '{value}'"):
            Record.shipped().with_file(mine, other)
    other.write_text(ACME.replace("Acme, plant 2", "Acme, plant 3"), encoding="utf-8")
    with pytest.raises(BadData, match="the id is taken"):
        Record.shipped().with_file(mine, other)


def test_a_dry_run_shows_the_case(run: Run, tmp_path: Path) -> None:
    done = run(
        *(
            "case",
            "add",
            "us.104",
            "--trigger",
            "2026-11-20",
            "--matter",
            'A "quoted" name',
            "--to",
            tmp_path / "n.toml",
        ),
        "--dry-run",
    )
    assert 'matter = "A \\"quoted\\" name"' in done.stdout
    assert not (tmp_path / "n.toml").exists()


def test_a_case_is_shown_to_be_met_in_the_file_that_is_written_to(run: Run, tmp_path: Path) -> None:
    """The file need not stand before the command: `--to` names it."""
    mine, folder = tmp_path / "m.toml", tmp_path / "office"
    folder.mkdir()
    (folder / "rules.toml").write_text(
        '[[firm]]\nid = "draft"\nafter = "us.104"\noffset = "-P1W"\ntitle = "Draft"\n', encoding="utf-8"
    )
    assert (
        run("case", "add", "us.104", "--trigger", "2026-11-01", "--matter", "M", "--id", "c", "--to", mine).exit_code
        == 0
    )
    done = run(
        *("--calendars", folder, "record", "add", "2026-11-20 note", "--to", mine, "--source", "x"),
        *("--fulfils", "us.104.c", "--fulfils", "draft.c"),
    )
    assert done.exit_code == 0, done.stderr
    found = json.loads(run("--record", mine, "case", "list", "--format", "json").stdout)["cases"]
    assert found[0]["deadline"]["outcome"] == "done"
    checked = run("--record", mine, "--calendars", folder, "check", "--as-of", "2026-11-24")
    assert checked.exit_code == 0, checked.stdout  # finding B1


def test_a_file_of_cases_alone_is_named_as_a_record_of_ones_own(tmp_path: Path) -> None:
    """What an answer says of itself names every file that it rests on."""
    file = tmp_path / "cases.toml"
    file.write_text(
        '[[case]]\nid = "case-1"\nmatter = "Acme"\nrule = "us.716.facility-review"\ntrigger = 2027-02-03\n'
        "recorded_on = 2026-11-24\n",
        encoding="utf-8",
    )
    assert Record.shipped().with_file(file).own_files == ("cases.toml",)
