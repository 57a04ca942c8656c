"""`sources --check` against a server of the test's own: a page stays, changes elsewhere, loses its words, vanishes,
leads elsewhere, is slow, is no text. Only the words count, and only those asked for are visited."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner

from review_clock.commands.main import main
from review_clock.commands.watch import lost, said_by

WORDS = "did not agree to renew"
STAYS = f"<html><head><title>News</title></head><body><p>The United States {WORDS} the agreement.</p></body></html>"
PAGES: dict[str, tuple[int, str, str]] = {
    "/stays": (200, "text/html; charset=utf-8", STAYS),
    "/changes": (
        200,
        "text/html",
        "<p>New menu.</p><script>x = 1</script><p>It did <em>not</em>\n agree&nbsp;to re&shy;new it.</p>",
    ),
    "/loses": (200, "text/html", f"<p>The United States agreed to renew.</p><script>'{WORDS}'</script>"),
    "/moved": (301, "/stays", ""),
    "/away": (302, "ftp://example.org/file", ""),
    "/forbidden": (403, "text/html", "no"),
    "/pdf": (200, "application/pdf", "%PDF-1.7"),
    "/plain": (200, "text/plain", f"x < y. The United States {WORDS}."),
}


class _Handler(BaseHTTPRequestHandler):
    asked: ClassVar[Counter[str]] = Counter()
    agents: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        self.agents.add(self.headers["User-Agent"])
        if self.path == "/slow":
            time.sleep(1)
        code, kind, page = PAGES.get(self.path, (404, "text/html", "gone"))
        with suppress(BrokenPipeError):
            self.send_response(code)
            self.send_header("Location" if code in (301, 302) else "Content-Type", kind)
            self.end_headers()
            self.wfile.write(page.encode())

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    _Handler.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _check(site: str, page: str, folder: Path, *options: str, words: str = WORDS) -> tuple[int, str]:
    mine = folder / "mine.toml"
    mine.write_text(
        f'[[event]]\nid = "own-a"\non = 2026-11-20\nact = "note"\ntext = "News."\n'
        f'[[event.source]]\ntitle = "A page"\nurl = "{site}{page}"\nwords = "{words}"\n',
        encoding="utf-8",
    )
    args = ["sources", "own-a", "--check", "--as-of", "2026-11-24", *options]
    done = CliRunner().invoke(main, ["--record", str(mine), *args])
    return done.exit_code, done.stdout


@pytest.mark.parametrize("page", ["/stays", "/changes", "/plain"])
def test_a_page_that_stays_or_changes_elsewhere_is_well(site: str, page: str, tmp_path: Path) -> None:
    code, said = _check(site, page, tmp_path)
    assert (code, said) == (0, "1 addresses asked; to be looked at: 0; sources without an address: 0.\n")
    assert _Handler.asked == {page: 1}
    assert all("review-clock/" in agent for agent in _Handler.agents)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/loses", f"no longer carries: {WORDS}"),
        ("/vanished", "gone: 404"),
        ("/moved", "leads elsewhere: http://127.0.0.1"),
        ("/away", "no answer: 302 leads away from the web"),
        ("/forbidden", "no answer: 403"),
    ],
)
def test_what_is_to_be_looked_at(site: str, page: str, said: str, tmp_path: Path) -> None:
    code, told = _check(site, page, tmp_path)
    assert code == 1
    assert said in " ".join(told.split())
    assert "Entries: own-a" in told
    assert _Handler.asked[page] == 1


def test_a_page_that_leads_elsewhere_is_still_asked_for_its_words(site: str, tmp_path: Path) -> None:
    _, told = _check(site, "/moved", tmp_path, words="other words")
    assert "leads elsewhere" in told
    assert "no longer carries: other words" in told


def test_a_page_that_is_no_text_is_told_and_not_held_against_it(site: str, tmp_path: Path) -> None:
    code, told = _check(site, "/pdf", tmp_path)
    assert code == 0
    assert "whose words can be read" in told


def test_no_page_is_waited_for_longer_than_asked(site: str, tmp_path: Path) -> None:
    started = time.monotonic()
    code, told = _check(site, "/slow", tmp_path, "--timeout", "0.2")
    assert time.monotonic() - started < 0.9
    assert code == 1
    assert "timed out" in told


def test_json_and_csv_say_the_same(site: str, tmp_path: Path) -> None:
    code, told = _check(site, "/loses", tmp_path, "--format", "json")
    (visit,) = json.loads(told)["visits"]
    assert (code, visit["found"], visit["words"], visit["wrong"]) == (1, ["words_lost"], [WORDS], True)
    code, told = _check(site, "/loses", tmp_path, "--format", "csv")
    assert code == 1
    assert f"no longer carries: {WORDS}" in told


def test_without_check_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("asked"))
    done = CliRunner().invoke(main, ["--lang", "es", "sources", "--as-of", "2026-11-24", "--format", "csv"])
    assert done.exit_code == 0
    assert done.stdout.startswith("Fuente,Dirección")


def test_what_has_no_source_is_refused_with_what_has() -> None:
    done = CliRunner().invoke(main, ["sources", "E51x"])
    assert done.exit_code == 2
    assert "E51" in done.stderr


@pytest.mark.parametrize(
    ("words", "page", "there"),
    [
        ("It’s “so”", "<p>It&#39;s &quot;so&quot;</p>", True),
        ("begins … ends", "<p>begins in the middle and ends</p>", True),
        ("begins … ends", "<p>begins in the middle</p>", False),
        ("USTR‑2025‑0004", "<td>USTR-2025</td>-0004", True),
        ("two words", "<p>two</p>\n<p>words</p>", True),
        ("two words", "<!-- two words -->", False),
    ],
)
def test_spaces_tags_entities_and_marks_make_no_difference(words: str, page: str, there: bool) -> None:
    assert (lost([words], said_by(page)) == ()) is there
