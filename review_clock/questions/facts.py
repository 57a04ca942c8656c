"""The facts of a day, each with its days: an end, a notice, a departure, an exit, an extension, the next review."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import date

from review_clock.law.acts_and_lapses import Party
from review_clock.questions.last_review import PartyOn


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The first day without the Agreement if nobody acts from now on, the last day with it, and why it ends.

    `because` is `term` (Art. 34.7(1)) or `withdrawals` (Art. 34.6), also when it is past; `amended` says that the term
    ends when an amendment has it end (Art. 34.3, not read). `earliest` and `latest` are the same day over the readings.
    """

    date: datetime.date
    last_day: datetime.date
    because: str
    amended: bool = False
    earliest: datetime.date
    latest: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningNotice:
    """A notice of withdrawal that runs: the day it takes effect, and the last day to take it back, None where it cannot
    be (reading R9). Art. 34.6."""

    party: Party
    notice: date
    effective: date
    last_day_to_rescind: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A Party that has left: the day of its notice, and the first day on which it is not bound. Art. 34.6."""

    party: Party
    notice: date
    effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RescindedNotice:
    """A notice of withdrawal that was taken back: its day, and the day on which it was. Art. 34.6; reading R9."""

    party: Party
    notice: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarliestExit:
    """The first day on which a Party bound, with no notice running, would be out if it gave notice on the day `notice`.

    The count of Art. 34.6 alone: domestic steps are not in it.
    """

    date: datetime.date
    notice: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEnd:
    """The day with which the extended term ends under another reading, None where under it nothing was extended."""

    key: str
    value: str
    date: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """The last extension: its day, the day with which the new term ends, that day under other readings (R1), and the
    confirmations that made it. Once an amendment has set the end, no reading gives it another."""

    on: date
    to: date
    confirmed: tuple[PartyOn, ...]
    other_readings: tuple[OtherEnd, ...]

    @property
    def other_days(self) -> list[datetime.date]:
        """The days with which the term ends under other readings, each once, the earliest first."""
        return sorted({other.date for other in self.other_readings if other.date is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class NextReview:
    """The next joint review that would meet before the end if nobody acts, and how its day is known.

    `day_is` is `by_law`, `set` or `inferred`; `edtf` (ISO 8601-2) speaks of the day under the readings chosen; `date`
    is None where they give none. `earliest` and `latest` are over the readings that give one. Art. 34.7(2), (4), (5).
    `amended` says that an amendment set the day (Art. 34.3, not read).
    """

    date: datetime.date | None
    kind: str
    day_is: str
    edtf: str
    amended: bool = False
    earliest: datetime.date
    latest: datetime.date
