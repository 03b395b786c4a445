"""Other letters from the screen: which kinds there are, and what each asks its writer for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from arterm.desk import find
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.letters import Ask, kind_words, kinds_by_hand, letter_of
from arterm.desk.letters.lines import currency_of
from arterm.rules.errors import ArtermError
from arterm.tui.host import Host
from arterm.tui.letters.shown import Shown
from arterm.tui.shell.form import FormScreen
from arterm.tui.widgets.fields import Field

_YES = [("no", "no"), ("yes", "yes")]
_QUESTIONS = {
    "accelerate": "A missed one makes the rest due",
    "interest": "Interest goes on meanwhile",
    "items": "Open items only",
}


def other_letters(
    host: Host, customer: int, invoices: tuple[int, ...], take: Callable[[Shown], None]
) -> list[tuple[str, Callable[[], None]]]:
    """Every kind that can be written by hand; choosing one asks for what it needs, then hands the letter to `take`."""

    def chooser(kind: str) -> Callable[[], None]:
        return lambda: _ask(host, LetterDraft(kind, customer, invoices), take)

    return [(kind_words(kind), chooser(kind)) for kind in kinds_by_hand()]


def other_letter(
    host: Host, kind: str, customer: int, invoices: tuple[int, ...], take: Callable[[Shown], None]
) -> None:
    """Ask for what a kind of letter needs, then hand the letter to `take`."""
    _ask(host, LetterDraft(kind, customer, invoices), take)


def _ask(host: Host, draft: LetterDraft, take: Callable[[Shown], None]) -> None:
    """The form of a kind; a kind that asks for nothing is written at once."""
    desk = host.desk
    currency = currency_of(desk, draft.customer, draft.invoices)

    def submit(values: dict[str, Any]) -> None:
        found = replace(draft, currency=currency, **_values(values))
        letter_of(desk, found)  # refused here, the form stays open
        take(Shown(draft=found))

    fields = [_field(draft.kind, ask, host, draft.customer) for ask in kinds_by_hand()[draft.kind].asks]
    if fields:
        host.push_screen(
            FormScreen(kind_words(draft.kind).capitalize(), fields, replace(host.habits, currency=currency), submit)
        )
    else:
        submit({})


def _field(kind: str, ask: Ask, host: Host, customer: int) -> Field:
    name, needed, label = ask.field, ask.needed, ask.label or ask.field.capitalize()
    soon = find.working_day(host.desk, customer, 14).isoformat()
    if name == "amount" or name == "deposit":
        return Field(name, label if name == "amount" else "Deposit first", "money", needed=needed)
    if name in ("until", "first"):
        past = kind == "breach"
        return Field(
            name,
            label if name == "until" else "First instalment",
            "past" if past else "day",
            "" if past else soon,
            "+14, fri, 1 dec",
            needed=needed,
        )
    if name == "since":
        return Field(
            name, label, "past", "" if kind in ("statement", "breach") else host.desk.today.isoformat(), "1 jan"
        )
    if name == "every":
        return Field(
            name, "Every", "choice", "month", choices=[("week", "week"), ("2weeks", "two weeks"), ("month", "month")]
        )
    if name in _QUESTIONS:
        return Field(name, _QUESTIONS[name], "choice", "yes" if name == "accelerate" else "no", choices=_YES)
    return Field(
        name,
        {"parts": "Instalments", "grace": "Days it may be late", "partner": "Who takes over"}[name],
        value={"parts": "3", "grace": "7"}.get(name, ""),
        needed=needed,
    )


def _values(values: dict[str, Any]) -> dict[str, Any]:
    """A form's values as a draft has them. Refuses (`bad_number`) a count that is none."""
    found = {name: value for name, value in values.items() if value not in (None, "")}
    for name in ("parts", "grace"):
        if name in found:
            if not (found[name].isascii() and found[name].strip().isdigit() and len(found[name]) < 4):
                raise ArtermError("bad_number.found", name, found=found[name][:20])
            found[name] = int(found[name])
    for name in _QUESTIONS:
        if name in found:
            found[name] = found[name] == "yes"
    return found
