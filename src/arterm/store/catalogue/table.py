"""What is said of a table: whose its rows are, how undo takes them back, what is exported, what an erasure does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from peewee import Model

GONE: Final = "(erased)"
# Columns that every row has for the journal's sake: part of no export, and without a word of anybody.
JOURNALS_OWN: Final[Mapping[str, str]] = {
    "act": "which act made the row: the journal's own",
    "version": "how often the row was changed: the journal's own",
    "void_act": "which act took the row back: what was taken back is not exported",
}


@dataclass(frozen=True, slots=True)
class Own:
    """The row is the customer (or the invoice) itself."""


@dataclass(frozen=True, slots=True)
class By:
    """The row names it in a column, or names there a row that leads to it."""

    column: str


@dataclass(frozen=True, slots=True)
class NamedIn:
    """Rows of another table that lead there name this row in a column."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """Where column `tag` says `value`, column `row` is the number of a row of `table`."""

    tag: str
    value: str
    row: str
    table: str


@dataclass(frozen=True, slots=True)
class Shares:
    """The row has the same text in a column as a row of another table that leads there, unless column `unless` says."""

    column: str
    table: str
    unless: str


@dataclass(frozen=True, slots=True)
class Nobody:
    """Rows of this table lead to no customer (or to no invoice), and why that is so."""

    why: str


Way = Own | By | NamedIn | Tagged | Shares
Ways = tuple[Way, ...] | Nobody


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of an exported table. `path`: the row's own column, or one of a row that it names (`customer.name`).

    `money`: the exported column that holds the currency of these minor units; empty where it is no money.
    """

    name: str
    path: tuple[str, ...]
    money: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A table as it is exported, under a name that stays.

    `columns`: words such as `day`, `customer_id=customer`, `customer=customer.name`, `amount:money` (of the column
    `currency`) or `sent:money:sent_currency`. `left_out`: columns that are not exported, with the reason. `reckoned`:
    what the desk adds that is no column, in words, where the desk makes the rows itself.
    """

    name: str
    columns: str
    left_out: Mapping[str, str] = field(default_factory=dict)
    order: str = "id"
    reckoned: str = ""

    def parsed(self) -> tuple[ExportColumn, ...]:
        """The columns one by one, in their order."""
        return tuple(_column(word) for word in self.columns.split())


def _column(word: str) -> ExportColumn:
    spelt, _, money = word.partition(":")
    name, _, path = spelt.partition("=")
    currency = money.partition(":")[2] or "currency" if money else ""
    return ExportColumn(name, tuple((path or name).split(".")), currency)


Blank = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Erase:
    """What an erasure does with each column of text or bytes of a table that leads to customers.

    `words` go at once, `books` when the years for books are over: each with what it becomes (`{row}`: the row's
    number). `kept` stay, with the reason. `words_by`, `books_by`: only of rows found by these ways, where not by all.
    """

    words: Blank = field(default_factory=dict)
    books: Blank = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    words_by: tuple[Way, ...] = ()
    books_by: tuple[Way, ...] = ()


def days(*columns: str) -> dict[str, str]:
    """Columns that stay: days and times."""
    return dict.fromkeys(columns, "a day or a time, which tells nothing of a person by itself")


def kinds(*columns: str) -> dict[str, str]:
    """Columns that stay: one of a few states or kinds."""
    return dict.fromkeys(columns, "a state or kind out of a short list")


def ours(*columns: str) -> dict[str, str]:
    """Columns that stay: the owner's own."""
    return dict.fromkeys(columns, "the owner's own name, address or folder")


def numbers(*columns: str) -> dict[str, str]:
    """Columns that stay: what books, payments and the law go by."""
    return dict.fromkeys(columns, "a number, hash or statute that books hang on")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the book. A word where an entry is expected is the reason why there is none.

    `model`: its Peewee model, or its bare name where it has none. `customer`, `invoice`: how its rows lead there.
    `moves`: its rows move the case of those customers, whose caches are made anew within the act. `goes_with`: the
    table of the row that it stands and falls with when an act is undone; `stands`: why undo leaves its rows alone, or
    takes them back in another way. `derived`: columns that triggers keep, and `heavy`: columns covered by the row's
    own hash; neither is part of an image in the journal. `unjournalled`: why no act keeps images of its rows.
    """

    model: type[Model] | str
    customer: Ways
    invoice: Ways
    export: Export | str
    erase: Erase | str
    moves: bool = False
    goes_with: str = ""
    stands: str = ""
    derived: tuple[str, ...] = ()
    heavy: tuple[str, ...] = ()
    unjournalled: str = ""

    @property
    def name(self) -> str:
        """Its name in SQL."""
        return self.model if isinstance(self.model, str) else table_of(self.model)

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, where it has a model."""
        return () if isinstance(self.model, str) else tuple(self.model._meta.sorted_field_names)

    @property
    def voidable(self) -> bool:
        """Whether a later act can mark a row void; of others nothing is taken back row by row."""
        return "void_act" in self.columns

    @property
    def papers(self) -> bool:
        """Whether its rows hold files."""
        return "bytes" in self.columns


def table_of(model: type[Model]) -> str:
    """The SQL name of a model's table."""
    return str(model._meta.table_name)
