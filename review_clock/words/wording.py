"""One language: its texts by key, its days, numbers and plurals, and the names of what the core names by a key.

The words stand in templates/words/{en,es,fr}.toml, the law's and the record's own texts beside their data. Month
names, date patterns and plural forms are the CLDR's; the words files keep the few that are needed, because loading
Babel alone takes most of what `status` may take, and a test compares them with Babel's for every day and count.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import review_clock.templates
from review_clock.files import LANGUAGES, Error, Phrase, Table, Texts, parsed
from review_clock.law.acts_and_lapses import Party

if TYPE_CHECKING:
    from review_clock.deadlines.deadline import Condition, Deadline, Other
    from review_clock.law.chapter_34 import NotProvidedFor
    from review_clock.law.counting import Counted, Step
    from review_clock.law.readings import Meaning
    from review_clock.record.entries import Source
    from review_clock.scenarios.assume import NotAssumable


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def text_of_words(name: str) -> str:
    """The text of a file of templates/words."""
    folder = os.path.dirname(review_clock.templates.__file__ or "")
    loader = review_clock.templates.__loader__
    assert loader is not None
    data: bytes = loader.get_data(os.path.join(folder, "words", f"{name}.toml"))
    return data.decode("utf-8")


def _words(lang: str) -> dict[str, Any]:
    return parsed(text_of_words(lang), f"{lang}.toml").everything()


class Wording:
    """What is said in one language. `wording("status.in_force", The="…")` fills the text under that key."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._words = _words(lang)
        self._cldr = self._words["cldr"]

    def __call__(self, key: str, /, **values: object) -> str:
        node: Any = self._words
        for part in key.split("."):
            node = node[part]
        return str(node).format(**self._names(), **values) if "{" in node else str(node)

    def _names(self) -> dict[str, str]:
        words = self._words["agreement"]
        return {"agreement": words["short"], "the": words["the"], "The": words["The"]}

    def section(self, name: str) -> Mapping[str, Any]:
        """The texts under one heading of the words file, by key."""
        section: Mapping[str, Any] = self._words[name]
        return section

    @property
    def colon(self) -> str:
        """The colon as this language sets it: French has a no-break space before it."""
        return str(self._words["language"]["colon"])

    @property
    def texts_revised(self) -> date:
        """The day on which the words of this language were last revised: what feeds say changes with them."""
        day: date = self._words["texts_revised"]
        return day

    @property
    def locale(self) -> str:
        """The CLDR locale of this language here: en_US, es_MX, fr_CA."""
        return str(self._cldr["locale"])

    # -------------------------------------------------------------------------------- dates, numbers, plurals

    def day(self, day: date, form: str = "long") -> str:
        """A date in words: `long` (July 1, 2036), `full` (with the weekday) or `short` (without the year)."""
        cldr = self._cldr
        number = cldr["first"] if day.day == 1 else str(day.day)
        month, weekday = cldr["months"][day.month - 1], cldr["weekdays"][day.weekday()]
        return str(cldr[form].format(day=number, month=month, year=day.year, weekday=weekday))

    def day_pattern(self, form: str = "long") -> str:
        """A regular expression for any day as `day` writes it in a form."""
        cldr = self._cldr
        number, month = rf"(?:{cldr['first']}|\d{{1,2}})", f"(?:{'|'.join(cldr['months'])})"
        weekday = f"(?:{'|'.join(cldr['weekdays'])})"
        return str(cldr[form].format(day=number, month=month, year=r"\d{4}", weekday=weekday))

    def month(self, number: int) -> str:
        """The name of a month of the year, 1 to 12."""
        return str(self._cldr["months"][number - 1])

    def weekday(self, day: date) -> str:
        """The name of the day of the week."""
        return str(self._cldr["weekdays"][day.weekday()])

    def number(self, n: int) -> str:
        """A whole number with its thousands grouped."""
        return f"{n:,}".replace(",", self._cldr["group"])

    def decimal(self, n: float, places: int = 1) -> str:
        """A number with so many decimals."""
        whole, _, rest = f"{abs(n):.{places}f}".partition(".")
        grouped = self.number(int(whole)) + (self._cldr["decimal"] + rest if rest else "")
        return f"-{grouped}" if n < 0 and float(f"{n:.{places}f}") else grouped

    def percent(self, share: float, places: int = 1) -> str:
        """A share in per cent, with so many decimals."""
        return str(self._cldr["percent"].format(n=self.decimal(100 * share, places)))

    def count(self, name: str, n: int) -> str:
        """So many of what `count.NAME` names, in the right plural."""
        forms = self._words["count"][name]
        form = "many" if n and n % 1_000_000 == 0 and "many" in forms else "other"
        form = "one" if abs(n) in self._cldr["one"] else form
        return self(f"count.{name}.{form}", n=self.number(n))

    def days(self, n: int) -> str:
        """So many days."""
        return self.count("days", n)

    # ------------------------------------------------------------------------------------------ names of things

    def said(self, texts: Texts | None) -> str:
        """A text of the law or the record in this language; nothing for None."""
        return "" if texts is None else texts.said(self.lang)

    def cite(self, cite: str) -> str:
        """A citation as this language writes it: Art. 34.7(4), artículo 34.7(4), article 34.7(4)."""
        for key, phrase in _CITED.items():
            cite = cite.replace(phrase, self._words["cite"][key])
        return cite

    def seen(self, source: Source) -> str:
        """The date of a source and how it was seen, or nothing."""
        via = self(f"via.{source.via}") if source.via else ""
        return ", ".join(part for part in (source.dated, via) if part)

    def standing(self, certainty: str, outcome: str, days_late: int | None = None) -> str:
        """The certainty of a date, and its outcome where it is past: done, 14 days late."""
        said = self(f"certainty.{certainty}")
        return f"{said}, {self(f'outcome.{outcome}', days=self.days(days_late or 0))}" if outcome else said

    def stated(self, stance: str, words: Texts | None) -> str:
        """A stated position in the words in which it was stated, where the record keeps them."""
        return self.said(words) or self(f"stance.{stance}")

    def act(self, name: str, party: Party | str | None) -> str:
        """An act or a lapse by its name in data, and whose it is."""
        said = self(f"act.{name}")
        return f"{said} ({self.party(party)})" if party else said

    def party(self, party: Party | str) -> str:
        """The name of a Party."""
        return self(f"party.{party.upper()}")

    def parties(self, parties: Iterable[Party | str]) -> str:
        """The names of Parties, in order, separated by commas."""
        return ", ".join(self.party(party) for party in sorted(parties))

    # ----------------------------------------------------------------------------------------------- derivation

    def step(self, step: Step) -> str:
        """One step of a derivation in words, without its date."""
        what = ""
        if step.what:
            what = self(f"anchor.{step.what}")
            if step.ref in tuple(Party) and step.what != "extension":  # all made it, not only the last to confirm
                what = f"{what} ({self.party(step.ref)})"
        unit = step.kind.partition("_")[0]
        values: dict[str, object] = {"n": step.n, "what": what, "ref": step.ref}
        if unit in ("days", "months", "years"):
            values[unit] = self.count(unit, step.n)
        if step.kind in ("amended_text", "before_amended_text"):
            values["day"] = self.day(date.fromisoformat(step.ref))
        return self(f"step.{step.kind}", **values)

    def derivation(self, counted: Counted) -> list[tuple[str, date]]:
        """The steps of a derivation in words, each with its date."""
        return [(self.step(step), step.day) for step in counted.steps]

    def condition(self, condition: Condition | None) -> str:
        """The condition on which a deadline hangs, or nothing."""
        if condition is None:
            return ""
        means = self._means(condition.means) if condition.means else {}
        names = dict.fromkeys((condition.name, "only_under_reading" if condition.means else ""))
        general = [self(f"condition.{name}", **means) for name in names if name]
        return "; ".join(part for part in (*general, self.said(condition.text)) if part)

    def confidence(self, deadline: Deadline) -> str:
        """How well a deadline's rule, or its announcement, was established."""
        section = "established" if deadline.rule == "announced" else "read"
        return self(f"{section}.{deadline.confidence}")

    def other(self, other: Other) -> str:
        """The date under another reading, in words."""
        if other.date is None:
            return self("deadlines.other_reading_none", **self._means(other.means))
        return self("deadlines.other_reading", day=self.day(other.date), **self._means(other.means))

    def _means(self, meaning: Meaning) -> dict[str, str]:
        return {"number": meaning.number, "means": self.said(meaning.words)}

    def late_under(self, meaning: Meaning) -> str:
        """That it is late under another reading alone."""
        return self("deadlines.late_under", **self._means(meaning))

    def meaning(self, meaning: Meaning) -> str:
        """A reading that is chosen, in words, with the number of its point."""
        return f"{self.said(meaning.words)} ({meaning.number})"

    def would_move(self, deadline: Deadline) -> str:
        """What would move a deadline, or remove it."""
        said = "; ".join(self(f"would_move.{cause}") for cause in deadline.would_move or ("none",))
        return f"{capital(said)}."

    # ----------------------------------------------------------------------------------------------- assumptions

    def not_assumable(self, error: NotAssumable) -> str:
        """Why a line cannot be assumed, with the paragraph where it is the law that refuses it."""
        why = self(error.key, **error.values)
        paragraph = f" ({self.cite(error.provision)})" if error.provision else ""
        return f"{error.line!r}{self.colon} {why}{paragraph}"

    def not_provided_for(self, error: NotProvidedFor) -> str:
        """Why the law refuses an act, with the paragraph."""
        return f"{self(f'refusal.{error.refusal.key}')} ({self.cite(error.refusal.provision)})"


_CITED: Final = {
    "constitution": "Constitution of Mexico Arts. ",
    "protocol": "Protocol para. ",
    "vienna": "Vienna Convention ",
    "act_section": "S.C. 2020, c. 1, s. ",
    "act_schedule": "S.C. 2020, c. 1, Sch. ",
    "origin_regulations": "SOR/2020-155 s. ",
    "dof_notice": "DOF notice of 17 September 2025",
    "tabling": "Policy on Tabling of Treaties in Parliament",
    "tabling_2020": ", 2020 amendment",
    "side_letters": "Side letters on section 232",
    "consultations": "Global Affairs Canada consultations of 2024 and 2025",
    "bill": "Bill C-",
    "amended_2019": "(2019 Protocol of Amendment)",
    "annex": "Annex ",
    "chapter": "Chapter ",
    "appendix": " Appendix",
    "article": "Art. ",
    "paragraph": " para. ",
    "section": " s. ",
}
"""What stands in the citations of the data, the longer before what is part of it, by the key under which each language
says how it writes that."""


@cache
def wording(lang: str) -> Wording:
    """The words of one of the three languages. Raises `Error` for another."""
    if lang not in LANGUAGES:
        raise Error(Phrase("{value!r} is not a language", value=lang), ", ".join(LANGUAGES))
    return Wording(lang)


def keys_of(table: Table) -> frozenset[str]:
    """Every key of a words file as a dotted path: the same in the three languages."""

    def walk(node: Mapping[str, Any], path: str) -> Iterable[str]:
        for key, value in node.items():
            if isinstance(value, dict):
                yield from walk(value, f"{path}{key}.")
            else:
                yield f"{path}{key}"

    return frozenset(walk(table.everything(), ""))
