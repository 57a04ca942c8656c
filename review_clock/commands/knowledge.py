"""The command that tells two days of knowledge apart: diff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from review_clock.commands.bad_input import DAY, Command
from review_clock.commands.options import Settings, citable, format_option, reading_option, say_json
from review_clock.files import Error, Phrase


@click.command(cls=Command)
@click.argument("first", metavar="K1", type=DAY)
@click.argument("second", metavar="K2", type=DAY)
@click.option("--as-of", type=DAY, default=None, help="Of this day, known twice (default: of K1 and K2 themselves).")
@reading_option
@format_option("text", "json")
@click.pass_obj
@citable(dated=False)
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
