"""What follows from a contact, offered at once: confirm it, a dispute, copies, an agreement, the next step, a
number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from arterm.rules.outcomes import THEN
from arterm.tui.letters.shown import Shown, ShownLetters
from arterm.tui.mail.actions import can_mail, confirm_by_mail, copies_by_mail

if TYPE_CHECKING:
    from arterm.tui.app import ArtermApp

Choices = list[tuple[str, Callable[[], None]]]
_LETTERS = {"confirm": "promise", "copy": "copies"}


def what_follows(app: ArtermApp, customer: int, invoices: tuple[int, ...], then: str) -> Choices:
    """The act that is suggested, and doing nothing; empty where nothing is."""
    doing: dict[str, Callable[[], None]] = {
        "dispute": lambda: _dispute(app, customer, invoices),
        "payment": lambda: _payment(app, customer, invoices),
        "contact": lambda: _contact(app, customer),
        "plan": lambda: _plan(app, customer, invoices),
        "next_step": lambda: _letters(app, customer),
        **{name: _letter_maker(app, customer, invoices, kind) for name, kind in _LETTERS.items()},
    }
    if then not in doing:
        return []
    to = can_mail(app.desk, customer)
    by_mail: dict[str, Callable[[], None]] = {
        "confirm": lambda: confirm_by_mail(app, customer),
        "copy": lambda: copies_by_mail(app, customer, invoices),
    }
    if to and then in by_mail:
        words = THEN[then][0].upper() + THEN[then][1:]
        return [
            (f"{words}: e-mail to {to}", by_mail[then]),
            (f"{words}: a letter", doing[then]),
            ("Nothing more now", lambda: None),
        ]
    return [(THEN[then][0].upper() + THEN[then][1:], doing[then]), ("Nothing more now", lambda: None)]


def _letter_maker(app: ArtermApp, customer: int, invoices: tuple[int, ...], kind: str) -> Callable[[], None]:
    from arterm.tui.letters.forms import other_letter

    def take(one: Shown) -> None:
        from arterm.tui.letters.sheet import LetterSheet

        sheet = LetterSheet("Letter", ShownLetters([one]), customer, invoices)
        app.call_later(app.push_screen, sheet)  # when the form that asked for it is gone

    return lambda: other_letter(app, kind, customer, () if kind == "promise" else invoices, take)


def _dispute(app: ArtermApp, customer: int, invoices: tuple[int, ...]) -> None:
    from arterm.desk.worklist.dossier import dossier
    from arterm.tui.dunning.forms import dispute_form

    late = [view.id for view in dossier(app.desk, customer).invoices if view.balance]
    chosen = [row for row in late if not invoices or row in invoices]
    if chosen:
        app.push_screen(dispute_form(app, chosen[0]))


def _plan(app: ArtermApp, customer: int, invoices: tuple[int, ...]) -> None:
    from arterm.tui.compromise.plan import PlanSheet

    app.push_screen(PlanSheet(customer, invoices))


def _payment(app: ArtermApp, customer: int, invoices: tuple[int, ...]) -> None:
    from arterm.tui.records.money_forms import payment_form

    app.push_screen(payment_form(app, customer, invoices))


def _contact(app: ArtermApp, customer: int) -> None:
    from arterm.tui.records.forms import contact_form

    app.push_screen(contact_form(app, customer))


def _letters(app: ArtermApp, customer: int) -> None:
    from arterm.tui.letters.sheet import LetterSheet
    from arterm.tui.letters.shown import for_customers

    app.push_screen(LetterSheet("Letters", for_customers(app.desk, (customer,)), customer))
