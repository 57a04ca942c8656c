"""The commands on what is known, and who says so: diff, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.options import (
    Settings,
    as_of_option,
    citable,
    format_option,
    reading_option,
    say_json,
    with_provenance,
)
from review_clock.commands.values import DAY
from review_clock.files import Error, Phrase, nearest

if TYPE_CHECKING:
    from review_clock.questions.sources import CitedSource
    from review_clock.words.wording import Wording


@click.command(cls=Command)
@click.argument("first", metavar="K1", type=DAY)
@click.argument("second", metavar="K2", type=DAY)
@click.option("--as-of", type=DAY, default=None, help="Of this day, known twice (default: of K1 and K2 themselves).")
@reading_option
@format_option("text", "json")
@click.pass_obj
@citable("days")
def diff(
    settings: Settings, first: date, second: date, as_of: date | None, reading: tuple[str, ...], form: str
) -> None:
    """What was learned between two days: position, dates, how sure they are, sources, with what made it so.

    \b
    Example:
        review-clock diff 2026-07-01 2026-10-08
        review-clock diff 2026-07-01 2026-10-08 --as-of 2027-07-01
    """
    from review_clock import diff as learned
    from review_clock.formats.json_writer import document
    from review_clock.formats.text_learned import learned_text

    if second < first:
        wrong = Phrase("the second day, {second}, is before the first, {first}", second=second, first=first)
        raise Error(wrong, "a later day")
    before = replace(settings, known_on=first, citing=False).ask(as_of or first, reading)
    asked = [before, replace(settings, known_on=second).ask(as_of or second, reading)]
    found, words = learned(*asked), settings.words()
    if form == "json":
        say_json(document(found, words))
    else:
        click.echo(learned_text(found, words), nl=False)


@click.command(cls=Command)
@click.argument("identity", metavar="[ID]", default="")
@click.option("--check", "ask", is_flag=True, help="Ask each address once: is it there, does it carry its words?")
@click.option("--timeout", type=click.FloatRange(0.1, 600), default=20, show_default=True, help="Seconds a source.")
@as_of_option
@format_option("text", "json", "csv")
@click.pass_obj
@citable()
def sources(settings: Settings, identity: str, ask: bool, timeout: float, as_of: date | None, form: str) -> None:
    """Who says so: each source once, what rests on it, how it was seen and when it was read. ID: only those of one
    entry, announced date, rule, deadline, reading or citation.

    With --check, and only then, one request goes to each address: exit code 1 if a page is gone, does not answer, leads
    elsewhere or no longer carries the decisive words. Other changes of a page are not looked at.

    \b
    Example:
        review-clock sources E65
        review-clock sources --check --format csv
    """
    from review_clock.formats import text_sources as written
    from review_clock.formats.json_documents import sources_document
    from review_clock.questions.sources import sources as cited

    question, words = settings.ask(as_of), settings.words()
    every = cited(question)
    found = [each for each in every if not identity or each.bears(identity)]
    if not found:
        known = {each for source in every for each in source.resting}
        raise Error(Phrase("{value!r}: no source is cited for it", value=identity), nearest(identity, sorted(known)))
    if ask:
        _check_sources(found, timeout, words, form)
    elif form == "json":
        say_json(sources_document(found, words))
    else:
        said = written.sources_csv(found, words) if form == "csv" else written.sources_text(found, words)
        click.echo(with_provenance(said, form), nl=False)


def _check_sources(found: Sequence[CitedSource], seconds: float, words: Wording, form: str) -> None:
    """Visit the sources, say what was found, and exit with 1 if that is anything wrong."""
    from review_clock.commands.watch import visits
    from review_clock.formats import text_sources as written
    from review_clock.formats.json_documents import visits_document

    made = []
    for visit in visits(found, seconds):
        made.append(visit)
        if form == "text" and visit.found:
            click.echo(written.visit_text(visit, words))
    if form == "json":
        say_json(visits_document(made, words))
    elif form == "csv":
        click.echo(with_provenance(written.visits_csv(made, words), form), nl=False)
    else:
        wrong = sum(visit.wrong for visit in made)
        click.echo(words("sources.visited", n=len(made), wrong=wrong, bare=len(found) - len(made)))
    if any(visit.wrong for visit in made):
        raise click.exceptions.Exit(1)
