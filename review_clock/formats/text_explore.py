"""The answer of `explore` → text for a terminal."""

from __future__ import annotations

from review_clock.formats.tables import paragraph, paragraphs, table_of_figures, width
from review_clock.futures.explore import Exploration, Layer
from review_clock.law.position import ENDED
from review_clock.words.explore import chosen, explore_title, how_walked, layer_title, node_facts, short
from review_clock.words.start import caveats, hypothesis
from review_clock.words.wording import Wording


def _layer_text(layer: Layer, words: Wording) -> str:
    lines = [paragraph(layer_title(layer, words))]
    for node in layer.nodes:
        told = "; ".join([*node_facts(node, words), words.count("histories", node.histories)])
        lines.append(paragraph(told, " " * 10, f"  {f'[{node.id}]':<7} "))
        for edge in layer.edges:
            if edge.end == node.id:
                lines.append(
                    paragraph(words("explore.from", node=edge.start, choices=chosen(edge, words)), " " * 14, " " * 12)
                )
    return "\n".join(lines)


def explore_text(exploration: Exploration, words: Wording) -> str:
    """How the futures are walked, the first days of choice node by node, and the counts by year."""
    headings = [words(f"explore.{key}") for key in ("year", "positions", "histories", "in_force", "extended", *ENDED)]
    rows = [
        [str(year.year), words.number(year.positions)]
        + [short(n, words) for n in (year.histories, year.in_force, year.extended, *(n for _, n in year.ended))]
        for year in exploration.years
    ]
    years = table_of_figures(headings, rows, ("right",) * 7, 12)
    start = exploration.start
    parts = [
        paragraphs([*hypothesis(start, words)]),
        paragraph(explore_title(exploration, words)) + "\n",
        "".join(f"{paragraph(line, '  ', '- ')}\n" for line in how_walked(exploration, words)),
        *(f"{_layer_text(layer, words)}\n" for layer in exploration.layers),
        f"{words('explore.years')}\n\n{years}\n",
        paragraph(_years_note(exploration, words)) + "\n",
        _total(exploration, words),
        paragraphs(caveats(start, words)),
    ]
    return "\n".join(part for part in parts if part)


def _years_note(exploration: Exploration, words: Wording) -> str:
    shown = short(exploration.histories, words)
    shortened = shown != words.number(exploration.histories)
    return " ".join([words("explore.years_note"), *([words("explore.shortened", short=shown)] if shortened else [])])


def _total(exploration: Exploration, words: Wording) -> str:
    """The number of histories in full, however long, broken between groups of figures."""
    groups = words.number(exploration.histories)
    separator = words.number(1000)[1]
    lines, line = [], ""
    for group in groups.split(separator):
        if len(line) + len(group) + 1 > width() - 2:
            lines.append(line)
            line = ""
        line += group + separator
    lines.append(line.removesuffix(separator))
    return (
        paragraph(words("explore.total", year=exploration.horizon)) + "\n" + "\n".join(f"  {x}" for x in lines) + "\n"
    )
