"""What letters are about: the open invoices as lines, in one currency, and what all letters share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from arterm.desk import find
from arterm.desk.business import settings
from arterm.desk.dunning.run import netted
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.reminder import addressed, issued_charges, with_reference
from arterm.desk.session import Desk
from arterm.letters.letter import Letter, Line
from arterm.rules.dates import days_late
from arterm.rules.decision import stopped
from arterm.rules.errors import ArtermError
from arterm.rules.letter_kinds import BY_HAND
from arterm.rules.money import Money
from arterm.store import one_row
from arterm.store.cases import OpenInvoice, facts
from arterm.store.merged import merged_ids
from arterm.store.reads import letters as reads


@dataclass(frozen=True, slots=True)
class AskedInvoice:
    """An open invoice on a letter: what is asked of it, net of disputes and of what was received (minor units)."""

    found: OpenInvoice
    open: int
    received: int

    @property
    def line(self) -> Line:
        """As the letter shows it."""
        one, case = self.found, self.found.case
        return Line(
            one.number,
            one.issued,
            case.due,
            0,
            one.total,
            one.total - case.open + self.received,
            self.open,
            case.disputed,
        )


def about(desk: Desk, draft: LetterDraft, overdue: bool = False) -> tuple[str, list[AskedInvoice]]:
    """The open invoices a letter is about, all in one currency; `overdue`: only those past their day, none of them
    stopped.
    """
    every = sorted(facts(desk.book, desk.today, [draft.customer]), key=lambda one: (one.case.due, one.id))
    codes = sorted({one.case.currency for one in every}, key=lambda code: (code != desk.currency, code))
    chosen = [one for one in every if one.id in draft.invoices]
    mixed = {one.case.currency for one in chosen}
    wanted = draft.currency or (draft.amount.currency if draft.amount else "")
    if not wanted and len(mixed) > 1:
        raise ArtermError("mixed.one_claim", "invoice", mixed=sorted(mixed))
    currency = wanted or (next(iter(mixed)) if mixed else codes[0] if codes else desk.currency)
    mine = [one for one in every if one.case.currency == currency]
    rows = [
        AskedInvoice(one, net, received)
        for one, (net, received) in zip(
            mine, netted(mine, draft.kind in BY_HAND and BY_HAND[draft.kind].whole), strict=True
        )
        if net
    ]
    rows = [row for row in rows if not draft.invoices or row.found.id in draft.invoices]
    if overdue:
        rows = [row for row in rows if row.found.case.due < desk.today]
        for row in rows:
            stops = stopped(row.found.case, desk.today)
            if stops:
                raise ArtermError("stopped", "invoice", number=row.found.number, stops=stops[0])
    if not rows:
        raise ArtermError("nothing_open.letter", "customer", value="overdue" if overdue else "open")
    return currency, rows


def written(
    desk: Desk,
    draft: LetterDraft,
    currency: str,
    rows: Sequence[AskedInvoice],
    deadline: date | None = None,
    **facts: object,
) -> tuple[Letter, tuple[int, ...]]:
    """What all these letters share: the lines, charges of earlier letters, a deadline, the reference."""
    ids = tuple(row.found.id for row in rows)
    ends = deadline or usual_deadline(desk, draft.customer)
    letter = addressed(
        desk,
        draft.customer,
        currency,
        settings.sender(desk),
        kind=draft.kind,
        step=0,
        deadline=ends,
        lines=tuple(_late(desk, row.line) for row in rows),
        charges=issued_charges(desk, ids) if ids else (),
        **facts,
    )
    return with_reference(desk, letter, draft.customer, ids), ids


def usual_deadline(desk: Desk, customer: int) -> date:
    """The day to pay by where nobody said another: some days from now, on a working day where the customer is."""
    return find.working_day(desk, customer, int(desk.setting("deadline_days")))


def _late(desk: Desk, line: Line) -> Line:
    return replace(line, days_late=days_late(line.due, desk.today))


def minor_of(amount: Money | None, currency: str) -> int:
    """An amount in minor units, 0 where there is none. Refuses (`mixed`) another currency than the invoices have."""
    if amount is None:
        return 0
    if amount.currency != currency:
        raise ArtermError("mixed.amount", "amount", currency=amount.currency, currency2=currency)
    return amount.minor


def currency_of(desk: Desk, customer: int, invoices: Sequence[int] = ()) -> str:
    """The currency a letter to a customer is in: that of these invoices, else the one in which most is open."""
    if invoices:
        return one_row.invoice_currency(desk.book, invoices[0])
    return reads.main_currency(desk.book, merged_ids(desk.book, [customer])) or desk.currency
