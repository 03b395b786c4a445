"""What the owner should hear of on the day: an invoice ignored, a promise broken, an instalment missed. Asked for
cheaply.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk import acts
from arterm.desk.compromise.watch import watched
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.calendar import is_working_day
from arterm.rules.messages import Labels, message
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.text import clean, count
from arterm.store.cases import OpenInvoice, facts
from arterm.store.models.mail import Alert
from arterm.store.reads.mail import runs as reads

_DAY = timedelta(days=1)
WORDS = Labels("mail.alert_kinds")


@dataclass(frozen=True, slots=True)
class AlertView:
    """One thing that happened on a day: its kind, whose, about which invoices, how much is open; `row` is its
    number.
    """

    kind: str
    row: int
    on: date
    customer: str
    customer_id: int
    amount: Money
    invoices: tuple[str, ...]

    @property
    def words(self) -> str:
        """In one line, without the amount."""
        return f"{self.customer} {WORDS[self.kind]} ({', '.join(self.invoices)})"


def alerts(desk: Desk) -> tuple[AlertView, ...]:
    """What happened today, and on the owner's days off just before it."""

    def ask() -> tuple[AlertView, ...]:
        since = desk.today
        while not is_working_day(since - _DAY, desk.country):
            since -= _DAY
        found = [*_ignored(desk, since), *_broken(desk, since), *_missed(desk, since)]
        return tuple(sorted(found, key=lambda one: (-one.amount.minor, one.kind, one.row)))

    return desk.remember("alerts", ask)


def unsent(desk: Desk) -> tuple[AlertView, ...]:
    """Those the owner was not told of yet."""
    told = set(reads.told_alerts(desk.book))
    return tuple(one for one in alerts(desk) if reads.ToldAlert(one.kind, one.row, one.on) not in told)


def tell(desk: Desk) -> tuple[Receipt | None, int]:
    """Tell the owner of what is new, as they wish: by a message in the outbox, on the desktop. Each thing once.

    Returns what was done (None: nothing was new, or nobody wishes to be told), and the message's number or 0.
    """
    from arterm.desk.mail.compose import plan_to_self

    by_mail, by_note = desk.setting("alert_mail") == "yes", desk.setting("alert_note") == "yes"
    fresh = unsent(desk)
    if not fresh or not (by_mail or by_note):
        return None, 0
    lines = [f"{one.words}: {desk.format_money(one.amount)}" for one in fresh]
    row = (
        plan_to_self(desk, message("mail.alerts.arterm", alerts=count(len(fresh), "alert")), "\n".join(lines), "alert")
        if by_mail
        else 0
    )
    with desk.act(acts.MAIL_ALERT) as work:
        for one in fresh:
            work.insert(Alert, kind=one.kind, row=one.row, day=one.on.isoformat())
    if by_note:
        _show_note(message("mail.alerts.arterm", alerts=count(len(fresh), "alert")), "\n".join(lines[:5]))
    return Receipt(message("receipts.mail.alerts", alerts=len(fresh)), work.id), row


def _show_note(title: str, words: str) -> None:
    """A note on the desktop, where the system has a command for it; nothing where it has none."""
    import shutil
    import subprocess

    command = shutil.which("notify-send")
    if command:
        subprocess.run(
            [command, "--app-name=arterm", "--", clean(title), words.replace("<", "‹").replace("&", "+")],
            check=False,
            timeout=10,
            capture_output=True,
        )


def _ignored(desk: Desk, since: date) -> list[AlertView]:
    """Reminders whose day passed, with something open and not a word since they went out."""
    reminded = reads.reminders_run_out(desk.book, since - _DAY, desk.today)
    found = _open(desk, [line.invoice for line in reminded])
    heard = [outcome for outcome, one in OUTCOMES.items() if one.reached]
    notices: dict[int, tuple[date, list[OpenInvoice]]] = {}
    for line in reminded:
        one = found.get(line.invoice)
        if one and one.case.chased and not reads.was_heard(desk.book, line.customer, line.issued, desk.today, heard):
            notices.setdefault(line.notice, (line.deadline, []))[1].append(one)
    return [_view("ignored", row, day + _DAY, members) for row, (day, members) in notices.items()]


def _broken(desk: Desk, since: date) -> list[AlertView]:
    """Promises whose last day, grace included, has just passed with too little."""
    grace = timedelta(days=int(desk.setting("promise_days")))
    due = reads.promises_run_out(desk.book, since - _DAY - grace, desk.today - grace)
    found = _open(desk, [line.invoice for line in due])
    promised: dict[int, tuple[date, list[OpenInvoice]]] = {}
    for line in due:
        one = found.get(line.invoice)
        if (
            one
            and one.case.promise
            and one.case.promise.id == line.promise
            and one.case.promised(desk.today) in ("broken", "partly kept")
        ):
            promised.setdefault(line.promise, (line.day, []))[1].append(one)
    return [_view("promise", row, day + grace + _DAY, members) for row, (day, members) in promised.items()]


def _missed(desk: Desk, since: date) -> list[AlertView]:
    """Instalments that were due the day before, and plans that broke."""
    found = []
    for one in watched(desk):
        on = one.on + _DAY if one.kind == "late" else one.on
        if one.kind in ("late", "broken") and since <= on <= desk.today:
            found.append(AlertView("instalment", one.row, on, one.customer, one.customer_id, one.amount, one.invoices))
    return found


def _open(desk: Desk, invoices: list[int]) -> dict[int, OpenInvoice]:
    return {one.id: one for one in facts(desk.book, desk.today, invoices=sorted(set(invoices)))} if invoices else {}


def _view(kind: str, row: int, on: date, members: list[OpenInvoice]) -> AlertView:
    first = members[0]
    total = sum(one.case.chased for one in members)
    return AlertView(
        kind,
        row,
        on,
        first.name,
        first.customer,
        Money(total, first.case.currency),
        tuple(one.number for one in members),
    )
