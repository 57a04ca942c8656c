"""The commands that publish: one feed, the whole site."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from review_clock.commands.bad_input import Command
from review_clock.commands.gate import changes_to_follow, say_going_back
from review_clock.commands.options import (
    Settings,
    as_of_option,
    citable,
    format_option,
    reading_option,
    scenario_options,
)
from review_clock.commands.values import FilePath, Whole
from review_clock.files import Error, Phrase

if TYPE_CHECKING:
    from review_clock.feeds.definition import Definition
    from review_clock.questions.question import Question
    from review_clock.scenarios.library import Plan
    from review_clock.site.material import Material
    from review_clock.site.what_changes import Change
    from review_clock.words.wording import Wording

_OF_AN_ADDRESS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/@%+,;=")


def _feed_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from review_clock import Law
    from review_clock.feeds.definition import shipped

    return [name for name in shipped(Law.shipped()) if name.startswith(incomplete)]


def _is_address(value: str) -> bool:
    """Whether it is the address of a site. It stands in pages, feeds and headers, so nothing but an address passes."""
    from urllib.parse import urlsplit

    parts = urlsplit(value if _OF_AN_ADDRESS.issuperset(value) else "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _contact(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """A link to whoever publishes the site."""
    if not value or _is_address(value):
        return value
    name, at, host = value.partition("@")
    if name and at and "." in host and _OF_AN_ADDRESS.issuperset(value) and "/" not in value:
        return f"mailto:{value}"
    raise Error(Phrase("--contact: {value!r} is no address", value=value), "https://host/path, or an e-mail address")


def _base_url(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """The address of a site."""
    if value and not _is_address(value):
        raise Error(Phrase("--base-url: {value!r} is not the address of a site", value=value), "https://host/path")
    return value


def _verified(question: Question) -> Question:
    """The question itself: what is published says how far its record was verified. Raises `Error` where none was."""
    if question.verified_on is None:
        raise Error(
            Phrase("--known-on {day}: nobody had verified the record by then", day=question.known_on), "a later day"
        )
    return question


@click.command(cls=Command)
@click.argument("name", shell_complete=_feed_names)
@click.option("-o", "--output", type=FilePath(dir_okay=False), help="The file to write (default: standard output).")
@click.option("--base-url", default="", callback=_base_url, help="The address of the site, for links to its pages.")
@click.option("--include-own", is_flag=True, help="Your own dates and cases too, each marked as private.")
@scenario_options
@as_of_option
@reading_option
@format_option("ics", "csv")
@click.pass_obj
@citable()
def feed(
    settings: Settings,
    name: str,
    output: str | None,
    base_url: str,
    include_own: bool,
    plan: Plan | None,
    as_of: date | None,
    reading: tuple[str, ...],
    form: str,
) -> None:
    """One calendar feed, on standard output or to a file; `--format csv` is for Outlook and docketing systems.

    Under a scenario the feed's name, its UIDs and every event say that it is a hypothesis.

    \b
    Example:
        review-clock feed everything -o everything.ics
        review-clock --lang es feed everything > todo.ics
        review-clock feed everything --scenario late-extension -o hypothesis.ics
        review-clock --calendars office feed partner-reminders -o partner.ics
    """
    from review_clock.feeds.calendar import carried
    from review_clock.feeds.csv_table import table
    from review_clock.feeds.definition import named
    from review_clock.files import write_atomically
    from review_clock.formats.cited import published

    question = _verified(settings.ask(as_of, reading, plan))
    definition = named(name, settings.feeds(question), settings.lang)
    if form == "csv" and definition.only_changes:
        raise Error(Phrase("the feed {name} carries no dates, and a table nothing else", name=name), "--format ics")
    definition = replace(definition, own_dates=definition.own_dates or include_own)
    found = carried(definition, question, settings.words(), base_url)
    data = (
        found.calendar()
        if form == "ics"
        else table(definition, found.chosen, found.events, published(found.answer.premises))
    )
    if output in (None, "-"):
        click.echo(data, nl=False)
    else:
        write_atomically(output, data)


def _one_of(folder: str | None, releases: str | None, old: str | None, rollback: bool) -> None:
    """Raise `Error` unless one place is named, and one that can be rolled back where that is asked for."""
    if sum(each is not None for each in (folder, releases, old)) != 1 or (rollback and releases is None):
        raise Error("build takes one folder", "DIR, --releases FOLDER [--rollback] or --diff OLD")


def _site_in(folder: str | None) -> Mapping[str, bytes]:
    """The site in a folder, by the names of its files; nothing where none is named. Raises `Error` where none is."""
    from review_clock.site.published_folder import site_in

    found = site_in(folder) if folder else {}
    if folder and not found:
        wrong = Phrase("{name}: {value!r} is not a published site", name="--diff", value=folder)
        raise Error(wrong, "a folder that build made")
    return found


def _changes_in(folder: str | None, releases: str | None, before: Mapping[str, bytes]) -> bytes:
    """The list of changes of the site that stands where the new one will; nothing where there is none."""
    from review_clock.site.changes_of_dates import FILE
    from review_clock.site.publish_gate import changes_published_in
    from review_clock.site.releases import CURRENT

    if before:
        return before.get(FILE, b"")
    return changes_published_in(folder or os.path.join(releases or "", CURRENT))


@contextmanager
def _saying_what_goes_back(words: Wording) -> Iterator[None]:
    """What subscribers would lose is said line by line, and the exit code is 1."""
    from review_clock.site.publish_gate import WouldGoBack

    try:
        yield
    except WouldGoBack as refused:
        say_going_back(refused.found, words)
        raise click.exceptions.Exit(1) from None


def _rendered(material: Material, words: Wording, twins: bool) -> dict[str, bytes]:
    """Every file of the site, and packed twins if asked; a bar shows how far it is where somebody looks on."""
    from review_clock.site.build import plan
    from review_clock.site.for_machines.host_files import packed

    parts, quiet = plan(material), sys.stderr is None or not sys.stderr.isatty()
    with click.progressbar(sorted(parts), label=words("build.progress"), file=sys.stderr, hidden=quiet) as bar:
        rendered = {name: parts[name]() for name in bar}
    return rendered | (packed(rendered) if twins else {})


def _say_written(files: Mapping[str, bytes], folder: str, words: Wording) -> None:
    for name in files:
        click.echo(name)
    click.echo(words("build.wrote", files=words.count("files", len(files)), folder=folder), err=True)
    click.echo(words("build.look", file=os.path.join(folder, "index.html")), err=True)


def _say_published(folder: str, name: str, words: Wording) -> None:
    from review_clock.site.releases import CURRENT

    click.echo(words("build.published", link=os.path.join(folder, CURRENT), name=name), err=True)


def _say_kept_back(question: Question, feeds: Mapping[str, Definition], words: Wording) -> None:
    """How much of the user's own is not published, where anything is."""
    from review_clock.site.own_dates import kept_back

    kept = kept_back(question, feeds)
    if any(kept.values()):
        click.echo(words("build.own", **kept), err=True)


_SIGNS: Final = {"changes": "~", "appears": "+", "vanishes": "-"}


def _say_changes(found: Iterable[Change], words: Wording) -> None:
    """How many files of each kind change, appear and vanish, then each by name."""
    from review_clock.site.what_changes import KINDS

    found = tuple(found)
    for kind in KINDS:
        of_it = [each for each in found if each.kind == kind]
        counts = {what: sum(each.what == what for each in of_it) for what in _SIGNS}
        click.echo(f"{words(f'build.{kind}')}{words.colon} {words('build.counts', **counts)}")
        for each in of_it:
            click.echo(f"{_SIGNS[each.what]} {each.name}")


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", required=False, type=FilePath(file_okay=False))
@click.option(
    "--base-url", default="", callback=_base_url, help="The address at which the site will stand, for absolute links."
)
@as_of_option
@reading_option
@click.option(
    "--include-own", is_flag=True, help="Publish your own dates and cases too: for a site of the office alone."
)
@click.option("--publisher", default="", metavar="NAME", help="Who publishes the site, for the foot of each page.")
@click.option("--contact", default="", callback=_contact, help="Where to reach them: an address or an e-mail address.")
@click.option(
    "--allow-going-back", is_flag=True, help="Publish also what takes back what subscribers of the site have."
)
@click.option(
    "--releases",
    metavar="FOLDER",
    type=FilePath(file_okay=False),
    help="In place of DIR: a new release in FOLDER, to which the link FOLDER/current then leads.",
)
@click.option(
    "--follow",
    metavar="PLACE",
    default="",
    help="The published site, a folder or an address, whose list of changes goes on (default: that in DIR).",
)
@click.option("--keep", type=Whole(1, 1000), default=5, show_default=True, help="How many releases to keep.")
@click.option("--rollback", is_flag=True, help="With --releases: publish the one before again, and build nothing.")
@click.option("--gzip", "twins", is_flag=True, help="Beside each text also NAME.gz, for hosts that send such twins.")
@click.option(
    "--diff",
    "old",
    metavar="OLD",
    type=FilePath(file_okay=False),
    help="In place of DIR: only say what would change of the site in OLD.",
)
@click.pass_obj
def build(
    settings: Settings,
    folder: str | None,
    base_url: str,
    as_of: date | None,
    reading: tuple[str, ...],
    include_own: bool,
    publisher: str,
    contact: str,
    allow_going_back: bool,
    releases: str | None,
    follow: str,
    keep: int,
    rollback: bool,
    twins: bool,
    old: str | None,
) -> None:
    """The whole site and every feed, into DIR: atomic, and the same input gives the same bytes.

    A site that stands there is not replaced by one whose feeds would go back: exit code 1, and nothing is changed.
    Your own dates and cases are published only with --include-own; what else your record says is published.

    \b
    Example:
        review-clock build site --base-url https://example.org/clock
        review-clock build --releases /srv/clock --keep 5 && review-clock build --releases /srv/clock --rollback
        review-clock build --diff site
    """
    from review_clock.site.build import put_into
    from review_clock.site.material import Material, Publisher
    from review_clock.site.publish_gate import address_in
    from review_clock.site.published_folder import check_replaceable
    from review_clock.site.releases import check_releases, release, roll_back
    from review_clock.site.what_changes import changes

    _one_of(folder, releases, old, rollback)
    words, gated = settings.words(), not allow_going_back
    with _saying_what_goes_back(words):
        if releases and rollback:
            _say_published(releases, roll_back(releases, gated), words)
            return
        question, before = _verified(settings.ask(as_of, reading)), _site_in(old)
        feeds = settings.feeds(question)
        material = Material(
            question=question,
            base_url=(base_url or address_in(before.values())).rstrip("/"),
            feeds=feeds,
            include_own=include_own,
            publisher=Publisher(name=publisher, contact=contact),
            published_changes=changes_to_follow(follow) if follow else _changes_in(folder, releases, before),
        )
        if old:
            _say_changes(changes(before, _rendered(material, words, twins)), words)
        elif releases:
            check_releases(releases)
            rendered = _rendered(material, words, twins)
            name = release(releases, rendered, question.as_of, keep, gated)
            _say_written(rendered, os.path.join(releases, name), words)
            _say_published(releases, name, words)
        elif folder:
            check_replaceable(folder)
            rendered = _rendered(material, words, twins)
            put_into(folder, rendered, gated)
            _say_written(rendered, folder, words)
        if not include_own:
            _say_kept_back(question, feeds, words)
