"""What to know before dialling, in words, and what to ask for afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from arterm.desk.contacts.limits import Limits
from arterm.desk.session import Desk
from arterm.desk.supply.credit_standing import supply
from arterm.desk.supply.text import answer_words
from arterm.desk.worklist.script import ScriptLine
from arterm.desk.worklist.views import Dossier
from arterm.rules.addresses import shown_phone
from arterm.rules.day_words import in_words
from arterm.rules.money import Money, show
from arterm.rules.outcomes import CHANNELS, METHODS, OUTCOMES, REASONS
from arterm.rules.text import count
from arterm.tui.widgets.fields import Field, money_text
from arterm.tui.widgets.plain import styled


def facts(desk: Desk, page: Dossier, held: Limits) -> list[str]:
    """Who to ask for, how often they were contacted, what they owe, how they pay, what was said last."""
    lines: list[str] = []
    for person in page.contacts[:2]:
        state = " (number is bad)" if person.phone_state == "bad" else ""
        lines += [shown_phone(person.phone, page.customer.country or desk.country) + state] if person.phone else []
        lines += [f"ask for {person.name}" + (f", {person.role}" if person.role else "")] if person.name else []
        lines += [person.mail] if person.mail else []
    lines += (
        ["No number is known: a on the board adds a contact."]
        if not any(person.phone for person in page.contacts)
        else []
    )
    lines += [f"{limit_text(held)}", *(f"! {why}" for why in held.against), ""]
    for total in page.sums:
        if total.open:
            lines.append(
                f"Owes {total.currency} {show(total.open.minor, total.currency, desk.style)}, overdue"
                f" {show(total.overdue.minor, total.currency, desk.style)}"
            )
    for view in [view for view in page.invoices if view.balance][:8]:
        late = f"{view.days_late} d late" if view.days_late else "not due"
        lines.append(f"  {view.number}  {show(view.balance.minor, view.currency, desk.style)}  {late}  {view.stage}")
    lines += supply_text(desk, page.customer.id)
    lines += ["", *business_text(desk, page)]
    for promise in page.promises[:2]:
        lines.append(
            f"Promised {show(promise.amount.minor, promise.currency, desk.style)} by"
            f" {in_words(promise.day, desk.today)}: {promise.state}"
        )
    lines += ["", "Last contacts:"] if page.log else ["", "Nobody has spoken to them yet."]
    for entry in page.log[:3]:
        words = OUTCOMES[entry.outcome].words if entry.outcome in OUTCOMES else entry.outcome
        lines.append(f"  {in_words(entry.day, desk.today)} {entry.channel}: {words}")
        if entry.note:
            lines.append(f"    {' '.join(entry.note.split())[:120]}")
    return lines


def supply_text(desk: Desk, customer: int) -> list[str]:
    """What speaks against supplying them, so that nobody promises goods on the telephone; nothing where nothing
    does.
    """
    answer = supply(desk, customer)
    if answer.may_supply and not answer.condition:
        return []
    return [f"Supply: {answer_words(answer)} ({'; '.join(answer.why[:2])})"]


def limit_text(held: Limits) -> str:
    """How often they were contacted, of how often at the most."""
    day = f" of {held.calls_day}" if held.calls_day else ""
    week = f" of {held.contacts_week}" if held.contacts_week else ""
    return f"Called {held.calls_today}{day} today, contacted {held.contacts}{week} this week. Hours {held.hours}."


def business_text(desk: Desk, page: Dossier) -> list[str]:
    """The whole relationship: since when, how much in all, how they pay and keep their word."""
    lines = []
    if page.invoices:
        first = min(view.issued for view in page.invoices)
        sums = ", ".join(f"{one.currency} {show(one.invoiced.minor, one.currency, desk.style)}" for one in page.sums)
        lines.append(f"Customer since {first.year}: {sums} in all, {count(len(page.invoices), 'invoice')}.")
    if page.usual_days_late is not None:
        lines.append(f"Usually pays {count(page.usual_days_late, 'day')} late.")
    for rate in page.kept:
        lines.append(
            f"Kept {rate.kept} of {count(rate.promises, 'promise')}"
            f" ({show(rate.received.minor, rate.currency, desk.style)} of"
            f" {show(rate.promised.minor, rate.currency, desk.style)} {rate.currency})."
        )
    return lines


def fields(channel: str, amount: Money | None, day: date | None) -> list[Field]:
    """What the sheet asks for; the promise is filled in with what is usual."""
    reasons = [("", "not asked"), *((reason, reason.replace("_", " ")) for reason in REASONS)]
    return [
        Field("channel", "Channel", "choice", channel, choices=[(name, name) for name in CHANNELS]),
        Field("promise", "Promised amount", "money", money_text(amount)),
        Field("promised_for", "Promised for", "day", day.isoformat() if day else "", "fri, +7, 1 dec"),
        Field("reason", "Reason", "choice", choices=reasons),
        Field("note", "Note"),
        Field("follow_up", "Look again", "day", hint="fri, +7"),
        Field("at", "At", hint="14:30"),
        Field(
            "method",
            "Paid by",
            "choice",
            choices=[("", "not said"), *((one, one.replace("_", " ")) for one in METHODS)],
        ),
        Field("why", "Why once more", hint="beyond the limits"),
    ]


def script_text(lines: Sequence[ScriptLine]) -> Content:
    """What to say, its headings bold."""
    parts: list[str | tuple[str, str]] = []
    for line in lines:
        parts += [(line.words, "bold") if line.head else line.words, "\n" if line.head else "\n\n"]
    return styled(parts or ["Nothing is overdue: there is nothing to ask for."])
