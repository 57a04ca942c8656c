"""A user's record file: one writer at a time, the whole file or nothing, and never over what another wrote since."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from review_clock.files import BadData, text_of, write_atomically

_PATIENCE: Final = 20.0
"""How many seconds to wait while another writes."""


def _regular(path: str) -> str:
    """The file that `path` names, links followed. Raises `BadData` for what is no file."""
    real = os.path.realpath(path)
    if os.path.exists(real) and not stat.S_ISREG(os.stat(real).st_mode):
        raise BadData(path, "", "is not a file that can be written", "a file of yours, or a new one")
    return real


def _lock(handle: int, until: float) -> bool:
    import fcntl

    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        else:
            return True


@contextmanager
def _alone(real: str, path: str) -> Iterator[bool]:
    """The only writer of a file while it lasts; whether it was made for that. Raises `BadData` after some patience."""
    until = time.monotonic() + _PATIENCE
    while True:
        made = not os.path.exists(real)
        handle = os.open(real, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not _lock(handle, until):
                raise BadData(path, "", "is being written by another command", "the same again in a moment")
            if os.path.exists(real) and os.path.samestat(os.fstat(handle), os.stat(real)):
                yield made
                return
        finally:
            os.close(handle)  # another wrote a new file in the place of that which was locked: lock the new one


def appended(path: str, make: Callable[[str], str]) -> str:
    """Append to a user's file what `make` makes of its text, and give that; nothing is written where it gives nothing.

    The file keeps its comments, its order and its line ends; a link goes on leading to it. Raises `BadData` for what is
    no file, is not UTF-8, or is being written by another; what `make` raises changes nothing.
    """
    real = _regular(path)
    with _alone(real, path) as made:
        try:
            with open(real, encoding="utf-8", newline="") as file:
                old = file.read()
        except UnicodeDecodeError:
            raise BadData(path, "", "is not text in UTF-8") from None
        blocks = ""
        try:
            blocks = make(old.removeprefix("\ufeff"))  # what Windows writes before the text stays, and is no part of it
            if blocks:
                newline = "\r\n" if "\r\n" in old else "\n"
                gap = "" if not old else newline if old.endswith("\n") else newline * 2
                write_atomically(real, (old + gap + blocks.replace("\n", newline)).encode("utf-8"))
        finally:
            if made and not os.path.getsize(real):
                os.unlink(real)
    return blocks


def would_append(path: str, make: Callable[[str], str]) -> None:
    """Let `make` see the text of a user's file as `appended` does; nothing is opened for writing. Raises `BadData`."""
    real = _regular(path)
    make(text_of(real) if os.path.exists(real) else "")
