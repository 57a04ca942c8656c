"""What was learned on each day of knowledge: what the record and the law of a question came to know, day after day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from review_clock.files import Error
from review_clock.law.counting import ONE_DAY
from review_clock.questions.learned import LearnedDate, came_and_went, learned_dates
from review_clock.questions.question import Question, ask
from review_clock.record.held import days_that_count
from review_clock.record.ledger import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedOn:
    """What became known on `known_on` that was not known on `known_before`, both asked as of `known_on`: the passing of
    time is no news, but that an act is done which was entered ahead of its day. `added` and `taken_back` are ids of the
    record's entries.
    """

    known_before: date
    known_on: date
    dates: tuple[LearnedDate, ...]
    added: tuple[str, ...]
    taken_back: tuple[str, ...]


def _days(question: Question) -> tuple[date, ...]:
    """The days on which a date may have come to differ, up to the question's own, in order."""
    law = question.law
    revised = {each.on for rule in law.rules for each in rule.revised}
    revised |= {each.on for reading in law.readings for each in reading.revised}
    revised |= {each.on for text in law.authorities.by_cite.values() for each in text.revised}
    done = {max(each.act.on, each.recorded_on) for each in question.record.entries}
    known = {*days_that_count(question.record), *done, *revised, *(each.known_on for each in law.amendments)}
    last = min(question.as_of, question.known_on or question.as_of)
    return tuple(sorted(day for day in known if day <= last))


def _not_yet_done(record: Record, day: date) -> Record:
    """The record without the acts that were entered before their day, where that is after `day`: what is entered ahead
    is news when it is done."""
    done = (each for each in record.entries if each.act.on <= max(day, each.recorded_on))
    return replace(record, entries=tuple(done))


def learned_by_day(question: Question) -> tuple[LearnedOn, ...]:
    """What was learned on each day up to that of the question, oldest first; days on which no date differs left out.

    A day on which the record held what the law refuses is told with the next on which it does not.
    """
    chosen = question.law.not_default(question.readings)
    found: list[LearnedOn] = []
    waiting: date | None = None
    for day in _days(question):
        before = waiting or day - ONE_DAY
        try:
            records = {before: _not_yet_done(question.record, before), day: question.record}
            sides = [
                ask(day, law=question.law, record=record, readings=chosen, known_on=known)
                for known, record in records.items()
            ]
            dates = learned_dates(*sides)
        except Error:
            waiting = before
            continue
        waiting = None
        if dates:
            added, gone = came_and_went(*sides)
            found.append(LearnedOn(known_before=before, known_on=day, dates=dates, added=added, taken_back=gone))
    return tuple(found)
