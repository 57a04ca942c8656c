"""The command line: the one place that asks what day it is. The commands import what costs time where they use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from shutil import get_terminal_size
from typing import Any, Final

import click
from click.core import ParameterSource

from review_clock import __version__
from review_clock.commands.bad_input import TYPED, Group
from review_clock.commands.options import OWN, Settings, shared_options, with_shared_options
from review_clock.commands.settings_file import NOT_READ_BY, Preferences, place, preferences

_ROOMS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("status", "deadlines", "next", "explain", "history", "readings"), "position"),
    **dict.fromkeys(("whatif", "compare", "scenarios"), "scenarios"),
    "proceedings": "proceedings",
    "memo": "memo",
    **dict.fromkeys(("diff", "sources"), "knowledge"),
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
        room = import_module(f"review_clock.commands.{_ROOMS[cmd_name]}")
        return with_shared_options(getattr(room, _NAMED.get(cmd_name, cmd_name)))

    def invoke(self, ctx: click.Context) -> Any:
        """What the command gives; then, on the stream of errors, the record that it used besides the one that ships."""
        from review_clock.formats.tables import USUAL, as_wide_as

        try:
            with as_wide_as(get_terminal_size((USUAL, 24)).columns):
                given = super().invoke(ctx)
        except click.exceptions.Exit:
            _name_record(ctx)
            raise
        _name_record(ctx)
        return given


def _name_record(ctx: click.Context) -> None:
    own = ctx.meta.get(OWN, ())
    if own:
        from review_clock.words.wording import wording

        click.echo(wording(ctx.params["lang"])("record.used", files=", ".join(own)), err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="review-clock")
@click.option("--debug", is_flag=True, help="Show where in the program a fault of its own happened.")
@click.option("--no-config", is_flag=True, envvar="REVIEW_CLOCK_NO_CONFIG", help="Read no settings file.")
@click.pass_context
def main(
    ctx: click.Context,
    no_config: bool,
    debug: bool,  # noqa: ARG001 - read where faults are caught
    record: tuple[str, ...],
    calendars: str | None,
    lang: str | None,
) -> None:
    """The deadline engine for the USMCA (CUSMA, T-MEC, ACEUM) joint review.

    For any day and any assumed future: what is the legal state, under which paragraph, what is due, by when, who must
    act, how was the date counted, what would move it. A calendar, not legal advice.

    \b
    Example:
        review-clock status
        review-clock --lang fr deadlines --from 2027-01-01 --to 2027-12-31
    """
    kept = Preferences()
    if not no_config and ctx.invoked_subcommand not in NOT_READ_BY:
        kept = preferences(place(), must_be=ctx.invoked_subcommand != "record")
    ctx.params["lang"] = lang or kept.lang or "en"
    ctx.obj = Settings(
        record=record or kept.record,
        lang=ctx.params["lang"],
        today=date.today(),
        calendars=calendars or kept.calendars or None,
        typed=ctx.meta.get(TYPED, ()),
        record_typed=ctx.get_parameter_source("record") is ParameterSource.COMMANDLINE,
    )


main.params += shared_options(after_the_command=False)
