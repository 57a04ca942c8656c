"""Plain words: no key of a reading, no line of the grammar, no id of the record in anything that people read.

The commands `readings` and `history` name keys and ids, for there a person looks for what to type; a page may have one
in `code`. The ids of deadlines stand in lists: `explain` asks for them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from review_clock import every_reading, explore, outlook, say
from review_clock.feeds.calendar import feed
from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.formats.before_after import whatif_parts
from review_clock.formats.explanation import explanation
from review_clock.formats.parts import as_markdown, as_text
from review_clock.formats.text_comparison import comparison_parts
from review_clock.formats.text_deadlines import list_csv, list_markdown, list_text
from review_clock.formats.text_every_reading import every_reading_text
from review_clock.formats.text_outlook import outlook_markdown
from review_clock.formats.text_scenarios import scenarios_markdown, scenarios_text
from review_clock.formats.text_undated import undated_markdown, undated_text
from review_clock.law.acts_and_lapses import ACTS, Note, name_of
from review_clock.questions.compare import compare
from review_clock.questions.listed import Window, listed, undated
from review_clock.questions.question import Question
from review_clock.record.grammar import ACCEPTED
from review_clock.scenarios.library import library
from review_clock.site.material import Material
from review_clock.site.pages.about import about_page
from review_clock.site.pages.deadlines import deadlines_page, past_page
from review_clock.site.pages.rules import rules_page
from review_clock.site.pages.status import status_page
from review_clock.site.pages.what_if import scenario_page
from review_clock.words.acts import assumed
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, chosen, question

AS_OF = date(2026, 11, 24)
PLANS = library()
OTHERWISE = " ".join(f"{key}={value}" for key, value in LAW.alternatives(LAW.defaults) if key != "annual_review_day")
"""Another value of nearly every reading at once: whatever words speak of a reading that is chosen are said."""

KEYS = "|".join(reading.key for reading in LAW.readings)
VALUES = "|".join({value for reading in LAW.readings for value in reading.values if "_" in value})
ACT = r"(?:us|ca|mx) (?:confirms|declines|gives notice|rescinds notice|states)|all confirm|review held|review concludes"
RAW = re.compile(
    rf"\b(?:{KEYS})=\w|\b(?:{VALUES})\b|\d{{4}}-\d\d-\d\d (?:{ACT}|next review (?:held|set for))|\w+=\w+_\w+",
    re.IGNORECASE,
)
ENTRY = re.compile("|".join(rf"(?<![\w./-]){re.escape(each)}(?![\w-])" for each in RECORD.rows()))


def _faults(text: str) -> list[str]:
    """What a person should not read, with what stands about it."""
    said = " ".join(text.split())
    return [said[max(0, hit.start() - 40) : hit.end() + 20] for rule in (RAW, ENTRY) for hit in rule.finditer(said)]


@pytest.mark.parametrize(
    "text",
    [
        "other reading: October 3, 2026 (at_least_days_before=clear_days)",
        "the term (reading term_ends)  end_of_day",
        "Assumed: 2027-01-15 us gives notice",
        "because: 2029-03-15 all confirm",
        "Set aside: E50, E51",
        "last event recorded: October 5, 2026 (E66).",
    ],
)
def test_what_is_looked_for_is_found(text: str) -> None:
    assert _faults(text)


@cache
def _asked(name: str, reading: str = "") -> Question:
    """A question of the frozen record, under a scenario of the library, or `record`."""
    return question(AS_OF, chosen(reading.split()), plan=PLANS.get(name))


def _of_one(asked: Question, lang: str) -> Iterator[tuple[str, str]]:
    words = wording(lang)
    yield "status, whatif", say(asked, lang)
    if asked.scenario is not None:
        yield "whatif", as_text(whatif_parts(asked, words))
    found = listed(asked, Window(start=AS_OF, end=date(2037, 12, 31)))
    for told in (list_text, list_markdown):
        yield told.__name__, told(found, words)
    yield "csv", "\n".join(line for line in list_csv(found, words).splitlines()[1:])
    for each in asked.all_deadlines[::9]:
        parts = explanation(each, asked.known, words)
        yield from [(f"explain {each.id}", as_text(parts)), (f"explain {each.id} md", as_markdown(parts, words))]


def _check(texts: Iterator[tuple[str, str]]) -> None:
    for where, text in texts:
        assert text.strip() or where == "set aside", where
        assert not _faults(text), where


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["record", *PLANS])
def test_no_answer_on_the_terminal_speaks_in_keys_lines_or_ids(name: str, lang: str) -> None:
    _check(_of_one(_asked(name), lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["record", "late-extension", "us-withdraws", "two-parties-leave", "clean-renewal"])
def test_nor_under_other_readings(name: str, lang: str) -> None:
    _check(_of_one(_asked(name, OTHERWISE), lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PLANS)
def test_nor_over_every_reading(name: str, lang: str) -> None:
    _check(iter([(name, every_reading_text(_every(name), wording(lang)))]))


@cache
def _every(name: str):  # type: ignore[no-untyped-def]
    return every_reading(_asked(name))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nor_in_what_stands_side_by_side_or_looks_ahead(lang: str) -> None:
    words, plans = wording(lang), PLANS.values()
    side = compare(*(_asked(name, OTHERWISE) for name in ("record", "late-extension", "us-withdraws")))
    then = question(date(2028, 1, 1), chosen(["confirmations=fresh"]), plan=PLANS["us-withdraws"])
    odds = outlook(then, confirm=["ca=1/2", "mx=1/2"], horizon=2030)
    asked = undated(_asked("record"))
    _check(
        iter(
            [
                ("compare", say(side, lang)),
                ("compare md", as_markdown(comparison_parts(side, words), words)),
                ("scenarios", scenarios_text(plans, words)),
                ("scenarios md", scenarios_markdown(plans, words)),
                ("explore", say(explore(then, depth=1, horizon=2030), lang)),
                ("outlook", say(odds, lang)),
                ("outlook md", outlook_markdown(odds, words)),
                ("undated", undated_text(asked, (), words)),
                ("undated md", undated_markdown(asked, (), words)),
            ]
        )
    )


def _descriptions(name: str, lang: str) -> Iterator[tuple[str, str]]:
    data = feed(_asked(name), "everything", lang).decode("utf-8").replace("\r\n ", "")
    for line in data.split("\r\n"):
        if re.match("SUMMARY|DESCRIPTION|NAME|X-WR-CAL|CATEGORIES", line):
            yield line[:60], re.sub(r"HYPOTHESIS \([^)]*\)", "", line)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["record", "late-extension", "us-withdraws", "clean-renewal"])
def test_nor_in_a_feed(name: str, lang: str) -> None:
    _check(_descriptions(name, lang))


@cache
def _material() -> Material:
    return Material(question=_asked("record"), base_url="https://example.org", feeds=shipped(LAW))


def _visible(page: bytes) -> str:
    """What a person reads of a page: no scripts, no code, no addresses."""
    text = re.sub(r"<(script|style|code)\b.*?</\1>", " ", page.decode("utf-8"), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "made",
    [status_page, deadlines_page, past_page, rules_page, about_page, *PLANS],
    ids=lambda x: getattr(x, "__name__", x),
)
def test_nor_on_a_page(made: object, lang: str) -> None:
    words = wording(lang)
    page = scenario_page(made, _material(), words) if isinstance(made, str) else made(_material(), words)  # type: ignore[operator]
    _check(iter([(str(made), _visible(page))]))


def test_the_words_files_themselves_speak_in_no_keys() -> None:
    for lang in LANGUAGES:
        section = wording(lang).section
        for name in ("step", "refusal", "guard", "condition", "deadlines", "outlook", "headline", "whatif", "cause"):
            for key, text in section(name).items():
                assert not RAW.search(str(text)), f"{lang}: {name}.{key}"


# ------------------------------------------------------------------------------------------------ what is said instead


def test_every_value_of_every_reading_has_words_that_follow_if() -> None:
    for reading in LAW.readings:
        for value in reading.values:
            means = reading.meaning(value)
            assert means.number == reading.number
            texts = [means.words.said(lang) for lang in LANGUAGES]
            assert len(set(texts)) == 3, (reading.key, value)
            assert not [text for text in texts if text.endswith(".") or text[0].isupper()]
            assert not re.match("ils? ", means.words.fr), "si il is s'il"
            assert not re.search(r"\w'\w", means.words.fr)


FORMS = [
    *(f"2029-03-15 {party} {act}" for party in ("us", "ca", "mx") for act in ("confirms", "declines", "gives notice",
                                                                              "rescinds notice", "states extend")),
    *("2029-03-15 all confirm", "2029-03-15 review held", "2029-03-15 next review held", "2029-03-15 review concludes"),
    *("2029-03-15 next review set for 2029-06-15", "2029-03-15 agreement enters into force"),
    *(f"2029-03-15 amendment sets {what} 2029-06-15" for what in ("term end", "next review")),
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", FORMS)
def test_every_form_of_an_assumption_is_said_with_its_day_and_whose_it_is(line: str, lang: str) -> None:
    words = wording(lang)
    said = assumed(line, words)
    assert words.day(date(2029, 3, 15)) in said
    assert not _faults(said)
    for party in ("us", "ca", "mx"):
        assert (words(f"headline.party.{party.upper()}") in said) == (f" {party} " in line)
    if " set" in line:
        assert words.day(date(2029, 6, 15)) in said


def test_the_forms_are_all_there() -> None:
    kinds = {re.sub(r"DATE|us\|ca\|mx|\|.*", "", form).split()[-1] for form in ACCEPTED}
    assert all(any(kind in line for line in FORMS) for kind in kinds if kind not in ("extend", "for"))
    for kind in ACTS:
        if kind is not Note:
            assert wording("en")(f"assumed.{name_of(kind)}", who="", stance="", other="")


def test_a_stated_position_keeps_its_words() -> None:
    """Finding A11: "does not wish to extend" for a statement that spoke of the Agreement in its current form."""
    for lang, said in (("en", "in its current form"), ("es", "en su forma actual"), ("fr", "dans sa forme actuelle")):
        assert said in " ".join(say(_asked("record"), lang).split())
