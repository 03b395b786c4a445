"""Charges: interest, fixed sums and costs on a notice; what is left to ask, the debts they become, and waiving them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.desk import acts
from arterm.desk.claims.claims import lawful, question_of
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.law.question import Claim
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Labels, message
from arterm.rules.money import Money
from arterm.rules.text import clean_note, number_key
from arterm.store.journal import UnitOfWork
from arterm.store.models.book import Allocation, Credit, Invoice
from arterm.store.models.letters import Charge
from arterm.store.reads.claims import claims as reads

KINDS = Labels("claims.charge_kinds")


@dataclass(frozen=True, slots=True)
class Planned:
    """A charge that a notice would ask for (minor units), with the law it rests on and the day it reaches to."""

    kind: str
    amount: int
    law: str
    until: date


def plan(desk: Desk, invoice: int, less: int = 0) -> tuple[tuple[Planned, ...], Claim]:
    """What may be asked for an invoice today beyond what was asked before, and the claim it follows from.

    `less` (minor units: disputed, or received and not yet matched) carries no interest. A fixed sum is asked once for
    an invoice, whatever became of it; interest only for the days not asked for yet.
    """
    question, _ = question_of(desk, invoice, less=less)
    found = lawful(question)
    asked = reads.asked(desk.book, invoice)
    laws: dict[str, str] = {}
    for one in found.basis:
        laws.setdefault(one.what, one.law)
    until = found.interest_periods[-1].to if found.interest_periods else found.as_of
    planned = []
    for kind, amount in (("interest", found.interest), ("compensation", found.compensation), ("costs", found.costs)):
        left = max(0, amount - asked.get(kind, 0)) if kind == "interest" else (0 if asked.get(kind) else amount)
        if left:
            planned.append(Planned(kind, left, laws.get(kind, ""), until if kind == "interest" else found.as_of))
    return tuple(planned), found


def open_charges(desk: Desk, invoice: int) -> list[reads.OpenCharge]:
    """The charges of an invoice that are open, as the debts they became (minor units)."""
    return reads.open_charges(desk.book, invoice)


def refuse_while_asked(desk: Desk, invoices: Sequence[int]) -> None:
    """Refuse (`letter_waits`) to reckon with the charges of invoices while a letter that asks for some is not said to
    have gone out.
    """
    for invoice in invoices:
        letter = reads.waiting_letter(desk.book, invoice)
        if letter:
            raise ArtermError("letter_waits", "charges", notice=letter.notice, number=letter.number)


def keep(work: UnitOfWork, notice: int, invoice: int, step: int, planned: tuple[Planned, ...]) -> None:
    """Keep what a notice asks for, within the act that writes it; it is owed only when the notice goes out."""
    for one in planned:
        work.insert(
            Charge,
            notice=notice,
            invoice=invoice,
            kind=one.kind,
            step=step,
            law=one.law,
            amount=one.amount,
            until=one.until.isoformat(),
        )


def debit(desk: Desk, work: UnitOfWork, notice: int, deadline: date) -> None:
    """Make the charges of a notice that goes out into debts of their own, within the act that issues it."""
    for one in reads.to_debit(desk.book, notice):
        words = f"{KINDS[one.kind]} {one.step}"
        work.update(Charge, one.id, debit=debt(work, desk, one.invoice, words, one.amount, one.law, deadline))


def undebit(desk: Desk, work: UnitOfWork, notice: int) -> None:
    """Take back the debts that a notice made which never arrived, but for those on which something was paid."""
    for one in reads.untouched_debits(desk.book, notice):
        work.update(Charge, one.id, debit=None)
        work.void(Invoice, one.debit)


def debt(work: UnitOfWork, desk: Desk, parent: int, words: str, amount: int, law: str, due: date) -> int:
    """A charge (minor units) as a debt of its own beside its invoice, due on that day but never in the past. Returns
    its id.
    """
    of = reads.parent(desk.book, parent)
    name, today = f"{of.number} {words}", desk.today.isoformat()
    day = max(due.isoformat(), today)
    return work.insert(
        Invoice,
        customer=of.customer,
        number=name,
        number_key=number_key(name),
        currency=of.currency,
        issued=today,
        due=day,
        original_due=day,
        total=amount,
        open=amount,
        kind="charge",
        parent=parent,
        basis=law,
    )


def waive(desk: Desk, invoice: int, why: str, kind: str = "") -> Receipt:
    """Let the open charges of an invoice go (all, or of one kind), with the reason. Nothing asked once is asked again.

    Refuses (`missing`) without a reason, (`nothing_open`) where no charge is open.
    """
    if not why.strip():
        raise ArtermError("missing.waive_reason", "why")
    if kind and kind not in KINDS:
        raise ArtermError("bad_choice.charge", "kind", kind=kind[:20], kinds=tuple(KINDS))
    of = reads.parent(desk.book, invoice)
    with desk.act(acts.CHARGE_WAIVE, "invoice", invoice) as work:
        waived = [one for one in open_charges(desk, invoice) if not kind or one.kind == kind]
        total = sum(one.open for one in waived)
        if not total:
            raise ArtermError("nothing_open.charge", "invoice", number=of.number)
        credit = work.insert(
            Credit,
            customer=of.customer,
            currency=of.currency,
            day=desk.today.isoformat(),
            total=total,
            kind="write_off",
            reference="waived",
            note=clean_note(why),
            free=total,
        )
        day = desk.today.isoformat()
        for one in waived:
            work.insert(Allocation, credit=credit, invoice=one.debit, amount=one.open, value_day=day)
    return Receipt(
        message("receipts.claims.waived", amount=Money(total, of.currency), number=of.number),
        work.id,
        (of.customer,),
        credit,
    )
