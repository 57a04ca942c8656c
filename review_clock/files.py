"""Writing files so that a reader sees the old or the new, never a half: one file, or a whole folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from typing import Final

MARK: Final = ".review-clock"
"""The file that says that a folder was made by `build` and may be replaced by it."""


class NotOurFolder(OSError):
    """A folder with files in it that `build` did not make: it is left alone."""


def write_atomically(path: str, data: bytes) -> None:
    """Write `data` to `path` by way of a new file beside it. Raises `OSError`, and then nothing has changed."""
    folder = os.path.dirname(os.path.abspath(path))
    try:
        handle, beside = tempfile.mkstemp(dir=folder, prefix=".review-clock-")
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode_of(path))
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _mode_of(path: str) -> int:
    """The permissions a file has, or those a new one gets."""
    try:
        return os.stat(path).st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def check_replaceable(folder: str) -> None:
    """Raise `NotOurFolder` where `folder` holds files that no build made."""
    if os.path.isdir(folder) and os.listdir(folder) and not os.path.exists(os.path.join(folder, MARK)):
        raise NotOurFolder(0, "holds files that were not made by build (accepted: an empty or a new folder)", folder)


def replace_folder(folder: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """Make `folder` hold exactly `files`, yielding the path of each as it is written.

    They are written to a new folder beside it, which takes its place when all are there; on any error the old one
    stands as it was. Raises `NotOurFolder`, `OSError`.
    """
    folder = os.path.abspath(folder)
    check_replaceable(folder)
    parent = os.path.dirname(folder)
    try:
        os.makedirs(parent, exist_ok=True)
        fresh = tempfile.mkdtemp(dir=parent, prefix=".review-clock-")
    except OSError as error:
        raise OSError(error.errno, error.strerror, folder) from None
    try:
        for name in sorted(files):
            path = os.path.join(fresh, *name.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(files[name])
            yield name
        with open(os.path.join(fresh, MARK), "wb") as file:
            file.write(b"This folder is replaced as a whole by `review-clock build`.\n")
        os.chmod(fresh, 0o755)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: str, folder: str) -> None:
    """Put `fresh` where `folder` is; the old one goes back if that fails."""
    if not os.path.isdir(folder):
        os.rename(fresh, folder)
        return
    old = tempfile.mkdtemp(dir=os.path.dirname(folder), prefix=".review-clock-old-")
    aside = os.path.join(old, "site")
    os.rename(folder, aside)
    try:
        os.rename(fresh, folder)
    except BaseException:
        os.rename(aside, folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
