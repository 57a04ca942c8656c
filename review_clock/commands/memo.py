"""The command that writes a memo to file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.options import (
    Settings,
    as_of_option,
    deadline_ids,
    reading_option,
    scenario_options,
)

if TYPE_CHECKING:
    from review_clock.scenarios.library import Plan


@click.command(cls=Command)
@click.argument("identity", metavar="[ID | status]", default="status", shell_complete=deadline_ids)
@scenario_options
@as_of_option
@reading_option
@click.pass_obj
def memo(settings: Settings, identity: str, plan: Plan | None, as_of: date | None, reading: tuple[str, ...]) -> None:
    """A memo to file in Markdown: a deadline (an ID as explain takes it), or the position.

    The answer, how each day is counted with the authority of each step, the readings taken and what others would give,
    every source as a footnote, and what is needed to ask again.

    \b
    Example:
        review-clock memo us.611.notice.1-2 > memo.md
        review-clock memo status --as-of 2027-01-04 --known-on 2027-01-04
        review-clock --lang es memo treaty.review.annual --scenario us-withdraws
    """
    from review_clock.formats.memo import memo_markdown
    from review_clock.questions.memo import memo as asked

    question = settings.ask(as_of, reading, plan)
    found = asked(question, identity, settings.command(question.as_of))
    settings.say_picked(found.deadline, identity, question.as_of)
    click.echo(memo_markdown(found, settings.words()), nl=False)
