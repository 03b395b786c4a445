"""What receipts can be for, found by everything it can be named by: numbers, references, sums, names, accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from arterm.rules.text import fold

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(["bvba", "sprl", "gmbh", "sarl", "limited", "company"])


@dataclass(frozen=True, slots=True)
class DebtToMatch:
    """Something a receipt may be for (minor units): `reported` of it was told as paid by an export already;
    `charges` stand beside it (id, open).
    """

    id: int
    number: str
    customer: int
    name: str
    open: int
    currency: str
    due: date
    reference: str = ""
    reported: int = 0
    charges: tuple[tuple[int, int], ...] = ()

    @property
    def whole(self) -> int:
        """With the charges beside it."""
        return self.left + sum(amount for _, amount in self.charges)

    @property
    def left(self) -> int:
        """What a receipt may settle: what is open, and what was only told as paid."""
        return self.open + self.reported


@dataclass(frozen=True, slots=True)
class IncomingPayment:
    """Money that came in (minor units), with everything the bank says about it."""

    amount: int
    currency: str
    payer: str
    account: str
    reference: str
    text: str
    charges: int = 0
    instructed: int = 0
    instructed_currency: str = ""


@dataclass(slots=True)
class Index:
    """Debts by everything they can be found by. `accounts`: whose a bank account is; `limit`: a small difference (minor
    units).
    """

    debts: dict[int, DebtToMatch] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)
    plans: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # customer -> sums of next instalments
    limit: int = 0
    numbers: dict[str, list[int]] = field(default_factory=dict)
    loose: dict[str, list[int]] = field(default_factory=dict)
    references: dict[str, list[int]] = field(default_factory=dict)
    amounts: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    names: dict[str, set[int]] = field(default_factory=dict)
    words: dict[str, set[int]] = field(default_factory=dict)
    customers: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        debts: Iterable[DebtToMatch],
        accounts: Mapping[str, int],
        limit: int = 0,
        references: Iterable[tuple[str, int]] = (),
        plans: Mapping[int, tuple[int, ...]] | None = None,
    ) -> Index:
        """An index over debts; `references` are further ones of letters: (reference, debt)."""
        index = cls(accounts=accounts, limit=limit, plans=plans or {})
        for debt in debts:
            index.debts[debt.id] = debt
            compact = squeeze(debt.number)
            index.numbers.setdefault(compact, []).append(debt.id)
            index.loose.setdefault(bare(_WORD.findall(fold(debt.number))), []).append(debt.id)
            if len(squeeze(debt.reference)) >= 5:
                index.references.setdefault(squeeze(debt.reference), []).append(debt.id)
            for total in {debt.left, debt.whole}:
                index.amounts.setdefault((debt.currency, total), []).append(debt.id)
            index.names.setdefault(debt.name, set()).add(debt.customer)
            for word in name_words(debt.name):
                index.words.setdefault(word, set()).add(debt.customer)
            index.customers.setdefault(debt.customer, []).append(debt.id)
        for reference, row in references:
            if row in index.debts and len(squeeze(reference)) >= 5:
                index.references.setdefault(squeeze(reference), []).append(row)
        for some in index.customers.values():
            some.sort(key=lambda row: (index.debts[row].due, row))
        return index


def squeeze(text: str) -> str:
    """Letters and digits alone, folded: as references and numbers are compared."""
    return "".join(char for char in fold(text) if char.isalnum())


def without_zeros(compact: str) -> str:
    """Without the zeros that spreadsheets and banks lose: at the front, and at the front of the last run of digits."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", compact)


def bare(words: Iterable[str]) -> str:
    """Words as one, each without the zeros in front."""
    return "".join(without_zeros(word) for word in words)


def bare_pieces(text: str) -> frozenset[str]:
    """Every run of up to three neighbouring words as one, each without the zeros in front: 2026-143 is 2026-0143."""
    words = _WORD.findall(fold(text))[:120]
    return frozenset(bare(words[n : n + size]) for n in range(len(words)) for size in (1, 2, 3))


def name_words(name: str) -> list[str]:
    """The words of a name that tell it from others."""
    return [word for word in _WORD.findall(name) if len(word) >= 4 and word not in _STOP]


def pieces_of(text: str) -> dict[str, str]:
    """Every run of up to eight neighbouring words as one, with how it stood: `2026 - 0143` is 20260143 too."""
    whole = fold(text)
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(whole)][:120]
    pieces: dict[str, str] = {}
    for start in range(len(words)):
        joined = ""
        for end in range(start, min(start + 8, len(words))):
            joined += words[end][0]
            if any(char.isdigit() for char in joined):
                pieces.setdefault(joined, "in pieces" if " " in whole[words[start][1] : words[end][2]] else "as it is")
    return pieces
