"""The sheet on which a chart is drawn: its title above, what was given and assumed below, one look in print."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from review_clock import __version__
from review_clock.futures.setting import Setting
from review_clock.words.odds import assumptions, given
from review_clock.words.start import caveats, hypothesis
from review_clock.words.wording import Wording

WIDE: Final = 960
"""How wide it is."""
_LETTERS: Final = 125
"""How many letters of a note fit in a line that wide."""
LINE: Final = 17
"""From one line of text to the next."""
_LOOKS: Final = {
    "share": 'text-anchor="end"',
    "year": 'text-anchor="middle"',
    "grid": 'stroke="#ddd"',
}
_CLASS: Final = re.compile('class="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a chart says beside its shapes: its title, a description for who does not see it, the notes below it."""

    title: str
    desc: str
    notes: Sequence[str]


def pattern(name: str, ground: str, stroke: str, path: str) -> str:
    """A pattern with which boxes are filled, so that they are told apart in black and white too."""
    return (
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{ground}"/><path d="{path}" stroke="{stroke}" stroke-width="1.5"/></pattern>'
    )


def notes_of(answer: Setting, words: Wording) -> list[str]:
    """What stands below a chart of odds: what was given and assumed, by which program, and what it is not."""
    return [
        *hypothesis(answer.start, words),
        *(f"{party}{words.colon} {text}" for party, text in given(answer, words)),
        *assumptions(answer, words),
        words("outlook.not_a_forecast"),
        f"Review Clock {__version__}",
        *caveats(answer.start, words),
    ]


def sheet(
    text: Told,
    shapes: Sequence[str],
    foot: float,
    words: Wording,
    looks: Mapping[str, str] = _LOOKS,
    defs: str = "",
    wide: int = WIDE,
) -> str:
    """A chart as SVG: its `shapes` under the title, and the notes from the height `foot` on. How a class looks is said
    in attributes: a sheet of styles would leak into a page that takes the chart in, and a site's policy refuses one."""
    lines = [part for note in text.notes for part in textwrap.wrap(note, _LETTERS * wide // WIDE)]
    high = round(foot + LINE * len(lines))
    letters = min(18, 1.7 * (wide - 40) / len(text.title))
    drawn = [
        f'<text x="20" y="32" font-size="{letters:.3g}" font-weight="bold">{escape(text.title)}</text>',
        *(_CLASS.sub(lambda found: _seen(found[0], found[1], looks), shape) for shape in shapes),
        *(f'<text x="20" y="{foot + LINE * place:.0f}">{escape(line)}</text>' for place, line in enumerate(lines)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-label={quoteattr(text.title)} lang={quoteattr(words.lang)} '
        'font-family="sans-serif" font-size="13" fill="#111">\n'
        f"<title>{escape(text.title)}</title>\n<desc>{escape(text.desc)}</desc>\n<defs>{defs}</defs>\n"
        f'<rect width="{wide}" height="{high}" fill="#fff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _seen(written: str, classes: str, looks: Mapping[str, str]) -> str:
    """A class with the attributes that its names look like."""
    found = (looks.get(name) or _LOOKS.get(name, "") for name in classes.split())
    return " ".join(part for part in (written, *found) if part)
