"""What the commands share: settings, and the options that several take."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

import click

from review_clock.commands.values import DAY, FilePath, OneOf, known
from review_clock.files import LANGUAGES, Error, Phrase

if TYPE_CHECKING:
    from review_clock.deadlines.deadline import Deadline
    from review_clock.feeds.definition import Definition
    from review_clock.formats.parts import Part
    from review_clock.law.law import Law
    from review_clock.questions.provenance import Provenance
    from review_clock.questions.question import Question
    from review_clock.record.ledger import Record as ARecord
    from review_clock.scenarios.library import Plan
    from review_clock.words.wording import Wording

_ASKED: Final = "review_clock.asked"
"""Under this name a context keeps the question of its command, under the next what its answer is of, and in which
units."""
_CITED: Final = "review_clock.cited"
OWN: Final = "review_clock.own"
"""Under this name a context keeps the files of the user's record, once they are used."""
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options that stand before the command, what day it is, and all that was typed after the program's name.

    `record_typed` says that `record` was, and is not from the environment or the settings; `citing` that not the answer
    is wanted but how to cite it; not `dated` that the days asked for were typed.
    """

    record: tuple[str, ...]
    lang: str
    today: date
    calendars: str | None = None
    known_on: date | None = None
    typed: tuple[str, ...] = ()
    record_typed: bool = False
    citing: bool = False
    dated: bool = True

    def words(self) -> Wording:
        """The words of the language chosen."""
        from review_clock.words.wording import wording

        return wording(self.lang)

    def ask(self, as_of: date | None = None, reading: Sequence[str] = (), plan: Plan | None = None) -> Question:
        """The question of a command: under the user's record and own rules, on the day asked for or today."""
        from review_clock import Law, Record, ask

        law = Law.shipped()
        readings = law.chosen(reading).as_dict() if reading else None
        record = Record.shipped().with_file(*self.record)
        self.note_record()
        if self.record:
            _check_verified(record, max(as_of or self.today, self.today))
        question = ask(as_of or self.today, law=law, record=record, readings=readings, known_on=self.known_on)
        if self.calendars is not None:
            question = replace(question, law=self._with_folder(question)[0])
        question = question if plan is None else question.under_plan(plan)
        meta = click.get_current_context().meta
        meta[_ASKED] = self, question
        if self.citing and _CITED in meta:
            _say_citation(self)
        return question

    def note_record(self) -> None:
        """Note that the user's record is laid over the one that ships: the command then names it."""
        if self.record:
            click.get_current_context().meta[OWN] = self.record

    def feeds(self, question: Question) -> Mapping[str, Definition]:
        """The feeds that ship, with those of the user's folder."""
        return self._with_folder(question)[1]

    def command(self, as_of: date | None) -> str:
        """What was typed, with the day of the answer, where it has one: it can be typed again on another day."""
        import shlex

        typed = ("review-clock", *(each for each in self.typed if each != "--cite"))
        given = as_of is None or not self.dated or any(each.startswith("--as-of") for each in typed)
        return shlex.join((*typed, *(() if given else ("--as-of", str(as_of)))))

    def say_picked(self, deadline: Deadline | None, given: str, as_of: date) -> None:
        """Where a rule was asked for, or an occurrence, that the next of its dates is shown, or the last."""
        if deadline is not None and deadline.id != given:
            key = "explain.picked" if deadline.date >= as_of else "explain.picked_last"
            click.echo(self.words()(key, given=given, day=as_of.isoformat()), err=True)

    def _with_folder(self, question: Question) -> tuple[Law, Mapping[str, Definition]]:
        from review_clock.feeds.definition import shipped, with_folder

        if self.calendars is None:
            return question.law, shipped(question.law)
        return with_folder(self.calendars, question.law, question.record)


def _check_verified(record: ARecord, today: date) -> None:
    """Nobody has verified tomorrow: it would silence every warning that the record is old."""
    from review_clock import Record

    if record.verified_on > max(today, Record.shipped().verified_on):
        wrong = Phrase("the record says that it was verified on {day}, which is ahead", day=record.verified_on)
        raise Error(wrong, Phrase("a day not after {last}", last=today))


def reading_values(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The readings that begin so, each `KEY=VALUE`."""
    from review_clock import Law

    pairs = [f"{reading.key}={value}" for reading in Law.shipped().readings for value in reading.values]
    return [pair for pair in pairs if pair.startswith(incomplete)]


def deadline_ids(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of rules that begin so: `explain` takes them for their next date."""
    from review_clock import Law

    return [rule.id for rule in Law.shipped().rules if rule.id.startswith(incomplete)]


def _keep_known_on(ctx: click.Context, _param: click.Parameter, day: date | None) -> None:
    if day is not None and isinstance(ctx.obj, Settings):
        ctx.obj = replace(ctx.obj, known_on=day)


def as_of_option(command: F) -> F:
    """`--as-of`, the day the answer is for, and `--known-on`, kept in the settings: the day whose knowledge it uses."""
    command = click.option(
        "--known-on",
        type=DAY,
        default=None,
        expose_value=False,
        callback=_keep_known_on,
        help="Only what the record held on this day (default: as it stands, of it what was public by --as-of).",
    )(command)
    return click.option("--as-of", type=DAY, default=None, help="The day the answer is for (default: today).")(command)


def reading_option(command: F) -> F:
    """`--reading`: an open point read otherwise."""
    return click.option(
        "--reading",
        "reading",
        multiple=True,
        metavar="KEY=VALUE",
        shell_complete=reading_values,
        help="Read an open point otherwise (repeatable; see `review-clock readings`).",
    )(command)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep in the settings what was given after the command: it adds to records typed before, and replaces the rest."""
    if not value or not isinstance(ctx.obj, Settings):
        return
    if param.name == "record":
        value = (*(ctx.obj.record if ctx.obj.record_typed else ()), *value)
        ctx.obj = replace(ctx.obj, record_typed=True)
    if param.name == "lang":
        ctx.find_root().params["lang"] = value  # what is refused is said in it too
    ctx.obj = replace(ctx.obj, **{str(param.name): value})


def shared_options(after_the_command: bool) -> list[click.Option]:
    """The options that are taken before and after every command: the user's record and calendars, the language."""
    given: dict[str, Any] = {"expose_value": False, "callback": _keep} if after_the_command else {}
    return [
        click.Option(
            ["--record"],
            multiple=True,
            metavar="FILE",
            type=FilePath(dir_okay=False),
            envvar=None if after_the_command else "REVIEW_CLOCK_RECORD",
            help="Your own record, laid over the one that ships (repeatable).",
            **given,
        ),
        click.Option(
            ["--calendars"],
            metavar="DIR",
            type=FilePath(file_okay=False),
            envvar=None if after_the_command else "REVIEW_CLOCK_CALENDARS",
            help="A folder of your own feeds and firm rules, beside those that ship.",
            **given,
        ),
        click.Option(
            ["--lang"],
            type=OneOf(LANGUAGES),
            envvar=None if after_the_command else "REVIEW_CLOCK_LANG",
            help="The language of the answer (default: en).",
            **given,
        ),
    ]


def with_shared_options(command: click.Command) -> click.Command:
    """A command, and those under it, that takes the shared options too."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            with_shared_options(each)
    elif "record" not in {each.name for each in command.params}:
        command.params += shared_options(after_the_command=True)
    return command


def scenario_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The named scenarios that begin so."""
    from review_clock.scenarios.library import library

    return [name for name in library() if name.startswith(incomplete)]


def scenario_options(command: F) -> F:
    """`--scenario`, or `--assume` with `--counterfactual`: what is assumed beyond the record, as the argument `plan`.

    It is None where nothing is assumed.
    """

    @wraps(command)
    def with_plan(
        *args: Any, scenario: str | None, assumptions: tuple[str, ...], counterfactual: bool, **values: Any
    ) -> Any:
        return command(*args, plan=_plan_of(scenario, assumptions, counterfactual), **values)

    wrapped = cast(F, with_plan)
    for option in (
        click.option("--counterfactual", is_flag=True, help="With --assume: the acts may lie before the record's end."),
        click.option(
            "--assume", "assumptions", multiple=True, metavar="ACT", help='An assumption: "2029-03-15 us confirms".'
        ),
        click.option(
            "--scenario",
            metavar="NAME|FILE",
            shell_complete=scenario_names,
            help="A scenario of the library (see `review-clock scenarios`), or a file of your own.",
        ),
    ):
        wrapped = option(wrapped)
    return wrapped


def _plan_of(scenario: str | None, assumptions: Sequence[str], counterfactual: bool) -> Plan | None:
    from review_clock.scenarios import library

    if scenario is not None and (assumptions or counterfactual):
        raise Error("--scenario goes without --assume and --counterfactual", "one or the other")
    if scenario is not None:
        return library.plan_of(scenario)
    return library.plan_of_lines(assumptions, counterfactual) if assumptions else None


def format_option(*formats: str) -> Callable[[F], F]:
    """`--format`, the first being the default."""
    return click.option(
        "--format", "form", type=OneOf(formats), default=formats[0], show_default=True, help="How to write it."
    )


def citable(of: Literal["day", "days", "record", "law"] = "day", **units: str) -> Callable[[F], F]:
    """A command whose answer carries where it comes from, with the units of its figures; `--cite`: how to cite it.

    Its answer is of a day; of the `days` that were typed, whenever it is asked again; of the `record` or the `law`,
    whatever the day.
    """

    def with_citation(command: F) -> F:
        @wraps(command)
        def noted(*args: Any, cite: bool, **values: Any) -> Any:
            ctx = click.get_current_context()
            ctx.meta[_CITED] = of, {"day": "ISO 8601", **units}
            settings = replace(args[0], dated=of == "day", citing=cite)
            if of == "law":
                ctx.meta[_ASKED] = settings, None
                if cite:
                    _say_citation(settings)
            return command(settings, *args[1:], **values)

        return click.option("--cite", is_flag=True, help="Not the answer, but how to cite it: text and BibTeX.")(
            cast(F, noted)
        )

    return with_citation


def _come() -> Provenance | None:
    """Where the answer of the command comes from, if it is one that can be cited."""
    meta = click.get_current_context().meta
    if _ASKED not in meta or _CITED not in meta:
        return None
    settings, question = meta[_ASKED]
    return come_from(settings, question)


def come_from(settings: Settings, question: Question | None) -> Provenance:
    """Where the answer to a question of the command comes from; without one, what is of the law alone."""
    from review_clock import Law
    from review_clock.questions.provenance import provenance, provenance_of_law

    of, units = click.get_current_context().meta[_CITED]
    if question is None:
        return provenance_of_law(Law.shipped(), settings.command(None), units)
    if of == "record":
        return replace(provenance(question, settings.command(None), units), as_of=None)
    return provenance(question, settings.command(question.as_of), units)


def _say_citation(settings: Settings) -> None:
    """Print how to cite the answer, and no more."""
    from review_clock.formats.cited import how_to_cite

    come, words = _come(), settings.words()
    if come is not None:
        click.echo(how_to_cite(come, words))
    raise click.exceptions.Exit(0)


def with_provenance(text: str, form: str) -> str:
    """A table or a drawing that carries where it comes from, where its command can be cited."""
    come = _come()
    if come is None:
        return text
    from review_clock.formats.cited import cited

    return cited(text, form, come)


def say_json(document: Any) -> None:
    """Print a document; where a record was laid over the one that ships, its `record` names the files, and where the
    command can be cited, its `provenance` says where the answer comes from."""
    from review_clock.formats.json_writer import as_json

    own = click.get_current_context().meta.get(OWN)
    if own and isinstance(document, dict):
        held = document.get("record")
        names = [os.path.basename(path) for path in own]
        document = {**document, "record": {**(held if isinstance(held, dict) else {}), "own": names}}
    come = _come()
    if come is not None and isinstance(document, dict):
        from review_clock.formats.cited import provenance_document

        document = {**document, "provenance": provenance_document(come)}
    click.echo(as_json(document), nl=False)


def say_parts(parts: Iterable[Part], form: str, words: Wording) -> None:
    """Print the parts of an answer, as text or in Markdown."""
    from review_clock.formats.parts import as_markdown, as_text

    click.echo(as_markdown(parts, words) if form == "md" else as_text(parts), nl=False)


def _accepted(kind: str) -> list[str]:
    from review_clock.deadlines.deadline import CERTAINTIES
    from review_clock.law.law import Law
    from review_clock.law.rules import WHO_KINDS
    from review_clock.law.vocabulary import KINDS

    words = {"kind": KINDS, "certainty": CERTAINTIES, "who": WHO_KINDS}
    return list(words[kind] if kind in words else Law.shipped().jurisdictions)


class Vocabulary(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """One word of a closed vocabulary of the core, read only when it is needed."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or an error that lists what is accepted."""
        return known(value, _accepted(self.name), param, ctx)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - Click's own names
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[click.shell_completion.CompletionItem]:
        """The words that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in _accepted(self.name) if word.startswith(incomplete)]
