"""Phrases that several renderings say of one thing: how sure a day is, what moved it, an office day, a source, a
picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from review_clock.record.entries import REPORTED
from review_clock.words.wording import capital

if TYPE_CHECKING:  # `status` must start fast
    from datetime import date

    from review_clock.deadlines.changes import Change
    from review_clock.deadlines.deadline import Deadline
    from review_clock.deadlines.office_days import OfficeDay
    from review_clock.law.position import ReviewAhead
    from review_clock.law.revised import Revised
    from review_clock.record.entries import Entry, Source
    from review_clock.words.wording import Wording

DayForm = Callable[["date"], str]
"""How a rendering says a day: in words, or as ISO 8601."""


def picture_title(what: str, words: Wording) -> str:
    """The title of a picture, which may be seen alone: of which agreement it is, and `what` it shows."""
    return f"{words('agreement.short')}{words.colon} {what}"


def stated_on(day: date, entry: Entry | None, words: Wording) -> str:
    """The day on which a position was stated, and that it is only reported where the entry has it from others alone."""
    reported = entry is not None and entry.confidence in REPORTED
    return (f"{words('verdict.reported')}, " if reported else "") + words.day(day)


def marked(day: str, day_is: str, kind: str, words: Wording) -> str:
    """A day of a joint review, or of what is counted from one, marked where it is inferred."""
    if day_is != "inferred":
        return day
    return words("day.around" if kind == "review" else "day.inferred", day=day)


def review_text(review: ReviewAhead, words: Wording, day: str) -> str:
    """The day of a joint review ahead, in the form of the rendering, with how sure it is beside it."""
    if review.without_day:
        return words("day.in_year", year=review.date.year)
    return marked(day, review.day_is, "review", words)


def day_text(deadline: Deadline, words: Wording, day: str) -> str:
    """Its date, `day` in the form of the rendering, with how sure the day is beside it."""
    if deadline.without_day:
        first, last = deadline.window
        in_year = first.year == last.year
        return words("day.in_year", year=last.year) if in_year else words("day.on_or_before", day=day)
    return marked(day, deadline.day_is, deadline.kind, words)


def day_known(deadline: Deadline, words: Wording) -> str:
    """How its day is known; of the joint review after an extension only the latest is: Art. 34.7(3)."""
    latest = deadline.kind == "review" and deadline.bound == "no_later_than" and deadline.day_is == "by_law"
    return words(f"day_is.{'latest' if latest else deadline.day_is}")


def ends_text(deadline: Deadline, words: Wording, said: DayForm) -> tuple[str, str]:
    """The earliest and the latest date over all readings, and whether a reading gives one that is unknown."""
    first, last = said(deadline.earliest), said(deadline.latest)
    return (
        words("deadlines.or_earlier", day=first) if deadline.earliest_open else first,
        words("deadlines.or_later", day=last) if deadline.latest_open else last,
    )


def span_text(deadline: Deadline, words: Wording, said: DayForm) -> str:
    """The earliest and the latest date over all readings, where they differ or are open."""
    earliest, latest = ends_text(deadline, words, said)
    if deadline.earliest != deadline.latest:
        return words("deadlines.span", earliest=earliest, latest=latest)
    if deadline.latest_open:
        earliest = words("deadlines.or_other", day=said(deadline.earliest))
    return words("deadlines.span_one", day=earliest) if deadline.earliest_open else ""


def timeliness_text(deadline: Deadline, words: Wording) -> str:
    """Whether it was met in time, for which joint review, and until when what was done holds; or nothing."""
    parts = []
    if deadline.days_late:
        days, review = words.days(deadline.days_late), deadline.review_on
        said = words("deadlines.late_for", days=days, day=words.day(review)) if review else ""
        parts.append(said or words("deadlines.late", days=days))
    if deadline.supports_from is not None:
        parts.append(words("deadlines.supports", day=words.day(deadline.supports_from)))
    parts += map(words.late_under, deadline.late_if)
    return "; ".join(parts)


def correction_text(correction: Revised, words: Wording, said: DayForm) -> str:
    """A correction of ours, called so, with its day and what was put right."""
    day, what = said(correction.on), words.said(correction.what)
    return words("explain.corrected", day=day, colon=words.colon, what=what)


def change_text(change: Change, words: Wording, said: DayForm) -> str:
    """What an act did to a deadline, with its day, and by whom it is told where it is recorded."""
    values = {name: said(day) if day else "" for name, day in (("before", change.before), ("after", change.after))}
    values |= {k: words(f"certainty.{v}") if v else "" for k, v in (("was", change.was), ("became", change.became))}
    announced = change.by in ("announced", "case")
    key = {"moved": "moved_change", "certainty": "certainty_change", "day_set": "day_set_change"}.get(
        change.what, change.what
    )
    what = words(f"explain.{f'{change.by}_change' if announced else key}", **values)
    by = "" if announced else f" {words.act(change.by, change.party)}"
    return f"{said(change.on)}{by}{words.colon} {what}" + (f" ({change.source})" if change.source else "")


def office_text(deadline: Deadline, words: Wording) -> str:
    """The note on office days, or nothing on a plain working day."""
    return office_note(deadline.office_days, deadline.date, words)


def office_note(note: OfficeDay | None, day: date, words: Wording) -> str:
    """A note on the office days about `day`, or nothing where there is none."""
    if note is None:
        return ""
    parts = []
    if note.weekend:
        parts.append(words("office.saturday" if day.weekday() == 5 else "office.sunday"))
    if note.holiday_in:
        parts.append(words("office.holiday", where=words.parties(note.holiday_in)))
    if note.unknown_in:
        parts.append(words("office.unknown", where=words.parties(note.unknown_in)))
    if note.last_before is not None:
        parts.append(words("office.last_before", day=words.day(note.last_before, "full")))
    return f"{capital('; '.join(parts))}. {words('office.note')}"


def source_text(source: Source, words: Wording) -> str:
    """A source on one line: title, date, how it was seen, address."""
    detail = words.seen(source)
    return " ".join(part for part in (source.title, f"({detail})" if detail else "", source.url) if part)


def known_of(source: Source, words: Wording) -> str:
    """What more is known of a source: its decisive words, the day on which it was read, a copy; or nothing."""
    quoted = words("source.words", words=source.words) if source.words else ""
    read = words("source.read_on", day=source.read_on.isoformat()) if source.read_on else ""
    archived = words("source.archived", url=source.archived) if source.archived else ""
    return " ".join(filter(None, (quoted, read, archived)))


def source_lines(source: Source, words: Wording) -> str:
    """A source with all that is known of it."""
    return " ".join(filter(None, (source_text(source, words), known_of(source, words))))
