"""What a page says of itself to machines: its address, its twins in other languages, the card, and JSON-LD.

Absolute addresses stand only where the site's own address is known; without it they are left out, or relative where a
browser reads them. JSON-LD follows schema.org: `Legislation` for the Agreement, `Event` for its joint reviews.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from review_clock.deadlines.deadline import Deadline
from review_clock.files import LANGUAGES
from review_clock.formats.json_writer import as_json
from review_clock.record.ledger import AGREEMENT
from review_clock.site.addresses import address, alternates
from review_clock.site.material import Material
from review_clock.site.pictures.card import HIGH, WIDE, card_lines, dates_lines
from review_clock.words.headline import headline
from review_clock.words.wording import Wording, wording

SCHEMA_ORG: Final = "https://schema.org"
_WITH_EVENTS: Final = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The head of a page. `canonical` and `image` are empty where the site's address is not known.

    `alternates` are (hreflang, address) of the page in each language, with x-default.
    """

    canonical: str
    alternates: tuple[tuple[str, str], ...]
    image: str
    image_text: str
    image_size: tuple[int, int]
    locale: str
    other_locales: tuple[str, ...]
    linked_data: Markup


def _agreement(material: Material, words: Wording) -> dict[str, Any]:
    answer = material.status.answer
    about: dict[str, Any] = {
        "@type": "Legislation",
        "@id": f"{address(material, '')}#agreement",
        "name": words("agreement.long"),
        "alternateName": words("agreement.short"),
        "description": headline(answer, words).title,
        "legislationIdentifier": AGREEMENT,
        "legislationDateVersion": material.as_of.isoformat(),
        "legislationLegalForce": f"{SCHEMA_ORG}/{'InForce' if answer.in_force else 'NotInForce'}",
        "spatialCoverage": [{"@type": "Country", "name": words.party(party)} for party in answer.between],
        "inLanguage": list(LANGUAGES),
    }
    if answer.since is not None and answer.ends is not None:
        about["temporalCoverage"] = f"{answer.since.isoformat()}/{answer.ends.last_day.isoformat()}"
    return about


def _day_or_year(day: date, inferred: bool) -> str:
    """The day, or where it is only inferred its year: a program reads no words beside it."""
    return str(day.year) if inferred else day.isoformat()


def _event(review: Deadline, material: Material, words: Wording) -> dict[str, Any]:
    inferred = review.without_day or review.day_is == "inferred"
    event: dict[str, Any] = {
        "@type": "Event",
        "name": words.said(review.title),
        "description": words.said(review.duty),
        "startDate": _day_or_year(review.date, inferred),
        "organizer": {"@type": "Organization", "name": words.said(review.actor_name)},
        "about": {"@id": f"{address(material, '')}#agreement"},
    }
    if review.certainty == "superseded":
        event["eventStatus"] = f"{SCHEMA_ORG}/EventCancelled"
    elif review.moved_from is not None:
        event["eventStatus"] = f"{SCHEMA_ORG}/EventRescheduled"
        by_text = review.review
        was_inferred = by_text is not None and by_text.kind == "annual" and review.moved_from == by_text.due.day
        event["previousStartDate"] = _day_or_year(review.moved_from, was_inferred)
    elif not inferred:
        event["eventStatus"] = f"{SCHEMA_ORG}/EventScheduled"
    if material.base_url:
        event["url"] = address(material, f"{words.lang}/deadlines/{review.id}.html")
    return event


def _reviews(material: Material) -> Iterator[Deadline]:
    """The joint reviews gone by or removed, and the next."""
    next_one = material.question.present.review_ahead(material.as_of)
    for key, each in material.reviews.items():
        if not each.is_ahead or (next_one is not None and key == next_one.key):
            yield each


def _linked_data(material: Material, words: Wording, page: str) -> Markup:
    """The JSON-LD of a page. It holds no `<`, so that it may stand in a script element as it is."""
    found = [_agreement(material, words)]
    if page == _WITH_EVENTS:
        found += [_event(each, material, words) for each in _reviews(material)]
    return Markup(as_json({"@context": SCHEMA_ORG, "@graph": found}, indent=None).rstrip())


def _card(material: Material, words: Wording, page: str) -> tuple[str, tuple[str, ...]]:
    """The file of a page's card and what it says: a scenario has its own, a date that of its jurisdiction, every other
    page that of the status."""
    dated = material.by_id.get(page.removeprefix("deadlines/").removesuffix(".html"))
    if dated is not None and dated.jurisdiction in material.law.jurisdictions:
        lines = dates_lines(dated.jurisdiction, material, words)
        return f"cards/dates-{dated.jurisdiction}.{words.lang}.png", lines
    name = page.removeprefix("what-if/").removesuffix(".html") if page.startswith("what-if/") else ""
    if name in material.scenarios:
        answer = material.scenarios[name][1].as_assumed.status.answer
        return f"cards/{name}.{words.lang}.png", card_lines(answer, words)
    return f"card.{words.lang}.png", card_lines(material.status.answer, words)


def metadata(material: Material, words: Wording, page: str) -> Metadata:
    """What the page `page` of a language's folder says of itself."""
    file, shown = _card(material, words, page)
    return Metadata(
        canonical=address(material, f"{words.lang}/{page}"),
        alternates=alternates(material, page, "../" * (page.count("/") + 1)),
        image=address(material, file),
        image_text=" ".join(shown),
        image_size=(WIDE, HIGH),
        locale=words.locale,
        other_locales=tuple(wording(lang).locale for lang in LANGUAGES if lang != words.lang),
        linked_data=_linked_data(material, words, page),
    )
