"""The status page: the answer first, then what to do and by when, the states, what would change the answer."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from review_clock.feeds.definition import shipped
from review_clock.files import LANGUAGES
from review_clock.law.acts_and_lapses import AMENDMENTS, Note, Party
from review_clock.law.chapter_34 import TRANSITIONS
from review_clock.law.effects import extend
from review_clock.law.position import Phase
from review_clock.site.material import Material
from review_clock.site.pages.status import countries, moves_from, status_page
from review_clock.site.pictures.state_diagram import _PATHS, diagram
from review_clock.site.pictures.strands import bar
from review_clock.words.headline import headline
from review_clock.words.verdict import verdict
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question
from tests.words.states import asked

Page = Callable[..., str]
PAGES = ("index.html", "deadlines.html", "past.html", "rules.html", "history.html", "readings.html", "about.html")
EVERYWHERE = [(name, lang) for name in PAGES for lang in LANGUAGES]
AS_OF = date(2026, 11, 24)


def _loose(text: str) -> str:
    """A text with its spaces alike, those too that keep a day with its month."""
    return re.sub(r'<span class="whole">(.*?)</span>', r"\1", text.replace("\N{NO-BREAK SPACE}", " "))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_status_page_answers_in_the_order_in_which_one_asks(page: Page, lang: str) -> None:
    words, text = wording(lang), _loose(page("index.html", lang))
    main = text[text.index("<main") :]
    in_order = [
        words("page.status_title"),
        words.day(date(2026, 10, 8)),
        f"<strong>{words('verdict.all_three')}</strong>",
        words("verdict.ends_if", day=words.day(date(2036, 7, 1))),
        words("verdict.may_leave"),
        words("verdict.none_runs"),
        '<svg class="bar',
        words("verdict.fact_exit"),
        words.day(date(2027, 5, 24)),
        words("verdict.around", day=words.day(date(2027, 7, 1))),
        words("verdict.note_review_inferred"),
        words("verdict.fact_end"),
        words.day(date(2036, 7, 1)),
        words("verdict.countries"),
        "history.html#E52a",
        words("verdict.actions"),
        words("verdict.months"),
        'datetime="2026-12-23"',
        words("verdict.in_full"),
        headline(question(AS_OF).status.answer, words).bound,
        words.cite("Art. 34.7(4)"),
        words("life.heading"),
        words("page.machine"),
        words("change.title"),
    ]
    place = 0
    for each in map(_loose, in_order):
        assert each in main[place:], each
        place = main.index(each, place)


def test_a_running_notice_is_shown_with_the_party_that_gave_it(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[event]]\nid = "N1"\non = 2026-11-20\nact = "withdrawal_notice"\nparty = "us"\ntext = "Notice."\n'
        '[[event.source]]\ntitle = "A letter"\n',
        encoding="utf-8",
    )
    under = Material(question=question(AS_OF, record=RECORD.with_file(own)), base_url="", feeds=shipped(LAW))
    for lang in LANGUAGES:
        words, text = wording(lang), status_page(under, wording(lang)).decode("utf-8")
        row = text[text.index(f'<th scope="row">{words.party("US")}</th>') :]
        row = row[: row.index("</tr>")]
        left, given = words.day(date(2027, 5, 20)), words.day(date(2026, 11, 20))
        assert words("verdict.out_on", day=left, notice=given) in row
        assert words("verdict.trade", day=left, party=words("headline.party.US")) in html.unescape(text)
        assert words("verdict.tag.notice") in text


ROWS = [  # lines, day, and for each country whether it confirmed in writing, what it has said, whether it leaves
    (("2027-01-15 ca gives notice",), date(2027, 9, 1),
     ["No longer bound, –, Left on July 15, 2027",
      "Not yet, wishes to extend, No notice",
      "No, on July 1, 2026, did not agree to renew the agreement in its current form, No notice"]),
    (("2027-07-01 all confirm",), date(2027, 8, 1),
     ["Yes, on July 1, 2027, nothing since the extension, No notice"] * 3),
    (("2026-11-20 us gives notice", "2026-11-21 mx gives notice", "2026-11-22 ca gives notice"), date(2026, 11, 24),
     ["Not yet, wishes to extend, Notice of November 22, 2026, without effect before the end",
      "Not yet, wishes to extend, Out from May 21, 2027 (notice of November 21, 2026)",
      "No, on July 1, 2026, did not agree to renew the agreement in its current form, "
      "Out from May 20, 2027 (notice of November 20, 2026)"]),
    (("2027-07-01 all confirm", "2033-07-01 us declines"), date(2033, 8, 1),
     [*["Not yet, nothing since the extension, No notice"] * 2,
      "No, on July 1, 2033, nothing since the extension, No notice"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day", "rows"), ROWS)
def test_the_three_countries_are_told_as_they_stand(lines: tuple[str, ...], day: date, rows: list[str]) -> None:
    under = Material(question=asked(day, lines), base_url="", feeds=shipped(LAW))
    found = countries(under, wording("en"))
    assert [", ".join((each.in_writing, each.said, each.leaving)) for each in found] == rows


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lines", [(), ("2027-07-01 ca confirms",), ("2027-07-01 ca declines",)])
def test_what_a_country_is_reported_to_have_said_stays_reported_whatever_it_does(
    lines: tuple[str, ...], lang: str
) -> None:
    words = wording(lang)
    under = Material(question=asked(date(2027, 7, 5), lines), base_url="", feeds=shipped(LAW))
    canada = next(each for each in countries(under, words) if each.name == words.party(Party.CA))
    said_on = f"{words('verdict.reported')}, {words.day(date(2026, 7, 1))}"
    assert (canada.said_on, canada.entry) == (said_on, "E52a")
    assert under.status.confirmations[Party.CA].stated_entry == "E52a"


@pytest.mark.parametrize(
    ("lines", "day", "anchor"),
    [
        (("2026-12-01 us gives notice",), date(2026, 12, 5), "middle"),
        (("2034-01-15 us gives notice",), date(2034, 2, 1), "end"),
        (("2026-12-01 us gives notice", "2027-03-01 all confirm"), date(2027, 3, 2), "start"),
    ],
)
def test_on_a_telephone_too_a_departure_is_named_at_its_mark(lines: tuple[str, ...], day: date, anchor: str) -> None:
    under = Material(question=asked(day, lines), base_url="", feeds=shipped(LAW))
    drawn, text = bar(under.status.answer), status_page(under, wording("en")).decode("utf-8")
    assert drawn is not None
    assert f'<text class="strong amber narrow {anchor}" x="{drawn.gone}%" y="130">United States out</text>' in text


@pytest.mark.parametrize(
    "day",
    [date(2019, 5, 1), date(2020, 7, 1), date(2026, 7, 2), date(2030, 6, 1), date(2036, 6, 30), date(2036, 7, 1)],
    ids=str,
)
def test_the_page_can_be_made_for_any_day(page: Page, day: date) -> None:
    for lang in LANGUAGES:
        said, text = verdict(question(day).status.answer, wording(lang)), page("index.html", lang, day)
        assert f"<strong>{html.escape(said.first, quote=False)}</strong>" in text
        first = html.escape(headline(question(day).status.answer, wording(lang)).bound, quote=False)
        assert f'<p class="in-full"><strong>{first}</strong>' in text


def test_after_the_term_the_page_says_that_it_is_over(page: Page) -> None:
    text = page("index.html", "en", date(2036, 7, 2))
    assert "<strong>No longer in force.</strong>" in text
    assert 'class="countries"' not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_can_be_done_says_from_what_day_it_counts(page: Page, lang: str) -> None:
    words, found = wording(lang), question(AS_OF).answer.act_by
    assert found is not None
    assert found.id == "us.comments.1-2"  # not the whey tariff of January 1, which takes effect of itself
    left = words("verdict.act_left", days=words.days((found.date - AS_OF).days), day=words.day(AS_OF))
    assert left in html.unescape(page("index.html", lang))


@pytest.mark.parametrize(("name", "lang"), EVERYWHERE)
def test_every_page_knows_after_what_day_it_may_be_stale(page: Page, name: str, lang: str) -> None:
    notice = re.search(r'<p class="warning" id="stale" data-next="([^"]+)" hidden>(.+?)</p>', page(name, lang))
    assert notice
    assert notice[1] == "2026-12-23"
    assert wording(lang).day(date(2026, 12, 23)) in notice[2]


@pytest.mark.parametrize("phase", list(Phase))
def test_the_diagram_marks_the_phase_and_draws_every_move(phase: Phase) -> None:
    drawn = diagram(wording("en"), str(phase))
    assert [box.phase for box in drawn.boxes if box.current] == [str(phase)]
    assert len(drawn.arrows) == len(_PATHS)
    moves = {(row.on.__name__, p, row.to) for row in TRANSITIONS for p in row.phases if row.to and row.to != p}
    shown = set()
    for arrow in drawn.arrows:
        starts = [arrow.start] if arrow.start else [box.phase for box in drawn.boxes if box.in_force]
        for event, _cites in arrow.rows:
            name = "".join(part.title() for part in event.split("_"))
            shown |= {(name, Phase(start), Phase(arrow.end)) for start in starts}
    assert shown == moves


@pytest.mark.parametrize("phase", list(Phase))
def test_what_would_change_the_answer_is_the_table(phase: Phase) -> None:
    leading, staying = moves_from(str(phase))
    rows = [row for row in TRANSITIONS if phase in row.phases and row.on not in (Note, *AMENDMENTS)]
    assert len(leading) + len(staying) == len(rows)
    assert all(move.to and move.to != phase for move in leading)


def test_an_extension_between_reviews_is_among_what_would_change_the_answer(page: Page) -> None:
    leading, _staying = moves_from("annual_reviews")
    assert ("confirmation", "it_completes_the_set", "Art. 34.7(4)", extend.__name__, "six_year_cycle") in {
        (move.event, move.condition, move.provision, move.effect, move.to) for move in leading
    }
    assert wording("fr")("effect.extend") in page("index.html", "fr")


def test_the_status_page_holds_what_falls_within_twelve_months(page: Page) -> None:
    text = page("index.html", "en")
    main = text[text.index("<main") :]
    for each in question(AS_OF).all_deadlines:
        if each.certainty in ("fixed", "announced", "scheduled") and 200 < (each.date - AS_OF).days <= 366:
            assert f"deadlines/{each.id}.html" in main, each.id
