"""`deadlines` says what it covers and what it leaves out, in every format; what has no day is never hidden."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from click.testing import Result

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.formats.text_deadlines import next_text
from review_clock.formats.text_undated import undated_text
from review_clock.law.vocabulary import KINDS
from review_clock.questions.listed import Window, listed, undated
from review_clock.site.material import Material
from review_clock.site.pages.about import about_page
from review_clock.words.wording import wording
from tests.frozen import LAW, chosen, question
from tests.words.states import asked

Run = Callable[..., Result]
AS_OF = ("--as-of", "2026-11-24")
FORMS = ("table", "md", "csv", "json")
WINDOW = Window(start=date(2026, 11, 24), end=date(2028, 11, 24))


def _rows(done: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout)))


def _said(done: Result) -> str:
    return " ".join((done.stdout + done.stderr).replace("|", " ").split())


def _plain(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------- what a list says


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_a_list_says_its_days_how_far_the_record_goes_and_what_it_is_not(run: Run, form: str, lang: str) -> None:
    """Findings A2 and A13: neither the window, nor the day, nor how far it was verified stood in what is pasted."""
    words, done = wording(lang), run("--lang", lang, "deadlines", *AS_OF, "--to", "2027-07-31", "--format", form)
    said = _said(done)
    for day in (date(2026, 11, 24), date(2027, 7, 31)):
        assert words.day(day) in said.replace("\u00a0", " ")
    assert _plain(words("status.beyond", verified=words.day(date(2026, 10, 8)))) in said
    assert _plain(words("status.disclaimer")) in said
    assert "deadlines --undated" in said


def test_as_a_document_too(run: Run) -> None:
    found = json.loads(run("deadlines", *AS_OF, "--to", "2027-07-31", "--format", "json").stdout)
    assert found["window"] == {"start": "2026-11-24", "end": "2027-07-31"}
    assert (found["as_of"], found["verified_on"], found["beyond_record"]) == ("2026-11-24", "2026-10-08", True)
    assert found["left_out"].keys() == {"before", "after"}
    assert found["disclaimer"] == wording("en")("status.disclaimer")
    assert "mx.senate" in found["not_dated"]["undated"]


@pytest.mark.parametrize("form", FORMS)
def test_the_warning_is_for_days_beyond_the_record_alone(run: Run, form: str) -> None:
    done = run("deadlines", "--as-of", "2026-10-08", "--to", "2027-07-31", "--format", form)
    assert "nothing here says what happened after that" not in _said(done)
    assert "October 8, 2026" in _said(done) or json.loads(done.stdout)["beyond_record"] is False


def test_ones_own_line_does_not_take_the_warning_away(run: Run, tmp_path: Any) -> None:
    """Finding A2: one note of one's own, and "as far as the record goes" was gone."""
    mine = tmp_path / "mine.toml"
    assert run("record", "add", "2026-11-24 note", "--to", mine, "--text", "Call.", "--source", "file").exit_code == 0
    for command in (("status",), ("deadlines",)):
        assert "it was verified to" in _said(run("--record", mine, *command, *AS_OF)).lower()
    assert json.loads(run("--record", mine, "status", *AS_OF, "--format", "json").stdout)["record"]["beyond_record"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["table", "md"])
def test_each_date_has_its_bound_its_certainty_and_how_it_is_known_beside_it(run: Run, form: str, lang: str) -> None:
    """Finding A6: "at least 70 days before" and "not later than" looked alike in what is pasted."""
    words = wording(lang)
    done = _plain(run("--lang", lang, "deadlines", *AS_OF, "--to", "2027-01-12", "--format", "md").stdout)
    rows = {row.split("|")[2]: row for row in done.split("| 2") if "us.comments.1-2" in row}
    (row,) = rows.values()
    for text in (words("bound.no_later_than"), words("certainty.announced"), words("established.single_secondary")):
        assert text in row
    shown = run("--lang", lang, "deadlines", *AS_OF, "--to", "2027-04-30", "--format", form).stdout
    assert all(word in _plain(shown) for word in words("bound.at_least").split())


def test_a_table_for_machines_has_them_as_columns(run: Run) -> None:
    rows = {row["id"]: row for row in _rows(run("deadlines", *AS_OF, "--to", "2027-04-30", "--format", "csv"))}
    comments, report = rows["us.comments.1-2"], rows["us.611.annual-report.1-2"]
    assert (comments["certainty"], comments["confidence"]) == ("announced", "single_secondary")
    assert (comments["bound"], report["bound"]) == ("no_later_than", "at_least")
    assert {row["as_of"] for row in rows.values()} == {"2026-11-24"}
    assert {row["verified_on"] for row in rows.values()} == {"2026-10-08"}
    assert all(row["derivation"] for row in rows.values())


def test_a_table_for_machines_is_nothing_but_the_table(run: Run) -> None:
    full, empty = (
        run("deadlines", *AS_OF, "--format", "csv", *more)
        for more in ((), ("--jurisdiction", "mx", "--kind", "tariff"))
    )
    assert len(_rows(full)) == full.stdout_bytes.count(b"\r\n") - 1
    assert all(None not in row and None not in row.values() for row in _rows(full))
    assert empty.stdout_bytes == full.stdout_bytes.partition(b"\r\n")[0] + b"\r\n"
    assert wording("en")("status.disclaimer") in empty.stderr


CHOICES = [
    {},
    {"jurisdiction": ("us",)},
    {"jurisdiction": ("mx", "ca"), "kind": ("report", "consultation")},
    {"certainty": ("past",)},
    {"certainty": ("fixed",), "kind": ("origin",)},
    {"kind": ("internal",)},
]


@pytest.mark.parametrize("reading", ["", "annual_review_day=any_day"])
@pytest.mark.parametrize("window", [None, WINDOW, Window(start=date(2020, 1, 1), end=date(2099, 1, 1))])
@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_what_is_shown_and_what_is_left_out_are_all_there_is(
    choice: dict[str, tuple[str, ...]], window: Window | None, reading: str
) -> None:
    asking = question(date(2026, 11, 24), chosen(reading.split()))
    found = listed(asking, window, **choice)
    assert len(found.deadlines) + sum(found.left_out.values()) == len(asking.all_deadlines)
    assert found.left_out.keys() <= {"before", "after", *choice}
    assert all(n > 0 for n in found.left_out.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_default_window_does_not_hide_what_is_past(run: Run, lang: str) -> None:
    """Finding B9: `--certainty past` said that no deadline matches, for the days shown begin today."""
    words, asked = wording(lang), question(date(2026, 11, 24))
    gone = sum(each.certainty == "past" for each in asked.all_deadlines)
    said = _said(run("--lang", lang, "deadlines", *AS_OF, "--certainty", "past"))
    assert _plain(words("deadlines.left_before", n=gone, day=words.day(date(2026, 11, 24)))) in said


# ---------------------------------------------------------------------------------------------- what has no day


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_no_deadline_matches_never_hides_that_a_duty_exists(run: Run, form: str, lang: str) -> None:
    words, asked = wording(lang), question(date(2026, 11, 24))
    tried = 0
    for jurisdiction, kind in product(LAW.jurisdictions, KINDS):
        chosen_by = {"jurisdiction": (jurisdiction,), "kind": (kind,)}
        found = listed(asked, WINDOW, **chosen_by)
        without = (*found.undated.duties, *found.undated.cases)
        if found.deadlines or not without:
            continue
        tried += 1
        args = ("deadlines", *AS_OF, "--jurisdiction", jurisdiction, "--kind", kind, "--format", form)
        said = _said(run("--lang", lang, *args))
        for rule in without[:1]:
            assert _plain(words.said(rule.title)) in said
    assert tried >= 5


def test_the_senate_of_mexico_is_named(run: Run) -> None:
    said = _said(run("deadlines", *AS_OF, "--jurisdiction", "mx"))
    assert said.startswith("No deadline matches.")
    assert "Approval by the Senate of Mexico" in said
    assert "170 of other jurisdictions" in said


def test_a_review_that_a_reading_leaves_without_a_day_is_listed_without_one(run: Run) -> None:
    reading = ("--reading", "annual_review_day=any_day")
    said = _said(run("deadlines", *AS_OF, *reading, "--kind", "review", "--format", "md"))
    assert "any day of 2027 (the text fixes none)" in said
    told = _said(run("deadlines", *AS_OF, *reading, "--undated"))
    assert wording("en")("deadlines.open_title") in told
    assert "any day of 2027 (the text fixes none)" in told
    assert wording("en")("deadlines.open_title") not in _said(run("deadlines", *AS_OF, "--undated"))


def _matters(lang: str) -> Iterator[str]:
    words = wording(lang)
    for rule in LAW.rules:
        if rule.counted_from in ("undated", "case"):
            yield words.said(rule.title)
    yield from (words.said(row.why) for row in LAW.catalogue.withheld)
    for matter in LAW.not_covered:
        yield from (words.said(matter.what), words.said(matter.why), words.cite(matter.authority))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_undated_names_every_duty_without_a_day_and_every_matter_not_covered(run: Run, form: str, lang: str) -> None:
    done = run("--lang", lang, "deadlines", *AS_OF, "--undated", "--format", form)
    said = _said(done).replace('""', '"')
    assert [text for text in _matters(lang) if _plain(text) not in said] == []
    assert wording(lang)("status.disclaimer") in said


TWO = ("2026-12-01 us gives notice", "2027-01-15 ca gives notice")


@pytest.mark.parametrize(
    ("lines", "day", "reserve"),
    [
        ((), date(2026, 11, 24), False),
        (TWO, date(2027, 1, 20), False),
        (TWO[:1], date(2027, 8, 1), True),
        (TWO, date(2027, 8, 1), True),
        ((), date(2036, 8, 1), True),
    ],
)
def test_of_duties_without_a_day_it_is_said_where_they_may_hold_no_longer(
    lines: tuple[str, ...], day: date, reserve: bool
) -> None:
    asking, words = asked(day, lines), wording("en")
    found = listed(asking, Window(start=day, end=day), search="zzz")
    without = undated(asking)
    for told in (undated_text(without, (), words), next_text(replace(found, undated=without), words)):
        assert (words("deadlines.fewer") in " ".join(told.split())) == reserve


def test_undated_is_a_document_and_a_table_for_machines(run: Run) -> None:
    """Finding A14: `--undated --format csv` printed prose."""
    args = ("deadlines", *AS_OF, "--undated", "--format")
    found = json.loads(run(*args, "json").stdout)
    rows = _rows(run(*args, "csv"))
    lists = {"duty": "duties", "case": "cases", "open": "open", "withheld": "withheld", "not_covered": "not_covered"}
    for what, name in lists.items():
        ids = [row.get("rule") or row["id"] for row in found[name]]
        assert ids == [row["id"] for row in rows if row["what"] == what]
    assert found["verified_on"] == "2026-10-08"
    assert all(duty["when"] and duty["confidence"] and duty["authority"] for duty in found["duties"])
    assert all(case["counted_from"] for case in found["cases"])


def test_undated_takes_jurisdiction_and_kind(run: Run) -> None:
    found = json.loads(run("deadlines", *AS_OF, "--undated", "--jurisdiction", "mx", "--format", "json").stdout)
    assert [duty["rule"] for duty in found["duties"]] == ["mx.senate"]
    assert found["cases"] == []
    assert len(found["not_covered"]) == len(LAW.not_covered)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_case_says_who_how_sure_and_of_the_weekend_in_every_form(run: Run, lang: str) -> None:
    """Finding A14: a date of a ten-day limit with no confidence, no who, no bound, no Saturday."""
    words = wording(lang)
    case = ("deadlines", "--case", "treaty.rapid-response.reply", "--trigger", "2026-12-02")
    said = _said(run("--lang", lang, *case))
    for text in (words("read.secondary"), words("bound.within"), words("office.note"), words("status.disclaimer")):
        assert _plain(text) in said
    (row,) = _rows(run("--lang", lang, *case, "--format", "csv"))
    assert (row["date"], row["bound"], row["confidence"]) == ("2026-12-12", "within", "secondary")
    table = run("--lang", lang, *case, "--format", "md").stdout
    assert words("read.secondary") in table
    found = json.loads(run("--lang", lang, *case, "--format", "json").stdout)
    assert found["confidence"] == "secondary"
    assert found["office_days"]["weekend"] is True
    assert found["actor"] == row["actor"]


# --------------------------------------------------------------------------------------------- not in this calendar


def test_each_matter_has_a_reason_in_three_languages_and_an_id_of_its_own() -> None:
    assert len(LAW.not_covered) >= 10
    assert len({matter.id for matter in LAW.not_covered}) == len(LAW.not_covered)
    for matter in LAW.not_covered:
        for texts in (matter.what, matter.why):
            assert len({texts.said(lang) for lang in LANGUAGES}) == 3, matter.id
            assert not re.search(r"\w'\w", texts.fr), matter.id
        assert all(matter.why.said(lang).endswith(".") for lang in LANGUAGES), matter.id
        assert not any(matter.what.said(lang).endswith(".") for lang in LANGUAGES), matter.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_stands_in_check_and_on_the_page_about_the_method(run: Run, lang: str) -> None:
    words = wording(lang)
    said = _plain(run("--lang", lang, "check", *AS_OF).stdout)
    material = Material(question=question(date(2026, 11, 24)), base_url="", feeds=shipped(LAW))
    page = _plain(html.unescape(re.sub("<[^>]*>", "", about_page(material, words).decode("utf-8"))))
    for matter in LAW.not_covered:
        assert _plain(words.said(matter.what)) in said
        assert _plain(words.said(matter.what)) in page
        assert _plain(words.said(matter.why)) in page


def test_check_as_a_document_has_it(run: Run) -> None:
    found = json.loads(run("check", *AS_OF, "--format", "json").stdout)
    assert [row["id"] for row in found["not_covered"]] == [matter.id for matter in LAW.not_covered]


# ------------------------------------------------------------------------------------------------------- authority


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_known_by_quotation_shows_first_where_it_was_read(run: Run, lang: str) -> None:
    """Finding A12: the official page stood beside "read as quoted, checked on", as if it had been checked that day."""
    words, known = wording(lang), LAW.authorities.by_cite["Art. 34.7(4)"]
    text = run("--lang", lang, "explain", "treaty.review.annual", *AS_OF).stdout
    official = text.index(known.url)
    assert all(text.index(place.url) < official for place in known.read_at)
    assert _plain(words("explain.compare")) in _plain(text[:official])
    read = run("--lang", lang, "explain", "us.611.annual-report.1-2", *AS_OF).stdout
    assert _plain(words("explain.compare")) not in _plain(read)


# --------------------------------------------------------------------------------------------- what falls due next


@pytest.mark.parametrize("lang", LANGUAGES)
def test_next_is_one_line_for_each_date_ahead_in_ninety_days(run: Run, lang: str) -> None:
    done = run("--lang", lang, "next", *AS_OF)
    lines = done.stdout.split("\n\n")[0].splitlines()
    ahead = question(date(2026, 11, 24)).deadlines(within=90)
    expected = [each for each in ahead if each.is_ahead]
    assert [line.split(" ")[0] for line in lines] == [each.date.isoformat() for each in expected]
    words = wording(lang)
    for line, each in zip(lines, expected, strict=True):
        assert words.said(each.title) in line
        assert words.days((each.date - date(2026, 11, 24)).days) in line
    assert words("status.disclaimer") in done.stdout


def test_next_is_searched(run: Run) -> None:
    args = ("next", *AS_OF, "--within", "365d", "--search", "labour report", "--format", "json")
    found = json.loads(run(*args).stdout)
    assert {row["id"].rpartition(".")[0] for row in found["deadlines"]} == {"us.718"}
    assert found["left_out"]["search"] > 10
    assert run("next", *AS_OF, "--search", "no such words").stdout.startswith(wording("en")("deadlines.none"))


def test_a_list_can_be_of_those_who_must_act_and_of_so_many_days(run: Run) -> None:
    found = json.loads(run("deadlines", *AS_OF, "--who", "public", "--within", "60d", "--format", "json").stdout)
    assert [row["id"] for row in found["deadlines"]] == ["us.comments.1-2"]
    assert found["window"] == {"start": "2026-11-24", "end": "2027-01-23"}
    assert found["left_out"]["who_kind"] > 100
    same = json.loads(run("next", *AS_OF, "--who", "public", "--within", "60", "--format", "json").stdout)
    assert same["deadlines"] == found["deadlines"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("next", "--within", "soon"), "is not a number of days"),
        (("next", "--within", "-3d"), "is not a number of days"),
        (("next", "--who", "publik"), "did you mean public?"),
        (("deadlines", "--within", "9d", "--to", "2027-01-01"), "both say where the list ends"),
    ],
)
def test_days_that_are_none_are_refused_in_one_line(run: Run, given: tuple[str, ...], said: str) -> None:
    done = run(*given)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_window_of_next_ends_with_the_calendar(run: Run) -> None:
    assert run("next", *AS_OF, "--within", "99999d").exit_code == 0


# --------------------------------------------------------------------------------------------- searching, by who


def _ids(done: Result) -> set[str]:
    return {row["id"] for row in _rows(done)}


def test_a_search_is_without_case_and_accents_over_title_id_who_and_citation(run: Run) -> None:
    def found(*words: str) -> set[str]:
        return _ids(run("deadlines", *AS_OF, "--search", " ".join(words), "--format", "csv"))

    every = _ids(run("deadlines", *AS_OF, "--format", "csv"))
    assert found("STEEL") == found("steel") != set()
    assert found("revision", "conjunta") == found("Revisión", "CONJUNTA") == found("joint", "review") != set()
    assert {each for each in every if "611" in each} <= found("611") < every
    assert found("4611(c)") < found("19", "u.s.c.")
    assert found("Trade", "Representative")
    assert not found("no-such-word")


def test_what_a_search_leaves_out_is_said(run: Run) -> None:
    done = json.loads(run("deadlines", *AS_OF, "--search", "steel", "--format", "json").stdout)
    everything = len(question(date(2026, 11, 24)).all_deadlines)
    assert len(done["deadlines"]) + sum(done["left_out"].values()) == everything
    said = _said(run("--lang", "es", "deadlines", *AS_OF, "--search", "steel"))
    assert f"{done['left_out']['search']} sin las palabras buscadas" in said


def test_what_has_no_day_is_searched_too(run: Run) -> None:
    found = json.loads(run("deadlines", *AS_OF, "--undated", "--search", "labour petition", "--format", "json").stdout)
    assert {row["rule"] for row in found["cases"]} >= {"us.716.facility-review", "us.716.other.action"}
    assert all(row["rule"].startswith("us.716.") for row in found["cases"])


@pytest.mark.parametrize("form", ["table", "md"])
def test_chosen_by_who_the_list_stands_by_who(run: Run, form: str) -> None:
    """Finding B8: "what must I file in 90 days, and who?"."""
    done = run("deadlines", *AS_OF, "--who", "importer", "--who", "producer", "--who", "public", "--format", form)
    heads = [line.removeprefix("## ") for line in done.stdout.splitlines() if line.strip()]
    rows = _rows(
        run("deadlines", *AS_OF, "--who", "importer", "--who", "producer", "--who", "public", "--format", "csv")
    )
    who = list(dict.fromkeys(row["actor"] for row in rows))
    assert len(who) > 1
    assert all(heads.count(each) == 1 for each in who)


def test_exports_say_how_sure_how_known_how_bound_and_how_long(run: Run) -> None:
    listed_, as_json = run("deadlines", *AS_OF, "--format", "csv"), run("deadlines", *AS_OF, "--format", "json")
    for row, each in zip(_rows(listed_), json.loads(as_json.stdout)["deadlines"], strict=True):
        for key in ("certainty", "confidence", "bound"):
            assert row[key] == each[key] != ""
        assert row["days_left"] == ("" if each["days_left"] is None else str(each["days_left"]))


def test_a_reading_says_when_it_was_last_checked_and_an_entry_when_the_record_was(run: Run) -> None:
    point = LAW.readings[0]
    said = run("readings", "--as-of", "2026-11-28").stdout
    assert f"checked on {point.checked_on}" in said
    assert "last verified on 2026-10-08" in run("record", "show", "E51").stdout
    assert json.loads(run("record", "show", "E51", "--format", "json").stdout)["verified_on"] == "2026-10-08"
