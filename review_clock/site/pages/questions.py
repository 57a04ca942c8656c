"""The page of the questions people ask, answered for the day, and of what is often said and wrong."""

from __future__ import annotations

from dataclasses import dataclass

from review_clock.site.answered import Answered, Said
from review_clock.site.asked import GROUPS, Published, WrongSaying, questions
from review_clock.site.material import Material
from review_clock.site.rendering import rendered
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuted:
    """What is often said, where it was read, and the sentence that refutes it."""

    error: WrongSaying
    refutation: str
    sources: tuple[Published, ...]


def groups(material: Material, words: Wording) -> list[tuple[str, list[Answered]]]:
    """Every question with what is said of it, by who asks; none where the day lies before all that the answers know."""
    shipped, said = questions(), Said(material, words)
    if material.as_of < shipped.since:
        return []
    answered = [said.answered(each, shipped.sources) for each in shipped.asked]
    return [(group, [each for each in answered if each.asked.group == group]) for group in GROUPS]


def refuted(material: Material, words: Wording) -> list[Refuted]:
    """Every error with what refutes it on the day."""
    shipped, said = questions(), Said(material, words)
    if material.as_of < shipped.since:
        return []
    return [
        Refuted(
            error=each,
            refutation=" ".join(said.sentences(each.say)),
            sources=tuple(shipped.sources[key] for key in each.read),
        )
        for each in shipped.errors
    ]


def questions_page(material: Material, words: Wording) -> bytes:
    """Every question with its answer on the day, and the errors."""
    shipped = questions()
    page = rendered(
        "questions.html",
        material,
        words,
        "questions.html",
        groups=groups(material, words),
        errors=refuted(material, words),
        titles={each.id: each.ask for each in shipped.asked},
        gathered_on=shipped.gathered_on,
        since=shipped.since,
    )
    return page.encode("utf-8")
