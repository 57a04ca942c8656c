"""The command line: the one place that asks what day it is. The commands import what costs time where they use it."""

from __future__ import annotations

from datetime import date

import click

from review_clock import __version__
from review_clock.commands import futures, making, position, scenarios
from review_clock.commands.options import Group, Settings
from review_clock.files import LANGUAGES


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="review-clock")
@click.option(
    "--record",
    multiple=True,
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Your own record, laid over the one that ships (repeatable).",
)
@click.option(
    "--calendars",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="A folder of your own feeds and firm rules, beside those that ship.",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    envvar="REVIEW_CLOCK_LANG",
    show_default=True,
    help="The language of the answer.",
)
@click.pass_context
def main(ctx: click.Context, record: tuple[str, ...], calendars: str | None, lang: str) -> None:
    """The deadline engine for the USMCA (CUSMA, T-MEC, ACEUM) joint review.

    For any day and any assumed future: what is the legal state, under which paragraph, what is due, by when, who must
    act, how was the date counted, what would move it. A calendar, not legal advice.

    \b
    Example:
        review-clock status
        review-clock --lang fr deadlines --from 2027-01-01 --to 2027-12-31
    """
    ctx.obj = Settings(record=record, lang=lang, today=date.today(), calendars=calendars)


for command in (
    position.status,
    position.deadlines,
    position.explain,
    position.history,
    position.readings,
    scenarios.whatif,
    scenarios.compare,
    scenarios.scenarios,
    futures.explore,
    futures.outlook,
    making.record,
    making.graph,
    making.feed,
    making.build,
    making.check,
):
    main.add_command(command)
