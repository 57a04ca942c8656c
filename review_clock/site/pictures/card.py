"""The picture card that chats and social networks show beside a link: the material, drawn as PNG, 1200 × 630."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from review_clock.site.material import Material
from review_clock.words.phrases import verdict
from review_clock.words.wording import Wording

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDE, HIGH = 1200, 630
_MARGIN: Final = 80
_PAPER, _BAND, _INK, _SOFT = "#14181d", "#8fc1ff", "#ffffff", "#b3bdc9"


def until(material: Material, words: Wording) -> str:
    """When it ends if nobody acts; nothing once it has ended."""
    status = material.status
    if not status.in_force or status.term is None:
        return ""
    return words("page.until", day=words.day(status.term.end))


def _next_review(material: Material, words: Wording) -> str:
    review = material.status.next_review
    return words("metadata.next_review", day=words.day(review.date)) if review is not None else ""


def _lines(text: str, font: FreeTypeFont) -> Iterator[str]:
    """The text in lines that fit between the margins."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > WIDE - 2 * _MARGIN:
            yield line
            longer = word
        line = longer
    yield line


def _write(draw: ImageDraw, top: int, text: str, font: FreeTypeFont, fill: str) -> int:
    """Write a paragraph at `top`; where the next one may start."""
    for line in _lines(text, font):
        draw.text((_MARGIN, top), line, font=font, fill=fill)
        top += round(font.size * 1.25)
    return top + round(font.size * 0.45)


def card(material: Material, words: Wording) -> bytes:
    """card.LANG.png, in a palette of 64 colours: the same bytes for the same material."""
    from font_hanken_grotesk import HankenGroteskMedium, HankenGroteskSemiBold
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (WIDE, HIGH), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 24, HIGH), fill=_BAND)
    small, large = ImageFont.truetype(HankenGroteskMedium, 38), ImageFont.truetype(HankenGroteskSemiBold, 84)
    _write(draw, 70, "Review Clock", small, _BAND)
    top = _write(draw, 150, verdict(material.status, words), large, _INK)
    for text in (until(material, words), _next_review(material, words)):
        if text:
            top = _write(draw, top, text, small, _INK)
    note = f"{words('status.as_of', day=words.day(material.as_of))} {words('status.disclaimer')}"
    _write(draw, HIGH - 96, note, ImageFont.truetype(HankenGroteskMedium, 27), _SOFT)
    file = io.BytesIO()
    picture.quantize(64, method=Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()
