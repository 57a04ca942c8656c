"""Scenarios → text for a terminal and Markdown: the library, a timeline, differences, every reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from review_clock.formats.parts import Grid, Lines, Part
from review_clock.formats.tables import markdown, paragraph
from review_clock.law.readings import Meaning
from review_clock.law.under_readings import Choice
from review_clock.questions.differences import Difference
from review_clock.questions.every_reading import FACTS, EveryReading, Move, Outcome, Result, Under
from review_clock.scenarios.assume import Scenario
from review_clock.scenarios.library import Describer, Plan
from review_clock.timeline.chronology import TimelineEntry
from review_clock.words.acts import all_assumed, assumed, cause_text, titled, with_effect
from review_clock.words.headline import listed
from review_clock.words.phrases import marked
from review_clock.words.wording import Wording, capital

# ------------------------------------------------------------------------------------------------- the library


def _describer(each: Describer) -> str:
    dated = f" ({each.dated})" if each.dated else ""
    return f"{each.who}{dated} {each.url}".rstrip()


def _assumed(plan: Plan, words: Wording) -> tuple[str, ...]:
    return tuple(all_assumed(plan.lines, words)) or (words("scenarios.nothing"),)


def _plan_text(plan: Plan, words: Wording) -> str:
    lines = [paragraph(f"{plan.name}{words.colon} {titled(plan.title, plan.lines, words)}")]
    if plan.explanation is not None:
        lines.append(paragraph(words.said(plan.explanation), "    "))
    if plan.counterfactual:
        lines.append(paragraph(words("scenarios.counterfactual"), "    "))
    lines.append(f"    {words('scenarios.assumed')}{words.colon}")
    lines += [paragraph(line, "        ", "      - ") for line in _assumed(plan, words)]
    if plan.described_by:
        lines.append(f"    {words('scenarios.described')}{words.colon}")
    lines += [paragraph(_describer(each), "        ", "      - ") for each in plan.described_by]
    return "\n".join(lines)


def scenarios_text(plans: Iterable[Plan], words: Wording) -> str:
    """The library: each scenario's name, title, explanation, assumptions, and who described it."""
    parts = [paragraph(words("scenarios.intro")), *(_plan_text(plan, words) for plan in plans)]
    return "\n\n".join([*parts, words("status.disclaimer")]) + "\n"


def scenarios_markdown(plans: Iterable[Plan], words: Wording) -> str:
    """The library as a table in Markdown."""
    headings = [words(f"scenarios.{key}") for key in ("name", "what", "assumed", "described")]
    rows = []
    for plan in plans:
        what = [titled(plan.title, plan.lines, words), words.said(plan.explanation)]
        what += [words("scenarios.counterfactual")] if plan.counterfactual else []
        described = "\n".join(_describer(each) for each in plan.described_by)
        rows.append([plan.name, "\n".join(filter(None, what)), "\n".join(_assumed(plan, words)), described])
    return markdown(headings, rows)


# ------------------------------------------------------------------------------------------------- the timeline


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


# ------------------------------------------------------------------------------------------------- differences


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


# ------------------------------------------------------------------------------------------------ every reading


def fact_text(fact: str, value: Any, words: Wording) -> str:
    """One fact of a course in words."""
    if fact == "in_force":
        return words("course.yes" if value else "course.no")
    if fact == "phase":
        return words(f"phase.{value}")
    if fact == "end_cause":
        return words(f"course.{value}") if value else words("course.none")
    if fact == "parties":
        return words.parties(value) or words("course.none")
    if fact == "extended_on":
        return ", ".join(day.isoformat() for day in value) or words("course.none")
    return value.isoformat() if isinstance(value, date) else words("course.none")


def _refused_text(outcome: Outcome, words: Wording) -> str:
    assert outcome.refused is not None
    why = f"{words(outcome.refused.key)} ({words.cite(outcome.refused.provision)})"
    line = outcome.refused.line
    return f"{assumed(line, words)}{words.colon} {why}" if line else why


def _fact_lines(outcome: Outcome, facts: Iterable[str], words: Wording) -> list[str]:
    named = [(words(f"course.{fact}"), fact_text(fact, getattr(outcome, fact), words)) for fact in facts]
    return [paragraph(f"{name}{words.colon} {value}", "       ", "     ") for name, value in named]


def _box_text(box: Under, means: Mapping[Choice, Meaning], words: Wording) -> str:
    """A set of combinations: what each reading in it means, its values as alternatives."""
    said = []
    for key, values in box.items():
        of_key = [means[key, value] for value in values]
        said.append(f"{listed([words.said(each.words) for each in of_key], words, 'or')} ({of_key[0].number})")
    return listed(said, words)


def _under_lines(under: Iterable[Under], means: Mapping[Choice, Meaning], words: Wording) -> list[str]:
    starts = [words("whatif.under"), words("whatif.or")]
    told = [
        f"{starts[min(place, 1)]} {_box_text(box, means, words)}" if box else words("whatif.any_reading")
        for place, box in enumerate(under)
    ]
    return [paragraph(each, "         ", "     ") for each in told]


def _result_text(place: int, row: Result, every: EveryReading, words: Wording) -> str:
    chosen = every.chosen
    head = f"{place}. {words.count('combinations', row.combinations)}"
    head += f" ({words('whatif.every_chosen')})" if row.chosen else ""
    facts = [fact for fact in FACTS if fact != "refused"]
    if row.outcome.refused is not None:
        told = [paragraph(f"{words('whatif.every_refused')} {_refused_text(row.outcome, words)}", "     ")]
    elif row.chosen or chosen.refused is not None:
        told = _fact_lines(row.outcome, facts, words)
    else:
        others = [fact for fact in facts if getattr(row.outcome, fact) != getattr(chosen, fact)]
        told = [paragraph(words("whatif.every_as_chosen"), "     "), *_fact_lines(row.outcome, others, words)]
    return "\n".join([paragraph(head, "   ", " "), *told, *_under_lines(row.under, every.means, words)])


def _moved_text(fact: str, outcome: Outcome, words: Wording) -> str:
    """One fact on one side of a move."""
    if fact == "refused":
        return words("whatif.refused" if outcome.refused else "whatif.allowed")
    return fact_text(fact, getattr(outcome, fact), words)


def _move_text(move: Move, means: Mapping[Choice, Meaning], words: Wording) -> str:
    head = words.meaning(means[move.choice])
    if move.together:
        others = listed([words.meaning(means[choice]) for choice in move.together], words)
        head += f", {words('whatif.together', readings=others)}"
    lines = [paragraph(capital(head), "    ", "  ")]
    for fact in move.facts:
        name = "" if fact == "refused" else f"{words(f'course.{fact}')}{words.colon} "
        change = f"{_moved_text(fact, move.before, words)} → {_moved_text(fact, move.after, words)}"
        lines.append(paragraph(name + change, "      ", "    "))
    return "\n".join(lines)


def every_reading_text(every: EveryReading, words: Wording) -> str:
    """What a scenario comes to under every combination of readings that matters, and which reading moves what."""
    counts = {
        "readings": words.count("readings", len(every.matter)),
        "combinations": words.count("combinations", every.combinations),
    }
    head = words("whatif.every", **counts) if every.matter else words("whatif.every_none")
    parts = [paragraph(head), *(_result_text(n, row, every, words) for n, row in enumerate(every.rows, 1))]
    if every.moves:
        moves = "\n".join(_move_text(move, every.means, words) for move in every.moves)
        parts.append(f"{words('whatif.moves_title')}{words.colon}\n{moves}")
    return "\n\n".join(parts) + "\n"
