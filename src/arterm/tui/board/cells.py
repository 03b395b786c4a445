"""The board in words and cells: what each column says, the title, the ages, the story of a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from textual.content import Content

from arterm.desk.accounts.board import Board, BoardRow, CustomerRow, Query
from arterm.desk.accounts.warnings import flags
from arterm.desk.bank.lines import bank_state
from arterm.desk.mail.run import run_state
from arterm.desk.session import Desk
from arterm.rules.charts import bar
from arterm.rules.day_words import in_words, long_words
from arterm.rules.money import Money, show, whole
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.text import count
from arterm.tui.widgets.grid import Cell, Column, Rows
from arterm.tui.widgets.plain import styled

INVOICE_COLUMNS = (
    Column("Customer", 16, share=2),
    Column("Invoice", 10, share=1, yields=2),
    Column("Due", 7, yields=4),
    Column("Late", 6, right=True, yields=1),
    Column("Balance", 12, right=True),
    Column("Step", 12, yields=5),
    Column("Next", 18, share=1, yields=3),
    Column("Why it is here", 28, share=3, yields=6),
)
STAGE_COLUMNS = (
    Column("Stage", 12),
    Column("Customer", 16, share=2),
    Column("Invoice", 10, share=1, yields=2),
    Column("Late", 6, right=True, yields=1),
    Column("Balance", 12, right=True),
    Column("Next", 18, share=1, yields=3),
    Column("Why it is here", 28, share=3, yields=6),
)
CUSTOMER_COLUMNS = (
    Column("Customer", 16, share=3),
    Column("Invoices", 8, right=True, yields=3),
    Column("Oldest", 7, yields=4),
    Column("Late", 6, right=True, yields=1),
    Column("Balance", 12, right=True),
    Column("Cur", 3),
    Column("Age", 7, yields=5),
)
_TONES = {"promised": "good", "overdue": "", "open": "quiet"}
_MARKS = {"promised": "~ ", "disputed": "? ", "hold": "‖ ", "plan": "= ", "overdue": "", "open": ""}


def listed(desk: Desk, board: Board, view: str) -> tuple[Rows, tuple[Column, ...]]:
    """The rows and columns of a view: by `customer` (keys are negative customers), by `invoice` or by `stage`."""
    if view == "customer":
        rows = board.customers()
        keys, known = [-row.customer_id for row in rows], flags(desk)
        return (
            Rows(
                keys,
                lambda a, b: [customer_cells(desk, row, known.get(row.customer_id, ())) for row in rows[a:b]],
                empty(board.query),
            ),
            CUSTOMER_COLUMNS,
        )
    cells, columns = (invoice_cells, INVOICE_COLUMNS) if view == "invoice" else (stage_cells, STAGE_COLUMNS)
    return Rows(board.ids, lambda a, b: [cells(desk, row) for row in board.rows(a, b)], empty(board.query)), columns


def amount(desk: Desk, money: Money) -> str:
    """An amount as the owner writes numbers; the currency where it is not the owner's."""
    text = show(money.minor, money.currency, desk.style)
    return text if money.currency == desk.currency else f"{money.currency} {text}"


def named(customer: str, beware: Sequence[str]) -> Cell:
    """A customer's name; with a mark where more is to be known before anything is supplied: `w` says what."""
    return (f"! {customer}", "warn") if beware else customer


def invoice_cells(desk: Desk, row: BoardRow) -> list[Cell]:
    """A row of the board by invoice."""
    return [
        named(row.customer, row.flags),
        row.invoice,
        _due(desk, row.due),
        _late(row.days_overdue),
        (amount(desk, row.balance + row.charges), "strong"),
        row.stage,
        _next(desk, row),
        (" · ".join(row.why), "quiet"),
    ]


def stage_cells(desk: Desk, row: BoardRow) -> list[Cell]:
    """A row of the board by stage."""
    return [
        row.stage,
        named(row.customer, row.flags),
        row.invoice,
        _late(row.days_overdue),
        (amount(desk, row.balance + row.charges), "strong"),
        _next(desk, row),
        (" · ".join(row.why), "quiet"),
    ]


def customer_cells(desk: Desk, row: CustomerRow, beware: Sequence[str]) -> list[Cell]:
    """A row of the board by customer."""
    return [
        named(row.customer, beware),
        str(row.invoices),
        _due(desk, row.oldest_due),
        _late(row.days_overdue),
        (show(row.balance.minor, row.currency, desk.style), "strong"),
        row.currency,
        row.bucket,
    ]


def title(desk: Desk, board: Board, view: str, width: int) -> Content:
    """The top row: whose book, which day, how much is overdue, and what was asked of the board."""
    home, *others = board.totals
    query = board.query
    asked = [f"by {view}"] if view != "invoice" else []
    asked += [f"sorted by {query.sort}"] if query.sort not in ("priority", "step") else []
    asked += ["upside down"] if query.reverse else []
    asked += [query.bucket] if query.bucket else []
    asked += ["all open"] if query.everything else []
    asked += [f"/{query.text}"] if query.text else []
    parts = [
        ("   " + " · ".join(asked) if asked else "", "italic"),
        (f"   {home.currency} {show(home.overdue.minor, home.currency, desk.style)}", "bold"),
        (f"   {sum(total.overdue_invoices for total in board.totals)} overdue", ""),
        (f"   {long_words(desk.today)}", ""),
        *(
            (f" + {other.currency} {show(other.overdue.minor, other.currency, desk.style)}", "")
            for other in others
            if other.overdue
        ),
    ]  # the most needed first: what does not fit beside the name is left out
    mail = run_state(desk)
    told = (
        count(mail.unclear, "e-mail") + " unclear" if mail.unclear else "",
        mail.bad,
        count(mail.alerts, "alert") if mail.alerts else "",
    )
    alarm = ", ".join(part for part in told if part)
    parts.insert(
        1, (f"   {alarm}" if alarm else "", "bold $text-error" if mail.unclear or mail.bad else "$text-warning")
    )
    room = width - 2 - cell_len(desk.setting("name") or "arterm")
    kept = []
    for part in parts:
        if cell_len(part[0]) <= room:
            kept.append(part)
            room -= cell_len(part[0])
    order = {id(part): n for n, part in enumerate((parts[4], parts[3], parts[2], *parts[5:], parts[1], parts[0]))}
    return styled(
        [("  " + (desk.setting("name") or "arterm"), "bold"), *sorted(kept, key=lambda part: order[id(part)])]
    )


def age_bars(
    desk: Desk, currency: str, ages: Sequence[tuple[str, Money]], width: int, whole_line: bool = False
) -> list[str | tuple[str, str]]:
    """What stands in each age of a currency: bars and cents where there is room for them; `whole_line`: nothing else
    comes after.
    """
    most = max((amount.minor for _, amount in ages), default=0) or 1
    sums = [show(amount.minor, currency, desk.style) for _, amount in ages]
    lead = "  " if currency == desk.currency else f"  {currency} "
    taken = sum(cell_len(name) + cell_len(text) + 3 for (name, _), text in zip(ages, sums, strict=True))
    spare = width - cell_len(lead) - taken
    if spare < 0:
        cents = sum(map(len, sums))
        sums = [whole(amount.minor, currency, desk.style) for _, amount in ages]
        spare += cents - sum(map(len, sums)) if whole_line else 0
    room = min(10, max(0, spare) // len(ages))
    said: list[str | tuple[str, str]] = [lead]
    for (name, amount), text in zip(ages, sums, strict=True):
        said += [(name, "$text-muted"), f" {text} ", (bar(amount.minor, most, room - 1), "$accent"), " "]
    return said


def ages(desk: Desk, board: Board, width: int) -> Content:
    """The ages of the owner's currency, how fresh the bank is, the last mail run, money that settles nothing yet."""
    home = next((total for total in board.totals if total.open or total.unapplied), board.totals[0])
    said = age_bars(desk, home.currency, [(one.bucket, one.amount) for one in home.buckets], width)
    bank = bank_state(desk)
    room = width - sum(cell_len(part if isinstance(part, str) else part[0]) for part in said)
    said += [
        (words, "$text-warning" if bank.warning else "$text-muted")
        for words in (bank.words, bank.short)
        if words and len(words) <= room
    ][:1]
    said += [" "] if bank.words else []
    room = width - sum(cell_len(part if isinstance(part, str) else part[0]) for part in said)
    run = run_state(desk)
    sent = f"mailed {run.sent}" if run.sent else f"mail run {in_words(run.good, desk.today)}" if run.good else ""
    said += [(f" {sent} ", "$text-muted")] if sent and cell_len(sent) + 2 <= room else []
    for total in board.totals:
        if total.unapplied:
            said += [("unapplied", "$text-warning"), f" {amount(desk, total.unapplied)} "]
    return styled(said)


def empty(query: Query) -> str:
    """What a board without rows says."""
    if query.text or query.bucket:
        return "No row fits. esc shows all again."
    return "Nothing is overdue. f4 also shows what is not due yet, f2 brings in a file."


def story(desk: Desk, row: BoardRow) -> list[str]:
    """The story of a row: who to ask, what was said last, what was promised."""
    from arterm.desk.accounts.customers import contacts
    from arterm.desk.contacts.log import log_entries

    lines = [
        row.customer,
        f"{row.invoice}: {amount(desk, row.balance + row.charges)} due {in_words(row.due, desk.today)}",
    ]
    for person in contacts(desk, row.customer_id)[:1]:
        lines.append("  ".join(part for part in (person.name, person.phone, person.mail) if part))
    lines += [f"· {reason}" for reason in row.why]
    for entry in log_entries(desk, row.customer_id, limit=3):
        lines.append(
            f"{in_words(entry.day, desk.today)} {entry.channel}:"
            f" {OUTCOMES[entry.outcome].words if entry.outcome in OUTCOMES else entry.outcome}"
        )
        if entry.note:
            lines.append(f"  {' '.join(entry.note.split())[:200]}")
    return lines


def _due(desk: Desk, day: date) -> str:
    """`14 Aug`, or `Aug '25` in another year: what fits a narrow column."""
    return in_words(day, desk.today) if day.year == desk.today.year else f"{in_words(day)[3:6]} '{day.year % 100:02d}"


def _late(days: int) -> Cell:
    if not days:
        return ("-", "quiet")
    return (f"{days} d", "late" if days > 60 else "warn" if days > 30 else "")


def _next(desk: Desk, row: BoardRow) -> Cell:
    when = "" if row.next_on is None else "today" if row.next_on == desk.today else in_words(row.next_on, desk.today)
    return (f"{_MARKS.get(row.status, '')}{row.next_action} {when}".rstrip(), _TONES.get(row.status, ""))
