"""The command line: the one place that asks what day it is. The commands import what costs time where they use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Final

import click

from review_clock import __version__
from review_clock.commands.bad_input import TYPED, FilePath, Group, OneOf
from review_clock.commands.options import Settings
from review_clock.files import LANGUAGES

_ROOMS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("status", "deadlines", "next", "explain", "history", "readings"), "position"),
    **dict.fromkeys(("whatif", "compare", "scenarios"), "scenarios"),
    "memo": "memo",
    "diff": "knowledge",
    **dict.fromkeys(("explore", "outlook"), "futures"),
    "record": "ledger",
    "case": "cases",
    "graph": "making",
    **dict.fromkeys(("feed", "build"), "publishing"),
    "check": "making",
}
"""The module of each command, in the order in which help lists them; it is imported when the command is asked for."""
_NAMED: Final[Mapping[str, str]] = {"next": "upcoming"}
"""The function of a command whose name Python has taken."""


class Commands(Group):
    """The commands, each imported when it is asked for: `status` must start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names."""
        return list(_ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, if there is one."""
        if cmd_name not in _ROOMS:
            return None
        command: click.Command = getattr(
            import_module(f"review_clock.commands.{_ROOMS[cmd_name]}"), _NAMED.get(cmd_name, cmd_name)
        )
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="review-clock")
@click.option(
    "--record",
    multiple=True,
    metavar="FILE",
    type=FilePath(dir_okay=False),
    help="Your own record, laid over the one that ships (repeatable).",
)
@click.option(
    "--calendars",
    metavar="DIR",
    type=FilePath(file_okay=False),
    help="A folder of your own feeds and firm rules, beside those that ship.",
)
@click.option(
    "--lang",
    type=OneOf(LANGUAGES),
    default="en",
    envvar="REVIEW_CLOCK_LANG",
    show_default=True,
    help="The language of the answer.",
)
@click.option("--debug", is_flag=True, help="Show where in the program a fault of its own happened.")
@click.pass_context
def main(ctx: click.Context, record: tuple[str, ...], calendars: str | None, lang: str, debug: bool) -> None:  # noqa: ARG001 - read where faults are caught
    """The deadline engine for the USMCA (CUSMA, T-MEC, ACEUM) joint review.

    For any day and any assumed future: what is the legal state, under which paragraph, what is due, by when, who must
    act, how was the date counted, what would move it. A calendar, not legal advice.

    \b
    Example:
        review-clock status
        review-clock --lang fr deadlines --from 2027-01-01 --to 2027-12-31
    """
    ctx.obj = Settings(record=record, lang=lang, today=date.today(), calendars=calendars, typed=ctx.meta.get(TYPED, ()))
