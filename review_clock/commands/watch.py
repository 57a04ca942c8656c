"""Whether the sources still stand and still carry their words: one request each, asked for by `sources --check` alone.

What is watched are the words that an answer rests on, not the bytes of the page.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from review_clock import __version__
from review_clock.files import WEB
from review_clock.questions.sources import CitedSource, Visit, place_of

_GONE: Final = (404, 410)
_AT_MOST: Final = 20_000_000
_AT_ONCE: Final = 4
_UNSEEN: Final = ("script", "style", "template")
_SAME: Final = str.maketrans("‘’‚‛“”„«»‐‑‒–—―", '\'\'\'\'"""""------')
_ELLIPSIS: Final = re.compile(r"…|\.{3}")


@dataclass(frozen=True, slots=True)
class _Page:
    url: str
    data: bytes
    kind: str
    charset: str


class _NoAnswer(Exception):
    """Why there was none; `gone` where there is no such page any more."""

    def __init__(self, why: str, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


class _WebOnly(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not newurl.lower().startswith(WEB):
            raise HTTPError(newurl, code, "leads away from the web", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(answer: Any, until: float) -> bytes:
    """What an answer holds, up to so much of it and as long as time is left."""
    data = b""
    while len(data) < _AT_MOST:
        if time.monotonic() > until:
            raise TimeoutError("timed out")
        part: bytes = answer.read1(65536)
        if not part:
            break
        data += part
    return data


def _asked(address: str, seconds: float) -> _Page:
    """The page at an address, redirects followed. Raises `_NoAnswer`."""
    until = time.monotonic() + seconds
    agent = {"User-Agent": f"review-clock/{__version__} (are the sources still there)", "Accept": "*/*"}
    try:
        asked = Request(quote(address, safe="%/:=&?~#+!$,;'@()*[]"), headers=agent)
        with build_opener(_WebOnly).open(asked, timeout=seconds) as answer:
            head = answer.headers
            kind, charset = head.get_content_type(), head.get_content_charset() or "utf-8"
            return _Page(answer.geturl(), _read(answer, until), kind, charset)
    except HTTPError as error:
        error.close()
        raise _NoAnswer(f"{error.code} {error.reason}", error.code in _GONE) from None
    except URLError as error:
        raise _NoAnswer(str(error.reason)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise _NoAnswer(str(error) or type(error).__name__) from None


class _Text(HTMLParser):
    """What a page says to a reader."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def plain_letters(text: str) -> str:
    """A text as it is compared: without spaces and the difference of case, one form of quotation mark and of dash."""
    form = unicodedata.normalize("NFKC", text).translate(_SAME).replace("\u00ad", "").casefold()
    return "".join(form.split())


def said_by(page: str) -> str:
    """The letters of a page in HTML, its tags, entities and scripts left out."""
    reader = _Text()
    reader.feed(page)
    reader.close()
    return plain_letters("".join(reader.parts))


def lost(words: Iterable[str], letters: str) -> tuple[str, ...]:
    """Those of the words that stand no more in the letters of a page; an ellipsis stands for what was left out."""
    parts = {each: [plain_letters(part) for part in _ELLIPSIS.split(each)] for each in words}
    return tuple(each for each, found in parts.items() if not all(part in letters for part in found))


def _text_of(page: _Page) -> str | None:
    """The letters of a page; None for what is no text (PDF)."""
    if not (page.kind.startswith("text/") or page.kind.endswith(("xml", "json"))):
        return None
    try:
        said = page.data.decode(page.charset, "replace")
    except LookupError:
        said = page.data.decode("utf-8", "replace")
    return plain_letters(said) if page.kind == "text/plain" else said_by(said)


def visited(source: CitedSource, seconds: float) -> Visit:
    """What is found at the address of a source within so many seconds."""
    try:
        page = _asked(source.url, seconds)
    except _NoAnswer as none:
        return Visit(source=source, found=("gone" if none.gone else "no_answer",), why=str(none))
    moved = place_of(page.url) != place_of(source.url)
    letters = _text_of(page) if source.watched else ""
    missing = lost(source.watched, letters) if letters is not None else ()
    found = {"redirects": moved, "words_lost": bool(missing), "not_text": letters is None}
    return Visit(
        source=source,
        found=tuple(name for name, so in found.items() if so),
        to=page.url if moved else "",
        words=missing,
    )


def visits(sources: Iterable[CitedSource], seconds: float) -> Iterator[Visit]:
    """What is found at the address of each source that has one, in their order."""
    with ThreadPoolExecutor(_AT_ONCE) as hands:
        yield from hands.map(lambda each: visited(each, seconds), [each for each in sources if each.url])
