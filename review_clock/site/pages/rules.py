"""The page of rules: what all dates of a rule share, the duties without a date, and the rules left out."""

from __future__ import annotations

from dataclasses import dataclass

from review_clock.deadlines.deadline import Deadline
from review_clock.law.authority import Authority
from review_clock.law.rules import Rule
from review_clock.site.material import Material
from review_clock.site.rendering import rendered
from review_clock.words.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule with the official texts that it rests on and the dates that it gives."""

    rule: Rule
    authorities: tuple[Authority, ...]
    dates: tuple[Deadline, ...]


def _row(rule: Rule, material: Material) -> RuleRow:
    known = material.law.authorities.by_cite
    return RuleRow(
        rule=rule,
        authorities=tuple(known[cite] for cite in rule.authority if cite in known),
        dates=tuple(each for each in material.deadlines if each.rule == rule.id),
    )


def _sections(material: Material, words: Wording) -> list[tuple[str, str, list[RuleRow]]]:
    """The dated rules by jurisdiction, the user's own, the duties without a day, and the limits of a case: each section
    by its name in addresses, its heading and its rows."""
    law = material.law
    dated = [rule for rule in law.rules if rule.counted_from not in ("undated", "case")]
    sections = [
        (j.id, words.said(j.name), [rule for rule in dated if rule.jurisdiction == j.id])
        for j in law.jurisdictions.values()
    ]
    sections.append(("own", words("rules.whose"), list(law.own_rules)))
    for name, heading in (("undated", "page.undated"), ("case", "page.cases")):
        sections.append((name, words(heading), [rule for rule in law.rules if rule.counted_from == name]))
    return [(name, heading, [_row(rule, material) for rule in found]) for name, heading, found in sections if found]


def rules_page(material: Material, words: Wording) -> bytes:
    """Each rule once, with its texts and its dates; then what is known of and gives no date, and why."""
    page = rendered(
        "rules.html",
        material,
        words,
        "rules.html",
        sections=_sections(material, words),
        withheld=material.law.catalogue.withheld,
        background=material.law.catalogue.background,
    )
    return page.encode("utf-8")
