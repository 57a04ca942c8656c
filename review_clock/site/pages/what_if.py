"""What if: the library, the chart by year, the explorer's data, and a page and a document for each named scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from review_clock.files import LANGUAGES
from review_clock.formats.cited import cited
from review_clock.formats.json_writer import as_json, document
from review_clock.formats.text_comparison import comparison_csv
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.compare import compare
from review_clock.questions.named_scenario import HAPPENINGS, named_scenario, what_happens
from review_clock.questions.provenance import provenance
from review_clock.scenarios.library import Plan
from review_clock.site.key_moments import key_moments
from review_clock.site.material import Material
from review_clock.site.pages.explorer import data_block, explorer_address, explorer_data, script
from review_clock.site.pictures.card import scenario_card
from review_clock.site.pictures.course_lanes import course_lanes, extension_lanes
from review_clock.site.pictures.strands import Bar, bars
from review_clock.site.reconciliation import in_page, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.words.acts import all_assumed
from review_clock.words.headline import headline
from review_clock.words.verdict import ending
from review_clock.words.wording import Wording, wording

PRESETS: Final = ("us-withdraws", "extension-2027", "status-quo", "two-parties-leave")
"""The scenarios that most readers ask for, in the order in which they stand before the form."""

MOST: Final = 2
"""How many of a scenario's assumptions its row says; its page says all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A scenario on the common axis: its bar, until when and a word on that, what it assumes, `more` assumptions."""

    plan: Plan
    bar: Bar | None
    end: str
    note: str
    assumed: tuple[str, ...]
    more: int


def _rows(material: Material, words: Wording) -> Iterator[tuple[str, list[Row]]]:
    """The scenarios on one axis, by what happens in them."""
    found = list(material.scenarios.values())
    answers = [question.as_assumed.answer for _, question in found]
    grouped: dict[str, list[Row]] = {name: [] for name in HAPPENINGS}
    for (plan, question), answer, drawn in zip(found, answers, bars(material.status.answer, answers), strict=True):
        end, note = ending(answer, words)
        few = tuple(all_assumed(plan.lines[:MOST], words))
        row = Row(plan=plan, bar=drawn, end=end, note=note, assumed=few, more=len(plan.lines) - len(few))
        grouped[what_happens(question)].append(row)
    return ((name, rows) for name, rows in grouped.items() if rows)


# --------------------------------------------------------------------------------------------------- the pages


def what_if_page(material: Material, words: Wording) -> bytes:
    """The explorer, the library, and what comes of an extension in each year left of the term."""
    found, plans = material.extensions, tuple(plan for plan, _ in material.scenarios.values())
    page = rendered(
        "what-if.html",
        material,
        words,
        "what-if.html",
        plans=plans,
        groups=list(_rows(material, words)),
        presets=[material.scenarios[name][0] for name in PRESETS if name in material.scenarios],
        address=partial(explorer_address, material=material),
        years=found,
        chart=extension_lanes(found, material.status, words) if found else None,
        parties=tuple(Party),
        points=material.law.readings,
        chosen=material.readings,
        data=data_block(explorer_data(material, plans, words)),
    )
    return page.encode("utf-8")


def scenario_page(name: str, material: Material, words: Wording) -> bytes:
    """One named scenario: what it assumes, where it leads, what it changes, its dates."""
    plan, question = material.scenarios[name]
    file = f"what-if/{name}.html"
    ahead = [each for each in question.all_deadlines if each.is_ahead]
    page = rendered(
        "scenario.html",
        material,
        words,
        file,
        plan=plan,
        headline=headline(question.as_assumed.status.answer, words),
        scenario=question.scenario,
        course=question.course,
        moments=key_moments(question),
        lanes_picture=course_lanes(question.timeline, material.as_of, words),
        differences=question.changes,
        ahead=ahead,
        silent=question.status.assumed_in_silence,
        query=explorer_address(plan, material),
    )
    reconcile(f"{words.lang}/{file}", in_page(page), selected(ahead))
    return page.encode("utf-8")


# ------------------------------------------------------------------------------------------------ the documents


def _document(name: str, material: Material) -> bytes:
    _plan, question = material.scenarios[name]
    return as_json(document(named_scenario(question), wording("en"))).encode("utf-8")


def _table(material: Material) -> bytes:
    """The scenarios beside the record, with the bound on each 1 July: the chart's data."""
    columns = (question for _, question in material.scenarios.values())
    table = comparison_csv(compare(material.question, *columns), wording("en"))
    return cited(table, "csv", replace(provenance(material.question), own=())).encode("utf-8")


def what_if_files(material: Material) -> dict[str, Callable[[], bytes]]:
    """Every page and document of the what-ifs, by name."""
    files: dict[str, Callable[[], bytes]] = {
        "static/explorer.js": script,
        "api/v1/scenarios.csv": partial(_table, material),
    }
    for lang in LANGUAGES:
        words = wording(lang)
        files[f"{lang}/what-if.html"] = partial(what_if_page, material, words)
        for name in material.scenarios:
            files[f"{lang}/what-if/{name}.html"] = partial(scenario_page, name, material, words)
            if material.base_url:  # without an address nothing leads to a card
                files[f"cards/{name}.{lang}.png"] = partial(scenario_card, name, material, words)
    for name in material.scenarios:
        files[f"api/v1/scenarios/{name}.json"] = partial(_document, name, material)
    return files
