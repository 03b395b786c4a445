"""The facts of one case, asked once: parties, claims, account, log, letters and mails both ways; nothing about anybody
else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.desk.accounts import customers, invoices
from arterm.desk.accounts.account_statement import movements
from arterm.desk.accounts.views import CustomerView, InvoiceView
from arterm.desk.claims.claims import ClaimView, claim_of
from arterm.desk.compromise.plans import plans_of
from arterm.desk.compromise.views import PlanView
from arterm.desk.contacts.log import log_entries
from arterm.desk.contacts.views import LogView
from arterm.desk.letters import notices
from arterm.desk.mail import outbox
from arterm.desk.session import Desk
from arterm.law.limitation import limitation
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.text import fold
from arterm.store.merged import merged_ids
from arterm.store.reads.partners import case as reads

_EVERYTHING = 10**6
_TELLING = 5  # letters from which a name is told apart from a word


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail that came in from the customer, as it was read."""

    id: int
    day: date
    sender: str
    subject: str
    body: str

    @property
    def text(self) -> str:
        """Its words under its head."""
        return message(
            "partners.case_facts.e_mail_text",
            sender=self.sender,
            day=self.day,
            subject=self.subject,
            body=self.body,
        )


class CaseFileFacts:
    """Everything that a case file tells, for some invoices of a customer and whoever takes over."""

    def __init__(self, desk: Desk, customer: int, chosen: Sequence[int], to: str) -> None:
        self.desk, self.to = desk, to
        self.who: CustomerView = customers.view(desk, customer)
        self.owed: list[InvoiceView] = [invoices.view(desk, row) for row in chosen]
        self.claims: list[ClaimView] = [claim_of(desk, row) for row in chosen]
        self.group = merged_ids(desk.book, [customer])
        self.currency = self.owed[0].currency
        every = tuple(reversed(log_entries(desk, customer, _EVERYTHING)))
        others = _names_of_others(desk, self.group)
        self.log: tuple[LogView, ...] = tuple(one for one in every if not _names(one.note, others))
        self.left_out = len(every) - len(self.log)
        self.letters = [one for one in reversed(notices.notices_of(desk, customer)) if one.state == "issued"]
        self.mails = list(reversed(outbox.listed(desk, ("sent",), customer, _EVERYTHING)))
        self.incoming = _incoming(desk, self.group)
        self.plans: tuple[PlanView, ...] = plans_of(desk, customer)
        self.moved = movements(desk, customer, self.currency)

    @property
    def total(self) -> Money:
        """What may be claimed on the day, all invoices together."""
        return sum((one.total for one in self.claims), Money(0, self.currency))

    def ends(self, one: InvoiceView) -> date | None:
        """The first day on which the claim may be out of time; None where no source for it is known here."""
        return limitation(self.who.country or self.desk.country, self.who.kind, one.due)


def naming_others(desk: Desk, customer: int) -> int:
    """How many entries of a customer's log name another customer, and so are left out of a case file."""
    others = _names_of_others(desk, merged_ids(desk.book, [customer]))
    return sum(_names(one.note, others) for one in log_entries(desk, customer, _EVERYTHING))


def _names_of_others(desk: Desk, group: Sequence[int]) -> frozenset[str]:
    return frozenset(
        one.folded for one in reads.names(desk.book) if one.id not in group and len(one.folded) >= _TELLING
    )


def _names(note: str, others: frozenset[str]) -> bool:
    """Whether a note names somebody of these: every run of its words is looked up, so it costs nothing how many there
    are.
    """
    words = re.findall(r"[^\s.,;:!?()\"]+", fold(note))
    longest = max((name.count(" ") + 1 for name in others), default=0)
    return any(
        " ".join(words[n : n + many]) in others for many in range(1, longest + 1) for n in range(len(words) - many + 1)
    )


def _incoming(desk: Desk, group: Sequence[int]) -> list[Incoming]:
    return [Incoming(one.id, one.day, one.sender, one.subject, one.text) for one in reads.answers(desk.book, group)]
