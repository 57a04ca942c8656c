"""The whole site as one folder: every file by name, rendered, read again, and written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from review_clock.feeds.definition import Definition, shipped
from review_clock.files import LANGUAGES
from review_clock.questions.question import Question
from review_clock.site.for_machines.api import api_files, api_index
from review_clock.site.for_machines.atom import changes_feed, dates_feed
from review_clock.site.for_machines.host_files import host_files
from review_clock.site.material import Material
from review_clock.site.pages.about import about_page
from review_clock.site.pages.calendars import calendar_files, calendars_page
from review_clock.site.pages.changes import changes_page
from review_clock.site.pages.deadlines import deadlines_page, past_page
from review_clock.site.pages.embedded import embedded_page, embedded_picture
from review_clock.site.pages.front import chooser, not_found
from review_clock.site.pages.history import history_page
from review_clock.site.pages.odds import odds_files, odds_page
from review_clock.site.pages.one_date import date_files
from review_clock.site.pages.questions import questions_page
from review_clock.site.pages.readings import readings_page
from review_clock.site.pages.rules import rules_page
from review_clock.site.pages.status import status_page
from review_clock.site.pages.what_if import what_if_files
from review_clock.site.pictures.badge import badge
from review_clock.site.pictures.card import card
from review_clock.site.publish_gate import changes_published_in, refuse_going_back
from review_clock.site.published_folder import alone, check_replaceable, publish
from review_clock.site.static_files import static_files
from review_clock.words.wording import Wording, wording

Files = dict[str, Callable[[], bytes]]

_PAGES: Final[Mapping[str, Callable[[Material, Wording], bytes]]] = {
    "index.html": status_page,
    "deadlines.html": deadlines_page,
    "past.html": past_page,
    "questions.html": questions_page,
    "odds.html": odds_page,
    "rules.html": rules_page,
    "history.html": history_page,
    "changes.html": changes_page,
    "readings.html": readings_page,
    "calendars.html": calendars_page,
    "about.html": about_page,
}
"""What makes each page of a language's folder."""
_DOORS: Final[Mapping[str, Callable[[Material, Wording], bytes]]] = {
    "{lang}/changes.atom": changes_feed,
    "{lang}/dates.atom": dates_feed,
    "badge.{lang}.svg": badge,
    "card.{lang}.png": card,
    "embed/status.{lang}.html": embedded_page,
    "embed/status.{lang}.svg": embedded_picture,
}
"""What each language has beside its pages."""


def plan(material: Material) -> Files:
    """Every file of the site, by name, and what makes it."""
    parts: Files = {
        "index.html": partial(chooser, material),
        "404.html": partial(not_found, material),
        **api_files(material),
        **odds_files(material),
    }
    for lang in LANGUAGES:
        words = wording(lang)
        parts.update({f"{lang}/{name}": partial(page, material, words) for name, page in _PAGES.items()})
        parts.update({name.format(lang=lang): partial(make, material, words) for name, make in _DOORS.items()})
        parts.update(calendar_files(material, words))
    parts.update(what_if_files(material))
    parts.update(date_files(material))
    parts.update(static_files())
    parts.update(api_index(material, parts))
    parts.update(host_files(material, parts))
    return parts


def put_into(folder: str, files: Mapping[str, bytes], gated: bool = True) -> None:
    """Make `folder` hold the site `files`, all or nothing.

    Raises `NotOurFolder` for a folder that holds other files; if it is `gated`, `WouldGoBack` where the site there
    would be followed by one that takes something back; `OSError`.
    """
    with alone(folder):
        if gated:
            refuse_going_back(folder, files)
        publish(folder, files)


def build(
    question: Question,
    folder: str,
    base_url: str = "",
    feeds: Mapping[str, Definition] | None = None,
    include_own: bool = False,
) -> tuple[str, ...]:
    """Build the whole site into `folder`, all or nothing, and say which files it holds.

    `base_url` is the address it will have; `feeds` those it carries, else those that ship; a user's own dates and cases
    stand in it only with `include_own`. Raises `NotOurFolder` for a folder that holds other files, `NotReconciled`
    where a rendering lost a date, `WouldGoBack` where subscribers of the site there would be taken back, `OSError`.
    """
    check_replaceable(folder)
    given = shipped(question.law) if feeds is None else feeds
    material = Material(
        question=question,
        base_url=base_url.rstrip("/"),
        feeds=given,
        include_own=include_own,
        published_changes=changes_published_in(folder),
    )
    parts = plan(material)
    put_into(folder, {name: parts[name]() for name in sorted(parts)})
    return tuple(sorted(parts))
