"""A feed as a table (CSV): the columns that Outlook and Google Calendar import, with what docketing systems ask for.

The headings are the English ones that importers look for; the dates are ISO 8601. What an act removed is left out: an
import makes events and cancels none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.definition import Definition
from review_clock.feeds.described import one_line
from review_clock.feeds.events import Events, uid
from review_clock.formats.tables import csv_text
from review_clock.words.phrases import day_known, ends_text

REMINDER_TIME = "09:00:00"


COLUMNS: Final = (
    *("Subject", "Start Date", "Start Time", "End Date", "End Time", "All day event"),
    *("Reminder on/off", "Reminder Date", "Reminder Time", "Categories", "Description", "Time Zone"),
    *("Certainty", "Outcome", "Day", "Bound", "Confidence", "Responsible", "Authority", "Earliest", "Latest", "UID"),
    *("Private", "Provenance"),
)


def _reminder(deadline: Deadline, definition: Definition) -> dict[str, str]:
    first = min((day for _, day in definition.reminders_of(deadline)), default=None)
    if first is None:
        return {"Reminder on/off": "False", "Reminder Date": "", "Reminder Time": ""}
    return {"Reminder on/off": "True", "Reminder Date": first.isoformat(), "Reminder Time": REMINDER_TIME}


def _row(deadline: Deadline, definition: Definition, events: Events, come: str) -> dict[str, str]:
    words, day = events.words, deadline.date.isoformat()
    earliest, latest = ends_text(deadline, words, date.isoformat)
    text = events.description(deadline, definition.office_notes)
    return {
        "Subject": one_line(events.summary(deadline)),
        "Start Date": day,
        "Start Time": f"{deadline.time}:00" if deadline.time else "",
        "End Date": day,
        "End Time": f"{deadline.time}:00" if deadline.time else "",
        "All day event": "False" if deadline.time else "True",
        **_reminder(deadline, definition),
        "Categories": ";".join(events.categories(deadline)),
        "Description": text,
        "Time Zone": deadline.zone,
        "Certainty": words(f"certainty.{deadline.certainty}"),
        "Outcome": words.standing(deadline.certainty, deadline.outcome, deadline.days_late) if deadline.outcome else "",
        "Day": day_known(deadline, words),
        "Bound": words(f"bound.{deadline.bound}"),
        "Confidence": words.confidence(deadline),
        "Responsible": words.said(deadline.actor_name),
        "Authority": "; ".join(words.cite(each.cite) for each in deadline.authority),
        "Earliest": earliest,
        "Latest": latest,
        "UID": uid(deadline.id, words, events.hypothesis),
        "Private": str(deadline.is_own),
        "Provenance": come,
    }


def table(definition: Definition, chosen: Iterable[Deadline], events: Events, come: str) -> bytes:
    """The deadlines of a feed that stand, as CSV (RFC 4180) in UTF-8 with the mark by which Excel knows it; each row
    says where it comes from, as `published` says it."""
    rows = [_row(each, definition, events, come) for each in chosen if each.certainty != "superseded"]
    return csv_text(COLUMNS, [row.values() for row in rows], quote_all=True).encode("utf-8-sig")
