"""A disk that is full, files that may not grow, folders that are read-only: a whole site stands, nothing lies about."""

from __future__ import annotations

import errno
import os
import re
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from review_clock.files import write_atomically
from review_clock.site.published_folder import MARK, alone, publish
from review_clock.site.releases import release, releases
from tests.site.dying import dying
from tests.site.test_releases import DAY

OLD = {"index.html": b"old", "en/index.html": b"old", "calendars/a.ics": b"old"}
NEW = {"index.html": b"new" * 1000, "en/index.html": b"new", "es/index.html": b"new"}


def _build(folder: Path, files: dict[str, bytes]) -> None:
    with alone(str(folder)):
        publish(str(folder), files)


def _release(folder: Path, files: dict[str, bytes]) -> None:
    release(str(folder), files, DAY, 2, gated=False)


def _held(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != MARK)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def _hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".review-clock-*")]


@pytest.mark.parametrize(("make", "shown"), [(_build, "."), (_release, "current")], ids=["folder", "releases"])
def test_wherever_a_full_disk_is_met_a_whole_site_stands_and_nothing_is_left(
    make: Callable[[Path, dict[str, bytes]], None], shown: str, tmp_path: Path
) -> None:
    for at in range(1, 500):
        site = tmp_path / str(at) / "web"
        make(site, OLD)
        failed = False
        with pytest.MonkeyPatch.context() as patch:
            calls = dying(patch, at, once=OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
            try:
                make(site, NEW)
            except OSError:
                failed = True
        assert _held(site / shown) in ((OLD, NEW) if failed else (NEW,)), at
        make(site, NEW)
        assert _held(site / shown) == NEW, at
        assert not _hidden(site.parent), at
        if calls[0] < at:
            break
    assert 20 < at < 499


def test_a_full_disk_is_no_reason_to_write_into_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _build(tmp_path / "web", OLD)
    (tmp_path / "web" / "CNAME").write_bytes(b"mine")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("review_clock.site.published_folder._take_place", full)
    with pytest.raises(OSError, match=re.escape(os.strerror(errno.ENOSPC))):
        _build(tmp_path / "web", NEW)
    assert _held(tmp_path) == {**{f"web/{name}": data for name, data in OLD.items()}, "web/CNAME": b"mine"}


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("make", [_build, _release])
def test_files_that_may_not_grow_leave_the_old_site_and_nothing_beside(
    make: Callable[[Path, dict[str, bytes]], None], tmp_path: Path
) -> None:
    site = tmp_path / "web"
    make(site, OLD)
    before = _held(tmp_path)
    with _no_file_larger_than(2048), pytest.raises(OSError, match=re.escape(os.strerror(errno.EFBIG))):
        make(site, NEW)
    assert _held(tmp_path) == before
    assert len(releases(str(site))) == (1 if make is _release else 0)


def test_one_file_that_may_not_grow_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"old")
    with _no_file_larger_than(2), pytest.raises(OSError, match=re.escape(os.strerror(errno.EFBIG))):
        write_atomically(str(path), b"longer")
    assert _held(tmp_path) == {"mine.toml": b"old"}


def _as_somebody_else(act: Callable[[], object]) -> str:
    """What the act raises for a user whom a folder's permissions bind; empty where it goes well."""
    taken, given = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            act()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(given, said.encode())
        os._exit(0)
    os.close(given)
    os.waitpid(child, 0)
    with open(taken, "rb") as pipe:
        return pipe.read().decode()


@pytest.fixture
def web() -> Iterator[Path]:
    """A folder that everybody may enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_read_only_folder_is_refused_and_left_as_it_is(web: Path) -> None:
    for make, folder in ((_build, web / "site"), (_release, web / "releases")):
        make(folder, OLD)
        for path in [web, *web.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o555)
        before = _held(web)
        said = _as_somebody_else(lambda: make(folder, NEW))  # noqa: B023 - asked at once
        assert "Permission denied" in said
        assert _held(web) == before
        web.chmod(0o755)


def test_a_folder_beside_which_one_may_not_write_is_built_in_place(web: Path) -> None:
    site = web / "site"
    _build(site, OLD)
    if os.geteuid() == 0:
        for path in [site, *site.rglob("*")]:
            os.chown(path, 65534, 65534)
    web.chmod(0o555)
    assert _as_somebody_else(lambda: _build(site, NEW)) == ""
    assert _held(site) == NEW
    assert not _hidden(web)
    web.chmod(0o755)
