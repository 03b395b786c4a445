"""When a customer wants to hear of an invoice before it is due."""

from __future__ import annotations

from arterm.desk import acts, find
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.store.models.mail import MailHabit
from arterm.store.reads.mail import runs as reads


def courtesy_of(desk: Desk, customer: int) -> int | None:
    """The customer's own days before the due day (0: none); None where the owner's setting rules."""
    found = reads.habit(desk.book, customer)
    return found.courtesy if found else None


def set_courtesy(desk: Desk, customer: int, days: int) -> Receipt:
    """So many days before an invoice is due this customer gets a courtesy notice by e-mail; 0: never. Refuses
    (`bad_number`).
    """
    if not 0 <= days <= 30:
        raise ArtermError("bad_number.courtesy", "courtesy")
    held = reads.habit(desk.book, customer)
    with desk.act(acts.MAIL_HABIT, "customer", customer) as work:
        if held:
            work.update(MailHabit, held.id, courtesy=days)
        else:
            work.insert(MailHabit, customer=customer, courtesy=days)
    key = "receipts.mail.courtesy" if days else "receipts.mail.no_courtesy"
    return Receipt(
        message(key, customer=find.customer_name(desk, customer), **({"days": days} if days else {})),
        work.id,
        (customer,),
    )
