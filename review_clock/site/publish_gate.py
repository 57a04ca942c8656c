"""Whether what subscribers have may be followed by what would be published: nothing there may go back.

Bytes are compared as they stand, unfolded: icalendar folds elsewhere from one version to the next, and rewrites what it
reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from review_clock.files import Error
from review_clock.site.changes_of_dates import FILE as CHANGES

_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_EVENT: Final = re.compile(rb"BEGIN:VEVENT\r?\n(.*?)END:VEVENT", re.DOTALL)
_STAMPS: Final = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED")
_SECONDS: Final = 30
_AT_MOST: Final = 20_000_000
_OF_A_DAY: Final = ("changed.", "standing.", "reminder-")
"""How the UIDs begin of what is told for a while, a reminder until its date is past: these may go without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingBack:
    """What a publication would take back: in which file, of which event or key, and how.

    `what` is `stamp_goes_back`, `same_stamps` (another text), `vanishes` (an event not cancelled), `feed_vanishes`,
    `key_lost`, or `row_lost` (of the list of changes, one that is gone or has another number).
    """

    what: str
    file: str
    of: str


@dataclass(frozen=True, slots=True)
class _Event:
    sequence: int
    changed: str
    cancelled: bool
    text: tuple[bytes, ...]


def _event(body: bytes) -> tuple[str, _Event]:
    """An event by its UID; what stands in its alarms is text of it too."""
    found = body.split(b"BEGIN:VALARM")[0]
    values: dict[str, str] = {}
    for line in found.splitlines():
        name, _, value = line.decode("utf-8", "replace").partition(":")
        values.setdefault(name.partition(";")[0].upper(), value)
    text = [line for line in body.splitlines() if not line.upper().startswith(tuple(s.encode() for s in _STAMPS))]
    event = _Event(
        sequence=int(values.get("SEQUENCE", "0")),
        changed=values.get("LAST-MODIFIED", ""),
        cancelled=values.get("STATUS") == "CANCELLED",
        text=tuple(text),
    )
    return values.get("UID", ""), event


def _events(data: bytes) -> dict[str, _Event]:
    return dict(_event(found) for found in _EVENT.findall(_FOLD.sub(b"", data)))


def _feed(file: str, old: bytes, new: bytes) -> Iterator[GoingBack]:
    now = _events(new)
    for uid, before in _events(old).items():
        after = now.get(uid)
        if after is None:
            if not before.cancelled and not uid.startswith(_OF_A_DAY):
                yield GoingBack(what="vanishes", file=file, of=uid)
        elif after.sequence < before.sequence or after.changed < before.changed:
            yield GoingBack(what="stamp_goes_back", file=file, of=uid)
        elif after.text != before.text and (after.sequence == before.sequence or after.changed == before.changed):
            yield GoingBack(what="same_stamps", file=file, of=uid)


def _lost(before: Any, after: Any, path: str) -> Iterator[str]:
    """The keys of a document that another lacks; of a list, those that none of its rows has."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before:
            if key not in after:
                yield f"{path}{key}"
            else:
                yield from _lost(before[key], after[key], f"{path}{key}.")
    elif isinstance(before, list) and isinstance(after, list):
        rows = [[each for each in found if isinstance(each, dict)] for found in (before, after)]
        if all(rows):
            was, now = ({key for row in found for key in row} for found in rows)
            yield from (f"{path}[].{key}" for key in sorted(was - now))


def _rows(changes: Any) -> dict[int, tuple[str, str]]:
    """What each row of the list of changes speaks of, by its number: the day it became known, and the date."""
    return {row["id"]: (row["known_on"], row["date"]["id"]) for row in changes["rows"]}


def _document(file: str, old: bytes, new: bytes) -> Iterator[GoingBack]:
    before, after = json.loads(old), json.loads(new)
    if isinstance(before, dict) and isinstance(after, dict) and before.get("version") != after.get("version"):
        return  # another version of a document says so in it
    for key in _lost(before, after, ""):
        yield GoingBack(what="key_lost", file=file, of=key)
    if file == CHANGES:
        was, now = _rows(before), _rows(after)
        yield from (GoingBack(what="row_lost", file=file, of=str(n)) for n in was if now.get(n) != was[n])


def going_back(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[GoingBack, ...]:
    """What publishing the files `new` would take back of the published ones, by name; feeds and documents alone count.

    Raises `ValueError` for a published document that is no JSON.
    """
    found: list[GoingBack] = []
    for file, data in sorted(old.items()):
        if is_feed(file):
            whole = new.get(file)
            found += (
                _feed(file, data, whole) if whole is not None else [GoingBack(what="feed_vanishes", file=file, of="")]
            )
        elif is_document(file) and file in new:
            found += _document(file, data, new[file])
    return tuple(found)


def is_feed(file: str) -> bool:
    """Whether a file of a site is a feed that somebody may have subscribed to."""
    return re.fullmatch(r"calendars/[^/]+\.ics", file) is not None


def is_document(file: str) -> bool:
    """Whether a file of a site is a JSON document of its interface for programs."""
    return re.fullmatch(r"api/v1/(?!schema/).+\.json", file) is not None


def address_in(files: Iterable[bytes]) -> str:
    """The address of the site that published feeds name as theirs; empty where none does."""
    for data in files:
        named = re.search(rb"^SOURCE;VALUE=URI:(\S+)/calendars/", _FOLD.sub(b"", data), re.MULTILINE)
        if named:
            return named[1].decode()
    return ""


class WouldGoBack(Error):
    """A publication that would take something back of what subscribers have; `found` says what."""

    def __init__(self, found: tuple[GoingBack, ...]) -> None:
        super().__init__("it would take back what subscribers have")
        self.found = found


def published_in(folder: str) -> dict[str, bytes]:
    """The feeds and documents of a site in a folder, by name; none where there is no site. Raises `OSError`."""
    root, found = Path(folder), {}
    for path in [*root.glob("calendars/*.ics"), *root.glob("api/v1/**/*.json")]:
        name = path.relative_to(root).as_posix()
        if is_feed(name) or is_document(name):
            found[name] = path.read_bytes()
    return found


def changes_published_in(folder: str) -> bytes:
    """The list of changes of a site in a folder; nothing where there is none. Raises `OSError`."""
    path = Path(folder, CHANGES)
    return path.read_bytes() if path.is_file() else b""


def refuse_going_back(folder: str, files: Mapping[str, bytes]) -> None:
    """Raise `WouldGoBack` where `files` would take back what the site in a folder has."""
    found = going_back(published_in(folder), files)
    if found:
        raise WouldGoBack(found)


def published_at(address: str, names: Iterable[str]) -> dict[str, bytes]:
    """Those feeds and documents among `names` that a site at an address has. Raises `OSError` if it does not answer."""
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    found = {}
    for name in names:
        asked = Request(f"{address.rstrip('/')}/{name}", headers={"User-Agent": "review-clock (publish gate)"})
        try:
            with urlopen(asked, timeout=_SECONDS) as answer:
                found[name] = answer.read(_AT_MOST)
        except HTTPError as error:
            if error.code not in (404, 410):
                raise
    return found
