"""What an import found and did, file by file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arterm.rules.money import Money

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row of a file: rejected, or to be looked at."""

    line: int
    field: str
    value: str
    reason: str

    @property
    def words(self) -> str:
        """What stood there and why it matters, the value told once."""
        return self.reason if not self.value or self.value in self.reason else f"'{self.value}' {self.reason}"


@dataclass(frozen=True, slots=True)
class Vanished:
    """An invoice that an earlier list of open items had and this one has not: paid, perhaps."""

    invoice: str
    invoice_id: int
    customer: str
    balance: Money
    currency: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a file came to, or would come to. Of a statement, `matched` receipts were booked and `waiting` ones wait."""

    file: str
    read: int
    created: int
    updated: int
    unchanged: int
    rejected: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    customers_created: int = 0
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    rejected_file: str = ""
    kind: str = ""
    profile: str = ""
    matched: int = 0
    waiting: int = 0
    vanished: tuple[Vanished, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    kind: str
    profile: str
    files: tuple[FileReport, ...]
    dry_run: bool
    committed: bool
    act: int = 0

    @property
    def rejected(self) -> int:
        """How many rows were left out for a reason."""
        return sum(len(file.rejected) for file in self.files)
