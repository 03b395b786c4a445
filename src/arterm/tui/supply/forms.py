"""Supply from the screens: stop it, begin again with the letter, keep credit checks, set terms; and the page that shows
all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arterm.desk import find
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.supply.credit_standing import RESULTS, CheckDraft, add_check, set_terms, supply, terms_of_supply
from arterm.desk.supply.holds import StopView, freeze, release, stop_of
from arterm.desk.supply.text import answer_words, standing_lines
from arterm.rules.errors import ArtermError
from arterm.rules.money import plain
from arterm.tui.host import Host
from arterm.tui.letters.shown import Shown, ShownLetters
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.pick import Pick
from arterm.tui.shell.text import TextScreen
from arterm.tui.widgets.fields import Field


def freeze_form(host: Host, customer: int) -> FormScreen:
    """Stop supply, with the reason."""
    name = find.customer_name(host.desk, customer)

    def submit(draft: dict[str, Any]) -> None:
        host.done(freeze(host.desk, customer, draft["why"], draft["who_may"], draft["carve_outs"]))
        if draft["letter"] == "yes":
            _letter(host, "suspended", customer)

    fields = [
        Field("why", "Why", needed=True),
        Field("carve_outs", "But for", hint="prepaid, already delivered, a project"),
        Field("who_may", "Who may lift it", hint="while something is overdue"),
        Field("letter", "Write them", "choice", "yes", choices=[("yes", "the courteous letter"), ("no", "no letter")]),
    ]
    return FormScreen(f"Stop supply to {name}", fields, host.habits, submit, "Chasing goes on; h pauses that.")


def offer_release(host: Host, held: StopView) -> None:
    """Begin again: offered as soon as nothing that was due is left."""
    name = held.customer
    why = (
        f"All that was due from {name} is paid."
        if held.settled
        else f"{name} is stopped since {held.since.isoformat()}: {held.why}."
    )

    def lift(letter: bool) -> None:
        host.done(release(host.desk, held.customer_id, by=held.who_may))
        if letter:
            _letter(host, "reinstated", held.customer_id)

    agreed = f"{held.who_may} has agreed: " if held.who_may and not held.settled else ""
    choices = [
        (f"{agreed}Supply again, with the letter", lambda: lift(True)),
        (f"{agreed}Supply again", lambda: lift(False)),
        ("Not yet", lambda: None),
    ]
    host.push_screen(Pick(why, choices))


def _letter(host: Host, kind: str, customer: int) -> None:
    from arterm.tui.letters.sheet import LetterSheet

    sheet = LetterSheet("Letter", ShownLetters([Shown(draft=LetterDraft(kind, customer))]), customer)
    host.call_later(host.push_screen, sheet)  # when the form that asked for it is gone


def decide_supply(host: Host, customer: int) -> None:
    """What Today asks: stop, begin again, or look at the standing."""
    held = stop_of(host.desk, customer)
    if held:
        offer_release(host, held)
        return
    choices: list[tuple[str, Callable[[], Any]]] = [
        ("Stop supply", lambda: host.push_screen(freeze_form(host, customer))),
        ("Look at the standing", lambda: show_standing(host, customer)),
        ("Keep a new credit check", lambda: host.push_screen(check_form(host, customer))),
    ]
    host.push_screen(Pick(find.customer_name(host.desk, customer), choices))


def check_form(host: Host, customer: int) -> FormScreen:
    """What a register, an agency or a person said."""

    def submit(draft: dict[str, Any]) -> None:
        made = CheckDraft(
            draft["source"],
            draft["day"] or host.desk.today,
            draft["result"],
            draft["score"],
            draft["note"],
            draft["expires"],
            draft["again"],
            draft["document"],
        )
        host.done(add_check(host.desk, customer, made))

    fields = [
        Field("source", "Who said so", needed=True),
        Field("day", "On", "past", host.desk.today.isoformat()),
        Field("result", "What", "choice", "good", choices=[(one, one) for one in RESULTS]),
        Field("score", "Score, in their words"),
        Field("expires", "Holds until", "day"),
        Field("again", "Look again on", "day", hint="+180"),
        Field("document", "File to keep with it", hint="~/check.pdf"),
        Field("note", "Note"),
    ]
    return FormScreen(f"Credit check of {find.customer_name(host.desk, customer)}", fields, host.habits, submit)


def terms_form(host: Host, customer: int) -> FormScreen:
    """Limit, days, per cent beforehand."""
    held = terms_of_supply(host.desk, customer)

    def submit(draft: dict[str, Any]) -> None:
        days, prepay = draft["days"].strip(), draft["prepay"].strip() or "0"
        for name, text in (("days", days), ("prepay", prepay)):
            if text and not (text.isascii() and text.isdigit()):
                raise ArtermError("bad_number.text", name, text=text[:10])
        host.done(
            set_terms(
                host.desk,
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
    return FormScreen(f"Terms of supply for {find.customer_name(host.desk, customer)}", fields, host.habits, submit)


def show_standing(host: Host, customer: int) -> None:
    """Ask what to see or do."""
    found = supply(host.desk, customer)
    choices: list[tuple[str, Callable[[], Any]]] = [
        (
            "See everything, with the working",
            lambda: host.push_screen(TextScreen(found.customer, standing_lines(host.desk, customer))),
        ),
        ("Keep a credit check", lambda: host.push_screen(check_form(host, customer))),
        ("Limit and terms of supply", lambda: host.push_screen(terms_form(host, customer))),
    ]
    host.push_screen(
        Pick(f"May we supply {found.customer}? {answer_words(found)} ({'; '.join(found.why)[:120]})", choices)
    )
