"""What an answer hangs on → charts, as SVG: the odds over a range of a chance, and what moves them most."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from xml.sax.saxutils import escape

from review_clock.formats.drawing_sheet import LINE, WIDE, Told, notes_of, pattern, sheet
from review_clock.formats.text_sensitivity import not_moved
from review_clock.futures.sensitivity import Asking, Name, Point
from review_clock.futures.solve import Solution
from review_clock.futures.sweep import Sweep
from review_clock.futures.tornado import Bar, Tornado
from review_clock.words.events import event_text
from review_clock.words.odds import as_given, odds
from review_clock.words.phrases import picture_title
from review_clock.words.wording import Wording

_RIGHT: Final = 50
_TOLD: Final = 20
"""So many points of a line at most are told in words."""

_LINES: Final = {
    "line": 'fill="none" stroke-width="2.5"',
    "mark": 'stroke-width="1.5"',
    "sought": 'fill="none" stroke="#666" stroke-dasharray="3 3"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where the shares from `first` to `last` stand, from `start` to `end` on the drawing."""

    first: float
    last: float
    start: float
    end: float

    def at(self, share: float) -> float:
        return self.start + (share - self.first) / ((self.last - self.first) or 1) * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        """Round shares in it, ten or fewer."""
        span = self.last - self.first
        step = next(each for each in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if each * 10 >= span - 1e-9)
        first = math.ceil(self.first / step - 1e-9)
        return [step * n for n in range(first, math.floor(self.last / step + 1e-9) + 1)]

    def told(self, share: float, words: Wording) -> str:
        """A share at a tick, with the decimals that the ticks need."""
        return words.percent(share, 1 if any(round(1000 * each) % 10 for each in self.ticks) else 0)


def _notes(answer: Asking, words: Wording, more: Sequence[str] = ()) -> list[str]:
    under = (
        [words("odds.under"), *(f"- {event_text(each, words)}" for each in answer.conditions)]
        if answer.conditions
        else []
    )
    return [*more, *under, *notes_of(answer, words)]


def _title(key: str, answer: Asking, words: Wording) -> str:
    return picture_title(words(key, day=words.day(answer.start.as_of)), words)


def _value(chance: Fraction, words: Wording) -> str:
    """A chance in per cent, with as many decimals as it needs, two at most."""
    value = 100 * chance
    return words.percent(float(chance), next((n for n in (0, 1) if value * 10**n == int(value * 10**n)), 2))


def _event(event: str, words: Wording) -> list[str]:
    return textwrap.wrap(event_text(event, words), 115)


def _lines(lines: Sequence[str], x: float, y: float) -> list[str]:
    return [f'<text x="{x}" y="{y + LINE * n:.1f}">{escape(line)}</text>' for n, line in enumerate(lines)]


def _named(name: Name, words: Wording) -> str:
    """The chance that varies, in words."""
    return words(f"odds.of_{name.kind}", party=words.party(name.party))


# ------------------------------------------------------------------------------------------------ over a range

_LEFT, _HIGH = 70, 320
_LOOKS: Final = (
    ("#1d4ed8", "", "M-4,0 A4,4 0 1 0 4,0 A4,4 0 1 0 -4,0 Z"),
    ("#111", "7 4", "M-3.5,-3.5 H3.5 V3.5 H-3.5 Z"),
    ("#b45309", "2 3", "M0,-5 L5,4 H-5 Z"),
    ("#047857", "10 3 2 3", "M-4,-4 L4,4 M-4,4 L4,-4"),
)
"""How the lines of events are told apart: colour, dashes, mark; a fifth looks as the first and is told by its place."""


def _look(place: int) -> tuple[str, str, str]:
    return _LOOKS[place % len(_LOOKS)]


def _mark(x: float, y: float, place: int) -> str:
    colour, _, path = _look(place)
    return f'<path d="{path}" transform="translate({x:.1f},{y:.1f})" fill="{colour}" stroke="{colour}" class="mark"/>'


def _pieces(points: Sequence[Point], place: int) -> Iterator[list[tuple[float, float]]]:
    """The odds of an event at each value, in pieces: where no future meets the conditions there are none."""
    piece: list[tuple[float, float]] = []
    for point in points:
        share = point.odds[place]
        if share is None:
            yield piece
            piece = []
        else:
            piece.append((float(point.value), float(share)))
    yield piece


def _line(answer: Sweep | Solution, place: int, across: _Scale, up: _Scale, words: Wording) -> list[str]:
    colour, dashes, _ = _look(place)
    shapes = []
    for piece in filter(None, _pieces(answer.points, place)):
        at = [(across.at(value), up.at(share)) for value, share in piece]
        path = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in at)
        shapes.append(f'<path d="{path}" stroke="{colour}" stroke-dasharray="{dashes or "none"}" class="line"/>')
        for (value, share), (x, y) in zip(piece, at, strict=True):
            told = f"{words('odds.plot_with', share=odds(share, words), value=words.percent(value, 2))}"
            shapes.append(f"<g><title>{escape(told)}</title>{_mark(x, y, place)}</g>")
    return shapes


def _sought(answer: Solution, across: _Scale, up: _Scale, words: Wording) -> list[str]:
    """The share that was sought, and each value at which the event has it."""
    y = up.at(float(answer.equals))
    said = words("odds.plot_equals", share=as_given(answer.equals, words))
    shapes = [f'<path d="M{_LEFT},{y:.1f} H{WIDE - _RIGHT}" class="sought"/>']
    shapes.append(f'<text x="{WIDE - _RIGHT}" y="{y - 6:.1f}" class="share">{escape(said)}</text>')
    for value in answer.values:
        x = across.at(float(value))
        shapes.append(f'<path d="M{x:.1f},{y:.1f} V{up.start}" class="sought"/>')
        shapes.append(f'<text x="{x + 5:.1f}" y="{up.start - 6}">{words.percent(float(value), 2)}</text>')
    return shapes


def _points_told(answer: Sweep | Solution, words: Wording) -> str:
    """The odds at some of the values, in words."""
    some = answer.points[:: max(1, math.ceil(len(answer.points) / _TOLD))]
    lines = []
    for place, event in enumerate(answer.ask):
        with_odds = [(each.value, share) for each in some if (share := each.odds[place]) is not None]
        told = "; ".join(f"{words.percent(float(v), 2)} → {odds(share, words)}" for v, share in with_odds)
        lines.append(f"{event_text(event, words)}{words.colon} {told}.")
    return " ".join(lines)


def swept_chart(answer: Sweep | Solution, words: Wording) -> str:
    """The odds of each event over the values of a chance; of a solution also the share that was sought."""
    events = [_event(each, words) for each in answer.ask]
    top = 80 + sum(5 + LINE * len(each) for each in events)
    values = [float(each.value) for each in answer.points]
    across = _Scale(first=values[0], last=values[-1], start=_LEFT, end=WIDE - _RIGHT)
    up = _Scale(first=0, last=1, start=top + _HIGH, end=top)
    shapes = []
    for share in up.ticks[::2]:
        shapes.append(f'<path d="M{_LEFT},{up.at(share):.1f} H{WIDE - _RIGHT}" class="grid"/>')
        shapes.append(
            f'<text x="{_LEFT - 8}" y="{up.at(share) + 4:.1f}" class="share">{words.percent(share, 0)}</text>'
        )
    for value in across.ticks:
        told = across.told(value, words)
        shapes.append(f'<text x="{across.at(value):.1f}" y="{up.start + 20}" class="year">{told}</text>')
    shapes.append(
        f'<text x="{WIDE - _RIGHT}" y="{up.start + 42}" class="share">{escape(_named(answer.name, words))}</text>'
    )
    y = 60
    for place, event in enumerate(events):
        colour, dashes, _ = _look(place)
        stroke = f'stroke="{colour}" stroke-dasharray="{dashes or "none"}"'
        shapes.append(f'<path d="M{_LEFT},{y} h36" {stroke} class="line"/>{_mark(_LEFT + 18, y, place)}')
        shapes += [*_lines(event, _LEFT + 46, y + 5), *_line(answer, place, across, up, words)]
        y += 5 + LINE * len(event)
    if isinstance(answer, Solution):
        shapes += _sought(answer, across, up, words)
    text = Told(
        title=_title("odds.plot_sweep", answer, words),
        desc=f"{words('odds.plot_sweep_desc')} {_points_told(answer, words)}",
        notes=_notes(answer, words),
    )
    return sheet(text, shapes, up.start + 76, words, looks=_LINES)


# ------------------------------------------------------------------------------------------------ what moves it

_NAMES: Final = 330
_BARS: Final = {"small": 'font-size="12"', "base": 'stroke="#111" stroke-width="2"'}
_AROUND: Final = 62
"""Room for the figures on either side of a bar."""
_ENDS: Final = {
    "lower": ("#fff", "#1d4ed8", "M0,8 L8,0 M-2,2 L2,-2 M6,10 L10,6"),
    "higher": ("#1d4ed8", "#1d4ed8", ""),
    "reading": ("#e5e7eb", "#374151", "M0,4 H8"),
}
"""How the parts of bars are drawn: ground, strokes, and their pattern."""


def _span(answer: Tornado) -> _Scale:
    """From a little below the least of the odds to a little above the greatest, at round shares."""
    shares = [float(each) for bar in answer.bars for each in (bar.before, bar.after)] + [float(answer.odds)]
    least, most = min(shares), max(shares)
    step = 0.1 if most - least > 0.2 else 0.05 if most - least > 0.05 else 0.01
    first, last = math.floor(least / step + 1e-9) * step, math.ceil(most / step - 1e-9) * step
    if last <= first:  # nothing moves it
        first, last = (first - step, first) if first > 0.5 else (first, first + step)
    return _Scale(first=first, last=last, start=_NAMES + _AROUND, end=WIDE - _RIGHT - _AROUND)


def _parts(bar: Bar, middle: float, scale: _Scale) -> list[tuple[str, float, float]]:
    """The parts of a bar, the longer first: how each is drawn, and from where to where."""
    ends = [("reading", bar.after)] if bar.name is None else [("lower", bar.before), ("higher", bar.after)]
    found = [(kind, scale.at(float(share))) for kind, share in ends]
    parts = [(kind, min(middle, end), max(middle, end)) for kind, end in found]
    return sorted(parts, key=lambda part: part[1] - part[2])


def _figures(bar: Bar, scale: _Scale, y: float, words: Wording) -> list[str]:
    """The odds at the ends of a bar, the lesser on its left, with the value of the chance there."""
    values = bar.values or (None, None)
    ends = sorted(zip((bar.before, bar.after), values, strict=True), key=lambda end: float(end[0]))
    shapes = []
    for (share, value), place in zip(ends, ("share", "figure"), strict=True):
        if bar.name is None and share == bar.before:
            continue  # as given, which the line through all says
        x = scale.at(float(share)) + (6 if place == "figure" else -6)
        said = odds(share, words) if value is None else f"{odds(share, words)} ({_value(value, words)})"
        shapes.append(f'<text x="{x:.1f}" y="{y:.1f}" class="{place} small">{escape(said)}</text>')
    return shapes


def _moved(bar: Bar, words: Wording) -> str:
    """What a bar moves, in words, and how far."""
    if bar.name is None:
        return words.meaning(bar.meaning) if bar.meaning else bar.reading
    if not bar.values:
        return words("odds.moved_each", name=_named(bar.name, words))
    low, high = (_value(each, words) for each in bar.values)
    return words("odds.moved", name=_named(bar.name, words), low=low, high=high)


def _bar_told(bar: Bar, words: Wording) -> str:
    return f"{_moved(bar, words)}{words.colon} {odds(bar.before, words)} → {odds(bar.after, words)}"


def tornado_chart(answer: Tornado, words: Wording) -> str:
    """What moves the odds of an event, the most first: a bar from the odds with the one to those with the other."""
    scale, event = _span(answer), _event(answer.ask[0], words)
    top = 89 + LINE * len(event)
    middle, y, shapes = scale.at(float(answer.odds)), float(top), []
    for bar in answer.bars:
        name = textwrap.wrap(_moved(bar, words), 50)
        high = max(26, LINE * len(name) + 6)
        shapes += _lines(name, 20, y + 17)
        boxes = "".join(
            f'<rect x="{low:.1f}" y="{y + 3:.1f}" width="{end - low:.1f}" height="18" fill="url(#end-{kind})" '
            f'stroke="{_ENDS[kind][1]}"/>'
            for kind, low, end in _parts(bar, middle, scale)
        )
        shapes += [
            f"<g><title>{escape(_bar_told(bar, words))}</title>{boxes}</g>",
            *_figures(bar, scale, y + 16, words),
        ]
        y += high
    shapes = [
        *_grid(scale, middle, top, y, answer, words),
        *shapes,
        *_lines(event, 20, 58),
        *_ends_told(answer, top - 34, words),
    ]
    more = [words("odds.plot_one_at_a_time"), *not_moved(answer, words)]
    text = Told(
        title=_title("odds.plot_tornado", answer, words),
        desc=" ".join(
            [
                f"{event_text(answer.ask[0], words)}.",
                words("odds.plot_tornado_desc"),
                words("odds.as_given", share=odds(answer.odds, words)),
                *(f"{_bar_told(bar, words)}." for bar in answer.bars),
            ]
        ),
        notes=_notes(answer, words, more),
    )
    defs = "".join(pattern(f"end-{name}", *look) for name, look in _ENDS.items())
    return sheet(text, shapes, y + 66, words, looks=_BARS, defs=defs)


def _grid(scale: _Scale, middle: float, top: float, foot: float, answer: Tornado, words: Wording) -> list[str]:
    shapes = []
    for share in scale.ticks:
        x = scale.at(share)
        shapes.append(f'<path d="M{x:.1f},{top} V{foot:.1f}" class="grid"/>')
        shapes.append(f'<text x="{x:.1f}" y="{foot + 18:.1f}" class="year">{scale.told(share, words)}</text>')
    said = words("odds.plot_as_given", share=odds(answer.odds, words))
    return [
        *shapes,
        f'<path d="M{middle:.1f},{top - 4} V{foot + 4:.1f}" class="base"/>',
        f'<text x="{middle:.1f}" y="{foot + 38:.1f}" class="year">{escape(said)}</text>',
    ]


def _ends_told(answer: Tornado, y: float, words: Wording) -> list[str]:
    """How the parts of the bars are drawn."""
    shapes, x = [], 20.0
    kinds = ["lower", "higher", *(["reading"] if any(bar.name is None for bar in answer.bars) else [])]
    for kind in kinds:
        said = words(f"odds.plot_{kind}")
        box = f'<rect x="{x:.0f}" y="{y}" width="22" height="12" fill="url(#end-{kind})" stroke="{_ENDS[kind][1]}"/>'
        shapes.append(f'{box}<text x="{x + 30:.0f}" y="{y + 11}">{escape(said)}</text>')
        x += 42 + 7.5 * len(said)
    return shapes
