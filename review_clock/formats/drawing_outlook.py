"""The odds of `outlook` → a chart, as SVG: who is in, told apart by pattern as well as by colour, and lines over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from review_clock.formats.drawing_sheet import WIDE, Told, notes_of, pattern, sheet
from review_clock.futures.outlook import Outlook, YearOfOdds
from review_clock.law.acts_and_lapses import Party
from review_clock.words.odds import in_force_means, odds, outlook_title, set_code, set_name
from review_clock.words.phrases import picture_title
from review_clock.words.wording import Wording

_LEFT, _RIGHT, _TOP, _HIGH = 70, 30, 130, 320

_LOOK: Final = {
    "force": 'fill="none" stroke="#1d4ed8" stroke-width="2.5"',
    "force-mark": 'fill="#1d4ed8"',
    "beneath": 'fill="none" stroke="#fff" stroke-width="4.5"',
    "extended": 'fill="none" stroke="#111" stroke-width="2.5" stroke-dasharray="7 4"',
    "extended-mark": 'fill="#fff" stroke="#111" stroke-width="2"',
    "who": 'stroke-width="0.7"',
}


class _Chart:
    """The place of a year and a share on the drawing."""

    def __init__(self, first: int, last: int, wide: int) -> None:
        self.first, self.last, self.right = first, last, wide - _RIGHT
        self.step = (self.right - _LEFT) / max(last - first + 1, 1)

    def x(self, year: int) -> float:
        """The middle of a year's column."""
        return _LEFT + (year - self.first + 0.5) * self.step

    @staticmethod
    def y(share: float) -> float:
        """The height of a share."""
        return _TOP + (1 - share) * _HIGH


def _axes(chart: _Chart, words: Wording) -> list[str]:
    shapes = []
    for tenth in range(0, 11, 2):
        y = chart.y(tenth / 10)
        shapes.append(f'<path d="M{_LEFT},{y:.1f} H{chart.right}" class="grid"/>')
        shapes.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" class="share">{words.percent(tenth / 10, 0)}</text>')
    years = range(chart.first, chart.last + 1)
    every = next(gap for gap in (1, 2, 4, 5, 10, 20) if gap * chart.step >= 42 or gap == 20)
    for year in years:
        if (year - chart.first) % every == 0:
            shapes.append(f'<text x="{chart.x(year):.1f}" y="{_TOP + _HIGH + 20}" class="year">{year}</text>')
    return shapes


def _line(chart: _Chart, points: Sequence[tuple[int, float]], kind: str) -> list[str]:
    """A line through `points` with a mark on each: a disc for `force`, a square for `extended`, which is dashed and has
    light beneath."""
    path = " ".join(f"{'L' if place else 'M'}{chart.x(y):.1f},{chart.y(s):.1f}" for place, (y, s) in enumerate(points))
    looks = ("beneath", kind) if kind == "extended" else (kind,)
    shapes = [f'<path d="{path}" class="{look}"/>' for look in looks] if points else []
    return shapes + [_mark(chart.x(year), chart.y(share), kind) for year, share in points]


def _mark(x: float, y: float, kind: str) -> str:
    if kind == "force":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="{kind}-mark"/>'
    return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" class="{kind}-mark"/>'


_LOOKS: Final = {
    "CA MX US": ("#1e3a8a", "#1e3a8a", ""),
    "CA MX": ("#d1fae5", "#047857", "M0,8 L8,0 M-2,2 L2,-2 M6,10 L10,6"),
    "CA US": ("#fef3c7", "#b45309", "M0,0 L8,8 M-2,6 L2,10 M6,-2 L10,2"),
    "MX US": ("#fce7f3", "#9d174d", "M0,0 L8,8 M0,8 L8,0"),
    "CA": ("#f3f4f6", "#374151", "M0,4 H8"),
    "MX": ("#f3f4f6", "#374151", "M4,0 V8"),
    "US": ("#f3f4f6", "#374151", "M0,4 H8 M4,0 V8"),
    "none": ("#fff", "#9ca3af", ""),
}
"""How each set of Parties is drawn: its ground, its strokes, and their pattern."""


def _named(code: str) -> str:
    """The name of a pattern."""
    return f"who-{code.replace(' ', '-')}"


def _box(x: float, y: float, wide: float, high: float, code: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" class="who" '
        f'fill="url(#{_named(code)})" stroke="{_LOOKS[code][1]}"/>'
    )


def _who(chart: _Chart, year: YearOfOdds, words: Wording) -> list[str]:
    """The sets of Parties that may be bound in a year, one on the other, each with its name and odds."""
    shapes, below, wide = [], 0.0, chart.step * 0.86
    for parties, weight in (year.who_is_in or {}).items():
        share = float(weight)
        below += share
        if share > 0:
            told = f"{year.year}{words.colon} {set_name(parties, words)} {odds(weight, words)}"
            box = _box(chart.x(year.year) - wide / 2, chart.y(below), wide, share * _HIGH, set_code(parties))
            shapes.append(f"<g><title>{escape(told)}</title>{box}</g>")
    return shapes


def _legend(chart: _Chart, sets: Sequence[tuple[Party, ...]], words: Wording) -> list[str]:
    shapes, x, y = [], float(_LEFT), 60
    boxes = [(set_code(parties), set_name(parties, words) if parties else "") for parties in sets]
    lines = (("force", words("outlook.plot_in_force")), ("extended", words("outlook.plot_extended")))
    for kind, text in (*boxes, *lines):
        said, room = text or words("outlook.plot_not_in"), 42 + 7.5 * len(text or words("outlook.plot_not_in"))
        if x + room > chart.right or (kind == "force" and x > _LEFT):
            x, y = float(_LEFT), y + 22
        if kind in _LOOKS:
            shapes.append(_box(x, y - 6, 22, 12, kind))
        else:
            shapes += [f'<path d="M{x:.0f},{y} h22" class="{kind}"/>', _mark(x + 11, y, kind)]
        shapes.append(f'<text x="{x + 30:.0f}" y="{y + 5}">{escape(said)}</text>')
        x += room
    return shapes


def plotted(answer: Outlook, words: Wording, notes: Sequence[str] | None = None, wide: int = WIDE) -> str:
    """Who is in by year, and whether it is in force and was extended; below, what was given and assumed, or `notes`."""
    years = [year for year in answer.years if year.in_force is not None]
    chart = _Chart(years[0].year if years else answer.horizon, answer.horizon, wide)
    top, sets = _TOP + _HIGH + 52, list(answer.who_is_in)
    shapes = [
        *_legend(chart, sets, words),
        *_axes(chart, words),
        *(shape for year in years for shape in _who(chart, year, words)),
        *_line(chart, [(year.year, float(year.extended_by)) for year in years], "extended"),
        *_line(chart, [(year.year, float(year.in_force or 0)) for year in years], "force"),
    ]
    defs = "".join(pattern(_named(code), *_LOOKS[code]) for code in map(set_code, sets))
    below = [in_force_means(answer, words), *notes_of(answer, words)]
    text = Told(
        title=picture_title(outlook_title(answer, words), words),
        desc=words("outlook.plot_desc"),
        notes=below if notes is None else notes,
    )
    return sheet(text, shapes, top, words, looks=_LOOK, defs=defs, wide=wide)
