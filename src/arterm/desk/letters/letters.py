"""Letters that are no reminders: what was agreed, offered or decided, put on paper with the figures of the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module

from arterm.desk import acts
from arterm.desk.accounts.account_statement import movements, open_items
from arterm.desk.accounts.board import Board, Query
from arterm.desk.business import settings
from arterm.desk.claims.charges import plan
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.lines import about, currency_of, usual_deadline, written
from arterm.desk.letters.notices import Drawn, store_letters
from arterm.desk.letters.reminder import history, issued_charges, with_reference
from arterm.desk.letters.views import NoticeView
from arterm.desk.session import Desk
from arterm.desk.supply.holds import stop_of
from arterm.letters.letter import Letter, Line
from arterm.rules.dates import days_late
from arterm.rules.errors import ArtermError
from arterm.rules.letter_kinds import BY_HAND, KINDS, Kind
from arterm.rules.letter_kinds import Ask as Ask
from arterm.rules.text import clean
from arterm.store.cases import facts
from arterm.store.merged import merged_ids
from arterm.store.reads import letters as reads

Writer = Callable[[Desk, LetterDraft], tuple[Letter, tuple[int, ...]]]


def kind_words(kind: str) -> str:
    """A kind of letter as the owner calls it."""
    return KINDS[kind].words


def kinds_by_hand() -> Mapping[str, Kind]:
    """Every kind of letter that is written by hand, with what its writer is asked for."""
    return BY_HAND


def letter_of(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """The letter as it would be written, and the invoices it is about. Nothing is kept.

    Refuses (`no_kind`) a kind that is not written so, (`missing`) what the kind needs, (`nothing_open`) where there is
    nothing to write about, (`no_promise`, `no_payment`) where there is none to confirm.
    """
    if draft.kind not in BY_HAND:
        known = ", ".join(BY_HAND)
        raise ArtermError("no_kind.by_hand", "kind", kind=draft.kind[:30], known=known)
    kind = BY_HAND[draft.kind]
    for ask in kind.asks:
        if ask.needed and not getattr(draft, ask.field):
            raise ArtermError("missing.letter_field", ask.field, field=ask.field)
    module, _, name = kind.writer.rpartition(".")
    writer: Writer = getattr(import_module(f"arterm.desk.letters.{module}"), name)
    return writer(desk, draft)


def draw(desk: Desk, draft: LetterDraft) -> Drawn:
    """The letter and its page, before the book is touched. Refuses as `letter_of` does, and (`no_glyph`)."""
    from arterm.letters.paper import render

    letter, invoices = letter_of(desk, draft)
    return Drawn(draft.customer, letter, render(letter), invoices)


def write_letter(desk: Desk, draft: LetterDraft) -> NoticeView:
    """Write it and keep it in the book; it counts as gone out when the owner says so. Refuses as `letter_of` does.

    More time, an offer and an agreement hold chasing back until their day, from when they go out.
    """
    return store_letters(desk, acts.of_letter(draft.kind), [draw(desk, draft)])[0]


def suspended(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """That nothing more is supplied, and what ends it."""
    currency, rows = about(desk, draft, overdue=True)
    stop = stop_of(desk, draft.customer)
    said = {"carve_outs": stop.carve_outs if stop else ""}
    return written(desk, draft, currency, rows, days={"since": draft.since or desk.today}, said=said)


def reinstated(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """That supply goes on."""
    late = [
        one.number
        for one in facts(desk.book, desk.today, [draft.customer])
        if one.case.due < desk.today and one.case.chased
    ]
    if late:
        raise ArtermError("still_overdue", "customer", late=tuple(late[:5]))
    return written(desk, draft, draft.currency or desk.currency, (), asked=0, days={"since": draft.since or desk.today})


def handover(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """The costs of it are named only where a claim on these invoices shows that the law gives any."""
    currency, rows = about(desk, draft, overdue=True)
    silent = [row.found.number for row in rows if not row.found.case.reminders]
    if len(silent) == len(rows):
        raise ArtermError("not_reminded", "customer")
    basis = [one for row in rows for one in plan(desk, row.found.id, row.found.case.disputed + row.received)[1].basis]
    costs = next((one.law for one in basis if one.what in ("costs", "compensation")), "")
    ids = [row.found.id for row in rows]
    said = {"partner": clean(draft.partner, 80), "mixed": "1" if silent else ""}
    return written(desk, draft, currency, rows, draft.until, said=said, costs_law=costs, history=history(desk, ids))


def courtesy(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """What comes due by a day (else all that is not due yet); nothing that is late, and no charges: it is no
    reminder.
    """
    currency, rows = about(desk, draft)
    last = draft.until or max(row.found.case.due for row in rows)
    rows = [row for row in rows if desk.today <= row.found.case.due <= last]
    if not rows:
        raise ArtermError("nothing_open.until", "until")
    due = max(row.found.case.due for row in rows)
    return written(desk, draft, currency, rows, due, days={"due_day": due})


def copies(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """A cover for copies of invoices."""
    currency, rows = about(desk, draft)
    soon = usual_deadline(desk, draft.customer)
    return written(desk, draft, currency, rows, max(soon, *(row.found.case.due for row in rows)))


def receipt(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """For the newest payment (of one of the invoices, if any are named)."""
    group = merged_ids(desk.book, [draft.customer])
    found = reads.newest_payment(desk.book, group, desk.today, draft.invoices)
    if found is None:
        raise ArtermError("no_payment", "customer")
    settled = reads.settled_by(desk.book, found.id)
    lines = tuple(
        Line(
            one.number,
            one.issued,
            one.due,
            days_late(one.due, desk.today) if one.open else 0,
            one.total,
            one.total - one.open,
            one.open,
        )
        for one in settled
    )
    ids = [one.id for one in settled]
    left = sum(line.open for line in lines) + sum(one.amount for one in issued_charges(desk, ids))
    sums = {"received": found.total, "rest": left}
    letter, _ = written(
        desk,
        draft,
        found.currency,
        (),
        asked=0,
        sums=sums,
        days={"received_day": found.day},
        said={"settled": "1" if lines and not left else ""},
    )
    return replace(letter, lines=lines), tuple(ids)


def statement(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """What was invoiced and paid, or what is open, with the balance."""
    currency = draft.currency or currency_of(desk, draft.customer)
    found = (
        open_items(desk, draft.customer, currency)
        if draft.items
        else movements(desk, draft.customer, currency, draft.since)
    )
    rows = Board(desk, Query(customer=draft.customer)).rows()
    board = [row for row in rows if row.currency == currency and row.status != "handed_over"]  # paid to who collects
    overdue = sum(row.balance.minor + row.charges.minor for row in board)
    closing = found[-1].balance if found else 0
    asked = max(0, min(overdue, closing))
    sums = {"overdue": asked, "in_favour": max(0, -closing)}
    letter, _ = written(desk, replace(draft, invoices=()), currency, (), movements=found, asked=asked, sums=sums)
    ids = tuple(row.invoice_id for row in board)
    named = replace(
        letter,
        lines=tuple(Line(row.invoice, row.issued, row.due, 0, 0, 0, row.balance.minor) for row in board),
        sender=settings.sender(desk),
    )
    return replace(with_reference(desk, named, draft.customer, ids), lines=()), ids
