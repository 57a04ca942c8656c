"""What is typed wrong: every error, Click's own too, as one line in the language chosen, with exit code 2."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final

import click
from click.core import ParameterSource

from review_clock.files import LANGUAGES, Error, Phrase, nearest

TYPED: Final = "review_clock.typed"
"""Under this name a context keeps all that was typed after the program's name."""
_NO_ERROR: tuple[type[BaseException], ...] = (
    *(click.Abort, click.exceptions.Exit, BrokenPipeError),
    *(getattr(click.exceptions, name) for name in ("NoArgsIsHelpError",) if hasattr(click.exceptions, name)),
)
"""What is no error of the user's; the help that stands for no arguments is an error only to newer Click."""


def _one_line(text: str) -> str:
    """Text without what could break the line or drive a terminal; a path may hold either."""
    return "".join(each for each in " ".join(text.splitlines()) if unicodedata.category(each) not in ("Cc", "Cf"))


class InputError(click.ClickException):
    """Bad input: one line on stderr, exit code 2."""

    exit_code = 2

    def __init__(self, message: str, label: str) -> None:
        super().__init__(_one_line(message))
        self.label = label

    def show(self, file: IO[Any] | None = None) -> None:
        """The line."""
        click.echo(f"{self.label} {self.message}", file=file, err=file is None)


class OurFault(InputError):
    """A fault of this program, in one line on stderr too; exit code 3."""

    exit_code = 3


def language_of(args: Sequence[str]) -> str:
    """The language that a command line asks for, read before it is parsed: what cannot be parsed is said in it too."""
    asked = os.environ.get("REVIEW_CLOCK_LANG", "en")
    for place, each in enumerate(args):
        if each == "--lang" and place + 1 < len(args):
            asked = args[place + 1]
        elif each.startswith("--lang="):
            asked = each.partition("=")[2]
    return asked if asked in LANGUAGES else "en"


@contextmanager
def in_one_line(lang: Callable[[], str], debug: bool = False) -> Iterator[None]:
    """What is refused in it becomes one line in the language; so does a fault of ours, unless one is to `debug` it."""
    try:
        yield
    except InputError:
        raise
    except _NO_ERROR:
        raise
    except click.ClickException as error:
        raise _said(_of_click(error), lang()) from None
    except Error as error:
        raise _said(error, lang()) from None
    except OSError as error:
        if debug and not error.filename:
            raise
        raise _said(_of_system(error), lang()) from None
    except Exception as error:
        if debug:
            raise
        form = "a fault of this program ({kind}): please run it again with --debug and report what it prints"
        raise _said(Error(Phrase(form, kind=type(error).__name__)), lang(), OurFault) from None


def _said(error: Error, lang: str, kind: type[InputError] = InputError) -> InputError:
    from review_clock.words.errors import error_text, phrase
    from review_clock.words.wording import wording

    words = wording(lang)
    return kind(error_text(error, words), f"{phrase('Error', words)}{words.colon}")


def _of_system(error: OSError) -> Error:
    why = Phrase(str(error.strerror or error))
    return Error(Phrase("{file}: {why}", file=error.filename, why=why) if error.filename else why)


# --------------------------------------------------------------------------------------------------- Click's own


def _of_click(error: click.ClickException) -> Error:
    ctx = getattr(error, "ctx", None)
    if isinstance(error, click.NoSuchOption) and ctx is not None:
        return _no_such_option(error.option_name, ctx)
    if isinstance(error, click.MissingParameter) and ctx is not None and error.param is not None:
        return Error(Phrase("{name} is missing", name=named(error.param)), _usage(ctx))
    if isinstance(error, click.BadOptionUsage) and ctx is not None:
        of_it = [each for each in ctx.command.params if error.option_name in each.opts]
        takes_none = any(getattr(each, "is_flag", False) for each in of_it)
        form = "{name} takes no value" if takes_none else "{name} needs a value"
        return Error(Phrase(form, name=error.option_name), _usage(ctx))
    return Error(error.format_message())


def _options(command: click.Command) -> list[str]:
    return [name for each in command.params if isinstance(each, click.Option) for name in each.opts]


def _no_such_option(name: str, ctx: click.Context) -> Error:
    root = ctx.find_root()
    if ctx is not root and name in _options(root.command):
        return Error(
            Phrase("{name} stands before the command", name=name), f"{root.info_name} {name} … {ctx.command.name}"
        )
    return Error(Phrase("{name} is not an option", name=name), nearest(name, [*_options(ctx.command), "--help"]))


def _usage(ctx: click.Context) -> str:
    return " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])


def named(param: click.Parameter | None, ctx: click.Context | None = None) -> str:
    """An option as it is typed, an argument as help names it; what the environment gave, as it is called there."""
    if param is None:
        return ""
    if ctx is not None and ctx.get_parameter_source(param.name or "") is ParameterSource.ENVIRONMENT:
        return str(param.envvar)
    return param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name


@contextmanager
def _parsing(ctx: click.Context) -> Iterator[None]:
    """Click does not say of which command the option is that was misused."""
    try:
        yield
    except click.BadOptionUsage as error:
        error.ctx = error.ctx or ctx
        raise


class Command(click.Command):
    """A command whose excess arguments are refused in the language chosen."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left of them: nothing, or it is refused."""
        ctx.allow_extra_args = True
        with _parsing(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Error(Phrase("{value!r} is one argument too many", value=rest[0]), _usage(ctx))
        return rest


class Group(click.Group):
    """A group under which everything that is refused becomes one line and exit code 2."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the options that stand before the command."""
        if parent is not None:
            return super().make_context(info_name, args, parent, **extra)
        typed = tuple(args)  # parsing takes from `args`
        with in_one_line(lambda: language_of(typed), "--debug" in typed):
            _check_text(typed)
            ctx = super().make_context(info_name, args, parent, **extra)
            ctx.meta[TYPED] = typed
            return ctx

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left of them: the command and its own."""
        with _parsing(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; one that there is not is refused, with the one that was meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            raise Error(Phrase("{value!r} is not a command", value=name), nearest(name, self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """What the command gives."""
        given = ctx.find_root().params
        with in_one_line(lambda: given.get("lang") or "en", bool(given.get("debug"))):
            return super().invoke(ctx)

    def main(self, *args: Any, **extra: Any) -> Any:
        """What the command gives, in UTF-8 whatever the console's code page is."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # none where it was closed
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return super().main(*args, **extra)


def _check_text(args: Sequence[str]) -> None:
    for each in args:
        try:
            each.encode()
        except UnicodeEncodeError:
            raise Error(Phrase("{value!r} is not text in UTF-8", value=each)) from None
