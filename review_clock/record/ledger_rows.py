"""All that ever came into a record, a row each, with its retraction where it was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review_clock.record.entries import Entry, Retraction, Row
from review_clock.record.ledger import BASE_FILE, Record
from review_clock.record.proceeding import UNDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """An entry, an announced date, a case or a proceeding, and its retraction where it was taken back."""

    row: Row
    retracted: Retraction | None

    @property
    def said_by(self) -> tuple[str, ...]:
        """The entries of other files that say the same."""
        return self.row.said_by if isinstance(self.row, Entry) else ()

    @property
    def file(self) -> str:
        """The file that it is from."""
        return self.row.where.partition(": ")[0]

    @property
    def files(self) -> set[str]:
        """That file, and the one that took it back."""
        return {self.file} | ({self.retracted.where.partition(": ")[0]} if self.retracted else set())

    @property
    def recorded_on(self) -> date:
        """The day on which it came into the record."""
        return self.row.recorded_on


def rows_of(record: Record, own: bool) -> list[LedgerRow]:
    """All that ever came into a record, by the day that it speaks of; of a user's `own` files alone. Under one id that
    which stands is last."""
    rows = [LedgerRow(row=row, retracted=None) for row in record.standing]
    taken_back = [(each.row, each) for each in record.retractions if each.row is not None]
    rows += [LedgerRow(row=row, retracted=each) for row, each in taken_back if row.recorded_on != UNDATED]
    found = [each for each in rows if not own or each.files != {BASE_FILE} or each.said_by]
    return sorted(found, key=lambda each: (each.row.on, each.row.id, each.retracted is None))
