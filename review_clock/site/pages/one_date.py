"""A page for each date, ahead, gone by or removed: when and how sure, how it was counted, what moved it, its sources.

A date once published keeps its page, so that what was shared or cited leads somewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from review_clock.deadlines.deadline import Deadline
from review_clock.files import LANGUAGES
from review_clock.site.material import Material
from review_clock.site.pages.deadlines import account
from review_clock.site.pictures.card import dates_card
from review_clock.site.reconciliation import in_page, reconcile, selected
from review_clock.site.rendering import rendered
from review_clock.words.sureness import sureness
from review_clock.words.wording import Wording, wording


def date_page(deadline: Deadline, material: Material, words: Wording) -> bytes:
    """One date, in full. Raises `NotReconciled` if it is lost."""
    file = f"deadlines/{deadline.id}.html"
    row = account(deadline, material.record, material.reviews, words)
    page = rendered("date.html", material, words, file, row=row, sureness=sureness(deadline, words))
    reconcile(f"{words.lang}/{file}", in_page(page), selected([deadline]))
    return page.encode("utf-8")


def date_files(material: Material) -> dict[str, Callable[[], bytes]]:
    """The page of each date and the card of each jurisdiction in each language, by name."""
    files: dict[str, Callable[[], bytes]] = {}
    for lang in LANGUAGES:
        words = wording(lang)
        files |= {
            f"{lang}/deadlines/{each.id}.html": partial(date_page, each, material, words) for each in material.deadlines
        }
        jurisdictions = material.law.jurisdictions if material.base_url else ()  # else nothing leads to a card
        for name in jurisdictions:
            files[f"cards/dates-{name}.{lang}.png"] = partial(dates_card, name, material, words)
    return files
