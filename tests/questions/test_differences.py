"""What assumptions change, each change with its cause; and the changed timeline."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from click.testing import Result

from review_clock.deadlines.own_rules import load
from review_clock.files import LANGUAGES, parsed
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.differences import Cause, Difference, differences
from review_clock.questions.question import Question
from review_clock.scenarios.library import library, plan_of_lines
from review_clock.timeline.keeping import with_lines
from review_clock.words.acts import assumed, cause_text
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, chosen, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)


def _changes(under: Question) -> dict[str, Difference]:
    return {each.id: each for each in under.changes}


def _assumed(lines: Sequence[str], reading: str = "", counterfactual: bool = False) -> Question:
    return question(AS_OF, chosen(reading.split()), plan=plan_of_lines(lines, counterfactual))


LATE = ("2027-07-01 ca confirms", "2028-01-01 mx confirms", "2029-03-15 us confirms")

# lines, deadline, what becomes of it, before, after, the line that did it
CAUSES = [
    (LATE, "treaty.term.end.1", "vanishes", "2036-07-01", None, "2029-03-15 us confirms"),
    (LATE, "treaty.term.end.2", "appears", None, "2045-03-15", "2029-03-15 us confirms"),
    (LATE, "treaty.review.annual.1-4", "vanishes", "2029-07-01", None, "2029-03-15 us confirms"),
    (LATE, "us.611.notice.1-5", "vanishes", "2029-10-04", None, "2029-03-15 us confirms"),
    (
        ("2027-01-15 us gives notice",),
        "treaty.withdrawal.effect.us-1",
        "appears",
        None,
        "2027-07-15",
        "2027-01-15 us gives notice",
    ),
    (
        ("2027-01-15 us gives notice", "2027-09-01 mx gives notice"),
        "treaty.review.annual.1-3",
        "vanishes",
        "2028-07-01",
        None,
        "2027-09-01 mx gives notice",
    ),
    (
        ("2027-02-01 next review set for 2027-09-15",),
        "treaty.review.annual.1-2",
        "moves",
        "2027-07-01",
        "2027-09-15",
        "2027-02-01 next review set for 2027-09-15",
    ),
    (
        ("2027-02-01 next review set for 2027-09-15",),
        "us.611.annual-report.1-2",
        "moves",
        "2027-04-22",
        "2027-07-07",
        "2027-02-01 next review set for 2027-09-15",
    ),
]


@pytest.mark.parametrize(("lines", "identity", "what", "before", "after", "line"), CAUSES)
def test_a_change_names_the_line_that_made_it(
    lines: Sequence[str], identity: str, what: str, before: str | None, after: str | None, line: str
) -> None:
    change = _changes(_assumed(lines))[identity]
    assert change.what == what
    assert [str(day) if day else None for day in (change.before, change.after)] == [before, after]
    assert change.caused_by is not None
    assert (change.caused_by.kind, change.caused_by.line) == ("assumption", line)


def test_a_review_taken_as_held_is_the_cause_of_what_follows_it() -> None:
    reading = "annual_review_day=year_after_last"
    under = _assumed(["2027-02-01 next review set for 2027-09-15"], reading)
    change = _changes(under)["treaty.review.annual.1-3"]
    assert (str(change.before), str(change.after)) == ("2028-07-01", "2028-09-15")
    later = _changes(_assumed(["2027-07-01 review held", "2027-08-20 review concludes"], reading))
    assert later["treaty.review.annual.1-3"].caused_by is not None
    assert later["treaty.review.annual.1-3"].caused_by.line == "2027-08-20 review concludes"


def test_what_only_the_cut_of_the_record_explains_names_the_entry_set_aside() -> None:
    under = _assumed(["2025-06-01 us gives notice"], counterfactual=True)
    assert under.scenario is not None
    assert under.scenario.departs_on == date(2025, 6, 1)
    changes = _changes(under)
    comments = changes["us.comments.1-2"]
    assert comments.what == "vanishes"
    assert comments.caused_by is not None
    assert (comments.caused_by.kind, comments.caused_by.entry) == ("set_aside", "E65d")
    consultation = changes["mx.consultation"]
    assert consultation.caused_by is not None
    assert (consultation.caused_by.kind, consultation.caused_by.entry) == ("set_aside", "E31")


def _causes(under: Question) -> dict[str, Cause]:
    return {each.id: each.caused_by for each in under.changes if each.caused_by is not None}


def test_a_firms_date_goes_with_the_fact_that_it_is_counted_from() -> None:
    firm = parsed('[[firm]]\nid = "acme.x"\nafter = "mx.consultation"\noffset = "P1D"\ntitle = "Ours"\n', "acme.toml")
    law = LAW.with_own(load({"acme.toml": firm}, LAW, RECORD))
    under = replace(_assumed(["2025-06-01 us gives notice"], counterfactual=True), law=law)
    (made,) = under.recorded.explain("acme.x").changes
    assert (made.what, made.entry, made.on) == ("appeared", "E31", date(2025, 9, 17))
    assert (_causes(under)["acme.x"].kind, _causes(under)["acme.x"].entry) == ("set_aside", "E31")


def test_the_act_that_is_set_aside_is_named_with_its_party_and_its_day() -> None:
    record = with_lines(RECORD, ["2026-11-20 us gives notice"], LAW, LAW.defaults)
    under = question(AS_OF, record=record, plan=plan_of_lines(["2026-11-15 mx gives notice"], counterfactual=True))
    cause = _causes(under)["treaty.withdrawal.effect.us-1"]
    assert (cause.kind, cause.by, cause.party, cause.day) == (
        *("set_aside", "withdrawal_notice", Party.US),
        date(2026, 11, 20),
    )
    words = wording("en")
    assert "United States" in cause_text(cause, words)
    assert words.day(date(2026, 11, 20)) in cause_text(cause, words)
    # what no one act of those left out made is said to go with all of them
    unmade = [replace(each, changes=()) for each in under.recorded.all_deadlines]
    [whole] = [each.caused_by for each in differences(unmade, (), under.scenario) if each.id == "treaty.term.end.1"]
    assert whole is not None
    assert (whole.kind, whole.on, whole.day) == ("record_left", date(2026, 11, 15), None)


def test_before_the_records_end_what_it_holds_of_later_is_the_cause_with_its_party_and_its_day() -> None:
    early = question(date(2020, 6, 30), plan=library()["status-quo"])
    causes = _causes(early).values()
    assert {(each.kind, each.by, each.party, each.day) for each in causes} == {
        ("recorded", "entry_into_force", None, date(2020, 7, 1)),
        ("recorded", "non_confirmation", Party.US, date(2026, 7, 1)),
    }


def test_what_silence_does_is_told_as_silence() -> None:
    # six years after an extension the review is taken as held with no one's confirmation: annual ones follow it
    cause = _causes(_assumed(["2029-03-15 all confirm"]))["treaty.review.annual.2-2"]
    assert (cause.kind, cause.on, cause.line) == ("silence", date(2035, 3, 15), "")


def test_what_only_another_reading_lets_stand_neither_comes_nor_goes() -> None:
    under = _assumed(["2029-03-15 all confirm"])
    hanging = {
        each.id
        for side in (under.recorded, under)
        for each in side.all_deadlines
        if each.condition is not None and each.condition.name == "only_under_reading"
    }
    assert hanging == {"us.611.report.1-7", "us.611.report.2-7"}
    assert not hanging & set(_changes(under))


def test_a_difference_of_which_nothing_is_known_has_no_cause() -> None:
    gone = replace(question(AS_OF).explain("treaty.term.end.1"), changes=())
    (found,) = differences([gone], [])
    assert (found.what, found.caused_by) == ("vanishes", None)


OTHERWISE = [
    ("late-extension", "annual_review_day=year_after_last"),
    ("two-parties-leave", "confirmations=fresh one_party_left=continues"),
]


@pytest.mark.parametrize(("name", "reading"), [*((name, "") for name in library()), *OTHERWISE])
def test_no_change_of_the_library_is_without_a_cause(name: str, reading: str) -> None:
    changes = _changes(question(AS_OF, chosen(reading.split()), plan=library()[name]))
    assert all(change.caused_by is not None for change in changes.values())
    words = wording("en")
    assert all(cause_text(change.caused_by, words).strip() for change in changes.values())
    if name in ("status-quo", "never-extended", "notice-rescinded"):
        assert not changes
    else:
        assert changes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_cause_is_said_in_each_language(lang: str) -> None:
    under = _assumed(["2025-06-01 us gives notice"], counterfactual=True)
    words = wording(lang)
    said = {cause_text(change.caused_by, words) for change in _changes(under).values()}
    assert assumed("2025-06-01 us gives notice", words) in said
    announced = {"what": words("cause.announced"), "day": words.day(date(2026, 10, 2))}
    assert words("cause.set_aside", **announced) in said
    assert not [text for text in said if re.search(r"\bE\d\d|us gives", text)]


# ------------------------------------------------------------------------------------------------ the timeline


def test_the_timeline_says_what_happens_by_whom_and_where_it_leaves_the_law() -> None:
    told = _assumed(["2029-03-15 all confirm"]).timeline
    days = [each.date for each in told]
    assert days == sorted(days)
    extension = [each for each in told if each.date == date(2029, 3, 15)][-1]
    assert (extension.event, extension.party, extension.origin) == ("confirmation", "US", "assumed")
    assert (extension.phase, extension.provision) == ("six_year_cycle", "Art. 34.7(5)")
    assert str(extension.term_end) == "2045-03-15"
    assert told[-1].event == "term_ends"
    assert told[-1].phase == "expired"
    assert told[-1].parties == ()


def test_what_the_record_itself_does_is_not_marked_as_new() -> None:
    told = _assumed(["2029-03-15 all confirm"]).timeline
    for each in told:
        if each.origin == "recorded":
            assert not each.new, each
        if each.origin in ("assumed", "silence") or each.date >= date(2029, 3, 15):
            assert each.new, each
    assert {each.entry for each in told if each.origin == "recorded"} >= {"E11", "E50", "E51"}


def test_a_silent_review_says_so_and_which_kind_it_is() -> None:
    told = question(AS_OF, plan=library()["extension-2027"]).timeline
    silent = {(each.date.year, each.review_kind) for each in told if each.origin == "silence"}
    assert (2033, "six_year") in silent
    assert {year for year, kind in silent if kind == "annual"} >= set(range(2034, 2043))


# ---------------------------------------------------------------------------------------------- the command


def _document(run: Run, *args: str) -> Any:
    done = run("whatif", *args, "--as-of", "2026-11-23", "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_json_has_scenario_status_timeline_changes_and_deadlines(run: Run) -> None:
    document = _document(run, "--scenario", "clean-renewal")
    keys = ["scenario", "status", "before", "after", "timeline", "changes", "deadlines", "provenance"]
    assert list(document) == keys
    assert document["scenario"]["leaves_record_on"] == document["status"]["leaves_record_on"] == "2026-07-01"
    assert {"E50", "E51"} <= set(document["scenario"]["set_aside"])
    (row,) = [each for each in document["timeline"] if each["event"] == "review_held" and each["date"] == "2026-07-01"]
    assert (row["origin"], row["said"], row["phase"]) == ("assumed", "2026-07-01 review held", "review_open")
    assert all(change["cause"] and change["caused_by"]["kind"] for change in document["changes"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_shows_the_timeline_and_where_it_leaves_the_record(run: Run, lang: str) -> None:
    text = run("--lang", lang, "whatif", "--scenario", "clean-renewal", "--as-of", "2026-11-23").stdout
    words, said = wording(lang), " ".join(text.split())
    assert " ".join(words("status.departs", day="2026-07-01").split()) in said
    refused = assumed("2026-07-01 us declines", words).partition(words.colon)[2].strip()
    assert f"{refused} ({words.day(date(2026, 7, 1))})".replace("\u00a0", " ") in said.replace("\u00a0", " ")
    assert not re.search(r"\bE\d\d", said)
    assert words("whatif.timeline") in said
    assert "2033-07-01 *" in text
    assert "– 2041-07-01" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_brief_shows_the_position_and_the_count_alone(run: Run) -> None:
    text = run("whatif", "--scenario", "us-withdraws", "--brief", "--as-of", "2027-08-01").stdout
    assert text.rstrip().splitlines()[-1].startswith("What changes against the record: appears: ")
    assert wording("en")("whatif.timeline") not in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "is no longer bound and cannot act under the Agreement (Art. 34.6)"),
        ("es", "ya no está obligada y no puede actuar conforme al Tratado (artículo 34.6)"),
        ("fr", "n’est plus liée et ne peut agir en vertu de l’Accord (article 34.6)"),
    ],
)
@pytest.mark.parametrize("command", [("whatif",), ("feed", "everything")])
def test_a_refusal_is_one_line_in_the_language_chosen(run: Run, command: tuple[str, ...], lang: str, said: str) -> None:
    lines = ("--assume", "2027-01-15 us gives notice", "--assume", "2027-08-01 us confirms")
    done = run("--lang", lang, *command, *lines)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = done.stderr.splitlines()
    assert "'2027-08-01 us confirms'" in error
    assert said in error


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "the record reaches to"), ("es", "el registro llega al"), ("fr", "le registre va jusqu’au")],
)
def test_a_day_in_the_record_is_refused_in_the_language_chosen(run: Run, lang: str, said: str) -> None:
    done = run("--lang", lang, "whatif", "--assume", "2026-07-01 all confirm")
    assert done.exit_code == 2
    assert f"{said} 2026-10-08" in done.stderr


@pytest.mark.parametrize("name", ["status-quo", "clean-renewal"])
@pytest.mark.parametrize("as_of", ["2018-01-01", "2020-06-30", "2026-07-01"])
def test_a_day_before_the_records_end_is_answered_with_a_cause_for_every_change(
    run: Run, name: str, as_of: str
) -> None:
    document = json.loads(run("whatif", "--scenario", name, "--as-of", as_of, "--format", "json").stdout)
    alone = json.loads(run("status", "--as-of", as_of, "--format", "json").stdout)
    if as_of < "2026-07-01":
        for key in ("in_force", "phase", "parties", "term", "next_review"):
            assert document["status"][key] == alone[key]
    assert all(change["cause"] for change in document["changes"])
    assert document["timeline"][-1]["phase"] == "expired"
    assert run("feed", "treaty", "--scenario", name, "--as-of", as_of).exit_code == 0
    assert run("compare", "record", name, "--as-of", as_of).exit_code == 0
