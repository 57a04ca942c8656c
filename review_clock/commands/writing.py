"""What the commands that append to a record file share: their options, the source of what is entered, the writing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from review_clock.commands.options import Settings, reading_option
from review_clock.commands.values import DAY, FilePath
from review_clock.files import Error, Phrase, nearest, same_in_all
from review_clock.law.vocabulary import digest

if TYPE_CHECKING:
    from review_clock.questions.question import Question
    from review_clock.record.entries import Announced, Source
    from review_clock.record.proceeding import Proceeding, Rhythm, StepSet
    from review_clock.timeline.keeping import New, NewEvent, TakenBack

F = TypeVar("F", bound=Callable[..., Any])


def appending(*given: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one, in their order."""

    def with_options(command: F) -> F:
        for option in reversed(given):
            command = option(command)
        return command

    return with_options


_written = appending(
    click.option("--to", "file", metavar="FILE", type=FilePath(dir_okay=False), help="Default: the last --record."),
    click.option("--by", "by", default="", metavar="NAME", help="Who enters it."),
    click.option("--dry-run", is_flag=True, help="Show what would be appended, and write nothing."),
    reading_option,
)


def written(command: F) -> F:
    """What all that append to a record file take: the command is given the `Writing` that it tells, before the rest."""

    @click.pass_obj
    @wraps(command)
    def with_writing(
        settings: Settings,
        /,
        *args: Any,
        file: str | None,
        by: str,
        reading: tuple[str, ...],
        dry_run: bool,
        **rest: Any,
    ) -> Any:
        return command(Writing(settings=settings, file=file, by=by, reading=reading, dry_run=dry_run), *args, **rest)

    return _written(cast(F, with_writing))


sourced = appending(
    click.option("--source", required=True, metavar="TITLE", help="Who says so: the title of the source."),
    click.option("--url", default="", help="The address of the source."),
    click.option("--dated", default="", metavar="DATE", help="The date of the source (2026, 2026-07 or 2026-07-01)."),
    click.option("--words", default="", help="The decisive words of the source, as they stand there (25 at most)."),
    click.option("--read-on", type=DAY, default=None, metavar="DATE", help="The day on which the source was read."),
    click.option("--archived", default="", metavar="URL", help="The address of a copy of the source that stays."),
)
"""Who says so."""
instead = appending(
    click.option("--replaces", default=None, metavar="ID", help="What is taken back in the same step."),
    click.option("--reason", default=None, help="With --replaces: why that is taken back."),
)
"""What takes a row back and puts another in its place."""
told = appending(
    click.option("--id", "identity", default=None, metavar="ID", help="The entry's id (default: own- and a digest)."),
    click.option("--text", default=None, help="What happened, in your words."),
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


def _rhythm(given: str) -> Rhythm:
    """`hearing=comments_due`. Raises `Error`."""
    from review_clock.record.proceeding import STEPS, Rhythm

    step, _, after = given.partition("=")
    for each in (step, after):
        if each not in STEPS:
            raise Error(Phrase("{name}: {value!r} is not known", name="--rhythm", value=each), nearest(each, STEPS))
    return Rhythm(step=step, after=after)


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

    def source(self, options: dict[str, Any]) -> Source:
        """The source that the options tell, taken out of them. Raises `Error` for a day ahead."""
        from review_clock.record.entries import Source

        told = {name: options.pop(name) for name in ("url", "dated", "words", "read_on", "archived")}
        self.not_ahead("--read-on", told["read_on"])
        return Source(title=options.pop("source"), **told)

    def not_ahead(self, option: str, day: date | None) -> None:
        """Raises `Error` for a day that is still ahead."""
        if day is not None and day > self.settings.today:
            raise Error(Phrase("{option}: {day} is still ahead", option=option, day=day), "today or an earlier day")

    def instead_of(self, replaces: str | None, reason: str | None) -> TakenBack | None:
        """The retraction that goes with a row, where there is one. Raises `Error` for half of it."""
        if (replaces is None) != (reason is None):
            raise Error("--replaces and --reason go together", "both or neither")
        return self.taken_back(replaces, reason or "") if replaces else None

    def taken_back(self, identity: str, reason: str) -> TakenBack:
        """The retraction of an entry, today."""
        from review_clock.timeline.keeping import TakenBack

        return TakenBack(id=identity, on=self.settings.today, reason=reason, by=self.by)

    def keep(self, event: New | None = None, back: TakenBack | None = None) -> None:
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

        self._check_meant(act, future)
        self._deadlines("--fulfils", fulfils)
        today = self.settings.today
        days = tuple(map(_step_set, sets))
        source = self.source(told)
        return NewEvent(
            act=act, source=source, fulfils=fulfils, sets=days, recorded_on=today, recorded_by=self.by, **told
        )

    def announcement(
        self, day: date, about: str, identity: str | None, public_on: date | None, **given: Any
    ) -> Announced:
        """The announced date that the options tell: about a deadline that a rule gives, one of its own announced anew,
        or a new one. Raises `Error`."""
        from review_clock.record.entries import Announced

        self.not_ahead("--public-on", public_on)
        source, text, title = self.source(given), given.pop("text"), given.pop("title")
        own: dict[str, Any] = {"title": same_in_all(title) if title else None}
        own |= {name: given.pop(name) or "" for name in ("jurisdiction", "kind", "actor", "recipient")}
        step = {name: given.pop(name) for name in ("proceeding", "step")}
        before = self._announced_before(about)
        if before is not None:
            own = {name: value or getattr(before, name) for name, value in own.items()}
            step = step if any(step.values()) else {name: getattr(before, name) for name in step}
        elif not any(own.values()):
            self._deadlines("ID", (about,))
        known_on = public_on or self.settings.today
        said = (about, day.isoformat(), known_on.isoformat(), text or "", source.title)
        told: dict[str, Any] = {**own, **step, **given}
        return Announced(
            id=identity or f"own-{digest(*said)}",
            on=day,
            known_on=known_on,
            recorded_on=self.settings.today,
            recorded_by=self.by,
            about=about,
            deadline=about if any(own.values()) else "",
            text=same_in_all(text or f"{about}: {day}"),
            conflict=None,
            confidence="own_record",
            sources=(source,),
            where="",
            **told,
        )

    def _announced_before(self, deadline: str) -> Announced | None:
        """The last announcement of a date that no rule gives."""
        found = [each for each in self.asked().record.announced if each.deadline == deadline]
        return max(found, key=lambda each: each.known_on, default=None)

    def declaration(self, identity: str, rhythm: tuple[str, ...], **given: Any) -> Proceeding:
        """The proceeding that the options declare. Raises `Error`."""
        from review_clock.record.proceeding import Proceeding

        return Proceeding(
            id=identity,
            title=same_in_all(given.pop("title")),
            rhythm=tuple(map(_rhythm, rhythm)),
            precedents=given.pop("precedent"),
            recorded_on=self.settings.today,
            recorded_by=self.by,
            where="",
            **given,
        )

    def _check_meant(self, act: str, future: bool) -> None:
        """Raises `Error` for an act on a day ahead, unless that is meant."""
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

    def _deadlines(self, option: str, named: tuple[str, ...]) -> None:
        if not named:
            return
        known = {each.id for each in self.asked().all_deadlines}
        for identity in named:
            if identity not in known:
                wrong = Phrase("{option}: {value!r} is not a deadline", option=option, value=identity)
                raise Error(wrong, nearest(identity, sorted(known)))
