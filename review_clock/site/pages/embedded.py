"""What stands on somebody else's page: the answer over its bar in a frame, or a picture for those who allow none."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import Final

from markupsafe import Markup

from review_clock.site.addresses import address
from review_clock.site.for_machines.security import FRAME_POLICY
from review_clock.site.material import Material
from review_clock.site.pictures.strands import bar
from review_clock.site.reconciliation import reconcile_headline
from review_clock.site.rendering import environment
from review_clock.words.verdict import verdict
from review_clock.words.wording import Wording

_LETTERS: Final = 46
"""How many letters of the answer fit in a line of the picture."""

_LOOKS: Final = {
    "s": 'fill="#4b5a57"',
    "axis": 'fill="#4b5a57"',
    "b-thread": 'fill="#4b5a57"',
    "b-lived": 'fill="#889591"',
    "b-sure": 'fill="#0a6158"',
    "b-dot": 'fill="#0a6158"',
    "b-open": 'fill="url(#dots)"',
    "b-soft": 'fill="#d3e8e3"',
    "b-leaving": 'fill="#e59a1f"',
    "b-edge": 'fill="#8a4500"',
    "b-hollow": 'fill="#fff" stroke="#0a6158"',
    "b-gap": 'fill="#fff"',
    "end": 'text-anchor="end"',
    "middle": 'text-anchor="middle"',
}
"""What the picture's style says of a class, in light: where a host's policy refuses the style, this still holds."""


def _with_looks(picture: str) -> str:
    def of_each(found: re.Match[str]) -> str:
        return " ".join((found[0], *(_LOOKS[name] for name in found[1].split() if name in _LOOKS)))

    return re.sub(r'\bclass="([^"]*)"', of_each, picture)


def _made(template: str, name: str, material: Material, words: Wording) -> bytes:
    answer = material.status.answer
    said = verdict(answer, words)
    text = (
        environment()
        .get_template(template)
        .render(
            words=words,
            answer=answer,
            verdict=said,
            lines=[
                *((line, True) for line in wrap(said.first, _LETTERS)),
                *((line, False) for line in wrap(said.second, _LETTERS)),
            ],
            bar=bar(answer),
            policy=FRAME_POLICY,
            verified=material.status.record.verified_on,
            page=address(material, f"{words.lang}/index.html") or f"../{words.lang}/index.html",
        )
    )
    reconcile_headline(name, text, answer, words)
    return text.encode("utf-8")


def embedded_page(material: Material, words: Wording) -> bytes:
    """embed/status.LANG.html: the first screen of the status page, for a frame."""
    return _made("embed.html", f"embed/status.{words.lang}.html", material, words)


def embedded_picture(material: Material, words: Wording) -> bytes:
    """embed/status.LANG.svg: the same as a picture, light or dark as the reader has it."""
    made = _made("embed.svg", f"embed/status.{words.lang}.svg", material, words)
    return _with_looks(made.decode("utf-8")).encode("utf-8")


def frame_line(material: Material, words: Wording) -> str:
    """The line of HTML that shows the frame on somebody's page; empty where the site's address is not known."""
    if not material.base_url:
        return ""
    line = Markup('<iframe src="{source}" title="{title}" width="100%" height="420" loading="lazy"></iframe>')
    return str(
        line.format(source=address(material, f"embed/status.{words.lang}.html"), title=words("page.status_title"))
    )
