"""A year of a firm's life: two people, one shared file that began with version 0.2.0, and what each day was answered.

What happened in the office and in the world is told as a list of steps. What must be answered of a day, with what was
known on a day, is a table written by hand; and every answer that was given on the day is asked for again at the end of
the year, from the file as it then stands.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from review_clock.questions.all_deadlines import NoSuchDeadline
from review_clock.questions.question import Question, ask
from review_clock.record.entries import Source
from review_clock.record.ledger import Record
from review_clock.record.own_case import OwnCase, case_id
from review_clock.timeline.keeping import NewEvent, TakenBack, keep
from tests.frozen import FIXTURES, LAW, defaults

D = date.fromisoformat
RULE: Final = "us.716.facility-review"
WRONG_CASE: Final = f"{RULE}.{case_id('Acme', RULE, D('2027-02-03'))}"
CASE: Final = f"{RULE}.{case_id('Acme', RULE, D('2027-02-05'))}"
HEARING: Final = "firm.hearing"
COMMENTS: Final = "us.comments.1-2"


def _event(path: Path, on: str, by: str, act: str, text: str, *fulfils: str) -> str:
    event = NewEvent(
        act=act, id=None, text=text, source=Source(title="File note"), fulfils=fulfils, recorded_on=D(on),
        recorded_by=by,
    )  # fmt: skip
    return keep(str(path), Record.shipped(), LAW, defaults(), event=event).ids[0]


def _back(path: Path, on: str, by: str, identity: str, reason: str, case: OwnCase | None = None) -> None:
    back = TakenBack(id=identity, on=D(on), reason=reason, by=by)
    keep(str(path), Record.shipped(), LAW, defaults(), event=case, back=back)


def _case(trigger: str, recorded: str, by: str) -> OwnCase:
    return OwnCase(
        id=case_id("Acme", RULE, D(trigger)), matter="Acme", rule=RULE, trigger=D(trigger), who="anna", remind=(7,),
        office="us", known_on=D(trigger), recorded_on=D(recorded), recorded_by=by, where="",
    )  # fmt: skip


def _hearing(path: Path, identity: str, on: str, known: str, recorded: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f'{text}\n[[announced]]\nid = "{identity}"\non = {on}\nknown_on = {known}\nrecorded_on = {recorded}\n'
        f'deadline = "{HEARING}"\njurisdiction = "us"\nkind = "meeting"\nactor = "Acme"\ntitle = "Hearing"\n'
        'text = "The hearing on the petition."\n[[announced.source]]\ntitle = "Letter of the agency"\n',
        encoding="utf-8",
    )


def _slip(path: Path) -> None:
    assert _event(path, "2027-06-18", "ben", "2027-06-15 ca gives notice", "As a newspaper has it.") == SLIP


SLIP: Final = "own-abc33ebe"

# By day: what the office did. The file is that of 0.2.0 (tests/fixtures/0.2.0/office/anna.toml) until ben, who has this
# version, adds to it on 20 November 2026.
STEPS: Final[tuple[tuple[str, Callable[[Path], object]], ...]] = (
    ("2026-11-20", lambda p: _event(p, "2026-11-20", "ben", "2026-11-18 note", "A client asks about 2027.")),
    ("2027-01-12", lambda p: _event(p, "2027-01-12", "anna", "2027-01-11 note", "Comments filed.", COMMENTS)),
    (
        "2027-02-04",
        lambda p: keep(
            str(p), Record.shipped(), LAW, defaults(), event=_case("2027-02-03", "2027-02-04", "anna")
        ),
    ),
    (
        "2027-02-08",
        lambda p: _back(
            p, "2027-02-08", "ben", WRONG_CASE.rpartition(".")[2], "Received on the 5th, by the stamp.",
            _case("2027-02-05", "2027-02-08", "ben"),
        ),
    ),
    ("2027-02-15", lambda p: _hearing(p, "h-1", "2027-04-20", "2027-02-12", "2027-02-15")),
    ("2027-03-09", lambda p: _event(p, "2027-03-09", "anna", "2027-03-05 note", "The committee's letter.", CASE)),
    ("2027-03-22", lambda p: _hearing(p, "h-2", "2027-05-11", "2027-03-20", "2027-03-22")),  # moved, announced anew
    ("2027-06-18", _slip),
    ("2027-06-21", lambda p: _back(p, "2027-06-21", "anna", SLIP, "The newspaper corrected itself.")),
    ("2027-09-10", lambda p: _event(p, "2027-09-10", "ben", "2027-09-01 us gives notice", "Notice seen.")),
    ("2027-11-15", lambda p: _event(p, "2027-11-15", "anna", "2027-11-12 us rescinds notice", "Rescission seen.")),
)  # fmt: skip

# The day asked for, the day of knowledge (none: what the record says at the end of the year, of it what was public);
# then, by hand: the notices that run, with the day each takes effect; comments; the case's date and what became of it;
# the hearing. The notice of 1 September 2027 takes effect six months on, on 1 March 2028; that of 15 June would on 15
# December 2027. Thirty days from 3 February 2027 are 5 March, from 5 February 7 March.
NOW: Final = None
MODEL: Final[tuple[tuple[str, str | None, str, str, str, str], ...]] = (
    # as of        known on      notices          comments       case                 hearing
    ("2026-11-20", NOW, "", "announced", "", ""),
    ("2026-11-20", "2026-11-20", "", "announced", "", ""),
    ("2027-01-11", NOW, "", "past done", "", ""),
    ("2027-01-11", "2027-01-11", "", "announced", "", ""),  # filed that day, entered the next
    ("2027-01-12", "2027-01-12", "", "past done", "", ""),
    ("2027-02-04", "2027-02-04", "", "past done", "2027-03-05 fixed", ""),  # what anna was told before the correction
    ("2027-02-04", NOW, "", "past done", "", ""),  # the petition came in on the 5th
    ("2027-02-07", "2027-02-07", "", "past done", "2027-03-05 fixed", ""),
    ("2027-02-07", "2027-02-08", "", "past done", "2027-03-07 fixed", ""),
    ("2027-02-08", "2027-02-08", "", "past done", "2027-03-07 fixed", ""),
    ("2027-02-14", NOW, "", "past done", "2027-03-07 fixed", "2027-04-20"),  # announced on the 12th
    ("2027-02-14", "2027-02-14", "", "past done", "2027-03-07 fixed", ""),  # entered on the 15th
    ("2027-02-14", "2027-02-15", "", "past done", "2027-03-07 fixed", "2027-04-20"),
    ("2027-02-15", "2027-02-15", "", "past done", "2027-03-07 fixed", "2027-04-20"),
    ("2027-03-08", "2027-03-08", "", "past done", "2027-03-07 past unrecorded", "2027-04-20"),
    ("2027-03-08", NOW, "", "past done", "2027-03-07 past done", "2027-04-20"),
    ("2027-03-20", NOW, "", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-03-21", "2027-03-21", "", "past done", "2027-03-07 past done", "2027-04-20"),
    ("2027-03-22", "2027-03-22", "", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-06-16", NOW, "", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-06-18", "2027-06-18", "CA 2027-12-15", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-06-18", "2027-06-21", "", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-06-21", "2027-06-20", "CA 2027-12-15", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-09-05", NOW, "US 2028-03-01", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-09-05", "2027-09-05", "", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-11-13", "2027-11-13", "US 2028-03-01", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-11-13", NOW, "", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2027-11-30", "2027-11-30", "", "past done", "2027-03-07 past done", "2027-05-11"),
    ("2028-03-02", "2027-11-14", "", "past done", "2027-03-07 past done", "2027-05-11"),  # foreseen then: gone
    ("2028-03-02", NOW, "", "past done", "2027-03-07 past done", "2027-05-11"),
)
BOUND: Final = {("2028-03-02", "2027-11-14"): "CA MX"}
"""Who is bound, where that is not all three."""


def _said(question: Question, identity: str, day: bool = True) -> str:
    """A date as the table has it; nothing where there is none, or where what was announced was taken back."""
    try:
        found = question.explain(identity)
    except NoSuchDeadline:
        return ""
    if found.certainty == "superseded":
        return ""
    standing = f"{found.certainty} {found.outcome}".strip()
    return f"{found.date} {standing}" if day else standing


def _answered(question: Question) -> tuple[str, str, str, str]:
    notices = " ".join(f"{each.party.upper()} {each.effective}" for each in question.answer.notices)
    case = _said(question, CASE) or _said(question, WRONG_CASE)
    return notices, _said(question, COMMENTS, day=False), case, _said(question, HEARING).partition(" ")[0]


def _asked(path: Path, as_of: date, known_on: date | None) -> Question:
    return ask(as_of, law=LAW, record=Record.shipped().with_file(path), known_on=known_on)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[date, tuple[str, str, str, str]]]:
    """The file at the end of the year, and what was answered at the end of each day on which something was done."""
    path = tmp_path_factory.mktemp("office") / "firm.toml"
    path.write_text((FIXTURES / "office" / "anna.toml").read_text(encoding="utf-8"), encoding="utf-8")
    given = {}
    for on, step in STEPS:
        step(path)
        given[D(on)] = _answered(_asked(path, D(on), D(on)))
    return path, given


Year = tuple[Path, dict[date, tuple[str, str, str, str]]]


@pytest.mark.parametrize("row", MODEL, ids=lambda row: f"{row[0]} as known {row[1] or 'now'}")
def test_the_answer_is_the_one_written_by_hand(year: Year, row: tuple[str, str | None, str, str, str, str]) -> None:
    as_of, known_on, *expected = row
    question = _asked(year[0], D(as_of), D(known_on) if known_on else None)
    assert _answered(question) == tuple(expected)
    bound = BOUND.get((as_of, known_on or ""), "CA MX US")
    assert " ".join(sorted(party.upper() for party in question.answer.between)) == bound


def test_what_was_answered_on_the_day_is_answered_so_at_the_end_of_the_year(year: Year) -> None:
    path, given = year
    assert {on: _answered(_asked(path, on, on)) for on in given} == given
    assert len(set(given.values())) > 5  # they differ: it is not one answer again and again


def test_nothing_is_lost_and_who_entered_it_and_why_it_was_taken_back_is_kept(year: Year) -> None:
    record = Record.shipped().with_file(year[0])
    own = {each.text.en: each for each in record.all_entries if each.where.startswith("firm.toml")}
    begun = Record.shipped().with_file(FIXTURES / "office" / "anna.toml")
    assert {each.text.en for each in begun.all_entries if each.where.startswith("anna.toml")} < set(own)
    assert own["Comments filed."].recorded_by == "anna"
    assert own["Notice seen."].recorded_by == "ben"
    assert [(each.id, each.on, each.by, each.reason) for each in record.retractions] == [
        (WRONG_CASE.rpartition(".")[2], D("2027-02-08"), "ben", "Received on the 5th, by the stamp."),
        (SLIP, D("2027-06-21"), "anna", "The newspaper corrected itself."),
    ]
    assert [each.trigger for each in record.cases] == [D("2027-02-05")]


def test_what_moved_the_hearing_and_the_case_is_told(year: Year) -> None:
    question = _asked(year[0], D("2027-12-01"), None)
    assert [(c.what, c.by, c.on) for c in question.explain(CASE).changes][:1] == [("appeared", "case", D("2027-02-05"))]
    gone = question.explain(WRONG_CASE)
    assert gone.certainty == "superseded"
    assert gone.superseded_by is not None
    assert gone.superseded_by.source == "Received on the 5th, by the stamp."
    moved = [change for change in question.explain(HEARING).changes if change.what == "moved"]
    assert [(each.before, each.after) for each in moved] == [(D("2027-04-20"), D("2027-05-11"))]
