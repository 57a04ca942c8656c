"""The built site on loopback and a real Chromium to read it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, sync_playwright
from real_browser import ARGUMENTS
from static_host import Site, served

from review_clock.site.build import build
from tests.frozen import question

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as it ships, built for the address at which it is served: below a sub-path."""
    folder = tmp_path_factory.mktemp("browser") / "site"

    def make(address: str) -> None:
        build(question(AS_OF), str(folder), address)

    with served(folder, make) as found:
        yield found


@pytest.fixture(scope="module")
def chromium(tool: Callable[[str, str], str]) -> Iterator[Browser]:
    """One browser for the tests of a module."""
    path = tool("chromium", "a real browser reads the pages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(tool: Callable[[str, str], str]) -> str:
    """The source of axe-core."""
    from real_browser import package_file

    return package_file("axe-core", "axe.min.js", tool).read_text(encoding="utf-8")
