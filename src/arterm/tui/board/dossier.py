"""The dossier: one customer on one page."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from arterm.desk.accounts.views import InvoiceView
from arterm.desk.worklist.dossier import dossier
from arterm.desk.worklist.views import Dossier
from arterm.rules.day_words import in_words
from arterm.rules.money import show
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.text import count
from arterm.tui.acts import Selection
from arterm.tui.keys import bindings_of
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

_INVOICES = (
    Column("Invoice", 11, share=1),
    Column("Issued", 11, yields=2),
    Column("Due", 11),
    Column("Late", 5, right=True),
    Column("Total", 11, right=True, yields=1),
    Column("Paid", 11, right=True, yields=3),
    Column("Open", 11, right=True),
    Column("Step", 12),
    Column("Status", 9),
)
_LOG = (Column("When", 11), Column("What", 30, share=2), Column("Note", 20, share=3, yields=1))


class DossierScreen(ListScreen):
    """Everything about one customer."""

    SCREEN = "dossier"
    BINDINGS: ClassVar[list[Any]] = bindings_of("dossier")

    def __init__(self, customer: int) -> None:
        super().__init__()
        self.customer = customer
        self.page: Dossier | None = None
        self.grid = Grid(_INVOICES, marks=True, id="dossier-invoices")
        self.log_grid = Grid(_LOG, id="dossier-log")

    def compose(self) -> ComposeResult:
        """Name, facts, invoices, contacts with them."""
        yield Plain("", id="title", classes="page-title")
        yield Plain("", id="dossier-facts")
        yield self.grid
        yield self.log_grid
        yield self.hints()

    def load(self) -> None:
        """Ask the desk for the page."""
        self.page = page = dossier(self.desk, self.customer)
        self.query_one("#title", Plain).say(
            " ".join(part for part in (page.customer.own_no, page.customer.name) if part)
        )
        self.query_one("#dossier-facts", Plain).say("\n".join(self._facts(page)))
        views = sorted(page.invoices, key=lambda view: (not view.balance, view.due))
        self.grid.show(
            Rows(
                [view.id for view in views],
                lambda a, b: [self._invoice(view) for view in views[a:b]],
                "No invoices yet: a adds one.",
            )
        )
        entries: list[list[Cell]] = []
        for entry in page.log:
            said = OUTCOMES[entry.outcome].words if entry.outcome in OUTCOMES else entry.outcome
            if entry.promised and entry.promised_for:
                said += (
                    f" {show(entry.promised.minor, entry.promised.currency, self.desk.style)} by"
                    f" {in_words(entry.promised_for, self.desk.today)}"
                )
            entries.append([in_words(entry.day), f"{entry.channel}: {said}", " ".join(entry.note.split())])
        self.log_grid.show(
            Rows(
                [entry.id for entry in page.log],
                lambda a, b: entries[a:b],
                "Nobody has spoken to them yet: c logs a call.",
            )
        )

    def selection(self) -> Selection | None:
        """The customer, and the invoices chosen that are open."""
        if self.page is None:
            return None
        open_ones = {view.id for view in self.page.invoices if view.balance}
        chosen = tuple(
            key for key in self.grid.chosen if isinstance(key, int) and (key in open_ones or len(self.grid.chosen) == 1)
        )
        return Selection(self.customer, (self.customer,), self.page.customer.name, chosen)

    def step_back(self) -> bool:
        """Marks are a layer."""
        return self.grid.unmark()

    def action_back(self) -> None:
        """Marks first, then out."""
        self.action_do("app.quit")

    def _invoice(self, view: InvoiceView) -> list[Cell]:
        style, code = self.desk.style, view.currency
        return [
            view.number,
            in_words(view.issued),
            in_words(view.due),
            (str(view.days_late) if view.days_late else "-", "late" if view.days_late > 60 else ""),
            show(view.total.minor, code, style),
            show(view.paid.minor, code, style),
            (show(view.balance.minor, code, style), "strong"),
            view.stage,
            (view.status, "quiet" if view.status == "settled" else "good" if view.status == "promised" else ""),
        ]

    def _facts(self, page: Dossier) -> list[str]:
        who, style = page.customer, self.desk.style
        town = " ".join(part for part in (who.postcode, who.city, who.country) if part)
        lines = [" · ".join(part for part in (who.kind, who.street, town, who.language, who.vat_no) if part)]
        lines += [f"! {', '.join(page.flags)}"] if page.flags else []
        for total in page.sums:
            late = f"   unapplied {show(total.unapplied.minor, total.currency, style)}" if total.unapplied else ""
            lines.append(
                f"{total.currency} open {show(total.open.minor, total.currency, style)}   overdue"
                f" {show(total.overdue.minor, total.currency, style)}   invoiced in all"
                f" {show(total.invoiced.minor, total.currency, style)}{late}"
            )
        for person in page.contacts[:2]:
            bad = "  (bad)" if "bad" in (person.mail_state, person.phone_state) else ""
            lines.append(
                "  ".join(part for part in (person.name, person.role, person.phone, person.mail) if part) + bad
            )
        lines += self._compromises(page)
        if page.usual_days_late is not None:
            lines.append(f"Usually pays {count(page.usual_days_late, 'day')} late.")
        return [*lines, *([who.note] if who.note else [])]

    def _compromises(self, page: Dossier) -> list[str]:
        """Plans and offers that stand, or broke."""
        today, style = self.desk.today, self.desk.style
        lines = []
        for plan in page.plans:
            if plan.state in ("proposed", "running", "broken"):
                coming = (
                    f", next {show(plan.next.amount.minor, plan.currency, style)} on {in_words(plan.next.due, today)}"
                    if plan.next
                    else ""
                )
                lines.append(
                    f"Plan #{plan.plan} {plan.state}: {show(plan.paid.minor, plan.currency, style)} of"
                    f" {show(plan.total.minor, plan.currency, style)} {plan.currency}{coming}"
                )
        for offer in page.offers:
            if offer.state in ("offered", "accepted"):
                lines.append(f"Offer #{offer.offer} ({offer.kind}) {offer.state}, until {in_words(offer.until, today)}")
        return lines
