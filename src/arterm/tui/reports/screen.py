"""The list under `4`: aged receivables by customer, totals by currency; and the other reports, one key further each."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.worker import get_current_worker

from arterm.desk.accounts.ageing import ageing
from arterm.desk.find import customer_name
from arterm.desk.reports.catalogue import report
from arterm.desk.reports.model import EARLIER, Report, ReportOptions
from arterm.desk.session import Desk
from arterm.rules.ageing import BUCKETS
from arterm.rules.errors import ArtermError
from arterm.rules.report_kinds import REPORTS
from arterm.rules.text import fold
from arterm.tui.acts import Selection
from arterm.tui.board.cells import age_bars
from arterm.tui.host import OpenDossier
from arterm.tui.keys import bindings_of
from arterm.tui.reports.ageing import AGEING_COLUMNS, ageing_cells
from arterm.tui.reports.report import report_lines, text_of
from arterm.tui.shell.list_view import ListView
from arterm.tui.widgets.grid import Column, Grid, Rows
from arterm.tui.widgets.plain import Plain, styled

_LINES = (Column("", 40, share=1),)
_PERIODS = (90, 365, 30)  # days
VIEWS = tuple(REPORTS)


class FiguresScreen(ListView):
    """Who owes how much, by age; and the reports, reckoned aside so that no key waits for them."""

    SCREEN = "figures"
    BINDINGS: ClassVar[list[Any]] = bindings_of("figures")

    COLUMNS = AGEING_COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self.view = "ageing"
        self.compared = "year"
        self.disputed = True
        self.days, self.currency = 90, ""
        self.left_out: int | None = None
        self.found: Report | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom; the ages in one line where they are shown."""
        yield Plain("", id="title", classes="page-title")
        yield Plain("", id="ages")
        yield self.grid
        yield self.filter_bar
        yield self.hints()

    def load(self) -> None:
        """Ask the desk for the figures."""
        self.set_class(self.view != "ageing", "-report")
        if self.view == "ageing":
            self.workers.cancel_group(self, "report")
            self._ageing()
        else:
            self.head("Reckoning…   esc leaves it")
            work = partial(self._reckon, self.view, self.asked, self.desk.today)
            self.run_worker(work, thread=True, exclusive=True, group="report", name="report")

    def _reckon(self, name: str, asked: ReportOptions, day: date) -> None:
        """In a thread: with a desk of its own, since a report looks at other days too."""
        worker, aside = get_current_worker(), Desk(self.desk.book, day)
        try:
            with aside.in_thread():
                found = report(aside, name, asked)
        except ArtermError as error:
            self.host.call_from_thread(self.host.tell, str(error), "error")
            return
        if not worker.is_cancelled:
            self.host.call_from_thread(self._show, found)

    def step_back(self) -> bool:
        """The filter is a layer, then the report."""
        if super().step_back():
            return True
        if self.view == "ageing":
            return False
        self.view = "ageing"
        self.host.guarded(self.load)
        return True

    def action_next_view(self) -> None:
        """Ageing, days outstanding, forecast, what chasing brought, how customers pay, and round."""
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self.host.guarded(self.load)
        self.grid.go(0)

    def action_next_compared(self) -> None:
        """Compare the figures with a month, a quarter, a year before."""
        every = list(EARLIER)
        self.compared, self.view = every[(every.index(self.compared) + 1) % len(every)], "dso"
        self.host.guarded(self.load)

    def action_next_period(self) -> None:
        """A month, a quarter, a year: the period of a report, or how far the forecast looks."""
        self.days = _PERIODS[(_PERIODS.index(self.days) + 1) % len(_PERIODS)]
        self.view = "dso" if self.view == "ageing" else self.view
        self.host.guarded(self.load)

    def action_next_currency(self) -> None:
        """The reports in the next currency that anything is open in."""
        codes = [row.currency for row in ageing(self.desk).totals]
        now = self.asked.code(self.desk)
        self.currency = codes[(codes.index(now) + 1) % len(codes)] if now in codes else ""
        self.view = "dso" if self.view == "ageing" else self.view
        self.host.guarded(self.load)

    def action_turn_disputed(self) -> None:
        """Count what is disputed as open, or leave it out of the days outstanding."""
        self.disputed, self.view = not self.disputed, "dso"
        self.host.guarded(self.load)

    @property
    def asked(self) -> ReportOptions:
        """What the report that is shown was asked for."""
        customer = self.left_out if self.view == "forecast" else None
        return ReportOptions(self.days, customer, self.compared, self.disputed, self.currency)

    def without(self, customer: int | None) -> None:
        """Show the forecast as if that customer never paid."""
        self.left_out, self.view = customer, "forecast"
        self.host.guarded(self.load)

    def selection(self) -> Selection | None:
        """The customer of the row."""
        key = self.grid.key
        if not isinstance(key, tuple) or not key[0]:
            return None
        return Selection(key[0], (key[0],), customer_name(self.desk, key[0]), ())

    def _show(self, found: Report) -> None:
        """A report came back: shown, unless another is wanted by now."""
        if self.is_mounted and found.name == self.view:
            self.found = found
            self._draw(found)

    def _draw(self, found: Report) -> None:
        without = (
            f", without {customer_name(self.desk, self.left_out)}" if self.asked.customer and self.left_out else ""
        )
        self.head(f"{found.title} as of {found.as_of.isoformat()} ({found.currency}){without}")
        room = max(40, self.size.width - 3)
        lines = [line for line in report_lines(self.desk, found, room) if fold(self.words) in fold(text_of(line))]
        self.grid.show(Rows(range(len(lines)), lambda a, b: [[line] for line in lines[a:b]], "Nothing."), _LINES)

    def on_resize(self) -> None:
        """Another width: pictures fit again."""
        super().on_resize()
        if self.view == "ageing":
            self.refresh_from_book()
        elif self.found and self.found.name == self.view:
            self._draw(self.found)

    def _ageing(self) -> None:
        page = ageing(self.desk)
        self.head(f"Aged receivables as of {page.as_of.isoformat()}")
        home = page.totals[0]
        said = age_bars(self.desk, home.currency, tuple(zip(BUCKETS, home.buckets, strict=True)), self.size.width, True)
        self.query_one("#ages", Plain).say(styled(said))
        wanted = fold(self.words)
        rows = [*page.totals, *(row for row in page.rows if wanted in fold(row.customer))]
        keys = [(row.customer_id, row.currency) for row in rows]
        self.grid.show(
            Rows(keys, lambda a, b: [ageing_cells(self.desk, row) for row in rows[a:b]], "Nothing is open."),
            AGEING_COLUMNS,
        )

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        if isinstance(event.key, tuple) and event.key[0]:
            self.host.post_message(OpenDossier(event.key[0]))
