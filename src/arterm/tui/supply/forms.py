"""Supply from the screens: stop it, begin again with the letter, keep credit checks, set terms; and the page that shows
all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from arterm.desk import find
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.supply.credit_standing import RESULTS, CheckDraft, add_check, set_terms, supply, terms_of_supply
from arterm.desk.supply.holds import StopView, freeze, release, stop_of
from arterm.desk.supply.text import answer_words, standing_lines
from arterm.rules.errors import ArtermError
from arterm.rules.money import plain
from arterm.tui.letters.shown import Shown, ShownLetters
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.pick import Pick
from arterm.tui.shell.text import WordsScreen
from arterm.tui.widgets.fields import Field

if TYPE_CHECKING:
    from arterm.tui.app import ArtermApp


def freeze_form(app: ArtermApp, customer: int) -> FormScreen:
    """Stop supply, with the reason."""
    name = find.customer_name(app.desk, customer)

    def submit(draft: dict[str, Any]) -> None:
        app.done(freeze(app.desk, customer, draft["why"], draft["who_may"], draft["carve_outs"]))
        if draft["letter"] == "yes":
            _letter(app, "suspended", customer)

    fields = [
        Field("why", "Why", needed=True),
        Field("carve_outs", "But for", hint="prepaid, already delivered, a project"),
        Field("who_may", "Who may lift it", hint="while something is overdue"),
        Field("letter", "Write them", "choice", "yes", choices=[("yes", "the courteous letter"), ("no", "no letter")]),
    ]
    return FormScreen(f"Stop supply to {name}", fields, app.habits, submit, "Chasing goes on; h pauses that.")


def offer_release(app: ArtermApp, held: StopView) -> None:
    """Begin again: offered as soon as nothing that was due is left."""
    name = held.customer
    why = (
        f"All that was due from {name} is paid."
        if held.settled
        else f"{name} is stopped since {held.since.isoformat()}: {held.why}."
    )

    def lift(letter: bool) -> None:
        app.done(release(app.desk, held.customer_id, by=held.who_may))
        if letter:
            _letter(app, "reinstated", held.customer_id)

    agreed = f"{held.who_may} has agreed: " if held.who_may and not held.settled else ""
    choices = [
        (f"{agreed}Supply again, with the letter", lambda: lift(True)),
        (f"{agreed}Supply again", lambda: lift(False)),
        ("Not yet", lambda: None),
    ]
    app.push_screen(Pick(why, choices))


def _letter(app: ArtermApp, kind: str, customer: int) -> None:
    from arterm.tui.letters.sheet import LetterSheet

    sheet = LetterSheet("Letter", ShownLetters([Shown(draft=LetterDraft(kind, customer))]), customer)
    app.call_later(app.push_screen, sheet)  # when the form that asked for it is gone


def decide_supply(app: ArtermApp, customer: int) -> None:
    """What Today asks: stop, begin again, or look at the standing."""
    held = stop_of(app.desk, customer)
    if held:
        offer_release(app, held)
        return
    choices: list[tuple[str, Callable[[], Any]]] = [
        ("Stop supply", lambda: app.push_screen(freeze_form(app, customer))),
        ("Look at the standing", lambda: show_standing(app, customer)),
        ("Keep a new credit check", lambda: app.push_screen(check_form(app, customer))),
    ]
    app.push_screen(Pick(find.customer_name(app.desk, customer), choices))


def check_form(app: ArtermApp, customer: int) -> FormScreen:
    """What a register, an agency or a person said."""

    def submit(draft: dict[str, Any]) -> None:
        made = CheckDraft(
            draft["source"],
            draft["day"] or app.desk.today,
            draft["result"],
            draft["score"],
            draft["note"],
            draft["expires"],
            draft["again"],
            draft["document"],
        )
        app.done(add_check(app.desk, customer, made))

    fields = [
        Field("source", "Who said so", needed=True),
        Field("day", "On", "past", app.desk.today.isoformat()),
        Field("result", "What", "choice", "good", choices=[(one, one) for one in RESULTS]),
        Field("score", "Score, in their words"),
        Field("expires", "Holds until", "day"),
        Field("again", "Look again on", "day", hint="+180"),
        Field("document", "File to keep with it", hint="~/check.pdf"),
        Field("note", "Note"),
    ]
    return FormScreen(f"Credit check of {find.customer_name(app.desk, customer)}", fields, app.habits, submit)


def terms_form(app: ArtermApp, customer: int) -> FormScreen:
    """Limit, days, per cent beforehand."""
    held = terms_of_supply(app.desk, customer)

    def submit(draft: dict[str, Any]) -> None:
        days, prepay = draft["days"].strip(), draft["prepay"].strip() or "0"
        for name, text in (("days", days), ("prepay", prepay)):
            if text and not (text.isascii() and text.isdigit()):
                raise ArtermError("bad_number", f"'{text[:10]}' is not a number.", name, "Type digits.")
        app.done(
            set_terms(
                app.desk,
                customer,
                draft["limit"],
                int(days) if days else None,
                int(prepay),
                draft["note"],
                held.version,
            )
        )

    fields = [
        Field(
            "limit",
            "May be open at most",
            "money",
            plain(held.limit.minor, held.limit.currency) if held.limit else "",
            "empty: no limit",
        ),
        Field("days", "Days to pay", value="" if held.days is None else str(held.days), hint="empty: the usual ones"),
        Field("prepay", "Per cent beforehand", value=str(held.prepay), hint="100 is prepayment"),
        Field("note", "Note", value=held.note),
    ]
    return FormScreen(f"Terms of supply for {find.customer_name(app.desk, customer)}", fields, app.habits, submit)


def show_standing(app: ArtermApp, customer: int) -> None:
    """Ask what to see or do."""
    found = supply(app.desk, customer)
    choices: list[tuple[str, Callable[[], Any]]] = [
        (
            "See everything, with the working",
            lambda: app.push_screen(WordsScreen(found.customer, standing_lines(app.desk, customer))),
        ),
        ("Keep a credit check", lambda: app.push_screen(check_form(app, customer))),
        ("Limit and terms of supply", lambda: app.push_screen(terms_form(app, customer))),
    ]
    app.push_screen(
        Pick(f"May we supply {found.customer}? {answer_words(found)} ({'; '.join(found.why)[:120]})", choices)
    )
