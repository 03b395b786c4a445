"""Which debts a receipt is for: points for reference, number, sum, name and account, each with its reason; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from arterm.rules.match_index import IncomingPayment, Index, bare_pieces, name_words, pieces_of, squeeze
from arterm.rules.text import fold

CERTAIN, AHEAD = 75, 25  # a suggestion is certain with so many points, and so many more than the next
_YEAR = re.compile("(19|20)[0-9]{2}")  # as likely a year as a number
_FEW = 12  # debts of a customer among which sums are looked for


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Debts that a receipt could be for, how much of it for each; `short` is what lacks (minor units) and why, in
    words.

    `points` add up from the reasons; `certain` ones are booked without asking.
    """

    customer: int
    parts: tuple[tuple[int, int], ...]
    points: int
    why: tuple[str, ...]
    exact: bool
    short: int = 0
    difference: str = ""
    amount: int = 0
    currency: str = ""
    certain: bool = False


def suggest(receipt: IncomingPayment, index: Index, wrong: frozenset[int] = frozenset()) -> tuple[Suggestion, ...]:
    """What a receipt could be for, the likeliest first. `wrong` are debts that the owner said it is not for."""
    amount, currency = receipt.amount, receipt.currency
    evidence: dict[int, tuple[int, str]] = {}
    for row, points, why in _named(receipt, index):
        if row not in wrong and (row not in evidence or points > evidence[row][0]):
            evidence[row] = (points, why)
    about: dict[int, list[tuple[int, str]]] = {}
    owner = index.accounts.get(receipt.account) if receipt.account else None
    if owner is not None:
        about.setdefault(owner, []).append((30, "paid from this account before"))
    for customer, points, why in _by_name(receipt, index):
        about.setdefault(customer, []).append((points, why))
    found: list[Suggestion] = []
    who = {index.debts[row].customer for row in evidence} | set(about)
    same = [row for row in index.amounts.get((currency, amount), ()) if row not in wrong]
    who |= set(sorted({index.debts[row].customer for row in same})[:20])
    for customer in who:
        extra = [*about.get(customer, ())]
        if owner is not None and owner != customer:
            extra.append((-30, "that account is another customer's"))
        found += _proposals(receipt, index, customer, evidence, extra, wrong, len(same) == 1)
    best: dict[tuple[tuple[int, int], ...], Suggestion] = {}
    for one in found:
        if one.points > 0 and (one.parts not in best or one.points > best[one.parts].points):
            best[one.parts] = one
    ranked = sorted(best.values(), key=lambda one: (-one.points, one.parts))[:9]
    return tuple(_certain(one, n, ranked) for n, one in enumerate(ranked))


def _certain(one: Suggestion, n: int, ranked: Sequence[Suggestion]) -> Suggestion:
    rival = ranked[1].points if len(ranked) > 1 else 0
    return replace(one, certain=n == 0 and one.exact and one.points >= CERTAIN and one.points - rival >= AHEAD)


def _named(receipt: IncomingPayment, index: Index) -> list[tuple[int, int, str]]:
    """(debt, points, why) of what the receipt names: structured references first, then numbers in its words."""
    found: list[tuple[int, int, str]] = []
    words = f"{receipt.reference} {receipt.text}"
    pieces = pieces_of(words)
    for piece in (squeeze(receipt.reference), *pieces):
        for row in index.references.get(piece, ()) if len(piece) >= 5 else ():
            found.append((row, 60, f"its reference is that of {index.debts[row].number}"))
    for piece, how in pieces.items():
        for row in index.numbers.get(piece, ()):
            number = index.debts[row].number
            if len(piece) < 4 or _YEAR.fullmatch(piece):
                found.append((row, 15, f"names {number}, a short number"))
            else:
                found.append(
                    (
                        row,
                        45 if how == "as it is" else 42,
                        f"names {number}" if how == "as it is" else f"names {number}, in pieces",
                    )
                )
    for bare in bare_pieces(words):
        for row in index.loose.get(bare, ()) if len(bare) >= 4 and not _YEAR.fullmatch(bare) else ():
            found.append((row, 30, f"names {index.debts[row].number}, but for its zeros"))
    return found


def _by_name(receipt: IncomingPayment, index: Index) -> list[tuple[int, int, str]]:
    """(customer, points, why) by the payer's name; where the bank names none, by names within the words."""
    payer = fold(receipt.payer)
    if payer in index.names:
        return [(customer, 20, "the payer has the customer's name") for customer in index.names[payer]]
    words = name_words(payer or fold(receipt.text))
    hits: dict[int, int] = {}
    for word in words:
        for customer in index.words.get(word, set()) if len(index.words.get(word, ())) <= 5 else ():
            hits[customer] = hits.get(customer, 0) + 1
    found = []
    for customer, n in hits.items():
        rows = index.customers.get(customer)
        if not rows:  # what they owed was booked just before
            continue
        own = name_words(index.debts[rows[0]].name)
        points = 15 if own and n >= len(own) else 8
        found.append(
            (
                customer,
                points if payer else points - 5,
                "the payer's name is like the customer's" if payer else "the words hold the customer's name",
            )
        )
    return found


def _proposals(
    receipt: IncomingPayment,
    index: Index,
    customer: int,
    evidence: Mapping[int, tuple[int, str]],
    extra: Sequence[tuple[int, str]],
    wrong: frozenset[int],
    alone: bool,
) -> list[Suggestion]:
    rows = [row for row in index.customers.get(customer, ()) if row not in wrong]
    exchange = [
        row
        for row in rows
        if index.debts[row].currency != receipt.currency and receipt.instructed_currency == index.debts[row].currency
    ]
    if exchange and receipt.instructed:
        return _spread(
            receipt,
            index,
            exchange,
            receipt.instructed,
            receipt.instructed_currency,
            evidence,
            extra,
            False,
            "paid in another currency",
        )
    mine = [row for row in rows if index.debts[row].currency == receipt.currency]
    return _spread(receipt, index, mine, receipt.amount, receipt.currency, evidence, extra, alone, "")


def _spread(
    receipt: IncomingPayment,
    index: Index,
    rows: Sequence[int],
    amount: int,
    currency: str,
    evidence: Mapping[int, tuple[int, str]],
    extra: Sequence[tuple[int, str]],
    alone: bool,
    note: str,
) -> list[Suggestion]:
    """Ways to spread an amount over a customer's debts: those it names, one of that sum, several that add up, the
    oldest.
    """
    if not rows:
        return []
    customer = index.debts[rows[0]].customer
    named = [row for row in rows if row in evidence]
    sums: list[tuple[list[int], int, str]] = []
    if named:
        total = sum(index.debts[row].left for row in named)
        if total == amount or sum(index.debts[row].whole for row in named) == amount:
            sums.append((named, 30, "the sum is all that is open on " + ("it" if len(named) == 1 else "them")))
        elif best := [row for row in named if index.debts[row].left == amount]:
            sums.append((best[:1], 30, "the sum is what is open on it"))
        elif total - amount in range(1, index.limit + 1) or (receipt.charges and total - amount == receipt.charges):
            sums.append(
                (
                    named,
                    28,
                    "the sum lacks " + ("just the bank's charges" if receipt.charges == total - amount else "a little"),
                )
            )
        else:
            sums.append(
                (
                    named,
                    5 if amount < total else 8,
                    "a part of what is open" if amount < total else "more than is open on it",
                )
            )
    else:
        single = [row for row in rows if amount in (index.debts[row].left, index.debts[row].whole)]
        sums += [
            (
                [row],
                30 + (10 if alone else 0),
                "the sum is what is open on it" + (", and on no other invoice" if alone else ""),
            )
            for row in single[:4]
        ]
        few = list(rows[:_FEW])
        if len(rows) > 1 and sum(index.debts[row].left for row in rows) == amount:
            sums.append((list(rows), 30, "the sum is all that they owe"))
        elif not single:
            sums += [(list(some), 22, f"the sum of {len(some)} invoices") for some in _adding_up(few, index, amount)]
        if amount in index.plans.get(customer, ()):
            sums.append((few, 25, "the sum is their next instalment"))
        if not sums and extra:
            sums.append((few, 3, "the oldest first"))
    made = []
    for chosen, points, why in sums:
        parts, left = [], amount
        for row in chosen:
            part = min(left, index.debts[row].left)
            if part > 0:
                parts.append((row, part))
                left -= part
        told_charges: tuple[str, ...] = ()
        if left and left == sum(index.debts[row].whole - index.debts[row].left for row in chosen):
            parts += [charge for row in chosen for charge in index.debts[row].charges]
            told_charges = ("with the charges beside it",)
        if not parts:
            continue
        told = [evidence[row] for row in chosen if row in evidence]
        top = max((points for points, _ in told), default=0)
        short = sum(index.debts[row].left for row in chosen) - amount
        small = points == 28 and len({row for row, _ in parts} & set(chosen)) == len(chosen)
        difference = (
            "" if not small else "bank charges" if receipt.charges and short == receipt.charges else "small difference"
        )
        total = top + points + sum(points for points, _ in extra)
        sure = points >= 25 or (
            bool(told) and points == 5 and any(points > 0 for points, _ in extra) and len(chosen) == 1
        )
        why_all = (
            *(why for _, why in told[:4]),
            why,
            *told_charges,
            *(why for _, why in extra),
            *((note,) if note else ()),
        )
        made.append(
            Suggestion(
                customer, tuple(parts), total, why_all, sure, short if small else 0, difference, amount, currency
            )
        )
    return made


def _adding_up(rows: Sequence[int], index: Index, amount: int) -> list[tuple[int, ...]]:
    """Up to three sets of two or three debts that add up to the amount; the oldest in a row at any length."""
    found: list[tuple[int, ...]] = []
    running = 0
    for n, row in enumerate(rows):
        running += index.debts[row].left
        if running == amount and n:
            found.append(tuple(rows[: n + 1]))
    for size in (2, 3):
        for some in combinations(rows, size):
            if sum(index.debts[row].left for row in some) == amount and some not in found:
                found.append(some)
                if len(found) >= 3:
                    return found
    return found
