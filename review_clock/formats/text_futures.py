"""The answers of `explore` and `outlook` → text for a terminal, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import textwrap
from typing import Final

from tabulate import tabulate

from review_clock.formats.tables import WIDTH, facts, markdown, paragraph, plain
from review_clock.futures.explore import Exploration, Layer
from review_clock.futures.outlook import CAUSES, Outlook, WhoIsIn
from review_clock.law.position import ENDED
from review_clock.words.futures import (
    assumptions,
    caveats,
    chosen,
    columns,
    given,
    how_walked,
    hypothesis,
    in_force_means,
    layer_title,
    node_facts,
    odds,
    of_size,
    set_code,
    set_name,
    short,
)
from review_clock.words.wording import Wording

BAR_WIDTH: Final = 16
BY_SIZE: Final = {3: "█", 2: "▒", 1: "·"}
"""How a bar shows that so many Parties are bound."""


def bar(who_is_in: WhoIsIn, width: int) -> str:
    """How many Parties are bound, as a bar: all three, two, one; nothing for none."""
    shown, share = "", 0.0
    for size, block in BY_SIZE.items():
        share += of_size(who_is_in, size)
        shown = shown.ljust(round(share * width), block)
    return shown


def _bars_mean(answer: Outlook, words: Wording) -> str:
    sizes = {len(parties) for parties in answer.who_is_in}
    names = {3: "all_three", 2: "two", 1: "one"}
    return "  ".join(f"{block} {words(f'outlook.{names[size]}')}" for size, block in BY_SIZE.items() if size in sizes)


def _head(lines: list[str]) -> str:
    """Paragraphs, a list's items indented; nothing for none."""
    return "".join(f"{paragraph(line, '  ' if line.startswith('- ') else '')}\n" for line in lines)


def _table(headings: list[str], rows: list[list[str]], align: tuple[str, ...], wide: int = 10) -> str:
    """A table whose headings are wrapped to columns `wide` at most, and take no more room than they need."""
    wrapped = [textwrap.wrap(heading, wide) or [""] for heading in headings]
    high = max(len(lines) for lines in wrapped)
    head = [list(line) for line in zip(*([""] * (high - len(lines)) + lines for lines in wrapped), strict=True)]
    body = [[plain(cell) for cell in row] for row in rows]
    rule = ["-" * max(len(row[place]) for row in (*head, *body)) for place in range(len(headings))]
    return tabulate([*head, rule, *body], tablefmt="plain", colalign=align, disable_numparse=True)


# ------------------------------------------------------------------------------------------------------ explore


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
    table = _table(headings, rows, ("right",) * 7, 12)
    start = exploration.start
    parts = [
        _head([*hypothesis(start, words)]),
        paragraph(words("explore.title", day=words.day(start.as_of))) + "\n",
        "".join(f"{paragraph(line, '  ', '- ')}\n" for line in how_walked(exploration, words)),
        *(f"{_layer_text(layer, words)}\n" for layer in exploration.layers),
        f"{words('explore.years')}\n\n{table}\n",
        paragraph(_years_note(exploration, words)) + "\n",
        _total(exploration, words),
        _head(caveats(start, words)),
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
        if len(line) + len(group) + 1 > WIDTH - 2:
            lines.append(line)
            line = ""
        line += group + separator
    lines.append(line.removesuffix(separator))
    return (
        paragraph(words("explore.total", year=exploration.horizon)) + "\n" + "\n".join(f"  {x}" for x in lines) + "\n"
    )


# ------------------------------------------------------------------------------------------------------ outlook


def _who_rows(answer: Outlook, words: Wording, bars: bool) -> list[list[str]]:
    rows, sets = [], columns(answer, words).values()
    width = BAR_WIDTH if len(sets) < 6 else BAR_WIDTH // 2  # one more column leaves less room
    for year in answer.years:
        who = year.who_is_in
        if who is not None and year.in_force is not None:
            shares = [*(sum(who[parties] for parties in each) for each in sets), year.in_force]
            bar_cell = [bar(who, width)] if bars else []
            rows.append([str(year.year), *(odds(share, words) for share in shares), *bar_cell])
    return rows


def _odds_rows(answer: Outlook, words: Wording) -> list[list[str]]:
    rows = []
    for year in answer.years:
        shares = (year.extended, year.extended_by, *(year.ended[cause] for cause in CAUSES))
        if year.in_force is not None or any(shares):
            rows.append([str(year.year), *(odds(share, words) for share in shares)])
    return rows


def _bound_rows(answer: Outlook, words: Wording) -> list[list[str]]:
    rows = []
    for year in answer.years:
        if year.bound is not None and year.certainty is not None:
            certainty = words("outlook.years_long", n=words.decimal(float(year.certainty)))
            rows.append([str(year.year), *(odds(share, words) for share in year.bound.values()), certainty])
    return rows


def _who_headings(answer: Outlook, words: Wording, bars: bool) -> list[str]:
    return [words("outlook.year"), *columns(answer, words), words("outlook.in_force"), *([""] if bars else [])]


def _odds_headings(words: Wording) -> list[str]:
    return [words(f"outlook.{key}") for key in ("year", "extended", "extended_by", *CAUSES)]


def _bound_headings(answer: Outlook, words: Wording) -> list[str]:
    return [
        words("outlook.year"),
        *(words.party(party) for party in answer.chances.confirm),
        words("outlook.certainty"),
    ]


def _totals(answer: Outlook, words: Wording) -> list[tuple[str, str]]:
    return [
        *((set_name(parties, words), odds(share, words)) for parties, share in answer.who_is_in.items()),
        (words("outlook.total_in_force"), odds(answer.in_force, words)),
        (words("outlook.total_extended"), odds(answer.extended, words)),
        *((words(f"outlook.total_{cause}"), odds(answer.ended[cause], words)) for cause in CAUSES),
        (words("outlook.certainty_now"), words("outlook.years_long", n=words.decimal(float(answer.certainty)))),
    ]


def _title(answer: Outlook, words: Wording) -> str:
    return words("outlook.title", day=words.day(answer.start.as_of), year=answer.horizon)


def _notes(answer: Outlook, words: Wording) -> list[str]:
    return [
        words("outlook.certainty_means"),
        words("outlook.exact" if answer.exact else "outlook.floating"),
        words("outlook.not_a_forecast"),
        *caveats(answer.start, words),
    ]


def outlook_text(answer: Outlook, words: Wording) -> str:
    """What was given and assumed, who is in by year with bars, the other odds, and the totals."""
    who = _who_headings(answer, words, True)
    who_table = _table(who, _who_rows(answer, words, True), (*["right"] * (len(who) - 1), "left"), 8)
    odds_table = _table(_odds_headings(words), _odds_rows(answer, words), ("right",) * 5)
    sides = ("right",) * (len(answer.chances.confirm) + 2)
    bound_table = _table(_bound_headings(answer, words), _bound_rows(answer, words), sides, 16)
    parts = [
        _head(hypothesis(answer.start, words)),
        paragraph(_title(answer, words)) + "\n",
        f"{words('outlook.given')}\n{facts(given(answer, words))}\n",
        f"{words('outlook.assumed')}\n"
        + "".join(f"{paragraph(line, '  ', '- ')}\n" for line in assumptions(answer, words)),
        f"{words('outlook.who_is_in')}\n",
        _head([said] if (said := in_force_means(answer, words)) else []),
        f"{who_table}\n",
        paragraph(_bars_mean(answer, words)) + "\n",
        f"{words('outlook.years')}\n\n{odds_table}\n",
        f"{words('outlook.bound')}\n\n{bound_table}\n",
        f"{words('outlook.totals', year=answer.horizon)}\n{facts(_totals(answer, words))}\n",
        _head(_notes(answer, words)),
    ]
    return "\n".join(part for part in parts if part)


def outlook_markdown(answer: Outlook, words: Wording) -> str:
    """The same in Markdown, without bars."""
    both = ("", "")
    parts = [
        f"# {_title(answer, words)}",
        "\n".join(hypothesis(answer.start, words)),
        f"## {words('outlook.given')}\n\n{markdown(both, given(answer, words))}",
        f"## {words('outlook.assumed')}\n\n" + "\n".join(f"- {line}" for line in assumptions(answer, words)),
        f"## {words('outlook.who_is_in')}",
        in_force_means(answer, words),
        markdown(_who_headings(answer, words, False), _who_rows(answer, words, False)),
        f"## {words('outlook.years')}\n\n{markdown(_odds_headings(words), _odds_rows(answer, words))}",
        f"## {words('outlook.bound')}\n\n{markdown(_bound_headings(answer, words), _bound_rows(answer, words))}",
        f"## {words('outlook.totals', year=answer.horizon)}\n\n{markdown(both, _totals(answer, words))}",
        "\n\n".join(_notes(answer, words)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def outlook_csv(answer: Outlook) -> str:
    """A row a year, with the JSON's names as headings and probabilities as numbers from 0 to 1 (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    parties, sets = list(answer.chances.confirm), list(answer.who_is_in)
    who = [f"who_is_in_{set_code(each).replace(' ', '_')}" for each in sets]
    bound = [f"bound_{party}" for party in parties]
    writer.writerow(["year", *who, "in_force", "extended", "extended_by", *CAUSES, *bound, "certainty"])
    for year in answer.years:
        shares = (
            *((year.who_is_in or {}).get(each) for each in sets),
            year.in_force,
            year.extended,
            year.extended_by,
            *(year.ended[cause] for cause in CAUSES),
            *((year.bound or {}).get(party) for party in parties),
            year.certainty,
        )
        writer.writerow([year.year, *("" if share is None else share for share in shares)])
    return out.getvalue()
