"""Odds in words, as `outlook` says them in each form: shares, chances as given, sets of Parties, what is assumed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from review_clock.futures.chances import KINDS, NEVER, Chance, Chances
from review_clock.futures.outlook import Outlook, YearOfOdds
from review_clock.futures.setting import Setting
from review_clock.futures.weights import Weight
from review_clock.law.acts_and_lapses import Party
from review_clock.words.start import between_on, month_day
from review_clock.words.wording import Wording


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


def outlook_title(answer: Outlook, words: Wording) -> str:
    """What `outlook` tells, and from which day to which year."""
    return words("outlook.title", day=words.day(answer.start.as_of), year=answer.horizon)


def odds_title(under: Setting, words: Wording) -> str:
    """What `outlook --ask` tells, and from which day on."""
    return words("odds.title", day=words.day(under.start.as_of))


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
