"""What `explore` says in each of its forms: days of choice, positions, what was chosen, numbers of histories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from review_clock.futures.choices import Choice
from review_clock.futures.explore import Edge, Exploration, Layer, Made, Node
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import IN_FORCE, Phase
from review_clock.words.start import month_day
from review_clock.words.wording import Wording

MOST_WAYS: Final = 3
"""So many combinations of choices are told one by one; of more only the number."""
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(n: int, words: Wording) -> str:
    """A count that fits a column: in full below ten million, else with three figures and a power of ten."""
    if n < 10_000_000:
        return words.number(n)
    power = len(str(n)) - 1
    mantissa = n // 10 ** (power - 2) / 100  # cut, not rounded: 9.996 must not become 10.00
    return f"{words.decimal(mantissa, 2)}·10{str(power).translate(_RAISED)}"


def explore_title(exploration: Exploration, words: Wording) -> str:
    """What `explore` tells, and from which day on."""
    return words("explore.title", day=words.day(exploration.start.as_of))


def codes(parties: Iterable[Party]) -> str:
    """Parties by their codes, for drawings."""
    return ", ".join(sorted(parties))


def how_walked(exploration: Exploration, words: Wording) -> list[str]:
    """On which days, among which choices and for whom the futures are walked."""
    start = exploration.start
    others = sorted(start.position.parties - set(exploration.free))
    lines = [
        words("explore.reviews"),
        *([words("outlook.any_day")] if start.reviews_have_no_day else []),
        words("explore.notices", day=month_day(exploration.occasions)),
        *([words("explore.notice_kept")] if start.notice_could_be_taken_back else []),
        words("explore.free", parties=words.parties(exploration.free)),
    ]
    if others:
        lines.append(words("explore.others", parties=words.parties(others)))
    return [*lines, words("explore.refused"), words("explore.folded")]


def layer_title(layer: Layer, words: Wording) -> str:
    """The day of a layer, what may be chosen on it, and how many Positions and histories there are at its end."""
    both = layer.review and layer.notices
    what = "review_and_notices" if both else "review" if layer.review else "notices_day" if layer.notices else "outset"
    return words(
        "explore.layer",
        day=layer.day.isoformat(),
        what=words(f"explore.{what}"),
        positions=words.count("positions", len(layer.nodes)),
        histories=words.count("histories", layer.histories),
    )


def node_facts(node: Node, words: Wording) -> list[str]:
    """What a node is: phase, Parties, confirmations, notices, term."""
    facts = [words(f"phase.{node.phase}")]
    if node.phase not in IN_FORCE:
        return [*facts, words("explore.ended")]
    facts.append(words("explore.bound", parties=codes(node.parties)))
    if node.confirmed:
        facts.append(words("explore.confirmed", parties=codes(node.confirmed)))
    elif node.phase is not Phase.SIX_YEAR_CYCLE:
        facts.append(words("explore.confirmed_none"))
    facts += [words("explore.leaving", party=party, day=day.isoformat()) for party, day in node.leaving]
    if node.term_end:
        facts.append(words("explore.term_end", day=node.term_end.isoformat()))
    if node.next_review:
        facts.append(words("explore.next_review", day=node.next_review.isoformat()))
    return facts


def chosen(edge: Edge, words: Wording) -> str:
    """What was chosen to come along an edge; choices of one Party that lead to the same are told together."""
    if not any(edge.made):
        return words("explore.no_choice")
    together = _as_product(edge.made)
    if together is not None:
        return _told(together, words)
    told = [_told([(party, (choice,)) for party, choice in made], words) for made in edge.made[:MOST_WAYS]]
    more = len(edge.made) - MOST_WAYS
    return " / ".join([*told, *([words("explore.more", n=words.number(more))] if more > 0 else [])])


_Told = list[tuple[Party, tuple[Choice, ...]]]


def _as_product(made: tuple[Made, ...]) -> _Told | None:
    """For each Party what it may have chosen, where every combination of these is among `made`; else None."""
    options: dict[Party, list[Choice]] = {}
    for each in made:
        for party, choice in each:
            if choice not in options.setdefault(party, []):
                options[party].append(choice)
    size = 1
    for choices in options.values():
        size *= len(choices)
    whole = size == len(made) and all(len(each) == len(options) for each in made)
    return [(party, tuple(sorted(choices))) for party, choices in options.items()] if whole else None


def _told(told: _Told, words: Wording) -> str:
    """Parties that chose alike stand together."""
    alike: dict[tuple[Choice, ...], list[Party]] = {}
    for party, choices in told:
        alike.setdefault(choices, []).append(party)
    return "; ".join(
        f"{codes(parties)}{words.colon} {words('explore.or').join(words(f'choice.{each}') for each in choices)}"
        for choices, parties in alike.items()
    )
