"""What a user's case adds to a date of the law: its matter, who in the office answers for it, and its reminders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from review_clock.deadlines.office_days import on_an_office_day
from review_clock.files import LANGUAGES, Table, Texts, read, same_in_all
from review_clock.law.counting import Counted, days_before, hung_on
from review_clock.law.law import Law
from review_clock.law.rules import Rule
from review_clock.record.own_case import OwnCase

REMINDER: Final = "reminder"
"""The id of the rule of every reminder."""


@cache
def _forms() -> Table:
    return read(os.path.join(os.path.dirname(__file__), "own_dates.toml"))


def _filled(form: Texts, **texts: Texts) -> Texts:
    return Texts(*(form.said(lang).format(**{k: v.said(lang) for k, v in texts.items()}) for lang in LANGUAGES))


def said_first(of: Texts, title: Texts) -> Texts:
    """A title that says first of what it is: the matter of a case, or the Party that withdraws."""
    return Texts(*(f"{of.said(lang)} – {title.said(lang)}" for lang in LANGUAGES))


def in_charge(case: OwnCase, actor: Texts) -> Texts:
    """Who must act under the law, and who in the user's office answers for it, where the case names anybody."""
    return _filled(_forms().texts("in_charge"), actor=actor, who=same_in_all(case.who)) if case.who else actor


@lru_cache(maxsize=256)
def _rule(rule: Rule, days: int, actor: str, actor_name: Texts) -> Rule:
    title = _filled(_forms().texts("reminder"), n=same_in_all(str(days)), title=rule.title)
    return replace(
        rule,
        id=REMINDER,
        kind="internal",
        counted_from="deadline",
        after=rule.id,
        bound="on",
        office="",
        actor=actor,
        actor_name=actor_name,
        who_kind="own",
        recipient="",
        recipient_name=None,
        authority=(),
        confidence="own_rule",
        title=title,
        duty=rule.duty,
        quote=None,
        revised=(),
        later=(),
    )


def reminders(
    identity: str, counted: Counted, rule: Rule, case: OwnCase, law: Law
) -> Iterator[tuple[str, Rule, Counted]]:
    """The reminders of a date of `rule` in a `case`: of each the id, the rule, and the count, which ends on an office
    day. A reminder that was past when the case was entered is none."""
    offices = (case.office,) if case.office else law.jurisdictions[rule.jurisdiction].offices
    actor = case.who or "own-office"
    actor_name = law.actor(actor).name
    for days in case.remind:
        reminder = on_an_office_day(days_before(hung_on(counted, identity), days), offices)
        if reminder.day >= case.recorded_on:
            yield f"{identity}.{REMINDER}-{days}", _rule(rule, days, actor, actor_name), reminder
