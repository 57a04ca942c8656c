"""Our TOML in, whole files out.

In: every data file of the project, and every file a user brings, is read through `Table`: a missing key, a wrong type,
a value outside its vocabulary and a key nobody knows are each one clear line that names the file and the key. Out: a
reader sees the old file or folder or the new, never a half.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final, Self

import tomli

LANGUAGES: Final = ("en", "es", "fr")
WEB: Final = ("https://", "http://")
"""How the address of a page begins."""
HIDDEN: Final = {"document": False}
"""The metadata of a field that no JSON document holds."""
LARGEST: Final = 32 * 2**20
"""How many bytes a file that is read may have: five hundred times the record that ships."""
YEARS: Final = range(1900, 2200)
"""The years in which a day of a file may lie."""
MaybeText = Annotated[str, "may be empty"]
"""A text that may be empty; JSON documents then have null."""


class Phrase(str):
    """A phrase of an error in English, with the `form` and the `values` that it was made of: by its form, which stands
    in templates/words/errors.toml, another language says the same. A plain text is its own form."""

    form: str
    values: Mapping[str, object]

    def __new__(cls, form: str, **values: object) -> Self:
        """`form` filled with `values`, some of which may be phrases, or errors, themselves."""
        if isinstance(form, cls):
            return form
        values = {name: _short(value) for name, value in values.items()}
        phrase = super().__new__(cls, form.format(**values) if values else form)
        phrase.form, phrase.values = form, values
        return phrase


_LONGEST_SHOWN: Final = 200
"""How many letters of a value an error repeats."""


def _short(value: object) -> object:
    """A value as an error can show it: a number of thousands of digits, or tables in tables, have no text."""
    if isinstance(value, Phrase | Error):
        return value
    try:
        if len(repr(value)) <= _LONGEST_SHOWN:
            return value
    except (ValueError, RecursionError):
        return "…"
    return f"{str(value)[:_LONGEST_SHOWN]}…"


class Error(Exception):
    """What the library refuses: bad input, or what the law does not allow; its text is one line.

    `wrong` says what is wrong and `accepted` what is accepted, in English; the commands say them in three languages.
    """

    def __init__(self, wrong: str, accepted: str = "", where: str = "") -> None:
        self.wrong, self.accepted = wrong, accepted
        tail = f" (accepted: {accepted})" if accepted else ""
        close = getattr(accepted, "close", "")
        hint = f"; did you mean {close}?" if close else ""
        super().__init__(f"{where}{wrong}{tail}{hint}".replace("\n", " "))


class BadData(Error):
    """A file says something it may not: `file`, `key` in it, what is `wrong`, what is `accepted`."""

    def __init__(self, file: str, key: str, wrong: str, accepted: str = "") -> None:
        self.file, self.key = file, key
        super().__init__(wrong, accepted, f"{self.where}: ")

    @property
    def where(self) -> str:
        """The file, and the key in it."""
        return f"{self.file}: {self.key}" if self.key else self.file


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in the three languages."""

    en: str
    es: str
    fr: str

    def said(self, lang: str) -> str:
        """The text in `lang` (en, es or fr)."""
        return str(getattr(self, lang))


def same_in_all(text: str) -> Texts:
    """A text its author gave once: a user's own words, shown as they are in every language."""
    return Texts(en=text, es=text, fr=text)


class Accepted(str):
    """Words that are accepted, as a list; `close` is the one that was meant, where one is close."""

    close: str


def nearest(word: str, accepted: Iterable[str]) -> Accepted:
    """The accepted words as a list, with the closest to `word` first where one is close; of many only some.

    Capitals do not matter; of two as close, the one that begins as `word` does is meant.
    """
    import difflib  # only where something is wrong: it costs a tenth of `status`

    words, given = list(accepted), word.lower()
    small = {each.lower(): each for each in words}

    def closeness(each: str) -> tuple[float, int]:
        alike = next((n for n in range(len(given), 0, -1) if each.startswith(given[:n])), 0)
        return difflib.SequenceMatcher(None, each, given).ratio(), alike

    found_close = difflib.get_close_matches(given, small, n=20)
    close = [small[each] for each in sorted(found_close, key=closeness, reverse=True)[:5]]
    listed = (
        close if close and len(words) > 6 else [*close[:1], *(each for each in words if each not in close[:1])][:20]
    )
    found = Accepted(", ".join([*listed, *(["…"] if len(words) > len(listed) else [])]))
    found.close = close[0] if close else ""
    return found


class Table:
    """One table of a TOML file, under `path` (`event[3]`), whose keys must all be read."""

    def __init__(self, file: str, path: str, data: dict[str, Any]) -> None:
        self.file, self.path, self._data = file, path, data
        self._unread, self._asked = set(data), dict[str, None]()

    def _key(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def wrong(self, key: str, wrong: str, accepted: str = "") -> BadData:
        """The error that `key` of this table is `wrong`."""
        return BadData(self.file, self._key(key), wrong, accepted)

    def has(self, key: str) -> bool:
        """Whether the table has `key`."""
        self._asked[key] = None
        return key in self._data

    def _take(self, key: str, kind: type | tuple[type, ...], said: str) -> Any:
        if not self.has(key):
            raise self.wrong(key, "is missing", said)
        self._unread.discard(key)
        value = self._data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.wrong(key, Phrase("{value!r} is not {said}", value=value, said=Phrase(said)), said)
        return value

    def string(self, key: str, default: str | None = None) -> str:
        """A text that is not empty."""
        if default is not None and not self.has(key):
            return default
        value: str = self._take(key, str, "a text")
        if not value.strip():
            raise self.wrong(key, "is empty", "a text")
        return value

    def choice(self, key: str, accepted: Iterable[str], default: str | None = None) -> str:
        """A text out of a closed vocabulary."""
        words = list(accepted)
        value = self.string(key, default)
        if value not in words and value != default:
            raise self.wrong(key, Phrase("{value!r} is not known", value=value), nearest(value, words))
        return value

    def day(self, key: str, default: date | None = None) -> date:
        """A date (TOML `2026-07-01`, or the same as a text)."""
        if default is not None and not self.has(key):
            return default
        value = self._take(key, (date, str), "a date such as 2026-07-01")
        if isinstance(value, datetime):
            raise self.wrong(key, Phrase("{value} has a time of day", value=value), "a date such as 2026-07-01")
        try:
            day = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            raise self.wrong(key, Phrase("{value!r} is not a date", value=value), "a date such as 2026-07-01") from None
        if day.year not in YEARS:
            span = Phrase("a year from {first} to {last}", first=YEARS[0], last=YEARS[-1])
            raise self.wrong(key, Phrase("{day} is too far away", day=day), span)
        return day

    def maybe_day(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        return self.day(key) if self.has(key) else None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates; empty where absent."""
        values = self._take(key, list, "a list of dates") if self.has(key) else []
        table = Table(self.file, self.path, {f"{key}[{place}]": value for place, value in enumerate(values)})
        return tuple(table.day(place) for place in table.names())

    def whole(self, key: str, default: int = 0) -> int:
        """A whole number."""
        return int(self._take(key, int, "a whole number")) if self.has(key) else default

    def wholes(self, key: str, first: int, last: int) -> tuple[int, ...]:
        """A list of whole numbers from `first` to `last`; empty where absent."""
        values = self._take(key, list, "a list of whole numbers") if self.has(key) else []
        for place, value in enumerate(values):
            if type(value) is not int or not first <= value <= last:
                span = Phrase("a whole number from {first} to {last}", first=first, last=last)
                raise self.wrong(f"{key}[{place}]", Phrase("{value!r} is not known", value=value), span)
        return tuple(dict.fromkeys(values))

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        return bool(self._take(key, bool, "true or false")) if self.has(key) else False

    def is_table(self, key: str) -> bool:
        """Whether a table stands under `key`."""
        return isinstance(self._data.get(key), dict)

    def web_address(self, key: str) -> str:
        """The address of a page; empty where absent."""
        url = self.string(key, "")
        if url and not url.startswith(WEB):
            raise self.wrong(key, Phrase("{value!r} is not a web address", value=url), "https://… or http://…")
        return url

    def number_or_text(self, key: str) -> str:
        """A number, or a text that says one, as a text."""
        value = self._take(key, (int, float, str), "a number or a text")
        if isinstance(value, bool):
            raise self.wrong(key, Phrase("{value!r} is not {said}", value=value, said=Phrase("a number or a text")))
        return str(value).strip()

    def strings(self, key: str, accepted: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts, each out of `accepted` where that is given; empty where absent."""
        if not self.has(key):
            return ()
        values = self._take(key, list, "a list of texts")
        words = None if accepted is None else list(accepted)
        for place, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(f"{key}[{place}]", Phrase("{value!r} is not a text", value=value), "a text")
            if words is not None and value not in words:
                wrong = Phrase("{value!r} is not known", value=value)
                raise self.wrong(f"{key}[{place}]", wrong, nearest(value, words))
        return tuple(values)

    def texts(self, key: str) -> Texts:
        """A text in three languages; a plain string is its author's own words in all three."""
        value = self._take(key, (dict, str), "a text in en, es and fr")
        if isinstance(value, str):
            if not value.strip():
                raise self.wrong(key, "is empty", "a text")
            return same_in_all(value)
        table = Table(self.file, self._key(key), value)
        texts = Texts(*(table.string(lang) for lang in LANGUAGES))
        table.finish()
        return texts

    def maybe_texts(self, key: str) -> Texts | None:
        """A text in three languages, or None where absent."""
        return self.texts(key) if self.has(key) else None

    def table(self, key: str) -> Table:
        """A table under `key`; empty where absent."""
        value = self._take(key, dict, "a table") if self.has(key) else {}
        return Table(self.file, self._key(key), value)

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array of tables (`[[key]]`); none where absent."""
        values = self._take(key, list, Phrase("tables headed [[{key}]]", key=key)) if self.has(key) else []
        for place, value in enumerate(values, 1):
            if not isinstance(value, dict):
                headed = Phrase("tables headed [[{key}]]", key=key)
                raise self.wrong(f"{key}[{place}]", Phrase("{value!r} is not a table", value=value), headed)
            yield Table(self.file, self._key(f"{key}[{place}]"), value)

    def everything(self) -> dict[str, Any]:
        """The whole table as it is: for the words files, whose keys their users know."""
        self._unread.clear()
        return self._data

    def names(self) -> tuple[str, ...]:
        """The keys of the table, in order."""
        return tuple(self._data)

    def overlaid(self, row: Table, keys: Iterable[str], without: Iterable[str]) -> Table:
        """This table anew, unread, at the place of `row`: those of `keys` that `row` has in place of its own, and
        `without` some."""
        changed = {key: row._data[key] for key in keys if key in row._data}
        row._unread -= set(changed)
        left_out = set(without)
        kept = {key: value for key, value in self._data.items() if key not in left_out}
        return Table(self.file, row.path, {**kept, **changed})

    def finish(self) -> None:
        """Refuse the keys that nobody read. Raises `BadData`."""
        for key in sorted(self._unread):
            raise self.wrong(key, "is not a key of this table", nearest(key, self._asked))


def parsed(text: str, file: str) -> Table:
    """The root table of the TOML in `text`. Raises `BadData` with the parser's line and column."""
    try:
        return Table(file, "", tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise BadData(file, "", Phrase("is not valid TOML: {error}", error=str(error))) from None
    except RecursionError:
        raise BadData(file, "", "holds tables or lists in one another, too deep to be read") from None
    except ValueError:  # of Python itself, which converts no longer text to a number
        raise BadData(file, "", "holds a number with too many digits") from None


def cannot_be_read(error: OSError) -> Phrase:
    """That something cannot be read, and why."""
    return Phrase("cannot be read: {why}", why=Phrase(str(error.strerror or error)))


def text_of(path: str | os.PathLike[str]) -> str:
    """The text of the file at `path`. Raises `BadData` if it cannot be read, is too large or is not UTF-8."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise BadData(str(path), "", "is a pipe or a device", "a file")
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadData(str(path), "", cannot_be_read(error)) from None
    if len(data) > LARGEST:
        most = Phrase("at most {n} megabytes", n=LARGEST // 2**20)
        raise BadData(str(path), "", "is too large", most)
    try:  # what Windows writes before the text, and its ends of lines, are no part of it
        return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig").read()
    except UnicodeDecodeError:
        raise BadData(str(path), "", "is not text in UTF-8") from None


def _without_waiting(path: str, flags: int) -> int:
    """A file opened; a pipe to which nobody writes would be waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read(path: str | os.PathLike[str]) -> Table:
    """The root table of the TOML file at `path`. Raises `BadData` if it cannot be read or is not TOML in UTF-8."""
    return parsed(text_of(path), os.path.basename(path))


def write_atomically(path: str, data: bytes) -> None:
    """Write `data` to `path` by way of a new file beside it; a link goes on leading to the file that it leads to, and a
    device or a pipe is written to. Raises `OSError`, and then nothing has changed."""
    import tempfile  # only where something is written: `status` must start fast

    real = os.path.realpath(path)
    if os.path.exists(real) and not stat.S_ISREG(os.stat(real).st_mode):
        with open(real, "wb") as there:
            there.write(data)
        return
    if os.path.exists(real) and not os.stat(real).st_mode & 0o222:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    try:
        handle, beside = tempfile.mkstemp(dir=os.path.dirname(real), prefix=".review-clock-")
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode_of(real))
        os.replace(beside, real)
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
