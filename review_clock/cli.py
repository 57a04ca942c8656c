"""The command line. Thin: it reads options, asks the core, and hands the answer to a rendering.

The one place that asks what day it is. Modules that cost time are imported inside the commands that use them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review_clock import __version__

if TYPE_CHECKING:
    from review_clock.deadlines import Deadline
    from review_clock.law.readings import Readings
    from review_clock.other_readings import Other
    from review_clock.record.ledger import Record
    from review_clock.wording import Wording

F = TypeVar("F", bound=Callable[..., Any])

LANGUAGES = ("en", "es", "fr")
TWO_YEARS = timedelta(days=731)


class InputError(click.ClickException):
    """Bad input: one line on stderr, exit code 2."""

    exit_code = 2

    def format_message(self) -> str:
        return " ".join(self.message.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options that stand before the command."""

    record: tuple[str, ...]
    lang: str

    def words(self) -> Wording:
        """The words of the language chosen."""
        from review_clock.wording import wording

        return wording(self.lang)

    def load(self, readings: Readings) -> Record:
        """The record with the user's files, lawful under `readings`."""
        from review_clock.record_keeping import load

        return load(self.record, readings)


class DayType(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """A day as ISO 8601, not after the last that is answered for."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        from review_clock.timeline import LAST_DAY

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date (accepted: a day such as 2026-11-23)", param, ctx)
        if day > LAST_DAY:
            self.fail(f"{value} is after {LAST_DAY}, the last day this calendar answers for", param, ctx)
        return day


DAY = DayType()


def today() -> date:
    """What day it is."""
    return date.today()


def _refusals() -> tuple[type[Exception], ...]:
    from review_clock.law.chapter_34 import NotProvidedFor
    from review_clock.law.counting import BeyondTheCalendar
    from review_clock.law.readings import UnknownReading
    from review_clock.law.tables import BadData
    from review_clock.record.grammar import NotUnderstood
    from review_clock.scenario import NotAssumable
    from review_clock.timeline import OutsideTheCalendar

    return (BadData, NotProvidedFor, UnknownReading, NotUnderstood, NotAssumable, OutsideTheCalendar, BeyondTheCalendar)


class Group(click.Group):
    """A group that turns what the core refuses into one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise InputError(f"{where}{error.strerror or error}") from None
        except Exception as error:
            if isinstance(error, _refusals()):
                raise InputError(str(error)) from None
            raise


def _reading_values(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from review_clock.law.readings import catalogue

    pairs = [f"{reading.key}={value}" for reading in catalogue() for value in reading.values]
    return [pair for pair in pairs if pair.startswith(incomplete)]


def _deadline_ids(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from review_clock.law.rules import catalogue

    return [rule.id for rule in catalogue().rules if rule.id.startswith(incomplete)]


def as_of_option(command: F) -> F:
    """`--as-of`: the day the answer is for."""
    return click.option("--as-of", type=DAY, default=None, help="The day the answer is for (default: today).")(command)


def reading_option(command: F) -> F:
    """`--reading`: an open point read otherwise."""
    return click.option(
        "--reading",
        "reading",
        multiple=True,
        metavar="KEY=VALUE",
        shell_complete=_reading_values,
        help="Read an open point otherwise (repeatable; see `review-clock readings`).",
    )(command)


def format_option(*formats: str) -> Callable[[F], F]:
    """`--format`, the first being the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="How to write it."
    )


def _readings(pairs: Sequence[str]) -> Readings:
    from review_clock.law.readings import chosen

    return chosen(pairs)


def _say_json(document: Any) -> None:
    from review_clock.documents import as_json

    click.echo(as_json(document), nl=False)


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
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    envvar="REVIEW_CLOCK_LANG",
    show_default=True,
    help="The language of the answer.",
)
@click.pass_context
def main(ctx: click.Context, record: tuple[str, ...], lang: str) -> None:
    """The deadline engine for the USMCA (CUSMA, T-MEC, ACEUM) joint review.

    For any day and any assumed future: what is the legal state, under which paragraph, what is due, by when, who must
    act, how was the date counted, what would move it. A calendar, not legal advice.

    \b
    Example:
        review-clock status
        review-clock --lang fr deadlines --from 2027-01-01 --to 2027-12-31
    """
    ctx.obj = Settings(record=record, lang=lang)


@main.command()
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
def status(settings: Settings, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """The position on a day: in force or not, phase, paragraph, next review, days left.

    \b
    Example:
        review-clock status --as-of 2026-11-23
        review-clock status --reading term_ends=end_of_day --format json
    """
    from review_clock import report

    readings = _readings(reading)
    answer = report.status(settings.load(readings), as_of or today(), readings)
    _say_status(settings, answer, form)


def _say_status(settings: Settings, answer: Any, form: str) -> None:
    if form == "json":
        from review_clock.documents import status_document
        from review_clock.report import AGREEMENT

        _say_json(status_document(answer, AGREEMENT))
        return
    from review_clock.law.readings import defaults
    from review_clock.terminal import status_text

    click.echo(status_text(answer, settings.words(), defaults().as_dict()), nl=False)


def _accepted(kind: str) -> list[str]:
    from review_clock.deadlines import CERTAINTIES
    from review_clock.law.vocabulary import JURISDICTIONS, KINDS

    return list({"jurisdiction": JURISDICTIONS, "kind": KINDS, "certainty": CERTAINTIES}[kind])


class Vocabulary(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """One word of a closed vocabulary of the core, read only when it is needed."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or a usage error that lists what is accepted."""
        accepted = _accepted(self.name)
        if value not in accepted:
            self.fail(f"{value!r} is not one of {', '.join(accepted)}", param, ctx)
        return str(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - Click's own names
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[click.shell_completion.CompletionItem]:
        """The words that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in _accepted(self.name) if word.startswith(incomplete)]


@main.command()
@click.option("--from", "start", type=DAY, default=None, help="First day (default: the day the answer is for).")
@click.option("--to", "end", type=DAY, default=None, help="Last day (default: two years after the first).")
@click.option("--jurisdiction", type=Vocabulary("jurisdiction"), multiple=True, help="treaty, us, ca, mx (repeatable).")
@click.option("--kind", type=Vocabulary("kind"), multiple=True, help="review, report, notice, origin … (repeatable).")
@click.option("--certainty", type=Vocabulary("certainty"), multiple=True, help="past, fixed, scheduled … (repeatable).")
@click.option("--undated", is_flag=True, help="Duties that have no fixed day, and those that start with a case.")
@click.option("--case", "case", default=None, metavar="RULE", help="One rule, counted from --trigger.")
@click.option("--trigger", type=DAY, default=None, help="With --case: the day from which to count.")
@as_of_option
@reading_option
@format_option("table", "json", "csv", "md")
@click.pass_obj
def deadlines(
    settings: Settings,
    start: date | None,
    end: date | None,
    jurisdiction: tuple[str, ...],
    kind: tuple[str, ...],
    certainty: tuple[str, ...],
    undated: bool,
    case: str | None,
    trigger: date | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """The list of deadlines, by date.

    \b
    Example:
        review-clock deadlines --from 2027-01-01 --to 2027-12-31 --jurisdiction us
        review-clock deadlines --case us.716.facility-review --trigger 2027-02-03
        review-clock deadlines --undated
    """
    from review_clock.deadlines import deadlines as all_deadlines
    from review_clock.timeline import LAST_DAY

    readings, as_of = _readings(reading), as_of or today()
    if case is not None or trigger is not None:
        _say_case(settings, case, trigger, readings, form)
        return
    if undated:
        _say_undated(settings)
        return
    start = start or as_of
    end = end or min(start + TWO_YEARS, LAST_DAY)
    if end < start:
        raise InputError(f"--to {end} is before --from {start} (accepted: a later day)")
    found = all_deadlines(settings.load(readings), as_of, readings)
    shown = [
        each
        for each in found
        if start <= each.day <= end
        and (not jurisdiction or each.jurisdiction in jurisdiction)
        and (not kind or each.kind in kind)
        and (not certainty or each.certainty in certainty)
    ]
    _say_deadlines(settings, shown, as_of, readings, form)


def _say_deadlines(settings: Settings, shown: list[Deadline], as_of: date, readings: Readings, form: str) -> None:
    from review_clock import documents, lists

    words = settings.words()
    if form == "json":
        _say_json(documents.deadlines_document(shown, as_of, readings, words))
    elif form == "csv":
        click.echo(lists.deadlines_csv(shown, words), nl=False)
    elif form == "md":
        click.echo(lists.deadlines_markdown(shown, words))
    else:
        click.echo(lists.deadlines_text(shown, words), nl=False)


def _say_undated(settings: Settings) -> None:
    from review_clock.law.rules import catalogue
    from review_clock.lists import undated_text

    words = settings.words()
    for source, heading in (("undated", "undated_title"), ("case", "cases_title")):
        rules = [rule for rule in catalogue().rules if rule.counted_from == source]
        click.echo(undated_text(rules, heading, words))


def _say_case(settings: Settings, case: str | None, trigger: date | None, readings: Readings, form: str) -> None:
    from review_clock.deadlines import of_case
    from review_clock.documents import case_document
    from review_clock.law.rules import catalogue
    from review_clock.law.tables import nearest
    from review_clock.lists import case_text
    from review_clock.timeline import LAST_DAY, OutsideTheCalendar

    if case is None or trigger is None:
        raise InputError("--case and --trigger go together (accepted: --case RULE --trigger DATE)")
    rules = {rule.id: rule for rule in catalogue().rules if rule.counted_from != "undated"}
    undated = {rule.id for rule in catalogue().rules} - set(rules)
    if case in undated:
        raise InputError(f"--case {case}: this duty has no count of days (see review-clock deadlines --undated)")
    if case not in rules:
        raise InputError(f"--case {case!r} is not a rule (accepted: {nearest(case, rules)})")
    counted, others = of_case(rules[case], trigger, readings)
    if counted is not None and counted.day > LAST_DAY:
        raise OutsideTheCalendar(counted.day)
    words = settings.words()
    if form == "json":
        _say_json(case_document(rules[case], trigger, counted, others, words))
        return
    click.echo(case_text(rules[case], counted, others, words), nl=False)


@main.command()
@click.argument("identity", metavar="ID", shell_complete=_deadline_ids)
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
def explain(settings: Settings, identity: str, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """One deadline step by step, with authority, sources and the other readings.

    ID is a deadline's id, a rule's id (the next one is taken), or either with @ and a year.

    \b
    Example:
        review-clock explain us.611.notice.1-2
        review-clock explain us.611.annual-report
        review-clock explain treaty.review.annual@2030
    """
    from review_clock.deadlines import deadlines as all_deadlines
    from review_clock.documents import deadline_document
    from review_clock.lists import explanation

    readings, as_of = _readings(reading), as_of or today()
    record = settings.load(readings)
    deadline = _picked(identity, all_deadlines(record, as_of, readings), as_of)
    words = settings.words()
    if deadline.id != identity:
        click.echo(words("explain.picked", given=identity, day=as_of.isoformat()), err=True)
    if form == "json":
        _say_json(deadline_document(deadline, words))
    else:
        click.echo(explanation(deadline, record, words), nl=False)


def _picked(identity: str, found: Sequence[Deadline], as_of: date) -> Deadline:
    """The deadline meant: by its id, or the next (else the last) one of a rule, in a year where one is given."""
    from review_clock.law.rules import catalogue
    from review_clock.law.tables import nearest

    exact = [each for each in found if each.id == identity]
    if exact:
        return exact[0]
    stem, _, year = identity.partition("@")
    family = [each for each in found if stem in (each.rule, each.id) and year in ("", str(each.day.year))]
    standing = [each for each in family if each.certainty != "superseded"] or family
    ahead = [each for each in standing if each.day >= as_of]
    if standing:
        return ahead[0] if ahead else standing[-1]
    rule = catalogue().by_id().get(stem)
    if rule is not None and rule.counted_from == "undated":
        raise InputError(f"{identity}: this duty has no fixed day (see review-clock deadlines --undated)")
    if rule is not None:
        raise InputError(f"{identity}: no such date now; count one with deadlines --case {stem} --trigger DATE")
    raise InputError(f"{identity!r} is not a deadline (accepted: {_few(nearest(stem, sorted({e.id for e in found})))})")


def _few(names: str, most: int = 5) -> str:
    listed = names.split(", ")
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")


@main.command()
@as_of_option
@format_option("text", "json")
@click.pass_obj
def history(settings: Settings, as_of: date | None, form: str) -> None:
    """The record: every event with its sources, oldest first.

    \b
    Example:
        review-clock history --as-of 2026-07-01
    """
    from review_clock.documents import history_document
    from review_clock.law.readings import defaults
    from review_clock.lists import history_text

    record, words = settings.load(defaults()), settings.words()
    if form == "json":
        _say_json(history_document(record, as_of or today(), words))
    else:
        click.echo(history_text(record, as_of or today(), words), nl=False)


@main.command()
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
def readings(settings: Settings, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """The open points: each reading, the default and why, who holds which, the dates each moves.

    \b
    Example:
        review-clock readings
        review-clock readings --reading term_ends=end_of_day --format json
    """
    from review_clock.deadlines import deadlines as all_deadlines
    from review_clock.documents import reading_document
    from review_clock.law.readings import catalogue
    from review_clock.lists import reading_text

    chosen, as_of = _readings(reading), as_of or today()
    found = all_deadlines(settings.load(chosen), as_of, chosen)
    words = settings.words()
    rows = []
    for point in catalogue():
        moves: list[tuple[str, Other]] = [
            (each.id, other) for each in found for other in each.others if other.key == point.key
        ]
        rows.append((point, moves))
    if form == "json":
        documents = [reading_document(point, chosen[point.key], moves, words) for point, moves in rows]
        _say_json({"as_of": as_of.isoformat(), "readings": documents})
        return
    for point, moves in rows:
        click.echo(reading_text(point, chosen[point.key], moves, words))
    click.echo(words("status.disclaimer"))


@main.group(cls=Group)
def record() -> None:
    """Your own record of events, laid over the one that ships."""


@record.command("add")
@click.argument("act", metavar="ACT")
@click.option("--to", "file", metavar="FILE", type=click.Path(dir_okay=False), help="Default: the last --record.")
@click.option("--id", "identity", default=None, metavar="ID", help="The entry's id (default: own-1, own-2 …).")
@click.option("--text", default=None, help="What happened, in your words.")
@click.option("--source", required=True, metavar="TITLE", help="Who says so: the title of the source.")
@click.option("--url", default="", help="The address of the source.")
@click.option("--dated", default="", metavar="DATE", help="The date of the source (2026, 2026-07 or 2026-07-01).")
@click.option("--fulfils", multiple=True, metavar="ID", help="A deadline that this shows to be met (repeatable).")
@reading_option
@click.pass_obj
def record_add(
    settings: Settings,
    act: str,
    file: str | None,
    identity: str | None,
    text: str | None,
    source: str,
    url: str,
    dated: str,
    fulfils: tuple[str, ...],
    reading: tuple[str, ...],
) -> None:
    """Append one event to your own record file.

    ACT is one line: a date and what was done (`2027-07-01 us confirms`, `2027-02-03 note`). The file keeps its comments
    and its order; the record as a whole is read again with the new event, and nothing is written unless it is lawful.

    \b
    Example:
        review-clock --record mine.toml record add "2027-07-01 us declines" --source "USTR press release"
        review-clock record add "2027-02-03 note" --to mine.toml --text "Hearing held." --source "Federal Register"
    """
    from review_clock.record_keeping import NewEvent, append

    target = file or (settings.record[-1] if settings.record else None)
    if target is None:
        raise InputError("record add: no file to write to (accepted: --to FILE, or --record FILE before the command)")
    overlays = [*(path for path in settings.record if os.path.abspath(path) != os.path.abspath(target))]
    event = NewEvent(act=act, id=identity, text=text, source=source, url=url, dated=dated, fulfils=fulfils)
    added = append(target, event, overlays, _readings(reading))
    words = settings.words()
    click.echo(f"{words('record.added', id=added, file=target)} {words('record.checked')}", err=True)


@main.command()
@click.option("--brief", is_flag=True, help="Only the position, and how many deadlines change.")
@click.option("--assume", "assumptions", multiple=True, metavar="ACT", help='An assumption: "2029-03-15 us confirms".')
@as_of_option
@reading_option
@format_option("text", "json")
@click.pass_obj
def whatif(
    settings: Settings,
    brief: bool,
    assumptions: tuple[str, ...],
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """The position and the deadlines under assumptions, and what they change against the record.

    \b
    Example:
        review-clock whatif --assume "2029-03-15 all confirm" --as-of 2030-01-01
        review-clock whatif --assume "2027-01-15 us gives notice"
    """
    from review_clock import report
    from review_clock.deadlines import deadlines as all_deadlines
    from review_clock.scenario import assume

    if not assumptions:
        raise InputError('whatif: nothing is assumed (accepted: --assume "2029-03-15 us confirms", repeatable)')
    readings, as_of = _readings(reading), as_of or today()
    base = settings.load(readings)
    scenario = assume(assumptions, base, readings)
    answer = report.status(base, as_of, readings, assumed=scenario.acts, lines=scenario.lines)
    recorded = all_deadlines(base, as_of, readings)
    assumed = all_deadlines(base, as_of, readings, scenario.acts)
    _say_whatif(settings, answer, assumed, report.differences(recorded, assumed), form, brief)


def _say_whatif(
    settings: Settings, answer: Any, assumed: Sequence[Deadline], changed: Any, form: str, brief: bool
) -> None:
    from review_clock import documents
    from review_clock.lists import differences_summary, differences_text
    from review_clock.report import AGREEMENT

    words = settings.words()
    if form == "json":
        document = {
            "status": documents.status_document(answer, AGREEMENT),
            "changes": [documents.difference_document(each, words) for each in changed],
            "deadlines": [documents.deadline_document(each, words) for each in assumed],
        }
        _say_json(document)
        return
    _say_status(settings, answer, form)
    click.echo()
    click.echo((differences_summary if brief else differences_text)(changed, words), nl=False)


@main.command()
@format_option("mermaid", "dot", "svg", "json")
@click.pass_obj
def graph(settings: Settings, form: str) -> None:
    """The state machine of Chapter 34, made from its table.

    \b
    Example:
        review-clock graph --format svg > states.svg
    """
    from review_clock.graph import drawn

    click.echo(drawn(form, settings.words()), nl=False)


def _feed_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from review_clock.feeds import definitions

    return [name for name in definitions() if name.startswith(incomplete)]


@main.command()
@click.argument("name", shell_complete=_feed_names)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="The file to write (default: standard output).")
@click.option("--base-url", default="", help="The address of the site, for links to its pages.")
@as_of_option
@reading_option
@click.pass_obj
def feed(
    settings: Settings, name: str, output: str | None, base_url: str, as_of: date | None, reading: tuple[str, ...]
) -> None:
    """One calendar feed (.ics), on standard output or to a file.

    \b
    Example:
        review-clock feed everything -o everything.ics
        review-clock --lang es feed everything > todo.ics
    """
    from review_clock.feeds import definition, feed_of
    from review_clock.files import write_atomically

    readings, as_of = _readings(reading), as_of or today()
    data = feed_of(definition(name), settings.load(readings), as_of, readings, settings.words(), base_url)
    if output is None:
        click.echo(data, nl=False)
    else:
        write_atomically(output, data)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--base-url", default="", help="The address at which the site will stand, for absolute links.")
@as_of_option
@reading_option
@click.pass_obj
def build(settings: Settings, folder: str, base_url: str, as_of: date | None, reading: tuple[str, ...]) -> None:
    """The whole site and every feed, into DIR: atomic, and the same input gives the same bytes.

    \b
    Example:
        review-clock build site --base-url https://example.org/clock
    """
    import sys

    from review_clock.site import build as build_site

    readings, as_of = _readings(reading), as_of or today()
    words = settings.words()
    base = settings.load(readings)
    steps = build_site(folder, base, as_of, readings, base_url)
    quiet = not sys.stderr.isatty()
    written: list[str] = []
    with click.progressbar(
        steps, length=steps.length, label=words("build.progress"), file=sys.stderr, hidden=quiet
    ) as bar:
        written.extend(bar)
    for path in written:
        click.echo(path)
    click.echo(words("build.wrote", files=words.count("files", len(written)), folder=folder), err=True)
    click.echo(words("build.look", file=os.path.join(folder, "index.html")), err=True)


@main.command()
@as_of_option
@click.option("--data", metavar="DIR", type=click.Path(file_okay=False), help="Data files to check before ours.")
@format_option("text", "json")
@click.pass_obj
def check(settings: Settings, as_of: date | None, data: str | None, form: str) -> None:
    """Validate record, rules, readings, calendars, translations and freshness. Exit code 1 if something is wrong.

    \b
    Example:
        review-clock check --as-of 2026-11-23
    """
    from review_clock.check import findings, is_error, summary

    as_of = as_of or today()
    found = findings(settings.record, as_of, data)
    words = settings.words()
    if form == "json":
        rows = [{"level": each.level, "where": each.where, "message": each.said(words)} for each in found]
        _say_json({"as_of": as_of.isoformat(), "findings": rows})
    else:
        for each in found:
            click.echo(f"{words(f'check.{each.level}')}: {each.where}: {each.said(words)}")
        if not any(is_error(each) for each in found):
            click.echo(summary(words))
    if any(is_error(each) for each in found):
        raise click.exceptions.Exit(1)
