"""One act on one line: `2029-03-15 us confirms`.

`--assume`, scenario files, `record add` and the tests' stories all speak it. Case does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.files import Accepted, Error, Phrase, nearest
from review_clock.law.acts_and_lapses import (
    Act,
    Confirmation,
    EntryIntoForce,
    NextReviewAmended,
    NonConfirmation,
    Origin,
    Party,
    PartyAct,
    ReviewConcluded,
    ReviewHeld,
    ReviewScheduled,
    Stance,
    StatedPosition,
    TermEndAmended,
    WithdrawalNotice,
    WithdrawalRescinded,
)

ACCEPTED: Final = (
    "DATE us|ca|mx confirms",
    "DATE us|ca|mx declines",
    "DATE us|ca|mx gives notice",
    "DATE us|ca|mx rescinds notice",
    "DATE us|ca|mx states extend|not extend|undecided",
    "DATE all confirm",
    "DATE review held",
    "DATE next review held",
    "DATE next review set for DATE",
    "DATE review concludes",
    "DATE amendment sets term end DATE",
    "DATE amendment sets next review DATE",
    "DATE agreement enters into force",
)
"""The forms of a line, as shown in errors and help."""
_ASSUMED_ONLY: Final = "amendment sets"
A_DAY: Final = "a day such as 2029-03-15"
IN_WHAT_IF: Final = "whatif --assume, a scenario file, or DATE note in the record"


class NotUnderstood(Error, ValueError):
    """A line that is not an act in this grammar."""

    def __init__(self, line: str, why: str, accepted: str = "; ".join(ACCEPTED)) -> None:
        self.line = line
        super().__init__(Phrase("{line!r} is not understood: {why}", line=line, why=Phrase(why)), accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A line understood: the day, who (None for all Parties or for none), and the act it makes for one Party."""

    line: str
    on: date
    party: Party | None
    everyone: bool
    make: Callable[[Party | None, Origin], Act]

    def acts(self, everyone: Iterable[Party], source: Origin) -> tuple[Act, ...]:
        """The acts of the line; `all` means each Party in `everyone`."""
        who = sorted(everyone) if self.everyone else [self.party]
        return tuple(self.make(party, source) for party in who)


_PARTY_LINE: Final = re.compile(r"(us|ca|mx) +(confirms|declines|gives +notice|rescinds +notice|states +(.+))")
_PARTY_ACTS: Final[dict[str, Callable[..., PartyAct]]] = {
    "confirms": Confirmation,
    "declines": NonConfirmation,
    "gives notice": WithdrawalNotice,
    "rescinds notice": WithdrawalRescinded,
}
_PARTIES: Final = ("us", "ca", "mx")
_COMMON: Final = ("all confirm", "review held", "next review held", "review concludes", "agreement enters into force")
_STANCES: Final = {"extend": Stance.EXTEND, "not extend": Stance.NOT_EXTEND, "undecided": Stance.UNDECIDED}


def day_of(word: str, line: str) -> date:
    """The day that a word of a line is, written YYYY-MM-DD and no other way. Raises `NotUnderstood`."""
    with suppress(ValueError):
        day = date.fromisoformat(word)  # takes 20290315 and 2029-W11-4 too
        if day.isoformat() == word:
            return day
    raise NotUnderstood(line, Phrase("{value!r} is not a date", value=word), A_DAY)


def _party_line(on: date, rest: str, line: str) -> Understood | None:
    match = _PARTY_LINE.fullmatch(rest)
    if match is None:
        return None
    party, verb, stance = Party(match[1].upper()), re.sub(r" +", " ", match[2]), match[3]

    def make(who: Party | None, source: Origin) -> Act:
        assert who is not None
        if stance is not None:
            return StatedPosition(on=on, party=who, source=source, stance=_STANCES[stance])
        return _PARTY_ACTS[verb](on=on, party=who, source=source)

    if stance is not None and stance not in _STANCES:
        raise NotUnderstood(line, Phrase("{value!r} is not a position", value=stance), nearest(stance, _STANCES))
    return Understood(line=line, on=on, party=party, everyone=False, make=make)


def _common_line(on: date, rest: str, line: str) -> Understood | None:
    scheduled = re.fullmatch(r"next review set for (\S+)", rest)
    amended = re.fullmatch(r"amendment sets (term end|next review) (\S+)", rest)
    day = day_of(scheduled[1], line) if scheduled else day_of(amended[2], line) if amended else on

    def make(who: Party | None, source: Origin) -> Act:
        if rest == "all confirm":
            assert who is not None
            return Confirmation(on=on, party=who, source=source)
        if scheduled:
            return ReviewScheduled(on=on, source=source, day=day)
        if amended:
            amendment = TermEndAmended if amended[1] == "term end" else NextReviewAmended
            return amendment(on=on, source=source, day=day)
        if rest == "review concludes":
            return ReviewConcluded(on=on, source=source)
        if rest == "agreement enters into force":
            return EntryIntoForce(on=on, source=source)
        return ReviewHeld(on=on, source=source, early=rest == "next review held")

    if rest not in _COMMON and not scheduled and not amended:
        return None
    return Understood(line=line, on=on, party=None, everyone=rest == "all confirm", make=make)


def _nearest_acts(rest: str, *besides: str) -> str:
    """The forms of a line, and the act that was meant where one is close; `besides` are acts of a record's list."""
    every = [f"{party} {verb}" for party in _PARTIES for verb in _PARTY_ACTS]
    close = nearest(rest, [*every, *_COMMON, *besides]).close
    forms = [form for form in ACCEPTED if not (besides and _ASSUMED_ONLY in form)]
    accepted = Accepted(f"DATE {close}; …" if close else "; ".join((*forms, *(f"DATE {each}" for each in besides))))
    accepted.close = close
    return accepted


def understood(line: str, *besides: str) -> Understood:
    """What `line` says. `besides` are given where it is for a record: what it takes besides acts; no amendment then.

    Raises `NotUnderstood` with the accepted forms.
    """
    words = " ".join(line.split()).lower()
    first, _, rest = words.partition(" ")
    on = day_of(first, line)
    said = _party_line(on, rest, line.strip()) or _common_line(on, rest, line.strip())
    if said is None:
        why = Phrase("{value!r} is not an act", value=rest) if rest else "it names no act"
        raise NotUnderstood(line, why, _nearest_acts(rest, *besides))
    if besides and rest.startswith(_ASSUMED_ONLY):
        raise NotUnderstood(line, "an amendment is only assumed: Art. 34.3 has not been read here", IN_WHAT_IF)
    return said
