"""The commands that keep a record: record add, list, show, retract, replace."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review_clock.commands.bad_input import Command, FilePath, Group
from review_clock.commands.options import Settings, citable, format_option, reading_option, say_json, with_provenance
from review_clock.files import Error, Phrase, nearest

if TYPE_CHECKING:
    from review_clock.questions.question import Question
    from review_clock.record.own_case import OwnCase
    from review_clock.record.proceeding import StepSet
    from review_clock.timeline.keeping import NewEvent, TakenBack

F = TypeVar("F", bound=Callable[..., Any])


@click.group(cls=Group)
def record() -> None:
    """Your own record of events, laid over the one that ships: nothing is deleted, what was wrong is taken back."""


def options(*given: Callable[[F], F]) -> Callable[[F], F]:
    def with_options(command: F) -> F:
        for option in reversed(given):
            command = option(command)
        return command

    return with_options


written = options(
    click.option("--to", "file", metavar="FILE", type=FilePath(dir_okay=False), help="Default: the last --record."),
    click.option("--by", "by", default="", metavar="NAME", help="Who enters it."),
    click.option("--dry-run", is_flag=True, help="Show what would be appended, and write nothing."),
    reading_option,
)
"""What all that append to a record file take."""
_told = options(
    click.option("--id", "identity", default=None, metavar="ID", help="The entry's id (default: own- and a digest)."),
    click.option("--text", default=None, help="What happened, in your words."),
    click.option("--source", required=True, metavar="TITLE", help="Who says so: the title of the source."),
    click.option("--url", default="", help="The address of the source."),
    click.option("--dated", default="", metavar="DATE", help="The date of the source (2026, 2026-07 or 2026-07-01)."),
    click.option("--fulfils", multiple=True, metavar="ID", help="A deadline that this shows to be met (repeatable)."),
    click.option(
        "--proceeding", default="", metavar="ID", help="The proceeding whose step it is, or that it speaks of."
    ),
    click.option(
        "--step", default="", metavar="STEP", help="With --proceeding: the step that it is (hearing, report …)."
    ),
    click.option(
        "--sets",
        multiple=True,
        metavar="STEP=DAY",
        help="With --proceeding: a day that it sets for a step (repeatable).",
    ),
    click.option("--future", is_flag=True, help="The day of the act is still ahead, and that is meant."),
)
"""What tells an event."""


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _step_set(given: str) -> StepSet:
    """`hearing=2027-02-16`, or with the last day after a slash. Raises `Error`."""
    from review_clock.record.proceeding import StepSet

    step, _, days = given.partition("=")
    first, _, last = days.partition("/")
    try:
        return StepSet(step=step, on=date.fromisoformat(first), until=date.fromisoformat(last) if last else None)
    except ValueError:
        wrong = Phrase("--sets: {value!r} gives no day to a step", value=given)
        raise Error(wrong, "hearing=2027-02-16, or hearing=2027-02-16/2027-02-18") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Where something is appended, by whom, under which readings, and whether it is only shown."""

    settings: Settings
    file: str | None
    by: str
    reading: tuple[str, ...]
    dry_run: bool

    @property
    def target(self) -> str:
        """The file that is written to. Raises `Error` where none is named."""
        target = self.file or (self.settings.record[-1] if self.settings.record else None)
        if target is None:
            raise Error("record: no file to write to", "--to FILE, or --record FILE before the command")
        return target

    def keep(self, event: NewEvent | OwnCase | None = None, back: TakenBack | None = None) -> None:
        """Append, and say what was appended where."""
        from review_clock import Law, Record
        from review_clock.timeline.keeping import keep

        settings, words, target = self.settings, self.settings.words(), self.target
        others = [path for path in settings.record if not _same(path, target)]
        law = Law.shipped()
        base = Record.shipped().with_file(*others)
        kept = keep(target, base, law, law.chosen(self.reading), event, back, dry_run=self.dry_run)
        if self.dry_run:
            click.echo(kept.text, nl=False)
            return
        said = [words("record.added", id=", ".join(kept.ids), file=target)] if kept.ids else []
        said += [words("record.retracted", id=back.id, file=target)] if back else []
        click.echo(" ".join((*said, words("record.checked"))), err=True)

    def event(self, act: str, future: bool, fulfils: tuple[str, ...], sets: tuple[str, ...], **told: Any) -> NewEvent:
        """The event that the options tell. Raises `Error` for a day ahead that is not meant, for no deadline."""
        from review_clock.timeline.keeping import NewEvent

        self._not_ahead(act, future)
        self._deadlines(fulfils)
        today = self.settings.today
        days = tuple(map(_step_set, sets))
        return NewEvent(act=act, fulfils=fulfils, sets=days, recorded_on=today, recorded_by=self.by, **told)

    def _not_ahead(self, act: str, future: bool) -> None:
        try:
            on = date.fromisoformat(act.split()[0])
        except (ValueError, IndexError):
            return  # what is no act is refused with its own words
        if on > self.settings.today and not future:
            raise Error(Phrase("{day} is still ahead", day=on), "--future, if that is meant")

    def asked(self) -> Question:
        """The question of today, under the files that there are, that which is written to among them."""
        others = (path for path in self.settings.record if not _same(path, self.target))
        there = tuple(path for path in (*others, self.target) if os.path.exists(path))  # the first entry makes the file
        return replace(self.settings, record=there).ask(None, self.reading)

    def _deadlines(self, fulfils: tuple[str, ...]) -> None:
        if not fulfils:
            return
        known = {each.id for each in self.asked().all_deadlines}
        for identity in fulfils:
            if identity not in known:
                raise Error(
                    Phrase("--fulfils: {value!r} is not a deadline", value=identity), nearest(identity, sorted(known))
                )


@record.command("add", cls=Command)
@click.argument("act", metavar="ACT")
@_told
@written
@click.pass_obj
def record_add(
    settings: Settings,
    /,
    act: str,
    file: str | None,
    by: str,
    reading: tuple[str, ...],
    dry_run: bool,
    identity: str | None,
    **told: Any,
) -> None:
    """Append one event to your own record file.

    ACT is one line: a date and what was done (`2027-07-01 us confirms`, `2027-02-03 note`). The file keeps its comments
    and its order; the record as a whole is read again with the new event, and nothing is written unless it is lawful.

    \b
    Example:
        review-clock --record mine.toml record add "2026-11-20 us declines" --source "USTR press release"
        review-clock record add "2026-11-03 note" --to mine.toml --text "Hearing held." --source "Federal Register"
    """
    writing = Writing(settings=settings, file=file, by=by, reading=reading, dry_run=dry_run)
    writing.keep(event=writing.event(act, id=identity, **told))


def taken_back(settings: Settings, identity: str, reason: str, by: str) -> TakenBack:
    from review_clock.timeline.keeping import TakenBack

    return TakenBack(id=identity, on=settings.today, reason=reason, by=by)


@record.command("retract", cls=Command)
@click.argument("retracted", metavar="ID")
@click.option("--reason", required=True, help="Why it is taken back: shown wherever it mattered.")
@written
@click.pass_obj
def record_retract(
    settings: Settings,
    retracted: str,
    reason: str,
    file: str | None,
    by: str,
    reading: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Take back an entry, of yours or of ours: it stays in the record, with the reason, and counts no more.

    \b
    Example:
        review-clock --record mine.toml record retract E34 --reason "The notice says another day."
    """
    writing = Writing(settings=settings, file=file, by=by, reading=reading, dry_run=dry_run)
    writing.keep(back=taken_back(settings, retracted, reason, by))


@record.command("replace", cls=Command)
@click.argument("retracted", metavar="ID")
@click.argument("act", metavar="ACT")
@click.option("--reason", required=True, help="Why the old one is taken back: shown wherever it mattered.")
@_told
@written
@click.pass_obj
def record_replace(
    settings: Settings,
    /,
    retracted: str,
    act: str,
    reason: str,
    file: str | None,
    by: str,
    reading: tuple[str, ...],
    dry_run: bool,
    identity: str | None,
    **told: Any,
) -> None:
    """Take back an entry and put another in its place, in one step.

    \b
    Example:
        review-clock --record mine.toml record replace E34 "2025-12-03 note" --source "FR Doc." --reason "Wrong day."
    """
    writing = Writing(settings=settings, file=file, by=by, reading=reading, dry_run=dry_run)
    event = writing.event(act, id=identity, **told)
    writing.keep(event=event, back=taken_back(settings, retracted, reason, by))


@record.command("list", cls=Command)
@click.option("--own", is_flag=True, help="Only what your own files say.")
@format_option("text", "json", "csv", "md")
@click.pass_obj
@citable("record")
def record_list(settings: Settings, own: bool, form: str) -> None:
    """The record, a line an entry: what stands, what says the same, what was taken back and why.

    \b
    Example:
        review-clock --record mine.toml record list --own
    """
    from review_clock.formats.text_ledger import ledger_json, ledger_table, rows_of

    rows = rows_of(settings.ask(None, ()).record, own)
    if form == "json":
        say_json(ledger_json(rows, settings.words()))
    else:
        click.echo(with_provenance(ledger_table(rows, settings.words(), form), form), nl=False)


@record.command("show", cls=Command)
@click.argument("identity", metavar="ID")
@format_option("text", "json")
@click.pass_obj
@citable("record")
def record_show(settings: Settings, identity: str, form: str) -> None:
    """One entry with all that is known of it.

    \b
    Example:
        review-clock record show E51
    """
    from review_clock.formats.text_ledger import ledger_json, row_text, rows_of

    record = settings.ask(None, ()).record
    found = [row for row in rows_of(record, own=False) if row.row.id == identity or identity in row.said_by]
    if not found:
        raise Error(Phrase("{value!r} is not an entry of the record", value=identity), nearest(identity, record.ids))
    if form == "json":
        shown = ledger_json(found, settings.words())["entries"][0]
        say_json({**shown, "verified_on": record.verified_on.isoformat()})
    else:
        click.echo(row_text(found[0], record.verified_on, settings.words()), nl=False)
