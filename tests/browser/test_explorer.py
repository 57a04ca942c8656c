"""The explorer in the page as people use it: choices, address, refusals, files, keyboard, hostile input."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from click.testing import Result
from icalendar import Calendar
from playwright.sync_api import Browser, Page
from real_browser import SCHEMES, WIDTHS, Visit, visiting
from static_host import Site

from review_clock.feeds.events import Hypothesis, uid
from review_clock.files import LANGUAGES
from review_clock.formats.machine_document import moved_rules
from review_clock.questions.question import Question
from review_clock.questions.resolved import resolved
from review_clock.scenarios.library import Plan, library, plan_of_lines
from review_clock.words.headline import headline
from review_clock.words.wording import wording
from tests.frozen import LAW, alternatives, chosen, question

AS_OF = date(2026, 11, 23)
PHONE = {"width": 360, "height": 740}
MOVED = frozenset(rule.id for rule in moved_rules(LAW))


def _query(*lines: str, reading: str = "", counterfactual: bool = False) -> str:
    parts = [f"assume={quote_plus(line)}" for line in lines]
    parts += ["counterfactual=1"] if counterfactual else []
    parts += [f"reading={quote_plus(reading)}"] if reading else []
    return "?" + "&".join(parts)


@contextmanager
def _explorer(chromium: Browser, site: Site, query: str = "", lang: str = "en", **options: Any) -> Iterator[Visit]:
    with visiting(chromium, **options) as visit:
        visit.open(f"{site.address}/{lang}/what-if.html{query}")
        yield visit
        assert not visit.said
        assert not visit.dialogs
        assert all(address.startswith((site.origin, "blob:")) for address in visit.asked)


def _text(page: Page, name: str) -> str:
    return " ".join(page.inner_text(f"#explorer-{name}").split())


def _days(page: Page) -> dict[str, str]:
    """The dates that the page's table has, by the id of the deadline."""
    rows = page.eval_on_selector_all("#explorer-dates tbody tr", "rows => rows.map(r => [r.dataset.id, r.dataset.day])")
    return {identity: day for identity, day in rows if day}


def _ahead(asked: Question) -> dict[str, date]:
    """The dates ahead that acts under Chapter 34 move, by the id of the deadline, as the package resolves them."""
    assert asked.scenario is not None
    start = min(AS_OF, asked.scenario.departs_on or AS_OF)
    return {
        each.id: each.day
        for each in resolved(asked.line, asked.spare, LAW, asked.base, None).values()
        if each.rule.id in MOVED and each.day >= start and ":" not in each.condition
    }


def _iso(days: dict[str, date]) -> dict[str, str]:
    return {identity: day.isoformat() for identity, day in days.items()}


def _first_sentences(asked: Question, lang: str = "en") -> str:
    """The package's own when all that is assumed has been done."""
    return " ".join(headline(asked.as_assumed.status.answer, wording(lang)).paragraph.split())


# ------------------------------------------------------------------------------------------ what it says is the law


@pytest.mark.parametrize("plan", library().values(), ids=lambda plan: plan.name)
def test_a_named_scenario_has_the_dates_and_the_first_sentences_that_the_package_has(
    plan: Plan, chromium: Browser, site: Site
) -> None:
    asked = question(AS_OF, plan=plan)
    last = asked.course.last_day
    with _explorer(chromium, site, _query(*plan.lines, counterfactual=plan.counterfactual)) as visit:
        assert _days(visit.page) == _iso(_ahead(asked))
        assert last is not None
        assert wording("en").day(last) in _text(visit.page, "sentence")
        assert _text(visit.page, "sentence") == _first_sentences(asked)
        if plan.lines:
            assert visit.page.input_value("#explorer-scenario") == plan.name


TWO_NOTICES = ("2026-11-20 us gives notice", "2026-11-21 mx gives notice")
STORIES = {
    "two notices run": TWO_NOTICES,
    "taken back": ("2026-11-20 us gives notice", "2027-01-10 us rescinds notice", "2027-01-12 ca gives notice"),
    "one has left": ("2027-01-15 us gives notice", "2027-08-01 ca confirms"),
    "one has left, extended": ("2027-01-15 us gives notice", "2027-08-01 ca confirms", "2027-09-01 mx confirms"),
    "refused": ("2027-03-01 next review set for 2027-06-15", "2027-06-15 us confirms", "2027-06-15 ca declines"),
    "extended": ("2027-07-01 all confirm", "2033-03-01 next review held"),
    "amended": ("2027-02-01 amendment sets term end 2037-07-01", "2027-02-01 amendment sets next review 2027-10-01"),
    "extended, amended": ("2027-07-01 all confirm", "2028-02-01 amendment sets term end 2044-07-01"),
    "a late notice": ("2036-03-01 us gives notice",),
    "ended": ("2026-01-15 us gives notice", "2026-01-16 mx gives notice"),
}
READ_OTHERWISE = ("extension_runs_from=term_end", "annual_review_day=any_day", "one_party_left=continues")


def _asked_under(reading: str) -> Question:
    return question(AS_OF, chosen([reading] if reading else []))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_its_first_sentences_are_those_of_the_package(story: str, lang: str, chromium: Browser, site: Site) -> None:
    lines, leaves_the_record = STORIES[story], story == "ended"
    # English under each reading; the others under the reading chosen, and under one that is another by story.
    turn = (list(STORIES).index(story) + LANGUAGES.index(lang)) % len(READ_OTHERWISE)
    others = READ_OTHERWISE if lang == LANGUAGES[0] else READ_OTHERWISE[turn : turn + 1]
    for reading in ("", *others):
        asked = _asked_under(reading).assume(*lines, counterfactual=leaves_the_record)
        query = _query(*lines, reading=reading, counterfactual=leaves_the_record)
        with _explorer(chromium, site, query, lang) as visit:
            assert _text(visit.page, "sentence") == _first_sentences(asked, lang), reading
            assert _days(visit.page) == _iso(_ahead(asked)), reading


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_assumed_it_says_what_the_status_page_says(lang: str, chromium: Browser, site: Site) -> None:
    for reading in ("", *READ_OTHERWISE):
        with _explorer(chromium, site, _query(reading=reading), lang) as visit:
            said = _first_sentences(_asked_under(reading), lang)
            assert _text(visit.page, "sentence") == said, reading
            if not reading:
                visit.open(f"{site.address}/{lang}/index.html")
                assert said in " ".join(visit.page.inner_text(".in-full").split())


def test_two_notices_that_run_end_it_six_months_after_the_second(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site, _query(*TWO_NOTICES)) as visit:
        said = _text(visit.page, "sentence")
        assert "If nobody acts, it ends on May 21, 2027, because by then Mexico and the United States are out" in said
        assert "2036" not in said.partition("Over all readings")[0]
        rows = visit.page.eval_on_selector_all(".whatif-hangs", "rows => rows.map(row => row.innerText)")
        assert rows
        assert all(wording("en")("condition.if_notice_taken_back") in row for row in rows)


def test_the_next_review_stands_beside_how_its_day_is_known(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site) as visit:
        for place in ("sentence", "position-more"):
            assert "Next annual joint review: around July 1, 2027 (no day announced)." in _text(visit.page, place)
        visit.page.check("#explorer-all")
        assert "around July 1, 2027 (no day announced)" in _text(visit.page, "dates")
        assert "October 4, 2026" not in _text(visit.page, "dates")
        assert "April 22, 2027 (day inferred)" in _text(visit.page, "dates")


def test_a_reading_chosen_in_the_address_or_in_the_form_moves_the_same_dates(chromium: Browser, site: Site) -> None:
    line = "2029-03-15 all confirm"
    with _explorer(chromium, site) as visit:
        for key, value in alternatives():
            visit.page.goto(f"{site.address}/en/what-if.html{_query(line)}")
            visit.page.click("#explorer-readings summary")
            visit.page.select_option(f"#reading-{key}", value)
            by_hand = _days(visit.page)
            assert by_hand == _iso(_ahead(question(AS_OF, chosen([f"{key}={value}"])).assume(line)))
            address = visit.page.url
            visit.page.goto(address)
            assert _days(visit.page) == by_hand


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_is_shown_with_its_paragraph_in_the_language_of_the_page(
    lang: str, chromium: Browser, site: Site
) -> None:
    words = wording(lang)
    lines = ("2027-01-15 us gives notice", "2027-08-01 us confirms", "2026-01-01 ca confirms", "sometime us confirms")
    with _explorer(chromium, site, _query(*lines), lang) as visit:
        refused = _text(visit.page, "refused")
        for line, why in (
            (lines[1], f"{words('refusal.party_has_left')} ({words.cite('Art. 34.6')})"),
            (lines[2], words("assumption.within_record", day=words.day(date(2026, 10, 8)))),
            (lines[3], words("explorer.not_understood")),
        ):
            assert " ".join(words("explorer.refused_line", line=line, why=why).split()) in refused
        assert len(visit.page.query_selector_all("#explorer-refused li")) == 3
        assert words.day(date(2027, 7, 15)) in _text(visit.page, "sentence")


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_nothing_that_the_script_writes_is_in_another_language(lang: str, chromium: Browser, site: Site) -> None:
    lines = ("2027-07-01 us confirms", "2028-01-15 mx gives notice", "2030-07-01 ca confirms")
    english, own = wording("en").section("explorer"), wording(lang).section("explorer")
    with _explorer(chromium, site, _query(*lines), lang) as visit:
        text = visit.page.inner_text("#explorer")
        for section in ("act", "phase", "review_kind"):
            for key, said in wording("en").section(section).items():
                assert said == wording(lang).section(section)[key] or said.capitalize() not in text, said
        for key, said in english.items():
            assert said == own[key] or "{" in said or len(said) < 12 or said not in text, said
        assert "{" not in text
        assert "undefined" not in text


# --------------------------------------------------------------------------------------------------- how it is used


def test_choices_at_a_review_are_drawn_at_once_and_stand_in_the_address(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site) as visit:
        page = visit.page
        for party in ("ca", "mx", "us"):
            page.select_option(f"#review-2027-07-01-{party}", "confirms")
        assert page.url.endswith("?assume=2027-07-01+all+confirm")
        assert "July 1, 2043" in _text(page, "sentence")
        assert page.input_value("#explorer-scenario") == "extension-2027"
        assert page.evaluate("document.activeElement.id") == "" or page.is_visible(":focus")
        page.select_option("#review-2027-07-01-us", "declines")
        assert "assume=2027-07-01+us+declines" in page.url
        assert "June 30, 2036" in _text(page, "sentence")
        assert page.get_attribute("#explorer-sentence", "aria-live") == "polite"


def test_a_party_whose_confirmation_stands_is_not_asked_again(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site, _query("2027-07-01 us confirms")) as visit:
        assert not visit.page.query_selector("#review-2028-07-01-us")
        for party in ("ca", "mx"):
            visit.page.select_option(f"#review-2028-07-01-{party}", "confirms")
        assert _text(visit.page, "refused") == ""
        assert "July 1, 2044" in _text(visit.page, "sentence")


def test_an_act_between_reviews_is_added_and_removed_by_keyboard_alone(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site) as visit:
        page = visit.page
        page.focus("#explorer-day")
        page.keyboard.type("01152027")
        page.focus("#explorer-party")
        page.keyboard.type("United")
        page.focus("#explorer-act")
        page.keyboard.type("gives")
        page.focus("#explorer-add")
        page.keyboard.press("Enter")
        assert page.get_attribute("#explorer-lines li", "data-line") == "2027-01-15 us gives notice"
        assert "January 15, 2027: notice of withdrawal by the United States" in _text(page, "lines")
        assert "July 15, 2027" in _text(page, "sentence")
        page.focus("#explorer-lines button")
        page.keyboard.press("Space")
        assert "January 15" not in _text(page, "lines")
        assert page.evaluate("document.activeElement.id") == "explorer-day"
        assert page.url.endswith("/en/what-if.html")
        page.focus("#explorer-add")
        page.evaluate("document.getElementById('explorer-day').value = ''")
        page.keyboard.press("Enter")
        assert _text(page, "problem") == wording("en")("explorer.need_day")


def test_focus_stays_on_a_choice_while_the_page_is_drawn_again(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site) as visit:
        visit.page.focus("#review-2028-07-01-mx")
        visit.page.keyboard.press("ArrowDown")
        assert visit.page.input_value("#review-2028-07-01-mx") == "confirms"
        assert visit.page.evaluate("document.activeElement.id") == "review-2028-07-01-mx"


def test_without_a_script_the_form_is_not_there_and_the_library_is(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site, script=False) as visit:
        assert not visit.page.is_visible("#explorer")
        assert visit.page.is_visible("#explorer-off")
        assert visit.page.locator(".axis-list li a").count() == len(library())
        assert visit.page.is_visible("svg.lanes")


def test_it_works_from_a_folder_too(chromium: Browser, site: Site) -> None:
    with visiting(chromium) as visit:
        visit.open(f"{(site.folder / 'en' / 'what-if.html').as_uri()}{_query('2029-03-15 all confirm')}")
        assert "March 14, 2045" in _text(visit.page, "sentence")
        visit.page.select_option("#explorer-scenario", "us-withdraws")
        assert "July 15, 2027" in _text(visit.page, "sentence")
        assert not visit.said


def test_it_fits_a_phone_and_paper(chromium: Browser, site: Site) -> None:
    query = _query("2027-01-15 us gives notice", "2028-07-01 us confirms")
    with _explorer(chromium, site, query, viewport=PHONE) as visit:
        assert visit.too_wide() == []
        letters = visit.page.evaluate(
            """() => [...document.querySelectorAll('#explorer-lanes text')].map(
                 t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"""
        )
        assert min(letters) >= 12
        visit.page.emulate_media(media="print")
        assert visit.page.is_visible("#explorer-sentence")
        assert not visit.page.is_visible("#explorer-add")
        assert visit.page.is_visible("#content > .warning:not([hidden])")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_axe_finds_nothing_with_assumptions_refusals_and_readings_open(
    width: int, scheme: str, axe: str, chromium: Browser, site: Site
) -> None:
    query = _query("2027-01-15 us gives notice", "2027-08-01 us confirms", "2028-07-01 all confirm")
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with _explorer(chromium, site, query, **options) as visit:
        visit.page.click("#explorer-readings summary")
        visit.page.check("#explorer-all")
        assert visit.axe(axe) == []
        assert visit.too_wide() == []


def test_hostile_words_in_an_address_are_shown_as_words(chromium: Browser, site: Site) -> None:
    hostile = '<img src=x onerror=alert(1)> "><script>alert(2)</script> \u202e'
    own = ("constructor", "toString", "__proto__", "us __proto__")
    lines = [hostile, *(f"2029-03-15 {each}" for each in (hostile, *own)), "9999-99-99 us confirms", *["x"] * 200]
    query = (
        _query(*lines, reading="__proto__=constructor") + "&reading=term_ends=%3Cb%3E&on=%3Cb%3E&counterfactual=%3Cb%3E"
    )
    with _explorer(chromium, site, query) as visit:
        assert visit.page.locator("#explorer img, #explorer script").count() == 0
        assert "<img src=x onerror=alert(1)>" in visit.page.inner_text("#explorer-refused")
        assert wording("en")("explorer.too_many", n=60) in _text(visit.page, "refused")
        assert "June 30, 2036" in _text(visit.page, "sentence")


# ------------------------------------------------------------------------------------------------------- the files


def _downloaded(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.click(f"#explorer-{button}")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize(
    ("lines", "lang"),
    [(("2029-03-15 all confirm",), "en"), (("2027-01-15 us gives notice", "2028-07-01 ca confirms"), "fr")],
)
def test_the_calendar_has_the_dates_and_the_uids_of_a_feed_under_the_same_assumptions(
    lines: tuple[str, ...], lang: str, chromium: Browser, site: Site, tmp_path: Path
) -> None:
    named = [each for each in library().values() if each.lines == lines]
    plan = named[0] if named else plan_of_lines(lines)
    hypothesis = Hypothesis(name=plan.name, title=plan.title, lines=lines)
    words = wording(lang)
    dates = _ahead(question(AS_OF, plan=plan))
    expected = {uid(identity, words, hypothesis): day for identity, day in dates.items()}
    with _explorer(chromium, site, _query(*lines), lang) as visit:
        data = _downloaded(visit.page, "ics", tmp_path).read_bytes()
        again = _downloaded(visit.page, "ics", tmp_path).read_bytes()
    assert data == again
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"METHOD:" not in data  # a file, not a message (RFC 5546)
    events = Calendar.from_ical(data).walk("VEVENT")
    assert {str(event["UID"]): event.decoded("DTSTART") for event in events} == expected
    for event in events:
        assert str(event["SUMMARY"]).startswith(words("feed.hypothetical", name=plan.name, title=""))
        assert str(event["STATUS"]) == "TENTATIVE"
        assert all(line in str(event["DESCRIPTION"]) for line in lines)


def test_the_scenario_file_gives_the_command_line_the_same_answer(
    chromium: Browser, site: Site, tmp_path: Path, run: Callable[..., Result]
) -> None:
    lines = ("2026-07-01 all confirm", "2032-07-01 ca declines", "2033-01-31 mx gives notice")
    reading = "missing_day=first_of_next"
    query = _query(*lines, "2033-06-01 mx gives notice", reading=reading, counterfactual=True)
    with _explorer(chromium, site, query) as visit:
        file = _downloaded(visit.page, "toml", tmp_path)
    text = file.read_text(encoding="utf-8")
    assert '[readings]\nmissing_day = "first_of_next"\n' in text
    assert "2033-06-01" not in text  # it was refused: a notice runs already
    options = ("--as-of", "2033-02-01", "--format", "json")
    from_file = json.loads(run("whatif", "--scenario", str(file), *options).stdout)
    given = [part for line in lines for part in ("--assume", line)]
    by_hand = json.loads(run("whatif", *given, "--counterfactual", "--reading", reading, *options).stdout)
    assert from_file["status"] == by_hand["status"]
    assert from_file["deadlines"] == by_hand["deadlines"]


# ------------------------------------------------------------------------------------------- the way through the page


def test_a_preset_answers_at_once_stays_in_view_and_back_undoes_it(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site, viewport=PHONE) as visit:
        page = visit.page
        before = _text(page, "sentence")
        page.click(".preset >> nth=0")
        assert "United States gave notice of withdrawal on January 15, 2027" in _text(page, "sentence")
        assert "assume=2027-01-15+us+gives+notice" in page.url
        page.select_option("#review-2028-07-01-ca", "confirms")
        for control in ("#review-2028-07-01-ca", "#explorer-add"):
            page.locator(control).scroll_into_view_if_needed()
            box = page.locator("#explorer-sentence").bounding_box()
            assert box is not None
            assert 0 <= box["y"] <= PHONE["height"] - box["height"], f"the answer is in view beside {control}"
        assert page.url.count("assume=") == 2
        page.go_back()
        assert page.url.count("assume=") == 1
        assert page.input_value("#review-2028-07-01-ca") == ""
        page.go_back()
        assert _text(page, "sentence") == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_over_the_form_is_whole_or_ends_with_a_whole_line(chromium: Browser, site: Site, lang: str) -> None:
    """Also where it is long, with a notice, an extension and an open review at once."""
    query = _query("2027-01-15 us gives notice", "2027-03-01 ca confirms")
    measure = """(e) => {
        const style = getComputedStyle(e);
        const lines = (e.clientHeight - parseFloat(style.paddingTop)) / parseFloat(style.lineHeight);
        return [e.scrollHeight > e.clientHeight, Math.abs(lines - Math.round(lines)) < 0.1];
    }"""
    for viewport, expected in (({"width": 1280, "height": 900}, [False]), (PHONE, [True, True])):
        with _explorer(chromium, site, query, lang=lang, viewport=viewport) as visit:
            assert visit.page.eval_on_selector("#explorer-sentence", measure)[: len(expected)] == expected


def test_the_other_languages_open_on_the_same_hypothesis(chromium: Browser, site: Site) -> None:
    with _explorer(chromium, site, _query("2027-01-15 us gives notice", reading="missing_day=first_of_next")) as visit:
        visit.page.click('.languages a[hreflang="fr"]')
        assert visit.page.url.count("assume=2027-01-15+us+gives+notice") == 1
        assert "reading=missing_day" in visit.page.url
        assert "avis de retrait" in _text(visit.page, "lines")


def test_what_an_address_holds_and_the_page_does_not_know_is_named_and_left(chromium: Browser, site: Site) -> None:
    query = "?scenario=us-leaves&reading=term_ends%3Dnever&colour=red"
    with _explorer(chromium, site, query) as visit:
        for part in ("scenario=us-leaves", "reading=term_ends=never", "colour=red"):
            assert wording("en")("explorer.unknown_part", part=part) in _text(visit.page, "refused")
        visit.page.click(".preset >> nth=0")
    with _explorer(chromium, site, "?scenario=us-withdraws") as visit:
        assert visit.page.get_attribute("#explorer-lines li", "data-line") == "2027-01-15 us gives notice"


def test_the_readings_chosen_stand_with_the_answer_and_in_the_calendar(
    chromium: Browser, site: Site, tmp_path: Path
) -> None:
    query = _query("2029-03-15 all confirm", reading="extension_runs_from=term_end")
    with _explorer(chromium, site, query) as visit:
        point = next(each for each in LAW.readings if each.key == "extension_runs_from")
        assert point.question.en in _text(visit.page, "under")
        assert point.choices["term_end"].en in _text(visit.page, "under")
        text = _downloaded(visit.page, "ics", tmp_path).read_bytes().replace(b"\r\n ", b"").decode("utf-8")
    assert ".read-" in text
    assert point.question.en in text.replace("\\,", ",").replace("\\;", ";")
