"""The words: the same keys in three languages, the CLDR's dates and plurals, official terms, nothing untranslated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from review_clock.files import LANGUAGES, Texts, parsed
from review_clock.law.chapter_34 import REFUSALS, TRANSITIONS
from review_clock.law.counting import Step
from review_clock.words.wording import Wording, keys_of, text_of_words, wording
from tests.frozen import LAW, RECORD, deadlines

EVERY_DAY = [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["long", "full"])
def test_dates_are_the_cldrs_for_every_day_with_the_first_of_a_month_in_french(lang: str, form: str) -> None:
    words = wording(lang)
    for day in EVERY_DAY:
        expected = format_date(day, form, locale=words.locale)
        if lang == "fr" and day.day == 1:
            expected = re.sub(r"\b1\b", "1er", expected, count=1)
        assert words.day(day, form) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plurals_and_grouping_are_the_cldrs(lang: str) -> None:
    words = wording(lang)
    plural = Locale.parse(words.locale).plural_form
    for n in [*range(0, 3000), 3508, 10_000, 123_456]:
        form = "one" if plural(n) == "one" else "other"
        assert words.days(n) == words(f"count.days.{form}", n=format_decimal(n, locale=words.locale))


def _strings(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _strings(value, f"{path}{key}.")
        elif isinstance(value, str):
            yield f"{path}{key}", value


def _words(words: Wording) -> dict[str, str]:
    sections = ("status", "page", "feed", "explain", "deadlines", "step", "phase_meaning", "certainty_meaning",
                "refusal", "guard", "check", "history", "readings", "whatif", "office", "bound")  # fmt: skip
    return {f"{s}.{key}": text for s in sections for key, text in _strings(words.section(s))}


SAME_IN_BOTH = {"check.error", "feed.title", "feed.changed",
                "status.party_on", "status.parties", "feed.source", "status.phase",
                "explain.condition", "feed.condition",
                "history.conflict", "readings.note", "status.term_value", "deadlines.date", "page.pages", "page.menu",
                "page.contact"}  # fmt: skip


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_nothing_is_left_in_english(lang: str) -> None:
    english, other = _words(wording("en")), _words(wording(lang))
    same = {key for key, text in other.items() if text == english[key] and re.search("[A-Za-z]{3}", text)}
    assert same <= SAME_IN_BOTH


BY_SECTION = ("agreement.", "cite.", "cldr.", "proceeding_state_meaning.", "explorer.confirms", "explorer.declines")
"""Keys that are looked up in a section taken whole."""


def test_every_key_is_looked_up_somewhere() -> None:
    root = Path(__file__).parents[2]
    files = [each for folder in ("review_clock", "templates") for each in (root / folder).rglob("*.*")]
    code = "\n".join(each.read_text("utf-8") for each in files if each.suffix in (".py", ".html", ".js", ".atom"))
    named = set(re.findall(r"""["'](\w+(?:\.\w+)+)["']""", code)) | set(re.findall(r"words\.([a-z_]+\.\w+)", code))
    begun = tuple(re.findall(r"""["'`](\w+\.[\w.]*)(?:\$?\{|["'`] *[~+])""", code))
    keys = {key for key in keys_of(parsed(text_of_words("en"), "en.toml")) if "." in key}
    assert {key for key in keys - named if not key.startswith(begun + BY_SECTION)} == set()


def _all_texts() -> Iterator[tuple[str, Texts | None]]:
    for rule in LAW.rules:
        for name in ("title", "duty", "condition", "trigger", "when"):
            yield f"{rule.id}.{name}", getattr(rule, name)
    for row in (*LAW.catalogue.withheld, *LAW.catalogue.background):
        yield row.id, row.why
    for identity, actor in LAW.actors.items():
        yield identity, actor.name
    for reading in LAW.readings:
        yield from ((f"{reading.key}.{n}", getattr(reading, n)) for n in ("question", "why", "note"))
    for entry in (*RECORD.entries, *RECORD.announced):
        yield from ((f"{entry.id}.text", entry.text), (f"{entry.id}.conflict", entry.conflict))


def test_every_text_of_the_law_and_the_record_is_in_three_languages() -> None:
    for where, texts in _all_texts():
        if texts is not None:
            assert texts.en != texts.es, where
            assert texts.en != texts.fr, where


def test_french_typography_and_spanish_terms() -> None:
    for where, texts in _all_texts():
        if texts is None:
            continue
        assert not re.search(r"[^\u00a0\s\d] :|\w:\s", texts.fr.replace("\u00a0:", "")), where
        assert not re.search(r"\w'\w", texts.fr), f"{where}: a typewriter apostrophe"
        assert not re.search(r"\brenovaci|renegociaci|rechaz", texts.es), where
        assert "AEUMC" not in texts.fr


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_deadline_can_be_said_in_every_language(lang: str) -> None:
    words = wording(lang)
    for each in deadlines(RECORD, date(2026, 11, 23)):
        assert words.derivation(each.derivation)
        assert words.said(each.actor_name) == LAW.actors[each.actor].name.said(lang)
        assert words.would_move(each) or not each.would_move
        for other in each.other_readings:
            assert words.other(other)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_can_be_said_in_every_language(lang: str) -> None:
    words = wording(lang)
    for row in TRANSITIONS:
        assert words(f"guard.{row.provided.__name__}")
    for refusal in REFUSALS:
        assert words(f"refusal.{refusal.key}")
        assert words(f"guard.{refusal.when.__name__}")


def test_the_labels_in_english_are_the_functions_own() -> None:
    words = wording("en")
    for guard in {row.provided for row in TRANSITIONS} | {row.when for row in REFUSALS}:
        assert words(f"guard.{guard.__name__}") == guard.__doc__
    for refusal in REFUSALS:
        assert words(f"refusal.{refusal.key}") == refusal.why


@pytest.mark.parametrize(
    ("lang", "cite"), [("en", "Art. 34.7(4)"), ("es", "artículo 34.7(4)"), ("fr", "article 34.7(4)")]
)
def test_citations_are_written_as_the_language_writes_them(lang: str, cite: str) -> None:
    assert wording(lang).cite("Art. 34.7(4)") == cite
    assert wording(lang).cite("19 U.S.C. 4611(b)(1)") == "19 U.S.C. 4611(b)(1)"


@pytest.mark.parametrize(("lang", "gone"), [("es", "eliminada"), ("fr", "supprimée")])
def test_a_date_that_an_act_removed_is_called_removed_and_one_that_came_back_is_not_in_force(
    lang: str, gone: str
) -> None:
    """Nothing stands in its place; and "in force" is said of the Agreement alone."""
    words, days = wording(lang), {"title": "T", "n": "1", "before": "1", "after": "2"}
    assert words("certainty.superseded") == gone
    assert words("explain.vanished", **days).startswith(gone)
    for key in ("explain.revived", "feed.count_revived", "feed.changed_revived"):
        assert not re.search("vigor|vigente|vigueur|regir", words(key, **days)), key


@pytest.mark.parametrize("kind", ["days_after", "days_before"])
@pytest.mark.parametrize("n", [1, 2])
def test_a_count_of_days_in_spanish_is_right_for_one_and_for_many(kind: str, n: int) -> None:
    said = wording("es").step(Step(kind=kind, day=date(2027, 1, 1), n=n))
    assert said.replace("\u00a0", " ").startswith("cómputo de 1 día hacia" if n == 1 else "cómputo de 2 días hacia")
