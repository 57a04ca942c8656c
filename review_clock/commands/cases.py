"""The commands of the cases of one's own: case add, list, rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from review_clock.commands.bad_input import Command, Group
from review_clock.commands.options import (
    Settings,
    Vocabulary,
    as_of_option,
    citable,
    format_option,
    reading_option,
    say_json,
    with_provenance,
)
from review_clock.commands.values import DAY, OneOf, Whole
from review_clock.commands.writing import Writing, instead, written
from review_clock.files import Error, nearest
from review_clock.record.own_case import OFFICES

if TYPE_CHECKING:
    from review_clock.law.law import Law


@click.group(cls=Group)
def case() -> None:
    """Cases of your own: a matter under a rule that is counted from a day of each case."""


def _rules(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from review_clock import Law

    return [rule.id for rule in Law.shipped().rules_of_cases if rule.id.startswith(incomplete)]


def _check_rule(rule: str, law: Law) -> None:
    from review_clock.timeline.lawful_record import not_of_a_case

    known = [each.id for each in law.rules_of_cases]
    if rule not in known:
        raise Error(not_of_a_case(rule), nearest(rule, known))


@case.command("add", cls=Command)
@click.argument("rule", metavar="RULE", shell_complete=_rules)
@click.option("--trigger", type=DAY, required=True, help="The day from which the rule is counted (see `case rules`).")
@click.option("--matter", required=True, metavar="TEXT", help="What your office calls it: every title begins with it.")
@click.option("--who", default="", metavar="NAME", help="Who in your office answers for it.")
@click.option("--remind", type=Whole(1, 366), multiple=True, metavar="DAYS", help="So many days before (repeatable).")
@click.option("--office", type=OneOf(OFFICES), default=None, help="Whose office days count: us, ca, mx.")
@click.option("--id", "identity", default=None, metavar="ID", help="The case's id (default: case- and a digest).")
@instead
@written
def case_add(
    writing: Writing,
    /,
    rule: str,
    trigger: date,
    matter: str,
    who: str,
    remind: tuple[int, ...],
    office: str | None,
    identity: str | None,
    replaces: str | None,
    reason: str | None,
) -> None:
    """Append a case to your own record file: its date, counted by RULE, and its reminders then stand in every list.

    The day that the law gives is not moved for a weekend or a holiday; a reminder stands on the last office day then or
    before. A case is taken back with `record retract ID`.

    \b
    Example:
        review-clock --record mine.toml case add us.716.facility-review --trigger 2027-02-03 --matter "Acme, plant 2"
        review-clock case add origin.averaging-election --to mine.toml --trigger 2028-01-01 --matter "Beta" --remind 30
    """
    from review_clock import Law
    from review_clock.formats.text_own_cases import cases_text
    from review_clock.questions.own_cases import own_cases
    from review_clock.record.own_case import OwnCase, case_id

    settings = writing.settings
    back = writing.instead_of(replaces, reason)
    _check_rule(rule, Law.shipped())
    new = OwnCase(
        id=identity or case_id(matter, rule, trigger),
        matter=matter,
        rule=rule,
        trigger=trigger,
        who=who,
        remind=tuple(sorted(set(remind), reverse=True)),
        office=office or "",
        known_on=settings.today,
        recorded_on=settings.today,
        recorded_by=writing.by,
        where="",
    )
    writing.keep(event=new, back=back)
    if not writing.dry_run:
        made = [each for each in own_cases(writing.asked()) if each.case.id == new.id]
        click.echo(cases_text(made, settings.words()))


@case.command("list", cls=Command)
@as_of_option
@reading_option
@format_option("text", "json", "csv", "md")
@click.pass_obj
@citable()
def case_list(settings: Settings, as_of: date | None, reading: tuple[str, ...], form: str) -> None:
    """Your cases: matter, date, days left, rule, the day counted from, who; what was taken back, and why.

    \b
    Example:
        review-clock --record mine.toml case list
    """
    from review_clock.formats import text_own_cases
    from review_clock.formats.json_documents import cases_document
    from review_clock.questions.own_cases import own_cases

    question, words = settings.ask(as_of, reading), settings.words()
    found = own_cases(question)
    if form == "json":
        say_json(cases_document(found, question, words))
    elif form == "text":
        click.echo(f"{text_own_cases.cases_text(found, words)}\n\n{words('status.disclaimer')}")
    else:
        click.echo(with_provenance(text_own_cases.cases_table(found, words, form), form), nl=False)
        click.echo(f"\n{words('status.disclaimer')}", err=form == "csv")


@case.command("rules", cls=Command)
@click.option("--jurisdiction", type=Vocabulary("jurisdiction"), multiple=True, help="treaty, us, ca, mx (repeatable).")
@click.option("--kind", type=Vocabulary("kind"), multiple=True, help="notice, dispute, origin … (repeatable).")
@click.option("--search", default="", metavar="WORDS", help="Each word stands in title, id, who or citation.")
@as_of_option
@format_option("text", "json", "csv", "md")
@click.pass_obj
@citable()
def case_rules(
    settings: Settings,
    jurisdiction: tuple[str, ...],
    kind: tuple[str, ...],
    search: str,
    as_of: date | None,
    form: str,
) -> None:
    """The rules that a case can be counted by: what each is counted from, who must act, its citation.

    \b
    Example:
        review-clock case rules --search labour
    """
    from review_clock.formats import text_undated
    from review_clock.formats.json_documents import rules_document
    from review_clock.questions.listed import Undated, undated

    question, words = settings.ask(as_of), settings.words()
    rules = undated(question, search, jurisdiction=jurisdiction, kind=kind).cases
    found = Undated(duties=(), cases=rules, open=(), withheld=(), not_covered=())
    notes = [words("status.disclaimer")] if rules else [words("case.no_rule"), words("status.disclaimer")]
    if form == "json":
        say_json(rules_document(rules, question, words))
    elif form == "csv":
        click.echo(with_provenance(text_undated.undated_csv(found, words), form), nl=False)
    elif form == "md":
        click.echo(text_undated.undated_markdown(found, notes, words))
    else:
        click.echo(text_undated.undated_text(found, notes, words), nl=False)
