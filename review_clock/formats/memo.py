"""A memo to file → Markdown: the answer, how each day is counted, the readings, and every source as a footnote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from review_clock.formats.explanation import authority_lines, entry_lines, what_is_due, what_moves
from review_clock.formats.parts import Facts, Lines, Part, Title, as_markdown, inline
from review_clock.formats.text_every_reading import fact_text
from review_clock.formats.text_status import caveats, head, hypothesis, status_rows
from review_clock.law.authority import Authority
from review_clock.questions.memo import STATUS, Count, Memo, Otherwise, Taken
from review_clock.questions.memo import memo as asked
from review_clock.questions.question import Question
from review_clock.record.entries import Announced, Entry
from review_clock.words.phrases import ends_text, source_text
from review_clock.words.wording import Wording, capital, wording


class _Notes:
    """The footnotes, each once, in the order in which they are first used."""

    def __init__(self) -> None:
        self._placed: dict[str, int] = {}

    def __call__(self, texts: Iterable[str]) -> str:
        """The marks of these notes, to stand after a text."""
        return "".join(f"[^{self._placed.setdefault(text, len(self._placed) + 1)}]" for text in texts)

    def written(self) -> str:
        """The notes themselves."""
        return "\n\n".join(f"[^{place}]: {inline(text)}" for text, place in self._placed.items())


class _Writer:
    """A memo in one language, with its footnotes."""

    def __init__(self, memo: Memo, words: Wording) -> None:
        self._memo, self._words, self._notes = memo, words, _Notes()

    # ----------------------------------------------------------------------------------------------- footnotes

    def _authority(self, cite: str) -> str:
        law, words = self._memo.question.law, self._words
        known: Authority | None = law.authorities.by_cite.get(cite)
        if known is None:
            return words.cite(cite)
        of = words.said(law.authorities.instruments[known.instrument])
        told, *where = (line.strip() for line in authority_lines(known, words))
        return f"{of}, {'; '.join([told.removesuffix('.'), *where])}"

    def _sources(self, row: Entry | Announced) -> list[str]:
        verified = self._memo.provenance.verified_on
        checked = f"; {self._words('memo.fact_checked', day=verified.isoformat())}" if verified else ""
        return [f"{row.id}{self._words.colon} {source_text(source, self._words)}{checked}" for source in row.sources]

    def _reading(self, taken: Taken) -> str:
        words, reading = self._words, taken.reading
        held = [
            f"{words.said(reading.choices[each.value])}{words.colon} {words.said(each.who)}"
            + (f" ({each.dated})" if each.dated else "")
            + (f" {each.url}" if each.url else "")
            for each in reading.supporters
        ]
        checked = words("explain.checked", day=reading.checked_on.isoformat())
        note = [words.said(reading.note)] if reading.note else []
        why = f"{words('readings.why')}{words.colon} {words.said(reading.why)}"
        return " ".join([f"{reading.number}{words.colon} {checked}.", why, *note, "; ".join(held)])

    # ------------------------------------------------------------------------------------------------- sections

    def _count(self, count: Count) -> str:
        """A count, each step with the notes of what it rests on, and the decisive words."""
        words, rows = self._words, self._memo.question.record.rows()
        taken = {each.reading.key: each for each in self._memo.readings}
        lines = []
        for place, ground in enumerate(count.steps, 1):
            step = ground.step
            said = f"{words.step(step)}{words.colon} {step.day.isoformat()}, {words.weekday(step.day)}"
            entries = [note for identity in ground.entries for note in self._sources(rows[identity])]
            texts = [*map(self._authority, ground.authority), *(self._reading(taken[key]) for key in ground.readings)]
            cites = [*map(words.cite, ground.authority), *(taken[key].reading.number for key in ground.readings)]
            beside = f" ({'; '.join(cites)})" if cites else ""
            lines.append(f"{place}. {inline(said + beside)}{self._notes([*entries, *texts])}")
        key = "explain.how" if count.of == "deadline" else f"memo.how_{count.of}"
        return f"## {inline(words(key))}\n\n" + "\n".join(lines)

    def _quoted(self) -> list[str]:
        deadline, words = self._memo.deadline, self._words
        if deadline is None or deadline.quote is None:
            return []
        quote = deadline.quote
        said = inline(f"{words('explain.words')}{words.colon} “{quote.words}” ({words.cite(quote.cite)})")
        return [f"> {said}{self._notes([self._authority(quote.cite)])}"]

    def _otherwise(self, taken: Taken, other: Otherwise) -> str:
        words = self._words
        gives = [f"{words(f'course.{key}')} {fact_text(key, value, words)}" for key, value in other.facts.items()]
        gives += [words("memo.unknown_day")] if other.unknown else []
        if not gives:
            gives = [other.day.isoformat() if other.day else words("explain.no_date")]
        return f"{words.said(taken.reading.choices[other.value])}{words.colon} {'; '.join(gives)}"

    def _readings(self) -> Iterator[str]:
        """The readings that decide something here: the one taken and what the others would give."""
        words = self._words
        yield f"## {inline(words('memo.readings'))}"
        for taken in self._memo.readings:
            reading, note = taken.reading, self._notes([self._reading(taken)])
            default = f" ({words('readings.default')})" if taken.chosen == reading.default else ""
            others = [self._otherwise(taken, other) for other in taken.others] or [words("memo.same")]
            told = [
                ("taken", words.said(reading.choices[taken.chosen]) + default),
                *(("otherwise", each) for each in others),
            ]
            lines = [f"  - {inline(words(f'memo.{key}') + words.colon)} {inline(each)}" for key, each in told]
            yield "\n".join([f"- **{inline(reading.number)}** {inline(words.said(reading.question))}{note}", *lines])
        yield inline(words("memo.no_other" if self._memo.readings else "explain.others_none"))

    def _rests_on(self) -> Iterator[str]:
        """The authority and the facts, each with its footnotes."""
        words = self._words
        yield f"## {inline(words('memo.rests_on'))}"
        lines = [f"- {inline(words.cite(cite))}{self._notes([self._authority(cite)])}" for cite in self._memo.authority]
        for row in self._memo.evidence:
            told, *more = entry_lines(row, words)
            lines.append(f"- {inline(told)}{self._notes(self._sources(row))}")
            if row.conflict is not None:
                lines.append(f"  - {inline(more[0])}")
        yield "\n".join(lines)

    def _about(self) -> list[Part]:
        words, come, question = self._words, self._memo.provenance, self._memo.question
        known = come.known_on.isoformat() if come.known_on else words("memo.known_open")
        otherwise = "; ".join(map(words.meaning, question.law.otherwise(come.readings)))
        rows = [
            (words("memo.as_of"), question.as_of.isoformat()),
            (words("memo.known_on"), known),
            (words("memo.verified"), come.verified_on.isoformat() if come.verified_on else words("status.none")),
            (words("status.readings"), otherwise or words("status.none")),
            (words("memo.own"), ", ".join(come.own) or words("status.none")),
            (words("memo.version"), f"Review Clock {come.version}"),
            (words("memo.law"), come.digests["law"]),
            (words("memo.record"), come.digests["record"]),
            (words("memo.command"), come.command),
        ]
        return [Title(words("memo.about"), 2), Facts(rows), Lines(caveats(question, words, self._memo.deadline))]

    def _head(self) -> list[Part]:
        words, memo = self._words, self._memo
        question, deadline = memo.question, memo.deadline
        what = words("memo.status", day=words.day(question.as_of))
        if deadline is None:
            top: list[Part] = [Title(words("memo.title", what=what)), *hypothesis(question.status, words)]
            facts: list[Part] = [*head(question, words), Facts(status_rows(question, words))]
            return [*top, Title(words("memo.answer"), 2), *facts]
        earliest, latest = ends_text(deadline, words, date.isoformat)
        span = [(words("explain.earliest"), earliest), (words("explain.latest"), latest)]
        return [
            Title(words("memo.title", what=f"{words.said(deadline.title)} [{deadline.id}]")),
            *hypothesis(question.status, words),
            Title(words("memo.answer"), 2),
            Facts([*what_is_due(deadline, words), *span]),
            Title(capital(what), 2),
            *head(question, words),
        ]

    def markdown(self) -> str:
        """The whole memo."""
        words, deadline = self._words, self._memo.deadline
        moves: list[Part] = []
        if deadline is not None:
            moves = [Title(words("memo.moves"), 2), Facts(what_moves(deadline, words))]
        parts = [as_markdown(self._head(), self._words).rstrip("\n")]
        parts += [*map(self._count, self._memo.counts), *self._quoted(), *self._readings(), *self._rests_on()]
        parts += [as_markdown([*moves, *self._about()], self._words).rstrip("\n"), self._notes.written()]
        return "\n\n".join(filter(None, parts)) + "\n"


def memo_markdown(memo: Memo, words: Wording) -> str:
    """A memo in Markdown, with the footnotes of GitHub and pandoc."""
    return _Writer(memo, words).markdown()


def memo(question: Question, identity: str = STATUS, lang: str = "en") -> str:
    """A memo to file, in Markdown: a deadline by the ids that `explain` takes, or the position on the day (`status`).

    The answer, how it is counted with the authority of each step, the readings taken and what others would give, every
    source as a footnote, and what is needed to ask again. Raises `Error` for another language, `NoSuchDeadline`.
    """
    return memo_markdown(asked(question, identity), wording(lang))
