"""Where proceedings stand: written from the rows of what happened and when it became known, not from the code.

The record here is the tests' own: the notices, comment days, hearings and reports of 2020 to 2026, each under the id
that the collection of facts gives it (E30 to E65, N05 to N15).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from review_clock import BadData, Error, ask, document, feed, say
from review_clock.files import LANGUAGES, parsed
from review_clock.questions.proceedings import Proceedings, StepState
from review_clock.record import ledger
from review_clock.record.ledger import Record, from_table, merged
from review_clock.site.own_dates import without_own
from tests.frozen import LAW, RECORD

Run = Callable[..., Result]

PRECEDED = {"611-2027": ["611-2026"], "auto-2026": ["auto-2024"]}
RHYTHM = {
    "611-2027": [("hearing", "comments_due"), ("rebuttals_due", "hearing")],
    "auto-2026": [("hearing", "comments_due")],
}
DECLARED = (
    *("611-2026", "611-2027", "auto-2024", "auto-2026"),
    *("usitc-332-592", "usitc-332-600", "usitc-332-608", "mx-consultation-2025"),
)
FACTS = """
E30    2025-09-17                  611-2026  notice         requests_to_appear_due=2025-11-03
N15    2025-09-17                  611-2026  -              hearing=2025-11-17
E33    2025-11-03                  611-2026  comments_due   -
E34    2025-11-07                  611-2026  -              hearing=2025-12-03/2025-12-05
E35    2025-12-03/2025-12-05       611-2026  hearing        -
E36    2025-12-12                  611-2026  rebuttals_due  -
E65    2026-10-02                  611-2027  notice         comments_due=2027-01-12
N13    2023-11-29                  auto-2024 notice         comments_due=2024-01-17,hearing=2024-02-07
N07    2024-07-01                  auto-2024 report         -
N08    2025-12-05                  auto-2026 notice         comments_due=2026-01-07,report=2026-07-01
N10    2026-07-08                  auto-2026 report         -
N12    2022-08-09                  usitc-332-592 notice     hearing=2022-11-03
N12x   2022-10-06                  usitc-332-592 -          submissions_due=?
N06a   2023-06-30                  usitc-332-592 report     -
N14    2024-04-16                  usitc-332-600 notice     requests_to_appear_due=2024-09-24,hearing=2024-10-08
N09    2026-02-19                  usitc-332-608 notice     hearing=?,requests_to_appear_due=?,report=2027-07-01
N09c   2026-02-26                  usitc-332-608 -          requests_to_appear_due=?
E31    2025-09-17/2025-11-16       mx-consultation-2025 notice comments_due=2025-11-16
"""


def _days(text: str, first: str = "on") -> str:
    on, _, until = text.partition("/")
    return f"{first} = {on}" + (f"\nuntil = {until}" if until else "")


def _set(text: str) -> str:
    step, _, days = text.partition("=")
    on = "" if days == "?" else ", " + _days(days).replace("\n", ", ")
    return f'{{ step = "{step}"{on} }}'


def event(row: str, extra: str = "") -> str:
    """One line of the facts as a record file has it."""
    identity, days, proceeding, step, sets = row.split()
    lines = ["[[event]]", f'id = "{identity}"', _days(days), 'act = "note"', f'text = "{identity}"', extra]
    lines += [f'proceeding = "{proceeding}"', "" if step == "-" else f'step = "{step}"']
    lines += ["" if sets == "-" else f"sets = [{', '.join(map(_set, sets.split(',')))}]"]
    lines += ['on_is = "by"'] if identity == "N10" else []
    lines += ['reports = ["us.611.notice.1-2"]'] if identity == "E65" else []
    return "\n".join([*lines, "[[event.source]]", 'title = "A source"', ""])


def declared(identity: str) -> str:
    """A proceeding as a record file declares it."""
    before = json.dumps(PRECEDED.get(identity, []))
    rhythm = ", ".join(f'{{ step = "{step}", after = "{after}" }}' for step, after in RHYTHM.get(identity, []))
    lines = [
        "[[proceeding]]",
        f'id = "{identity}"',
        f'title = "{identity}"',
        'jurisdiction = "us"',
        'actor = "us.ustr"',
    ]
    return "\n".join([*lines, f"precedents = {before}", f"rhythm = [{rhythm}]", ""])


def record(*more: str, facts: str = FACTS) -> Record:
    """The tests' record over the acts of the frozen one, with more files' texts laid over it."""
    acts = tuple(each for each in RECORD.entries if each.id == "E11")
    bare = Record(entries=acts, announced=(), verified_on=date(2026, 10, 8), verified=RECORD.verified)
    base = "\n".join([*map(declared, DECLARED), *map(event, facts.strip().splitlines())])
    return merged([bare, *(from_table(parsed(text, f"{n}.toml")) for n, text in enumerate((base, *more)))])


def asked(day: str, known_on: str | None = None, of: Record | None = None) -> Proceedings:
    """The proceedings of the tests' record on a day."""
    known = date.fromisoformat(known_on) if known_on else None
    return ask(date.fromisoformat(day), law=LAW, record=of or record(), known_on=known).proceedings


def step(found: Proceedings, proceeding: str, name: str) -> StepState | None:
    """One step of one of them."""
    for each in found.proceedings:
        if each.id == proceeding:
            return next((one for one in each.steps if one.step == name), None)
    return None


def told(one: StepState | None) -> str:
    """A step on one line: its state, its days, the days superseded."""
    if one is None:
        return "not there"
    days = "" if one.day is None else f" {one.day.on or '?'}" + (f"/{one.day.until}" if one.day.until else "")
    return f"{one.state}{days}" + "".join(f" <- {each.on or '?'}" for each in one.superseded)


STANDS = [
    # The 2026 review: notice of 17 September 2025, comments and requests by 3 November (E30, E33).
    ("2025-09-16", None, "611-2026", "notice", "not there"),
    ("2025-09-17", None, "611-2026", "notice", "done 2025-09-17"),
    ("2025-11-03", None, "611-2026", "requests_to_appear_due", "announced 2025-11-03"),  # its last day is not over
    ("2025-11-04", None, "611-2026", "requests_to_appear_due", "closed 2025-11-03"),
    # N15, E34: the hearing of 17 November, moved by the notice of 7 November to 3 to 5 December, and held (E35).
    ("2025-11-06", None, "611-2026", "hearing", "announced 2025-11-17"),
    ("2025-11-07", None, "611-2026", "hearing", "moved 2025-12-03/2025-12-05 <- 2025-11-17"),
    ("2025-11-20", None, "611-2026", "hearing", "moved 2025-12-03/2025-12-05 <- 2025-11-17"),
    ("2025-12-06", None, "611-2026", "hearing", "held 2025-12-03/2025-12-05 <- 2025-11-17"),
    ("2025-11-20", "2025-11-06", "611-2026", "hearing", "unrecorded 2025-11-17"),  # what was then foreseen
    ("2025-11-06", "2025-11-07", "611-2026", "hearing", "announced 2025-11-17"),  # the act of the 7th is not yet done
    ("2026-11-24", None, "611-2026", "rebuttals_due", "closed 2025-12-12"),
    # E65: known from one compilation; the notice itself was not seen, so never done.
    ("2026-10-01", None, "611-2027", "comments_due", "not there"),
    ("2026-10-02", None, "611-2027", "notice", "reported 2026-10-02"),
    ("2027-01-12", None, "611-2027", "comments_due", "announced 2027-01-12"),
    ("2027-01-13", None, "611-2027", "comments_due", "closed 2027-01-12"),
    ("2026-11-24", "2026-10-01", "611-2027", "comments_due", "not there"),
    # N09: 332-608, days not read; the deadline for requests corrected by FR Doc. 2026-03841 after some days.
    ("2026-02-25", None, "usitc-332-608", "requests_to_appear_due", "announced ?"),
    ("2026-02-26", None, "usitc-332-608", "requests_to_appear_due", "moved ? <- ?"),
    ("2026-11-24", None, "usitc-332-608", "hearing", "announced ?"),
    ("2027-07-02", None, "usitc-332-608", "report", "unrecorded 2027-07-01"),
    # N12, N14: hearings of which the record says no more than that they were to be held.
    ("2022-11-03", None, "usitc-332-592", "hearing", "announced 2022-11-03"),
    ("2023-01-01", None, "usitc-332-592", "hearing", "unrecorded 2022-11-03"),
    # N06: the report is out, so that the days before it, unread as they are, are over.
    ("2023-06-29", None, "usitc-332-592", "submissions_due", "announced ?"),
    ("2023-06-30", None, "usitc-332-592", "submissions_due", "closed ?"),
    ("2024-09-25", None, "usitc-332-600", "requests_to_appear_due", "closed 2024-09-24"),
    ("2024-09-25", None, "usitc-332-600", "hearing", "announced 2024-10-08"),
    # N08, N10: due 1 July 2026, out by 8 July.
    ("2026-07-01", None, "auto-2026", "report", "announced 2026-07-01"),
    ("2026-07-08", None, "auto-2026", "report", "done 2026-07-08"),
    # E31: the entry's last day is that of the consultation, not of its notice.
    ("2025-11-16", None, "mx-consultation-2025", "notice", "done 2025-09-17"),
    ("2025-11-16", None, "mx-consultation-2025", "comments_due", "announced 2025-11-16"),
    ("2025-11-17", None, "mx-consultation-2025", "comments_due", "closed 2025-11-16"),
]


@pytest.mark.parametrize(("day", "known_on", "proceeding", "name", "stands"), STANDS)
def test_a_step_stands_where_the_facts_put_it(
    day: str, known_on: str | None, proceeding: str, name: str, stands: str
) -> None:
    assert told(step(asked(day, known_on), proceeding, name)) == stands


# Rows laid over the facts; the day, the step, and how it stands.
SAID_ANEW = [
    # the first day alone takes no last day back, and a last day given later moves nothing
    (("o1 2026-12-15 611-2027 - hearing=2027-02-23/2027-02-24", "o2 2026-12-20 611-2027 - hearing=2027-02-23"),
     "2026-12-20", "hearing", "announced 2027-02-23/2027-02-24"),
    (("o1 2026-12-15 611-2027 - hearing=2027-02-23", "o2 2026-12-20 611-2027 - hearing=2027-02-23/2027-02-24"),
     "2026-12-20", "hearing", "announced 2027-02-23/2027-02-24"),
    # a day more
    (("o1 2026-12-15 611-2027 - hearing=2027-02-23/2027-02-24",
      "o2 2026-12-20 611-2027 - hearing=2027-02-23/2027-02-25"),
     "2026-12-20", "hearing", "moved 2027-02-23/2027-02-25 <- 2027-02-23"),
    # put off to a day that was not read, which is then read
    (("o1 2026-12-15 611-2027 - hearing=2027-02-23", "o2 2026-12-20 611-2027 - hearing=?"),
     "2026-12-20", "hearing", "moved ? <- 2027-02-23"),
    (("o1 2026-12-15 611-2027 - hearing=?", "o2 2026-12-20 611-2027 - hearing=2027-02-23"),
     "2026-12-20", "hearing", "announced 2027-02-23"),
    # the notice is out, so that it was followed by nothing yet: an unread day for comments is open
    (("o1 2026-12-15 usitc-332-608 - comments_due=?",), "2026-12-15", "comments_due", "announced ?"),
    # an entry of the days for comments themselves
    (("o1 2026-12-15/2026-12-18 usitc-332-608 comments_due -",), "2026-12-18", "comments_due",
     "announced 2026-12-15/2026-12-18"),
    (("o1 2026-12-15/2026-12-18 usitc-332-608 comments_due -",), "2026-12-19", "comments_due",
     "closed 2026-12-15/2026-12-18"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "day", "name", "stands"), SAID_ANEW)
def test_a_day_said_anew(rows: tuple[str, ...], day: str, name: str, stands: str) -> None:
    found = asked(day, of=record(*map(event, rows)))
    assert told(step(found, rows[0].split()[2], name)) == stands


def test_a_hearing_that_is_only_reported_was_held_and_a_report_that_is_was_reported() -> None:
    said = 'reports = ["us.611.hearing"]'
    own = record(event("o1 2026-12-15 auto-2026 hearing -", said), event("o2 2026-12-16 611-2027 report -", said))
    assert told(step(asked("2026-12-16", of=own), "auto-2026", "hearing")) == "held 2026-12-15"
    assert told(step(asked("2026-12-16", of=own), "611-2027", "report")) == "reported 2026-12-16"


@pytest.mark.parametrize("first", [0, 1])
def test_a_step_that_one_entry_reports_and_another_saw_was_seen(first: int) -> None:
    rows = [
        event("o1 2026-12-16 611-2027 report -", 'reports = ["us.611.hearing"]'),
        event("o2 2026-12-16 611-2027 report -", 'fulfils = ["us.611.hearing"]'),
    ]
    found = asked("2026-12-16", of=record(rows[first], rows[1 - first]))
    assert told(step(found, "611-2027", "report")) == "done 2026-12-16"


def test_how_exactly_the_day_of_a_step_is_known_is_told() -> None:
    report, due = (step(asked("2026-11-24"), "auto-2026", name) for name in ("report", "comments_due"))
    assert report is not None
    assert report.day is not None
    assert (report.day.on_is, report.day.entry) == ("by", "N10")  # out by 8 July
    assert due is not None
    assert due.day is not None
    assert due.day.on_is == ""


def test_one_alone_is_told_as_it_is_among_all() -> None:
    every = asked("2026-11-24", "2026-11-25")
    one = every.only("611-2027")
    assert one == replace(every, proceedings=tuple(each for each in every.proceedings if each.id == "611-2027"))
    assert (one.known_on, one.verified_on) == (date(2026, 11, 25), date(2026, 10, 8))
    with pytest.raises(Error) as refused:
        every.only("611-2028")
    said = str(refused.value)
    assert said.startswith("'611-2028' is not a proceeding known on 2026-11-24 (accepted: ")
    assert said.endswith("did you mean 611-2027?")


HEARING_SET = "own-1 2026-12-15 611-2027 - hearing=2027-02-23/2027-02-24"
PUT_OFF = "own-2 2027-01-20 611-2027 - hearing=2027-03-02"
EXPECTED = [
    # 3 to 5 December 2025 were 30 to 32 days after 3 November: 11 to 13 February 2027, the week of 8 February.
    ("2026-11-24", "611-2027", "hearing", ("2027-02-08", "2027-02-14", 30, 32)),
    # 12 December was 7 days after the hearing's last day: 20 February, a Saturday.
    ("2026-11-24", "611-2027", "rebuttals_due", ("2027-02-15", "2027-02-21", 7, 7)),
    ("2026-10-01", "611-2027", "hearing", None),  # no proceeding yet
    ("2027-02-14", "611-2027", "hearing", ("2027-02-08", "2027-02-14", 30, 32)),
    ("2027-02-15", "611-2027", "hearing", None),  # the weeks are over: the rhythm did not repeat
    # N13: 7 February 2024 was 21 days after 17 January; 28 January 2026.
    ("2025-12-05", "auto-2026", "hearing", ("2026-01-26", "2026-02-01", 21, 21)),
    ("2026-07-08", "auto-2026", "hearing", None),  # the report is out
    ("2025-10-01", "611-2026", "rebuttals_due", None),  # nothing went before
]


@pytest.mark.parametrize(("day", "proceeding", "name", "weeks"), EXPECTED)
def test_where_nothing_is_announced_last_times_rhythm_gives_weeks(
    day: str, proceeding: str, name: str, weeks: tuple[str, str, int, int] | None
) -> None:
    found = step(asked(day), proceeding, name)
    by = found.by_practice if found else None
    given = by and (by.start.isoformat(), by.end.isoformat(), by.least, by.most)
    assert given == weeks
    if found and by:
        assert found.state == "expected"
        assert found.day is None
        assert (by.start.weekday(), by.end.weekday()) == (0, 6)


def test_what_is_announced_ends_the_expectation_and_may_itself_be_moved() -> None:
    own = record(event(HEARING_SET), event(PUT_OFF))
    assert told(step(asked("2026-12-14", of=own), "611-2027", "hearing")) == "expected"
    assert told(step(asked("2026-12-15", of=own), "611-2027", "hearing")) == "announced 2027-02-23/2027-02-24"
    assert told(step(asked("2027-01-20", of=own), "611-2027", "hearing")) == "moved 2027-03-02 <- 2027-02-23"
    rebuttals = step(asked("2026-12-15", of=own), "611-2027", "rebuttals_due")
    assert rebuttals is not None
    assert rebuttals.by_practice is not None
    assert rebuttals.by_practice.start == date(2027, 3, 1)  # 7 days after 24 February is 3 March


def test_what_a_user_learned_later_is_not_known_before() -> None:
    own = record(event(HEARING_SET, "recorded_on = 2027-01-05\nknown_on = 2026-12-15"))
    assert told(step(asked("2026-12-20", of=own), "611-2027", "hearing")).startswith("announced")
    assert told(step(asked("2026-12-20", "2026-12-20", of=own), "611-2027", "hearing")) == "expected"
    assert told(step(asked("2026-12-20", "2027-01-05", of=own), "611-2027", "hearing")).startswith("announced")


def test_an_entry_taken_back_gives_no_day() -> None:
    back = '[[retracted]]\nid = "own-1"\non = 2026-12-16\nreason = "Another proceeding."\n'
    own = record(event(HEARING_SET), back)
    assert told(step(asked("2026-12-20", of=own), "611-2027", "hearing")) == "expected"


def test_what_practice_gives_is_no_deadline_and_in_no_feed() -> None:
    whole = record()
    without = replace(whole, proceedings=tuple(replace(each, rhythm=()) for each in whole.proceedings))
    asks = [ask(date(2026, 11, 24), law=LAW, record=each) for each in (whole, without)]
    states = [step(each.proceedings, "611-2027", "hearing") for each in asks]
    assert [told(each) for each in states] == ["expected", "not there"]
    assert asks[0].all_deadlines == asks[1].all_deadlines
    feeds = [feed(each, "everything", "en").replace(each.record.digest.encode(), b"") for each in asks]
    assert feeds[0] == feeds[1]


PROSE = {"en": "Practice, not a date.", "es": "Práctica, no una fecha.", "fr": "Une pratique, pas une date."}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_rendering_says_of_the_weeks_what_they_are(lang: str) -> None:
    found = asked("2026-11-24").only("611-2027")
    text = " ".join(say(found, lang).split())
    assert text.count(PROSE[lang].split()[0]) >= 2
    for one in document(found, lang)["proceedings"][0]["steps"]:
        if one["state"] == "expected":
            assert set(one["by_practice"]) == {"start", "end", "after", "least", "most", "precedents"}
            assert one["day"] is None


ANNOUNCED = """
[[announced]]
id = "E65d"
on = {on}
known_on = {known}
deadline = "us.comments.1-2"
jurisdiction = "us"
kind = "comment"
actor = "public"
title = "Comments"
text = "Comments."
proceeding = "611-2027"
step = "comments_due"
[[announced.source]]
title = "A source"
"""
LATER = ANNOUNCED.format(on="2027-01-20", known="2026-12-01").replace("E65d", "own-3")


def test_a_deadline_announced_anew_is_moved_as_a_step_too_and_by_nothing_else() -> None:
    first = ANNOUNCED.format(on="2027-01-12", known="2026-10-02")
    own = ask(date(2026, 12, 1), law=LAW, record=record(first, LATER))
    assert told(step(own.proceedings, "611-2027", "comments_due")) == "moved 2027-01-20 <- 2027-01-12"
    assert own.explain("us.comments.1-2").date == date(2027, 1, 20)
    with pytest.raises(BadData, match=r"another day than that of the deadline us\.comments\.1-2"):
        ask(
            date(2026, 12, 1),
            law=LAW,
            record=record(first, event("own-4 2026-12-01 611-2027 - comments_due=2027-01-20")),
        )


def test_a_proceeding_that_a_users_file_declares_is_on_no_page() -> None:
    matter = declared("matter-7") + event("own-5 2026-11-02 matter-7 notice hearing=2026-12-01")
    shipped = replace(RECORD, proceedings=())
    whole = ask(date(2026, 11, 24), law=LAW, record=merged([shipped, from_table(parsed(matter, "mine.toml"))]))
    assert [each.id for each in whole.proceedings.proceedings] == ["matter-7"]
    left = without_own(whole)
    assert left.proceedings.proceedings == ()
    assert "own-5" not in left.record.ids


WRONG = [
    (event(HEARING_SET.replace("611-2027", "611-2072")), "(own-1).proceeding: '611-2072' is not known"),
    (event(HEARING_SET.replace("611-2027", '"')).replace('proceeding = """', ""), "proceeding: is missing"),
    (event("own-1 2026-12-15 611-2027 - -"), "step: is missing"),
    (event("own-1 2026-12-15 611-2027 hering -"), "'hering' is not known"),
    (event("own-1 2026-12-15 611-2027 - hearing=2027-02-23/2027-02-22"), "until: is before the first day"),
    (declared("611-2028").replace("precedents = []", 'precedents = ["611-2077"]'), "'611-2077' is not known"),
    (declared("611-2027").replace("us.ustr", "us.usitc"), "the id is taken"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_a_file_may_not_say_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(BadData, match=r".*") as refused:
        ask(date(2026, 12, 20), law=LAW, record=record(text))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


# --------------------------------------------------------------------------------------------------- the command


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' record stands for the one that ships."""
    monkeypatch.setattr(ledger, "_shipped", record)


@pytest.mark.usefixtures("known")
def test_the_command_says_one_or_all_in_text_json_and_markdown(run: Run) -> None:
    text = run("proceedings", "611-2026", "--as-of", "2025-11-20")
    assert text.exit_code == 0
    assert "superseded" in text.stdout
    assert "2025-11-17" in text.stdout
    one = json.loads(run("proceedings", "611-2026", "--as-of", "2025-11-20", "--format", "json").stdout)
    assert [each["id"] for each in one["proceedings"]] == ["611-2026"]
    every = json.loads(run("proceedings", "--as-of", "2026-11-24", "--format", "json").stdout)
    assert {each["id"] for each in every["proceedings"]} == set(DECLARED)
    assert "## 611-2026" in run("proceedings", "--format", "md", "--as-of", "2026-11-24").stdout
    gone = run("proceedings", "611-2027", "--as-of", "2026-10-01")
    assert gone.exit_code == 2
    assert "'611-2027' is not a proceeding known on 2026-10-01" in gone.stderr


@pytest.mark.usefixtures("known")
def test_a_user_adds_a_step_and_the_days_that_a_notice_sets(run: Run, tmp_path: Path) -> None:
    mine = str(tmp_path / "mine.toml")
    told_of = ("--to", mine, "--source", "Federal Register", "--proceeding", "611-2027")
    assert run("record", "add", "2026-11-20 note", *told_of, "--sets", "hearing=2027-02-23/2027-02-24").exit_code == 0
    assert run("record", "add", "2026-11-21 note", *told_of, "--step", "report", "--text", "Out.").exit_code == 0
    found = json.loads(
        run("--record", mine, "proceedings", "611-2027", "--as-of", "2026-11-24", "--format", "json").stdout
    )
    stands = {each["step"]: each for each in found["proceedings"][0]["steps"]}
    assert stands["hearing"]["day"]["until"] == "2027-02-24"
    assert stands["report"]["state"] == "done"
    for wrong in (("--sets", "hearing"), ("--sets", "hering=2027-02-23"), ("--step", "hering")):
        refused = run("record", "add", "2026-11-22 note", *told_of, *wrong)
        assert refused.exit_code == 2
        assert len(refused.stderr.strip().splitlines()) == 1
    assert Path(mine).read_text(encoding="utf-8").count("[[event]]") == 2
