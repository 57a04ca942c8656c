"""Given and ask: what an event means, odds by hand, and against every way of the model written by hand."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from click.testing import Result

import review_clock as rc
from review_clock.futures.events import NotAnEvent, happenings_of, holds, understood
from review_clock.futures.happenings import By
from review_clock.futures.odds import Asked, NeverSo, odds
from review_clock.law.acts_and_lapses import Party
from review_clock.words.events import event_text
from review_clock.words.wording import wording
from tests.frozen import question
from tests.futures.sampling import Drawn, draw
from tests.futures.test_who_is_in import _Scripted

Run = Callable[..., Result]
AS_OF = date(2026, 11, 24)
ALL = frozenset(Party)
P = {"us": "3/10", "ca": 1, "mx": 1}


def _asked(*ask: str, given: tuple[str, ...] = (), as_of: date = AS_OF, **others: Any) -> Asked:
    chances = {"confirm": P, "exact": True, "horizon": 2042} | others
    return odds(question(as_of), ask=ask, given=given, **chances)


def _given(*args: str, **others: Any) -> object:
    return _asked(*args, **others).odds[0].given


# ------------------------------------------------------------------------------------------------------ by hand


def test_not_extended_by_2030_is_what_a_later_day_takes_as_given() -> None:
    answer = _asked("in force on 2040-01-01", given=("not extended by 2030-12-31",))
    assert answer.condition == Fraction(7, 10) ** 4
    assert answer.odds[0].chance == 1 - Fraction(7, 10) ** 9
    assert answer.odds[0].given == 1 - Fraction(7, 10) ** 5 == _given("in force on 2040-01-01", as_of=date(2031, 1, 1))


def test_with_a_notice_of_the_united_states_the_others_extend_alone() -> None:
    """US gives notice in 2027 for sure and is gone in April 2028; CA and MX are asked again that July."""
    given = _asked("extended by 2028-12-31", given=("not extended by 2027-12-31",), withdraw={"us": "2027:1"})
    assert given.odds[0].given == 1
    assert _given("us gives notice by 2027-12-31", withdraw={"us": "1/5"}) == Fraction(1, 5)
    assert _given("us leaves by 2028-03-31", withdraw={"us": "1/5"}) == 0
    assert _given("us leaves by 2028-04-01", withdraw={"us": "1/5"}) == Fraction(1, 5)


def test_and_or_not_and_brackets() -> None:
    early, late = "extended by 2027-12-31", "extended by 2028-12-31"
    assert _given(f"{late} and not {early}") == Fraction(7, 10) * Fraction(3, 10)
    assert _given(f"not ({early} or not {late})") == Fraction(7, 10) * Fraction(3, 10)
    assert _given(f"{early} or not {early}") == 1
    assert _given(f"{early} and not {early}") == 0
    assert _given(f"not {early} and {late} or {early}") == 1 - Fraction(49, 100)  # `and` binds closer than `or`


def test_what_did_not_happen_before_the_outset_is_not_counted_and_who_has_left_is_not_bound() -> None:
    gone = question(date(2028, 1, 1)).assume("2026-12-01 us gives notice")
    answer = odds(gone, ask=["any leaves", "all bound on 2030-01-01", "only ca,mx bound on 2030-01-01"],
                  confirm={"ca": 1, "mx": 1}, exact=True)  # fmt: skip
    assert [each.given for each in answer.odds] == [0, 0, 1]
    with pytest.raises(NotAnEvent, match="'us' is no Party that is bound"):
        odds(gone, ask=["us bound on 2030-01-01"], confirm={"ca": 1, "mx": 1})


def test_a_condition_that_no_future_meets_is_refused() -> None:
    with pytest.raises(NeverSo, match="no future meets the condition"):
        _asked("extended", given=("us leaves",))


def test_more_than_one_walk_tells_can_be_asked() -> None:
    days = [f"in force on {year}-07-02" for year in range(2027, 2042)]
    assert [each.given for each in _asked(*days).odds] == [*[1] * 9, *[1 - Fraction(7, 10) ** 9] * 6]
    with pytest.raises(NotAnEvent, match="too many"):
        _asked(" or ".join(days))


# ------------------------------------------------------------------------------------------------- what is meant


def _means(text: str) -> set[tuple[bool, ...]]:
    """The combinations of happenings under which a text is true."""
    event = understood(text, AS_OF, date(2060, 12, 31), ALL)
    atoms = list(dict.fromkeys(happenings_of(event)))
    ways = product((False, True), repeat=len(atoms))
    return {way for way in ways if holds(event, dict(zip(atoms, way, strict=True)).__getitem__)}


DAY = " bound on 2030-01-01"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("nobody leaves", "not any leaves"),
        ("any leaves", "us leaves or ca leaves or mx leaves"),
        ("all confirm by 2030-01-01", "us, ca, mx confirm by 2030-01-01"),
        ("US bound on 2030-01-01", "us is bound on 2030-01-01"),
        ("all bound on 2030-01-01", "us,ca bound on 2030-01-01 and mx bound on 2030-01-01"),
        ("only us bound on 2030-01-01", f"us{DAY} and not (ca{DAY} or mx{DAY})"),
        ("extended", "extended by 2060-12-31"),
        ("not not extended", "extended"),
    ],
)
def test_two_ways_to_say_the_same(text: str, same: str) -> None:
    pair = (understood(each, AS_OF, date(2060, 12, 31), ALL) for each in (text, same))
    one, other = pair
    atoms: list[By] = list(dict.fromkeys([*happenings_of(one), *happenings_of(other)]))
    for way in product((False, True), repeat=len(atoms)):
        happened = dict(zip(atoms, way, strict=True)).__getitem__
        assert holds(one, happened) == holds(other, happened)


def test_a_text_can_be_true_and_can_be_false() -> None:
    for text in ("expired", "ended by withdrawals by 2040-01-01", "us rescinds notice", "in force on 2030-01-01"):
        assert 0 < len(_means(text)) < 2 ** len(set(happenings_of(understood(text, AS_OF, date(2060, 12, 31), ALL))))


# ---------------------------------------------------------------------------- every way of the model by hand

ASK: dict[str, Callable[[Drawn], bool]] = {
    "in force on 2031-07-01": lambda d: d.ended is None or d.ended > 2031,
    "us bound on 2031-07-01": lambda d: (d.ended is None or d.ended > 2031) and d.left.get("US", 9999) > 2031,
    "extended by 2030-12-31": lambda d: d.extended is not None and d.extended <= 2030,
    "us gives notice by 2028-12-31": lambda d: d.left.get("US", 9999) <= 2029,
    "ca leaves by 2030-12-31": lambda d: d.left.get("CA", 9999) <= 2030,
    "only ca,mx bound on 2031-01-01": lambda d: (
        (d.ended is None or d.ended > 2030) and d.left.get("US", 9999) <= 2030 and d.left.get("CA", 9999) > 2030
    ),
    "ended by withdrawals by 2031-12-31": lambda d: d.cause == "ended_by_withdrawal",
}  # fmt: skip


def test_every_condition_and_question_equals_every_way_of_the_model_by_hand() -> None:
    confirm = {Party.CA: Fraction(1), Party.MX: Fraction(1), Party.US: Fraction(1, 3)}
    leave = {Party.CA: Fraction(1, 7), Party.MX: Fraction(0), Party.US: Fraction(1, 5)}
    script, more = _Scripted(), True
    found: Counter[tuple[str, str]] = Counter()
    while more:
        drawn = draw(script, confirm, leave, 2031)  # type: ignore[arg-type]
        true = [text for text, is_so in ASK.items() if is_so(drawn)]
        for pair in product(true, true):
            found[pair] += script.weight  # type: ignore[assignment]
        more = script.another()
    for condition in ASK:
        answer = odds(question(AS_OF), ask=[*ASK], given=[condition], confirm=confirm, withdraw=leave, exact=True,
                      horizon=2031)  # fmt: skip
        assert answer.condition == found[condition, condition]
        for each in answer.odds:
            assert each.chance == found[each.said, each.said]
            assert each.given == Fraction(found[each.said, condition]) / found[condition, condition], (
                each.said,
                condition,
            )


def test_what_is_watched_for_changes_no_odds() -> None:
    """Five events at once, or each alone: the same."""
    chances: dict[str, Any] = {"confirm": {"us": ".3", "ca": ".9", "mx": ".8"}, "withdraw": {"us": ".1", "ca": ".05"}}
    together = _asked(*ASK, **chances, horizon=2040)
    for each in together.odds:
        assert _asked(each.said, **chances, horizon=2040).odds[0] == each


# --------------------------------------------------------------------------------------------------- the command

BASE = ("outlook", "--as-of", "2026-11-24", "--confirm", "us=0.3", "--confirm", "ca=1", "--confirm", "mx=1")
CONDITION = ("--given", "not extended by 2030-12-31")


def test_json_csv_and_the_library_agree(run: Run) -> None:
    args = (*BASE, *CONDITION, "--ask", "all bound on 2040-01-01")
    document = json.loads(run(*args, "--format", "json").stdout)
    assert document["conditions"] == ["not extended by 2030-12-31"]
    assert document["condition_chance"] == pytest.approx(0.7**4)
    (event,) = document["odds"]
    assert event["chance_given"] == pytest.approx(1 - 0.7**5)
    (row,) = csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout))
    assert float(row["chance_given"]) == event["chance_given"]
    answer = rc.odds(question(AS_OF), ask=["all bound on 2040-01-01"], given=CONDITION[1:], confirm=P)
    assert rc.document(answer)["odds"] == document["odds"]
    exact = json.loads(run(*args, "--exact", "--format", "json").stdout)
    assert exact["odds"][0]["chance_given"] == str(1 - Fraction(7, 10) ** 5)


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_text_gives_the_condition_and_its_chance(run: Run, lang: str) -> None:
    words = wording(lang)
    text = run("--lang", lang, *BASE, *CONDITION, "--on", "2040-01-01").stdout
    assert max(map(len, text.splitlines())) <= 80
    assert words("odds.condition", chance=words.percent(0.2401)) in text
    assert words.percent(0.83193) in text
    for event in ("all bound on 2040-01-01", "only ca,mx bound on 2040-01-01"):
        assert " ".join(event_text(event, words).split()) in " ".join(text.split())
    assert words("odds.given") in run("--lang", lang, *BASE, *CONDITION, "--format", "md").stdout


BAD = [
    ("foo", "'foo': 'foo' is not an event (accepted: extended by DATE"),
    ("us leavs", "did you mean us leaves?"),
    ("extendd by 2030-01-01", "did you mean extended?"),
    ("in force", "'in force' wants a day (accepted: in force on DATE)"),
    ("us bound by 2030-01-01", "'us bound' wants a day (accepted: us bound on DATE)"),
    ("uk leaves", "'uk' is no Party that is bound (accepted: ca, mx, us, all, any, nobody)"),
    ("extended by 2030-13-01", "'2030-13-01' is not a date"),
    ("extended by 2061-01-01", "2061-01-01 is outside the outlook (accepted: a day from 2026-11-24 to 2060-12-31)"),
    ("(extended", "a bracket is not closed"),
    ("extended )", "')' stands alone"),
    ("", "'' is not an event"),
    ("not " * 100 + "extended", "nested too deeply"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
@pytest.mark.parametrize("option", ["--ask", "--given"])
def test_what_is_no_event_is_refused_in_one_line(run: Run, option: str, text: str, message: str) -> None:
    done = run(*BASE, option, text)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert message in error


def test_a_notice_that_is_final_cannot_be_given_a_chance_to_be_taken_back(run: Run) -> None:
    done = run(*BASE, "--withdraw", "us=0.1", "--rescind", "us=0.4", "--reading", "notice_can_be_rescinded=no")
    assert done.exit_code == 2
    assert "a notice cannot be taken back" in done.stderr
