"""The call sheet: left what to know before dialling, right what came of it, one key each."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input

from arterm.desk.contacts.dialling import open_number
from arterm.desk.contacts.limits import clock, limits
from arterm.desk.contacts.log import ContactDraft, log_contact, suggested_follow_up
from arterm.desk.contacts.promises import suggested_promise
from arterm.desk.worklist.dossier import dossier
from arterm.desk.worklist.script import script
from arterm.rules.errors import ArtermError
from arterm.rules.outcomes import BY_DIGIT, OUTCOMES, Outcome, what_then
from arterm.tui.calls.next_steps import what_follows
from arterm.tui.calls.text import facts, fields, script_text
from arterm.tui.keys import bindings_of
from arterm.tui.shell.modal import Sheet
from arterm.tui.shell.pick import Pick
from arterm.tui.widgets.fields import FieldLine, InputHabits
from arterm.tui.widgets.grid import Column, Grid, Rows
from arterm.tui.widgets.plain import Plain


class CallSheet(Sheet):
    """Logs one contact. A promise has its amount and day filled in: `1` and `enter` are enough."""

    SCREEN = "call"
    BINDINGS: ClassVar[list[Any]] = bindings_of("call")

    def __init__(self, customer: int, invoices: tuple[int, ...], channel: str = "call", nth: str = "") -> None:
        super().__init__()
        self.nth = nth
        self.customer = customer
        self.invoices = invoices
        self.channel = channel
        self.outcome = ""
        self.warned = False
        self.grid = Grid([Column("", 1), Column("", 18, share=1)], header=False, id="call-outcomes")

    def compose(self) -> ComposeResult:
        """Facts, outcomes, the fields an outcome needs."""
        desk = self.host.desk
        page = dossier(desk, self.customer)
        self.held = limits(desk, self.customer, self.channel, clock(desk))
        ringing = next((one for one in page.contacts if one.phone and one.phone_state == "good"), None)
        self.phone = ringing.phone if ringing else ""
        self.contact = ringing.id if ringing else None
        self.who = page.customer.name
        likely = suggested_promise(desk, self.customer, self.invoices)
        amount, day = likely if likely else (None, None)
        habits = self.host.habits
        self.habits = InputHabits(
            habits.today, habits.style, habits.month_first, amount.currency if amount else habits.currency
        )
        about = [view.number for view in page.invoices if view.id in self.invoices]
        words = f" about {', '.join(about[:4])}{' …' if len(about) > 4 else ''}" if about else ""
        yield Plain(f"{self.nth}Contact with {page.customer.name}{words}", classes="page-title")
        with Horizontal(id="call"):
            with VerticalScroll(id="call-facts", can_focus=False):
                yield Plain("\n".join(facts(desk, page, self.held)))
            with VerticalScroll(id="call-script", can_focus=False):
                yield Plain(script_text(script(desk, self.customer, self.invoices)))
            with Vertical(id="call-right"):
                yield self.grid
                with Vertical(id="call-fields"):
                    for field in fields(self.channel, amount, day):
                        yield FieldLine(field, self.habits)
                yield Plain("", id="call-trouble", classes="trouble")
        yield Plain(self.face(), id="hints")

    def on_mount(self) -> None:
        """Ask what came of it."""
        rows = [[_digit(OUTCOMES[code]), OUTCOMES[code].words] for code in BY_DIGIT]
        self.grid.styles.height = 10
        self.grid.show(Rows(BY_DIGIT, lambda a, b: rows[a:b]))
        self._show_fields()
        self.grid.focus()

    def line(self, name: str) -> FieldLine:
        """A field by name."""
        return next(line for line in self.query(FieldLine) if line.spec.name == name)

    def action_outcome(self, n: int) -> None:
        """An outcome by its digit."""
        self._choose(BY_DIGIT[n])

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        if self.stands:
            self._choose(str(event.key))

    def _choose(self, code: str) -> None:
        self.outcome = code
        self.remove_class("-script")  # the fields need its room
        self.grid.go(BY_DIGIT.index(code))
        again = suggested_follow_up(self.host.desk, self.customer, code)
        entry = self.line("follow_up").entry
        assert isinstance(entry, Input)
        entry.value = again.isoformat() if again else ""
        self._show_fields()
        self.set_focus(self.line("promise" if code == "promise" else "note").entry)
        self.put("#hints", self.face("call.fields"))

    def _show_fields(self) -> None:
        for name in ("promise", "promised_for"):
            self.line(name).display = self.outcome == "promise"
        self.line("method").display = self.outcome == "promise"
        self.line("at").display = self.outcome == "call_back"
        self.line("why").display = bool(self.outcome and self.held.against)
        for name in ("reason", "note", "follow_up"):
            self.line(name).display = bool(self.outcome)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.stands:
            self.action_save()

    @on(FieldLine.Edited)
    def _edited(self) -> None:
        self.warned = False

    def action_save(self) -> None:
        """Log it, or say what is missing beside the field."""
        if not self.outcome:
            self.put("#call-trouble", "What came of it? Press its digit.")
            return
        said: dict[str, Any] = {}
        for line in self.query(FieldLine):
            try:
                said[line.spec.name] = line.read() if line.display else None
            except ArtermError as error:
                line.refuse(f"{error.message} {error.hint}".strip())
                line.entry.focus()
                return
        draft = ContactDraft(
            self.customer,
            said["channel"],
            self.outcome,
            invoices=self.invoices,
            reason=said["reason"] or "",
            note=said["note"] or "",
            promised=said["promise"],
            promised_for=said["promised_for"],
            look_again=said["follow_up"],
            no_follow_up=said["follow_up"] is None,
            contact=self.contact if said["channel"] == "call" else None,
            method=said["method"] or "",
            call_at=said["at"] or "",
            why=said["why"] or "",
        )
        try:
            receipt = log_contact(self.host.desk, draft)
        except ArtermError as error:
            self.put("#call-trouble", str(error))
            if error.where == "why":
                self.line("why").display = True
                self.line("why").entry.focus()
            return
        self.dismiss()
        self.host.done(receipt)
        choices = what_follows(self.host, self.customer, self.invoices, what_then(draft.outcome, draft.reason))
        if choices:
            self.host.call_later(self.host.push_screen, Pick(f"What follows with {self.who}?", choices))

    def action_script(self) -> None:
        """What to say, in the place of what to know."""
        self.toggle_class("-script")

    def action_copy(self) -> None:
        """The number, for another program to dial."""
        if self.phone:
            self.app.copy_to_clipboard(self.phone)
        self.put("#call-trouble", f"Copied {self.phone}." if self.phone else "No good number is known.")

    def action_dial(self) -> None:
        """Hand the number to the system's telephone program."""
        words = self.phone and open_number(self.phone)
        self.put("#call-trouble", words or "No good number is known.")

    def action_leave(self) -> None:
        """Back: from the fields to the outcomes, then out; a typed note is thrown away only when asked for twice."""
        if self.focused is not self.grid:
            self.grid.focus()
            self.put("#hints", self.face())
            return
        if self.outcome and self.line("note").text and not self.warned:
            self.warned = True
            self.put("#call-trouble", "A note is typed and not saved. esc again throws it away, ctrl+s saves it.")
            return
        self.dismiss()


def _digit(outcome: Outcome) -> str:
    return str(outcome.digit % 10) if outcome.digit else " "
