"""The files of the law: what a row says stands in the law, what it does not say is empty, what is wrong is one line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from review_clock.files import LANGUAGES, BadData, Texts, same_in_all
from review_clock.law.acts_and_lapses import Party
from review_clock.law.amendment import amendments
from review_clock.law.law import Law
from review_clock.law.readings import UnknownReading
from review_clock.law.rules import Rule
from review_clock.law.versions import InForce, Versioned, speaks_of_time
from review_clock.law.vocabulary import digest
from tests.frozen import LAW

# A row with every key that a rule may have, and one with those that it must have.
WHOLE = """
[[rule]]
id = "us.whole"
jurisdiction = "us"
kind = "review"
counted_from = "review"
reviews = ["after_extension", "annual"]
offset = [{ years = 1 }, { months = -1 }, { days = 2 }]
every = { years = 2 }
until = { months = 30 }
bound = "at_least"
office = "ca"
actor = "us.ustr"
recipient = "us.committees"
authority = ["Art. 34.7(1)", "Art. 34.6"]
confidence = "secondary"
confidence_between = "as_quoted"
title = "A title"
duty = { en = "a", es = "b", fr = "c" }
condition = "A condition"
condition_from = 3
trigger = "A trigger"
when = "When"
quote = { words = "some words", from = "Art. 34.6" }
lapses_under = ["term_ends=end_of_day"]
earlier_under = ["missing_day=first_of_next", "term_ends=end_of_day"]
inferred_from = 4
revised = [{ on = 2026-11-01, what = "One" }, { on = 2026-11-02, what = "Two" }]
"""
LEAST = """
[[rule]]
id = "us.least"
jurisdiction = "us"
kind = "report"
counted_from = "withdrawal_notice"
offset = []
bound = "on"
actor = "us.ustr"
authority = ["Art. 34.6"]
confidence = "text_read"
title = "A title"
duty = "A duty"
"""
NOT_SAID = {
    "reviews": [], "every": None, "until": None, "office": "", "recipient": "", "recipient_name": None,
    "condition": None, "trigger": None, "when": None, "quote": None, "lapses_under": [], "inferred_from": 0,
    "condition_from": 1, "earlier_under": [], "parties": [], "only": "", "confidence_between": "", "after": "",
    "roll": None, "revised": [], "later": [],
}  # fmt: skip
"""What a rule has where its row says nothing."""


def _law(**texts: str) -> Law:
    """The frozen law with other texts in the files named (without `.toml`), all of it read."""
    law = Law(texts=tuple((name, texts.get(name.removesuffix(".toml"), text)) for name, text in LAW.texts))
    _ = (law.catalogue, law.authorities, law.readings, law.not_covered, law.jurisdictions, law.actors)
    return law


def _text(name: str) -> str:
    return dict(LAW.texts)[f"{name}.toml"]


def _with_rule(rule: str) -> Law:
    return _law(deadlines=f"{_text('deadlines')}\n{rule}")


def _row(value: Any) -> Any:
    """A value as a row of a file says it."""
    if isinstance(value, Texts):
        said = {lang: value.said(lang) for lang in LANGUAGES}
        return said if len(set(said.values())) > 1 else said["en"]
    if isinstance(value, Party):
        return value.lower()
    if is_dataclass(value):
        made = {each.name: _row(getattr(value, each.name)) for each in fields(value)}
        return {{"cite": "from"}.get(key, key): each for key, each in made.items()} if "words" in made else made
    if isinstance(value, Mapping):
        return {key: _row(each) for key, each in value.items()}
    return [_row(each) for each in value] if isinstance(value, tuple | list) else value


def _plain(said: Any) -> Any:
    """What a row says: a text that is the same in three languages is said once."""
    if isinstance(said, Mapping):
        same = set(said) == set(LANGUAGES) and len(set(said.values())) == 1
        return said["en"] if same else {key: _plain(each) for key, each in said.items()}
    return [_plain(each) for each in said] if isinstance(said, list) else said


def _without(row: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: each for key, each in row.items() if key not in keys}


def _rules() -> Iterable[tuple[Mapping[str, Any], Any]]:
    law = _with_rule(WHOLE + LEAST)
    rows = [*tomllib.loads(_text("deadlines"))["rule"], *tomllib.loads(WHOLE + LEAST)["rule"]]
    return zip(rows, law.rules, strict=True)


def test_a_rule_is_what_its_row_says_and_nothing_else() -> None:
    for row, rule in _rules():
        said = _plain(row)
        said["lapses_under"] = [pair.split("=") for pair in row.get("lapses_under", [])]
        said["earlier_under"] = [pair.split("=") for pair in row.get("earlier_under", [])]
        if row["counted_from"] == "undated":
            said.setdefault("bound", "on")
            said.setdefault("offset", [])
        made = _row(rule)
        actors = {each["id"]: each for each in tomllib.loads(_text("actors"))["actor"]}
        actor = actors[row["actor"]]
        assert made.pop("actor_name") == _plain(actor["name"])
        assert made.pop("who_kind") == actor.get("who_kind", "government")
        if row.get("recipient"):
            assert made.pop("recipient_name") == _plain(actors[row["recipient"]]["name"])
        made.pop("in_force")
        assert made == {**{key: each for key, each in NOT_SAID.items() if key in made}, **said}, row["id"]


def test_a_quotation_has_twenty_five_words_at_most() -> None:
    rule = _with_rule(WHOLE.replace('"some words"', f'"{"word " * 25}"')).catalogue.by_id()["us.whole"]
    assert rule.quote is not None
    assert len(rule.quote.words.split()) == 25


@pytest.mark.parametrize("office", ["us", "ca", "mx"])
def test_an_office_is_that_of_a_country(office: str) -> None:
    rule = _with_rule(WHOLE.replace('office = "ca"', f'office = "{office}"')).catalogue.by_id()["us.whole"]
    assert rule.office == office


def test_a_text_in_three_languages_is_said_in_each() -> None:
    rule = _with_rule(WHOLE).catalogue.by_id()["us.whole"]
    assert [rule.duty.said(lang) for lang in LANGUAGES] == ["a", "b", "c"]
    assert rule.title == same_in_all("A title")
    assert rule.parties == ()
    assert _with_rule(f'{LEAST}parties = ["mx", "us"]').catalogue.by_id()["us.least"].parties == (Party.MX, Party.US)


def test_pinpoints_readings_offices_and_what_is_not_covered_are_what_their_rows_say() -> None:
    law = _law()
    texts = tomllib.loads(_text("authorities"))
    assert {key: _row(each) for key, each in law.authorities.instruments.items()} == {
        row["id"]: _plain(row["title"]) for row in texts["instrument"]
    }
    for row, each in zip(texts["authority"], law.authorities.by_cite.values(), strict=True):
        places = [{"title": place["title"], "url": place.get("url", "")} for place in row.get("read_at", [])]
        said = {"read_at": places, "revised": [], "later": [], **_without(_plain(row), "read_at")}
        assert _without(_row(each), "in_force") == said
    for row, point in zip(tomllib.loads(_text("readings"))["reading"], law.readings, strict=True):
        said = {"note": None, "revised": [], "later": [], **_plain(row)}
        said["supporters"] = [{"url": "", "dated": "", **each} for each in said.get("supporters", [])]
        assert _without(_row(point), "in_force") == said
    offices = tomllib.loads(_text("jurisdictions"))["jurisdiction"]
    for row, where in zip(offices, law.jurisdictions.values(), strict=True):
        party = row.get("party", "").lower() or None
        assert _row(where) == {"offices": [], **_plain(row), "party": party}
    for row, matter in zip(tomllib.loads(_text("not_covered"))["not_covered"], law.not_covered, strict=True):
        assert _row(matter) == {
            "authority": row.get("authority_text", ""), **_without(_plain(row), "authority_text"),
        }  # fmt: skip
    for row in tomllib.loads(_text("actors"))["actor"]:
        assert _row(law.actors[row["id"]]) == {
            "name": _plain(row["name"]),
            "who_kind": row.get("who_kind", "government"),
        }


def test_what_has_no_date_is_listed_with_its_reason() -> None:
    law, rows = _law(), tomllib.loads(_text("deadlines"))
    for name, why, found in (
        ("withheld", "reason", law.catalogue.withheld),
        ("background", "note", law.catalogue.background),
    ):
        assert [_row(each) for each in found] == [
            {"id": row["id"], "authority": row["authority_text"], "why": _plain(row[why])} for row in rows[name]
        ]


def test_an_office_without_a_row_is_its_own_name() -> None:
    ours = LAW.actor("us.ustr")
    assert (LAW.actor("Acme"), ours.who_kind) == (type(ours)(name=same_in_all("Acme"), who_kind="own"), "government")


SPANS = "one of years, months, days, at least 1"
# The row, what stands in it, what is put in its place, and the whole line after `deadlines.toml: rule[…]`.
WRONG_RULES = [
    (
        WHOLE,
        '"us.whole"',
        '"us whole"',
        ".id: 'us whole' is not an id (accepted: letters, digits, dots, hyphens and underscores)",
    ),
    (WHOLE, '"us.whole"', '"us.611.notice"', ".id: us.611.notice stands twice (accepted: each rule once)"),
    (WHOLE, '"Art. 34.7(1)", "Art. 34.6"', "", ".authority: is missing (accepted: at least one citation)"),
    (
        WHOLE,
        "years = 1 }, {",
        "weeks = 1 }, {",
        ".offset[1].weeks: is not a way to count (accepted: years, months, days, month_start, new_year, "
        "next_month_day)",
    ),
    (
        WHOLE,
        "years = 1 }, {",
        "years = 1, days = 1 }, {",
        ".offset[1]: holds 2 ways to count (accepted: one in each step)",
    ),
    (WHOLE, "years = 1 }, {", "}, {", ".offset[1]: holds 0 ways to count (accepted: one in each step)"),
    (
        WHOLE,
        "every = { years = 2 }",
        "every = { years = 0 }",
        f".every: {{'years': 0}} is not a span (accepted: {SPANS})",
    ),
    (
        WHOLE,
        "every = { years = 2 }",
        "every = { weeks = 2 }",
        f".every: {{'weeks': 2}} is not a span (accepted: {SPANS})",
    ),
    (
        WHOLE,
        "every = { years = 2 }",
        "every = { years = 2, days = 1 }",
        f".every: {{'years': 2, 'days': 1}} is not a span (accepted: {SPANS})",
    ),
    (WHOLE, "every = { years = 2 }", "", ".until: goes with `every`, and `every` with it (accepted: both or neither)"),
    (
        WHOLE,
        "until = { months = 30 }",
        "",
        ".until: goes with `every`, and `every` with it (accepted: both or neither)",
    ),
    (WHOLE, "until = { months = 30 }", 'until = "the end"', ".until: 'the end' is not known (accepted: term_end)"),
    (WHOLE, '"some words"', f'"{"word " * 26}"', ".quote.words: has 26 words (accepted: 25 at most)"),
    (
        WHOLE,
        'quote = { words = "some words",',
        'quote = { words = "w", of = "x",',
        ".quote.of: is not a key of this table (accepted: words, from)",
    ),
    (
        WHOLE,
        '["after_extension", "annual"]',
        "[]",
        ".reviews: goes with counted_from = 'review', and only with it (accepted: six_year, after_extension, annual, "
        "six_year_rhythm)",
    ),
    (
        LEAST,
        "offset = []",
        'offset = []\nreviews = ["annual"]',
        ".reviews: goes with counted_from = 'review', and only with it (accepted: six_year, after_extension, annual, "
        "six_year_rhythm)",
    ),
    (
        WHOLE,
        "inferred_from = 4",
        'parties = ["ca"]',
        ".parties: goes only with a withdrawal (accepted: counted_from withdrawal_notice or withdrawal_effect)",
    ),
    (
        WHOLE,
        "inferred_from = 4",
        'only = "agreement_goes_on"',
        ".only: goes only with a withdrawal (accepted: counted_from withdrawal_notice or withdrawal_effect)",
    ),
    (
        WHOLE,
        '"after_extension", "annual"',
        '"annual"',
        ".confidence_between: goes only with a review after an extension (accepted: no such key)",
    ),
    (
        LEAST,
        '"withdrawal_notice"',
        '"case"',
        ".trigger: is missing (accepted: what the day of the case is, in en, es and fr)",
    ),
    (
        LEAST,
        '"withdrawal_notice"',
        '"undated"',
        ".when: is missing (accepted: when the duty is owed, in en, es and fr)",
    ),
    (WHOLE, '"annual"]', '"yearly"]', ".reviews[1]: 'yearly' is not known (accepted: six_year, "),
    (
        LEAST,
        "offset = []",
        'offset = []\nparties = ["mx", "uk"]',
        ".parties[1]: 'uk' is not known (accepted: ca, mx, us)",
    ),
    (LEAST, 'bound = "on"\n', "", ".bound: is missing (accepted: a text)"),
    (WHOLE, 'office = "ca"', 'office = "uk"', ".office: 'uk' is not known (accepted: us, ca, mx)"),
    (WHOLE, "quote = {", "colour = 1\nquote = {", ".colour: is not a key of this table"),
]


@pytest.mark.parametrize(("row", "stands", "instead", "line"), WRONG_RULES)
def test_a_wrong_rule_is_one_line_that_names_its_key(row: str, stands: str, instead: str, line: str) -> None:
    number = len(tomllib.loads(_text("deadlines"))["rule"]) + 1
    assert stands in row
    with pytest.raises(BadData) as caught:
        _with_rule(row.replace(stands, instead))
    assert str(caught.value).startswith(f"deadlines.toml: rule[{number}]{line}")


def test_a_wrong_rule_names_every_reading_that_there_is() -> None:
    with pytest.raises(BadData, match=r"lapses_under\[0\]: 'term_ends=noon' is not a reading and its value") as caught:
        _with_rule(WHOLE.replace('lapses_under = ["term_ends=end_of_day"]', 'lapses_under = ["term_ends=noon"]'))
    assert "(accepted: extension_runs_from=confirmation, extension_runs_from=term_end, term_ends=" in str(caught.value)
    with pytest.raises(BadData, match=r"earlier_under\[1\]: 'noon' is not a reading and its value"):
        _with_rule(WHOLE.replace('"term_ends=end_of_day"]\ninferred', '"noon"]\ninferred'))
    with pytest.raises(BadData, match=r"earlier_under\[1\]: 'term_ends=a=b' is not a reading and its value"):
        _with_rule(WHOLE.replace('"term_ends=end_of_day"]\ninferred', '"term_ends=a=b"]\ninferred'))


MATTER = '[[not_covered]]\nid = "x"\nwhat = "What"\nwhy = "Why"\n'
PLACE = '[[jurisdiction]]\nid = "us"\nname = "Again"\n'
READING_2 = '[[reading]]\nkey = "term_ends"'
# The file, what stands there, what is put in its place, the whole line.
WRONG_FILES = [
    ("not_covered", "", MATTER + MATTER, "not_covered[-1].id: x stands twice (accepted: each matter once)"),
    ("not_covered", "", "\n[other]\n", "other: is not a key of this table (accepted: not_covered)"),
    ("not_covered", "", MATTER + "colour = 1\n", "not_covered[-1].colour: is not a key of this table (accepted: "),
    ("jurisdictions", "", PLACE, "jurisdiction[-1].id: us stands twice (accepted: each jurisdiction once)"),
    ("jurisdictions", "", "\n[other]\n", "other: is not a key of this table (accepted: jurisdiction)"),
    (
        "jurisdictions",
        "",
        PLACE.replace('"us"', '"uk"') + "colour = 1\n",
        "jurisdiction[-1].colour: is not a key of this table (accepted: id, party, name, offices)",
    ),
    ("jurisdictions", 'party = "US"', 'party = "UK"', "'UK' is not known (accepted: CA, MX, US)"),
    ("actors", "", '[[actor]]\nid = "us.ustr"\n', "actor[-1].id: us.ustr stands twice (accepted: each actor once)"),
    (
        "actors",
        "",
        '[[actor]]\nid = "x"\nname = "X"\ncolour = 1\n',
        "actor[-1].colour: is not a key of this table (accepted: id, name, who_kind)",
    ),
    ("actors", "", '[[actor]]\nid = "x"\nname = "X"\nwho_kind = "king"\n', "'king' is not known (accepted: "),
    ("actors", "", "\n[other]\n", "other: is not a key of this table (accepted: actor)"),
    ("authorities", "", "\n[other]\n", "other: is not a key of this table (accepted: instrument, authority)"),
    (
        "authorities",
        'cite = "Art. 34.6"',
        'cite = "Art. 34.5"',
        "Art. 34.5 stands twice (accepted: each pinpoint once)",
    ),
    (
        "authorities",
        'read = "unverified"',
        'read = "heard"',
        "'heard' is not known (accepted: text_read, as_quoted, secondary, unverified)",
    ),
    ("authorities", 'cite = "Art. 34.6"', 'cite = "Art. 34.6"\ncolour = 1', ".colour: is not a key of this table"),
    ("readings", "", "\n[other]\n", "other: is not a key of this table (accepted: reading)"),
    (
        "readings",
        READING_2,
        '[[reading]]\nkey = "missing_day"',
        "readings.toml: reading: term_ends stands 0 times (accepted: each reading once)",
    ),
    ("readings", READING_2, READING_2 + "\ncolour = 1", "reading[2].colour: is not a key of this table"),
    (
        "readings",
        'value = "term_end", who',
        'value = "noon", who',
        "'noon' is not known (accepted: confirmation, term_end)",
    ),
    (
        "readings",
        "[reading.choices]\nconfirmation.en",
        "[reading.choices]\nother = 1\nconfirmation.en",
        "reading[1].choices.other: is not a key of this table (accepted: confirmation, term_end)",
    ),
    ("deadlines", "", "\n[other]\n", "other: is not a key of this table (accepted: rule, withheld, background)"),
]


@pytest.mark.parametrize(("name", "stands", "instead", "line"), WRONG_FILES)
def test_a_wrong_row_is_one_line_that_names_file_and_key(name: str, stands: str, instead: str, line: str) -> None:
    text = _text(name)
    made = text.replace(stands, instead, 1) if stands else f"{text}\n{instead}"
    rows = tomllib.loads(made).get(line.partition("[")[0], [])
    with pytest.raises(BadData) as caught:
        _law(**{name: made})
    assert str(caught.value).startswith(f"{name}.toml: ")
    assert line.replace("[-1]", f"[{len(rows)}]") in str(caught.value)


def test_a_reading_without_values_is_refused() -> None:
    text = _text("readings")
    first = text.index("[[reading]]", text.index("[[reading]]") + 1)
    bare = (
        '[[reading]]\nkey = "extension_runs_from"\nnumber = "R1"\nvalues = []\nauthority = []\nquestion = "Q"\n'
        'why = "W"\nchecked_on = 2026-11-23\n'
    )
    with pytest.raises(BadData) as caught:
        _law(readings=bare + text[first:], deadlines="")
    assert str(caught.value) == (
        "readings.toml: reading extension_runs_from: has no values (accepted: the default first)"
    )


def test_a_folder_may_hold_some_of_the_files_and_must_be_there(tmp_path: Any) -> None:
    with pytest.raises(BadData) as caught:
        Law.read(tmp_path / "none")
    assert str(caught.value) == (
        f"{tmp_path / 'none'}: is not a folder (accepted: a folder with any of actors.toml, authorities.toml, "
        "deadlines.toml, jurisdictions.toml, not_covered.toml, readings.toml)"
    )
    (tmp_path / "not_covered.toml").write_text(MATTER, encoding="utf-8")
    law = Law.read(tmp_path)
    assert [each.id for each in law.not_covered] == ["x"]
    assert dict(law.texts) == {**dict(LAW.texts), "not_covered.toml": MATTER}
    (tmp_path / "authorities.toml").write_text("[x]\n", encoding="utf-8")
    with pytest.raises(BadData):
        Law.read(tmp_path)  # what is wrong is said now, not when it is asked for


# A version that starts before the one before it, or has no first day, or ends before it starts: the row, the line.
TIMES = [
    (
        "in_force = { until = 2029-01-01 }",
        "version[1].in_force.from: is missing (accepted: the first day of the new text)",
    ),
    (
        "in_force = { from = 2029-01-01, until = 2028-12-31 }",
        "version[1].in_force.until: 2028-12-31 is before 2029-01-01 (accepted: a day from then on)",
    ),
    (
        "in_force = { from = 2029-01-01, since = 1 }",
        "version[1].in_force.since: is not a key of this table (accepted: ",
    ),
    ('in_force = { from = 2029-01-01 }\nkind = "review"', "version[1].kind: is not a key of this table"),
]


@pytest.mark.parametrize(("version", "line"), TIMES)
def test_a_version_goes_forward_in_time_and_changes_what_a_version_may(version: str, line: str) -> None:
    with pytest.raises(BadData) as caught:
        _with_rule(f'{LEAST}[[rule.version]]\n{version}\nwhat = "A change"\n')
    assert line in str(caught.value)


def test_a_text_says_from_when_and_until_when_it_is_in_force_and_since_when_that_is_known() -> None:
    day = date(2029, 1, 1)
    said = "in_force = { from = 2029-01-01, until = 2029-01-01, known_on = 2028-06-15 }"
    rule = _with_rule(f'{LEAST}in_force = {{ until = 2029-01-01 }}\n[[rule.version]]\n{said}\nwhat = "W"\n')
    first = rule.catalogue.by_id()["us.least"]
    assert first.in_force == InForce(until=day)
    (later,) = first.later
    assert later.in_force == InForce(start=day, until=day, known_on=date(2028, 6, 15), what=same_in_all("W"))
    (known_then,) = _with_rule(LEAST + _versions("2029-01-01")).catalogue.by_id()["us.least"].later
    assert known_then.in_force == InForce(start=day, known_on=day, what=same_in_all("W"))


def _versions(*starts: str) -> str:
    return "".join(f'[[rule.version]]\nin_force = {{ from = {day} }}\nwhat = "W"\n' for day in starts)


def test_versions_stand_in_the_order_of_time() -> None:
    rule = _with_rule(LEAST + _versions("2029-01-01", "2029-01-01", "2030-01-01")).catalogue.by_id()["us.least"]
    starts = [each.in_force.start for each in rule.later]
    assert starts == [date(2029, 1, 1), date(2029, 1, 1), date(2030, 1, 1)]
    with pytest.raises(BadData) as caught:
        _with_rule(LEAST + _versions("2030-01-01", "2029-12-31"))
    assert (
        "version[2].in_force.from: 2029-12-31 is before 2030-01-01 (accepted: the versions in order of time)"
        in str(caught.value)
    )  # fmt: skip


def test_a_later_version_of_a_reading_may_change_the_order_of_its_values_alone() -> None:
    version = (
        '[[reading.version]]\nin_force = { from = 2029-01-01 }\nwhat = "A ruling"\nvalues = VALUES\n'
        '[reading.version.choices]\nterm_end = "t"\nconfirmation = "c"\nOTHER\n'
        '[reading.version.means]\nterm_end = "t"\nconfirmation = "c"\nOTHER\n\n'
    )
    text = _text("readings")
    second = text.index("[[reading]]", text.index("[[reading]]") + 1)
    turned = version.replace("VALUES", '["term_end", "confirmation"]').replace("OTHER", "")
    law = _law(readings=text[:second] + turned + text[second:])
    assert law.readings[0].default == "term_end"  # of all that the file holds the last counts
    assert law.as_known_on(date(2028, 12, 31)).readings[0].default == "confirmation"
    other = version.replace("VALUES", '["term_end", "confirmation", "noon"]').replace("OTHER", 'noon = "n"')
    with pytest.raises(BadData) as caught:
        _law(readings=text[:second] + other + text[second:])
    assert "reading[1].version.values: are others than before (accepted: confirmation, term_end)" in str(caught.value)


def test_a_law_may_have_rules_of_a_users_own_beside_it() -> None:
    (rule,) = [each for each in LAW.rules if each.id == "treaty.term.end"]
    with_own = LAW.with_own(iter([rule]))
    assert with_own.own_rules == (rule,)
    assert (with_own.texts, with_own.known_on, LAW.own_rules) == (LAW.texts, None, ())


def test_readings_are_chosen_by_key_and_value_whatever_their_case() -> None:
    chosen = LAW.chosen([" Term_Ends = END_of_day "])
    assert chosen["term_ends"] == "end_of_day"
    assert chosen.as_dict() == {**LAW.defaults.as_dict(), "term_ends": "end_of_day"}
    assert LAW.not_default(chosen) == {"term_ends": "end_of_day"}
    assert [each.words.said("en") for each in LAW.otherwise(chosen)] == [LAW.readings[1].means["end_of_day"].said("en")]
    meaning = LAW.meaning("term_ends=end_of_day")
    assert (meaning.number, meaning.words) == ("R2", LAW.readings[1].means["end_of_day"])
    assert ("term_ends", "start_of_day") in LAW.alternatives(chosen)
    assert ("term_ends", "end_of_day") not in LAW.alternatives(chosen)


@pytest.mark.parametrize(
    ("pair", "line"),
    [
        ("term_stops=noon", "'term_stops' is not a reading (accepted: term_ends, "),
        ("term_ends", "term_ends='' is not a value of it (accepted: start_of_day, end_of_day)"),
        ("term_ends=a=b", "term_ends='a=b' is not a value of it (accepted: start_of_day, end_of_day)"),
    ],
)
def test_a_reading_that_there_is_not_is_refused_with_what_there_is(pair: str, line: str) -> None:
    with pytest.raises(UnknownReading) as caught:
        LAW.chosen([pair])
    assert str(caught.value).startswith(line)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Text(Versioned):
    name: str


def _text_of(name: str, start: str, known: str, until: str = "") -> _Text:
    day = date.fromisoformat
    what = same_in_all(f"It became {name}.")
    when = InForce(start=day(start), known_on=day(known), until=day(until) if until else None, what=what)
    return _Text(name=name, in_force=when)


# The first text of old; the second in force from 2029, known since 2028, until 2031; the third from 2031, known since
# 2030. The day of knowledge, and the versions known then.
FIRST = replace(
    _Text(name="first", in_force=InForce(until=date(2029, 1, 1))),
    later=(_text_of("second", "2029-01-01", "2028-06-15", "2031-01-01"), _text_of("third", "2031-01-01", "2030-02-01")),
)
KNOWN = [
    ("2028-06-14", "first"),
    ("2028-06-15", "first second"),
    ("2030-01-31", "first second"),
    ("2030-02-01", "first second third"),
    ("2040-01-01", "first second third"),
]


@pytest.mark.parametrize(("day", "names"), KNOWN)
def test_the_versions_that_were_known_on_a_day(day: str, names: str) -> None:
    known = FIRST.known_by(date.fromisoformat(day))
    assert known is not None
    versions = (known, *known.later)
    assert [each.name for each in versions] == names.split()
    assert versions[-1].in_force.until is None  # what follows it was not known
    assert [each.in_force.until for each in versions[:-1]] == [date(2029, 1, 1), date(2031, 1, 1)][: len(versions) - 1]
    assert [each.in_force.start for each in versions] == [None, date(2029, 1, 1), date(2031, 1, 1)][: len(versions)]
    assert FIRST.last_known_by(date.fromisoformat(day)).name == names.split()[-1]


def test_of_what_nobody_knew_yet_there_is_no_version_but_a_citation_has_its_first() -> None:
    late = replace(_text_of("new", "2029-01-01", "2028-06-15"), later=(_text_of("newer", "2031-01-01", "2030-02-01"),))
    assert late.known_by(date(2028, 6, 14)) is None
    assert late.last_known_by(date(2028, 6, 14)).name == "new"
    assert late.last_known_by(None).name == "newer"
    alone = _text_of("new", "2029-01-01", "2028-06-15")
    assert alone.known_by(date(2028, 6, 14)) is None
    assert alone.known_by(date(2028, 6, 15)) is alone
    assert alone.last_known_by(date(2028, 6, 14)) is alone


def test_the_amendments_of_a_text_are_counted() -> None:
    cites = (("Act A",), ("Act B",))
    found = tuple(amendments("us.x", zip(FIRST.later, cites, strict=True)))
    assert [(each.id, each.number, each.of, each.authority) for each in found] == [
        ("amendment.us.x.1", 1, "us.x", ("Act A",)),
        ("amendment.us.x.2", 2, "us.x", ("Act B",)),
    ]
    assert [(each.in_force_from, each.known_on) for each in found] == [
        (date(2029, 1, 1), date(2028, 6, 15)),
        (date(2031, 1, 1), date(2030, 2, 1)),
    ]
    assert [each.text.said("en") for each in found] == ["It became second.", "It became third."]


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("", False),
        ("in_force = { from = 2029-01-01 }", True),
        ("[[rule]]\nin_force = { from = 2029-01-01 }\n", True),
        ("[[rule]]\n  in_force = { from = 2029-01-01 }\n", True),
        ('[[rule]]\ntitle = "x"\n[rule.in_force]\nfrom = 2029-01-01\n', True),
        ("[rule]\nin_force.from = 2029-01-01\n", True),
        ('[[rule]]\nonly = "last_day_in_force"\n', False),
        ('counted_from = "last_day_in_force"\n# in_force: see there\n', False),
        ('x = "last_day_in_force"\nin_force = { from = 2029-01-01 }\n', True),
    ],
)
def test_a_file_that_says_when_a_row_is_in_force_speaks_of_time(text: str, speaks: bool) -> None:
    assert speaks_of_time(text) is speaks


def test_an_id_that_is_made_of_what_is_said_stays_the_same_from_version_to_version() -> None:
    """It is in people's diaries: eight hex digits of SHA-256, worked out here by another program."""
    assert digest("Acme, plant 2", "us.716.facility-review", "2027-02-03") == "f6b51c01"


@pytest.mark.parametrize("rule", [rule for rule in LAW.rules if rule.bound == "at_least"], ids=lambda rule: rule.id)
def test_what_is_due_at_least_so_long_before_is_counted_backwards(rule: Rule) -> None:
    """Counted forward, "at least" is a day before which something does not end: `not_before`, as the exemption of the
    side letters on section 232 is."""
    assert all(n < 0 for step in rule.offset for n in step.values())


def test_the_exemption_from_a_section_232_measure_ends_no_earlier() -> None:
    assert LAW.catalogue.by_id()["treaty.section-232"].bound == "not_before"
