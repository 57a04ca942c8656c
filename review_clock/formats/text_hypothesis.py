"""What is assumed → the parts that tell it: the timeline, what is set aside, the deadlines that change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from review_clock.formats.parts import Grid, Lines, Part
from review_clock.questions.differences import Difference
from review_clock.scenarios.assume import Scenario
from review_clock.timeline.chronology import TimelineEntry
from review_clock.words.acts import cause_text, with_effect
from review_clock.words.phrases import marked
from review_clock.words.wording import Wording


def _source(moment: TimelineEntry, words: Wording) -> str:
    return "" if moment.origin in ("recorded", "time") else f" ({words(f'whatif.by_{moment.origin}')})"


def _same_act(moment: TimelineEntry) -> tuple[Any, ...]:
    return moment.event, moment.origin, moment.said, moment.entry


def _events_of_a_day(moments: Sequence[TimelineEntry], words: Wording) -> str:
    """What happened on one day, acts of several Parties in one line; a review taken in silence is one line."""
    if "silence" in {each.origin for each in moments} <= {"silence", "time"}:
        return words(f"review_kind.{moments[-1].review_kind}") + _source(moments[-1], words)
    lines = []
    for _, group in groupby(moments, key=_same_act):
        same = list(group)
        who = words.parties(each.party for each in same if each.party is not None)
        lines.append(words(f"act.{same[0].event}") + (f"{words.colon} {who}" if who else "") + _source(same[0], words))
    return "\n".join(lines)


def _day_row(moments: Sequence[TimelineEntry], words: Wording) -> tuple[str, str, str, bool]:
    """What happened on a day, and the law after it: all of the row but the day."""
    last = moments[-1]
    law = f"{words(f'phase.{last.phase}')}\n{words.cite(last.provision)}"
    end = last.term_end.isoformat() if last.term_end else ""
    return _events_of_a_day(moments, words), law, end, any(each.new for each in moments)


def moments_parts(moments: Iterable[TimelineEntry], words: Wording) -> list[Part]:
    """The timeline, a row a day, with the law after the day; days on which the same happens again share a row.

    Positions merely stated in the record are left out.
    """
    told = [each for each in moments if (each.event, each.origin) != ("stated_position", "recorded")]
    days = [(day, _day_row(list(group), words)) for day, group in groupby(told, key=lambda moment: moment.date)]
    rows = []
    for (what, law, end, new), group in groupby(days, key=lambda each: each[1]):
        same = [day.isoformat() for day, _ in group]
        when = same[0] + (" *" if new else "") + (f"\n– {same[-1]}" if len(same) > 1 else "")
        rows.append([when, what + (f" × {len(same)}" if len(same) > 1 else ""), law, end])
    headings = [words("deadlines.date"), words("whatif.event"), words("course.phase"), words("course.term_end")]
    return [
        Lines([f"{words('whatif.timeline')}{words.colon}"]),
        Grid(headings, rows, (12, 34, 16, 12)),
        Lines([words("whatif.timeline_new")]),
    ]


def set_aside_parts(scenario: Scenario, words: Wording) -> list[Part]:
    """What a counterfactual scenario sets aside: how much, and the acts with an effect; nothing where there is none."""
    if not scenario.aside or scenario.departs_on is None:
        return []
    facts = words.count("facts", len(scenario.aside))
    said = [words("whatif.set_aside", day=words.day(scenario.departs_on), facts=facts)]
    acts = with_effect(scenario.aside, words)
    said += [words("whatif.set_aside_acts", acts="; ".join(acts))] if acts else []
    return [Lines([" ".join(said)])]


def _difference_row(each: Difference, words: Wording) -> list[str]:
    day = marked((each.after or each.before or date.min).isoformat(), each.day_is, each.kind, words)
    note = words(f"whatif.{each.what}")
    if each.before is not None and each.after is not None:
        note += f" ({words('whatif.was', day=each.before.isoformat())})"
    what = f"{words.said(each.title)}\n{each.id}"
    if each.caused_by is not None:
        what += "\n" + words("whatif.because", cause=cause_text(each.caused_by, words))
    return [day, what, note]


def differences_parts(differences: Sequence[Difference], words: Wording, brief: bool = False) -> list[Part]:
    """How many deadlines appear, move and vanish against the record, and, unless `brief`, which."""
    if not differences:
        return [Lines([words("whatif.none")])]
    counts = [(what, sum(each.what == what for each in differences)) for what in ("appears", "moves", "vanishes")]
    told = "; ".join(f"{words(f'whatif.{what}')}{words.colon} {words.count('deadlines', n)}" for what, n in counts if n)
    summary = Lines([f"{words('whatif.changes')}{words.colon} {told}"])
    headings = [words("deadlines.date"), words("deadlines.deadline"), ""]
    rows = [_difference_row(each, words) for each in differences]
    return [summary] if brief else [summary, Grid(headings, rows, (10, 44, 20))]
