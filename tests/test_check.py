"""`check` passes on what ships and fails, naming the place, on more than twenty kinds of broken data.

What ships is here the frozen data, beside the words that ship: news breaks none of this.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from review_clock.check.checked import check
from review_clock.check.finding import is_error
from review_clock.check.tree import Tree
from review_clock.files import LANGUAGES
from tests.frozen import DATA, LAW, RECORD

Run = Callable[..., Result]
AS_OF = "2026-11-23"
ROOT = Path(__file__).resolve().parents[1]

# file, what stands there, what is put in its place, what the finding must name
BROKEN = [
    ("law/deadlines.toml", 'id = "us.611.notice"', 'id = "us.611.report"', "us.611.report stands twice"),
    ("law/deadlines.toml", "days = -270", "weeks = -38", "is not a way to count"),
    ("law/deadlines.toml", 'bound = "at_least"', 'bound = "roughly"', "'roughly' is not known"),
    ("law/deadlines.toml", 'actor = "us.ustr"', 'actor = "us.ustrr"', "'us.ustrr' is not known (accepted: us.ustr"),
    ("law/deadlines.toml", '"19 U.S.C. 4611(c)(1)", ', '"19 U.S.C. 9999", ', "'19 U.S.C. 9999' is not in authorities"),
    ("law/deadlines.toml", 'counted_from = "mexico_consultation"', 'counted_from = "mex"', "'mex' is not known"),
    ("law/deadlines.toml", 'reviews = ["annual"]', 'reviews = ["yearly"]', "'yearly' is not known"),
    ("law/deadlines.toml", 'title.fr = "Examen conjoint annuel"', "", "title.fr: is missing"),
    ("law/deadlines.toml", "every = { years = 1 }", "every = { years = 0 }", "is not a span"),
    ("law/deadlines.toml", 'words = "On the sixth anniversary"', f'words = "{"word " * 26}"', "has 26 words"),
    ("law/deadlines.toml", 'parties = ["ca", "mx"]', 'parties = ["ca", "br"]', "parties"),
    ("law/deadlines.toml", 'only = "agreement_goes_on"', 'only = "it_ends"', "agreement_goes_on"),
    ("law/deadlines.toml", 'counted_from = "exit_us"', 'counted_from = "exit_us"\nparties = ["ca"]',
     "parties: goes only with a withdrawal"),
    ("law/deadlines.toml", 'reviews = ["annual"]', 'reviews = ["annual"]\nconfidence_between = "unverified"',
     "confidence_between: goes only with a review after an extension"),
    ("law/deadlines.toml", "annual=no", "annual=never", "is not a reading and its value"),
    ("law/deadlines.toml", 'kind = "briefing"', 'kind = "briefing"\ncolour = "red"', "colour: is not a key"),
    ("law/authorities.toml", 'read = "unverified"', 'read = "heard"', "'heard' is not known"),
    ("law/authorities.toml", 'cite = "Art. 34.6"', 'cite = "Art. 34.5"', "Art. 34.5 stands twice"),
    ("law/readings.toml", 'key = "term_ends"', 'key = "term_stops"', "term_ends stands 0 times"),
    ("law/readings.toml", 'values = ["persist", "fresh"]', 'values = ["persist", "new"]', "choices.new: is missing"),
    ("record/usmca.toml", "verified_on = 2026-10-08", "", "verified_on: is missing"),
    ("record/usmca.toml", 'act = "review_held"', 'act = "review_happened"', "'review_happened' is not known"),
    ("record/usmca.toml", "on = 2020-07-01", "on = 2020-07-32", "is not valid TOML"),
    ("record/usmca.toml", 'party = "us"\nmisses', 'party = "uk"\nmisses', "'uk' is not known (accepted: ca, mx, us)"),
    ("record/usmca.toml", 'id = "E50"', 'id = "E47"', "the id is taken"),
    ("record/usmca.toml", '["us.611.notice.1-1"]', '["us.612.notice"]', "'us.612.notice' is not a deadline"),
    ("record/usmca.toml", 'marks = "enactment"', 'marks = "enacted"', "'enacted', which no rule can be counted from"),
    ("record/usmca.toml", "on = 2027-04-22", "on = 2027-04-23", "which the rules put on 2027-04-22"),
    ("record/usmca.toml", 'act = "non_confirmation"\nparty = "us"', 'act = "withdrawal_rescinded"\nparty = "us"',
     "no notice of withdrawal by this Party runs"),
    ("words/es.toml", 'done = "cumplida"\n', "", "outcome.done is missing"),
    ("words/fr.toml", "Il reste {days} en date du {day}.", "Il reste {days}.",
     "verdict.act_left does not have the placeholders"),
    ("words/fr.toml", 'past = "passée"', 'past = ""', "certainty.past is empty"),
    ("calendars/everything.toml", "default = [30, 7, 1]", 'default = ["soon"]', "is not a list of days"),
    ("calendars/everything.toml", "\n[choose]\n", '\n[choose]\nkind = ["parties"]\n', "'parties' is not known"),
    ("law/jurisdictions.toml", 'party = "US"', 'party = "UK"', "'UK' is not known (accepted: CA, MX, US"),
    ("law/actors.toml", 'id = "us.ustr"', 'id = "us.committees"', "us.committees stands twice"),
    ("futures/prepared.toml", 'us = "1/2"', 'us = "2"', "setting[1].confirm: 'us=2': 2 is more than 1"),
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def ships(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that stands for the data that ship, laid out as one for --data."""
    folder = tmp_path_factory.mktemp("ships")
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates" / "words", folder / "words", dirs_exist_ok=True)
    (folder / "futures").mkdir()
    shutil.copy(ROOT / "review_clock" / "futures" / "prepared.toml", folder / "futures")

    def files(package: str) -> Path:
        room = package.removeprefix("review_clock.")
        return folder if room == "templates" else folder / room

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("review_clock.check.tree.files", files)
        yield folder


def _changed(ships: Path, data: Path, name: str, before: str, after: str) -> None:
    """The file of that name in `data`, as it ships but for the first `before`."""
    text = (ships / name).read_text(encoding="utf-8")
    assert before in text
    (data / name).parent.mkdir(parents=True, exist_ok=True)
    (data / name).write_text(text.replace(before, after, 1), encoding="utf-8")


def _counted(rules: int) -> str:
    return f"{rules} rules, {len(RECORD.entries)} events, {len(LANGUAGES)} languages."


def test_check_passes_on_what_ships(run: Run) -> None:
    done = run("check", "--as-of", AS_OF)
    assert done.exit_code == 0
    assert f"All checks passed: {_counted(len(LAW.rules))}" in done.output
    assert f"{len(LAW.catalogue.withheld)} rules withheld: treaty.amendment" in done.output


@pytest.mark.parametrize(("name", "before", "after", "message"), BROKEN, ids=[row[3] for row in BROKEN])
def test_check_names_the_place_of_broken_data(
    run: Run, ships: Path, tmp_path: Path, name: str, before: str, after: str, message: str
) -> None:
    _changed(ships, tmp_path, name, before, after)
    done = run("check", "--as-of", AS_OF, "--data", tmp_path)
    assert done.exit_code == 1
    errors = [line for line in done.output.splitlines() if line.startswith("error: ")]
    assert any(message in line and name.split("/")[-1] in line for line in errors), done.output


def test_there_are_more_than_twenty_kinds() -> None:
    assert len({message for _name, _before, _after, message in BROKEN}) >= 20


def test_every_file_that_ships_is_read(ships: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, text = set(), Tree.text

    def asking(tree: Tree, name: str) -> str:
        asked.add(name)
        return text(tree, name)

    monkeypatch.setattr(Tree, "text", asking)
    assert check((), date(2026, 11, 23)).passed
    found = {
        str(path.relative_to(ships))
        for room in ("futures", "law", "record", "words")
        for path in ships.glob(f"{room}/*")
    }
    assert asked == found
    assert {name for name, *_ in BROKEN} - {"calendars/everything.toml"} <= found


RULE = 'id = "us.611.annual-report"'


def test_the_rules_of_the_folder_are_the_ones_judged(run: Run, ships: Path, tmp_path: Path) -> None:
    law = (ships / "law" / "deadlines.toml").read_text(encoding="utf-8")
    head, rule, tail = law.partition(RULE)
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "deadlines.toml").write_text(head + rule + tail.replace("days = -70", "days = -77", 1), "utf-8")
    done = run("check", "--as-of", AS_OF, "--data", tmp_path)
    assert done.exit_code == 1
    (error,) = [line for line in done.output.splitlines() if line.startswith("error: ")]
    assert "(E70)" in error
    assert error.endswith("says 2027-04-22 of us.611.annual-report.1-2, which the rules put on 2027-04-15")


def test_a_rule_added_in_the_folder_is_counted(run: Run, ships: Path, tmp_path: Path) -> None:
    law = (ships / "law" / "deadlines.toml").read_text(encoding="utf-8")
    (added,) = [rule for rule in law.split("\n\n") if RULE in rule]
    _changed(ships, tmp_path, "law/deadlines.toml", added, f"{added}\n\n{added.replace('annual-report', 'added')}")
    done = run("check", "--as-of", AS_OF, "--data", tmp_path)
    assert done.exit_code == 0
    assert _counted(len(LAW.rules) + 1) in done.output
    assert _counted(len(LAW.rules)) in run("check", "--as-of", AS_OF).output


def test_a_finding_does_not_hide_the_next(ships: Path, tmp_path: Path) -> None:
    one_of_each = {name: row for name, *row in reversed(BROKEN)}
    for name in ("law/deadlines.toml", "record/usmca.toml", "words/fr.toml"):
        before, after, _message = one_of_each[name]
        _changed(ships, tmp_path, name, before, after)
    errors = [each for each in check((), date(2026, 11, 23), str(tmp_path)).findings if is_error(each)]
    assert len({each.where.split(":")[0] for each in errors}) == 3


def test_check_warns_of_an_old_record_and_of_a_review_gone_by_unrecorded(run: Run) -> None:
    findings_then = json.loads(run("check", "--as-of", "2027-07-02", "--format", "json").output)["findings"]
    messages = " | ".join(row["message"] for row in findings_then)
    assert "the joint review of 2027-07-01 has passed" in messages
    assert "the record was verified to 2026-10-08, 267 days before 2027-07-02" in messages
    assert {row["level"] for row in findings_then} == {"warning"}
    fresh = run("check", "--as-of", "2026-10-08").output
    assert "look for news" not in fresh


def test_check_reads_a_users_record_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[event]]\nid = "x"\n', encoding="utf-8")
    done = run("--record", path, "check", "--as-of", AS_OF)
    assert done.exit_code == 1
    assert "mine.toml" in done.output


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_warnings_speak_the_language(run: Run, lang: str) -> None:
    done = run("--lang", lang, "check", "--as-of", AS_OF)
    assert {"es": "advertencia", "fr": "avertissement"}[lang] in done.output


@pytest.mark.parametrize(("days", "old"), [(29, False), (30, True)])
def test_a_record_is_old_from_thirty_days_on(ships: Path, days: int, old: bool) -> None:
    found = check((), RECORD.verified_on + timedelta(days=days), str(ships)).findings
    assert ("check.old_record" in {each.key for each in found}) is old


@pytest.mark.parametrize(
    ("day", "given", "code"),
    [
        ("2026-12-07", ("--strict",), 0),  # 60 days after the last verification, 2026-10-08
        ("2026-12-08", ("--strict",), 1),
        ("2026-12-08", (), 0),
        ("2026-12-08", ("--strict", "--max-age", "61d"), 0),
        ("2026-11-09", ("--strict", "--max-age", "30d"), 1),
    ],
)
def test_strict_refuses_a_record_verified_too_long_ago(run: Run, day: str, given: tuple[str, ...], code: int) -> None:
    done = run("check", "--as-of", day, *given)
    assert done.exit_code == code
    assert ("error: record: the record was verified to 2026-10-08" in done.stdout) == bool(code)
