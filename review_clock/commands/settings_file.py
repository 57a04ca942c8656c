"""The user's settings: `review-clock.toml` in the folder of configurations, beneath options and environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from review_clock.files import LANGUAGES, Phrase, Table, read

NAME: Final = "review-clock.toml"
NOT_READ_BY: Final = ("build", "feed", "check")
"""The commands whose output others rely on: what they do is not to hang on who runs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a settings file says: the user's own records, the language, the folder of own calendars; each may be
    absent. A path is as from the folder of the file."""

    record: tuple[str, ...] = ()
    lang: str = ""
    calendars: str = ""


def place() -> str:
    """Where the settings are: in `$XDG_CONFIG_HOME`, else in `~/.config`; one that is no full path counts as absent."""
    folder = os.environ.get("XDG_CONFIG_HOME", "")
    return os.path.join(folder if os.path.isabs(folder) else os.path.expanduser("~/.config"), NAME)


def _there(table: Table, key: str, path: str, folder: str, must_be: bool) -> str:
    """A path of the file, as from its folder. Raises `BadData` where it must be there and is not."""
    whole = os.path.join(folder, os.path.expanduser(path))
    if must_be and not os.path.exists(whole):
        raise table.wrong(key, Phrase("{value!r} is not there", value=path), "a file or folder that is there")
    return whole


def preferences(path: str, must_be: bool = True) -> Preferences:
    """What the settings file at `path` says; nothing where there is none. Raises `BadData` with file and key.

    Where `must_be` is false, a record may still be made: the first entry makes the file.
    """
    if not os.path.lexists(path):
        return Preferences()
    root, folder = read(path), os.path.dirname(path)
    calendars = root.string("calendars", "")
    found = Preferences(
        record=tuple(
            _there(root, f"record[{n}]", each, folder, must_be) for n, each in enumerate(root.strings("record"))
        ),
        lang=root.choice("lang", LANGUAGES, ""),
        calendars=calendars and _there(root, "calendars", calendars, folder, True),
    )
    root.finish()
    return found
