"""What the answers of `explore` and `outlook` say in each of their forms: positions, choices, odds, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from review_clock.futures.chances import KINDS, NEVER, Chance, Chances
from review_clock.futures.choices import Choice, DayOfAYear, Occasions
from review_clock.futures.explore import Edge, Exploration, Layer, Made, Node
from review_clock.futures.outlook import Outlook, WhoIsIn, YearOfOdds
from review_clock.futures.setting import Setting
from review_clock.futures.start import Start
from review_clock.futures.weights import Weight
from review_clock.law.acts_and_lapses import Party
from review_clock.law.position import IN_FORCE, Phase
from review_clock.words.acts import all_assumed
from review_clock.words.knowledge import known_lines
from review_clock.words.wording import Wording

MOST_WAYS: Final = 3
"""So many combinations of choices are told one by one; of more only the number."""

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


# ------------------------------------------------------------------------------------------------------ numbers


def short(n: int, words: Wording) -> str:
    """A count that fits a column: in full below ten million, else with three figures and a power of ten."""
    if n < 10_000_000:
        return words.number(n)
    power = len(str(n)) - 1
    mantissa = n // 10 ** (power - 2) / 100  # cut, not rounded: 9.996 must not become 10.00
    return f"{words.decimal(mantissa, 2)}·10{str(power).translate(_RAISED)}"


def odds(share: Weight, words: Wording, places: int = 1) -> str:
    """A probability in per cent, with so many decimals; one that is hardly more than 0 or less than 1 says so."""
    value, least = float(share), 10.0 ** (-2 - places)
    if 1e-12 < value < least / 2:
        return f"<{words.percent(least, places)}"
    if 1 - least / 2 < value < 1 - 1e-12:
        return f">{words.percent(1 - least, places)}"
    return words.percent(value, places)


def as_given(share: Weight, words: Wording) -> str:
    """A chance that was given, with as many decimals as it needs, four at most."""
    value = 100 * share
    places = next((places for places in range(4) if value * 10**places == int(value * 10**places)), 4)
    return words.percent(float(share), places)


def chance(given: Chance, words: Wording) -> str:
    """A chance as it was given, or each step of its schedule."""
    steps = [
        words("outlook.from_year", chance=as_given(share, words), year=since) if since else as_given(share, words)
        for since, share in given.steps
    ]
    source = ", ".join([*([given.source] if given.source else []), *([given.on.isoformat()] if given.on else [])])
    return "; ".join(steps) + (f" ({source})" if source else "")


def month_day(occasions: Occasions) -> str:
    """The days for notices, as MM-DD."""
    return _month_days(occasions.notices)


def between_on(occasions: Occasions) -> str:
    """The days for confirmations between reviews, as MM-DD; nothing where there are none."""
    return _month_days(occasions.between)


def _month_days(days: Iterable[DayOfAYear]) -> str:
    return ", ".join(f"{month:02}-{day:02}" for month, day in days)


# ------------------------------------------------------------------------------------------------------ explore


def codes(parties: Iterable[Party]) -> str:
    """Parties by their codes, for drawings."""
    return ", ".join(sorted(parties))


def explore_title(exploration: Exploration, words: Wording) -> str:
    """What `explore` tells, and from which day on."""
    return words("explore.title", day=words.day(exploration.start.as_of))


def how_walked(exploration: Exploration, words: Wording) -> list[str]:
    """On which days, among which choices and for whom the futures are walked."""
    others = sorted(exploration.start.position.parties - set(exploration.free))
    lines = [
        words("explore.reviews"),
        words("explore.notices", day=month_day(exploration.occasions)),
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


# ------------------------------------------------------------------------------------------------------ outlook


def outlook_title(answer: Outlook, words: Wording) -> str:
    """What `outlook` tells, and from which day to which year."""
    return words("outlook.title", day=words.day(answer.start.as_of), year=answer.horizon)


def set_code(parties: Sequence[Party]) -> str:
    """A set of Parties by their codes, for machines: `CA MX`, and `none`."""
    return " ".join(parties) or "none"


def set_name(parties: Sequence[Party], words: Wording) -> str:
    """A set of Parties: all three, their names, or none."""
    key = {0: "none", 1: "alone", len(Party): "all_three"}.get(len(parties))
    return words(f"outlook.{key}", party=words.parties(parties)) if key else words.parties(parties)


def columns(answer: Outlook, words: Wording) -> dict[str, tuple[tuple[Party, ...], ...]]:
    """The sets of Parties that may be bound, under the heading of their column; a Party alone under one for all."""
    found: dict[str, tuple[tuple[Party, ...], ...]] = {}
    for parties in answer.who_is_in:
        name = words("outlook.one") if len(parties) == 1 else set_name(parties, words)
        found[name] = (*found.get(name, ()), parties)
    return found


def of_size(who_is_in: WhoIsIn, size: int) -> float:
    """The chance that so many Parties are bound."""
    return float(sum(share for parties, share in who_is_in.items() if len(parties) == size))


def in_force_means(answer: Outlook, words: Wording) -> str:
    """That "in force" is not "with all three", with figures, where the two part by more than a point; else nothing."""
    return words("outlook.parted", figures=figures(answer.parted, words)) if answer.parted else ""


def figures(years: Iterable[YearOfOdds], words: Wording) -> str:
    """How likely it is in force, and how likely with all three, on 1 July of some years."""
    return "; ".join(
        words(
            "outlook.parted_year",
            year=year.year,
            in_force=odds(year.in_force or 0, words),
            all_three=odds(year.all_three, words),
        )
        for year in years
    )


def assumptions(answer: Setting, words: Wording) -> list[str]:
    """What is assumed beyond the chances given."""
    days = {"day": month_day(answer.occasions), "between": between_on(answer.occasions)}
    return [words(f"outlook.{name}", **days) for name in answer.assumptions]


_SAYS: Final = {"confirm": "confirms", "withdraw": "withdraws", "between": "confirms_between", "rescind": "rescinds"}
"""How each kind of chance is said."""


def given(answer: Setting, words: Wording) -> list[tuple[str, str]]:
    """The chances of each Party, in words; where there are several worlds, those of each, and when they switch."""
    name = getattr(answer, "name", None)  # of the chance that is varied, where one is
    varied = name.kind if name else "", name.party if name else None
    if len(answer.by_world) == 1:
        return [(words.party(each), _chances(answer.chances, each, words, varied)) for each in answer.chances.confirm]
    worlds, told = answer.worlds, list[tuple[str, str]]()
    for name, weight, source, chances in zip(
        worlds.names, worlds.weights, worlds.sources, answer.by_world, strict=True
    ):
        weighs = words("outlook.world", weight=as_given(weight, words)) + (f" ({source})" if source else "")
        lines = [f"{words.party(p)}{words.colon} {_chances(chances, p, words, varied)}" for p in chances.confirm]
        told.append((name, "\n".join([weighs, *lines])))
    for switch in worlds.switches:
        to = "; ".join(f"{worlds.names[place]} {as_given(share, words)}" for place, share in switch.to.items())
        source = f" ({switch.source})" if switch.source else ""
        said = words("outlook.switch", before=worlds.names[switch.before], to=to)
        told.append((words.day(switch.on), said + source))
    return told


def _chances(chances: Chances, party: Party, words: Wording, varied: tuple[str, Party | None]) -> str:
    told = []
    for kind in KINDS:
        each = chances.of(kind).get(party, NEVER)
        if (kind, party) == varied:
            told.append(words(f"outlook.{_SAYS[kind]}", chance=words("odds.varied")))
        elif kind in ("confirm", "withdraw") or not each.is_never:
            told.append(words(f"outlook.{_SAYS[kind]}", chance=chance(each, words)))
    return "; ".join(told)


# ------------------------------------------------------------------------------------------------------ start


def taken_as_given(start: Start, words: Wording) -> str:
    """What a day past the record's end takes as given; nothing where the record reaches to it."""
    given = start.given
    if given is None:
        return ""
    key = "given_but_assumed" if start.assumed else "given"
    told = [words(f"explore.{key}", after=words.day(given.after), through=words.day(given.through))]
    if given.unrecorded_reviews:
        told.append(words("explore.given_unrecorded", days="; ".join(map(words.day, given.unrecorded_reviews))))
    if given.taken_as_concluded:
        told.append(words("status.assumed_silence", days="; ".join(map(words.day, given.taken_as_concluded))))
    return " ".join(told)


def hypothesis(start: Start, words: Wording) -> list[str]:
    """What is taken as given, that something is assumed, and what; nothing where nothing is."""
    given = taken_as_given(start, words)
    return ([given] if given else []) + _assumed(start, words)


def _assumed(start: Start, words: Wording) -> list[str]:
    if not start.assumed:
        return []
    lines = [words("status.assumed"), *(f"- {line}" for line in all_assumed(start.assumed, words))]
    if start.departs_on is not None:
        lines.append(words("status.departs", day=start.departs_on.isoformat()))
    if start.left_open:
        lines.append(words("explore.left_open", lines="; ".join(all_assumed(start.left_open, words))))
    return lines


def caveats(start: Start, words: Wording) -> list[str]:
    """Under which readings, how far the record goes, and what this is not."""
    other = "; ".join(map(words.meaning, start.readings_chosen))
    lines = [f"{words('status.readings')}{words.colon} {other}"] if other else []
    if start.beyond_record:
        verified = start.verified_on
        said = words("status.beyond", verified=verified.isoformat()) if verified else words("knowledge.unverified")
        lines.append(said)
    lines += known_lines(start.as_of, start.known_on, words)
    return [*lines, words("status.disclaimer")]
