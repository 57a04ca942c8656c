"""A process that dies: from its n-th call that changes a disk on, nothing is done any more; or only that call fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from review_clock.site import published_folder

CHANGES_A_DISK = ("rename", "replace", "fsync", "unlink", "mkdir", "link", "symlink", "rmdir", "chmod", "utime", "open")


class Dies(BaseException):
    """The process ends here: nothing that it would still do is done."""


def dying(patch: pytest.MonkeyPatch, at: int, once: BaseException | None = None) -> list[int]:
    """Let every call that changes a disk from the `at`-th on do nothing and end the process; counts the calls.

    With an error given, the `at`-th alone raises `once`.
    """
    calls = [0]

    def made_to_die(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            calls[0] += 1
            if once is not None and calls[0] == at:
                raise once
            if once is None and calls[0] >= at:
                raise Dies
            return real(*args, **named)

        return call

    for name in CHANGES_A_DISK:
        patch.setattr(os, name, made_to_die(getattr(os, name)))
    patch.setattr(published_folder, "_take_place", made_to_die(published_folder._take_place))
    return calls
