"""A page in a real Chromium: opened with or without script, everything it asks for and complains of written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

HERE = Path(__file__).parent
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
_AXE = """async () => {
  const found = await axe.run(document, {
    preload: false,
    resultTypes: ["violations"],
    rules: {"target-size": {enabled: true}},
  });
  return found.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")}`);
}"""


def package_file(package: str, file: str, tool: Callable[[str, str], str]) -> Path:
    """A file of a package of tests/browser/package.json; skips, or fails, where it is not installed."""
    path = HERE / "node_modules" / package / file
    if not path.is_file():
        tool(package, "npm ci --ignore-scripts in tests/browser installs it")
    return path


@dataclass(kw_only=True)
class Visit:
    """A tab: what it asked for, what it said on the console, which dialogs it opened."""

    page: Page
    script: bool
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)
        self._session = self.page.context.new_cdp_session(self.page)

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # aborted: we had gone on to the next page
            self.said.append(f"{request.failure}: {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _let_scripts_run(self, on: bool) -> None:
        self._session.send("Emulation.setScriptExecutionDisabled", {"value": not on})

    def open(self, address: str) -> None:
        """Go to a page. Without script the page is read with script off; only our own questions run afterwards."""
        self._let_scripts_run(self.script)
        self.page.goto(address)
        self._let_scripts_run(True)

    def axe(self, source: str) -> list[str]:
        """What axe-core finds, WCAG 2.2 and best practice."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(source)
        return list(self.page.evaluate(_AXE))

    def too_wide(self) -> list[str]:
        """The elements that make the page scroll sideways."""
        return list(
            self.page.evaluate(
                """() => {
                  const room = document.documentElement.clientWidth;
                  if (document.documentElement.scrollWidth <= room) return [];
                  return [...document.querySelectorAll("body *")]
                    .filter(e => e.getBoundingClientRect().right > room + 1)
                    .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
                }"""
            )
        )


@contextmanager
def visiting(browser: Browser, *, script: bool = True, **options: Any) -> Iterator[Visit]:
    """A tab in a context of its own."""
    context: BrowserContext = browser.new_context(**options)
    try:
        yield Visit(page=context.new_page(), script=script)
    finally:
        context.close()
