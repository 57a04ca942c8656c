"""The badge: name, state, end and next review in one line of SVG, to embed in other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from review_clock.site.addresses import address
from review_clock.site.material import Material
from review_clock.site.reconciliation import reconcile_headline
from review_clock.site.rendering import environment
from review_clock.words.headline import headline
from review_clock.words.wording import Wording

_NARROW: Final = frozenset(" .,:;'’|!ijlIft1·()")
_WIDE: Final = frozenset("mwMWÉ—")
_BOLD: Final = 1.15
_PADDING: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One field of the badge: its text, and in pixels where it starts and how wide field and text are."""

    text: str
    left: int
    wide: int
    text_wide: int

    @property
    def middle(self) -> float:
        """The middle of the field."""
        return self.left + self.wide / 2


def _text_wide(text: str) -> int:
    """About how wide a text is in 11 px Verdana; the drawing fits it to just that width in whatever font there is."""
    return round(sum(4.2 if c in _NARROW else 9.8 if c in _WIDE else 7.7 if c.isupper() else 6.7 for c in text))


def _part(text: str, left: int, weight: float = 1.0) -> Part:
    wide = round(_text_wide(text) * weight)
    return Part(text=text, left=left, wide=wide + 2 * _PADDING, text_wide=wide)


def facts(material: Material, words: Wording) -> str:
    """State, notices that run, end and next review, as far as there are such."""
    return headline(material.status.answer, words).badge


def alternative(material: Material, words: Wording) -> str:
    """The badge as a sentence, for those who do not see it."""
    return words("badge.alternative", facts=facts(material, words), day=words.day(material.as_of))


def badge(material: Material, words: Wording) -> bytes:
    """badge.LANG.svg."""
    name = _part(words("agreement.short"), 0, weight=_BOLD)
    state = _part(facts(material, words), name.wide)
    template = environment().get_template("badge.svg")
    text = template.render(
        words=words,
        name=name,
        state=state,
        in_force=material.status.in_force,
        alternative=alternative(material, words),
    )
    reconcile_headline(f"badge.{words.lang}.svg", text, material.status.answer, words)
    return text.encode("utf-8")


def embedding(material: Material, words: Wording) -> str:
    """The line of HTML that shows the badge on somebody's page; empty where the site's address is not known."""
    if not material.base_url:
        return ""
    line = Markup('<a href="{page}"><img src="{picture}" alt="{alternative}" height="22"></a>')
    return str(
        line.format(
            page=address(material, f"{words.lang}/index.html"),
            picture=address(material, f"badge.{words.lang}.svg"),
            alternative=words("page.status_title"),
        )
    )
