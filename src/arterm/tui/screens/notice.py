"""The letter sheet: what would be written, then paper or file, then: did it go out?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.worker import get_current_worker

from arterm.desk import notices
from arterm.desk.due import DueNotice, Held, decide_run
from arterm.desk.views import NoticeView
from arterm.rules.dates import in_words
from arterm.rules.errors import ArtermError
from arterm.rules.money import show
from arterm.rules.text import count
from arterm.tui.sheet import Sheet
from arterm.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from arterm.tui.app import ArtermApp


class NoticeSheet(Sheet):
    """Letters to some customers. They count as sent only when the owner says that they went out."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("f", "make('file')", "File"),
        Binding("p", "make('print')", "Print"),
        Binding("y", "settle(True)", "Went out"),
        Binding("n", "settle(False)", "Did not"),
        Binding("escape,q", "leave", "Back"),
    ]

    def __init__(self, customers: tuple[int, ...]) -> None:
        super().__init__()
        self.customers = customers
        self.due: list[DueNotice] = []
        self.written: tuple[NoticeView, ...] = ()
        self.busy = False

    @property
    def arterm(self) -> ArtermApp:
        """The app."""
        return cast("ArtermApp", self.app)

    def compose(self) -> ComposeResult:
        """Title, what will be written, the question."""
        yield Plain("Reminder letters", classes="page-title")
        with VerticalScroll(id="notice-words"):
            yield Plain("", id="notice-facts", classes="words")
        yield Plain("", id="notice-trouble")
        yield Plain("", id="hints")

    def on_mount(self) -> None:
        """Ask which letters are due."""
        desk = self.arterm.desk
        runs = [decide_run(desk, customer, by_hand=True) for customer in self.customers]
        self.due = [letter for run in runs for letter in run.letters]
        held = [one for run in runs for one in run.held]
        lines = [line for due in self.due for line in self._told(due)]
        lines += (
            ["", "Not on a letter:"]
            if self.due and held
            else ["No letter can go out to them today."]
            if not self.due
            else []
        )
        lines += [self._held(one) for one in held]
        self.put("#notice-facts", "\n".join(lines))
        self._hint(" f write to a file   p print   esc back" if self.due else " esc back")

    def _told(self, due: DueNotice) -> list[str]:
        """A letter in words: its tone, what it asks for line by line, and the law behind every charge."""
        style, today = self.arterm.desk.style, self.arterm.desk.today
        approval = " - its step asks for your approval" if due.approval else ""
        lines = [
            f"{due.name}: {due.tone} letter, {count(len(due.lines), 'invoice')}, {due.currency} {show(due.total.minor, due.currency, style)}{approval}"
        ]
        for line in due.lines:
            number, late = line.found.number, in_words(line.found.case.due, today)
            step = "" if line.moves else "  (its own step is not due)"
            lines.append(f"    {number}  due {late}  asks {show(line.open, due.currency, style)}{step}")
            lines += [f"        {one.kind} {show(one.amount, due.currency, style)}  {one.law}" for one in line.charges]
            if line.earlier:
                lines.append(f"        charges of earlier letters {show(line.earlier, due.currency, style)}")
        if due.unmatched:
            lines.append(
                f"    received or credited and not yet matched: {show(due.unmatched.minor, due.currency, style)}, taken off"
            )
        return lines + [f"    {why}" for why in due.why]

    @staticmethod
    def _held(one: Held) -> str:
        return f"  {one.customer} {one.invoice}: {'; '.join(one.why_not)}"

    def action_make(self, how: str) -> None:
        """Write the letters, aside, and put them on paper or disk."""
        if not self.due or self.written or self.busy:
            return
        self.busy = True
        self._hint(" writing…   esc stops")
        self.run_worker(lambda: self._make(how), thread=True, exclusive=True, exit_on_error=False, name="letters")

    def _make(self, how: str) -> None:
        """In a thread of its own, with a connection of its own."""
        desk = self.arterm.desk
        worker = get_current_worker()
        try:
            with desk.aside():
                if how == "print":
                    written = notices.write(desk, self.due, progress=lambda done, of: not worker.is_cancelled)
                    words = notices.print_out(desk, written).words
                else:
                    folder = (desk.book.path.parent / "letters").resolve()
                    written = notices.write_to(
                        desk, self.due, folder, "", len(self.due) > 1, lambda done, of: not worker.is_cancelled
                    )
                    words = f"Written to {written[0].file}"
            self.app.call_from_thread(self._made, written, words)
        except ArtermError as error:
            self.app.call_from_thread(self._failed, str(error))

    def _made(self, written: tuple[NoticeView, ...], words: str) -> None:
        self.busy = False
        self.written = written
        self.arterm.changed()
        self.put("#notice-trouble", words)
        self._hint(
            f" Did {'it' if len(written) == 1 else 'they'} go out, or will today?   y yes   n no, discard   esc decide later"
        )

    def _failed(self, words: str) -> None:
        self.busy = False
        self.arterm.changed()
        self.put("#notice-trouble", words)
        self._hint(" f write to a file   p print   esc back")

    def action_settle(self, went_out: bool) -> None:
        """Answer the question."""
        if self.written:
            settle = notices.issue if went_out else notices.discard
            receipt = settle(self.arterm.desk, [notice.id for notice in self.written])
            self.dismiss()
            self.arterm.done(receipt)

    def action_leave(self) -> None:
        """Stop what is being written, or go back; unanswered letters wait on `arterm notices`."""
        if self.busy:
            self.workers.cancel_all()
            return
        if self.written:
            self.arterm.tell(
                "The letters wait: say later whether they went out, with arterm notices confirm or discard.", "warning"
            )
        self.dismiss()

    def _hint(self, words: str) -> None:
        self.put("#hints", words)
