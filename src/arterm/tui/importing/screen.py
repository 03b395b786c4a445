"""Bringing files in: their names, then what was recognised and would be done, column by column, then yes or no."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from arterm.desk.importing.run import FIELDS, Opened, Wishes, commit, look, read
from arterm.desk.importing.views import ImportReport
from arterm.desk.paths import files_named
from arterm.rules.errors import ArtermError
from arterm.rules.text import count
from arterm.tui.keys import bindings_of
from arterm.tui.shell.modal import Sheet
from arterm.tui.shell.pick import Pick
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

_COLUMNS = (
    Column("", 9),
    Column("Line", 6, right=True),
    Column("Field", 11),
    Column("What stands there", 20, share=1),
    Column("What was made of it", 26, share=2),
)


class ImportSheet(Sheet):
    """Nothing is written before the owner has seen what would be."""

    SCREEN = "import"
    BINDINGS: ClassVar[list[Any]] = bindings_of("import")

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Opened] = []
        self.report: ImportReport | None = None
        self.busy = False
        self.mapping: dict[str, str] = {}
        self.paid_vanished = False
        self.paths: list[Path] = []
        self.grid = Grid(_COLUMNS)

    def compose(self) -> ComposeResult:
        """The file's name, what was recognised, every remark."""
        yield Plain(
            "Bring in files: invoices, customers, payments, bank statements, e-invoices; CSV, spreadsheets, XML,"
            " PDF, ZIP",
            classes="page-title",
        )
        yield Input(
            placeholder="/path/to/file, several, or ~/Downloads/*.xml; then enter", id="import-path", compact=True
        )
        yield Plain("", id="import-notes")
        yield self.grid
        yield Plain("", id="import-trouble", classes="trouble")
        yield Plain(self.face(), id="hints")

    def on_mount(self) -> None:
        """Ask for the name."""
        self.grid.show(Rows(empty="Nothing is written before you have seen what would be."))
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() and not self.busy:
            self.mapping, self.paid_vanished = {}, False
            self.paths = files_named(event.value.strip())
            self._aside(self._look)

    def action_commit(self, skip_bad: bool) -> None:
        """Bring in what was looked at."""
        if self.report is None or self.busy:
            return
        if self.report.rejected and not skip_bad:
            self._trouble("Some rows are bad: mend the file, or press f8 to bring in only the good ones.")
            return
        self._aside(lambda: self._commit(self._wishes(skip_bad)))

    def _wishes(self, skip_bad: bool = False) -> Wishes:
        return Wishes(mapping=self.mapping, skip_bad=skip_bad, paid_vanished=self.paid_vanished)

    def action_vanished(self) -> None:
        """What an earlier list of open items had and this one has not, is booked as paid with it."""
        gone = sum(len(file.vanished) for file in self.report.files) if self.report else 0
        if gone and not self.busy:
            self.paid_vanished = not self.paid_vanished
            self._trouble(
                f"{count(gone, 'invoice')} no longer in the list will be booked as paid."
                if self.paid_vanished
                else "They stay open."
            )

    def action_map(self) -> None:
        """Say which column holds a field; it is remembered for files of this shape."""
        if self.busy or not self.opened or not self.opened[0].reading.header or self.query_one(Input).has_focus:
            return
        header = [cell for cell in self.opened[0].reading.header if cell.strip()]

        def for_field(field: str) -> Callable[[], None]:
            def ask() -> None:
                choices = [(cell, to_column(field, cell)) for cell in header]
                self.host.push_screen(Pick(f"Which column is the {field.replace('_', ' ')}?", choices))

            return ask

        def to_column(field: str, cell: str) -> Callable[[], None]:
            def choose() -> None:
                self.mapping[field] = cell
                self._aside(self._look)

            return choose

        self.host.push_screen(Pick("Which field?", [(field.replace("_", " "), for_field(field)) for field in FIELDS]))

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
            with self.host.desk.in_thread():
                work()
        except ArtermError as error:
            self.host.call_from_thread(self._failed, str(error))

    def _look(self) -> None:
        desk = self.host.desk
        opened = read(desk, self.paths, self._wishes())
        self.host.call_from_thread(self._looked, opened, look(desk, opened))

    def _commit(self, wishes: Wishes) -> None:
        report = commit(self.host.desk, self.opened, wishes)
        self.host.call_from_thread(self._committed, report)

    def _looked(self, opened: list[Opened], report: ImportReport) -> None:
        self.busy = False
        self.opened, self.report = opened, report
        self._trouble("")
        told = []
        for file in report.files:
            told.append(
                f"{Path(file.file).name}: {count(file.read, 'record')} read as {file.kind} ({file.profile}):"
                f" {file.created:,} new, {file.updated:,} changed, {file.unchanged:,} the same,"
                f" {len(file.rejected):,} bad"
            )
            told += [f"  {note}" for note in file.notes]
        self.put("#import-notes", "\n".join(told))
        rows: list[list[Cell]] = []
        for file in report.files:
            rows += [[("bad", "late"), str(r.line), r.field, r.value, r.reason] for r in file.rejected]
            rows += [
                [
                    ("gone", "warn"),
                    "",
                    one.invoice,
                    f"{one.customer}, {one.balance}",
                    "an earlier list had it: paid? f9",
                ]
                for one in file.vanished
            ]
            rows += [[("look at", "warn"), str(r.line), r.field, r.value, r.reason] for r in file.warnings]
        for file in report.files[:1]:
            rows += [["column", "", field, header, ", ".join(samples)] for field, header, samples in file.columns]
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b]))
        self.grid.focus()
        self.put("#hints", self.face("import.seen"))

    def _committed(self, report: ImportReport) -> None:
        self.busy = False
        self.dismiss()
        created, updated = (sum(getattr(file, name) for file in report.files) for name in ("created", "updated"))
        left = [Path(file.rejected_file).name for file in report.files if file.rejected_file]
        matched, waiting = (sum(getattr(file, name) for file in report.files) for name in ("matched", "waiting"))
        words = f"Brought in {count(created, 'record')}, changed {updated:,}."
        words += f" {count(matched, 'receipt')} booked, {waiting} to be matched." if matched or waiting else ""
        self.host.tell(words + (f" The rest is in {', '.join(left)}." if left else ""))
        self.host.changed()
        if waiting:
            from arterm.tui.importing.match import MatchSheet

            self.host.call_later(self.host.push_screen, MatchSheet())

    def _failed(self, words: str) -> None:
        self.busy = False
        self._trouble(words)

    def _trouble(self, words: str) -> None:
        self.put("#import-trouble", words)
