"""The commands that answer: status, deadlines, next, explain, history, readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.options import (
    Settings,
    Vocabulary,
    as_of_option,
    citable,
    deadline_ids,
    format_option,
    reading_option,
    say_json,
    say_parts,
    with_provenance,
)
from review_clock.commands.values import DAY, SPAN
from review_clock.files import Error, Phrase, nearest

if TYPE_CHECKING:
    from review_clock.questions.listed import Deadlines, Window
    from review_clock.questions.question import Question


TWO_YEARS = timedelta(days=731)


@click.command(cls=Command)
@as_of_option
@reading_option
@format_option("text", "json", "md")
@click.pass_obj
@citable()
def status(settings: Settings, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """The position on a day: in force or not, phase, paragraph, next review, days left.

    \b
    Example:
        review-clock status --as-of 2026-11-23
        review-clock status --reading term_ends=end_of_day --format json
    """
    question, words = settings.ask(as_of, reading), settings.words()
    if form == "json":
        from review_clock.formats.json_writer import document

        say_json(document(question.status, words))
        return
    from review_clock.formats.text_status import status_parts

    say_parts(status_parts(question, words), form, words)


@click.command(cls=Command)
@click.option("--from", "start", type=DAY, default=None, help="First day (default: the day the answer is for).")
@click.option("--to", "end", type=DAY, default=None, help="Last day (default: two years after the first).")
@click.option("--jurisdiction", type=Vocabulary("jurisdiction"), multiple=True, help="treaty, us, ca, mx (repeatable).")
@click.option("--kind", type=Vocabulary("kind"), multiple=True, help="review, report, notice, origin … (repeatable).")
@click.option("--certainty", type=Vocabulary("certainty"), multiple=True, help="past, fixed, scheduled … (repeatable).")
@click.option("--who", type=Vocabulary("who"), multiple=True, help="government, importer, public … (repeatable).")
@click.option("--within", type=SPAN, default=None, metavar="DAYS", help="So many days from the first (90d).")
@click.option("--search", default="", metavar="WORDS", help="Each word stands in title, id, who or citation.")
@click.option("--undated", is_flag=True, help="Duties without a day, and what is not in this calendar.")
@click.option("--case", "case", default=None, metavar="RULE", help="One rule, counted from --trigger.")
@click.option("--trigger", type=DAY, default=None, help="With --case: the day from which to count.")
@as_of_option
@reading_option
@format_option("table", "json", "csv", "md")
@click.pass_obj
@citable()
def deadlines(
    settings: Settings,
    start: date | None,
    end: date | None,
    jurisdiction: tuple[str, ...],
    kind: tuple[str, ...],
    certainty: tuple[str, ...],
    who: tuple[str, ...],
    within: int | None,
    search: str,
    undated: bool,
    case: str | None,
    trigger: date | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """The list of deadlines, by date; with --who, by who must act.

    \b
    Example:
        review-clock deadlines --from 2027-01-01 --to 2027-12-31 --jurisdiction us
        review-clock deadlines --case us.716.facility-review --trigger 2027-02-03
        review-clock deadlines --who importer --who producer --within 365d
        review-clock deadlines --search "steel 202a"
        review-clock deadlines --undated
    """
    from review_clock.questions.listed import listed

    question = settings.ask(as_of, reading)
    if case is not None or trigger is not None:
        _say_case(settings, case, trigger, question, form)
        return
    if undated:
        if start or end or certainty or who or within is not None:
            raise Error("--undated goes without days, --certainty and --who", "--jurisdiction, --kind, --search")
        _say_undated(settings, question, {"jurisdiction": jurisdiction, "kind": kind}, search, form)
        return
    if end is not None and within is not None:
        raise Error("--to and --within both say where the list ends", "one of the two")
    start = start or question.as_of
    window = _window(start, TWO_YEARS if within is None else timedelta(days=within))
    if end is not None:
        if end < start:
            raise Error(Phrase("--to {end} is before --from {start}", end=end, start=start), "a later day")
        window = replace(window, end=end)
    choice = {"jurisdiction": jurisdiction, "kind": kind, "certainty": certainty, "who_kind": who}
    _say_list(settings, listed(question, window, search=search, **choice), form, by_who=bool(who))


def _window(start: date, span: timedelta) -> Window:
    """So long from a day on, as far as the calendar goes."""
    from review_clock.questions.listed import Window
    from review_clock.timeline.unfold import LAST_DAY

    return Window(start=start, end=start + min(span, LAST_DAY - start))


@click.command("next", cls=Command)
@click.option(
    "--within", type=SPAN, default="90d", show_default=True, metavar="DAYS", help="So many days from --as-of."
)
@click.option("--jurisdiction", type=Vocabulary("jurisdiction"), multiple=True, help="treaty, us, ca, mx (repeatable).")
@click.option("--who", type=Vocabulary("who"), multiple=True, help="government, importer, public … (repeatable).")
@click.option("--search", default="", metavar="WORDS", help="Each word stands in title, id, who or citation.")
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
@citable()
def upcoming(
    settings: Settings,
    within: int,
    jurisdiction: tuple[str, ...],
    who: tuple[str, ...],
    search: str,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """What falls due next, one line each: day, days left, matter, who acts, how sure.

    \b
    Example:
        review-clock next
        review-clock next --within 365d --who importer --who public
        review-clock next --search labour
    """
    from review_clock.deadlines.deadline import AHEAD
    from review_clock.formats.json_writer import document
    from review_clock.formats.text_deadlines import next_text
    from review_clock.questions.listed import listed

    question, words = settings.ask(as_of, reading), settings.words()
    window = _window(question.as_of, timedelta(days=within))
    found = listed(question, window, jurisdiction=jurisdiction, who_kind=who, search=search, certainty=AHEAD)
    if form == "json":
        say_json(document(found, words))
    else:
        click.echo(next_text(found, words), nl=False)


def _say_list(settings: Settings, found: Deadlines, form: str, by_who: bool) -> None:
    from review_clock.formats import text_deadlines
    from review_clock.formats.json_writer import document

    words = settings.words()
    if form == "json":
        say_json(document(found, words))
    elif form == "csv":
        click.echo(with_provenance(text_deadlines.list_csv(found, words), form), nl=False)
        click.echo("\n".join(text_deadlines.about_the_list(found, words)), err=True)
    elif form == "md":
        click.echo(text_deadlines.list_markdown(found, words, by_who))
    else:
        click.echo(text_deadlines.list_text(found, words, by_who), nl=False)


def _say_undated(
    settings: Settings, question: Question, choice: dict[str, tuple[str, ...]], search: str, form: str
) -> None:
    from review_clock.formats import text_undated
    from review_clock.formats.json_documents import undated_document
    from review_clock.questions.listed import undated
    from review_clock.words.knowledge import known_lines, verified_line

    words, found = settings.words(), undated(question, search, **choice)
    notes = known_lines(question.as_of, question.known_on, words)
    notes += [verified_line("deadlines.verified", question.verified_on, words), words("status.disclaimer")]
    if form == "json":
        say_json(undated_document(found, question, words))
    elif form == "csv":
        click.echo(with_provenance(text_undated.undated_csv(found, words), form), nl=False)
        click.echo("\n".join(notes), err=True)
    elif form == "md":
        click.echo(text_undated.undated_markdown(found, notes, words))
    else:
        click.echo(text_undated.undated_text(found, notes, words), nl=False)


def _say_case(settings: Settings, name: str | None, trigger: date | None, question: Question, form: str) -> None:
    from review_clock.deadlines.case import case
    from review_clock.formats import text_case
    from review_clock.formats.json_documents import case_document

    if name is None or trigger is None:
        raise Error("--case and --trigger go together", "--case RULE --trigger DATE")
    law = question.law
    rules = {rule.id: rule for rule in law.rules if rule.counted_from != "undated"}
    if name in {rule.id for rule in law.rules} - set(rules):
        no_count = "--case {case}: this duty has no count of days (see review-clock deadlines --undated)"
        raise Error(Phrase(no_count, case=name))
    if name not in rules:
        raise Error(Phrase("--case {case!r} is not a rule", case=name), nearest(name, rules))
    found, words = case(rules[name], trigger, question.readings, law), settings.words()
    if form == "json":
        say_json(case_document(found, law, words))
    elif form == "csv":
        click.echo(with_provenance(text_case.case_csv(found, words), form), nl=False)
    elif form == "md":
        click.echo(text_case.case_markdown(found, words))
    else:
        click.echo(text_case.case_text(found, words), nl=False)


@click.command(cls=Command)
@click.argument("identity", metavar="ID", shell_complete=deadline_ids)
@as_of_option
@reading_option
@format_option("text", "json", "md")
@click.pass_obj
@citable()
def explain(settings: Settings, identity: str, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """One deadline step by step, with authority, sources and the other readings.

    ID is a deadline's id, a rule's id (the next one is taken), or either with @ and a year.

    \b
    Example:
        review-clock explain us.611.notice.1-2
        review-clock explain us.611.annual-report
        review-clock explain treaty.review.annual@2030
    """
    question, words = settings.ask(as_of, reading), settings.words()
    deadline = question.explain(identity)
    settings.say_picked(deadline, identity, question.as_of)
    if form == "json":
        from review_clock.formats.json_writer import document

        say_json(document(deadline, words))
        return
    from review_clock.formats.explanation import explanation
    from review_clock.words.knowledge import known_lines

    notes = known_lines(question.as_of, question.known_on, words, deadline.revised)
    say_parts(explanation(deadline, question.record, words, notes), form, words)


@click.command(cls=Command)
@as_of_option
@format_option("text", "json", "md")
@click.pass_obj
@citable()
def history(settings: Settings, as_of: date | None, form: str) -> None:
    """The record: every event with its sources, oldest first.

    \b
    Example:
        review-clock history --as-of 2026-07-01
    """
    from review_clock.formats.json_writer import document
    from review_clock.formats.text_record import history_parts

    question, words = settings.ask(as_of), settings.words()
    if form == "json":
        say_json(document(question.history, words))
    else:
        say_parts(history_parts(question, words), form, words)


@click.command(cls=Command)
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
@citable()
def readings(settings: Settings, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """The open points: each reading, the default and why, who holds which, the dates each moves.

    \b
    Example:
        review-clock readings
        review-clock readings --reading term_ends=end_of_day --format json
    """
    from review_clock.formats.json_documents import open_point_document
    from review_clock.formats.json_writer import iso
    from review_clock.formats.tables import paragraph
    from review_clock.formats.text_readings import open_point_text
    from review_clock.words.knowledge import known_lines

    question, words = settings.ask(as_of, reading), settings.words()
    points = question.open_points
    if form == "json":
        documents = [open_point_document(point, words) for point in points]
        say_json({"as_of": question.as_of.isoformat(), "known_on": iso(question.known_on), "readings": documents})
        return
    for point in points:
        click.echo(open_point_text(point, words))
    corrections = (each for point in points for each in point.reading.revised)
    for line in known_lines(question.as_of, question.known_on, words, corrections):
        click.echo(paragraph(line))
    click.echo(words("status.disclaimer"))
