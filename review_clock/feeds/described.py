"""What an event says of a deadline: a title with agreement, year and matter, and at most eight lines, the answer first.

The rest stands on the deadline's own page, which the last line links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from review_clock.deadlines.changes import Change
from review_clock.deadlines.deadline import Deadline
from review_clock.record.entries import Announced, Entry
from review_clock.words.phrases import (
    change_text,
    day_text,
    office_text,
    source_text,
    span_text,
    timeliness_text,
)
from review_clock.words.wording import Wording, capital

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BLANK: Final = re.compile(r"[^\S\u00a0\u202f]+")  # all that parts words, but for the spaces that must not part
_MOVES: Final = ("moved", "vanished", "revived", "day_set")


def clean(text: str) -> str:
    """Text without the control characters that a property may not hold (RFC 5545 3.3.11)."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """A title on one line: clients show it so, and some refuse a summary of several lines."""
    return _BLANK.sub(" ", clean(text)).strip()


def last_move(deadline: Deadline) -> Change | None:
    """What last moved a deadline, removed it or brought it back, or set its day; None where nothing has."""
    return next((change for change in reversed(deadline.changes) if change.what in _MOVES), None)


def matter(deadline: Deadline, words: Wording) -> str:
    """Whose it is, of which year, and what: USMCA/US 2027, then the title. The year is that of the joint review."""
    title = words.said(deadline.title)
    if deadline.kind == "internal":
        return title
    year = (deadline.review_on or deadline.date).year
    return words("feed.title", of=words(f"feed.of.{deadline.jurisdiction}"), year=year, title=title)


def summary(deadline: Deadline, words: Wording) -> str:
    """The title of an event, marked where it is cancelled, was moved, or where its day is not announced."""
    title, move = matter(deadline, words), last_move(deadline)
    if deadline.kind == "review" and deadline.day_is == "inferred":
        title = words("day.not_announced", title=title)
    if deadline.certainty == "superseded":
        return words("feed.cancelled", title=title)
    moved = deadline.is_ahead and move is not None and move.what == "moved"
    return words("feed.moved_title", title=title) if moved else title


def _answer(deadline: Deadline, words: Wording) -> str:
    """When it is, how sure that is, and whether it was met."""
    day = day_text(deadline, words, words.day(deadline.date))
    standing = words.standing(deadline.certainty, deadline.outcome, deadline.days_late)
    parts = [day, words(f"bound.{deadline.bound}"), standing, timeliness_text(deadline, words)]
    return "; ".join(filter(None, parts)) + "."


def _who(deadline: Deadline, words: Wording) -> str:
    """Who must act toward whom, under which text, and how well that was read."""
    who = words.said(deadline.actor_name)
    who += f" → {words.said(deadline.recipient_name)}" if deadline.recipient else ""
    cites = "; ".join(words.cite(each.cite) for each in deadline.authority)
    read = words.confidence(deadline)
    return f"{words('feed.who', text=who)}. " + words("feed.under", text=cites or "–", read=read)


def _on_condition(deadline: Deadline, words: Wording) -> str:
    if deadline.condition is None:
        return ""
    return words("feed.condition", text=words.condition(deadline.condition))


def _within(deadline: Deadline, words: Wording) -> str:
    """Its dates over the readings, where they differ, and what it hangs on."""
    span = span_text(deadline, words, words.day)
    return " ".join(filter(None, (capital(f"{span}.") if span else "", _on_condition(deadline, words))))


def _why(deadline: Deadline, words: Wording, rows: Mapping[str, Entry | Announced]) -> str:
    """What moved it last, and who says that it was done or when it is due."""
    move = last_move(deadline)
    said = [capital(change_text(move, words, words.day)) + "."] if move else []
    row = rows[deadline.evidence[-1]] if deadline.evidence else None
    if row is not None and row.sources:
        known = words(f"established.{row.confidence}")
        said.append(words("feed.source", text=f"{source_text(row.sources[0], words)} [{known}]"))
        said += [words("feed.conflict", text=words.said(row.conflict))] if row.conflict is not None else []
    return " ".join(said)


def lines(
    deadline: Deadline,
    words: Wording,
    rows: Mapping[str, Entry | Announced],
    verified_on: date,
    address: str,
    office_notes: bool,
) -> list[str]:
    """The description of an event: eight lines at most, the answer first, the address of its own page last."""
    counted = "; ".join(f"{text}{words.colon} {day.isoformat()}" for text, day in words.derivation(deadline.derivation))
    end = (words("feed.verified", day=words.day(verified_on)), words("feed.disclaimer"), address)
    first = (capital(_answer(deadline, words)), _why(deadline, words, rows))
    found = (
        *(reversed(first) if deadline.certainty == "superseded" else first),
        _within(deadline, words),
        words.said(deadline.duty),
        _who(deadline, words),
        words("feed.counted", text=counted),
        office_text(deadline, words) if office_notes else "",
        " ".join(filter(None, end)),
    )
    return [one_line(line) for line in found if line]


def reminder_lines(deadline: Deadline, words: Wording, address: str) -> list[str]:
    """The description of a reminder: when it is and how sure that is, what it hangs on, the address of its page."""
    end = " ".join(filter(None, (words("feed.disclaimer"), address)))
    found = (capital(_answer(deadline, words)), _within(deadline, words), end)
    return [one_line(line) for line in found if line]
