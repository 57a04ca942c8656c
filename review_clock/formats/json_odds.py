"""The answers of `outlook`, and the odds of events → JSON documents.

Probabilities are numbers; exact ones are fractions, as strings such as `"3/10"`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from review_clock.formats.json_explore import start_document
from review_clock.formats.json_writer import iso
from review_clock.futures.chances import KINDS, NEVER, Chance, Chances
from review_clock.futures.odds import Asked
from review_clock.futures.outlook import DayOfOdds, Outlook, WhoIsIn, YearOfOdds
from review_clock.futures.setting import Setting
from review_clock.futures.weights import Weight
from review_clock.futures.when import When
from review_clock.words.events import event_text
from review_clock.words.odds import assumptions, in_force_means, set_code
from review_clock.words.start import between_on, month_day
from review_clock.words.wording import Wording


def share_document(weight: Weight | None) -> float | str | None:
    """A probability as a number; an exact one as a fraction."""
    return None if weight is None else str(weight) if isinstance(weight, Fraction) else float(weight)


def _chance_document(chance: Chance) -> list[dict[str, Any]]:
    said = {"source": chance.source, "on": iso(chance.on)} if chance.source or chance.on else {}
    return [{"from_year": since or None, "chance": str(share), **said} for since, share in chance.steps]


def setting_document(under: Setting, words: Wording) -> dict[str, Any]:
    """What odds rest on: the start, the days, the chances, what is assumed beyond."""
    return {
        **start_document(under.start, words),
        "horizon": under.horizon,
        "exact": under.exact,
        "notice_on": month_day(under.occasions),
        "between_on": between_on(under.occasions) or None,
        "chances": _chances_document(under.chances) if len(under.by_world) == 1 else None,
        "worlds": _worlds_document(under) if len(under.by_world) > 1 else None,
        "assumptions": assumptions(under, words),
    }


def _chances_document(chances: Chances) -> dict[str, Any]:
    return {
        party: {kind: _chance_document(chances.of(kind).get(party, NEVER)) for kind in KINDS}
        for party in chances.confirm
    }


def _worlds_document(under: Setting) -> dict[str, Any]:
    worlds = under.worlds
    each = zip(worlds.names, worlds.weights, worlds.sources, under.by_world, strict=True)
    return {
        "worlds": [
            {"name": name, "weight": str(weight), "source": source or None, "chances": _chances_document(chances)}
            for name, weight, source, chances in each
        ],
        "switches": [
            {
                "on": switch.on.isoformat(),
                "from": worlds.names[switch.before],
                "to": {worlds.names[place]: str(share) for place, share in switch.to.items()},
                "source": switch.source or None,
            }
            for switch in worlds.switches
        ],
    }


def odds_document(answer: Asked, words: Wording) -> dict[str, Any]:
    """The chance of each event asked for, and that given all `conditions`, which together have `condition_chance`; a
    label is the event in the reader's words."""
    return {
        **setting_document(answer, words),
        "conditions": list(answer.conditions),
        "condition_labels": [event_text(each, words) for each in answer.conditions],
        "condition_chance": share_document(answer.condition),
        "odds": [
            {
                "event": each.said,
                "label": event_text(each.said, words),
                "chance": share_document(each.chance),
                "chance_given": share_document(each.given),
            }
            for each in answer.odds
        ],
    }


def _who_document(who_is_in: WhoIsIn) -> dict[str, Any]:
    return {set_code(parties): share_document(share) for parties, share in who_is_in.items()}


def _year_document(year: YearOfOdds) -> dict[str, Any]:
    return {
        "year": year.year,
        "who_is_in": None if year.who_is_in is None else _who_document(year.who_is_in),
        "in_force": share_document(year.in_force),
        "bound": None if year.bound is None else {party: share_document(share) for party, share in year.bound.items()},
        "certainty": share_document(year.certainty),
        "extended": share_document(year.extended),
        "extended_by": share_document(year.extended_by),
        "ended": {cause: share_document(share) for cause, share in year.ended.items()},
    }


def _day_document(then: DayOfOdds) -> dict[str, Any]:
    return {
        "date": then.day.isoformat(),
        "who_is_in": _who_document(then.who_is_in),
        "in_force": share_document(then.in_force),
        "bound": {party: share_document(share) for party, share in then.bound.items()},
        "certainty": share_document(then.certainty),
    }


def _when_document(each: When, exact: bool) -> dict[str, Any]:
    def number(share: Fraction) -> float | str | None:
        return share_document(share if exact else float(share))

    return {
        "by_horizon": number(each.by_horizon),
        "quantiles": {str(float(share)): iso(day) for share, day in each.quantiles.items()},
        "mean_years": None if each.mean_years is None else number(each.mean_years),
    }


def outlook_document(answer: Outlook, words: Wording) -> dict[str, Any]:
    """The odds year by year. `who_is_in`, `in_force`, `bound` and `certainty` are those of 1 July, null where that is
    past; `who_is_in` of the totals is that of the last day; `on` are the days asked for. A set of Parties is named by
    codes, "CA MX", and "none". Of the first extension and the end: the chance that it comes by the horizon, for each
    share the day by whose end it has come with that chance, null where that is after the horizon, and the mean."""
    return {
        **setting_document(answer, words),
        "certainty": share_document(answer.certainty),
        "certainty_means": words("outlook.certainty_means"),
        "years": [_year_document(year) for year in answer.years],
        "on": [_day_document(then) for then in answer.on],
        "first_extension": _when_document(answer.first_extension, answer.exact),
        "end": _when_document(answer.end, answer.exact),
        "years_in_force": share_document(answer.years_in_force),
        "in_force_means": in_force_means(answer, words) or None,
        "totals": {
            "who_is_in": _who_document(answer.who_is_in),
            "in_force": share_document(answer.in_force),
            "extended": share_document(answer.extended),
            "ended": {cause: share_document(share) for cause, share in answer.ended.items()},
        },
    }
