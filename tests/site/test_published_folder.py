"""The folder of a site: what is of the user stays, and wherever a build dies there is a whole site, old or new."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result

from review_clock.files import write_atomically
from review_clock.site import published_folder
from review_clock.site.published_folder import MARK, NotOurFolder, alone, publish
from tests.site.dying import Dies, dying

Run = Callable[..., Result]
OLD = {"index.html": b"old", "en/index.html": b"old", "en/gone.html": b"old", "calendars/a.ics": b"old"}
NEW = {"index.html": b"new", "en/index.html": b"new", "es/index.html": b"new", "calendars/a.ics": b"new"}
THEIRS = {
    "CNAME": b"clock.example.org",
    ".git/config": b"[core]",
    ".well-known/security.txt": b"x",
    "en/notes.docx": b"n",
}


def _build(folder: Path, files: Mapping[str, bytes]) -> None:
    with alone(str(folder)):
        publish(str(folder), files)


def _held(folder: Path) -> dict[str, bytes]:
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != MARK}
    return {name: data for name, data in found.items() if ".review-clock-new-" not in name}


def _give(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.fixture(params=["exchanged", "in place"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The old site, in a folder with files of the user's; where names can be exchanged, and where they cannot."""
    if request.param == "in place":
        monkeypatch.setattr(published_folder, "_exchanged", lambda *_: False)
    _build(tmp_path / "web" / "site", OLD)
    _give(tmp_path / "web" / "site", THEIRS)
    return tmp_path / "web" / "site"


def test_what_no_build_wrote_stays_and_what_one_wrote_goes(site: Path) -> None:
    (site / "empty").mkdir()
    (site / "latest").symlink_to("CNAME")
    _build(site, NEW)
    assert _held(site) == {**NEW, **THEIRS, "latest": THEIRS["CNAME"]}
    assert (site / "latest").is_symlink()
    assert (site / "empty").is_dir()
    assert os.listdir(site.parent) == ["site"]
    _build(site, OLD)
    assert _held(site) == {**OLD, **THEIRS, "latest": THEIRS["CNAME"]}


def test_what_somebody_changed_is_refused_by_name_where_it_would_be_written_over(site: Path) -> None:
    (site / "en/index.html").write_bytes(b"edited by hand")
    with pytest.raises(NotOurFolder, match=r"en/index\.html is not as build left it"):
        _build(site, NEW)
    assert _held(site) == {**OLD, **THEIRS, "en/index.html": b"edited by hand"}


def test_what_somebody_changed_and_no_build_writes_any_more_is_kept(site: Path) -> None:
    (site / "en/gone.html").write_bytes(b"edited by hand")
    _build(site, NEW)
    assert _held(site) == {**NEW, **THEIRS, "en/gone.html": b"edited by hand"}


def test_a_file_of_the_user_under_a_new_name_of_ours_is_refused_by_name(site: Path) -> None:
    _give(site, {"es/index.html": b"mine"})
    with pytest.raises(NotOurFolder, match=r"es/index\.html"):
        _build(site, NEW)


def test_a_mark_without_a_list_owns_the_names_of_0_2_0(site: Path) -> None:
    (site / MARK).write_text("This folder is replaced as a whole by `review-clock build`.\n", encoding="utf-8")
    (site / "en/notes.docx").unlink()
    _build(site, NEW)
    assert _held(site) == {**NEW, **{name: data for name, data in THEIRS.items() if name != "en/notes.docx"}}


def test_a_file_that_stays_the_same_keeps_its_time_and_another_does_not(site: Path) -> None:
    """A host answers "not modified" by it."""
    for path in site.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    _build(site, {**NEW, "calendars/a.ics": OLD["calendars/a.ics"]})
    old = {name for name in [*NEW, "CNAME"] if (site / name).stat().st_mtime == 1_000_000_000}
    assert old == {"calendars/a.ics", "CNAME"}


def test_wherever_a_build_dies_a_whole_site_stands_and_the_next_build_clears_up(
    monkeypatch: pytest.MonkeyPatch, site: Path, request: pytest.FixtureRequest
) -> None:
    whole = "exchanged" in request.node.name
    for at in range(1, 1000):
        with monkeypatch.context() as patch:
            calls = dying(patch, at)
            with suppress(Dies):
                _build(site, NEW)
            if calls[0] < at:
                break
        held = _held(site)
        assert {name: data for name, data in held.items() if name in THEIRS} == THEIRS
        if whole:
            assert held in ({**OLD, **THEIRS}, {**NEW, **THEIRS}), at
        else:
            assert OLD.keys() & NEW.keys() <= held.keys() <= OLD.keys() | NEW.keys() | THEIRS.keys()
            assert all(data in (OLD.get(name), NEW.get(name), THEIRS.get(name)) for name, data in held.items()), at
        _build(site, NEW)
        assert _held(site) == {**NEW, **THEIRS}, at
        _build(site, OLD)
        assert _held(site) == {**OLD, **THEIRS}, at
        assert os.listdir(site.parent) == ["site"], at
        left = [str(p) for p in site.rglob(".review-clock*")]
        assert left == [str(site / MARK)], at
    assert 20 < at < 999


def test_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    sites = [{f"{n}.html": b"%d" % n, "index.html": b"%d" % n} for n in range(6)]
    threads = [threading.Thread(target=_build, args=(tmp_path / "web/site", each)) for each in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _held(tmp_path / "web/site") in sites
    assert os.listdir(tmp_path / "web") == ["site"]


def test_a_link_goes_on_leading_to_the_folder_that_is_replaced(tmp_path: Path) -> None:
    _build(tmp_path / "real", OLD)
    (tmp_path / "current").symlink_to("real")
    _build(tmp_path / "current", NEW)
    assert (tmp_path / "current").is_symlink()
    assert _held(tmp_path / "real") == NEW
    (tmp_path / "later").symlink_to("not-yet")
    _build(tmp_path / "later", NEW)
    assert _held(tmp_path / "not-yet") == NEW


def test_a_web_server_may_read_what_is_written_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        _build(tmp_path / "site", NEW)
    finally:
        os.umask(before)
    for path in [tmp_path / "site", *(tmp_path / "site").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


def test_the_folder_one_stands_in_a_file_and_a_foreign_folder_are_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    _give(tmp_path / "mine", {"notes.txt": b"x"})
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder, said in ((".", "is the folder that you stand in"), ("../mine", "were not made by build")):
        done = run("build", folder)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr
    with pytest.raises(NotOurFolder, match="is a file"):
        published_folder.check_replaceable(str(tmp_path / "file"))
    assert _held(tmp_path / "mine") == {"notes.txt": b"x"}


# ------------------------------------------------------------------------------------------------------ one file


def test_a_file_that_is_written_stays_what_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.ics").write_bytes(b"old")
    (tmp_path / "link.ics").symlink_to("real.ics")
    assert run("feed", "treaty", "-o", tmp_path / "link.ics").exit_code == 0
    assert (tmp_path / "link.ics").is_symlink()
    assert (tmp_path / "real.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    write_atomically("/dev/null", b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    (tmp_path / "real.ics").chmod(0o444)
    done = run("feed", "treaty", "-o", tmp_path / "real.ics")
    assert done.exit_code == 2
    assert "real.ics" in done.stderr
    assert run("feed", "treaty", "-o", "-").stdout.startswith("BEGIN:VCALENDAR")
