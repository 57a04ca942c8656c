"""The command that says where each proceeding stands."""

from __future__ import annotations

from datetime import date

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.options import Settings, as_of_option, citable, format_option, say_json, say_parts


@click.command(cls=Command)
@click.argument("identity", metavar="[ID]", required=False)
@as_of_option
@format_option("text", "json", "md")
@click.pass_obj
@citable()
def proceedings(settings: Settings, identity: str | None, as_of: date | None, form: str) -> None:
    """Where each proceeding stands, step by step: notice, comments, hearing, report.

    A later announcement supersedes the earlier. Where nothing is announced, the weeks that last time's rhythm would
    give are named as such: practice, not a date.

    \b
    Example:
        review-clock proceedings
        review-clock proceedings 611-2026 --as-of 2025-11-10
    """
    from review_clock.formats.json_writer import document
    from review_clock.formats.text_proceedings import proceedings_parts

    found, words = settings.ask(as_of).proceedings, settings.words()
    if identity is not None:
        found = found.only(identity)
    if form == "json":
        say_json(document(found, words))
    else:
        say_parts(proceedings_parts(found, words), form, words)
