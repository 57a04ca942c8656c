"""All that the site shows, computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from review_clock.deadlines.deadline import Deadline, deadlines
from review_clock.feeds.calendar import news_day
from review_clock.feeds.definition import Definition
from review_clock.law.readings import Readings
from review_clock.questions.status import Status, status
from review_clock.record.ledger import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The status, the deadlines as of the day, and those of the feeds, which are made as of the last day of news."""

    record: Record
    as_of: date
    readings: Readings
    base_url: str
    feeds: Mapping[str, Definition]
    status: Status
    deadlines: tuple[Deadline, ...]
    feed_deadlines: tuple[Deadline, ...]
    feed_day: date


def answers(record: Record, as_of: date, readings: Readings, base_url: str, feeds: Mapping[str, Definition]) -> Answers:
    """The answers for `as_of`. Raises what `status` and `deadlines` raise."""
    known = record.as_known_on(as_of)
    day = news_day(record, as_of)
    return Answers(
        record=known,
        as_of=as_of,
        readings=readings,
        base_url=base_url.rstrip("/"),
        feeds=feeds,
        status=status(record, as_of, readings),
        deadlines=deadlines(record, as_of, readings),
        feed_deadlines=deadlines(known, day, readings),
        feed_day=day,
    )


def is_ahead(deadline: Deadline) -> bool:
    """Whether the deadline can still be put into somebody's calendar."""
    return deadline.certainty not in ("past", "superseded")


def joint_reviews(answer: Answers) -> dict[str, Deadline]:
    """The deadlines that are joint reviews, by the review's name in ids, in the order of their dates."""
    return {each.review.key: each for each in answer.deadlines if each.kind == "review" and each.review is not None}
