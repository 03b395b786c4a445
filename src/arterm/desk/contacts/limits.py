"""What keeps a contact from becoming harassment: calls a day, contacts a week, hours, holidays, and the wish not to be
called.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from arterm.desk import acts, find
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.hours import closed, read_hours
from arterm.rules.text import clean_note, ordinal
from arterm.store.merged import merged_ids
from arterm.store.models.dunning import Wish
from arterm.store.promise_facts import STANDING_LOG


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a customer was contacted, and what speaks against one more (`against`), in the order of its weight."""

    calls_today: int
    calls_day: int
    contacts: int
    contacts_week: int
    hours: str
    wish: str
    against: tuple[str, ...]


def limits(desk: Desk, customer: int, channel: str = "call", now: datetime | None = None) -> Limits:
    """What stands against contacting a customer now. `now` is the clock (UTC); without it, hours are left out."""
    group = merged_ids(desk.book, [customer])
    marks, today = ", ".join("?" * len(group)), desk.today.isoformat()
    kind, country = desk.book.one("SELECT kind, country FROM customer WHERE id = ?", (customer,))
    base = (
        f"FROM log l JOIN act a ON a.id = l.act WHERE l.customer IN ({marks}) AND l.direction = 'out' AND l.channel <>"
        f" 'note' AND l.void_act IS NULL AND {STANDING_LOG}"
    )
    calls = desk.book.one(f"SELECT count(*) {base} AND l.channel = 'call' AND l.day = ?", (*group, today))[0]
    since = (desk.today - timedelta(days=6)).isoformat()
    week = desk.book.one(f"SELECT count(*) {base} AND l.day BETWEEN ? AND ?", (*group, since, today))[0]
    most_day, most_week = int(desk.setting("calls_day", "2")), int(desk.setting("contacts_week", "3"))
    said = desk.setting("hours_consumer", "9-20 sat") if kind == "consumer" else desk.setting("hours_business", "8-18")
    wished = desk.book.one(
        f"SELECT why FROM wish WHERE customer IN ({marks}) AND void_act IS NULL AND since <= ? AND ended IS NULL ORDER"
        " BY id DESC LIMIT 1",
        (*group, today),
    )
    against = []
    if channel == "call" and wished:
        against.append(f"does not want to be called: {wished[0]}")
    if channel == "call" and most_day and calls >= most_day:
        against.append(f"that would be the {ordinal(calls + 1)} call today")
    if most_week and week >= most_week:
        against.append(f"that would be the {ordinal(week + 1)} contact within a week")
    if channel == "call" and now is not None:
        shut = closed(read_hours(said), country or desk.country, _there(now, country or desk.country))
        against += [shut] if shut else []
    return Limits(calls, most_day, week, most_week, said, wished[0] if wished else "", tuple(against))


def clock(desk: Desk) -> datetime | None:
    """The clock of this machine, where the day at the desk is today; on another day its hours mean nothing."""
    now = desk.book.now()
    return now if now.astimezone().date() == desk.today else None


def begin_wish(desk: Desk, customer: int, why: str) -> Receipt:
    """Note that a customer does not want to be called; letters go on. Refuses (`missing`) without a reason, (`exists`)
    twice.
    """
    name = find.customer_name(desk, customer)
    if not why.strip():
        raise ArtermError("missing", "What did they say?", "why", "Say why.")
    if limits(desk, customer).wish:
        raise ArtermError("exists", f"{name} does not want to be called already.", "customer")
    with desk.act(acts.WISH_BEGIN, "customer", customer) as work:
        work.insert(Wish, customer=customer, since=desk.today.isoformat(), why=clean_note(why))
    return Receipt(f"{name} is not called any more; letters go on.", work.id, (customer,))


def end_wish(desk: Desk, customer: int) -> Receipt:
    """Note that a customer may be called again. Refuses (`no_wish`) where nothing was wished."""
    group = merged_ids(desk.book, [customer])
    rows = desk.book.rows(
        f"SELECT id FROM wish WHERE customer IN ({', '.join('?' * len(group))}) AND void_act IS NULL AND ended IS NULL",
        tuple(group),
    )
    name = find.customer_name(desk, customer)
    if not rows:
        raise ArtermError("no_wish", f"{name} may be called.", "customer")
    with desk.act(acts.WISH_END, "customer", customer) as work:
        for (row,) in rows:
            work.update(Wish, row, ended=desk.today.isoformat())
    return Receipt(f"{name} may be called again.", work.id, (customer,))


def _there(now: datetime, country: str) -> datetime:
    """The clock in a country that has one; here where it has several or is not known."""
    from babel.core import get_global

    zones = get_global("territory_zones").get(country, [])
    return now.astimezone(ZoneInfo(zones[0])) if len(zones) == 1 else now.astimezone()
