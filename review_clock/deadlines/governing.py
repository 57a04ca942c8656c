"""Which version of a rule governs an occurrence: exactly one does, or, where the rule was repealed, none."""

from __future__ import annotations

from collections.abc import Callable

from review_clock.law.counting import Counted, under_amended_text
from review_clock.law.rules import Rule


def governing(rule: Rule, count: Callable[[Rule], Counted | None]) -> tuple[Rule, Counted] | None:
    """The version that governs an occurrence, and its date; None where a reading takes its ground away, or after the
    end of the last version.

    In order of time the first whose own date falls before its end governs: its `until`, else the first day of the one
    after it. The last governs what is left, unless it ends too. A date that lies before its own text is kept, and the
    derivation says so.
    """
    versions = (rule, *rule.later)
    for version, following in zip(versions, (*versions[1:], None), strict=True):
        counted, until = count(version), version.in_force.until
        if counted is None:
            continue
        if until is None and following is not None:
            until = following.in_force.start
        if until is None or counted.day < until:
            start = version.in_force.start
            return version, counted if start is None else under_amended_text(counted, start)
    return None
