"""The page of rules: what all dates of a rule share, the duties without a date, and the rules left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from review_clock.deadlines.deadline import Deadline
from review_clock.law.authority import Authority, authorities
from review_clock.law.rules import Rule, catalogue
from review_clock.law.vocabulary import JURISDICTIONS
from review_clock.site.material import Answers
from review_clock.site.rendering import rendered
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule with the official texts that it rests on and the dates that it gives."""

    rule: Rule
    authorities: tuple[Authority, ...]
    dates: tuple[Deadline, ...]


def _row(rule: Rule, deadlines: Iterable[Deadline]) -> RuleRow:
    known = authorities().by_cite
    return RuleRow(
        rule=rule,
        authorities=tuple(known[cite] for cite in rule.authority if cite in known),
        dates=tuple(each for each in deadlines if each.rule == rule.id),
    )


def _sections(answer: Answers) -> list[tuple[str, list[RuleRow]]]:
    """The dated rules by jurisdiction, the user's own, the duties without a day, and the limits of a case."""
    rules = catalogue()
    apart = ("undated", "case")
    dated = [rule for rule in rules.rules if rule.counted_from not in apart]
    sections = [(j, [rule for rule in dated if rule.jurisdiction == j]) for j in JURISDICTIONS]
    sections.append(("own", list(answer.record.firm_rules)))
    sections += [(name, [rule for rule in rules.rules if rule.counted_from == name]) for name in apart]
    return [(name, [_row(rule, answer.deadlines) for rule in found]) for name, found in sections if found]


def rules_page(answer: Answers, words: Wording) -> bytes:
    """Each rule once, with its texts and its dates; then what is known of and gives no date, and why."""
    rules = catalogue()
    page = rendered(
        "rules.html",
        answer,
        words,
        "rules.html",
        sections=_sections(answer),
        withheld=rules.withheld,
        background=rules.background,
    )
    return page.encode("utf-8")
