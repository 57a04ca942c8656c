"""What a record holds: facts with their sources, dates announced, and what was taken back of either."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from review_clock.files import HIDDEN, MaybeText, Texts
from review_clock.law.acts_and_lapses import Act, Party, Stance
from review_clock.law.revised import Revised
from review_clock.record.own_case import OwnCase
from review_clock.record.proceeding import Proceeding, StepSet

CONFIDENCE: Final = (
    "primary",
    "primary_excerpt",
    "primary_record",
    "quoting_primary",
    "multiple_secondary",
    "single_secondary",
    "headline",
    "inferred",
    "own_record",
)
"""How well a fact is established, best first; `own_record` is what a user's own file says without saying how."""
REPORTED: Final = ("multiple_secondary", "single_secondary", "headline")
"""Of these, a fact that others report, whose own text was not seen."""
VIA: Final = ("", "excerpt", "quoted", "copy", "record", "compilation", "headline")
"""How a source was seen: whole; its opening; as quoted; in a copy; by the register's record of it; as a compilation
cites it; its title and day alone."""
MOST_WORDS: Final = 25
"""How many words of a source may be quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact is from. `dated` is as exact as is known (2026-07-01, 2026-07, 2026); `via` how it was seen.

    `archived` is the address of a copy that stays; `read_on` the day on which it was read, or looked for; `words` are
    the decisive ones, as they stand there (at most `MOST_WORDS`; an ellipsis stands for what was left out).
    """

    title: str
    url: MaybeText = ""
    dated: MaybeText = ""
    via: MaybeText = ""
    archived: MaybeText = ""
    read_on: date | None = None
    words: MaybeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated fact of the record with its sources.

    `fulfils` names the deadlines that it shows to have been met (the act itself was seen), `reports` those that
    somebody says were, `misses` those that were not. `on_is` is `year` where only the year is known (its day is the
    last of it), `by` where the day is the latest possible, else empty. `marks` names the anchor that it is for rules
    counted from it. `known_on` is the day it became public, `recorded_on` that on which it came into this record,
    `recorded_by` who entered it; `stated_words` are those in which a position was stated. `said_by` are the entries of
    other files that say the same, whose sources stand here too. `revised` are our corrections of what is said of it: of
    its sources, its confidence, its conflict. `step` is the step of a `proceeding` that it is; `sets` are the days that
    it sets for others.
    """

    id: str
    on: date = field(init=False)
    until: date | None
    act: Act
    party: Party | None = field(init=False)
    parties: tuple[Party, ...]
    stance: Stance | None = field(init=False)
    known_on: date
    recorded_on: date
    marks: str = field(metadata=HIDDEN)
    text: Texts
    conflict: Texts | None
    confidence: str
    on_is: MaybeText
    fulfils: tuple[str, ...]
    reports: tuple[str, ...]
    misses: tuple[str, ...]
    sources: tuple[Source, ...]
    where: str = field(metadata=HIDDEN)
    stated_words: Texts | None = None
    recorded_by: MaybeText = ""
    said_by: tuple[str, ...] = ()
    proceeding: MaybeText = ""
    step: MaybeText = ""
    sets: tuple[StepSet, ...] = ()
    revised: tuple[Revised, ...] = ()

    def __post_init__(self) -> None:
        for name in ("on", "party", "stance"):
            object.__setattr__(self, name, getattr(self.act, name, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A date ahead that somebody announced or that sources expect.

    It is `about` a deadline that the rules give, or about one of its own, whose id is then `deadline` too; it may be
    that of a `step` of a `proceeding`. `recorded_by` is who entered it.
    """

    id: str
    on: date
    time: str = field(metadata=HIDDEN)
    zone: str = field(metadata=HIDDEN)
    about: str
    known_on: date
    recorded_on: date
    deadline: str = field(metadata=HIDDEN)
    jurisdiction: str = field(metadata=HIDDEN)
    kind: str = field(metadata=HIDDEN)
    actor: str = field(metadata=HIDDEN)
    recipient: str = field(metadata=HIDDEN)
    title: Texts | None = field(metadata=HIDDEN)
    text: Texts
    conflict: Texts | None
    confidence: str
    sources: tuple[Source, ...]
    where: str = field(metadata=HIDDEN)
    recorded_by: MaybeText = ""
    proceeding: MaybeText = ""
    step: MaybeText = ""
    revised: tuple[Revised, ...] = ()


Row = Entry | Announced | OwnCase | Proceeding
"""What a record holds, and what may be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """That somebody looked for news and found what the record holds to be all, on a day."""

    on: date
    by: MaybeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """That an entry, an announced date, a case or a proceeding, `row`, was taken back: on which day, why, by whom, and
    what replaces it."""

    id: str
    on: date
    reason: str
    by: MaybeText
    replaced_by: MaybeText
    where: str = field(metadata=HIDDEN)
    row: Row | None = field(default=None, metadata=HIDDEN)
