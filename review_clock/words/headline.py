"""The first sentences of an answer, in one language: who is bound, until when and why, can it end sooner, what is next.

Every headline is made here, from the Answer and nothing else, and each day in it stands in the Answer under the name
that the sentence gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from review_clock.words.wording import capital

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.law.acts_and_lapses import Party
    from review_clock.questions.answer import Answer
    from review_clock.questions.facts import NextReview, RunningNotice
    from review_clock.questions.last_review import PartyOn
    from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Sentences by what they say, an empty one where there is nothing to say; `short` and `unusual` are parts of a
    line, the second only what a reader does not take for granted; `as_of` ends such a line."""

    bound: str
    notices: str
    extended: str
    until: str
    sooner: str
    next_review: str
    reviews: str
    span: str
    name: str
    short: tuple[str, ...]
    unusual: tuple[str, ...]
    review_short: str
    as_of: str

    @property
    def after_bound(self) -> str:
        """The first paragraph without its first sentence."""
        return _joined(
            (self.notices, self.extended, self.until, self.sooner, self.next_review, self.reviews, self.span)
        )

    @property
    def paragraph(self) -> str:
        """The first paragraph."""
        return _joined((self.bound, self.after_bound))

    @property
    def description(self) -> str:
        """Who is bound, notices, and until when: what a search engine shows."""
        return _joined((self.bound, self.notices, self.extended, self.until))

    @property
    def title(self) -> str:
        """One line: the state, notices, the end, the day of the answer."""
        return f"{self.name} {' · '.join((*self.short, self.as_of))}"

    @property
    def badge(self) -> str:
        """The state, notices, the end, the next review."""
        return " · ".join(filter(None, (*self.short, self.review_short)))


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(filter(None, sentences))


def listed(names: Iterable[str], words: Wording, key: str = "and") -> str:
    """Names as a sentence lists them: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} {words(f'headline.{key}')} {last}" if first else last


def names(parties: Iterable[Party], words: Wording) -> str:
    """The names of Parties as a sentence lists them."""
    return listed([words(f"headline.party.{each}") for each in parties], words)


def _dated(rows: Iterable[PartyOn], words: Wording) -> str:
    return listed(
        [words("status.party_on", state=words.party(row.party), day=words.day(row.on)) for row in rows], words
    )


def sentence(key: str, words: Wording, **values: object) -> str:
    """The sentence of a key of the words files, whose first word may be a name, its days in words."""
    told = {name: words.day(value) if isinstance(value, date) else value for name, value in values.items()}
    return capital(words(key, **told))


def of_one(key: str, parties: Sequence[Party]) -> str:
    """The key of a sentence about those bound, or of that about one country alone."""
    return f"{key}_one" if len(parties) == 1 else key


def _sentence(key: str, words: Wording, **values: object) -> str:
    return sentence(f"headline.{key}", words, **values)


# ----------------------------------------------------------------------------------------------- who is bound


def _record(answer: Answer, words: Wording) -> str:
    if answer.verified_on is None:
        return words("headline.record_unverified")
    return words("headline.record", day=words.day(answer.verified_on)) if answer.beyond_record else ""


def _bound(answer: Answer, words: Wording) -> str:
    record = _record(answer, words)
    if answer.in_force:
        key = of_one("bound_only", answer.between) if answer.left else "bound"
        return _sentence(key, words, day=answer.as_of, parties=names(answer.between, words), record=record)
    if answer.ends is None:
        return _sentence("not_yet", words, day=answer.as_of, record=record)
    ends = answer.ends
    return _sentence(
        f"over_{ends.because}", words, day=answer.as_of, record=record, date=ends.date, last_day=ends.last_day
    )


def _notice(notice: RunningNotice, answer: Answer, words: Wording) -> str:
    key = "notice_moot" if answer.is_moot(notice) else "notice" if notice.last_day_to_rescind else "notice_final"
    return _sentence(
        key,
        words,
        who=words(f"headline.who.{notice.party}"),
        notice=notice.notice,
        effective=notice.effective,
        last_day=notice.last_day_to_rescind,
    )


def _notices(answer: Answer, words: Wording) -> Iterator[str]:
    """Who has left, whose notice runs, who goes on without them, and which notices were taken back."""
    for gone in answer.left:
        who = words(f"headline.who.{gone.party}")
        yield _sentence("left", words, who=who, effective=gone.effective, notice=gone.notice)
    for notice in answer.notices:
        yield _notice(notice, answer, words)
    if answer.leaving and answer.ends is not None and answer.ends.because == "term":
        yield _sentence(of_one("goes_on", answer.staying), words, parties=names(answer.staying, words))
    for back in answer.rescinded if answer.in_force else ():
        yield _sentence("rescinded", words, who=words(f"headline.who.{back.party}"), notice=back.notice, on=back.on)


# ------------------------------------------------------------------------------------------------- until when


def other_lengths(answer: Answer, words: Wording) -> str:
    """The days with which the extended term ends under other readings; empty where all give the same."""
    if answer.extended is None:
        return ""
    days = answer.extended.other_days
    return listed([words.day(day) for day in days], words, "or") if days else ""


def _extended(answer: Answer, words: Wording) -> str:
    if answer.extended is None:
        return ""
    days, others = other_lengths(answer, words), ""
    if days:
        others += words("headline.other_lengths", days=days)
    if any(other.date is None for other in answer.extended.other_readings):
        others += words("headline.not_extended")
    return _sentence("extended", words, on=answer.extended.on, to=answer.extended.to, others=others)


def _amended(answer: Answer, words: Wording) -> Iterator[tuple[date, str]]:
    """The amendment that gives the end, with its day, if one does."""
    if answer.ends is not None and answer.ends.amended:
        last = [each for each in answer.amended if each.sets == "term_end"][-1]
        yield last.on, _sentence("amended", words, on=last.on, day=last.day)


def _lengths(answer: Answer, words: Wording) -> str:
    """The extension and the amendment of the term's end, in the order of their days."""
    said = [(answer.extended.on, _extended(answer, words))] if answer.extended is not None else []
    return _joined(text for _, text in sorted([*said, *_amended(answer, words)], key=lambda each: each[0]))


def _until(answer: Answer, words: Wording) -> str:
    ends = answer.ends
    if ends is None:
        return ""
    if not answer.in_force:
        return _sentence("contested", words, latest=ends.latest) if ends.latest > answer.as_of else ""
    parties = names(sorted(answer.departures), words) if ends.because == "withdrawals" else ""
    return _sentence(f"until_{ends.because}", words, date=ends.date, last_day=ends.last_day, parties=parties)


def _span(answer: Answer, words: Wording) -> str:
    ends = answer.ends
    if ends is None or not answer.in_force or ends.earliest == ends.latest:
        return ""
    return _sentence("span", words, earliest=ends.earliest, latest=ends.latest)


def _sooner(answer: Answer, words: Wording) -> str:
    out = answer.earliest_exit
    return _sentence("sooner", words, notice=out.notice, date=out.date) if out is not None else ""


# ------------------------------------------------------------------------------------------------ joint reviews


def when(review: NextReview, answer: Answer, words: Wording) -> str:
    """The day of the next joint review, and beside it how it is known."""
    if review.date is None:
        return words("headline.when_unknown")
    how = "latest" if answer.review_at_latest else "amended" if review.amended else review.day_is
    return words(f"headline.when_{how}", day=words.day(review.date))


def _next_review(answer: Answer, words: Wording) -> str:
    review = answer.next_review
    if review is None:
        return words("headline.review_none") if answer.in_force else ""
    key = "review_if" if answer.phase == "review_open" else "review"
    return words(f"headline.{key}", kind=words(f"review_kind.{review.kind}"), when=when(review, answer, words))


def _years_without(answer: Answer, words: Wording) -> str:
    years = [str(year) for year in answer.years_without_review]
    return words("headline.years_without", years=listed(years, words)) if years and answer.in_force else ""


def _confirmed(answer: Answer, words: Wording) -> str:
    if not answer.confirmed or not answer.in_force:
        return ""
    everyone = {each.party for each in answer.confirmed} >= set(answer.between)
    return _sentence("confirmed_all" if everyone else "confirmed", words, parties=_dated(answer.confirmed, words))


def _last_review(answer: Answer, words: Wording) -> str:
    """How the last joint review ended, or that it was held; nothing of one that an extension followed."""
    review = answer.last_review
    if review is None or not answer.in_force:
        return ""
    if answer.extended is not None and answer.extended.on >= (review.held or review.due):
        return ""
    confirmed = {each.party for each in answer.confirmed}
    declined = [each for each in review.declined if each.party not in confirmed]
    if declined:
        return _sentence("declined", words, parties=_dated(declined, words))
    if review.concluded is not None:
        return _sentence("concluded", words, day=review.concluded)
    return _sentence("held", words, day=review.held) if review.held in answer.unrecorded and review.held else ""


def _unrecorded(answer: Answer, words: Wording) -> str:
    review = answer.last_review
    days = [words.day(day) for day in answer.unrecorded if review is None or day != review.held]
    return words(f"headline.unrecorded_{'many' if len(days) > 1 else 'one'}", days=listed(days, words)) if days else ""


# ------------------------------------------------------------------------------------------------- on one line


def _state(answer: Answer, words: Wording) -> str:
    if answer.in_force and answer.left:
        return words(of_one("headline.short.only", answer.between), parties=names(answer.between, words))
    return words(f"headline.short.{'in_force' if answer.in_force else 'not_yet' if answer.ends is None else 'over'}")


def _notices_short(answer: Answer, words: Wording) -> Iterator[str]:
    for each in answer.notices:
        moot = answer.is_moot(each)
        day = words.day(each.notice if moot else each.effective)
        yield words(f"headline.short.{'notice_moot' if moot else 'notice'}", party=words.party(each.party), day=day)


def _end_short(answer: Answer, words: Wording) -> tuple[str, ...]:
    if answer.ends is None:
        return ()
    end = words(f"headline.short.{'ends' if answer.in_force else 'ended'}", day=words.day(answer.ends.date))
    if answer.ends.amended:
        end = words("headline.short.amended", end=end)
    days = other_lengths(answer, words) if answer.ends.because == "term" else ""
    return (words("headline.short.otherwise", end=end, days=days) if days else end,)


def headline(answer: Answer, words: Wording) -> Headline:
    """The first sentences of an answer in the language of `words`."""
    state, notices = _state(answer, words), tuple(_notices_short(answer, words))
    end, review = _end_short(answer, words), answer.next_review
    unusual = bool(answer.left or notices or answer.extended or answer.amended or not answer.in_force)
    assumed = words("headline.assumed") if answer.assumed else ""
    return Headline(
        bound=_joined((assumed, _bound(answer, words))),
        notices=_joined(_notices(answer, words)),
        extended=_lengths(answer, words),
        until=_until(answer, words),
        sooner=_sooner(answer, words),
        next_review=_next_review(answer, words),
        reviews=_joined(each(answer, words) for each in (_years_without, _confirmed, _last_review, _unrecorded)),
        span=_span(answer, words),
        name=_joined((assumed, words("headline.short.name"))),
        short=(state, *notices, *end),
        unusual=(() if answer.in_force and not answer.left else (state,)) + notices + end if unusual else (),
        review_short=words("headline.short.review", when=when(review, answer, words)) if review else "",
        as_of=words("headline.short.as_of", day=words.day(answer.as_of)),
    )
