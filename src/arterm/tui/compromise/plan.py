"""The plan builder: what they can pay, and the schedule that follows from it at every key; beside it, what else it
could be.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from arterm.desk import find
from arterm.desk.compromise.plans import propose, view
from arterm.desk.compromise.quote import PlanDraft, Quote, quote
from arterm.desk.letters.lines import currency_of
from arterm.desk.partners.options import compare
from arterm.rules.day_words import MONTHS, WEEKDAYS
from arterm.rules.errors import ArtermError
from arterm.rules.money import show
from arterm.tui.keys import bindings_of
from arterm.tui.letters.shown import Shown, ShownLetters
from arterm.tui.shell.modal import Sheet
from arterm.tui.widgets.fields import Field, FieldLine, InputHabits
from arterm.tui.widgets.plain import Plain

_YES = [("no", "no"), ("yes", "yes")]
_ONE_OF = ("parts", "each", "until")
_NUMBERS = ("parts", "on_day", "grace", "remind")


class PlanSheet(Sheet):
    """Instalments for the invoices chosen, or for all that is open."""

    SCREEN = "plan"
    BINDINGS: ClassVar[list[Any]] = bindings_of("plan")

    def __init__(self, customer: int, invoices: tuple[int, ...]) -> None:
        super().__init__()
        self.customer, self.invoices = customer, invoices
        self.made: Quote | None = None
        self.filled: dict[str, str] = {}
        self.warned = self.typed_in = False

    def compose(self) -> ComposeResult:
        """Fields, and the schedule beside them."""
        desk, habits = self.host.desk, self.host.habits
        self.currency = currency_of(desk, self.customer, self.invoices)
        self.habits = InputHabits(habits.today, habits.style, habits.month_first, self.currency)
        yield Plain(f"Instalments for {find.customer_name(desk, self.customer)}", classes="page-title")
        with Horizontal(id="plan"):
            with VerticalScroll(id="plan-fields", can_focus=False):
                for field in self._fields():
                    yield FieldLine(field, self.habits)
                yield Plain("", id="plan-trouble")
            with VerticalScroll(id="plan-schedule", can_focus=False):
                yield Plain("", id="plan-words")
        yield Plain(self.face(), id="hints")

    def _fields(self) -> list[Field]:
        soon = find.working_day(self.host.desk, self.customer, 14).isoformat()
        return [
            Field("parts", "How many", value="3"),
            Field("each", "or how much each", "money"),
            Field("until", "or all by", "day", hint="+90, 1 jun"),
            Field("first", "First on", "day", soon, "+14, 1 dec", needed=True),
            Field(
                "every",
                "Every",
                "choice",
                "month",
                choices=[("week", "week"), ("2weeks", "two weeks"), ("month", "month")],
            ),
            Field("on_day", "On day of month", hint="31: the last"),
            Field("deposit", "Deposit first", "money"),
            Field(
                "charges",
                "Taken in",
                "choice",
                "issued",
                choices=[("none", "debt only"), ("issued", "+ asked"), ("all", "+ may be")],
            ),
            Field("interest", "Interest goes on", "choice", "no", choices=_YES),
            Field("grace", "May be late, days", value="7"),
            Field("accelerate", "Missed: rest due", "choice", "yes", choices=[("yes", "yes"), ("no", "no")]),
            Field(
                "surplus", "Larger payments", "choice", "front", choices=[("front", "next ones"), ("end", "the end")]
            ),
            Field("remind", "Remind before, days", value="0"),
            Field("to_sign", "Signed copy needed", "choice", "no", choices=_YES),
            Field("any_day", "Also on days off", "choice", "no", choices=_YES),
            Field("lapses", "Offer ends", "day", soon),
            Field("note", "Note"),
        ]

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.filled = {name: self.line(name).text for name in _ONE_OF}
        self.set_focus(self.line("parts").entry)
        self._redraw()

    def line(self, name: str) -> FieldLine:
        """A field by name."""
        return next(line for line in self.query(FieldLine) if line.spec.name == name)

    @on(FieldLine.Edited)
    def _edited(self, event: FieldLine.Edited) -> None:
        event.stop()
        if not self.stands:
            return
        self.warned = False
        for name in _ONE_OF:  # who fills one of the three empties the other two
            text = self.line(name).text
            if text != self.filled.get(name) and text.strip():
                for other in _ONE_OF:
                    if other != name:
                        cast("Any", self.line(other).entry).value = ""
        now = {name: self.line(name).text for name in _ONE_OF}
        self.typed_in = self.typed_in or now != self.filled
        self.filled = now
        self._redraw()

    def _draft(self) -> PlanDraft:
        """What stands in the fields. Raises ArtermError with the field."""
        said = {line.spec.name: line.read() for line in self.query(FieldLine)}
        for name in _NUMBERS:
            text = said[name].strip()
            if text and not (text.isascii() and text.isdigit() and len(text) < 4):
                raise ArtermError("bad_number.text", name, text=text[:20])
            said[name] = int(text) if text else 0
        flags = {name: said[name] == "yes" for name in ("interest", "accelerate", "to_sign", "any_day")}
        return PlanDraft(customer=self.customer, invoices=self.invoices, currency=self.currency, **(said | flags))

    def _redraw(self) -> None:
        """The schedule as it follows from the fields, or what is wrong with one."""
        for line in self.query(FieldLine):
            line.remove_class("-wrong")
        self.made = None
        try:
            self.made = quote(self.host.desk, self._draft())
        except ArtermError as error:
            self.put("#plan-words", self._refuse(error))
            return
        self.put("#plan-trouble", "\n".join(self.made.notes))
        self.put("#plan-words", "\n".join(self._schedule(self.made)))

    def _refuse(self, error: ArtermError) -> str:
        """What is wrong, with the field as it is called here."""
        words = str(error)
        for line in self.query(FieldLine):
            if line.spec.name == error.where:
                said = f"{error.message} {error.hint}".strip()
                line.refuse(said)
                words = f"{line.spec.label}: {said}"
        self.put("#plan-trouble", words)
        return words

    def _schedule(self, made: Quote) -> list[str]:
        style, left, code = self.host.desk.style, made.total.minor, made.currency
        lines = [f"{', '.join(one.number for one, _ in made.lines)}"[:200]]
        for n, (due, amount) in enumerate(made.instalments, 1):
            left -= amount
            lines.append(
                f"{n:>3} {WEEKDAYS[due.weekday()]} {due.day:02d} {MONTHS[due.month - 1]} {due.year % 100:02d}"
                f" {show(amount, code, style):>12} {show(left, code, style):>12}"
            )
        lines += [f"    {'in all':<12} {show(made.total.minor, code, style):>12} {code}", ""]
        found = compare(self.host.desk, self.customer, self.invoices, currency=code, schedule=made.instalments)
        lines += [
            f"{'worth today':>32}",
            *(f"{one.words[:20]:<20}{show(one.worth.minor, code, style):>12} {one.chance:>3} %" for one in found.ways),
        ]
        return lines

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.stands:
            self.action_step(1)

    def action_step(self, by: int) -> None:
        """Another field."""
        lines = list(self.query(FieldLine))
        here = next((n for n, line in enumerate(lines) if line.entry is self.focused), 0)
        self.set_focus(lines[(here + by) % len(lines)].entry)

    async def action_save(self) -> None:
        """Propose it and show its agreement, or say what is wrong beside the field."""
        await self.typed()
        if not self.stands:
            return
        desk = self.host.desk
        try:
            receipt = propose(desk, self._draft())
        except ArtermError as error:
            self._refuse(error)
            return
        notice = view(desk, receipt.id).notice
        self.dismiss()
        self.host.done(receipt)
        if notice:
            from arterm.desk.letters.notices import views
            from arterm.tui.letters.sheet import LetterSheet

            sheet = LetterSheet("Agreement", ShownLetters([Shown(written=views(desk, [notice])[0])]), self.customer)
            self.host.call_later(self.host.push_screen, sheet)

    def action_compare(self) -> None:
        """Every way out with what it rests on."""
        from arterm.tui.compromise.options import OptionsSheet

        self.host.push_screen(OptionsSheet(self.customer, self.invoices))

    def action_leave(self) -> None:
        """Back. What was typed is lost only when asked for twice."""
        if self.typed_in and not self.warned:
            self.warned = True
            self.put(
                "#plan-trouble", "Something is typed here and not saved. esc again throws it away, ctrl+s proposes it."
            )
            return
        self.dismiss()
