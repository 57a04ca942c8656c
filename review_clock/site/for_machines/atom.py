"""Two Atom feeds (RFC 4287): the changes in the legal position, and what became known of the dates.

The first has an entry for each event of the timeline that moved the position: what changed, where that leaves the law,
who says so; the second one for each row of the page of changes. Newest first; the id of an entry never changes; its
dates are the record's or the law's own: nothing here asks what day it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.described import clean
from review_clock.law.position import Review
from review_clock.law.readings import Readings
from review_clock.questions.legal_changes import LegalChange
from review_clock.record.entries import Entry
from review_clock.site.addresses import address
from review_clock.site.material import Material
from review_clock.site.pages.changes import told_changes
from review_clock.site.rendering import environment
from review_clock.timeline.chronology import TimelineEntry
from review_clock.words.wording import Wording, capital

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://review-clock.invalid/changes")
"""What the ids of feed and entries are made in: of the project, not of a host, so that a site that moves keeps them."""

_MOST: Final = 100
"""How many rows the feed of the dates has: readers ask again long before so many are new."""

_OUTSIDE_XML: Final = re.compile("[\ufffe\uffff]")
"""What XML may not hold beside the control characters (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One change as the feed shows it. `published` is the day it became known, or that time brought it.

    `lasts` and `review` say how long the Agreement would last and when it would be reviewed if nobody acted after it.
    """

    urn: str
    title: str
    published: date
    moment: TimelineEntry
    lasts: str
    review: str
    entry: Entry | None
    page: str
    appeared: int
    moved: tuple[str, ...]


def _urn(*parts: str) -> str:
    return uuid5(_NAMESPACE, "/".join(parts)).urn


def _deadline_changes(moment: TimelineEntry, found: Iterable[Deadline], words: Wording) -> tuple[int, tuple[str, ...]]:
    """How many deadlines the moment's act made, and in words which it moved or removed."""
    appeared, moved = 0, []
    for deadline in found:
        for change in deadline.changes:
            if not moment.entry or change.entry != moment.entry:
                continue
            if change.what in ("revived", "certainty", "day_set"):
                continue
            if change.what == "appeared":
                appeared += 1
                continue
            days = {"before": change.before, "after": change.after}
            said = {name: words.day(day) for name, day in days.items() if day is not None}
            moved.append(words(f"feed.changed_{change.what}", title=words.said(deadline.title), **said))
    return appeared, tuple(moved)


def _review_ahead(review: Review, readings: Readings, words: Wording) -> str:
    """The day of a joint review, and beside it how it is known."""
    if review.without_day(readings):
        return words("day.in_year", year=review.year)
    latest = review.day_is == "by_law" and review.term > 1
    how = "latest" if latest else "amended" if review.amended else review.day_is
    return words(f"headline.when_{how}", day=words.day(review.falls_due))


def _lasts(change: LegalChange, words: Wording) -> str:
    """How long the Agreement lasts if nobody acts after a moment; nothing once it is over."""
    if change.ends_by_withdrawals is not None:
        return capital(words("headline.short.ends", day=words.day(change.ends_by_withdrawals)))
    end = change.moment.term_end if change.moment.parties else None
    return f"{words('status.term_end')}{words.colon} {words.day(end)}" if end else ""


def _told(change: LegalChange, entry: Entry | None, material: Material, words: Wording) -> _Told:
    moment = change.moment
    appeared, moved = _deadline_changes(moment, material.deadlines, words) if entry else (0, ())
    readings = material.question.readings
    return _Told(
        urn=_urn(words.lang, entry.id if entry else f"{moment.event}.{moment.party or ''}.{moment.date}"),
        title=words.act(moment.event, moment.party),
        published=entry.known_on if entry else moment.date,
        moment=moment,
        lasts=_lasts(change, words),
        review=_review_ahead(change.review, readings, words) if change.review is not None else "",
        entry=entry,
        page=f"history.html#{entry.id}" if entry else "index.html",
        appeared=appeared,
        moved=moved,
    )


def changes_feed(material: Material, words: Wording) -> bytes:
    """LANG/changes.atom. Its links are absolute where the site's address is known, else relative to the feed."""
    entries, newest_first = material.record.by_id(), reversed(material.question.legal_changes)
    changes = [_told(each, entries.get(each.moment.entry), material, words) for each in newest_first]
    updated = max((change.published for change in changes), default=material.record.verified_on)
    return _feed("changes.atom", _urn(words.lang), updated, material, words, {"changes": changes})


def dates_feed(material: Material, words: Wording) -> bytes:
    """LANG/dates.atom: the newest rows of what became known of the dates."""
    rows = told_changes(material, words)[:_MOST]
    changes = [(_urn("dates", words.lang, str(told.row.known_on), told.row.date.id), told) for told in rows]
    updated = max((told.row.known_on for told in rows), default=material.record.verified_on)
    return _feed("dates.atom", _urn("dates", words.lang), updated, material, words, {"changes": changes})


def _feed(
    template: str, urn: str, updated: date, material: Material, words: Wording, values: Mapping[str, Any]
) -> bytes:
    text = (
        environment()
        .get_template(template)
        .render(
            words=words,
            urn=urn,
            home=f"{address(material, words.lang)}/" if material.base_url else "",
            locale=words.locale.replace("_", "-"),
            updated=updated,
            **values,
        )
    )
    return _OUTSIDE_XML.sub("", clean(text)).encode("utf-8")
