"""Mails: written with their letter and handed over, beside smtplib sending the same bytes, ready made, to the same
server.
"""

from __future__ import annotations

import smtplib
import time
from datetime import date
from pathlib import Path

from arterm.desk.accounts import customers, invoices
from arterm.desk.business import settings
from arterm.desk.dunning.run import due_notices
from arterm.desk.mail import account, compose, outbox, sending
from arterm.desk.mail.account import outgoing
from arterm.desk.session import Desk
from arterm.mail.connection import context
from arterm.rules.money import Money
from tests.bench.books import TODAY
from tests.bench.measuring import Row
from tests.mail.loopback import PASSWORD, smtp


def mailed(folder: Path, size: int) -> list[Row]:
    """So many reminders of a page each. A mail goes once, so each side runs once; what is compared is the time of one
    mail.
    """
    path = folder / f"mails-{size}.arterm"
    with smtp(folder) as post:
        desk = Desk.create(path, TODAY, anywhere=True)
        settings.set_up(desk, {"name": "Bakkerij", "country": "BE", "language": "en", "iban": "BE68539007547034"})
        said = {
            "mail": "b@example.com",
            "mail_host": "127.0.0.1",
            "mail_port": str(post.port),
            "mail_tls": "implicit",
            "mail_ca": post.ca,
        }
        settings.change_settings(desk, said)
        account.for_session(desk, "mail", PASSWORD)
        for n in range(size):
            who = customers.add_customer(desk, {"name": f"Customer {n}", "kind": "business", "country": "BE"}).id
            customers.add_contact(desk, who, {"name": "An", "mail": f"an{n}@b.example"})
            owed = invoices.InvoiceDraft(who, f"R{n}", Money(10000 + n, "EUR"), date(2026, 8, 1), date(2026, 9, 1))
            invoices.add_invoice(desk, owed)
        due = due_notices(desk)
        began = time.perf_counter()
        rows = compose.plan_reminders(desk, due)
        handed = sending.send_now(desk, rows)
        ours = time.perf_counter() - began
        assert len(handed.of("sent")) == len(post.raws) == size
        ready = [(outbox.raw(desk, row), one.to) for row, one in zip(rows, handed.mails, strict=True)]
        with smtplib.SMTP_SSL("127.0.0.1", post.port, context=context(outgoing(desk))) as plain:
            plain.login("b@example.com", PASSWORD)
            began = time.perf_counter()
            for raw, to in ready:
                plain.sendmail("b@example.com", [to], raw)
            theirs = time.perf_counter() - began
        desk.close()
    return [
        Row(
            f"mails: {size:,} written, drawn, reserved, sent, settled",
            ours,
            "smtplib, the same bytes ready made",
            theirs,
            "to be found",
        )
    ]
