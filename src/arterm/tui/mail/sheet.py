"""The outbox and what came in: what became of each message; unclear ones are settled, answers read."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.mail import inbox, outbox, run
from arterm.desk.mail.inbox import CameView
from arterm.desk.mail.outbox import MailView
from arterm.rules.errors import ArtermError
from arterm.rules.text import count
from arterm.tui.keys import bindings_of
from arterm.tui.mail.aside import send_aside, write_mail
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.shell.text import TextScreen
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows

_COLUMNS = (
    Column("Day", 6),
    Column("Customer", 16, share=1),
    Column("Address", 18, share=1, yields=1),
    Column("Subject", 20, share=2),
    Column("State", 9),
    Column("Said", 16, share=2, yields=2),
)
_TONES = {"unclear": "late", "failed": "warn", "bounce": "late", "new": "strong"}


class MailSheet(ListSheet):
    """Two lists, one after the other: what goes out, what came in."""

    SCREEN = "mail"
    BINDINGS: ClassVar[list[Any]] = bindings_of("mail")

    def __init__(self, coming: bool = False) -> None:
        super().__init__(_COLUMNS)
        self.coming = coming
        self.rows: list[MailView | CameView] = []

    @property
    def list_name(self) -> str:
        """What came in, or what goes out."""
        return "mail.in" if self.coming else "mail"

    def load(self) -> None:
        """Ask the desk."""
        desk = self.host.desk
        self.rows = [*(inbox.came_in(desk) if self.coming else outbox.listed(desk))]
        cells = [self._cells(row) for row in self.rows]
        state = run.run_state(desk)
        news = f"   {state.words}" if state.words else ""
        title = (
            f"What came in: {count(len(self.rows), 'message')}"
            if self.coming
            else f"Outbox: {count(len(self.rows), 'e-mail')}"
        )
        self.put("#title", f"{title}{news}")
        empty = (
            "Nothing came in yet: c looks into the mailbox, once one is set up."
            if self.coming
            else "No e-mail was written yet."
        )
        self.grid.show(Rows(range(len(cells)), lambda a, b: cells[a:b], empty))
        self.put("#hints", self.face(self.list_name))

    def _cells(self, row: MailView | CameView) -> list[Cell]:
        day = f"{row.day.day:02d}.{row.day.month:02d}."
        if isinstance(row, MailView):
            return [day, row.customer, row.to, row.subject, (row.state, _TONES.get(row.state, "")), (row.said, "quiet")]
        state = "new" if row.state == "new" else row.kind
        return [day, row.customer, row.sender_mail, row.subject, (state, _TONES.get(state, "")), (row.said, "quiet")]

    @property
    def here(self) -> MailView | CameView | None:
        """The message under the cursor."""
        return self.rows[self.grid.cursor] if self.grid.cursor < len(self.rows) else None

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        event.stop()
        row = self.here
        if row is None or not self.stands:
            return
        if isinstance(row, MailView):
            lines = [
                f"To: {row.to}",
                f"Subject: {row.subject}",
                *(f"With: {name}" for name in row.files),
                row.said,
                "",
                *row.text.splitlines(),
            ]
        else:
            lines = [
                f"From: {row.sender} {row.sender_mail}",
                f"Subject: {row.subject}",
                row.said,
                "",
                *row.text.splitlines(),
            ]
            if row.state == "new":
                self.host.guarded(lambda: self.host.done(inbox.read(self.host.desk, row.id)))
        self.host.push_screen(TextScreen(row.customer, lines))

    def action_turn(self) -> None:
        """The other list."""
        self.coming = not self.coming
        self.load()

    def action_said(self, went: bool) -> None:
        """Whether an unclear message went."""
        row = self.here
        if isinstance(row, MailView):
            self.host.guarded(lambda: self.host.done(outbox.resolve_unclear(self.host.desk, row.id, went)))
            self.load()

    def action_take_out(self) -> None:
        """A message that waits does not go."""
        row = self.here
        if isinstance(row, MailView):
            self.host.guarded(lambda: self.host.done(outbox.cancel(self.host.desk, [row.id])))
            self.load()

    def action_send(self) -> None:
        """Everything that waits."""
        waiting = [row.id for row in outbox.listed(self.host.desk, ("planned",))]
        if waiting:
            send_aside(self.host, lambda desk: waiting, self._again)
        else:
            self.host.tell("Nothing waits.")

    def action_look(self) -> None:
        """New messages, from the server."""
        self.host.tell("Looking into the mailbox…")
        self.run_worker(self._look, thread=True, exclusive=True, exit_on_error=False, name="mailbox")

    def _look(self) -> None:
        desk = self.host.desk
        try:
            with desk.in_thread():
                words = f"The mailbox: {inbox.look(desk).words}."
        except ArtermError as error:
            words = str(error)
        self.host.call_from_thread(self._looked, words)

    def _looked(self, words: str) -> None:
        self.host.tell(words)
        self.host.changed()
        self._again()

    def _again(self) -> None:
        if self.is_mounted and not self.left:
            self.load()

    def action_answer(self) -> None:
        """Write to the customer of the row, in the thread."""
        row = self.here
        if row is not None and row.customer_id:
            subject = row.subject if row.subject.lower().startswith("re:") else f"Re: {row.subject}"
            write_mail(self.host, row.customer_id, subject)
