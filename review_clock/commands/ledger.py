"""The commands that keep a record: record add, announce, proceeding, retract, replace, list, show."""

from __future__ import annotations

from typing import Any

import click

from review_clock.commands.bad_input import Command, Group
from review_clock.commands.options import Settings, Vocabulary, citable, format_option, say_json, with_provenance
from review_clock.commands.values import DAY
from review_clock.commands.writing import Writing, instead, sourced, told, written
from review_clock.files import Error, Phrase, nearest


@click.group(cls=Group)
def record() -> None:
    """Your own record of events, laid over the one that ships: nothing is deleted, what was wrong is taken back."""


@record.command("add", cls=Command)
@click.argument("act", metavar="ACT")
@told
@sourced
@written
def record_add(
    writing: Writing,
    /,
    act: str,
    identity: str | None,
    **given: Any,
) -> None:
    """Append one event to your own record file.

    ACT is one line: a date and what was done (`2027-07-01 us confirms`, `2027-02-03 note`). The file keeps its comments
    and its order; the record as a whole is read again with the new event, and nothing is written unless it is lawful.

    \b
    Example:
        review-clock --record mine.toml record add "2026-11-20 us declines" --source "USTR press release"
        review-clock record add "2026-11-03 note" --to mine.toml --text "Hearing held." --source "Federal Register"
    """
    writing.keep(event=writing.event(act, id=identity, **given))


@record.command("announce", cls=Command)
@click.argument("day", metavar="DATE", type=DAY)
@click.argument("about", metavar="ID")
@click.option("--title", default=None, help="Of a date of your own: what falls due on it.")
@click.option("--jurisdiction", type=Vocabulary("jurisdiction"), default=None, help="Of a date of your own: us, ca …")
@click.option("--kind", type=Vocabulary("kind"), default=None, help="Of a date of your own: consultation, internal …")
@click.option("--actor", default=None, help="Of a date of your own: who must act (us.ustr, public, or a name).")
@click.option("--recipient", default=None, help="Of a date of your own: to whom.")
@click.option("--time", default="", metavar="HH:MM", help="The hour on that day.")
@click.option("--zone", default="", help="With --time: the time zone (America/New_York).")
@click.option("--public-on", type=DAY, default=None, metavar="DATE", help="The day it became public (default: today).")
@click.option("--text", default=None, help="What was announced, in your words.")
@click.option("--proceeding", default="", metavar="ID", help="The proceeding whose step it is.")
@click.option("--step", default="", metavar="STEP", help="With --proceeding: the step (hearing, report …).")
@click.option(
    "--id", "identity", default=None, metavar="ID", help="The announcement's id (default: own- and a digest)."
)
@sourced
@instead
@written
def record_announce(
    writing: Writing,
    /,
    replaces: str | None,
    reason: str | None,
    **given: Any,
) -> None:
    """Append a date ahead that somebody announced, or that is expected.

    ID is the deadline that it is about, as `deadlines` gives it. A date that no rule gives is one of your own: give it
    an id, with --title, --jurisdiction, --kind and --actor. Announced again under the same id it is moved, and what is
    not said again stays.

    \b
    Example:
        review-clock --record mine.toml record announce 2027-06-22 treaty.review.annual.1-2 --source "Joint statement"
        review-clock record announce 2027-02-16 us.hearing.1-3 --to mine.toml --title "Public hearing" \\
            --jurisdiction us --kind consultation --actor us.ustr --source "Federal Register" --dated 2026-12-01
    """
    back = writing.instead_of(replaces, reason)
    writing.keep(event=writing.announcement(**given), back=back)


@record.command("proceeding", cls=Command)
@click.argument("identity", metavar="ID")
@click.option("--title", required=True, help="What it is.")
@click.option("--jurisdiction", type=Vocabulary("jurisdiction"), required=True, help="Whose law it is under.")
@click.option("--actor", required=True, help="Whose proceeding it is (us.ustr, or a name).")
@click.option("--authority", multiple=True, metavar="TEXT", help="The text under which it is held (repeatable).")
@click.option("--citation", default="", metavar="TEXT", help="Its number, its notice or its docket.")
@click.option("--precedent", multiple=True, metavar="ID", help="One whose rhythm it may repeat (repeatable).")
@click.option("--rhythm", multiple=True, metavar="STEP=AFTER", help="A step, and that it is counted from (repeatable).")
@instead
@written
def record_proceeding(
    writing: Writing,
    /,
    replaces: str | None,
    reason: str | None,
    **given: Any,
) -> None:
    """Declare a proceeding in your own record file: what an office does step by step.

    Its steps are then told with `record add` and `record announce`, by --proceeding ID and --step or --sets.
    Declared anew with --replaces ID and --reason it is corrected under its own ID.

    \b
    Example:
        review-clock --record mine.toml record proceeding matter-7 --title "Customs ruling, matter 7" \\
            --jurisdiction us --actor us.government
    """
    back = writing.instead_of(replaces, reason)
    writing.keep(event=writing.declaration(**given), back=back)


@record.command("retract", cls=Command)
@click.argument("retracted", metavar="ID")
@click.option("--reason", required=True, help="Why it is taken back: shown wherever it mattered.")
@written
def record_retract(
    writing: Writing,
    retracted: str,
    reason: str,
) -> None:
    """Take back an entry, of yours or of ours: it stays in the record, with the reason, and counts no more.

    \b
    Example:
        review-clock --record mine.toml record retract E34 --reason "The notice says another day."
    """
    writing.keep(back=writing.taken_back(retracted, reason))


@record.command("replace", cls=Command)
@click.argument("retracted", metavar="ID")
@click.argument("act", metavar="ACT")
@click.option("--reason", required=True, help="Why the old one is taken back: shown wherever it mattered.")
@told
@sourced
@written
def record_replace(
    writing: Writing,
    /,
    retracted: str,
    act: str,
    reason: str,
    identity: str | None,
    **given: Any,
) -> None:
    """Take back an entry and put another in its place, in one step.

    \b
    Example:
        review-clock --record mine.toml record replace E34 "2025-12-03 note" --source "FR Doc." --reason "Wrong day."
    """
    event = writing.event(act, id=identity, **given)
    writing.keep(event=event, back=writing.taken_back(retracted, reason))


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
    from review_clock.formats.json_documents import ledger_document
    from review_clock.formats.text_ledger import ledger_table
    from review_clock.record.ledger_rows import rows_of

    rows = rows_of(settings.ask(None, ()).record, own)
    if form == "json":
        say_json(ledger_document(rows, settings.words()))
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
    from review_clock.formats.json_documents import ledger_document
    from review_clock.formats.text_ledger import row_text
    from review_clock.record.ledger_rows import rows_of

    record = settings.ask(None, ()).record
    found = [row for row in rows_of(record, own=False) if row.row.id == identity or identity in row.said_by]
    if not found:
        raise Error(Phrase("{value!r} is not an entry of the record", value=identity), nearest(identity, record.ids))
    if form == "json":
        shown = ledger_document(found, settings.words())["entries"][-1]
        say_json({**shown, "verified_on": record.verified_on.isoformat()})
    else:
        click.echo(row_text(found[-1], record.verified_on, settings.words()), nl=False)
