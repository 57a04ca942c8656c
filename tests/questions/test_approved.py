"""The answers of the frozen record against those approved: every date, and a digest of all that stands beside it."""

from __future__ import annotations

import pytest

from tests.questions.approved import APPROVED, answered, asked


@pytest.mark.parametrize(("name", "part"), tuple(asked()))
def test_the_answer_is_the_one_approved(name: str, part: str) -> None:
    approved = APPROVED.read_text(encoding="utf-8").splitlines()
    assert answered(name, part) == [line for line in approved if line.startswith(f"{name} / {part}: ")], (
        "read what changed, and why; then `make headlines`"
    )
