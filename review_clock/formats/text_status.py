"""The status → what is said of it, part by part, with ISO 8601 dates wherever one may want to copy them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from review_clock.formats.parts import Facts, Items, Lines, Part, as_text
from review_clock.words.headline import headline
from review_clock.words.knowledge import known_lines

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.deadlines.deadline import Deadline
    from review_clock.law.revised import Revised
    from review_clock.questions.question import Question
    from review_clock.questions.status import PartyPosition, Status
    from review_clock.words.wording import Wording


def standing(each: PartyPosition, words: Wording) -> str:
    """What a Party has done and said, in one line."""
    state = words(f"state.{each.state}")
    done = words("status.party_on", state=state, day=each.on.isoformat()) if each.on else state
    if each.extended and each.state != "left":
        done = words("status.party_on", state=words("state.extended"), day=each.extended.isoformat())
    if each.stated_position and each.stated_on:
        stance = words.stated(each.stated_position, each.stated_words)
        done += "; " + words("status.party_stated", stance=stance, day=each.stated_on.isoformat())
    return done


def _review_line(status: Status, words: Wording) -> str:
    if status.next_review is None or status.days.to_next_review is None:
        return words("status.next_review_none") if status.in_force else ""
    assert status.answer.next_review is not None
    at_latest = status.answer.review_at_latest
    known = words("bound.no_later_than" if at_latest else f"day_is.{status.answer.next_review.day_is}")
    kind = f"{words(f'review_kind.{status.next_review.kind}')}; {known}"
    kind = words("status.amended", value=kind) if status.next_review.amended else kind
    kind = words("verdict.note_review_if", note=kind) if status.phase == "review_open" else kind
    key = "status.next_review_value" if status.days.to_next_review else "status.next_review_today"
    if status.answer.next_review.date is None:
        return f"{words('day.in_year', year=status.next_review.date.year)} ({kind})"
    return words(key, day=status.next_review.date.isoformat(), kind=kind, days=words.days(status.days.to_next_review))


def _term_line(status: Status, words: Wording) -> str:
    if status.term is None:
        return ""
    term = words("status.term_value", start=status.term.start.isoformat(), end=status.term.end.isoformat())
    return words("status.amended", value=term) if status.term.amended else term


def _end_lines(status: Status, words: Wording) -> tuple[str, str]:
    """The end that lies ahead: as the term's where it is that, on its day; else by itself, with why."""
    ends, term = status.answer.ends, status.term
    if ends is None or term is None or status.days.to_end is None:
        return "", ""
    day, days = ends.date.isoformat(), words.days(status.days.to_end)
    if ends.because != "term" or ends.date != term.end:
        why = words(f"verdict.row_{'amended' if ends.amended else ends.because}")
        return "", words("status.ends_value", day=day, why=why, days=days)
    ahead = words("status.term_end_value", day=day, days=days)
    return (words("status.amended", value=ahead) if ends.amended else ahead), ""


def _withdrawal_lines(status: Status, words: Wording) -> str:
    running = [
        words(
            "status.withdrawal_value",
            party=words.party(each.party),
            notice=each.notice.isoformat(),
            effective=each.effective.isoformat(),
        )
        for each in status.withdrawals
    ]
    gone = [
        words("status.left_value", party=words.party(each.party), effective=each.effective.isoformat())
        for each in status.left
    ]
    taken_back = [
        words(
            "status.rescinded_value",
            party=words.party(each.party),
            notice=each.notice.isoformat(),
            on=each.on.isoformat(),
        )
        for each in status.answer.rescinded
    ]
    return "\n".join([*running, *gone, *taken_back]) or words("status.withdrawals_none")


def _revised(question: Question, of: Deadline | None) -> list[Revised]:
    """The corrections of the readings, and of the one date in the answer that a rule gives; looked up only where a day
    of knowledge is asked for."""
    if question.known_on is None:
        return []
    public = question.answer.public
    rule = of.revised if of else question.explain(public.id).revised if public else ()
    return [*(each for reading in question.law.readings for each in reading.revised), *rule]


def caveats(question: Question, words: Wording, of: Deadline | None = None) -> list[str]:
    """What is to be said of any answer: what was known, how far the record goes, that it is no legal advice. `of` is
    the deadline that it speaks of, where it speaks of one."""
    status = question.status
    record = status.record
    last = record.last_event.isoformat() if record.last_event else words("status.none")
    lines = known_lines(status.as_of, status.answer.known_on, words, _revised(question, of))
    if record.verified_on is None:
        lines.append(words("knowledge.unverified") if record.last_event else words("knowledge.empty"))
    else:
        lines.append(words("status.verified", day=record.verified_on.isoformat(), last=last))
        if record.beyond_record:
            lines.append(words("status.beyond", verified=record.verified_on.isoformat()))
    if any(each.stated_position and each.state == "none" for each in status.confirmations.values()):
        lines.append(words("status.party_stated_is_not"))
    lines.append(words("status.disclaimer"))
    return lines


def hypothesis(status: Status, words: Wording) -> list[Part]:
    """That this is assumed, and what; nothing where nothing is."""
    if not status.assumed and not status.assumed_in_silence:
        return []
    from review_clock.words.acts import all_assumed  # only where something is assumed: `status` must start fast

    said = all_assumed(status.assumed, words) or [words("status.assumed_nothing")]
    after = []
    if status.leaves_record_on is not None:
        after.append(words("status.departs", day=status.leaves_record_on.isoformat()))
    if status.assumed_in_silence:
        days = ", ".join(day.isoformat() for day in status.assumed_in_silence)
        after.append(words("status.assumed_silence", days=days))
    return [Items(words("status.assumed"), said, after)]


def head(question: Question, words: Wording) -> list[Part]:
    """The answer in sentences: where something is assumed, when all of it is done, and then on the day."""
    asked = [question] if question.as_assumed is question else [question.as_assumed, question]
    return [Lines([headline(each.status.answer, words).paragraph]) for each in asked]


def position_rows(question: Question, words: Wording) -> list[tuple[str, str]]:
    """The facts of a position: the same names whatever it is, the value empty where there is nothing to say."""
    status = question.status
    term_end, ends = _end_lines(status, words)
    return [
        (words("status.phase"), words(f"phase.{status.phase}")),
        (words("status.provision"), words.cite(status.provision)),
        (words("status.term"), _term_line(status, words)),
        (words("status.term_end"), term_end),
        (words("status.ends"), ends),
        (words("status.next_review"), _review_line(status, words)),
        (words("status.parties"), words.parties(status.parties) if status.in_force else words("status.none")),
        *(
            (words.party(each.party), standing(each, words) if status.in_force else "")
            for each in status.confirmations.values()
        ),
        (words("status.withdrawals"), _withdrawal_lines(status, words)),
    ]


def readings_row(question: Question, words: Wording) -> tuple[str, str]:
    """The readings other than the default; empty where there are none."""
    return words("status.readings"), "; ".join(map(words.meaning, question.law.otherwise(question.readings)))


def status_rows(question: Question, words: Wording) -> list[tuple[str, str]]:
    """The facts of a position and what its phase means, and the readings: names and values."""
    (name, phase), *rest = position_rows(question, words)
    meant = f"{phase}{words.colon} {words(f'phase_meaning.{question.status.phase}')}"
    return [(name, meant), *rest, readings_row(question, words)]


def status_parts(question: Question, words: Wording) -> list[Part]:
    """The position on a day: what is assumed, the answer, the facts, how far the record goes."""
    said = [*hypothesis(question.status, words), *head(question, words)]
    return [*said, Facts(status_rows(question, words)), Lines(caveats(question, words))]


def status_text(question: Question, words: Wording) -> str:
    """The position on a day, for a terminal."""
    return as_text(status_parts(question, words))
