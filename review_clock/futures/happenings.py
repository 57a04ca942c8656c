"""What may happen in a future, and which of what is watched for has happened so far.

A question about the future, "is the term extended by 2030?", turns on whether something happens by a day. While the
futures are walked those watched for are kept as bits, and only as long as the answer still turns on them: two futures
whose bits differ, but from here on answer every question alike, are one again. So asking makes the walk little longer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import Phase


class What(StrEnum):
    """What may happen. `ENDED` is either of the two after it; `EXTENDED` is any extension."""

    EXTENDED = "extended"
    ENDED = "ended"
    EXPIRED = "expired"
    ENDED_BY_WITHDRAWALS = "ended_by_withdrawals"
    GIVES_NOTICE = "gives_notice"
    RESCINDS_NOTICE = "rescinds_notice"
    LEAVES = "leaves"
    CONFIRMS = "confirms"


class Happening(NamedTuple):
    """Something that happens, and which Party does it, if one does."""

    what: What
    party: Party | None = None


class By(NamedTuple):
    """That something happens by the end of a day."""

    happening: Happening
    day: date


EXTENDED: Final = Happening(What.EXTENDED)
END: Final = {
    Phase.EXPIRED: (Happening(What.ENDED), Happening(What.EXPIRED)),
    Phase.ENDED_BY_WITHDRAWAL: (Happening(What.ENDED), Happening(What.ENDED_BY_WITHDRAWALS)),
}

Seen = int
"""Which of what is watched for has happened, a bit each."""
Asks = Callable[[Seen], bool]
"""A question, answered from what has happened."""


class Watch:
    """Keeps what of `watched` has happened as far as one of the questions still turns on it."""

    def __init__(self, watched: Sequence[By] = (), questions: Sequence[Asks] = ()) -> None:
        self._watched, self._questions = tuple(watched), tuple(questions)
        self.happenings = frozenset(each.happening for each in watched)
        """What is watched for, by whatever day."""
        self._days = sorted({each.day for each in watched})
        self._same: dict[tuple[Seen, int], Seen] = {}
        self._first: dict[tuple[int, tuple[tuple[bool, ...], ...]], Seen] = {}
        self._settled: set[tuple[Seen, int]] = set()

    @property
    def last_day(self) -> date | None:
        """The day after which nothing is watched for."""
        return self._days[-1] if self._days else None

    def stage(self, day: date) -> int:
        """How many of the days by which something is watched for lie before `day`."""
        return bisect_left(self._days, day)

    def after(self, seen: Seen, happened: Sequence[Happening], day: date) -> Seen:
        """What has been seen once these have happened on `day`: the first seen from which, whatever comes on that day
        or after it, every question is answered alike."""
        for place, (happening, by) in enumerate(self._watched):
            if day <= by and happening in happened:
                seen |= 1 << place
        stage = self.stage(day)
        key = (seen, stage)
        if key not in self._same:
            still = sum(1 << place for place, each in enumerate(self._watched) if each.day >= day)
            answers = [tuple(ask(seen | more) for more in _parts(still)) for ask in self._questions]
            self._same[key] = self._first.setdefault((stage, tuple(answers)), seen)
            if self._watched and all(len(set(each)) == 1 for each in answers):
                self._settled.add((self._same[key], stage))
        return self._same[key]

    def is_settled(self, seen: Seen, day: date) -> bool:
        """Whether on `day` and after it nothing can change an answer any more; `seen` is one that `after` gave for that
        day."""
        return (seen, self.stage(day)) in self._settled


def _parts(bits: int) -> Iterator[int]:
    """Every number made of some of the bits."""
    part = bits
    while part:
        yield part
        part = (part - 1) & bits
    yield 0


NOTHING: Final = Watch()
