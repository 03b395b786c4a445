"""A stateful machine over the desk: whatever is done in whatever order, the books add up and all of it can be
undone.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from arterm.desk import undo
from arterm.desk.accounts import ageing, customers, invoices
from arterm.desk.accounts.board import Board, Query
from arterm.desk.business import settings as business
from arterm.desk.claims import charges
from arterm.desk.claims.account import account
from arterm.desk.claims.claims import claim_of
from arterm.desk.contacts import log
from arterm.desk.dunning import pauses
from arterm.desk.dunning.run import plan_run
from arterm.desk.letters import notices
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store import cases, verify
from tests.conftest import NOW, TODAY

amounts = st.integers(1, 30000)
back = st.integers(0, 200)


class TheDesk(RuleBasedStateMachine):
    """Random acts by the functions that both doors call."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.desk = Desk.create(Path(self.folder.name) / "b.arterm", TODAY, now=lambda: NOW)
        business.set_up(self.desk, {"name": "Shop", "country": "BE", "language": "en"})
        self.customers: list[int] = []
        self.n = 0

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            while undo.undoable(self.desk):
                undo.undo(self.desk)
            assert Board(self.desk, Query(everything=True)).ids == []
            assert list(verify.complaints(self.desk.book)) == []
            self.desk.close()
            self.folder.cleanup()

    def tried(self, do: Any) -> None:
        """Do it; a refusal in words is as good."""
        before = self.desk.book.one("SELECT count(*) FROM act")
        try:
            do()
        except ArtermError as refused:
            assert refused.message
            assert self.desk.book.one("SELECT count(*) FROM act") == before

    def someone(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(self.customers))

    @rule()
    def add_customer(self) -> None:
        self.n += 1
        self.customers.append(
            customers.add_customer(self.desk, {"name": f"Customer {self.n}", "kind": "business", "country": "BE"}).id
        )

    @precondition(lambda self: self.customers)
    @rule(data=st.data(), total=amounts, late=st.integers(-30, 150), code=st.sampled_from(["EUR", "EUR", "USD"]))
    def add_invoice(self, data: st.DataObject, total: int, late: int, code: str) -> None:
        self.n += 1
        due = TODAY - timedelta(days=late)
        draft = invoices.InvoiceDraft(
            self.someone(data), f"R{self.n}", Money(total, code), min(TODAY, due - timedelta(days=30)), due
        )
        self.tried(lambda: invoices.add_invoice(self.desk, draft))

    @precondition(lambda self: self.customers)
    @rule(data=st.data(), amount=amounts, ago=back, kind=st.sampled_from(["receipt", "receipt", "credit_note"]))
    def pay(self, data: st.DataObject, amount: int, ago: int, kind: str) -> None:
        draft = payments.CreditDraft(self.someone(data), Money(amount, "EUR"), TODAY - timedelta(days=ago), kind=kind)
        self.tried(lambda: payments.book_credit(self.desk, draft))

    @precondition(lambda self: self.customers)
    @rule(data=st.data(), amount=amounts, days=st.integers(0, 30))
    def promise(self, data: st.DataObject, amount: int, days: int) -> None:
        draft = log.ContactDraft(
            self.someone(data),
            "call",
            "promise",
            promised=Money(amount, "EUR"),
            promised_for=self.desk.today + timedelta(days=days),
        )
        self.tried(lambda: log.log_contact(self.desk, draft))

    @rule(data=st.data(), what=st.sampled_from(["bounce", "move", "use"]))
    def change_a_payment(self, data: st.DataObject, what: str) -> None:
        rows = [row[0] for row in self.desk.book.rows("SELECT id FROM credit WHERE void_act IS NULL")]
        if rows and self.customers:
            row, to = data.draw(st.sampled_from(rows)), self.someone(data)
            self.tried(
                {
                    "bounce": lambda: payments.bounce(self.desk, row, self.desk.today),
                    "move": lambda: payments.move(self.desk, row, to),
                    "use": lambda: payments.settle_with(self.desk, row, ()),
                }[what]
            )

    @rule(data=st.data(), total=amounts)
    def correct_an_invoice(self, data: st.DataObject, total: int) -> None:
        rows = self.desk.book.rows("SELECT id, currency FROM invoice WHERE void_act IS NULL AND kind = 'invoice'")
        if rows:
            row, code = data.draw(st.sampled_from(rows))
            self.tried(lambda: invoices.edit_invoice(self.desk, row, total=Money(total, code)))

    @precondition(lambda self: len(self.customers) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        one, other = self.someone(data), self.someone(data)
        live = {
            row[0]
            for row in self.desk.book.rows("SELECT id FROM customer WHERE merged_into IS NULL AND void_act IS NULL")
        }
        if {one, other} <= live:
            self.tried(lambda: customers.merge(self.desk, one, other))
            self.customers = [row for row in self.customers if row != one or one == other]

    @rule(out=st.booleans())
    def remind(self, out: bool) -> None:
        self.tried(lambda: notices.write(self.desk, plan_run(self.desk).letters))
        settle = notices.issue if out else notices.discard
        self.tried(lambda: settle(self.desk, [n.id for n in notices.waiting(self.desk)]))

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        self.desk.set_today(self.desk.today + timedelta(days=days))

    @precondition(lambda self: self.customers)
    @rule(data=st.data(), days=st.integers(0, 30), go_on=st.booleans())
    def pause(self, data: st.DataObject, days: int, go_on: bool) -> None:
        who = self.someone(data)
        if go_on:
            self.tried(lambda: pauses.resume(self.desk, who))
        else:
            self.tried(lambda: pauses.pause(self.desk, who, self.desk.today + timedelta(days=days), "away"))

    @rule(data=st.data(), total=amounts, outcome=st.sampled_from(["", "", "upheld", "withdrawn", "credited"]))
    def dispute(self, data: st.DataObject, total: int, outcome: str) -> None:
        rows = self.desk.book.rows("SELECT id, currency FROM invoice WHERE void_act IS NULL AND kind = 'invoice'")
        if rows:
            row, code = data.draw(st.sampled_from(rows))
            part = Money(total, code)
            if outcome:
                self.tried(lambda: pauses.settle(self.desk, row, outcome, part if outcome == "credited" else None))
            else:
                self.tried(lambda: pauses.dispute(self.desk, pauses.DisputeDraft(row, "quality", part)))

    @rule(data=st.data())
    def waive(self, data: st.DataObject) -> None:
        rows = [row[0] for row in self.desk.book.rows("SELECT DISTINCT invoice FROM charge WHERE debit IS NOT NULL")]
        if rows:
            row = data.draw(st.sampled_from(rows))
            self.tried(lambda: charges.waive(self.desk, row, "goodwill"))

    @rule(times=st.integers(1, 3))
    def take_back(self, times: int) -> None:
        for _ in range(times):
            if undo.undoable(self.desk):
                undo.undo(self.desk)
        self.customers = [
            row[0]
            for row in self.desk.book.rows("SELECT id FROM customer WHERE void_act IS NULL AND merged_into IS NULL")
        ]

    @invariant()
    def the_books_add_up(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert cases.find_inconsistencies(self.desk.book) == []
        board = Board(self.desk, Query(everything=True))
        anew = {one.id: (one.case.open, one.case.charges) for one in cases.facts(self.desk.book, self.desk.today)}
        assert {row.invoice_id: (row.balance.minor, row.charges.minor) for row in board.rows()} == anew
        again = [letter.total for letter in plan_run(self.desk).letters]
        assert again == [letter.total for letter in plan_run(self.desk).letters]
        for row in ageing.ageing(self.desk).totals:
            total = next((t for t in board.totals if t.currency == row.currency), None)
            assert total is None or (sum(a.minor for a in row.buckets), row.unapplied) == (
                total.open.minor,
                total.unapplied,
            )
        told = {}
        for who in {row.customer_id for row in board.rows()}:
            for one in account(self.desk, who).invoices:
                told[one.invoice_id] = (one.principal.open.minor, (one.open - one.principal.open).minor)
                assert one.principal.asked - one.principal.paid - one.principal.credited - one.principal.waived == (
                    one.principal.open
                )
                claimed = claim_of(self.desk, one.invoice_id)
                assert claimed.principal == one.principal.open
                assert claimed.total >= claimed.principal
        assert {row: parts for row, parts in told.items() if any(parts)} == anew
        past = Desk(self.desk.book, self.desk.today - timedelta(days=40))
        for row in ageing.ageing(past).totals:
            total = next((t for t in Board(past, Query(everything=True)).totals if t.currency == row.currency), None)
            assert total is None or sum(a.minor for a in row.buckets) == total.open.minor


TestTheDesk = TheDesk.TestCase
TestTheDesk.settings = settings(settings.get_profile("house"), max_examples=60, stateful_step_count=30)
