"""The picture card that chats and social networks show beside a link: the answer over its bar, as PNG, 1200 × 630."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from review_clock.questions.answer import Answer
from review_clock.site.material import Material
from review_clock.site.pictures.strands import Bar, bar
from review_clock.words.headline import headline
from review_clock.words.sureness import sureness
from review_clock.words.verdict import verdict
from review_clock.words.wording import Wording

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDE, HIGH = 1200, 630
_MARGIN: Final = 64
_STRAND, _GAP = 28, 4
_ROWS: Final = 3
_PAPER, _INK, _SOFT, _EDGE = "#ffffff", "#11201e", "#4b5a57", "#8a4500"
_FILLS: Final = {"lived": "#889591", "sure": "#0a6158", "open": "#d3e8e3", "leaving": "#e59a1f", "hollow": "#ffffff"}
_LINE: Final = "#0a6158"


def card_lines(answer: Answer, words: Wording) -> tuple[str, ...]:
    """What the card says: the two sentences, then the state, each notice that runs, the end, the next review."""
    said, first = headline(answer, words), verdict(answer, words)
    parts = (*said.short, said.review_short) if said.review_short else said.short
    assumed = f"{words('headline.assumed')} " if answer.assumed else ""
    return (f"{assumed}{first.first}", first.second, f"{words('headline.short.name')} {' · '.join(parts)}")


def dates_lines(jurisdiction: str, material: Material, words: Wording) -> tuple[str, ...]:
    """What the card of a jurisdiction says: whose dates, then the next that are ahead, else that none is."""
    whose = words.said(material.law.jurisdictions[jurisdiction].name)
    ahead = [each for each in material.deadlines if each.jurisdiction == jurisdiction and each.is_ahead]
    rows = [
        f"{words.day(each.date)}{words.colon} {words.said(each.title)} ({sureness(each, words).word})"
        for each in ahead
        if not each.without_day
    ]
    return (words("card.dates", whose=whose), *(rows[:_ROWS] or (words("card.none"),)))


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


def _paragraph(draw: ImageDraw, top: float, text: str, font: FreeTypeFont, fill: str) -> float:
    """Write a paragraph at `top`; where the next one may start."""
    for line in _lines(text, font):
        draw.text((_MARGIN, top), line, font=font, fill=fill)
        top += round(font.size * 1.12)
    return top


def _x(at: float) -> int:
    return _MARGIN + round((WIDE - 2 * _MARGIN) * at / 100)


def _bar(draw: ImageDraw, top: int, found: Bar) -> None:
    """The three strands; what is open is dotted, so that it is told apart without colour."""
    bottom = top + 3 * _STRAND + 2 * _GAP
    for number, strand in enumerate(found.strands):
        y = top + number * (_STRAND + _GAP)
        for each in strand.stretches:
            box = (_x(each.at), y, _x(each.at + each.wide), y + _STRAND - 1)
            draw.rectangle(box, fill=_FILLS[each.kind], outline=_LINE if each.kind == "hollow" else None)
            if each.kind == "open":
                dots = [(x, y + dy) for dy in (6, 14, 22) for x in range(box[0] + 4, box[2] - 2, 9)]
                for x, dot in dots:
                    draw.ellipse((x, dot, x + 2, dot + 2), fill=_LINE)
        if strand.out is not None and strand.out < found.end:
            draw.rectangle((_x(strand.out), y - 2, _x(strand.out) + 4, y + _STRAND + 1), fill=_EDGE)
    draw.rectangle((_x(found.end) - 2, top - 8, _x(found.end) + 2, bottom + 8), fill=_INK)
    draw.rectangle((_x(found.today) - 4, top - 6, _x(found.today) + 5, bottom + 6), fill=_PAPER)
    draw.rectangle((_x(found.today) - 1, top - 20, _x(found.today) + 2, bottom + 10), fill=_INK)
    draw.ellipse((_x(found.today) - 8, top - 30, _x(found.today) + 9, top - 13), fill=_INK)


def _font(size: float, bold: bool = False) -> FreeTypeFont:
    from font_hanken_grotesk import HankenGroteskMedium, HankenGroteskSemiBold
    from PIL import ImageFont

    return ImageFont.truetype(HankenGroteskSemiBold if bold else HankenGroteskMedium, round(size))


def _sheet(words: Wording) -> tuple[Image, ImageDraw]:
    """An empty card with its head, and what draws on it."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (WIDE, HIGH), _PAPER)
    draw = ImageDraw.Draw(sheet)
    _paragraph(draw, 40, f"Review Clock · {words('page.status_title')}", _font(25), _SOFT)
    return sheet, draw


def _foot(draw: ImageDraw, top: float, as_of: date, words: Wording) -> None:
    note = f"{words('status.as_of', day=words.day(as_of))} {words('status.disclaimer')}"
    _paragraph(draw, top, note, _font(23), _SOFT)


def _drawn(answer: Answer, words: Wording, scale: float) -> tuple[Image, float]:
    """The card with its text at a scale, and where the large text ends."""
    sheet, draw = _sheet(words)
    first, second, rest = card_lines(answer, words)
    top = _paragraph(draw, 88, first, _font(66 * scale, bold=True), _INK)
    top = _paragraph(draw, top, second, _font(66 * scale), _INK)
    found = bar(answer)
    if found is not None:
        _bar(draw, 390, found)
    foot = _paragraph(draw, 512, rest, _font(23), _INK)
    _foot(draw, max(foot, 574), answer.as_of, words)
    return sheet, top


def _saved(drawn: Image) -> bytes:
    """The picture in a palette of 64 colours."""
    from PIL.Image import Quantize

    file = io.BytesIO()
    drawn.quantize(64, method=Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()


def dates_card(jurisdiction: str, material: Material, words: Wording) -> bytes:
    """cards/dates-JURISDICTION.LANG.png: whose dates, and the next of them."""
    sheet, draw = _sheet(words)
    whose, *rows = dates_lines(jurisdiction, material, words)
    top = _paragraph(draw, 88, whose, _font(58, bold=True), _INK)
    for row in rows:
        top = _paragraph(draw, top + 18, row, _font(32), _INK)
    _foot(draw, 574, material.as_of, words)
    return _saved(sheet)


def picture(answer: Answer, words: Wording) -> bytes:
    """The card of an answer, in a palette of 64 colours, long text set smaller: the same bytes for the same answer."""
    drawn = (_drawn(answer, words, scale) for scale in (1, 0.85, 0.7, 0.6, 0.5))
    found, top = next(drawn)
    while top > 352:
        found, top = next(drawn)
    return _saved(found)


def card(material: Material, words: Wording) -> bytes:
    """card.LANG.png."""
    return picture(material.status.answer, words)


def scenario_card(name: str, material: Material, words: Wording) -> bytes:
    """cards/NAME.LANG.png: the card of a named scenario."""
    return picture(material.scenarios[name][1].as_assumed.status.answer, words)
