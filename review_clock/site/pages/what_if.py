"""What if: the library, the chart by year, the explorer's data, and a page and a document for each named scenario."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from review_clock.files import LANGUAGES, Texts
from review_clock.formats import json_documents, json_scenarios
from review_clock.formats.json_writer import as_json
from review_clock.law.acts_and_lapses import Party
from review_clock.law.readings import catalogue
from review_clock.record.ledger import AGREEMENT
from review_clock.site.material import Answers, is_ahead
from review_clock.site.pages.explorer import data_block, explorer_address, explorer_data, script
from review_clock.site.pictures.course_lanes import course_lanes, extension_lanes
from review_clock.site.reconciliation import in_page, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.site.scenario_material import Library, ScenarioMaterial, key_moments
from review_clock.words.wording import Wording, wording

# --------------------------------------------------------------------------------------------------- the pages


def what_if_page(answer: Answers, library: Library, words: Wording) -> bytes:
    """The explorer, the library, and what comes of an extension in each year left of the term."""
    found = library.extensions
    page = rendered(
        "what-if.html",
        answer,
        words,
        "what-if.html",
        plans=library.plans,
        address=partial(explorer_address, answer=answer),
        years=found,
        chart=extension_lanes(found, answer.status, words) if found else None,
        parties=tuple(Party),
        points=catalogue(),
        chosen=answer.readings,
        data=data_block(explorer_data(answer, library.plans, words)),
    )
    return page.encode("utf-8")


def scenario_page(name: str, answer: Answers, library: Library, words: Wording) -> bytes:
    """One named scenario: what it assumes, where it leads, what it changes, its dates."""
    found = library.of(name)
    file = f"what-if/{name}.html"
    ahead = [each for each in found.deadlines if is_ahead(each)]
    page = rendered(
        "scenario.html",
        answer,
        words,
        file,
        plan=found.plan,
        scenario=found.scenario,
        course=found.course,
        moments=key_moments(found),
        lanes_picture=course_lanes(found.moments, answer.as_of, words),
        differences=found.differences,
        ahead=ahead,
        silent=sorted({act.on for act in found.scenario.taken_in_silence}),
        query=explorer_address(found.plan, answer),
    )
    reconcile(f"{words.lang}/{file}", in_page(page), selected(ahead))
    return page.encode("utf-8")


# ------------------------------------------------------------------------------------------------ the documents


def _in_all(texts: Texts | None) -> dict[str, str] | None:
    return None if texts is None else {lang: texts.said(lang) for lang in LANGUAGES}


def scenario_api_document(found: ScenarioMaterial) -> dict[str, Any]:
    """A named scenario: its texts in three languages, what it assumes, the position, its course and what it changes."""
    words = wording("en")
    return {
        **json_scenarios.scenario_document(found.plan, found.scenario, words),
        "title": _in_all(found.plan.title),
        "explanation": _in_all(found.plan.explanation),
        "hypothesis": True,
        "status": json_documents.status_document(found.status, AGREEMENT),
        "course": json_scenarios.course_document(found.course),
        "timeline": [json_scenarios.moment_document(moment) for moment in found.moments],
        "changes": [json_scenarios.difference_document(each, words) for each in found.differences],
    }


def _document(name: str, library: Library) -> bytes:
    return as_json(scenario_api_document(library.of(name))).encode("utf-8")


def what_if_files(answer: Answers) -> dict[str, Callable[[], bytes]]:
    """Every page and document of the what-ifs, by name."""
    library = Library(answer)
    files: dict[str, Callable[[], bytes]] = {"static/explorer.js": script}
    for lang in LANGUAGES:
        words = wording(lang)
        files[f"{lang}/what-if.html"] = partial(what_if_page, answer, library, words)
        for plan in library.plans:
            files[f"{lang}/what-if/{plan.name}.html"] = partial(scenario_page, plan.name, answer, library, words)
    for plan in library.plans:
        files[f"api/v1/scenarios/{plan.name}.json"] = partial(_document, plan.name, library)
    return files
