"""The page about the method: how dates are made, how well everything was checked, what is left out, how to correct."""

from __future__ import annotations

from collections import Counter

from review_clock.law.authority import HOW_READ
from review_clock.record.entries import CONFIDENCE
from review_clock.site.material import Material
from review_clock.site.pages.embedded import frame_line
from review_clock.site.pictures.badge import alternative, embedding
from review_clock.site.rendering import rendered
from review_clock.words.headline import headline
from review_clock.words.wording import Wording


def about_page(material: Material, words: Wording) -> bytes:
    """Method, honesty rules, how well the texts and the facts were checked, what is withheld, the data for machines."""
    known = material.law.authorities.by_cite.values()
    read = Counter(each.read for each in known)
    facts = Counter(row.confidence for row in material.record.rows().values())
    checked = sorted(each.checked_on for each in known)
    page = rendered(
        "about.html",
        material,
        words,
        "about.html",
        read=[(how, read[how]) for how in HOW_READ if read[how]],
        facts=[(how, facts[how]) for how in CONFIDENCE if facts[how]],
        checked=(checked[0], checked[-1]),
        gallery=[(each, headline(each.answer, words).paragraph) for each in material.gallery],
        withheld=material.law.catalogue.withheld,
        not_covered=material.law.not_covered,
        badge_text=alternative(material, words),
        badge_line=embedding(material, words),
        frame_line=frame_line(material, words),
    )
    return page.encode("utf-8")
