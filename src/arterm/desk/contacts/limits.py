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
from arterm.rules.messages import message
from arterm.rules.text import clean_note, ordinal
from arterm.store import one_row
from arterm.store.merged import merged_ids
from arterm.store.models.dunning import Wish
from arterm.store.reads import contacts as reads


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
    debtor = one_row.debtor(desk.book, customer)
    made = reads.made(desk.book, group, desk.today - timedelta(days=6), desk.today)
    most_day, most_week = int(desk.setting("calls_day")), int(desk.setting("contacts_week"))
    consumer = debtor.kind == "consumer"
    said = desk.setting("hours_consumer") if consumer else desk.setting("hours_business")
    wished = reads.wish(desk.book, group, desk.today)
    against: list[str] = []
    if channel == "call" and wished:
        against.append(message("contacts.limits.not_wished", wished=wished))
    if channel == "call" and most_day and made.calls >= most_day:
        against.append(message("contacts.limits.day_full", ordinal=ordinal(made.calls + 1)))
    if most_week and made.contacts >= most_week:
        against.append(message("contacts.limits.week_full", ordinal=ordinal(made.contacts + 1)))
    if channel == "call" and now is not None:
        country = debtor.country or desk.country
        shut = closed(read_hours(said), country, _there(now, country))
        against += [shut] if shut else []
    return Limits(made.calls, most_day, made.contacts, most_week, said, wished, tuple(against))


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
        raise ArtermError("missing.said", "why")
    if limits(desk, customer).wish:
        raise ArtermError("exists.wish", "customer", name=name)
    with desk.act(acts.WISH_BEGIN, "customer", customer) as work:
        work.insert(Wish, customer=customer, since=desk.today.isoformat(), why=clean_note(why))
    return Receipt(message("receipts.contacts.no_calls", name=name), work.id, (customer,))


def end_wish(desk: Desk, customer: int) -> Receipt:
    """Note that a customer may be called again. Refuses (`no_wish`) where nothing was wished."""
    wishes = reads.wishes(desk.book, merged_ids(desk.book, [customer]))
    name = find.customer_name(desk, customer)
    if not wishes:
        raise ArtermError("no_wish", "customer", name=name)
    with desk.act(acts.WISH_END, "customer", customer) as work:
        for row in wishes:
            work.update(Wish, row, ended=desk.today.isoformat())
    return Receipt(message("receipts.contacts.calls_again", name=name), work.id, (customer,))


def _there(now: datetime, country: str) -> datetime:
    """The clock in a country that has one; here where it has several or is not known."""
    from babel.core import get_global

    zones = get_global("territory_zones").get(country, [])
    return now.astimezone(ZoneInfo(zones[0])) if len(zones) == 1 else now.astimezone()
