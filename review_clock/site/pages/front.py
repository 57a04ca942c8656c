"""The two pages of no one language: the one that lets one choose, and the one for an address without a page."""

from __future__ import annotations

from typing import Any

from review_clock.files import LANGUAGES
from review_clock.site.addresses import address, alternates, base_path
from review_clock.site.for_machines.security import PAGE_POLICY
from review_clock.site.material import Material
from review_clock.site.rendering import environment
from review_clock.words.wording import wording


def _rendered(template: str, **values: Any) -> bytes:
    languages = [wording(lang) for lang in LANGUAGES]
    page = environment().get_template(template)
    return page.render(languages=languages, policy=PAGE_POLICY, **values).encode("utf-8")


def chooser(material: Material) -> bytes:
    """index.html: the languages, each in its own words, without script."""
    return _rendered(
        "index.html", canonical=address(material, "index.html"), alternates=alternates(material, "index.html", "")
    )


def not_found(material: Material) -> bytes:
    """404.html, in all languages. A host shows it at any address, so its links start at the host's root, or are none
    where the site's place on its host is not known."""
    return _rendered("404.html", base_path=base_path(material))
