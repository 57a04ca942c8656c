"""The first days of choice of `explore` → mermaid, dot, svg: a column a day, equal Positions one box."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from review_clock import __version__
from review_clock.futures.explore import Edge, Exploration, Layer, Node
from review_clock.law.position import IN_FORCE
from review_clock.words.explore import chosen, explore_title, how_walked, layer_title, node_facts
from review_clock.words.phrases import picture_title
from review_clock.words.start import caveats, hypothesis
from review_clock.words.wording import Wording

MANY: Final = 100
"""Of more Positions than these a drawing is too tall to be read, and the command says so."""


def _lines_of(node: Node, words: Wording) -> list[str]:
    return [*node_facts(node, words), words.count("histories", node.histories)]


def _name(identity: str) -> str:
    return "n" + identity.replace("-", "_")


# ------------------------------------------------------------------------------------------------ mermaid, dot


def _for_mermaid(text: str) -> str:
    """Text that Mermaid takes as it stands: quotes as entities, nothing that could be markup."""
    for sign, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("\n", " ")):
        text = text.replace(sign, entity)
    return text


def _mermaid(exploration: Exploration, words: Wording) -> str:
    lines = ["flowchart LR"]
    for number, layer in enumerate(exploration.layers):
        lines.append(f'    subgraph day{number}["{_for_mermaid(layer_title(layer, words))}"]')
        for node in layer.nodes:
            label = "<br>".join(_for_mermaid(line) for line in _lines_of(node, words))
            lines.append(f'        {_name(node.id)}["{label}"]')
        lines.append("    end")
    for layer in exploration.layers:
        for edge in layer.edges:
            lines.append(f'    {_name(edge.start)} -->|"{_for_mermaid(chosen(edge, words))}"| {_name(edge.end)}')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Text as a string of DOT."""
    return json.dumps(text, ensure_ascii=False)


def _dot(exploration: Exploration, words: Wording) -> str:
    title = picture_title(explore_title(exploration, words), words)
    lines = ["digraph futures {", "    rankdir=LR;", f"    label={_quoted(title)};", "    node [shape=box];"]
    for number, layer in enumerate(exploration.layers):
        lines += [f"    subgraph cluster_{number} {{", f"        label={_quoted(layer_title(layer, words))};"]
        for node in layer.nodes:
            style = "rounded" if node.phase in IN_FORCE else '"rounded,dashed"'
            label = _quoted("\n".join(_lines_of(node, words)))
            lines.append(f"        {_name(node.id)} [label={label}, style={style}];")
        lines.append("    }")
    for layer in exploration.layers:
        for edge in layer.edges:
            lines.append(f"    {_name(edge.start)} -> {_name(edge.end)} [label={_quoted(chosen(edge, words))}];")
    return "\n".join([*lines, "}"]) + "\n"


# --------------------------------------------------------------------------------------------------------- svg

_BOX: Final = 250
_CURVE: Final = 90
_LABEL: Final = 300
_LINE: Final = 17
_PAD: Final = 8
_GAP: Final = 18
_LEFT: Final = 20
_LABEL_CHARS: Final = 42
_BOX_CHARS: Final = 34
_TEXT_CHARS: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A node with its place: top left corner, height, its lines of text, and the edges that come in, with labels."""

    node: Node
    x: float
    y: float
    high: float
    lines: tuple[str, ...]
    coming: tuple[tuple[Edge, tuple[str, ...]], ...]

    @property
    def middle(self) -> float:
        """The height at which edges leave."""
        return self.y + self.high / 2


def _placed(layer: Layer, x: float, top: float, before: Mapping[str, _Placed], words: Wording) -> list[_Placed]:
    """The nodes of a column from top to bottom, in the order of where their edges come from; ended ones last."""

    def height(node: Node) -> tuple[bool, float]:
        starts = [before[edge.start].middle for edge in layer.edges if edge.end == node.id]
        return (node.phase not in IN_FORCE, sum(starts) / len(starts) if starts else 0)

    placed, y = [], top
    for node in sorted(layer.nodes, key=height):
        edges = sorted((e for e in layer.edges if e.end == node.id), key=lambda e: before[e.start].middle)
        coming = tuple((edge, tuple(textwrap.wrap(chosen(edge, words), _LABEL_CHARS))) for edge in edges)
        lines = tuple(part for line in _lines_of(node, words) for part in textwrap.wrap(line, _BOX_CHARS))
        labels = sum(len(label) + 1 for _, label in coming)
        high = max(len(lines), labels) * _LINE + 2 * _PAD
        placed.append(_Placed(node=node, x=x, y=y, high=high, lines=lines, coming=coming))
        y += high + _GAP
    return placed


def _levelled(columns: list[list[_Placed]]) -> list[list[_Placed]]:
    """The columns with each node level with the middle of what follows it, from the last column back."""
    levelled = [columns[-1]]
    for column in reversed(columns[:-1]):
        followers: dict[str, list[float]] = {}
        for at in levelled[0]:
            for edge, _ in at.coming:
                followers.setdefault(edge.start, []).append(at.middle)
        moved: list[_Placed] = []
        for at in column:
            level = followers.get(at.node.id, [at.middle])
            least = moved[-1].y + moved[-1].high + _GAP if moved else column[0].y
            moved.append(replace(at, y=max(least, sum(level) / len(level) - at.high / 2)))
        levelled.insert(0, moved)
    return levelled


def _box(at: _Placed) -> list[str]:
    kind = "box" if at.node.phase in IN_FORCE else "box ended"
    shapes = [f'<rect x="{at.x:.0f}" y="{at.y:.0f}" width="{_BOX}" height="{at.high:.0f}" rx="8" class="{kind}"/>']
    y = at.middle - len(at.lines) * _LINE / 2 + 13
    for place, line in enumerate(at.lines):
        weight = ' class="phase"' if place == 0 else ' class="count"' if place == len(at.lines) - 1 else ""
        shapes.append(f'<text x="{at.x + 10:.0f}" y="{y + place * _LINE:.0f}"{weight}>{escape(line)}</text>')
    return shapes


def _lines_in(at: _Placed, before: Mapping[str, _Placed]) -> list[str]:
    """The edges that come in: a curve, then a straight piece under its label, to the box."""
    shapes = []
    y = at.y + _PAD
    for edge, label in at.coming:
        start = before[edge.start]
        foot = y + len(label) * _LINE + 4
        sx, sy, lx = start.x + _BOX, start.middle, at.x - _LABEL
        path = f"M{sx:.0f},{sy:.0f} C{sx + 50:.0f},{sy:.0f} {lx - 50:.0f},{foot:.0f} {lx:.0f},{foot:.0f} H{at.x:.0f}"
        shapes.append(f'<path d="{path}" class="edge" marker-end="url(#head)"/>')
        for place, line in enumerate(label):
            shapes.append(
                f'<text x="{lx + 6:.0f}" y="{y + place * _LINE + 13:.0f}" class="label">{escape(line)}</text>'
            )
        y += (len(label) + 1) * _LINE
    return shapes


def _svg(exploration: Exploration, words: Wording) -> str:
    start = exploration.start
    title, source = picture_title(explore_title(exploration, words), words), f"Review Clock {__version__}"
    notes = [*hypothesis(start, words), *how_walked(exploration, words), source, *caveats(start, words)]
    step = _BOX + _CURVE + _LABEL
    wide = max(_LEFT * 2 + _BOX + step * (len(exploration.layers) - 1), 1000)
    head = [part for note in notes for part in textwrap.wrap(note, min(_TEXT_CHARS, int(wide / 7)))]
    top = 70 + len(head) * _LINE
    columns: list[list[_Placed]] = []
    for number, layer in enumerate(exploration.layers):
        before = {at.node.id: at for at in columns[-1]} if columns else {}
        columns.append(_placed(layer, _LEFT + step * number, top + 40, before, words))
    columns = _levelled(columns)
    shapes: list[str] = []
    by_id = {at.node.id: at for column in columns for at in column}
    for layer, column in zip(exploration.layers, columns, strict=True):
        for place, line in enumerate(textwrap.wrap(layer_title(layer, words), _BOX_CHARS + 4)):
            shapes.append(f'<text x="{column[0].x:.0f}" y="{top + place * _LINE}" class="day">{escape(line)}</text>')
        for at in column:
            shapes += [*_lines_in(at, by_id), *_box(at)]
    bottom = max(at.y + at.high for at in by_id.values())
    return _page(title, words, wide, bottom + 20, _head_text(title, head), shapes)


def _head_text(title: str, lines: Sequence[str]) -> list[str]:
    head = [f'<text x="{_LEFT}" y="30" class="title">{escape(title)}</text>']
    head += [f'<text x="{_LEFT}" y="{54 + place * _LINE}">{escape(line)}</text>' for place, line in enumerate(lines)]
    return head


def _page(title: str, words: Wording, wide: float, high: float, head: Sequence[str], shapes: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'height="{high:.0f}" role="img" aria-label={quoteattr(title)} lang={quoteattr(words.lang)}>\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(words('explore.drawing'))}</desc>\n"
        "<style>text{font:13px sans-serif;fill:#111}.title{font-size:18px;font-weight:bold}"
        ".day{font-size:14px;font-weight:bold}.phase{font-weight:bold}.count{fill:#1d4ed8}"
        ".box{fill:#fff;stroke:#333;stroke-width:1.5}.ended{stroke-dasharray:5 4}"
        ".edge{fill:none;stroke:#777;stroke-width:1.2}</style>\n"
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="#777"/></marker></defs>\n'
        f'<rect width="{wide:.0f}" height="{high:.0f}" fill="#fff"/>\n' + "\n".join([*head, *shapes]) + "\n</svg>\n"
    )


def drawn(form: str, exploration: Exploration, words: Wording) -> str:
    """The first days of choice as `mermaid`, `dot` or `svg`."""
    return {"mermaid": _mermaid, "dot": _dot, "svg": _svg}[form](exploration, words)
