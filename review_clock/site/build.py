"""The whole site as one folder: every file by name, rendered, read again, and written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Final

from review_clock.feed_definitions import Definition, shipped
from review_clock.files import check_replaceable, replace_folder
from review_clock.law.readings import Readings
from review_clock.law.tables import LANGUAGES
from review_clock.record.ledger import Record
from review_clock.site.answers import Answers, answers
from review_clock.site.api import api_files
from review_clock.site.calendar_files import calendar_files, calendars_page
from review_clock.site.deadlines_page import deadlines_page
from review_clock.site.rendering import environment
from review_clock.site.status_page import status_page
from review_clock.wording import Wording, wording

Files = dict[str, Callable[[], bytes]]

_PAGES: Final[Mapping[str, Callable[[Answers, Wording], bytes]]] = {
    "index.html": status_page,
    "deadlines.html": deadlines_page,
    "calendars.html": calendars_page,
}
"""What makes each page of a language's folder."""


def _index() -> bytes:
    template = environment(wording("en")).get_template("index.html")
    return template.render(languages=[wording(lang) for lang in LANGUAGES]).encode("utf-8")


def plan(answer: Answers) -> Files:
    """Every file of the site, by name, and what makes it."""
    parts: Files = {"index.html": _index, **api_files(answer)}
    for lang in LANGUAGES:
        words = wording(lang)
        parts.update({f"{lang}/{name}": partial(page, answer, words) for name, page in _PAGES.items()})
        parts.update(calendar_files(answer, words))
    for file in files("review_clock.templates").joinpath("static").iterdir():
        parts[f"static/{file.name}"] = file.read_bytes
    return parts


class Build:
    """A build under way: iterate over it to render and write, each step giving the name of a file."""

    def __init__(self, folder: str, answer: Answers) -> None:
        self._folder, self._plan = folder, plan(answer)
        self.length = len(self._plan)

    def __iter__(self) -> Iterator[str]:
        rendered: dict[str, bytes] = {}
        for name in sorted(self._plan):
            rendered[name] = self._plan[name]()
            yield name
        for _name in replace_folder(self._folder, rendered):
            pass


def build(
    folder: str,
    record: Record,
    as_of: date,
    readings: Readings,
    base_url: str = "",
    feeds: Mapping[str, Definition] | None = None,
) -> Build:
    """The whole site into `folder`, with the feeds that ship or those given. Nothing is there until all of it is.

    Raises `NotOurFolder` for a folder that holds other files, `NotReconciled` where a rendering lost a date.
    """
    check_replaceable(folder)
    return Build(folder, answers(record, as_of, readings, base_url, feeds or shipped()))
