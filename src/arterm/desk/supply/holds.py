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
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.text import clean, clean_note
from arterm.store.cases import facts
from arterm.store.merged import merged_ids
from arterm.store.models.dunning import StepDone
from arterm.store.models.partners import Freeze
from arterm.store.reads import supply as reads


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
    found = _stops(desk, merged_ids(desk.book, [customer]))
    return found[0] if found else None


def stop_list(desk: Desk) -> tuple[StopView, ...]:
    """Everybody to whom nothing is supplied today, by name."""
    return tuple(sorted(_stops(desk), key=lambda one: one.customer.casefold()))


def _stops(desk: Desk, customers: Sequence[int] | None = None) -> list[StopView]:
    """The newest stop that holds of each customer; of some or all."""
    found, seen = [], set[int]()
    for stop in reads.stops(desk.book, desk.today, customers):
        if stop.customer in seen:
            continue
        seen.add(stop.customer)
        late = [one for one in facts(desk.book, desk.today, [stop.customer]) if one.case.due < desk.today]
        overdue = sum(one.case.open + one.case.charges for one in late if one.case.currency == desk.currency)
        settled = not any(one.case.open or one.case.charges for one in late) and _owed_then(desk, stop)
        found.append(
            StopView(
                stop.id,
                stop.name,
                stop.customer,
                stop.since,
                stop.why,
                stop.who_may,
                stop.carve_outs,
                stop.by,
                Money(overdue, desk.currency),
                settled,
            )
        )
    return found


def _owed_then(desk: Desk, stop: reads.Stop) -> bool:
    """Whether something was overdue when supply was stopped: where nothing was, no payment ends the stop."""
    eve, customer = stop.since - timedelta(days=1), stop.customer  # what was paid on the day itself was owed then
    return any(one.case.due <= eve and (one.case.open or one.case.charges) for one in facts(desk.book, eve, [customer]))


def freeze(desk: Desk, customer: int, why: str, who_may: str = "", carve_outs: str = "") -> Receipt:
    """Stop supply. A step of the ladder that asks for it counts as taken. Refuses (`missing`) without a reason,
    (`exists`) where it is stopped already, and says who did it.
    """
    name = find.customer_name(desk, customer)
    if not clean_note(why):
        raise ArtermError("missing.stop_reason", "why")
    with desk.act(acts.STANDING_FREEZE, "customer", customer) as work:
        for stop in _unlifted(desk, customer):
            raise ArtermError("exists.stop", "customer", name=name, since=stop.since, by=stop.by, why=stop.why)
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
    return Receipt(message("receipts.supply.stopped", name=name), work.id, (customer,), row)


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
            wanted.setdefault(one.customer, message("supply.holds.invoice", name=step.name, number=one.number))
    return tuple(freeze(desk, customer, why) for customer, why in wanted.items())


def release(desk: Desk, customer: int, why: str = "", by: str = "") -> Receipt:
    """Supply again. Refuses (`no_stop`) where nothing is stopped, (`not_yours`) where somebody else was named to lift
    it and `by` is not them.
    """
    name = find.customer_name(desk, customer)
    with desk.act(acts.STANDING_RELEASE, "customer", customer) as work:
        held = stop_of(desk, customer)
        if held is None:
            last = reads.last_lifted(desk.book, merged_ids(desk.book, [customer]))
            told = message("supply.holds.lifted", by=last.by, day=last.day) if last else ""
            raise ArtermError("no_stop", "customer", name=name, told=told)
        if held.who_may and clean(by).casefold() != held.who_may.casefold() and not held.settled:
            raise ArtermError("not_yours", "by", who_may=held.who_may)
        # Every stop that holds: a customer who was merged into this one may have had their own.
        for stop in _unlifted(desk, customer):
            if stop.since <= desk.today:
                work.update(Freeze, stop.id, lifted=desk.today.isoformat(), lifted_why=clean_note(why, 400))
    return Receipt(message("receipts.supply.supplied", name=name), work.id, (customer,), held.id)


def _unlifted(desk: Desk, customer: int) -> list[reads.Unlifted]:
    """Every stop of a customer that nobody lifted, also one that is dated ahead."""
    return reads.unlifted(desk.book, merged_ids(desk.book, [customer]), desk.today)


def to_release(desk: Desk) -> tuple[StopView, ...]:
    """Who is stopped and owes nothing that is due any more."""
    return tuple(one for one in stop_list(desk) if one.settled)


def settled_but_stopped(desk: Desk, customers: Sequence[int]) -> tuple[StopView, ...]:
    """Which of these customers are stopped and owe nothing that is due any more; asked after every act, so it costs
    nothing else.
    """
    if not customers or not reads.is_anyone_stopped(desk.book):
        return ()
    found = [stop_of(desk, customer) for customer in dict.fromkeys(customers[:20])]
    return tuple(one for one in found if one and one.settled)


def to_stop(desk: Desk) -> tuple[tuple[int, str, Money, int], ...]:
    """(customer, name, overdue, days of the oldest) of those beyond the owner's lines who are not stopped. The line in
    money is for the owner's currency, that in days for all.
    """
    amount, days = int(desk.setting("freeze_amount")), int(desk.setting("freeze_days"))
    if not amount and not days:
        return ()
    stopped = {one.customer_id for one in stop_list(desk)}
    found = []
    for one in reads.overdue(desk.book, desk.today, desk.currency):
        late = (desk.today - one.oldest).days
        beyond = (amount and one.owed >= amount * 10 ** DIGITS[desk.currency]) or (days and late >= days)
        if beyond and one.customer not in stopped:
            found.append((one.customer, one.name, Money(one.owed, desk.currency), late))
    return tuple(found)


def stop_list_csv(desk: Desk) -> bytes:
    """The stop list for other programs: the customer's own number first, plain figures."""
    numbers = reads.own_numbers(desk.book)
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
