"""`TRANSITIONS` → mermaid, dot, svg, json: pictures of the machine, made from the table that runs it."""

from __future__ import annotations

import json
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from review_clock import __version__
from review_clock.formats.machine_document import machine
from review_clock.law.acts_and_lapses import name_of
from review_clock.law.chapter_34 import Transition, moves
from review_clock.law.law import Law
from review_clock.law.position import IN_FORCE, Phase
from review_clock.words.phrases import picture_title
from review_clock.words.wording import Wording


def _label(row: Transition, words: Wording) -> str:
    """Event, condition, paragraph: one row in words."""
    what = words(f"act.{name_of(row.on)}")
    guard = row.provided.__name__
    condition = "" if guard == "always" else f" [{words(f'guard.{guard}')}]"
    return f"{what}{condition} ({words.cite(row.provision)})"


def _mermaid(words: Wording) -> str:
    lines = ["stateDiagram-v2"]
    lines += [f"    {phase}: {words(f'phase.{phase}')}" for phase in Phase]
    lines.append(f"    [*] --> {Phase.NOT_IN_FORCE}")
    for (start, end), rows in moves().items():
        lines += [f"    {start} --> {end}: {_label(row, words).replace(':', ' ')}" for row in rows]
    return "\n".join(lines) + "\n"


def _dot(words: Wording) -> str:
    label = json.dumps(picture_title(words("graph.title"), words), ensure_ascii=False)
    lines = ["digraph chapter_34 {", "    rankdir=LR;", f"    label={label};", "    node [shape=box, style=rounded];"]
    lines += [f"    {phase} [label={json.dumps(words(f'phase.{phase}'), ensure_ascii=False)}];" for phase in Phase]
    for (start, end), rows in moves().items():
        text = json.dumps("\n".join(_label(row, words) for row in rows), ensure_ascii=False)
        lines.append(f"    {start} -> {end} [label={text}];")
    return "\n".join([*lines, "}"]) + "\n"


# ---------------------------------------------------------------------------------------------------------- svg

_PLACES: Final = {
    Phase.NOT_IN_FORCE: (20, 150),
    Phase.SIX_YEAR_CYCLE: (250, 150),
    Phase.REVIEW_OPEN: (480, 40),
    Phase.ANNUAL_REVIEWS: (400, 260),
    Phase.EXPIRED: (730, 90),
    Phase.ENDED_BY_WITHDRAWAL: (730, 210),
}
_WIDE, _HIGH = 170, 52


def _middle(phase: Phase) -> tuple[float, float]:
    """The middle of a box."""
    x, y = _PLACES[phase]
    return x + _WIDE / 2, y + _HIGH / 2


def _on_the_border(cx: float, cy: float, tx: float, ty: float) -> tuple[float, float]:
    """Where the line from the middle of a box to a point leaves the box."""
    dx, dy = tx - cx, ty - cy
    scale = min(
        (_WIDE / 2) / abs(dx) if dx else float("inf"),
        (_HIGH / 2) / abs(dy) if dy else float("inf"),
    )
    return cx + dx * scale, cy + dy * scale


def _arrow(start: Phase, end: Phase, number: int) -> str:
    """An arrow with its number, bent to the side so that a pair of arrows stays apart."""
    (x1, y1), (x2, y2) = _middle(start), _middle(end)
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    bend = 26
    bx, by = mx - (y2 - y1) / length * bend, my + (x2 - x1) / length * bend
    sx, sy = _on_the_border(x1, y1, bx, by)
    ex, ey = _on_the_border(x2, y2, bx, by)
    lx, ly = (sx + 2 * bx + ex) / 4, (sy + 2 * by + ey) / 4
    return (
        f'<path d="M{sx:.0f},{sy:.0f} Q{bx:.0f},{by:.0f} {ex:.0f},{ey:.0f}" class="arrow" marker-end="url(#head)"/>'
        f'<circle cx="{lx:.0f}" cy="{ly:.0f}" r="10" class="number"/>'
        f'<text x="{lx:.0f}" y="{ly + 4:.0f}" class="figure">{number}</text>'
    )


def _svg(words: Wording, current: str = "") -> str:
    pairs = [(pair, rows) for pair, rows in moves().items() if pair[0] != pair[1]]
    stay = [(pair[0], rows) for pair, rows in moves().items() if pair[0] == pair[1]]
    shapes, legend = [], []
    for number, ((start, end), rows) in enumerate(pairs, 1):
        shapes.append(_arrow(start, end, number))
        names = f"{words(f'phase.{start}')} → {words(f'phase.{end}')}"
        legend.append(f"{number}. {names}{words.colon} {'; '.join(_label(row, words) for row in rows)}")
    for phase, rows in stay:
        legend.append(f"↻ {words(f'phase.{phase}')}{words.colon} {'; '.join(_label(row, words) for row in rows)}")
    for phase, (x, y) in _PLACES.items():
        kind = "current" if phase == current else "bound" if phase in IN_FORCE else "unbound"
        shapes.append(f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="10" class="{kind}"/>')
        name = escape(words(f"phase.{phase}"))
        shapes.append(f'<text x="{x + _WIDE / 2:.0f}" y="{y + _HIGH / 2 + 5:.0f}" class="name">{name}</text>')
    lines: list[str] = []
    for text in (*legend, f"Review Clock {__version__}"):
        lines += _wrapped(text, 128)
    top = 350
    rows_of_text = [
        f'<text x="20" y="{top + 18 * place}" class="legend">{escape(line)}</text>' for place, line in enumerate(lines)
    ]
    high = top + 18 * len(lines) + 10
    title = picture_title(words("graph.title"), words)
    rows_of_text.append(f'<text x="20" y="28" class="title">{escape(title)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 {high}" role="img" '
        f"aria-label={quoteattr(title)} lang={quoteattr(words.lang)}>\n"
        f"<title>{escape(title)}</title>\n<desc>{escape(' '.join(legend))}</desc>\n"
        "<style>rect{fill:#fff;stroke:#333;stroke-width:1.5}.current{fill:#fde68a;stroke-width:3}"
        ".unbound{stroke-dasharray:5 4}.arrow{fill:none;stroke:#333;stroke-width:1.5}.number{fill:#fff;stroke:#333}"
        "text{font:14px sans-serif;fill:#111}.title{font-size:18px;font-weight:bold}.name,.figure{text-anchor:middle}"
        ".figure{font-size:12px}.legend{font-size:13px}</style>\n"
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="#333"/></marker></defs>\n'
        f'<rect width="920" height="{high}" style="stroke:none"/>\n'
        + "\n".join([*shapes, *rows_of_text])
        + "\n</svg>\n"
    )


def _wrapped(text: str, wide: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, wide, subsequent_indent="     ") or [""]


# ------------------------------------------------------------------------------------------------- any form


def drawn(form: str, law: Law, words: Wording, current: str = "") -> str:
    """The machine as `mermaid`, `dot`, `svg` or `json`; in the SVG the phase `current` is marked."""
    if form == "json":
        return json.dumps(machine(law), ensure_ascii=False, indent=2) + "\n"
    if form == "svg":
        return _svg(words, current)
    return {"mermaid": _mermaid, "dot": _dot}[form](words)
