"""A customer on one page: what is open, how they pay, what was said and sent."""

from __future__ import annotations

from arterm.desk.accounts import customers, invoices
from arterm.desk.accounts.views import InvoiceView
from arterm.desk.accounts.warnings import flags
from arterm.desk.compromise import offers, plans
from arterm.desk.contacts import log, promises
from arterm.desk.letters import notices
from arterm.desk.payments import credit_views
from arterm.desk.session import Desk
from arterm.desk.worklist.views import CurrencySum, Dossier
from arterm.rules.money import Money
from arterm.store.merged import merged_ids
from arterm.store.reads import worklist as reads

LOG_SHOWN = 60  # the newest contacts; all of them are in the log, which finds names


def dossier(desk: Desk, customer: int) -> Dossier:
    """Everything about one customer, as of today."""
    group = merged_ids(desk.book, [customer])
    owed = invoices.views(desk, group)
    given = credit_views.credits_of(desk, customer)
    free: dict[str, int] = {}
    for credit in given:
        free[credit.currency] = free.get(credit.currency, 0) + credit.free.minor
    return Dossier(
        as_of=desk.today,
        customer=customers.view(desk, customer),
        sums=_sums(owed, free, desk),
        invoices=owed,
        credits=given,
        contacts=customers.contacts(desk, customer),
        promises=promises.promises_of(desk, customer),
        notices=notices.notices_of(desk, customer),
        log=log.log_entries(desk, customer, LOG_SHOWN),
        usual_days_late=_usual(owed),
        plans=plans.plans_of(desk, customer),
        offers=offers.offers_of(desk, customer),
        kept=promises.kept_rates(desk, customer),
        merged=tuple(reads.merged_names(desk.book, customer)),
        flags=flags(desk).get(customer, ()),
    )


def _sums(owed: tuple[InvoiceView, ...], free: dict[str, int], desk: Desk) -> tuple[CurrencySum, ...]:
    codes = sorted({view.currency for view in owed} | set(free), key=lambda code: (code != desk.currency, code))
    found = []
    for code in codes:
        mine = [view for view in owed if view.currency == code and view.status != "sold"]
        late = sum(view.balance.minor for view in mine if view.due < desk.today)
        found.append(
            CurrencySum(
                code,
                Money(sum(view.balance.minor for view in mine), code),
                Money(late, code),
                Money(free.get(code, 0), code),
                Money(sum(view.total.minor for view in owed if view.currency == code), code),
            )
        )
    return tuple(found)


def _usual(owed: tuple[InvoiceView, ...]) -> int | None:
    """Days late that a settled invoice of this customer usually was, weighted by amount; None before the first."""
    settled = [view for view in owed if view.settled is not None and view.total]
    weight = sum(view.total.minor for view in settled)
    return round(sum(view.days_late * view.total.minor for view in settled) / weight) if weight else None
