"""Bringing a file in: its name, then what was recognised and would be done, then yes or no."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from arterm.desk.bring_in import Opened, Wishes, commit, look, read
from arterm.desk.views import ImportReport
from arterm.rules.errors import ArtermError
from arterm.rules.text import count
from arterm.tui.sheet import Sheet
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from arterm.tui.app import ArtermApp

_COLUMNS = (
    Column("", 9),
    Column("Line", 6, right=True),
    Column("Field", 11),
    Column("What stands there", 20, share=1),
    Column("What was made of it", 26, share=2),
)


class IntakeScreen(Sheet):
    """Nothing is written before the owner has seen what would be."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", "Back"),
        Binding("ctrl+s", "commit(False)", "Bring in"),
        Binding("f8", "commit(True)", "Only good rows"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Opened] = []
        self.report: ImportReport | None = None
        self.busy = False
        self.grid = Grid(_COLUMNS)

    @property
    def arterm(self) -> ArtermApp:
        """The app."""
        return cast("ArtermApp", self.app)

    def compose(self) -> ComposeResult:
        """The file's name, what was recognised, every remark."""
        yield Plain("Bring in a file: invoices, customers or payments as CSV", classes="page-title")
        yield Input(placeholder="/path/to/file.csv, then enter", id="intake-path", compact=True)
        yield Plain("", id="intake-notes")
        yield self.grid
        yield Plain("", id="intake-trouble")
        yield Plain(" enter look at it   esc back", id="hints")

    def on_mount(self) -> None:
        """Ask for the name."""
        self.grid.show(Rows(empty="Nothing is written before you have seen what would be."))
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() and not self.busy:
            self._aside(lambda: self._look(event.value.strip()))

    def action_commit(self, skip_bad: bool) -> None:
        """Bring in what was looked at."""
        if self.report is None or self.busy:
            return
        if self.report.rejected and not skip_bad:
            self._trouble("Some rows are bad: mend the file, or press f8 to bring in only the good ones.")
            return
        self._aside(lambda: self._commit(Wishes(skip_bad=skip_bad)))

    def action_leave(self) -> None:
        """Back; nothing was written unless it was said."""
        if self.busy:
            self.workers.cancel_all()
        self.dismiss()

    def _aside(self, work: Any) -> None:
        self.busy = True
        self._trouble("Reading…")
        self.run_worker(lambda: self._guarded(work), thread=True, exclusive=True, exit_on_error=False, name="import")

    def _guarded(self, work: Any) -> None:
        try:
            with self.arterm.desk.aside():
                work()
        except ArtermError as error:
            self.app.call_from_thread(self._failed, str(error))

    def _look(self, name: str) -> None:
        desk = self.arterm.desk
        opened = read(desk, [Path(name).expanduser()])
        self.app.call_from_thread(self._looked, opened, look(desk, opened))

    def _commit(self, wishes: Wishes) -> None:
        report = commit(self.arterm.desk, self.opened, wishes)
        self.app.call_from_thread(self._committed, report)

    def _looked(self, opened: list[Opened], report: ImportReport) -> None:
        self.busy = False
        self.opened, self.report = opened, report
        self._trouble("")
        file = report.files[0]
        words = f"{count(file.read, 'record')} read as {report.kind}: {file.created:,} new, {file.updated:,} changed, {file.unchanged:,} the same, {len(file.rejected):,} bad"
        self.put("#intake-notes", "\n".join([words, *file.notes]))
        rows: list[list[Cell]] = [[("bad", "late"), str(r.line), r.field, r.value, r.reason] for r in file.rejected]
        rows += [[("look at", "warn"), str(r.line), r.field, r.value, r.reason] for r in file.warnings]
        rows += [["column", "", field, header, ", ".join(samples)] for field, header, samples in file.columns]
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b]))
        self.grid.focus()
        self.put("#hints", " ctrl+s bring in   f8 only the good rows   esc leave it")

    def _committed(self, report: ImportReport) -> None:
        self.busy = False
        file = report.files[0]
        self.dismiss()
        self.arterm.tell(
            f"Brought in {count(file.created, 'record')}, changed {file.updated:,}."
            + (f" The rest is in {Path(file.rejected_file).name}." if file.rejected_file else "")
        )
        self.arterm.changed()

    def _failed(self, words: str) -> None:
        self.busy = False
        self._trouble(words)

    def _trouble(self, words: str) -> None:
        self.put("#intake-trouble", words)
