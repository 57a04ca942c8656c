"""The commands that make something: graph, feed, build, check."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import click

from review_clock.commands.bad_input import SPAN, Command, FilePath
from review_clock.commands.gate import say_going_back, what_goes_back
from review_clock.commands.options import (
    Settings,
    as_of_option,
    calendars_option,
    format_option,
    reading_option,
    say_json,
    scenario_options,
)
from review_clock.files import Error, Phrase

if TYPE_CHECKING:
    from review_clock.questions.question import Question
    from review_clock.scenarios.library import Plan

_OF_AN_ADDRESS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/@%+,;=")


@click.command(cls=Command)
@format_option("mermaid", "dot", "svg", "json")
@click.pass_obj
def graph(settings: Settings, form: str) -> None:
    """The state machine of Chapter 34, made from its table.

    \b
    Example:
        review-clock graph --format svg > states.svg
    """
    from review_clock import Law
    from review_clock.formats.drawing_machine import drawn

    click.echo(drawn(form, Law.shipped(), settings.words()), nl=False)


def _feed_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from review_clock import Law
    from review_clock.feeds.definition import shipped

    return [name for name in shipped(Law.shipped()) if name.startswith(incomplete)]


def _is_address(value: str) -> bool:
    """Whether it is the address of a site. It stands in pages, feeds and headers, so nothing but an address passes."""
    from urllib.parse import urlsplit

    parts = urlsplit(value if _OF_AN_ADDRESS.issuperset(value) else "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _contact(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """A link to whoever publishes the site."""
    if not value or _is_address(value):
        return value
    name, at, host = value.partition("@")
    if name and at and "." in host and _OF_AN_ADDRESS.issuperset(value) and "/" not in value:
        return f"mailto:{value}"
    raise Error(Phrase("--contact: {value!r} is no address", value=value), "https://host/path, or an e-mail address")


def _base_url(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """The address of a site."""
    if value and not _is_address(value):
        raise Error(Phrase("--base-url: {value!r} is not the address of a site", value=value), "https://host/path")
    return value


def _verified(question: Question) -> Question:
    """The question itself: what is published says how far its record was verified. Raises `Error` where none was."""
    if question.verified_on is None:
        raise Error(
            Phrase("--known-on {day}: nobody had verified the record by then", day=question.known_on), "a later day"
        )
    return question


@click.command(cls=Command)
@click.argument("name", shell_complete=_feed_names)
@click.option("-o", "--output", type=FilePath(dir_okay=False), help="The file to write (default: standard output).")
@click.option("--base-url", default="", callback=_base_url, help="The address of the site, for links to its pages.")
@scenario_options
@calendars_option
@as_of_option
@reading_option
@format_option("ics", "csv")
@click.pass_obj
def feed(
    settings: Settings,
    name: str,
    output: str | None,
    base_url: str,
    plan: Plan | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """One calendar feed, on standard output or to a file; `--format csv` is for Outlook and docketing systems.

    Under a scenario the feed's name, its UIDs and every event say that it is a hypothesis.

    \b
    Example:
        review-clock feed everything -o everything.ics
        review-clock --lang es feed everything > todo.ics
        review-clock feed everything --scenario late-extension -o hypothesis.ics
        review-clock --calendars office feed partner-reminders -o partner.ics
    """
    from review_clock.feeds.calendar import carried
    from review_clock.feeds.csv_table import table
    from review_clock.feeds.definition import named
    from review_clock.files import write_atomically

    question = _verified(settings.ask(as_of, reading, plan))
    definition = named(name, settings.feeds(question), settings.lang)
    found = carried(definition, question, settings.words(), base_url)
    data = found.calendar() if form == "ics" else table(definition, found.chosen, found.events)
    if output in (None, "-"):
        click.echo(data, nl=False)
    else:
        write_atomically(output, data)


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FilePath(file_okay=False))
@click.option(
    "--base-url", default="", callback=_base_url, help="The address at which the site will stand, for absolute links."
)
@calendars_option
@as_of_option
@reading_option
@click.option("--publisher", default="", metavar="NAME", help="Who publishes the site, for the foot of each page.")
@click.option("--contact", default="", callback=_contact, help="Where to reach them: an address or an e-mail address.")
@click.option(
    "--allow-going-back", is_flag=True, help="Publish also what takes back what subscribers of the site in DIR have."
)
@click.pass_obj
def build(
    settings: Settings,
    folder: str,
    base_url: str,
    as_of: date | None,
    reading: tuple[str, ...],
    publisher: str,
    contact: str,
    allow_going_back: bool,
) -> None:
    """The whole site and every feed, into DIR: atomic, and the same input gives the same bytes.

    A site that stands in DIR is not replaced by one whose feeds would go back: exit code 1, and nothing is changed.

    \b
    Example:
        review-clock build site --base-url https://example.org/clock
    """
    import sys

    from review_clock.site.build import steps as build_steps
    from review_clock.site.material import Publisher
    from review_clock.site.publish_gate import WouldGoBack

    question, words = _verified(settings.ask(as_of, reading)), settings.words()
    who = Publisher(name=publisher, contact=contact)
    steps = build_steps(question, folder, base_url, settings.feeds(question), not allow_going_back, who)
    quiet = sys.stderr is None or not sys.stderr.isatty()
    written: list[str] = []
    with click.progressbar(
        steps, length=steps.length, label=words("build.progress"), file=sys.stderr, hidden=quiet
    ) as bar:
        try:
            written.extend(bar)
        except WouldGoBack as refused:
            say_going_back(refused.found, words)
            raise click.exceptions.Exit(1) from None
    for path in written:
        click.echo(path)
    click.echo(words("build.wrote", files=words.count("files", len(written)), folder=folder), err=True)
    click.echo(words("build.look", file=os.path.join(folder, "index.html")), err=True)


@click.command(cls=Command)
@calendars_option
@as_of_option
@click.option("--data", metavar="DIR", type=FilePath(file_okay=False), help="Data files to check before ours.")
@click.option(
    "--against", metavar="DIR|URL", help="A published site: refuse what would take back what its subscribers have."
)
@click.option("--strict", is_flag=True, help="An old record is an error: exit code 1 (see --max-age).")
@click.option("--max-age", type=SPAN, default="60d", show_default=True, metavar="DAYS", help="With --strict: how old.")
@format_option("text", "json")
@click.pass_obj
def check(
    settings: Settings,
    as_of: date | None,
    data: str | None,
    against: str | None,
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
    from review_clock.check import check as checked
    from review_clock.check import summary
    from review_clock.formats.json_writer import document, iso

    as_of = as_of or settings.today
    most = max_age if strict else None
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
            click.echo(f"{words(f'check.{each.level}')}: {each.where}: {each.said(words)}")
        if found.passed:
            click.echo(summary(found, words))
    back = what_goes_back(settings, as_of, against) if against else ()
    say_going_back(back, words)
    if back or not found.passed:
        raise click.exceptions.Exit(1)
