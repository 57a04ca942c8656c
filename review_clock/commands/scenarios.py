"""The commands on what is assumed: whatif, compare, scenarios."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.options import (
    Settings,
    as_of_option,
    citable,
    come_from,
    format_option,
    reading_option,
    say_json,
    say_parts,
    scenario_names,
    scenario_options,
    with_provenance,
)
from review_clock.commands.values import FilePath, Whole
from review_clock.files import Error, Phrase

if TYPE_CHECKING:
    from review_clock.questions.question import Question
    from review_clock.scenarios.batch import Item
    from review_clock.scenarios.library import Plan

THE_RECORD = "record"


@click.command(cls=Command)
@click.option("--brief", is_flag=True, help="Only what differs in the position, and how many deadlines change.")
@click.option("--all-readings", is_flag=True, help="The result under every combination of readings that matters.")
@click.option(
    "--batch", type=FilePath(dir_okay=False), metavar="FILE", help="Many at once: a line of JSON each, in and out."
)
@scenario_options
@as_of_option
@reading_option
@format_option("text", "json", "md")
@click.pass_obj
@citable()
def whatif(
    settings: Settings,
    brief: bool,
    all_readings: bool,
    batch: str | None,
    plan: Plan | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """The position under assumptions beside that by the record alone, the timeline, and what deadlines they change.

    The position is that when all of it is done; where that lies ahead, the one on the day asked for stands below it.

    \b
    Example:
        review-clock whatif --assume "2029-03-15 all confirm" --as-of 2030-01-01
        review-clock whatif --scenario us-withdraws --as-of 2027-08-01
        review-clock whatif --scenario late-extension --all-readings

    With --batch each line of the file is {"assume": ["2029-03-15 all confirm"]}, with "as_of", "readings",
    "counterfactual" and an "id" that comes back where they are wanted; what comes out is a line of JSON for each. What
    the law does not allow is "refused" in its line.
    """
    if batch is not None:
        if plan is not None or brief or all_readings:
            raise Error("--batch goes without --assume, --scenario, --brief and --all-readings", "one or the other")
        _say_batch(settings, batch, as_of, reading)
        return
    if plan is None:
        raise Error("whatif: nothing is assumed", '--scenario NAME, or --assume "2029-03-15 us confirms"')
    if brief and all_readings:
        raise Error("--brief goes without --all-readings", "one or the other")
    if all_readings and form == "md":
        raise Error(
            Phrase("{option} goes without {other}", option="--all-readings", other="--format md"), "one or the other"
        )
    question = settings.ask(as_of, reading, plan)
    say = _say_every_reading if all_readings else _say_brief if brief else _say_whatif
    say(settings, question, plan, form)


def _say_batch(settings: Settings, path: str, as_of: date | None, reading: Sequence[str]) -> None:
    from review_clock.files import BadData, text_of
    from review_clock.formats.cited import provenance_document
    from review_clock.formats.json_scenarios import batch_document
    from review_clock.formats.json_writer import as_json
    from review_clock.scenarios.batch import items

    bases: dict[tuple[date | None, tuple[str, ...]], Question] = {}
    asked: list[tuple[Item, Question]] = []
    words, file = settings.words(), os.path.basename(path)
    for item in items(text_of(path), file):
        key = (item.as_of or as_of, (*reading, *(f"{name}={value}" for name, value in item.readings.items())))
        if key not in bases:
            try:
                bases[key] = settings.ask(*key)
            except Error as error:
                raise BadData(file, f"line[{item.line}]", error.wrong, error.accepted) from None
        asked.append((item, bases[key].under_plan(item.plan)))
    for item, question in asked:
        come = provenance_document(come_from(settings, question))
        line = {**batch_document(item, question, words), "provenance": come}
        click.echo(as_json(line, indent=None), nl=False)


def _say_whatif(settings: Settings, question: Question, plan: Plan, form: str, brief: bool = False) -> None:
    words, under = settings.words(), question.scenario
    assert under is not None
    if form == "json":
        from review_clock.formats.json_scenarios import scenario_document
        from review_clock.formats.json_writer import document

        say_json(
            {
                "scenario": scenario_document(plan, under, words),
                "status": document(question.status, words),
                "before": document(question.as_assumed.recorded.status, words),
                "after": document(question.as_assumed.status, words),
                "timeline": document(question.timeline, words),
                "changes": document(question.changes, words),
                "deadlines": document(question.all_deadlines, words),
            }
        )
        return
    from review_clock.formats.before_after import whatif_parts

    say_parts(whatif_parts(question, words, brief), form, words)


def _say_brief(settings: Settings, question: Question, plan: Plan, form: str) -> None:
    _say_whatif(settings, question, plan, form, brief=True)


def _say_every_reading(settings: Settings, question: Question, plan: Plan, form: str) -> None:
    from review_clock import every_reading
    from review_clock.formats.json_scenarios import every_reading_document
    from review_clock.formats.tables import paragraph
    from review_clock.formats.text_every_reading import every_reading_text
    from review_clock.words.acts import all_assumed
    from review_clock.words.knowledge import how_far, known_lines

    words, every = settings.words(), every_reading(question)
    if form == "json":
        say_json(every_reading_document(every, words))
        return
    lines = [paragraph(words("status.assumed"))]
    said = all_assumed(plan.lines, words) or [words("status.assumed_nothing")]
    lines += [paragraph(line, "    ", "  - ") for line in said]
    lines += ["", words("status.as_of", day=words.day(question.as_of))]
    click.echo("\n".join(lines))
    click.echo(every_reading_text(every, words))
    far = [how_far(question.verified_on, words)] if question.beyond_record else []
    for line in (*far, *known_lines(question.as_of, question.known_on, words)):
        click.echo(paragraph(line))
    click.echo(words("status.disclaimer"))


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="SCENARIO...", shell_complete=scenario_names)
@click.option("--to", "to", type=Whole(2020, 2100), default=None, help="The last year shown (default: to the end).")
@as_of_option
@reading_option
@format_option("text", "json", "md", "csv")
@click.pass_obj
@citable()
def compare(
    settings: Settings,
    names: Sequence[str],
    to: int | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """Scenarios side by side: names of the library, files of your own, or `record` for the record alone.

    \b
    Example:
        review-clock compare record extension-2027 us-withdraws
        review-clock compare late-extension mine.toml --to 2050 --format csv
    """
    from review_clock import compare as side_by_side
    from review_clock.formats import text_comparison
    from review_clock.formats.json_scenarios import comparison_document
    from review_clock.scenarios.library import plan_of

    if len(names) < 2:
        raise Error("compare: it takes two scenarios or more", "names, files, or record")
    question = settings.ask(as_of, reading)
    if to is not None and to < question.as_of.year:
        early = Phrase("--to {to} is before {year}, the year of --as-of", to=to, year=question.as_of.year)
        raise Error(early, "a later year")
    sides = [question.under_plan(None if name == THE_RECORD else plan_of(name)) for name in names]
    found, words = side_by_side(*sides, to=to), settings.words()
    if form == "json":
        say_json(comparison_document(found, words))
    elif form == "csv":
        click.echo(with_provenance(text_comparison.comparison_csv(found, words), form), nl=False)
    else:
        abreast = len(sides) if form == "md" else text_comparison.ABREAST
        say_parts(text_comparison.comparison_parts(found, words, abreast), form, words)


@click.command(cls=Command)
@format_option("text", "json", "md")
@click.pass_obj
@citable("law")
def scenarios(settings: Settings, form: str) -> None:
    """The library of named scenarios: what each assumes, and who described it.

    \b
    Example:
        review-clock scenarios
        review-clock --lang fr scenarios --format md
    """
    from review_clock.formats.json_scenarios import plan_document
    from review_clock.formats.text_scenarios import scenarios_markdown, scenarios_text
    from review_clock.scenarios.library import library

    plans, words = library().values(), settings.words()
    if form == "json":
        say_json({"scenarios": [plan_document(plan, words) for plan in plans]})
    elif form == "md":
        click.echo(scenarios_markdown(plans, words))
    else:
        click.echo(scenarios_text(plans, words), nl=False)
