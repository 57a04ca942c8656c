"""The folder of a published site: only what a build wrote, and nobody changed, is ever taken away or written over.

The mark in it lists what the last build wrote, by digest. The new site takes the place of the old in one step wherever
the system can exchange two names; else (a mount point, a folder beside which one may not write) file by file, each of
them whole. A build that dies leaves the old site or the new, and what lies about is cleared by the next. A file whose
bytes stay keeps its time.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from typing import Final

from review_clock.files import Error, Phrase

MARK: Final = ".review-clock"
"""The file that says that a folder was made by `build`, and lists what `build` wrote into it."""
_HEAD: Final = "Made by `review-clock build`, which takes away only what is listed here, unchanged (SHA-256, name)."
BESIDE: Final = ".review-clock-new-"
"""How the names of what is not whole yet begin."""
_BEFORE_LISTS: Final = (
    "404.html _headers api badge.en.svg badge.es.svg badge.fr.svg calendars card.en.png card.es.png card.fr.png en es "
    "favicon.ico fr index.html robots.txt sitemap.xml static"
)
"""What 0.2.0, whose mark had no list, wrote at the top of a site."""
_PATIENCE: Final = 60.0
"""How many seconds to wait while another builds."""
_EXCHANGE: Final = 2
_HERE: Final = -100
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO)

Written = Mapping[str, frozenset[str]]
"""What builds wrote: the digests that each name may have."""


class NotOurFolder(Error, OSError):
    """A folder with files in it that `build` did not make, or that somebody changed since: it is left alone."""

    def __init__(self, folder: str, wrong: str, accepted: str) -> None:
        super().__init__(Phrase("{folder}: {wrong}", folder=folder, wrong=Phrase(wrong)), accepted)


def check_replaceable(folder: str) -> None:
    """Raise `NotOurFolder` where `folder` is the one stood in, no folder, or holds files that no build made."""
    real = os.path.realpath(folder)
    if real == os.path.realpath(os.curdir):
        raise NotOurFolder(folder, "is the folder that you stand in", "a folder below it, or another")
    if os.path.lexists(real) and not os.path.isdir(real):
        raise NotOurFolder(folder, "is a file", "a folder")
    if os.path.isdir(real) and not os.path.exists(os.path.join(real, MARK)) and _of_others(os.listdir(real)):
        raise NotOurFolder(folder, "holds files that were not made by build", "an empty or a new folder")


def _of_others(names: Iterable[str]) -> bool:
    return any(not name.startswith(BESIDE) for name in names)


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """The only build beside a folder while it lasts. Raises `NotOurFolder` after some patience, `OSError`."""
    parent = os.path.dirname(os.path.realpath(folder))
    try:
        os.makedirs(parent, exist_ok=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, folder) from None
    try:
        import fcntl

        handle = os.open(parent, os.O_RDONLY)
    except (ImportError, OSError):  # Windows has no such locks, and a folder beside may be closed to us
        yield
        return
    try:
        until = time.monotonic() + _PATIENCE
        while not _locked(partial(fcntl.flock, handle, fcntl.LOCK_EX | fcntl.LOCK_NB)):
            if time.monotonic() > until:
                raise NotOurFolder(folder, "is being built by another command", "the same again later")
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _locked(lock: Callable[[], None]) -> bool:
    try:
        lock()
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def publish(folder: str, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold `files`, beside what is not of a build. Call it `alone`.

    Raises `NotOurFolder` where a file to be written is there and is not as a build left it; `OSError`, and then the old
    site stands or, where names cannot be exchanged, the next build goes on.
    """
    check_replaceable(folder)
    real = os.path.realpath(folder)
    _clear(real)
    before = _written(real)
    kept = [name for name in _names(real) if not _unchanged(real, name, before)]
    for name in kept:
        if name in files and _digest(_bytes(real, name)) != _digest(files[name]):
            wrong = Phrase("{name} is not as build left it", name=name)
            raise NotOurFolder(folder, wrong, "the file as it was, or none")
    if not _exchanged(real, files, kept):
        _in_place(real, files, before)


# -------------------------------------------------------------------------------------------------- what is there


def _names(folder: str) -> list[str]:
    """Every file and link in a folder, and every empty folder, by its path in it, the mark left out."""
    found = []
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        here = [*files, *links, *([""] if not folders and not files and place != folder else [])]
        found += [os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/") for name in here]
    return sorted(name for name in found if name != MARK)


def _path(folder: str, name: str) -> str:
    return os.path.join(folder, *name.split("/"))


def _bytes(folder: str, name: str) -> bytes:
    path = _path(folder, name)
    if os.path.islink(path) or not os.path.isfile(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _written(folder: str) -> Written | None:
    """What the mark of a folder lists; None where it is from before there were lists, or lists nothing."""
    try:
        with open(os.path.join(folder, MARK), encoding="utf-8", errors="replace") as file:
            rows = [line.rstrip("\n").split(" ", 1) for line in file.readlines()[1:]]
    except OSError:
        return {}
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if len(row) == 2:
            found[row[1]] = found.get(row[1], frozenset()) | {row[0]}
    return found or None


def _unchanged(folder: str, name: str, written: Written | None) -> bool:
    """Whether a file is as a build left it."""
    path = _path(folder, name)
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    if written is None:
        return name.partition("/")[0] in _BEFORE_LISTS.split(" ")
    return name in written and _digest(_bytes(folder, name)) in written[name]


def _clear(folder: str) -> None:
    """Take away what a build that died left: beside the folder, and in it."""
    parent, name = os.path.split(folder)
    for each in os.listdir(parent) if os.access(parent, os.R_OK) else ():
        if each.startswith(f"{BESIDE}{name}-"):
            take_away(os.path.join(parent, each))
    for place, _, files in os.walk(folder):
        for each in files:
            if each.startswith(BESIDE):
                os.unlink(os.path.join(place, each))


# ---------------------------------------------------------------------------------------------------- how to write


def _mark(files: Mapping[str, bytes], before: Written) -> bytes:
    rows = [(name, _digest(data)) for name, data in files.items()]
    rows += [(name, digest) for name, digests in before.items() for digest in digests]
    return "\n".join([_HEAD, *(f"{digest} {name}" for name, digest in sorted(set(rows))), ""]).encode("utf-8")


def _write(path: str, data: bytes, before: str = "") -> None:
    """One whole file, fit for a web server to read. It keeps the time of the file `before` where that held the same:
    who asks whether it changed since then is told that it did not."""
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(path), prefix=BESIDE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(beside, 0o644)
    folder, name = os.path.split(before)
    if before and os.path.isfile(before) and _bytes(folder, name) == data:
        os.utime(beside, ns=(os.stat(before).st_mtime_ns,) * 2)
    os.replace(beside, path)


def _readable(folder: str, files: Iterable[str]) -> None:
    """Let a web server into each folder of files, whatever the umask."""
    folders = {folder, *(os.path.dirname(_path(folder, name)) for name in files)}
    for each in sorted(folders):
        os.chmod(each, 0o755)


def _exchanged(folder: str, files: Mapping[str, bytes], kept: Iterable[str]) -> bool:
    """Put a new folder in the place of the old in one step; False where that cannot be, and nothing has changed."""
    parent, name = os.path.split(folder)
    try:
        fresh = place_for(parent, name)
    except OSError:
        return False
    try:
        fill(fresh, files, before=folder)
        try:
            _carry(folder, fresh, kept)
            _take_place(fresh, folder)
        except AttributeError:  # no such call in this system
            return False
        except OSError as error:  # not with these folders; where there is no room, one more try would leave half a site
            if error.errno in _NO_ROOM:
                raise
            return False
        settle(parent)
        return True
    finally:
        take_away(fresh)


def place_for(parent: str, name: str) -> str:
    """A new folder in `parent`, where what will be `name` is put together. Raises `OSError`."""
    return tempfile.mkdtemp(dir=parent, prefix=f"{BESIDE}{name}-")


def fill(fresh: str, files: Mapping[str, bytes], before: str) -> None:
    """Write a whole site into a new folder; files that are the same in `before` keep their time. Raises `OSError`."""
    for each, data in files.items():
        _write(_path(fresh, each), data, before=_path(before, each))
    _write(os.path.join(fresh, MARK), _mark(files, {}))
    _readable(fresh, files)


def take_away(path: str) -> None:
    """Remove a folder, or a link, as far as that can be."""
    if os.path.islink(path):
        os.unlink(path)
    shutil.rmtree(path, ignore_errors=True)


def all_as_built(folder: str) -> bool:
    """Whether a folder holds what a build wrote, all unchanged, and nothing else."""
    written = _written(folder)
    return bool(written) and all(_unchanged(folder, name, written) for name in _names(folder))


def site_in(folder: str) -> dict[str, bytes]:
    """The files that the last build wrote into a folder, by name, as they now are."""
    written = _written(folder)
    names = [name for name in _names(folder) if _unchanged(folder, name, None)] if written is None else written
    return {name: _bytes(folder, name) for name in names if os.path.isfile(_path(folder, name))}


def _carry(folder: str, fresh: str, kept: Iterable[str]) -> None:
    """The same files under the new folder too: a second name each, so that nothing is copied and none is lost."""
    for name in kept:
        path, there = _path(folder, name), _path(fresh, name)
        if os.path.isdir(path) and not os.path.islink(path):
            _carry_folder(folder, fresh, name)
            continue
        _carry_folder(folder, fresh, os.path.dirname(name))
        if not os.path.lexists(there):
            os.link(path, there, follow_symlinks=False)


def _carry_folder(folder: str, fresh: str, name: str) -> None:
    there = _path(fresh, name)
    if name and not os.path.isdir(there):
        _carry_folder(folder, fresh, os.path.dirname(name))
        os.mkdir(there)
        shutil.copystat(_path(folder, name), there)


def _take_place(fresh: str, folder: str) -> None:
    if not os.path.lexists(folder):
        os.rename(fresh, folder)
        return
    exchange = ctypes.CDLL(None, use_errno=True).renameat2
    exchange.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    if exchange(_HERE, os.fsencode(fresh), _HERE, os.fsencode(folder), _EXCHANGE):
        raise OSError(ctypes.get_errno(), "names cannot be exchanged")


def settle(folder: str) -> None:
    """Let the names of a folder outlast a loss of power."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _in_place(folder: str, files: Mapping[str, bytes], before: Written | None) -> None:
    """Write file by file; the mark lists old and new meanwhile, so that the next build knows what is of a dead one."""
    os.makedirs(folder, mode=0o755, exist_ok=True)
    known = before
    if known is None:
        ours = (name for name in _names(folder) if _unchanged(folder, name, None))
        known = {name: frozenset({_digest(_bytes(folder, name))}) for name in ours}
    _write(os.path.join(folder, MARK), _mark(files, known))
    for name in sorted(files, key=lambda each: (each.endswith(".html"), each)):
        _write(_path(folder, name), files[name], before=_path(folder, name))
    for name in sorted(known.keys() - files.keys(), reverse=True):
        if _unchanged(folder, name, known):
            os.unlink(_path(folder, name))
            with suppress(OSError):  # where something else is in it
                os.removedirs(os.path.dirname(_path(folder, name)))
    _write(os.path.join(folder, MARK), _mark(files, {}))
    _readable(folder, files)
