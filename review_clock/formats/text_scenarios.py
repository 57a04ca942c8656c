"""The library of scenarios → text for a terminal and Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from review_clock.formats.tables import markdown, paragraph
from review_clock.scenarios.library import Describer, Plan
from review_clock.words.acts import all_assumed, titled
from review_clock.words.wording import Wording


def _describer(each: Describer) -> str:
    dated = f" ({each.dated})" if each.dated else ""
    return f"{each.who}{dated} {each.url}".rstrip()


def _assumed(plan: Plan, words: Wording) -> tuple[str, ...]:
    return tuple(all_assumed(plan.lines, words)) or (words("scenarios.nothing"),)


def _plan_text(plan: Plan, words: Wording) -> str:
    lines = [paragraph(f"{plan.name}{words.colon} {titled(plan.title, plan.lines, words)}")]
    if plan.explanation is not None:
        lines.append(paragraph(words.said(plan.explanation), "    "))
    if plan.counterfactual:
        lines.append(paragraph(words("scenarios.counterfactual"), "    "))
    lines.append(f"    {words('scenarios.assumed')}{words.colon}")
    lines += [paragraph(line, "        ", "      - ") for line in _assumed(plan, words)]
    if plan.described_by:
        lines.append(f"    {words('scenarios.described')}{words.colon}")
    lines += [paragraph(_describer(each), "        ", "      - ") for each in plan.described_by]
    return "\n".join(lines)


def scenarios_text(plans: Iterable[Plan], words: Wording) -> str:
    """The library: each scenario's name, title, explanation, assumptions, and who described it."""
    parts = [paragraph(words("scenarios.intro")), *(_plan_text(plan, words) for plan in plans)]
    return "\n\n".join([*parts, words("status.disclaimer")]) + "\n"


def scenarios_markdown(plans: Iterable[Plan], words: Wording) -> str:
    """The library as a table in Markdown."""
    headings = [words(f"scenarios.{key}") for key in ("name", "what", "assumed", "described")]
    rows = []
    for plan in plans:
        what = [titled(plan.title, plan.lines, words), words.said(plan.explanation)]
        what += [words("scenarios.counterfactual")] if plan.counterfactual else []
        described = "\n".join(_describer(each) for each in plan.described_by)
        rows.append([plan.name, "\n".join(filter(None, what)), "\n".join(_assumed(plan, words)), described])
    return markdown(headings, rows)


# ------------------------------------------------------------------------------------------------- differences
