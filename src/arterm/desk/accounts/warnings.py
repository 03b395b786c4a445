"""What to know of a customer before anything more is supplied, in a few words each: for lists, where there is room for
no more.
"""

from __future__ import annotations

from collections.abc import Mapping

from arterm.desk.session import Desk
from arterm.rules.standing import weighing

_NOW = "JOIN customer o ON o.id = {0}.customer"
_WHO = "coalesce(o.merged_into, o.id)"


def flags(desk: Desk) -> Mapping[int, tuple[str, ...]]:
    """Customers whose supply is stopped, checked as bad, over their limit, or against money first; by customer, the
    weightiest first.

    Only those of whom there is something to say: asked once until the book changes, it costs nothing in a book without
    any.
    """
    return desk.remember("flags", lambda: _flags(desk))


def _flags(desk: Desk) -> dict[int, tuple[str, ...]]:
    today, found = desk.today.isoformat(), dict[int, list[str]]()
    for (customer,) in desk.book.rows(
        f"SELECT DISTINCT {_WHO} FROM freeze f {_NOW.format('f')} WHERE f.void_act IS NULL AND f.since <= ?1 AND"
        " (f.lifted IS NULL OR f.lifted > ?1)",
        (today,),
    ):
        found.setdefault(customer, []).append("supply stopped")
    checks: dict[int, list[tuple[str, bool]]] = {}
    for customer, result, expires in desk.book.rows(
        f"SELECT {_WHO}, k.result, k.expires FROM credit_check k {_NOW.format('k')} WHERE k.void_act IS NULL AND k.day"
        " <= ? ORDER BY k.day DESC, k.id DESC",
        (today,),
    ):
        checks.setdefault(customer, []).append((result, bool(expires and expires < today)))
    for customer, some in checks.items():
        if weighing(some) == ("bad", False):
            found.setdefault(customer, []).append("bad credit check")
    for customer, over, prepay in desk.book.rows(
        f"SELECT {_WHO}, t.credit_limit < (SELECT sum(b.open + b.charges) FROM board_case b WHERE b.customer = {_WHO}"
        f" AND b.currency = t.currency), t.prepay FROM supply_terms t {_NOW.format('t')} WHERE t.void_act IS NULL",
    ):
        said = ["over the limit"] if over else []
        said += ["prepayment"] if prepay == 100 else [f"{prepay} % beforehand"] if prepay else []
        if said:
            found.setdefault(customer, []).extend(said)
    return {customer: tuple(said) for customer, said in found.items()}
