"""Every page in every language in a real browser: accessible, within its width, quiet, and asking no other host."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Browser
from real_browser import SCHEMES, WIDTHS, visiting
from static_host import Site

from review_clock.files import LANGUAGES

COUNTED = "pages with script"
Record = Callable[[str, object], None]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("lang", [*LANGUAGES, "embed", ""], ids=[*LANGUAGES, "embed", "no-language"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    site: Site, chromium: Browser, axe: str, lang: str, script: bool, record_property: Record
) -> None:
    found, checks = [], 0
    with visiting(chromium, script=script) as visit:
        for name in site.of(lang):
            visit.open(f"{site.address}/{name}")
            visit.page.eval_on_selector_all("details", "all => all.forEach(e => { e.open = true; })")
            for width, scheme in product(WIDTHS, SCHEMES):
                visit.page.set_viewport_size({"width": width, "height": 800})
                visit.page.emulate_media(color_scheme=scheme)
                if scheme == SCHEMES[0]:
                    found += [f"{name} at {width} is too wide: {each}" for each in visit.too_wide()]
                # Colours do not hang on the language, structure neither on the scheme nor, without script, on the
                # language: English is asked everything.
                asked_once = (width, scheme) == (WIDTHS[0], SCHEMES[0]) and (script or lang not in LANGUAGES[1:])
                if asked_once or (script and lang == LANGUAGES[0]):
                    found += [f"{name} at {width}, {scheme}: {each}" for each in visit.axe(axe)]
                    checks += 1
        found += visit.said
        others = {url for url in visit.asked if not url.startswith((f"{site.address}/", f"{site.origin}/favicon.ico"))}
    assert not found, "\n".join(found)
    assert not others
    record_property("browser run: axe checks", checks)
    record_property(f"browser run: {COUNTED}", len(site.of(lang)) if script else 0)


def test_the_picture_for_others_pages_is_readable_where_the_host_lets_no_style_in_it(
    site: Site, chromium: Browser
) -> None:
    """Opened alone, as the headers of `_headers` have it: dark letters on white, and not all one black."""
    with visiting(chromium, script=True) as visit:
        visit.open(f"{site.address}/embed/status.en.svg")
        paper, letters = (
            visit.page.evaluate("which => getComputedStyle(document.querySelector(which)).fill", which)
            for which in ("rect.p", "text.a")
        )
        strands = visit.page.evaluate(
            "[...document.querySelectorAll('svg.bar rect')].map(each => getComputedStyle(each).fill)"
        )
    assert any("Content Security Policy" in each for each in visit.said)
    assert (paper, letters) == ("rgb(255, 255, 255)", "rgb(17, 32, 30)")
    assert len(set(strands)) >= 4
    assert "rgb(0, 0, 0)" not in strands
