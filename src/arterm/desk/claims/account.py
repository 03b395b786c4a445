"""What a debtor owes, on any day: one account of invoices and the charges beside them, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from arterm.desk.claims.claims import lawful, question_of
from arterm.desk.find import customer_name
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.merged import merged_ids
from arterm.store.reads.claims import account as reads

Part = Literal["principal", "interest", "compensation", "costs"]
PARTS: tuple[Part, ...] = ("principal", "interest", "compensation", "costs")
# What a kind of credit does to a debt: who paid it, who gave it up, or that it was never owed.
_DOES = {
    "receipt": "paid",
    "reported": "paid",
    "credit_note": "credited",
    "discount": "credited",
    "write_off": "waived",
}


@dataclass(frozen=True, slots=True)
class AccountPart:
    """A part of what is owed: `asked` less `paid`, `credited` and `waived` is `open`. Of interest `accrued` is what the
    law gives on that day, asked or not; of the other parts it is what was asked.
    """

    asked: Money
    paid: Money
    credited: Money
    waived: Money
    open: Money
    accrued: Money


@dataclass(frozen=True, slots=True)
class AccountInvoice:
    """An invoice with its parts; `open` is all of them together, and `due` its day to pay."""

    invoice: str
    invoice_id: int
    issued: date
    due: date
    currency: str
    principal: AccountPart
    interest: AccountPart
    compensation: AccountPart
    costs: AccountPart
    open: Money


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One entry: on its value day, of an invoice and part, what did it (`invoice`, `letter`, `agreement`, `paid`,
    `credited`, `waived`), with its number or reference, its law and the reason given; positive is more owed.
    """

    day: date
    invoice: str
    part: Part
    what: str
    reference: str
    law: str
    note: str
    amount: Money


@dataclass(frozen=True, slots=True)
class AccountTotal:
    """What is open in one currency: principal, charges, and both."""

    currency: str
    principal: Money
    charges: Money
    open: Money


@dataclass(frozen=True, slots=True)
class DebtorAccount:
    """The account of a customer, and of those who were merged into them, as of a day."""

    customer: str
    customer_id: int
    as_of: date
    invoices: tuple[AccountInvoice, ...]
    entries: tuple[AccountEntry, ...]
    totals: tuple[AccountTotal, ...]


def account(desk: Desk, customer: int, invoice: int | None = None, as_of: date | None = None) -> DebtorAccount:
    """What a customer owes on a day (else today), of all invoices or one. Refuses (`future_day`) a day to come, and
    (`no_invoice`) an invoice that is not theirs or was not there on that day.
    """
    day = as_of or desk.today
    if day > desk.today:
        raise ArtermError("future_day.day", "as_of", day=day, today=desk.today)
    group = merged_ids(desk.book, [customer])
    debts = [one for one in reads.debts(desk.book, group, day) if invoice in (None, one.invoice)]
    if invoice is not None and not debts:
        raise ArtermError("no_invoice.of_customer", "invoice", customer=customer_name(desk, customer))
    by_id = {one.id: one for one in debts}
    settled = [one for one in reads.settled(desk.book, group, day) if one.debt in by_id]
    numbers = {one.invoice: one.number for one in debts if one.part == "principal"}
    sums = _summed(debts, settled)
    invoices = tuple(
        _invoice(desk, one, {part: sums.get((one.id, part), _Sum()) for part in PARTS}, day)
        for one in debts
        if one.part == "principal"
    )
    entries = [(one.issued, 0, one.id, _asked(one, numbers)) for one in debts]
    entries += [(one.day, 1, one.credit, _gone(by_id[one.debt], one, numbers)) for one in settled]
    entries.sort(key=lambda one: one[:3])
    return DebtorAccount(
        customer_name(desk, customer), customer, day, invoices, tuple(one[3] for one in entries), _totals(invoices)
    )


@dataclass(slots=True)
class _Sum:
    """Minor units of one part of one invoice."""

    asked: int = 0
    paid: int = 0
    credited: int = 0
    waived: int = 0

    @property
    def open(self) -> int:
        """What is left."""
        return self.asked - self.paid - self.credited - self.waived

    def owed(self, currency: str, accrued: int) -> AccountPart:
        """As the account shows it."""
        amounts = (self.asked, self.paid, self.credited, self.waived, self.open, accrued)
        return AccountPart(*(Money(one, currency) for one in amounts))


def _summed(debts: Iterable[reads.AccountDebt], settled: Iterable[reads.SettledDebt]) -> dict[tuple[int, str], _Sum]:
    sums: dict[tuple[int, str], _Sum] = {}
    whose: dict[int, _Sum] = {}
    for debt in debts:
        held = whose[debt.id] = sums.setdefault((debt.invoice, debt.part), _Sum())
        held.asked += debt.total
    for one in settled:
        does = _DOES[one.kind]
        setattr(whose[one.debt], does, getattr(whose[one.debt], does) + one.amount)
    return sums


def _invoice(desk: Desk, debt: reads.AccountDebt, sums: dict[Part, _Sum], day: date) -> AccountInvoice:
    def owed(part: Part, accrued: int | None = None) -> AccountPart:
        return sums[part].owed(debt.currency, sums[part].asked if accrued is None else accrued)

    interest = lawful(question_of(desk, debt.id, day)[0]).interest
    return AccountInvoice(
        debt.number,
        debt.id,
        debt.issued,
        debt.due,
        debt.currency,
        owed("principal"),
        owed("interest", interest),
        owed("compensation"),
        owed("costs"),
        Money(sum(one.open for one in sums.values()), debt.currency),
    )


def _asked(debt: reads.AccountDebt, numbers: dict[int, str]) -> AccountEntry:
    what = "invoice" if debt.part == "principal" else "letter" if debt.notice else "agreement"
    return AccountEntry(
        debt.issued,
        numbers.get(debt.invoice, ""),
        _part(debt.part),
        what,
        f"#{debt.notice}" if debt.notice else "",
        debt.law,
        "",
        Money(debt.total, debt.currency),
    )


def _gone(debt: reads.AccountDebt, one: reads.SettledDebt, numbers: dict[int, str]) -> AccountEntry:
    asked = _asked(debt, numbers)
    return replace(
        asked,
        day=one.day,
        what=_DOES[one.kind],
        reference=one.reference,
        law="",
        note=one.note,
        amount=Money(-one.amount, debt.currency),
    )


def _part(name: str) -> Part:
    return next(part for part in PARTS if part == name)


def _totals(invoices: Iterable[AccountInvoice]) -> tuple[AccountTotal, ...]:
    found: dict[str, AccountTotal] = {}
    for one in invoices:
        none = Money(0, one.currency)
        held = found.get(one.currency, AccountTotal(one.currency, none, none, none))
        principal = one.principal.open
        found[one.currency] = replace(
            held,
            principal=held.principal + principal,
            charges=held.charges + (one.open - principal),
            open=held.open + one.open,
        )
    return tuple(found[code] for code in sorted(found))
