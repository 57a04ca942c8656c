"""The law in time: section 611's 270 days changed to 240, and 240 to 270, from 1 January 2029 on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise

import pytest

from review_clock.deadlines.deadline import of_case
from review_clock.deadlines.governing import governing
from review_clock.deadlines.resolve import counted_for
from review_clock.feeds.calendar import feed
from review_clock.files import BadData
from review_clock.formats.machine_document import machine
from review_clock.formats.parts import as_text
from review_clock.formats.text_record import history_parts
from review_clock.law.counting import starting
from review_clock.law.law import Law
from review_clock.law.rules import Rule
from review_clock.questions.question import Question, ask
from review_clock.words.phrases import change_text
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD

FROM = date(2029, 1, 1)
KNOWN = date(2028, 6, 15)
NOTICE = "us.611.notice"
_HEAD = 'id = "us.611.notice"\njurisdiction'


def amended(days: int, in_force: str, *, first: int = 270) -> Law:
    """The law with the notice of section 611 owed `first` days before a review, and `days` by a later version."""
    version = (
        f"[[rule.version]]\nin_force = {{ {in_force} }}\noffset = [{{ days = -{days} }}]\n"
        f'what = {{ en = "Now {days} days.", es = "Ahora {days} días.", fr = "Désormais {days} jours." }}\n\n'
    )
    texts = dict(LAW.texts)
    before, _, after = texts["deadlines.toml"].partition(_HEAD)
    body, _, rest = after.partition("\n[[rule]]\n")
    assert "days = -270" in body
    body = body.replace("days = -270", f"days = -{first}")
    texts["deadlines.toml"] = f"{before}{_HEAD}{body}\n{version}[[rule]]\n{rest}"
    return Law(texts=tuple(texts.items()))


@cache
def _to_240() -> Law:
    return amended(240, f"from = {FROM}, known_on = {KNOWN}")


def _rule(law: Law) -> Rule:
    return law.catalogue.by_id()[NOTICE]


def _asked(as_of: date, law: Law, known_on: date | None = None) -> Question:
    return ask(as_of, law=law, record=RECORD, known_on=known_on)


def test_a_version_that_gives_no_date_leaves_it_to_the_next() -> None:
    """As of a recurring duty, whose last time one text has and the other has not."""
    rule = _rule(_to_240())
    [later] = rule.later
    day = starting(date(2030, 3, 1), "review")
    governed = governing(rule, {later: day}.get)
    assert governed is not None
    assert (governed[0], governed[1].day) == (later, day.day)


@pytest.mark.parametrize(("before", "after"), [(270, 240), (240, 270)])
def test_every_review_day_of_two_years_has_exactly_one_date(before: int, after: int) -> None:
    law = amended(after, f"from = {FROM}, known_on = {KNOWN}", first=before)
    rule, found = _rule(law), []
    for n in range(730):
        review = date(2028, 9, 1) + timedelta(days=n)
        start = starting(review, "review")
        governed = governing(rule, partial(counted_for, base=start, readings=LAW.defaults))
        assert governed is not None
        version, counted = governed
        old = review - timedelta(days=before)
        assert counted.day == (old if old < FROM else review - timedelta(days=after))
        assert (version is rule) == (old < FROM)
        if not n % 30:  # asked of a single case, the same version counts
            alone, _others = of_case(rule, review, LAW.defaults, law)
            assert alone is not None
            assert alone.day == counted.day
        said = counted.steps[-1].kind
        assert said == (
            "days_before" if old < FROM else "amended_text" if counted.day >= FROM else "before_amended_text"
        )
        found.append(counted.day)
    assert len(found) == 730
    assert all(earlier < later for earlier, later in pairwise(found)) == (before > after)  # the other goes back once


def test_the_last_version_governs_what_is_left_and_nothing_after_its_own_end() -> None:
    law = amended(240, f"from = {FROM}, until = 2031-01-01, known_on = {KNOWN}")
    days = [
        each.date for each in _asked(date(2028, 12, 1), law).deadlines(rule=NOTICE) if each.certainty != "superseded"
    ]
    assert days == [d for d in days if d < date(2031, 1, 1)]
    assert date(2030, 11, 3) in days  # 240 days before 1 July 2031


def test_an_amendment_does_not_exist_before_it_is_known() -> None:
    old, new = _asked(date(2026, 11, 24), LAW), _asked(date(2026, 11, 24), _to_240())
    assert new.all_deadlines == old.all_deadlines
    assert new.answer == old.answer
    later = date(2028, 11, 24)
    assert _asked(later, _to_240(), known_on=date(2026, 11, 27)).all_deadlines == (
        _asked(later, LAW, known_on=date(2026, 11, 27)).all_deadlines
    )
    moved = {each.id: each.date for each in _asked(later, _to_240()).deadlines(rule=NOTICE)}
    for each in _asked(later, LAW).deadlines(rule=NOTICE):
        days = 270 if each.date < FROM else 240
        assert moved[each.id] == each.date + timedelta(days=270 - days)
    hindsight = _asked(date(2026, 11, 24), _to_240(), known_on=KNOWN)
    assert {each.date for each in hindsight.deadlines(rule=NOTICE)} == set(moved.values())


def test_another_day_finds_the_amendment_again() -> None:
    assert _to_240().as_known_on(date(2026, 1, 1)).as_known_on(date(2030, 1, 1)).amendments == _to_240().amendments
    assert LAW.as_known_on(date(2026, 1, 1)) is LAW


def test_what_moved_it_is_the_amendment_and_its_text() -> None:
    moved = [each for each in _asked(date(2028, 11, 24), _to_240()).deadlines(rule=NOTICE) if each.date > FROM]
    assert moved
    for each in moved:
        last = each.changes[-1]
        assert (last.by, last.what, last.on, last.origin) == ("amendment", "moved", KNOWN, "law")
        assert each.moved_from == each.date - timedelta(days=30)
        told = change_text(last, wording("en"), date.isoformat)
        assert told.startswith(f"{KNOWN} amendment of the text: moved from {each.moved_from} to {each.date}"), told
        assert "19 U.S.C. 4611(b)(1)" in told
        assert wording("fr").derivation(each.derivation)[-1][0].endswith("en vigueur à partir du 1er janvier 2029")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Now 240 days."), ("es", "Ahora 240 días."), ("fr", "Désormais 240 jours.")]
)
def test_history_and_feeds_name_it(lang: str, said: str) -> None:
    asked = _asked(date(2028, 11, 24), _to_240())
    assert [each.id for each in asked.history.amendments] == [f"amendment.{NOTICE}.1"]
    assert said in as_text(history_parts(asked, wording(lang)))
    plain = feed(asked, "us-statutory", lang).replace(b"\r\n ", b"").decode()
    assert said in plain
    assert f"changed.amendment.{NOTICE}.1.{lang}@" in plain
    assert said not in feed(_asked(date(2028, 6, 14), _to_240()), "us-statutory", lang).replace(b"\r\n ", b"").decode()


def test_the_feeds_stamps_rise_with_it() -> None:
    def highest(law: Law) -> int:
        plain = feed(_asked(date(2028, 11, 24), law), "us-statutory").decode()
        return max(int(line[9:]) for line in plain.splitlines() if line.startswith("SEQUENCE:"))

    assert highest(_to_240()) > highest(LAW)


def test_the_page_is_given_the_versions() -> None:
    rows = {row["id"]: row for row in machine(_to_240())["rules"]}
    assert rows[NOTICE]["versions"] == [{"from": "2029-01-01", "offset": [{"days": -240}], "bound": "at_least"}]
    known = machine(_to_240().as_known_on(date(2026, 11, 24)))
    assert all("versions" not in row for row in known["rules"])


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("in_force = { known_on = 2028-01-01 }\n", "in_force.from: is missing"),
        ("in_force = { from = 2029-01-01, until = 2028-01-01 }\n", "2028-01-01 is before 2029-01-01"),
        ("in_force = { from = 2029-01-01 }\nevery = { years = 1 }\n", "every: is not a key of this table"),
        ("in_force = { from = 2029-01-01, by = 2028-01-01 }\n", "by: is not a key of this table"),
    ],
)
def test_a_version_that_cannot_be_is_refused(row: str, wrong: str) -> None:
    texts = dict(LAW.texts)
    version = f'\n[[rule.version]]\n{row}what = {{ en = "a", es = "a", fr = "a" }}\n\n[[rule]]\n'
    before, _, after = texts["deadlines.toml"].partition(_HEAD)
    texts["deadlines.toml"] = before + _HEAD + after.replace("\n[[rule]]\n", version, 1)
    with pytest.raises(BadData, match=wrong.replace("(", r"\(")):
        _ = Law(texts=tuple(texts.items())).catalogue


def _with_version(name: str, head: str, version: str) -> Law:
    texts = dict(LAW.texts)
    text = texts[name]
    place = text.index("\n[[", text.index(head)) if "\n[[" in text[text.index(head) :] else len(text)
    texts[name] = text[:place] + "\n" + version + text[place:]
    return Law(texts=tuple(texts.items()))


def test_a_reading_has_another_default_since_a_day_and_not_before() -> None:
    what = 'what = { en = "a", es = "a", fr = "a" }'
    values = 'values = ["end_of_day", "start_of_day"]'
    first = next(each for each in LAW.readings if each.key == "term_ends")
    values = f"values = {[*reversed(first.values)]}".replace("'", '"')
    law = _with_version(
        "readings.toml",
        'key = "term_ends"',
        f"[[reading.version]]\nin_force = {{ from = {KNOWN} }}\n{values}\n{what}\n",
    )
    assert _asked(KNOWN, law).readings["term_ends"] == first.values[-1]
    assert _asked(KNOWN - timedelta(days=1), law).readings["term_ends"] == first.default
    assert [each.of for each in law.amendments] == ["term_ends"]


def test_a_citation_is_that_of_its_last_version_known() -> None:
    version = (
        f'[[authority.version]]\nin_force = {{ from = {KNOWN} }}\nurl = "https://example.org/new"\n'
        'what = { en = "a", es = "a", fr = "a" }\n'
    )
    law = _with_version("authorities.toml", 'cite = "19 U.S.C. 4611(b)(1)"', version)

    def url(day: date) -> str:
        return str(law.as_known_on(day).authorities.by_cite["19 U.S.C. 4611(b)(1)"].url)

    assert url(KNOWN) == "https://example.org/new"
    assert url(KNOWN - timedelta(days=1)) == LAW.authorities.by_cite["19 U.S.C. 4611(b)(1)"].url


def test_the_law_of_another_day_has_the_same_rules_and_not_copies_of_them() -> None:
    """What is counted for a rule is kept by the rule: a law read anew for each day would count all of it again."""
    law = _to_240()
    before, after = law.as_known_on(KNOWN - timedelta(days=1)), law.as_known_on(KNOWN)
    rules = {rule.id: rule for rule in law.rules}
    for other in (before, after, before.as_known_on(KNOWN), after.as_known_on(FROM)):
        assert [rule.id for rule in other.rules] == list(rules)
        assert all(rule is rules[rule.id] for rule in other.rules if rule.id != NOTICE)
    assert (len(_rule(before).later), len(_rule(after).later)) == (0, 1)
    assert law.as_known_on(KNOWN).as_known_on(KNOWN).known_on == KNOWN


def test_each_amendment_of_a_day_is_told_of_its_own_rule_with_what_it_did() -> None:
    """On one day a notice gets another day until 2031 and none after, and a report another day."""
    law = amended(240, f"from = {FROM}, until = 2031-01-01, known_on = {KNOWN}")
    texts = dict(law.texts)
    before, head, after = texts["deadlines.toml"].partition('id = "us.611.annual-report"\n')
    version = (
        f"\n[[rule.version]]\nin_force = {{ from = {FROM}, known_on = {KNOWN} }}\noffset = [{{ days = -77 }}]\n"
        'what = { en = "a", es = "a", fr = "a" }\n\n[[rule]]\n'
    )
    texts["deadlines.toml"] = before + head + after.replace("\n[[rule]]\n", version, 1)
    asked = _asked(date(2028, 11, 24), Law(texts=tuple(texts.items())))

    def last(identity: str) -> tuple[object, ...]:
        change = asked.explain(identity).changes[-1]
        assert (change.by, change.on, change.entry, change.said) == ("amendment", KNOWN, "", "")
        return change.what, change.before, change.after, change.was, change.became, change.source

    notice = "19 U.S.C. 4611(b)(1); 19 U.S.C. 4611(e)(1)"
    assert last("us.611.notice.1-5") == (
        "moved", date(2029, 10, 4), date(2029, 11, 3), "scheduled", "scheduled", notice,
    )  # fmt: skip
    assert last("us.611.notice.1-8") == ("vanished", date(2032, 10, 4), None, "scheduled", "", notice)
    report = last("us.611.annual-report.1-8")
    assert report[:3] == ("moved", date(2033, 4, 22), date(2033, 4, 15))
    assert notice not in str(report[-1])


def test_a_date_that_an_amendment_made_was_nothing_before() -> None:
    """Owed 400 days after a review, the last would be owed after the end, so not at all; an amendment puts it before.

    Art. 34.7(1): the Agreement ends on 1 July 2036, a year after the review of 2035.
    """
    texts = dict(amended(240, f"from = {FROM}, known_on = {KNOWN}", first=400).texts)
    texts["deadlines.toml"] = texts["deadlines.toml"].replace("days = -400", "days = 400")
    asked, last = _asked(KNOWN, Law(texts=tuple(texts.items()))), "us.611.notice.1-10"
    before = replace(asked, as_of=KNOWN - timedelta(days=1)).deadlines(rule=NOTICE)
    assert last not in {each.id for each in before}
    (made,) = asked.explain(last).changes
    assert (made.what, made.by, made.on) == ("appeared", "amendment", KNOWN)
    assert (made.before, made.after) == (None, date(2034, 11, 3))  # 240 days before it
    assert (made.was, made.became) == ("", "scheduled")
