"""A static host on loopback, for tests: a built site below a place, sent with the headers of its own `_headers`."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PLACE = "/some/sub/path"
"""Where the site of the browser run stands on its host: what holds below a path holds at the root."""
Rules = Sequence[tuple[str, Mapping[str, str]]]


def header_rules(text: str) -> Rules:
    """The paths of a `_headers` file, each with its headers."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
        else:
            rules.append((line, {}))
    return rules


def headers_of(rules: Rules, path: str) -> dict[str, str]:
    """What a host sends with the file at `path`: no header twice."""
    found: dict[str, str] = {}
    for pattern, values in rules:
        if fnmatchcase(path, pattern):
            assert not found.keys() & values.keys(), f"{path}: a header twice"
            found |= values
    return found


class _Host(BaseHTTPRequestHandler):
    """A static host: files below a place, the headers of `_headers`, and 404.html for everything else."""

    def __init__(self, folder: Path, place: str, *args: Any) -> None:
        self._folder, self._place = folder, place
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = self._folder / path.removeprefix(f"{self._place}/")
        if path == "/favicon.ico":  # browsers ask for it where no page says so
            self.send_error(204)
            return
        found = path.startswith(f"{self._place}/") and file.is_file()
        body = (file if found else self._folder / "404.html").read_bytes()
        kind = mimetypes.guess_type(path)[0] if found else "text/html"
        rules = header_rules((self._folder / "_headers").read_text(encoding="utf-8"))
        sent = {"Content-Type": f"{kind or 'text/html'}", **headers_of(rules, path)}
        self.send_response(200 if found else 404)
        for name, value in {**sent, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # a page that is left does not wait for the rest
            self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Nothing: the tests say what went wrong."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A built site and where it is served."""

    folder: Path
    origin: str
    place: str

    @property
    def address(self) -> str:
        """The address of the site's root, without a slash at the end."""
        return f"{self.origin}{self.place}"

    def pages(self) -> list[str]:
        """Every page, by its path below the root; of the dates, whose pages are one template, the office's own and
        every twentieth."""
        found = sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.html"))
        dates = [name for name in found if "/deadlines/" in name]
        return [name for name in found if name not in dates or dates.index(name) % 20 == 0 or "/own." in name]

    def of(self, lang: str) -> list[str]:
        """The pages of a language; those of none under an empty name."""
        pages = self.pages()
        return [p for p in pages if (p.partition("/")[0] if "/" in p else "") == lang]


@contextmanager
def served(folder: Path, make: Callable[[str], None], place: str = PLACE) -> Iterator[Site]:
    """A site, built by `make` for the address at which it is then served on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, folder, place))
    site = Site(folder=folder, origin=f"http://127.0.0.1:{server.server_address[1]}", place=place)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        make(site.address)
        yield site
    finally:
        server.shutdown()
        server.server_close()
