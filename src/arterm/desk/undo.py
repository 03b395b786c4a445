"""Taking back and looking back: the newest act first, and the journal in words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from arterm.desk import acts
from arterm.desk.acts import ACTS, NEVER_UNDONE
from arterm.desk.history_views import ActView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.roles import OWNER, role_of
from arterm.store.book import who
from arterm.store.merged import merged_ids
from arterm.store.undo import NOT_ERASED, NOT_MAILED, newest, past_mailed, undo_act


def undo(desk: Desk, past_mail: bool = False) -> Receipt:
    """Take back the newest act that still stands. It is itself an act, and is not taken back in its turn.

    Mail that went out is not taken back; `past_mail`: what was done before it is. Refuses (`nothing_to_undo`) when
    there is none, (`mail_went`) when mail went out since, Stale when a row has moved on since.
    """
    mailed = past_mailed(desk.book, NEVER_UNDONE)
    if mailed and not past_mail:
        told = newest(desk.book, NEVER_UNDONE, past_mail=True)
        hint = (
            "What was done before it can be, with: arterm undo --past-mail"
            f" ({_told(desk, told[0], told[1], *_about(desk, told[0]))})"
            if told
            else ""
        )
        raise ArtermError("mail_went", "Mail went out, and cannot be taken back.", hint=hint)
    found = newest(desk.book, NEVER_UNDONE, past_mail)
    if found is None:
        raise ArtermError("nothing_to_undo", "There is nothing to take back.")
    act, name, by, _, _ = found
    if by != who() and role_of(who(), desk.setting("roles")) != OWNER:
        raise ArtermError("not_allowed", f"{by} did that last, and only an owner takes back what others did.", "roles")
    about = _about(desk, act)
    words = _told(desk, act, name, *about)
    with desk.act(acts.UNDO, about[0], about[1]) as work:
        again = newest(desk.book, NEVER_UNDONE, past_mail)
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
        words = acts.UNDO.words.format(_told(desk, *undone))
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
    return _words(name).replace("{0}", subject) + _detail(desk, name, act)


def _words(name: str) -> str:
    """What an act is called; one of a newer arterm by its bare name."""
    return ACTS[name].words if name in ACTS else name


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
