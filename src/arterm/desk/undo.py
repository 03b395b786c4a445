"""Taking back and looking back: the newest act first, and the journal in words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from arterm.desk import acts
from arterm.desk.acts import ACTS, NEVER_UNDONE
from arterm.desk.history_views import ActView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.roles import OWNER, role_of
from arterm.store.book import who
from arterm.store.reads import undo as reads
from arterm.store.reads.undo import ActLine
from arterm.store.undo import undo_act


def undo(desk: Desk, past_mail: bool = False) -> Receipt:
    """Take back the newest act that still stands. It is itself an act, and is not taken back in its turn.

    Mail that went out is not taken back; `past_mail`: what was done before it is. Refuses (`nothing_to_undo`) when
    there is none, (`mail_went`) when mail went out since, Stale when a row has moved on since.
    """
    mailed = reads.past_mailed(desk.book, NEVER_UNDONE)
    if mailed and not past_mail:
        told = reads.newest_standing(desk.book, NEVER_UNDONE, past_mail=True)
        if told:
            raise ArtermError("mail_went.before_it", told=_told(desk, told))
        raise ArtermError("mail_went.first")
    found = reads.newest_standing(desk.book, NEVER_UNDONE, past_mail)
    if found is None:
        raise ArtermError("nothing_to_undo")
    if found.who != who() and role_of(who(), desk.setting("roles")) != OWNER:
        raise ArtermError("not_allowed.undo", "roles", who=found.who)
    words = _told(desk, found)
    with desk.act(acts.UNDO, found.about, found.about_id) as work:
        again = reads.newest_standing(desk.book, NEVER_UNDONE, past_mail)
        if again is None or again.id != found.id:
            raise ArtermError("stale.undo")
        undo_act(work, found.id)
        customers = tuple(sorted(work.touched))
    done = message("receipts.book.taken_back", words=words)
    if found.who != who():
        done = message("receipts.book.taken_back_from", words=words, who=found.who)
    return Receipt(done, work.id, customers)


def undoable(desk: Desk, limit: int = 20) -> tuple[ActView, ...]:
    """The acts that undo would take back, in the order it would."""
    return _views(desk, reads.standing_acts(desk.book, NEVER_UNDONE, True, limit))


def history(
    desk: Desk, customer: int | None = None, invoice: int | None = None, limit: int = 200
) -> tuple[ActView, ...]:
    """The journal in words, newest first: all of it, or what touched a customer or an invoice, or was about it."""
    if invoice is not None:
        return _views(desk, reads.invoice_acts(desk.book, invoice, limit))
    if customer is not None:
        return _views(desk, reads.customer_acts(desk.book, customer, limit))
    return _views(desk, reads.acts(desk.book, limit))


def _views(desk: Desk, lines: Sequence[ActLine]) -> tuple[ActView, ...]:
    return tuple(_view(desk, line) for line in lines)


def _view(desk: Desk, line: ActLine) -> ActView:
    undone = reads.act_line(desk.book, line.undoes) if line.undoes is not None else None
    words = acts.UNDO.words.format(_told(desk, undone)) if undone else _told(desk, line)
    return ActView(line.id, line.at, line.day, line.who, line.name, words, line.undone_by, line.undoes)


def _detail(desk: Desk, name: str, act: int) -> str:
    """What the act was about in particular: the amount, the outcome, the settings, whose letters, which files."""
    if name.startswith("money."):
        money = reads.booked(desk.book, act)
        return f": {desk.format_money(Money(money.total, money.currency))}" if money else ""
    if name == "contact.log":
        entry = reads.contacted(desk.book, act)
        return f": {entry.channel}, {OUTCOMES[entry.outcome].words}" if entry and entry.outcome in OUTCOMES else ""
    if name.startswith("settings."):
        return ": " + ", ".join(json.loads(image)["key"] for image in reads.settings_images(desk.book, act))
    if name.startswith("notices."):
        names = reads.notice_customers(desk.book, act, 4)
        return ": " + ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    if name == "import":
        return ": " + ", ".join(reads.files_imported(desk.book, act))
    return ""


def _told(desk: Desk, line: ActLine) -> str:
    subject = "several"
    if line.about == "customer" and line.about_id:
        subject = reads.customer_name(desk.book, line.about_id) or "somebody"
    elif line.about == "invoice" and line.about_id:
        subject = reads.invoice_number(desk.book, line.about_id) or "?"
    return _words(line.name).replace("{0}", subject) + _detail(desk, line.name, line.id)


def _words(name: str) -> str:
    """What an act is called; one of a newer arterm by its bare name."""
    return ACTS[name].words if name in ACTS else name
