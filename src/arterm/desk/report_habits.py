"""How customers pay, and what each letter, call and cost of chasing brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from arterm.desk.desk import Desk
from arterm.desk.plans import plans_of
from arterm.desk.portraits import usual
from arterm.desk.promises import kept_rates
from arterm.desk.report_shapes import Asked, Cell, Report, Table
from arterm.rules.figures import shown
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.store.cases import facts
from arterm.store.circumstances import one_and_merged


def behaviour_report(desk: Desk, asked: Asked) -> Report:
    """How late customers pay as a rule, whether it gets better, promises kept; disputes by reason."""
    names: dict[int, str] = dict(
        desk.book.rows("SELECT id, name FROM customer WHERE merged_into IS NULL AND void_act IS NULL")
    )
    customer = asked.customer
    who = [customer] if customer else sorted(names)
    habits = usual(desk, who)
    rows: list[tuple[Cell, ...]] = []
    open_now: dict[int, int] = {}
    for one in facts(desk.book, desk.today, who if customer else None):
        if one.case.currency == desk.currency:
            open_now[one.customer] = open_now.get(one.customer, 0) + one.case.open
    for row in who:
        rates = kept_rates(desk, row) if row in habits or row in open_now else ()
        mine = next((one for one in rates if one.currency == desk.currency), None)
        lag = habits.get(row)
        if lag is None and not mine and not open_now.get(row):
            continue
        promises = f"{mine.kept} of {mine.promises}" if mine and mine.promises else "-"
        amount = shown(Fraction(100 * mine.received.minor, mine.promised.minor), 0) if mine and mine.promised else "-"
        rows.append(
            (
                names.get(row, ""),
                "-" if lag is None else lag,
                _trend(desk, row),
                promises,
                amount,
                Money(open_now.get(row, 0), desk.currency),
            )
        )
    rows.sort(key=lambda one: -(one[1] if isinstance(one[1], int) else -1))
    table = Table(
        "Customers, the latest payers first",
        ("customer", "days late", "trend", "kept", "% of amount", "open"),
        tuple(rows),
    )
    notes = (
        "Days late are what is usual, weighted by amount, of customers with three or more settled invoices. Trend: the newer half of their invoices against the older, in days. Kept: promises, and per cent of their amount.",
    )
    return Report(
        "behaviour", "How customers pay", desk.today, desk.currency, (), (table, _disputes(desk, asked.days)), notes
    )


def _trend(desk: Desk, customer: int) -> str:
    group = one_and_merged(desk.book, [customer])
    rows = desk.book.rows(
        "SELECT i.total, max(0, cast(julianday(max(a.value_day)) - julianday(i.due) AS INTEGER)), max(a.value_day) FROM invoice i JOIN allocation a ON a.invoice = i.id AND a.amount > 0"
        f" WHERE i.customer IN ({', '.join('?' * len(group))}) AND i.open = 0 AND i.kind = 'invoice' AND i.void_act IS NULL AND a.value_day <= ? GROUP BY i.id ORDER BY 3, i.id",
        (*group, desk.today.isoformat()),
    )
    half = len(rows) // 2
    if half < 3:
        return "-"

    def late(some: Sequence[tuple[int, int, str]]) -> Fraction:
        return Fraction(sum(total * days for total, days, _ in some), sum(total for total, *_ in some) or 1)

    change = late(rows[half:]) - late(rows[:half])
    return ("+" if change > 0 else "") + shown(change, 0)


def _disputes(desk: Desk, days: int) -> Table:
    since = (desk.today - timedelta(days=days)).isoformat()
    rows = desk.book.rows(
        "SELECT d.reason, count(*), sum(d.amount), sum(d.closed IS NOT NULL) FROM dispute d JOIN invoice i ON i.id = d.invoice WHERE d.void_act IS NULL AND i.currency = ?"
        " AND d.opened BETWEEN ? AND ? GROUP BY 1 ORDER BY 3 DESC",
        (desk.currency, since, desk.today.isoformat()),
    )
    return Table(
        f"Disputes of the last {days} days by reason",
        ("reason", "disputes", "amount", "settled"),
        tuple((reason, n, Money(total, desk.currency), over) for reason, n, total, over in rows),
    )


_WITHIN = 30


def effectiveness_report(desk: Desk, asked: Asked) -> Report:
    """What came after letters and talks, costs charged and recovered, plans."""
    days, code = asked.days, desk.currency
    since, today = (desk.today - timedelta(days=days)).isoformat(), desk.today.isoformat()
    came = (
        "(SELECT coalesce(sum(a.amount), 0) FROM allocation a JOIN credit k ON k.id = a.credit WHERE a.invoice = {0} AND k.kind IN ('receipt', 'reported') AND a.value_day > {1}"
        f" AND a.value_day <= date({{1}}, '+{_WITHIN} days') AND a.value_day <= '{today}')"
    )
    first = f"(SELECT min(a.value_day) FROM allocation a WHERE a.invoice = {{0}} AND a.amount > 0 AND a.value_day > {{1}} AND a.value_day <= '{today}')"
    letters = desk.book.rows(
        f"SELECT coalesce(t.kind, 'reminder'), n.channel, count(*), sum(l.open), sum({came.format('l.invoice', 'n.issued')}),"
        f" avg(julianday({first.format('l.invoice', 'n.issued')}) - julianday(n.issued)) FROM notice n JOIN notice_line l ON l.notice = n.id LEFT JOIN letter t ON t.notice = n.id"
        " WHERE n.state = 'issued' AND n.void_act IS NULL AND n.currency = ? AND n.issued BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY 5 DESC",
        (code, since, today),
    )
    calls = desk.book.rows(
        f"SELECT g.outcome, count(*), sum({came.format('x.invoice', 'g.day')}), avg(julianday({first.format('x.invoice', 'g.day')}) - julianday(g.day)) FROM log g JOIN log_line x ON x.log = g.id JOIN invoice i ON i.id = x.invoice"
        " WHERE g.void_act IS NULL AND g.direction = 'out' AND g.channel <> 'note' AND i.currency = ? AND g.day BETWEEN ? AND ? GROUP BY 1 ORDER BY 3 DESC",
        (code, since, today),
    )
    charged, waived, paid = (
        desk.book.one(f"SELECT coalesce(sum({what}), 0) FROM invoice i WHERE i.kind = 'charge' AND i.void_act IS NULL AND i.currency = ? AND i.issued BETWEEN ? AND ?", (code, since, today))[0]
        for what in (
            "i.total", "(SELECT coalesce(sum(a.amount), 0) FROM allocation a JOIN credit k ON k.id = a.credit WHERE a.invoice = i.id AND k.kind NOT IN ('receipt', 'reported'))",
            "(SELECT coalesce(sum(a.amount), 0) FROM allocation a JOIN credit k ON k.id = a.credit WHERE a.invoice = i.id AND k.kind IN ('receipt', 'reported'))",
        )
    )  # fmt: skip
    plans = [one for one in plans_of(desk) if one.origin == "agreed"]
    states = {state: sum(one.state == state for one in plans) for state in ("running", "kept", "broken")}
    tables = (
        Table(f"Letters and e-mails: what came within {_WITHIN} days", ("kind", "by", "invoices", "asked", "came", "days until it came"),
              tuple((kind, channel, n, Money(asked, code), Money(got, code), "-" if wait is None else round(wait)) for kind, channel, n, asked, got, wait in letters)),
        Table(f"Calls and talks: what came within {_WITHIN} days", ("outcome", "invoices", "came", "days until it came"),
              tuple((OUTCOMES[outcome].words if outcome in OUTCOMES else outcome, n, Money(got, code), "-" if wait is None else round(wait)) for outcome, n, got, wait in calls)),
        Table("Costs and interest", ("what", "amount"), (("charged", Money(charged, code)), ("waived", Money(waived, code)), ("recovered", Money(paid, code)))),
        Table("Plans", ("state", "plans"), tuple(states.items())),
    )  # fmt: skip
    note = f"An invoice that had both counts with both: what came after a step came not always because of it. The last {days} days."
    return Report("effectiveness", "What chasing brought", desk.today, code, (), tables, (note,))
