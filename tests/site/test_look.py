"""What can be seen without reading: days that stay whole, marks that are shown and mean what they seem to."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from review_clock import site, templates
from review_clock.deadlines.deadline import CERTAINTIES
from review_clock.files import LANGUAGES
from review_clock.law.position import Phase
from review_clock.site.pictures.state_diagram import diagram
from review_clock.site.reconciliation import days_said
from review_clock.site.static_files import static_files
from review_clock.words.wording import Wording, wording

Page = Callable[..., str]
ENDED = date(2036, 9, 1)
PLAIN_SPACE, NO_BREAK = " ", "\N{NO-BREAK SPACE}"


def _style(name: str) -> str:
    return static_files()[f"static/{name}"]().decode("utf-8")


# ------------------------------------------------------------------------------------------- nothing said of nothing


def test_before_the_signature_no_section_stands_over_nothing(page: Page) -> None:
    text = page("index.html", "en", date(2018, 11, 1))
    assert "<ol" in text
    assert not re.findall(r"<(ol|ul|tbody)[^>]*>\s*</\1>", text)
    assert wording("en")("life.heading") not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_the_day_of_the_end_nothing_can_come_before_it_any_more(page: Page, lang: str) -> None:
    words = wording(lang)

    def months(day: date) -> str:
        text = html.unescape(page("index.html", lang, day))
        return text[text.index(words("verdict.months")) : text.index(words("verdict.in_full"))]

    assert words("sure.unless") in months(date(2036, 6, 29))
    assert f'datetime="{date(2036, 7, 1)}"' in months(date(2036, 7, 1))
    assert words("sure.unless") not in months(date(2036, 7, 1))


def test_after_the_end_nothing_is_promised_to_change_the_answer(page: Page) -> None:
    assert wording("en")("change.title") not in page("index.html", "en", ENDED)
    assert wording("en")("change.title") in page("index.html", "en")


# ----------------------------------------------------------------------------------------------- days stay whole


def _columns_of_days() -> list[float]:
    """How wide the column of days on the status page is, in rem, from the widest screen to the narrowest."""
    return [float(each) for each in re.findall(r"\.months li\{[^}]*?columns:([\d.]+)rem", _style("status.css"))]


def _days(words: Wording) -> Iterator[str]:
    for month in range(1, 13):
        yield words.day(date(2027, month, 30 if month != 2 else 28), "short")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_has_room_on_one_line_and_on_a_telephone_no_word_of_it_is_broken(lang: str) -> None:
    wide, middle, narrow = _columns_of_days()
    words, bold = wording(lang), 0.56  # of a bold letter or figure, in rem: more than any month's name has on average
    assert min(wide, middle) >= 0.53 * max(len(day) for day in _days(words))
    assert narrow >= bold * max(len(word) for day in _days(words) for word in day.split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", [date(2026, 11, 24), ENDED], ids=str)
def test_no_line_of_the_headline_ends_within_a_day(page: Page, lang: str, day: date) -> None:
    words, end = wording(lang), date(2036, 7, 1)
    heading = re.search(r"<h1 .*?</h1>", page("index.html", lang, day), re.DOTALL)
    assert heading
    text = html.unescape(heading[0])
    assert words.day(end, "short") not in text
    assert words.day(end, "short").replace(PLAIN_SPACE, NO_BREAK) in text
    whole = [each.replace(NO_BREAK, PLAIN_SPACE) for each in re.findall(r'<span class="whole">(.*?)</span>', text)]
    assert words.day(end) in whole  # its year too, where there is room
    assert "{h1.answer .whole{white-space:nowrap}}" in _style("status.css")
    assert words.day(end) in days_said(text, words)  # the build still finds it there, to compare it with the answer


# ------------------------------------------------------------------------------------------- marks that are seen


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("phase", list(Phase))
def test_the_mark_of_the_present_state_is_in_the_picture_and_nothing_covers_it(phase: Phase, lang: str) -> None:
    drawn, said = diagram(wording(lang), str(phase)), wording(lang)("page.current")
    [box] = [each for each in drawn.boxes if each.current]
    left, right = box.x + 4, box.x + 4 + 7 * (len(said) + 2)
    top, bottom = box.mark_y - 11, box.mark_y + 3
    assert 0 <= top < bottom <= drawn.high
    assert 0 <= left < right <= drawn.wide
    for arrow in drawn.arrows:
        numbers = [int(each) for each in re.findall(r"\d+", arrow.path)]
        held = left < arrow.x + 10 and arrow.x - 10 < right and top < arrow.y + 10 and arrow.y - 10 < bottom
        assert not held, f"the number {arrow.number} covers the mark"
        for x, y in ((numbers[0], numbers[1]), (numbers[-2], numbers[-1])) if "C" in arrow.path else ():
            assert not (left < x < right and top - 8 < y < bottom + 8), f"arrow {arrow.number} meets the mark"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_mark_beside_the_end_has_the_colour_that_the_bar_has_before_it(page: Page, lang: str) -> None:
    text = page("index.html", lang, ENDED)
    bar = text[text.index('<svg class="bar') :].partition("</svg>")[0]
    assert 'class="b-lived"' in bar
    marks = re.findall(r"<dt>(.*?)</svg>", text[text.index('<dl class="facts">') :], re.DOTALL)
    assert len(marks) == 2
    for mark in marks:
        assert "b-lived" in mark
        assert "b-open" not in mark


# --------------------------------------------------------------------------------------------- styles that are used

TEMPLATES = Path(templates.__file__).parent
MADE = {"mark.standing": CERTAINTIES, "each.certainty": CERTAINTIES}
"""The classes that a template makes of one value alone, by what it asks for; other sheets than site.css have more."""


def _classes_of_templates() -> tuple[set[str], tuple[str, ...]]:
    """The classes that templates, scripts and pages write, and the beginnings of those that end in a value."""
    sources = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.*") if path.suffix in (".html", ".js")]
    sources += [path.read_text(encoding="utf-8") for path in Path(site.__file__).parent.rglob("*.py")]
    whole: set[str] = set()
    begun: set[str] = set()
    for text in sources:
        found = re.findall(r'class(?:Name)?(?:=|: | = )["`]((?:\{.*?\}\}?|[^"`{])*)["`]', text)
        for attribute in (*found, *re.findall(r'classList\.\w+\("([^"]+)"', text)):
            for value in re.findall(r"\{\{ ([\w.]+) \}\}", attribute):
                whole |= set(MADE.get(value, ()))
            begun |= set(re.findall(r"([\w-]+-)\$?\{", attribute))
            whole |= {word for said in re.findall(r"'([\w ]+)'", attribute) for word in said.split()}
            whole |= set(re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\$\{.*?\}", " ", attribute).split())
    return whole, tuple(begun)


def test_each_class_of_the_style_sheet_is_written_by_some_page() -> None:
    whole, begun = _classes_of_templates()
    selectors = " ".join(re.findall(r"([^{}]+)\{", _style("site.css")))
    unused = {each for each in re.findall(r"\.([a-zA-Z][\w-]*)", selectors) if each not in whole}
    assert {each for each in unused if not each.startswith(begun)} == set()
