"""Every headline, in every state and every language: it has the facts that the texts give, and no other day.

`make headlines` writes fixtures/headlines.txt anew; a person reads what changed in it.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import review_clock.site as site
from review_clock import compare, document, say
from review_clock.feeds.calendar import feed
from review_clock.files import LANGUAGES
from review_clock.questions.answer import Answer
from review_clock.site.for_machines.metadata import metadata
from review_clock.site.gallery import gallery
from review_clock.site.pages.status import status_page
from review_clock.site.pictures.badge import badge
from review_clock.site.pictures.card import card_lines
from review_clock.site.reconciliation import (
    NotReconciled,
    days_said,
    headlines_of,
    reconcile_end,
    reconcile_headline,
)
from review_clock.words.headline import headline
from review_clock.words.wording import Wording, wording
from tests.frozen import LAW
from tests.words.states import APPROVED, STATES, asked, material, questions, sentences

NAMES = tuple(questions())
IN_EVERY_LANGUAGE = [(name, lang) for name in NAMES for lang in LANGUAGES]


# ------------------------------------------------------------------------------------------- the facts themselves


def _accepted(state: dict[str, Any], field: str, value: Any) -> bool:
    """Whether the file accepts a value as another answer to what the text leaves open."""
    said = ", ".join(day.isoformat() for day in value) if isinstance(value, list) else str(value)
    return said in [row["also"] for row in state.get("doubtful", []) if row["field"] == field]


def _facts(answer: Answer) -> dict[str, Any]:
    ends, extended, review = answer.ends, answer.extended, answer.next_review
    return {
        "in_force": answer.in_force,
        "phase": answer.phase,
        "between": [str(party) for party in answer.between],
        "left": [{"party": each.party, "effective": each.effective} for each in answer.left],
        "notices": [
            {
                "party": each.party,
                "notice": each.notice,
                "effective": each.effective,
                "last_day_to_rescind": each.last_day_to_rescind,
            }
            for each in answer.notices
        ],
        "ends": ends and {key: getattr(ends, key) for key in ("date", "last_day", "because", "earliest", "latest")},
        "extended": extended and {"on": extended.on, "to": extended.to},
        "next_review": review and {"date": review.date, "kind": review.kind, "day_is": review.day_is},
        "unrecorded_reviews": list(answer.unrecorded),
        "beyond_record": answer.beyond_record,
    }


@pytest.mark.parametrize("state", STATES, ids=lambda state: state["id"])
def test_the_answer_has_the_facts_that_the_texts_give(state: dict[str, Any]) -> None:
    answer = questions()[state["id"]].status.answer
    for field, value in _facts(answer).items():
        expected = state.get(field)
        if isinstance(expected, dict) and isinstance(value, dict):
            expected = {key: expected[key] for key in value}
        assert value == expected or _accepted(state, field, value), field
    exit_day = state["earliest_exit"] if state.get("earliest_exit_before_end") else None
    assert (answer.earliest_exit.date if answer.earliest_exit else None) == exit_day
    others = {other.date for other in answer.extended.other_readings} if answer.extended else set()
    assert set(state.get("extended", {}).get("other", ())) <= others
    for null in state["nulls"]:
        assert getattr(answer, null) is None, null


# ---------------------------------------------------------------------------------------------- on every surface


def _in_brief(answer: Answer) -> Iterator[date]:
    """The days that no headline may leave out: a running notice, the end, both lengths after an extension."""
    moot = answer.ends.date if answer.ends else date.max
    for each in answer.notices:
        yield each.notice if each.effective >= moot and not _ends_it(each.effective, answer) else each.effective
    if answer.ends is not None:
        yield answer.ends.date
        if answer.extended is not None and answer.ends.because == "term":
            yield from (other.date for other in answer.extended.other_readings if other.date is not None)


def _ends_it(effective: date, answer: Answer) -> bool:
    return answer.ends is not None and answer.ends.because == "withdrawals" and effective <= answer.ends.date


def _in_full(answer: Answer) -> Iterator[date]:
    """Every day that the first paragraph carries."""
    yield from _in_brief(answer)
    yield answer.as_of
    yield from (day for each in answer.left for day in (each.effective, each.notice))
    for each in answer.notices:
        yield from (each.notice, each.effective)
        if each.last_day_to_rescind and (each.effective < answer.ends.date or _ends_it(each.effective, answer)):  # type: ignore[union-attr]
            yield each.last_day_to_rescind
    if answer.ends is not None:
        yield answer.ends.last_day
        if answer.in_force:
            yield from (answer.ends.earliest, answer.ends.latest)
    if answer.extended is not None:
        yield from (answer.extended.on, answer.extended.to)
    if answer.next_review is not None and answer.next_review.date is not None:
        yield answer.next_review.date
    if answer.earliest_exit is not None:
        yield answer.earliest_exit.date
    yield from answer.unrecorded
    if answer.beyond_record:
        yield answer.verified_on


def _first_paragraph(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _plain(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup))


@cache
def _page(name: str, lang: str) -> str:
    return status_page(material(name), wording(lang)).decode("utf-8")


def _full(name: str, words: Wording) -> dict[str, str]:
    page = _page(name, words.lang)
    paragraph = re.search('<p class="in-full">.*?</p>', page)
    assert paragraph
    return {
        "status page": _plain(paragraph[0]),
        "terminal": _first_paragraph(say(questions()[name], words.lang)),
    }


def _brief(name: str, words: Wording) -> dict[str, str]:
    page = _page(name, words.lang)
    linked = json.loads(metadata(material(name), words, "about.html").linked_data)["@graph"][0]
    badge_title = re.search("<title.*?</title>", badge(material(name), words).decode("utf-8"))
    description = re.search('<meta name="description" content="(.*?)">', page)
    title = re.search("<title>(.*?)</title>", page)
    assert badge_title
    assert description
    assert title
    first = re.search('<section class="first-screen".*?</section>', page, re.DOTALL)
    assert first
    return {
        "first screen": _plain(first[0].replace("<", " <")),
        "title": html.unescape(title[1]),
        "description": html.unescape(description[1]),
        "JSON-LD": linked["description"],
        "badge": _plain(badge_title[0]),
        "card": " ".join(card_lines(questions()[name].status.answer, words)),
    }


def _who(answer: Answer, words: Wording) -> list[str]:
    return [words.party(party) for party in answer.between] if answer.left else []


@pytest.mark.parametrize(("name", "lang"), IN_EVERY_LANGUAGE)
def test_every_surface_carries_what_it_must_and_no_other_day(name: str, lang: str) -> None:
    words, answer = wording(lang), questions()[name].status.answer
    named = {words.day(day) for day in _in_full(answer)}
    in_brief = {words.day(day) for day in _in_brief(answer)}
    for surface, text in _full(name, words).items():
        assert named <= days_said(text, words), surface
        assert all(party in text for party in [words.party(party) for party in answer.between]), surface
        reconcile_headline(surface, text, answer, words)
    for surface, text in _brief(name, words).items():
        assert in_brief <= days_said(text, words), surface
        assert all(party in text for party in _who(answer, words)), surface
        assert all(words.party(each.party) in text for each in answer.notices), surface
        reconcile_headline(surface, text, answer, words)


@pytest.mark.parametrize("name", NAMES)
def test_json_carries_the_whole_answer(name: str) -> None:
    answer = questions()[name].status.answer
    told = json.dumps(document(questions()[name])["answer"])
    assert all(day.isoformat() in told for day in _in_full(answer))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if questions()[name].as_of.year > 2020])
def test_a_feed_is_named_for_what_is_unusual_on_its_day(name: str, lang: str) -> None:
    words, then = wording(lang), material(name).feed_question.status.answer
    data = feed(questions()[name], "milestones", lang).decode("utf-8").replace("\r\n ", "").replace("\\,", ",")
    called = re.search("^NAME[^:]*:(.*)\r$", data, re.MULTILINE)
    assert called
    days = days_said(called[1], words)
    usual = then.in_force and not (then.left or then.notices or then.extended)
    assert days == (set() if usual else {words.day(day) for day in _in_brief(then)})
    assert all(party in called[1] for party in _who(then, words))


# ---------------------------------------------------------------------------------------------------- in particular


YEARS_WITHOUT = [
    ("2027-03-01 next review set for 2028-03-01", "2027-04-01", "2027"),
    ("2027-03-01 next review set for 2029-01-10", "2027-04-01", "2027 and 2028"),
    ("2027-12-01 next review held", "2028-01-15", "2028"),
    ("2027-03-01 next review set for 2028-03-01", "2028-01-01", ""),  # 2027 is over
    ("2027-03-01 next review set for 2027-09-01", "2027-04-01", ""),
]


@pytest.mark.parametrize(("line", "day", "years"), YEARS_WITHOUT)
def test_a_year_left_without_a_review_is_named(line: str, day: str, years: str) -> None:
    """Art. 34.7(4): a joint review every year; DESIGN, definition 14: the year left without one is named."""
    said = headline(asked(date.fromisoformat(day), (line,)).answer, wording("en"))
    found = f"The text has a joint review every year; none falls in {years}." if years else ""
    assert (found in said.paragraph) if years else "none falls in" not in said.paragraph


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_notices_end_it_in_every_headline(lang: str) -> None:
    lines = ("2026-11-20 us gives notice", "2026-11-21 mx gives notice")
    words, question = wording(lang), asked(date(2026, 11, 24), lines)
    end, term = words.day(date(2027, 5, 21)), words.day(date(2036, 7, 1))
    assert question.status.out_of_force_on == date(2027, 5, 21)
    for surface, text in (*_full("two-notices", words).items(), *_brief("two-notices", words).items()):
        assert end in text, surface
        assert term not in text, surface
    name = feed(question, "milestones", lang).decode("utf-8").replace("\r\n ", "").replace("\\,", ",")
    assert end in re.findall("^NAME.*$", name, re.MULTILINE)[0]
    assert end in " ".join(say(compare(question), lang).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scenario_says_first_what_it_comes_to(lang: str) -> None:
    words, question = wording(lang), asked(date(2026, 11, 24), ()).assume("2027-07-01 all confirm")
    said = " ".join(say(question, lang).split())
    assert words.day(date(2043, 7, 1)) in said
    assert words.day(date(2052, 7, 1)) in said
    assert headline(question.as_assumed.status.answer, words).bound.startswith(words("headline.assumed"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_after_an_extension_no_card_says_that_nobody_confirmed(lang: str) -> None:
    words = wording(lang)
    page = _page("extended-at-review-day", lang)
    table = page[page.index('<table class="countries">') : page.index("</table>")]
    assert words("verdict.not_yet_confirmed") not in table
    assert table.count(words("verdict.yes_on", day=words.day(date(2027, 7, 1)))) == 3


# ------------------------------------------------------------------------------------------------- read and approved


def test_the_sentences_are_those_that_a_person_approved() -> None:
    assert sentences() == APPROVED.read_text(encoding="utf-8"), "run `make headlines` and read what changed"


def test_no_sentence_holds_a_raw_key_or_an_entry() -> None:
    text = APPROVED.read_text(encoding="utf-8")
    keys = {reading.key for reading in LAW.readings}
    assert not [line for line in text.splitlines() if line.startswith("  ") and re.search(r"\w=\w|\bE\d\d|_", line)]
    assert not [key for key in keys if re.search(rf"\b{key}\b", text)]


def test_the_gallery_shows_the_states_with_the_sentences_approved() -> None:
    shown = tomllib.loads((Path(site.__file__).parent / "states.toml").read_text(encoding="utf-8"))["state"]
    assert shown == [{key: state[key] for key in ("id", "as_of", "record")} for state in STATES]
    for each in gallery(LAW):
        own = questions()[each.id].status.answer
        for lang in LANGUAGES:
            assert headline(each.answer, wording(lang)).paragraph == headline(own, wording(lang)).paragraph


# --------------------------------------------------------------------------------------------------- re-read by build


def test_a_day_that_is_not_in_the_answer_stops_the_build() -> None:
    answer = questions()["today"].status.answer
    for lang in LANGUAGES:
        words = wording(lang)
        page = _page("today", lang)
        reconcile_headline("index.html", headlines_of(page), answer, words)
        forged = page.replace(words.day(date(2036, 7, 1)), words.day(date(2037, 7, 1)))
        with pytest.raises(NotReconciled, match="2037"):
            reconcile_headline("index.html", headlines_of(forged), answer, words)


def test_an_end_that_a_projection_of_its_own_does_not_bear_out_stops_the_build() -> None:
    from dataclasses import replace

    for name in NAMES:
        question = questions()[name]
        answer = question.status.answer
        reconcile_end(question, answer)
        if answer.ends is not None:
            with pytest.raises(NotReconciled):
                reconcile_end(question, replace(answer, ends=replace(answer.ends, date=answer.ends.last_day)))
