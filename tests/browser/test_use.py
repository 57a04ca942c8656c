"""The site as people use it: by keyboard, on paper, without motion, with an older copy, from any place on a host."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from real_browser import Visit, visiting
from static_host import Site, served

from review_clock.files import LANGUAGES
from review_clock.words.verdict import verdict
from review_clock.words.wording import wording
from tests.frozen import question

Record = Callable[[str, object], None]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
EVERY = [*LANGUAGES, ""]

# What the Tab key should reach: all that is visible, of a group of radio buttons the chosen or else the first one.
_STOPS = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const seen = new Set();
  window.stops = all.filter(e => {
    if (e.disabled || e.type === "hidden" || !e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type !== "radio") return true;
    const group = [...document.querySelectorAll(`input[type=radio][name="${e.name}"]`)];
    if (e !== (group.find(each => each.checked) || group[0]) || seen.has(e.name)) return false;
    return seen.add(e.name);
  });
  document.activeElement.blur();
  window.scrollTo(0, 0);
  return window.stops.length;
}"""
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getClientRects()[0];
  const shows = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const clear = top !== null && (e.contains(top) || top.contains(e));
  return {place: window.stops.indexOf(e), parts: e.type === "date", shows, clear, html: e.outerHTML.slice(0, 140)};
}"""


def _tabbed(page: Page) -> list[str]:
    """What is wrong with the way of the Tab key through a page."""
    expected, place, wrong = page.evaluate(_STOPS), -1, []
    for _press in range(expected + 40):
        if place + 1 == expected:
            return wrong[:5]
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUSED)
        if at is None:
            break
        # A box that scrolls can be reached too, and a date is left part by part.
        if at["place"] < 0 or (at["place"] == place and at["parts"]):
            continue
        if at["place"] != place + 1:
            wrong.append(f"after stop {place} of {expected} comes {at['place']}: {at['html']}")
        place = at["place"]
        wrong += [f"{what}: {at['html']}" for what in ("shows", "clear") if not at[what]]
    return [f"reaches {place + 1} of {expected}", *wrong][:5]


@pytest.mark.parametrize("lang", EVERY, ids=[*LANGUAGES, "no-language"])
def test_the_tab_key_reaches_everything_in_order_and_shows_where_it_is(
    site: Site, chromium: Browser, lang: str, record_property: Record
) -> None:
    found, stops = [], 0
    with visiting(chromium, viewport=DESKTOP, reduced_motion="reduce") as visit:
        for name in site.of(lang):
            visit.open(f"{site.address}/{name}")
            found += [f"{name}: {each}" for each in _tabbed(visit.page)]
            stops += visit.page.evaluate("window.stops.length")
    assert not found, "\n".join(found)
    record_property("browser run: tab stops", stops)


def test_nothing_moves_for_those_who_ask_for_less_motion(site: Site, chromium: Browser) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
      const s = getComputedStyle(e), long = t => t.split(",").some(each => parseFloat(each) > 0.01);
      return long(s.transitionDuration) || long(s.animationDuration) || s.scrollBehavior === "smooth";
    }).map(e => e.outerHTML.slice(0, 100)).slice(0, 3)"""
    with visiting(chromium, reduced_motion="reduce") as visit:
        for name in site.pages():
            visit.open(f"{site.address}/{name}")
            assert visit.page.evaluate(moving) == [], name
            assert visit.page.evaluate("document.getAnimations().length") == 0, name


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_status_page_prints_on_one_sheet_of_letter_and_two_of_a4_at_most(
    site: Site, chromium: Browser, lang: str, paper: str
) -> None:
    with visiting(chromium, viewport=DESKTOP) as visit:
        visit.open(f"{site.address}/{lang}/index.html")
        pages = re.findall(rb"/Type\s*/Page\b(?!s)", visit.page.pdf(format=paper))
        assert len(pages) <= (1 if paper == "Letter" else 2)
        visit.page.emulate_media(media="print")
        assert visit.page.locator("nav:visible").count() == 0


@pytest.mark.parametrize("name", ["what-if/us-withdraws.html", "questions.html", "changes.html", "deadlines.html"])
def test_what_is_folded_on_the_screen_is_said_on_paper(site: Site, chromium: Browser, name: str) -> None:
    """Its heading, which counts it, and what it holds: of the dates gone by and removed the heading alone."""
    with visiting(chromium, viewport=DESKTOP) as visit:
        visit.open(f"{site.address}/en/{name}")
        folded = visit.page.locator("details:not([open])")
        inside = [folded.nth(n).locator(":scope > :not(summary)").first for n in range(folded.count())]
        assert inside
        assert not any(each.is_visible() for each in inside)
        visit.page.emulate_media(media="print")
        assert all(folded.nth(n).locator("summary").is_visible() for n in range(folded.count()))
        assert all(each.is_visible() != (name == "deadlines.html") for each in inside)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_stands_above_the_fold_of_a_phone(site: Site, chromium: Browser, lang: str, script: bool) -> None:
    with visiting(chromium, script=script, viewport=PHONE) as visit:
        visit.open(f"{site.address}/{lang}/index.html")
        said = verdict(question(date(2026, 11, 23)).answer, wording(lang))
        seen = visit.page.locator(".answer").inner_text()  # which keeps a day and its month together
        assert seen.replace("\u00a0", " ") == f"{said.first}\n{said.second}".replace("\u00a0", " ")
        for part in (".answer", ".sooner", ".bar"):
            box = visit.page.locator(part).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= PHONE["height"], part
        last = visit.page.locator(".facts dd b").last.bounding_box()  # its note may stand a line below
        assert last is not None
        assert last["y"] + last["height"] <= PHONE["height"]


def test_a_copy_read_after_its_next_date_says_so(site: Site, chromium: Browser) -> None:
    for day, stale in (("2026-11-23", False), ("2035-01-01", True)):
        with visiting(chromium) as visit:
            visit.page.clock.set_fixed_time(f"{day}T12:00:00")
            visit.open(f"{site.address}/es/index.html")
            assert visit.page.locator("#stale").is_visible() is stale, day


def test_a_countdown_follows_the_readers_day(site: Site, chromium: Browser) -> None:
    counted = "() => [...document.querySelectorAll('[data-countdown]')].map(e => e.textContent)"
    with visiting(chromium) as visit:
        visit.page.clock.set_fixed_time("2026-12-22T12:00:00")
        visit.open(f"{site.address}/en/index.html")
        assert any("21 days" in text for text in visit.page.evaluate(counted))
    with visiting(chromium, script=False) as visit:
        visit.open(f"{site.address}/en/index.html")
        assert any("50 days" in text for text in visit.page.evaluate(counted))


@pytest.mark.parametrize(
    ("day", "said", "how"),
    [
        ("2026-11-24", "47 days ago", "note"),
        ("2026-12-20", "73 days ago", "warning"),
        ("2027-03-01", "144 days ago", "alarm"),
    ],
)
def test_the_age_of_the_record_grows_louder_while_a_copy_is_read(
    site: Site, chromium: Browser, day: str, said: str, how: str
) -> None:
    with visiting(chromium) as visit:
        visit.page.clock.set_fixed_time(f"{day}T12:00:00")
        visit.open(f"{site.address}/en/index.html")
        assert said in visit.page.locator(".dated").inner_text()
        assert how in (visit.page.locator(".dated").get_attribute("class") or "").split()


# ------------------------------------------------------------------------------------------- anywhere on any host


def _walked(visit: Visit, start: str, inside: str) -> list[str]:
    """Click from the chooser through every language and every page of its menu; the pages reached."""
    reached = []
    visit.open(start)
    for lang in LANGUAGES:
        visit.page.goto(start)
        visit.page.click(f"a[hreflang={lang}]")
        names = visit.page.eval_on_selector_all("nav.pages a", "links => links.map(a => a.getAttribute('href'))")
        for name in names:
            visit.page.click(f"nav.pages a[href='{name}']")
            visit.page.wait_for_load_state()
            assert visit.page.url.startswith(inside), visit.page.url
            assert visit.page.locator("h1").count() == 1, visit.page.url
            assert visit.page.evaluate(
                "getComputedStyle(document.body).maxWidth + getComputedStyle(document.body).margin"
            )
            assert visit.page.evaluate("document.styleSheets.length") in (1, 2, 3), visit.page.url
            reached.append(visit.page.url)
    return reached


def test_below_a_path_every_page_is_reached_by_clicking(site: Site, chromium: Browser) -> None:
    with visiting(chromium) as visit:
        reached = _walked(visit, f"{site.address}/index.html", f"{site.address}/")
        assert len(set(reached)) == len(reached) >= 7 * len(LANGUAGES)
        assert all(url.startswith(f"{site.origin}/") for url in visit.asked)
        assert visit.said == []


def test_from_a_folder_without_a_host_every_page_is_reached_by_clicking(
    run: Callable[..., Any], chromium: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    assert run("build", folder, "--as-of", "2026-11-23").exit_code == 0
    with visiting(chromium) as visit:
        reached = _walked(visit, f"{folder.as_uri()}/index.html", folder.as_uri())
        assert len(reached) >= 7 * len(LANGUAGES)
        assert all(url.startswith(folder.as_uri()) for url in visit.asked)
        # From a folder a browser reads no font: the system's own stands in, and that is all that it says.
        assert [each for each in visit.said if "public-sans.woff2" not in each and "ERR_FAILED" not in each] == []


def test_an_address_without_a_page_leads_back(site: Site, chromium: Browser) -> None:
    with visiting(chromium) as visit:
        visit.open(f"{site.address}/fr/no/such/page.html")
        assert "n’existe pas" in visit.page.locator("main").inner_text()
        assert visit.page.evaluate("document.styleSheets.length") == 1
        visit.page.click("a[hreflang=fr]")
        assert visit.page.url == f"{site.address}/fr/index.html"


def test_the_policy_is_sent_and_keeps_foreign_script_out(site: Site, chromium: Browser) -> None:
    with visiting(chromium) as visit:
        answer = visit.page.goto(f"{site.address}/en/index.html")
        assert answer is not None
        assert answer.headers["x-frame-options"] == "DENY"
        assert "unsafe" not in answer.headers["content-security-policy"]
        injected = """() => new Promise(done => {
          document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective));
          const s = document.createElement("script");
          s.textContent = "window.ran = true";
          document.body.append(s);
        })"""
        assert visit.page.evaluate(injected) == "script-src-elem"


def test_somebody_elses_page_shows_the_frame_made_for_it_and_no_other(
    site: Site, chromium: Browser, tmp_path: Path
) -> None:
    frames = [f'<iframe src="{site.address}/{name}"></iframe>' for name in ("embed/status.fr.html", "fr/index.html")]

    def write(_address: str) -> None:
        (tmp_path / "theirs.html").write_text("".join(frames), encoding="utf-8")
        (tmp_path / "_headers").write_text("/*\n", encoding="utf-8")

    with served(tmp_path, write) as theirs, visiting(chromium, color_scheme="dark") as visit:
        visit.page.goto(f"{theirs.address}/theirs.html")
        shown = [frame.locator("h1.answer").count() for frame in visit.page.frames[1:]]
        assert shown == [1, 0]


# ------------------------------------------------------------------------- five tasks, in two screens and two taps

_SEEN = """() => [...document.querySelectorAll("main :is(p, dd, dt, span, h1, time, a, li)")].filter(e => {
  const box = e.getBoundingClientRect();
  return e.checkVisibility() && box.height > 1 && box.top + scrollY < 2 * innerHeight;
}).map(e => e.innerText).join(" ")"""


def _seen(page: Page) -> str:
    """What one reads in the first two screens of a phone."""
    return " ".join(page.evaluate(_SEEN).split())


def _tap(page: Page, selector: str) -> None:
    """A tap on what can be seen within two screens."""
    target = page.locator(selector).first
    if not target.is_visible() and page.locator(".menu").count():  # the list of pages, folded behind one link
        page.locator(".menu").first.click()
    box = target.bounding_box()
    assert box is not None, selector
    assert box["y"] + page.evaluate("scrollY") < 2 * PHONE["height"], selector
    target.click()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_five_tasks_take_two_screens_and_two_taps_on_a_phone(site: Site, chromium: Browser, lang: str) -> None:
    words = wording(lang)
    day = {
        name: words.day(date.fromisoformat(text)) for name, text in (("exit", "2027-07-15"), ("review", "2027-07-01"))
    }
    with visiting(chromium, viewport=PHONE) as visit:
        page = visit.page

        def home() -> None:
            visit.open(f"{site.address}/{lang}/index.html")

        home()  # when may I comment?
        _tap(page, 'nav.pages a[href$="deadlines.html"]')
        _tap(page, 'a[href="#public"]')
        assert words.day(date(2027, 1, 12), "short") in _seen(page)

        home()  # what if the United States leaves?
        _tap(page, 'nav.pages a[href$="what-if.html"]')
        _tap(page, ".preset")
        assert day["exit"] in _seen(page)

        home()  # subscribe me
        _tap(page, 'nav.pages a[href$="deadlines.html"]')
        link = page.locator(".of-all .button").first
        assert link.is_visible()
        assert (link.get_attribute("href") or "").startswith("webcal://")

        home()  # is 1 July 2027 certain?
        assert day["review"] in _seen(page)
        assert any(
            words(key, day=day["review"]) in _seen(page) for key in ("verdict.note_review_inferred", "day_is.inferred")
        )

        home()  # print it for the board
        page.emulate_media(media="print")
        assert page.locator(".answer").first.is_visible()
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="Letter"))) <= 2
