"""The picture card that chats and social networks show beside a link: the material, drawn as PNG, 1200 × 630."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from review_clock.site.material import Material
from review_clock.words.headline import headline
from review_clock.words.wording import Wording

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDE, HIGH = 1200, 630
_MARGIN: Final = 80
_PAPER, _BAND, _INK, _SOFT = "#14181d", "#8fc1ff", "#ffffff", "#b3bdc9"


def card_lines(material: Material, words: Wording) -> tuple[str, ...]:
    """What the card says: the state, each notice that runs, the end, the next review."""
    said = headline(material.status.answer, words)
    first, *more = (*said.short, said.review_short) if said.review_short else said.short
    return (f"{said.name} {first}", *(f"{each[:1].upper()}{each[1:]}" for each in more))


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


def _paragraph(draw: ImageDraw, top: int, text: str, font: FreeTypeFont, fill: str) -> int:
    """Write a paragraph at `top`; where the next one may start."""
    for line in _lines(text, font):
        draw.text((_MARGIN, top), line, font=font, fill=fill)
        top += round(font.size * 1.25)
    return top + round(font.size * 0.45)


def _drawn(material: Material, words: Wording, scale: float) -> tuple[Image, int]:
    """The card with its text at a scale, and where that text ends."""
    from font_hanken_grotesk import HankenGroteskMedium, HankenGroteskSemiBold
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (WIDE, HIGH), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 24, HIGH), fill=_BAND)
    large = ImageFont.truetype(HankenGroteskSemiBold, round(84 * scale))
    small = ImageFont.truetype(HankenGroteskMedium, round(38 * scale))
    _paragraph(draw, 70, "Review Clock", ImageFont.truetype(HankenGroteskMedium, 38), _BAND)
    first, *more = card_lines(material, words)
    top = _paragraph(draw, 150, first, large, _INK)
    for text in more:
        top = _paragraph(draw, top, text, small, _INK)
    note = f"{words('status.as_of', day=words.day(material.as_of))} {words('status.disclaimer')}"
    _paragraph(draw, HIGH - 96, note, ImageFont.truetype(HankenGroteskMedium, 27), _SOFT)
    return picture, top


def card(material: Material, words: Wording) -> bytes:
    """card.LANG.png, in a palette of 64 colours: the same bytes for the same material. What is long is set smaller."""
    from PIL.Image import Quantize

    drawn = (_drawn(material, words, scale) for scale in (1, 0.8, 0.65, 0.5))
    picture, top = next(drawn)
    while top > HIGH - 110:
        picture, top = next(drawn)
    file = io.BytesIO()
    picture.quantize(64, method=Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()
