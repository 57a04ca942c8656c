"""A drawing → the picture of it, as PNG, with the fonts that ship: the same bytes for the same drawing."""

from __future__ import annotations

from typing import Final

ZOOM: Final = 2
"""Pixels for each unit of the drawing: fit for print."""


def as_png(svg: str) -> bytes:
    """The drawing on white."""
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
