"""The odds of `outlook` → a chart, as SVG: lines and bars told apart by shape as well as by colour."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from review_clock.futures.outlook import Outlook
from review_clock.words.futures import assumptions, caveats, given, hypothesis
from review_clock.words.wording import Wording

_WIDE: Final = 960
_LEFT, _RIGHT, _TOP, _HIGH = 70, 30, 100, 320
_LINE: Final = 17


class _Chart:
    """The place of a year and a share on the drawing."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.step = (_WIDE - _LEFT - _RIGHT) / max(last - first + 1, 1)

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
        shapes.append(f'<path d="M{_LEFT},{y:.1f} H{_WIDE - _RIGHT}" class="grid"/>')
        shapes.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" class="share">{words.percent(tenth / 10, 0)}</text>')
    years = range(chart.first, chart.last + 1)
    every = next(gap for gap in (1, 2, 4, 5, 10, 20) if gap * chart.step >= 42 or gap == 20)
    for year in years:
        if (year - chart.first) % every == 0:
            shapes.append(f'<text x="{chart.x(year):.1f}" y="{_TOP + _HIGH + 20}" class="year">{year}</text>')
    return shapes


def _line(chart: _Chart, points: Sequence[tuple[int, float]], kind: str) -> list[str]:
    """A line through `points` with a mark on each: a disc for `force`, a square for `extended`."""
    path = " ".join(f"{'L' if place else 'M'}{chart.x(y):.1f},{chart.y(s):.1f}" for place, (y, s) in enumerate(points))
    shapes = [f'<path d="{path}" class="{kind}"/>'] if points else []
    return shapes + [_mark(chart.x(year), chart.y(share), kind) for year, share in points]


def _mark(x: float, y: float, kind: str) -> str:
    if kind == "force":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="{kind}-mark"/>'
    return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" class="{kind}-mark"/>'


def _bars(chart: _Chart, points: Sequence[tuple[int, float]]) -> list[str]:
    wide = chart.step * 0.6
    return [
        f'<rect x="{chart.x(year) - wide / 2:.1f}" y="{chart.y(share):.1f}" width="{wide:.1f}" '
        f'height="{share * _HIGH:.1f}" class="ended"/>'
        for year, share in points
        if share > 0
    ]


def _legend(words: Wording) -> list[str]:
    shapes, x = [], float(_LEFT)
    for kind, key in (("force", "plot_in_force"), ("extended", "plot_extended"), ("ended", "plot_ended")):
        text = words(f"outlook.{key}")
        if kind == "ended":
            shapes.append(f'<rect x="{x:.0f}" y="66" width="22" height="12" class="ended"/>')
        else:
            shapes += [f'<path d="M{x:.0f},72 h22" class="{kind}"/>', _mark(x + 11, 72, kind)]
        shapes.append(f'<text x="{x + 30:.0f}" y="77">{escape(text)}</text>')
        x += 60 + 7.5 * len(text)
    return shapes


def plotted(answer: Outlook, words: Wording) -> str:
    """The chance of being in force, of having been extended, of ending, by year; what was given and assumed below."""
    years = [year for year in answer.years if year.in_force is not None]
    chart = _Chart(years[0].year if years else answer.horizon, answer.horizon)
    start = answer.start
    title = words("outlook.title", day=words.day(start.as_of), year=answer.horizon)
    chances = [f"{party}{words.colon} {text}" for party, text in given(answer, words)]
    notes = [*hypothesis(start, words), *chances, *assumptions(answer, words), words("outlook.not_a_forecast")]
    lines = [part for note in [*notes, *caveats(start, words)] for part in textwrap.wrap(note, 125)]
    top = _TOP + _HIGH + 52
    high = top + _LINE * len(lines)
    shapes = [
        f'<text x="20" y="32" class="title">{escape(title)}</text>',
        *_legend(words),
        *_axes(chart, words),
        *_bars(chart, [(year.year, float(sum(year.ended.values()))) for year in years]),
        *_line(chart, [(year.year, float(year.extended_by)) for year in years], "extended"),
        *_line(chart, [(year.year, float(year.in_force or 0)) for year in years], "force"),
        *(f'<text x="20" y="{top + _LINE * place}">{escape(line)}</text>' for place, line in enumerate(lines)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}" '
        f'role="img" aria-label={quoteattr(title)} lang={quoteattr(words.lang)}>\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(words('outlook.plot_desc'))}</desc>\n"
        "<style>text{font:13px sans-serif;fill:#111}.title{font-size:18px;font-weight:bold}.share{text-anchor:end}"
        ".year{text-anchor:middle}.grid{stroke:#ddd}.force,.extended{fill:none;stroke-width:2.5}"
        ".force{stroke:#1d4ed8}.force-mark{fill:#1d4ed8}.extended{stroke:#b45309;stroke-dasharray:7 4}"
        ".extended-mark{fill:#fff;stroke:#b45309;stroke-width:2}.ended{fill:#9ca3af;stroke:#374151}</style>\n"
        f'<rect width="{_WIDE}" height="{high}" fill="#fff"/>\n' + "\n".join(shapes) + "\n</svg>\n"
    )
