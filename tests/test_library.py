"""The library: what the guide shows of it is so, every public name is told there, and it starts light."""

from __future__ import annotations

import doctest
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

import review_clock as rc
from tests.frozen import DATA

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DAY = date(2026, 11, 24)
HEAVY = {"click", "icalendar", "jinja2", "holidays", "tabulate", "dateutil"}


@pytest.mark.parametrize(("text", "least"), [(README, 5), (GUIDE, 15)], ids=["README", "the guide"])
def test_what_is_shown_of_the_library_runs_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, least: int
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "my-law").mkdir()
    (tmp_path / "mine.toml").write_text(
        '[[event]]\nid = "own-1"\nact = "note"\non = 2026-11-20\ntext = "A call."\n[[event.source]]\ntitle = "Memo"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    shown = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "a guide", None, 0)
    assert len(shown.examples) >= least
    said: list[str] = []
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(shown, out=said.append).failed == 0, "".join(said)


@pytest.mark.parametrize("name", [name for name in rc.__all__ if name != "__version__"])
def test_every_public_name_is_told(name: str) -> None:
    public = getattr(rc, name)
    assert inspect.getdoc(public)
    assert re.search(rf"\b(?:rc\.)?{name}\b", GUIDE)
    for inner, member in vars(public).items() if inspect.isclass(public) else ():
        if not inner.startswith("_") and (callable(member) or isinstance(member, property | classmethod)):
            assert inspect.getdoc(member), f"{name}.{inner}"


def test_what_is_not_public_is_no_attribute() -> None:
    assert set(dir(rc)) == set(rc.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = rc.nothing


def test_the_import_alone_loads_nothing() -> None:
    code = "import sys, review_clock; print(*{name.split('.')[0] for name in sys.modules}); "
    code += "print(*(name for name in sys.modules if name.startswith('review_clock.')))"
    loaded, ours = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert not HEAVY & set(loaded.split())
    assert not ours


def test_a_question_is_frozen_and_equal_to_another_of_the_same() -> None:
    question = rc.ask(DAY)
    with pytest.raises(AttributeError):
        question.as_of = date(2027, 1, 1)  # type: ignore[misc]
    assert question == rc.ask(DAY)
    assert hash(question) == hash(rc.ask(DAY))
    assert question != rc.ask(date(2026, 11, 25))
    assert question.assume("2029-03-15 all confirm") == rc.ask(DAY).assume("2029-03-15 all confirm") != question
    assert question.under(term_ends="end_of_day") == rc.ask(DAY, readings={"term_ends": "end_of_day"}) != question


def test_what_is_printed_of_a_value_can_be_read() -> None:
    question = rc.ask(DAY).under(term_ends="end_of_day").assume("2029-03-15 all confirm")
    readings, assumed = "('term_ends=end_of_day',)", "('2029-03-15 all confirm',)"
    assert repr(question) == f"Question(as_of=2026-11-24, readings={readings}, assumed={assumed})"
    values = (question, question.law, question.record, question.all_deadlines[0], question.changes[0])
    assert all(len(repr(value)) < 600 for value in values)


def test_the_document_of_a_question_is_that_of_status(run: Callable[..., Result]) -> None:
    printed = json.loads(run("status", "--as-of", DAY, "--format", "json").stdout)
    assert printed.pop("provenance")["command"].startswith("review-clock status")
    assert json.loads(json.dumps(rc.document(rc.ask(DAY)))) == printed


def test_what_has_no_text_says_so() -> None:
    question = rc.ask(DAY)
    assert rc.say(question.deadlines(within=90)).startswith("Date")
    for answer in (question.course, question.timeline, question.history):
        with pytest.raises(TypeError, match="has no text of its own"):
            rc.say(answer)


@pytest.mark.parametrize("name", ["BadData", "NotProvidedFor", "NotAssumable", "BeyondTheCalendar"])
def test_each_error_is_one_of_ours(name: str) -> None:
    assert issubclass(getattr(rc, name), rc.Error)


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        (lambda q: q.deadlines(when="soon"), TypeError, "when .*accepted: jurisdiction, kind, certainty"),
        (lambda _: rc.compare(), TypeError, "first"),
        (lambda q: q.under(term_end="x"), rc.Error, r"'term_end' is not a reading \(accepted: term_ends, "),
        (lambda q: q.under(term_ends="x"), rc.Error, "accepted: start_of_day, end_of_day"),
        (lambda _: rc.ask(DAY, readings={"nothing": "x"}), rc.Error, "not a reading .accepted"),
        (lambda q: q.assume("2029-03-15 us sleeps").status, rc.Error, "'us sleeps' is not an act .accepted"),
        (lambda q: q.assume("2026-01-01 us confirms").status, rc.NotAssumable, "the record reaches to"),
        (lambda q: q.explain("nothing"), rc.Error, "'nothing' is not a deadline .accepted"),
        (lambda _: rc.ask(date(2101, 1, 1)).status, rc.BeyondTheCalendar, "2101-01-01 is after 2100-12-31"),
        (lambda q: rc.outlook(q, confirm={"us": "2"}), rc.Error, "2 is more than 1"),
        (lambda _: rc.explore(rc.ask(date(2037, 1, 1))), rc.Error, "not in force on 2037-01-01"),
        (lambda q: rc.feed(q, "nothing"), rc.BadData, "nothing: is not a feed .accepted: "),
        (lambda q: rc.say(q, "de"), rc.Error, r"'de' is not a language \(accepted: en, es, fr\)"),
        (lambda _: rc.Law.read("no-such-folder"), rc.BadData, "no-such-folder: is not a folder"),
        (lambda _: rc.Record.shipped().with_file("none.toml"), rc.BadData, "none.toml: cannot be read"),
    ],
)
def test_a_refusal_says_what_is_accepted(
    asked: Callable[[rc.Question], object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        asked(rc.ask(DAY))


def test_a_folder_that_no_build_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(rc.Error, match="were not made by build"):
        rc.build(rc.ask(DAY), str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_law_of_ones_own_is_another_law(tmp_path: Path) -> None:
    text = (DATA / "law" / "deadlines.toml").read_text(encoding="utf-8")
    (tmp_path / "deadlines.toml").write_text(text.replace("{ days = -70 }", "{ days = -71 }"), encoding="utf-8")
    law, identity = rc.Law.read(tmp_path), "us.611.annual-report.1-2"
    assert rc.ask(DAY, law=law).explain(identity).date == date(2027, 4, 21)
    assert rc.ask(DAY).explain(identity).date == date(2027, 4, 22)
    assert law.with_own([]) == law
