"""Where an answer comes from, so that it can be cited and made again: the version, the law and the record by their
digests, the day, what was known, the readings, what was assumed, and the files of a user's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from review_clock import __version__
from review_clock.files import MaybeText
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.questions.premises import Premises


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What identifies an answer: the version, the `digests` of law and record, the days, the readings.

    `own` are the user's files in the record, by name; `otherwise` the readings that are not the default; `command` is
    what was typed, empty for the library; `units` are those of its figures, by name. What is of the law alone, whatever
    the day, has no days and no digest of a record.
    """

    program: str = "Review Clock"
    version: str
    digests: Mapping[str, str]
    own: tuple[str, ...]
    as_of: date | None
    known_on: date | None
    verified_on: date | None
    readings: Readings
    otherwise: Mapping[str, str]
    assumed: tuple[str, ...]
    command: MaybeText
    units: Mapping[str, str]


_NO_UNITS: Final[Mapping[str, str]] = MappingProxyType({})


def provenance(premises: Premises, command: str = "", units: Mapping[str, str] = _NO_UNITS) -> Provenance:
    """Where an answer of these premises comes from, also where under its readings the law refuses what is assumed."""
    record = premises.record
    return Provenance(
        version=__version__,
        digests={"law": premises.law.digest, "record": record.digest},
        own=record.own_files,
        as_of=premises.as_of,
        known_on=premises.known_on,
        verified_on=record.verified_to,
        readings=premises.readings,
        otherwise=premises.law.not_default(premises.readings),
        assumed=premises.plan.lines if premises.plan else (),
        command=command,
        units=units,
    )


def provenance_of_law(law: Law, command: str = "", units: Mapping[str, str] = _NO_UNITS) -> Provenance:
    """Where an answer of the law alone comes from: no day and no record makes it another."""
    return Provenance(
        version=__version__,
        digests={"law": law.digest},
        own=(),
        as_of=None,
        known_on=None,
        verified_on=None,
        readings=law.defaults,
        otherwise={},
        assumed=(),
        command=command,
        units=units,
    )
