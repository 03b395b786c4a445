"""The one form: fields, checked one by one; what is refused stands beside its field, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from arterm.rules.errors import ArtermError
from arterm.tui.keys import bindings_of
from arterm.tui.shell.modal import Slip
from arterm.tui.widgets.fields import Choice, Field, FieldLine, InputHabits, Submit
from arterm.tui.widgets.plain import Plain


class FormScreen(Slip):
    """Asks for a draft and hands it to `submit`. When that refuses, the form stays with the reason beside the field."""

    SCREEN = "form"
    BINDINGS: ClassVar[list[Any]] = bindings_of("form")

    def __init__(
        self, title: str, fields: Sequence[Field], habits: InputHabits, submit: Submit, lead: str = ""
    ) -> None:
        super().__init__()
        self.heading = title
        self.lead = lead
        self.fields = tuple(fields)
        self.habits = habits
        self.submit = submit
        self.warned = False

    def compose(self) -> ComposeResult:
        """Title, fields, how to go on."""
        with Vertical(id="form"):
            yield Plain(self.heading, id="form-title")
            if self.lead:
                yield Plain(self.lead, id="form-lead")
            with VerticalScroll(id="form-fields", can_focus=False):
                for field in self.fields:
                    yield FieldLine(field, self.habits)
            yield Plain("", id="form-trouble")
            yield Plain(self.face(), id="form-hints")

    def on_mount(self) -> None:
        """Begin at the first field, unless the form was taken away before it stood."""
        for line in self.lines[:1]:
            self.set_focus(line.entry)

    @property
    def lines(self) -> list[FieldLine]:
        """The fields in order."""
        return list(self.query(FieldLine))

    @on(FieldLine.Edited)
    def _edited(self) -> None:
        self.warned = False

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.stands:
            await self.action_onward()

    async def action_onward(self) -> None:
        """The next field; from the last one, save."""
        await self.typed()
        if not self.stands:
            return
        here = self._here()
        if here == len(self.lines) - 1:
            self.action_submit()
        else:
            self.action_step(1)

    def action_step(self, by: int) -> None:
        """Another field."""
        self.set_focus(self.lines[(self._here() + by) % len(self.lines)].entry)

    def action_submit(self) -> None:
        """Read every field, hand the draft over, and close if it was taken."""
        draft: dict[str, Any] = {}
        wrong: FieldLine | None = None
        for line in self.lines:
            try:
                draft[line.spec.name] = line.read()
            except ArtermError as error:
                line.refuse(f"{error.message} {error.hint}".strip())
                wrong = wrong or line
        if wrong:
            self.set_focus(wrong.entry)
            return
        try:
            self.submit(draft)
        except ArtermError as error:
            self._refused(error)
            return
        self.dismiss()

    def action_leave(self) -> None:
        """Back. What was typed is lost only when asked for twice."""
        typed = any(line.text != line.spec.value for line in self.lines if not isinstance(line.entry, Choice))
        if typed and not self.warned:
            self.warned = True
            self._trouble("Something is typed here and not saved. esc again throws it away, ctrl+s saves it.")
            return
        self.dismiss()

    def _here(self) -> int:
        return next((n for n, line in enumerate(self.lines) if line.entry is self.focused), 0)

    def _refused(self, error: ArtermError) -> None:
        for line in self.lines:
            if line.spec.name == error.where.removeprefix("--"):
                line.refuse(f"{error.message} {error.hint}".strip())
                self.set_focus(line.entry)
                return
        self._trouble(str(error))

    def _trouble(self, words: str) -> None:
        self.put("#form-trouble", words)
