"""A folder of releases: each build a site of its own, and a link, `current`, to the one that is published.

The link changes in one step on every file system that has links: wherever a build dies, the host that follows it serves
the old site or the new. What is not of a build stays, a release in which somebody changed something among it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from review_clock.site.publish_gate import refuse_going_back
from review_clock.site.published_folder import (
    BESIDE,
    MARK,
    NotOurFolder,
    all_as_built,
    alone,
    fill,
    place_for,
    settle,
    site_in,
    take_away,
)

CURRENT: Final = "current"
"""The link: what a host serves."""
_RELEASE: Final = re.compile(r"([0-9]{4,9})-[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_releases(folder: str) -> None:
    """Raise `NotOurFolder` where `folder` is no folder, is a site itself, or has another `current`."""
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise NotOurFolder(folder, "is a file", "a folder")
    if os.path.exists(os.path.join(folder, MARK)):
        raise NotOurFolder(folder, "is a site itself", "a folder for releases of it")
    link = os.path.join(folder, CURRENT)
    if os.path.lexists(link) and not (os.path.islink(link) and _RELEASE.fullmatch(os.readlink(link))):
        raise NotOurFolder(link, "is not a link to a release", "the link as build made it, or none")


def releases(folder: str) -> list[str]:
    """The names of the releases in a folder, the oldest first."""
    names = (name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name, MARK)))
    return sorted(filter(_RELEASE.fullmatch, names), key=_number)


def _number(name: str) -> int:
    found = _RELEASE.fullmatch(name)
    return int(found[1]) if found else 0


def _published(folder: str) -> str:
    """The name of the release that is published; empty where none is."""
    link = os.path.join(folder, CURRENT)
    return os.readlink(link) if os.path.isdir(link) else ""


def release(folder: str, files: Mapping[str, bytes], day: date, keep: int, gated: bool) -> str:
    """Publish `files` as a new release of `day` (its name is returned) and take away all but the last `keep`.

    Raises `NotOurFolder`, `OSError`; if `gated`, `WouldGoBack` where subscribers would be taken back: then the release
    that was published still is.
    """
    check_releases(folder)
    with alone(os.path.join(folder, CURRENT)):
        _clear(folder)
        now = _published(folder)
        if now and gated:
            refuse_going_back(os.path.join(folder, now), files)
        # Of all names, those of folders that somebody changed too: a number is never given twice.
        name = f"{max(map(_number, os.listdir(folder)), default=0) + 1:04}-{day}"
        fresh = place_for(folder, CURRENT)
        try:
            fill(fresh, files, before=os.path.join(folder, now or name))
            os.rename(fresh, os.path.join(folder, name))
        finally:
            take_away(fresh)
        _lead_to(folder, name)
        for old in releases(folder)[:-keep]:
            if old != name and all_as_built(os.path.join(folder, old)):
                os.rename(os.path.join(folder, old), os.path.join(folder, f"{BESIDE}{CURRENT}-{old}"))
        _clear(folder)
        return name


def roll_back(folder: str, gated: bool) -> str:
    """Publish the release before the one that is published, and return its name.

    Raises `NotOurFolder` where there is none; if `gated`, `WouldGoBack` where subscribers would be taken back.
    """
    check_releases(folder)
    with alone(os.path.join(folder, CURRENT)):
        _clear(folder)
        now = _published(folder)
        before = [name for name in releases(folder) if _number(name) < _number(now)]
        if not before:
            raise NotOurFolder(folder, "holds no release before the one that is published", "two releases or more")
        if gated:
            refuse_going_back(os.path.join(folder, now), site_in(os.path.join(folder, before[-1])))
        _lead_to(folder, before[-1])
        return before[-1]


def _lead_to(folder: str, name: str) -> None:
    settle(folder)
    beside = os.path.join(folder, f"{BESIDE}{CURRENT}-link")
    os.symlink(name, beside)
    os.replace(beside, os.path.join(folder, CURRENT))
    settle(folder)


def _clear(folder: str) -> None:
    """Take away what a build that died left, and what is to go."""
    for each in os.listdir(folder):
        if each.startswith(f"{BESIDE}{CURRENT}-"):
            take_away(os.path.join(folder, each))
