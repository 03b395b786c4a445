"""Letters that are no reminders: what was agreed, offered or decided, put on paper with the figures of the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from arterm.desk import business
from arterm.desk.board import Board, Query
from arterm.desk.charges import plan
from arterm.desk.compose import addressed, history, issued_charges, with_reference
from arterm.desk.desk import Desk
from arterm.desk.due import netted
from arterm.desk.freezing import stop_of
from arterm.desk.letter_draft import ASKS, LetterDraft
from arterm.desk.notices import keep_other
from arterm.desk.statement import movements, open_items
from arterm.desk.views import NoticeView
from arterm.letters.kinds import KINDS
from arterm.letters.letter import Instalment, Letter, Line
from arterm.rules.dates import days_late
from arterm.rules.decision import stopped
from arterm.rules.errors import ArtermError
from arterm.rules.instalments import days_from, split
from arterm.rules.money import Money
from arterm.rules.text import clean
from arterm.store.cases import OpenInvoice, facts
from arterm.store.circumstances import one_and_merged


def kind_words(kind: str) -> str:
    """A kind of letter as the owner calls it."""
    return KINDS[kind].words


def letter_of(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """The letter as it would be written, and the invoices it is about. Nothing is kept.

    Refuses (`no_kind`) a kind that is not written so, (`missing`) what the kind needs, (`nothing_open`) where there is
    nothing to write about, (`no_promise`, `no_payment`) where there is none to confirm.
    """
    if draft.kind not in ASKS:
        known = ", ".join(ASKS)
        raise ArtermError("no_kind", f"There is no letter '{draft.kind[:30]}' to write by hand.", "kind", f"Kinds are: {known}.")  # fmt: skip
    for name, needed in ASKS[draft.kind].items():
        if needed and not getattr(draft, name):
            raise ArtermError("missing", f"This letter needs: {name}.", name, "Say it.")
    writers: dict[str, Callable[[Desk, LetterDraft], tuple[Letter, tuple[int, ...]]]] = {
        "promise": _promise, "agreement": _agreement, "settlement": _settlement, "more-time": _more_time, "breach": _breach,
        "suspended": _suspended, "reinstated": _reinstated, "handover": _handover, "statement": _statement, "receipt": _receipt, "copies": _copies, "courtesy": _courtesy,
        "instalment": _instalment,
    }  # fmt: skip
    return writers[draft.kind](desk, draft)


def write_letter(desk: Desk, draft: LetterDraft) -> NoticeView:
    """Write it and keep it in the book; it counts as gone out when the owner says so. Refuses as `letter_of` does.

    More time, an offer and an agreement hold chasing back until their day, from when they go out.
    """
    letter, invoices = letter_of(desk, draft)
    return keep_other(desk, draft.customer, letter, invoices)


_WHOLE = ("settlement", "more-time", "breach", "instalment", "agreement")  # they are about all that is owed, due or not


@dataclass(frozen=True, slots=True)
class _Asked:
    """An open invoice on a letter: what is asked of it, net of disputes and of what was received (minor units)."""

    found: OpenInvoice
    open: int
    received: int

    @property
    def line(self) -> Line:
        """As the letter shows it."""
        one, case = self.found, self.found.case
        return Line(one.number, one.issued, case.due, 0, one.total, one.total - case.open + self.received, self.open, case.disputed)  # fmt: skip


def _about(desk: Desk, draft: LetterDraft, overdue: bool = False) -> tuple[str, list[_Asked]]:
    """The open invoices a letter is about, all in one currency; `overdue`: only those past their day, none of them stopped."""
    every = sorted(facts(desk.book, desk.today, [draft.customer]), key=lambda one: (one.case.due, one.id))
    codes = sorted({one.case.currency for one in every}, key=lambda code: (code != desk.currency, code))
    chosen = [one for one in every if one.id in draft.invoices]
    mixed = {one.case.currency for one in chosen}
    wanted = draft.currency or (draft.amount.currency if draft.amount else "")
    if not wanted and len(mixed) > 1:
        raise ArtermError("mixed", "These invoices are in several currencies: " + ", ".join(sorted(mixed)) + ".", "invoice", "Write one letter for each.")  # fmt: skip
    currency = wanted or (next(iter(mixed)) if mixed else codes[0] if codes else desk.currency)
    mine = [one for one in every if one.case.currency == currency]
    rows = [
        _Asked(one, net, received)
        for one, (net, received) in zip(mine, netted(mine, draft.kind in _WHOLE), strict=True)
        if net
    ]
    rows = [row for row in rows if not draft.invoices or row.found.id in draft.invoices]
    if overdue:
        rows = [row for row in rows if row.found.case.due < desk.today]
        for row in rows:
            stops = stopped(row.found.case, desk.today)
            if stops:
                raise ArtermError("stopped", f"Invoice {row.found.number}: {stops[0]}.", "invoice", "Leave it out, or settle that first.")  # fmt: skip
    if not rows:
        raise ArtermError("nothing_open", f"There is nothing {'overdue' if overdue else 'open'} to write this letter about.", "customer", "See the dossier: arterm show")  # fmt: skip
    return currency, rows


def _written(
    desk: Desk,
    draft: LetterDraft,
    currency: str,
    rows: Sequence[_Asked],
    deadline: date | None = None,
    **facts: object,
) -> tuple[Letter, tuple[int, ...]]:
    """What all these letters share: the lines, charges of earlier letters, a deadline, the reference."""
    ids = tuple(row.found.id for row in rows)
    ends = deadline or desk.today + timedelta(days=int(business.get_setting(desk, "deadline_days")))
    letter = addressed(
        desk, draft.customer, currency, business.sender(desk), kind=draft.kind, step=0, deadline=ends,
        lines=tuple(_late(desk, row.line) for row in rows), charges=issued_charges(desk, ids) if ids else (), **facts,
    )  # fmt: skip
    return with_reference(desk, letter, draft.customer, ids), ids


def _late(desk: Desk, line: Line) -> Line:
    return replace(line, days_late=days_late(line.due, desk.today))


def _minor(amount: Money | None, currency: str) -> int:
    if amount is None:
        return 0
    if amount.currency != currency:
        raise ArtermError("mixed", f"The amount is in {amount.currency}, the invoices are in {currency}.", "amount", f"Give it in {currency}.")  # fmt: skip
    return amount.minor


def _promise(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    group = one_and_merged(desk.book, [draft.customer])
    found = desk.book.one(
        f"SELECT p.id, p.currency, p.amount, p.day FROM promise p WHERE p.customer IN ({', '.join('?' * len(group))}) AND p.void_act IS NULL AND p.day >= ?"
        " AND (p.log IS NULL OR p.log NOT IN (SELECT corrects FROM log WHERE corrects IS NOT NULL AND void_act IS NULL)) ORDER BY p.made DESC, p.id DESC LIMIT 1",
        (*group, desk.today.isoformat()),
    )
    if found is None:
        raise ArtermError("no_promise", "There is no promise of this customer that still runs.", "customer", "Log it first: arterm log … --promise")  # fmt: skip
    promise, currency, amount, day = found
    ids = tuple(row[0] for row in desk.book.rows("SELECT invoice FROM promise_line WHERE promise = ?", (promise,)))
    _, rows = _about(desk, replace(draft, invoices=ids, currency=currency))
    on = date.fromisoformat(day)
    return _written(desk, draft, currency, rows, on, asked=amount, sums={"promised": amount}, days={"promised_day": on})


def _agreement(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    currency, rows = _about(desk, draft)
    letter, ids = _written(desk, draft, currency, rows)
    assert draft.first is not None
    if draft.first < desk.today:
        raise ArtermError("past_day", "The first instalment cannot be due in the past.", "first", "Choose a later day.")
    sums = split(letter.total, draft.parts, _minor(draft.deposit, currency))
    left, schedule = letter.total, []
    for n, (day, amount) in enumerate(zip(days_from(draft.first, draft.every, len(sums)), sums, strict=True), 1):
        left -= amount
        schedule.append(Instalment(n, day, amount, left))
    if not 0 <= draft.grace <= 60:
        raise ArtermError("bad_number", "Days of grace are from 0 to 60.", "grace")
    said = {"grace": str(draft.grace), "one_day": "1" if draft.grace == 1 else "", "accelerate": "1" if draft.accelerate else "", "no_interest": "" if draft.interest else "1"}  # fmt: skip
    agreed = replace(
        letter, schedule=tuple(schedule), asked=sums[0], sums={"agreed": letter.total}, said=said, deadline=draft.first
    )
    return with_reference(desk, replace(agreed, sender=business.sender(desk)), draft.customer, ids), ids  # fmt: skip


def _settlement(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    currency, rows = _about(desk, draft)
    offer = _minor(draft.amount, currency)
    letter, ids = _written(desk, draft, currency, rows, draft.until, asked=offer)
    assert draft.until is not None
    if not 0 < offer < letter.total:
        raise ArtermError("bad_amount", f"The offer must be less than the {desk.told(Money(letter.total, currency))} that are owed.", "amount")  # fmt: skip
    if draft.until < desk.today:
        raise ArtermError("past_day", "The offer cannot end in the past.", "until", "Choose a later day.")
    sums = {"offer": offer, "rest": letter.total - offer}
    return replace(letter, sums=sums, days={"offer_until": draft.until}), ids


def _more_time(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    assert draft.until is not None
    if draft.until <= desk.today:
        raise ArtermError("past_day", "More time cannot end today or before.", "until", "Choose a later day.")
    currency, rows = _about(desk, draft)
    latest = max(row.found.case.due for row in rows)
    if draft.until <= latest:
        raise ArtermError("past_day", f"That is no more time: an invoice is due on {latest.isoformat()} only.", "until", "Choose a later day, or name the invoices.")  # fmt: skip
    said = {"interest_goes_on": "1" if draft.interest else ""}
    return _written(desk, draft, currency, rows, draft.until, days={"new_due": draft.until}, said=said)


def _breach(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    assert draft.until is not None
    assert draft.since is not None
    if draft.until >= desk.today:
        raise ArtermError("future_day", "That instalment can still come today or later.", "until", "Say the day it was due.")  # fmt: skip
    if draft.since > draft.until:
        raise ArtermError("bad_date", "The agreement cannot be younger than its instalment.", "since")
    currency, rows = _about(desk, draft)
    missed = _minor(draft.amount, currency)
    letter, ids = _written(
        desk, draft, currency, rows, days={"missed_day": draft.until, "agreed_day": draft.since},
        sums={"missed": missed}, said={"accelerate": "1" if draft.accelerate else ""}, asked=None if draft.accelerate else missed,
    )  # fmt: skip
    if not 0 < missed <= letter.total:
        raise ArtermError("bad_amount", f"The instalment cannot be more than the {desk.told(Money(letter.total, currency))} that are owed.", "amount")  # fmt: skip
    return letter, ids


def _instalment(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    assert draft.until is not None
    if draft.until < desk.today:
        raise ArtermError("past_day", f"That instalment was due on {draft.until.isoformat()}.", "until", "Write that it was missed instead.")  # fmt: skip
    currency, rows = _about(desk, draft)
    part = _minor(draft.amount, currency)
    letter, ids = _written(
        desk, draft, currency, rows, draft.until, asked=part, sums={"part": part}, days={"part_day": draft.until}
    )
    if not 0 < part <= letter.total:
        raise ArtermError("bad_amount", f"The instalment cannot be more than the {desk.told(Money(letter.total, currency))} that are owed.", "amount")  # fmt: skip
    return letter, ids


def _suspended(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    currency, rows = _about(desk, draft, overdue=True)
    stop = stop_of(desk, draft.customer)
    said = {"carve_outs": stop.carve_outs if stop else ""}
    return _written(desk, draft, currency, rows, days={"since": draft.since or desk.today}, said=said)


def _reinstated(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    late = [
        one.number
        for one in facts(desk.book, desk.today, [draft.customer])
        if one.case.due < desk.today and one.case.chased
    ]
    if late:
        raise ArtermError("still_overdue", f"This is still overdue: {', '.join(late[:5])}.", "customer", "Book what came in first.")  # fmt: skip
    return _written(
        desk, draft, draft.currency or desk.currency, (), asked=0, days={"since": draft.since or desk.today}
    )


def _handover(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """The costs of it are named only where a claim on these invoices shows that the law gives any."""
    currency, rows = _about(desk, draft, overdue=True)
    silent = [row.found.number for row in rows if not row.found.case.reminders]
    if len(silent) == len(rows):
        raise ArtermError("not_reminded", "No reminder has gone out about this yet.", "customer", "Send one first: arterm notices write")  # fmt: skip
    basis = [one for row in rows for one in plan(desk, row.found.id, row.found.case.disputed + row.received)[1].basis]
    costs = next((one.law for one in basis if one.what in ("costs", "compensation")), "")
    ids = [row.found.id for row in rows]
    said = {"partner": clean(draft.partner, 80), "mixed": "1" if silent else ""}
    return _written(desk, draft, currency, rows, draft.until, said=said, costs_law=costs, history=history(desk, ids))


def _courtesy(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """What comes due by a day (else all that is not due yet); nothing that is late, and no charges: it is no reminder."""
    currency, rows = _about(desk, draft)
    last = draft.until or max(row.found.case.due for row in rows)
    rows = [row for row in rows if desk.today <= row.found.case.due <= last]
    if not rows:
        raise ArtermError("nothing_open", "Nothing comes due in that time.", "until", "Choose a later day.")
    due = max(row.found.case.due for row in rows)
    return _written(desk, draft, currency, rows, due, days={"due_day": due})


def _copies(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    currency, rows = _about(desk, draft)
    soon = desk.today + timedelta(days=int(business.get_setting(desk, "deadline_days")))
    return _written(desk, draft, currency, rows, max(soon, *(row.found.case.due for row in rows)))


def _receipt(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """For the newest payment (of one of the invoices, if any are named)."""
    group = one_and_merged(desk.book, [draft.customer])
    marks = ", ".join("?" * len(group))
    chosen = f" AND a.invoice IN ({', '.join('?' * len(draft.invoices))})" if draft.invoices else ""
    found = desk.book.one(
        "SELECT k.id, k.currency, k.total, k.day FROM credit k LEFT JOIN allocation a ON a.credit = k.id"
        f" WHERE k.customer IN ({marks}) AND k.kind = 'receipt' AND k.void_act IS NULL AND k.day <= ?{chosen} ORDER BY k.day DESC, k.id DESC LIMIT 1",
        (*group, desk.today.isoformat(), *draft.invoices),
    )
    if found is None:
        raise ArtermError("no_payment", "There is no payment of this customer to thank for.", "customer", "Book it first: arterm pay")  # fmt: skip
    credit, currency, total, day = found
    rows = desk.book.rows(
        "SELECT i.id, i.number, i.issued, i.due, i.total, i.open FROM invoice i JOIN allocation a ON a.invoice = i.id WHERE a.credit = ? AND i.kind <> 'charge'"
        " GROUP BY i.id HAVING sum(a.amount) > 0 ORDER BY i.due, i.id",
        (credit,),
    )
    days = date.fromisoformat
    lines = tuple(
        Line(
            number,
            days(issued),
            days(due),
            days_late(days(due), desk.today) if open_ else 0,
            whole,
            whole - open_,
            open_,
        )
        for _, number, issued, due, whole, open_ in rows
    )
    ids = [row[0] for row in rows]
    left = sum(line.open for line in lines) + sum(one.amount for one in issued_charges(desk, ids))
    sums = {"received": total, "rest": left}
    letter, _ = _written(
        desk,
        draft,
        currency,
        (),
        asked=0,
        sums=sums,
        days={"received_day": days(day)},
        said={"settled": "1" if lines and not left else ""},
    )
    return replace(letter, lines=lines), tuple(row[0] for row in rows)  # fmt: skip


def _statement(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    currency = draft.currency or currency_of(desk, draft.customer)
    found = open_items(desk, draft.customer, currency) if draft.items else movements(desk, draft.customer, currency, draft.since)  # fmt: skip
    rows = Board(desk, Query(customer=draft.customer)).rows()
    board = [row for row in rows if row.currency == currency and row.status != "handed_over"]  # paid to who collects
    overdue = sum(row.balance.minor + row.charges.minor for row in board)
    closing = found[-1].balance if found else 0
    asked = max(0, min(overdue, closing))
    sums = {"overdue": asked, "in_favour": max(0, -closing)}
    letter, _ = _written(desk, replace(draft, invoices=()), currency, (), movements=found, asked=asked, sums=sums)
    ids = tuple(row.invoice_id for row in board)
    named = replace(
        letter,
        lines=tuple(Line(row.invoice, row.issued, row.due, 0, 0, 0, row.balance.minor) for row in board),
        sender=business.sender(desk),
    )
    return replace(with_reference(desk, named, draft.customer, ids), lines=()), ids


def currency_of(desk: Desk, customer: int, invoices: Sequence[int] = ()) -> str:
    """The currency a letter to a customer is in: that of these invoices, else the one in which most is open."""
    if invoices:
        return str(desk.book.one("SELECT currency FROM invoice WHERE id = ?", (invoices[0],))[0])
    group = one_and_merged(desk.book, [customer])
    found = desk.book.one(
        f"SELECT currency FROM invoice WHERE customer IN ({', '.join('?' * len(group))}) AND void_act IS NULL GROUP BY 1 ORDER BY sum(open) DESC, count(*) DESC LIMIT 1",
        tuple(group),
    )
    return str(found[0]) if found else desk.currency
