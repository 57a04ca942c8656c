"""The commands that answer: status, deadlines, explain, history, readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from review_clock.commands.options import (
    DAY,
    InputError,
    Settings,
    Vocabulary,
    as_of_option,
    calendars_option,
    format_option,
    reading_option,
    readings_of,
    say_json,
)

if TYPE_CHECKING:
    from review_clock.deadlines.deadline import Deadline
    from review_clock.deadlines.other_readings import Other
    from review_clock.law.readings import Readings

TWO_YEARS = timedelta(days=731)


def _deadline_ids(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from review_clock.law.rules import catalogue

    return [rule.id for rule in catalogue().rules if rule.id.startswith(incomplete)]


@click.command()
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
def status(settings: Settings, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """The position on a day: in force or not, phase, paragraph, next review, days left.

    \b
    Example:
        review-clock status --as-of 2026-11-23
        review-clock status --reading term_ends=end_of_day --format json
    """
    from review_clock.questions import status

    readings = readings_of(reading)
    answer = status.status(settings.load(readings), as_of or settings.today, readings)
    _say_status(settings, answer, form)


def _say_status(settings: Settings, answer: Any, form: str) -> None:
    if form == "json":
        from review_clock.formats.json_documents import status_document
        from review_clock.record.ledger import AGREEMENT

        say_json(status_document(answer, AGREEMENT))
        return
    from review_clock.formats.text_status import status_text
    from review_clock.law.readings import defaults

    click.echo(status_text(answer, settings.words(), defaults().as_dict()), nl=False)


@click.command()
@click.option("--from", "start", type=DAY, default=None, help="First day (default: the day the answer is for).")
@click.option("--to", "end", type=DAY, default=None, help="Last day (default: two years after the first).")
@click.option("--jurisdiction", type=Vocabulary("jurisdiction"), multiple=True, help="treaty, us, ca, mx (repeatable).")
@click.option("--kind", type=Vocabulary("kind"), multiple=True, help="review, report, notice, origin … (repeatable).")
@click.option("--certainty", type=Vocabulary("certainty"), multiple=True, help="past, fixed, scheduled … (repeatable).")
@click.option("--undated", is_flag=True, help="Duties that have no fixed day, and those that start with a case.")
@click.option("--case", "case", default=None, metavar="RULE", help="One rule, counted from --trigger.")
@click.option("--trigger", type=DAY, default=None, help="With --case: the day from which to count.")
@calendars_option
@as_of_option
@reading_option
@format_option("table", "json", "csv", "md")
@click.pass_obj
def deadlines(
    settings: Settings,
    start: date | None,
    end: date | None,
    jurisdiction: tuple[str, ...],
    kind: tuple[str, ...],
    certainty: tuple[str, ...],
    undated: bool,
    case: str | None,
    trigger: date | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """The list of deadlines, by date.

    \b
    Example:
        review-clock deadlines --from 2027-01-01 --to 2027-12-31 --jurisdiction us
        review-clock deadlines --case us.716.facility-review --trigger 2027-02-03
        review-clock deadlines --undated
    """
    from review_clock.deadlines.deadline import deadlines as all_deadlines
    from review_clock.timeline.unfold import LAST_DAY

    readings, as_of = readings_of(reading), as_of or settings.today
    if case is not None or trigger is not None:
        _say_case(settings, case, trigger, readings, form)
        return
    if undated:
        _say_undated(settings)
        return
    start = start or as_of
    end = end or min(start + TWO_YEARS, LAST_DAY)
    if end < start:
        raise InputError(f"--to {end} is before --from {start} (accepted: a later day)")
    found = all_deadlines(settings.load(readings), as_of, readings)
    shown = [
        each
        for each in found
        if start <= each.day <= end
        and (not jurisdiction or each.jurisdiction in jurisdiction)
        and (not kind or each.kind in kind)
        and (not certainty or each.certainty in certainty)
    ]
    _say_deadlines(settings, shown, as_of, readings, form)


def _say_deadlines(settings: Settings, shown: list[Deadline], as_of: date, readings: Readings, form: str) -> None:
    from review_clock.formats import json_documents, text_deadlines

    words = settings.words()
    if form == "json":
        say_json(json_documents.deadlines_document(shown, as_of, readings, words))
    elif form == "csv":
        click.echo(text_deadlines.deadlines_csv(shown, words), nl=False)
    elif form == "md":
        click.echo(text_deadlines.deadlines_markdown(shown, words))
    else:
        click.echo(text_deadlines.deadlines_text(shown, words), nl=False)


def _say_undated(settings: Settings) -> None:
    from review_clock.formats.text_deadlines import undated_text
    from review_clock.law.rules import catalogue

    words = settings.words()
    for source, heading in (("undated", "undated_title"), ("case", "cases_title")):
        rules = [rule for rule in catalogue().rules if rule.counted_from == source]
        click.echo(undated_text(rules, heading, words))


def _say_case(settings: Settings, case: str | None, trigger: date | None, readings: Readings, form: str) -> None:
    from review_clock.deadlines.deadline import of_case
    from review_clock.files import nearest
    from review_clock.formats.json_documents import case_document
    from review_clock.formats.text_deadlines import case_text
    from review_clock.law.rules import catalogue
    from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar

    if case is None or trigger is None:
        raise InputError("--case and --trigger go together (accepted: --case RULE --trigger DATE)")
    rules = {rule.id: rule for rule in catalogue().rules if rule.counted_from != "undated"}
    undated = {rule.id for rule in catalogue().rules} - set(rules)
    if case in undated:
        raise InputError(f"--case {case}: this duty has no count of days (see review-clock deadlines --undated)")
    if case not in rules:
        raise InputError(f"--case {case!r} is not a rule (accepted: {nearest(case, rules)})")
    counted, others = of_case(rules[case], trigger, readings)
    if counted is not None and counted.day > LAST_DAY:
        raise OutsideTheCalendar(counted.day)
    words = settings.words()
    if form == "json":
        say_json(case_document(rules[case], trigger, counted, others, words))
        return
    click.echo(case_text(rules[case], counted, others, words), nl=False)


@click.command()
@click.argument("identity", metavar="ID", shell_complete=_deadline_ids)
@calendars_option
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
def explain(settings: Settings, identity: str, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """One deadline step by step, with authority, sources and the other readings.

    ID is a deadline's id, a rule's id (the next one is taken), or either with @ and a year.

    \b
    Example:
        review-clock explain us.611.notice.1-2
        review-clock explain us.611.annual-report
        review-clock explain treaty.review.annual@2030
    """
    from review_clock.deadlines.deadline import deadlines as all_deadlines
    from review_clock.formats.json_documents import deadline_document
    from review_clock.formats.text_deadlines import explanation

    readings, as_of = readings_of(reading), as_of or settings.today
    record = settings.load(readings)
    deadline = _picked(identity, all_deadlines(record, as_of, readings), as_of)
    words = settings.words()
    if deadline.id != identity:
        click.echo(words("explain.picked", given=identity, day=as_of.isoformat()), err=True)
    if form == "json":
        say_json(deadline_document(deadline, words))
    else:
        click.echo(explanation(deadline, record, words), nl=False)


def _picked(identity: str, found: Sequence[Deadline], as_of: date) -> Deadline:
    """The deadline meant: by its id, or the next (else the last) one of a rule, in a year where one is given."""
    from review_clock.files import nearest
    from review_clock.law.rules import catalogue

    exact = [each for each in found if each.id == identity]
    if exact:
        return exact[0]
    stem, _, year = identity.partition("@")
    family = [each for each in found if stem in (each.rule, each.id) and year in ("", str(each.day.year))]
    standing = [each for each in family if each.certainty != "superseded"] or family
    ahead = [each for each in standing if each.day >= as_of]
    if standing:
        return ahead[0] if ahead else standing[-1]
    rule = catalogue().by_id().get(stem)
    if rule is not None and rule.counted_from == "undated":
        raise InputError(f"{identity}: this duty has no fixed day (see review-clock deadlines --undated)")
    if rule is not None:
        raise InputError(f"{identity}: no such date now; count one with deadlines --case {stem} --trigger DATE")
    raise InputError(f"{identity!r} is not a deadline (accepted: {_few(nearest(stem, sorted({e.id for e in found})))})")


def _few(names: str, most: int = 5) -> str:
    listed = names.split(", ")
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")


@click.command()
@as_of_option
@format_option("text", "json")
@click.pass_obj
def history(settings: Settings, as_of: date | None, form: str) -> None:
    """The record: every event with its sources, oldest first.

    \b
    Example:
        review-clock history --as-of 2026-07-01
    """
    from review_clock.formats.json_documents import history_document
    from review_clock.formats.text_record import history_text
    from review_clock.law.readings import defaults

    record, words = settings.load(defaults()), settings.words()
    if form == "json":
        say_json(history_document(record, as_of or settings.today, words))
    else:
        click.echo(history_text(record, as_of or settings.today, words), nl=False)


@click.command()
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
def readings(settings: Settings, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """The open points: each reading, the default and why, who holds which, the dates each moves.

    \b
    Example:
        review-clock readings
        review-clock readings --reading term_ends=end_of_day --format json
    """
    from review_clock.deadlines.deadline import deadlines as all_deadlines
    from review_clock.formats.json_documents import reading_document
    from review_clock.formats.text_record import reading_text
    from review_clock.law.readings import catalogue

    chosen, as_of = readings_of(reading), as_of or settings.today
    found = all_deadlines(settings.load(chosen), as_of, chosen)
    words = settings.words()
    rows = []
    for point in catalogue():
        moves: list[tuple[str, Other]] = [
            (each.id, other) for each in found for other in each.others if other.key == point.key
        ]
        rows.append((point, moves))
    if form == "json":
        documents = [reading_document(point, chosen[point.key], moves, words) for point, moves in rows]
        say_json({"as_of": as_of.isoformat(), "readings": documents})
        return
    for point, moves in rows:
        click.echo(reading_text(point, chosen[point.key], moves, words))
    click.echo(words("status.disclaimer"))
