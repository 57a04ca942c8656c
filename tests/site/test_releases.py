"""Releases: the link leads to a whole site wherever a build dies, the old ones go, and one goes back where it may."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

from review_clock.site.for_machines.host_files import packed
from review_clock.site.publish_gate import WouldGoBack
from review_clock.site.published_folder import MARK, NotOurFolder, publish
from review_clock.site.releases import release, releases, roll_back
from review_clock.site.what_changes import changes
from tests.site.dying import Dies, dying

Run = Callable[..., Result]
DAY = date(2026, 11, 28)
FEED = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nSEQUENCE:{n}\r\nLAST-MODIFIED:2026110{n}T000000Z\r\n"
    "SUMMARY:{n}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _site(n: int) -> dict[str, bytes]:
    """A site whose feed moves on with the number, and whose robots.txt stays."""
    feed = FEED.format(uid="review", n=n).encode()
    return {"index.html": b"%d" % n, f"en/{n}.html": b"", "calendars/a.ics": feed, "robots.txt": b"all"}


def _release(folder: Path, n: int, keep: int = 3) -> str:
    return release(str(folder), _site(n), DAY, keep, gated=True)


def _served(folder: Path) -> dict[str, bytes]:
    """What a host serves that follows the link."""
    root = folder / "current"
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != MARK}


def test_each_build_is_a_release_and_the_link_leads_to_the_last_of_them(tmp_path: Path) -> None:
    web = tmp_path / "srv" / "clock"
    for n in range(1, 6):
        assert _release(web, n) == f"000{n}-2026-11-28"
        assert _served(web) == _site(n)
        assert os.readlink(web / "current") == f"000{n}-2026-11-28"
    assert sorted(os.listdir(web)) == ["0003-2026-11-28", "0004-2026-11-28", "0005-2026-11-28", "current"]


def test_a_file_that_stays_the_same_keeps_its_time_from_release_to_release(tmp_path: Path) -> None:
    _release(tmp_path, 1)
    for path in (tmp_path / "current").rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    _release(tmp_path, 2)
    times = {p.name: p.stat().st_mtime for p in (tmp_path / "current").iterdir()}
    assert times["robots.txt"] == 1_000_000_000 < times["index.html"]


def test_what_would_go_back_is_not_published_by_a_release_and_not_by_going_back(tmp_path: Path) -> None:
    _release(tmp_path, 1)
    _release(tmp_path, 2)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(WouldGoBack):
        _release(tmp_path, 1)
    with pytest.raises(WouldGoBack):
        roll_back(str(tmp_path), gated=True)
    assert (_served(tmp_path), sorted(os.listdir(tmp_path))) == (_site(2), before)


def test_one_goes_back_release_by_release_and_a_number_is_never_given_twice(tmp_path: Path) -> None:
    for n in (1, 2, 3):
        _release(tmp_path, n)
    for n in (2, 1):
        assert roll_back(str(tmp_path), gated=False) == f"000{n}-2026-11-28"
        assert _served(tmp_path) == _site(n)
    with pytest.raises(NotOurFolder, match="no release before"):
        roll_back(str(tmp_path), gated=False)
    assert _release(tmp_path, 4, keep=1) == "0004-2026-11-28"
    assert sorted(os.listdir(tmp_path)) == ["0004-2026-11-28", "current"]


def test_what_is_not_of_a_build_stays(tmp_path: Path) -> None:
    _release(tmp_path, 1)
    (tmp_path / "0001-2026-11-28" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "0001-2026-11-27").mkdir()
    (tmp_path / "CNAME").write_text("example.org", encoding="utf-8")
    _release(tmp_path, 2, keep=1)
    _release(tmp_path, 3, keep=1)
    held = ["0001-2026-11-27", "0001-2026-11-28", "0003-2026-11-28", "CNAME", "current"]
    assert sorted(os.listdir(tmp_path)) == held


def test_a_site_a_file_and_another_link_are_refused(tmp_path: Path) -> None:
    publish(str(tmp_path / "site"), _site(1))
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name, target in (("folder", None), ("link", "elsewhere")):
        (tmp_path / name).mkdir()
        link = tmp_path / name / "current"
        link.symlink_to(target) if target else link.mkdir()
    said = {"site": "is a site itself", "file": "is a file", "folder": "is not a link", "link": "is not a link"}
    for name, wrong in said.items():
        with pytest.raises(NotOurFolder, match=wrong):
            _release(tmp_path / name, 2)


def _to_death(act: Callable[[], object], at: int) -> bool:
    """Whether the act came to its end before the `at`-th call that changes a disk."""
    with pytest.MonkeyPatch.context() as patch:
        calls = dying(patch, at)
        with suppress(Dies):
            act()
        return calls[0] < at


def test_wherever_a_release_dies_a_whole_site_is_served_and_the_next_clears_up(tmp_path: Path) -> None:
    served: Mapping[str, bytes]
    for at in range(1, 1000):
        web = tmp_path / str(at)
        for n in (1, 2):
            _release(web, n, keep=2)
        ended = _to_death(partial(_release, web, 3, 2), at)
        served = _served(web)
        assert served in (_site(2), _site(3)), at
        for name in releases(str(web)):
            assert len(list((web / name).rglob("*.html"))) == 2, (at, name)
        _release(web, 4, keep=2)
        assert _served(web) == _site(4), at
        assert len(os.listdir(web)) == 3, at
        assert all(re.fullmatch(r"current|\d{4}-2026-11-28", each) for each in os.listdir(web)), at
        if ended:
            break
    assert 20 < at < 999


def test_wherever_going_back_dies_a_whole_site_is_served(tmp_path: Path) -> None:
    for n in (1, 2):
        _release(tmp_path, n)
    for at in range(1, 100):
        ended = _to_death(partial(roll_back, str(tmp_path), gated=False), at)
        assert _served(tmp_path) in (_site(1), _site(2)), at
        if ended:
            break
        if _served(tmp_path) == _site(1):
            _release(tmp_path, 2)
    assert 2 < at < 99
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


# ------------------------------------------------------------------------------------------- on the command line


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let `build` make a small site: its number is set by calling."""

    def set_to(n: int) -> None:
        made = {name: partial(bytes, data) for name, data in _site(n).items()}
        monkeypatch.setattr("review_clock.site.build.plan", lambda _: made)

    return set_to


def test_the_command_releases_keeps_and_goes_back(run: Run, tmp_path: Path, small: Callable[[int], None]) -> None:
    web = tmp_path / "clock"
    for n in (1, 2, 3):
        small(n)
        done = run("build", "--releases", web, "--keep", 2, "--as-of", DAY)
        assert done.exit_code == 0
        assert done.stdout.split() == sorted(_site(n))
        assert f"{web}/current leads to 000{n}-2026-11-28." in done.stderr
    assert len(os.listdir(web)) == 3
    refused = run("--lang", "es", "build", "--releases", web, "--rollback")
    assert refused.exit_code == 1
    assert "calendars/a.ics: review: sus marcas de tiempo" in refused.stderr
    assert run("build", "--releases", web, "--rollback", "--allow-going-back").exit_code == 0
    assert _served(web) == _site(2)


def test_diff_says_what_would_change_and_writes_nothing(run: Run, tmp_path: Path, small: Callable[[int], None]) -> None:
    site = tmp_path / "site"
    small(1)
    run("build", site, "--as-of", DAY)
    (site / "CNAME").write_text("example.org", encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    small(2)
    done = run("build", "--diff", site, "--as-of", DAY)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Pages: change 1, appear 1, vanish 1",
        "- en/1.html",
        "+ en/2.html",
        "~ index.html",
        "Feeds: change 1, appear 0, vanish 0",
        "~ calendars/a.ics",
        "JSON and data: change 0, appear 0, vanish 0",
        "Other files: change 0, appear 0, vanish 0",
    ]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    small(1)
    assert "~" not in run("build", "--diff", site, "--as-of", DAY).stdout


def test_one_place_is_named_and_a_site_to_compare_with(run: Run, tmp_path: Path) -> None:
    for args in ((), ("x", "--releases", "y"), ("x", "--rollback"), ("--diff", "x", "--releases", "y")):
        done = run("build", *args)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "build takes one folder" in done.stderr
    done = run("build", "--diff", tmp_path)
    assert done.exit_code == 2
    assert "is not a published site" in done.stderr


def test_every_file_of_the_site_is_of_some_kind() -> None:
    names = ("en/index.html", "calendars/a.ics", "en/changes.atom", "api/v1/x.json", "api/v1/x.csv", "badge.en.svg")
    kinds = [each.kind for each in changes({}, dict.fromkeys(names, b""))]
    assert kinds == ["page", "feed", "feed", "document", "document", "other"]


def test_packed_twins_are_the_files_and_small_files_have_none(
    run: Run, tmp_path: Path, small: Callable[[int], None]
) -> None:
    small(1)
    assert run("build", tmp_path / "site", "--gzip", "--as-of", DAY).exit_code == 0
    assert not list(tmp_path.rglob("*.gz"))  # too small to gain
    text = b"BEGIN:VCALENDAR" * 100
    twins = packed({"calendars/a.ics": text, "card.en.png": text, "robots.txt": b"x"})
    assert {name: gzip.decompress(data) for name, data in twins.items()} == {"calendars/a.ics.gz": text}
    assert twins == packed({"calendars/a.ics": text})
