"""What stands around open invoices on a day: reminders, contacts, promises, disputes, pauses, unmatched money."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from arterm.rules import promises
from arterm.rules.case import Case, DunningLimits
from arterm.rules.currencies import DIGITS
from arterm.rules.ladder import Ladder, from_text
from arterm.rules.ladders import CUSTOMER_CARE, SHIPPED, STANDARD
from arterm.rules.outcomes import outcomes
from arterm.rules.promises import Promise
from arterm.store.book import Book
from arterm.store.merged import merged_ids
from arterm.store.plan_facts import InPlan, in_plans, standing
from arterm.store.promise_facts import PROMISE_RECEIPTS, STANDING_LOG, STANDING_PROMISE
from arterm.store.settings import settings
from arterm.store.sql import marks

_FEW = 400
_ONE_BY_ONE, _NEWEST = 20, 100  # customers asked one at a time, and how many of their contacts
_WEEK = timedelta(days=7)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Days of contacts within the week, the last contact, the follow-up, why the ladder waits for it, how they avoid us.
Spoken = tuple[tuple[date, ...], date | None, date | None, str, str]
_SILENCE = 3  # calls in a row that reached nobody
_NOBODY: Spoken = ((), None, None, "", "")


def ladders(book: Book) -> dict[str, Ladder]:
    """Every ladder by its key: those that come with arterm, and the owner's, which take their place."""
    owned = book.rows("SELECT key, words, care, steps FROM ladder WHERE void_act IS NULL")
    return SHIPPED | {key: Ladder(key, words, care, from_text(steps)) for key, words, care, steps in owned}


class CaseFacts:
    """Everything a case is made of beside the invoice, asked in a few queries for many invoices.

    `where` and `values` choose the invoices `i`; `customers` are those they belong to (as now known).
    """

    def __init__(self, book: Book, on: date, where: str, values: tuple[int, ...], customers: set[int]) -> None:
        self.book = book
        self.on = on
        self.day = on.isoformat()
        self.where = where
        self.values = values
        self.customers = customers

    def case(
        self, invoice: int, customer: int, due: date, open_: int, charges: int, currency: str, debtor: str
    ) -> Case:
        """The case of one invoice."""
        step, last_step = self._steps.get(invoice, (0, None))
        reminders, noticed = self._reminders.get(invoice, (0, None))
        lately, spoken, follow_up, waits, avoids = self._contacts.get(customer, _NOBODY)
        promise = self._promises.get(invoice)
        if not avoids and self._broken.get(invoice, 0) >= 2:
            avoids = "two promises were broken"
        if not avoids and customer in self._unreachable:
            avoids = "number and e-mail are dead"
        paused = self._pauses.get(-customer) or self._pauses.get(invoice)
        agreed = self._plans.get(invoice)
        if noticed is not None and (spoken is None or noticed > spoken):
            spoken = noticed
        return Case(
            due,
            open_,
            currency,
            charges,
            self.ladder(invoice, customer, debtor),
            self._limits(currency),
            step,
            last_step,
            reminders,
            noticed,
            spoken,
            lately,
            follow_up,
            waits,
            avoids,
            promise,
            self._receipts.get(promise.id, ()) if promise else (),
            min(open_, self._disputes.get(invoice, 0)),
            paused[0] if paused else None,
            paused[1] if paused else "",
            letter_waiting=invoice in self._waiting,
            unmatched=self._unmatched.get((customer, currency), 0),
            owed=self._owed.get((customer, currency), 0),
            no_phone=customer not in self._phones,
            no_mail=customer not in self._mails,
            reply_waiting=self._replies.get(customer),
            plan=agreed.plan if agreed else None,
            plan_receipts=agreed.receipts if agreed else (),
            not_yet=min(open_, agreed.not_yet) if agreed else 0,
            plan_due=agreed.chased_from if agreed else None,
            handed_over=invoice in self._handed,
            handed_to=self._handed.get(invoice, ""),
            frozen=customer in self._frozen,
        )

    @cached_property
    def _steps(self) -> dict[int, tuple[int, date | None]]:
        """The last step of the ladder that was taken, by a notice that went out or otherwise, and when."""
        found: dict[int, tuple[int, date | None]] = {}
        notices = f"""
          SELECT l.invoice, l.step, n.issued FROM notice n JOIN notice_line l ON l.notice = n.id
            JOIN invoice i ON i.id = l.invoice
          WHERE n.state = 'issued' AND n.void_act IS NULL AND n.issued <= ? AND l.step > 0 {self.where}"""
        others = f"""
          SELECT s.invoice, s.step, s.day FROM step_done s JOIN invoice i ON i.id = s.invoice
          WHERE s.void_act IS NULL AND s.day <= ? {self.where}"""
        for query in (notices, others):
            for invoice, step, day in self.book.rows(query, (self.day, *self.values)):
                held, first = found.get(invoice, (0, None))
                taken = date.fromisoformat(day)
                if step > held or first is None or (step == held and taken < first):
                    found[invoice] = (step, taken)
        return found

    @cached_property
    def _reminders(self) -> dict[int, tuple[int, date]]:
        """How many reminders of its own an invoice has had (a mention on another's letter is none), and the last
        letter.
        """
        query = f"""
          SELECT l.invoice, count(DISTINCT nullif(l.step, 0)), max(n.issued) FROM notice n
            JOIN notice_line l ON l.notice = n.id
          JOIN invoice i ON i.id = l.invoice WHERE n.state = 'issued' AND n.void_act IS NULL
            AND n.issued <= ? {self.where} GROUP BY 1"""
        rows = self.book.rows(query, (self.day, *self.values))
        return {invoice: (n, date.fromisoformat(day)) for invoice, n, day in rows}

    @cached_property
    def _waiting(self) -> set[int]:
        """Invoices on a letter that is written, and of which nobody has said whether it went out."""
        query = f"""
          SELECT l.invoice FROM notice n JOIN notice_line l ON l.notice = n.id JOIN invoice i ON i.id = l.invoice
          WHERE n.state = 'written' AND n.void_act IS NULL AND n.day <= ? {self.where}"""
        return {row[0] for row in self.book.rows(query, (self.day, *self.values))}

    @cached_property
    def _all_promises(self) -> list[tuple[int, Promise]]:
        """Every promise for each invoice, oldest first."""
        query = f"""
          SELECT l.invoice, p.id, p.made, p.day, p.amount FROM promise p JOIN promise_line l ON l.promise = p.id
          JOIN invoice i ON i.id = l.invoice
          WHERE p.void_act IS NULL AND p.made <= ? AND {STANDING_PROMISE} {self.where} ORDER BY p.made, p.id"""
        made, grace = date.fromisoformat, int(self._setting("promise_days"))
        rows = self.book.rows(query, (self.day, *self.values))
        return [(row[0], Promise(row[1], made(row[2]), made(row[3]), row[4], grace)) for row in rows]

    @cached_property
    def _promises(self) -> dict[int, Promise]:
        """The newest promise of each invoice: a later one takes the place of an earlier."""
        return dict(self._all_promises)

    @cached_property
    def _broken(self) -> dict[int, int]:
        """How many promises for an invoice were broken."""
        found: dict[int, int] = {}
        for invoice, promise in self._all_promises:
            if promises.state(promise, self._receipts.get(promise.id, ()), self.on) == "broken":
                found[invoice] = found.get(invoice, 0) + 1
        return found

    @cached_property
    def _receipts(self) -> dict[int, list[tuple[date, int]]]:
        """Money allocated to the invoices of each promise, by value day."""
        if not self._all_promises:
            return {}
        found: dict[int, list[tuple[date, int]]] = {}
        only, values = _some("l.promise", {promise.id for _, promise in self._all_promises})
        query = f"{PROMISE_RECEIPTS} AND a.value_day <= ? {only} GROUP BY 1, 2"
        for promise, day, amount in self.book.rows(query, (self.day, *values)):
            found.setdefault(promise, []).append((date.fromisoformat(day), amount))
        return found

    def _log_rows(self) -> list[Any]:
        """The log of the customers, oldest first; of a few customers, only as much as can matter."""
        select = (
            "SELECT coalesce(o.merged_into, o.id), channel, direction, day, follow_up, outcome, reason, l.note = 'Put"
            " off.' FROM log l JOIN customer o ON o.id = l.customer"
        )
        standing = f"l.void_act IS NULL AND day <= ? AND {STANDING_LOG}"
        if len(self.customers) > _ONE_BY_ONE:
            only, values = self._of_customers("l.customer")
            return self.book.rows(f"{select} WHERE {standing} {only} ORDER BY day, l.id", (self.day, *values))
        newest = f"{select} WHERE {standing} AND l.customer = ? ORDER BY day DESC, l.id DESC LIMIT {_NEWEST}"
        rows = [(row, self.book.rows(newest, (self.day, row))) for row in merged_ids(self.book, sorted(self.customers))]
        return sorted((one for _, some in rows for one in reversed(some)), key=lambda one: one[3])

    @cached_property
    def _contacts(self) -> dict[int, Spoken]:
        """Per customer the days of the last week on which we contacted them, the last contact, the follow-up asked
        for.
        """
        found, unheard = dict[int, Spoken](), dict[int, int]()
        since, table = self.on - _WEEK, outcomes(self._setting("outcomes"))
        for customer, channel, direction, said, again, outcome, reason, put_off in self._log_rows():
            lately, spoken, before, waits, avoids = found.get(customer, _NOBODY)
            looked = date.fromisoformat(again) if again else before if channel == "note" else None
            if channel != "note":
                spoken = date.fromisoformat(said)
                if direction == "out" and spoken > since:
                    lately = (*lately, spoken)
                came = table.get(outcome)
                waits = came.words if came and came.waits else ""
                if direction == "out" and channel == "call":
                    unheard[customer] = unheard.get(customer, 0) + 1
                if direction == "in" or (came and came.reached):
                    unheard[customer], avoids = 0, ""
                if reason == "avoiding":
                    avoids = "they avoid us"
                elif unheard.get(customer, 0) >= _SILENCE:
                    avoids = f"{_SILENCE} calls in a row came to nothing"
            elif put_off:
                waits = "put off"
            found[customer] = (lately, spoken, looked, waits, avoids)
        only, values = self._of_customers("n.customer")
        sent = f"""
          SELECT coalesce(o.merged_into, o.id), n.issued FROM notice n JOIN customer o ON o.id = n.customer
          WHERE n.state = 'issued' AND n.void_act IS NULL AND n.issued <= ? AND n.issued > ? {only}
          AND NOT EXISTS (SELECT 1 FROM letter t WHERE t.notice = n.id AND t.kind = 'courtesy')"""
        for customer, issued in self.book.rows(sent, (self.day, since.isoformat(), *values)):
            lately, *rest = found.get(customer, _NOBODY)
            found[customer] = ((*lately, date.fromisoformat(issued)), *rest)  # type: ignore[assignment]
        return found

    @cached_property
    def _pauses(self) -> dict[int, tuple[date, str]]:
        """The pause that holds on the day: by invoice, or by the negative number of a customer."""
        only, values = self._of_customers("p.customer")
        query = f"""
          SELECT coalesce(o.merged_into, o.id), p.invoice, p.until, p.why FROM pause p
            JOIN customer o ON o.id = p.customer
          WHERE p.void_act IS NULL AND p.since <= ? AND (p.until >= ? OR ? = '9999-12-31') AND (p.ended IS NULL
            OR p.ended > ?) {only}
          ORDER BY p.until"""
        found = {}
        for customer, invoice, until, why in self.book.rows(query, (*[self.day] * 4, *values)):
            found[invoice or -customer] = (date.fromisoformat(until), why)
        only, values = self._of_customers("c.customer")
        for invoice, until, why in sorted(standing(self.book, self.on, only, values), key=lambda one: one[1]):
            if invoice not in found or found[invoice][0] < until:
                found[invoice] = (until, why)
        return found

    @cached_property
    def _plans(self) -> dict[int, InPlan]:
        """The newest plan of each invoice."""
        return in_plans(self.book, self.on, self.where, self.values)

    @cached_property
    def _disputes(self) -> dict[int, int]:
        """What is disputed of each invoice on the day (minor units)."""
        query = f"""
          SELECT d.invoice, sum(d.amount) FROM dispute d JOIN invoice i ON i.id = d.invoice
          WHERE d.void_act IS NULL AND d.opened <= ? AND (d.closed IS NULL OR d.closed > ?) {self.where} GROUP BY 1"""
        return dict(self.book.rows(query, (self.day, self.day, *self.values)))

    @cached_property
    def _unmatched(self) -> dict[tuple[int, str], int]:
        """Receipts and credits of a customer that settle nothing yet, by currency (minor units)."""
        only, values = self._of_customers("k.customer")
        later = self.book.one("SELECT 1 FROM allocation WHERE value_day > ? LIMIT 1", (self.day,))
        used = "coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.credit = k.id AND a.value_day > ?), 0)"
        # The day is asked of each sum and not in WHERE: there SQLite would go through every credit by its day.
        query = f"""
          SELECT coalesce(o.merged_into, o.id), k.currency,
            sum(CASE WHEN k.day <= ? THEN k.free + {used if later else 0} END)
          FROM credit k JOIN customer o ON o.id = k.customer WHERE k.void_act IS NULL
          {"" if later else "AND k.free > 0"} {only} GROUP BY 1, 2"""
        rows = self.book.rows(query, (self.day, *([self.day] if later else []), *values))
        return {(customer, code): held for customer, code, held in rows if held}

    @cached_property
    def _owed(self) -> dict[tuple[int, str], int]:
        """What each customer has overdue, by currency; asked only where the owner set a floor (minor units)."""
        if not int(self._setting("floor")):
            return {}
        only, values = self._of_customers("i.customer")
        query = f"""
          SELECT coalesce(o.merged_into, o.id), i.currency, sum(i.open) FROM invoice i
            JOIN customer o ON o.id = i.customer
          WHERE i.void_act IS NULL AND i.kind <> 'charge' AND i.open > 0 AND i.due < ? {only} GROUP BY 1, 2"""
        return {(customer, code): owed for customer, code, owed in self.book.rows(query, (self.day, *values))}

    @cached_property
    def _phones(self) -> set[int]:
        return self._reachable("phone")

    @cached_property
    def _mails(self) -> set[int]:
        return self._reachable("mail")

    @cached_property
    def _unreachable(self) -> set[int]:
        """Customers of whom every number and address that is known has failed."""
        only, values = self._of_customers("t.customer")
        query = f"""
          SELECT coalesce(o.merged_into, o.id) FROM contact t JOIN customer o ON o.id = t.customer
          WHERE t.void_act IS NULL AND t.phone || t.mail <> '' {only} GROUP BY 1
          HAVING sum(CASE WHEN (t.phone <> '' AND t.phone_state = 'good')
            OR (t.mail <> '' AND t.mail_state = 'good') THEN 1 ELSE 0 END) = 0"""
        return set(self.book.column(query, values))

    @cached_property
    def _handed(self) -> dict[int, str]:
        """Invoices that a partner collects on the day, with who does what. A mediation stops chasing from the day it is
        accepted.
        """
        query = f"""
          SELECT l.invoice, p.name || CASE h.kind WHEN 'mediation' THEN ' mediates' ELSE ' collects it' END
          FROM handover h JOIN handover_line l ON l.handover = h.id JOIN invoice i ON i.id = l.invoice
            JOIN partner p ON p.id = h.partner
          WHERE h.void_act IS NULL AND (h.kind <> 'mediation' OR h.accepted <= ?) AND h.day <= ?
            AND (h.ended IS NULL OR h.ended > ?) {self.where}"""
        return dict(self.book.rows(query, (*[self.day] * 3, *self.values)))

    @cached_property
    def _frozen(self) -> set[int]:
        """Customers to whom nothing is supplied on the day."""
        only, values = self._of_customers("f.customer")
        query = f"""
          SELECT c.customer FROM live_freeze f JOIN customer_now c ON c.id = f.customer
          WHERE f.since <= ? AND (f.lifted IS NULL OR f.lifted > ?) {only}"""
        return set(self.book.column(query, (self.day, self.day, *values)))

    @cached_property
    def _replies(self) -> dict[int, date]:
        """Customers who wrote, and whose mail nobody has read yet: the day of the oldest."""
        only, values = self._of_customers("m.customer")
        query = f"""
          SELECT coalesce(o.merged_into, o.id), min(m.day) FROM inbox m JOIN customer o ON o.id = m.customer
          WHERE m.state = 'new' AND m.kind = 'reply' AND m.void_act IS NULL AND m.day <= ? {only} GROUP BY 1"""
        return {customer: date.fromisoformat(day) for customer, day in self.book.rows(query, (self.day, *values))}

    def _reachable(self, what: str) -> set[int]:
        only, values = self._of_customers("t.customer")
        query = f"""
          SELECT DISTINCT coalesce(o.merged_into, o.id) FROM contact t JOIN customer o ON o.id = t.customer
          WHERE t.void_act IS NULL AND t.{what} <> '' AND t.{what}_state = 'good' {only}"""
        return {row[0] for row in self.book.rows(query, values)}

    def ladder(self, invoice: int, customer: int, debtor: str) -> Ladder:
        """An invoice's own ladder, else its customer's, else that of the customer's kind."""
        own = self._choices.get(invoice) or self._choices.get(-customer)
        if own is None or own not in self._ladders:
            own = self._setting("ladder_consumer") if debtor == "consumer" else self._setting("ladder_business")
        if own not in self._ladders:
            own = CUSTOMER_CARE if debtor == "consumer" else STANDARD
        return self._ladders[own]

    @cached_property
    def _ladders(self) -> dict[str, Ladder]:
        return ladders(self.book)

    @cached_property
    def _choices(self) -> dict[int, str]:
        query = """SELECT t.invoice, coalesce(o.merged_into, o.id), t.ladder
          FROM live_ladder_choice t LEFT JOIN customer o ON o.id = t.customer"""
        return {invoice or -customer: ladder for invoice, customer, ladder in self.book.rows(query)}

    @cached_property
    def _settings(self) -> dict[str, str]:
        return settings(self.book)

    def _setting(self, key: str) -> str:
        return self._settings[key]

    def _limits(self, currency: str) -> DunningLimits:
        held = self._limits_by_currency.get(currency)
        if held is None:
            floor = int(self._setting("floor")) * 10 ** DIGITS[currency]
            quiet = frozenset(_DAYS.index(day) for day in self._setting("quiet_days").split())
            ready = bool(self._setting("mail_host") and self._setting("mail"))
            by_mail = frozenset(self._setting("mail_tones").split())
            held = DunningLimits(int(self._setting("contacts_week")), quiet, floor, ready, by_mail)
            self._limits_by_currency[currency] = held
        return held

    @cached_property
    def _limits_by_currency(self) -> dict[str, DunningLimits]:
        return {}

    def _of_customers(self, column: str) -> tuple[str, tuple[int, ...]]:
        few = set(merged_ids(self.book, sorted(self.customers))) if len(self.customers) <= _FEW else self.customers
        return _some(column, few)


def _some(column: str, ids: set[int]) -> tuple[str, tuple[Any, ...]]:
    """A condition for a few ids; none at all for many, where reading everything is cheaper."""
    if len(ids) > _FEW:
        return "", ()
    return f"AND {column} IN ({marks(ids)})", tuple(ids)
