"""A believable business to try everything on: the same every time for the same day."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from arterm.bundled import root
from arterm.desk.accounts import customers, invoices
from arterm.desk.accounts.board import Board
from arterm.desk.business import settings
from arterm.desk.claims import terms
from arterm.desk.compromise import offers, plans
from arterm.desk.compromise.quote import PlanDraft
from arterm.desk.contacts import log, promises
from arterm.desk.dunning import pauses, schedules
from arterm.desk.dunning.run import due_notices
from arterm.desk.letters import notices
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.money import Money
from arterm.store.reads.housekeeping import checks as reads

_SEED = 20_261
_HABITS = {  # days late when paid, and how often a payment comes at all
    "prompt": (-5, 3, 1.0),
    "late": (5, 25, 0.95),
    "slow": (25, 70, 0.8),
    "partly": (10, 40, 0.75),
    "silent": (40, 120, 0.3),
}


def make_demo(path: Path, today: date) -> Desk:
    """A fresh demo book at `path`, in place of an earlier demo there; sits down at it."""
    for old in (path, path.with_name(path.name + ".head"), path.with_name(path.name + "-journal")):
        old.unlink(missing_ok=True)
    story = _Story(path, today)
    story.tell()
    story.desk.close()
    return Desk.open(path, today)


class _Story:
    """Half a year at a bakery, told act by act through the same functions that the doors call."""

    def __init__(self, path: Path, today: date) -> None:
        self.today = today
        self.dice = random.Random(_SEED)  # noqa: S311 - a story, not a secret
        self.facts: dict[str, Any] = json.loads((root() / "demo" / "bakery.json").read_text(encoding="utf-8"))
        self.clock = datetime.combine(today - timedelta(days=201), time(8), UTC)
        self.desk = Desk.create(path, today - timedelta(days=200), now=self._now, anywhere=True)

    def _now(self) -> datetime:
        self.clock += timedelta(seconds=self.dice.randint(20, 200))
        return self.clock

    def tell(self) -> None:
        """From the first customer to this morning."""
        settings.set_up(self.desk, self.facts["business"])
        habits = {self._customer(facts): facts for facts in self.facts["customers"]}
        plan = sorted(self._invoices(habits), key=lambda event: (event[0], event[1], event[2]))
        reminders = [(self.today - timedelta(days=ago), 2, 0, ("remind",)) for ago in (96, 75, 54, 33, 19)]
        for day, _, _, event in sorted([*plan, *reminders], key=lambda e: (e[0], e[1], e[2])):
            if day <= self.today:
                self._on(day)
                getattr(self, "_" + event[0])(*event[1:])
        self._on(self.today)
        self._recent(habits)

    def _on(self, day: date) -> None:
        self.desk.today = day
        self.clock = max(self.clock, datetime.combine(day - timedelta(days=1), time(8), UTC))

    def _customer(self, facts: dict[str, Any]) -> int:
        said = {
            name: facts[name]
            for name in ("name", "own_no", "kind", "country", "language", "street", "postcode", "city")
        }
        person = {"name": facts["person"], "mail": facts["mail"], "phone": facts["phone"], "role": "accounts"}
        return customers.add_customer(self.desk, said, person).id

    def _invoices(self, habits: dict[int, dict[str, Any]]) -> list[tuple[date, int, int, tuple[Any, ...]]]:
        """Some five invoices each: when they are written, and when and how far they are paid."""
        events: list[tuple[date, int, int, tuple[Any, ...]]] = []
        rows = list(habits.items())
        for n in range(200):
            customer, facts = rows[n % len(rows)]
            low, high = facts["range"]
            total = Money(self.dice.randint(low, high) * 5, facts["currency"])
            issued = self.today - timedelta(days=self.dice.randint(3, 195))
            events.append((issued, 0, n, ("bill", customer, f"{issued.year}-{n + 101:04d}", total, issued)))
            first, last, chance = _HABITS[facts["habit"]]
            paid = issued + timedelta(days=30 + self.dice.randint(first, last))
            share = self.dice.choice((30, 50, 60)) if facts["habit"] == "partly" else 100
            if self.dice.random() < chance:
                events.append((paid, 1, n, ("pay", customer, f"{issued.year}-{n + 101:04d}", share)))
        return events

    def _bill(self, customer: int, number: str, total: Money, issued: date) -> None:
        invoices.add_invoice(
            self.desk, invoices.InvoiceDraft(customer, number, total, issued, issued + timedelta(days=30))
        )

    def _pay(self, customer: int, number: str, share: int) -> None:
        owed = reads.owed(self.desk.book, customer, number)
        assert owed, number
        amount = Money(max(1, owed.open * share // 100), owed.currency)
        payments.book_credit(
            self.desk, payments.CreditDraft(customer, amount, self.desk.today, (owed.id,), reference=number)
        )

    def _remind(self) -> None:
        written = notices.write(self.desk, due_notices(self.desk)[:14])
        notices.issue(self.desk, [notice.id for notice in written])

    def _recent(self, habits: dict[int, dict[str, Any]]) -> None:
        """The last three weeks on the telephone: promises that run, that were kept and that were broken."""
        owing = reads.overdue_customers(self.desk.book, self.today)
        scenes: list[tuple[int, str, int | None]] = [
            (20, "promise", 9),
            (18, "no_answer", None),
            (16, "promise", 8),
            (15, "says_paid", None),
            (13, "voicemail", None),
            (12, "promise", 9),
            (9, "cannot_pay", None),
            (8, "no_invoice", None),
            (6, "promise", 12),
            (5, "awaiting_approval", None),
            (4, "promise", 11),
            (3, "voicemail", None),
            (2, "disputes", None),
            (1, "call_back", None),
            (1, "promise", 6),
        ]
        notes = self.facts["notes"]
        self._plans(owing[-4:])
        for n, (ago, outcome, ahead) in enumerate(scenes):
            customer = owing[n % len(owing)]
            self._on(self.today - timedelta(days=ago))
            promised, day = promises.suggested_promise(self.desk, customer) or (None, None)
            if outcome == "promise" and (promised is None or ahead is None):
                continue
            if ahead is not None:
                day = self.desk.today + timedelta(days=ahead)
            draft = log.ContactDraft(
                customer,
                "call",
                outcome,
                note=notes.get(outcome, ""),
                promised=promised if outcome == "promise" else None,
                promised_for=day if outcome == "promise" else None,
            )
            log.log_contact(self.desk, draft)
        self._on(self.today - timedelta(days=4))
        self._circumstances(list(habits))
        self._on(self.today)
        first = next(iter(habits))
        payments.book_credit(
            self.desk,
            payments.CreditDraft(
                first,
                Money(2500, "EUR"),
                self.today - timedelta(days=2),
                kind="credit_note",
                reference="CN-017",
                note="Two trays came back",
            ),
        )

    def _plans(self, who: list[int]) -> None:
        """Three plans: one that runs with its first instalment paid, one that was broken, one that waits for an answer;
        an offer.
        """
        self._on(self.today - timedelta(days=24))
        for customer, kept in zip(who[:2], (True, False), strict=True):
            first = self.desk.today + timedelta(days=3)
            made = plans.propose(self.desk, PlanDraft(customer, first, parts=3, every="2weeks", any_day=True)).id
            plans.accept(self.desk, made)
            if kept:
                coming = plans.view(self.desk, made).instalments[0]
                payments.book_credit(self.desk, payments.CreditDraft(customer, coming.amount, self.desk.today))
        self._on(self.today - timedelta(days=22))
        asked = PlanDraft(who[2], self.today + timedelta(days=9), parts=4, lapses=self.today + timedelta(days=2))
        proposed = plans.propose(self.desk, asked).id
        code, owed = (
            promises.open_debts(self.desk, who[3], ())[0][0],
            sum(debt.open for _, debt in promises.open_debts(self.desk, who[3], ())),
        )
        offer = offers.OfferDraft(
            "discount", who[3], amount=Money(owed * 80 // 100, code), until=self.today + timedelta(days=5)
        )
        offered = offers.make_offer(self.desk, offer).id
        notices.issue(self.desk, [plans.view(self.desk, proposed).notice, offers.view(self.desk, offered).notice])

    def _circumstances(self, everyone: list[int]) -> None:
        """What stops or steers the chase: accepted terms, a dispute on a part, a pause, ladders chosen."""
        for customer in everyone[:12]:
            terms.accept(self.desk, customer, "2026-01", self.desk.today - timedelta(days=190), "10", costs_clause=True)
        owed = [row for row in Board(self.desk).rows() if row.status == "overdue"]
        disputed, paused = owed[len(owed) // 2], owed[-1]
        part = Money(max(1, disputed.balance.minor // 4), disputed.currency)
        pauses.dispute(
            self.desk,
            pauses.DisputeDraft(
                disputed.invoice_id, "quantity", part, "Els", self.desk.today + timedelta(days=12), "A tray short"
            ),
        )
        pauses.pause(self.desk, paused.customer_id, self.desk.today + timedelta(days=20), "Shop closed after a fire")
        schedules.choose(self.desk, "known", everyone[0])
        schedules.choose(self.desk, "large", everyone[1])
