"""Several files as one record: what one takes back of another, what both say, and what cannot both stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, Final

from review_clock.files import LANGUAGES, BadData, Phrase, Texts
from review_clock.law.acts_and_lapses import EntryIntoForce, Note, Recorded, in_order
from review_clock.law.chapter_34 import contradicted
from review_clock.record.entries import CONFIDENCE, Announced, Entry, Retraction, Row
from review_clock.record.own_case import OwnCase
from review_clock.record.proceeding import UNDATED, Proceeding

SHIPPED: Final = "usmca.toml"
"""The file of the record that ships."""
_COUNTED: Final = re.compile(r"own-\d+")
"""An id as older versions gave it: two files may have the same."""


_WHOSE: Final[Mapping[str, Any]] = {"where": "", "recorded_on": UNDATED, "recorded_by": ""}
"""What two files that hold the same row may say otherwise: where, when and by whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What stands of several files, what was taken back, and the entries of which one was made, as they were."""

    entries: tuple[Entry, ...]
    announced: tuple[Announced, ...]
    retractions: tuple[Retraction, ...]
    also: tuple[Entry, ...]
    cases: tuple[OwnCase, ...]
    proceedings: tuple[Proceeding, ...]


def _file(where: str) -> str:
    return where.partition(": ")[0]


def _contradicts(where: str, other: str, why: str) -> BadData:
    file, _, key = where.partition(": ")
    return BadData(file, key, Phrase("contradicts {other}: {why}", other=other, why=Phrase(why)))


class _Ids:
    """Each row under an id of its own; `own-1` of a second file, or what it says alike, is read as `FILE:own-1`."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._renamed: dict[tuple[str, str], str] = {}

    def entry(self, entry: Entry) -> Entry:
        """The entry, under another id where its own is taken. Raises `BadData`."""
        earlier = self._rows.get(entry.id)
        if earlier is not None:
            file = _file(entry.where)
            same = isinstance(earlier, Entry) and _fact(earlier) == _fact(entry)
            if not (same or _COUNTED.fullmatch(entry.id)) or _file(earlier.where) == file:
                raise _contradicts(entry.where, earlier.where, "the id is taken")
            identity = self._renamed[file, entry.id] = f"{file}:{entry.id}"
            return self.entry(replace(entry, id=identity, act=replace(entry.act, source=Recorded(entry=identity))))
        self._rows[entry.id] = entry
        return entry

    def once(self, row: Announced | OwnCase) -> None:
        """Take in an announced date or a case, of which two files may hold the same. Raises `BadData`."""
        earlier = self._rows.get(row.id)
        found = row if earlier is None else _one(earlier, row)
        if found is None:
            raise _contradicts(row.where, self._rows[row.id].where, "the id is taken")
        self._rows[row.id] = found

    def rows(self) -> tuple[Row, ...]:
        """All that was taken in."""
        return tuple(self._rows.values())

    def proceeding(self, each: Proceeding) -> Proceeding:
        """The proceeding; one that says when it was declared is a row, and its id must be free. Raises `BadData`."""
        earlier = each if each.recorded_on == UNDATED else self._rows.setdefault(each.id, each)
        if not isinstance(earlier, Proceeding):
            raise _contradicts(each.where, earlier.where, "the id is taken")
        return each

    def retraction(self, each: Retraction) -> Retraction:
        """The retraction with the row that it takes back, where that is here."""
        identity = self._renamed.get((_file(each.where), each.id), each.id)
        return replace(each, id=identity, row=each.row or self._rows.get(identity))


def _one(one: Row, other: Announced | OwnCase) -> Announced | OwnCase | None:
    """One row for what two files hold alike, None where it is not. Raises `BadData`, as `_one_case` does."""
    if _file(one.where) == _file(other.where):
        return None
    if isinstance(one, OwnCase) and isinstance(other, OwnCase) and one.fact == other.fact:
        return _one_case(one, other)
    if isinstance(one, Announced) and isinstance(other, Announced):
        sources = tuple(dict.fromkeys((*one.sources, *other.sources)))
        if replace(one, **_WHOSE, sources=()) == replace(other, **_WHOSE, sources=()):
            return replace(one, sources=sources, recorded_on=min(one.recorded_on, other.recorded_on))
    return None


def _one_case(one: OwnCase, other: OwnCase) -> OwnCase:
    """One case of two files, with the reminders of both. Raises `BadData` where they name two people or offices."""
    for name in ("who", "office"):
        before, then = getattr(one, name), getattr(other, name)
        if before and then and before != then:
            differs = Phrase("{value!r} is not {said}", value=then, said=repr(before))
            raise _contradicts(f"{other.where}.{name}", one.where, differs)
    return replace(
        one,
        **{name: getattr(one, name) or getattr(other, name) for name in ("who", "office", "recorded_by")},
        remind=tuple(sorted({*one.remind, *other.remind}, reverse=True)),
        known_on=min(one.known_on, other.known_on),
        recorded_on=min(one.recorded_on, other.recorded_on),
    )


def _fact(entry: Entry) -> object:
    """What an entry says, whoever says it: the act; of a note, whose act says nothing, its text too."""
    act = replace(entry.act, source=Recorded(entry=""))
    return (act, entry.text) if isinstance(act, Note) else act


def _contradiction(one: Entry, other: Entry) -> str:
    """Why two entries of one day cannot both stand, or nothing."""
    a, b = one.act, other.act
    if isinstance(a, Note) or isinstance(b, Note):
        return ""
    refusal = contradicted(a, [b])
    if refusal is not None and replace(a, source=b.source) != b:
        return refusal.why
    same_party = getattr(a, "party", None) == getattr(b, "party", None)
    return "the same act stands there already" if type(a) is type(b) and same_party else ""


_OF_EITHER: Final = ("until", "parties", "marks", "on_is", "stated_words", "recorded_by", "proceeding", "step")
"""What one of two entries of one fact may leave out; where both say it, the first counts."""


def _both(one: Entry, other: Entry) -> Entry:
    """One entry for what two files say: the text of the first, the better confidence, and what either says besides."""
    return replace(
        one,
        **{name: getattr(one, name) or getattr(other, name) for name in _OF_EITHER},
        confidence=min(one.confidence, other.confidence, key=CONFIDENCE.index),
        sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
        fulfils=tuple(dict.fromkeys((*one.fulfils, *other.fulfils))),
        reports=tuple(dict.fromkeys((*one.reports, *other.reports))),
        misses=tuple(dict.fromkeys((*one.misses, *other.misses))),
        conflict=_conflict(one.conflict, other.conflict),
        known_on=min(one.known_on, other.known_on),
        recorded_on=min(one.recorded_on, other.recorded_on),
        said_by=(*one.said_by, other.id),
        sets=tuple(dict.fromkeys((*one.sets, *other.sets))),
        revised=tuple(dict.fromkeys((*one.revised, *other.revised))),
    )


def _conflict(one: Texts | None, other: Texts | None) -> Texts | None:
    if one is None or other is None or one == other:
        return one or other
    return Texts(*(f"{one.said(lang)} {other.said(lang)}" for lang in LANGUAGES))


def _standing(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries, each fact once, and as they came those of which one was made. Raises `BadData` if two contradict."""
    facts: dict[object, Entry] = {}
    by_day: dict[date, list[Entry]] = {}
    also: list[Entry] = []
    for entry in entries:
        fact = _fact(entry)
        same = facts.get(fact)
        if same is not None and _file(same.where) != _file(entry.where):
            also += [entry] if same.said_by else [same, entry]
            facts[fact] = _both(same, entry)
            continue
        for earlier in () if isinstance(entry.act, Note) else by_day.get(entry.act.on, ()):
            why = _contradiction(entry, earlier)
            if why:
                raise _contradicts(entry.where, earlier.where, why)
        if not isinstance(entry.act, Note):
            by_day.setdefault(entry.act.on, []).append(entry)
        facts[fact if same is None else (fact, entry.id)] = entry
    _entered_once(facts.values())
    return list(facts.values()), also


def _entered_once(entries: Iterable[Entry]) -> None:
    entered = [each for each in entries if isinstance(each.act, EntryIntoForce)]
    if len(entered) > 1:
        raise _contradicts(entered[1].where, entered[0].where, "the Agreement entered into force once")


def _apart(announced: Iterable[Announced]) -> list[Announced]:
    """The announced dates; one of its own is announced anew on another day, which then counts. Raises `BadData`."""
    found: dict[tuple[str, date], Announced] = {}
    for row in announced:
        earlier = found.setdefault((row.deadline, row.known_on) if row.deadline else (row.id, date.min), row)
        if earlier is not row:
            twice = Phrase("{value!r} is announced twice on one day", value=row.deadline)
            raise _contradicts(row.where, earlier.where, twice)
    return list(found.values())


def joined(
    entries: Iterable[Sequence[Entry]],
    announced: Iterable[Sequence[Announced]],
    retractions: Iterable[Sequence[Retraction]],
    cases: Iterable[Sequence[OwnCase]],
    proceedings: Iterable[Sequence[Proceeding]],
) -> Joined:
    """The rows of several files, in the order of the files, as one. Raises `BadData` naming both rows of a conflict."""
    ids = _Ids()
    every = [ids.entry(each) for rows in entries for each in rows]
    once: list[Announced | OwnCase] = [*chain(*announced), *chain(*cases)]
    for row in once:
        ids.once(row)
    dates = [each for each in ids.rows() if isinstance(each, Announced)]
    own = [each for each in ids.rows() if isinstance(each, OwnCase)]
    proceedings, retractions = list(proceedings), list(retractions)
    _put_right_alike(zip(proceedings, retractions, strict=True))
    steps = [ids.proceeding(each) for rows in proceedings for each in rows]
    declared, of_proceedings = _declared(steps, [each for rows in retractions for each in rows])
    taken_back: dict[str, Retraction] = {}
    given = (each for rows in retractions for each in rows if each.id not in declared)
    for each in sorted(given, key=lambda each: each.on):  # what two files take back is gone from the earlier day
        found = ids.retraction(each)
        taken_back.setdefault(found.id, found)
    standing, also = _standing([each for each in every if each.id not in taken_back])
    return Joined(
        entries=tuple(sorted(standing, key=lambda e: (*in_order(e.act), e.id))),
        announced=tuple(sorted(_apart(row for row in dates if row.id not in taken_back), key=lambda a: (a.on, a.id))),
        retractions=tuple(sorted((*taken_back.values(), *of_proceedings), key=lambda each: (each.on, each.id))),
        also=tuple(also),
        cases=tuple(sorted((c for c in own if c.id not in taken_back), key=lambda c: (c.trigger, c.id))),
        proceedings=tuple(each for left in declared.values() for each in left),
    )


def _declared(
    proceedings: Iterable[Proceeding], retractions: Sequence[Retraction]
) -> tuple[Mapping[str, Sequence[Proceeding]], list[Retraction]]:
    """By id the one declaration that stands, or none, and the retractions of others, each of the first that was left:
    what comes in its place has the same id. Raises `BadData` where two that differ are left under one."""
    declared: dict[str, list[Proceeding]] = {}
    for each in proceedings:
        declared.setdefault(each.id, []).append(each)
    of_proceedings: list[Retraction] = []
    for identity, given in declared.items():
        back = sorted((each for each in retractions if each.id == identity), key=lambda each: each.on)
        rows, back = _in_turn(sorted(given, key=lambda each: each.recorded_on), back)
        gone = [replace(each, row=row) for each, row in zip(back, rows, strict=False)]
        of_proceedings += gone
        left = declared[identity] = rows[len(gone) :]
        if len(left) > 1:
            raise _contradicts(left[1].where, left[0].where, "the id is taken")
    return declared, of_proceedings


def _in_turn(given: Sequence[Proceeding], back: Sequence[Retraction]) -> tuple[list[Proceeding], list[Retraction]]:
    """The declarations of one proceeding, each text once, and what takes one back, once where two files put it right
    alike."""
    spare = Counter(_file(each.where) for each in given) - Counter(_file(each.where) for each in back)
    rows: list[Proceeding] = []
    counted, taken_back_in = list(back), {_file(each.where) for each in back}
    for each in given:
        file = _file(each.where)
        said_again = bool(rows) and replace(each, **_WHOSE) == replace(rows[-1], **_WHOSE)
        if not said_again or (file == _file(rows[-1].where) and file in taken_back_in):
            rows.append(each)
        elif spare[file]:
            spare[file] -= 1
        else:  # it came in the place of another, which the first of the two files took back already
            counted.remove(next(each for each in counted if _file(each.where) == file))
    return rows, counted


def _put_right_alike(records: Iterable[tuple[Sequence[Proceeding], Sequence[Retraction]]]) -> None:
    """What several records put right of one proceeding, each at last, is the same; what ships is no user's word on it.
    Raises `BadData`."""
    found: dict[str, Proceeding] = {}
    for declared, back in records:
        gone = {each.id for each in back}
        last = {each.id: each for each in sorted(declared, key=lambda each: each.recorded_on) if each.id in gone}
        for each in (each for each in last.values() if _file(each.where) != SHIPPED):
            earlier = found.setdefault(each.id, each)
            if replace(each, **_WHOSE) != replace(earlier, **_WHOSE):
                raise _contradicts(each.where, earlier.where, "two files put it right, each otherwise")
