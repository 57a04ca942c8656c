"""Templates: everything escaped, nothing undefined, no clock, and what every page is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from review_clock.files import LANGUAGES
from review_clock.questions.status import RecordState
from review_clock.record.entries import Source
from review_clock.site.for_machines.metadata import metadata
from review_clock.site.for_machines.security import PAGE_POLICY
from review_clock.site.material import Material
from review_clock.words.acts import assumed, cause_text
from review_clock.words.phrases import day_text, known_of, marked
from review_clock.words.wording import Wording, capital, wording

PAGES: Final = (
    ("index.html", "page.status"),
    ("deadlines.html", "page.deadlines"),
    ("what-if.html", "explorer.menu"),
    ("questions.html", "questions.menu"),
    ("history.html", "page.history"),
    ("readings.html", "page.readings"),
    ("calendars.html", "calendars.calendars"),
    ("about.html", "page.about"),
)
"""The pages of each language, in the order of the menu, and the words of their names."""
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@pass_context
def _source_link(context: Context, source: Source) -> Markup:
    """A source as a link where it has an address, with its date, how it was seen, and what more is known of it.

    A title stays in the language in which the source has it: none is claimed for it.
    """
    title = escape(source.title)
    named = Markup('<a href="{}">{}</a>').format(source.url, title) if source.url else Markup(title)
    detail = context["words"].seen(source)
    said = Markup(" <q>{}</q>").format(source.words) if source.words else Markup("")
    more = known_of(replace(source, words=""), context["words"])
    small = Markup(' <span class="small">{}</span>').format(more) if more else Markup("")
    return named + (Markup(" ({})").format(detail) if detail else Markup("")) + said + small


def _spoken(say: Callable[[Wording, Any], str]) -> Callable[[Context, Any], str]:
    """A filter in the language of the page: it asks the context, since one on a constant would else be worked out when
    the template is compiled, once for all languages."""

    @pass_context
    def said(context: Context, value: Any) -> str:
        return say(context["words"], value)

    return said


def _whole_days(words: Wording, text: str) -> Markup:
    """A text set large: no line ends between a day and its month, nor, where there is room, before its year."""
    tied = re.sub(rf"\b{words.day_pattern('short')}", lambda day: day[0].replace(" ", _NO_BREAK), str(escape(text)))
    whole = words.day_pattern().replace(" ", f"[ {_NO_BREAK}]")
    return Markup(re.sub(rf"\b{whole}", r'<span class="whole">\g<0></span>', tied))


@cache
def environment() -> Environment:
    """The templates, compiled once for all languages: what they say, they ask of the `words` they are given."""
    env = Environment(
        loader=PackageLoader("review_clock.templates", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["day"] = _spoken(lambda words, day: words.day(day))
    env.filters["fullday"] = _spoken(lambda words, day: words.day(day, "full"))
    env.filters["cite"] = _spoken(lambda words, cite: words.cite(cite))
    env.filters["dated"] = _spoken(lambda words, each: day_text(each, words, words.day(each.date)))
    env.filters["isodated"] = _spoken(lambda words, each: day_text(each, words, each.date.isoformat()))
    env.filters["cause"] = _spoken(lambda words, cause: cause_text(cause, words))
    env.filters["assumed"] = _spoken(lambda words, line: assumed(line, words))
    env.filters["whole_days"] = _spoken(_whole_days)
    env.filters["capital"] = capital
    env.globals.update(source=_source_link, marked=marked)
    return env


def _last_event(record: RecordState, words: Wording) -> str:
    return words("status.none") if record.last_event is None else words.day(record.last_event)


def next_date(material: Material) -> date | None:
    """The first day after `as_of` on which something falls due: a copy read after it may be out of date."""
    return min(
        (
            each.date
            for each in material.deadlines
            if each.is_ahead and not each.without_day and each.date > material.as_of
        ),
        default=None,
    )


def _context(material: Material, words: Wording, page: str) -> dict[str, Any]:
    """What every page is given. `home` leads from it to its language's folder, `root` to the site's."""
    home = "../" * page.count("/")

    return {
        "words": words,
        "status": material.status,
        "last_event": _last_event(material.status.record, words),
        "next_date": next_date(material),
        "languages": [wording(lang) for lang in LANGUAGES],
        "pages": PAGES,
        "page": page,
        "home": home,
        "root": f"{home}../",
        "policy": PAGE_POLICY,
        "publisher": material.publisher,
        "metadata": metadata(material, words, page),
    }


def rendered(template: str, material: Material, words: Wording, page: str, **values: Any) -> str:
    """The page at `page` in its language's folder, from a template and what only it is given."""
    return environment().get_template(template).render(**_context(material, words, page), **values)
