"""A drawing → the picture of it, as PNG, with the fonts that ship: the same bytes for the same drawing.

What the drawing says of itself, its title, its description and where it comes from, stands in the picture as text.
"""

from __future__ import annotations

from typing import Final

ZOOM: Final = 2
"""Pixels for each unit of the drawing: fit for print."""
_TEXTS: Final = {"title": "Title", "desc": "Description", "metadata": "provenance"}
"""What a drawing says of itself, by its elements, and the keywords under which a picture does (PNG, 11.3.3.2)."""


def as_png(svg: str) -> bytes:
    """The drawing on white."""
    return _with_text(_painted(svg), svg)


def _with_text(png: bytes, svg: str) -> bytes:
    import io
    import xml.etree.ElementTree as ET

    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    said, out, drawing = PngInfo(), io.BytesIO(), ET.fromstring(svg)
    for element, keyword in _TEXTS.items():
        found = drawing.findtext(f"{{http://www.w3.org/2000/svg}}{element}")
        if found:
            said.add_itxt(keyword, found)
    with Image.open(io.BytesIO(png)) as picture:
        picture.save(out, "PNG", pnginfo=said)
    return out.getvalue()


def _painted(svg: str) -> bytes:
    from font_hanken_grotesk import HankenGroteskMedium, HankenGroteskSemiBold
    from resvg_py import svg_to_bytes

    family = "Hanken Grotesk"  # without a name for the generic family no text is drawn at all
    fonts = [HankenGroteskMedium, HankenGroteskSemiBold]
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            zoom=ZOOM,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=fonts,
            font_family=family,
            sans_serif_family=family,
        )
    )
