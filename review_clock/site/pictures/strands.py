"""The Agreement's life as a bar of three strands, one a country: lived, safe, open, leaving, hollow.

Every day comes from the answer; a place is a share of the term in per cent, which is geometry and not law. The strands
stand in one order in every language, so that the picture never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from review_clock.law.acts_and_lapses import Party
from review_clock.questions.answer import Answer
from review_clock.questions.facts import End, Left, RunningNotice
from review_clock.words.verdict import A_MONTH

ORDER: Final = (Party.CA, Party.MX, Party.US)
EVERY: Final = (2, 4, 8, 16)
"""Years between two labels: the first that leaves at most ten of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a strand, in per cent: `kind` is lived, sure, open, leaving or hollow."""

    kind: str
    at: float
    wide: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A country's part in the life of the Agreement; `out` is where it left or leaves, None where it stays."""

    party: Party
    stretches: tuple[Stretch, ...]
    out: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The drawing, in per cent of the time from the entry into force to the last day shown.

    `today`, `end`, `zone` (from where a country could be out) and `review` are places; `inferred` says of the review
    that its day is inferred; `notches` are the anniversaries ahead; `years` are labels with their places. `leaving` are
    the countries that are out, or will be, with the place of the last of them.
    """

    strands: tuple[Strand, ...]
    today: float
    end: float
    zone: float | None
    review: float | None
    inferred: bool
    notches: tuple[float, ...]
    years: tuple[tuple[int, float], ...]
    leaving: tuple[Party, ...]
    gone: float


def _last_day(answer: Answer, ends: End) -> date:
    """The last day of the axis: the end on the reading that gives the latest, or the day itself after the end."""
    if not answer.in_force:
        return max(ends.date, answer.as_of)
    latest = max([ends.latest, *(answer.extended.other_days if answer.extended else ())])
    return latest if (latest - ends.date).days > A_MONTH else ends.date


class _Axis:
    def __init__(self, since: date, last: date) -> None:
        self.since, self.last, self._days = since, last, max((last - since).days, 1)

    def at(self, day: date) -> float:
        """The place of a day, in per cent."""
        return round(100 * min(max((day - self.since).days, 0), self._days) / self._days, 2)

    def anniversaries(self) -> Iterator[tuple[int, float]]:
        """The years with the places of their anniversaries of the entry into force."""
        for year in range(self.since.year, self.last.year + 1):
            yield year, self.at(date(year, self.since.month, min(self.since.day, 28)))


def _pieces(
    out: Left | RunningNotice | None, answer: Answer, seen: Answer, ends: End
) -> Iterator[tuple[str, date, date]]:
    """The stretches of a strand by day, as seen on the day of `seen`."""
    today, since = seen.as_of, answer.since or answer.as_of
    stop = ends.date if out is None else min(out.effective, ends.date)
    yield "lived", since, min(today, stop)
    if today < stop:
        stays = stop if out is None else max(today, out.notice)
        exit_or_end = seen.earliest_exit or seen.ends  # no exit: six months from the day reach to the end as seen
        safe = min(max(exit_or_end.date, today), stays) if exit_or_end is not None else stays
        yield "sure", today, safe
        yield "open", safe, stays
        yield "leaving", stays, stop
    if out is None and answer.in_force:
        yield "hollow", ends.date, _last_day(answer, ends)


def _strand(
    party: Party, out: Left | RunningNotice | None, answer: Answer, seen: Answer, ends: End, axis: _Axis
) -> Strand:
    stretches = [
        Stretch(kind=kind, at=axis.at(start), wide=round(axis.at(stop) - axis.at(start), 2))
        for kind, start, stop in _pieces(out, answer, seen, ends)
    ]
    return Strand(
        party=party,
        stretches=tuple(each for each in stretches if each.wide > 0),
        out=None if out is None else axis.at(min(out.effective, ends.date)),
    )


def _labels(axis: _Axis) -> tuple[tuple[int, float], ...]:
    years = list(axis.anniversaries())
    step = next((n for n in EVERY if len(years) <= 10 * n), EVERY[-1])
    first, (last, place) = years[0][0], years[-1]
    inner = [(year, at) for year, at in years if (year - first) % step == 0 and (last - year) * 2 >= step]
    return (*inner, (last, place))


def _drawn(answer: Answer, seen: Answer, ends: End, axis: _Axis) -> Bar:
    """The bar of an answer with what its strands alone show."""
    out = answer.departures
    leaving = tuple(party for party in ORDER if party in out)
    return Bar(
        strands=tuple(_strand(party, out.get(party), answer, seen, ends, axis) for party in ORDER),
        today=axis.at(seen.as_of),
        end=axis.at(ends.date),
        zone=None,
        review=None,
        inferred=False,
        notches=(),
        years=_labels(axis),
        leaving=leaving,
        gone=max((axis.at(min(out[party].effective, ends.date)) for party in leaving), default=0.0),
    )


def bar(answer: Answer) -> Bar | None:
    """The bar of an answer; None before the Agreement is in force for the first time. Art. 34.7(1), Art. 34.6."""
    if answer.ends is None or answer.since is None:
        return None
    axis = _Axis(answer.since, _last_day(answer, answer.ends))
    plain = _drawn(answer, answer, answer.ends, axis)
    ahead, review = answer.earliest_exit, answer.next_review
    meets = review.date or review.latest if review is not None else None
    return replace(
        plain,
        zone=axis.at(ahead.date) if ahead is not None and not answer.notices else None,
        review=axis.at(meets) if meets is not None else None,
        inferred=review is not None and review.day_is == "inferred",
        notches=tuple(at for _, at in axis.anniversaries() if plain.today < at < plain.end),
    )


def bars(seen: Answer, answers: Iterable[Answer]) -> tuple[Bar | None, ...]:
    """The bars of several answers on one axis, each as seen on the day of `seen`, the answer that they depart from.

    Until when nobody can be out is what `seen` gives. None as `bar` gives it. Art. 34.7(1), Art. 34.6.
    """
    found = [(each, each.ends) for each in answers]
    lasts = [_last_day(each, ends) for each, ends in found if ends is not None]
    if seen.since is None or not lasts:
        return tuple(None for _ in found)
    axis = _Axis(seen.since, max(lasts))
    return tuple(None if ends is None else _drawn(each, seen, ends, axis) for each, ends in found)
