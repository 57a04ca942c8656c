"""The cost of the site as ratios measured in one run: the whole build against its renderings alone.

The build is cold, as in a command: nothing worked out before is kept, and templates are compiled anew, for the
renderings too. Processor time counts, not the wall clock's. Of the whole, most goes into the dates of the twelve named
scenarios under every combination of readings; that is why it is not twice its renderings, but about four times.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template

from review_clock.deadlines.office_days import _calendar, _federal, federal_holidays
from review_clock.deadlines.resolve import _recurring
from review_clock.feeds.definition import shipped
from review_clock.law.counting import _months_on
from review_clock.site import rendering
from review_clock.site.build import build, plan
from review_clock.site.material import Material
from review_clock.timeline.unfold import _moments_of
from tests.frozen import LAW, question

AS_OF = date(2026, 11, 23)
BASE = "https://example.org/clock"
ROUNDS = 2
LIMIT = 6.5  # the last notice of every term parts the readings on a missing day, so that more combinations are counted


def _material() -> Material:
    return Material(question=question(AS_OF), base_url=BASE, feeds=shipped(LAW))


def _seconds(work: Callable[[], object], cold: bool = False) -> float:
    rendering.environment.cache_clear()
    if cold:
        for kept in (_recurring, _months_on, _calendar, _federal, federal_holidays, _moments_of):
            kept.cache_clear()
    start = time.process_time()
    work()
    return time.process_time() - start


def _contexts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Every template that a build renders, and with what."""
    found: list[tuple[str, dict[str, Any]]] = []
    whole = Template.render

    def render(template: Template, *args: Any, **values: Any) -> str:
        assert template.name is not None
        found.append((template.name, dict(*args, **values)))
        return whole(template, *args, **values)

    with monkeypatch.context() as patch:
        patch.setattr(Template, "render", render)
        for make in plan(_material()).values():
            make()
    return found


def test_what_a_build_costs_beside_its_renderings_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    contexts = _contexts(monkeypatch)
    prepared = plan(_material())
    for make in prepared.values():
        make()  # what a rendering works out once is worked out now

    def full() -> None:
        build(question(AS_OF), str(tmp_path / "site"), BASE)

    def templates() -> None:
        for name, values in contexts:
            rendering.environment().get_template(name).render(values)

    def renderings() -> None:
        for make in prepared.values():
            make()

    rounds = [(_seconds(full, cold=True), _seconds(renderings), _seconds(templates)) for _ in range(ROUNDS)]
    whole, files, pages = (min(column) for column in zip(*rounds, strict=True))
    with capsys.disabled():
        print(
            f"\nsite of {len(prepared)} files: build {whole:.2f} s"
            f" / all its renderings from prepared answers {files:.2f} s = {whole / files:.2f} (limit {LIMIT});"
            f" / its {len(contexts)} templates alone {pages:.2f} s = {whole / pages:.2f}"
        )
