"""The commands that look ahead: explore, outlook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.options import (
    F,
    Settings,
    as_of_option,
    citable,
    format_option,
    reading_option,
    say_json,
    scenario_options,
    with_provenance,
)
from review_clock.commands.values import DAY, FilePath, Whole
from review_clock.files import Error, Phrase

if TYPE_CHECKING:
    from review_clock.futures.setting import Setting
    from review_clock.questions.question import Question
    from review_clock.scenarios.library import Plan


def _walk_options(command: F) -> F:
    """`--horizon` and `--notice-on`: how far, and on which day of the year a notice may come."""
    for option in (
        click.option("--horizon", type=Whole(), default=2060, show_default=True, help="The last year."),
        click.option(
            "--notice-on",
            "notice_on",
            default="10-01",
            metavar="MM-DD",
            show_default=True,
            help="The day of the year on which a Party may give notice of withdrawal.",
        ),
    ):
        command = option(command)
    return command


@click.command(cls=Command)
@click.option("--depth", type=Whole(0, 8), default=1, show_default=True, help="Days of choice told in full.")
@click.option(
    "--parties",
    multiple=True,
    metavar="us,ca,mx",
    help="Whose choices are open (default: all); the others confirm at each review and give no notice.",
)
@_walk_options
@scenario_options
@as_of_option
@reading_option
@format_option("text", "json", "mermaid", "dot", "svg")
@click.pass_obj
@citable(histories="a whole number", probability="from 0 to 1")
def explore(
    settings: Settings,
    depth: int,
    parties: tuple[str, ...],
    horizon: int,
    notice_on: str,
    plan: Plan | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """Every future that the law allows, folded: positions that are legally the same are one.

    The first days of choice are told in full; to the horizon the histories are counted, exactly. What a scenario
    assumes is taken as done as far as it lies before --as-of.

    \b
    Example:
        review-clock explore --parties us --depth 3
        review-clock explore --depth 2 --format svg > futures.svg
        review-clock explore --scenario us-withdraws --as-of 2027-08-01
    """
    from review_clock import explore as explored

    named = [name.strip() for each in parties for name in each.split(",")]
    question = settings.ask(as_of, reading, plan)
    answer = explored(question, parties=named, depth=depth, horizon=horizon, notice_on=notice_on)
    words = settings.words()
    if form == "json":
        from review_clock.formats.json_explore import exploration_document

        say_json(exploration_document(answer, words))
    elif form == "text":
        from review_clock.formats.text_explore import explore_text

        click.echo(explore_text(answer, words), nl=False)
    else:
        from review_clock.formats.drawing_explore import MANY, drawn

        positions = sum(len(layer.nodes) for layer in answer.layers)
        if positions > MANY:
            click.echo(words("explore.many", n=words.number(positions)), err=True)
        click.echo(with_provenance(drawn(form, answer, words), form), nl=False)


def _chance_option(name: str, help_: str) -> Callable[[F], F]:
    return click.option(name, multiple=True, metavar="PARTY=CHANCE", help=help_)


def _setting_options(command: F) -> F:
    """The chances, the days on which a Party may act, how far: as the argument `chosen`, by the names of `setting`."""

    @wraps(command)
    def with_chosen(
        *args: Any,
        confirm: tuple[str, ...],
        withdraw: tuple[str, ...],
        confirm_between: tuple[str, ...],
        rescind: tuple[str, ...],
        world: str | None,
        between_on: tuple[str, ...],
        notice_on: tuple[str, ...],
        horizon: int,
        exact: bool,
        **values: Any,
    ) -> Any:
        settings = click.get_current_context().find_object(Settings)
        assert settings is not None
        chosen: dict[str, Any] = {
            "confirm": confirm,
            "withdraw": withdraw,
            "between": confirm_between,
            "rescind": rescind,
            "world": world,
            "between_on": between_on,
            "notice_on": notice_on,
            "horizon": horizon,
            "exact": exact,
            "tell": lambda n: click.echo(settings.words()("outlook.takes", seconds=n), err=True),
        }
        return command(*args, chosen=chosen, **values)

    wrapped = cast(F, with_chosen)
    for option in (
        click.option("--exact", is_flag=True, help="Compute in fractions, and give them."),
        click.option("--horizon", type=Whole(), default=2060, show_default=True, help="The last year."),
        click.option(
            "--world",
            type=FilePath(dir_okay=False),
            metavar="FILE",
            help="A file of chances with sources, and of states of the world with weights and switching days.",
        ),
        _days_option("--notice-on", "10-01", "A day of the year on which notices come (repeatable)."),
        _days_option("--between-on", "01-01", "A day of the year for confirmations between reviews (repeatable)."),
        _chance_option("--rescind", "The chance that a Party takes its notice back (default: 0)."),
        _chance_option("--confirm-between", "The chance that it confirms on a day between reviews (default: 0)."),
        _chance_option("--withdraw", "The chance that a Party gives notice in a year (default: 0)."),
        _chance_option("--confirm", "The chance that a Party confirms at a review: us=0.3, or us=2027:0.1,2030:0.5."),
    ):
        wrapped = option(wrapped)
    return wrapped


def _days_option(name: str, default: str, help_: str) -> Callable[[F], F]:
    return click.option(name, multiple=True, default=(default,), metavar="MM-DD", show_default=True, help=help_)


@click.command(cls=Command)
@_setting_options
@click.option("--on", multiple=True, type=DAY, metavar="DATE", help="Who is in on this day, too (repeatable).")
@click.option("--ask", multiple=True, metavar="EVENT", help='How likely it is: "all bound on 2040-01-01" (repeatable).')
@click.option("--given", multiple=True, metavar="EVENT", help='A condition: "not extended by 2030-12-31" (repeatable).')
@click.option("--sweep", metavar="us=0:1:0.05", help="The odds over a range of a chance (or withdraw.us=…).")
@click.option("--solve", metavar="us", help="At which value of a chance --ask has the share that --equals says.")
@click.option("--equals", metavar="SHARE", help="With --solve.")
@click.option("--tornado", is_flag=True, help="What moves the odds most: each chance by ten points either way.")
@click.option("--every-reading", is_flag=True, help="And each open point read otherwise (with --tornado or alone).")
@click.option(
    "--plot", type=FilePath(dir_okay=False), metavar="FILE", help="Write a chart to this file: NAME.svg or NAME.png."
)
@scenario_options
@as_of_option
@reading_option
@format_option("text", "json", "csv", "md")
@click.pass_obj
@citable(probability="from 0 to 1", years="of 365.25 days")
def outlook(
    settings: Settings,
    chosen: dict[str, Any],
    on: tuple[date, ...],
    ask: Sequence[str],
    given: Sequence[str],
    sweep: str | None,
    solve: str | None,
    equals: str | None,
    tornado: bool,
    every_reading: bool,
    plot: str | None,
    plan: Plan | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """The exact odds, given the chances of each Party, by year: who is in, in force, extended, ended.

    Nothing is sampled. "In force" says nothing of who is in: all three, two, or one under that reading.

    A chance is a number from 0 to 1, a fraction, or a schedule in which each number holds from its year on. A chance
    to confirm is needed for each Party that is bound.

    With --ask or --given it tells how likely an event is, and how likely under a condition. Events: extended, ended,
    expired, ended by withdrawals, us confirms, us gives notice, us rescinds notice, us leaves (each "by DATE", else by
    the horizon's end); in force, us bound (each "on DATE"). For us also ca, mx, "us,ca", all, any, nobody, "only
    ca,mx". They are joined by and, or, not and brackets. With --lang es or fr they may be said in that language.

    \b
    Example:
        review-clock outlook --confirm us=0.3 --confirm ca=0.95 --confirm mx=0.95 --withdraw us=0.02
        review-clock outlook --confirm us=0.3 --confirm ca=1 --confirm mx=1 --on 2040-01-01
        review-clock outlook --confirm us=0.3 --confirm ca=1 --confirm mx=1 --ask "in force on 2040-01-01"
        review-clock outlook --confirm us=2027:0.1,2030:0.5 --confirm ca=1 --confirm mx=1 --plot odds.svg
    """
    from review_clock.futures.outlook import outlook_under
    from review_clock.futures.setting import setting
    from review_clock.futures.start import checked_days
    from review_clock.words.events import event_typed

    question, words = settings.ask(as_of, reading, plan), settings.words()
    ask, given = ([event_typed(each, words) for each in events] for events in (ask, given))
    if plot is not None and not plot.lower().endswith((".svg", ".png")):
        raise Error(Phrase("--plot: {value!r} is not the name of a picture", value=plot), "NAME.svg or NAME.png")
    if _one_of(sweep=sweep, solve=solve, tornado=tornado or every_reading):
        _say_sensitivity(settings, question, chosen, ask, given, (sweep, solve, equals, every_reading), plot, form)
        return
    under = setting(question, **chosen)
    days = checked_days(on, under.start, under.horizon)
    if ask or given:
        if plot is not None:
            raise Error("--plot goes without --ask and --given", "one or the other")
        _say_odds(settings, under, ask, given, days, form)
        return
    answer = outlook_under(under, days)
    if plot is not None:
        from review_clock.formats.drawing_outlook import plotted

        _write_chart(plot, plotted(answer, settings.words()))
    _say_outlook(settings, answer, form)


def _write_chart(path: str, chart: str) -> None:
    """Write a chart, with where it comes from, as a drawing or as a picture of it."""
    from review_clock.files import write_atomically
    from review_clock.formats.raster import as_png

    drawn = with_provenance(chart, "svg")
    write_atomically(path, as_png(drawn) if path.lower().endswith(".png") else drawn.encode())


def _say(form: str, *, json: Callable[[], Any], **texts: Callable[[], str]) -> None:
    """Print an answer in the form asked for, which alone is made."""
    if form == "json":
        say_json(json())
    else:
        click.echo(texts[form](), nl=False)


def _one_of(**asked: object) -> str:
    """The one of these that is asked for; nothing where none is."""
    found = [name for name, value in asked.items() if value]
    if len(found) > 1:
        raise Error(Phrase("{option} goes without {other}", option=f"--{found[0]}", other=f"--{found[1]}"))
    return found[0] if found else ""


def _say_sensitivity(
    settings: Settings,
    question: Question,
    chosen: dict[str, Any],
    ask: Sequence[str],
    given: Sequence[str],
    options: tuple[str | None, str | None, str | None, bool],
    plot: str | None,
    form: str,
) -> None:
    import review_clock as rc
    from review_clock.formats import drawing_sensitivity, text_sensitivity

    sweep, solve, equals, every_reading = options
    option = "--sweep" if sweep else "--solve" if solve else "--tornado"
    if not ask or (solve and equals is None):
        raise Error(Phrase("{option} needs {other}", option=option, other="--ask" if not ask else "--equals"))
    if len(ask) > 1 and not sweep:
        raise Error(Phrase("{option} takes one --ask", option=option))
    if sweep:
        answer: Any = rc.sweep(question, over=sweep, ask=ask, given=given, **chosen)
    elif solve:
        answer = rc.solve(question, over=solve, ask=ask[0], equals=equals or "", given=given, **chosen)
    else:
        answer = rc.tornado(question, ask=ask[0], given=given, every_reading=every_reading, **chosen)
    words = settings.words()
    if plot is not None:
        drawn = drawing_sensitivity.tornado_chart if option == "--tornado" else drawing_sensitivity.swept_chart
        _write_chart(plot, drawn(answer, words))
    _say(
        form,
        json=lambda: rc.document(answer, words.lang),
        csv=lambda: with_provenance(text_sensitivity.sensitivity_csv(answer), "csv"),
        md=lambda: text_sensitivity.sensitivity_markdown(answer, words),
        text=lambda: text_sensitivity.sensitivity_text(answer, words),
    )


def _say_odds(
    settings: Settings, under: Setting, ask: Sequence[str], given: Sequence[str], days: Sequence[date], form: str
) -> None:
    from review_clock.formats import text_odds
    from review_clock.formats.json_odds import odds_document
    from review_clock.futures.odds import about, odds_under

    words = settings.words()
    answer = odds_under(under, [*ask, *(about(under, days) if days or not ask else ())], given)
    _say(
        form,
        json=lambda: odds_document(answer, words),
        csv=lambda: with_provenance(text_odds.odds_csv(answer), "csv"),
        md=lambda: text_odds.odds_markdown(answer, words),
        text=lambda: text_odds.odds_text(answer, words),
    )


def _say_outlook(settings: Settings, answer: Any, form: str) -> None:
    from review_clock.formats import text_outlook
    from review_clock.formats.json_odds import outlook_document

    words = settings.words()
    _say(
        form,
        json=lambda: outlook_document(answer, words),
        csv=lambda: with_provenance(text_outlook.outlook_csv(answer), "csv"),
        md=lambda: text_outlook.outlook_markdown(answer, words),
        text=lambda: text_outlook.outlook_text(answer, words),
    )
