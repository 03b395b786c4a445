"""What to know of a customer before anything more is supplied, in a few words each: for lists, where there is room for
no more.
"""

from __future__ import annotations

from collections.abc import Mapping

from arterm.desk.session import Desk
from arterm.rules.messages import message
from arterm.rules.standing import weighing
from arterm.store.reads.accounts import statement as reads


def flags(desk: Desk) -> Mapping[int, tuple[str, ...]]:
    """Customers whose supply is stopped, checked as bad, over their limit, or against money first; by customer, the
    weightiest first.

    Only those of whom there is something to say: asked once until the book changes, it costs nothing in a book without
    any.
    """
    return desk.remember("flags", lambda: _flags(desk))


def _flags(desk: Desk) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for customer in reads.stopped(desk.book, desk.today):
        found.setdefault(customer, []).append(message("accounts.warnings.supply_stopped"))
    checks: dict[int, list[tuple[str, bool]]] = {}
    for check in reads.credit_checks(desk.book, desk.today):
        over = check.expires is not None and check.expires < desk.today
        checks.setdefault(check.customer, []).append((check.result, over))
    for customer, some in checks.items():
        if weighing(some) == ("bad", False):
            found.setdefault(customer, []).append(message("accounts.warnings.bad_credit_check"))
    for terms in reads.terms(desk.book):
        said: list[str] = [message("accounts.warnings.over_limit")] if terms.over else []
        said += (
            ["prepayment"]
            if terms.prepay == 100
            else [message("accounts.warnings.beforehand", prepay=terms.prepay)]
            if terms.prepay
            else []
        )
        if said:
            found.setdefault(terms.customer, []).extend(said)
    return {customer: tuple(said) for customer, said in found.items()}
