"""What if: the library, the chart by year, the explorer's data, and a page and a document for each named scenario."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from review_clock.files import LANGUAGES
from review_clock.formats.json_writer import as_json, document
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.named_scenario import named_scenario
from review_clock.site.key_moments import key_moments
from review_clock.site.material import Material
from review_clock.site.pages.explorer import data_block, explorer_address, explorer_data, script
from review_clock.site.pictures.card import scenario_card
from review_clock.site.pictures.course_lanes import course_lanes, extension_lanes
from review_clock.site.reconciliation import in_page, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.words.headline import headline
from review_clock.words.wording import Wording, wording

PRESETS: Final = ("us-withdraws", "extension-2027", "status-quo", "two-parties-leave")
"""The scenarios that most readers ask for, in the order in which they stand before the form."""

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


def what_if_files(material: Material) -> dict[str, Callable[[], bytes]]:
    """Every page and document of the what-ifs, by name."""
    files: dict[str, Callable[[], bytes]] = {"static/explorer.js": script}
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
