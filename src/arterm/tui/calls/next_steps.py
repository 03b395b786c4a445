"""What follows from a contact, offered at once: confirm it, a dispute, copies, an agreement, the next step, a
number.
"""

from __future__ import annotations

from collections.abc import Callable

from arterm.desk.worklist.dossier import dossier
from arterm.rules.outcomes import THEN
from arterm.tui.compromise.plan import PlanSheet
from arterm.tui.dunning.forms import dispute_form
from arterm.tui.host import Host
from arterm.tui.letters.forms import other_letter
from arterm.tui.letters.sheet import LetterSheet
from arterm.tui.letters.shown import Shown, ShownLetters, for_customers
from arterm.tui.mail.aside import can_mail, confirm_by_mail, copies_by_mail
from arterm.tui.records.forms import contact_form
from arterm.tui.records.money_forms import payment_form
from arterm.tui.shell.pick import Choices

_LETTERS = {"confirm": "promise", "copy": "copies"}


def what_follows(host: Host, customer: int, invoices: tuple[int, ...], then: str) -> Choices:
    """The act that is suggested, and doing nothing; empty where nothing is."""
    doing: dict[str, Callable[[], None]] = {
        "dispute": lambda: _dispute(host, customer, invoices),
        "payment": lambda: _payment(host, customer, invoices),
        "contact": lambda: _contact(host, customer),
        "plan": lambda: _plan(host, customer, invoices),
        "next_step": lambda: _letters(host, customer),
        **{name: _letter_maker(host, customer, invoices, kind) for name, kind in _LETTERS.items()},
    }
    if then not in doing:
        return []
    to = can_mail(host.desk, customer)
    by_mail: dict[str, Callable[[], None]] = {
        "confirm": lambda: confirm_by_mail(host, customer),
        "copy": lambda: copies_by_mail(host, customer, invoices),
    }
    if to and then in by_mail:
        words = THEN[then][0].upper() + THEN[then][1:]
        return [
            (f"{words}: e-mail to {to}", by_mail[then]),
            (f"{words}: a letter", doing[then]),
            ("Nothing more now", lambda: None),
        ]
    return [(THEN[then][0].upper() + THEN[then][1:], doing[then]), ("Nothing more now", lambda: None)]


def _letter_maker(host: Host, customer: int, invoices: tuple[int, ...], kind: str) -> Callable[[], None]:
    def take(one: Shown) -> None:
        sheet = LetterSheet("Letter", ShownLetters([one]), customer, invoices)
        host.call_later(host.push_screen, sheet)  # when the form that asked for it is gone

    return lambda: other_letter(host, kind, customer, () if kind == "promise" else invoices, take)


def _dispute(host: Host, customer: int, invoices: tuple[int, ...]) -> None:
    late = [view.id for view in dossier(host.desk, customer).invoices if view.balance]
    chosen = [row for row in late if not invoices or row in invoices]
    if chosen:
        host.push_screen(dispute_form(host, chosen[0]))


def _plan(host: Host, customer: int, invoices: tuple[int, ...]) -> None:
    host.push_screen(PlanSheet(customer, invoices))


def _payment(host: Host, customer: int, invoices: tuple[int, ...]) -> None:
    host.push_screen(payment_form(host, customer, invoices))


def _contact(host: Host, customer: int) -> None:
    host.push_screen(contact_form(host, customer))


def _letters(host: Host, customer: int) -> None:
    host.push_screen(LetterSheet("Letters", for_customers(host.desk, (customer,)), customer))
