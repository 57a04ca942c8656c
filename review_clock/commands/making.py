"""The commands that show how it is made, and whether it is sound: graph, check."""

from __future__ import annotations

from datetime import date

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.gate import say_going_back, what_goes_back
from review_clock.commands.options import Settings, as_of_option, citable, format_option, say_json, with_provenance
from review_clock.commands.values import SPAN, FilePath


@click.command(cls=Command)
@format_option("mermaid", "dot", "svg", "json")
@click.pass_obj
@citable("law")
def graph(settings: Settings, form: str) -> None:
    """The state machine of Chapter 34, made from its table.

    \b
    Example:
        review-clock graph --format svg > states.svg
    """
    from review_clock import Law
    from review_clock.formats.drawing_machine import drawn
    from review_clock.formats.machine_document import machine

    if form == "json":
        say_json(machine(Law.shipped()))
    else:
        click.echo(with_provenance(drawn(form, Law.shipped(), settings.words()), form), nl=False)


@click.command(cls=Command)
@as_of_option
@click.option("--data", metavar="DIR", type=FilePath(file_okay=False), help="Data files to check before ours.")
@click.option(
    "--against", metavar="DIR|URL", help="A published site: refuse what would take back what its subscribers have."
)
@click.option("--include-own", is_flag=True, help="With --against: the site was built with --include-own.")
@click.option("--strict", is_flag=True, help="An old record is an error: exit code 1 (see --max-age).")
@click.option("--max-age", type=SPAN, default="60d", show_default=True, metavar="DAYS", help="With --strict: how old.")
@format_option("text", "json")
@click.pass_obj
def check(
    settings: Settings,
    as_of: date | None,
    data: str | None,
    against: str | None,
    include_own: bool,
    strict: bool,
    max_age: int,
    form: str,
) -> None:
    """Validate record, rules, readings, calendars, translations and freshness. Exit code 1 if something is wrong.

    \b
    Example:
        review-clock check --as-of 2026-11-23
        review-clock check --against https://example.org/clock
        review-clock check --strict --max-age 60d
    """
    from review_clock.check.checked import check as checked
    from review_clock.check.checked import summary
    from review_clock.formats.json_writer import document, iso

    as_of = as_of or settings.today
    most = max_age if strict else None
    settings.note_record()
    found = checked(settings.record, as_of, data, settings.calendars, settings.known_on, most)
    words = settings.words()
    if form == "json":
        rows = [{"level": each.level, "where": each.where, "message": each.said(words)} for each in found.findings]
        matters = document(found.law.not_covered, words)
        say_json(
            {"as_of": as_of.isoformat(), "known_on": iso(settings.known_on), "findings": rows, "not_covered": matters}
        )
    else:
        for each in found.findings:
            click.echo(f"{words(f'check.{each.level}')}{words.colon} {each.where}{words.colon} {each.said(words)}")
        if found.passed:
            click.echo(summary(found, words))
    back = what_goes_back(settings, as_of, against, include_own) if against else ()
    say_going_back(back, words)
    if back or not found.passed:
        raise click.exceptions.Exit(1)
