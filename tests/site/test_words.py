"""Nothing untranslated: every string that somebody sees or hears, official terms, French spaces, citations."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from review_clock.files import LANGUAGES
from review_clock.law.chapter_34 import TRANSITIONS
from review_clock.site.asked import questions
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD

Page = Callable[..., str]
PAGES = (
    "index.html",
    "deadlines.html",
    "past.html",
    "rules.html",
    "history.html",
    "readings.html",
    "about.html",
    "questions.html",
    "odds.html",
)
ALIKE = {
    "Canada",
    "Pages",
    "Condition",
    "Confirmation",
    "confirmation",
    "consultation",
    "source",
    "sources",
    "Sources",
    "Questions",
    "Menu",
}
"""Words that English and French, or a citation in each language, write alike."""
SECTIONS = ("verdict", "life", "clock", "change", "effect", "filter", "rules", "record_page", "readings_page", "about")


class _Visible(HTMLParser):
    """The strings that somebody reads or hears, those marked as being in another language left out."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang, self.strings = lang, []  # type: ignore[var-annotated]
        self._langs, self._silent = [lang], 0

    VOID = ("meta", "link", "br", "input", "path", "rect", "circle", "use")
    SPOKEN = ("aria-label", "title", "alt")
    META = ("description", "og:title", "og:description", "og:image:alt")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        lang = found.get("lang") or self._langs[-1]
        if lang == self.lang:
            self.strings += [found[a] for a in self.SPOKEN if found.get(a)]
            if (found.get("name") or found.get("property")) in self.META:
                self.strings.append(found["content"])
        if tag not in self.VOID:
            self._langs.append(lang)
            self._silent += tag in ("script", "style", "code")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._langs.pop()
            self._silent -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent and self._langs[-1] == self.lang:
            self.strings.append(data.strip())


def _visible(text: str, lang: str) -> list[str]:
    reader = _Visible(lang)
    reader.feed(text)
    return reader.strings


def _names(lang: str) -> set[str]:
    """What stands alike in `lang`: titles of sources, names, ids, dates in figures, citations that it leaves so."""
    names = {source.title for row in RECORD.rows().values() for source in row.sources}
    names |= {who.who.en for point in LAW.readings for who in point.supporters if who.who.en == who.who.fr}
    names |= {name.en for name in (who.name for who in LAW.actors.values()) if name.en in (name.es, name.fr)}
    names |= {rule.authority for rule in (*LAW.catalogue.withheld, *LAW.catalogue.background)}
    names |= {cite for cite in LAW.authorities.by_cite if wording(lang).cite(cite) == cite}
    names |= {source.title for source in questions().sources.values()}
    names |= set(RECORD.rows()) | {"Review Clock", "Español", "Français", "English"}
    return names


def _only_names(text: str, alike: set[str]) -> bool:
    """Whether it is a name with its date or number, or a list of nothing but citations, figures and names."""
    bare = text.strip(" ·:;,[]")
    forms = {bare, re.sub(r" \([^()]*\)$", "", bare)}
    forms |= {re.sub(r"^\d+ ", "", form) for form in forms}
    parts = [part for part in re.split(r"[,;] ", bare) if part]
    return bool(forms & alike) or all(part in alike or not re.search(r"[a-z]{4}", part) for part in parts)


@pytest.mark.parametrize("lang", ["es", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_every_visible_string_is_translated(page: Page, name: str, lang: str) -> None:
    english = {text for text in _visible(page(name, "en"), "en") if re.search(r"[A-Za-z]{4}", text)}
    alike = _names(lang) | ALIKE
    left = [text for text in _visible(page(name, lang), lang) if text in english and not _only_names(text, alike)]
    assert not left


def test_the_walk_over_the_strings_finds_what_is_left_in_english(page: Page) -> None:
    text = page("about.html", "fr").replace("Ce qui est laissé de côté", wording("en")("about.withheld"))
    assert wording("en")("about.withheld") in _visible(text, "fr")


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_no_word_of_the_pages_is_left_in_english(lang: str) -> None:
    for section in SECTIONS:
        english, other = wording("en").section(section), wording(lang).section(section)
        assert {key for key, text in other.items() if text == english[key]} == set(), section


@pytest.mark.parametrize(
    ("cite", "es", "fr"),
    [
        ("SOR/2020-155 s. 13", "SOR/2020-155, art. 13", "DORS/2020-155, art. 13"),
        ("S.C. 2020, c. 1, s. 213(3)", "S.C. 2020, c. 1, art. 213(3)", "L.C. 2020, ch. 1, art. 213(3)"),
        ("Protocol para. 2", "Protocolo, párrafo 2", "Protocole, paragraphe 2"),
        ("19 U.S.C. 4611(b)(1)", "19 U.S.C. 4611(b)(1)", "19 U.S.C. 4611(b)(1)"),
        ("Annex 14-C para. 3", "Anexo 14-C, párrafo 3", "annexe 14-C, paragraphe 3"),
        ("Art. 34.7(3), Art. 34.7(6)", "artículo 34.7(3), artículo 34.7(6)", "article 34.7(3), article 34.7(6)"),
        ("Annex 4-B Appendix Art. 6", "Anexo 4-B, apéndice artículo 6", "annexe 4-B, appendice article 6"),
        (
            "Constitution of Mexico Arts. 76(I)",
            "Constitución de México, artículos 76(I)",
            "Constitution du Mexique, articles 76(I)",
        ),
    ],
)
def test_citations_are_those_of_the_languages_country(cite: str, es: str, fr: str) -> None:
    assert [wording(lang).cite(cite) for lang in LANGUAGES] == [cite, es, fr]


@pytest.mark.parametrize("lang", ["es", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_no_citation_is_left_as_english_writes_it(page: Page, name: str, lang: str) -> None:
    page(name, "en")  # first, as in a build: a template compiled for English says nothing in English here
    english = re.compile(r"\bArts?\. \d|\bAnnex \d|\bs\. \d|\bpara\. \d|\bAppendix\b|\bBill C-")
    assert [text for text in _visible(page(name, lang), lang) if english.search(text)] == []


def test_the_effects_in_english_are_the_functions_own() -> None:
    for row in TRANSITIONS:
        assert wording("en")(f"effect.{row.effect.__name__}") == row.effect.__doc__


@pytest.mark.parametrize(("lang", "name"), [("en", "USMCA"), ("es", "T-MEC"), ("fr", "ACEUM")])
def test_the_agreement_is_called_what_the_country_calls_it(page: Page, lang: str, name: str) -> None:
    heading = re.search(r'<p class="question">(.*?)</p>', page("index.html", lang))
    assert heading
    assert name in heading[1]


def test_words_of_the_pages_have_french_spaces() -> None:
    words = wording("fr")
    for section in (*SECTIONS, "page"):
        for key, text in words.section(section).items():
            if isinstance(text, dict):
                continue
            assert not re.search(r"[^\u00a0] ?:(?!//)|« | »", re.sub(r"\u00a0:", "", text)), f"{section}.{key}"
            assert "'" not in text, f"{section}.{key}"
