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
from review_clock.law.acts_and_lapses import ACTS, Note
from review_clock.law.position import Review
from review_clock.law.readings import Readings
from review_clock.questions.over_readings import course
from review_clock.record.entries import Entry
from review_clock.site.addresses import address
from review_clock.site.material import Material
from review_clock.site.pages.changes import told_changes
from review_clock.site.rendering import environment
from review_clock.timeline.chronology import TimelineEntry, chronology
from review_clock.timeline.unfold import Timeline, timeline
from review_clock.words.wording import Wording, capital

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://review-clock.invalid/changes")
"""What the ids of feed and entries are made in: of the project, not of a host, so that a site that moves keeps them."""

_MOST: Final = 100
"""How many rows the feed of the dates has: readers ask again long before so many are new."""

_OUTSIDE_XML: Final = re.compile("[\ufffe\uffff]")
"""What XML may not hold beside the control characters (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalChange:
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


def _if_nobody_acts(moment: TimelineEntry, line: Timeline, words: Wording) -> tuple[str, str]:
    """How long the Agreement lasts and when it is next reviewed if nobody acts after a moment; nothing once it is over.

    `line` is the course to its end with the acts to that moment alone.
    """
    if not moment.parties or moment.term_end is None:
        return "", ""
    end, review = course(line, moment.date).end, line.review_ahead(moment.date)
    lasts = f"{words('status.term_end')}{words.colon} {words.day(moment.term_end)}"
    if end is not None and end[1] == "withdrawals":
        lasts = capital(words("headline.short.ends", day=words.day(end[0])))
    return lasts, _review_ahead(review, line.readings, words) if review is not None else ""


def legal_changes(material: Material, words: Wording) -> tuple[LegalChange, ...]:
    """The changes to the day of the material, newest first."""
    line = material.question.present
    events = [each.event for each in line.moments if not isinstance(each.event, Note)]
    entries, found = material.record.by_id(), []
    for place, moment in enumerate(chronology(line, line), 1):
        if moment.date > material.as_of:
            break
        entry = entries.get(moment.entry)
        appeared, moved = _deadline_changes(moment, material.deadlines, words) if entry else (0, ())
        name = entry.id if entry else f"{moment.event}.{moment.party or ''}.{moment.date}"
        to_then = timeline((each for each in events[:place] if isinstance(each, ACTS)), line.readings)
        lasts, review = _if_nobody_acts(moment, to_then, words)
        found.append(
            LegalChange(
                urn=_urn(words.lang, name),
                title=words.act(moment.event, moment.party),
                published=entry.known_on if entry else moment.date,
                moment=moment,
                lasts=lasts,
                review=review,
                entry=entry,
                page=f"history.html#{entry.id}" if entry else "index.html",
                appeared=appeared,
                moved=moved,
            )
        )
    return tuple(found[::-1])


def changes_feed(material: Material, words: Wording) -> bytes:
    """LANG/changes.atom. Its links are absolute where the site's address is known, else relative to the feed."""
    changes = legal_changes(material, words)
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
