"""When an event last changed: stamps that only rise, whatever comes into the record, the law or the words.

The text of an event depends on the record as a whole: any act may move the bounds of a date over the readings, any news
says how far the record goes. So each event rests on all of the record, on the amendments of the law, on the corrections
of its rule, of the texts that this cites and of the readings, and on the days on which the words and the form of the
feeds were last revised.
Nothing is ever taken out of these, so that their number and the latest of their days only rise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import vDatetime

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.what_changed import known_on
from review_clock.law.law import Law
from review_clock.record.ledger import Record
from review_clock.words.wording import Wording

FORM_REVISED: Final = date(2026, 11, 29)
"""The day on which the form of an event (its title, the lines of its description, its properties) was last revised."""
_ORIGIN: Final = date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When an event was first known, when it last changed (UTC), and a count that rises with each change."""

    created: datetime
    changed: datetime
    sequence: int


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo("UTC"))


@cache
def moment(when: datetime) -> vDatetime:
    """A moment as a property's value."""
    return vDatetime(when)


class Stamps:
    """The stamps of the events of one record, under one law, in the words of one language."""

    def __init__(self, law: Law, record: Record, words: Wording) -> None:
        self._record, self._rows = record, record.rows()
        readings = (each.on for reading in law.readings for each in reading.revised)
        self._news = (*record.recorded_days(), *readings, *(each.known_on for each in law.amendments))
        self._texts = (words.texts_revised, FORM_REVISED)
        self._kept: dict[str, Stamp] = {}

    def _stamp(self, created: date, corrections: Iterable[date]) -> Stamp:
        """The latest day of all that the event rests on, and a second for each thing: what comes in late, of an earlier
        day, is a later moment too."""
        days = (*self._news, *corrections)
        last = max(*days, *self._texts)
        return Stamp(
            created=_begin(created),
            changed=_begin(last) + timedelta(seconds=len(days)),
            sequence=len(days) + sum((day - _ORIGIN).days for day in self._texts),
        )

    def of(self, deadline: Deadline) -> Stamp:
        """The stamp of the event of a deadline."""
        if deadline.id not in self._kept:
            shown = [self._rows[identity].known_on for identity in (*deadline.evidence, *deadline.expected_by)]
            made = [known_on(change, self._rows) for change in deadline.changes if change.entry]
            created = min((*made, *shown), default=self._record.verified_on)
            self._kept[deadline.id] = self._stamp(created, (each.on for each in deadline.revised))
        return self._kept[deadline.id]

    def of_all(self, created: date) -> Stamp:
        """The stamp of an event that stands for no deadline, and of a whole feed."""
        return self._stamp(created, ())
