"""Where a walk into the futures begins, in words: what is taken as given and assumed, on which days one may act, how
far the record goes."""

from __future__ import annotations

from collections.abc import Iterable

from review_clock.futures.choices import DayOfAYear, Occasions
from review_clock.futures.start import Start
from review_clock.words.acts import all_assumed
from review_clock.words.knowledge import how_far, known_lines
from review_clock.words.wording import Wording


def month_day(occasions: Occasions) -> str:
    """The days for notices, as MM-DD."""
    return _month_days(occasions.notices)


def between_on(occasions: Occasions) -> str:
    """The days for confirmations between reviews, as MM-DD; nothing where there are none."""
    return _month_days(occasions.between)


def _month_days(days: Iterable[DayOfAYear]) -> str:
    return ", ".join(f"{month:02}-{day:02}" for month, day in days)


def taken_as_given(start: Start, words: Wording) -> str:
    """What a day past the record's end takes as given; nothing where the record reaches to it."""
    given = start.given
    if given is None:
        return ""
    key = "given_but_assumed" if start.assumed else "given"
    told = [words(f"explore.{key}", after=words.day(given.after), through=words.day(given.through))]
    if given.unrecorded_reviews:
        told.append(words("explore.given_unrecorded", days="; ".join(map(words.day, given.unrecorded_reviews))))
    if given.taken_as_concluded:
        told.append(words("status.assumed_silence", days="; ".join(map(words.day, given.taken_as_concluded))))
    return " ".join(told)


def hypothesis(start: Start, words: Wording) -> list[str]:
    """What is taken as given, that something is assumed, and what; nothing where nothing is."""
    given = taken_as_given(start, words)
    return ([given] if given else []) + _assumed(start, words)


def _assumed(start: Start, words: Wording) -> list[str]:
    if not start.assumed:
        return []
    lines = [words("status.assumed"), *(f"- {line}" for line in all_assumed(start.assumed, words))]
    if start.departs_on is not None:
        lines.append(words("status.departs", day=start.departs_on.isoformat()))
    if start.left_open:
        lines.append(words("explore.left_open", lines="; ".join(all_assumed(start.left_open, words))))
    return lines


def caveats(start: Start, words: Wording) -> list[str]:
    """Under which readings, how far the record goes, and what this is not."""
    other = "; ".join(map(words.meaning, start.readings_chosen))
    lines = [f"{words('status.readings')}{words.colon} {other}"] if other else []
    if start.beyond_record:
        lines.append(how_far(start.verified_on, words))
    lines += known_lines(start.as_of, start.known_on, words)
    return [*lines, words("status.disclaimer")]
