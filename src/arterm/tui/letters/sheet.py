"""The letter sheet: each letter as it will print, then paper or file, then: did it go out?"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.worker import get_current_worker

from arterm.desk.bank.lines import bank_state
from arterm.desk.letters import notices
from arterm.desk.letters.preview import page_count, picture
from arterm.desk.letters.views import NoticeView
from arterm.desk.mail.account import is_ready
from arterm.rules.errors import ArtermError
from arterm.rules.text import count
from arterm.tui.keys import bindings_of
from arterm.tui.letters.forms import other_letters
from arterm.tui.letters.shown import Shown, ShownLetters, claim_lines, hand_out, held_lines, mail_out, refused
from arterm.tui.shell.modal import Sheet
from arterm.tui.shell.pick import Pick
from arterm.tui.widgets.page import Page
from arterm.tui.widgets.plain import Plain


class LetterSheet(Sheet):
    """Letters, one in sight. They count as gone out only when the owner says so."""

    SCREEN = "letters"
    BINDINGS: ClassVar[list[Any]] = bindings_of("letters")

    def __init__(
        self, heading: str, shown: ShownLetters, customer: int | None = None, invoices: tuple[int, ...] = ()
    ) -> None:
        super().__init__()
        self.heading, self.shown, self.customer, self.invoices = heading, shown, customer, invoices
        self.at = self.page = 0
        self.asked = False
        self.busy = False

    def compose(self) -> ComposeResult:
        """Title, the letter with its claim beside it, the question."""
        yield Plain(self.heading, id="title", classes="page-title")
        with Horizontal(id="letter-body"):
            with VerticalScroll(id="letter-scroll"):
                yield Plain("", id="letter-words", classes="words")
            yield Page()
            with VerticalScroll(id="letter-claim", can_focus=False):
                yield Plain("", id="claim-words", classes="words")
        yield Plain("", id="notice-trouble", classes="trouble")
        yield Plain("", id="hints")

    def on_mount(self) -> None:
        """Show the first letter."""
        self.asked = any(one.written for one in self.shown.letters)
        self.put("#notice-trouble", bank_state(self.host.desk).warning)
        self.show()
        self.query_one("#letter-scroll").focus()

    @property
    def here(self) -> Shown | None:
        """The letter in sight."""
        return self.shown.letters[self.at] if self.shown.letters else None

    @property
    def chosen(self) -> list[Shown]:
        """The letters that the next act is for."""
        return [one for one in self.shown.letters if not one.out]

    def show(self) -> None:
        """The letter in sight, as words or as its page; what is on no letter below it."""
        if self.left:
            return
        desk, one = self.host.desk, self.here
        held = held_lines(self.shown.held)
        if one is None:
            self.put("#title", self.heading)
            self.put(
                "#letter-words",
                "\n".join(
                    [
                        "No letter can go out today. k writes one of another kind."
                        if self.customer
                        else "No letter is due.",
                        "",
                        *held,
                    ]
                ),
            )
            self._hint(self.face("letters.none" if self.customer else "letters.nobody"))
            return
        try:
            preview = one.preview(desk)
        except ArtermError as error:
            preview = refused(error)
        beside = claim_lines(desk, preview, one.due)
        below = [] if self.has_class("-wide") or self.size.width >= 120 else ["", *beside]
        nth = f"{self.at + 1} of {len(self.shown.letters)}: " if len(self.shown.letters) > 1 else ""
        self.put("#title", f"{nth}{one.title(desk)}{'  (left out)' if one.out else ''}")
        self.put("#letter-words", "\n".join([*preview.lines, *below, "", *held]))
        self.put("#claim-words", "\n".join(beside))
        self.query_one("#letter-scroll").scroll_home(animate=False)
        if self.has_class("-picture"):
            self._paint(one)
        self._ask()

    def _ask(self) -> None:
        """The question where letters are written, else the keys."""
        written = [one for one in self.chosen if one.written]
        many = len(self.shown.letters) > 1
        if self.asked and written:
            what = "it" if len(written) == 1 else f"these {len(written)}"
            keys = self.face("letters.asked_many" if many else "letters.asked")
            self._hint(f" Did {what} go out, or will today?  {keys}")
        else:
            self._hint(self.face("letters.many" if many else "letters.one"))

    def _paint(self, one: Shown) -> None:
        page = self.query_one(Page)
        try:
            page.show(*picture(one.page(self.host.desk), self.page, page.across))
        except ArtermError as error:
            self.put("#notice-trouble", str(error))

    def action_picture(self) -> None:
        """The page as a picture, then the next page; after the last one the words again."""
        if self.here is None:
            return
        seen = self.has_class("-picture")
        try:
            last = seen and self.page + 1 >= page_count(self.here.page(self.host.desk))
        except ArtermError as error:
            self.put("#notice-trouble", str(error))
            return
        self.page = 0 if last or not seen else self.page + 1
        self.set_class(not last, "-picture")
        self.query_one(Page if self.has_class("-picture") else "#letter-scroll").focus()
        self.call_after_refresh(self.show)

    def action_turn(self, by: int) -> None:
        """Another letter."""
        if self.shown.letters:
            self.at, self.page = (self.at + by) % len(self.shown.letters), 0
            self.show()

    def action_leave_out(self) -> None:
        """Leave the letter in sight out of what comes next, or take it in again."""
        if self.here:
            self.here.out = not self.here.out
            self.show()

    def action_kinds(self) -> None:
        """A letter of another kind to the customer."""
        if self.customer is None:
            self.put("#notice-trouble", "Choose one customer first: other letters are written to one.")
            return
        self.host.push_screen(
            Pick("Which letter?", other_letters(self.host, self.customer, self.invoices, self._wished))
        )

    def _wished(self, one: Shown) -> None:
        """A letter of another kind comes in sight, and the others are left out."""
        for other in self.shown.letters:
            other.out = True
        self.shown.letters.append(one)
        self.at = len(self.shown.letters) - 1
        self.show()

    def action_mail(self) -> None:
        """Mail the letters that are not left out, each to its customer; the others stay."""
        chosen = self.chosen
        if self.busy or not chosen:
            return
        if not is_ready(self.host.desk):
            self.put("#notice-trouble", "E-mail is not set up: fill in the mail server under 5, settings.")
            return
        self.busy = True
        self._hint(" sending…")
        self.put("#notice-trouble", "")
        self.run_worker(lambda: self._mail(chosen), thread=True, exclusive=True, exit_on_error=False, name="letters")

    def _mail(self, chosen: list[Shown]) -> None:
        """In a thread of its own, with a connection of its own."""
        desk = self.host.desk
        with desk.in_thread():
            words, gone = mail_out(desk, chosen)
        self.host.call_from_thread(self._mailed, gone, words)

    def _mailed(self, gone: list[Shown], words: str) -> None:
        """What went is off the sheet."""
        self.busy = False
        self.shown.letters = [one for one in self.shown.letters if one not in gone]
        self.at = 0
        self.host.changed()
        if gone and not self.shown.letters:
            self.host.tell(words)
            self.dismiss()
            return
        self.show()
        self.put("#notice-trouble", words)

    def action_out(self, how: str) -> None:
        """Write the letters, aside, and put them on paper or disk, or in sight."""
        if not self.chosen or self.busy:
            return
        chosen = self.chosen if how != "view" else [self.here] if self.here else []
        self.busy = True
        self.put("#notice-trouble", "")
        self._hint(f" writing…   {self.face('letters.writing')}")
        self.run_worker(
            lambda: self._out(how, chosen), thread=True, exclusive=True, exit_on_error=False, name="letters"
        )

    def _out(self, how: str, chosen: list[Shown]) -> None:
        """In a thread of its own, with a connection of its own."""
        desk, worker, stops = self.host.desk, get_current_worker(), self.face("letters.writing")

        def progress(done: int, of: int) -> bool:
            if of > 1:
                self.host.call_from_thread(self._hint, f" writing {done} of {of}…   {stops}")
            return not worker.is_cancelled

        with desk.in_thread():
            words, handled, written = hand_out(desk, how, chosen, progress)
        self.host.call_from_thread(self._done, handled, written, words)

    def _done(self, chosen: list[Shown], written: list[NoticeView], words: str) -> None:
        """Written letters take the place of what they were written from; then comes the question."""
        self.busy = False
        if written:
            kept = [one for one in self.shown.letters if one not in chosen]
            self.shown.letters = [*(Shown(written=one) for one in written), *kept]
            self.at, self.asked = 0, True
        self.host.changed()
        self.show()
        self.put("#notice-trouble", words)

    def action_settle(self, went_out: bool) -> None:
        """Answer the question for all written letters that are not left out."""
        answered = [one for one in self.chosen if one.written]
        if self.busy or not answered:
            return
        settle = notices.issue if went_out else notices.discard
        ids = [one.written.id for one in answered if one.written]
        if not self.host.guarded(lambda: self.host.done(settle(self.host.desk, ids))):
            return
        self.shown.letters = [one for one in self.shown.letters if one not in answered]
        self.at = 0
        if self.shown.letters:
            self.show()
        else:
            self.dismiss()

    def action_leave(self) -> None:
        """Stop what is being written, or go back; unanswered letters wait on Today and under N."""
        if self.busy:
            self.workers.cancel_all()
            return
        waiting = sum(one.written is not None for one in self.shown.letters)
        if waiting:
            self.host.tell(f"{count(waiting, 'letter')} wait: say later with N whether they went out.", "warning")
        self.dismiss()

    def _hint(self, words: str) -> None:
        self.put("#hints", words)
