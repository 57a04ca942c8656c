"""What may be said of a question on the day: the conditions that hold, the slots that are filled, the sentences made.

Everything here is taken from the Answer and the deadlines, or lies as many days after one of these as the question's
`after` says; a sentence with a slot that they do not give is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from string import Formatter
from typing import Final

from review_clock.deadlines.deadline import Deadline
from review_clock.law.acts_and_lapses import Party
from review_clock.law.readings import Reading
from review_clock.questions.answer import Answer
from review_clock.record.entries import Announced, Entry
from review_clock.site.asked import Asked, Published, Saying
from review_clock.site.material import Material
from review_clock.words.headline import Headline, headline, listed, when
from review_clock.words.phrases import marked, stated_on
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question with what is said of it on the day: the answer's own sentences about the state, where the question
    asks for them first, the answer in one sentence, what is to be added, and what it all rests on."""

    asked: Asked
    state: str
    answer: str
    more: tuple[str, ...]
    points: tuple[Reading, ...]
    sources: tuple[Published, ...]
    entries: tuple[Entry | Announced, ...]
    act: str


_STATES: Final[Mapping[str, Callable[[Answer], bool]]] = {
    "in_force": lambda a: a.in_force,
    "plain": lambda a: a.in_force and not (a.notices or a.left or a.extended),
    "notice": lambda a: a.in_force and bool(a.notices),
    "gone": lambda a: a.in_force and bool(a.left),
    "alone": lambda a: len(a.between) == 1,
    "one_suffices": lambda a: a.fewest == 1,
    "extended": lambda a: a.in_force and a.extended is not None,
    "ended": lambda a: not a.in_force and a.ends is not None,
    "ended_term": lambda a: not a.in_force and a.ends is not None and a.ends.because == "term",
    "ends_withdrawals": lambda a: a.ends is not None and a.ends.because == "withdrawals",
    "exit": lambda a: a.earliest_exit is not None,
    "review": lambda a: a.next_review is not None,
    "confirmed": lambda a: bool(a.confirmed),
}
"""What a condition of one word asks of the answer."""

_FIRST: Final[tuple[tuple[str, Callable[[Headline], str]], ...]] = (
    ("ended", lambda h: h.bound),
    ("gone", lambda h: h.notices),
    ("notice", lambda h: h.notices),
    ("extended", lambda h: h.extended),
)
"""The answer's own sentences about a state, in the order in which they are said."""


class Said:
    """What can be said of a day in one language: asked for by every question in turn."""

    def __init__(self, material: Material, words: Wording) -> None:
        self._material, self.words = material, words
        self._answer = material.status.answer
        self._headline = headline(self._answer, words)
        self._deadlines = material.by_id
        self._common = self._slots()

    # ------------------------------------------------------------------------------------------- conditions

    def _of(self, reference: str) -> Deadline | None:
        """A deadline by its id, or the next of a rule, or its last that an act did not remove."""
        if reference in self._deadlines:
            return self._deadlines[reference]
        found = [each for each in self._material.deadlines if each.rule == reference and each.certainty != "superseded"]
        return next((each for each in found if each.is_ahead), found[-1] if found else None)

    def _state(self, name: str) -> bool:
        state, _, party = name.rpartition("_")
        if party.upper() in tuple(Party):
            rows = self._answer.left if state == "gone" else self._answer.notices
            return self._answer.in_force and any(each.party == party.upper() for each in rows)
        if name == "stated":
            return "stated" in self._common
        return _STATES[name](self._answer)

    def holds(self, condition: str) -> bool:
        """Whether a condition holds: a state of `_STATES`, of one Party (`gone_us`), `ahead ID` or `past ID`; with "!"
        before it, whether it does not."""
        name = condition.removeprefix("!")
        word, _, reference = name.partition(" ")
        if reference:
            each = self._of(reference)
            found = each is not None and (each.is_ahead if word == "ahead" else each.certainty == "past")
        else:
            found = self._state(word)
        return found is not condition.startswith("!")

    # ------------------------------------------------------------------------------------------------ slots

    def _parties(self, parties: Iterable[Party]) -> str:
        names = [self.words(f"headline.party.{each}") for each in parties]
        return listed(names, self.words) if names else ""

    def _slots(self) -> dict[str, str]:
        answer, words = self._answer, self.words
        days = {"verified": answer.verified_on} if answer.verified_on is not None else {}
        if answer.ends is not None:
            days |= {"ends": answer.ends.date, "last_day": answer.ends.last_day}
        if answer.earliest_exit is not None:
            days["exit"] = answer.earliest_exit.date
        for notice in answer.leaving:
            days[f"effective_{notice.party.lower()}"] = notice.effective
            if notice.last_day_to_rescind is not None:
                days[f"rescind_{notice.party.lower()}"] = notice.last_day_to_rescind
        days |= {f"left_{each.party.lower()}": each.effective for each in answer.left}
        said = {name: words.day(day) for name, day in days.items()}
        said |= self._extension() | {"between": self._parties(answer.between), "reviews": self._headline.reviews}
        said |= {"review": when(answer.next_review, answer, words) if answer.next_review else ""}
        said |= {"count": self._count(), "stated": self._stated()}
        return {name: text for name, text in said.items() if text}

    def _extension(self) -> dict[str, str]:
        """To when an extension of the day would last, and to when on other readings."""
        made = self._material.if_all_confirmed
        if made is None:
            return {}
        others = sorted({each.date for each in made.other_readings if each.date is not None})
        other = listed([self.words.day(day) for day in others], self.words, "or") if others else ""
        return {"to": self.words.day(made.to), "other": other}

    def _count(self) -> str:
        ends = self._answer.ends
        found = [each for each in self._material.reviews.values() if each.rule == "treaty.review.annual"]
        standing = [each for each in found if each.certainty != "superseded" and ends and each.date < ends.date]
        return self.words.number(len(standing)) if standing else ""

    def _stated(self) -> str:
        words, rows, entries = self.words, self._material.status.confirmations.values(), self._material.record.by_id()
        said = [
            f"{words.party(row.party)}{words.colon} {words.stated(row.stated_position, row.stated_words)}"
            f" ({stated_on(row.stated_on, entries.get(row.stated_entry), words)})"
            for row in rows
            if row.stated_position and row.stated_on
        ]
        return "; ".join(said)

    def _day(self, each: Deadline) -> str:
        """Its date, how sure the day is, and what it hangs on; the rule's own condition is for the sentence to say."""
        named = replace(each.condition, text=None) if each.condition is not None else None
        day = marked(self.words.day(each.date), each.day_is, "", self.words)
        hangs = self.words.condition(named)
        return f"{day} ({hangs})" if hangs else day

    def _of_deadlines(self, asked: Asked) -> dict[str, str]:
        said = {}
        for slot, reference in asked.dates.items():
            each = self._of(reference)
            if each is not None and not each.without_day:
                said[slot] = self._day(each)
        for slot, (reference, days) in asked.after.items():
            each = self._of(reference)
            if each is not None:
                said[slot] = self.words.day(each.date + timedelta(days=days))
        return said

    # -------------------------------------------------------------------------------------------- sentences

    def sentences(self, sayings: Iterable[Saying], slots: Mapping[str, str] | None = None) -> list[str]:
        """The sentences whose conditions hold and whose slots are all filled, in their order."""
        filled, found = {**self._common, **(slots or {})}, []
        for each in sayings:
            text = each.text.said(self.words.lang)
            asked_for = {name for _, name, _, _ in Formatter().parse(text) if name}
            if asked_for <= filled.keys() and all(self.holds(condition) for condition in each.when):
                found.append(text.format(**filled))
        return found

    def _of_the_state(self, asked: Asked) -> list[str]:
        """The answer's own sentences about the states that `asked.first` names."""
        found: list[str] = []
        for state, sentence in _FIRST:
            named = [each for each in asked.first if each == state or each.startswith(f"{state}_")]
            if any(self.holds(each) for each in named) and sentence(self._headline) not in found:
                found.append(sentence(self._headline))
        return found

    def answered(self, asked: Asked, sources: Mapping[str, Published]) -> Answered:
        """The question with what is said of it on the day; where nothing is, that it does not arise any more."""
        state, said = self._of_the_state(asked), self.sentences(asked.say, self._of_deadlines(asked))
        if not said:
            said = state or [self._headline.bound, self.words("questions.not_asked")]
            state = []
        rows, law = self._material.record.rows(), self._material.law
        act = rows.get(asked.act)
        return Answered(
            asked=asked,
            state=" ".join(state),
            answer=said[0],
            more=tuple(said[1:]),
            points=tuple(each for each in law.readings if each.key in asked.open),
            sources=tuple(sources[key] for key in asked.read if key in sources),
            entries=tuple(rows[key] for key in asked.read if key in rows),
            act=next((each.url for each in act.sources if each.url), "") if act else "",
        )
