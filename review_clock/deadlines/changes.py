"""What an act, or an announcement, did to a deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from review_clock.files import MaybeText
from review_clock.law.acts_and_lapses import Party

AMENDMENT: Final = "amendment"
"""The name, in data, of what an amendment of a text did."""

RETRACTED: Final = "retracted"
"""The name, in data, of what a retraction did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was done to a deadline: it `appeared`, `moved`, `vanished`, `revived`, its `certainty` changed, or its day,
    until then inferred, was set (`day_set`).

    `by` is the act's name in data (or `announced`, or `amendment`, whose `origin` is `law` and whose `source` are the
    texts amended), `on` its day (an amendment's is that on which it became known), `party` whose it is. `origin` is
    `recorded` (then `entry` is the record's), `assumed` (then `said` is the line), `silence` (a review taken as held
    and concluded) or `law`.
    `before` and `after` are its days; `was` and `became` how certain it was then; `source` is the title of the entry's
    first source.
    """

    what: str
    by: str
    on: date
    party: Party | None
    origin: str
    entry: MaybeText
    said: MaybeText
    before: date | None
    after: date | None
    was: MaybeText
    became: MaybeText
    source: MaybeText = ""
