"""Taking back and looking back: the newest act first, and the journal in words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from arterm.desk.history_views import ActView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.roles import OWNER, role_of
from arterm.store.book import who
from arterm.store.merged import merged_ids
from arterm.store.undo import NEVER_UNDONE, NOT_ERASED, NOT_MAILED, newest, past_mailed, undo_act

# What each act is called when it is told of; {0} is whom or what it was about.
WORDS = {
    "book.begin": "began the book",
    "business.setup": "set up the business",
    "settings.change": "changed the settings",
    "import": "brought in a file",
    "demo": "made the demo business",
    "customer.add": "added customer {0}",
    "customer.edit": "changed customer {0}",
    "customer.merge": "merged a double into {0}",
    "customer.archive": "archived {0}",
    "customer.unarchive": "brought back {0}",
    "contact.add": "added a contact for {0}",
    "contact.edit": "changed a contact of {0}",
    "contact.remove": "removed a contact of {0}",
    "invoice.add": "added invoice {0}",
    "invoice.edit": "changed invoice {0}",
    "invoice.void": "took out invoice {0}",
    "invoice.attach": "attached a file to invoice {0}",
    "log.attach": "attached a file to the log of {0}",
    "money.receipt": "booked a payment from {0}",
    "money.credit_note": "booked a credit note for {0}",
    "money.write_off": "wrote off a debt of {0}",
    "money.discount": "gave {0} a discount",
    "money.refund": "refunded {0}",
    "money.bounce": "booked a bounced payment of {0}",
    "money.move": "moved a payment to {0}",
    "money.use": "used a credit of {0}",
    "contact.log": "logged a contact with {0}",
    "notices.write": "wrote letters",
    "letter.write": "wrote {0} a letter",
    "letter.text": "changed the text of a letter",
    "wish.begin": "noted that {0} does not want to be called",
    "wish.end": "noted that {0} may be called again",
    "notices.issue": "sent out letters",
    "notices.discard": "discarded letters",
    "pause.begin": "paused chasing {0}",
    "pause.end": "went on chasing {0}",
    "dispute.open": "opened a dispute on invoice {0}",
    "dispute.close": "settled the dispute on invoice {0}",
    "charge.waive": "waived charges on invoice {0}",
    "ladder.change": "changed a ladder",
    "ladder.reset": "put a ladder back",
    "ladder.choose": "chose a ladder for {0}",
    "ladder.act": "decided a step of invoice {0}",
    "plan.propose": "proposed a plan to {0}",
    "plan.terms": "noted instalments of invoice {0}",
    "plan.accept": "{0} accepted a plan",
    "plan.cancel": "cancelled a plan of {0}",
    "plan.remind": "reminded {0} of an instalment",
    "offer.discount": "offered {0} to take less",
    "offer.extend": "offered {0} more time",
    "offer.goodwill": "offered {0} goodwill",
    "offer.accept": "{0} accepted an offer",
    "offer.decline": "an offer to {0} was declined",
    "assume": "changed what is assumed about {0}",
    "money.match": "matched receipts",
    "money.unmatch": "took a match back",
    "bank.ignore": "left a receipt alone",
    "bank.wrong": "said what a receipt is not for",
    "terms.accept": "noted terms accepted by {0}",
    "rates.add": "added a rate",
    "mail.plan": "planned e-mail to {0}",
    "mail.reserve": "reserved e-mail to {0}",
    "mail.settle": "noted what became of e-mail to {0}",
    "mail.said": "said whether e-mail to {0} went",
    "mail.cancel": "took e-mail out of the outbox",
    "mail.run": "sent what was due",
    "mail.fetch": "looked into the mailbox",
    "mail.read": "read what {0} wrote",
    "mail.habit": "chose when {0} hears of invoices before they are due",
    "standing.check": "kept a credit check of {0}",
    "standing.terms": "changed the terms of supply of {0}",
    "standing.freeze": "stopped supply to {0}",
    "standing.release": "supplied {0} again",
    "mail.alert": "told of alerts",
    "privacy.erase": "erased what was held about {0}",
    "partner.add": "added a partner",
    "partner.edit": "changed a partner",
    "partner.remove": "took a partner off the list",
    "partner.review": "reviewed a partner",
    "handover.give": "handed invoices of {0} over",
    "handover.report": "booked what a partner reported of {0}",
    "handover.end": "ended a hand-over of {0}",
    "mediation.accept": "noted that {0} accepts a mediation",
    "mediation.end": "ended a mediation with {0}",
    "undo": "took back: {0}",
}


def undo(desk: Desk, past_mail: bool = False) -> Receipt:
    """Take back the newest act that still stands. It is itself an act, and is not taken back in its turn.

    Mail that went out is not taken back; `past_mail`: what was done before it is. Refuses (`nothing_to_undo`) when
    there is none, (`mail_went`) when mail went out since, Stale when a row has moved on since.
    """
    mailed = past_mailed(desk.book)
    if mailed and not past_mail:
        told = newest(desk.book, past_mail=True)
        hint = (
            "What was done before it can be, with: arterm undo --past-mail"
            f" ({_told(desk, told[0], told[1], *_about(desk, told[0]))})"
            if told
            else ""
        )
        raise ArtermError("mail_went", "Mail went out, and cannot be taken back.", hint=hint)
    found = newest(desk.book, past_mail)
    if found is None:
        raise ArtermError("nothing_to_undo", "There is nothing to take back.")
    act, name, by, _, _ = found
    if by != who() and role_of(who(), desk.setting("roles")) != OWNER:
        raise ArtermError("not_allowed", f"{by} did that last, and only an owner takes back what others did.", "roles")
    about = _about(desk, act)
    words = _told(desk, act, name, *about)
    with desk.act("undo", about[0], about[1]) as work:
        again = newest(desk.book, past_mail)
        if again is None or again[0] != act:
            raise ArtermError(
                "stale",
                "Somebody did something else in the meantime.",
                hint="Look at arterm undo --list and try again.",
            )
        undo_act(work, act)
        customers = tuple(sorted(work.touched))
    whose = "" if by == who() else f" (done by {by})"
    return Receipt(f"Taken back: {words}{whose}.", work.id, customers)


def _about(desk: Desk, act: int) -> tuple[str | None, int | None]:
    found: tuple[str | None, int | None] = desk.book.one("SELECT about, about_id FROM act WHERE id = ?", (act,))
    return found


def undoable(desk: Desk, limit: int = 20) -> tuple[ActView, ...]:
    """The acts that undo would take back, in the order it would."""
    standing = (
        f"AND a.undoes IS NULL AND u.id IS NULL AND a.name NOT IN ({', '.join(repr(name) for name in NEVER_UNDONE)})"
        f" AND {NOT_MAILED} AND {NOT_ERASED}"
    )
    return _acts(desk, standing, limit)


def history(
    desk: Desk, customer: int | None = None, invoice: int | None = None, limit: int = 200
) -> tuple[ActView, ...]:
    """The journal in words, newest first: all of it, or what touched a customer or an invoice."""
    return _acts(desk, _touching(desk, customer, invoice), limit)


def _acts(desk: Desk, condition: str, limit: int) -> tuple[ActView, ...]:
    rows = desk.book.rows(
        "SELECT a.id, a.at, a.day, a.who, a.name, a.about, a.about_id, u.id, a.undoes FROM act a LEFT JOIN act u ON"
        f" u.undoes = a.id WHERE 1 {condition} ORDER BY a.id DESC LIMIT {int(limit)}"
    )
    return tuple(_view(desk, row) for row in rows)


def _view(desk: Desk, row: Any) -> ActView:
    words = _told(desk, row[0], row[4], row[5], row[6])
    if row[8] is not None:
        undone = desk.book.one("SELECT id, name, about, about_id FROM act WHERE id = ?", (row[8],))
        words = WORDS["undo"].format(_told(desk, *undone))
    return ActView(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], words, row[7], row[8])


def _detail(desk: Desk, name: str, act: int) -> str:
    """What the act was about in particular: the amount, the outcome, the settings, whose letters, which files."""
    if name.startswith("money."):
        row = desk.book.one("SELECT total, currency FROM credit WHERE act = ?", (act,))
        return f": {desk.format_money(Money(*row))}" if row else ""
    if name == "contact.log":
        row = desk.book.one("SELECT channel, outcome FROM log WHERE act = ?", (act,))
        return f": {row[0]}, {OUTCOMES[row[1]].words}" if row and row[1] in OUTCOMES else ""
    if name.startswith("settings."):
        rows = desk.book.rows(
            "SELECT after FROM change WHERE act = ? AND rows = 'setting' AND salt IS NOT NULL", (act,)
        )
        return ": " + ", ".join(json.loads(after)["key"] for (after,) in rows)
    if name.startswith("notices."):
        rows = desk.book.rows(
            "SELECT DISTINCT c.name FROM change x JOIN notice n ON n.id = x.row JOIN customer c ON c.id = n.customer"
            " WHERE x.act = ? AND x.rows = 'notice' ORDER BY 1 LIMIT 4",
            (act,),
        )
        return ": " + ", ".join(row[0] for row in rows[:3]) + (" …" if len(rows) > 3 else "")
    if name == "import":
        return ": " + ", ".join(row[0] for row in desk.book.rows("SELECT name FROM source_file WHERE act = ?", (act,)))
    return ""


def _told(desk: Desk, act: int, name: str, about: str | None, about_id: int | None) -> str:
    subject = "several"
    if about == "customer" and about_id:
        found = desk.book.one("SELECT name FROM customer WHERE id = ?", (about_id,))
        subject = found[0] if found else "somebody"
    elif about == "invoice" and about_id:
        found = desk.book.one("SELECT number FROM invoice WHERE id = ?", (about_id,))
        subject = found[0] if found else "?"
    return WORDS.get(name, name).replace("{0}", subject) + _detail(desk, name, act)


def _touching(desk: Desk, customer: int | None, invoice: int | None) -> str:
    if invoice is not None:
        tables = {
            "invoice": "id = {0}",
            "allocation": "invoice = {0}",
            "log_line": "invoice = {0}",
            "promise_line": "invoice = {0}",
            "notice_line": "invoice = {0}",
            "attachment": "owner = 'invoice' AND owner_id = {0}",
            **dict.fromkeys(
                ("pause", "dispute", "charge", "step_done", "ladder_choice", "plan_invoice", "offer_line"),
                "invoice = {0}",
            ),
        }
        ids = str(int(invoice))
    elif customer is not None:
        ids = ", ".join(str(int(row)) for row in merged_ids(desk.book, [customer]))
        tables = {
            "customer": "id IN ({0})",
            **dict.fromkeys(
                (
                    "contact",
                    "invoice",
                    "credit",
                    "log",
                    "promise",
                    "notice",
                    "pause",
                    "dispute",
                    "terms",
                    "ladder_choice",
                    "plan",
                    "offer",
                    "outbox",
                    "credit_check",
                    "supply_terms",
                    "freeze",
                    "handover",
                ),
                "customer IN ({0})",
            ),
            "attachment": "owner = 'invoice' AND owner_id IN (SELECT id FROM invoice WHERE customer IN ({0}))",
        }
    else:
        return ""
    acts = [f"SELECT act FROM {table} WHERE {condition.format(ids)}" for table, condition in tables.items()]
    acts += [
        f"SELECT act FROM change WHERE rows = '{table}' AND row IN (SELECT id FROM {table} WHERE"
        f" {condition.format(ids)})"
        for table, condition in tables.items()
    ]
    return f"AND a.id IN ({' UNION '.join(acts)})"
