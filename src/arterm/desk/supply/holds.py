"""Supply stopped and begun again: with reason, who may lift it and what it leaves out; nobody who has paid stays
stopped unnoticed.

Chasing goes on meanwhile: what stops that is a pause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk import acts, find
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.formats.csv_out import csv_bytes
from arterm.rules.currencies import DIGITS
from arterm.rules.decision import decide
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.text import clean, clean_note
from arterm.store.cases import facts
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.models.dunning import StepDone
from arterm.store.models.partners import Freeze


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop: since when, why, who may lift it, what it leaves out; what is overdue now, in the owner's currency."""

    id: int
    customer: str
    customer_id: int
    since: date
    why: str
    who_may: str
    carve_outs: str
    by: str
    overdue: Money
    settled: bool


def stop_of(desk: Desk, customer: int) -> StopView | None:
    """The stop that holds for a customer today, if there is one."""
    group = merged_ids(desk.book, [customer])
    found = _stops(desk, f"f.customer IN ({', '.join('?' * len(group))})", tuple(group))
    return found[0] if found else None


def stop_list(desk: Desk) -> tuple[StopView, ...]:
    """Everybody to whom nothing is supplied today, by name."""
    return tuple(sorted(_stops(desk, "1", ()), key=lambda one: one.customer.casefold()))


def _stops(desk: Desk, where: str, values: tuple[int, ...]) -> list[StopView]:
    today = desk.today.isoformat()
    rows = desk.book.rows(
        "SELECT f.id, f.customer, f.since, f.why, f.who_may, f.carve_outs, a.who FROM freeze f JOIN act a ON a.id ="
        f" f.act WHERE f.void_act IS NULL AND f.since <= ? AND (f.lifted IS NULL OR f.lifted > ?) AND {where} ORDER BY"
        " f.id DESC",
        (today, today, *values),
    )
    found, seen = [], set[int]()
    for row, whose, since, why, who_may, out, by in rows:
        customer = canonical_id(desk.book, whose)
        if customer in seen:
            continue
        seen.add(customer)
        late = [one for one in facts(desk.book, desk.today, [customer]) if one.case.due < desk.today]
        overdue = sum(one.case.open + one.case.charges for one in late if one.case.currency == desk.currency)
        settled = not any(one.case.open or one.case.charges for one in late) and _owed_then(desk, customer, since)
        found.append(
            StopView(
                row,
                find.customer_name(desk, customer),
                customer,
                date.fromisoformat(since),
                why,
                who_may,
                out,
                by,
                Money(overdue, desk.currency),
                settled,
            )
        )
    return found


def _owed_then(desk: Desk, customer: int, since: str) -> bool:
    """Whether something was overdue when supply was stopped: where nothing was, no payment ends the stop."""
    eve = date.fromisoformat(since) - timedelta(days=1)  # what was paid on that day was owed when it was stopped
    return any(one.case.due <= eve and (one.case.open or one.case.charges) for one in facts(desk.book, eve, [customer]))


def freeze(desk: Desk, customer: int, why: str, who_may: str = "", carve_outs: str = "") -> Receipt:
    """Stop supply. A step of the ladder that asks for it counts as taken. Refuses (`missing`) without a reason,
    (`exists`) where it is stopped already, and says who did it.
    """
    name = find.customer_name(desk, customer)
    if not clean_note(why):
        raise ArtermError(
            "missing", "Stopping supply needs a reason.", "why", "Say why, for whoever stands at the counter."
        )
    with desk.act(acts.STANDING_FREEZE, "customer", customer) as work:
        for _, since, by, said in _unlifted(desk, customer):
            raise ArtermError(
                "exists",
                f"{name} is stopped already since {since} by {by}: {said}.",
                "customer",
                "Lift that first: arterm release",
            )
        row = work.insert(
            Freeze,
            customer=customer,
            since=desk.today.isoformat(),
            why=clean_note(why, 400),
            who_may=clean(who_may),
            carve_outs=clean(carve_outs, 400),
        )
        for one in facts(desk.book, desk.today, [customer]):
            step = decide(one.case, desk.today)
            if step.is_due and step.step and step.step.act == "freeze":
                work.insert(StepDone, invoice=one.id, step=step.step.n, day=desk.today.isoformat())
    return Receipt(f"Nothing more is supplied to {name}; chasing goes on.", work.id, (customer,), row)


def freeze_due(desk: Desk) -> tuple[Receipt, ...]:
    """Stop supply where a step of the ladder says so by itself: one that asks for the owner's word only waits under
    Today.
    """
    wanted: dict[int, str] = {}
    for one in facts(desk.book, desk.today):
        decision = decide(one.case, desk.today)
        step = decision.step
        by_itself = decision.is_due and step and step.act == "freeze" and not step.approval
        if by_itself and step and not _unlifted(desk, one.customer):
            wanted.setdefault(one.customer, f"{step.name}: invoice {one.number}")
    return tuple(freeze(desk, customer, why) for customer, why in wanted.items())


def release(desk: Desk, customer: int, why: str = "", by: str = "") -> Receipt:
    """Supply again. Refuses (`no_stop`) where nothing is stopped, (`not_yours`) where somebody else was named to lift
    it and `by` is not them.
    """
    name = find.customer_name(desk, customer)
    with desk.act(acts.STANDING_RELEASE, "customer", customer) as work:
        held = stop_of(desk, customer)
        if held is None:
            last = desk.book.one(
                "SELECT a.who, f.lifted FROM freeze f JOIN change x ON x.rows = 'freeze' AND x.row = f.id AND x.kind ="
                " 'update' JOIN act a ON a.id = x.act WHERE f.customer = ? AND f.lifted IS NOT NULL ORDER BY x.act DESC"
                " LIMIT 1",
                (customer,),
            )
            told = f" {last[0]} lifted it on {last[1]}." if last else ""
            raise ArtermError(
                "no_stop", f"{name} is not stopped.{told}", "customer", "See the list: arterm hold --list"
            )
        if held.who_may and clean(by).casefold() != held.who_may.casefold() and not held.settled:
            raise ArtermError(
                "not_yours",
                f"Only {held.who_may} may lift this while something is overdue.",
                "by",
                f'Say --by "{held.who_may}" when they have agreed.',
            )
        # Every stop that holds: a customer who was merged into this one may have had their own.
        today = desk.today.isoformat()
        for row, since, *_ in _unlifted(desk, customer):
            if since <= today:
                work.update(Freeze, row, lifted=today, lifted_why=clean_note(why, 400))
    return Receipt(f"{name} is supplied again.", work.id, (customer,), held.id)


def _unlifted(desk: Desk, customer: int) -> list[tuple[int, str, str, str]]:
    """(number, first day, by whom, why) of every stop of a customer that nobody lifted, also one that is dated
    ahead.
    """
    group, today = merged_ids(desk.book, [customer]), desk.today.isoformat()
    return desk.book.rows(
        "SELECT f.id, f.since, a.who, f.why FROM freeze f JOIN act a ON a.id = f.act WHERE f.customer IN"
        f" ({', '.join('?' * len(group))}) AND f.void_act IS NULL AND (f.lifted IS NULL OR f.lifted > ?)",
        (*group, today),
    )


def to_release(desk: Desk) -> tuple[StopView, ...]:
    """Who is stopped and owes nothing that is due any more."""
    return tuple(one for one in stop_list(desk) if one.settled)


def settled_but_stopped(desk: Desk, customers: Sequence[int]) -> tuple[StopView, ...]:
    """Which of these customers are stopped and owe nothing that is due any more; asked after every act, so it costs
    nothing else.
    """
    if not customers or desk.book.one("SELECT 1 FROM freeze WHERE lifted IS NULL AND void_act IS NULL LIMIT 1") is None:
        return ()
    found = [stop_of(desk, customer) for customer in dict.fromkeys(customers[:20])]
    return tuple(one for one in found if one and one.settled)


def to_stop(desk: Desk) -> tuple[tuple[int, str, Money, int], ...]:
    """(customer, name, overdue, days of the oldest) of those beyond the owner's lines who are not stopped. The line in
    money is for the owner's currency, that in days for all.
    """
    amount, days = int(desk.setting("freeze_amount", "0")), int(desk.setting("freeze_days", "0"))
    if not amount and not days:
        return ()
    rows = desk.book.rows(
        "SELECT b.customer, c.name, sum(CASE b.currency WHEN ?2 THEN b.open + b.charges ELSE 0 END) AS owed, min(b.due)"
        " FROM board_case b JOIN customer c ON c.id = b.customer WHERE b.due < ?1 GROUP BY 1 ORDER BY owed DESC",
        (desk.today.isoformat(), desk.currency),
    )
    stopped = {one.customer_id for one in stop_list(desk)}
    found = []
    for customer, name, owed, oldest in rows:
        late = (desk.today - date.fromisoformat(oldest)).days
        beyond = (amount and owed >= amount * 10 ** DIGITS[desk.currency]) or (days and late >= days)
        if beyond and customer not in stopped:
            found.append((customer, name, Money(owed, desk.currency), late))
    return tuple(found)


def stop_list_csv(desk: Desk) -> bytes:
    """The stop list for other programs: the customer's own number first, plain figures."""
    numbers = dict(desk.book.rows("SELECT id, own_no FROM customer"))
    rows = [
        [
            numbers.get(one.customer_id, ""),
            str(one.customer_id),
            one.customer,
            one.since.isoformat(),
            one.why,
            one.carve_outs,
            one.overdue.plain(),
            one.overdue.currency,
        ]
        for one in stop_list(desk)
    ]
    return csv_bytes(
        [["customer_no", "customer_id", "customer", "since", "why", "but_for", "overdue", "currency"], *rows]
    )
