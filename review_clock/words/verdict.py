"""An answer in the words of the status page: two sentences, whether it can end sooner, three facts, the record's age.

Every day said here stands in the answer under the name that the sentence gives it; what is chosen among them is words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from review_clock.questions.answer import Answer
from review_clock.questions.facts import End, RunningNotice
from review_clock.words.headline import listed, names, of_one, other_lengths, sentence
from review_clock.words.wording import Wording

AGES: Final = (("alarm", 120), ("warning", 60), ("note", 30))
"""From how many days on the age of the record is said, and how loudly."""
_IN_DAYS: Final = 100
A_MONTH: Final = 31
"""A difference of no more days is not seen where years are shown; the scenario's page says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One of the three facts: the mark of the bar that it explains, what it is, the date in words, and a note."""

    mark: str
    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one reads first. `tag` is a word for what is going on, `tone` how it stands out; both empty on a plain day.

    `age` says how long ago the record was verified, from 30 days on, and `loudness` how loudly: note, warning, alarm.
    """

    tag: str
    tone: str
    first: str
    second: str
    sooner: str
    facts: tuple[Fact, ...]
    age: str
    loudness: str


def time_left(start: date, end: date, words: Wording) -> str:
    """The time from one day to a later one in the unit one can weigh: days under a hundred, then months, then years."""
    days = (end - start).days
    if days < _IN_DAYS:
        return words.days(days)
    span = relativedelta(end, start)
    parts = [words.count(name, n) for name, n in (("years", span.years), ("months", span.months)) if n]
    return listed(parts, words)


def _said(key: str, words: Wording, **values: object) -> str:
    return sentence(f"verdict.{key}", words, **values)


def _other_ends(ends: End) -> list[date]:
    """The end on other readings."""
    return sorted({ends.earliest, ends.latest} - {ends.date})


# ----------------------------------------------------------------------------------------------- two sentences


def _bound(answer: Answer, words: Wording) -> str:
    if answer.left:
        return _said(of_one("only", answer.between), words, parties=names(answer.between, words))
    return words("verdict.all_three")


def _departures(answer: Answer, words: Wording) -> str:
    return " ".join(
        _said("left", words, who=words(f"headline.who.{each.party}"), day=each.effective) for each in answer.left
    )


def _term(answer: Answer, ends: End, words: Wording) -> str:
    lengths = other_lengths(answer, words)
    if not lengths:
        return _said("ends_amended" if ends.amended else "ends_if", words, day=ends.date)
    declined = answer.phase == "annual_reviews"
    return _said("ends_or" if declined else "extended", words, day=ends.date, others=lengths)


def _in_force(answer: Answer, ends: End, words: Wording) -> tuple[str, str]:
    if ends.because == "withdrawals":
        two = _said("out_by_then", words, parties=names(sorted(answer.departures), words))
        return _said("ends_on", words, day=ends.date), two
    if answer.leaving:
        first = " ".join(
            _said("leaves", words, who=words(f"verdict.leaves_who.{each.party}"), day=each.effective)
            for each in answer.leaving
        )
        return first, _said(of_one("go_on", answer.staying), words, parties=names(answer.staying, words))
    return _bound(answer, words), _departures(answer, words) or _term(answer, ends, words)


def _sentences(answer: Answer, words: Wording) -> tuple[str, str]:
    ends = answer.ends
    if ends is None:
        return words("verdict.not_yet"), words("verdict.not_yet_why")
    if not answer.in_force:
        return words("verdict.over"), _said("ended", words, day=ends.date)
    return _in_force(answer, ends, words)


# ------------------------------------------------------------------------------------------- can it end sooner


def _of_notice(notice: RunningNotice, words: Wording) -> str:
    who = words(f"headline.who.{notice.party}")
    if notice.last_day_to_rescind is None:
        return _said("notice_final", words, who=who, notice=notice.notice)
    return _said("notice", words, who=who, notice=notice.notice, last=notice.last_day_to_rescind)


def _why_over(answer: Answer, ends: End, words: Wording) -> Iterator[str]:
    yield words("verdict.over_amended" if ends.amended else f"verdict.over_{ends.because}")
    if ends.latest > answer.as_of:
        yield _said("contested", words, day=other_lengths(answer, words) or ends.latest)


def _alone(answer: Answer, ends: End, words: Wording) -> Iterator[str]:
    """That one country alone has no agreement, and what another reading says."""
    if answer.staying:
        yield _said("alone", words, party=names(answer.staying, words))
    if ends.latest > ends.date:
        yield _said("alone_otherwise", words, day=ends.latest)


def _may_leave(answer: Answer, words: Wording) -> Iterator[str]:
    if answer.earliest_exit is None:
        return
    key = "may_leave" if not answer.left else "may_leave_ends" if answer.exit_ends_it else "may_leave_goes_on"
    yield words(of_one(f"verdict.{key}", answer.between))
    if not answer.notices:
        yield words("verdict.none_runs")


def _sooner(answer: Answer, words: Wording) -> Iterator[str]:
    ends = answer.ends
    if ends is None:
        return
    if not answer.in_force:
        yield from _why_over(answer, ends, words)
        return
    of_all = len(answer.leaving) > 1  # then the facts give each day, and the answer in full each last day
    for notice in answer.notices:
        if answer.is_moot(notice):
            yield _said("notice_moot", words, who=words(f"headline.who.{notice.party}"), notice=notice.notice)
        elif not of_all:
            yield _of_notice(notice, words)
    if ends.because == "withdrawals":
        yield from _alone(answer, ends, words)
    elif not answer.leaving:
        yield from _may_leave(answer, words)
    if len(answer.unrecorded) > 1:
        yield words("verdict.unrecorded", n=words.number(len(answer.unrecorded)))
    elif answer.unrecorded:
        yield words("headline.unrecorded_one", days=words.day(answer.unrecorded[0]))


# ------------------------------------------------------------------------------------------------- three facts


def _leaving_facts(answer: Answer, words: Wording) -> Iterator[Fact]:
    for each in answer.leaving:
        last = bool(answer.ends and answer.ends.because == "withdrawals" and each.effective == answer.ends.date)
        note = words("verdict.note_notice", notice=words.day(each.notice))
        if last and answer.ends is not None:
            note = words("verdict.note_last_day", notice=words.day(each.notice), last=words.day(answer.ends.last_day))
        yield Fact(
            mark="leaving",
            label=_said("fact_out_ends" if last else "fact_out", words, who=words(f"verdict.out_who.{each.party}")),
            value=words.day(each.effective),
            note=note,
        )


def _exit_fact(answer: Answer, words: Wording) -> Iterator[Fact]:
    out = answer.earliest_exit
    if out is None or answer.leaving:
        return
    note = of_one("verdict.note_exit_ends" if answer.exit_ends_it else "verdict.note_exit", answer.between)
    yield Fact(
        mark="open",
        label=words("verdict.fact_exit_ends" if answer.exit_ends_it else "verdict.fact_exit"),
        value=words.day(out.date),
        note=words(note, day=words.day(out.notice)),
    )


def _review_fact(answer: Answer, words: Wording) -> Iterator[Fact]:
    review = answer.next_review
    if review is None:
        return
    value = words("verdict.in_year", year=review.earliest.year)
    if review.date is not None:
        how = "around" if review.day_is == "inferred" else "by" if answer.review_at_latest else ""
        value = words(f"verdict.{how}", day=words.day(review.date)) if how else words.day(review.date)
    note = words(f"verdict.note_review_{'amended' if review.amended else review.day_is}")
    note = words("day_is.latest") if answer.review_at_latest else note
    if review.day_is != "inferred" and review.earliest != review.latest:
        span = words("verdict.note_between", earliest=words.day(review.earliest), latest=words.day(review.latest))
        note = f"{note}; {span}"
    if answer.phase == "review_open":
        note = words("verdict.note_review_if", note=note)
    yield Fact(
        mark="review_inferred" if review.day_is == "inferred" else "review",
        label=_said("fact_review", words, kind=words(f"review_kind.{review.kind}")),
        value=value,
        note=note,
    )


def _end_fact(answer: Answer, words: Wording) -> Iterator[Fact]:
    ends = answer.ends
    if ends is None or not answer.in_force:
        return
    if ends.because == "withdrawals":
        if ends.latest > ends.date:
            yield Fact(
                mark="hollow",
                label=words("verdict.fact_otherwise"),
                value=words.day(ends.latest),
                note=words("verdict.note_otherwise"),
            )
        return
    left = time_left(answer.as_of, ends.date, words)
    note = words("verdict.note_end", last=words.day(ends.last_day), left=left)
    note = words("verdict.note_amended", note=note) if ends.amended else note
    lengths = other_lengths(answer, words)
    days = [words.day(day) for day in _other_ends(ends)]
    others = lengths or (listed(days, words, "or") if days else "")
    if lengths and ends.earliest < ends.date:
        others = listed([words.day(ends.earliest), lengths], words, "or")
    yield Fact(
        mark="hollow" if lengths else "end",
        label=words("verdict.fact_end_rest" if answer.leaving else "verdict.fact_end"),
        value=words.day(ends.date),
        note=words("verdict.note_or", note=note, others=others) if others else note,
    )


def _past_facts(answer: Answer, words: Wording) -> Iterator[Fact]:
    ends = answer.ends
    if ends is None or answer.since is None:
        return
    yield Fact(
        mark="lived",
        label=words("verdict.fact_lived"),
        value=time_left(answer.since, ends.date, words),
        note=words("verdict.note_lived", since=words.day(answer.since), last=words.day(ends.last_day)),
    )
    yield Fact(
        mark="ended",
        label=words("verdict.fact_ended"),
        value=words.day(ends.date),
        note=words(f"verdict.note_ended_{ends.because}"),
    )


def _facts(answer: Answer, words: Wording) -> tuple[Fact, ...]:
    if not answer.in_force:
        return tuple(_past_facts(answer, words))
    return (
        *_leaving_facts(answer, words),
        *_exit_fact(answer, words),
        *_review_fact(answer, words),
        *_end_fact(answer, words),
    )


def ending(answer: Answer, words: Wording) -> tuple[str, str]:
    """Until when, and a word on it: why it ends then, who is out before, when on a reading that is months away."""
    ends = answer.ends
    if ends is None:
        return words("verdict.not_yet"), ""
    notes = [
        words("verdict.row_without", party=words(f"headline.party.{party}"), day=words.day(out.effective))
        for party, out in answer.departures.items()
        if out.effective < ends.date
    ]
    far = [words.day(day) for day in _other_ends(ends) if abs((day - ends.date).days) > A_MONTH]
    others = other_lengths(answer, words) or (listed(far, words, "or") if far else "")
    if others:
        notes.append(words("verdict.row_or", others=others))
    notes += [words("verdict.row_amended")] if ends.amended else []
    return words.day(ends.date), "; ".join(notes) or words(f"verdict.row_{ends.because}")


# ---------------------------------------------------------------------------------------------------- the rest


def _tag(answer: Answer) -> tuple[str, str]:
    """The word for what is going on, by its key, and how it stands out."""
    if answer.ends is None:
        return "not_yet", "plain"
    if not answer.in_force:
        return "ended", "ended"
    if len(answer.leaving) > 1:
        return "notices", "leaving"
    if answer.notices:
        return "notice", "leaving"
    if answer.left:
        return of_one("only", answer.between), "leaving"
    if answer.phase == "review_open":
        return "review_open", "plain"
    if answer.extended is not None and answer.phase == "six_year_cycle":
        return "extended", "good"
    return "", ""


def _age(answer: Answer, words: Wording) -> tuple[str, str]:
    """How long ago the record was verified, where that is to be said, and how loudly."""
    if answer.verified_on is None:
        return words("knowledge.unverified"), "alarm"
    days = (answer.as_of - answer.verified_on).days
    loudness = next((name for name, least in AGES if days >= least), "")
    return (words("verdict.age", days=words.days(days)), loudness) if loudness else ("", "")


def verdict(answer: Answer, words: Wording) -> Verdict:
    """What the status page says first, in the language of `words`."""
    tag, tone = _tag(answer)
    first, second = _sentences(answer, words)
    age, loudness = _age(answer, words)
    return Verdict(
        tag=words(f"verdict.tag.{tag}") if tag else "",
        tone=tone,
        first=first,
        second=second,
        sooner=" ".join(_sooner(answer, words)),
        facts=_facts(answer, words),
        age=age,
        loudness=loudness,
    )
