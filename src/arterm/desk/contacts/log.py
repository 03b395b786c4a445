"""Contacts: what was said, by whom, what was promised, when to look again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from arterm.desk import acts, find
from arterm.desk.accounts.customers import contacts
from arterm.desk.contacts.limits import limits
from arterm.desk.contacts.promises import grouped, open_debts
from arterm.desk.contacts.views import LogView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.allocation import allocate
from arterm.rules.decision import decide
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Message, message
from arterm.rules.money import Money
from arterm.rules.outcomes import CHANNELS, METHODS, OUTCOMES, REASONS, Outcome, follow_up, outcomes
from arterm.rules.text import clean_note, fold
from arterm.store import cases, one_row
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.models.book import Contact
from arterm.store.models.dunning import CallTime, Log, LogLine, Promise, PromiseLine, PromiseMethod, StepDone
from arterm.store.reads import contacts as reads


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """One contact as the owner tells of it. Without invoices it is about everything overdue.

    `look_again` None takes the day that the outcome suggests; `no_follow_up` wants none; `call_at` is the time of that
    day (HH:MM). `why` is the reason for a contact beyond the limits; `method` how a promise is to be paid.
    """

    customer: int
    channel: str
    outcome: str
    direction: str = "out"
    invoices: tuple[int, ...] = ()
    reason: str = ""
    note: str = ""
    promised: Money | None = None
    promised_for: date | None = None
    look_again: date | None = None
    no_follow_up: bool = False
    contact: int | None = None
    corrects: int | None = None
    why: str = ""
    method: str = ""
    call_at: str = ""


def log_contact(desk: Desk, draft: ContactDraft) -> Receipt:
    """Write a contact into the log; a promise is kept with it, a dead number is marked.

    Refuses unknown codes (`bad_choice`), a promise without amount or day (`missing`), above what is open
    (`over_balance`) or for a day that has passed (`past_day`), an invoice of another customer (`other_customer`), and a
    contact beyond the limits without a reason (`needs_reason`).
    """
    _check_codes(draft)
    _check_rows(desk, draft)
    invoices = _meant(desk, draft)
    parts = _promised_parts(desk, draft, invoices)
    table = outcomes(desk.setting("outcomes"))
    again = None if draft.no_follow_up else draft.look_again or suggested_follow_up(desk, draft.customer, draft.outcome)
    if again and again < desk.today:
        raise ArtermError("past_day.follow_up", "follow_up", again=again)
    beyond = _beyond_limits(desk, draft)
    name = find.customer_name(desk, draft.customer)
    with desk.act(acts.CONTACT_LOG, "customer", draft.customer) as work:
        row = work.insert(
            Log,
            customer=draft.customer,
            at=desk.book.now().isoformat(timespec="seconds"),
            day=desk.today.isoformat(),
            direction=draft.direction,
            channel=draft.channel,
            outcome=draft.outcome,
            reason=draft.reason,
            contact=draft.contact,
            note=_note(draft),
            follow_up=again.isoformat() if again else None,
            corrects=draft.corrects,
        )
        for invoice in invoices:
            work.insert(LogLine, log=row, invoice=invoice)
        if draft.promised and draft.promised_for:
            promise = work.insert(
                Promise,
                customer=draft.customer,
                currency=draft.promised.currency,
                amount=draft.promised.minor,
                made=desk.today.isoformat(),
                day=draft.promised_for.isoformat(),
                log=row,
            )
            for invoice, part in parts:
                work.insert(PromiseLine, promise=promise, invoice=invoice, amount=part)
            if draft.method:
                work.insert(PromiseMethod, promise=promise, method=draft.method)
        if draft.call_at and again:
            work.insert(CallTime, log=row, time=draft.call_at)
        _climb(desk, work, draft, invoices, row, table[draft.outcome])
        _mark_number(desk, work, draft, table[draft.outcome])
    remarks = (message("receipts.contacts.beyond", reason=beyond),) if beyond else ()
    return Receipt(_logged(name, draft, again), work.id, (draft.customer,), row, remarks)


def _logged(name: str, draft: ContactDraft, again: date | None) -> Message:
    key, values = "logged", dict[str, Any](name=name, outcome=OUTCOMES[draft.outcome].words)
    if draft.promised and draft.promised_for:
        key, values = "promised", {**values, "amount": draft.promised, "day": draft.promised_for}
    if again:
        key, values = f"{key}_again", {**values, "again": again}
        if draft.call_at:
            key, values = f"{key}_at", {**values, "time": draft.call_at}
    return message(f"receipts.contacts.{key}", **values)


def suggested_follow_up(desk: Desk, customer: int, outcome: str) -> date | None:
    """The day on which to look at a customer again after an outcome: a working day where they are, or None."""
    return follow_up(outcome, desk.today, find.customer_country(desk, customer), outcomes(desk.setting("outcomes")))


def put_off(desk: Desk, customer: int, days: int) -> Receipt:
    """Look at a customer again in some days: a note, and no contact."""
    again = desk.today + timedelta(days=days)
    return log_contact(
        desk, ContactDraft(customer, "note", "other", note=str(message("notes.put_off")), look_again=again)
    )


def _beyond_limits(desk: Desk, draft: ContactDraft) -> str:
    """What speaks against this contact, which has been made all the same; it needs a reason (`needs_reason`)."""
    if draft.direction != "out" or draft.channel == "note" or draft.corrects:
        return ""
    against = limits(desk, draft.customer, draft.channel).against
    if against and not draft.why.strip():
        raise ArtermError("needs_reason", "why", against=against[0][0].upper(), against2=against[0][1:])
    return "; ".join(against)


def _mark_number(desk: Desk, work: UnitOfWork, draft: ContactDraft, came: Outcome) -> None:
    """A number that rang true is good, one that did not is bad: that of the person called, else of the first to ask."""
    if draft.channel != "call" or draft.direction != "out" or not came.number:
        return
    held = [one for one in contacts(desk, draft.customer) if one.phone]
    likely = next((one for one in held if one.phone_state == "good"), held[0] if held else None)  # whom one would ring
    chosen = next((one for one in held if one.id == draft.contact), None) if draft.contact else likely
    if chosen and chosen.phone_state != came.number:
        work.update(Contact, chosen.id, phone_state=came.number)


def _climb(desk: Desk, work: UnitOfWork, draft: ContactDraft, invoices: Sequence[int], row: int, came: Outcome) -> None:
    """A call that was the next step of an invoice's ladder, and has come, is done when the table says so, or at the
    third try.
    """
    if draft.channel != "call" or draft.direction != "out" or not invoices:
        return
    for found in cases.facts(desk.book, desk.today, invoices=invoices):
        decision = decide(found.case, desk.today)
        step = decision.step
        if step is None or step.channel != "call" or found.case.due >= desk.today:
            continue
        # Calls since its last step, this one included.
        if came.made or reads.calls_about(desk.book, found.id, found.case.last_step) >= 3:
            work.insert(StepDone, invoice=found.id, step=step.n, day=desk.today.isoformat(), log=row)


def log_entries(desk: Desk, customer: int | None = None, limit: int = 500, text: str = "") -> tuple[LogView, ...]:
    """Contacts up to today, newest first; of one customer or all; `text` finds names and notes."""
    group, words = None if customer is None else merged_ids(desk.book, [customer]), fold(text).split()
    every = reads.entries(desk.book, desk.today, group, None if text else limit)
    found = [one for one in every if all(word in f"{one.folded} {fold(one.note)}" for word in words)][:limit]
    rows = [one.id for one in found]
    invoices = grouped(reads.entry_invoices(desk.book, rows))
    files = grouped(reads.entry_files(desk.book, rows))
    return tuple(_log_view(one, invoices.get(one.id, ()), files.get(one.id, ())) for one in found)


def _log_view(one: reads.LogEntry, invoices: tuple[str, ...], files: tuple[str, ...]) -> LogView:
    return LogView(
        id=one.id,
        at=one.at,
        day=one.day,
        customer=one.customer,
        customer_id=one.customer_id,
        direction=one.direction,
        channel=one.channel,
        outcome=one.outcome,
        reason=one.reason,
        note=one.note,
        follow_up=one.follow_up,
        promised=Money(one.promised, one.currency) if one.promised and one.currency else None,
        promised_for=one.promised_for,
        invoices=invoices,
        who=one.who,
        attachments=files,
    )


def _note(draft: ContactDraft) -> str:
    """The note, with the reason for a contact beyond the limits."""
    return clean_note(
        "\n".join(
            part
            for part in (draft.note, message("contacts.log.beyond_limits", why=draft.why) if draft.why else "")
            if part
        )
    )


def _check_codes(draft: ContactDraft) -> None:
    for field, value, choices in (
        ("channel", draft.channel, CHANNELS),
        ("outcome", draft.outcome, tuple(OUTCOMES)),
        ("direction", draft.direction, ("in", "out")),
        ("reason", draft.reason or REASONS[0], REASONS),
        ("method", draft.method or METHODS[0], METHODS),
    ):
        if value not in choices:
            raise ArtermError("bad_choice.field", field, value=value[:30], field=field, choices=tuple(choices))
    if draft.outcome == "promise" and not (draft.promised and draft.promised_for):
        raise ArtermError("missing.promise", "promise")
    if draft.call_at and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", draft.call_at):
        raise ArtermError("bad_time", "at", call_at=draft.call_at[:10])
    if draft.promised and draft.outcome != "promise":
        raise ArtermError("bad_choice.promised", "outcome")


def _check_rows(desk: Desk, draft: ContactDraft) -> None:
    group = merged_ids(desk.book, [draft.customer])
    if draft.contact is not None and not reads.has_contact(desk.book, draft.contact, group):
        raise ArtermError("no_contact.of_customer", "contact", contact=draft.contact)
    if draft.corrects is not None and not reads.has_entry(desk.book, draft.corrects, group):
        raise ArtermError("no_log.of_customer", "corrects", corrects=draft.corrects)
    if draft.corrects is not None and reads.is_corrected(desk.book, draft.corrects):
        raise ArtermError("exists.correction", "corrects", corrects=draft.corrects)


def _meant(desk: Desk, draft: ContactDraft) -> tuple[int, ...]:
    """The invoices a contact is about: those named, else everything overdue."""
    for invoice in draft.invoices:
        owner = one_row.invoice_owner(desk.book, invoice)
        if owner is None or canonical_id(desk.book, owner.customer) != draft.customer:
            raise ArtermError(
                "other_customer.not_theirs", "invoice", number=owner.number if owner else "#" + str(invoice)
            )
    if draft.invoices:
        return draft.invoices
    return tuple(debt.invoice for _, debt in open_debts(desk, draft.customer, ()) if debt.due < desk.today)


def _promised_parts(desk: Desk, draft: ContactDraft, invoices: Sequence[int]) -> list[tuple[int, int]]:
    if not draft.promised or not draft.promised_for:
        return []
    if draft.promised.minor <= 0:
        raise ArtermError("bad_amount.promise", "promise")
    if draft.promised_for < desk.today:
        raise ArtermError("past_day.promise", "promise", promised_for=draft.promised_for)
    currency = draft.promised.currency
    debts = [debt for code, debt in open_debts(desk, draft.customer, tuple(invoices)) if code == currency]
    open_sum = sum(debt.open for debt in debts)
    if draft.promised.minor > open_sum:
        raise ArtermError("over_balance.promise", "promise", amount=Money(open_sum, currency))
    return allocate(draft.promised.minor, debts, in_order=bool(draft.invoices))
