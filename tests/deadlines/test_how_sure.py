"""How sure a date is, how well it was met, what moved it and what would: by rows, each with where it was found.

A row is what a user records beside the record, a day, a deadline, and what must be said of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

import review_clock as rc
from review_clock.deadlines.deadline import Deadline
from review_clock.deadlines.would_move import CAUSES
from review_clock.files import LANGUAGES, parsed
from review_clock.formats.explanation import explanation
from review_clock.formats.parts import as_text
from review_clock.formats.text_deadlines import deadlines_csv, deadlines_markdown, deadlines_text
from review_clock.law.under_readings import Combinations
from review_clock.questions.other_readings import other_readings
from review_clock.record.ledger import Record, from_table, merged
from review_clock.scenarios.assume import NotAssumable
from review_clock.scenarios.library import library, plan_of_lines
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

AS_OF = date(2026, 11, 24)
SET = 'on = 2026-11-20\nact = "review_scheduled"\nday = 2027-06-15'
KEPT = 'on = 2026-11-20\nact = "review_scheduled"\nday = 2027-07-01'


def _note(on: str, shows: str, of: str, more: str = "") -> str:
    return f'on = {on}\nact = "note"\n{shows} = ["{of}"]\n{more}'


def with_entries(*entries: str) -> Record:
    """The record with a user's entries over it."""
    rows = (
        f'[[event]]\nid = "own-{n}"\n{each}\ntext = "What was told."\n[[event.source]]\ntitle = "Press {n}"\n'
        for n, each in enumerate(entries, 1)
    )
    return merged([RECORD, from_table(parsed("\n".join(rows), "own.toml"))])


def asked(identity: str, on: date = AS_OF, entries: Iterable[str] = (), **readings: str) -> Deadline:
    """One deadline as of a day, as `explain` has it."""
    chosen = LAW.chosen(f"{key}={value}" for key, value in readings.items())
    return question(on, chosen, with_entries(*entries) if entries else RECORD).explain(identity)


D = date.fromisoformat
ANNUAL = "us.611.annual-report.1-2"
NOTICE = "us.611.notice.1-2"
LATE = _note("2027-05-30", "fulfils", ANNUAL)

# where found · entries · day · deadline · what must be said of it
ROWS: list[tuple[str, tuple[str, ...], str, str, dict[str, Any]]] = [
    ("desk A1a, Def. 10: the day is inferred, so that lateness cannot be judged", (LATE,), "2027-06-02", ANNUAL,
     {"outcome": "done", "days_late": None, "day_is": "inferred", "supports_from": D("2027-08-08")}),
    ("desk A1a: 38 days late once the day is set", (KEPT, LATE), "2027-06-02", ANNUAL,
     {"outcome": "done_late", "days_late": 38, "day_is": "set", "supports_from": D("2027-08-08")}),
    ("desk A1b, feeds A4, issue 11", (SET,), "2026-11-24", NOTICE,
     {"date": D("2026-09-18"), "outcome": "reported", "days_late": 14, "supports_from": D("2027-06-29"),
      "review_on": D("2027-06-15"), "outcome_confidence": "single_secondary"}),
    ("desk A10, law B7", (), "2026-11-24", NOTICE, {"outcome": "reported", "days_late": None, "certainty": "past"}),
    ("news.md, us.611.notice: 5 October supports no review before 2 July 2027",
     (KEPT, _note("2026-10-05", "fulfils", NOTICE)), "2026-11-24", NOTICE,
     {"outcome": "done_late", "days_late": 1, "supports_from": D("2027-07-02")}),
    ("Def. 10: a day of which the year alone is known is judged by nobody",
     (KEPT, _note("2027-12-31", "fulfils", ANNUAL, 'on_is = "year"')), "2028-01-01", ANNUAL,
     {"outcome": "done", "days_late": None, "supports_from": None}),
    ("Def. 10: in time on the last day", (KEPT, _note("2027-04-22", "fulfils", ANNUAL)), "2027-06-02", ANNUAL,
     {"outcome": "done", "days_late": 0, "late_under": ("at_least_days_before=clear_days",)}),
    ("Def. 11: operation of law is done and never late", (), "2026-11-24", "origin.alternative-staging",
     {"outcome": "done", "days_late": None}),
    ("law A1, desk A7", (), "2026-11-24", "treaty.review.annual.1-2",
     {"date": D("2027-07-01"), "day_is": "inferred", "edtf": "2027-07-01?", "certainty": "scheduled",
      "bound": "in_year", "earliest_open": True, "latest_open": True, "open_under": ("annual_review_day=any_day",)}),
    ("law A1: what hangs on it inherits that", (), "2026-11-24", ANNUAL,
     {"day_is": "inferred", "earliest": D("2027-04-21"), "earliest_open": True, "latest_open": True}),
    ("desk A7: R11 puts the notice earlier, on an unknown day", (), "2026-11-24", "us.611.notice.1-3",
     {"earliest_open": True, "open_under": ("annual_review_day=any_day", "review_commences=preparatory_talks")}),
    ("Def. 8: a day that the Parties set is scheduled, not fixed, not announced", (SET,), "2026-11-24",
     "treaty.review.annual.1-2",
     {"date": D("2027-06-15"), "day_is": "set", "certainty": "scheduled", "edtf": "2027-06-15",
      "moved_from": D("2027-07-01"), "earliest_open": False, "latest_open": False}),
    ("desk A7: approximate dates are not fixed", (), "2026-11-24", "us.202a.itc.3",
     {"certainty": "scheduled", "day_is": "inferred"}),
    ("desk A7", (), "2026-11-24", "us.816.biennial.1", {"certainty": "scheduled", "day_is": "inferred"}),
    ("desk A6: a closing date is announced", (), "2026-11-24", "us.comments.1-2",
     {"certainty": "announced", "day_is": "set", "would_move": ("announcement",), "confidence": "single_secondary"}),
    ("desk A5: searched, not subtracted", (), "2026-11-24", "treaty.withdrawal.last-notice.1",
     {"date": D("2035-12-31"), "earliest": D("2035-12-30"), "latest": D("2036-01-01")}),
    ("Def. 8: what the law fixes is fixed", (), "2026-11-24", "origin.steel",
     {"certainty": "fixed", "day_is": "by_law", "days_left": 219}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "entries", "on", "identity", "said"), ROWS, ids=[f"{r[3]} {r[0][:40]}" for r in ROWS]
)
def test_what_is_said_of_a_deadline(
    found: str, entries: tuple[str, ...], on: str, identity: str, said: dict[str, Any]
) -> None:
    deadline = asked(identity, D(on), entries)
    assert {key: getattr(deadline, key) for key in said} == said, found


# ------------------------------------------------------------------------------------------------------- in words


def _told(deadline: Deadline, record: Record = RECORD, lang: str = "en") -> str:
    return " ".join(as_text(explanation(deadline, record, wording(lang))).split())


def test_the_issues_own_example_in_words() -> None:
    record = with_entries(SET)
    told = _told(question(AS_OF, record=record).explain(NOTICE), record)
    assert "reported; the act itself was not seen" in told
    assert "14 days late for a review on June 15, 2027; supports no review before June 29, 2027" in told
    assert "2026-11-20 day of the next joint review set: moved from 2026-10-04 to 2026-09-18 (Press 1)" in told


IN_WORDS = [
    ("treaty.review.annual.1-2", "around 2027-07-01 (no day announced)"),
    ("treaty.review.annual.1-2", "How the duty was read text read as quoted How the day is known the day is inferred"),
    (ANNUAL, "2027-04-22 (day inferred)"),
    (ANNUAL, "2027-04-21, or earlier, on an unknown day"),
    (ANNUAL, "2026-07-01 no confirmation (United States): 2027-04-22, before contingent, now scheduled (USTR,"),
    ("us.comments.1-2", "2026-10-02: announced, 2027-01-12 (USTR, USTR Seeks Public Comment"),
    ("us.comments.1-2", "What would move it A new announcement by whoever set it."),
    ("us.202a.itc.3", "2027-07-01: The Commission institutes investigation 332-608"),
    ("us.718.14", "2026-11-25 correction of ours: Contingent from January 29, 2025 on"),
]


@pytest.mark.parametrize(("identity", "said"), IN_WORDS)
def test_it_stands_beside_the_date_in_explain(identity: str, said: str) -> None:
    assert said in _told(asked(identity))


def test_done_late_says_how_late_and_a_list_says_so_too() -> None:
    record = with_entries(KEPT, LATE)
    late = question(D("2027-06-02"), record=record).explain(ANNUAL)
    assert "done, 38 days late" in _told(late, record)
    for shown in (deadlines_text((late,), wording("en")), deadlines_markdown((late,), wording("en"))):
        assert "38 days late for a" in shown
        assert "day inferred" not in shown
    assert "done, 38 days late" in deadlines_markdown((late,), wording("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_export_carries_how_sure_it_is(lang: str) -> None:
    deadlines, words = question(AS_OF).deadlines(within=366), wording(lang)
    rows = deadlines_csv(deadlines, words).splitlines()
    assert {"certainty", "confidence", "bound", "day_is", "days_left", "edtf", "derivation"} <= set(rows[0].split(","))
    shown = deadlines_markdown(deadlines, words)
    for each in deadlines:
        assert words(f"bound.{each.bound}") in shown
        assert words.confidence(each) in shown
        document = json.loads(json.dumps(rc.document(each, lang)))
        assert {"certainty", "confidence", "bound", "day_is", "days_left", "edtf"} <= set(document)
    inferred = [each for each in deadlines if each.day_is == "inferred"]
    assert inferred
    for each in inferred:
        key = "day.around" if each.kind == "review" else "day.inferred"
        assert words(key, day=each.date.isoformat()) in shown


# ------------------------------------------------------------------------------------------------------ any_day


def test_a_review_on_any_day_has_no_date_and_stands_last() -> None:
    asked_of = question(AS_OF, LAW.chosen(["annual_review_day=any_day"]))
    found = [each for each in asked_of.all_deadlines if each.id == "treaty.review.annual.1-2"]
    assert rc.document(found[0], "en")["date"] is None
    assert (found[0].edtf, found[0].days_left) == ("2027-01-01/2027-12-31", None)
    undated = [each.without_day for each in asked_of.all_deadlines]
    assert undated == sorted(undated)
    assert asked_of.explain(ANNUAL).date == date(2027, 4, 22)
    assert asked_of.explain(ANNUAL).edtf == "2027-04-22?"
    review = asked_of.status.answer.next_review
    assert review is not None
    assert (review.date, review.edtf) == (None, "2027-01-01/2027-12-31")
    assert b"treaty.review.annual" not in rc.feed(asked_of, "everything", "en")


def test_under_preparatory_talks_the_notice_is_owed_earlier_and_not_gone() -> None:
    found = asked("us.611.notice.1-3", review_commences="preparatory_talks")
    assert (found.without_day, found.edtf, found.days_left) == (True, "../2027-10-05", None)
    assert "before 2027-10-05, on an unknown day" in _told(found)


def test_any_day_is_no_factor_in_the_combinations() -> None:
    here = question(AS_OF)
    with_all = other_readings(here)
    without = [choice for choice in LAW.alternatives(LAW.defaults) if choice != ("annual_review_day", "any_day")]

    def days(readings: Any) -> dict[str, date]:
        there = question(AS_OF, readings)
        return {each.id: each.date for each in there.all_deadlines}

    few = ["annual_review_day", "at_least_days_before", "term_ends"]
    both = [choice for choice in LAW.alternatives(LAW.defaults) if choice[0] in few]
    counted = [
        len((each := Combinations(LAW.defaults, choices, days)).all(each.that_matter()))
        for choices in (both, [choice for choice in both if choice in without])
    ]
    assert counted[0] == counted[1]
    named = {other.reading for others in with_all.others.values() for other in others}
    assert "annual_review_day=any_day" not in named


def test_the_points_say_what_they_open() -> None:
    points = {point.reading.key: point for point in question(AS_OF).open_points}
    assert ANNUAL in {each.id for each, value in points["annual_review_day"].opens if value == "any_day"}
    assert "us.611.notice.1-3" in {each.id for each, _ in points["review_commences"].opens}
    decided = {each.id for each, _ in points["review_2032_without_extension"].opens}  # law B8
    assert "us.611.report.1-7" in decided


# ------------------------------------------------------------------------------------- what moved, what would move


def test_what_was_announced_appears_on_the_day_it_was_made() -> None:
    change = asked("us.comments.1-2").changes[0]  # desk A8
    assert (change.by, change.on, change.entry) == ("announced", date(2026, 10, 2), "E65d")


def test_a_moved_date_drops_the_sources_that_speak_of_the_old_day() -> None:
    moved = asked("treaty.review.annual.1-2", entries=(SET,))  # feeds A3
    assert moved.expected_by == ()
    assert asked("treaty.review.annual.1-2").expected_by == ("E71",)
    assert (moved.changes[-1].what, moved.changes[-1].source) == ("moved", "Press 1")
    assert asked(ANNUAL, entries=(SET,)).expected_by == ()


@pytest.mark.parametrize(("on", "said"), [("2026-10-01", ("E71",)), ("2026-10-02", ()), ("2026-10-03", ())])
def test_a_source_speaks_of_another_day_where_it_was_set_on_its_own_day_or_after_it(
    on: str, said: tuple[str, ...]
) -> None:
    """E71, of 2 October 2026, expects 1 July 2027; who heard of the day set speaks of it."""
    assert asked("treaty.review.annual.1-2", entries=(SET.replace("2026-11-20", on),)).expected_by == said


def test_a_rescission_revives_and_says_so() -> None:
    assumed = question(AS_OF, plan=plan_of_lines(("2027-01-15 us gives notice", "2027-06-01 us rescinds notice")))
    found = {each.id: each for each in assumed.all_deadlines}
    told = [change.what for change in found["us.611.notice.1-4"].changes]
    assert told[-2:] == ["vanished", "revived"]
    assert found["us.611.notice.1-4"].certainty == "scheduled"
    for each in found.values():
        gone = [change.what for change in each.changes if change.what in ("vanished", "revived")]
        assert (each.certainty == "superseded") == (gone[-1:] == ["vanished"]), each.id


def test_a_notice_that_runs_makes_later_duties_contingent_and_its_rescission_surer_again() -> None:
    entries = (
        'on = 2026-11-10\nact = "withdrawal_notice"\nparty = "us"',
        'on = 2026-11-20\nact = "withdrawal_rescinded"\nparty = "us"',
    )
    running, back = (asked("us.611.notice.1-4", entries=entries[:n]) for n in (1, 2))
    assert (running.certainty, running.changes[-1].became) == ("contingent", "contingent")
    assert (back.certainty, back.changes[-1].what, back.changes[-1].became) == ("scheduled", "certainty", "scheduled")


REMOVERS = [
    ("extension", ("2029-03-15 all confirm",)),
    ("extension", ("2027-07-01 all confirm",)),
    ("departure", ("2027-01-15 us gives notice", "2027-01-15 mx gives notice")),
    ("departure", ("2030-01-15 us gives notice",)),
    ("set_day", ("2026-11-25 next review set for 2027-06-15",)),
]


@pytest.mark.parametrize(("cause", "lines"), REMOVERS, ids=[" ".join(r[1]) for r in REMOVERS])
def test_what_would_move_a_date_names_what_removes_or_moves_it(cause: str, lines: tuple[str, ...]) -> None:
    here = {each.id: each for each in question(AS_OF).all_deadlines}  # desk A9
    changed = [d for d in question(AS_OF, plan=plan_of_lines(lines)).changes if d.what in ("vanishes", "moves")]
    assert changed
    for each in changed:
        assert cause in here[each.id].would_move, each.id


@pytest.mark.parametrize(
    "identity", ["treaty.withdrawal.last-notice.1", "us.125e.recommendations.1", "us.125e.duties.1"]
)
def test_an_extension_is_named_for_what_desk_a9_lists(identity: str) -> None:
    assert "extension" in asked(identity).would_move


def test_a_notice_taken_back_is_named_where_it_would_help() -> None:
    entry = 'on = 2026-11-20\nact = "withdrawal_notice"\nparty = "us"'
    assert asked("treaty.withdrawal.effect.us-1", entries=(entry,)).would_move == ("rescission",)
    assert asked("us.621.all.us-1", entries=(entry,)).would_move == ("rescission",)


# ------------------------------------------------------------------------------------------------ in every history


def _lines(chance: Random) -> list[str]:
    """A few lines of the grammar between today and the end of the term, in order of their days."""
    forms = (
        "{} all confirm", "{} us confirms", "{} ca declines", "{} us gives notice", "{} mx gives notice",
        "{} us rescinds notice", "{} review held", "{} review concludes", "{} next review held",
        "{} next review set for {}",
    )  # fmt: skip
    days = sorted(date(2026, 12, 1) + timedelta(days=chance.randrange(3400)) for _ in range(chance.randrange(1, 5)))
    return [chance.choice(forms).format(day, day + timedelta(days=chance.randrange(20, 300))) for day in days]


def _histories(n: int) -> Iterable[tuple[Any, tuple[str, ...]]]:
    chance = Random(11)
    for _ in range(n):
        kept: tuple[str, ...] = ()
        for line in _lines(chance):
            try:
                question(AS_OF, plan=plan_of_lines((*kept, line))).line  # noqa: B018
            except (NotAssumable, rc.NotProvidedFor):
                continue
            kept = (*kept, line)
        readings = LAW.defaults.but(*chance.choice(LAW.alternatives(LAW.defaults)))
        yield chance.choice((LAW.defaults, readings)), kept
    yield from ((LAW.defaults, plan.lines) for plan in library().values() if not plan.counterfactual)


def test_fixed_and_inferred_never_meet_and_nothing_counted_from_an_inferred_day_is_by_law(
    record_property: Callable[[str, object], None],
) -> None:
    dates = 0
    for readings, lines in _histories(60):
        try:
            found = question(AS_OF, readings, plan=plan_of_lines(lines)).all_deadlines
        except (NotAssumable, rc.NotProvidedFor):
            continue
        days = {each.review.key: each.review.day_is for each in found if each.review and each.certainty != "superseded"}
        for each in found:
            dates += 1
            assert each.certainty != "fixed" or each.day_is == "by_law", each.id
            assert not any("fixed" in (c.was, c.became) for c in each.changes) or each.day_is == "by_law", each.id
            if each.review and days.get(each.review.key) == "inferred":
                assert each.day_is != "by_law", each.id
            assert (each.day_is == "inferred") == (each.edtf.endswith("?") or "/" in each.edtf)
            assert set(each.would_move) <= set(CAUSES)
            assert each.latest_open <= each.earliest_open == bool(each.open_under)
            assert each.days_late is None or each.day_is != "inferred", each.id
    record_property("how sure: dates in which fixed and inferred do not meet", dates)
